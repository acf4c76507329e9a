// SPDX-License-Identifier: GPL-3.0-or-later
// Random compiled menus.
#include "gt_draws.h"
#include "gt_random.h"

#include <string.h>

static const uint8_t lists[] = {L1T_GT_MU, L1T_GT_EG, L1T_GT_TAU, L1T_GT_JET};
static const uint8_t angles[] = {L1T_GT_ETM, L1T_GT_HTM, L1T_GT_ETMHF, L1T_GT_HTMHF};

static const unsigned max_et[L1T_GT_TYPES] = {511,  511,  511,  2047, 4095, 4095, 4095, 4095,
                                              4095, 4095, 4095, 4095, 255,  255,  255,  255,
                                              15,   15,   15,   15,   1023, 1023, 65535};

// ---- legs ----

static unsigned threshold(struct gt_draws *d, unsigned type)
{
    const unsigned max = max_et[type];
    switch (gt_below(d, 8)) {
    case 0:
        return gt_below(d, 2);
    case 1:
        return max - gt_below(d, 3);
    case 2:
        return gt_below(d, max + 1);
    case 3:
        return 1 + gt_below(d, 10 < max ? 10 : max);
    default:
        return 1 + gt_below(d, 60 < max ? 60 : max);
    }
}

static void windows(struct gt_draws *d, unsigned most, int low, int high, struct l1t_gt_window *w,
                    uint8_t *n)
{
    *n = (uint8_t)(1 + gt_below(d, most));
    for (unsigned i = 0; i < *n; i++) {
        w[i].low = (int16_t)(low + (int)gt_below(d, (unsigned)(high - low + 1)));
        w[i].high = (int16_t)(w[i].low + (int)gt_below(d, (unsigned)(high - low) / 2));
        if (gt_chance(d, 15)) // outside, or through zero
            w[i] = (struct l1t_gt_window){w[i].high, w[i].low};
    }
}

static void muon_cuts(struct gt_draws *d, struct l1t_gt_leg *leg)
{
    const uint16_t quality[] = {0xf000, 0xff00, 0xfff0, 0x9000, 0x0000, 0xa5a5};
    if (gt_chance(d, 40))
        leg->quality_mask = quality[gt_below(d, 6)];
    if (gt_chance(d, 10))
        windows(d, L1T_GT_INDEX_WINDOWS, 0, 107, leg->index, &leg->n_index);
    if (gt_chance(d, 10))
        leg->ip_mask = (uint8_t)gt_below(d, 16);
    if (gt_chance(d, 10)) {
        leg->upt_low = (uint8_t)gt_below(d, 12);
        leg->upt_high = (uint8_t)(gt_chance(d, 70) ? 255 : gt_below(d, 256));
    }
    if (gt_chance(d, 10))
        leg->charge = (uint8_t)(1 + gt_below(d, 2));
}

static uint16_t add_leg(struct gt_draws *d, struct gt_random_menu *m, unsigned type, int bx)
{
    struct l1t_gt_leg *leg = &m->leg[m->code.n_legs];
    const int eta = type == L1T_GT_MU ? 225 : 115, turn = type == L1T_GT_MU ? 576 : 144;
    const unsigned slots = l1t_gt_type_slots[type];
    *leg = (struct l1t_gt_leg){.type = (uint8_t)type,
                               .bx = (int8_t)bx,
                               .equal = gt_chance(d, 6),
                               .threshold = (uint16_t)threshold(d, type),
                               .slice_last = (uint8_t)(slots - 1),
                               .quality_mask = 0xffff,
                               .iso_mask = 0xf,
                               .ip_mask = 0xf,
                               .upt_high = 255};
    if (gt_chance(d, 12)) {
        leg->slice_first = (uint8_t)gt_below(d, slots);
        leg->slice_last = (uint8_t)(leg->slice_first + gt_below(d, slots - leg->slice_first));
    }
    if (slots > 1 && gt_chance(d, 25))
        windows(d, L1T_GT_ETA_WINDOWS, -eta, eta, leg->eta, &leg->n_eta);
    if (gt_chance(d, slots > 1 ? 12 : 5))
        windows(d, L1T_GT_PHI_WINDOWS, 0, turn - 1, leg->phi, &leg->n_phi);
    if (gt_chance(d, 15))
        leg->iso_mask = (uint8_t)gt_below(d, 16);
    if (gt_chance(d, type == L1T_GT_JET ? 20 : 1))
        leg->displaced = (uint8_t)(1 + gt_below(d, 2));
    if (type == L1T_GT_MU)
        muon_cuts(d, leg);
    return (uint16_t)m->code.n_legs++;
}

