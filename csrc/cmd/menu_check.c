// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu check`: is this a menu, and does it mean what it says?
#include "cmd/menu_parts.h"
#include "l1t/gt_text.h"

#include <stdlib.h>
#include <string.h>

static const struct l1t_column menu_columns[] = {
    {"menu", "", L1T_CELL_TEXT, 0},      {"file", "", L1T_CELL_TEXT, 0},
    {"algorithms", "", L1T_CELL_INT, 0}, {"unsupported", "", L1T_CELL_INT, 0},
    {"columns", "", L1T_CELL_INT, 0},    {"conditions", "", L1T_CELL_INT, 0},
    {"legs", "", L1T_CELL_INT, 0},       {"limits_inside_bins", "", L1T_CELL_INT, 0},
    {"scales", "", L1T_CELL_TEXT, 0}};
static const struct l1t_column note_columns[] = {
    {"menu", "", L1T_CELL_TEXT, 0},     {"line", "", L1T_CELL_INT, 0},
    {"limit_of", "", L1T_CELL_TEXT, 0}, {"written", "", L1T_CELL_REAL, 8},
    {"bin", "", L1T_CELL_INT, 0},       {"bin_from", "", L1T_CELL_REAL, 8},
    {"bin_to", "", L1T_CELL_REAL, 8},   {"acts_as", "", L1T_CELL_REAL, 8}};
static const struct l1t_column unsupported_columns[] = {{"menu", "", L1T_CELL_TEXT, 0},
                                                        {"bit", "", L1T_CELL_INT, 0},
                                                        {"algorithm", "", L1T_CELL_TEXT, 0},
                                                        {"expression", "", L1T_CELL_TEXT, 0}};

enum { MENUS, NOTES, UNSUPPORTED, TABLES };

static enum l1t_err add_unsupported(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu,
                                    const struct l1t_gt_code *code, struct l1t_table *t, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *algorithm = &menu->algorithm[i];
        if (l1t_menu_cmd_supported(code, algorithm->bit))
            continue;
        char *text = l1t_gt_expression_text(algorithm);
        if (text == NULL)
            return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
        l1t_table_text(t, menu->name);
        l1t_table_int(t, algorithm->bit);
        l1t_table_text(t, algorithm->name);
        l1t_table_text(t, text);
        free(text);
        ++*n;
    }
    return L1T_OK;
}

static enum l1t_err add_notes(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu,
                              struct l1t_table *t, size_t *n)
{
    struct l1t_gt_note *notes;
    const enum l1t_err err = l1t_gt_notes(menu, &notes, n, &a->p.diag);
    for (size_t i = 0; err == L1T_OK && i < *n; i++) {
        l1t_table_text(t, menu->name);
        l1t_table_int(t, notes[i].place.line);
        l1t_table_text(t, notes[i].what);
        l1t_table_real(t, notes[i].value);
        l1t_table_int(t, notes[i].code);
        l1t_table_real(t, notes[i].low);
        l1t_table_real(t, notes[i].high);
        l1t_table_real(t, notes[i].acts_as);
    }
    free(notes);
    return err;
}

static enum l1t_err check_one(struct l1t_menu_arguments *a, const char *file,
                              struct l1t_table *const *tables, size_t total[TABLES])
{
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
    size_t unsupported = 0, notes = 0;
    enum l1t_err err = l1t_menu_cmd_compile(a, file, &menu, &code);
    if (err != L1T_OK)
        return err;
    err = add_unsupported(a, menu, code, tables[UNSUPPORTED], &unsupported);
    if (err == L1T_OK)
        err = add_notes(a, menu, tables[NOTES], &notes);
    struct l1t_table *t = tables[MENUS];
    l1t_table_text(t, menu->name);
    l1t_table_text(t, menu->path);
    l1t_table_int(t, (long long)menu->n);
    l1t_table_int(t, (long long)unsupported);
    l1t_table_int(t, (long long)menu->n_columns);
    l1t_table_int(t, (long long)code->n_conditions);
    l1t_table_int(t, (long long)code->n_legs);
    l1t_table_int(t, (long long)notes);
    l1t_table_text(t, menu->scales.name);
    total[MENUS]++;
    total[NOTES] += notes;
    total[UNSUPPORTED] += unsupported;
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err;
}

static enum l1t_err print(struct l1t_menu_arguments *a, struct l1t_table *const *tables,
                          const size_t total[TABLES])
{
    struct l1t_table *shown[TABLES];
    size_t n = 0;
    for (int i = 0; i < TABLES; i++)
        if (total[i] > 0)
            shown[n++] = tables[i];
    return n > 0 ? l1t_physics_print(&a->p, shown, n) : L1T_OK;
}

enum l1t_err l1t_menu_cmd_check(struct l1t_menu_arguments *a, int *code)
{
    struct l1t_table *tables[TABLES] = {
        l1t_physics_table(&a->p, "menus", menu_columns, 9),
        l1t_physics_table(&a->p, "limits inside a bin act as its edge", note_columns, 8),
        l1t_physics_table(&a->p, "not evaluated", unsupported_columns, 4)};
    size_t total[TABLES] = {0, 0, 0};
    const bool ready =
        tables[MENUS] != NULL && tables[NOTES] != NULL && tables[UNSUPPORTED] != NULL;
    enum l1t_err err = ready ? L1T_OK : L1T_E_NOMEM;
    // every file gets its line; the first kind of failure decides the exit code
    for (int i = 0; ready && i < a->n_files; i++) {
        const enum l1t_err one = check_one(a, a->file[i], tables, total);
        if (one != L1T_OK) {
            const int failed = l1t_cmd_fail(a->p.cmd, one, &a->p.diag);
            *code = *code == 0 ? failed : *code;
        }
    }
    if (err == L1T_OK)
        err = print(a, tables, total);
    for (int i = 0; i < TABLES; i++)
        l1t_table_free(tables[i]);
    return err;
}
