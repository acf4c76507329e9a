/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Buffer files of the MP7 board, frame by frame (plain or gzip):
 *
 *     Board NAME
 *      Quad/Chan :    q00c0      q00c1 ...
 *           Link :     00         01   ...
 *     Frame 0000 : 0v00000000 1v0a8ede83 ...
 *
 * A word is 1vXXXXXXXX (valid) or 0vXXXXXXXX, X hex. Strict: links ascend and are below 72, frames
 * are numbered from 0 without a gap, each has a word for each link. Six frames are a bunch
 * crossing.
 */
#ifndef L1T_MP7_H
#define L1T_MP7_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stdint.h>

enum { L1T_MP7_LINKS = 72, L1T_MP7_CROSSING = 6 };

struct l1t_lines; /* l1t/io.h */
struct l1t_mp7;

enum l1t_err l1t_mp7_open(const char *path, struct l1t_mp7 **mp7,
                          struct l1t_diag *diag) L1T_MUST_USE;
/* Go on with a file of which the line "Board ..." was just read; lines is the reader's from now on,
 * also when this fails. */
enum l1t_err l1t_mp7_adopt(struct l1t_lines *lines, struct l1t_mp7 **mp7,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* Is this the first line of such a file? */
bool l1t_mp7_is_first_line(const char *line);
void l1t_mp7_close(struct l1t_mp7 *mp7); /* accepts NULL */

struct l1t_mp7_frame {
    uint32_t word[L1T_MP7_LINKS]; /* 0 where the file has no such link */
    bool valid[L1T_MP7_LINKS];
};

/* Next frame: 1; 0 at the end; -1 on error, with "file:line: ..." in diag. */
int l1t_mp7_next(struct l1t_mp7 *mp7, struct l1t_mp7_frame *frame, struct l1t_diag *diag);

/*
 * Next crossing, the same way. Frames in which none of the links first to last is valid are passed
 * over in front of the first crossing and behind the last one; in a crossing these links must be
 * valid. Words that are not valid come back as 0.
 */
int l1t_mp7_next_crossing(struct l1t_mp7 *mp7, unsigned first, unsigned last,
                          uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS], struct l1t_diag *diag);

#endif
