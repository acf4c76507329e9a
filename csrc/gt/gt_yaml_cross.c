// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts between legs, a closed grammar of one line each:
//
//     deltaR(a, b) < 1.4              a.deltaR(b) < 1.4      deltaEta, deltaPhi the same
//     mass(a, b) in 7..18 GeV         mass(a, b, c) < 12 GeV
//     transverseMass(a, b) > 40 GeV   massUpt(a, b) > 4 GeV  massOverDeltaR(a, b) > 1.6 GeV
//     pt(a, b) > 10 GeV               of the pair
//     opposite sign   same sign       or: opposite sign(a, b)
//     no overlap with c in deltaR < 0.2
#include "gt_yaml_parts.h"
#include "yaml_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct quantity {
    const char *name;
    enum l1t_gt_cut_type type;
    bool transverse, energy;
    size_t most_legs;
};

static const struct quantity quantities[] = {
    {"deltaR", L1T_GT_C_DR, false, false, 2},
    {"deltaEta", L1T_GT_C_DETA, false, false, 2},
    {"deltaPhi", L1T_GT_C_DPHI, false, false, 2},
    {"mass", L1T_GT_C_MASS, false, true, 3},
    {"transverseMass", L1T_GT_C_MASS, true, true, 2},
    {"massUpt", L1T_GT_C_MASSUPT, false, true, 2},
    {"massOverDeltaR", L1T_GT_C_MASSDR, false, true, 2},
    {"pt", L1T_GT_C_TBPT, false, true, 2},
};
enum { N_QUANTITIES = sizeof quantities / sizeof quantities[0], MAX_WORD = 40 };

struct parser {
    const struct l1t_gt_reader *r;
    const struct l1t_node *line;
    const char *text, *at;
    const char *const *leg;
    size_t n_legs;
};

static void skip_blanks(struct parser *p)
{
    p->at += strspn(p->at, " ");
}

static enum l1t_err expected(const struct parser *p, const char *what)
{
    return l1t_gt_yaml_fail_at(p->r, p->line, (size_t)(p->at - p->text), "'%.40s': expected %s",
                               p->at, what);
}

static bool take(struct parser *p, const char *token)
{
    const size_t n = strlen(token);
    skip_blanks(p);
    if (strncmp(p->at, token, n) != 0)
        return false;
    if (isalnum((unsigned char)token[n - 1]) &&
        (isalnum((unsigned char)p->at[n]) || p->at[n] == '_'))
        return false;
    p->at += n;
    return true;
}

// A word of letters, digits and underscores; empty when there is none. Not taken.
static size_t look_word(struct parser *p, char word[MAX_WORD])
{
    size_t n = 0;
    skip_blanks(p);
    while (isalnum((unsigned char)p->at[n]) || p->at[n] == '_')
        n++;
    (void)snprintf(word, MAX_WORD, "%.*s", (int)n, p->at);
    return n;
}

