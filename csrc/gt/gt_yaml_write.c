// SPDX-License-Identifier: GPL-3.0-or-later
// A menu as YAML that reads back as the same menu: numbers have as many digits as they need.
#include "gt_yaml_parts.h"
#include "l1t/gt_yaml.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    FILE *out;
    const struct l1t_gt_menu *menu;
    size_t n_shared;
    const struct l1t_gt_cut_def **shared; /* cuts of the menu: by name, each name once */
};

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

static void put_number(FILE *out, double value)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (same(strtod(text, NULL), value))
            break;
    }
    fputs(text, out);
}

// Text as a value or key: plain when YAML takes it for the same text, else in quotes.
static void put_text(FILE *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-.+/()=<> ";
    const size_t n = strlen(text);
    const bool simple = n > 0 && (isalpha((unsigned char)text[0]) || text[0] == '_') &&
                        text[n - 1] != ' ' && text[strspn(text, plain)] == '\0' &&
                        strcmp(text, "null") != 0 && strcmp(text, "true") != 0 &&
                        strcmp(text, "false") != 0;
    if (simple) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20 || *c == 0x7f)
            fprintf(out, "\\x%02x", (unsigned char)*c);
        else
            putc(*c, out);
    }
    putc('"', out);
}

// ---- cuts ----

static bool codes_are_plain(const char *data, unsigned codes)
{
    unsigned long seen = 0;
    const char *c = data;
    while (isdigit((unsigned char)*c)) {
        char *end;
        const unsigned long code = strtoul(c, &end, 10);
        if ((c[0] == '0' && end != c + 1) || code >= codes || (seen & 1ul << code) ||
            (*end == ',' && !isdigit((unsigned char)end[1])))
            return false;
        seen |= 1ul << code;
        c = end + (*end == ',');
    }
    return *data != '\0' && *c == '\0';
}

static bool word_is_known(const char *const *words, const char *data)
{
    for (; words != NULL && *words != NULL; words++)
        if (strcmp(*words, data) == 0)
            return true;
    return words == NULL && *data != '\0';
}

// Can the value stand behind the name alone, and read back as the same cut?
static bool is_short(const struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    char object[24];
    enum l1t_gt_cut_type type;
    const bool between = *kind->objects == '\0'; // old grammars wrote a function's name there
    if (!l1t_gt_cut_name_says(cut->name, object, &type) || type != cut->type ||
        (!between && strcmp(object, cut->object) != 0))
        return false;
    const bool no_limits = same(cut->minimum, 0) && same(cut->maximum, 0);
    switch (kind->shape) {
    case L1T_GT_SHAPE_CODES:
        return no_limits && codes_are_plain(cut->data, kind->codes);
    case L1T_GT_SHAPE_WORD:
        return no_limits && word_is_known(kind->words, cut->data);
    case L1T_GT_SHAPE_WINDOW:
        return *cut->data == '\0' && (cut->minimum <= cut->maximum || cut->type == L1T_GT_C_ETA ||
                                      cut->type == L1T_GT_C_PHI);
    default:
        return *cut->data == '\0';
    }
}

static void put_long(FILE *out, const struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    fputs("{", out);
    if (*kind->objects != '\0') {
        fputs("object: ", out);
        put_text(out, cut->object);
        fputs(", ", out);
    }
    fprintf(out, "type: %s, min: ", kind->name);
    put_number(out, cut->minimum);
    fputs(", max: ", out);
    put_number(out, cut->maximum);
    if (*cut->data != '\0') {
        fputs(", data: \"", out);
        fputs(cut->data, out); // codes and words, checked when it was read
        putc('"', out);
    }
    fputs("}", out);
}

