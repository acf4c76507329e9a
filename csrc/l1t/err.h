/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors. A function that can fail returns enum l1t_err and, as its last
 * argument, takes a caller-owned struct l1t_diag (may be NULL) which it fills
 * with ONE line: the place, what was found, what is allowed. Library code
 * never prints and never exits; the program prints the line and exits with
 * l1t_err_exit().
 */
#ifndef L1T_ERR_H
#define L1T_ERR_H

#ifdef __cplusplus
extern "C" {
#endif

/*            name             exit  text                                  */
#define L1T_ERR_MAP(X)                                                                             \
    X(L1T_OK, 0, "success")                                                                        \
    X(L1T_E_DIFF, 1, "the check found a difference")                                               \
    X(L1T_E_USAGE, 2, "wrong command line")                                                        \
    X(L1T_E_INPUT, 2, "bad input")                                                                 \
    X(L1T_E_NOSOLUTION, 2, "no solution exists")                                                   \
    X(L1T_E_IO, 3, "input/output failed")                                                          \
    X(L1T_E_NOMEM, 3, "out of memory")                                                             \
    X(L1T_E_ENV, 3, "a needed program or file is missing")

enum l1t_err {
#define L1T_ERR_ENUM(name, code, text) name,
    L1T_ERR_MAP(L1T_ERR_ENUM)
#undef L1T_ERR_ENUM
};

/* One line of text, no newline; always terminated, cut with "..." if longer. */
struct l1t_diag {
    char text[600];
};

#if defined(__GNUC__)
#define L1T_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define L1T_MUST_USE          __attribute__((warn_unused_result))
#else
#define L1T_PRINTF(fmt, args)
#define L1T_MUST_USE
#endif

/* Text of an error value, e.g. for L1T_E_IO "input/output failed". Never NULL. */
const char *l1t_strerror(enum l1t_err err);

/* Exit code of an error value: 0 done, 1 difference, 2 usage or bad input, 3 environment. */
int l1t_err_exit(enum l1t_err err);

/*
 * Fill diag (may be NULL) and return err, so that a failure reads
 *     return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: ...", path, line);
 * Control characters in the result are replaced by '?': file contents may be quoted safely.
 */
enum l1t_err l1t_fail(struct l1t_diag *diag, enum l1t_err err, const char *fmt, ...)
    L1T_PRINTF(3, 4);

/* Put "prefix: " in front of the text already in diag; returns err. */
enum l1t_err l1t_fail_at(struct l1t_diag *diag, enum l1t_err err, const char *fmt, ...)
    L1T_PRINTF(3, 4);

#ifdef __cplusplus
}
#endif

#endif
