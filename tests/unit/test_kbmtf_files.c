// SPDX-License-Identifier: GPL-3.0-or-later
// What the barrel track finder reads and writes: stubs, tables, configuration, and what of it is
// refused.
#include "kbmtf_plain.h"
#include "l1t/io.h"
#include "l1t/kbmtf_config.h"
#include "l1t/kbmtf_text.h"
#include "l1t/lut.h"
#include "l1t/twin.h"

#include "csrc/paths/kbmtf_tables.h"
#include "l1t_test.h"

#include <zlib.h>

static struct l1t_kbmtf_event event, again;
static struct l1t_kbmtf_setup setup;

// ---- stubs ----

// Read the first two events of a text; the line of the refusal, or "" when all is well.
static const char *refusal(const char *text)
{
    static struct l1t_diag diag;
    struct l1t_kbmtf_reader *reader = NULL;
    uint64_t id;
    char mode[L1T_KBMTF_MODE];
    diag.text[0] = '\0';
    CU_ASSERT_EQUAL_FATAL(
        l1t_kbmtf_reader_open(l1t_test_write_text("stubs.txt", text), &reader, &diag), L1T_OK);
    int status = 1;
    for (int i = 0; i < 3 && status == 1; i++)
        status = l1t_kbmtf_reader_next(reader, &event, &id, mode, &diag);
    CU_ASSERT_EQUAL(status < 0, diag.text[0] != '\0');
    l1t_kbmtf_reader_close(reader);
    return diag.text;
}

#define GOOD "S 0 -2 9 3 0 918 109 0 -66 1 255 0\n"

