// SPDX-License-Identifier: GPL-3.0-or-later
// The global muon trigger's model: every stage against a plain second implementation on random
// events with random tables, and single rules on events made by hand.
#include "l1t_formats.h"
#include "l1t_test.h"
#include "ugmt_events.h"
#include "ugmt_plain.h"

#include "l1t/twin.h"
#include "l1t/ugmt_config.h"

enum { CONFIGS = 32, EVENTS = 60 };

static struct l1t_ugmt_config config;
static struct l1t_ugmt_event event;
static struct l1t_ugmt_result result;

// ---- against the plain implementation ----

// The stage of a word of the packed stages.
static const char *stage_of(size_t word)
{
    static const struct {
        const char *name;
        size_t words;
    } stages[] = {{"decode", 156}, {"cancel", 14}, {"extrapolate", 44}, {"rank", 34}, {"first", 14},
                  {"final", 14},   {"mid", 48},    {"gt", 16},          {"eta", 4}};
    size_t i = 0;
    for (; word >= stages[i].words; i++)
        word -= stages[i].words;
    return stages[i].name;
}

static void all_stages_agree_with_the_plain_model(void)
{
    static struct ugmt_plain_result plain;
    static uint32_t expected[L1T_UGMT_STAGE_WORDS], got[L1T_UGMT_STAGE_WORDS];
    unsigned cancelled[4] = {0}, full = 0;
    for (uint64_t c = 0; c < CONFIGS; c++) {
        ugmt_random_config(c, &config);
        for (uint64_t e = 0; e < EVENTS; e++) {
            ugmt_random_event(c * EVENTS + e, &event);
            ugmt_plain(&config, &event, &plain);
            ugmt_plain_pack(&plain, expected);
            l1t_ugmt(&config, &event, &result);
            l1t_ugmt_pack_stages(&result, got);
            size_t word = 0;
            while (word < L1T_UGMT_STAGE_WORDS && expected[word] == got[word])
                word++;
            if (word < L1T_UGMT_STAGE_WORDS)
                L1T_CHECK(
                    0, "configuration %u, event %u: stage %s, word %zu of all: %08x, not %08x",
                    (unsigned)c, (unsigned)e, stage_of(word), word, got[word], expected[word]);
            for (unsigned i = 0; i < result.n; i++)
                for (unsigned why = 0; why < 4; why++)
                    cancelled[why] += result.cand[i].cancel >> why & 1;
            full += result.n == L1T_UGMT_IN;
        }
    }
    // the events are worth something
    for (unsigned why = 0; why < 4; why++)
        L1T_CHECK(cancelled[why] > 1000, "reason %u: %u cancelled", why, cancelled[why]);
    L1T_CHECK(full >= CONFIGS * EVENTS / 6, "%u full events", full);
}

static void pairs_that_matched_are_those_that_cancel(void)
{
    for (uint64_t e = 0; e < EVENTS; e++) {
        unsigned by_pairs[L1T_UGMT_IN] = {0};
        ugmt_random_config(e, &config);
        ugmt_random_event(e, &event);
        l1t_ugmt(&config, &event, &result);
        for (unsigned i = 0; i < result.n_duels; i++) {
            const struct l1t_ugmt_duel *d = &result.duel[i];
            by_pairs[d->loser] |= d->why;
            CU_ASSERT(result.cand[d->winner].quality >= result.cand[d->loser].quality);
        }
        for (unsigned i = 0; i < result.n; i++)
            L1T_ASSERT_INT(by_pairs[i], result.cand[i].cancel);
    }
}

// ---- the link words ----

