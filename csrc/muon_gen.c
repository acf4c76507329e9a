// SPDX-License-Identifier: GPL-3.0-or-later
// Generated crossings of the global muon trigger: which particles there are, and their candidates
// on the links. Floating point makes tables once; after that an event is look-ups and integers.
#include "l1t/muon_gen.h"

#include "muon_parts.h"
#include "tower_parts.h"

#include "l1t_formats.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { PT_CODES = 4096 };

static const double turn_per_rad = 0x1p32 / 6.28318530717958647692;

// A falling spectrum as a table.
struct pt_law {
    struct l1t_alias code; // entry NULL: flat
    uint32_t min, step, range;
};

struct l1t_muon_gen {
    uint64_t seed;
    struct l1t_muon_gen_params params;
    struct l1t_muon_eyes eyes;
    struct pt_law pt[2];        // by kind
    struct l1t_alias number[2]; // of a crossing, by kind
    int32_t eta_max;
    uint32_t corners; // a corner event when a word is below it
    bool all_corners;
};

void l1t_muon_gen_defaults(struct l1t_muon_gen_params *params)
{
    static const struct l1t_muon_gen_params defaults = {
        .muons = 1.5,
        .per_event = -1,
        .eta_max = 2.4,
        .segment = 0.95,
        .mistaken = 0.05,
        .spectrum = {3, 250, 0.0686},
        .finder =
            {
                [L1T_UGMT_BARREL] = {0,
                                     0.92,
                                     3.5,
                                     0.95,
                                     0.05,
                                     0.6,
                                     1.17,
                                     0.15,
                                     0.001,
                                     0.004,
                                     0.012,
                                     0.05,
                                     0.8,
                                     {[12] = 0.05, [14] = 0.15, [15] = 0.8}},
                [L1T_UGMT_OVERLAP] = {0.80,
                                      1.28,
                                      3,
                                      0.93,
                                      0.06,
                                      0.5,
                                      1.2,
                                      0.22,
                                      0.002,
                                      0.006,
                                      0.02,
                                      0.05,
                                      0.7,
                                      {[4] = 0.05, [8] = 0.15, [12] = 0.8}},
                [L1T_UGMT_ENDCAP] = {1.20,
                                     2.45,
                                     2.5,
                                     0.94,
                                     0.1,
                                     0.5,
                                     1.2,
                                     0.22,
                                     0.002,
                                     0.006,
                                     0.012,
                                     0.012,
                                     1,
                                     {[5] = 0.04, [8] = 0.1, [12] = 0.3, [14] = 0.16, [15] = 0.4}},
            },
        .punch_through = 0.2,
        .punch_spectrum = {3, 60, 0.2},
        .punch_error = 0.5,
        .punch_quality = {[4] = 0.6, [8] = 0.3, [12] = 0.1},
        .helix = {.field = 3.8,
                  .coil_radius = 3.0,
                  .coil_z = 5.5,
                  .station_radius = {4.9, 4.9, 7.0},
                  .station_z = {6.6, 6.8, 8.3}},
    };
    *params = defaults;
}

// ---- parameters ----

static bool in_range(double x, double min, double max)
{
    return x >= min && x <= max; // false for NaN
}

static bool has_weight(const double *weight)
{
    double sum = 0;
    for (int q = 0; q < L1T_MUON_GEN_QUALITIES; q++) {
        if (!in_range(weight[q], 0, 1))
            return false;
        sum += weight[q];
    }
    return sum > 0;
}

static enum l1t_err check_finder(const struct l1t_muon_finder *f, const char *name,
                                 struct l1t_diag *diag)
{
    if (!in_range(f->eta_min, 0, 2.5) || !in_range(f->eta_max, f->eta_min, 2.5) ||
        !in_range(f->reach_gev, 0, 1000) || !in_range(f->efficiency, 0, 1) ||
        !in_range(f->border_rad, 0, 0.25) || !in_range(f->twice, 0, 1))
        return l1t_fail(diag, L1T_E_INPUT,
                        "muon generator: %s: eta 0..2.5 ascending, reach 0..1000 GeV, efficiency "
                        "and twice 0..1, border 0..0.25 rad are possible",
                        name);
    if (!in_range(f->raise, 0.5, 2) || !in_range(f->pt_error, 0, 1) ||
        !in_range(f->straight_error, 0, 0.1) || !in_range(f->phi_error_rad, 0, 0.1) ||
        !in_range(f->eta_error, 0, 0.2) || !in_range(f->eta_error_coarse, 0, 0.2) ||
        !in_range(f->fine, 0, 1) || !has_weight(f->quality))
        return l1t_fail(diag, L1T_E_INPUT,
                        "muon generator: %s: raise 0.5..2, pt_error 0..1, straight_error 0..0.1 "
                        "/GeV, phi_error 0..0.1 rad, eta errors 0..0.2, fine 0..1, qualities that "
                        "are not all 0 are possible",
                        name);
    return L1T_OK;
}

