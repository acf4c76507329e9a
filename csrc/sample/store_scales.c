// SPDX-License-Identifier: GPL-3.0-or-later
// Datasets of a store, and what their codes are worth.
#include "store.h"

#include <stdio.h>

static const char *const numbers[] = {
    [L1T_STORE_U8] = "uint8",
    [L1T_STORE_I8] = "int8",
    [L1T_STORE_U16] = "uint16",
    [L1T_STORE_I16] = "int16",
};

static const struct l1t_store_dataset extras[] = {
    {"", "weight", 1, 8, "float64"},
    {"", "pileup", 1, 1, "uint8"},
    {"", "luminosity_section", 1, 4, "uint32"},
    {"", "bunch_crossing", 1, 2, "uint16"},
    {"", "external", L1T_GT_EXTERNALS / 64, 8, "uint64"},
    {"", "signal", 1, 4, "uint32"},
};

struct l1t_store_dataset l1t_store_dataset(unsigned i)
{
    if (i >= L1T_STORE_COLUMNS)
        return extras[i - L1T_STORE_COLUMNS];
    const struct l1t_store_column *c = &l1t_store_column[i];
    return (struct l1t_store_dataset){c->group, c->field, l1t_gt_type_slots[c->type],
                                      l1t_store_size(c->number), numbers[c->number]};
}

const char *l1t_store_path(unsigned i, char *text, size_t size)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    (void)snprintf(text, size, "%s%s%s", d.group, *d.group != '\0' ? "/" : "", d.name);
    return text;
}

hid_t l1t_store_type(unsigned i)
{
    if (i < L1T_STORE_COLUMNS) {
        const enum l1t_store_number number = l1t_store_column[i].number;
        return number == L1T_STORE_U8    ? H5T_STD_U8LE
               : number == L1T_STORE_I8  ? H5T_STD_I8LE
               : number == L1T_STORE_U16 ? H5T_STD_U16LE
                                         : H5T_STD_I16LE;
    }
    return i == L1T_STORE_WEIGHT     ? H5T_IEEE_F64LE
           : i == L1T_STORE_PILEUP   ? H5T_STD_U8LE
           : i == L1T_STORE_CROSSING ? H5T_STD_U16LE
           : i == L1T_STORE_EXTERNAL ? H5T_STD_U64LE
                                     : H5T_STD_U32LE;
}

// Bins in the middle of a scale, where its range does not cut them.
bool l1t_store_scale(const struct l1t_store_column *column, const struct l1t_gt_scales *scales,
                     double *step, double *offset)
{
    const int low = 1, high = column->maximum / 2;
    double at_low, at_high, end;
    if (column->object == NULL)
        return false;
    const struct l1t_gt_scale *scale = l1t_gt_scale_find(scales, column->object, column->scale);
    if (scale == NULL || !l1t_gt_range_of(scale, low, &at_low, &end) ||
        !l1t_gt_range_of(scale, high, &at_high, &end))
        return false;
    *step = scale->n_bins == 0 ? scale->step : (at_high - at_low) / (high - low);
    *offset = at_low - *step;
    return *step > 0;
}
