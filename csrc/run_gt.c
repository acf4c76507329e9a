// SPDX-License-Identifier: GPL-3.0-or-later
// Generated crossings (sample/emulation.h) into a menu and its final decision.
#include "run_parts.h"

#include "l1t/gt_engine.h"
#include "sample/emulation.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct work {
    struct l1t_emulation *emulation;
    uint64_t external[L1T_GT_EXTERNALS / 64];
    struct l1t_gt_words *words; // by crossing
    bool failed[L1T_MAX_THREADS];
};

static void emulate(void *context, unsigned shard, size_t first, size_t count)
{
    struct work *w = context;
    struct l1t_emulation_bench *b = l1t_emulation_bench();
    w->failed[shard] = b == NULL;
    for (size_t i = first; b != NULL && i < first + count; i++) {
        l1t_emulation_words(w->emulation, b, i, &w->words[i]);
        memcpy(w->words[i].external, w->external, sizeof w->external);
    }
    l1t_emulation_bench_free(b);
}

// ---- what the study says ----

static enum l1t_err find_column(struct l1t_run *run, struct l1t_diag *diag)
{
    const struct l1t_gt_menu *menu = run->gt.menu;
    const char *column = run->study.gt.column;
    const struct l1t_node *gt = l1t_node_get(l1t_yaml_root(run->study.yaml), "gt");
    if (column == NULL)
        return L1T_OK;
    for (size_t i = 0; i < menu->n_columns; i++)
        if (strcmp(menu->column[i], column) == 0) {
            run->gt.column = i;
            return L1T_OK;
        }
    const char *nearest = l1t_nearest(column, (const char *const *)menu->column, menu->n_columns);
    return l1t_yaml_fail(run->study.yaml, l1t_node_get(gt, "column"), diag,
                         "menu %s has no prescale column '%s'%s%s%s", menu->name, column,
                         nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                         nearest != NULL ? "'?" : "");
}

static enum l1t_err find_external(const struct l1t_run *run, const struct l1t_node *node,
                                  struct work *w, struct l1t_diag *diag)
{
    static const struct l1t_key key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    const struct l1t_gt_menu *menu = run->gt.menu;
    const char *name = NULL;
    const enum l1t_err err = l1t_yaml_value(run->study.yaml, node, &key, &name, diag);
    if (err != L1T_OK)
        return err;
    for (size_t i = 0; i < menu->n_externals; i++)
        if (strcmp(menu->external[i].name, name) == 0) {
            const unsigned channel = menu->external[i].channel;
            w->external[channel / 64] |= UINT64_C(1) << channel % 64;
            return L1T_OK;
        }
    return l1t_yaml_fail(run->study.yaml, node, diag, "menu %s has no external signal '%s'",
                         menu->name, name);
}

static enum l1t_err set_externals(const struct l1t_run *run, struct work *w, struct l1t_diag *diag)
{
    const struct l1t_node *list = run->study.gt.externals;
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && list != NULL && i < l1t_node_len(list); i++)
        err = find_external(run, l1t_node_at(list, i), w, diag);
    return err;
}

static enum l1t_err load(struct l1t_run *run, struct work *w, struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_emulation_open(run->study.gt.calorimeter, run->study.gt.muons,
                                                run->study.gt.jets_mean, run->study.gt.muons_mean,
                                                (uint64_t)run->study.seed, &w->emulation, diag);
    if (err != L1T_OK)
        return err;
    l1t_run_note_config(run, "global trigger's calorimeter", run->study.gt.calorimeter,
                        l1t_emulation_calo_digest(w->emulation));
    if (run->study.gt.muons != NULL)
        l1t_run_note_config(run, "global trigger's muons", run->study.gt.muons,
                            l1t_emulation_muon_digest(w->emulation));
    return L1T_OK;
}

// ---- decisions ----

static void menu_settings(const struct l1t_run *run, struct l1t_gt_factors *factors,
                          struct l1t_gt_masks *masks)
{
    const struct l1t_gt_menu *menu = run->gt.menu;
    memset(factors, 0, sizeof *factors);
    memset(masks, 0, sizeof *masks);
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        const double prescale = menu->n_columns > 0 ? a->prescale[run->gt.column] : 1;
        const uint64_t bit = UINT64_C(1) << a->bit % 64;
        factors->prescale[a->bit] = (uint32_t)lround(prescale * L1T_GT_PRESCALE_ONE);
        factors->preview[a->bit] = factors->prescale[a->bit];
        masks->finor[a->bit / 64] |= a->masked ? 0 : bit;
        masks->veto[a->bit / 64] |= a->veto ? bit : 0;
    }
}

