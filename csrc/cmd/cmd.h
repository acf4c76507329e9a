/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A subcommand is one file csrc/cmd/cmd_NAME.c whose table entry stands at its
 * top: `const struct l1t_cmd cmd_NAME = {...}` (a two-word command "fit spectrum"
 * is cmd_fit.c, which reads its second word itself). The list is made by the build
 * from the file names.
 */
#ifndef L1T_CMD_H
#define L1T_CMD_H

#include "l1t/err.h"
#include "l1t/table.h"
#include "l1t/twin.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct l1t_cmd {
    const char *name;    /* "cosim" */
    const char *group;   /* heading in `l1twin help`: "Work", "Physics", "Hardware", "About" */
    const char *summary; /* one line */
    const char *usage;   /* synopsis, options, examples: all of `l1twin help NAME` */
    const char *options; /* option words for shell completion: "--events --seed ..." */
    /* argv[0] is the command's name. Returns an exit code: 0, 1, 2 or 3. */
    int (*run)(int argc, char **argv);
};

extern const struct l1t_cmd *const l1t_cmd_list[];

/* Print "l1twin NAME: text" to stderr, one line; returns l1t_err_exit(err). */
int l1t_cmd_fail(const struct l1t_cmd *cmd, enum l1t_err err, const struct l1t_diag *diag);

/* Same with a message made here; err is usually L1T_E_USAGE. */
int l1t_cmd_usage(const struct l1t_cmd *cmd, const char *fmt, ...) L1T_PRINTF(2, 3);

/* Option values. Each returns 0, or an exit code after printing what is wrong. */
int l1t_cmd_u64(const struct l1t_cmd *cmd, const char *option, const char *text, uint64_t min,
                uint64_t max, uint64_t *value);
int l1t_cmd_double(const struct l1t_cmd *cmd, const char *option, const char *text, double min,
                   double max, double *value);
/* The index of text among n names. */
int l1t_cmd_choice(const struct l1t_cmd *cmd, const char *option, const char *text,
                   const char *const *names, size_t n, int *index);
/*
 * Words between commas: the next one of *rest (the value of an option at first) into word; false
 * after the last. "a," has two, the second empty, so that what reads the words refuses it; one that
 * is too long ends with "...".
 */
bool l1t_cmd_next_word(const char **rest, char *word, size_t size);
int l1t_cmd_format(const struct l1t_cmd *cmd, const char *text, enum l1t_format *format);

/*
 * The second word of a command such as `fit spectrum`: its index among words (NULL-terminated), or
 * -1 after saying on one line what was given and what is expected.
 */
int l1t_cmd_word(const struct l1t_cmd *cmd, int argc, char **argv, const char *const *words);

/*
 * The options of a command line from argv[first] on, each given to take with its letter (the value
 * is optarg): 0, or the exit code of the first that take refuses. Then argv[optind] is the first
 * argument. Letters alone are not options, but for -o where options has the letter 'o'.
 */
int l1t_cmd_options(int argc, char **argv, int first, const struct option *options,
                    int (*take)(int opt, char **argv, void *to), void *to);

/* After the options: 0 when no argument is left, else an exit code after saying which is. */
int l1t_cmd_no_more(const struct l1t_cmd *cmd, int argc, char **argv);

/* Is word one of cmd->options, which hold the second words too? */
int l1t_cmd_has_word(const struct l1t_cmd *cmd, const char *word);

/* Append to a text of size bytes that ends with "..." when something is cut. */
void l1t_cmd_append(char *text, size_t size, const char *fmt, ...) L1T_PRINTF(3, 4);

/*
 * The command line for the provenance: "l1twin" and the arguments, without the options that do not
 * change a result (--threads, --format, --output).
 */
void l1t_cmd_remember(char *text, size_t size, int argc, char **argv);

/* The twin of a path's name (NULL: none was given): 0, or an exit code after naming those there
 * are. */
int l1t_cmd_path(const struct l1t_cmd *cmd, const char *name, const struct l1t_twin **twin);

/*
 * What to return when getopt_long returned '?' or ':' (opterr = 0, optstring starting with ':'):
 * names the option, suggests the nearest of cmd->options.
 */
int l1t_cmd_bad_option(const struct l1t_cmd *cmd, int opt, char **argv);

/* ---- of the program itself: main.c, cmd_help.c, cmd_completion.c ---- */

size_t l1t_cmd_count(void);
const struct l1t_cmd *l1t_cmd_find(const char *name); /* or NULL */
/* "l1twin: unknown command 'x'; did you mean 'y'?" on stderr; returns 2. */
int l1t_cmd_unknown(const char *name);
void l1t_cmd_print_overview(FILE *out);
void l1t_cmd_print_usage(FILE *out, const struct l1t_cmd *cmd);
void l1t_cmd_print_man(FILE *out); /* l1twin.1, from the same table */

#endif
