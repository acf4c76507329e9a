// SPDX-License-Identifier: GPL-3.0-or-later
// Test-vector files: both layouts come back as they were read, titles and CRLF are tolerated,
// everything else is refused with its line and column; neighbours of a closed orbit.
#include "l1t/gt_vectors.h"
#include "l1t_test.h"

#include <zlib.h>

// A line of a layout with a digit of its own in every column.
static void make_line(char *text, size_t size, int layout, unsigned crossing)
{
    static const unsigned n[2][7] = {{8, 12, 8, 12, 4, 0, 2}, {8, 12, 12, 12, 6, 6, 2}};
    static const unsigned digits[7] = {16, 8, 8, 8, 8, 8, 64};
    size_t used = (size_t)snprintf(text, size, "%04u", crossing);
    unsigned column = 1;
    for (unsigned r = 0; r < 7; r++)
        for (unsigned i = 0; i < n[layout][r]; i++, column++) {
            const unsigned width = r == 6 && i == 1 ? 128 : digits[r];
            text[used++] = ' ';
            for (unsigned d = 0; d < width; d++)
                text[used++] = "0123456789abcdef"[(column + d * d + crossing) % 16];
        }
    (void)snprintf(text + used, size - used, " %u", crossing % 2);
}

static enum l1t_err read_all(const char *path, struct l1t_gt_vectors *v, struct l1t_diag *diag)
{
    return l1t_gt_vectors_load(path, v, diag);
}

static void both_layouts_come_back_as_they_were_read(void)
{
    for (int layout = 0; layout < 2; layout++) {
        char text[4000] = "", line[1000];
        for (unsigned x = 0; x < 4; x++) {
            make_line(line, sizeof line, layout, 3560 + x);
            L1T_ASSERT_INT(strlen(line), layout == 0 ? 660 : 768);
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", line);
        }
        struct l1t_gt_vectors v;
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(read_all(l1t_test_write_text("v.txt", text), &v, &diag), diag);
        CU_ASSERT_EQUAL_FATAL(v.n, 4);
        L1T_ASSERT_INT(v.layout, layout == 0 ? L1T_GT_LAYOUT_V1 : L1T_GT_LAYOUT_V2);
        char back[4000];
        FILE *out = fmemopen(back, sizeof back, "w");
        for (size_t i = 0; i < v.n; i++)
            l1t_gt_vectors_write(out, v.layout, &v.vector[i]);
        CU_ASSERT_EQUAL(fclose(out), 0);
        L1T_ASSERT_TEXT(back, text);
        l1t_gt_vectors_free(&v);
    }
}

// Where things are, against a line written by hand.
static void columns_and_bits_lie_where_the_file_has_them(void)
{
    char line[1000];
    make_line(line, sizeof line, 1, 12);
    memset(line + 5, '0', 762);
    for (size_t i = 21; i < 766; i++) // blanks again, from the widths
        line[i] = '0';
    size_t at = 4;
    for (unsigned c = 0; c < 8; c++, at += 17)
        line[at] = ' ';
    for (unsigned c = 0; c < 48; c++, at += 9)
        line[at] = ' ';
    line[at] = ' ';
    const size_t externals = at + 1, algorithms = externals + 65;
    line[algorithms - 1] = line[algorithms + 128] = ' ';
    line[5 + 15] = '5';                          // muon 0, bits 0 and 2
    line[4 + 8 * 17 + 36 * 9 + 9 + 8] = '7';     // sum 1 (HTT), low digit
    line[4 + 8 * 17 + 42 * 9 + 2 * 9 + 1] = 'a'; // link 11 word 2, top digit
    line[externals + 63 - 16] = '2';             // channel 65
    line[algorithms] = '8';                      // algorithm 511
    line[algorithms + 127 - 4] = '4';            // algorithm 18
    line[767] = '1';
    struct l1t_gt_vectors v;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(read_all(l1t_test_write_text("v.txt", line), &v, &diag), diag);
    CU_ASSERT_EQUAL_FATAL(v.n, 1);
    const struct l1t_gt_vector *x = &v.vector[0];
    L1T_ASSERT_INT(x->crossing, 12);
    L1T_ASSERT_INT(x->words.muon[0], 5);
    L1T_ASSERT_INT(x->words.sum[1], 7);
    L1T_ASSERT_INT(x->words.link11[2], 0xa0000000);
    CU_ASSERT(x->words.external[0] == 0 && x->words.external[1] == 2);
    CU_ASSERT(x->bits[7] == UINT64_C(1) << 63 && x->bits[0] == 1 << 18);
    CU_ASSERT_TRUE(x->finor);
    l1t_gt_vectors_free(&v);
}

