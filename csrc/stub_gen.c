// SPDX-License-Identifier: GPL-3.0-or-later
// Muons as segments in the barrel. Positions and directions count 1/256 of the track finder's units
// (1/4096 rad), curvature 1/256 of its (1.25/8192 per GeV).
#include "l1t/stub_gen.h"

#include "muon_parts.h"
#include "tower_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    UNIT = 256,
    THETAS = 7, // places of a theta hit in a wheel
    MOST_STUBS = 60,
    CURVE = 1677722, // 256 * 8192 / 1.25
    TURN = 6588397,  // 2 pi
    LARGEST_PHIB = 511,
    LARGEST_ETA = 105
};

static const int64_t per_gev = INT64_C(1) << 30;

// From one station outwards to the next: the filter's step the other way round, 13 fraction bits
// (d: 14); and the last step to the beam line.
static const struct {
    int a, b, c, d;
} transport[L1T_KBMTF_STATIONS - 1] = {
    {123, -1495, -1014, 19373}, {120, -1712, -1226, 19807}, {80, -1417, -1092, 19216}};

struct l1t_stub_gen {
    uint64_t seed;
    const struct l1t_muon_gen *muons;
    const struct l1t_kbmtf_config *model;
    bool ideal;
    int64_t scale, bend, asymmetry; // of pt, per_gev
    int32_t normal[L1T_MUON_NORMALS];
    int32_t edge[L1T_KBMTF_STATIONS][3];        // |eta| where wheels 1, 2 and nothing begin
    int32_t theta_edge[3][2 * THETAS + THETAS]; // |eta| where the places of theta hits begin
    int16_t theta_eta[3][2 * THETAS + THETAS];  // code of their middle
    int32_t phi_error, phib_error[2];
    uint32_t segment, high, theta;
    struct l1t_alias noise;
};

// ---- parameters ----

const char *l1t_stub_gen_text(const struct l1t_stub_params *p, char *text, size_t size)
{
    (void)snprintf(text, size,
                   "radius %.17g %.17g %.17g %.17g wheels %.17g %.17g errors %.17g %.17g %.17g pt "
                   "%.17g %.17g %.17g segment %.17g high %.17g theta %.17g noise %.17g",
                   p->radius[0], p->radius[1], p->radius[2], p->radius[3], p->wheel_pitch,
                   p->wheel_length, p->phi_error_rad, p->phib_error_rad[0], p->phib_error_rad[1],
                   p->scale, p->bend, p->asymmetry, p->segment, p->high, p->theta, p->noise);
    return text;
}

static int32_t in_eta(double eta)
{
    return (int32_t)llround(eta * L1T_MUON_ETA);
}

static uint32_t chance(double share)
{
    return share >= 1 ? UINT32_MAX : (uint32_t)(share * 0x1p32);
}

static int32_t in_units(double rad)
{
    return (int32_t)llround(rad * 4096 * UNIT);
}

// Wheels in |eta|; the half of wheel 0 is as the others', mirrored.
static void make_edges(struct l1t_stub_gen *g, const struct l1t_stub_params *p)
{
    for (unsigned s = 0; s < L1T_KBMTF_STATIONS; s++)
        for (unsigned w = 0; w < 3; w++)
            g->edge[s][w] = in_eta(asinh(p->wheel_pitch * (w + 0.5) / p->radius[s]));
    for (unsigned s = 0; s < 3; s++)
        for (unsigned i = 0; i < 3 * THETAS; i++) {
            // seven places a wheel, around its middle
            const double place = p->wheel_length / THETAS;
            const unsigned wheel = i / THETAS;
            const double middle =
                p->wheel_pitch * wheel + place * ((double)(i % THETAS) - 0.5 * (THETAS - 1));
            g->theta_edge[s][i] = in_eta(asinh((middle - place / 2) / p->radius[s]));
            const double code = asinh(middle / p->radius[s]) / 0.010875;
            g->theta_eta[s][i] = (int16_t)lround(fmin(code, LARGEST_ETA));
        }
}

static int make_noise(struct l1t_stub_gen *g, double mean)
{
    double weight[MOST_STUBS];
    l1t_poisson_weights(mean, weight, MOST_STUBS);
    return l1t_alias_init(&g->noise, weight, MOST_STUBS);
}

enum l1t_err l1t_stub_gen_new(const struct l1t_muon_gen *muons, const struct l1t_kbmtf_setup *setup,
                              uint64_t seed, struct l1t_stub_gen **gen, struct l1t_diag *diag)
{
    const struct l1t_stub_params *p = &setup->generator;
    struct l1t_stub_gen *g = calloc(1, sizeof *g);
    if (g == NULL || make_noise(g, p->noise) != 0) {
        free(g);
        return l1t_fail(diag, L1T_E_NOMEM, "stub generator: out of memory");
    }
    g->seed = seed;
    g->muons = muons;
    g->model = &setup->model;
    g->ideal = l1t_muon_gen_ideal(muons);
    g->scale = llround(p->scale * (double)per_gev);
    g->bend = llround(p->bend * 65536);
    g->asymmetry = llround(p->asymmetry * (double)per_gev);
    g->phi_error = in_units(p->phi_error_rad);
    g->phib_error[0] = in_units(p->phib_error_rad[0]);
    g->phib_error[1] = in_units(p->phib_error_rad[1]);
    g->segment = chance(p->segment);
    g->high = chance(p->high);
    g->theta = chance(p->theta);
    l1t_muon_normals(g->normal);
    make_edges(g, p);
    *gen = g;
    return L1T_OK;
}