static void put_cut(FILE *out, const struct l1t_gt_cut_def *cut, const char *indent)
{
    const enum l1t_gt_cut_shape shape = l1t_gt_cut_kinds[cut->type].shape;
    fputs(indent, out);
    put_text(out, cut->name);
    fputs(": ", out);
    if (!is_short(cut)) {
        put_long(out, cut);
    } else if (shape == L1T_GT_SHAPE_CODES) {
        putc('[', out);
        for (const char *c = cut->data; *c != '\0'; c++)
            fputs(*c == ',' ? ", " : (const char[2]){*c, '\0'}, out);
        putc(']', out);
    } else if (shape == L1T_GT_SHAPE_WORD) {
        if (isdigit((unsigned char)cut->data[0]) && cut->data[1] == '\0')
            fputs(cut->data, out);
        else
            put_text(out, cut->data);
    } else if (shape == L1T_GT_SHAPE_MINIMUM && same(cut->maximum, 0)) {
        put_number(out, cut->minimum);
    } else {
        putc('[', out);
        put_number(out, cut->minimum);
        fputs(", ", out);
        put_number(out, cut->maximum);
        putc(']', out);
    }
    putc('\n', out);
}

static bool same_cut(const struct l1t_gt_cut_def *a, const struct l1t_gt_cut_def *b)
{
    return a->type == b->type && same(a->minimum, b->minimum) && same(a->maximum, b->maximum) &&
           strcmp(a->data, b->data) == 0 &&
           (*l1t_gt_cut_kinds[a->type].objects == '\0' || strcmp(a->object, b->object) == 0);
}

struct named_cut {
    const struct l1t_gt_cut_def *cut;
    size_t algorithm;
};

static int by_name_then_order(const void *x, const void *y)
{
    const struct named_cut *a = x, *b = y;
    const int order = strcmp(a->cut->name, b->cut->name);
    return order != 0 ? order : (a->algorithm > b->algorithm) - (a->algorithm < b->algorithm);
}

// The first definition of every name, by name.
static bool find_shared(struct writer *w)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < w->menu->n; i++)
        n += w->menu->algorithm[i].n_cuts;
    struct named_cut *all = malloc((n + 1) * sizeof *all);
    w->shared = malloc((n + 1) * sizeof *w->shared);
    if (all == NULL || w->shared == NULL) {
        free(all);
        return false;
    }
    for (size_t i = 0; i < w->menu->n; i++)
        for (size_t j = 0; j < w->menu->algorithm[i].n_cuts; j++)
            all[k++] = (struct named_cut){&w->menu->algorithm[i].cut[j], i};
    qsort(all, n, sizeof *all, by_name_then_order);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(all[i].cut->name, all[i - 1].cut->name) != 0)
            w->shared[w->n_shared++] = all[i].cut;
    free(all);
    return true;
}

