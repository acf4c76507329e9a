// SPDX-License-Identifier: GPL-3.0-or-later
// A compiled menu on test vectors, and the comparison with what they say.
#include "l1t/gt_run.h"

#include "l1t/gt_engine.h"

#include <string.h>

static void run_reference(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                          bool independent, uint64_t (*bits)[L1T_GT_WORDS])
{
    struct l1t_gt_event lone;
    struct l1t_gt_around around;
    for (size_t i = 0; i < vectors->n; i++) {
        l1t_gt_vectors_around(vectors, i, independent ? &lone : NULL, &around);
        l1t_gt_decide(code, &around, bits[i]);
    }
}

static enum l1t_err run_batch(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                              const struct l1t_gt_run_options *options,
                              uint64_t (*bits)[L1T_GT_WORDS], struct l1t_diag *diag)
{
    struct l1t_gt_engine *engine = NULL;
    const enum l1t_err err = l1t_gt_engine_open(code, options->threads, &engine, diag);
    if (err != L1T_OK)
        return err;
    const struct l1t_gt_crossings crossings = {.events = vectors->event,
                                               .n = vectors->n,
                                               .orbit = vectors->n,
                                               .independent = options->independent};
    l1t_gt_engine_run(engine, &crossings, &(struct l1t_gt_decisions){.bits = bits});
    l1t_gt_engine_close(engine);
    return L1T_OK;
}

enum l1t_err l1t_gt_run(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                        const struct l1t_gt_run_options *options, uint64_t (*bits)[L1T_GT_WORDS],
                        struct l1t_diag *diag)
{
    if (options->engine == L1T_GT_BATCH_ENGINE)
        return run_batch(code, vectors, options, bits, diag);
    run_reference(code, vectors, options->independent, bits);
    return L1T_OK;
}

// ---- what can be compared ----

static bool has_neighbours(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *algorithm)
{
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        const struct l1t_gt_condition *c = &code->condition[node->condition];
        if (node->op != L1T_GT_OP_CONDITION)
            continue;
        const unsigned legs = c->n_legs + (c->overlap != L1T_GT_OVERLAP_NONE ? 1U : 0U);
        for (unsigned k = 0; k < legs; k++)
            if (code->leg[c->leg[k]].bx != 0)
                return true;
        if (c->kind == L1T_GT_SIGNAL && c->bx != 0)
            return true;
    }
    return false;
}

static void choose_algorithms(const struct l1t_gt_code *code,
                              const struct l1t_gt_run_options *options, struct l1t_gt_agreement *a)
{
    // A bit that no algorithm has must be 0.
    memset(a->compared_mask, 0xff, sizeof a->compared_mask);
    a->algorithms = code->n_algorithms;
    for (size_t i = 0; i < code->n_algorithms; i++) {
        const struct l1t_gt_algorithm *algorithm = &code->algorithm[i];
        const bool neighbours = options->independent && has_neighbours(code, algorithm);
        if (algorithm->supported && !neighbours) {
            a->compared++;
            continue;
        }
        a->unsupported += !algorithm->supported;
        a->neighbours += algorithm->supported;
        a->compared_mask[algorithm->bit / 64] &= ~(UINT64_C(1) << algorithm->bit % 64);
    }
}

// ---- comparison ----

void l1t_gt_differences(const struct l1t_gt_agreement *agreement, const uint64_t ours[L1T_GT_WORDS],
                        const uint64_t theirs[L1T_GT_WORDS], uint64_t differ[L1T_GT_WORDS])
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        differ[w] = (ours[w] ^ theirs[w]) & agreement->compared_mask[w];
}

bool l1t_gt_final_or(const struct l1t_gt_agreement *agreement, const uint64_t ours[L1T_GT_WORDS],
                     const uint64_t theirs[L1T_GT_WORDS])
{
    const uint64_t *mask = agreement->compared_mask;
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= (ours[w] & mask[w]) | (theirs[w] & ~mask[w]);
    return any != 0;
}

static void count(uint64_t counts[L1T_GT_ALGORITHMS], const uint64_t words[L1T_GT_WORDS])
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t rest = words[w]; rest != 0; rest &= rest - 1)
            counts[64 * w + (unsigned)__builtin_ctzll(rest)]++;
}

void l1t_gt_compare(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                    const struct l1t_gt_run_options *options, const uint64_t (*bits)[L1T_GT_WORDS],
                    struct l1t_gt_agreement *agreement)
{
    memset(agreement, 0, sizeof *agreement);
    choose_algorithms(code, options, agreement);
    agreement->crossings = agreement->first = vectors->n;
    agreement->bits = (uint64_t)agreement->compared * vectors->n;
    for (size_t i = 0; i < vectors->n; i++) {
        const struct l1t_gt_vector *v = &vectors->vector[i];
        uint64_t differ[L1T_GT_WORDS], any = 0;
        l1t_gt_differences(agreement, bits[i], v->bits, differ);
        const bool finor_differs = l1t_gt_final_or(agreement, bits[i], v->bits) != v->finor;
        count(agreement->fired, bits[i]);
        count(agreement->differing, differ);
        for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
            any |= differ[w];
            agreement->bits_differing += (uint64_t)__builtin_popcountll(differ[w]);
        }
        agreement->finor_differing += finor_differs;
        if ((any != 0 || finor_differs) && agreement->first == vectors->n)
            agreement->first = i;
    }
}