static void titles_line_ends_and_gzip_are_tolerated(void)
{
    char line[1000], text[4000];
    struct l1t_gt_vectors v;
    struct l1t_diag diag = {""};
    make_line(line, sizeof line, 0, 1);
    (void)snprintf(text, sizeof text, "BX muons\r\n\r\n%s\r\nBX again\r\n%s", line, line);
    L1T_ASSERT_OK(read_all(l1t_test_write_text("v.txt", text), &v, &diag), diag);
    L1T_ASSERT_INT(v.n, 2);
    CU_ASSERT(v.line[0] == 3 && v.line[1] == 5);
    l1t_gt_vectors_free(&v);
    const char *path = l1t_test_path("v.gz");
    gzFile gz = gzopen(path, "wb");
    CU_ASSERT_EQUAL(gzwrite(gz, text, (unsigned)strlen(text)), (int)strlen(text));
    CU_ASSERT_EQUAL(gzclose(gz), Z_OK);
    L1T_ASSERT_OK(read_all(path, &v, &diag), diag);
    L1T_ASSERT_INT(v.n, 2);
    l1t_gt_vectors_free(&v);
}

static void what_is_wrong_is_said_with_line_and_column_bad(void)
{
    static const struct {
        size_t at; // character that is changed, 0: the whole text
        const char *to, *expected;
    } cases[] = {
        {0, "", ":0: no crossing in the whole file"},
        {0, "BX only a title\n", ":1: no crossing"},
        {0, "0000 1 2 3\n", ":1: 4 columns between single blanks; expected 60 (since 2016) or 48"},
        {1, "999", ":2: column 1 (crossing): '3999 ' is not a number of 4 digits, 0000 to 3563"},
        {4, "0", ":2: 59 columns, the lines before it have 60"},
        {4, "0 ", ":2: column 1 (crossing): '35630'"},
        {10, "x", ":2: column 2 (muon): 'x' in"},
        {21, "0 ", ":2: column 2 (muon): 17 characters, expected 16 digits"},
        {766, "  ", ":2: 61 columns, the lines before it have 60"},
        {767, "2", ":2: column 60 (final OR): '2' is not 0 or 1"},
        {700, "g", ":2: column 59 (algorithms): 'g'"},
    };
    char good[1000], text[4000];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_vectors v;
        struct l1t_diag diag = {""};
        make_line(good, sizeof good, 1, 3563);
        (void)snprintf(text, sizeof text, "%s\n%s\n", good, good);
        memcpy(text + 769 + cases[i].at, cases[i].to, strlen(cases[i].to));
        const char *path = l1t_test_write_text("v.txt", cases[i].at == 0 ? cases[i].to : text);
        CU_ASSERT_EQUAL(read_all(path, &v, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].expected);
        l1t_gt_vectors_free(&v);
    }
    (void)snprintf(text, sizeof text, "%s\nprose\n", good);
    struct l1t_gt_vectors v;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(read_all(l1t_test_write_text("v.txt", text), &v, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, ":2: 'prose' does not start with the four digits");
    l1t_gt_vectors_free(&v);
}

static void the_orbit_is_closed_unless_crossings_are_independent(void)
{
    struct l1t_gt_event event[3], lone;
    struct l1t_gt_around around;
    memset(event, 0, sizeof event);
    event[0].external[3] = 7;
    event[0].object[0].et = 9;
    for (size_t n = 1; n <= 3; n++) {
        const struct l1t_gt_vectors v = {.n = n, .event = event};
        l1t_gt_vectors_around(&v, 0, NULL, &around);
        for (int d = -2; d <= 2; d++)
            CU_ASSERT_PTR_EQUAL(l1t_gt_at(&around, d), &event[(size_t)(d + 6) % n]);
        l1t_gt_vectors_around(&v, 0, &lone, &around);
        CU_ASSERT_PTR_EQUAL(l1t_gt_at(&around, 0), &event[0]);
        CU_ASSERT(l1t_gt_at(&around, -1)->external[3] == 7);
        CU_ASSERT(l1t_gt_at(&around, 2)->object[0].et == 0);
    }
}

L1T_TEST_MAIN("gt_vectors",
              {"both layouts come back as they were read",
               both_layouts_come_back_as_they_were_read},
              {"columns and bits lie where the file has them",
               columns_and_bits_lie_where_the_file_has_them},
              {"titles, line ends and gzip are tolerated", titles_line_ends_and_gzip_are_tolerated},
              {"what is wrong is said with line and column _bad",
               what_is_wrong_is_said_with_line_and_column_bad},
              {"the orbit is closed unless crossings are independent",
               the_orbit_is_closed_unless_crossings_are_independent})
