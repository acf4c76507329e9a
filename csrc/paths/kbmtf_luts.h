/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The barrel track finder's tables in the text form that all paths have (l1t/lut.h). */
#ifndef L1T_KBMTF_LUTS_H
#define L1T_KBMTF_LUTS_H

#include "l1t/kbmtf_config.h"

#include <stdbool.h>
#include <stddef.h>

/* Has the folder tables of that form, not of its own (l1t/kbmtf_config.h)? */
bool l1t_kbmtf_luts_exist(const char *dir);

/* All of them. On failure setup is partly filled. */
enum l1t_err l1t_kbmtf_luts_read(const char *dir, struct l1t_kbmtf_setup *setup,
                                 struct l1t_diag *diag) L1T_MUST_USE;

/* Digest and source of each; source NULL: the file of its name. */
enum l1t_err l1t_kbmtf_luts_note(struct l1t_kbmtf_setup *setup, const char *source,
                                 struct l1t_diag *diag) L1T_MUST_USE;

#endif
