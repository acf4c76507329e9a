/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The global trigger: a compiled menu, and its plain interpreter, which is the definition of every
 * decision bit. The batch engine (l1t_gt_batch.h) and the RTL that `l1twin menu rtl` writes come
 * from the same compiled menu and must agree with it.
 *
 * A compiled menu has integers only. Legs and conditions that several algorithms share appear once;
 * an algorithm is a boolean expression over conditions, in postfix.
 *
 * All windows are inclusive on both sides. Thresholds are in hardware units of the type.
 *
 * Source: docs/gt.md
 */
#ifndef L1T_GT_H
#define L1T_GT_H

#include "gt/l1t_gt_event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    L1T_GT_ETA_WINDOWS = 5,
    L1T_GT_PHI_WINDOWS = 2,
    L1T_GT_INDEX_WINDOWS = 5,
    L1T_GT_LEGS = 12, /* of a condition, the reference of an overlap removal not counted */
    L1T_GT_STACK = 64 /* deepest postfix expression; the compiler refuses more */
};

enum l1t_gt_charge { L1T_GT_CHARGE_ANY, L1T_GT_CHARGE_POSITIVE, L1T_GT_CHARGE_NEGATIVE };
enum l1t_gt_displaced { L1T_GT_DISPLACED_ANY, L1T_GT_DISPLACED_YES, L1T_GT_DISPLACED_NO };

struct l1t_gt_window {
    int16_t low, high;
};

/* What one object must be. Windows of a kind are ORed (none: no cut), kinds are ANDed. */
struct l1t_gt_leg {
    uint8_t type;                    /* enum l1t_gt_type */
    int8_t bx;                       /* -2..2; -1 is the previous crossing */
    bool equal;                      /* et == threshold instead of et >= threshold */
    uint16_t threshold;              /* of et; a TOWERCOUNT of 0 never passes */
    uint8_t slice_first, slice_last; /* places in the list, from 0 */
    uint8_t n_eta, n_phi, n_index;
    struct l1t_gt_window eta[L1T_GT_ETA_WINDOWS]; /* low > high: outside of it */
    struct l1t_gt_window phi[L1T_GT_PHI_WINDOWS]; /* low > high: through 0 */
    struct l1t_gt_window index[L1T_GT_INDEX_WINDOWS];
    uint16_t quality_mask;     /* bit q: quality q allowed; 0xffff no cut */
    uint8_t iso_mask, ip_mask; /* bits 3..0; 0xf no cut */
    uint8_t upt_low, upt_high; /* 0..255 no cut */
    uint8_t charge, displaced; /* enums above */
};

/* Cuts between objects; bits of struct l1t_gt_cuts.which. */
enum l1t_gt_cut {
    L1T_GT_CUT_DETA = 1 << 0,
    L1T_GT_CUT_DPHI = 1 << 1,
    L1T_GT_CUT_DR = 1 << 2,
    L1T_GT_CUT_MASS = 1 << 3,     /* invariant; of three objects: sum of the three pairs */
    L1T_GT_CUT_MASS_T = 1 << 4,   /* transverse */
    L1T_GT_CUT_MASS_UPT = 1 << 5, /* from the unconstrained pt of muons */
    L1T_GT_CUT_MASS_DR = 1 << 6,  /* invariant mass over deltaR, lower limit */
    L1T_GT_CUT_TBPT = 1 << 7,     /* pt of the pair, lower limit */
    L1T_GT_CUT_LIKE_SIGN = 1 << 8,
    L1T_GT_CUT_OPPOSITE_SIGN = 1 << 9 /* not all equal */
};

struct l1t_gt_limits {
    uint64_t low, high;
};

/* Limits in the units of the integer quantities (docs/gt.md, "Integer arithmetic"). */
struct l1t_gt_cuts {
    uint32_t which;
    struct l1t_gt_limits deta, dphi; /* 10^delta */
    struct l1t_gt_limits dr2;        /* 10^(2 delta) */
    struct l1t_gt_limits mass;       /* M^2 / 2 of whichever mass is cut */
    uint64_t mass_dr_low[2];         /* (M^2 / 2) / deltaR^2: low word, high word */
    uint64_t tbpt2_low;
};

enum l1t_gt_kind {
    L1T_GT_COMB,   /* n distinct objects of one type and crossing; n = 1: any object */
    L1T_GT_PAIR,   /* two objects, cuts between them */
    L1T_GT_TRIPLE, /* three objects of one type, mass of the three pairs */
    L1T_GT_EXTERNAL,
    L1T_GT_SIGNAL,
    L1T_GT_UNSUPPORTED /* never fires; its algorithms are listed as unsupported */
};

/* Overlap removal with a reference object. */
enum l1t_gt_overlap {
    L1T_GT_OVERLAP_NONE,
    L1T_GT_OVERLAP_EXISTS, /* since 2021: some reference that no leg overlaps with */
    L1T_GT_OVERLAP_ALL     /* until 2020: no leg overlaps with any reference; one must exist */
};