static bool good_spectrum(const struct l1t_muon_spectrum *s)
{
    return in_range(s->pt_min_gev, 1, 1000) && in_range(s->pt_max_gev, s->pt_min_gev, 1000) &&
           in_range(s->slope, 0, 10);
}

static enum l1t_err check(const struct l1t_muon_gen_params *p, struct l1t_diag *diag)
{
    static const char *const names[L1T_UGMT_FINDERS] = {"barrel", "overlap", "endcap"};
    if (!in_range(p->muons, 0, 8) || p->per_event < -1 || p->per_event > L1T_MUON_GEN_PER_EVENT ||
        !in_range(p->eta_max, 0, 2.5) || !in_range(p->segment, 0, 1) ||
        !in_range(p->mistaken, 0, 1) || !in_range(p->punch_through, 0, 8) ||
        !in_range(p->punch_error, 0, 1) || !in_range(p->corners, 0, 1) ||
        !has_weight(p->punch_quality))
        return l1t_fail(diag, L1T_E_INPUT,
                        "muon generator: muons and punch_through 0..8, |eta| up to 2.5, segment, "
                        "mistaken, corners and errors 0..1, qualities that are not all 0 are "
                        "possible");
    if (!good_spectrum(&p->spectrum) || !good_spectrum(&p->punch_spectrum))
        return l1t_fail(diag, L1T_E_INPUT,
                        "muon generator: pt 1..1000 GeV ascending, slope 0..10 /GeV are possible");
    if (p->real != NULL && p->real->n == 0)
        return l1t_fail(diag, L1T_E_INPUT, "muon generator: no real events to take muons from");
    enum l1t_err err = L1T_OK;
    for (unsigned f = 0; f < L1T_UGMT_FINDERS && err == L1T_OK; f++)
        err = check_finder(&p->finder[f], names[f], diag);
    return err;
}

struct text {
    char *at;
    size_t size, n;
};

static void add(struct text *to, const char *fmt, ...) L1T_PRINTF(2, 3);
static void add(struct text *to, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const int wrote = vsnprintf(to->at + to->n, to->size - to->n, fmt, args);
    va_end(args);
    to->n += wrote > 0 && (size_t)wrote < to->size - to->n ? (size_t)wrote : 0;
}

const char *l1t_muon_gen_text(const struct l1t_muon_gen_params *p, char *text, size_t size)
{
    struct text to = {text, size, 0};
    add(&to, "muons %.17g %d eta %.17g segment %.17g %.17g pt %.17g %.17g %.17g", p->muons,
        p->per_event, p->eta_max, p->segment, p->mistaken, p->spectrum.pt_min_gev,
        p->spectrum.pt_max_gev, p->spectrum.slope);
    for (unsigned i = 0; i < L1T_UGMT_FINDERS; i++) {
        const struct l1t_muon_finder *f = &p->finder[i];
        add(&to, " finder %.17g %.17g %.17g %.17g %.17g %.17g %.17g", f->eta_min, f->eta_max,
            f->reach_gev, f->efficiency, f->border_rad, f->twice, f->raise);
        add(&to, " %.17g %.17g %.17g %.17g %.17g %.17g q", f->pt_error, f->straight_error,
            f->phi_error_rad, f->eta_error, f->eta_error_coarse, f->fine);
        for (int q = 0; q < L1T_MUON_GEN_QUALITIES; q++)
            add(&to, " %.17g", f->quality[q]);
    }
    add(&to, " punch %.17g %.17g %.17g %.17g %.17g q", p->punch_through,
        p->punch_spectrum.pt_min_gev, p->punch_spectrum.pt_max_gev, p->punch_spectrum.slope,
        p->punch_error);
    for (int q = 0; q < L1T_MUON_GEN_QUALITIES; q++)
        add(&to, " %.17g", p->punch_quality[q]);
    add(&to, " helix %.17g %.17g %.17g", p->helix.field, p->helix.coil_radius, p->helix.coil_z);
    for (unsigned i = 0; i < L1T_UGMT_FINDERS; i++)
        add(&to, " %.17g %.17g", p->helix.station_radius[i], p->helix.station_z[i]);
    add(&to, " words %d %d corners %.17g", (int)p->order, (int)p->barrel, p->corners);
    if (p->real != NULL)
        add(&to, " %zu real events", p->real->n);
    if (p->ideal)
        add(&to, " ideal");
    return text;
}

// ---- tables ----

