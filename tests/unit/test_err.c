// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/err.h"
#include "l1t_test.h"

static struct l1t_diag diag;

static void every_error_has_a_text_and_an_exit_code(void)
{
    static const struct {
        enum l1t_err err;
        int code;
    } cases[] = {{L1T_OK, 0},           {L1T_E_DIFF, 1}, {L1T_E_USAGE, 2}, {L1T_E_INPUT, 2},
                 {L1T_E_NOSOLUTION, 2}, {L1T_E_IO, 3},   {L1T_E_NOMEM, 3}, {L1T_E_ENV, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        L1T_ASSERT_INT(l1t_err_exit(cases[i].err), cases[i].code);
        CU_ASSERT(strlen(l1t_strerror(cases[i].err)) > 0);
    }
    L1T_ASSERT_TEXT(l1t_strerror(L1T_E_IO), "input/output failed");
    L1T_ASSERT_TEXT(l1t_strerror((enum l1t_err)99), "unknown error");
    L1T_ASSERT_INT(l1t_err_exit((enum l1t_err)99), 3);
}

static void a_failure_is_one_safe_line(void)
{
    L1T_ASSERT_INT(l1t_fail(&diag, L1T_E_INPUT, "%s:%d: a\nb\x1b[0m\x7f", "f", 3), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "f:3: a?b?[0m?");
    L1T_ASSERT_INT(l1t_fail(NULL, L1T_E_IO, "%s", "nobody listens"), L1T_E_IO);
    L1T_ASSERT_INT(l1t_fail_at(NULL, L1T_E_IO, "%s", "nobody listens"), L1T_E_IO);
}

static void places_are_put_in_front(void)
{
    (void)l1t_fail(&diag, L1T_E_INPUT, "no such leg");
    L1T_ASSERT_INT(l1t_fail_at(&diag, L1T_E_INPUT, "seed %d", 4), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "seed 4: no such leg");
}

static void long_lines_are_cut_with_dots(void)
{
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int twice = 0; twice < 2; twice++) {
        (void)(twice ? l1t_fail_at(&diag, L1T_E_INPUT, "%s", text)
                     : l1t_fail(&diag, L1T_E_INPUT, "%s", text));
        L1T_ASSERT_INT(strlen(diag.text), sizeof diag.text - 1);
        L1T_ASSERT_TEXT(diag.text + sizeof diag.text - 5, "x...");
    }
    text[sizeof diag.text - 1] = '\0'; // the longest that fits
    (void)l1t_fail(&diag, L1T_E_INPUT, "%s", text);
    L1T_ASSERT_DIAG(diag, text);
}

L1T_TEST_MAIN("err",
              {"every error has a text and an exit code", every_error_has_a_text_and_an_exit_code},
              {"a failure is one safe line", a_failure_is_one_safe_line},
              {"places are put in front", places_are_put_in_front},
              {"long lines are cut with dots", long_lines_are_cut_with_dots})
