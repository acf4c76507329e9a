/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the files of the batch engine: how the caller's memory is divided, and words on masks.
 */
#ifndef L1T_GT_BATCH_INTERNAL_H
#define L1T_GT_BATCH_INTERNAL_H

#include "../l1t_target_clones.h"
#include "l1t_gt_batch.h"

#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "a row of 16-bit lanes is read as 64-bit words: little-endian only"
#endif

enum {
    L1T_GT_MASK_WORDS = L1T_GT_BATCH / 64,
    L1T_GT_PLANE_WORDS = L1T_GT_MASK_WORDS + 2, /* the last and the next crossings at the ends */
    L1T_GT_MOST_SLOTS = 12
};

/* Where things lie in the memory of a batch. */
struct l1t_gt_space {
    uint16_t *column;                        /* [n_columns][L1T_GT_COLUMN] */
    uint64_t (*plane)[L1T_GT_PLANE_WORDS];   /* [L1T_GT_PLANES] */
    struct l1t_gt_mask *leg;                 /* [n_leg_masks] */
    struct l1t_gt_mask *condition;           /* [n_conditions] */
    struct l1t_gt_mask *closed;              /* [n_conditions]: where it is not asked */
    struct l1t_gt_mask *window, *of_class;   /* of one slot of one list */
    struct l1t_gt_mask *state;               /* [3][max_states] */
    struct l1t_gt_mask *stack;               /* [L1T_GT_STACK], of one algorithm */
    struct l1t_gt_mask *part_have, *part_is; /* of one pair of slots */
    struct l1t_gt_mask *overlap;             /* [n_tables][slot][slot of reference] */
    struct l1t_gt_mask *overlap_have;        /* crossings where that is known */
    struct l1t_gt_mask *allowed;             /* [max_overlap_legs][slot] */
    uint16_t *rank[L1T_GT_SHARED];           /* of one pair of slots */
    int16_t *log_above, *log_below;          /* of one pair of slots */
    int16_t *log_pt;                         /* [L1T_GT_SLOTS][L1T_GT_BATCH] */
    bool *log_made;                          /* [L1T_GT_SLOTS] */
    uint16_t *deta, *dphi;                   /* bins, as far as the tables go */
    uint32_t *part_made;                     /* number of the pair that a part was begun for */
    uint8_t *leg_slots;                      /* [n_legs]: slots from here on have no crossing */
    uint8_t *used;    /* [L1T_GT_TYPES]: objects from here on are absent in all */
    uint16_t *absent; /* a column of zeros */
    bool lone;        /* crossings do not follow each other */
    size_t size;
};

void l1t_gt_divide(const struct l1t_gt_plan *plan, void *memory, struct l1t_gt_space *space);

/*
 * Stages, in order. A condition's mask begins as the crossings where it is not asked: triples,
 * overlaps and groups add to it, and need not look there.
 */
void l1t_gt_batch_legs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space);
void l1t_gt_batch_group(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                        const struct l1t_gt_plan_group *group);
void l1t_gt_batch_triple(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                         const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired);
/* Crossings where a pair of slots may stay beside a reference; false: none. */
bool l1t_gt_batch_keep_beside(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                              const struct l1t_gt_plan_condition *condition, const unsigned slot[2],
                              struct l1t_gt_mask *mask);
void l1t_gt_batch_overlap(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                          const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired);

/* Legs of a condition as they are, or as far as overlap removal leaves them. */
struct l1t_gt_choice {
    const struct l1t_gt_mask *leg[L1T_GT_LEGS]; /* by slot */
    unsigned n_slots;                           /* of the longest */
};

/* Crossings where distinct objects serve all legs. */
void l1t_gt_batch_comb(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                       const struct l1t_gt_plan_condition *condition,
                       const struct l1t_gt_choice *choice, struct l1t_gt_mask *fired);

/* Crossings whose code is low .. low + span, modulo 2^16. */
void l1t_gt_batch_range(const uint16_t *restrict column, uint16_t low, uint16_t span,
                        struct l1t_gt_mask *restrict mask);

/* ---- one pair of slots of a group ---- */

