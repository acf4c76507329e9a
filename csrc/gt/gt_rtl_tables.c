// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a compiled menu as memory images: the interpreter's own entries, one a line.
#include "gt_rtl.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum {
    DELTA_WIDTH = 14,
    COSH_WIDTH = 27,
    COS_WIDTH = 16,
    INVERSE_WIDTH = 28,
    PT_WIDTH = 15
}; // rtl/gt/l1t_gt_pkg.sv

const char *const l1t_gt_rtl_pair_names[L1T_GT_PAIRS] = {
    [L1T_GT_CALO_CALO] = "calo_calo", [L1T_GT_CALO_MU] = "calo_mu", [L1T_GT_MU_MU] = "mu_mu"};

struct tables {
    struct l1t_gt_rtl_table *table;
    size_t n;
};

static void add(struct tables *t, const char *prefix, const char *what, const void *data,
                unsigned bits, uint32_t n, unsigned width)
{
    struct l1t_gt_rtl_table table = {
        .data = data, .bits = bits, .n = n, .width = width, .is_signed = width == COS_WIDTH};
    (void)snprintf(table.name, sizeof table.name, "l1t_gt_%s_%s.mem", prefix, what);
    for (char *c = table.name; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->table[i].name, table.name) == 0)
            return;
    if (t->n < L1T_GT_RTL_TABLES)
        t->table[t->n++] = table;
}

static void add_pair(struct tables *t, const struct l1t_gt_pair_tables *tables, const char *name,
                     uint32_t wanted)
{
    enum {
        DISTANCES = L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI | L1T_GT_CUT_DR,
        OPENINGS = L1T_GT_CUT_MASS | L1T_GT_RTL_MASS_3 | L1T_GT_CUT_MASS_UPT | L1T_GT_CUT_MASS_DR
    };
    if ((wanted & DISTANCES) != 0) {
        add(t, name, "deta", tables->deta, 32, tables->n_eta, DELTA_WIDTH);
        add(t, name, "dphi", tables->dphi, 32, tables->n_phi, DELTA_WIDTH);
    }
    if ((wanted & OPENINGS) != 0)
        add(t, name, "cosh", tables->cosh, 32, tables->n_eta, COSH_WIDTH);
    if ((wanted & (OPENINGS | L1T_GT_CUT_MASS_T)) != 0)
        add(t, name, "cos", tables->cos, 32, tables->n_phi, COS_WIDTH);
    if ((wanted & L1T_GT_CUT_MASS_DR) != 0)
        add(t, name, "inverse", tables->inv_dr2, 64, tables->n_inv_eta * tables->n_inv_phi,
            INVERSE_WIDTH);
    if ((wanted & L1T_GT_CUT_TBPT) != 0) {
        add(t, name, "cos_phi", tables->cos_phi, 32, tables->n_trig, COS_WIDTH);
        add(t, name, "sin_phi", tables->sin_phi, 32, tables->n_trig, COS_WIDTH);
    }
}

size_t l1t_gt_rtl_tables(const struct l1t_gt_rtl *r,
                         struct l1t_gt_rtl_table table[L1T_GT_RTL_TABLES])
{
    enum {
        PTS = L1T_GT_CUT_MASS | L1T_GT_RTL_MASS_3 | L1T_GT_CUT_MASS_T | L1T_GT_CUT_MASS_DR |
              L1T_GT_CUT_TBPT
    };
    struct tables t = {table, 0};
    const struct l1t_gt_tables *tables = &r->code->tables;
    for (size_t i = 0; i < r->values.n; i++) {
        const struct l1t_gt_rtl_values *values = l1t_gt_rtl_values_at(r, i);
        add_pair(&t, &tables->pair[values->pair], l1t_gt_rtl_pair_names[values->pair],
                 r->wanted[i]);
        for (unsigned k = 0; k < 2 && (r->wanted[i] & PTS) != 0; k++) {
            const unsigned type = l1t_gt_rtl_list_at(r, values->list[k])->type;
            add(&t, "pt", l1t_gt_type_name((enum l1t_gt_type)type), tables->pt[type], 32,
                tables->n_pt[type], PT_WIDTH);
        }
        if ((r->wanted[i] & L1T_GT_CUT_MASS_UPT) != 0)
            add(&t, "pt", "upt", tables->upt, 32, tables->n_upt, PT_WIDTH);
    }
    return t.n;
}

static uint64_t entry(const struct l1t_gt_rtl_table *table, uint32_t i)
{
    if (table->bits == 64)
        return ((const uint64_t *)table->data)[i];
    return table->is_signed ? (uint64_t)(int64_t)((const int32_t *)table->data)[i]
                            : ((const uint32_t *)table->data)[i];
}

enum l1t_err l1t_gt_rtl_print_table(const struct l1t_gt_rtl_table *table, FILE *out,
                                    struct l1t_diag *diag)
{
    const uint64_t mask = (UINT64_C(1) << table->width) - 1;
    for (uint32_t i = 0; i < table->n; i++) {
        const uint64_t value = entry(table, i);
        // What is cut off repeats the sign of what stays.
        const uint64_t above = value >> (table->width - (table->is_signed ? 1U : 0U));
        const uint64_t all = UINT64_MAX >> (table->width - (table->is_signed ? 1U : 0U));
        if (above != 0 && !(table->is_signed && above == all))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: entry %" PRIu32 " does not fit into %u bits; the menu's "
                            "precisions have more digits than those of CMS",
                            table->name, i, table->width);
        (void)fprintf(out, "%" PRIx64 "\n", value & mask);
    }
    return L1T_OK;
}
