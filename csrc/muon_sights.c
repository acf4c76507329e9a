// SPDX-License-Identifier: GPL-3.0-or-later
// What the track finders see of a muon: which sectors find it, what they measure, the link words.
#include "muon_parts.h"

#include "l1t_formats.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { STATIONS = 4, NO_ADDRESS = 15, NO_ADDRESS_4 = 3, CURVE_GEV = 1 << 20 };

static const double two_pi = 6.283185307179586477;
static const double turn = 0x1p32;
// Middle planes of the barrel's stations and the length of a wheel, m (configs/paths/kbmtf.yaml).
static const double barrel_radius[STATIONS] = {4.2, 5.0, 6.1, 7.1}, wheel_pitch = 2.66;

// ---- tables ----

static uint32_t chance(double share)
{
    return share >= 1 ? UINT32_MAX : (uint32_t)(share * turn);
}

static int32_t angle(double rad)
{
    return (int32_t)llround(rad / two_pi * turn);
}

static int32_t in_eta(double eta)
{
    return (int32_t)llround(eta * L1T_MUON_ETA);
}

static void make_path(struct l1t_muon_eye *eye, const struct l1t_ugmt_helix *helix, unsigned finder)
{
    for (int k = 0; k <= L1T_MUON_CURVES; k++)
        for (int e = 0; e <= L1T_MUON_ETAS; e++) {
            const double pt = k == 0 ? 1e6 : (double)CURVE_GEV / ((double)k * L1T_MUON_CURVE_STEP);
            double deta, dphi;
            l1t_ugmt_bend(helix, finder, pt, (double)e * L1T_MUON_ETA_STEP / L1T_MUON_ETA, &deta,
                          &dphi);
            eye->deta.at[k][e] = in_eta(fmin(deta, 1));
            eye->turn.at[k][e] = angle(fmin(dphi, 1.5));
        }
}

static int make_eye(struct l1t_muon_eye *eye, const struct l1t_muon_gen_params *params,
                    unsigned finder)
{
    const struct l1t_muon_finder *f = &params->finder[finder];
    eye->eta_min = in_eta(f->eta_min);
    eye->eta_max = in_eta(f->eta_max);
    eye->reach = (uint32_t)llround(f->reach_gev * L1T_MUON_GEV);
    eye->efficiency = chance(f->efficiency);
    eye->twice = chance(f->twice);
    eye->fine = chance(f->fine);
    eye->border = (uint32_t)angle(f->border_rad);
    eye->per_raise = (uint32_t)llround(65536 / f->raise);
    eye->error = (int32_t)llround(f->pt_error * 65536);
    eye->straight = (int32_t)llround(f->straight_error * CURVE_GEV);
    eye->phi_error = angle(f->phi_error_rad);
    eye->eta_error[0] = in_eta(f->eta_error_coarse);
    eye->eta_error[1] = in_eta(f->eta_error);
    make_path(eye, &params->helix, finder);
    return l1t_alias_init(&eye->quality, f->quality, L1T_MUON_GEN_QUALITIES);
}

void l1t_muon_normals(int32_t normal[L1T_MUON_NORMALS])
{
    for (int i = 0; i < L1T_MUON_NORMALS; i++)
        normal[i] = (int32_t)llround(65536 * gsl_cdf_ugaussian_Pinv((i + 0.5) / L1T_MUON_NORMALS));
}

int l1t_muon_eyes_init(struct l1t_muon_eyes *eyes, const struct l1t_muon_gen_params *params)
{
    eyes->segment = chance(params->segment);
    eyes->mistaken = chance(params->mistaken);
    eyes->punch_error = (int32_t)llround(params->punch_error * 65536);
    eyes->order = params->order;
    eyes->barrel = params->barrel;
    eyes->ideal = params->ideal;
    l1t_muon_normals(eyes->normal);
    for (int s = 0; s < STATIONS; s++)
        for (int w = 0; w < 2; w++)
            eyes->wheel_edge[s][w] = in_eta(asinh(wheel_pitch * (w + 0.5) / barrel_radius[s]));
    for (unsigned f = 0; f < L1T_UGMT_FINDERS; f++)
        if (make_eye(&eyes->finder[f], params, f) != 0)
            return -1;
    return l1t_alias_init(&eyes->punch_quality, params->punch_quality, L1T_MUON_GEN_QUALITIES);
}