static void bad_stubs_are_refused_with_their_line(void)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        {GOOD, ":1: the first line is 'E <event> <mode>'"},
        {"E\n", ":1: the first line is 'E <event> <mode>'"},
        {"E x 0\n", ":1: an event line is 'E <event> <mode>'"},
        {"E -1 0\n", ":1: an event line is"},
        {"E 1 two words\n", ":1: an event line is"},
        {"E 99999999999999999999 0\n", ":1: an event line is"},
        {"E 1 a-mode-of-forty-characters-is-much-too-long\n", ":1: an event line is"},
        {"E 1 0\nT 1\n", ":2: a line starts with 'E ', 'S ' or '#'"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 0 -66 1 255\n", ":2: a stub is 'S' and 12 whole numbers"},
        {"E 1 0\nS 0 -2 9 3 0 918 1.5 0 -66 1 255 0\n", ":2: a stub is 'S' and 12 whole numbers"},
        {"E 1 0\nS 0 -2  9 3 0 918 109 0 -66 1 255 0\n", ":2: a stub is 'S' and 12 whole numbers"},
        {"E 1 0\nS 0 -2 9 3 0 +918 109 0 -66 1 255 0\n", ":2: a stub is 'S' and 12 whole numbers"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 0 -66 1 255 0 0\n", ":2: nothing follows the 12 numbers"},
        {"E 1 0\nS 0 -3 9 3 0 918 109 0 -66 1 255 0\n", ":2: wheel is from -2 to 2"},
        {"E 1 0\nS 0 -2 12 3 0 918 109 0 -66 1 255 0\n", ":2: sector is from 0 to 11"},
        {"E 1 0\nS 0 -2 9 0 0 918 109 0 -66 1 255 0\n", ":2: station is from 1 to 4"},
        {"E 1 0\nS 0 -2 9 3 2 918 109 0 -66 1 255 0\n", ":2: tag is from 0 to 1"},
        {"E 1 0\nS 0 -2 9 3 0 2048 109 0 -66 1 255 0\n", ":2: phi is from -2048 to 2047"},
        {"E 1 0\nS 0 -2 9 3 0 918 -513 0 -66 1 255 0\n", ":2: phiB is from -512 to 511"},
        {"E 1 0\nS 0 -2 9 3 0 918 99999999999999999999 0 1 1 7 0\n", ":2: phiB is from"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 8 -66 1 255 0\n", ":2: quality is from 0 to 7"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 0 -106 1 255 0\n", ":2: eta1 is from -105 to 255"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 0 106 1 255 0\n", ":2: eta is from -105 to 105, or 255"},
        {"E 1 0\nS 0 -2 9 3 0 918 109 0 -66 3 255 0\n", ":2: qeta1 is from 0 to 2"},
        {"E 1 0\nS 0 -2 9 4 0 918 109 0 -66 1 255 0\n", ":2: station 4 has no theta view"},
        {"E 1 0\nS 1 -2 9 3 0 918 109 0 -66 1 255 0\n", ":2: ids of an event's stubs are 0, 1, 2"},
        {"E 1 0\n" GOOD "S 1 -2 9 3 0 918 109 0 -66 1 255 0\n", ":3: stubs ascend by wheel"},
        {"E 1 0\n" GOOD "S 1 -2 9 2 1 918 109 0 -66 1 255 0\n", ":3: stubs ascend by wheel"},
        {"E 1 0\n" GOOD "E 2 0\nS 1 1 9 2 1 9 109 0 -66 1 255 0\n", ":4: ids of an event's stubs"},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *line = refusal(cases[i].text);
        L1T_CHECK(strstr(line, "stubs.txt") != NULL && strstr(line, cases[i].line) != NULL,
                  "case %u: '%s', expected '%s'", i, line, cases[i].line);
    }
    L1T_ASSERT_TEXT(refusal("# words\n\nE 7\n" GOOD "E 8 0\r\n"), "");
}

static void what_is_written_is_read_back(void)
{
    struct l1t_kbmtf_reader *reader = NULL;
    struct l1t_diag diag = {""};
    char mode[L1T_KBMTF_MODE];
    uint64_t id = 0;
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", NULL, &setup, &diag), diag);
    const char *path = l1t_test_path("events.txt");
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    for (uint64_t e = 0; e < 20; e++) {
        kbmtf_random_event(e, &setup.model, &event);
        L1T_ASSERT_OK(l1t_kbmtf_write_event(out, &event, e, e % 2 ? "mode" : "", &diag), diag);
    }
    CU_ASSERT_EQUAL(fclose(out), 0);
    L1T_ASSERT_OK(l1t_kbmtf_reader_open(path, &reader, &diag), diag);
    for (uint64_t e = 0; e < 20; e++) {
        kbmtf_random_event(e, &setup.model, &event);
        L1T_ASSERT_INT(l1t_kbmtf_reader_next(reader, &again, &id, mode, &diag), 1);
        L1T_ASSERT_INT(id, e);
        L1T_ASSERT_TEXT(mode, e % 2 ? "mode" : "");
        CU_ASSERT(memcmp(event.have, again.have, sizeof event.have) == 0);
        for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
            if (l1t_kbmtf_have(&event, place) &&
                memcmp(&event.stub[place], &again.stub[place], sizeof event.stub[place]) != 0)
                L1T_CHECK(false, "event %llu, place %u", (unsigned long long)e, place);
    }
    L1T_ASSERT_INT(l1t_kbmtf_reader_next(reader, &again, &id, mode, &diag), 0);
    l1t_kbmtf_reader_close(reader);
}

// The path's flat words carry a whole event: what it writes from them is what was read.
static void the_path_carries_events_whole(void)
{
    static const char text[] = "E 5 1\nS 0 -2 9 3 0 918 -109 0 -66 1 255 0\n"
                               "S 1 2 11 4 1 -2048 511 7 7 0 7 0\n";
    const struct l1t_twin *twin = l1t_twin_find("kbmtf");
    CU_ASSERT_PTR_NOT_NULL_FATAL(twin);
    uint32_t *in = calloc(twin->in_words, sizeof *in);
    char wrote[400] = "";
    void *source = NULL;
    uint64_t id;
    struct l1t_diag diag = {""};
    FILE *out = fmemopen(wrote, sizeof wrote, "w");
    CU_ASSERT_FATAL(in != NULL && out != NULL);
    L1T_ASSERT_OK(
        twin->source_open(NULL, l1t_test_write_text("event.txt", text), 0, &source, &diag), diag);
    L1T_ASSERT_INT(twin->source_next(source, in, &id, &diag), 1);
    L1T_ASSERT_OK(twin->write_event(out, in, id, "1", &diag), diag);
    CU_ASSERT_EQUAL(fclose(out), 0);
    L1T_ASSERT_TEXT(wrote, text);
    twin->source_close(source);
    free(in);
    L1T_ASSERT_INT(twin->source_open(NULL, "generator", 0, &source, &diag), L1T_E_USAGE);
    L1T_ASSERT_DIAG_CONTAINS(diag, "needs a file of stubs");
}

// ---- tables ----

static const char *table_refusal(const char *text)
{
    static const struct l1t_kbmtf_shape shape = {4, 1, 8, 9};
    static struct l1t_diag diag;
    int value[4];
    diag.text[0] = '\0';
    const enum l1t_err err =
        l1t_kbmtf_parse_table("t.txt", text, strlen(text), &shape, value, &diag);
    CU_ASSERT_EQUAL(err == L1T_OK, diag.text[0] == '\0');
    return diag.text;
}

static const char *floats_refusal(const char *text)
{
    static struct l1t_diag diag;
    float value[2];
    diag.text[0] = '\0';
    const enum l1t_err err =
        l1t_kbmtf_parse_floats("t.txt", text, strlen(text), 2, 64, value, &diag);
    CU_ASSERT_EQUAL(err == L1T_OK, diag.text[0] == '\0');
    return diag.text;
}

static void tables_hold_exactly_their_numbers(void)
{
    L1T_ASSERT_TEXT(table_refusal("-8 9 0\n 1\r\n\n"), "");
    L1T_ASSERT_TEXT(table_refusal("1 2\n3\n"), "t.txt:3: the file ends after 3 of 4 numbers");
    L1T_ASSERT_TEXT(table_refusal(""), "t.txt:1: the file ends after 0 of 4 numbers");
    L1T_ASSERT_TEXT(table_refusal("1 2\n3 4 5"), "t.txt:2: more than the 4 numbers of this table");
    L1T_ASSERT_TEXT(table_refusal("1 2 -3 4"),
                    "t.txt:1: entry 2: a whole number from 0 to 9, not '-3'");
    L1T_ASSERT_TEXT(table_refusal("-9 2 3 4"),
                    "t.txt:1: entry 0: a whole number from -8 to 9, not '-9'");
    L1T_ASSERT_TEXT(table_refusal("1\n10 3 4"),
                    "t.txt:2: entry 1: a whole number from 0 to 9, not '10'");
    L1T_ASSERT_CONTAINS(table_refusal("1 2.0 3 4"), "entry 1: a whole number");
    L1T_ASSERT_CONTAINS(table_refusal("1 +2 3 4"), "entry 1: a whole number");
    L1T_ASSERT_CONTAINS(table_refusal("1 x 3 4"), "entry 1: a whole number");
    L1T_ASSERT_CONTAINS(table_refusal("1 4294967297 3 4"), "entry 1: a whole number");
    L1T_ASSERT_TEXT(floats_refusal("-1.5 64"), "");
    L1T_ASSERT_TEXT(floats_refusal("1"), "t.txt:1: the file ends after 1 of 2 numbers");
    L1T_ASSERT_TEXT(floats_refusal("1 2 3"), "t.txt:1: more than the 2 numbers of this table");
    L1T_ASSERT_CONTAINS(floats_refusal("1 nan"), "entry 1: a number from -64 to 64, not 'nan'");
    L1T_ASSERT_CONTAINS(floats_refusal("1 inf"), "entry 1: a number");
    L1T_ASSERT_CONTAINS(floats_refusal("65 1"), "entry 0: a number");
    L1T_ASSERT_CONTAINS(floats_refusal("1 2x"), "entry 1: a number");
}

static void write_numbers(const char *dir, const char *name, unsigned n, int value, bool packed)
{
    char path[1200], text[6 * 2048 + 1];
    size_t size = 0;
    for (unsigned i = 0; i < n; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%d%c", value,
                                 i % 16 == 15 ? '\n' : ' ');
    snprintf(path, sizeof path, "%s/%s.txt%s", dir, name, packed ? ".gz" : "");
    gzFile out = gzopen(path, packed ? "wb" : "wbT");
    CU_ASSERT_FATAL(out != NULL && gzwrite(out, text, (unsigned)size) == (int)size);
    CU_ASSERT_EQUAL(gzclose(out), Z_OK);
}

// A whole folder: each table filled with a number of its own; some packed.
static void write_tables(const char *dir)
{
    static const char *const classes[] = {"LL", "LH", "HL", "HH"};
    char name[40];
    for (unsigned pattern = 1; pattern < 16; pattern++) {
        for (unsigned station = 1; station < 4; station++)
            if (l1t_kbmtf_gain_row(pattern, station) >= 0) {
                snprintf(name, sizeof name, "gain_%u_%u", pattern, station);
                write_numbers(dir, name, 2048, (int)(10 * pattern + station), pattern % 2);
            }
        if (l1t_kbmtf_pattern_row(pattern) < 0)
            continue;
        const unsigned n = (pattern & 1) + (pattern >> 1 & 1) + (pattern >> 2 & 1) + (pattern >> 3);
        snprintf(name, sizeof name, "gain_%u_0", pattern);
        write_numbers(dir, name, 1024, (int)(100 + pattern), false);
        snprintf(name, sizeof name, "gain_%u_0_phi_f32", pattern);
        write_numbers(dir, name, 1024, -(int)pattern, true);
        snprintf(name, sizeof name, "coarseEta_%u", pattern);
        write_numbers(dir, name, 4u << n, (int)(50 + pattern), false);
    }
    for (unsigned seed = 2; seed <= 4; seed++)
        for (unsigned station = 1; station < seed; station++)
            for (unsigned c = 0; c < 4; c++) {
                snprintf(name, sizeof name, "gain2_%u_%u_%s", 1u << (seed - 1), station,
                         classes[c]);
                write_numbers(dir, name, 2048, (int)(200 + 100 * seed + 10 * station + c), false);
            }
    write_numbers(dir, "vertex_deltaK", 2048, 1, false);
    write_numbers(dir, "vertex_dxyOffset", 2048, 2, false);
    write_numbers(dir, "pt_posK", 2048, 300, false);
    write_numbers(dir, "pt_negK", 2048, 301, true);
}

static enum l1t_err load(const char *dir, struct l1t_diag *diag)
{
    return l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", dir, &setup, diag);
}

static void each_file_goes_to_its_table(void)
{
    struct l1t_diag diag = {""};
    const char *dir = l1t_test_dir();
    write_tables(dir);
    L1T_ASSERT_OK(load(dir, &diag), diag);
    const struct l1t_kbmtf_config *m = &setup.model;
    L1T_ASSERT_INT(m->gain[l1t_kbmtf_gain_row(4, 2)][0][0], 42);
    L1T_ASSERT_INT(m->gain[l1t_kbmtf_gain_row(14, 1)][1][1023], 141);
    L1T_ASSERT_INT(m->gain2[l1t_kbmtf_gain2_row(2, 1)][0][0][0], 410);
    L1T_ASSERT_INT(m->gain2[l1t_kbmtf_gain2_row(4, 3)][1][3][511], 631); // LH
    L1T_ASSERT_INT(m->gain2[l1t_kbmtf_gain2_row(4, 1)][2][2][0], 612);   // HL
    L1T_ASSERT_INT(m->vertex[l1t_kbmtf_pattern_row(13)][1023], 113);
    CU_ASSERT_EQUAL(setup.phi_gain[l1t_kbmtf_pattern_row(9)][5], -9);
    L1T_ASSERT_INT(m->coarse_eta[l1t_kbmtf_pattern_row(12)][15], 62);
    L1T_ASSERT_INT(m->coarse_eta[l1t_kbmtf_pattern_row(15)][63], 65);
    L1T_ASSERT_INT(m->loss[2047], 1);
    L1T_ASSERT_INT(m->shift[0], 2);
    L1T_ASSERT_INT(m->pt[0][7], 300);
    L1T_ASSERT_INT(m->pt[1][7], 301);
}

// Also of phi at the vertex, which only people look at.
static void each_file_is_in_the_digest(void)
{
    static const struct {
        const char *name;
        unsigned n;
        bool packed; // as write_tables() does
    } files[] = {{"gain_4_2", 2048, false},         {"gain2_4_2_HL", 2048, false},
                 {"gain_13_0", 1024, false},        {"gain_9_0_phi_f32", 1024, true},
                 {"coarseEta_7", 32, false},        {"vertex_deltaK", 2048, false},
                 {"vertex_dxyOffset", 2048, false}, {"pt_negK", 2048, true}};
    struct l1t_diag diag = {""};
    const char *dir = l1t_test_dir();
    char before[65];
    write_tables(dir);
    L1T_ASSERT_OK(load(dir, &diag), diag);
    for (unsigned i = 0; i < sizeof files / sizeof files[0]; i++) {
        memcpy(before, setup.digest, sizeof before);
        write_numbers(dir, files[i].name, files[i].n, 7, files[i].packed);
        L1T_ASSERT_OK(load(dir, &diag), diag);
        L1T_CHECK(strcmp(setup.digest, before) != 0, "%s is not in the digest", files[i].name);
    }
    memcpy(before, setup.digest, sizeof before);
    L1T_ASSERT_OK(load(dir, &diag), diag);
    L1T_ASSERT_TEXT(setup.digest, before);
}

static void a_folder_with_a_bad_table_is_refused(void)
{
    static const struct {
        const char *name;
        unsigned n;
        int value;
        const char *line;
    } cases[] = {
        {"gain_8_3", 2047, 1, "gain_8_3.txt:128: the file ends after 2047 of 2048 numbers"},
        {"gain2_4_2_HL", 2048, 2048,
         "gain2_4_2_HL.txt: entry 0: a whole number from -2048 to 2047"},
        {"gain2_4_2_HL", 2048, 4096, "gain2_4_2_HL.txt:1: entry 0: a whole number"},
        {"gain_15_0", 1024, 512, "gain_15_0.txt:1: entry 0: a whole number from 0 to 511"},
        {"coarseEta_7", 16, 1, "coarseEta_7.txt:2: the file ends after 16 of 32 numbers"},
        {"pt_posK", 2048, 512, "pt_posK.txt:1: entry 0: a whole number from 0 to 511"},
    };
    const char *dir = l1t_test_dir();
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_diag diag = {""};
        write_tables(dir);
        write_numbers(dir, cases[i].name, cases[i].n, cases[i].value, false);
        CU_ASSERT_EQUAL(load(dir, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].line);
    }
    struct l1t_diag diag = {""};
    write_tables(dir);
    CU_ASSERT_EQUAL(remove(l1t_test_path("vertex_deltaK.txt")), 0);
    CU_ASSERT_NOT_EQUAL(load(dir, &diag), L1T_OK);
    L1T_ASSERT_DIAG_CONTAINS(diag, "vertex_deltaK.txt: No such file");
}

