/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files in and out. Input is read whole up to a stated cap (so a file of any
 * size or kind is refused quickly with one line); gzip is recognised by its magic
 * bytes, never by the name. Output goes to a temporary name in the same folder
 * and is renamed when complete: a stopped run leaves no half file.
 */
#ifndef L1T_IO_H
#define L1T_IO_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Read a whole file (path "-" is stdin; gzip unpacked) into *text, NUL-terminated, *size bytes.
 * Refuses directories, unreadable files, contents over max_bytes (unpacked), truncated gzip.
 * The caller frees *text with free().
 */
enum l1t_err l1t_read_file(const char *path, size_t max_bytes, char **text, size_t *size,
                           struct l1t_diag *diag) L1T_MUST_USE;

/* Same for text: also refuses NUL bytes ("binary"), naming the line; drops a UTF-8 byte order mark.
 */
enum l1t_err l1t_read_text(const char *path, size_t max_bytes, char **text, size_t *size,
                           struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Stream the lines of a text file of any length (gzip too), holding one line at a time.
 * A line longer than max_line bytes, a NUL byte or a truncated file is an error with its number.
 */
struct l1t_lines;
enum l1t_err l1t_lines_open(const char *path, size_t max_line, struct l1t_lines **lines,
                            struct l1t_diag *diag) L1T_MUST_USE;
/* 1: *line is the next line without its LF or CRLF, valid until the next call; 0: end; -1: error.
 */
int l1t_lines_next(struct l1t_lines *lines, char **line, size_t *length, struct l1t_diag *diag);
size_t l1t_lines_number(const struct l1t_lines *lines); /* of the last line returned, from 1 */
const char *l1t_lines_path(const struct l1t_lines *lines);
/* "file:line: " of the last line returned, and what is wrong with it; always -1. */
int l1t_lines_fail(const struct l1t_lines *lines, struct l1t_diag *diag, const char *fmt, ...)
    L1T_PRINTF(3, 4);
void l1t_lines_close(struct l1t_lines *lines); /* accepts NULL */

/* Decimal number without sign or blanks, min to max: the text after it, or NULL. text may be NULL.
 */
const char *l1t_parse_u64(const char *text, uint64_t min, uint64_t max, uint64_t *value);

/* Output; write through file. "-" is stdout; devices and pipes are written directly. */
struct l1t_out {
    FILE *file;
    char *path, *temporary; /* NULL for stdout; no temporary for devices */
};
enum l1t_err l1t_out_open(struct l1t_out *out, const char *path,
                          struct l1t_diag *diag) L1T_MUST_USE;
/* Flush, check, rename. On failure (disk full) the temporary is removed. Ends the use of out. */
enum l1t_err l1t_out_commit(struct l1t_out *out, struct l1t_diag *diag) L1T_MUST_USE;
/* Remove the temporary; harmless after commit. */
void l1t_out_abort(struct l1t_out *out);
/* Remove every temporary still pending; async-signal-safe, for the program's signal handler. */
void l1t_out_remove_pending(void);

/* Put a name, which stays the caller's, among those that l1t_out_remove_pending() removes: files,
 * or folders, empty once the pending files are gone. */
void l1t_out_remember(const char *name);
void l1t_out_forget(const char *name);

/*
 * A folder of its own below $TMPDIR (default /tmp) for files of known names (NULL-terminated list;
 * NULL for none). It is removed with them, also by l1t_out_remove_pending().
 */
struct l1t_temporary;
enum l1t_err l1t_temporary_make(const char *const *files, struct l1t_temporary **temporary,
                                struct l1t_diag *diag) L1T_MUST_USE;
const char *l1t_temporary_dir(const struct l1t_temporary *temporary);
void l1t_temporary_remove(struct l1t_temporary *temporary); /* accepts NULL */

/* text as a POSIX shell reads it back: in quotes when needed; returns to, cut if it is too long. */
const char *l1t_shell_word(const char *text, char *to, size_t size);

/* Make a directory and its parents. */
enum l1t_err l1t_make_dir(const char *path, struct l1t_diag *diag) L1T_MUST_USE;

/*
 * A default configuration by its name below configs/, for example "spectra/run2.yaml": the one of
 * the working directory when it is there, else the installed one. The caller frees *path.
 */
enum l1t_err l1t_config_path(const char *name, char **path, struct l1t_diag *diag) L1T_MUST_USE;

/* "dir of base" + "/" + name, unless name is absolute; malloc'ed, NULL when out of memory. */
char *l1t_path_beside(const char *base, const char *name);

#endif
