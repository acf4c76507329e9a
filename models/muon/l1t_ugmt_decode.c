// SPDX-License-Identifier: Apache-2.0
// From link words to muons with a global phi. Slots without pt are left out, so that everything
// behind has work only for what is there; order and numbers of the others stay.
#include "../l1t_formats.h"
#include "l1t_ugmt.h"

// Origin of a link's local phi, plus 576 so that no sum is negative.
static const uint16_t origin[L1T_UGMT_LINKS] = {
    600, 696, 792, 888, 984, 1080,                                 // E+
    600, 696, 792, 888, 984, 1080,                                 // O+
    552, 600, 648, 696, 744, 792,  840, 888, 936, 984, 1032, 1080, // B
    600, 696, 792, 888, 984, 1080,                                 // O-
    600, 696, 792, 888, 984, 1080,                                 // E-
};

// Sums lie in 424..1207: at most two subtractions, as in the hardware.
static uint16_t global_phi(unsigned link, int local)
{
    unsigned phi = (unsigned)(origin[link] + local);
    phi -= phi >= L1T_UGMT_PHIS ? L1T_UGMT_PHIS : 0;
    phi -= phi >= L1T_UGMT_PHIS ? L1T_UGMT_PHIS : 0;
    return (uint16_t)phi;
}

// Displacement came with Run 3; the overlap finder has none.
static void decode_displacement(enum l1t_ugmt_order order, uint64_t word,
                                struct l1t_ugmt_cand *cand)
{
    const unsigned finder = l1t_ugmt_finder(cand->group);
    cand->pt_u = 0;
    cand->dxy = 0;
    if (order != L1T_UGMT_ORDER_RUN3)
        return;
    if (finder == L1T_UGMT_BARREL) {
        cand->pt_u = (uint8_t)l1t_muon_b_pt_u(word);
        cand->dxy = (uint8_t)l1t_muon_b_dxy(word);
    } else if (finder == L1T_UGMT_ENDCAP) {
        cand->pt_u = (uint8_t)l1t_muon_e_pt_u(word);
        cand->dxy = (uint8_t)l1t_muon_e_dxy(word);
    }
}

static uint32_t barrel_address(enum l1t_ugmt_order order, uint64_t word)
{
    int64_t station[4] = {l1t_muon_b_station_1(word), l1t_muon_b_station_2(word),
                          l1t_muon_b_station_3(word), l1t_muon_b_station_4(word)};
    if (order == L1T_UGMT_ORDER_RUN2) {
        station[0] = l1t_muon_b_run2_station_1(word);
        station[1] = l1t_muon_b_run2_station_2(word);
        station[2] = l1t_muon_b_run2_station_3(word);
        station[3] = l1t_muon_b_run2_station_4(word);
    }
    return (uint32_t)(station[0] | station[1] << 4 | station[2] << 8 | station[3] << 12 |
                      l1t_muon_b_wheel(word) << L1T_UGMT_ADDRESS_WHEEL |
                      l1t_muon_b_side(word) << L1T_UGMT_ADDRESS_SIDE);
}

// The four stations of the endcap follow each other in the word as they do in the address.
static uint32_t endcap_address(uint64_t word)
{
    return (uint32_t)(word >> l1t_muon_e_segment_1_lsb) & 0xffff;
}

static uint32_t address(enum l1t_ugmt_order order, unsigned group, uint64_t word)
{
    const unsigned finder = l1t_ugmt_finder(group);
    return finder == L1T_UGMT_BARREL   ? barrel_address(order, word)
           : finder == L1T_UGMT_ENDCAP ? endcap_address(word)
                                       : 0;
}

static void decode_one(enum l1t_ugmt_order order, unsigned link, unsigned slot, uint64_t word,
                       struct l1t_ugmt_cand *cand)
{
    cand->index = (uint8_t)(L1T_UGMT_SLOTS * link + slot);
    cand->group = l1t_ugmt_group_of[link];
    cand->pt = (uint16_t)l1t_muon_in_pt(word);
    cand->quality = (uint8_t)l1t_muon_in_quality(word);
    cand->eta = (int16_t)l1t_muon_in_eta(word);
    cand->phi = global_phi(link, (int)l1t_muon_in_phi(word));
    cand->hf = (uint8_t)l1t_muon_in_hf(word);
    // The endcap's eta is always fine; its bit means a halo muon.
    cand->fine = l1t_ugmt_finder(cand->group) == L1T_UGMT_ENDCAP ? 1 : cand->hf;
    cand->sign = (uint8_t)l1t_muon_in_sign(word);
    cand->sign_valid = (uint8_t)l1t_muon_in_sign_valid(word);
    cand->address = address(order, cand->group, word);
    cand->cancel = 0;
    decode_displacement(order, word, cand);
}

void l1t_ugmt_decode(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                     struct l1t_ugmt_result *result)
{
    unsigned n = 0;
    for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
        result->start[link] = (uint8_t)n;
        for (unsigned slot = 0; slot < L1T_UGMT_SLOTS; slot++) {
            const uint64_t word = event->muon[L1T_UGMT_SLOTS * link + slot];
            if (l1t_muon_in_pt(word) != 0)
                decode_one(config->order, link, slot, word, &result->cand[n++]);
        }
    }
    result->start[L1T_UGMT_LINKS] = (uint8_t)n;
    result->n = n;
}
