// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a menu's RTL: all are open before the first gets its name.
#include "gt_rtl.h"
#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>

enum { FILES = L1T_GT_RTL_TABLES + 2 };

struct set {
    struct l1t_out out[FILES];
    size_t n;
};

static enum l1t_err open_one(struct set *set, const char *dir, const char *name, FILE **file,
                             struct l1t_diag *diag)
{
    const size_t room = strlen(dir) + strlen(name) + 2;
    char *const path = malloc(room);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(path, room, "%s/%s", dir, name);
    const enum l1t_err err = l1t_out_open(&set->out[set->n], path, diag);
    free(path);
    if (err == L1T_OK)
        *file = set->out[set->n++].file;
    return err;
}

// Of the library, what a menu may use, in the order in which packages are needed.
static void print_list(FILE *out)
{
    static const char *const names[] = {
        "common/l1t_formats_pkg",  "gt/l1t_gt_pkg",     "common/l1t_delay",  "common/l1t_rom_lanes",
        "gt/l1t_gt_decode",        "gt/l1t_gt_history", "gt/l1t_gt_leg",     "gt/l1t_gt_signs",
        "gt/l1t_gt_pair_values",   "gt/l1t_gt_window",  "gt/l1t_gt_comb",    "gt/l1t_gt_pair",
        "gt/l1t_gt_triple_values", "gt/l1t_gt_triple",  "gt/l1t_gt_overlap", "gt/l1t_gt_prescaler",
        "gt/l1t_gt_counters",      "gt/l1t_gt_final"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        (void)fprintf(out, "rtl/%s.sv\n", names[i]);
    (void)fputs("l1t_gt_menu.sv\n", out);
}

static enum l1t_err write_files(struct l1t_gt_rtl *r, const char *dir,
                                struct l1t_gt_rtl_summary *summary, struct set *set,
                                struct l1t_diag *diag)
{
    struct l1t_gt_rtl_table table[L1T_GT_RTL_TABLES];
    FILE *out = NULL;
    summary->tables = l1t_gt_rtl_tables(r, table);
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; i < summary->tables && err == L1T_OK; i++) {
        err = open_one(set, dir, table[i].name, &out, diag);
        if (err == L1T_OK)
            err = l1t_gt_rtl_print_table(&table[i], out, diag);
    }
    if (err == L1T_OK)
        err = open_one(set, dir, "l1t_gt_menu.f", &out, diag);
    if (err == L1T_OK) {
        print_list(out);
        err = open_one(set, dir, "l1t_gt_menu.sv", &out, diag);
    }
    if (err == L1T_OK)
        l1t_gt_rtl_print_top(r, out);
    return err == L1T_OK && r->failed ? l1t_fail(diag, L1T_E_NOMEM, "out of memory") : err;
}

enum l1t_err l1t_gt_rtl_write(const struct l1t_gt_menu *menu, const struct l1t_gt_code *code,
                              const struct l1t_gt_rtl_options *options, const char *dir,
                              struct l1t_gt_rtl_summary *summary, struct l1t_diag *diag)
{
    struct l1t_gt_rtl r = {.menu = menu, .code = code};
    struct set set = {.n = 0};
    memset(summary, 0, sizeof *summary);
    enum l1t_err err = l1t_gt_rtl_plan(&r, options, summary, diag);
    if (err == L1T_OK)
        err = l1t_make_dir(dir, diag);
    if (err == L1T_OK)
        err = write_files(&r, dir, summary, &set, diag);
    for (size_t i = 0; i < set.n; i++) {
        if (err == L1T_OK)
            err = l1t_out_commit(&set.out[i], diag);
        else
            l1t_out_abort(&set.out[i]);
    }
    l1t_gt_rtl_fini(&r);
    return err;
}
