/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sorters of the main processor in textbook form, for the plain models. */
#ifndef SORT_PLAIN_H
#define SORT_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

enum { SORT_PLAIN_SLOTS = 18 };

struct sort_plain {
    int key;
    uint32_t word; /* index of a candidate, or an object word */
};

void sort_plain_bitonic(struct sort_plain *x, int n, bool up);

/* A list of 18 passes through k registers; the list needs room for one more. */
void sort_plain_chain(struct sort_plain *reg, int k, struct sort_plain list[SORT_PLAIN_SLOTS + 1]);

#endif
