// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings that are hard for the global muon trigger on purpose.
#include "muon_parts.h"

#include "l1t_formats.h"

#include <string.h>

enum { FULL, HALF, COPIES, TIES, EXTREMES, NOTHING, KINDS };

static uint64_t any_word(struct l1t_draws *d)
{
    const uint64_t upper = l1t_draw(d);
    return upper << 32 | l1t_draw(d);
}

// Every slot of every link, or about half of them.
static void crowd(struct l1t_draws *d, unsigned part, struct l1t_ugmt_event *out)
{
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t word = any_word(d);
        out->muon[i] = l1t_draw_below(d, 2) < part ? word | 1 : word & ~UINT64_C(511);
    }
}

static int first_phi(unsigned link)
{
    const unsigned group = l1t_ugmt_group_of[link];
    const int sector = (int)(link - l1t_ugmt_first[group]);
    return group == L1T_UGMT_B ? 48 * sector - 24 : 96 * sector + 24;
}

// -288..287
static int folded(int phi)
{
    return (phi + 288 + 2 * 576) % 576 - 288;
}

// Muons that all links send which reach them, a little apart, with few qualities and addresses, so
// that many pairs are compared; a quarter of them around phi 0.
static void copies(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    for (unsigned n = 1 + l1t_draw_below(d, 6); n > 0; n--) {
        const bool around_0 = l1t_draw_below(d, 4) == 0;
        const int phi = (int)(around_0 ? 570 + l1t_draw_below(d, 12) : l1t_draw_below(d, 576));
        const int eta = (int)l1t_draw_below(d, 401) - 200;
        for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
            const int local = folded(phi - first_phi(link) + (int)l1t_draw_below(d, 9) - 4);
            const unsigned slot = l1t_draw_below(d, 4);
            if (local < -128 || local > 127 || slot == L1T_UGMT_SLOTS)
                continue;
            uint64_t word = any_word(d) & UINT64_C(0x7ff333ffffffffff);
            word &=
                ~(l1t_muon_in_eta_put(-1) | l1t_muon_in_phi_put(-1) | l1t_muon_in_quality_put(12));
            out->muon[L1T_UGMT_SLOTS * link + slot] =
                word | l1t_muon_in_pt_put(1) | l1t_muon_in_phi_put(local) |
                l1t_muon_in_eta_put(eta + (int)l1t_draw_below(d, 33) - 16);
        }
    }
}

// Two values of pt and quality.
static void ties(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const uint64_t base = any_word(d);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t word = any_word(d) & ~(l1t_muon_in_pt_put(-1) | l1t_muon_in_quality_put(-1));
        const unsigned pick = l1t_draw_below(d, 8);
        if (pick < 6)
            out->muon[i] = word | l1t_muon_in_pt_put((int)(base & 255) + 1 + (int)(pick & 1)) |
                           l1t_muon_in_quality_put((int)(base >> 8 & 14) + (int)(word >> 63));
    }
}

static void extremes(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    static const int pt[8] = {1, 2, 63, 64, 127, 128, 510, 511};
    static const int eta[8] = {-256, -255, -8, -1, 0, 1, 8, 255};
    static const int phi[4] = {-128, -1, 0, 127};
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t rest = any_word(d) & ~(l1t_muon_in_pt_put(-1) | l1t_muon_in_eta_put(-1) |
                                              l1t_muon_in_phi_put(-1));
        const uint32_t pick = l1t_draw(d);
        out->muon[i] = rest | l1t_muon_in_pt_put(pt[pick & 7]) |
                       l1t_muon_in_eta_put(eta[pick >> 3 & 7]) |
                       l1t_muon_in_phi_put(phi[pick >> 6 & 3]);
    }
}

static void add_sums(struct l1t_draws *d, struct l1t_ugmt_event *out)
{
    const uint32_t most = 1 + l1t_draw_below(d, 32);
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
    switch (kind % KINDS) {
    case FULL:
        crowd(&d, 2, out);
        break;
    case HALF:
        crowd(&d, 1, out);
        break;
    case COPIES:
        copies(&d, out);
        break;
    case TIES:
        ties(&d, out);
        break;
    case EXTREMES:
        extremes(&d, out);
        break;
    default:
        break;
    }
    if (l1t_draw_below(&d, 3) != 0)
        add_sums(&d, out);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) // service bits
        out->muon[i] &= UINT64_C(0x7fffffff7fffffff);
}
