/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the addresses and words of the calorimeter and muon tables mean, for people: "12 to 14.5
 * GeV, rings 5 to 8 -> factor 1.043".
 */
#ifndef L1T_LUT_VIEW_H
#define L1T_LUT_VIEW_H

#include "calo/l1t_calo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { L1T_LUT_VIEW_AXES = 4, L1T_LUT_VIEW_VALUES = 2 };

struct l1t_lut_view;

/* Of a table by its name (l1t/calo_tables.h, l1t/ugmt_tables.h), or NULL. */
const struct l1t_lut_view *l1t_lut_view_find(const char *table);

/* Axes of the address and parts of the word; names and units ("" for none). */
size_t l1t_lut_view_axes(const struct l1t_lut_view *view);
const char *l1t_lut_view_axis_name(const struct l1t_lut_view *view, size_t axis);
size_t l1t_lut_view_values(const struct l1t_lut_view *view);
const char *l1t_lut_view_value_name(const struct l1t_lut_view *view, size_t value);
const char *l1t_lut_view_value_unit(const struct l1t_lut_view *view, size_t value);

/*
 * An axis of an address as text: "bin 3", or with a config, whose compression it goes through, what
 * falls into it ("12 to 14.5 GeV"); "" when nothing does.
 */
void l1t_lut_view_axis(const struct l1t_lut_view *view, const struct l1t_calo_config *config,
                       uint32_t address, size_t axis, char *text, size_t size);

/* Part of a word in its unit; NAN for an isolation limit that means "always" and for a part that
 * this address does not have. */
double l1t_lut_view_value(const struct l1t_lut_view *view, uint32_t address, uint32_t word,
                          size_t value);

/* A configuration can get to this address: false between the sections of a compression table, and
 * for bins into which nothing falls. */
bool l1t_lut_view_reached(const struct l1t_lut_view *view, const struct l1t_calo_config *config,
                          uint32_t address);

#endif