void l1t_muon_eyes_free(struct l1t_muon_eyes *eyes)
{
    for (unsigned f = 0; f < L1T_UGMT_FINDERS; f++)
        l1t_alias_free(&eyes->finder[f].quality);
    l1t_alias_free(&eyes->punch_quality);
}

// ---- at the station ----

struct view {
    const struct l1t_muon_eyes *eyes;
    const struct l1t_muon_eye *eye;
    const struct l1t_muon_particle *muon;
    struct l1t_draws *d;
    enum l1t_muon_kind kind;
    unsigned finder;
    int64_t curve; // at the vertex, without sign
    int32_t eta;   // at the station
    uint32_t phi;
    bool fine;        // eta, as measured by all sectors: they have the same segments
    int64_t seen_eta; // likewise
};

// Straight lines between the table's points.
static int64_t between(const struct l1t_muon_grid *grid, int64_t curve, int64_t eta)
{
    const int64_t k = curve / L1T_MUON_CURVE_STEP, e = eta / L1T_MUON_ETA_STEP;
    const int64_t u = curve % L1T_MUON_CURVE_STEP, v = eta % L1T_MUON_ETA_STEP;
    const int64_t soft = grid->at[k][e] * (L1T_MUON_ETA_STEP - v) + grid->at[k][e + 1] * v;
    const int64_t hard = grid->at[k + 1][e] * (L1T_MUON_ETA_STEP - v) + grid->at[k + 1][e + 1] * v;
    return (soft / L1T_MUON_ETA_STEP * (L1T_MUON_CURVE_STEP - u) + hard / L1T_MUON_ETA_STEP * u) /
           L1T_MUON_CURVE_STEP;
}

static int64_t at_most(int64_t x, int64_t most)
{
    return x < most ? x : most;
}

static void go_to_station(struct view *v)
{
    const struct l1t_muon_particle *m = v->muon;
    const int64_t most = (int64_t)L1T_MUON_CURVES * L1T_MUON_CURVE_STEP - 1;
    const int64_t eta =
        at_most(m->eta < 0 ? -m->eta : m->eta, (int64_t)L1T_MUON_ETAS * L1T_MUON_ETA_STEP - 1);
    v->curve = at_most((int64_t)CURVE_GEV * L1T_MUON_GEV / m->pt, most);
    const int64_t deta = between(&v->eye->deta, v->curve, eta);
    const int64_t turned = between(&v->eye->turn, v->curve, eta);
    v->eta = (int32_t)(m->eta + (m->eta < 0 ? -deta : deta));
    // A positive muon turns towards smaller phi.
    v->phi = m->phi - (uint32_t)(m->charge > 0 ? turned : -turned);
}

uint32_t l1t_muon_station_phi(const struct l1t_muon_eyes *eyes, unsigned finder,
                              const struct l1t_muon_particle *p)
{
    struct view v = {.eye = &eyes->finder[finder], .muon = p};
    go_to_station(&v);
    return v.phi;
}

// ---- measurements ----

static int64_t normal(struct view *v, int32_t sigma)
{
    const int64_t g = v->eyes->normal[l1t_draw_below(v->d, L1T_MUON_NORMALS)];
    return g * sigma / 65536;
}

static void measure_eta(struct view *v)
{
    v->fine = l1t_draw(v->d) < v->eye->fine || v->eyes->ideal;
    const int64_t error = normal(v, v->eye->eta_error[v->fine]);
    v->seen_eta = v->eta + (v->eyes->ideal ? 0 : error);
}

// Signed curvature as measured.
static int64_t measure_curve(struct view *v)
{
    const int64_t curve = v->muon->charge * v->curve;
    if (v->kind == L1T_MUON_PUNCH)
        return curve + curve * normal(v, v->eyes->punch_error) / 65536;
    const int64_t relative = curve * normal(v, v->eye->error) / 65536; // drawn in this order
    const int64_t straight = normal(v, v->eye->straight);
    return (curve + relative + straight) * v->eye->per_raise / 65536;
}

// 1 + whole number of half GeV, from a curvature.
static int pt_code(int64_t curve)
{
    const int64_t size = curve < 0 ? -curve : curve;
    return size == 0 ? 511 : (int)at_most(1 + 2 * (int64_t)CURVE_GEV / size, 511);
}