// A leg like the one before, or the same one, as real menus have them.
static uint16_t next_leg(struct gt_draws *d, struct gt_random_menu *m, uint16_t before)
{
    if (gt_chance(d, 40))
        return before;
    const struct l1t_gt_leg like = m->leg[before];
    const uint16_t leg = add_leg(d, m, like.type, like.bx);
    if (gt_chance(d, 50)) {
        m->leg[leg] = like;
        m->leg[leg].threshold = (uint16_t)threshold(d, like.type);
    }
    return leg;
}

static int offset(struct gt_draws *d)
{
    return gt_chance(d, 80) ? 0 : (int)gt_below(d, 5) - 2;
}

// ---- limits, most of them values that occur ----

static uint32_t entry(struct gt_draws *d, const uint32_t *table, uint32_t n)
{
    return table[gt_chance(d, 60) ? gt_below(d, 1 + n / 8) : gt_below(d, n)];
}

static void order(struct gt_draws *d, struct l1t_gt_limits *limits, bool may_be_wrong)
{
    if (limits->low > limits->high && !(may_be_wrong && gt_chance(d, 10)))
        *limits = (struct l1t_gt_limits){limits->high, limits->low};
    if (gt_chance(d, 40))
        limits->low = 0;
    else if (gt_chance(d, 30))
        limits->high = UINT64_MAX;
}

static uint64_t mass(struct gt_draws *d, const struct l1t_gt_pair_tables *t, const uint32_t *pt)
{
    const unsigned most = gt_chance(d, 80) ? 60 : 3;
    const uint64_t a = pt[1 + gt_below(d, most)], b = pt[1 + gt_below(d, most)];
    const uint32_t eta = gt_below(d, gt_chance(d, 50) ? 20 : t->n_eta);
    return a * b * (uint64_t)((int64_t)t->cosh[eta] - t->cos[gt_below(d, t->n_phi)]);
}

static void draw_limits(struct gt_draws *d, const struct gt_random_menu *m, unsigned pair,
                        struct l1t_gt_cuts *cuts)
{
    const struct l1t_gt_pair_tables *t = &m->code.tables.pair[pair];
    const uint32_t *pt = m->code.tables.pt[pair == L1T_GT_CALO_CALO ? L1T_GT_JET : L1T_GT_MU];
    uint64_t dr2[2];
    for (unsigned i = 0; i < 2; i++) {
        const uint64_t x = entry(d, t->deta, t->n_eta), y = entry(d, t->dphi, t->n_phi);
        dr2[i] = x * x + y * y;
    }
    cuts->deta = (struct l1t_gt_limits){entry(d, t->deta, t->n_eta), entry(d, t->deta, t->n_eta)};
    cuts->dphi = (struct l1t_gt_limits){entry(d, t->dphi, t->n_phi), entry(d, t->dphi, t->n_phi)};
    cuts->dr2 = (struct l1t_gt_limits){dr2[0], dr2[1]};
    cuts->mass = (struct l1t_gt_limits){mass(d, t, pt), mass(d, t, pt)};
    order(d, &cuts->deta, true);
    order(d, &cuts->dphi, true);
    order(d, &cuts->dr2, true);
    order(d, &cuts->mass, true);
    const uint64_t inverse = t->inv_dr2[gt_below(d, 60) * t->n_inv_phi + 1 + gt_below(d, 60)];
    __extension__ const unsigned __int128 ratio = (unsigned __int128)mass(d, t, pt) * inverse
                                                  << (gt_chance(d, 10) ? 20 : 0);
    cuts->mass_dr_low[0] = (uint64_t)ratio;
    cuts->mass_dr_low[1] = (uint64_t)(ratio >> 64);
    const uint64_t sum = pt[gt_below(d, 80)] + (uint64_t)pt[gt_below(d, 80)];
    cuts->tbpt2_low = sum * sum * t->tbpt_scale;
}

