// SPDX-License-Identifier: GPL-3.0-or-later
// Interpolation against SciPy's PCHIP on the published curves, the loader against malformed tables.
#include "curves.h"
#include "l1t/curve.h"
#include "l1t_test.h"

#include <math.h>
#include <string.h>

// Values of scipy.interpolate.PchipInterpolator.
static const struct {
    const char *curve;
    double x, y;
} spots[] = {
    {"egamma", 20, 0.0204192962865},        {"egamma", 25, 0.0305135741175},
    {"egamma", 30, 0.382549045358},         {"egamma", 35, 0.90042434951},
    {"egamma", 60, 0.969315030728},         {"single_muon", 10, 0.0275791786991},
    {"single_muon", 18, 0.489845453228},    {"single_muon", 22, 0.810293119262},
    {"single_muon", 25, 0.902410202338},    {"single_muon", 60, 0.942671785443},
    {"single_muon", 75, 0.942087057409},    {"jet_energy", 200, 0.0241065410221},
    {"jet_energy", 280, 0.386057957868},    {"jet_energy", 320, 0.849756852646},
    {"jet_energy", 400, 0.989358601734},    {"isolated_tau", 0, 3.72950087507e-06},
    {"isolated_tau", 10, 0.00541365838062}, {"isolated_tau", 25, 0.0500517130295},
    {"isolated_tau", 38, 0.503352592519},   {"isolated_tau", 50, 0.891998140719},
    {"isolated_tau", 90, 0.993110257387},
};

static void gives_the_values_of_scipy(void)
{
    for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
        struct l1t_curve c;
        if (!open_published_curve(spots[i].curve, &c))
            return;
        // One of them (tau at 0) lies before the first point: the extrapolated cubic.
        const double y = l1t_curve_eval_extrapolated(&c, spots[i].x);
        CU_ASSERT_TRUE(fabs(y - spots[i].y) < 1e-11);
        if (spots[i].x >= c.x[0])
            CU_ASSERT_TRUE(fabs(l1t_curve_eval(&c, spots[i].x) - spots[i].y) < 1e-11);
        l1t_curve_free(&c);
    }
}

static void crosses_one_half_where_published(void)
{
    static const struct {
        const char *curve;
        double x50, width, plateau;
    } want[] = {{"jet_energy", 288.9885, 91.6860, 0.993820},
                {"single_muon", 18.0989, 12.8570, 0.938348},
                {"egamma", 30.5411, 7.1699, 0.997525},
                {"isolated_tau", 37.9356, 21.3510, 0.993820}};
    for (size_t i = 0; i < 4; i++) {
        struct l1t_curve c;
        if (!open_published_curve(want[i].curve, &c))
            return;
        const double top = c.y[c.n - 1];
        CU_ASSERT_TRUE(fabs(top - want[i].plateau) < 1e-6);
        const double x50 = l1t_curve_crossing(&c, 0.5);
        const double width = l1t_curve_crossing(&c, 0.9) - l1t_curve_crossing(&c, 0.1);
        CU_ASSERT_TRUE(fabs(x50 - want[i].x50) < 5e-4); // published from a grid
        CU_ASSERT_TRUE(fabs(l1t_curve_eval(&c, x50) - 0.5) < 1e-14);
        CU_ASSERT_TRUE(fabs(width - want[i].width) < 1e-3);
        l1t_curve_free(&c);
    }
}

static const double xs[] = {0, 10, 20, 40, 50};
static const double ys[] = {0, 0.2, 0.9, 0.8, 0.85};

static void passes_through_its_points_and_never_overshoots(void)
{
    struct l1t_curve c;
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&c, xs, ys, 5, NULL), L1T_OK);
    for (size_t i = 0; i < 5; i++)
        CU_ASSERT_EQUAL(l1t_curve_eval(&c, xs[i]), ys[i]);
    CU_ASSERT_EQUAL(c.d[2], 0); // a local maximum
    for (size_t i = 0; i + 1 < 5; i++) {
        const double low = fmin(ys[i], ys[i + 1]), high = fmax(ys[i], ys[i + 1]);
        for (int k = 0; k <= 100; k++) {
            const double y = l1t_curve_eval(&c, xs[i] + (xs[i + 1] - xs[i]) * k / 100);
            CU_ASSERT_TRUE(y >= low - 1e-15 && y <= high + 1e-15);
        }
    }
    l1t_curve_free(&c);
}

static void is_clamped_outside_the_table(void)
{
    struct l1t_curve c;
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&c, xs, ys, 5, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_curve_eval(&c, -1e300), 0);
    CU_ASSERT_EQUAL(l1t_curve_eval(&c, 1e300), 0.85);
    CU_ASSERT_TRUE(l1t_curve_eval_extrapolated(&c, 100) != 0.85);
    l1t_curve_free(&c);
}

static void two_points_make_a_line(void)
{
    struct l1t_curve c;
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&c, (double[]){1, 3}, (double[]){0, 1}, 2, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_curve_eval(&c, 1.5), 0.25);
    CU_ASSERT_EQUAL(l1t_curve_crossing(&c, 0.5), 2);
    l1t_curve_free(&c);
}