static int eta_code(const struct view *v, int64_t eta)
{
    static const int64_t unit = 712704; // 1000 times 0.010875 in 1/65536; rounded to the nearest
    const int64_t scaled = 2000 * eta + unit;
    int64_t code = scaled / (2 * unit);
    code -= scaled < 0 && scaled % (2 * unit) != 0;
    // Links of a side have muons of that side only.
    const bool sided = v->finder != L1T_UGMT_BARREL;
    const int64_t low = sided && v->muon->eta > 0 ? 1 : -255;
    const int64_t high = sided && v->muon->eta <= 0 ? 0 : 255;
    return (int)(code < low ? low : at_most(code, high));
}

// ---- sectors ----

static unsigned sectors(const struct view *v)
{
    return v->finder == L1T_UGMT_BARREL ? 12 : 6;
}

// Where sector 0 begins, in 1/576 of a turn.
static int first_phi(const struct view *v)
{
    return v->finder == L1T_UGMT_BARREL ? -24 : 24;
}

static unsigned first_link(const struct view *v)
{
    const bool plus = v->muon->eta > 0;
    const unsigned group = v->finder == L1T_UGMT_BARREL    ? L1T_UGMT_B
                           : v->finder == L1T_UGMT_OVERLAP ? (plus ? L1T_UGMT_OP : L1T_UGMT_ON)
                           : plus                          ? L1T_UGMT_EP
                                                           : L1T_UGMT_EN;
    return l1t_ugmt_first[group];
}

// Angle from the beginning of sector 0; the sector is its share of the turn.
static uint32_t from_first(const struct view *v, uint32_t phi)
{
    return phi - (uint32_t)((int64_t)first_phi(v) * (INT64_C(1) << 32) / 576);
}

static unsigned sector_of(const struct view *v, uint32_t phi)
{
    return (unsigned)((uint64_t)from_first(v, phi) * sectors(v) >> 32);
}

// The other sector that can see the muon: -1, 1, or 0 for none. An endcap sector also has the
// chambers at the upper border of the one below, so the next one sees a muon there.
static int neighbour(const struct view *v)
{
    const uint32_t width = (uint32_t)((UINT64_C(1) << 32) / sectors(v));
    const uint32_t inside = from_first(v, v->phi) % width;
    if (width - inside <= v->eye->border)
        return 1;
    return inside < v->eye->border && v->finder != L1T_UGMT_ENDCAP ? -1 : 0;
}

// ---- words ----

// Segments of the muon's track, as all that see it have them.
struct segments {
    unsigned found; // bit station - 1
    unsigned tag;   // of all of them
    unsigned inner; // barrel, seen twice: stations 1 to inner are in one sector, the rest in the
                    // other; 4: all in one
    bool inner_own; // ... and the inner ones in the muon's own
    uint32_t extra; // random bits for what nothing depends on
};

static unsigned wheel_at(const struct view *v, unsigned station)
{
    const int32_t eta = v->eta < 0 ? -v->eta : v->eta;
    const int32_t *edge = v->eyes->wheel_edge[station - 1];
    return (eta >= edge[0]) + (unsigned)(eta >= edge[1]);
}

// Highest station of a wedge's own segments: the seed.
static unsigned seed_of(const struct segments *s, bool has_inner)
{
    unsigned station = has_inner ? s->inner : STATIONS;
    while (station > 2 && (s->found >> (station - 1) & 1) == 0)
        station--;
    return station;
}

