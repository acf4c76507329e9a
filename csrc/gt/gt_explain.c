// SPDX-License-Identifier: GPL-3.0-or-later
// The decision tree of an algorithm: the expression as written on one side, its compiled
// conditions, which come in the same order from left to right, on the other.
#include "gt_explain.h"
#include "l1t/gt_text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LEAVES = 512, TEXT = 1000 };

struct leaf {
    const struct l1t_gt_expr *expr;
    const struct l1t_gt_condition *condition;
    bool fires;
};

struct tree {
    const struct l1t_gt_question *q;
    size_t n;
    struct leaf leaf[MAX_LEAVES];
};

// ---- expression and compiled conditions side by side ----

// NOLINTNEXTLINE(misc-no-recursion)
static void add_leaves(struct tree *t, const struct l1t_gt_expr *expr)
{
    if (expr->kind == L1T_GT_E_CONDITION) {
        if (t->n < MAX_LEAVES)
            t->leaf[t->n].expr = expr;
        t->n++;
        return;
    }
    for (size_t i = 0; i < expr->n_args; i++)
        add_leaves(t, expr->arg[i]);
}

static const struct l1t_gt_algorithm *compiled(const struct l1t_gt_question *q)
{
    for (size_t i = 0; i < q->code->n_algorithms; i++)
        if (q->code->algorithm[i].bit == q->algorithm->bit)
            return &q->code->algorithm[i];
    return NULL;
}

static bool make_tree(const struct l1t_gt_question *q, struct tree *t)
{
    const struct l1t_gt_algorithm *a = compiled(q);
    size_t n = 0;
    t->q = q;
    t->n = 0;
    if (a == NULL || q->algorithm->expr == NULL)
        return false;
    add_leaves(t, q->algorithm->expr);
    for (uint32_t i = 0; i < a->n_nodes && t->n <= MAX_LEAVES; i++) {
        const struct l1t_gt_node *node = &q->code->node[a->first_node + i];
        if (node->op != L1T_GT_OP_CONDITION || n == t->n)
            continue;
        t->leaf[n].condition = &q->code->condition[node->condition];
        t->leaf[n].fires = l1t_gt_condition_fires(q->code, t->leaf[n].condition, q->around);
        n++;
    }
    return n == t->n && n > 0;
}

// *leaf moves behind the leaves of the expression.
// NOLINTNEXTLINE(misc-no-recursion)
static bool value_of(const struct tree *t, const struct l1t_gt_expr *expr, size_t *leaf)
{
    if (expr->kind == L1T_GT_E_CONDITION)
        return t->leaf[(*leaf)++].fires;
    bool value = value_of(t, expr->arg[0], leaf);
    if (expr->kind == L1T_GT_E_NOT)
        return !value;
    for (size_t i = 1; i < expr->n_args; i++) {
        const bool more = value_of(t, expr->arg[i], leaf);
        value = expr->kind == L1T_GT_E_AND  ? value && more
                : expr->kind == L1T_GT_E_OR ? value || more
                                            : value != more;
    }
    return value;
}

// A condition as text of the grammar: the algorithm's own printer on this part of it.
static void condition_text(const struct tree *t, const struct leaf *leaf, char *text, size_t size)
{
    struct l1t_gt_algorithm_def part = *t->q->algorithm;
    part.expr = (struct l1t_gt_expr *)leaf->expr;
    char *whole = l1t_gt_expression_text(&part);
    text[0] = '\0';
    l1t_gt_append(text, size, "%s", whole != NULL ? whole : "(condition)");
    free(whole);
}

// ---- one condition ----

static bool has_legs(const struct l1t_gt_condition *c)
{
    return c->kind == L1T_GT_COMB || c->kind == L1T_GT_PAIR || c->kind == L1T_GT_TRIPLE;
}

static unsigned legs_of(const struct l1t_gt_condition *c)
{
    return c->n_legs + (c->overlap != L1T_GT_OVERLAP_NONE ? 1U : 0U);
}

static const struct l1t_gt_leg *leg_at(const struct tree *t, const struct l1t_gt_condition *c,
                                       unsigned k)
{
    return &t->q->code->leg[c->leg[k]];
}

static const struct l1t_gt_object *list_at(const struct tree *t, const struct l1t_gt_leg *leg)
{
    return &l1t_gt_at(t->q->around, leg->bx)->object[l1t_gt_first_slot[leg->type]];
}