static int init_pt(struct pt_law *law, const struct l1t_muon_spectrum *s)
{
    double weight[PT_CODES];
    law->min = (uint32_t)llround(s->pt_min_gev * L1T_MUON_GEV);
    law->range = (uint32_t)llround(s->pt_max_gev * L1T_MUON_GEV) - law->min + 1;
    law->step = (law->range + PT_CODES - 1) / PT_CODES;
    if (!(s->slope > 0))
        return 0;
    for (int k = 0; k < PT_CODES; k++) {
        const uint32_t above = (uint32_t)k * law->step;
        weight[k] = above < law->range ? exp(-s->slope * (double)above / L1T_MUON_GEV) : 0;
    }
    return l1t_alias_init(&law->code, weight, PT_CODES);
}

static int init_number(struct l1t_alias *number, double mean, int exactly)
{
    double weight[L1T_MUON_GEN_PER_EVENT + 1] = {0};
    if (exactly >= 0)
        weight[exactly] = 1;
    else
        l1t_poisson_weights(mean, weight, L1T_MUON_GEN_PER_EVENT + 1);
    return l1t_alias_init(number, weight, L1T_MUON_GEN_PER_EVENT + 1);
}

enum l1t_err l1t_muon_gen_new(const struct l1t_muon_gen_params *params, uint64_t seed,
                              struct l1t_muon_gen **gen, struct l1t_diag *diag)
{
    const enum l1t_err err = check(params, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_muon_gen *g = calloc(1, sizeof *g);
    if (g == NULL || l1t_muon_eyes_init(&g->eyes, params) != 0 ||
        init_pt(&g->pt[L1T_MUON_TRUE], &params->spectrum) != 0 ||
        init_pt(&g->pt[L1T_MUON_PUNCH], &params->punch_spectrum) != 0 ||
        init_number(&g->number[L1T_MUON_TRUE], params->muons, params->per_event) != 0 ||
        init_number(&g->number[L1T_MUON_PUNCH], params->ideal ? 0 : params->punch_through, -1) !=
            0) {
        l1t_muon_gen_free(g);
        return l1t_fail(diag, L1T_E_NOMEM, "muon generator: out of memory");
    }
    g->params = *params;
    g->seed = seed;
    g->eta_max = (int32_t)llround(params->eta_max * L1T_MUON_ETA);
    g->all_corners = params->corners >= 1;
    g->corners = g->all_corners ? UINT32_MAX : (uint32_t)(params->corners * 0x1p32);
    *gen = g;
    return L1T_OK;
}

void l1t_muon_gen_free(struct l1t_muon_gen *gen)
{
    if (gen == NULL)
        return;
    l1t_muon_eyes_free(&gen->eyes);
    for (int kind = 0; kind < 2; kind++) {
        l1t_alias_free(&gen->pt[kind].code);
        l1t_alias_free(&gen->number[kind]);
    }
    free(gen);
}

// ---- particles ----

struct maker {
    const struct l1t_muon_gen *gen;
    uint64_t event;
    bool blind; // nobody looks
    size_t n, n_sights;
    struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX];
    struct l1t_muon_sight sight[L1T_MUON_SIGHTS];
};

static uint32_t draw_pt(const struct pt_law *law, struct l1t_draws *d)
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

// Each particle has draws of its own, so that what one uses up moves no other.
static struct l1t_draws draws_of(const struct maker *m, enum l1t_muon_kind kind, unsigned number)
{
    return (struct l1t_draws){.seed = m->gen->seed,
                              .event = m->event,
                              .stream = L1T_STREAM_MUONS,
                              .block = ((uint32_t)kind * L1T_MUON_GEN_PER_EVENT + number + 1)
                                       << 16};
}

static void keep(struct maker *m, enum l1t_muon_kind kind, const struct l1t_muon_particle *p,
                 struct l1t_draws *d, uint64_t line)
{
    m->truth[m->n] = (struct l1t_muon_truth){
        .kind = kind,
        .pt_gev = (double)p->pt / L1T_MUON_GEV,
        .eta = (double)p->eta / L1T_MUON_ETA,
        .phi = (double)(int32_t)p->phi / turn_per_rad,
        .charge = p->charge,
        .line = line,
    };
    if (!m->blind)
        m->n_sights =
            l1t_muon_see(&m->gen->eyes, p, kind, d, (unsigned)m->n, m->n_sights, m->sight);
    m->n++;
}

static void draw_particles(struct maker *m, enum l1t_muon_kind kind, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        struct l1t_draws d = draws_of(m, kind, i);
        struct l1t_muon_particle p;
        const uint32_t eta_max = (uint32_t)m->gen->eta_max;
        p.pt = draw_pt(&m->gen->pt[kind], &d);
        p.eta = (int32_t)l1t_draw_below(&d, 2 * eta_max + 1) - (int32_t)eta_max;
        p.phi = l1t_draw(&d);
        p.charge = l1t_draw(&d) >> 31 != 0 ? -1 : 1;
        keep(m, kind, &p, &d, 0);
    }
}

