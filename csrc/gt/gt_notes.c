// SPDX-License-Identifier: GPL-3.0-or-later
// Limits that lie inside a bin of the hardware: which bin, and what the limit acts as. Lower limits
// act as the lower edge of their bin, upper limits as the upper edge.
#include "l1t/gt_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct notes {
    struct l1t_gt_note *note;
    size_t n;
    bool failed;
};

static void add(struct notes *to, struct l1t_gt_place place, const char *what,
                const struct l1t_gt_scale *scale, double value, enum l1t_gt_edge edge)
{
    bool on_edge = true;
    int code = 0;
    double low = 0, high = 0;
    if (to->failed || !l1t_gt_code_of(scale, value, edge, &code, &on_edge) || on_edge ||
        !l1t_gt_range_of(scale, code, &low, &high))
        return;
    struct l1t_gt_note *more = realloc(to->note, (to->n + 1) * sizeof *more);
    if (more == NULL) {
        to->failed = true;
        return;
    }
    to->note = more;
    struct l1t_gt_note *note = &to->note[to->n++];
    *note =
        (struct l1t_gt_note){place, "", value, code, low, high, edge == L1T_GT_LOW ? low : high};
    (void)snprintf(note->what, sizeof note->what, "%s", what);
}

static void of_object(struct notes *to, const struct l1t_gt_menu *menu,
                      const struct l1t_gt_algorithm_def *a, const struct l1t_gt_expr *expr,
                      const struct l1t_gt_object_def *object)
{
    const char *type = strcmp(object->type, "NETETMHF") == 0 ? "HTM" : object->type;
    const struct l1t_gt_scale *scale = l1t_gt_scale_find(&menu->scales, type, "ET");
    char what[160];
    if (scale == NULL)
        return;
    (void)snprintf(what, sizeof what, "%.80s: %s", a->name, object->type);
    add(to, expr->place, what, scale, object->threshold, L1T_GT_LOW);
}

static void of_cut(struct notes *to, const struct l1t_gt_menu *menu,
                   const struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_scale *scale;
    // indices, places and codes are whole numbers; phi wraps, and its limits are angles
    if (cut->type != L1T_GT_C_ETA && cut->type != L1T_GT_C_UPT)
        return;
    scale = l1t_gt_scale_find(&menu->scales, cut->object, l1t_gt_cut_type_name(cut->type));
    if (scale == NULL)
        return;
    // of |eta| <= x the upper limit tells all
    if (cut->type != L1T_GT_C_ETA || cut->minimum < -cut->maximum || cut->minimum > -cut->maximum)
        add(to, cut->place, cut->name, scale, cut->minimum, L1T_GT_LOW);
    add(to, cut->place, cut->name, scale, cut->maximum, L1T_GT_HIGH);
}

// Has an earlier algorithm, or this one, a cut of the same name and limits?
static bool seen_before(const struct l1t_gt_menu *menu, size_t algorithm, size_t cut)
{
    const struct l1t_gt_cut_def *c = &menu->algorithm[algorithm].cut[cut];
    for (size_t i = 0; i <= algorithm; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        for (size_t k = 0; k < (i == algorithm ? cut : a->n_cuts); k++)
            if (strcmp(a->cut[k].name, c->name) == 0 && !(a->cut[k].minimum < c->minimum) &&
                !(a->cut[k].minimum > c->minimum) && !(a->cut[k].maximum < c->maximum) &&
                !(a->cut[k].maximum > c->maximum))
                return true;
    }
    return false;
}

enum l1t_err l1t_gt_notes(const struct l1t_gt_menu *menu, struct l1t_gt_note **notes, size_t *n,
                          struct l1t_diag *diag)
{
    enum { MAX_LEAVES = 256 };
    struct notes to = {NULL, 0, false};
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        const struct l1t_gt_expr *leaf[MAX_LEAVES];
        const size_t leaves = l1t_gt_leaves(a->expr, leaf, MAX_LEAVES);
        for (size_t k = 0; k < leaves; k++)
            for (size_t o = 0; o < leaf[k]->n_objects; o++)
                of_object(&to, menu, a, leaf[k], &leaf[k]->object[o]);
        for (size_t k = 0; k < a->n_cuts; k++)
            if (!seen_before(menu, i, k))
                of_cut(&to, menu, &a->cut[k]);
    }
    *notes = to.note;
    *n = to.n;
    if (!to.failed)
        return L1T_OK;
    free(to.note);
    *notes = NULL;
    return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", menu->path);
}