static enum l1t_err unknown(const struct parser *p, const char *what, const char *word,
                            const char *const *names, size_t n)
{
    char list[200] = "", hint[80] = "";
    for (size_t i = 0; i < n; i++) {
        const size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *nearest = l1t_nearest(word, names, n);
    if (nearest != NULL)
        (void)snprintf(hint, sizeof hint, "; did you mean '%s'?", nearest);
    return l1t_gt_yaml_fail_at(p->r, p->line, (size_t)(p->at - p->text),
                               "'%s' is no %s%s (allowed: %s)", word, what, hint, list);
}

static enum l1t_err take_leg(struct parser *p, size_t *leg)
{
    char word[MAX_WORD];
    const size_t n = look_word(p, word);
    if (n == 0)
        return expected(p, "the name of a leg");
    for (size_t i = 0; i < p->n_legs; i++)
        if (strcmp(p->leg[i], word) == 0) {
            *leg = i;
            p->at += n;
            return L1T_OK;
        }
    return unknown(p, "leg of this algorithm", word, p->leg, p->n_legs);
}

static enum l1t_err take_number(struct parser *p, double *value)
{
    char digits[40];
    size_t n = 0;
    skip_blanks(p);
    // a point belongs to the number when a digit follows: 7..18 are two numbers
    while (n + 1 < sizeof digits && (isdigit((unsigned char)p->at[n]) ||
                                     (p->at[n] == '.' && isdigit((unsigned char)p->at[n + 1]))))
        n++;
    if (n == 0 || n + 1 == sizeof digits)
        return expected(p, "a number like 1.4");
    memcpy(digits, p->at, n);
    digits[n] = '\0';
    char *end;
    *value = strtod(digits, &end);
    if (*end != '\0')
        return expected(p, "a number like 1.4");
    p->at += n;
    return L1T_OK;
}

static enum l1t_err take_unit(struct parser *p, bool energy, double *scale)
{
    *scale = 1;
    if (!energy)
        return L1T_OK;
    if (take(p, "GeV"))
        return L1T_OK;
    if (take(p, "TeV")) {
        *scale = 1000;
        return L1T_OK;
    }
    return expected(p, "the unit, GeV or TeV");
}

static enum l1t_err take_limits(struct parser *p, bool energy, struct l1t_gt_cross *c)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[c->type];
    const bool minimum_only = kind->shape == L1T_GT_SHAPE_MINIMUM;
    double low = kind->least, high = kind->most, scale;
    bool has_low = true, has_high = true;
    enum l1t_err err;
    if (take(p, "<=") || take(p, "<")) {
        has_low = false;
        err = take_number(p, &high);
    } else if (take(p, ">=") || take(p, ">")) {
        has_high = false;
        err = take_number(p, &low);
    } else if (take(p, "in")) {
        err = take_number(p, &low);
        if (err == L1T_OK && !take(p, ".."))
            err = expected(p, "'..' and the upper limit, like 7..18");
        if (err == L1T_OK)
            err = take_number(p, &high);
    } else {
        return expected(p, "'<', '>' or 'in', like: < 1.4, > 7 GeV, in 7..18 GeV");
    }
    if (err == L1T_OK)
        err = take_unit(p, energy, &scale);
    if (err != L1T_OK)
        return err;
    c->minimum = has_low ? low * scale : low;
    c->maximum = has_high ? high * scale : high;
    if (minimum_only && has_high)
        return l1t_gt_yaml_fail_at(p->r, p->line, 0,
                                   "this quantity has a lower limit only; expected '>'");
    if (!minimum_only && c->minimum > c->maximum)
        return l1t_gt_yaml_fail_at(p->r, p->line, 0, "%.15g is above %.15g; expected low..high",
                                   c->minimum, c->maximum);
    return L1T_OK;
}

static enum l1t_err take_legs(struct parser *p, size_t most, struct l1t_gt_cross *c)
{
    do {
        if (c->n_legs == most)
            return expected(p, most == 2 ? "')' after two legs" : "')' after three legs");
        const enum l1t_err err = take_leg(p, &c->leg[c->n_legs]);
        if (err != L1T_OK)
            return err;
        for (size_t i = 0; i < c->n_legs; i++)
            if (c->leg[i] == c->leg[c->n_legs])
                return l1t_gt_yaml_fail_at(p->r, p->line, (size_t)(p->at - p->text),
                                           "a leg with itself; expected different legs");
        c->n_legs++;
    } while (take(p, ","));
    if (!take(p, ")"))
        return expected(p, "',' or ')'");
    return L1T_OK;
}

static enum l1t_err parse_sign(struct parser *p, bool opposite, struct l1t_gt_cross *c)
{
    c->kind = L1T_GT_CROSS_SIGN;
    c->type = L1T_GT_C_CHGCOR;
    c->opposite = opposite;
    if (!take(p, "sign"))
        return expected(p, "'sign'");
    if (!take(p, "("))
        return L1T_OK;
    const enum l1t_err err = take_legs(p, 4, c);
    if (err == L1T_OK && c->n_legs < 2)
        return l1t_gt_yaml_fail_at(p->r, p->line, 0, "the sign of one leg; expected two or more");
    return err;
}