static bool is_empty(const struct l1t_gt_object *object)
{
    return object->et == 0 && object->eta == 0 && object->phi == 0 && object->upt == 0 &&
           object->quality == 0 && object->charge == 0;
}

// "MU 0, MU 3" or, with their values, each on its own.
static void combination(const struct tree *t, const struct l1t_gt_trial *trial, bool values,
                        char *text, size_t size)
{
    for (unsigned k = 0; k < trial->n; k++) {
        char words[TEXT];
        const enum l1t_gt_type type = (enum l1t_gt_type)trial->pick[k].type;
        if (values)
            l1t_gt_object_words(t->q->menu, type, trial->pick[k].object, trial->place[k], words,
                                sizeof words);
        else
            (void)snprintf(words, sizeof words, "%s %u", l1t_gt_type_name(type), trial->place[k]);
        l1t_gt_append(text, size, "%s%s", k > 0 ? values ? "; " : ", " : "", words);
    }
}

// What is measured between each leg's object and the reference.
static void overlaps_of(const struct tree *t, const struct l1t_gt_condition *c,
                        const struct l1t_gt_trial *trial, char *text, size_t size)
{
    const struct l1t_gt_condition as_cuts = {.pair = c->overlap_pair, .cuts = c->overlap_cuts};
    for (unsigned k = 0; k < c->n_legs; k++)
        for (unsigned b = 0; b < L1T_GT_CUT_BITS; b++) {
            const struct l1t_gt_pick picks[2] = {trial->pick[k], trial->pick[c->n_legs]};
            char words[TEXT];
            if ((c->overlap_cuts.which >> b & 1) == 0)
                continue;
            l1t_gt_measure(t->q->code, &as_cuts, 1U << b, picks, 2, words, sizeof words);
            l1t_gt_append(text, size, "%s%s %u: %s", k > 0 ? "; " : " (",
                          l1t_gt_type_name((enum l1t_gt_type)picks[0].type), trial->place[k],
                          words);
        }
    l1t_gt_append(text, size, ")");
}

// Cuts of the best combination, those that fail only or all of them.
static void cuts_of(const struct tree *t, const struct l1t_gt_condition *c,
                    const struct l1t_gt_trials *trials, bool failing_only, char *text, size_t size)
{
    const struct l1t_gt_trial *best = &trials->best;
    const size_t n = c->n_legs == 1 ? best->n : c->n_legs;
    for (unsigned b = 0; b < L1T_GT_CUT_BITS; b++) {
        const uint32_t cut = trials->cuts & 1U << b;
        char words[TEXT];
        if (cut == 0 || (failing_only && (best->holds & cut) != 0))
            continue;
        l1t_gt_measure(t->q->code, c, cut, best->pick, n, words, sizeof words);
        l1t_gt_append(text, size, "; %s%s", (best->holds & cut) != 0 ? "" : "fails ", words);
        if (cut == L1T_GT_CUT_OVERLAP)
            overlaps_of(t, c, best, text, size);
    }
}

// The first leg that no object passes, or n.
static unsigned starved(const struct l1t_gt_trials *trials, unsigned n)
{
    unsigned k = 0;
    while (k < n && trials->passing[k] != 0)
        k++;
    return k;
}

static void why_starved(const struct tree *t, const struct l1t_gt_condition *c, unsigned k,
                        char *text, size_t size)
{
    const struct l1t_gt_leg *leg = leg_at(t, c, k);
    const struct l1t_gt_object *list = list_at(t, leg);
    char words[TEXT], failures[200];
    l1t_gt_leg_failures(leg, &list[0], 0, failures, sizeof failures);
    l1t_gt_object_words(t->q->menu, (enum l1t_gt_type)leg->type, &list[0], 0, words, sizeof words);
    if (k == c->n_legs)
        l1t_gt_append(text, size, "no reference object passes");
    else
        l1t_gt_append(text, size, "leg %u: no object passes", k + 1);
    if (is_empty(&list[0]))
        l1t_gt_append(text, size, ", the list begins with an empty slot");
    else
        l1t_gt_append(text, size, "; %s fails %s", words, failures);
}

