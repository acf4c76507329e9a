// SPDX-License-Identifier: Apache-2.0
// Where an invariant mass cannot pass its limits, from its logarithm: that of a product is a sum,
// so 16 bits do for all crossings at once. The logarithm of each pt is rounded down; cosh - cos is
// taken between lines over the bins of deta, whatever dphi is (csrc/gt/gt_plan_logs.c).
#include "l1t_gt_batch_internal.h"

// Not static: cloned functions need symbols of their own.
void l1t_gt_batch_log_above(const int16_t *restrict a, const int16_t *restrict b,
                            const uint16_t *restrict deta, const struct l1t_gt_plan_line *line,
                            int16_t *restrict log);
void l1t_gt_batch_log_below(const int16_t *restrict a, const int16_t *restrict b,
                            const uint16_t *restrict deta, const struct l1t_gt_plan_line *line,
                            unsigned first, int16_t *restrict log);

static inline int16_t on_line(struct l1t_gt_plan_line line, uint16_t deta)
{
    return (int16_t)(line.slope * (int16_t)deta + line.start);
}

// Each of the two logarithms may be two steps too small.
L1T_TARGET_CLONES void l1t_gt_batch_log_above(const int16_t *restrict a, const int16_t *restrict b,
                                              const uint16_t *restrict deta,
                                              const struct l1t_gt_plan_line *line,
                                              int16_t *restrict log)
{
    const struct l1t_gt_plan_line p = line[0], q = line[1], r = line[2];
    for (unsigned i = 0; i < L1T_GT_BATCH; i++) {
        const int16_t x = on_line(p, deta[i]), y = on_line(q, deta[i]), z = on_line(r, deta[i]);
        const int16_t two = x > y ? x : y, most = two > z ? two : z;
        log[i] = (int16_t)(a[i] + b[i] + 4 + most);
    }
}

L1T_TARGET_CLONES void l1t_gt_batch_log_below(const int16_t *restrict a, const int16_t *restrict b,
                                              const uint16_t *restrict deta,
                                              const struct l1t_gt_plan_line *line, unsigned first,
                                              int16_t *restrict log)
{
    const struct l1t_gt_plan_line p = line[0], q = line[1], r = line[2];
    const int16_t least_bin = (int16_t)first;
    for (unsigned i = 0; i < L1T_GT_BATCH; i++) {
        const int16_t x = on_line(p, deta[i]), y = on_line(q, deta[i]), z = on_line(r, deta[i]);
        const int16_t two = x < y ? x : y, least = two < z ? two : z;
        const int16_t sum = (int16_t)(a[i] + b[i] + least);
        log[i] = (int16_t)deta[i] < least_bin ? INT16_MIN : sum;
    }
}

static const int16_t *log_pt(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                             unsigned type, unsigned slot)
{
    const unsigned at = l1t_gt_first_slot[type] + slot;
    int16_t *log = space->log_pt + (size_t)at * L1T_GT_BATCH;
    if (space->log_made[at])
        return log;
    const uint16_t *et = l1t_gt_column(plan, space, type, L1T_GT_ET, slot, 0);
    const int16_t *table = plan->log_pt[type];
    const unsigned last = plan->code->tables.n_pt[type] - 1;
    for (unsigned i = 0; i < L1T_GT_BATCH; i++)
        log[i] = table[et[i] < last ? et[i] : last];
    space->log_made[at] = true;
    return log;
}

static void rule_out_low(struct l1t_gt_pair_of_slots *pair, const int16_t *a, const int16_t *b,
                         int16_t low, struct l1t_gt_mask *out)
{
    struct l1t_gt_mask may;
    if (!pair->above)
        l1t_gt_batch_log_above(a, b, pair->space->deta, pair->group->above, pair->space->log_above);
    pair->above = true;
    l1t_gt_batch_range((const uint16_t *)pair->space->log_above, (uint16_t)low,
                       (uint16_t)(INT16_MAX - low), &may);
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        out->word[w] |= ~may.word[w];
}

static void rule_out_high(struct l1t_gt_pair_of_slots *pair, const int16_t *a, const int16_t *b,
                          int16_t high, struct l1t_gt_mask *out)
{
    struct l1t_gt_mask may;
    if (!pair->below)
        l1t_gt_batch_log_below(a, b, pair->space->deta, pair->group->below,
                               pair->group->first_below, pair->space->log_below);
    pair->below = true;
    l1t_gt_batch_range((const uint16_t *)pair->space->log_below, (uint16_t)INT16_MIN,
                       (uint16_t)(high - INT16_MIN), &may);
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        out->word[w] |= ~may.word[w];
}

void l1t_gt_batch_rule_out(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan_part *part,
                           struct l1t_gt_mask *out)
{
    const struct l1t_gt_plan_group *g = pair->group;
    const int16_t *a = log_pt(pair->plan, pair->space, g->type[0], pair->slot[0]);
    const int16_t *b = log_pt(pair->plan, pair->space, g->type[1], pair->slot[1]);
    if (part->log_low > INT16_MIN)
        rule_out_low(pair, a, b, part->log_low, out);
    if (part->log_high < INT16_MAX)
        rule_out_high(pair, a, b, part->log_high, out);
}
