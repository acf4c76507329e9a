/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The batch engine of the global trigger: 512 crossings at a time, every decision bit equal to the
 * interpreter's (l1t_gt.h). Objects are kept as columns, one number of one slot in a row for all
 * crossings; what is asked about them becomes masks of 512 bits, bit e of crossing e. A plan, made
 * once from a compiled menu (csrc/gt/gt_plan.c), says which columns and masks there are, so that
 * thresholds, windows and legs that conditions share are computed once a batch. The caller gives
 * the memory; nothing here allocates.
 *
 * Source: docs/gt.md, "Evaluator"
 */
#ifndef L1T_GT_BATCH_H
#define L1T_GT_BATCH_H

#include "gt/l1t_gt.h"

#include <stdalign.h>

enum {
    L1T_GT_BATCH = 512,
    /* Crossings that a batch is filled from: its own and the neighbours at both ends. */
    L1T_GT_FILL = L1T_GT_BATCH + 2 * L1T_GT_BX_REACH,
    /*
     * A column is a table of rows of 32 lanes: lane l of row r is crossing 16 l + r, r = -2..17. A
     * lane of 16 rows is then 16 bits in a row of a mask, which needs no shuffling on any machine,
     * and a neighbouring crossing is a neighbouring row.
     */
    L1T_GT_LANES = 32,
    L1T_GT_ROWS = L1T_GT_BATCH / L1T_GT_LANES,
    L1T_GT_COLUMN = (L1T_GT_ROWS + 2 * L1T_GT_BX_REACH) * L1T_GT_LANES,
    L1T_GT_PLANES = L1T_GT_EXTERNALS + 64 /* externals, then signals */
};

struct l1t_gt_mask {
    alignas(64) uint64_t word[L1T_GT_BATCH / 64];
};

/* Members of struct l1t_gt_object. */
enum l1t_gt_field {
    L1T_GT_ET,
    L1T_GT_ETA,
    L1T_GT_PHI,
    L1T_GT_UPT,
    L1T_GT_INDEX,
    L1T_GT_QUALITY,
    L1T_GT_ISO,
    L1T_GT_IP,
    L1T_GT_CHARGE,
    L1T_GT_DISPLACED,
    L1T_GT_FIELDS
};

enum { L1T_GT_NO_COLUMN = 0xffff, L1T_GT_NO_LEG = 0xffff };

/* (code - low) mod 2^16 <= span: every threshold and window, those around zero too. */
struct l1t_gt_plan_window {
    uint16_t field, low, span;
};

/* All of its terms hold; a term, program[first]: how many windows, then which: any of them. */
struct l1t_gt_plan_class {
    uint32_t first, n_terms;
};

struct l1t_gt_plan_leg {
    uint16_t leg;      /* where its masks are, struct l1t_gt_plan.leg_mask */
    uint16_t et;       /* window */
    uint16_t of_class; /* class */
    uint8_t slice_first, slice_last;
    bool empty; /* an absent object passes */
};

/* Objects of one type at one offset, and all that is asked of them one by one. */
struct l1t_gt_plan_list {
    uint8_t type, n_slots;
    int8_t bx;
    uint32_t first_window, n_et, n_windows; /* those of et first, the lowest ones in front */
    uint32_t first_class, n_classes;
    uint32_t first_leg, n_legs;
};

/* Matching distinct objects: state `to` is reached from `from` by an object that passes `leg`. */
struct l1t_gt_plan_step {
    uint16_t to, from; /* states; 0 is where it begins */
    uint8_t leg;       /* of the condition's different legs */
};

enum l1t_gt_part_kind { /* cheap ones first */
                        L1T_GT_PART_LIKE_SIGN,
                        L1T_GT_PART_OPPOSITE_SIGN,
                        L1T_GT_PART_DETA,
                        L1T_GT_PART_DPHI,
                        L1T_GT_PART_DR,
                        L1T_GT_PART_MASS,
                        L1T_GT_PART_MASS_T,
                        L1T_GT_PART_MASS_UPT,
                        L1T_GT_PART_MASS_DR,
                        L1T_GT_PART_TBPT
};

/* Quantities that parts of different limits share. */
enum { L1T_GT_DR2, L1T_GT_MASS, L1T_GT_MASS_T, L1T_GT_MASS_UPT, L1T_GT_SHARED };

/*
 * What is kept of a shared quantity is its rank: how many of the bounds of the group (lower limits,
 * and upper limits plus one) it reaches. Cuts are then windows of ranks.
 */
struct l1t_gt_plan_bounds {
    uint32_t first; /* struct l1t_gt_plan.bound, rising; 2^k - 1 of them */
    uint32_t half;  /* 2^(k - 1); 0: no bounds */
};

/* One cut between two objects. */
struct l1t_gt_plan_part {
    uint8_t kind;
    bool is_range;      /* bins of DETA or DPHI that pass are low .. low + span */
    bool alone;         /* nothing else in the group is cut on its quantity */
    uint16_t low, span; /* or so are ranks of a shared quantity */
    /* DR: no distance beyond these bins passes. */
    uint16_t eta_last, phi_last;
    /* MASS: logarithms of its limits, rounded outward; INT16_MIN and INT16_MAX: none. */
    int16_t log_low, log_high;
    struct l1t_gt_limits limits;
    uint64_t ratio_low[2]; /* MASS_DR */
};

/* Logarithms are to the base 2, in 1/512. */
enum { L1T_GT_LOG_ONE = 512, L1T_GT_LINES = 3 };

struct l1t_gt_plan_line {
    int16_t slope, start;
};