// ---- configuration ----

// The default configuration with one text in place of another; the refusal.
static const char *config_refusal(const char *from, const char *to)
{
    static struct l1t_diag diag;
    static char changed[1 << 14];
    char *text = NULL;
    size_t size = 0;
    diag.text[0] = '\0';
    if (l1t_read_text("configs/paths/kbmtf.yaml", 1 << 13, &text, &size, &diag) != L1T_OK)
        return diag.text;
    const char *at = strstr(text, from);
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    free(text);
    const char *path = l1t_test_write_text("kbmtf.yaml", changed);
    const enum l1t_err err = l1t_kbmtf_setup_load(path, NULL, &setup, &diag);
    CU_ASSERT_EQUAL(err == L1T_OK, diag.text[0] == '\0');
    return diag.text;
}

static void bad_configurations_are_refused(void)
{
    L1T_ASSERT_TEXT(config_refusal("wheel_pitch: 2.66", "wheel_pitch: 2.7"), "");
    L1T_ASSERT_CONTAINS(config_refusal("wheel_pitch:", "wheel_pich:"), "unknown key");
    L1T_ASSERT_CONTAINS(config_refusal("[-1.581, ", "["), "slope: 2 values for 3 stations");
    L1T_ASSERT_CONTAINS(config_refusal("-5.63e-3]", "-0.0099]"), "1 + bend * 120 must stay above");
    L1T_ASSERT_CONTAINS(config_refusal("low: 8", "low: 600"), "low");
    L1T_ASSERT_CONTAINS(config_refusal("high: 511", "high: 7"), "low (8) is above high (7)");
    L1T_ASSERT_CONTAINS(config_refusal("loss: 0.000765", "loss: nan"), "loss");
    L1T_ASSERT_CONTAINS(config_refusal("seed:\n", "sead:\n"), "unknown key");
}

