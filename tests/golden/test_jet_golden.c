// SPDX-License-Identifier: GPL-3.0-or-later
// The jet model against the reference answers: every record J0, J1, J2 of every event of every file
// in both configurations. The data live outside the repository, in the folder that the environment
// variable L1TWIN_SHARED names (default ../shared); without them the test says SKIPPED.
// L1TWIN_GOLDEN_EVENTS=N looks at the first N events of each file only.
#include "calo/l1t_jet.h"
#include "l1t/io.h"
#include "l1t/jet_text.h"
#include "l1t/lut.h"
#include "l1t/towers.h"

#include "l1t_test.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct configuration {
    const char *year, *calibration;
    enum l1t_jet_pus pus;
};

static const struct configuration configurations[] = {
    {"2018", "lut_calib_2018v1_ECALZS_noHFJEC.txt", L1T_JET_PUS_DONUT},
    {"2024", "lut_calib_2023v0_ECALZS_PhiRing.txt", L1T_JET_PUS_PHI_RING},
};

struct tally {
    size_t events, records, differences;
};

static size_t max_events(void)
{
    const char *text = getenv("L1TWIN_GOLDEN_EVENTS");
    return text != NULL ? (size_t)strtoull(text, NULL, 10) : SIZE_MAX;
}

static bool load_table(const char *name, unsigned address_bits, unsigned data_bits,
                       struct l1t_lut *lut)
{
    char path[1024], relative[256];
    struct l1t_diag diag = {""};
    snprintf(relative, sizeof relative, "calo/luts/%s", name);
    (void)l1t_shared_path(path, sizeof path, relative);
    const enum l1t_err err = l1t_lut_read_shape(lut, path, address_bits, data_bits, &diag);
    L1T_ASSERT_OK(err, diag);
    return err == L1T_OK;
}

static bool load_config(const struct configuration *c, struct l1t_jet_config *config)
{
    struct l1t_lut pt, eta, cal;
    if (!load_table("lut_pt_compress_2017v1.txt", 8, 4, &pt) ||
        !load_table("lut_eta_compress_2017v1.txt", 6, 4, &eta) ||
        !load_table(c->calibration, 11, 18, &cal))
        return false;
    config->seed_min = 8;
    config->pus = c->pus;
    for (int i = 0; i < 256; i++)
        config->pt_bin[i] = (uint8_t)pt.data[i];
    for (int i = 0; i < 64; i++)
        config->eta_bin[i] = (uint8_t)eta.data[i];
    memcpy(config->calibration, cal.data, sizeof config->calibration);
    l1t_lut_fini(&pt);
    l1t_lut_fini(&eta);
    l1t_lut_fini(&cal);
    return true;
}

// The answer file's lines of one event, taken one by one.
struct answers {
    struct l1t_lines *lines;
    char *line; // the next one, or NULL at the end
};

static void advance(struct answers *answers)
{
    size_t length;
    struct l1t_diag diag;
    if (l1t_lines_next(answers->lines, &answers->line, &length, &diag) != 1)
        answers->line = NULL;
}

// Compare one line we made with the next record of a kind; records of other paths are passed over.
static void expect(struct answers *answers, const char *ours, struct tally *tally)
{
    while (answers->line != NULL && answers->line[0] != 'J' && answers->line[0] != 'E')
        advance(answers);
    tally->records++;
    if (answers->line != NULL && strcmp(answers->line, ours) == 0) {
        advance(answers);
        return;
    }
    if (tally->differences++ < 5)
        printf("%s:%zu: expected '%s', got '%s'\n", l1t_lines_path(answers->lines),
               l1t_lines_number(answers->lines), answers->line != NULL ? answers->line : "end",
               ours);
    if (answers->line != NULL && answers->line[0] == 'J')
        advance(answers);
}

