// SPDX-License-Identifier: GPL-3.0-or-later
// Look-up tables: every odd but legal form is read, everything else is refused with its line, and
// what is written is read back.
#include "l1t/io.h"
#include "l1t/jet_config.h"
#include "l1t/lut.h"
#include "l1t_test.h"

#include <zlib.h>

#define HEADER "#<header> v1 2 4 </header>\n"

static void odd_but_legal_forms_are_read(void)
{
    static const struct {
        const char *text;
        unsigned n, third;
    } good[] = {
        {HEADER "0 1\n1 2\n2 3\n3 4\n", 4, 3},
        {"# words\n\n  # more\n" HEADER "\n0 1 # one\n1 2\t#two\n\n2 3", 3, 3}, // no final newline
        {HEADER "0 15\n", 1, 0},                                                // short
        {HEADER "0 1\n" HEADER "1 2\n2 9\n", 3, 9},                             // header again
        {"#<header> V10.0 2 4 </header>>\r\n0 1\r\n1 2\r\n2 5\r\n", 3, 5},      // CRLF
        {"#<header>\tv1\t2\t4\t</header>\n\t0\t1\n  1  2  \n", 2, 0},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct l1t_lut lut;
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(l1t_lut_parse(&lut, "good", good[i].text, strlen(good[i].text), &diag), diag);
        L1T_ASSERT_INT(lut.n, good[i].n);
        L1T_ASSERT_INT(lut.address_bits, 2);
        L1T_ASSERT_INT(lut.data[2], good[i].third);
        L1T_ASSERT_INT(lut.data[3], good[i].n == 4 ? 4 : 0);
        l1t_lut_fini(&lut);
    }
}

static void bad_tables_are_refused_with_their_line(void)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"", "bad: no '#<header>"},
        {"\n\n# nothing\n", "bad: no '#<header>"},
        {HEADER, "bad: a header and no entries"},
        {"0 1\n", "bad:1: an entry before the '#<header>' line"},
        {HEADER "0 1\n2 2\n", "bad:3: address 2 is out of order; expected 1"},
        {HEADER "0 1\n0 2\n", "bad:3: address 0 is there already; expected 1"},
        {HEADER "1 1\n", "bad:2: address 1 is out of order; expected 0"},
        {HEADER "0 16\n", "bad:2: data of address 0 does not fit the header's 4 data bits (at most "
                          "15)"},
        {HEADER "0 99999999999999999999\n", "bad:2: data of address 0 does not fit"},
        {HEADER "0 1\n1 1\n2 1\n3 1\n4 1\n", "bad:6: address 4 does not fit the header's 2 address "
                                             "bits (at most 3)"},
        {HEADER "18446744073709551616 1\n", "bad:2: address"},
        {HEADER "0 -1\n", "bad:2: an entry is 'ADDRESS DATA'"},
        {HEADER "0 1.5\n", "bad:2: an entry is 'ADDRESS DATA'"},
        {HEADER "0x0 1\n", "bad:2: an entry is 'ADDRESS DATA'"},
        {HEADER "0\n", "bad:2: an entry is 'ADDRESS DATA'"},
        {HEADER "0 1 2\n", "bad:2: only a '# comment' may follow an entry"},
        {HEADER "zero one\n", "bad:2: an entry is 'ADDRESS DATA'"},
        {HEADER "\x7f"
                "ELF\n",
         "bad:2: an entry is"},
        {"#<header> v1 2 </header>\n0 1\n", "bad:1: a header is"},
        {"#<header> v1 2 4\n0 1\n", "bad:1: a header is"},
        {"#<header> v1 0 4 </header>\n0 1\n", "bad:1: a table has 1..20"},
        {"#<header> v1 40 4 </header>\n0 1\n", "bad:1: a table has 1..20"},
        {"#<header> v1 2 33 </header>\n0 1\n", "bad:1: a table has 1..20"},
        {HEADER "0 1\n#<header> v1 3 4 </header>\n", "bad:3: a second header that differs"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_lut lut;
        struct l1t_diag diag = {""};
        const enum l1t_err err =
            l1t_lut_parse(&lut, "bad", bad[i].text, strlen(bad[i].text), &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu was read", i);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        CU_ASSERT_PTR_NULL(lut.data);
    }
}

