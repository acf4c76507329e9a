// SPDX-License-Identifier: GPL-3.0-or-later
// The main-processor sorter as the co-simulation driver sees it.
#include "sort_events.h"

#include "l1t/twin.h"

#include "l1t_formats.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct l1t_stage stages[L1T_SORT_STAGES] = {
    [L1T_SORT_STAGE_SORTED] = {"sorted", "sort_entry", L1T_SORT_ROWS, L1T_SORT_SLOTS},
    [L1T_SORT_STAGE_REGISTERS] = {"registers", "sort_entry", 1, L1T_SORT_REGISTERS},
};

// ---- configuration ----

static enum l1t_err config_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag)
{
    if (luts_dir != NULL)
        return l1t_fail(diag, L1T_E_INPUT,
                        "a folder of tables (%s) was given, but the sorter has none", luts_dir);
    struct l1t_sort_setup *setup = calloc(1, sizeof *setup);
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_sort_setup_load(yaml, setup, diag);
    if (err != L1T_OK) {
        free(setup);
        return err;
    }
    *config = setup;
    return L1T_OK;
}

static void config_digest(const void *config, char digest[65])
{
    const struct l1t_sort_setup *setup = config;
    memcpy(digest, setup->digest, sizeof setup->digest);
}

// No tables, so no memory images.
static enum l1t_err config_write_mem(const void *config, const char *dir, struct l1t_diag *diag)
{
    (void)config;
    (void)dir;
    (void)diag;
    return L1T_OK;
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    struct l1t_sort_event event;
    struct l1t_sort_result result;
    (void)config;
    l1t_sort_unpack(in, &event);
    l1t_sort(&event, &result);
    l1t_sort_pack_stages(&result, words);
}

// ---- events ----

struct source {
    const struct l1t_sort_setup *setup;
    struct l1t_sort_reader *reader; // NULL: generator
    uint64_t seed, next;            // number of the generator's next event
};

static void source_close(void *source)
{
    struct source *s = source;
    if (s == NULL)
        return;
    l1t_sort_reader_close(s->reader);
    free(s);
}

static enum l1t_err source_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    struct source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    s->setup = config;
    s->seed = seed;
    if (strcmp(spec, "generator") != 0) {
        const enum l1t_err err = l1t_sort_reader_open(spec, &s->reader, diag);
        if (err != L1T_OK) {
            source_close(s);
            return err;
        }
    }
    *source = s;
    return L1T_OK;
}

static int source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag)
{
    struct source *s = source;
    if (s->reader != NULL)
        return l1t_sort_reader_next(s->reader, in, event_id, diag);
    *event_id = s->next++;
    l1t_sort_generate(s->setup, s->seed, *event_id, in);
    return 1;
}

static enum l1t_err source_skip(void *source, uint64_t n, struct l1t_diag *diag)
{
    struct source *s = source;
    if (s->reader == NULL) {
        s->next += n;
        return L1T_OK;
    }
    uint32_t in[L1T_SORT_IN_WORDS];
    uint64_t id;
    for (uint64_t i = 0; i < n; i++) {
        const int status = l1t_sort_reader_next(s->reader, in, &id, diag);
        if (status < 0)
            return L1T_E_INPUT;
        if (status == 0)
            return l1t_fail(diag, L1T_E_INPUT, "the file ends after %llu events; cannot skip %llu",
                            (unsigned long long)i, (unsigned long long)n);
    }
    return L1T_OK;
}

static enum l1t_err write_event(FILE *out, const uint32_t *in, uint64_t event_id, const char *name,
                                struct l1t_diag *diag)
{
    (void)name; // the text form has none
    return l1t_sort_write(out, in, event_id, diag);
}

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    if (stage == L1T_SORT_STAGE_SORTED)
        (void)snprintf(text, size, "row %u, place %u of its list", row + 1, lane);
    else
        (void)snprintf(text, size, "register %u", lane);
}

// ---- coverage ----

enum bin { NOTHING, FULL_ROW, PAYLOAD_ONLY, TIE, TIE_OF_ROWS, ALL_OF_ONE_ROW, NOT_FILLED };

static const char *const cover_names[] = {
    [NOTHING] = "no entry at all",
    [FULL_ROW] = "a row of 18 entries",
    [PAYLOAD_ONLY] = "a payload with key 0",
    [TIE] = "equal keys in neighbouring registers",
    [TIE_OF_ROWS] = "the same, from different rows",
    [ALL_OF_ONE_ROW] = "all seven registers from one row",
    [NOT_FILLED] = "some registers empty, not all",
    NULL,
};

static void cover_slots(const uint32_t *in, uint64_t *bins)
{
    bool full = false, payload_only = false;
    for (unsigned row = 0; row < L1T_SORT_ROWS; row++) {
        unsigned used = 0;
        for (unsigned i = 0; i < L1T_SORT_SLOTS; i++) {
            const uint32_t word = *in++;
            used += l1t_sort_slot_key(word) != 0;
            payload_only = payload_only || (word != 0 && l1t_sort_slot_key(word) == 0);
        }
        full = full || used == L1T_SORT_SLOTS;
    }
    bins[FULL_ROW] += full;
    bins[PAYLOAD_ONLY] += payload_only;
}

static void cover(const uint32_t *in, const uint32_t *words, uint64_t *bins)
{
    const uint32_t *row = words + l1t_stage_event_words(&stages[L1T_SORT_STAGE_SORTED]);
    bool tie = false, tie_of_rows = false, one_row = true;
    unsigned used = 0;
    uint64_t before = 0;
    for (unsigned i = 0; i < L1T_SORT_REGISTERS; i++) {
        const uint64_t reg = l1t_stage_record(&stages[L1T_SORT_STAGE_REGISTERS], row, i);
        const bool same_row = l1t_sort_entry_row(reg) == l1t_sort_entry_row(before);
        if (i > 0 && reg != 0 && l1t_sort_entry_key(reg) == l1t_sort_entry_key(before)) {
            tie = true;
            tie_of_rows = tie_of_rows || !same_row;
        }
        used += reg != 0;
        one_row = one_row && reg != 0 && (i == 0 || same_row);
        before = reg;
    }
    cover_slots(in, bins);
    bins[NOTHING] += used == 0;
    bins[TIE] += tie;
    bins[TIE_OF_ROWS] += tie_of_rows;
    bins[ALL_OF_ONE_ROW] += one_row;
    bins[NOT_FILLED] += used > 0 && used < L1T_SORT_REGISTERS;
}

const struct l1t_twin l1t_sort_twin = {
    .name = "sort",
    .summary = "main-processor sorter: 18-slot bitonic network, chain of seven registers",
    .stages = stages,
    .n_stages = L1T_SORT_STAGES,
    .in_rows = L1T_SORT_ROWS,
    .in_words = L1T_SORT_IN_WORDS,
    .config_load = config_load,
    .config_free = free,
    .config_digest = config_digest,
    .config_write_mem = config_write_mem,
    .model = model,
    .source_open = source_open,
    .source_next = source_next,
    .source_skip = source_skip,
    .source_close = source_close,
    .write_event = write_event,
    .place = place,
    .cover = cover,
    .cover_names = cover_names,
};
