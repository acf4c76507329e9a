// SPDX-License-Identifier: GPL-3.0-or-later
#include "html.h"
#include "l1t_test.h"

static char *text_of;
static size_t size_of;

static struct l1t_html open_writer(void)
{
    struct l1t_html html = {.out = open_memstream(&text_of, &size_of)};
    CU_ASSERT_PTR_NOT_NULL_FATAL(html.out);
    return html;
}

static void check_and_close(struct l1t_html *html, const char *expected)
{
    fclose(html->out);
    L1T_ASSERT_TEXT(text_of, expected);
    free(text_of);
    text_of = NULL;
}

static void markup_stays_and_text_is_escaped(void)
{
    struct l1t_html html = open_writer();
    l1t_html(&html, "<p class=\"%s\">%s & %d%%</p>", "a\"b", "<script>alert('x')</script>\x01&\n",
             50);
    check_and_close(
        &html, "<p class=\"a&quot;b\">&lt;script&gt;alert('x')&lt;/script&gt;&amp;\n & 50%</p>");
}

static void numbers_of_every_width(void)
{
    struct l1t_html html = open_writer();
    l1t_html(&html, "%d %u %ld %lu %zu %llu %.2f %+.1e %5.3g|%08llx", -5, 7U, -9L, 8UL, (size_t)6,
             1234567890123ULL, 2.345, -0.5, 1.0, 0xabcULL);
    check_and_close(&html, "-5 7 -9 8 6 1234567890123 2.35 -5.0e-01     1|00000abc");
}

static void cells_are_right_aligned_and_holes_are_dashes(void)
{
    struct l1t_html html = open_writer();
    l1t_html_number(&html, -0.012345, 3);
    l1t_html_number(&html, (double)NAN, 3);
    l1t_html_number(&html, 12345.6, 3);
    l1t_html_number(&html, 0, 3);
    check_and_close(&html, "<td class=\"n\">−0.0123</td><td class=\"n\">–</td>"
                           "<td class=\"n\">12346</td><td class=\"n\">0</td>");
}

static void measured_values_are_rounded_by_their_error(void)
{
    static const struct {
        double value, error;
        const char *value_text, *error_text;
    } cases[] = {
        {7.6303, 0.0351, "7.630", "0.035"}, {7.6303, 0.351, "7.63", "0.35"},
        {123.4, 56, "123", "56"},           {123.4, 567, "123", "567"},
        {-1.5, 0.25, "−1.50", "0.25"},      {2, 0, "2.000", "0.000"},
    };
    char value[40];
    char error[40];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        l1t_measured_text(cases[i].value, cases[i].error, value, error, sizeof value);
        L1T_ASSERT_TEXT(value, cases[i].value_text);
        L1T_ASSERT_TEXT(error, cases[i].error_text);
    }
}

static void counts_are_grouped_by_three(void)
{
    char text[64];
    l1t_count_text(0, text, sizeof text);
    L1T_ASSERT_TEXT(text, "0");
    l1t_count_text(999, text, sizeof text);
    L1T_ASSERT_TEXT(text, "999");
    l1t_count_text(1234567, text, sizeof text);
    L1T_ASSERT_TEXT(text, "1\xe2\x80\xaf"
                          "234\xe2\x80\xaf"
                          "567");
    l1t_count_text(18446744073709551615ULL, text, 12);
    CU_ASSERT(strlen(text) < 12);
}

L1T_TEST_MAIN("html", {"markup stays and text is escaped", markup_stays_and_text_is_escaped},
              {"numbers of every width", numbers_of_every_width},
              {"cells are right-aligned and holes are dashes",
               cells_are_right_aligned_and_holes_are_dashes},
              {"measured values are rounded by their error",
               measured_values_are_rounded_by_their_error},
              {"counts are grouped by three", counts_are_grouped_by_three})