static void expect_records(struct answers *answers, enum l1t_jet_pus pus,
                           const struct l1t_jet_result *result, struct tally *tally)
{
    static char text[1 << 17]; // 1120 candidates and 24 jets at most
    FILE *out = fmemopen(text, sizeof text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    l1t_jet_write_records(out, pus, result);
    CU_ASSERT_EQUAL(fclose(out), 0);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        expect(answers, line, tally);
    }
}

// The event's own line in the answers; a J record before it is one that we did not make.
static bool expect_event(struct answers *answers, uint64_t id, const char *name,
                         struct tally *tally)
{
    while (answers->line != NULL && answers->line[0] != 'E') {
        if (answers->line[0] == 'J' && tally->differences++ < 5)
            printf("missing: %s\n", answers->line);
        advance(answers);
    }
    if (answers->line == NULL)
        return false;
    char line[160];
    snprintf(line, sizeof line, "E %" PRIu64 " %s", id, name);
    CU_ASSERT_STRING_EQUAL(answers->line, line);
    advance(answers);
    return true;
}

static void compare(struct l1t_tower_reader *events, struct answers *answers,
                    const struct configuration *c, const struct l1t_jet_config *config,
                    struct tally *tally)
{
    static struct l1t_towers towers;
    static struct l1t_jet_result result;
    uint64_t id;
    char name[L1T_TOWERS_NAME];
    struct l1t_diag diag = {""};
    int status;
    while (tally->events < max_events() &&
           (status = l1t_tower_reader_next(events, &towers, &id, name, &diag)) != 0) {
        CU_ASSERT_EQUAL(status, 1);
        if (status < 0) {
            printf("%s\n", diag.text);
            return;
        }
        if (!expect_event(answers, id, name, tally))
            return; // the 2024 answers of the pile-up file stop early
        l1t_jet(config, &towers, &result);
        expect_records(answers, c->pus, &result, tally);
        tally->events++;
    }
    if (tally->events < max_events())
        CU_ASSERT_FALSE(expect_event(answers, 0, "", tally)); // no answers left over
}

static void run_file(const char *stem, const char *in, const struct configuration *c)
{
    char relative[256], out[1024];
    snprintf(relative, sizeof relative, "calo/%s.%s.out.gz", stem, c->year);
    (void)l1t_shared_path(out, sizeof out, relative);
    struct l1t_jet_config config;
    struct l1t_tower_reader *events = NULL;
    struct answers answers = {NULL, NULL};
    struct l1t_diag diag = {""};
    struct tally tally = {0, 0, 0};
    CU_ASSERT_FATAL(load_config(c, &config));
    CU_ASSERT_EQUAL_FATAL(l1t_tower_reader_open(in, &events, &diag), L1T_OK);
    CU_ASSERT_EQUAL_FATAL(l1t_lines_open(out, 4096, &answers.lines, &diag), L1T_OK);
    advance(&answers);
    compare(events, &answers, c, &config, &tally);
    printf("\n%s %s: %zu events, %zu records, %zu differences\n", stem, c->year, tally.events,
           tally.records, tally.differences);
    CU_ASSERT(tally.events > 0);
    CU_ASSERT_EQUAL(tally.differences, 0);
    l1t_lines_close(answers.lines);
    l1t_tower_reader_close(events);
}

static void run_both(const char *stem)
{
    char relative[256];
    snprintf(relative, sizeof relative, "calo/%s.in.gz", stem);
    L1T_SKIP_UNLESS_SHARED(in, relative)
    run_file(stem, in, &configurations[0]);
    run_file(stem, in, &configurations[1]);
}

static void sparse_events_agree(void)
{
    run_both("sparse");
}

static void corner_events_agree(void)
{
    run_both("corner");
}

static void wild_events_agree(void)
{
    run_both("wild");
}

static void pileup_events_agree(void)
{
    run_both("pileup");
}

L1T_TEST_MAIN("jet_golden", {"sparse events agree", sparse_events_agree},
              {"corner events agree", corner_events_agree},
              {"wild events agree", wild_events_agree},
              {"pile-up events agree", pileup_events_agree})