static void count_pure(struct l1t_run_gt *gt, const uint64_t accepted[L1T_GT_WORDS])
{
    int n = 0;
    unsigned only = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        n += __builtin_popcountll(accepted[w]);
        if (accepted[w] != 0)
            only = 64 * w + (unsigned)__builtin_ctzll(accepted[w]);
    }
    if (n == 1)
        gt->pure[only]++;
}

// Crossings one after the other, as prescale counters want them.
static enum l1t_err decide(struct l1t_run *run, const uint64_t (*bits)[L1T_GT_WORDS],
                           struct l1t_diag *diag)
{
    struct l1t_run_gt *gt = &run->gt;
    struct l1t_gt_final *final = calloc(1, sizeof *final);
    struct l1t_gt_factors *factors = calloc(1, sizeof *factors);
    struct l1t_gt_masks masks;
    const bool good = final != NULL && factors != NULL;
    if (good) {
        menu_settings(run, factors, &masks);
        l1t_gt_final_init(final, factors);
    }
    for (uint64_t i = 0; good && i < gt->crossings; i++) {
        struct l1t_gt_final_in in = {.crossing = (uint16_t)(i % L1T_GT_ORBIT)};
        struct l1t_gt_final_out out;
        memcpy(in.raw, bits[i], sizeof in.raw);
        l1t_gt_final_step(final, &masks, &in, &out);
        count_pure(gt, out.prescaled);
    }
    for (unsigned b = 0; good && b < L1T_GT_ALGORITHMS; b++) {
        gt->fired[b] = final->counts.before[b];
        gt->accepted[b] = final->counts.after[b];
        gt->firing += gt->fired[b];
    }
    gt->finor = good ? final->counts.finor : 0;
    free(final);
    free(factors);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err evaluate(struct l1t_run *run, const struct l1t_gt_code *code,
                             const struct l1t_gt_words *words, unsigned threads,
                             struct l1t_diag *diag)
{
    struct l1t_gt_engine *engine = NULL;
    uint64_t(*bits)[L1T_GT_WORDS] = calloc(run->gt.crossings, sizeof *bits);
    if (bits == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_gt_engine_open(code, threads, &engine, diag);
    if (err == L1T_OK) {
        const struct l1t_gt_crossings crossings = {
            .words = words, .n = run->gt.crossings, .independent = true};
        const struct l1t_gt_decisions decisions = {.bits = bits};
        l1t_gt_engine_run(engine, &crossings, &decisions);
        err = decide(run, (const uint64_t(*)[L1T_GT_WORDS])bits, diag);
    }
    l1t_gt_engine_close(engine);
    free(bits);
    return err;
}

static enum l1t_err emulate_all(struct l1t_run *run, struct work *w, unsigned threads,
                                struct l1t_diag *diag)
{
    bool failed = false;
    w->words = calloc(run->gt.crossings, sizeof *w->words);
    if (w->words == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    l1t_shards_run(threads, run->gt.crossings, emulate, w);
    for (unsigned i = 0; i < threads; i++)
        failed = failed || w->failed[i];
    return failed ? l1t_fail(diag, L1T_E_NOMEM, "out of memory") : L1T_OK;
}

static void note_supported(struct l1t_run *run, const struct l1t_gt_code *code)
{
    for (size_t i = 0; i < code->n_algorithms; i++)
        run->gt.supported[code->algorithm[i].bit] = code->algorithm[i].supported;
}

enum l1t_err l1t_run_global_trigger(struct l1t_run *run, const struct l1t_run_options *options,
                                    struct l1t_diag *diag)
{
    struct work w = {0};
    struct l1t_gt_code *code = NULL;
    const unsigned threads = options->threads > L1T_MAX_THREADS ? L1T_MAX_THREADS
                             : options->threads < 1             ? 1
                                                                : options->threads;
    if (options->progress != NULL)
        options->progress(options->user, "global trigger", 0, 1);
    run->gt.crossings = (uint64_t)run->study.gt.events;
    enum l1t_err err = l1t_gt_menu_load(run->study.gt.menu, &run->gt.menu, diag);
    if (err == L1T_OK)
        err = l1t_run_note_file(run, "global trigger's menu", run->study.gt.menu, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(run->gt.menu, &code, diag);
    if (err == L1T_OK)
        err = find_column(run, diag);
    if (err == L1T_OK)
        err = set_externals(run, &w, diag);
    if (err == L1T_OK)
        err = load(run, &w, diag);
    if (err == L1T_OK)
        err = emulate_all(run, &w, threads, diag);
    if (err == L1T_OK) {
        note_supported(run, code);
        err = evaluate(run, code, w.words, threads, diag);
    }
    l1t_emulation_close(w.emulation);
    l1t_gt_code_free(code);
    free(w.words);
    return err;
}