// Addresses of the four stations, for a wedge whose neighbour with the other segments is to the
// side step (0: it has all of them itself).
static uint64_t barrel_addresses(const struct view *v, const struct segments *s, bool has_inner,
                                 int step)
{
    const bool run2_lists = v->eyes->barrel == L1T_UGMT_LISTS_RUN2;
    const unsigned seed = seed_of(s, has_inner), wheel = wheel_at(v, seed);
    // In the lists of Run 2 the sides are numbered the other way and bit 3 is the next inner wheel.
    const unsigned other = (step > 0) != run2_lists ? 1 : 2;
    unsigned address[STATIONS];
    for (unsigned station = 1; station <= STATIONS; station++) {
        const unsigned here = wheel_at(v, station);
        const bool there = station <= seed && (s->found >> (station - 1) & 1) != 0 &&
                           here + 1 >= wheel && here <= wheel;
        const bool own = step == 0 || (station <= s->inner) == has_inner;
        address[station - 1] =
            there ? 8u * ((here == wheel) != run2_lists) + 2 * (own ? 0 : other) + s->tag
                  : NO_ADDRESS;
    }
    if (v->eyes->order == L1T_UGMT_ORDER_RUN2)
        return l1t_muon_b_run2_station_1_put(address[0] & 3) |
               l1t_muon_b_run2_station_2_put(address[1]) |
               l1t_muon_b_run2_station_3_put(address[2]) |
               l1t_muon_b_run2_station_4_put(address[3]) | l1t_muon_b_run2_wheel_put(wheel) |
               l1t_muon_b_run2_side_put(v->eta < 0);
    const unsigned four = address[3] == NO_ADDRESS ? NO_ADDRESS_4 : s->tag == 1 ? 1 : 2;
    return l1t_muon_b_station_1_put(address[0]) | l1t_muon_b_station_2_put(address[1]) |
           l1t_muon_b_station_3_put(address[2]) | l1t_muon_b_station_4_put(four) |
           l1t_muon_b_wheel_put(wheel) | l1t_muon_b_side_put(v->eta < 0);
}

// Chambers are numbered through the previous sector, then the own one.
static uint64_t endcap_addresses(const struct view *v, const struct segments *s, bool previous)
{
    const uint32_t width = (uint32_t)((UINT64_C(1) << 32) / 6);
    const uint64_t inside = from_first(v, v->phi) % width;
    const unsigned own_1 = previous ? 1 : 4, own = previous ? 1 : 3;
    const unsigned chamber_1 = own_1 + (unsigned)at_most((int64_t)(inside * 3 / width), 2);
    const unsigned chamber = own + (unsigned)at_most((int64_t)(inside * 2 / width), 1);
    return (s->found & 1 ? l1t_muon_e_chamber_1_put(chamber_1) | l1t_muon_e_segment_1_put(s->tag)
                         : 0) |
           (s->found & 2 ? l1t_muon_e_chamber_2_put(chamber) | l1t_muon_e_segment_2_put(s->tag)
                         : 0) |
           (s->found & 4 ? l1t_muon_e_chamber_3_put(chamber) | l1t_muon_e_segment_3_put(s->tag)
                         : 0) |
           (s->found & 8 ? l1t_muon_e_chamber_4_put(chamber) | l1t_muon_e_segment_4_put(s->tag)
                         : 0);
}

static uint64_t upper_part(struct view *v, const struct segments *s, bool has_inner, int step)
{
    const int64_t curve = v->eyes->ideal ? v->curve : measure_curve(v);
    const int64_t free_pt = (pt_code(curve) - 1) / 2 + 1;
    if (v->finder == L1T_UGMT_OVERLAP)
        return l1t_muon_o_layers_put(s->extra & 0x3ffff) | l1t_muon_o_weight_put(s->extra >> 20);
    if (v->finder == L1T_UGMT_ENDCAP)
        return endcap_addresses(v, s, step > 0 && !has_inner) |
               l1t_muon_e_pt_u_put(at_most(free_pt, 255));
    return barrel_addresses(v, s, has_inner, step) |
           (v->eyes->order == L1T_UGMT_ORDER_RUN3 ? l1t_muon_b_pt_u_put(at_most(free_pt, 255)) : 0);
}

// The values common to all groups, as this sector measures them.
static uint64_t lower_part(struct view *v, unsigned sector)
{
    const bool ideal = v->eyes->ideal;
    const int64_t curve = ideal ? v->muon->charge * v->curve : measure_curve(v);
    const uint32_t phi =
        v->phi + (ideal ? 0 : (uint32_t)normal(v, v->eye->phi_error)) + (1u << 31) / 576;
    const int global = (int)((uint64_t)phi * 576 >> 32);
    const int width = 576 / (int)sectors(v);
    int local = (global - first_phi(v) - width * (int)sector + 2 * 576) % 576;
    local -= local >= 288 ? 576 : 0;
    const struct l1t_alias *quality =
        v->kind == L1T_MUON_PUNCH ? &v->eyes->punch_quality : &v->eye->quality;
    const bool hf = v->finder != L1T_UGMT_ENDCAP && v->fine; // in the endcap: a halo muon
    return l1t_muon_in_pt_put(ideal ? (int)at_most(1 + v->muon->pt / (L1T_MUON_GEV / 2), 511)
                                    : pt_code(curve)) |
           l1t_muon_in_quality_put(l1t_alias_draw(quality, l1t_draw(v->d))) |
           l1t_muon_in_eta_put(eta_code(v, v->seen_eta)) | l1t_muon_in_hf_put(hf) |
           l1t_muon_in_phi_put(local) | l1t_muon_in_sign_put(curve < 0) |
           l1t_muon_in_sign_valid_put(1);
}

