// SPDX-License-Identifier: GPL-3.0-or-later
// A menu made ready for accounting: compiled, prescales by column, masks, groups and kinds of
// objects, and digests that tell whether two menus decide the same.
#include "rate_internal.h"

#include "gt/l1t_gt_final.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- kinds of objects ----

enum { MUON, EGAMMA, TAU, JET, SUMS, CROSS, OTHER, KINDS };
static const char *const kind_names[KINDS] = {"muon", "e/gamma", "tau",  "jet",
                                              "sums", "cross",   "other"};

static unsigned kind_of_type(unsigned type)
{
    return type == L1T_GT_MU    ? MUON
           : type == L1T_GT_EG  ? EGAMMA
           : type == L1T_GT_TAU ? TAU
           : type == L1T_GT_JET ? JET
                                : SUMS;
}

// Muon showers are muons; centrality and externals are no objects.
static unsigned kinds_of_condition(const struct l1t_gt_code *code, const struct l1t_gt_condition *c)
{
    unsigned kinds = 0;
    if (c->kind == L1T_GT_SIGNAL)
        return c->channel >= L1T_GT_MUS0 ? 1U << MUON : 0;
    if (c->kind == L1T_GT_EXTERNAL || c->kind == L1T_GT_UNSUPPORTED)
        return 0;
    const unsigned legs = c->n_legs + (c->overlap != L1T_GT_OVERLAP_NONE ? 1U : 0U);
    for (unsigned k = 0; k < legs; k++)
        kinds |= 1U << kind_of_type(code->leg[c->leg[k]].type);
    return kinds;
}

static unsigned kind_of(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *a)
{
    unsigned kinds = 0;
    for (uint32_t i = 0; i < a->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[a->first_node + i];
        if (node->op == L1T_GT_OP_CONDITION)
            kinds |= kinds_of_condition(code, &code->condition[node->condition]);
    }
    if (kinds == 0)
        return OTHER;
    return (kinds & (kinds - 1)) != 0 ? CROSS : (unsigned)__builtin_ctz(kinds);
}

// ---- sets ----

static struct l1t_tally_set *find_set(struct rate_menu *m, size_t first, const char *name)
{
    for (size_t s = first; s < m->spec.n_sets; s++)
        if (strcmp(m->set[s].name, name) == 0)
            return &m->set[s];
    if (m->spec.n_sets == L1T_TALLY_SETS)
        return NULL;
    struct l1t_tally_set *set = &m->set[m->spec.n_sets++];
    memset(set, 0, sizeof *set);
    strncat(set->name, name, sizeof set->name - 1);
    return set;
}

static void put_bit(uint64_t *words, unsigned bit)
{
    words[bit / 64] |= UINT64_C(1) << bit % 64;
}

static enum l1t_err make_sets(struct rate_menu *m, struct l1t_diag *diag)
{
    bool full = false;
    for (size_t i = 0; i < m->menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &m->menu->algorithm[i];
        struct l1t_tally_set *set = *a->group != '\0' ? find_set(m, 0, a->group) : NULL;
        full = full || (*a->group != '\0' && set == NULL);
        if (set != NULL)
            put_bit(set->bits, a->bit);
    }
    m->n_groups = m->spec.n_sets;
    for (unsigned k = 0; k < KINDS; k++)
        for (size_t i = 0; i < m->menu->n && !full; i++)
            if (m->objects[i] == kind_names[k]) {
                struct l1t_tally_set *set = find_set(m, m->n_groups, kind_names[k]);
                full = set == NULL;
                if (set != NULL)
                    put_bit(set->bits, m->menu->algorithm[i].bit);
            }
    m->spec.set = m->set;
    return full ? l1t_fail(diag, L1T_E_INPUT, "%s: more than %d groups and kinds of objects",
                           m->menu->path, L1T_TALLY_SETS)
                : L1T_OK;
}

// ---- columns and masks ----

static enum l1t_err make_masks(struct rate_menu *m, struct l1t_diag *diag)
{
    bool any = false;
    for (size_t i = 0; i < m->menu->n; i++)
        any = any || m->menu->algorithm[i].n_closed > 0;
    if (!any)
        return L1T_OK;
    m->open = malloc(L1T_GT_ORBIT * sizeof *m->open);
    if (m->open == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    memset(m->open, 0xff, L1T_GT_ORBIT * sizeof *m->open);
    for (size_t i = 0; i < m->menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &m->menu->algorithm[i];
        for (size_t r = 0; r < a->n_closed; r++)
            for (unsigned x = a->closed[r].first; x <= a->closed[r].last; x++)
                m->open[x][a->bit / 64] &= ~(UINT64_C(1) << a->bit % 64);
    }
    m->spec.open = (const uint64_t(*)[L1T_GT_WORDS])m->open;
    return L1T_OK;
}

static void make_spec(struct rate_menu *m)
{
    struct l1t_tally_spec *spec = &m->spec;
    const struct l1t_gt_menu *menu = m->menu;
    spec->n_algorithms = menu->n;
    spec->n_columns = menu->n_columns > 0 ? menu->n_columns : 1;
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        spec->bit[i] = (uint16_t)a->bit;
        if (!a->masked)
            put_bit(spec->finor, a->bit);
        if (a->veto)
            put_bit(spec->veto, a->bit);
        for (size_t c = 0; c < spec->n_columns; c++)
            spec->factor[c][a->bit] = menu->n_columns > 0
                                          ? (uint32_t)lround(a->prescale[c] * L1T_GT_PRESCALE_ONE)
                                          : L1T_GT_PRESCALE_ONE;
    }
}

