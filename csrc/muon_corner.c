// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings that are hard for the global muon trigger on purpose. Every bit that a kind does not
// set is random, those included that no format uses.
#include "muon_parts.h"

#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum kind {
    SOME,      // each link with its own occupancy
    FULL,      // all slots
    COPIES,    // muons that all links send which reach them, a little apart
    EDGES,     // the same, but apart by what is just inside or outside of the windows
    TIES,      // two values of pt and quality in all the crossing
    EXTREMES,  // ends of all ranges
    CHAIN,     // barrel muons that share segments with the next wedge, one after the other
    ONE,       // a single muon
    ONE_LINK,  // one link with all slots
    ONE_GROUP, // the links of one group, half of the time with small pt
    NOTHING,
    KINDS
};

static uint64_t any_word(struct l1t_draws *d)
{
    const uint64_t upper = l1t_draw(d);
    return upper << 32 | l1t_draw(d);
}

// A word with pt that is not 0.
static uint64_t any_muon(struct l1t_draws *d)
{
    const uint64_t word = any_word(d);
    return l1t_muon_in_pt(word) != 0 ? word : word | l1t_muon_in_pt_put(1);
}

static uint64_t replace(uint64_t word, uint64_t all, uint64_t by)
{
    return (word & ~all) | by;
}

static int any_sign(struct l1t_draws *d, int value)
{
    return l1t_draw_below(d, 2) != 0 ? value : -value;
}

static void some(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const unsigned scale = 1 + l1t_draw_below(d, 4); // of the crossing
    for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
        const unsigned sixteenths = l1t_draw_below(d, 16) / scale;
        for (unsigned slot = 0; slot < L1T_UGMT_SLOTS; slot++)
            if (l1t_draw_below(d, 16) < sixteenths)
                out->muon[L1T_UGMT_SLOTS * link + slot] = any_muon(d);
            else // not a muon, but not 0 either
                out->muon[L1T_UGMT_SLOTS * link + slot] =
                    replace(any_word(d), l1t_muon_in_pt_put(-1), 0);
    }
}

static void full(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    for (unsigned i = 0; i < L1T_UGMT_IN; i++)
        out->muon[i] = any_muon(d);
}

// ---- copies ----

// Global phi of a link's local 0.
static int origin_of(unsigned link)
{
    const unsigned group = l1t_ugmt_group_of[link];
    const int sector = (int)(link - l1t_ugmt_first[group]);
    return group == L1T_UGMT_B ? 48 * sector - 24 : 96 * sector + 24;
}

// What tells copies apart: up to most, or one of the two ends around limit and 0.
static int spread(struct l1t_draws *d, bool edges, int most, int limit)
{
    if (!edges)
        return (int)l1t_draw_below(d, 2 * (unsigned)most + 1) - most;
    return l1t_draw_below(d, 2) != 0 ? 0 : any_sign(d, limit + (int)l1t_draw_below(d, 2));
}

static void copy(struct l1t_draws *d, bool edges, struct l1t_ugmt_event *out)
{
    const bool around_0 = l1t_draw_below(d, 3) == 0;
    const int phi = (int)(around_0 ? 570 + l1t_draw_below(d, 12) : l1t_draw_below(d, 576));
    const int eta = (int)l1t_draw_below(d, 401) - 200;
    const uint64_t address = any_word(d); // qualities, track addresses: alike
    const uint64_t alike = l1t_muon_in_quality_put(14) | UINT64_C(0x007ccccc) << 32;
    for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
        const int turned = phi - origin_of(link) + spread(d, edges, 5, 7) + 1152 + 288;
        const int local = turned % 576 - 288;
        const unsigned slot = l1t_draw_below(d, 4);
        if (local < -128 || local > 127 || slot == L1T_UGMT_SLOTS)
            continue;
        const int moved = eta + spread(d, edges, 16, 31);
        uint64_t word = replace(any_muon(d), alike, address & alike);
        word = replace(word, l1t_muon_in_phi_put(-1) | l1t_muon_in_eta_put(-1),
                       l1t_muon_in_phi_put(local) | l1t_muon_in_eta_put(moved));
        out->muon[L1T_UGMT_SLOTS * link + slot] = word;
    }
}

static void copies(struct l1t_draws *d, bool edges, struct l1t_ugmt_event *out)
{
    for (unsigned n = 1 + l1t_draw_below(d, 6); n > 0; n--)
        copy(d, edges, out);
}

// ---- values ----

static void ties(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const uint64_t all = l1t_muon_in_pt_put(-1) | l1t_muon_in_quality_put(-1);
    const int pt = 1 + (int)l1t_draw_below(d, 510), quality = (int)l1t_draw_below(d, 15);
    const unsigned filled = 1 + l1t_draw_below(d, 8);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned pick = l1t_draw_below(d, 4);
        if (l1t_draw_below(d, 8) < filled)
            out->muon[i] = replace(any_word(d), all,
                                   l1t_muon_in_pt_put(pt + (int)(pick & 1)) |
                                       l1t_muon_in_quality_put(quality + (int)(pick >> 1)));
    }
}