static void draw_signs(struct gt_draws *d, struct l1t_gt_cuts *cuts)
{
    cuts->which |= gt_chance(d, 50) ? L1T_GT_CUT_LIKE_SIGN : L1T_GT_CUT_OPPOSITE_SIGN;
    if (gt_chance(d, 3))
        cuts->which |= L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN;
}

static void draw_cuts(struct gt_draws *d, const struct gt_random_menu *m, unsigned type_a,
                      unsigned type_b, unsigned pair, struct l1t_gt_cuts *cuts)
{
    const bool muons = type_a == L1T_GT_MU && type_b == L1T_GT_MU;
    const uint32_t any[] = {L1T_GT_CUT_DETA, L1T_GT_CUT_DPHI, L1T_GT_CUT_DR};
    const uint32_t masses[] = {L1T_GT_CUT_MASS, L1T_GT_CUT_MASS_T, L1T_GT_CUT_MASS_DR,
                               L1T_GT_CUT_MASS_UPT};
    draw_limits(d, m, pair, cuts);
    if (gt_chance(d, 60))
        cuts->which |= any[gt_below(d, 3)] | any[gt_below(d, 3)];
    if (gt_chance(d, 45))
        cuts->which |= masses[gt_below(d, muons ? 4 : 3)];
    if (gt_chance(d, 12))
        cuts->which |= L1T_GT_CUT_TBPT;
    if (muons && gt_chance(d, 40))
        draw_signs(d, cuts);
}

// ---- conditions ----

static unsigned pair_of(unsigned a, unsigned b)
{
    const unsigned muons = (a == L1T_GT_MU) + (unsigned)(b == L1T_GT_MU);
    return muons == 0 ? L1T_GT_CALO_CALO : muons == 1 ? L1T_GT_CALO_MU : L1T_GT_MU_MU;
}

static void comb(struct gt_draws *d, struct gt_random_menu *m, struct l1t_gt_condition *c)
{
    const unsigned type =
        gt_chance(d, 20) ? 4 + gt_below(d, L1T_GT_TYPES - 4) : lists[gt_below(d, 4)];
    c->kind = L1T_GT_COMB;
    c->n_legs = (uint8_t)(l1t_gt_type_slots[type] == 1 ? 1
                          : gt_chance(d, 10)           ? 5 + gt_below(d, 8)
                                                       : 1 + gt_below(d, 4));
    c->leg[0] = add_leg(d, m, type, offset(d));
    for (unsigned k = 1; k < c->n_legs; k++)
        c->leg[k] = next_leg(d, m, c->leg[gt_below(d, k)]);
    c->pair = (uint8_t)pair_of(type, type);
    if (type == L1T_GT_MU && c->n_legs <= 4 && gt_chance(d, 50))
        draw_signs(d, &c->cuts);
    if (c->n_legs == 2 && gt_chance(d, 20)) {
        draw_limits(d, m, c->pair, &c->cuts);
        c->cuts.which |= L1T_GT_CUT_TBPT;
    }
}

static void pair(struct gt_draws *d, struct gt_random_menu *m, struct l1t_gt_condition *c)
{
    const unsigned a = lists[gt_below(d, 4)];
    const unsigned b = gt_chance(d, 40)   ? a
                       : gt_chance(d, 20) ? angles[gt_below(d, 4)]
                                          : lists[gt_below(d, 4)];
    const bool swap = gt_chance(d, 30);
    const int bx = offset(d);
    c->kind = L1T_GT_PAIR;
    c->n_legs = 2;
    c->leg[0] = add_leg(d, m, swap ? b : a, bx);
    c->leg[1] = a == b && gt_chance(d, 60)
                    ? next_leg(d, m, c->leg[0])
                    : add_leg(d, m, swap ? a : b, gt_chance(d, 80) ? bx : offset(d));
    c->pair = (uint8_t)pair_of(a, b);
    draw_cuts(d, m, a, b, c->pair, &c->cuts);
}

