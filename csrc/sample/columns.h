/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of objects in an event store: which there are, what a code is worth, which codes are
 * legal; and the way between columns and events. docs/samples.md shows them to readers.
 */
#ifndef L1T_SAMPLE_COLUMNS_H
#define L1T_SAMPLE_COLUMNS_H

#include "gt/l1t_gt_event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum l1t_store_number { L1T_STORE_U8, L1T_STORE_I8, L1T_STORE_U16, L1T_STORE_I16 };

struct l1t_store_column {
    enum l1t_gt_type type;
    const char *group, *field; /* "muon", "pt" */
    enum l1t_store_number number;
    int minimum, maximum;       /* what the link words can say */
    uint8_t offset;             /* in struct l1t_gt_object */
    const char *object, *scale; /* of the menu's scale sets: "MU", "ET"; NULL: a plain number */
    const char *unit;
};

enum { L1T_STORE_COLUMNS = 44 };
extern const struct l1t_store_column l1t_store_column[L1T_STORE_COLUMNS];
extern const char *const l1t_store_group[L1T_GT_TYPES]; /* "muon" ... */

static inline size_t l1t_store_size(enum l1t_store_number number)
{
    return number == L1T_STORE_U8 || number == L1T_STORE_I8 ? 1 : 2;
}

/* Of n events: a column is [n][slots]. */
void l1t_store_get(const struct l1t_store_column *column, const struct l1t_gt_event *event,
                   size_t n, void *to);

/* Columns of a type stand together, in the order of the table. */
enum { L1T_STORE_MUON_COLUMNS = 9, L1T_STORE_CALO_COLUMNS = 4 };
struct l1t_store_rows {
    const struct l1t_store_column *column;
    const void *values; /* [n][slots] */
};
/* All columns of the types that occur into n events. */
void l1t_store_put(const struct l1t_store_rows *rows, size_t n_rows, struct l1t_gt_event *event,
                   size_t n);

/* Are the codes of an event's objects legal? Others would be cut by l1t_store_get(). */
bool l1t_store_fits(const struct l1t_store_column *column, const struct l1t_gt_event *event);

/* Number of the first value outside of the column's range; count when there is none. */
size_t l1t_store_outside(const struct l1t_store_column *column, const void *values, size_t count);
/* One value. */
int l1t_store_value(const struct l1t_store_column *column, const void *values, size_t at);

#endif