static void another_number_is_another_digest(void)
{
    char first[65];
    L1T_ASSERT_TEXT(config_refusal("inner: 110", "inner: 110"), "");
    memcpy(first, setup.digest, sizeof first);
    L1T_ASSERT_TEXT(config_refusal("inner: 110", "inner: 110.0"), "");
    L1T_ASSERT_TEXT(setup.digest, first);
    L1T_ASSERT_TEXT(config_refusal("inner: 110", "inner: 90"), "");
    CU_ASSERT(strcmp(setup.digest, first) != 0);
}

// ---- own tables ----

// Where nothing scatters the gains must not depend on curvature through it: the vertex constraint
// is as good as the chambers are. And the other way round: more material, less trust in the beam
// line.
static void material_weakens_the_vertex_constraint(void)
{
    for (unsigned pattern = 3; pattern < 16; pattern++) {
        const int row = l1t_kbmtf_pattern_row(pattern);
        if (row < 0)
            continue;
        L1T_ASSERT_TEXT(config_refusal("inner: 110", "inner: 110"), "");
        const unsigned straight = setup.model.vertex[row][0], bent = setup.model.vertex[row][500];
        L1T_ASSERT_TEXT(config_refusal("inner: 110", "inner: 300"), "");
        L1T_CHECK(bent < straight, "pattern %u: gain %u at k 0, %u at k 1000", pattern, straight,
                  bent);
        L1T_ASSERT_INT(setup.model.vertex[row][0], straight); // no scattering without bending
        L1T_CHECK(setup.model.vertex[row][500] < bent, "pattern %u, three times the material",
                  pattern);
    }
}

