// SPDX-License-Identifier: GPL-3.0-or-later
// Tables in the forms of hardware tools: every form holds the same table; what has no clear meaning
// is refused with its line.
#include "l1t/io.h"
#include "l1t/lut_forms.h"
#include "l1t_test.h"

#include <zlib.h>

static const enum l1t_lut_form readable[] = {L1T_LUT_FORM_TEXT, L1T_LUT_FORM_MEM, L1T_LUT_FORM_COE,
                                             L1T_LUT_FORM_MIF};
enum { READABLE = sizeof readable / sizeof readable[0] };

// A table of this shape whose words use all bits.
static struct l1t_lut make_table(unsigned address_bits, unsigned data_bits)
{
    struct l1t_lut lut = {.version = "v1",
                          .address_bits = address_bits,
                          .data_bits = data_bits,
                          .n = (size_t)1 << address_bits};
    lut.data = malloc(lut.n * sizeof lut.data[0]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(lut.data);
    const uint32_t mask = data_bits == 32 ? UINT32_MAX : (1u << data_bits) - 1;
    for (size_t i = 0; i < lut.n; i++)
        lut.data[i] = (uint32_t)(i * 2654435761u) & mask;
    lut.data[lut.n - 1] = mask;
    return lut;
}

static char *write_table(enum l1t_lut_form form, const struct l1t_lut *lut, size_t *size)
{
    char *text = NULL;
    struct l1t_diag diag = {""};
    FILE *out = open_memstream(&text, size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    L1T_ASSERT_OK(l1t_lut_write_form(out, form, lut, "name", "title", &diag), diag);
    CU_ASSERT_EQUAL(fclose(out), 0);
    return text;
}

static void every_form_holds_the_same_table(void)
{
    static const unsigned shape[][2] = {{1, 1}, {6, 4}, {9, 10}, {11, 18}, {3, 32}};
    for (size_t s = 0; s < sizeof shape / sizeof shape[0]; s++) {
        struct l1t_lut lut = make_table(shape[s][0], shape[s][1]);
        for (size_t f = 0; f < READABLE; f++) {
            struct l1t_lut again;
            struct l1t_diag diag = {""};
            size_t size = 0;
            char *text = write_table(readable[f], &lut, &size);
            L1T_ASSERT_OK(l1t_lut_parse_form(&again, readable[f], "again", text, size, 0, &diag),
                          diag);
            L1T_ASSERT_INT(again.address_bits, lut.address_bits);
            L1T_ASSERT_INT(again.data_bits, lut.data_bits);
            L1T_ASSERT_INT(again.n, lut.n);
            L1T_ASSERT_INT(memcmp(again.data, lut.data, lut.n * sizeof lut.data[0]), 0);
            l1t_lut_fini(&again);
            free(text);
        }
        l1t_lut_fini(&lut);
    }
}

static void a_c_array_is_c(void)
{
    struct l1t_lut lut = make_table(2, 9);
    size_t size = 0;
    char *text = write_table(L1T_LUT_FORM_C, &lut, &size);
    L1T_ASSERT_TEXT(text, "// name: 4 words of 9 bits; title\n#include <stdint.h>\n\n"
                          "static const uint16_t name[4] = {\n    0, 433, 354, 511\n};\n");
    free(text);
    l1t_lut_fini(&lut);
}

static void odd_but_legal_forms_are_read(void)
{
    static const struct {
        enum l1t_lut_form form;
        const char *text;
        unsigned bits, n, address_bits, second;
    } good[] = {
        {L1T_LUT_FORM_MEM, "// x: 3 words of 8 bits\n0\n@1 F_f 1\n", 0, 3, 2, 255},
        {L1T_LUT_FORM_MEM, "/* no width\n */ 0 aB // and so on\n", 12, 2, 1, 0xab},
        {L1T_LUT_FORM_COE,
         "; x: 2 words of 4 bits\n Memory_Initialization_Radix=2;\n"
         ";comment\nmemory_initialization_vector=0 1\n;\n",
         0, 2, 1, 1},
        {L1T_LUT_FORM_COE, "memory_initialization_radix=10;memory_initialization_vector=7,9;", 4, 2,
         1, 9},
        {L1T_LUT_FORM_MIF,
         "DEPTH=4; % a comment\n of two lines % width = 3;\n-- more\nCONTENT\nBEGIN\n"
         "0:1; [1..3] : 7; END;",
         0, 4, 2, 7},
        {L1T_LUT_FORM_MIF,
         "WIDTH=3;DEPTH=2;ADDRESS_RADIX=BIN;DATA_RADIX=OCT;CONTENT BEGIN 0:1;1:6;END;", 3, 2, 1, 6},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct l1t_lut lut;
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(l1t_lut_parse_form(&lut, good[i].form, "good", good[i].text,
                                         strlen(good[i].text), good[i].bits, &diag),
                      diag);
        L1T_ASSERT_INT(lut.n, good[i].n);
        L1T_ASSERT_INT(lut.address_bits, good[i].address_bits);
        L1T_ASSERT_INT(lut.data[1], good[i].second);
        for (size_t k = lut.n; k < (size_t)1 << lut.address_bits; k++)
            L1T_ASSERT_INT(lut.data[k], 0);
        l1t_lut_fini(&lut);
    }
}

#define W   "// x: 2 words of 4 bits\n"
#define COE "; x: 2 words of 4 bits\nmemory_initialization_radix=16;\nmemory_initialization_vector="
#define MIF "WIDTH=4;DEPTH=2;\nCONTENT BEGIN\n"

static void bad_files_are_refused_with_their_line(void)
{
    static const struct {
        enum l1t_lut_form form;
        const char *text, *said;
        unsigned bits;
    } bad[] = {
        {L1T_LUT_FORM_MEM, "", "bad: the file does not say how wide its words are", 0},
        {L1T_LUT_FORM_MEM, "0\n1\n", "bad: the file does not say how wide its words are", 0},
        {L1T_LUT_FORM_MEM, W, "bad: no words", 0},
        {L1T_LUT_FORM_MEM, W "0\n", "bad: words of 4 bits; 5 are needed here", 5},
        {L1T_LUT_FORM_MEM, W "0\n10\n", "bad:3: a hexadecimal word '10' is above 15", 0},
        {L1T_LUT_FORM_MEM, W "0\nxx\n", "bad:3: expected a hexadecimal word, found 'xx'", 0},
        {L1T_LUT_FORM_MEM, W "0\n_\n", "bad:3: expected a hexadecimal word, found '_'", 0},
        {L1T_LUT_FORM_MEM, W "@1 0\n", "bad:2: address 1 is out of order; expected 0", 0},
        {L1T_LUT_FORM_MEM, W "0 1\n@0 2\n", "bad:3: address 0 is there already; expected 2", 0},
        {L1T_LUT_FORM_MEM, W "0 @", "bad:2: expected a hexadecimal address", 0},
        {L1T_LUT_FORM_MEM, W "0 /* 1\n", "bad:2: a comment that does not end", 0},
        {L1T_LUT_FORM_COE, "; x: 2 words of 4 bits\nradix=2;", "bad:2: expected memory_init", 0},
        {L1T_LUT_FORM_COE, "memory_initialization_radix=3;", "bad:1: radix 3; it is 2, 8", 4},
        {L1T_LUT_FORM_COE, COE, "bad:3: expected a word or ';', found the end", 0},
        {L1T_LUT_FORM_COE, COE ";", "bad: no words", 0},
        {L1T_LUT_FORM_COE, COE "1,2", "bad:3: expected a word or ';', found the end", 0},
        {L1T_LUT_FORM_COE, COE "1,,2;", "bad:3: expected a word or ';', found ','", 0},
        {L1T_LUT_FORM_COE, COE "1,g;", "bad:3: expected a word or ';', found 'g'", 0},
        {L1T_LUT_FORM_COE, COE "1,10;", "bad:3: a word or ';' '10' is above 15", 0},
        {L1T_LUT_FORM_COE, COE "1; 2", "bad:3: expected nothing after ';', found '2'", 0},
        {L1T_LUT_FORM_MIF, "CONTENT BEGIN", "bad:1: CONTENT without WIDTH and DEPTH", 0},
        {L1T_LUT_FORM_MIF, "WIDTH=33;", "bad:1: a width '33' is above 32", 0},
        {L1T_LUT_FORM_MIF, "DEPTH=2000000;", "bad:1: a depth '2000000' is above 1048576", 0},
        {L1T_LUT_FORM_MIF, "DATA_RADIX=TEN;", "bad:1: expected a radix", 0},
        {L1T_LUT_FORM_MIF, "COLOUR=1;", "bad:1: expected WIDTH, DEPTH", 0},
        {L1T_LUT_FORM_MIF, MIF "0:1; END;", "bad:3: 1 words and DEPTH = 2", 0},
        {L1T_LUT_FORM_MIF, MIF "1:1;\n0:1; END;", "bad:3: address 1 is out of order", 0},
        {L1T_LUT_FORM_MIF, MIF "0:1;\n0:1; END;", "bad:4: address 0 is there already", 0},
        {L1T_LUT_FORM_MIF, MIF "[1..0]:1; END;", "bad:3: address 1 is out of order", 0},
        {L1T_LUT_FORM_MIF, MIF "0:1;2:1; END;", "bad:3: an address or END '2' is above 1", 0},
        {L1T_LUT_FORM_MIF, MIF "0:10; END;", "bad:3: a word '10' is above 15", 0},
        {L1T_LUT_FORM_MIF, MIF "0:1;1:2;", "bad:3: expected an address or END, found the end", 0},
        {L1T_LUT_FORM_MIF, MIF "0:1;1:2; END; 3", "bad:3: expected nothing after END;", 0},
        {L1T_LUT_FORM_C, "int a[1];", "bad: C arrays are written, not read", 0},
        {L1T_LUT_FORM_TEXT, "#<header> v1 1 2 </header>\n0 1\n", "bad: words of 2 bits; 3 are", 3},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_lut lut;
        struct l1t_diag diag = {""};
        const enum l1t_err err = l1t_lut_parse_form(&lut, bad[i].form, "bad", bad[i].text,
                                                    strlen(bad[i].text), bad[i].bits, &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu: %s", i, l1t_strerror(err));
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        CU_ASSERT_PTR_NULL(lut.data);
    }
}

static void a_form_is_told_by_the_ending(void)
{
    static const struct {
        const char *path;
        bool known;
        enum l1t_lut_form form;
    } name[] = {{"a/b.txt", true, L1T_LUT_FORM_TEXT}, {"b.txt.gz", true, L1T_LUT_FORM_TEXT},
                {"b.v1.mem", true, L1T_LUT_FORM_MEM}, {"b.coe", true, L1T_LUT_FORM_COE},
                {"b.mif", true, L1T_LUT_FORM_MIF},    {"b.c", true, L1T_LUT_FORM_C},
                {"b.h", true, L1T_LUT_FORM_C},        {"mem", false, L1T_LUT_FORM_TEXT},
                {".mem", false, L1T_LUT_FORM_TEXT},   {"-", false, L1T_LUT_FORM_TEXT}};
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        enum l1t_lut_form form;
        CU_ASSERT_EQUAL(l1t_lut_form_of(name[i].path, &form), name[i].known);
        L1T_ASSERT_INT(form, name[i].form);
    }
}

static void packed_files_are_read(void)
{
    static const char text[] = "// x: 2 words of 4 bits\n3\n4\n";
    struct l1t_lut lut;
    struct l1t_diag diag = {""};
    const char *path = l1t_test_path("x.mem.gz");
    gzFile out = gzopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    CU_ASSERT_EQUAL(gzwrite(out, text, sizeof text - 1), (int)sizeof text - 1);
    CU_ASSERT_EQUAL(gzclose(out), Z_OK);
    L1T_ASSERT_OK(l1t_lut_read_form(&lut, L1T_LUT_FORM_MEM, path, 0, &diag), diag);
    L1T_ASSERT_INT(lut.data[1], 4);
    l1t_lut_fini(&lut);
}

L1T_TEST_MAIN("lut_forms", {"every form holds the same table", every_form_holds_the_same_table},
              {"a C array is C", a_c_array_is_c},
              {"odd but legal forms are read", odd_but_legal_forms_are_read},
              {"bad files are refused with their line", bad_files_are_refused_with_their_line},
              {"a form is told by the ending", a_form_is_told_by_the_ending},
              {"packed files are read", packed_files_are_read})
