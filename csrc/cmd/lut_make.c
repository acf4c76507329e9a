// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin lut make` and `l1twin lut convert`: tables as files.
#include "cmd/lut_parts.h"
#include "cmd/luts.h"
#include "l1t/calo_tables.h"
#include "l1t/io.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// One line without anything that could end a comment.
static void make_title(char *title, size_t size, const char *what)
{
    (void)snprintf(title, size, "%s; l1twin %s", what, l1t_version());
    for (char *c = title; *c != '\0'; c++)
        if (iscntrl((unsigned char)*c) || *c == '\\')
            *c = '?';
}

// ---- make ----

// Files of one set: all are open before the first gets its name.
enum { MAX_TABLES = 64 }; // no path has more
struct set {
    struct l1t_out out[MAX_TABLES];
    bool open[MAX_TABLES];
};

static enum l1t_err open_one(const struct l1t_lut_arguments *a, const char *name,
                             struct l1t_out *out, struct l1t_diag *diag)
{
    static const char *const endings[] = {"txt", "mem", "coe", "mif", "c"};
    const size_t room = strlen(a->out) + strlen(name) + 16;
    char *path = malloc(room);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(path, room, "%s/%s%s.%s", a->out, a->form == L1T_LUT_FORM_TEXT ? "" : "l1t_",
                   name, endings[a->form]);
    const enum l1t_err err = l1t_out_open(out, path, diag);
    free(path);
    return err;
}

// Text has the width that the configuration reads, the other forms that of the RTL's memory.
static enum l1t_err write_one(struct l1t_lut_arguments *a, const struct l1t_lut_setup *setup,
                              size_t lut, struct set *set)
{
    const struct l1t_lut_slot *slot = &setup->path->slots[lut];
    const unsigned data_bits =
        a->form == L1T_LUT_FORM_TEXT ? setup->luts[lut].data_bits : slot->data_bits;
    char title[600], what[400], name[80];
    struct l1t_lut table = {.version = "v1",
                            .address_bits = slot->address_bits,
                            .data_bits = data_bits,
                            .n = (size_t)1 << slot->address_bits};
    enum l1t_err err = open_one(a, slot->name, &set->out[lut], &a->p.diag);
    if (err != L1T_OK)
        return err;
    set->open[lut] = true;
    table.data = malloc(table.n * sizeof table.data[0]);
    if (table.data == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    l1t_lut_slot_get(slot, setup->model, table.data);
    (void)snprintf(what, sizeof what, "%s: %s; %s; configuration %.16s", slot->name, slot->about,
                   setup->luts[lut].source, setup->digest);
    make_title(title, sizeof title, what);
    (void)snprintf(name, sizeof name, "l1t_%s", slot->name);
    err = l1t_lut_write_form(set->out[lut].file, a->form, &table, name, title, &a->p.diag);
    free(table.data);
    return err;
}

// The sums' nTT bins are part of another table; the RTL has them apart, files of tables do not.
static bool is_written(const struct l1t_lut_arguments *a, const struct l1t_lut_slot *slot)
{
    return a->form != L1T_LUT_FORM_TEXT || slot != &l1t_calo_luts[L1T_LUT_SUMS_NTT_BIN];
}

static enum l1t_err write_set(struct l1t_lut_arguments *a, const struct l1t_lut_setup *setup)
{
    const size_t n = setup->path->n;
    struct set set = {.open = {false}};
    enum l1t_err err = l1t_make_dir(a->out, &a->p.diag);
    for (size_t i = 0; i < n && err == L1T_OK; i++)
        if (is_written(a, &setup->path->slots[i]))
            err = write_one(a, setup, i, &set);
    for (size_t i = 0; i < n; i++) {
        if (set.open[i] && err == L1T_OK)
            err = l1t_out_commit(&set.out[i], &a->p.diag);
        else if (set.open[i])
            l1t_out_abort(&set.out[i]);
    }
    return err;
}

enum l1t_err l1t_lut_cmd_make(struct l1t_lut_arguments *a)
{
    const struct l1t_lut_path *path = &l1t_lut_paths[a->path < 0 ? L1T_LUT_CALO : a->path];
    struct l1t_lut_setup setup;
    enum l1t_err err = l1t_lut_cmd_setup(a, path, &setup);
    if (err != L1T_OK)
        return err;
    struct l1t_table *table = l1t_luts_table(setup.luts, path->n);
    if (table == NULL)
        err = l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        err = write_set(a, &setup);
    if (err == L1T_OK)
        err = l1t_physics_print(&a->p, &table, 1);
    l1t_table_free(table);
    l1t_lut_cmd_free(&setup);
    return err;
}

// ---- convert ----

enum l1t_err l1t_lut_cmd_convert(struct l1t_lut_arguments *a)
{
    struct l1t_lut lut;
    struct l1t_out out;
    char title[600], what[400];
    enum l1t_lut_form to;
    if (!l1t_lut_form_of(a->out, &to))
        return l1t_fail(&a->p.diag, L1T_E_USAGE,
                        "%s: the ending says the form; expected .txt, .mem, .coe, .mif, .c or .h",
                        a->out);
    enum l1t_err err = l1t_lut_cmd_read(a, a->file[0], &lut, &a->p.diag);
    if (err != L1T_OK)
        return err;
    const char *slash = strrchr(a->file[0], '/');
    (void)snprintf(what, sizeof what, "from %s", slash != NULL ? slash + 1 : a->file[0]);
    make_title(title, sizeof title, what);
    err = l1t_out_open(&out, a->out, &a->p.diag);
    if (err == L1T_OK) {
        char name[200];
        (void)l1t_lut_cmd_stem(a->out, name, sizeof name);
        err = l1t_lut_write_form(out.file, to, &lut, name, title, &a->p.diag);
        if (err == L1T_OK)
            err = l1t_out_commit(&out, &a->p.diag);
        else
            l1t_out_abort(&out);
    }
    l1t_lut_fini(&lut);
    return err;
}