static void a_crossing_survives_the_links(void)
{
    static struct l1t_ugmt_event back;
    uint32_t in[L1T_UGMT_IN_WORDS];
    for (uint64_t e = 0; e < EVENTS; e++) {
        ugmt_random_event(e, &event);
        l1t_ugmt_pack(&event, in);
        for (unsigned i = 0; i < L1T_UGMT_IN; i++) // dropped on the way
            event.muon[i] &= ~(UINT64_C(1) << 63 | UINT64_C(1) << 31);
        l1t_ugmt_unpack(in, &back);
        L1T_ASSERT_INT(memcmp(&event, &back, sizeof event), 0);
    }
    memset(in, 0, sizeof in);
    in[2 * 64 + 28 + 5] = 7;           // frame 2 of link 41: low word of slot 1 of E+ 5
    in[3 * 64 + 28 + 5] = 0x80000003u; // frame 3: its high word, with a service bit
    in[4 * 64 + 9] = 21u << 10;        // frame 4 of link 17: ring 9, region 6 * 4 + 2
    l1t_ugmt_unpack(in, &back);
    CU_ASSERT(back.muon[16] == UINT64_C(0x300000007));
    L1T_ASSERT_INT(back.sum[36 * 9 + 26], 21);
}

// What the driver is told of the path is what the model does.
static void the_driver_sees_the_same_stages(void)
{
    static uint32_t expected[L1T_UGMT_STAGE_WORDS], got[L1T_UGMT_STAGE_WORDS];
    const struct l1t_twin *twin = l1t_twin_find("ugmt");
    uint32_t in[L1T_UGMT_IN_WORDS];
    struct l1t_diag diag = {""};
    void *setup = NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(twin);
    L1T_ASSERT_INT(l1t_twin_stage_words(twin), L1T_UGMT_STAGE_WORDS);
    L1T_ASSERT_INT(twin->n_stages, L1T_UGMT_STAGES);
    L1T_ASSERT_INT(twin->in_words, L1T_UGMT_IN_WORDS);
    L1T_ASSERT_OK(twin->config_load("configs/paths/ugmt.yaml", NULL, &setup, &diag), diag);
    for (uint64_t e = 0; e < EVENTS; e++) {
        ugmt_random_event(e, &event);
        l1t_ugmt(&((const struct l1t_ugmt_setup *)setup)->model, &event, &result);
        l1t_ugmt_pack_stages(&result, expected);
        l1t_ugmt_pack(&event, in);
        twin->model(setup, in, got);
        L1T_ASSERT_INT(memcmp(expected, got, sizeof got), 0);
    }
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++) {
        char name[80];
        snprintf(name, sizeof name, "l1t_%s.mem", l1t_ugmt_luts[i].name);
        L1T_ASSERT_TEXT(twin->mem_files[i], name);
    }
    CU_ASSERT_PTR_NULL(twin->mem_files[L1T_UGMT_LUTS]);
    twin->config_free(setup);
}

static void places_have_names(void)
{
    const struct l1t_twin *twin = l1t_twin_find("ugmt");
    char text[100];
    twin->place(L1T_UGMT_STAGE_CANCEL, 0, 107, text, sizeof text);
    L1T_ASSERT_TEXT(text, "E- 5, slot 2 (link 71)");
    twin->place(L1T_UGMT_STAGE_DECODE, 0, 36, text, sizeof text);
    L1T_ASSERT_TEXT(text, "B 0, slot 0 (link 48)");
    twin->place(L1T_UGMT_STAGE_FIRST, 0, 15, text, sizeof text);
    L1T_ASSERT_TEXT(text, "place 7 of B");
    twin->place(L1T_UGMT_STAGE_MID, 0, 16, text, sizeof text);
    L1T_ASSERT_TEXT(text, "place 0 of O-");
    twin->place(L1T_UGMT_STAGE_GT, 0, 7, text, sizeof text);
    L1T_ASSERT_TEXT(text, "muon 7");
    twin->place(L1T_UGMT_STAGE_ETA, 0, 3, text, sizeof text);
    L1T_ASSERT_TEXT(text, "muons 6 and 7");
}

L1T_TEST_MAIN("l1t_ugmt",
              {"all stages agree with the plain model", all_stages_agree_with_the_plain_model},
              {"pairs that matched are those that cancel",
               pairs_that_matched_are_those_that_cancel},
              {"a crossing survives the links", a_crossing_survives_the_links},
              {"the driver sees the same stages", the_driver_sees_the_same_stages},
              {"places have names", places_have_names})