static void binary_missing_and_misshapen_files_are_refused(void)
{
    struct l1t_lut lut;
    struct l1t_diag diag = {""};
    const char *path = l1t_test_write("binary.txt", HEADER "0 \0001\n", sizeof HEADER + 5);
    L1T_ASSERT_INT(l1t_lut_read(&lut, path, &diag), L1T_E_INPUT);
    CU_ASSERT_NOT_EQUAL(l1t_lut_read(&lut, l1t_test_path("none.txt"), &diag), L1T_OK);
    path = l1t_test_write_text("shape.txt", HEADER "0 1\n");
    L1T_ASSERT_INT(l1t_lut_read_shape(&lut, path, 8, 4, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "this table has 2 address and 4 data bits; 8 and 4 are needed");
    CU_ASSERT_PTR_NULL(lut.data);
}

static void gzip_is_read(void)
{
    const char *path = l1t_test_path("table.txt");
    gzFile out = gzopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    CU_ASSERT(gzputs(out, HEADER "0 7\n") > 0);
    CU_ASSERT_EQUAL(gzclose(out), Z_OK);
    struct l1t_lut lut;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_lut_read(&lut, path, &diag), diag);
    L1T_ASSERT_INT(lut.data[0], 7);
    l1t_lut_fini(&lut);
}

static void a_written_table_is_read_back(void)
{
    uint32_t data[4] = {0, 15, 7, 1};
    const struct l1t_lut lut = {"v7", 2, 4, 4, data};
    struct l1t_diag diag = {""};
    char text[400];
    FILE *out = fmemopen(text, sizeof text, "w");
    L1T_ASSERT_OK(l1t_lut_write(out, &lut, "a test", &diag), diag);
    CU_ASSERT_EQUAL(fclose(out), 0);
    struct l1t_lut back;
    L1T_ASSERT_OK(l1t_lut_parse(&back, "back", text, strlen(text), &diag), diag);
    L1T_ASSERT_TEXT(back.version, "v7");
    CU_ASSERT_EQUAL(memcmp(back.data, data, sizeof data), 0);
    l1t_lut_fini(&back);
}