/*
 * Which tables a pair uses. Coordinates of a calorimeter object or sum beside a muon are converted
 * to the muon's grid, 4 * code + 2.
 */
enum l1t_gt_pair { L1T_GT_CALO_CALO, L1T_GT_CALO_MU, L1T_GT_MU_MU, L1T_GT_PAIRS };

struct l1t_gt_condition {
    uint8_t kind;    /* enum l1t_gt_kind */
    uint8_t n_legs;  /* without the reference */
    uint8_t pair;    /* enum l1t_gt_pair of PAIR, TRIPLE and COMB with TBPT */
    uint8_t overlap; /* enum l1t_gt_overlap; then leg[n_legs] is the reference */
    uint8_t overlap_pair;
    int8_t bx;                     /* EXTERNAL and SIGNAL */
    uint16_t channel;              /* EXTERNAL: 0..255; SIGNAL: enum l1t_gt_signal */
    uint16_t leg[L1T_GT_LEGS + 1]; /* into l1t_gt_menu_code.leg */
    struct l1t_gt_cuts cuts;
    /* Overlap removal: a leg and a reference overlap when ANY of these holds (DETA, DPHI, DR). */
    struct l1t_gt_cuts overlap_cuts;
};

enum l1t_gt_op { L1T_GT_OP_CONDITION, L1T_GT_OP_NOT, L1T_GT_OP_AND, L1T_GT_OP_OR, L1T_GT_OP_XOR };

struct l1t_gt_node {
    uint8_t op;
    uint16_t condition; /* of L1T_GT_OP_CONDITION */
};

struct l1t_gt_algorithm {
    uint16_t bit; /* 0..511 */
    bool supported;
    uint32_t first_node, n_nodes;
};

/*
 * Tables of physical quantities by code or by difference of codes; built once a menu from its
 * precisions (csrc/gt/gt_tables.c). n: entries; a code or difference beyond the end reads the last.
 */
struct l1t_gt_pair_tables {
    uint32_t n_eta, n_phi; /* entries by difference */
    const uint32_t *deta;  /* 10^delta */
    const uint32_t *dphi;
    const uint32_t *cosh; /* 10^math */
    const int32_t *cos;
    uint32_t mass_t_one;     /* 10^math: the cosh of a transverse mass */
    const uint64_t *inv_dr2; /* [n_inv_eta][n_inv_phi], 10^inv; muons: half resolution */
    uint32_t n_inv_eta, n_inv_phi;
    uint64_t tbpt_scale; /* 10^(2 TwoBodyPtMath) */
    uint32_t n_trig;
    const int32_t *cos_phi, *sin_phi; /* by phi code, 10^TwoBodyPtMath */
};

struct l1t_gt_tables {
    const uint32_t *pt[L1T_GT_TYPES]; /* by et code, 10^mass_pt GeV; NULL when not used */
    uint32_t n_pt[L1T_GT_TYPES];
    const uint32_t *upt; /* muons, by upt code */
    uint32_t n_upt;
    struct l1t_gt_pair_tables pair[L1T_GT_PAIRS];
};

/* A compiled menu. Made and owned by csrc/gt/gt_compile.c. */
struct l1t_gt_code {
    size_t n_legs, n_conditions, n_nodes, n_algorithms;
    const struct l1t_gt_leg *leg;
    const struct l1t_gt_condition *condition;
    const struct l1t_gt_node *node;
    const struct l1t_gt_algorithm *algorithm; /* by bit, ascending */
    struct l1t_gt_tables tables;
    uint32_t types;             /* bit t: some leg looks at type t */
    uint8_t bx_past, bx_future; /* farthest crossings looked at */
};

/* The five crossings around one: around[2] is the crossing itself, around[1] the previous one. */
struct l1t_gt_around {
    const struct l1t_gt_event *event[2 * L1T_GT_BX_REACH + 1];
};

/* The crossing that a leg or condition of this offset looks at. */
static inline const struct l1t_gt_event *l1t_gt_at(const struct l1t_gt_around *around, int bx)
{
    return around->event[L1T_GT_BX_REACH + bx];
}

/* Does the object in a place of its list pass? */
bool l1t_gt_leg_passes(const struct l1t_gt_leg *leg, const struct l1t_gt_object *object,
                       unsigned place);

/*
 * Overlap removal: which places of the list of leg k are removed, bit p place p, by one reference
 * object (place of its list) that passes its cuts.
 */
uint16_t l1t_gt_overlapping(const struct l1t_gt_code *code,
                            const struct l1t_gt_condition *condition, unsigned k,
                            const struct l1t_gt_around *around, unsigned reference);

bool l1t_gt_condition_fires(const struct l1t_gt_code *code,
                            const struct l1t_gt_condition *condition,
                            const struct l1t_gt_around *around);

/* All algorithm bits of one crossing, bit b in word b / 64. */
void l1t_gt_decide(const struct l1t_gt_code *code, const struct l1t_gt_around *around,
                   uint64_t bits[L1T_GT_WORDS]);

#endif
