// SPDX-License-Identifier: GPL-3.0-or-later
// The global muon trigger against the reference: every line of every synthetic event in both
// configurations, and all 64 bits of every final and intermediate word of two patterns that CMS
// made from simulated J/psi events. The data live outside the repository (L1TWIN_SHARED); without
// them a test says SKIPPED.
#include "l1t/io.h"
#include "l1t/mp7.h"
#include "l1t/muons.h"
#include "l1t/ugmt_config.h"
#include "l1t/ugmt_text.h"

#include "l1t_test.h"

#include <inttypes.h>

static struct l1t_ugmt_setup setup;

static bool load(const char *year)
{
    char yaml[64], dir[1024];
    struct l1t_diag diag = {""};
    snprintf(yaml, sizeof yaml, "configs/paths/ugmt_%s.yaml", year);
    if (!l1t_shared_path(dir, sizeof dir, "muon/luts"))
        return false;
    const enum l1t_err err = l1t_ugmt_setup_load(yaml, dir, &setup, &diag);
    L1T_ASSERT_OK(err, diag);
    return err == L1T_OK;
}

// ---- synthetic events ----

struct tally {
    size_t events, records, differences;
};

// One line of ours against the next of the answers; false at their end.
static bool expect(struct l1t_lines *answers, const char *ours, struct tally *tally)
{
    struct l1t_diag diag = {""};
    char *line;
    size_t length;
    tally->records++;
    if (l1t_lines_next(answers, &line, &length, &diag) != 1) {
        tally->differences++;
        printf("no answer left for '%s'\n", ours);
        return false;
    }
    if (strcmp(line, ours) != 0 && tally->differences++ < 5)
        printf("line %zu: expected '%s', got '%s'\n", l1t_lines_number(answers), line, ours);
    return true;
}

static bool expect_event(struct l1t_lines *answers, uint64_t id, const struct l1t_ugmt_event *event,
                         struct tally *tally)
{
    static struct l1t_ugmt_result result;
    static char text[1 << 15];
    FILE *out = fmemopen(text, sizeof text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    l1t_ugmt(&setup.model, event, &result);
    fprintf(out, "E %" PRIu64 "\n", id);
    l1t_ugmt_write_records(out, &result);
    CU_ASSERT_EQUAL(fclose(out), 0);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (!expect(answers, line, tally))
            return false;
    }
    tally->events++;
    return true;
}

static void compare_text(const char *stem, size_t n_events)
{
    static struct l1t_ugmt_event event;
    char relative[64], answer_path[1024];
    snprintf(relative, sizeof relative, "muon/ugmt_%s_out.txt.gz", stem);
    if (!l1t_shared_path(answer_path, sizeof answer_path, relative)) {
        l1t_test_skip("%s absent", answer_path);
        return;
    }
    snprintf(relative, sizeof relative, "muon/ugmt_%s_in.txt.gz", stem);
    L1T_SKIP_UNLESS_SHARED(path, relative)
    struct l1t_muon_reader *events = NULL;
    struct l1t_lines *answers = NULL;
    struct l1t_diag diag = {""};
    struct tally tally = {0};
    char *line;
    size_t length;
    uint64_t id;
    int status;
    if (!load(stem) || l1t_muon_reader_open(path, &events, &diag) != L1T_OK ||
        l1t_lines_open(answer_path, 4096, &answers, &diag) != L1T_OK)
        CU_FAIL_FATAL("cannot read the reference");
    while ((status = l1t_muon_reader_next(events, &event, &id, &diag)) == 1)
        if (!expect_event(answers, id, &event, &tally))
            break;
    L1T_CHECK(status == 0, "%s", diag.text);
    L1T_ASSERT_INT(l1t_lines_next(answers, &line, &length, &diag), 0); // no answers left over
    l1t_muon_reader_close(events);
    l1t_lines_close(answers);
    L1T_ASSERT_INT(tally.events, n_events);
    L1T_ASSERT_INT(tally.differences, 0);
    printf("%s: %zu events, %zu lines, %zu differences\n", stem, tally.events, tally.records,
           tally.differences);
}

static void run_3_agrees(void)
{
    compare_text("a", 5000);
}

static void all_track_addresses_agree(void)
{
    compare_text("b", 600);
}

// ---- patterns ----

enum { COPIES = 6, OUT_LINKS = 4, MID_LINK = 24, LAST_OUT_LINK = 31 };

struct pattern_tally {
    unsigned crossings, muons, cancelled, finals, mids, differences;
};

static uint64_t word_at(uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS], unsigned link,
                        unsigned slot)
{
    return (uint64_t)word[2 * slot + 1][link] << 32 | word[2 * slot][link];
}

static void expect_word(uint64_t expected, uint64_t ours, const char *what, unsigned place,
                        struct pattern_tally *tally)
{
    if (expected != ours && tally->differences++ < 5)
        printf("crossing %u, %s %u: expected %016" PRIx64 ", got %016" PRIx64 "\n",
               tally->crossings, what, place, expected, ours);
}

