/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random menus as they are written, by number: names, cuts in physical units on the edges of bins
 * (with dust in the last digits), expressions over every kind of condition.
 */
#ifndef GT_SOURCE_H
#define GT_SOURCE_H

#include "l1t/gt_menu.h"

/* A menu of n algorithms, bits spread over 0..511, parsed. Exits when memory runs out. */
struct l1t_gt_menu *gt_source_menu(uint64_t seed, uint64_t number, unsigned n);

#endif
