/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sorters of the calorimeter main processor. All compare the key only, so what
 * happens to equal keys is decided by the wiring, and the wiring is copied
 * literally: a stable sort gives other answers (docs/calo.md, "Ties").
 *
 * Twin: rtl/common/l1t_sort.sv, made of l1t_bitonic_sort.sv, l1t_bitonic_merge.sv and
 * l1t_sort_chain.sv; lists of any length: l1t_bitonic_list.sv
 */
#ifndef L1T_SORT_H
#define L1T_SORT_H

#include <stdint.h>

struct l1t_item {
    uint16_t key;     /* 0: empty */
    uint32_t payload; /* travels with the key; 0 when empty */
};

enum {
    L1T_SORT_SLOTS = 18,
    L1T_SORT_ROWS = 40, /* of an event */
    L1T_SORT_REGISTERS = 7
};

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

/* ---- the whole sorter, as the co-simulation compares it ---- */

enum { L1T_SORT_STAGE_SORTED, L1T_SORT_STAGE_REGISTERS, L1T_SORT_STAGES };
enum {
    L1T_SORT_IN_WORDS = L1T_SORT_ROWS * L1T_SORT_SLOTS, /* words sort_slot */
    L1T_SORT_STAGE_WORDS = L1T_SORT_ROWS * 22 + 9       /* rows of 18, one of 7 sort_entry */
};

struct l1t_sort_event {
    struct l1t_item slot[L1T_SORT_ROWS][L1T_SORT_SLOTS];
};

struct l1t_sort_result {
    struct l1t_item sorted[L1T_SORT_ROWS][L1T_SORT_SLOTS];
    struct l1t_item reg[L1T_SORT_REGISTERS];
};

/*
 * One event: every row through the network, then through the registers, which are empty at first. A
 * slot with key 0 is empty whatever its payload.
 */
void l1t_sort(const struct l1t_sort_event *event, struct l1t_sort_result *result);

/*
 * Words sort_slot, slot by slot and row by row, into items, whose payload is the slot's and the
 * row's number as in sort_entry; and items into the stages of the RTL's probes.
 */
void l1t_sort_unpack(const uint32_t in[L1T_SORT_IN_WORDS], struct l1t_sort_event *event);
void l1t_sort_pack_stages(const struct l1t_sort_result *result,
                          uint32_t words[L1T_SORT_STAGE_WORDS]);

#endif
