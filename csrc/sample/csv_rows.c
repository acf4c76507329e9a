// SPDX-License-Identifier: GPL-3.0-or-later
#include "csv_rows.h"

#include "../csv.h"
#include "columns.h"
#include "l1t/yaml.h"

#include <math.h>
#include <string.h>
#include <strings.h>

const char *const l1t_csv_names[L1T_CSV_COLUMNS] = {
    "crossing",      "type",      "pt",      "eta",    "phi",
    "upt",           "index",     "quality", "iso",    "ip",
    "charge",        "displaced", "weight",  "pileup", "luminosity_section",
    "bunch_crossing"};

#define TWO_PI 6.283185307179586476925

const char *l1t_csv_field(const struct l1t_csv_layout *layout, char *const *field,
                          enum l1t_csv_column column)
{
    return layout->at[column] < 0 ? "" : field[layout->at[column]];
}

// ---- heading ----

int l1t_csv_heading(const struct l1t_lines *lines, char *line, struct l1t_csv_layout *layout,
                    struct l1t_diag *diag)
{
    char *field[L1T_CSV_COLUMNS];
    layout->n = l1t_csv_split(line, field, L1T_CSV_COLUMNS);
    for (int c = 0; c < L1T_CSV_COLUMNS; c++)
        layout->at[c] = -1;
    for (size_t i = 0; i < layout->n && i < L1T_CSV_COLUMNS; i++) {
        int c = 0;
        while (c < L1T_CSV_COLUMNS && strcmp(l1t_csv_names[c], field[i]) != 0)
            c++;
        const char *near =
            c < L1T_CSV_COLUMNS ? NULL : l1t_nearest(field[i], l1t_csv_names, L1T_CSV_COLUMNS);
        if (c == L1T_CSV_COLUMNS)
            return l1t_lines_fail(lines, diag,
                                  "'%.40s' is not a column%s%s%s; expected a heading such as "
                                  "crossing,type,pt,eta,phi",
                                  field[i], near != NULL ? ", did you mean '" : "",
                                  near != NULL ? near : "", near != NULL ? "'?" : "");
        if (layout->at[c] >= 0)
            return l1t_lines_fail(lines, diag, "column '%s' twice", l1t_csv_names[c]);
        layout->at[c] = (int)i;
    }
    if (layout->n > L1T_CSV_COLUMNS)
        return l1t_lines_fail(lines, diag, "%zu columns; there are %d", layout->n, L1T_CSV_COLUMNS);
    for (int c = 0; c <= L1T_CSV_TYPE; c++)
        if (layout->at[c] < 0)
            return l1t_lines_fail(lines, diag, "no column '%s'", l1t_csv_names[c]);
    return 1;
}

// ---- values ----

static const struct l1t_store_column *column_of(unsigned type, size_t offset)
{
    for (unsigned i = 0; i < L1T_STORE_COLUMNS; i++)
        if (l1t_store_column[i].type == (enum l1t_gt_type)type &&
            l1t_store_column[i].offset == offset)
            return &l1t_store_column[i];
    return NULL;
}

// The column of the file by the member of the object.
static size_t offset_of(enum l1t_csv_column column)
{
    static const size_t offsets[] = {[L1T_CSV_PT] = offsetof(struct l1t_gt_object, et),
                                     [L1T_CSV_ETA] = offsetof(struct l1t_gt_object, eta),
                                     [L1T_CSV_PHI] = offsetof(struct l1t_gt_object, phi),
                                     [L1T_CSV_UPT] = offsetof(struct l1t_gt_object, upt),
                                     [L1T_CSV_INDEX] = offsetof(struct l1t_gt_object, index),
                                     [L1T_CSV_QUALITY] = offsetof(struct l1t_gt_object, quality),
                                     [L1T_CSV_ISO] = offsetof(struct l1t_gt_object, iso),
                                     [L1T_CSV_IP] = offsetof(struct l1t_gt_object, ip),
                                     [L1T_CSV_CHARGE] = offsetof(struct l1t_gt_object, charge),
                                     [L1T_CSV_DISPLACED] =
                                         offsetof(struct l1t_gt_object, displaced)};
    return offsets[column];
}

// Physical values by the menu's scale; momenta beyond it saturate, as on the links.
static int physical(const struct l1t_lines *lines, const struct l1t_store_column *c,
                    const char *name, const struct l1t_gt_scale *scale, double value, int *code,
                    struct l1t_diag *diag)
{
    const bool is_phi = strcmp(c->scale, "PHI") == 0, is_eta = strcmp(c->scale, "ETA") == 0;
    if (is_phi) {
        value = fmod(value, TWO_PI);
        value += value < 0 ? TWO_PI : 0;
        value = value >= TWO_PI - 1e-6 ? 0 : value; // dust below a whole turn
    }
    if (!is_phi && !is_eta && value < 0)
        return l1t_lines_fail(lines, diag, "%s: %.9g is negative", name, value);
    if (!l1t_gt_code_of(scale, value, L1T_GT_LOW, code, NULL)) {
        if (is_phi || is_eta)
            return l1t_lines_fail(lines, diag, "%s: %.9g is outside of the scale, %.9g to %.9g",
                                  name, value, scale->minimum, scale->maximum);
        *code = c->maximum;
    }
    *code = *code > c->maximum ? c->maximum : *code;
    return *code >= c->minimum
               ? 1
               : l1t_lines_fail(lines, diag, "%s: %.9g is outside of the scale", name, value);
}

