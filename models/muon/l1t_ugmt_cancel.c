// SPDX-License-Identifier: Apache-2.0
// Cancel-out: neighbours that are the same muon seen twice. Of a matching pair the lower quality is
// cancelled. A cancelled muon still takes part in all other comparisons and can cancel, so all of
// them may be done at once, as the hardware does. Muons of one link are never compared.
#include "l1t_ugmt.h"

enum { MAX_DPHI = 7, MAX_DETA = 31 };

// A rule: what decides that a pair matches, and what its loser is called.
struct rule {
    struct l1t_ugmt_result *result;
    const uint8_t *table; // [fine << 8 | deta << 3 | dphi]
    uint8_t why;
};

// The weaker of a pair is cancelled; of equals, the challenger.
static void duel(const struct rule *rule, unsigned challenger, unsigned holder)
{
    struct l1t_ugmt_result *result = rule->result;
    struct l1t_ugmt_cand *a = &result->cand[challenger], *b = &result->cand[holder];
    const int holder_loses = b->quality < a->quality;
    struct l1t_ugmt_duel *d = &result->duel[result->n_duels++];
    (holder_loses ? b : a)->cancel |= rule->why;
    d->winner = (uint8_t)(holder_loses ? challenger : holder);
    d->loser = (uint8_t)(holder_loses ? holder : challenger);
    d->why = rule->why;
}

static inline unsigned distance(int a, int b)
{
    return (unsigned)(a > b ? a - b : b - a);
}

static inline int is_near(const uint8_t *table, const struct l1t_ugmt_cand *a,
                          const struct l1t_ugmt_cand *b)
{
    unsigned dphi = distance(a->phi, b->phi);
    dphi = dphi > L1T_UGMT_PHIS / 2 ? L1T_UGMT_PHIS - dphi : dphi;
    const unsigned deta = distance(a->eta, b->eta);
    if (dphi > MAX_DPHI || deta > MAX_DETA)
        return 0;
    return table[(unsigned)(a->fine & b->fine) << 8 | deta << 3 | dphi];
}

// All muons of one link against all of another.
static inline void compare_links(const struct rule *rule, unsigned challenger, unsigned holder)
{
    const struct l1t_ugmt_result *r = rule->result;
    for (unsigned a = r->start[challenger]; a < r->start[challenger + 1]; a++)
        for (unsigned b = r->start[holder]; b < r->start[holder + 1]; b++)
            if (is_near(rule->table, &r->cand[a], &r->cand[b]))
                duel(rule, a, b);
}

// Neighbouring sectors of one endcap or overlap finder, whose links start at first.
static void compare_sectors(const struct rule *rule, unsigned first)
{
    for (unsigned p = 0; p < 6; p++)
        compare_links(rule, first + (p + 1) % 6, first + p);
}

// The same by track address, where the rule for equals is the same too.
static void compare_endcap_addresses(const struct rule *rule, unsigned first)
{
    const struct l1t_ugmt_result *r = rule->result;
    for (unsigned p = 0; p < 6; p++) {
        const unsigned low = first + p, high = first + (p + 1) % 6;
        for (unsigned a = r->start[low]; a < r->start[low + 1]; a++)
            for (unsigned b = r->start[high]; b < r->start[high + 1]; b++)
                if (l1t_ugmt_same_endcap_track(r->cand[a].address, r->cand[b].address))
                    duel(rule, b, a);
    }
}

static void compare_barrel(const struct rule *rule, enum l1t_ugmt_lists lists)
{
    const struct l1t_ugmt_result *r = rule->result;
    const unsigned first = l1t_ugmt_first[L1T_UGMT_B];
    for (unsigned p = 0; p < 12; p++) {
        const unsigned low = first + p, high = first + (p + 1) % 12;
        for (unsigned a = r->start[low]; a < r->start[low + 1]; a++)
            for (unsigned b = r->start[high]; b < r->start[high + 1]; b++)
                if (l1t_ugmt_same_barrel_track(lists, r->cand[a].address, r->cand[b].address))
                    duel(rule, b, a);
    }
}

// An overlap sector of 60 degrees against the four barrel wedges of 30 that it meets.
static void compare_with_barrel(const struct rule *rule, unsigned overlap)
{
    const unsigned barrel = l1t_ugmt_first[L1T_UGMT_B];
    for (unsigned s = 0; s < 6; s++)
        for (unsigned i = 0; i < 4; i++)
            compare_links(rule, overlap + s, barrel + (2 * s + i) % 12);
}

// And against the endcap sectors before, beside and behind it.
static void compare_with_endcap(const struct rule *rule, unsigned overlap, unsigned endcap)
{
    for (unsigned s = 0; s < 6; s++)
        for (unsigned i = 0; i < 3; i++)
            compare_links(rule, overlap + s, endcap + (s + 5 + i) % 6);
}

static void compare_side(const struct l1t_ugmt_config *config, struct l1t_ugmt_result *result,
                         int minus)
{
    const unsigned overlap = l1t_ugmt_first[minus ? L1T_UGMT_ON : L1T_UGMT_OP];
    const unsigned endcap = l1t_ugmt_first[minus ? L1T_UGMT_EN : L1T_UGMT_EP];
    const uint8_t ob = minus ? L1T_UGMT_CANCEL_OB_MINUS : L1T_UGMT_CANCEL_OB_PLUS;
    struct rule rule = {result, config->match[L1T_UGMT_MATCH_OB_PLUS + minus], ob};
    compare_with_barrel(&rule, overlap);
    rule = (struct rule){result, config->match[L1T_UGMT_MATCH_OE_PLUS + minus], L1T_UGMT_CANCEL_OE};
    compare_with_endcap(&rule, overlap, endcap);
    rule =
        (struct rule){result, config->match[L1T_UGMT_MATCH_OO_PLUS + minus], L1T_UGMT_CANCEL_OWN};
    compare_sectors(&rule, overlap);
    rule.table = config->match[L1T_UGMT_MATCH_EE_PLUS + minus];
    if (config->endcap == L1T_UGMT_ENDCAP_COORDINATES)
        compare_sectors(&rule, endcap);
    else
        compare_endcap_addresses(&rule, endcap);
}

void l1t_ugmt_cancel(const struct l1t_ugmt_config *config, struct l1t_ugmt_result *result)
{
    const struct rule barrel = {result, 0, L1T_UGMT_CANCEL_OWN};
    result->n_duels = 0;
    compare_barrel(&barrel, config->barrel);
    compare_side(config, result, 0);
    compare_side(config, result, 1);
}
