/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sorters of the calorimeter main processor. All compare the key only, so what
 * happens to equal keys is decided by the wiring, and the wiring is copied
 * literally: a stable sort gives other answers (docs/calo.md, "Ties").
 *
 * Twin: rtl/common/l1t_bitonic.sv, rtl/common/l1t_sort_chain.sv
 */
#ifndef L1T_SORT_H
#define L1T_SORT_H

#include <stdint.h>

struct l1t_item {
    uint16_t key;     /* 0: empty */
    uint32_t payload; /* travels with the key; 0 when empty */
};

enum { L1T_SORT_SLOTS = 18 };

/*
 * Recursive bitonic network over any n, largest key first. sort(n) splits at n/2, sorts the left
 * part the other way round and the right part this way, then merges; merge(n) compares i with i +
 * p, p the largest power of two below n. Going down, equal keys are exchanged; going up they are
 * not.
 */
void l1t_bitonic_down(struct l1t_item *item, unsigned n);

/* The same result as l1t_bitonic_down over 18 slots of which most are empty (key and payload 0). */
void l1t_sort_slots(struct l1t_item slot[L1T_SORT_SLOTS]);

/*
 * One pass of a list, largest key first, through a chain of k registers that hold the best so far.
 * At each register the old content goes in front of the first element that is not greater than it,
 * the first element of the result stays and the rest moves on. So an element pushed out of a
 * register falls behind older equal ones of the next. List elements with key 0 end the list.
 */
void l1t_sort_chain(struct l1t_item *reg, unsigned k, const struct l1t_item *list, unsigned n);

#endif