static void why_condition(const struct tree *t, const struct l1t_gt_condition *c, char *text,
                          size_t size)
{
    struct l1t_gt_trials trials;
    if (!has_legs(c)) {
        l1t_gt_append(text, size, "%s",
                      c->kind == L1T_GT_UNSUPPORTED ? "a network, whose decision no menu holds"
                                                    : "is a signal of the file");
        return;
    }
    l1t_gt_try_all(t->q->code, c, t->q->around, &trials);
    const unsigned n = legs_of(c), k = starved(&trials, n);
    if (k < n) {
        why_starved(t, c, k, text, size);
    } else if (trials.n == 0) {
        l1t_gt_append(text, size, "every leg has objects, but not each one of its own");
    } else {
        if (trials.good == 0)
            l1t_gt_append(text, size, "none of %llu combinations; nearest ",
                          (unsigned long long)trials.n);
        combination(t, &trials.best, true, text, size);
        cuts_of(t, c, &trials, trials.good == 0, text, size);
    }
}

// ---- what decided ----

// Mark the leaves without which the value would not follow.
// NOLINTNEXTLINE(misc-no-recursion)
static void mark(const struct tree *t, const struct l1t_gt_expr *expr, size_t first, bool *matters)
{
    if (expr->kind == L1T_GT_E_CONDITION) {
        matters[first] = true;
        return;
    }
    size_t leaf = first, from[2] = {first, first};
    const bool value = value_of(t, expr, &leaf);
    // AND that is false, OR that is true: one argument is enough.
    const bool one = (expr->kind == L1T_GT_E_AND && !value) || (expr->kind == L1T_GT_E_OR && value);
    for (size_t i = 0; i < expr->n_args; i++) {
        const bool arg = value_of(t, expr->arg[i], &from[1]);
        if (!one || arg == value)
            mark(t, expr->arg[i], from[0], matters);
        if (one && arg == value)
            return;
        from[0] = from[1];
    }
}

const char *l1t_gt_why(const struct l1t_gt_question *question, char *text, size_t size)
{
    struct tree *t = calloc(1, sizeof *t);
    bool matters[MAX_LEAVES] = {false};
    text[0] = '\0';
    if (t == NULL || !make_tree(question, t)) {
        free(t);
        l1t_gt_append(text, size, "the expression cannot be taken apart");
        return text;
    }
    mark(t, question->algorithm->expr, 0, matters);
    for (size_t i = 0; i < t->n; i++) {
        char words[TEXT];
        if (!matters[i])
            continue;
        condition_text(t, &t->leaf[i], words, sizeof words);
        l1t_gt_append(text, size, "%s%s is %d: ", text[0] != '\0' ? " | " : "", words,
                      t->leaf[i].fires);
        why_condition(t, t->leaf[i].condition, text, size);
    }
    free(t);
    return text;
}

// ---- the whole tree ----

static void print_leg(FILE *out, const struct tree *t, size_t i_leaf, unsigned k, int indent)
{
    const struct l1t_gt_condition *c = t->leaf[i_leaf].condition;
    const struct l1t_gt_expr *expr = t->leaf[i_leaf].expr;
    char asked[TEXT] = "", integers[TEXT];
    const struct l1t_gt_leg *leg = leg_at(t, c, k);
    const struct l1t_gt_object *list = list_at(t, leg);
    unsigned passing = 0, empty = 0;
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++) {
        passing += l1t_gt_leg_passes(leg, &list[i], i);
        empty += is_empty(&list[i]);
    }
    if (k < expr->n_objects)
        l1t_gt_object_text(t->q->algorithm, &expr->object[k], asked, sizeof asked);
    if (k == c->n_legs)
        fprintf(out, "%*sreference: ", indent, "");
    else
        fprintf(out, "%*sleg %u: ", indent, "", k + 1);
    fprintf(out, "%s (%s)\n", asked, l1t_gt_leg_text(leg, integers, sizeof integers));
    fprintf(out, "%*s%u of %u %s pass", indent + 2, "", passing,
            (unsigned)l1t_gt_type_slots[leg->type], l1t_gt_type_name((enum l1t_gt_type)leg->type));
    if (leg->bx != 0)
        fprintf(out, ", crossing %+d", leg->bx);
    fprintf(out, empty > 0 ? "; %u slots empty\n" : "\n", empty);
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++) {
        char words[TEXT], failures[200];
        if (is_empty(&list[i]))
            continue;
        l1t_gt_leg_failures(leg, &list[i], i, failures, sizeof failures);
        l1t_gt_object_words(t->q->menu, (enum l1t_gt_type)leg->type, &list[i], i, words,
                            sizeof words);
        fprintf(out, "%*s%s: %s%s\n", indent + 2, "", words,
                failures[0] != '\0' ? "fails " : "passes", failures);
    }
}

