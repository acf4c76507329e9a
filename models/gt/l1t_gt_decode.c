// SPDX-License-Identifier: Apache-2.0
// From link words to objects in hardware units. Codes that a link can carry but no sender makes are
// brought into range here, so that everything behind may index tables with them: phi beyond the
// turn is one turn too far.
//
// Source: docs/gt.md, "Events"
#include "../l1t_formats.h"
#include "l1t_gt_event.h"

const uint8_t l1t_gt_type_slots[L1T_GT_TYPES] = {
#define L1T_GT_COUNT(name, slots) [L1T_GT_##name] = (slots),
    L1T_GT_TYPE_MAP(L1T_GT_COUNT)
#undef L1T_GT_COUNT
};

const uint8_t l1t_gt_first_slot[L1T_GT_TYPES] = {
#define L1T_GT_FIRST(name, slots) [L1T_GT_##name] = L1T_GT_FIRST_##name,
    L1T_GT_TYPE_MAP(L1T_GT_FIRST)
#undef L1T_GT_FIRST
};

enum { CALO_TURN = 144, MUON_TURN = 576, SHOWER_KINDS = 5, TOWERCOUNT_MASK = 0xfff };

static uint16_t within_turn(int64_t phi, int turn)
{
    return (uint16_t)(phi >= turn ? phi - turn : phi);
}

static struct l1t_gt_object muon(uint64_t word)
{
    return (struct l1t_gt_object){
        .et = (uint16_t)l1t_muon_gt_pt(word),
        .eta = (int16_t)l1t_muon_gt_eta_vtx(word),
        .phi = within_turn(l1t_muon_gt_phi_vtx(word), MUON_TURN),
        .upt = (uint8_t)l1t_muon_gt_pt_u(word),
        .index = (uint8_t)l1t_muon_gt_index(word),
        .quality = (uint8_t)l1t_muon_gt_quality(word),
        .iso = (uint8_t)l1t_muon_gt_iso(word),
        .ip = (uint8_t)l1t_muon_gt_dxy(word),
        .charge = (uint8_t)(l1t_muon_gt_sign(word) | l1t_muon_gt_sign_valid(word) << 1),
    };
}

static struct l1t_gt_object egamma(uint32_t word)
{
    return (struct l1t_gt_object){
        .et = (uint16_t)l1t_egamma_gt_et(word),
        .eta = (int16_t)l1t_egamma_gt_eta(word),
        .phi = within_turn(l1t_egamma_gt_phi(word), CALO_TURN),
        .iso = (uint8_t)l1t_egamma_gt_iso(word),
    };
}

static struct l1t_gt_object tau(uint32_t word)
{
    return (struct l1t_gt_object){
        .et = (uint16_t)l1t_tau_gt_et(word),
        .eta = (int16_t)l1t_tau_gt_eta(word),
        .phi = within_turn(l1t_tau_gt_phi(word), CALO_TURN),
        .iso = (uint8_t)l1t_tau_gt_iso(word),
    };
}

static struct l1t_gt_object jet(uint32_t word)
{
    return (struct l1t_gt_object){
        .et = (uint16_t)l1t_jet_gt_run3_et(word),
        .eta = (int16_t)l1t_jet_gt_run3_eta(word),
        .phi = within_turn(l1t_jet_gt_run3_phi(word), CALO_TURN),
        .displaced = (uint8_t)l1t_jet_gt_run3_displaced(word),
    };
}

static void put(struct l1t_gt_event *event, enum l1t_gt_type type, int64_t et, int64_t phi)
{
    event->object[l1t_gt_first_slot[type]] = (struct l1t_gt_object){
        .et = (uint16_t)et,
        .phi = within_turn(phi, CALO_TURN),
    };
}