static int whole(const struct l1t_lines *lines, const struct l1t_store_column *c, const char *name,
                 double value, int *code, struct l1t_diag *diag)
{
    if (value < c->minimum || value > c->maximum || value > floor(value))
        return l1t_lines_fail(lines, diag, "%s: %.9g; expected a whole number, %d to %d", name,
                              value, c->minimum, c->maximum);
    *code = (int)value;
    return 1;
}

// +1, -1; 0: not known.
static int charge(const struct l1t_lines *lines, double value, int *code, struct l1t_diag *diag)
{
    if (value > 0.5 && value < 1.5)
        *code = L1T_GT_SIGN_VALID;
    else if (value < -0.5 && value > -1.5)
        *code = L1T_GT_SIGN_VALID | L1T_GT_SIGN_NEGATIVE;
    else if (fabs(value) < 0.5)
        *code = 0;
    else
        return l1t_lines_fail(lines, diag, "charge: %.9g; expected 1, -1 or 0", value);
    return 1;
}

static void set(struct l1t_gt_object *object, size_t offset, int code)
{
    if (offset == offsetof(struct l1t_gt_object, et))
        object->et = (uint16_t)code;
    else if (offset == offsetof(struct l1t_gt_object, eta))
        object->eta = (int16_t)code;
    else if (offset == offsetof(struct l1t_gt_object, phi))
        object->phi = (uint16_t)code;
    else
        *((uint8_t *)object + offset) = (uint8_t)code;
}

static int set_column(const struct l1t_lines *lines, const struct l1t_gt_scales *scales,
                      enum l1t_csv_column column, const char *text, struct l1t_csv_object *to,
                      struct l1t_diag *diag)
{
    const char *name = l1t_csv_names[column];
    const size_t offset = offset_of(column);
    const struct l1t_store_column *c = column_of(to->type, offset);
    double value;
    int code = 0, status;
    if (c == NULL)
        return l1t_lines_fail(lines, diag,
                              "%s: objects of type %s have none; leave the field empty", name,
                              l1t_store_group[to->type]);
    if (!l1t_csv_number(text, &value))
        return l1t_lines_fail(lines, diag, "%s: '%.40s' is not a number", name, text);
    const struct l1t_gt_scale *scale =
        c->object != NULL ? l1t_gt_scale_find(scales, c->object, c->scale) : NULL;
    if (column == L1T_CSV_CHARGE)
        status = charge(lines, value, &code, diag);
    else if (scale != NULL)
        status = physical(lines, c, name, scale, value, &code, diag);
    else
        status = whole(lines, c, name, value, &code, diag);
    if (status > 0)
        set(&to->object, offset, code);
    return status;
}

// "muon", "MU", "none".
static int find_type(const struct l1t_lines *lines, const char *text, uint8_t *type,
                     struct l1t_diag *diag)
{
    const char *names[L1T_GT_TYPES + 1];
    for (unsigned t = 0; t <= L1T_GT_TYPES; t++) {
        names[t] = t < L1T_GT_TYPES ? l1t_store_group[t] : "none";
        if (strcmp(text, names[t]) == 0 ||
            (t < L1T_GT_TYPES && strcasecmp(text, l1t_gt_type_name((enum l1t_gt_type)t)) == 0)) {
            *type = (uint8_t)t;
            return 1;
        }
    }
    const char *near = l1t_nearest(text, names, L1T_GT_TYPES + 1);
    return l1t_lines_fail(lines, diag,
                          "type: '%.40s' is none%s%s%s; there are muon, egamma, tau, jet, ett, "
                          "htt, etm, ..., none",
                          text, near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
                          near != NULL ? "'?" : "");
}

int l1t_csv_object(const struct l1t_lines *lines, const struct l1t_csv_layout *layout,
                   const struct l1t_gt_scales *scales, char *const *field,
                   struct l1t_csv_object *object, struct l1t_diag *diag)
{
    memset(object, 0, sizeof *object);
    int status = find_type(lines, l1t_csv_field(layout, field, L1T_CSV_TYPE), &object->type, diag);
    for (int c = L1T_CSV_PT; status > 0 && c < L1T_CSV_WEIGHT; c++) {
        const char *text = l1t_csv_field(layout, field, (enum l1t_csv_column)c);
        if (*text == '\0')
            continue;
        status = object->type == L1T_GT_TYPES
                     ? l1t_lines_fail(lines, diag, "%s: a row of type none has no object",
                                      l1t_csv_names[c])
                     : set_column(lines, scales, (enum l1t_csv_column)c, text, object, diag);
    }
    if (status > 0 && object->type < L1T_GT_TYPES &&
        *l1t_csv_field(layout, field, L1T_CSV_PT) == '\0')
        return l1t_lines_fail(lines, diag, "pt: missing (for counts and scores it is their value)");
    return status;
}
