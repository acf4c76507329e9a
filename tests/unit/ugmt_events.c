// SPDX-License-Identifier: GPL-3.0-or-later
#include "ugmt_events.h"

#include "l1t/rng.h"

#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum { SEED = 11, CONFIGS = 1 << 30 };

// Words of one event or configuration, one after the other.
struct draws {
    uint64_t number;
    uint32_t block, at, word[4];
};

static uint32_t draw(struct draws *d)
{
    if (d->at == 0)
        l1t_rng_words(SEED, L1T_STREAM_TEST, d->number, d->block++, d->word);
    const uint32_t word = d->word[d->at];
    d->at = (d->at + 1) % 4;
    return word;
}

static int below(struct draws *d, uint32_t n)
{
    return (int)(draw(d) % n);
}

// ---- configurations ----

static void fill(struct draws *d, uint8_t *table, size_t n, uint32_t limit)
{
    for (size_t i = 0; i < n; i++)
        table[i] = (uint8_t)below(d, limit);
}

void ugmt_random_config(uint64_t number, struct l1t_ugmt_config *config)
{
    struct draws d = {.number = CONFIGS + number};
    memset(config, 0, sizeof *config);
    config->order = (enum l1t_ugmt_order)(number & 1);
    config->barrel = (enum l1t_ugmt_lists)(number >> 1 & 1);
    config->endcap = (enum l1t_ugmt_endcap)(number >> 2 & 1);
    config->layout = (enum l1t_ugmt_layout)(number % 3);
    config->pt_bits = (uint8_t)(6 + (number >> 3 & 1));
    config->eta_shift = (uint8_t)(config->pt_bits - 4);
    config->phi_shift = (uint8_t)below(&d, 4);
    fill(&d, config->match[0], sizeof config->match, 2);
    fill(&d, config->eta_extrapolation[0], sizeof config->eta_extrapolation, 16);
    fill(&d, config->phi_extrapolation[0], sizeof config->phi_extrapolation, 16);
    const uint32_t ranks = number % 4 == 3 ? 4 : 1024; // few ranks: ties
    for (unsigned i = 0; i < 8192; i++)
        config->rank[i] = (uint16_t)below(&d, ranks);
    fill(&d, config->eta_region, sizeof config->eta_region, L1T_UGMT_ETA_REGIONS);
    fill(&d, config->phi_region, sizeof config->phi_region, L1T_UGMT_PHI_REGIONS);
    fill(&d, config->absolute, sizeof config->absolute, 2);
    fill(&d, config->relative, sizeof config->relative, 2);
}

// ---- events ----

static uint64_t random_word(struct draws *d)
{
    return (uint64_t)draw(d) << 32 | draw(d);
}

static void random_muons(struct draws *d, uint32_t percent, struct l1t_ugmt_event *event)
{
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t word = random_word(d);
        event->muon[i] = (uint32_t)below(d, 100) < percent ? word : word & ~UINT64_C(511);
    }
}

static int origin_of(unsigned link)
{
    return link >= 12 && link < 24 ? 48 * (int)(link - 12) - 24 : 96 * ((int)link % 6) + 24;
}

// A muon as every link sees that can reach its phi, a little apart.
static void see(struct draws *d, int phi, int eta, struct l1t_ugmt_event *event)
{
    for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
        int local = (phi - origin_of(link) + 576 + below(d, 9) - 4) % 576;
        local -= local >= 288 ? 576 : 0;
        if (local < -128 || local > 127 || below(d, 3) == 0)
            continue;
        const unsigned slot = (unsigned)below(d, 3);
        uint64_t word = random_word(d);
        word &= ~(l1t_muon_in_eta_put(-1) | l1t_muon_in_phi_put(-1) | l1t_muon_in_quality_put(12) |
                  UINT64_C(0x00ccccc000000000)); // few qualities and track addresses
        word |= l1t_muon_in_pt_put(1) | l1t_muon_in_phi_put(local) |
                l1t_muon_in_eta_put(eta + below(d, 33) - 16);
        event->muon[3 * link + slot] = word;
    }
}

static void duplicates(struct draws *d, struct l1t_ugmt_event *event)
{
    for (int n = 1 + below(d, 6); n > 0; n--)
        see(d, below(d, 4) == 0 ? (570 + below(d, 12)) % 576 : below(d, 576), below(d, 400) - 200,
            event);
}

static uint64_t extreme_word(struct draws *d)
{
    static const int pt[8] = {1, 63, 64, 127, 128, 510, 511, 2};
    static const int eta[8] = {-256, -255, -8, -1, 0, 1, 8, 255};
    static const int phi[4] = {-128, -1, 0, 127};
    const uint64_t upper = (uint64_t)draw(d) << 32;
    return upper | l1t_muon_in_pt_put(pt[below(d, 8)]) | l1t_muon_in_quality_put(below(d, 16)) |
           l1t_muon_in_eta_put(eta[below(d, 8)]) | l1t_muon_in_hf_put(below(d, 2)) |
           l1t_muon_in_phi_put(phi[below(d, 4)]);
}

static void few_values(struct draws *d, struct l1t_ugmt_event *event)
{
    for (unsigned i = 0; i < L1T_UGMT_IN; i++)
        if (below(d, 3) != 0)
            event->muon[i] = random_word(d) & UINT64_C(0x1313330320402401);
}

void ugmt_random_event(uint64_t number, struct l1t_ugmt_event *event)
{
    struct draws d = {.number = number};
    memset(event, 0, sizeof *event);
    switch (number % UGMT_KINDS) {
    case UGMT_SPARSE:
        random_muons(&d, 3, event);
        break;
    case UGMT_HALF:
        random_muons(&d, 50, event);
        break;
    case UGMT_FULL:
        random_muons(&d, 100, event);
        break;
    case UGMT_DUPLICATES:
        duplicates(&d, event);
        break;
    case UGMT_TIES:
        few_values(&d, event);
        break;
    default:
        for (unsigned i = 0; i < L1T_UGMT_IN; i++)
            event->muon[i] = extreme_word(&d);
    }
    if (below(&d, 3) != 0)
        fill(&d, event->sum, sizeof event->sum, 32);
}