static void print_trials(FILE *out, const struct tree *t, const struct l1t_gt_condition *c,
                         int indent)
{
    struct l1t_gt_trials trials;
    l1t_gt_try_all(t->q->code, c, t->q->around, &trials);
    if (legs_of(c) < 2)
        return;
    fprintf(out, "%*s%s%llu combinations of objects that pass, %llu good\n", indent, "",
            trials.complete ? "" : "first ", (unsigned long long)trials.n,
            (unsigned long long)trials.good);
    for (unsigned b = 0; b < L1T_GT_CUT_BITS && trials.n > 0; b++)
        if ((trials.cuts >> b & 1) != 0)
            fprintf(out, "%*s%s: holds for %llu\n", indent + 2, "", l1t_gt_cut_name(1U << b),
                    (unsigned long long)trials.with[b]);
    if (trials.n == 0)
        return;
    char text[4 * TEXT] = "";
    combination(t, &trials.best, false, text, sizeof text);
    cuts_of(t, c, &trials, false, text, sizeof text);
    fprintf(out, "%*s%s: %s\n", indent, "", trials.good > 0 ? "decides" : "nearest", text);
}

static void print_leaf(FILE *out, const struct tree *t, size_t i, int indent)
{
    const struct l1t_gt_condition *c = t->leaf[i].condition;
    char text[4 * TEXT];
    condition_text(t, &t->leaf[i], text, sizeof text);
    fprintf(out, "%*s%s: %d\n", indent, "", text, t->leaf[i].fires);
    if (c->kind == L1T_GT_EXTERNAL)
        fprintf(out, "%*sexternal signal, channel %u, crossing %+d\n", indent + 2, "",
                (unsigned)c->channel, c->bx);
    else if (c->kind == L1T_GT_UNSUPPORTED)
        fprintf(out, "%*sa network, whose decision no menu holds: never true here\n", indent + 2,
                "");
    for (unsigned k = 0; has_legs(c) && k < legs_of(c); k++)
        print_leg(out, t, i, k, indent + 2);
    if (has_legs(c))
        print_trials(out, t, c, indent + 2);
}

// NOLINTNEXTLINE(misc-no-recursion)
static void print_expr(FILE *out, const struct tree *t, const struct l1t_gt_expr *expr,
                       size_t *leaf, int indent)
{
    static const char *const names[] = {[L1T_GT_E_CONDITION] = "",
                                        [L1T_GT_E_NOT] = "NOT",
                                        [L1T_GT_E_AND] = "AND",
                                        [L1T_GT_E_OR] = "OR",
                                        [L1T_GT_E_XOR] = "XOR"};
    if (expr->kind == L1T_GT_E_CONDITION) {
        print_leaf(out, t, (*leaf)++, indent);
        return;
    }
    size_t peek = *leaf;
    fprintf(out, "%*s%s: %d\n", indent, "", names[expr->kind], value_of(t, expr, &peek));
    for (size_t i = 0; i < expr->n_args; i++)
        print_expr(out, t, expr->arg[i], leaf, indent + 2);
}

enum l1t_err l1t_gt_explain(FILE *out, const struct l1t_gt_question *question, bool *fires,
                            struct l1t_diag *diag)
{
    struct tree *t = calloc(1, sizeof *t);
    size_t leaf = 0;
    if (t == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (!make_tree(question, t)) {
        free(t);
        return l1t_fail(diag, L1T_E_INPUT, "%s: an expression of more than %d conditions",
                        question->algorithm->name, MAX_LEAVES);
    }
    *fires = value_of(t, question->algorithm->expr, &leaf);
    fprintf(out, "%s (bit %u): %d\n", question->algorithm->name, question->algorithm->bit, *fires);
    leaf = 0;
    print_expr(out, t, question->algorithm->expr, &leaf, 2);
    free(t);
    return L1T_OK;
}