static void triple(struct gt_draws *d, struct gt_random_menu *m, struct l1t_gt_condition *c)
{
    const unsigned type = gt_chance(d, 60) ? L1T_GT_MU : lists[gt_below(d, 4)];
    c->kind = L1T_GT_TRIPLE;
    c->n_legs = 3;
    c->leg[0] = add_leg(d, m, type, offset(d));
    c->leg[1] = next_leg(d, m, c->leg[0]);
    c->leg[2] = next_leg(d, m, c->leg[gt_below(d, 2)]);
    c->pair = (uint8_t)pair_of(type, type);
    draw_limits(d, m, c->pair, &c->cuts);
    c->cuts.mass.high *= c->cuts.mass.high < UINT64_MAX / 4 ? 3 : 1;
    c->cuts.which = L1T_GT_CUT_MASS;
    if (gt_chance(d, 15))
        c->cuts.which |= L1T_GT_CUT_DR;
    if (type == L1T_GT_MU && gt_chance(d, 40))
        draw_signs(d, &c->cuts);
}

static void overlap(struct gt_draws *d, struct gt_random_menu *m, struct l1t_gt_condition *c)
{
    const unsigned first = gt_chance(d, 90) ? 1 : 0; // muons too, though no menu may
    const unsigned type = lists[first + gt_below(d, 3)];
    const unsigned other = gt_chance(d, 80) ? type : lists[first + gt_below(d, 3)];
    const unsigned reference = lists[1 + gt_below(d, 3)];
    const uint32_t cut[] = {L1T_GT_CUT_DR, L1T_GT_CUT_DETA, L1T_GT_CUT_DPHI};
    const int bx = offset(d);
    c->kind = gt_chance(d, 50) ? L1T_GT_COMB : L1T_GT_PAIR;
    c->n_legs = (uint8_t)(c->kind == L1T_GT_COMB ? 1 + gt_below(d, 4) : 1 + gt_below(d, 2));
    c->leg[0] = add_leg(d, m, type, bx);
    for (unsigned k = 1; k < c->n_legs; k++)
        c->leg[k] = c->kind == L1T_GT_PAIR && other != type ? add_leg(d, m, other, bx)
                                                            : next_leg(d, m, c->leg[0]);
    c->leg[c->n_legs] = add_leg(d, m, reference, gt_chance(d, 90) ? bx : offset(d));
    c->overlap = (uint8_t)(gt_chance(d, 50) ? L1T_GT_OVERLAP_EXISTS : L1T_GT_OVERLAP_ALL);
    c->overlap_pair = (uint8_t)pair_of(type, reference);
    if (other != type)
        c->overlap_pair = L1T_GT_CALO_CALO;
    const unsigned second = c->n_legs == 1 ? reference : other;
    c->pair = (uint8_t)pair_of(type, second);
    if (c->kind == L1T_GT_PAIR || c->n_legs == 1)
        draw_cuts(d, m, type, second, c->pair, &c->cuts);
    draw_limits(d, m, c->overlap_pair, &c->overlap_cuts);
    c->overlap_cuts.which = cut[gt_below(d, 3)];
    if (gt_chance(d, 25))
        c->overlap_cuts.which |= cut[gt_below(d, 3)];
}

static void condition(struct gt_draws *d, struct gt_random_menu *m, struct l1t_gt_condition *c)
{
    const unsigned kind = gt_below(d, 20);
    memset(c, 0, sizeof *c);
    if (kind < 6) {
        comb(d, m, c);
    } else if (kind < 11) {
        pair(d, m, c);
    } else if (kind < 13) {
        triple(d, m, c);
    } else if (kind < 17) {
        overlap(d, m, c);
    } else {
        const bool external = kind < 19;
        c->kind = (uint8_t)(gt_chance(d, 5) ? L1T_GT_UNSUPPORTED
                            : external      ? L1T_GT_EXTERNAL
                                            : L1T_GT_SIGNAL);
        c->channel =
            (uint16_t)gt_below(d, external ? (unsigned)L1T_GT_EXTERNALS : (unsigned)L1T_GT_SIGNALS);
        c->bx = (int8_t)((int)gt_below(d, 5) - 2);
    }
}