/* Pairs of objects of two lists, what is cut on them, and the conditions that look for one. */
struct l1t_gt_plan_group {
    uint8_t type[2], n_slots[2];
    int8_t bx[2];
    uint8_t pair;        /* enum l1t_gt_pair */
    bool same;           /* one list: its objects in one order only */
    bool eta, phi;       /* distances in which are needed */
    uint16_t sign[2][2]; /* legs: valid and positive, valid and negative; by list */
    struct l1t_gt_plan_bounds bounds[L1T_GT_SHARED];
    /*
     * Over the bins of deta: log(cosh deta - cos dphi) is not above the highest of one kind of
     * lines nor, from a first bin on, below the lowest of the other, whatever dphi is.
     */
    bool logs;
    struct l1t_gt_plan_line above[L1T_GT_LINES], below[L1T_GT_LINES];
    uint16_t first_below;
    uint32_t first_part, n_parts;
    uint32_t first_member, n_members;
};

struct l1t_gt_plan_member {
    uint16_t condition;
    uint16_t leg[2];
    uint32_t first_cut, n_cuts; /* struct l1t_gt_plan.cut: parts of the group */
    bool overlap;               /* beside a reference that neither overlaps with */
};

enum l1t_gt_plan_kind {
    L1T_GT_PLAN_NEVER,
    L1T_GT_PLAN_PLANE,   /* external or signal */
    L1T_GT_PLAN_COMB,    /* distinct objects of one list, no cuts between them but charges */
    L1T_GT_PLAN_PAIR,    /* in a group, which decides it; beside a reference or not */
    L1T_GT_PLAN_TRIPLE,  /* cuts between the first two, mass of three */
    L1T_GT_PLAN_OVERLAP, /* a combination or a lone object beside a reference */
};

struct l1t_gt_plan_condition {
    uint8_t kind;
    uint8_t n_legs; /* different ones of COMB, else as written */
    uint8_t overlap;
    bool mass; /* TRIPLE */
    bool like_sign, opposite_sign;
    int8_t bx;
    uint16_t plane;
    uint16_t leg[L1T_GT_LEGS + 1]; /* OVERLAP: [n_legs] is the reference */
    uint16_t sign[2];
    uint32_t first_step, n_steps, n_states;
    uint8_t pair;
    struct l1t_gt_limits limits; /* mass of TRIPLE */
    uint32_t group;              /* between the first two, or of a lone leg and its reference */
    uint32_t first_cut, n_cuts;
    uint32_t n_tables;           /* of overlaps: 1 when all legs are of one list, else n_legs */
    uint16_t table[L1T_GT_LEGS]; /* of each leg and the reference */
    /*
     * Every algorithm with this condition is an AND, and these are its other conditions that are
     * cheap: program[first_need] of how many algorithms, then of each how many conditions, then
     * 2 * condition + negated. Where none of them can fire this one is not asked.
     */
    bool has_needs;
    uint32_t first_need;
};

/* Made by l1t_gt_plan_make (csrc/l1t/gt_engine.h) and never written to afterwards. */
struct l1t_gt_plan {
    const struct l1t_gt_code *code;
    uint32_t n_columns;
    uint16_t column[L1T_GT_TYPES][L1T_GT_FIELDS]; /* of the first slot, or L1T_GT_NO_COLUMN */
    bool margins[L1T_GT_TYPES];                   /* looked at in other crossings too */
    bool plane_words[L1T_GT_PLANES / 64];
    uint32_t n_legs, n_leg_masks;
    const uint16_t *leg_mask; /* by leg: mask of its first slot */
    uint32_t n_lists;
    const struct l1t_gt_plan_list *list;
    const struct l1t_gt_plan_window *window;
    const struct l1t_gt_plan_class *class_;
    const uint16_t *program;
    const struct l1t_gt_plan_leg *leg;
    const struct l1t_gt_plan_step *step;
    uint32_t n_groups;
    const struct l1t_gt_plan_group *group;
    const uint64_t *bound;
    const int16_t *log_pt[L1T_GT_TYPES]; /* log of the tables' pt, rounded down; NULL: not used */
    const struct l1t_gt_plan_part *part;
    const struct l1t_gt_plan_member *member;
    const uint16_t *cut;
    const struct l1t_gt_plan_condition *condition; /* by the code's conditions */
    /* The most that any list, condition or group needs. */
    uint32_t max_windows, max_classes, max_states, max_parts, max_overlap_legs;
    uint32_t n_tables;
    const uint32_t
        *table_group; /* by table: the group whose parts say what overlaps, any of them */
};

/* Bytes of memory that a batch needs, to be aligned to 64. */
size_t l1t_gt_batch_size(const struct l1t_gt_plan *plan);

/*
 * Fill a batch from its crossings: crossing[2 + e] is crossing e, [0], [1] and the last two are the
 * neighbours beyond the ends. None may be NULL; an absent one is all zero.
 */
void l1t_gt_batch_fill_words(const struct l1t_gt_plan *plan,
                             const struct l1t_gt_words *const crossing[L1T_GT_FILL], void *memory);
void l1t_gt_batch_fill_events(const struct l1t_gt_plan *plan,
                              const struct l1t_gt_event *const crossing[L1T_GT_FILL], void *memory);

/*
 * Decide a filled batch: result[a] is the mask of algorithm a of the code (not its bit number),
 * zero beyond the first n crossings. lone: crossings do not follow each other; the neighbours of
 * each have no objects, and its own externals and signals.
 */
void l1t_gt_batch_decide(const struct l1t_gt_plan *plan, void *memory, size_t n, bool lone,
                         struct l1t_gt_mask *result);

/* How many crossings. */
unsigned l1t_gt_batch_count(const struct l1t_gt_mask *mask);

#endif