static void real_particles(struct maker *m)
{
    const struct l1t_real_events *real = m->gen->params.real;
    const struct l1t_real_event *e = &real->event[m->event % real->n];
    for (unsigned i = 0; i < e->n; i++) {
        const struct l1t_real_object *o = &e->object[i];
        struct l1t_draws d = draws_of(m, L1T_MUON_TRUE, i);
        const uint32_t any = l1t_draw(&d);
        const struct l1t_muon_particle p = {
            .pt = (uint32_t)llround(fmax(o->pt_gev * L1T_MUON_GEV, 1)),
            .eta = (int32_t)llround(o->eta * L1T_MUON_ETA),
            .phi = (uint32_t)llround(o->phi * turn_per_rad),
            .charge = o->charge != 0   ? o->charge
                      : any >> 31 != 0 ? -1
                                       : 1,
        };
        keep(m, L1T_MUON_TRUE, &p, &d, e->line);
    }
}

// ---- links ----

// The order in which a track finder sends: barrel by pt, others by quality, then pt.
static unsigned order_of(const struct l1t_muon_sight *s)
{
    const unsigned pt = (unsigned)l1t_muon_in_pt(s->word);
    const unsigned quality = (unsigned)l1t_muon_in_quality(s->word);
    return l1t_ugmt_group_of[s->link] == L1T_UGMT_B ? pt << 4 | quality : quality << 9 | pt;
}

static void note_candidate(struct l1t_muon_truth *t, unsigned index)
{
    if (t->n < L1T_MUON_TRUTH_SEEN)
        t->index[t->n++] = (uint8_t)index;
}

// The best three of each link; of equal ones the first.
static void fill_links(struct maker *m, struct l1t_ugmt_event *out)
{
    for (size_t i = 0; i < m->n_sights; i++) {
        const struct l1t_muon_sight *s = &m->sight[i];
        unsigned slot = 0;
        for (size_t k = 0; k < m->n_sights; k++)
            slot +=
                m->sight[k].link == s->link && (order_of(&m->sight[k]) > order_of(s) ||
                                                (k < i && order_of(&m->sight[k]) == order_of(s)));
        if (slot >= L1T_UGMT_SLOTS)
            continue;
        const unsigned index = L1T_UGMT_SLOTS * s->link + slot;
        out->muon[index] = s->word;
        note_candidate(&m->truth[s->owner], index);
    }
}

static void all_particles(struct maker *m, const uint32_t first[4])
{
    const struct l1t_muon_gen *gen = m->gen;
    if (gen->params.real != NULL)
        real_particles(m);
    else
        draw_particles(m, L1T_MUON_TRUE, l1t_alias_draw(&gen->number[L1T_MUON_TRUE], first[0]));
    draw_particles(m, L1T_MUON_PUNCH, l1t_alias_draw(&gen->number[L1T_MUON_PUNCH], first[1]));
}

size_t l1t_muon_gen_event(const struct l1t_muon_gen *gen, uint64_t event,
                          struct l1t_ugmt_event *out, struct l1t_muon_truth *truth)
{
    struct maker m = {.gen = gen, .event = event};
    uint32_t first[4];
    l1t_rng_words(gen->seed, L1T_STREAM_MUONS, event, 0, first);
    if (first[2] < gen->corners || gen->all_corners) {
        l1t_muon_corner(gen->seed, event, first[3], out);
        return 0;
    }
    memset(out, 0, sizeof *out);
    all_particles(&m, first);
    fill_links(&m, out);
    if (truth != NULL)
        memcpy(truth, m.truth, m.n * sizeof m.truth[0]);
    return m.n;
}

size_t l1t_muon_gen_particles(const struct l1t_muon_gen *gen, uint64_t event,
                              struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX])
{
    struct maker m = {.gen = gen, .event = event, .blind = true};
    uint32_t first[4];
    l1t_rng_words(gen->seed, L1T_STREAM_MUONS, event, 0, first);
    all_particles(&m, first);
    memcpy(truth, m.truth, m.n * sizeof m.truth[0]);
    return m.n;
}

bool l1t_muon_gen_ideal(const struct l1t_muon_gen *gen)
{
    return gen->params.ideal;
}

uint32_t l1t_muon_gen_barrel_phi(const struct l1t_muon_gen *gen,
                                 const struct l1t_muon_truth *particle)
{
    const struct l1t_muon_particle p = {
        .pt = (uint32_t)llround(particle->pt_gev * L1T_MUON_GEV),
        .eta = (int32_t)llround(particle->eta * L1T_MUON_ETA),
        .phi = (uint32_t)llround(particle->phi * turn_per_rad),
        .charge = particle->charge,
    };
    return l1t_muon_station_phi(&gen->eyes, L1T_UGMT_BARREL, &p);
}
