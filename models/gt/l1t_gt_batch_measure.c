// SPDX-License-Identifier: Apache-2.0
// What is measured crossing by crossing between the objects in two slots. First the crossings of a
// mask become a list, a few at a time whether they are there or not, because what slows such loops
// is their many short ends; then one loop goes through the list.
#include "l1t_gt_batch_quantity.h"

enum { AT_A_TIME = 2 };

struct places {
    unsigned n;
    uint16_t at[L1T_GT_BATCH + AT_A_TIME]; // in a column
};

static inline void list_places(const struct l1t_gt_mask *mask, struct places *places)
{
    unsigned n = 0;
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        for (uint64_t bits = mask->word[w]; bits != 0;)
            for (unsigned k = 0; k < AT_A_TIME; k++) {
                const unsigned bit = l1t_gt_first_bit(bits | UINT64_C(1) << 63);
                places->at[n] = (uint16_t)l1t_gt_place(64 * w + bit);
                n += bits != 0;
                bits &= bits - 1;
            }
    places->n = n;
}

typedef uint64_t quantity(const struct l1t_gt_view *view, unsigned at);

// Inlined with its quantity, so that each is a loop of its own.
__attribute__((always_inline)) static inline void compare(const struct l1t_gt_view *view,
                                                          const struct places *places, quantity *of,
                                                          struct l1t_gt_limits limits,
                                                          struct l1t_gt_mask *is)
{
    const uint64_t span = limits.high - limits.low;
    for (unsigned i = 0; i < places->n; i++) {
        const unsigned at = places->at[i];
        const unsigned lane = at % L1T_GT_LANES, row = at / L1T_GT_LANES;
        const uint64_t passes = of(view, at) - limits.low <= span;
        is->word[lane / 4] |= passes << (lane % 4 * L1T_GT_ROWS + row);
    }
}

L1T_TARGET_CLONES void l1t_gt_batch_compare(const struct l1t_gt_view *view, unsigned kind,
                                            struct l1t_gt_limits limits,
                                            const struct l1t_gt_mask *mask, struct l1t_gt_mask *is)
{
    struct places places;
    if (limits.low > limits.high)
        return;
    list_places(mask, &places);
    switch (kind) {
    case L1T_GT_PART_DETA:
        compare(view, &places, l1t_gt_deta_at, limits, is);
        return;
    case L1T_GT_PART_DPHI:
        compare(view, &places, l1t_gt_dphi_at, limits, is);
        return;
    case L1T_GT_PART_DR:
        compare(view, &places, l1t_gt_dr2_at, limits, is);
        return;
    case L1T_GT_PART_MASS:
        compare(view, &places, l1t_gt_mass_at, limits, is);
        return;
    case L1T_GT_PART_MASS_T:
        compare(view, &places, l1t_gt_mass_t_at, limits, is);
        return;
    case L1T_GT_PART_MASS_UPT:
        compare(view, &places, l1t_gt_mass_upt_at, limits, is);
        return;
    case L1T_GT_PART_MASS_DR:
        compare(view, &places, l1t_gt_mass_dr_at, limits, is);
        return;
    default:
        compare(view, &places, l1t_gt_tbpt2_at, limits, is);
        return;
    }
}

static inline bool within(uint64_t value, struct l1t_gt_limits limits)
{
    return limits.low <= value && value <= limits.high;
}

static bool any_part(const struct l1t_gt_plan_part *part, uint32_t n, uint64_t deta, uint64_t dphi)
{
    bool any = false;
    for (uint32_t i = 0; i < n; i++)
        any |= within(part[i].kind == L1T_GT_PART_DETA   ? deta
                      : part[i].kind == L1T_GT_PART_DPHI ? dphi
                                                         : deta * deta + dphi * dphi,
                      part[i].limits);
    return any;
}

void l1t_gt_batch_overlaps(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                           const struct l1t_gt_plan_group *group, const unsigned slot[2],
                           const struct l1t_gt_mask *mask, struct l1t_gt_mask *is)
{
    const struct l1t_gt_pair_tables *t = &plan->code->tables.pair[group->pair];
    const uint32_t half =
        group->pair == L1T_GT_CALO_CALO ? L1T_GT_CALO_HALF_TURN : L1T_GT_MUON_HALF_TURN;
    struct l1t_gt_side side[2];
    for (unsigned k = 0; k < 2; k++)
        side[k] = l1t_gt_side_of(plan, space, group->pair, group->type[k], group->bx[k], slot[k]);
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        for (uint64_t bits = mask->word[w]; bits != 0; bits &= bits - 1) {
            const unsigned bit = l1t_gt_first_bit(bits), at = l1t_gt_place(64 * w + bit);
            uint32_t deta = 0, dphi = 0;
            if (group->eta)
                deta = l1t_gt_distance(l1t_gt_eta_at(&side[0], at), l1t_gt_eta_at(&side[1], at));
            if (group->phi)
                dphi = l1t_gt_turn(
                    l1t_gt_distance(l1t_gt_phi_at(&side[0], at), l1t_gt_phi_at(&side[1], at)),
                    half);
            if (any_part(&plan->part[group->first_part], group->n_parts,
                         t->deta[l1t_gt_entry(deta, t->n_eta)],
                         t->dphi[l1t_gt_entry(dphi, t->n_phi)]))
                is->word[w] |= UINT64_C(1) << bit;
        }
}

__attribute__((always_inline)) static inline void rank(const struct l1t_gt_view *view,
                                                       const struct places *places, quantity *of,
                                                       const uint64_t *restrict bound,
                                                       uint32_t half, uint16_t *restrict ranks)
{
    for (unsigned i = 0; i < places->n; i++) {
        const uint64_t value = of(view, places->at[i]);
        uint32_t n = 0;
        for (uint32_t step = half; step != 0; step >>= 1)
            n += bound[n + step - 1] <= value ? step : 0;
        ranks[places->at[i]] = (uint16_t)n;
    }
}

L1T_TARGET_CLONES void l1t_gt_batch_rank(const struct l1t_gt_view *view, unsigned q,
                                         const uint64_t *bound, uint32_t half,
                                         const struct l1t_gt_mask *mask, uint16_t *ranks)
{
    struct places places;
    list_places(mask, &places);
    switch (q) {
    case L1T_GT_DR2:
        rank(view, &places, l1t_gt_dr2_at, bound, half, ranks);
        return;
    case L1T_GT_MASS:
        rank(view, &places, l1t_gt_mass_at, bound, half, ranks);
        return;
    case L1T_GT_MASS_T:
        rank(view, &places, l1t_gt_mass_t_at, bound, half, ranks);
        return;
    default:
        rank(view, &places, l1t_gt_mass_upt_at, bound, half, ranks);
        return;
    }
}
