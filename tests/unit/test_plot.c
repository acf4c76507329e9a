// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/plot.h"
#include "l1t_test.h"

static const double xs[] = {1, 2, 3};
static const double ys[] = {0.1, 10, 1000};
static const double errors[] = {0.2, 1, 30};

static struct l1t_plot *new_plot(bool log, const char *label)
{
    const struct l1t_plot_frame frame = {.width = 400,
                                         .height = 300,
                                         .x = {label, "GeV", false, 0, 4},
                                         .y = {"rate", "kHz", log, 0.01, 1e4},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plot);
    return plot;
}

static void quotes_so_that_nothing_ends_the_string(void)
{
    static const struct {
        const char *text, *quoted;
    } cases[] = {
        {"", "''"},
        {"muon", "'muon'"},
        {"it's", "'it''s'"},
        {"'; system \"x\"; '", "'''; system \"x\"; '''"},
        {"a\nplot `date`", "'a plot `date`'"},
        {"back\\slash $1 @x", "'back\\slash $1 @x'"},
    };
    char out[100];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t n = l1t_plot_quote(cases[i].text, out, sizeof out);
        L1T_ASSERT_TEXT(out, cases[i].quoted);
        L1T_ASSERT_INT(n, strlen(cases[i].quoted));
    }
}

static void quotes_cut_long_text_but_still_close(void)
{
    char out[10];
    const size_t n = l1t_plot_quote("''''''''''''''''", out, sizeof out);
    CU_ASSERT(n < sizeof out);
    CU_ASSERT_EQUAL(out[n - 1], '\'');
    size_t quotes = 0;
    for (size_t i = 0; i < n; i++)
        quotes += out[i] == '\'';
    CU_ASSERT_EQUAL(quotes % 2, 0);
    CU_ASSERT_EQUAL(l1t_plot_quote("x", out, 2), 0);
}

static void script_names_axes_units_and_series(void)
{
    char *script = NULL;
    struct l1t_diag diag = {""};
    struct l1t_plot *plot = new_plot(true, "threshold");
    l1t_plot_points(plot, "data", L1T_BLUE, xs, ys, errors, 3);
    l1t_plot_line(plot, NULL, L1T_GREEN, xs, ys, 3);
    CU_ASSERT_EQUAL_FATAL(l1t_plot_script(plot, &script, &diag), L1T_OK);
    L1T_ASSERT_CONTAINS(script, "set xlabel 'threshold [GeV]'");
    L1T_ASSERT_CONTAINS(script, "set logscale y");
    L1T_ASSERT_CONTAINS(script, "title 'data'");
    L1T_ASSERT_CONTAINS(script, "notitle");
    // the lower end of an error bar that would cross zero stays positive on a log axis
    L1T_ASSERT_CONTAINS(script, "\n 1 0.1 1e-07 0.3\n");
    free(script);
    l1t_plot_free(plot);
}

static void empty_plot_is_refused_bad(void)
{
    char *script = NULL;
    struct l1t_diag diag = {""};
    struct l1t_plot *plot = new_plot(false, "x");
    CU_ASSERT_EQUAL(l1t_plot_script(plot, &script, &diag), L1T_E_NOMEM);
    CU_ASSERT_PTR_NULL(script);
    l1t_plot_free(plot);
    l1t_plot_free(NULL);
}

// Names from files are hostile: markup in a label must come out as text, and twice the same.
static void svg_is_clean_and_repeatable(void)
{
    char *svg[2] = {NULL, NULL};
    struct l1t_diag diag = {""};
    for (int i = 0; i < 2; i++) {
        struct l1t_plot *plot = new_plot(true, "a'b <script>");
        l1t_plot_points(plot, "</svg><b>&", L1T_BLUE, xs, ys, errors, 3);
        l1t_plot_steps(plot, "h", L1T_GREEN, true, (const double[]){0, 1, 2}, ys, 2);
        l1t_plot_vertical(plot, "here", L1T_GREY, 2);
        const enum l1t_err err = l1t_plot_svg(plot, "f7", "says \"alt\"", &svg[i], &diag);
        L1T_CHECK(err == L1T_OK, "%s", diag.text);
        l1t_plot_free(plot);
    }
    if (svg[0] != NULL && svg[1] != NULL) {
        L1T_ASSERT_TEXT(svg[0], svg[1]);
        CU_ASSERT_EQUAL(strncmp(svg[0], "<svg ", 5), 0);
        L1T_ASSERT_CONTAINS(svg[0], "aria-label=\"says &quot;alt&quot;\"");
        L1T_ASSERT_CONTAINS(svg[0], "href='#f7-");
        static const char *const absent[] = {"<script", "<b>",   "xlink",
                                             "GNUPLOT", "'gpPt", "Gnuplot"};
        for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
            L1T_CHECK(strstr(svg[0], absent[i]) == NULL, "'%s' in the SVG", absent[i]);
    }
    free(svg[0]);
    free(svg[1]);
}

static void missing_gnuplot_says_what_to_install_bad(void)
{
    char *svg = NULL;
    struct l1t_diag diag = {""};
    char old[4096];
    snprintf(old, sizeof old, "%s", getenv("PATH") != NULL ? getenv("PATH") : "");
    CU_ASSERT_EQUAL(setenv("PATH", "/nonexistent", 1), 0);
    struct l1t_plot *plot = new_plot(false, "x");
    l1t_plot_line(plot, "l", L1T_BLUE, xs, ys, 3);
    CU_ASSERT_EQUAL(l1t_plot_svg(plot, "f1", "", &svg, &diag), L1T_E_ENV);
    L1T_ASSERT_DIAG_CONTAINS(diag, "gnuplot-nox");
    CU_ASSERT_PTR_NULL(svg);
    l1t_plot_free(plot);
    CU_ASSERT_EQUAL(setenv("PATH", old, 1), 0);
}

L1T_TEST_MAIN("plot",
              {"quotes so that nothing ends the string", quotes_so_that_nothing_ends_the_string},
              {"quotes cut long text but still close", quotes_cut_long_text_but_still_close},
              {"script names axes, units and series", script_names_axes_units_and_series},
              {"empty plot is refused", empty_plot_is_refused_bad},
              {"svg is clean and repeatable", svg_is_clean_and_repeatable},
              {"missing gnuplot says what to install", missing_gnuplot_says_what_to_install_bad})