static void crossing_is_the_first_x_that_reaches_the_level(void)
{
    struct l1t_curve c;
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&c, xs, ys, 5, NULL), L1T_OK);
    for (double level = 0.05; level < 0.9; level += 0.05) {
        const double x = l1t_curve_crossing(&c, level);
        CU_ASSERT_TRUE(fabs(l1t_curve_eval(&c, x) - level) < 1e-13 && x < 20);
    }
    CU_ASSERT_EQUAL(l1t_curve_crossing(&c, 0), 0);
    CU_ASSERT_EQUAL(l1t_curve_crossing(&c, 0.9), 20);
    CU_ASSERT_TRUE(isnan(l1t_curve_crossing(&c, 0.91)));
    CU_ASSERT_TRUE(isnan(l1t_curve_crossing(&c, NAN)));
    l1t_curve_free(&c);
}

static enum l1t_err load_text(const char *text, struct l1t_curve *c, struct l1t_diag *diag)
{
    const char *path = l1t_test_write_text("curve.csv", text);
    const enum l1t_err err = l1t_curve_load(c, path, diag);
    // The folder's name changes from run to run; the message after it does not.
    const size_t prefix = strlen(path);
    if (strncmp(diag->text, path, prefix) == 0)
        memmove(diag->text, diag->text + prefix, strlen(diag->text + prefix) + 1);
    return err;
}

static void reads_headers_comments_blanks_and_crlf(void)
{
    static const char *const good[] = {
        "1,0\n2,0.5\n",
        "x, y\r\n1,0\r\n2,0.5",
        "# made by hand\npt_gev,efficiency\n\n 1 ,\t0\n# half\n2 , 0.5 \n\n",
        "1e0,0\n+2.0,5e-1\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct l1t_curve c;
        struct l1t_diag diag = {""};
        CU_ASSERT_EQUAL_FATAL(load_text(good[i], &c, &diag), L1T_OK);
        CU_ASSERT_TRUE(c.n == 2 && c.x[0] == 1 && c.x[1] == 2 && c.y[0] == 0 && c.y[1] == 0.5);
        l1t_curve_free(&c);
    }
}

static void malformed_tables_are_refused_with_the_line_bad(void)
{
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"1,0\n1,0.5\n", ":2: x 1 does not increase (before: 1)"},
        {"1,0\n3,0.2\n2,0.5\n", ":3: x 2 does not increase (before: 3)"},
        {"x,y\n1,0\n2,1.5\n", ":3: efficiency 1.5 is outside [0, 1]"},
        {"1,-0.1\n2,1\n", ":1: efficiency -0.1 is outside [0, 1]"},
        {"1,0\n2,\n", ":2: efficiency is blank; want a number"},
        {"1,0\n,0.5\n", ":2: x is blank; want a number"},
        {"1,0\n2,0.5,7\n", ":2: want two fields 'x,efficiency'"},
        {"1,0\n2 0.5\n", ":2: want two fields 'x,efficiency'"},
        {"1,0\n2,nan\n", ":2: efficiency 'nan' is not a finite number"},
        {"1,0\ninf,1\n", ":2: x 'inf' is not a finite number"},
        {"1,0\n1e999,1\n", ":2: x '1e999' is not a finite number"},
        {"1,0\n0x2,1\n", ":2: x '0x2' is not a finite number"},
        {"1,0\n2,0.5e\n", ":2: efficiency '0.5e' is not a finite number"},
        {"1,0\nx,y\n", ":2: x 'x' is not a finite number"},
        {"1,0\n", ":2: 1 point; a curve needs at least 2"},
        {"", ":1: 0 points; a curve needs at least 2"},
        {"# nothing\nx,y\n", ":3: 0 points; a curve needs at least 2"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_curve c;
        struct l1t_diag diag = {""};
        CU_ASSERT_EQUAL(load_text(bad[i].text, &c, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG(diag, bad[i].message);
        CU_ASSERT_PTR_NULL(c.x);
    }
}

static void points_that_are_no_curve_are_refused_bad(void)
{
    struct l1t_curve c;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(l1t_curve_init(&c, xs, ys, 1, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "curve of 1 point; need at least 2");
    CU_ASSERT_EQUAL(l1t_curve_init(&c, (double[]){2, 1}, ys, 2, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "curve point 1: x = 1 after 2; must increase");
    CU_ASSERT_EQUAL(l1t_curve_init(&c, xs, (double[]){0, NAN}, 2, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "curve point 1: not a finite number");
    CU_ASSERT_EQUAL(l1t_curve_init(&c, xs, (double[]){0, 2}, 2, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "curve point 1: efficiency 2 is outside [0, 1]");
}

L1T_TEST_MAIN("curve", {"gives_the_values_of_scipy", gives_the_values_of_scipy},
              {"crosses_one_half_where_published", crosses_one_half_where_published},
              {"passes_through_its_points_and_never_overshoots",
               passes_through_its_points_and_never_overshoots},
              {"is_clamped_outside_the_table", is_clamped_outside_the_table},
              {"two_points_make_a_line", two_points_make_a_line},
              {"crossing_is_the_first_x_that_reaches_the_level",
               crossing_is_the_first_x_that_reaches_the_level},
              {"reads_headers_comments_blanks_and_crlf", reads_headers_comments_blanks_and_crlf},
              {"malformed_tables_are_refused_with_the_line_bad",
               malformed_tables_are_refused_with_the_line_bad},
              {"points_that_are_no_curve_are_refused_bad",
               points_that_are_no_curve_are_refused_bad})