static const struct l1t_gt_cut_def *shared_cut(const struct writer *w, const char *name)
{
    size_t low = 0, high = w->n_shared;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(w->shared[middle]->name, name);
        if (order == 0)
            return w->shared[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

// ---- scales ----

static bool bins_follow(const struct l1t_gt_scale *scale)
{
    struct l1t_gt_scale plain = *scale;
    const bool has_sign = strcmp(scale->type, "ETA") == 0;
    plain.n_bins = 0;
    plain.bin = NULL;
    size_t n = 0;
    for (int code = has_sign ? -(1 << (scale->n_bits - 1)) : 0; code < 1 << scale->n_bits; code++) {
        double low, high;
        n += l1t_gt_range_of(&plain, code, &low, &high);
    }
    for (size_t i = 0; i < scale->n_bins; i++) {
        const struct l1t_gt_bin *bin = &scale->bin[i];
        double low, high;
        const bool negative = has_sign && bin->number >> (scale->n_bits - 1) == 1;
        const int code = (int)bin->number - (negative ? 1 << scale->n_bits : 0);
        if (!l1t_gt_range_of(&plain, code, &low, &high) || fabs(low - bin->minimum) > 1e-9 ||
            fabs(high - bin->maximum) > 1e-9)
            return false;
    }
    return n == scale->n_bins;
}

static void put_scale(FILE *out, const struct l1t_gt_scale *scale, const char *indent)
{
    fprintf(out, "%s    %s: {bits: %u, step: ", indent, scale->type, scale->n_bits);
    put_number(out, scale->step);
    fputs(", range: [", out);
    put_number(out, scale->minimum);
    fputs(", ", out);
    put_number(out, scale->maximum);
    fputs("]", out);
    if (scale->n_bins > 0 && !bins_follow(scale)) {
        fprintf(out, ",\n%s      bins: [", indent);
        for (size_t i = 0; i < scale->n_bins; i++) {
            fprintf(out, "%s[%u, ",
                    i == 0       ? ""
                    : i % 4 == 0 ? ",\n             "
                                 : ", ",
                    (unsigned)scale->bin[i].number);
            put_number(out, scale->bin[i].minimum);
            fputs(", ", out);
            put_number(out, scale->bin[i].maximum);
            putc(']', out);
        }
        putc(']', out);
    }
    fputs("}\n", out);
}

static bool is_precision(const struct l1t_gt_scale *scale)
{
    return strcmp(scale->object, "PRECISION") == 0;
}

// "EG-MU" of "EG-MU-Mass": how many characters, or 0.
static size_t pair_length(const struct l1t_gt_scale *scale)
{
    const char *dash = strrchr(scale->type, '-');
    return dash != NULL ? (size_t)(dash - scale->type) : 0;
}

// Scales of one object, or digits of one pair, stand together, in the order of their first.
static bool same_group(const struct l1t_gt_scale *a, const struct l1t_gt_scale *b)
{
    if (is_precision(a) != is_precision(b))
        return false;
    return is_precision(a)
               ? pair_length(a) == pair_length(b) && strncmp(a->type, b->type, pair_length(a)) == 0
               : strcmp(a->object, b->object) == 0;
}

static void put_group(FILE *out, const struct l1t_gt_scales *scales, size_t first,
                      const char *indent)
{
    const struct l1t_gt_scale *head = &scales->scale[first];
    size_t n = 0;
    for (size_t i = 0; i < first; i++)
        if (same_group(&scales->scale[i], head))
            return;
    if (is_precision(head))
        fprintf(out, "%s  %.*s: {", indent, (int)pair_length(head), head->type);
    else
        fprintf(out, "%s  %s:\n", indent, head->object);
    for (size_t i = first; i < scales->n; i++) {
        const struct l1t_gt_scale *scale = &scales->scale[i];
        if (!same_group(scale, head))
            continue;
        if (is_precision(head)) {
            if (n > 0)
                fputs(n % 6 == 0 ? "," : ", ", out);
            if (n > 0 && n % 6 == 0) // under the first
                fprintf(out, "\n%*s", (int)(strlen(indent) + pair_length(head) + 5), "");
            fprintf(out, "%s: %u", scale->type + pair_length(scale) + 1, scale->n_bits);
        } else
            put_scale(out, scale, indent);
        n++;
    }
    if (is_precision(head))
        fputs("}\n", out);
}

static void put_scales(FILE *out, const struct l1t_gt_scales *scales, const char *indent)
{
    fprintf(out, "%sscales: ", indent);
    put_text(out, scales->name[0] != '\0' ? scales->name : "unnamed");
    fprintf(out, "\n%sobjects:\n", indent);
    for (size_t i = 0; i < scales->n; i++)
        if (!is_precision(&scales->scale[i]))
            put_group(out, scales, i, indent);
    fprintf(out, "%sprecision:", indent);
    bool any = false;
    for (size_t i = 0; i < scales->n; i++)
        if (is_precision(&scales->scale[i]) && pair_length(&scales->scale[i]) > 0) {
            fputs(any ? "" : "\n", out);
            put_group(out, scales, i, indent);
            any = true;
        }
    fputs(any ? "" : " {}\n", out);
}

static bool same_scale(const struct l1t_gt_scale *a, const struct l1t_gt_scale *b)
{
    return strcmp(a->object, b->object) == 0 && strcmp(a->type, b->type) == 0 &&
           a->n_bits == b->n_bits && same(a->minimum, b->minimum) && same(a->maximum, b->maximum) &&
           same(a->step, b->step) && (a->n_bins == 0 || bins_follow(a)) &&
           (b->n_bins == 0 || bins_follow(b));
}

static bool scales_are_default(const struct l1t_gt_scales *scales)
{
    struct l1t_gt_scales cms;
    bool good = l1t_gt_scales_default(&cms, NULL) == L1T_OK;
    if (!good)
        return false;
    good = cms.n == scales->n && strcmp(cms.name, scales->name) == 0;
    for (size_t i = 0; good && i < cms.n; i++)
        good = same_scale(&cms.scale[i], &scales->scale[i]);
    l1t_gt_scales_free(&cms);
    return good;
}

// ---- algorithms ----

static bool one_prescale(const struct writer *w, const struct l1t_gt_algorithm_def *a)
{
    for (size_t i = 1; i < w->menu->n_columns; i++)
        if (!same(a->prescale[i], a->prescale[0]))
            return false;
    return true;
}

static void put_prescale(const struct writer *w, const struct l1t_gt_algorithm_def *a)
{
    if (w->menu->n_columns == 0 || (one_prescale(w, a) && same(a->prescale[0], 1)))
        return;
    fputs("    prescale: ", w->out);
    if (one_prescale(w, a)) {
        put_number(w->out, a->prescale[0]);
    } else {
        for (size_t i = 0; i < w->menu->n_columns; i++) {
            fputs(i == 0 ? "{" : ", ", w->out);
            put_text(w->out, w->menu->column[i]);
            fputs(": ", w->out);
            put_number(w->out, a->prescale[i]);
        }
        putc('}', w->out);
    }
    putc('\n', w->out);
}

static void put_labels(const struct writer *w, const char *labels)
{
    if (*labels == '\0')
        return;
    fputs("    labels: [", w->out);
    for (const char *c = labels; *c != '\0';) {
        char word[128];
        const size_t n = strcspn(c, ",");
        (void)snprintf(word, sizeof word, "%.*s", (int)n, c);
        put_text(w->out, word);
        c += n + (c[n] == ',');
        fputs(*c != '\0' ? ", " : "]\n", w->out);
    }
}

static void put_closed(const struct writer *w, const struct l1t_gt_algorithm_def *a)
{
    for (size_t i = 0; i < a->n_closed; i++) {
        fputs(i == 0 ? "    closed: [" : ", ", w->out);
        if (a->closed[i].first == a->closed[i].last)
            fprintf(w->out, "%u", a->closed[i].first);
        else
            fprintf(w->out, "[%u, %u]", a->closed[i].first, a->closed[i].last);
    }
    fputs(a->n_closed > 0 ? "]\n" : "", w->out);
}

static bool has_network(const struct l1t_gt_expr *expr)
{
    for (size_t i = 0; i < expr->n_args; i++)
        if (has_network(expr->arg[i]))
            return true;
    return expr->kind == L1T_GT_E_CONDITION && expr->function == L1T_GT_F_NETWORK;
}

static void put_own_cuts(const struct writer *w, const struct l1t_gt_algorithm_def *a)
{
    bool any = false;
    for (size_t i = 0; i < a->n_cuts; i++) {
        const struct l1t_gt_cut_def *shared = shared_cut(w, a->cut[i].name);
        if (shared != NULL && same_cut(shared, &a->cut[i]))
            continue;
        fputs(any ? "" : "    cuts: # others of these names are above\n", w->out);
        put_cut(w->out, &a->cut[i], "      ");
        any = true;
    }
}

static bool put_algorithm(const struct writer *w, const struct l1t_gt_algorithm_def *a)
{
    char *text = l1t_gt_expression_text(a);
    if (text == NULL)
        return false;
    fputs("  ", w->out);
    put_text(w->out, a->name);
    fprintf(w->out, ":\n    bit: %u\n", a->bit);
    if (a->group != NULL && *a->group != '\0') {
        fputs("    group: ", w->out);
        put_text(w->out, a->group);
        putc('\n', w->out);
    }
    put_labels(w, a->labels != NULL ? a->labels : "");
    if (a->comment != NULL && *a->comment != '\0') {
        fputs("    comment: ", w->out);
        put_text(w->out, a->comment);
        putc('\n', w->out);
    }
    if (a->module_id != 0)
        fprintf(w->out, "    module: %u\n", a->module_id);
    put_prescale(w, a);
    fputs(a->masked ? "    masked: true\n" : "", w->out);
    fputs(a->veto ? "    veto: true\n" : "", w->out);
    put_closed(w, a);
    put_own_cuts(w, a);
    if (a->expr != NULL && has_network(a->expr))
        fputs("    # a neural network: kept, not evaluated\n", w->out);
    fprintf(w->out, "    expression: \"%s\"\n", text);
    free(text);
    return true;
}

// ---- the file ----

static void put_head(const struct writer *w)
{
    const struct l1t_gt_menu *menu = w->menu;
    fputs("menu: ", w->out);
    put_text(w->out, menu->name != NULL && *menu->name != '\0' ? menu->name : "unnamed");
    putc('\n', w->out);
    if (menu->comment != NULL && *menu->comment != '\0') {
        fputs("comment: ", w->out);
        put_text(w->out, menu->comment);
        putc('\n', w->out);
    }
    if (menu->grammar != NULL && *menu->grammar != '\0')
        fprintf(w->out, "grammar: \"%s\"\n", menu->grammar);
    if (menu->overlap != L1T_GT_OVERLAP_NONE)
        fprintf(w->out, "overlap: %s\n", menu->overlap == L1T_GT_OVERLAP_ALL ? "all" : "exists");
    if (menu->n_columns > 1 || (menu->n_columns == 1 && strcmp(menu->column[0], "default") != 0)) {
        for (size_t i = 0; i < menu->n_columns; i++) {
            fputs(i == 0 ? "columns: [" : ", ", w->out);
            put_text(w->out, menu->column[i]);
        }
        fputs("]\n", w->out);
    }
    if (!scales_are_default(&menu->scales)) {
        fputs("scales:\n", w->out);
        put_scales(w->out, &menu->scales, "  ");
    }
}

static void put_externals(const struct writer *w)
{
    if (w->menu->n_externals > 0)
        fputs("externals:\n", w->out);
    for (size_t i = 0; i < w->menu->n_externals; i++) {
        const struct l1t_gt_external *e = &w->menu->external[i];
        fputs("  ", w->out);
        put_text(w->out, e->name);
        if (e->system == NULL || *e->system == '\0') {
            fprintf(w->out, ": %u\n", e->channel);
            continue;
        }
        fputs(": {system: ", w->out);
        put_text(w->out, e->system);
        fprintf(w->out, ", channel: %u}\n", e->channel);
    }
}

enum l1t_err l1t_gt_menu_write_yaml(const struct l1t_gt_menu *menu, FILE *out,
                                    struct l1t_diag *diag)
{
    struct writer w = {.out = out, .menu = menu};
    bool good = find_shared(&w);
    if (good) {
        put_head(&w);
        put_externals(&w);
    }
    for (size_t i = 0; i < w.n_shared; i++) {
        fputs(i == 0 ? "cuts:\n" : "", out);
        put_cut(out, w.shared[i], "  ");
    }
    fputs("algorithms:\n", out);
    for (size_t i = 0; good && i < menu->n; i++)
        good = put_algorithm(&w, &menu->algorithm[i]);
    free(w.shared);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", menu->path);
}

void l1t_gt_scales_write_yaml(const struct l1t_gt_scales *scales, FILE *out)
{
    put_scales(out, scales, "");
}