// Another threshold of one leg, perhaps other limits, perhaps the other meaning of overlap: what
// conditions of a menu share must not be more than that.
static void resemble(struct gt_draws *d, struct gt_random_menu *m,
                     const struct l1t_gt_condition *earlier, struct l1t_gt_condition *c)
{
    const bool beside = earlier->overlap != L1T_GT_OVERLAP_NONE;
    const unsigned k = gt_below(d, earlier->n_legs + (beside ? 1U : 0U));
    const uint16_t like = earlier->leg[k];
    *c = *earlier;
    c->leg[k] = add_leg(d, m, m->leg[like].type, m->leg[like].bx);
    m->leg[c->leg[k]] = m->leg[like];
    m->leg[c->leg[k]].threshold = (uint16_t)threshold(d, m->leg[like].type);
    if (gt_chance(d, 50))
        draw_limits(d, m, c->pair, &c->cuts);
    if (beside && gt_chance(d, 40))
        draw_limits(d, m, c->overlap_pair, &c->overlap_cuts);
    if (beside && gt_chance(d, 30))
        c->overlap ^= L1T_GT_OVERLAP_EXISTS ^ L1T_GT_OVERLAP_ALL;
}

static void next_condition(struct gt_draws *d, struct gt_random_menu *m, unsigned i)
{
    const struct l1t_gt_condition *earlier = i > 0 ? &m->condition[gt_below(d, i)] : NULL;
    if (earlier != NULL && earlier->n_legs > 0 && gt_chance(d, 30))
        resemble(d, m, earlier, &m->condition[i]);
    else
        condition(d, m, &m->condition[i]);
}

// ---- algorithms ----

static void put(struct gt_random_menu *m, unsigned op, unsigned of)
{
    m->node[m->code.n_nodes++] = (struct l1t_gt_node){(uint8_t)op, (uint16_t)of};
}

static void expression(struct gt_draws *d, struct gt_random_menu *m)
{
    const unsigned op[] = {L1T_GT_OP_AND, L1T_GT_OP_OR, L1T_GT_OP_XOR, L1T_GT_OP_AND};
    const unsigned n = 1 + gt_below(d, 4);
    unsigned open = 0; // operands that wait
    for (unsigned i = 0; i < n; i++, open++) {
        put(m, L1T_GT_OP_CONDITION, gt_below(d, GT_RANDOM_CONDITIONS));
        if (gt_chance(d, 30))
            put(m, L1T_GT_OP_NOT, 0);
        if (open > 0 && gt_chance(d, 50)) {
            put(m, op[gt_below(d, 4)], 0);
            open--;
        }
    }
    for (; open > 1; open--)
        put(m, op[gt_below(d, 4)], 0);
}

// A condition alone, or where another one holds or not.
static void beside_another(struct gt_draws *d, struct gt_random_menu *m, unsigned condition,
                           bool another)
{
    put(m, L1T_GT_OP_CONDITION, condition);
    if (!another)
        return;
    if (gt_chance(d, 15))
        put(m, L1T_GT_OP_NOT, 0);
    put(m, L1T_GT_OP_CONDITION, gt_below(d, GT_RANDOM_CONDITIONS));
    if (gt_chance(d, 40))
        put(m, L1T_GT_OP_NOT, 0);
    put(m, L1T_GT_OP_AND, 0);
}

void gt_random_menu(uint64_t seed, uint64_t number, struct gt_random_menu *m)
{
    struct gt_draws d = {.seed = seed, .number = number};
    memset(m, 0, sizeof *m);
    m->code.tables = *gt_plain_tables();
    for (unsigned i = 0; i < GT_RANDOM_CONDITIONS; i++)
        next_condition(&d, m, i);
    for (unsigned i = 0; i < GT_RANDOM_CONDITIONS + GT_RANDOM_EXPRESSIONS; i++) {
        const uint32_t first = (uint32_t)m->code.n_nodes;
        if (i < GT_RANDOM_CONDITIONS)
            beside_another(&d, m, i, number % 3 == 2);
        else
            expression(&d, m);
        m->algorithm[i] = (struct l1t_gt_algorithm){
            .bit = (uint16_t)(i * 40 + gt_below(&d, 40)),
            .supported = !gt_chance(&d, 2),
            .first_node = first,
            .n_nodes = (uint32_t)m->code.n_nodes - first,
        };
    }
    m->code.n_conditions = GT_RANDOM_CONDITIONS;
    m->code.n_algorithms = GT_RANDOM_CONDITIONS + GT_RANDOM_EXPRESSIONS;
    m->code.leg = m->leg;
    m->code.condition = m->condition;
    m->code.node = m->node;
    m->code.algorithm = m->algorithm;
}
