// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin lut show`: a table of the configuration or a file, and what it means.
#include "cmd/lut_parts.h"
#include "l1t/lut_view.h"

#include "muon/l1t_ugmt.h"

#include <stdlib.h>
#include <string.h>

// What is shown, wherever it comes from.
struct shown {
    const char *name, *version, *source, *about;
    unsigned address_bits, data_bits;
    size_t n;
    const uint32_t *data;
    const struct l1t_lut_view *view;      // NULL: nothing is known of it
    const struct l1t_calo_config *config; // NULL: bins stay numbers
    bool configured;                      // a configuration was read
    char digest[65];
};

static void count_values(const struct shown *s, uint32_t *least, uint32_t *greatest)
{
    *least = *greatest = s->data[0];
    for (size_t i = 1; i < s->n; i++) {
        *least = s->data[i] < *least ? s->data[i] : *least;
        *greatest = s->data[i] > *greatest ? s->data[i] : *greatest;
    }
}

static struct l1t_table *header_table(struct l1t_lut_arguments *a, const struct shown *s)
{
    static const struct l1t_column columns[] = {
        {"table", "", L1T_CELL_TEXT, 0},      {"version", "", L1T_CELL_TEXT, 0},
        {"address", "bits", L1T_CELL_INT, 0}, {"data", "bits", L1T_CELL_INT, 0},
        {"entries", "", L1T_CELL_INT, 0},     {"least", "", L1T_CELL_INT, 0},
        {"greatest", "", L1T_CELL_INT, 0},    {"digest", "", L1T_CELL_TEXT, 0},
        {"source", "", L1T_CELL_TEXT, 0}};
    uint32_t least, greatest;
    count_values(s, &least, &greatest);
    struct l1t_table *t = l1t_physics_table(&a->p, s->about, columns, 9);
    if (t == NULL)
        return NULL;
    l1t_table_text(t, s->name);
    l1t_table_text(t, s->version);
    l1t_table_int(t, s->address_bits);
    l1t_table_int(t, s->data_bits);
    l1t_table_int(t, (long long)s->n);
    l1t_table_int(t, least);
    l1t_table_int(t, greatest);
    l1t_table_text(t, s->digest);
    l1t_table_text(t, s->source);
    return t;
}

static void add_entry(struct l1t_table *t, const struct shown *s, uint32_t address)
{
    char text[80];
    l1t_table_int(t, address);
    for (size_t i = 0; s->view != NULL && i < l1t_lut_view_axes(s->view); i++) {
        l1t_lut_view_axis(s->view, s->config, address, i, text, sizeof text);
        l1t_table_text(t, text);
    }
    l1t_table_int(t, s->data[address]);
    for (size_t i = 0; s->view != NULL && i < l1t_lut_view_values(s->view); i++)
        l1t_table_real(t, l1t_lut_view_value(s->view, address, s->data[address], i));
}

static struct l1t_table *entries_table(struct l1t_lut_arguments *a, const struct shown *s)
{
    struct l1t_column columns[2 + L1T_LUT_VIEW_AXES + L1T_LUT_VIEW_VALUES];
    size_t n = 0;
    columns[n++] = (struct l1t_column){"address", "", L1T_CELL_INT, 0};
    for (size_t i = 0; s->view != NULL && i < l1t_lut_view_axes(s->view); i++)
        columns[n++] =
            (struct l1t_column){l1t_lut_view_axis_name(s->view, i), "", L1T_CELL_TEXT, 0};
    columns[n++] = (struct l1t_column){"word", "", L1T_CELL_INT, 0};
    for (size_t i = 0; s->view != NULL && i < l1t_lut_view_values(s->view); i++)
        columns[n++] = (struct l1t_column){l1t_lut_view_value_name(s->view, i),
                                           l1t_lut_view_value_unit(s->view, i), L1T_CELL_REAL, 5};
    struct l1t_table *t = l1t_physics_table(&a->p, "entries", columns, n);
    for (uint32_t i = (uint32_t)a->first; t != NULL && i < s->n && i <= a->last; i++)
        if (a->all || s->view == NULL || l1t_lut_view_reached(s->view, s->config, i))
            add_entry(t, s, i);
    return t;
}

static enum l1t_err show(struct l1t_lut_arguments *a, struct shown *s)
{
    enum l1t_err err =
        l1t_lut_digest(s->data, s->address_bits, s->data_bits, s->digest, &a->p.diag);
    if (err == L1T_OK && a->first >= s->n)
        err = l1t_fail(&a->p.diag, L1T_E_USAGE, "--at: address %llu; %s has %zu entries",
                       (unsigned long long)a->first, s->name, s->n);
    if (err != L1T_OK)
        return err;
    if (!s->configured) // nothing else decides what is shown
        memcpy(a->p.provenance.config, s->digest, sizeof s->digest);
    struct l1t_table *table[2] = {header_table(a, s), entries_table(a, s)};
    err = table[0] != NULL && table[1] != NULL ? l1t_physics_print(&a->p, table, 2) : L1T_E_NOMEM;
    l1t_table_free(table[0]);
    l1t_table_free(table[1]);
    return err;
}