void l1t_stub_gen_free(struct l1t_stub_gen *gen)
{
    if (gen == NULL)
        return;
    l1t_alias_free(&gen->noise);
    free(gen);
}

// ---- one muon ----

struct maker {
    const struct l1t_stub_gen *gen;
    struct l1t_kbmtf_event *out;
    struct l1t_muon_truth *truth; // of the muon in hand
    struct l1t_draws d;
    uint16_t place[L1T_MUON_TRUTH_MAX][L1T_KBMTF_STATIONS];
    uint8_t n_places[L1T_MUON_TRUTH_MAX];
};

static int64_t error(struct maker *m, int32_t sigma)
{
    const int64_t g = m->gen->normal[l1t_draw_below(&m->d, L1T_MUON_NORMALS)];
    return m->gen->ideal ? 0 : g * sigma / 65536;
}

// 1/pt is scale k / (1 + bend k) - charge asymmetry; k at the beam line, without sign.
static int64_t curvature(const struct l1t_stub_gen *g, double pt_gev, int charge)
{
    const int64_t pt = llround(pt_gev * L1T_MUON_GEV);
    const int64_t s = per_gev * L1T_MUON_GEV / (pt > 0 ? pt : 1) + charge * g->asymmetry;
    const int64_t below = g->scale - g->bend * (s / 65536);
    return s <= 0 ? 0 : below <= 0 ? INT64_MAX : s * CURVE / below;
}

// The tables know |k| up to 4095.
static int64_t table_entry(const int16_t *table, int64_t k)
{
    const int64_t half = k / UNIT / 2;
    return UNIT * (int64_t)table[half < L1T_KBMTF_LOSS ? half : L1T_KBMTF_LOSS - 1];
}

// ... and outside of what takes energy from it, station 1; -1 if nothing gets there.
static int64_t before_loss(const struct l1t_stub_gen *g, int64_t k)
{
    static const int64_t most = INT64_C(8190) * UNIT;
    int64_t outside = k;
    while (outside < most && outside - table_entry(g->model->loss, outside) < k)
        outside += UNIT / 4;
    return outside < most ? outside : -1;
}

static int theta_place(const struct l1t_stub_gen *g, unsigned station, int32_t eta)
{
    int place = -1;
    for (int i = 0; i < 3 * THETAS; i++)
        place = eta >= g->theta_edge[station - 1][i] ? i : place;
    return place;
}

static void add_theta(struct maker *m, struct l1t_kbmtf_stub *stub, unsigned station, int32_t eta)
{
    const bool hit = l1t_draw(&m->d) < m->gen->theta || m->gen->ideal;
    stub->eta[0] = stub->eta[1] = station == 4 ? 7 : 255;
    if (station == 4 || !hit)
        return;
    const int32_t size = eta < 0 ? -eta : eta;
    const int at = m->gen->theta_eta[station - 1][theta_place(m->gen, station, size)];
    stub->eta[0] = (int16_t)(eta < 0 ? -at : at);
    stub->qeta[0] = 2;
}

// Into the chamber's first free segment; its place, or L1T_KBMTF_NO_PLACE when both are taken.
static unsigned put(struct l1t_kbmtf_event *out, int wheel, unsigned sector, unsigned station,
                    const struct l1t_kbmtf_stub *stub)
{
    uint8_t *have = &out->have[wheel + 2][sector];
    for (unsigned tag = 0; tag < L1T_KBMTF_TAGS; tag++) {
        const unsigned bit = 1U << (2 * (station - 1) + tag);
        if ((*have & bit) != 0)
            continue;
        *have |= (uint8_t)bit;
        out->stub[l1t_kbmtf_place(wheel, sector, station, tag)] = *stub;
        return l1t_kbmtf_place(wheel, sector, station, tag);
    }
    return L1T_KBMTF_NO_PLACE;
}

static int64_t rounded(int64_t value, int64_t unit)
{
    const int64_t up = 2 * value + unit;
    return up / (2 * unit) - (up < 0 && up % (2 * unit) != 0);
}

// The sector nearest to phi, 1/256 units, and what is left.
static unsigned split_phi(int64_t phi, int64_t *local)
{
    static const int64_t sector = TURN / L1T_KBMTF_SECTORS;
    const int64_t inside = ((phi + sector / 2) % TURN + TURN) % TURN;
    const unsigned number = (unsigned)(inside / sector) % L1T_KBMTF_SECTORS;
    *local = inside - number * sector - sector / 2;
    return number;
}