static void expect_crossing(uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS],
                            const struct l1t_ugmt_result *result, struct pattern_tally *tally)
{
    for (unsigned link = 0; link < COPIES * OUT_LINKS; link++) {
        const unsigned n = link % OUT_LINKS;
        expect_word(word_at(word, link, 0), 0, "empty slot of link", link, tally);
        expect_word(word_at(word, link, 1), result->gt[2 * n], "muon", 2 * n, tally);
        expect_word(word_at(word, link, 2), result->gt[2 * n + 1], "muon", 2 * n + 1, tally);
    }
    for (unsigned i = 0; i < L1T_UGMT_KEPT; i++) {
        const uint64_t expected = word_at(word, MID_LINK + i / 3, i % 3);
        expect_word(expected, result->mid[i], "intermediate muon", i, tally);
        tally->mids += expected != 0;
    }
    for (unsigned i = 0; i < result->n; i++)
        tally->cancelled += result->cand[i].cancel != 0;
    tally->muons += result->n;
    tally->finals += result->n_final;
    tally->crossings++;
}

static void compare_pattern(const char *year, struct pattern_tally *tally)
{
    static struct l1t_ugmt_event event;
    static struct l1t_ugmt_result result;
    uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS];
    char in[1024], out[1024], relative[64];
    struct l1t_muon_reader *events = NULL;
    struct l1t_mp7 *answers = NULL;
    struct l1t_diag diag = {""};
    uint64_t id;
    int status;
    snprintf(relative, sizeof relative, "muon/official/jpsi_%s_in.txt.gz", year);
    (void)l1t_shared_path(in, sizeof in, relative);
    snprintf(relative, sizeof relative, "muon/official/jpsi_%s_out.txt.gz", year);
    (void)l1t_shared_path(out, sizeof out, relative);
    if (!load(year) || l1t_muon_reader_open(in, &events, &diag) != L1T_OK ||
        l1t_mp7_open(out, &answers, &diag) != L1T_OK)
        CU_FAIL_FATAL("cannot read the patterns");
    while ((status = l1t_muon_reader_next(events, &event, &id, &diag)) == 1) {
        L1T_ASSERT_INT(id, tally->crossings);
        l1t_ugmt(&setup.model, &event, &result);
        if (l1t_mp7_next_crossing(answers, 0, LAST_OUT_LINK, word, &diag) != 1)
            break;
        expect_crossing(word, &result, tally);
    }
    L1T_CHECK(status == 0, "%s", diag.text);
    // behind the last crossing there is none, or it is empty
    memset(&result, 0, sizeof result);
    struct pattern_tally rest = {0};
    while ((status = l1t_mp7_next_crossing(answers, 0, LAST_OUT_LINK, word, &diag)) == 1)
        expect_crossing(word, &result, &rest);
    L1T_CHECK(status == 0, "%s", diag.text);
    L1T_ASSERT_INT(rest.differences, 0);
    l1t_muon_reader_close(events);
    l1t_mp7_close(answers);
    L1T_ASSERT_INT(tally->differences, 0);
}

static void the_pattern_of_2017_agrees(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "muon/official/jpsi_2017_out.txt.gz")
    struct pattern_tally tally = {0};
    compare_pattern("2017", &tally);
    L1T_ASSERT_INT(tally.crossings, 161);
    L1T_ASSERT_INT(tally.muons, 426);
    L1T_ASSERT_INT(tally.cancelled, 119);
    L1T_ASSERT_INT(tally.finals, 307);
    L1T_ASSERT_INT(tally.mids, 307);
}

static void the_pattern_of_2016_agrees(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "muon/official/jpsi_2016_out.txt.gz")
    struct pattern_tally tally = {0};
    compare_pattern("2016", &tally);
    L1T_ASSERT_INT(tally.crossings, 160);
    L1T_ASSERT_INT(tally.muons, 371);
    L1T_ASSERT_INT(tally.cancelled, 94);
    L1T_ASSERT_INT(tally.finals, 277);
    L1T_ASSERT_INT(tally.mids, 277);
}

// The formulas with that year's numbers give that year's tables.
static void match_windows_of_2016_are_the_published_tables(void)
{
    static const char *const files[] = {"BO", "EO", "OO", "EE"};
    static struct l1t_ugmt_config config;
    L1T_SKIP_UNLESS_SHARED(path, "muon/official/tables_2016")
    struct l1t_diag diag = {""};
    if (!load("2016"))
        return;
    for (unsigned i = 0; i < L1T_UGMT_MATCHES; i++) {
        char file[1100];
        snprintf(file, sizeof file, "%s/%s_match.txt", path, files[i / 2]);
        L1T_ASSERT_OK(l1t_lut_slot_read(&l1t_ugmt_luts[i], file, L1T_LUT_WHOLE, &config, &diag),
                      diag);
        L1T_ASSERT_INT(memcmp(config.match[i], setup.model.match[i], sizeof config.match[i]), 0);
    }
}

L1T_TEST_MAIN("ugmt_golden", {"Run 3 agrees", run_3_agrees},
              {"all track addresses agree", all_track_addresses_agree},
              {"the pattern of 2017 agrees", the_pattern_of_2017_agrees},
              {"the pattern of 2016 agrees", the_pattern_of_2016_agrees},
              {"match windows of 2016 are the published tables",
               match_windows_of_2016_are_the_published_tables})