// ---- tables as those of other paths ----

static const struct l1t_lut_slot *slot_of(const char *fmt, ...) L1T_PRINTF(1, 2);
static const struct l1t_lut_slot *slot_of(const char *fmt, ...)
{
    char name[64];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(name, sizeof name, fmt, args);
    va_end(args);
    const struct l1t_lut_slot *slot = l1t_lut_slot_find(l1t_kbmtf_luts, L1T_KBMTF_LUTS, name);
    L1T_CHECK(slot != NULL, "no table %s", name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(slot);
    return slot;
}

#define IS_AT(slot, member)                                                                        \
    CU_ASSERT_EQUAL((slot)->offset, (size_t)((const char *)(member) - (const char *)m))

// The names of slots say which part of the model they are, by the model's own rows.
static void each_slot_is_its_part_of_the_model(void)
{
    const struct l1t_kbmtf_config *m = &setup.model;
    unsigned n = 0;
    for (unsigned pattern = 1; pattern < 16; pattern++) {
        for (unsigned station = 1; station < 4; station++)
            if (l1t_kbmtf_gain_row(pattern, station) >= 0) {
                IS_AT(slot_of("kbmtf_gain_%u_%u", pattern, station),
                      m->gain[l1t_kbmtf_gain_row(pattern, station)]);
                n++;
            }
        const int row = l1t_kbmtf_pattern_row(pattern);
        if (row < 0)
            continue;
        IS_AT(slot_of("kbmtf_vertex_%u", pattern), m->vertex[row]);
        IS_AT(slot_of("kbmtf_eta_%u", pattern), m->coarse_eta[row]);
        n += 2;
    }
    for (unsigned seed = 2; seed <= 4; seed++) {
        IS_AT(slot_of("kbmtf_seed_%u", seed), m->seed_k[seed - 2]);
        n++;
        for (unsigned station = 1; station < seed; station++)
            for (unsigned c = 0; c < 4; c++, n++)
                IS_AT(slot_of("kbmtf_gain2_%u_%u_%c%c", seed, station, c & 2 ? 'h' : 'l',
                              c & 1 ? 'h' : 'l'),
                      m->gain2[l1t_kbmtf_gain2_row(seed, station)][c]);
    }
    IS_AT(slot_of("kbmtf_pt_minus"), m->pt[1]);
    L1T_ASSERT_INT(n + 4, L1T_KBMTF_LUTS);
}

// Written as text, read back, and one of them made wrong.
static void a_set_in_the_common_form_is_read(void)
{
    static struct l1t_kbmtf_setup back;
    struct l1t_diag diag = {""};
    char dir[1024], path[1200];
    uint32_t data[2048];
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", NULL, &setup, &diag), diag);
    snprintf(dir, sizeof dir, "%s", l1t_test_path("common"));
    CU_ASSERT_EQUAL_FATAL(mkdir(dir, 0777), 0);
    for (unsigned i = 0; i < L1T_KBMTF_LUTS; i++) {
        const struct l1t_lut_slot *slot = &l1t_kbmtf_luts[i];
        snprintf(path, sizeof path, "%s/%s.txt", dir, slot->name);
        FILE *out = fopen(path, "w");
        CU_ASSERT_PTR_NOT_NULL_FATAL(out);
        const struct l1t_lut lut = {"v1", slot->address_bits, slot->data_bits,
                                    (size_t)1 << slot->address_bits, data};
        l1t_lut_slot_get(slot, &setup.model, data);
        L1T_ASSERT_OK(l1t_lut_write(out, &lut, "test", &diag), diag);
        CU_ASSERT_EQUAL(fclose(out), 0);
    }
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", dir, &back, &diag), diag);
    CU_ASSERT(memcmp(&back.model, &setup.model, sizeof back.model) == 0);
    L1T_ASSERT_TEXT(back.digest, setup.digest);
    L1T_ASSERT_TEXT(back.luts[3].source, "kbmtf_gain_4_2.txt");
    L1T_ASSERT_TEXT(setup.luts[3].source, "formula");
    L1T_ASSERT_TEXT(back.luts[3].digest, setup.luts[3].digest);

    static const struct {
        const char *table, *text, *part;
    } bad[] = {
        {"kbmtf_gain2_2_1_hh", "#<header> V1 11 16 </header>\n0 2048\n",
         "kbmtf_gain2_2_1_hh.txt: ends at address 0; kbmtf_gain2_2_1_hh has 2048 entries"},
        {"kbmtf_pt_plus", "#<header> V1 11 9 </header>\n0 512\n",
         "kbmtf_pt_plus.txt:2: data of address 0 does not fit"},
        {"kbmtf_loss", "#<header> V1 10 12 </header>\n0 1\n", "kbmtf_loss.txt"},
        {"kbmtf_eta_15", "#<header> V1 6 8 </header>\n0 1\n0 2\n", "kbmtf_eta_15.txt:3"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char name[100], kept[1300];
        snprintf(path, sizeof path, "%s/%s.txt", dir, bad[i].table);
        snprintf(kept, sizeof kept, "%s.kept", path);
        snprintf(name, sizeof name, "common/%s.txt", bad[i].table);
        CU_ASSERT_EQUAL(rename(path, kept), 0);
        (void)l1t_test_write_text(name, bad[i].text);
        L1T_ASSERT_INT(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", dir, &back, &diag),
                       L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].part);
        CU_ASSERT_EQUAL(rename(kept, path), 0);
    }

    // words that fit 16 bits and not the model
    setup.model.seed_k[1][5] = -8193;
    snprintf(path, sizeof path, "%s/kbmtf_seed_3.txt", dir);
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    const struct l1t_lut lut = {"v1", 7, 16, 128, data};
    l1t_lut_slot_get(slot_of("kbmtf_seed_3"), &setup.model, data);
    L1T_ASSERT_OK(l1t_lut_write(out, &lut, "test", &diag), diag);
    CU_ASSERT_EQUAL(fclose(out), 0);
    L1T_ASSERT_INT(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", dir, &back, &diag),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "kbmtf_seed_3.txt: address 5 holds -8193 (57343); expected "
                                   "-8191 to 8191");
}

L1T_TEST_MAIN("kbmtf_files",
              {"bad stubs are refused with their line", bad_stubs_are_refused_with_their_line},
              {"what is written is read back", what_is_written_is_read_back},
              {"the path carries events whole", the_path_carries_events_whole},
              {"tables hold exactly their numbers", tables_hold_exactly_their_numbers},
              {"each file goes to its table", each_file_goes_to_its_table},
              {"a folder with a bad table is refused", a_folder_with_a_bad_table_is_refused},
              {"bad configurations are refused", bad_configurations_are_refused},
              {"each file is in the digest", each_file_is_in_the_digest},
              {"another number is another digest", another_number_is_another_digest},
              {"each slot is its part of the model", each_slot_is_its_part_of_the_model},
              {"a set in the common form is read", a_set_in_the_common_form_is_read},
              {"material weakens the vertex constraint", material_weakens_the_vertex_constraint})