static enum l1t_err parse_overlap(struct parser *p, struct l1t_gt_cross *c)
{
    c->kind = L1T_GT_CROSS_OVERLAP;
    if (!take(p, "overlap") || !take(p, "with"))
        return expected(p, "'overlap with'");
    const enum l1t_err err = take_leg(p, &c->leg[0]);
    if (err != L1T_OK)
        return err;
    c->n_legs = 1;
    if (!take(p, "in"))
        return expected(p, "'in deltaR < 0.2'");
    if (take(p, "deltaR"))
        c->type = L1T_GT_C_ORMDR;
    else if (take(p, "deltaEta"))
        c->type = L1T_GT_C_ORMDETA;
    else if (take(p, "deltaPhi"))
        c->type = L1T_GT_C_ORMDPHI;
    else
        return expected(p, "deltaR, deltaEta or deltaPhi");
    return take_limits(p, false, c);
}

static const struct quantity *find_quantity(const char *word)
{
    for (size_t i = 0; i < N_QUANTITIES; i++)
        if (strcmp(quantities[i].name, word) == 0)
            return &quantities[i];
    return NULL;
}

static enum l1t_err unknown_quantity(const struct parser *p, const char *word)
{
    const char *names[N_QUANTITIES + 3];
    for (size_t i = 0; i < N_QUANTITIES; i++)
        names[i] = quantities[i].name;
    names[N_QUANTITIES] = "opposite sign";
    names[N_QUANTITIES + 1] = "same sign";
    names[N_QUANTITIES + 2] = "no overlap with";
    return unknown(p, "cut between legs", word, names, N_QUANTITIES + 3);
}

// "leg1.deltaR(leg2)": the first leg is taken here.
static enum l1t_err parse_limit(struct parser *p, struct l1t_gt_cross *c)
{
    char word[MAX_WORD];
    size_t n = look_word(p, word);
    const char *after = p->at + n;
    if (*after == '.') {
        const enum l1t_err err = take_leg(p, &c->leg[0]);
        if (err != L1T_OK)
            return err;
        c->n_legs = 1;
        p->at++;
        n = look_word(p, word);
    }
    const struct quantity *q = find_quantity(word);
    if (q == NULL)
        return n == 0 ? expected(p, "a quantity of legs, like deltaR(leg1, leg2)")
                      : unknown_quantity(p, word);
    p->at += n;
    c->kind = L1T_GT_CROSS_LIMIT;
    c->type = q->type;
    c->transverse = q->transverse;
    if (!take(p, "("))
        return expected(p, "'('");
    enum l1t_err err = take_legs(p, q->most_legs, c);
    if (err == L1T_OK && c->n_legs < 2)
        return l1t_gt_yaml_fail_at(p->r, p->line, 0, "%s of one leg; expected two", q->name);
    return err == L1T_OK ? take_limits(p, q->energy, c) : err;
}

enum l1t_err l1t_gt_yaml_cross(const struct l1t_gt_reader *r, const struct l1t_node *line,
                               const char *const *leg_names, size_t n_legs,
                               struct l1t_gt_cross *cross)
{
    static const struct l1t_key text_key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    struct parser p = {.r = r, .line = line, .leg = leg_names, .n_legs = n_legs};
    *cross = (struct l1t_gt_cross){0};
    enum l1t_err err = l1t_yaml_value(r->yaml, line, &text_key, &p.text, r->diag);
    if (err != L1T_OK)
        return err;
    p.at = p.text;
    if (take(&p, "opposite"))
        err = parse_sign(&p, true, cross);
    else if (take(&p, "same"))
        err = parse_sign(&p, false, cross);
    else if (take(&p, "no"))
        err = parse_overlap(&p, cross);
    else
        err = parse_limit(&p, cross);
    skip_blanks(&p);
    if (err == L1T_OK && *p.at != '\0')
        return expected(&p, "nothing more");
    return err;
}
