// SPDX-License-Identifier: Apache-2.0
// Final decision. The prescaler adds 100 for each request and takes its factor away when it
// accepts, so that fractional prescales come out even to the last request.
//
// Source: docs/gt.md, "Final decision"
#include "l1t_gt_final.h"

#include <string.h>

bool l1t_gt_prescale_step(struct l1t_gt_prescale *prescale, uint32_t factor, bool request)
{
    if (factor == 0) {
        prescale->counter = 0;
        return false;
    }
    if (factor < L1T_GT_PRESCALE_ONE)
        factor = L1T_GT_PRESCALE_ONE;
    if (!request)
        return false;
    prescale->counter += L1T_GT_PRESCALE_ONE;
    if (prescale->counter < factor)
        return false;
    prescale->counter -= factor;
    return true;
}

void l1t_gt_final_init(struct l1t_gt_final *state, const struct l1t_gt_factors *factors)
{
    memset(state, 0, sizeof *state);
    state->factors = *factors;
}

void l1t_gt_final_request(struct l1t_gt_final *state, const struct l1t_gt_factors *factors)
{
    state->requested = *factors;
    state->update = true;
}

void l1t_gt_final_section(struct l1t_gt_final *state, struct l1t_gt_counts *ended)
{
    *ended = state->counts;
    memset(&state->counts, 0, sizeof state->counts);
    if (state->update)
        state->factors = state->requested;
    state->update = false;
}

static bool bit(const uint64_t *words, unsigned b)
{
    return (words[b / 64] >> b % 64 & 1) != 0;
}

// Both prescalers and the counters of one algorithm; whether prescale and preview keep it.
static bool step_one(struct l1t_gt_final *state, unsigned b, bool request, bool dead, bool *preview)
{
    struct l1t_gt_counts *counts = &state->counts;
    const bool kept =
        l1t_gt_prescale_step(&state->prescaler[b], state->factors.prescale[b], request);
    *preview = l1t_gt_prescale_step(&state->previewer[b], state->factors.preview[b], request);
    counts->before[b] += request;
    counts->after[b] += kept;
    counts->live[b] += kept && !dead;
    counts->preview[b] += *preview;
    return kept;
}

// The OR through the mask, and nothing under a veto.
static bool final_or(const struct l1t_gt_masks *masks, const uint64_t *bits, bool *veto)
{
    uint64_t any = 0, vetoed = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        any |= bits[w] & masks->finor[w];
        vetoed |= bits[w] & masks->veto[w];
    }
    *veto = vetoed != 0;
    return any != 0 && vetoed == 0;
}

void l1t_gt_final_step(struct l1t_gt_final *state, const struct l1t_gt_masks *masks,
                       const struct l1t_gt_final_in *in, struct l1t_gt_final_out *out)
{
    uint64_t previewed[L1T_GT_WORDS] = {0};
    bool preview_veto;
    memset(out, 0, sizeof *out);
    for (unsigned w = 0; w < L1T_GT_WORDS && !in->gap; w++)
        out->open[w] =
            in->raw[w] & (masks->crossing != NULL ? masks->crossing[in->crossing][w] : UINT64_MAX);
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++) {
        bool preview;
        const bool kept = step_one(state, b, bit(out->open, b), in->dead, &preview);
        out->prescaled[b / 64] |= (uint64_t)kept << b % 64;
        previewed[b / 64] |= (uint64_t)preview << b % 64;
    }
    out->finor = final_or(masks, out->prescaled, &out->veto);
    out->preview = final_or(masks, previewed, &preview_veto);
    state->counts.finor += out->finor;
    state->counts.finor_live += out->finor && !in->dead;
    state->counts.finor_preview += out->preview;
}