/* One of the two: its columns (NULL: not needed) and what its codes of pt mean. */
struct l1t_gt_side {
    const uint16_t *et, *eta, *phi, *upt;
    const uint32_t *pt;
    uint32_t n_pt;
    bool to_muon_grid; /* 4 * code + 2 */
};

struct l1t_gt_view {
    struct l1t_gt_side side[2];
    const struct l1t_gt_pair_tables *tables;
    const uint32_t *upt;
    uint32_t n_upt;
    const uint16_t *deta, *dphi; /* bins, made for the pair */
    unsigned pair;
    const uint64_t *ratio_low; /* of the part, MASS_DR */
};

struct l1t_gt_pair_of_slots {
    const struct l1t_gt_plan *plan;
    const struct l1t_gt_space *space;
    const struct l1t_gt_plan_group *group;
    unsigned slot[2];
    bool distances;    /* deta and dphi are made, and view is set */
    bool above, below; /* logarithms are made */
    struct l1t_gt_view view;
    uint32_t number;
    struct l1t_gt_mask have[L1T_GT_SHARED]; /* crossings whose quantity is made */
};

/* Numbers start anew with each group. */
void l1t_gt_pairs_begin(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan *plan,
                        const struct l1t_gt_space *space, const struct l1t_gt_plan_group *group);
void l1t_gt_pair_set(struct l1t_gt_pair_of_slots *pair, unsigned a, unsigned b);

/* Adds to out where an invariant mass cannot pass; distances are made, and the group has logs. */
void l1t_gt_batch_rule_out(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan_part *part,
                           struct l1t_gt_mask *out);

/* Keep the crossings of a mask where all of these parts hold; false: none is left. */
bool l1t_gt_pair_cut(struct l1t_gt_pair_of_slots *pair, const uint16_t *cut, size_t n,
                     struct l1t_gt_mask *mask);
/* Crossings of a mask where any part of the group holds. */
void l1t_gt_pair_any(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_mask *mask,
                     struct l1t_gt_mask *any);

/* ---- helpers ---- */

/* The column of a slot, crossing 0 in front (row 0, lane 0), of another crossing. */
static inline const uint16_t *l1t_gt_column(const struct l1t_gt_plan *plan,
                                            const struct l1t_gt_space *space, unsigned type,
                                            unsigned field, unsigned slot, int bx)
{
    const size_t column = (size_t)plan->column[type][field] + slot;
    return space->column + column * L1T_GT_COLUMN + (size_t)(L1T_GT_BX_REACH + bx) * L1T_GT_LANES;
}

static inline const struct l1t_gt_mask *
l1t_gt_leg_masks(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space, unsigned leg)
{
    return &space->leg[plan->leg_mask[leg]];
}

/* Where a crossing of a batch lies in a column. */
static inline unsigned l1t_gt_place(unsigned crossing)
{
    return crossing % L1T_GT_ROWS * L1T_GT_LANES + crossing / L1T_GT_ROWS;
}

static inline void l1t_gt_mask_fill(struct l1t_gt_mask *to, bool value)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] = value ? UINT64_MAX : 0;
}

static inline void l1t_gt_mask_or(struct l1t_gt_mask *to, const struct l1t_gt_mask *a)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] |= a->word[i];
}

static inline void l1t_gt_mask_and(struct l1t_gt_mask *to, const struct l1t_gt_mask *a)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] &= a->word[i];
}

/* to |= a & b */
static inline void l1t_gt_mask_or_and(struct l1t_gt_mask *to, const struct l1t_gt_mask *a,
                                      const struct l1t_gt_mask *b)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] |= a->word[i] & b->word[i];
}

/* to &= ~a */
static inline void l1t_gt_mask_without(struct l1t_gt_mask *to, const struct l1t_gt_mask *a)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] &= ~a->word[i];
}

/* to &= ~(a & b) */
static inline void l1t_gt_mask_without_both(struct l1t_gt_mask *to, const struct l1t_gt_mask *a,
                                            const struct l1t_gt_mask *b)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        to->word[i] &= ~(a->word[i] & b->word[i]);
}

static inline bool l1t_gt_mask_any(const struct l1t_gt_mask *a)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        any |= a->word[i];
    return any != 0;
}

static inline unsigned l1t_gt_first_bit(uint64_t word)
{
    return (unsigned)__builtin_ctzll(word);
}

#endif