static void decode_sums(const uint32_t *sum, struct l1t_gt_event *event)
{
    put(event, L1T_GT_ETT, l1t_sum_et_gt_et(sum[0]), 0);
    put(event, L1T_GT_ETTEM, l1t_sum_et_gt_em(sum[0]), 0);
    put(event, L1T_GT_HTT, l1t_sum_ht_gt_et(sum[1]), 0);
    // The hardware compares 12 of its 13 bits.
    put(event, L1T_GT_TOWERCOUNT, l1t_sum_ht_gt_towers(sum[1]) & TOWERCOUNT_MASK, 0);
    put(event, L1T_GT_ETM, l1t_sum_met_gt_et(sum[2]), l1t_sum_met_gt_phi(sum[2]));
    put(event, L1T_GT_HTM, l1t_sum_mht_gt_et(sum[3]), l1t_sum_mht_gt_phi(sum[3]));
    put(event, L1T_GT_ETMHF, l1t_sum_methf_gt_et(sum[4]), l1t_sum_methf_gt_phi(sum[4]));
    put(event, L1T_GT_HTMHF, l1t_sum_mhthf_gt_et(sum[5]), l1t_sum_mhthf_gt_phi(sum[5]));
    put(event, L1T_GT_ASYMET, l1t_sum_met_gt_asymmetry(sum[2]), 0);
    put(event, L1T_GT_ASYMHT, l1t_sum_mht_gt_asymmetry(sum[3]), 0);
    put(event, L1T_GT_ASYMETHF, l1t_sum_methf_gt_asymmetry(sum[4]), 0);
    put(event, L1T_GT_ASYMHTHF, l1t_sum_mhthf_gt_asymmetry(sum[5]), 0);
    put(event, L1T_GT_MBT0HFP, l1t_sum_et_gt_mb0_plus(sum[0]), 0);
    put(event, L1T_GT_MBT0HFM, l1t_sum_ht_gt_mb0_minus(sum[1]), 0);
    put(event, L1T_GT_MBT1HFP, l1t_sum_met_gt_mb1_plus(sum[2]), 0);
    put(event, L1T_GT_MBT1HFM, l1t_sum_mht_gt_mb1_minus(sum[3]), 0);
}

static void decode_link11(const uint32_t *word, struct l1t_gt_event *event)
{
    int64_t score = 0;
    for (unsigned i = 0; i < 4; i++)
        score = score << 4 | l1t_link11_gt_score(word[i]);
    put(event, L1T_GT_CICADA, score, 0);
    put(event, L1T_GT_ZDCP, l1t_link11_gt_zdc_plus(word[0]), 0);
    put(event, L1T_GT_ZDCM, l1t_link11_gt_zdc_minus(word[1]), 0);
}

// The showers travel in certain muon slots, whether there is a muon or not.
static uint32_t showers(const uint64_t *muons)
{
    static const struct {
        uint8_t slot, signal;
    } shower[SHOWER_KINDS] = {{0, L1T_GT_MUS0},
                              {2, L1T_GT_MUS1},
                              {3, L1T_GT_MUS2},
                              {4, L1T_GT_MUSOOT0},
                              {6, L1T_GT_MUSOOT1}};
    uint32_t signals = 0;
    for (unsigned i = 0; i < SHOWER_KINDS; i++)
        signals |= (uint32_t)l1t_muon_gt_shower(muons[shower[i].slot]) << shower[i].signal;
    return signals;
}

void l1t_gt_decode(const struct l1t_gt_words *words, struct l1t_gt_event *event)
{
    struct l1t_gt_object *object = event->object;
    for (unsigned i = 0; i < L1T_GT_MUONS; i++)
        object[L1T_GT_FIRST_MU + i] = muon(words->muon[i]);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++) {
        object[L1T_GT_FIRST_EG + i] = egamma(words->egamma[i]);
        object[L1T_GT_FIRST_TAU + i] = tau(words->tau[i]);
        object[L1T_GT_FIRST_JET + i] = jet(words->jet[i]);
    }
    decode_sums(words->sum, event);
    decode_link11(words->link11, event);
    for (unsigned i = 0; i < L1T_GT_EXTERNALS / 64; i++)
        event->external[i] = words->external[i];
    event->signal = (uint32_t)(l1t_sum_methf_gt_centrality(words->sum[4]) |
                               l1t_sum_mhthf_gt_centrality(words->sum[5]) << 4)
                        << L1T_GT_CENT0 |
                    showers(words->muon);
}