static void memory_images_have_a_heading_and_one_word_a_line(void)
{
    static const uint32_t data[3] = {0x3ffff, 0, 0x1a};
    struct l1t_diag diag = {""};
    char *text;
    size_t size;
    L1T_ASSERT_OK(l1t_mem_write(l1t_test_dir(), "image", data, 3, 18, "abc", &diag), diag);
    L1T_ASSERT_OK(l1t_read_text(l1t_test_path("image.mem"), 1000, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "// image: 3 words of 18 bits; configuration abc\n3ffff\n00000\n0001a\n");
    free(text);
}

static void the_default_calibration_is_sensible(void)
{
    struct l1t_jet_setup setup;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet.yaml", NULL, &setup, &diag), diag);
    L1T_ASSERT_INT(setup.model.seed_min, 8);
    for (unsigned m = 1; m <= 40; m++)
        for (unsigned et = 20; et < 512; et++) {
            const uint32_t word =
                setup.model.calibration[setup.model.eta_bin[m] << 4 | setup.model.pt_bin[et / 2]];
            const double factor = (word & 0x3ff) / 512.;
            L1T_CHECK(factor >= 1 && factor <= 2, "ring %u, %u units: %g", m, et, factor);
        }
    L1T_ASSERT_INT(setup.model.pt_bin[4], 0);
    L1T_ASSERT_INT(setup.model.pt_bin[5], 1);
    L1T_ASSERT_INT(setup.model.pt_bin[255], 15);
    L1T_ASSERT_INT(setup.model.eta_bin[28], 9);
    L1T_ASSERT_INT(setup.model.eta_bin[40], 14);
}

#define TOP  "seed_threshold: 4 GeV\npile_up: chunky_donut\n"
#define BINS "pt_bins: [0 GeV, 10 GeV]\neta_bins: [1, 20]\n"
#define CAL(high, offset)                                                                          \
    "calibration: {knee: 20 GeV, power: 2, high: " high ", low: [0, 0], offset: " offset "}\n"
#define ZERO "[0 GeV, 0 GeV]"

static void bad_configurations_are_refused(void)
{
    static const struct {
        const char *text, *luts, *said;
    } bad[] = {
        {TOP, NULL, "either luts, or all of pt_bins, eta_bins and calibration"},
        {TOP BINS, NULL, "either luts, or all of"},
        {TOP BINS CAL("[1, 1]", ZERO) "luts: {pt: a, eta: b, calibration: c}\n", NULL, "exclude"},
        {TOP BINS CAL("[1, 1]", ZERO), ".",
         "no jet_pt_bin.txt in the folder of tables, '.'; 'l1twin lut make' writes"},
        {TOP BINS CAL("[1]", ZERO), NULL, "high: 1 values for 2 eta_bins"},
        {TOP BINS CAL("[2, 1]", ZERO), NULL, "the hardware's multiplier is 0 to 1.998"},
        {TOP BINS CAL("[1, 1]", "[-9 GeV, 0 GeV]"), NULL, "would become negative"},
        {TOP "pt_bins: [1 GeV]\neta_bins: [1]\n" CAL("[1]", "[0 GeV]"), NULL, "start with 0"},
        {TOP "pt_bins: [0 GeV, 0 GeV]\neta_bins: [1]\n" CAL("[1]", "[0 GeV]"), NULL, "ascend"},
        {TOP "pt_bins: [0 GeV]\neta_bins: [1, 1.5]\n" CAL("[1, 1]", ZERO), NULL, "whole numbers"},
        {TOP "luts: {pt: a, eta: b}\n", NULL, "calibration"},
        {TOP BINS CAL("[1, 1]", ZERO) "generator: {rings: [1, 40]}\n", NULL, "go together"},
        {TOP BINS CAL("[1, 1]", ZERO) "bins: 3\n", NULL, "unknown key"},
        {"seed_threshold: 400 GeV\npile_up: none\n", NULL, "seed_threshold"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_jet_setup setup;
        struct l1t_diag diag = {""};
        const char *path = l1t_test_write_text("bad.yaml", bad[i].text);
        const enum l1t_err err = l1t_jet_setup_load(path, bad[i].luts, &setup, &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu: %s", i, l1t_strerror(err));
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        L1T_ASSERT_DIAG_CONTAINS(diag, "bad.yaml:");
    }
}

static void the_digest_follows_the_tables(void)
{
    static const char *const text[] = {TOP BINS CAL("[1, 1]", ZERO),
                                       "# a comment\n" TOP BINS CAL("[1.0, 1]", ZERO),
                                       TOP BINS CAL("[1.1, 1]", ZERO)};
    struct l1t_jet_setup setup[3];
    struct l1t_diag diag = {""};
    for (size_t i = 0; i < 3; i++)
        L1T_ASSERT_OK(
            l1t_jet_setup_load(l1t_test_write_text("good.yaml", text[i]), NULL, &setup[i], &diag),
            diag);
    L1T_ASSERT_TEXT(setup[0].digest, setup[1].digest);
    CU_ASSERT_STRING_NOT_EQUAL(setup[0].digest, setup[2].digest);
}

static void reference_tables_are_found_in_the_folder_given(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "calo/luts")
    struct l1t_jet_setup setup;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet_2018.yaml", path, &setup, &diag), diag);
    L1T_ASSERT_INT(setup.model.calibration[1], 262023);
    L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet_2024.yaml", path, &setup, &diag), diag);
    L1T_ASSERT_INT(setup.model.pus, L1T_JET_PUS_PHI_RING);
}

L1T_TEST_MAIN("lut", {"odd but legal forms are read", odd_but_legal_forms_are_read},
              {"bad tables are refused with their line", bad_tables_are_refused_with_their_line},
              {"binary, missing and misshapen files are refused",
               binary_missing_and_misshapen_files_are_refused},
              {"gzip is read", gzip_is_read},
              {"a written table is read back", a_written_table_is_read_back},
              {"memory images have a heading and one word a line",
               memory_images_have_a_heading_and_one_word_a_line},
              {"the default calibration is sensible", the_default_calibration_is_sensible},
              {"bad configurations are refused", bad_configurations_are_refused},
              {"the digest follows the tables", the_digest_follows_the_tables},
              {"reference tables are found in the folder given",
               reference_tables_are_found_in_the_folder_given})
