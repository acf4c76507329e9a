/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for labels of a figure: beside what they name, not over each other nor, if it can be, over
 * marks. */
#ifndef L1T_REPORT_LABELS_H
#define L1T_REPORT_LABELS_H

#include <stddef.h>

enum { L1T_LABEL_SIZE = 13, L1T_MOST_LABELS = 400 }; /* font size; labels and marks in one figure */

struct l1t_box {
    double left, top, right, bottom; /* pixels, y down */
};

struct l1t_labels {
    struct l1t_box frame; /* labels stay in it */
    size_t n;
    struct {
        struct l1t_box box;
        double weight; /* how bad it is to cover this */
    } taken[L1T_MOST_LABELS];
};

/* What labels should not cover, with its weight: 1 for a mark, less for what may be crossed. Beyond
 * L1T_MOST_LABELS it is forgotten. */
void l1t_labels_mark(struct l1t_labels *labels, const struct l1t_box *mark, double weight);

/*
 * The box of a bold label of font size L1T_LABEL_SIZE beside `mark`, now taken: text starts at
 * left, its baseline is bottom - 3. Of the places around the mark (and in one that is wide enough)
 * the one that covers least wins, of equal ones that on the right.
 */
struct l1t_box l1t_labels_place(struct l1t_labels *labels, const struct l1t_box *mark,
                                const char *text);

#endif