static void extremes(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    static const int pt[8] = {1, 2, 63, 64, 127, 128, 510, 511};
    static const int eta[8] = {-256, -255, -8, -1, 0, 1, 8, 255};
    static const int phi[4] = {-128, -1, 0, 127};
    const unsigned filled = l1t_draw_below(d, 2) != 0 ? 8 : 1 + l1t_draw_below(d, 8);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned pick = l1t_draw(d) >> 8;
        if ((pick >> 8 & 7) < filled)
            out->muon[i] =
                replace(any_word(d),
                        l1t_muon_in_pt_put(-1) | l1t_muon_in_eta_put(-1) | l1t_muon_in_phi_put(-1),
                        l1t_muon_in_pt_put(pt[pick & 7]) | l1t_muon_in_eta_put(eta[pick >> 3 & 7]) |
                            l1t_muon_in_phi_put(phi[pick >> 6 & 3]));
    }
}

// In each wedge from the first on a muon whose segment in station 2 and 3 belongs to the one before
// and after as well: its address is "previous sector" for one and the own one for the other. With
// equal quality each is cancelled by the one before, which is cancelled itself.
static void chain(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const unsigned first = l1t_draw_below(d, 12), n = 2 + l1t_draw_below(d, 4);
    const int wheel = (int)l1t_draw_below(d, 3), side = (int)l1t_draw_below(d, 2);
    const int quality = (int)l1t_draw_below(d, 16);
    const uint64_t all = l1t_muon_b_station_1_put(-1) | l1t_muon_b_station_2_put(-1) |
                         l1t_muon_b_station_3_put(-1) | l1t_muon_b_station_4_put(-1) |
                         l1t_muon_b_wheel_put(-1) | l1t_muon_b_side_put(-1) |
                         l1t_muon_b_quality_put(-1);
    for (unsigned i = 0; i < n; i++) {
        const unsigned link = l1t_ugmt_first[L1T_UGMT_B] + (first + i) % 12;
        // (a, b) of neighbours are (8, c) in station 2 and (a, 8) in station 3, or in Run 2 (c, 8)
        // and (8, a): the same addresses in turn.
        const int two = i % 2 == 0 ? 8 : 12, three = i % 2 == 0 ? 8 : 10;
        const int quality_now = l1t_draw_below(d, 8) == 0 ? quality ^ 1 : quality;
        out->muon[L1T_UGMT_SLOTS * link + l1t_draw_below(d, 3)] =
            replace(any_muon(d), all,
                    l1t_muon_b_station_1_put(15) | l1t_muon_b_station_2_put(two) |
                        l1t_muon_b_station_3_put(three) | l1t_muon_b_station_4_put(3) |
                        l1t_muon_b_wheel_put(wheel) | l1t_muon_b_side_put(side) |
                        l1t_muon_b_quality_put(quality_now));
    }
}

static void one_link(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const unsigned link = l1t_draw_below(d, L1T_UGMT_LINKS);
    for (unsigned slot = 0; slot < L1T_UGMT_SLOTS; slot++)
        out->muon[L1T_UGMT_SLOTS * link + slot] = any_muon(d);
}

static void one_group(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const unsigned group = l1t_draw_below(d, L1T_UGMT_GROUPS);
    const uint64_t drop = l1t_draw_below(d, 2) != 0 ? l1t_muon_in_pt_put(0x1f8) : 0;
    for (unsigned i = 3u * l1t_ugmt_first[group]; i < 3u * l1t_ugmt_first[group + 1]; i++)
        out->muon[i] = replace(any_word(d), drop, l1t_muon_in_pt_put(1));
}

static void fill(struct l1t_draws *d, enum kind kind, struct l1t_ugmt_event *out)
{
    switch (kind) {
    case FULL:
        full(d, out);
        break;
    case COPIES:
    case EDGES:
        copies(d, kind == EDGES, out);
        break;
    case TIES:
        ties(d, out);
        break;
    case EXTREMES:
        extremes(d, out);
        break;
    case CHAIN:
        chain(d, out);
        break;
    case ONE:
        out->muon[l1t_draw_below(d, L1T_UGMT_IN)] = any_muon(d);
        break;
    case ONE_LINK:
        one_link(d, out);
        break;
    case ONE_GROUP:
        one_group(d, out);
        break;
    case NOTHING:
        break;
    default:
        some(d, out);
    }
}

// A third of the crossings is quiet, as in operation.
static void add_sums(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    if (l1t_draw_below(d, 3) == 0)
        return;
    const unsigned most = 1 + l1t_draw_below(d, 32);
    for (unsigned i = 0; i < L1T_UGMT_SUMS; i++)
        out->sum[i] = (uint8_t)l1t_draw_below(d, most);
}

unsigned l1t_muon_corner_kinds(void)
{
    return KINDS;
}

void l1t_muon_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_ugmt_event *out)
{
    struct l1t_draws d = {.seed = seed, .event = event, .stream = L1T_STREAM_MUON_CORNERS};
    memset(out, 0, sizeof *out);
    fill(&d, (enum kind)(kind % KINDS), out);
    add_sums(&d, out);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) // service bits
        out->muon[i] &= UINT64_C(0x7fffffff7fffffff);
}