static void make_stub(struct maker *m, size_t muon, unsigned station, int64_t phi, int64_t phib)
{
    const struct l1t_stub_gen *g = m->gen;
    const int32_t eta = (int32_t)llround(m->truth->eta * L1T_MUON_ETA);
    const int32_t size = eta < 0 ? -eta : eta, *edge = g->edge[station - 1];
    const bool found = l1t_draw(&m->d) < g->segment || g->ideal;
    const bool high = l1t_draw(&m->d) < g->high || g->ideal;
    int64_t local;
    phi += error(m, g->phi_error);
    phib += error(m, g->phib_error[high]);
    const unsigned sector = split_phi(phi, &local);
    const int64_t phi_word = rounded(local, UNIT), phib_word = rounded(phib, INT64_C(8) * UNIT);
    struct l1t_kbmtf_stub stub = {
        .phi = (int16_t)phi_word, .phib = (int16_t)phib_word, .quality = high ? 6 : 2};
    add_theta(m, &stub, station, eta);
    if (!found || size >= edge[2] || phib_word < -LARGEST_PHIB || phib_word > LARGEST_PHIB)
        return;
    const int wheel = (size >= edge[0]) + (size >= edge[1]);
    const unsigned place = put(m->out, eta < 0 ? -wheel : wheel, sector, station, &stub);
    if (place != L1T_KBMTF_NO_PLACE)
        m->place[muon][m->n_places[muon]++] = (uint16_t)place;
}

static void make_muon(struct maker *m, size_t muon)
{
    const struct l1t_stub_gen *g = m->gen;
    const struct l1t_muon_truth *t = m->truth;
    const int64_t k = before_loss(g, curvature(g, t->pt_gev, t->charge));
    if (k < 0) // stopped on the way
        return;
    const int64_t signed_k = t->charge * k;
    const int64_t shift = table_entry(g->model->shift, k);
    int64_t phi[L1T_KBMTF_STATIONS] = {0},
            phib[L1T_KBMTF_STATIONS] = {t->charge > 0 ? -shift : shift};
    for (unsigned i = 1; i < L1T_KBMTF_STATIONS; i++) {
        const int a = transport[i - 1].a, b = transport[i - 1].b;
        const int c = transport[i - 1].c, d = transport[i - 1].d;
        phib[i] = (phib[i - 1] - c * signed_k / 8192) * 16384 / d;
        phi[i] = phi[i - 1] - a * signed_k / 8192 - b * phib[i] / 8192;
    }
    // Phi at station 2 is that which the trigger extrapolates from.
    const int64_t two = (int64_t)(int32_t)l1t_muon_gen_barrel_phi(g->muons, t) * TURN;
    const int64_t move = two / (INT64_C(1) << 32) - phi[1];
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++)
        make_stub(m, muon, i + 1, phi[i] + move, phib[i]);
}

// ---- events ----

static void add_noise(struct maker *m, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        const int wheel = (int)l1t_draw_below(&m->d, 5) - 2;
        const unsigned sector = l1t_draw_below(&m->d, 12), station = 1 + l1t_draw_below(&m->d, 4);
        struct l1t_kbmtf_stub stub = {.eta = {255, 255}};
        stub.phi = (int16_t)((int)l1t_draw_below(&m->d, 2145) - 1072);
        stub.phib = (int16_t)((int)l1t_draw_below(&m->d, 257) - 128);
        stub.quality = (uint8_t)l1t_draw_below(&m->d, 8);
        if (station == 4)
            stub.eta[0] = stub.eta[1] = 7;
        (void)put(m->out, wheel, sector, station, &stub);
    }
}

// Stubs are numbered as they are listed.
static void number_stubs(const struct maker *m, struct l1t_muon_truth *truth, size_t n)
{
    unsigned id[L1T_KBMTF_PLACES], next = 0;
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++) {
        id[place] = next;
        next += (unsigned)l1t_kbmtf_have(m->out, place);
    }
    for (size_t i = 0; i < n; i++) {
        truth[i].n = m->n_places[i];
        for (unsigned k = 0; k < truth[i].n; k++)
            truth[i].index[k] = (uint8_t)id[m->place[i][k]];
    }
}

size_t l1t_stub_gen_event(const struct l1t_stub_gen *gen, uint64_t event,
                          struct l1t_kbmtf_event *out, struct l1t_muon_truth *truth)
{
    struct l1t_muon_truth particle[L1T_MUON_TRUTH_MAX];
    const size_t n = l1t_muon_gen_particles(gen->muons, event, particle);
    struct maker m = {.gen = gen, .out = out};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i <= n; i++) { // the last draws are the noise's
        m.d = (struct l1t_draws){.seed = gen->seed,
                                 .event = event,
                                 .stream = L1T_STREAM_STUBS,
                                 .block = (uint32_t)(i < n ? i + 1 : 0) << 16};
        if (i < n) {
            m.truth = &particle[i];
            if (particle[i].kind == L1T_MUON_TRUE)
                make_muon(&m, i);
        } else if (!gen->ideal) {
            add_noise(&m, l1t_alias_draw(&gen->noise, l1t_draw(&m.d)));
        }
    }
    number_stubs(&m, particle, n);
    if (truth != NULL)
        memcpy(truth, particle, n * sizeof particle[0]);
    return n;
}
