// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the whole calorimeter: what only shows when the paths work side by side.
// Each path's own situations are counted by its own co-simulation.
#include "calo_cover.h"

#include "calo/l1t_calo.h"
#include "l1t/twin.h"
#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum {
    AT_TAU = L1T_EGAMMA_STAGE_WORDS,
    AT_JET = AT_TAU + L1T_TAU_STAGE_WORDS - (1 + 28 * 67),
    AT_SUMS = AT_JET + L1T_JET_STAGE_WORDS,
    AT_FRAMES = AT_SUMS + 8 + 16 + 1 + 1,
    LINK_WORDS = 12 // twelve objects of 30 bits, the last words of a path's stages
};

enum bin {
    EMPTY,
    FULL,
    ONE_TOWER,
    SHARED,
    EGAMMA_MOST,
    TAU_ONLY,
    JET_ONLY,
    NO_NTT,
    SOME_NTT,
    TOP_NTT,
    ALL_SATURATED
};

const char *const l1t_calo_cover_names[] = {
    [EMPTY] = "event without a tower",
    [FULL] = "twelve e/gammas, taus and jets at once",
    [ONE_TOWER] = "one tower alone in the event",
    [SHARED] = "e/gamma, tau and jet in one event",
    [EGAMMA_MOST] = "more e/gammas than jets",
    [TAU_ONLY] = "tau without e/gamma",
    [JET_ONLY] = "jet without e/gamma and tau",
    [NO_NTT] = "nTT 0 with objects",
    [SOME_NTT] = "nTT 32 to 255",
    [TOP_NTT] = "nTT beyond the tables' 255",
    [ALL_SATURATED] = "ETT, HT, MET and MHT all at full scale",
    NULL,
};

// Objects among the twelve records of 30 bits that end at this word.
static unsigned objects(const uint32_t *end)
{
    static const struct l1t_stage link = {"link", "jet_gt", 1, 12};
    unsigned n = 0;
    for (unsigned lane = 0; lane < link.lanes; lane++)
        n += l1t_stage_record(&link, end - LINK_WORDS, lane) != 0;
    return n;
}

static unsigned towers_in(const uint32_t *in)
{
    unsigned n = 0;
    for (unsigned i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS / 2; i++)
        n += (l1t_tower_et(in[i] & 0xffff) != 0 ? 1u : 0u) +
             (l1t_tower_et(in[i] >> 16) != 0 ? 1u : 0u);
    return n;
}

static bool all_saturated(const uint32_t *frame)
{
    return l1t_sum_et_gt_et(frame[0]) == 4095 && l1t_sum_ht_gt_et(frame[1]) == 4095 &&
           l1t_sum_met_gt_et(frame[2]) == 4095 && l1t_sum_mht_gt_et(frame[3]) == 4095;
}

void l1t_calo_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins)
{
    const unsigned egamma = objects(&stages[AT_TAU]), tau = objects(&stages[AT_JET]);
    const unsigned jet = objects(&stages[AT_SUMS]), towers = towers_in(in), ntt = stages[0];
    bins[EMPTY] += towers == 0;
    bins[FULL] += egamma == 12 && tau == 12 && jet == 12;
    bins[ONE_TOWER] += towers == 1;
    bins[SHARED] += egamma != 0 && tau != 0 && jet != 0;
    bins[EGAMMA_MOST] += egamma > jet;
    bins[TAU_ONLY] += tau != 0 && egamma == 0;
    bins[JET_ONLY] += jet != 0 && egamma == 0 && tau == 0;
    bins[NO_NTT] += ntt == 0 && egamma + tau + jet != 0;
    bins[SOME_NTT] += ntt >= 32 && ntt <= 255;
    bins[TOP_NTT] += ntt > 255;
    bins[ALL_SATURATED] += all_saturated(&stages[AT_FRAMES]);
}