static const struct l1t_calo_config *calo_of(const struct l1t_lut_setup *setup)
{
    return setup->path == &l1t_lut_paths[L1T_LUT_CALO] ? setup->model : NULL;
}

// The muon tables' meaning is that of the address parts since 2017.
static const struct l1t_lut_view *view_of(const struct l1t_lut_slot *slot,
                                          const struct l1t_lut_setup *setup)
{
    const bool muon = setup->path == &l1t_lut_paths[L1T_LUT_UGMT];
    const struct l1t_ugmt_config *model = muon ? setup->model : NULL;
    const bool other =
        muon && slot->address_bits == 12 && (model->pt_bits != 7 || model->phi_shift != 2);
    return other ? NULL : l1t_lut_view_find(slot->name);
}

static enum l1t_err show_slot(struct l1t_lut_arguments *a, const struct l1t_lut_path *path,
                              const struct l1t_lut_slot *slot)
{
    struct l1t_lut_setup setup;
    enum l1t_err err = l1t_lut_cmd_setup(a, path, &setup);
    if (err != L1T_OK)
        return err;
    const size_t n = (size_t)1 << slot->address_bits;
    uint32_t *data = malloc(n * sizeof *data);
    if (data == NULL) {
        l1t_lut_cmd_free(&setup);
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    }
    l1t_lut_slot_get(slot, setup.model, data);
    struct shown s = {.name = slot->name,
                      .version = "",
                      .source = setup.luts[slot - path->slots].source,
                      .about = slot->about,
                      .address_bits = slot->address_bits,
                      .data_bits = setup.luts[slot - path->slots].data_bits,
                      .n = n,
                      .data = data,
                      .view = view_of(slot, &setup),
                      .config = calo_of(&setup),
                      .configured = true};
    err = show(a, &s);
    free(data);
    l1t_lut_cmd_free(&setup);
    return err;
}

static enum l1t_err show_lut(struct l1t_lut_arguments *a, const char *file,
                             const struct l1t_lut *lut)
{
    char name[256];
    struct l1t_lut_setup setup = {.config = NULL};
    const struct l1t_lut_path *path = &l1t_lut_paths[L1T_LUT_CALO];
    const struct l1t_lut_slot *slot = l1t_lut_cmd_slot(a, file, &path);
    if (strcmp(file, "-") == 0)
        file = "stdin";
    const bool fits = slot != NULL && l1t_lut_cmd_has_shape(slot, lut);
    if (a->table != NULL && slot != NULL && !fits)
        return l1t_fail(&a->p.diag, L1T_E_INPUT,
                        "%s: this table has %u address and %u data bits; %s has %u and %u", file,
                        lut->address_bits, lut->data_bits, slot->name, slot->address_bits,
                        slot->data_bits);
    struct shown s = {
        .name = fits ? slot->name : l1t_lut_cmd_stem(file, name, sizeof name),
        .version = lut->version,
        .source = file,
        .about = fits ? slot->about : "a table of unknown use",
        .address_bits = lut->address_bits,
        .data_bits = lut->data_bits,
        .n = lut->n,
        .data = lut->data,
        // a narrow table of 2016 has other address parts
        .view = fits && lut->data_bits == slot->data_bits ? l1t_lut_view_find(slot->name) : NULL};
    if (a->config != NULL) {
        const enum l1t_err err = l1t_lut_cmd_setup(a, path, &setup);
        if (err != L1T_OK)
            return err;
        s.config = calo_of(&setup);
        s.configured = true;
    }
    const enum l1t_err err = show(a, &s);
    l1t_lut_cmd_free(&setup);
    return err;
}

enum l1t_err l1t_lut_cmd_show(struct l1t_lut_arguments *a)
{
    const char *what = a->file[0];
    const struct l1t_lut_path *path = NULL;
    const struct l1t_lut_slot *slot = l1t_lut_cmd_find(a, what, &path);
    if (slot != NULL)
        return show_slot(a, path, slot);
    struct l1t_lut lut;
    enum l1t_err err = l1t_lut_cmd_read(a, what, &lut, &a->p.diag);
    if (err != L1T_OK)
        return err;
    err = show_lut(a, what, &lut);
    l1t_lut_fini(&lut);
    return err;
}
