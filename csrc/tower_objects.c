// SPDX-License-Identifier: GPL-3.0-or-later
// Which objects an event gets, and where: drawn from their laws, or taken from real events.
#include "tower_parts.h"

#include <math.h>
#include <string.h>

enum { PT_CODES = 4096, TRIES = 20, APART = L1T_ETA_UNIT * 8 / 10 };

static const double turn_per_rad = 0x1p32 / 6.28318530717958647692;

const char *const l1t_truth_names[L1T_TRUTH_KINDS + 1] = {"electron", "photon", "tau",
                                                          "jet",      "qcd",    NULL};

// ---- tables ----

static uint32_t fixed(double x, double unit)
{
    return (uint32_t)llround(x * unit);
}

// At least one unit: an object without momentum is none.
static uint32_t units_of_pt(double gev)
{
    const uint32_t units = fixed(gev, L1T_GEV);
    return units > 0 ? units : 1;
}

static int init_pt(struct l1t_law_pt *law, double min_gev, double max_gev, double slope)
{
    double weight[PT_CODES];
    law->min = units_of_pt(min_gev);
    law->range = units_of_pt(max_gev) - law->min + 1;
    law->step = (law->range + PT_CODES - 1) / PT_CODES;
    law->code = (struct l1t_alias){0, NULL};
    if (!(slope > 0))
        return 0;
    for (int k = 0; k < PT_CODES; k++)
        weight[k] = (uint32_t)k * law->step < law->range
                        ? exp(-slope * (double)((uint32_t)k * law->step) / L1T_GEV)
                        : 0;
    return l1t_alias_init(&law->code, weight, PT_CODES);
}

int l1t_objects_init(struct l1t_objects *o, const struct l1t_tower_gen_params *params)
{
    double count[L1T_MOST_QCD + 1];
    const double from = params->jet_threshold_gev;
    for (int k = 0; k < L1T_INJECTED; k++) {
        const struct l1t_inject *in = &params->inject[k];
        o->n[k] = (unsigned)in->per_event;
        o->eta_max[k] = (int32_t)fixed(in->eta_max, L1T_ETA_UNIT);
        o->shape[k] = fixed(in->shape, 65536);
        if (init_pt(&o->pt[k], in->pt_min_gev, in->pt_max_gev, in->slope) != 0)
            return -1;
    }
    o->eta_max[L1T_TRUTH_QCD] = (int32_t)(5 * L1T_ETA_UNIT);
    o->shape[L1T_TRUTH_QCD] = fixed(0.27, 65536);
    o->real = params->real;
    o->real_kind = params->real_kind;
    l1t_poisson_weights(params->jets, count, L1T_MOST_QCD + 1);
    return l1t_alias_init(&o->qcd, count, L1T_MOST_QCD + 1) != 0 ||
                   init_pt(&o->pt[L1T_TRUTH_QCD], from, from + 1024, 1 / params->jet_scale_gev) != 0
               ? -1
               : 0;
}

void l1t_objects_free(struct l1t_objects *o)
{
    for (int k = 0; k < L1T_TRUTH_KINDS; k++)
        l1t_alias_free(&o->pt[k].code);
    l1t_alias_free(&o->qcd);
}

// ---- events ----

struct maker {
    const struct l1t_objects *objects;
    const struct l1t_shower *shower;
    struct l1t_draws *draws;
    struct l1t_deposits *to;
    struct l1t_truth *truth;
    struct l1t_particle placed[L1T_TRUTH_MAX];
    size_t n, first; // objects so far, and those before the present draws
};

static uint32_t draw_pt(const struct l1t_law_pt *law, struct l1t_draws *d)
{
    uint32_t above = 0;
    if (law->code.entry == NULL)
        above = l1t_draw_below(d, law->range);
    else {
        above = l1t_alias_draw(&law->code, l1t_draw(d)) * law->step; // draws one after the other
        above += l1t_draw_below(d, law->step);
    }
    return law->min + (above < law->range ? above : law->range - 1);
}

