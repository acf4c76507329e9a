/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured between objects, in the integer units that limits are in (struct l1t_gt_cuts),
 * and whether cuts hold. The interpreter decides with these; `l1twin explain` shows them.
 *
 * Units: deta and dphi 10^delta, deltaR^2 10^(2 delta), M^2/2 10^(2 mass_pt + math) GeV^2, pair
 * pt^2 10^(2 mass_pt + 2 two-body math) GeV^2; the digits are the menu's (docs/gt.md).
 */
#ifndef L1T_GT_CUTS_H
#define L1T_GT_CUTS_H

#include "gt/l1t_gt.h"

/* An object and the list it is from. */
struct l1t_gt_pick {
    const struct l1t_gt_object *object;
    uint8_t type; /* enum l1t_gt_type */
};

/* pair: enum l1t_gt_pair, the tables and the grid. */
uint64_t l1t_gt_deta(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b);
uint64_t l1t_gt_dphi(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b);
uint64_t l1t_gt_dr2(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                    struct l1t_gt_pick b);

/* M^2/2: invariant, transverse, of unconstrained pt (muons). */
uint64_t l1t_gt_mass(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b);
uint64_t l1t_gt_mass_t(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                       struct l1t_gt_pick b);
uint64_t l1t_gt_mass_upt(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                         struct l1t_gt_pick b);
/* Sum of the three pairs. */
uint64_t l1t_gt_mass_3(const struct l1t_gt_tables *tables, unsigned pair,
                       const struct l1t_gt_pick *picks);

/* (M^2/2) / deltaR^2 in low and high word; all ones when the objects lie in one bin. */
void l1t_gt_mass_dr(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                    struct l1t_gt_pick b, uint64_t ratio[2]);

/* Square of the pt of the pair; never negative. */
uint64_t l1t_gt_tbpt2(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                      struct l1t_gt_pick b);

/* The charge cuts among which: all valid, and all alike or not all alike. */
bool l1t_gt_charges_hold(uint32_t which, const struct l1t_gt_pick *picks, size_t n);

/*
 * Do all cuts hold for n objects? Charges are of all of them; a mass of three objects is that of
 * the three pairs; everything else is between the first two.
 */
bool l1t_gt_cuts_hold(const struct l1t_gt_tables *tables, unsigned pair,
                      const struct l1t_gt_cuts *cuts, const struct l1t_gt_pick *picks, size_t n);

/* Overlap: does ANY of the cuts (DETA, DPHI, DR) hold between a leg's object and a reference? */
bool l1t_gt_overlaps(const struct l1t_gt_tables *tables, unsigned pair,
                     const struct l1t_gt_cuts *cuts, struct l1t_gt_pick a, struct l1t_gt_pick b);

#endif