static void look_at_code(struct rate_menu *m)
{
    const struct l1t_gt_code *code = m->code;
    m->neighbours = code->bx_past > 0 || code->bx_future > 0;
    for (size_t i = 0; i < m->menu->n; i++) {
        m->objects[i] = kind_names[OTHER];
        for (size_t k = 0; k < code->n_algorithms; k++)
            if (code->algorithm[k].bit == m->menu->algorithm[i].bit) {
                m->objects[i] = kind_names[kind_of(code, &code->algorithm[k])];
                m->supported[i] = code->algorithm[k].supported;
            }
    }
}

// ---- digests ----

static void add_text(struct l1t_digest *digest, const char *role, const char *text)
{
    l1t_digest_add(digest, role, text, strlen(text));
}

static void add_numbers(struct l1t_digest *digest, const char *role, double a, double b, double c)
{
    char text[100];
    (void)snprintf(text, sizeof text, "%.17g %.17g %.17g", a, b, c);
    add_text(digest, role, text);
}

static void add_scales(struct l1t_digest *digest, const struct l1t_gt_menu *menu)
{
    for (size_t s = 0; s < menu->scales.n; s++) {
        const struct l1t_gt_scale *scale = &menu->scales.scale[s];
        add_text(digest, "scale", scale->object);
        add_text(digest, "type", scale->type);
        add_numbers(digest, "range", scale->minimum, scale->maximum, scale->step);
        for (size_t b = 0; b < scale->n_bins; b++)
            add_numbers(digest, "bin", scale->bin[b].number, scale->bin[b].minimum,
                        scale->bin[b].maximum);
    }
    for (size_t e = 0; e < menu->n_externals; e++) {
        add_text(digest, "external", menu->external[e].name);
        add_numbers(digest, "channel", menu->external[e].channel, 0, 0);
    }
    add_numbers(digest, "overlap",
                menu->overlap != L1T_GT_OVERLAP_NONE ? menu->overlap : l1t_gt_overlap_default(menu),
                0, 0);
}

static enum l1t_err add_algorithm(struct l1t_digest *digest, const struct l1t_gt_algorithm_def *a)
{
    char *text = l1t_gt_expression_text(a);
    if (text == NULL)
        return L1T_E_NOMEM;
    add_numbers(digest, "bit", a->bit, 0, 0);
    add_text(digest, "expression", text);
    free(text);
    for (size_t c = 0; c < a->n_cuts; c++) {
        const struct l1t_gt_cut_def *cut = &a->cut[c];
        add_text(digest, "cut", cut->name);
        add_text(digest, "object", cut->object);
        add_numbers(digest, "limits", cut->type, cut->minimum, cut->maximum);
        add_text(digest, "data", cut->data);
    }
    return L1T_OK;
}

static void add_settings(struct l1t_digest *digest, const struct rate_menu *m)
{
    for (size_t c = 0; c < m->menu->n_columns; c++)
        add_text(digest, "column", m->menu->column[c]);
    for (size_t i = 0; i < m->menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &m->menu->algorithm[i];
        add_text(digest, "name", a->name);
        add_text(digest, "group", a->group);
        add_numbers(digest, "masks", a->masked, a->veto, (double)a->n_closed);
        for (size_t c = 0; c < m->spec.n_columns; c++)
            add_numbers(digest, "factor", m->spec.factor[c][a->bit], 0, 0);
        for (size_t r = 0; r < a->n_closed; r++)
            add_numbers(digest, "closed", a->closed[r].first, a->closed[r].last, 0);
    }
}

static enum l1t_err make_digests(struct rate_menu *m, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    enum l1t_err err = digest != NULL ? L1T_OK : L1T_E_NOMEM;
    if (err == L1T_OK)
        add_scales(digest, m->menu);
    for (size_t i = 0; err == L1T_OK && i < m->menu->n; i++)
        err = add_algorithm(digest, &m->menu->algorithm[i]);
    if (err == L1T_OK) {
        l1t_digest_hex(digest, m->decides);
        add_settings(digest, m);
        l1t_digest_hex(digest, m->all);
    }
    l1t_digest_free(digest);
    return err == L1T_OK ? err : l1t_fail(diag, err, "out of memory");
}

enum l1t_err rate_menu_load(struct rate_menu *m, const char *path, struct l1t_diag *diag)
{
    memset(m, 0, sizeof *m);
    enum l1t_err err = l1t_gt_menu_load(path, &m->menu, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(m->menu, &m->code, diag);
    if (err != L1T_OK)
        return err;
    make_spec(m);
    look_at_code(m);
    err = make_masks(m, diag);
    if (err == L1T_OK)
        err = make_sets(m, diag);
    return err == L1T_OK ? make_digests(m, diag) : err;
}

void rate_menu_free(struct rate_menu *m)
{
    l1t_gt_code_free(m->code);
    l1t_gt_menu_free(m->menu);
    free(m->open);
    memset(m, 0, sizeof *m);
}
