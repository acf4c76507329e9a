// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu rtl`: a menu as SystemVerilog.
#include "cmd/menu_parts.h"
#include "l1t/gt_rtl.h"
#include "l1t/io.h"

#include <string.h>

// "0-99,120" into bits of algorithms.
static enum l1t_err take_only(struct l1t_menu_arguments *a, uint64_t only[L1T_GT_WORDS])
{
    const char *rest = a->only;
    char word[64];
    memset(only, 0, L1T_GT_WORDS * sizeof *only);
    while (l1t_cmd_next_word(&rest, word, sizeof word)) {
        uint64_t first = 0, last = 0;
        const char *end = l1t_parse_u64(word, 0, L1T_GT_ALGORITHMS - 1, &first);
        last = first;
        if (end != NULL && *end == '-')
            end = l1t_parse_u64(end + 1, first, L1T_GT_ALGORITHMS - 1, &last);
        if (end == NULL || *end != '\0')
            return l1t_fail(&a->p.diag, L1T_E_USAGE,
                            "--only '%s': expected bits of algorithms such as 0-99,120, up to %d",
                            word, L1T_GT_ALGORITHMS - 1);
        for (uint64_t b = first; b <= last; b++)
            only[b / 64] |= UINT64_C(1) << b % 64;
    }
    return L1T_OK;
}

static enum l1t_err print_summary(struct l1t_menu_arguments *a,
                                  const struct l1t_gt_rtl_summary *summary)
{
    static const struct l1t_column columns[] = {
        {"algorithms", "", L1T_CELL_INT, 0},   {"left_out", "", L1T_CELL_INT, 0},
        {"unsupported", "", L1T_CELL_INT, 0},  {"legs", "", L1T_CELL_INT, 0},
        {"conditions", "", L1T_CELL_INT, 0},   {"pairs_of_lists", "", L1T_CELL_INT, 0},
        {"windows", "", L1T_CELL_INT, 0},      {"tables", "", L1T_CELL_INT, 0},
        {"latency", "clocks", L1T_CELL_INT, 0}};
    struct l1t_table *t = l1t_physics_table(&a->p, "RTL", columns, 9);
    if (t == NULL)
        return L1T_E_NOMEM;
    const size_t numbers[] = {summary->algorithms, summary->left_out,   summary->unsupported,
                              summary->legs,       summary->conditions, summary->pair_lists,
                              summary->windows,    summary->tables,     summary->latency};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        l1t_table_int(t, (long long)numbers[i]);
    const enum l1t_err err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    return err;
}

enum l1t_err l1t_menu_cmd_rtl(struct l1t_menu_arguments *a)
{
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    struct l1t_gt_rtl_summary summary;
    uint64_t only[L1T_GT_WORDS];
    const struct l1t_gt_rtl_options options = {.only = a->only != NULL ? only : NULL};
    if (a->only != NULL) {
        const enum l1t_err bad = take_only(a, only);
        if (bad != L1T_OK)
            return bad;
    }
    enum l1t_err err = l1t_menu_cmd_compile(a, a->file[0], &menu, &code);
    if (err == L1T_OK)
        err = l1t_gt_rtl_write(menu, code, &options, a->out, &summary, &a->p.diag);
    if (err == L1T_OK)
        err = print_summary(a, &summary);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err;
}