static void deposit(struct maker *m, enum l1t_truth_kind kind, const struct l1t_particle *p)
{
    // Each object has draws of its own, so that what one of them uses up moves no other.
    struct l1t_draws d = *m->draws;
    d.block = (uint32_t)(m->n - m->first + 1) << 16;
    d.left = 0;
    const uint32_t shape = m->objects->shape[kind];
    switch (kind) {
    case L1T_TRUTH_ELECTRON:
        l1t_make_electron(m->shower, &d, p, shape, m->to);
        break;
    case L1T_TRUTH_PHOTON:
        l1t_make_photon(m->shower, &d, p, shape, m->to);
        break;
    case L1T_TRUTH_TAU:
        l1t_make_tau(m->shower, &d, p, shape, m->to);
        break;
    case L1T_TRUTH_JET:
    case L1T_TRUTH_QCD:
        l1t_make_jet(m->shower, &d, p, shape, m->to);
        break;
    }
}

static void keep(struct maker *m, enum l1t_truth_kind kind, const struct l1t_particle *p,
                 uint64_t line)
{
    deposit(m, kind, p);
    m->truth[m->n] = (struct l1t_truth){
        .kind = kind,
        .pt_gev = (double)p->pt / L1T_GEV,
        .eta = (double)p->eta / L1T_ETA_UNIT,
        .phi = (double)(int32_t)p->phi / turn_per_rad,
        .line = line,
    };
    m->placed[m->n++] = *p;
}

// Nothing else within 0.8: objects that overlap say nothing about a trigger's response to one.
static bool has_room(const struct maker *m, const struct l1t_particle *p)
{
    for (size_t i = 0; i < m->n; i++) {
        const int64_t eta = (int64_t)p->eta - m->placed[i].eta;
        const int64_t turn = (int32_t)(p->phi - m->placed[i].phi); // 2 pi * 2^16 / 2^32
        const int64_t phi = turn * 411775 / (INT64_C(1) << 32);
        if (eta * eta + phi * phi < (int64_t)APART * APART)
            return false;
    }
    return true;
}

static void draw_objects(struct maker *m, enum l1t_truth_kind kind, unsigned n, bool apart)
{
    for (unsigned i = 0; i < n; i++) {
        struct l1t_particle p = {draw_pt(&m->objects->pt[kind], m->draws), 0, 0};
        bool placed = false;
        for (int t = 0; t < TRIES && !placed; t++) {
            const uint32_t range = (uint32_t)m->objects->eta_max[kind];
            p.eta = (int32_t)l1t_draw_below(m->draws, 2 * range + 1) - (int32_t)range;
            p.phi = l1t_draw(m->draws);
            placed = !apart || has_room(m, &p);
        }
        if (placed)
            keep(m, kind, &p, 0);
    }
}

static void real_objects(struct maker *m, uint64_t event)
{
    const struct l1t_real_events *real = m->objects->real;
    const struct l1t_real_event *e = &real->event[event % real->n];
    for (unsigned i = 0; i < e->n; i++) {
        const struct l1t_real_object *o = &e->object[i];
        const struct l1t_particle p = {
            .pt = units_of_pt(o->pt_gev),
            .eta = (int32_t)llround(o->eta * L1T_ETA_UNIT),
            .phi = (uint32_t)llround(o->phi * turn_per_rad),
        };
        keep(m, m->objects->real_kind, &p, e->line);
    }
}

size_t l1t_objects_add(const struct l1t_objects *o, const struct l1t_shower *shower, uint64_t seed,
                       uint64_t event, uint32_t first, struct l1t_deposits *to,
                       struct l1t_truth truth[L1T_TRUTH_MAX])
{
    struct l1t_draws inject = {.seed = seed, .event = event, .stream = L1T_STREAM_TOWER_OBJECTS};
    struct l1t_draws qcd = {
        .seed = seed, .event = event, .stream = L1T_STREAM_TOWER_JETS, .block = 1};
    struct maker m = {.objects = o, .shower = shower, .draws = &inject, .to = to, .truth = truth};
    if (o->real != NULL)
        real_objects(&m, event);
    else
        for (int k = 0; k < L1T_INJECTED; k++)
            draw_objects(&m, (enum l1t_truth_kind)k, o->n[k], true);
    m.draws = &qcd;
    m.first = m.n;
    draw_objects(&m, L1T_TRUTH_QCD, l1t_alias_draw(&o->qcd, first), false);
    return m.n;
}