// ---- who sees it ----

static struct l1t_muon_sight make_sight(struct view *v, const struct segments *s, unsigned sector,
                                        bool has_inner, int step, unsigned owner)
{
    const uint64_t lower = lower_part(v, sector); // before the upper part draws
    const uint64_t upper = upper_part(v, s, has_inner, step);
    return (struct l1t_muon_sight){lower | upper, (uint8_t)(first_link(v) + sector),
                                   (uint8_t)owner};
}

static struct segments find_segments(struct view *v, bool twice)
{
    struct segments s = {.inner = STATIONS, .inner_own = true};
    for (unsigned i = 0; i < STATIONS; i++)
        s.found |= (unsigned)(l1t_draw(v->d) < v->eyes->segment) << i;
    s.extra = l1t_draw(v->d);
    s.tag = s.extra >> 31;
    if (v->finder == L1T_UGMT_BARREL && twice) {
        // Both wedges have a seed of their own.
        s.inner = 2 + (s.extra >> 30 & 1);
        s.inner_own = (s.extra >> 29 & 1) != 0;
        s.found |= 1u << 3 | 1u << 1;
    }
    if ((s.found & 0xe) == 0) // a track has segments, one of them behind station 1
        s.found |= 3;
    return s;
}

static size_t see_with(struct view *v, unsigned owner, size_t n, struct l1t_muon_sight *sight)
{
    const bool missed = l1t_draw(v->d) >= v->eye->efficiency;
    if (missed && v->kind == L1T_MUON_TRUE && !v->eyes->ideal)
        return n;
    go_to_station(v);
    measure_eta(v);
    const int step = neighbour(v);
    const bool lucky = l1t_draw(v->d) < v->eye->twice;
    const bool twice = step != 0 && lucky && v->kind == L1T_MUON_TRUE && !v->eyes->ideal;
    struct segments s = find_segments(v, twice);
    const unsigned own = sector_of(v, v->phi);
    // has_inner counts where segments are in two barrel wedges; elsewhere it names the own sector.
    sight[n++] = make_sight(v, &s, own, s.inner_own, twice ? step : 0, owner);
    if (!twice)
        return n;
    const unsigned other = (own + sectors(v) + (unsigned)(step + (int)sectors(v))) % sectors(v);
    if (l1t_draw(v->d) < v->eyes->mistaken)
        s.tag ^= 1;
    const int back = v->finder == L1T_UGMT_BARREL ? -step : step;
    sight[n++] = make_sight(v, &s, other, !s.inner_own, back, owner);
    return n;
}

size_t l1t_muon_see(const struct l1t_muon_eyes *eyes, const struct l1t_muon_particle *p,
                    enum l1t_muon_kind kind, struct l1t_draws *d, unsigned owner, size_t n,
                    struct l1t_muon_sight sight[L1T_MUON_SIGHTS])
{
    const int32_t eta = p->eta < 0 ? -p->eta : p->eta;
    const bool once = eyes->ideal || kind == L1T_MUON_PUNCH;
    for (unsigned i = L1T_UGMT_FINDERS; i-- > 0;) {
        const struct l1t_muon_eye *eye = &eyes->finder[i];
        if (eta < eye->eta_min || eta > eye->eta_max || (p->pt < eye->reach && !eyes->ideal))
            continue;
        struct l1t_draws own = *d; // what one finder uses up moves no other
        own.block += (i + 1) << 10;
        own.left = 0;
        struct view v = {.eyes = eyes, .eye = eye, .muon = p, .d = &own, .kind = kind, .finder = i};
        n = see_with(&v, owner, n, sight);
        if (once)
            break;
    }
    return n;
}
