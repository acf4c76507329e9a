// SPDX-License-Identifier: GPL-3.0-or-later
// Filling schemes: "all" or trains of bunches, written as people say them.
//
//     filling = ("all" | sum) [[","] "gap" N]
//     sum     = term {"+" term}
//     term    = (run | "(" sum ")") ["x" N]
//     run     = N ("b" | "e") {N ("b" | "e")}
#include "l1t/deadtime.h"

#include <stdbool.h>
#include <string.h>

enum { orbit = L1T_GT_ORBIT, max_depth = 8, max_text = 4000 };

struct parser {
    const char *text, *at;
    char crossing[orbit]; // 'b' or 'e'
    unsigned n;           // of them; what does not fit is dropped
    unsigned depth;
    struct l1t_diag *diag;
};

static void skip(struct parser *p)
{
    while (*p->at == ' ' || *p->at == '\t')
        p->at++;
}

static enum l1t_err wrong(const struct parser *p, const char *want)
{
    const int at = (int)(p->at - p->text);
    if (*p->at == '\0')
        return l1t_fail(p->diag, L1T_E_INPUT, "filling '%.60s' ends where %s should follow",
                        p->text, want);
    return l1t_fail(p->diag, L1T_E_INPUT, "filling '%.60s', character %d: '%.10s' is not %s",
                    p->text, at + 1, p->at, want);
}

static bool take(struct parser *p, const char *word)
{
    const size_t n = strlen(word);
    skip(p);
    if (strncmp(p->at, word, n) != 0)
        return false;
    p->at += n;
    return true;
}

static enum l1t_err number(struct parser *p, const char *want, unsigned *value)
{
    skip(p);
    const char *start = p->at;
    unsigned v = 0;
    while (*p->at >= '0' && *p->at <= '9' && v <= orbit)
        v = 10 * v + (unsigned)(*p->at++ - '0');
    if (p->at == start)
        return wrong(p, want);
    if (v < 1 || v > orbit) {
        p->at = start;
        return wrong(p, "a number in 1..3564");
    }
    *value = v;
    return L1T_OK;
}

static enum l1t_err run(struct parser *p)
{
    do {
        unsigned n = 0;
        const enum l1t_err err = number(p, "a train such as 48b7e", &n);
        if (err != L1T_OK)
            return err;
        skip(p);
        if (*p->at != 'b' && *p->at != 'e')
            return wrong(p, "b (bunches) or e (empty)");
        const char kind = *p->at++;
        while (n-- > 0 && p->n < orbit)
            p->crossing[p->n++] = kind;
        skip(p);
    } while (*p->at >= '0' && *p->at <= '9');
    return L1T_OK;
}

static enum l1t_err sum(struct parser *p);

static enum l1t_err group(struct parser *p)
{
    if (++p->depth > max_depth)
        return wrong(p, "allowed: too many parentheses in one another");
    enum l1t_err err = sum(p);
    if (err == L1T_OK && !take(p, ")"))
        err = wrong(p, "'+', 'x' or ')'");
    p->depth--;
    return err;
}

static enum l1t_err term(struct parser *p)
{
    const unsigned start = p->n;
    unsigned times = 1;
    enum l1t_err err = take(p, "(") ? group(p) : run(p);
    if (err == L1T_OK && take(p, "x"))
        err = number(p, "how many times", &times);
    const unsigned length = p->n - start;
    for (; err == L1T_OK && times > 1 && p->n < orbit; times--)
        for (unsigned i = 0; i < length && p->n < orbit; i++)
            p->crossing[p->n++] = p->crossing[start + i];
    return err;
}

static enum l1t_err sum(struct parser *p)
{
    enum l1t_err err;
    do
        err = term(p);
    while (err == L1T_OK && take(p, "+"));
    return err;
}

static enum l1t_err parse(struct parser *p, unsigned *gap)
{
    enum l1t_err err = L1T_OK;
    *gap = 0;
    if (take(p, "all"))
        p->crossing[p->n++] = 'b';
    else
        err = sum(p);
    if (err != L1T_OK)
        return err;
    const bool comma = take(p, ",");
    if (take(p, "gap"))
        err = number(p, "the length of the gap", gap);
    else if (comma)
        err = wrong(p, "'gap'");
    skip(p);
    return err == L1T_OK && *p->at != '\0' ? wrong(p, "'+', 'x', 'gap' or the end") : err;
}

// The pattern over and over, up to the gap.
static void fill(const struct parser *p, unsigned gap, unsigned bunches,
                 struct l1t_filling *filling)
{
    for (unsigned c = 0, i = 0; c < orbit - gap; c++, i = i + 1 < p->n ? i + 1 : 0) {
        if (p->crossing[i] != 'b' || (bunches > 0 && filling->bunches == bunches))
            continue;
        filling->filled[c / 64] |= UINT64_C(1) << (c % 64);
        filling->bunches++;
    }
}

enum l1t_err l1t_filling_parse(const char *text, unsigned bunches, struct l1t_filling *filling,
                               struct l1t_diag *diag)
{
    struct parser p = {.text = text, .at = text, .diag = diag};
    unsigned gap;
    *filling = (struct l1t_filling){.bunches = 0};
    if (strlen(text) > max_text)
        return l1t_fail(diag, L1T_E_INPUT, "filling '%.40s...' is longer than %d characters", text,
                        max_text);
    const enum l1t_err err = parse(&p, &gap);
    if (err != L1T_OK)
        return err;
    fill(&p, gap, bunches, filling);
    if (filling->bunches == 0)
        return l1t_fail(diag, L1T_E_INPUT, "filling '%.60s' has no bunch", text);
    if (filling->bunches < bunches)
        return l1t_fail(diag, L1T_E_INPUT,
                        "filling '%.60s' has %u bunches in an orbit of %d crossings; %u are asked "
                        "for",
                        text, filling->bunches, orbit, bunches);
    return L1T_OK;
}
