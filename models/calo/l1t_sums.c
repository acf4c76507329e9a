// SPDX-License-Identifier: Apache-2.0
// Sums of one side at the main processor.
//
// Vector sums are linear, so the towers of a column are added first and multiplied once by the
// column's cosine and sine; the hardware multiplies tower by tower and gets the same.
//
// Twin: rtl/calo/l1t_sums_towers.sv, l1t_sums_jets.sv
#include "l1t_sums.h"

#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "l1t_split.h"

#include <string.h>

// ---- trigonometry: a quarter wave in 1/1023 ----

enum { QUARTER = 18, HALF_TURN = 36 };

static const int16_t quarter_wave[QUARTER + 1] = {
    1023, 1019, 1007, 988, 961, 927, 886, 838, 784, 723, 658, 587, 512, 432, 350, 265, 178, 89, 0};

// The reference table has one entry that breaks the symmetry: 511 for cos 300 degrees.
int l1t_sums_cos(int phi)
{
    enum { ODD_ONE = 61 };
    const int j = phi - 1;
    if (phi == ODD_ONE)
        return 511;
    if (j <= QUARTER)
        return quarter_wave[j];
    if (j <= HALF_TURN)
        return -quarter_wave[HALF_TURN - j];
    return j <= HALF_TURN + QUARTER ? -quarter_wave[j - HALF_TURN] : quarter_wave[L1T_PHIS - j];
}

int l1t_sums_sin(int phi)
{
    const int j = phi - 1;
    if (j <= QUARTER)
        return quarter_wave[QUARTER - j];
    return j <= HALF_TURN ? quarter_wave[j - QUARTER] : -l1t_sums_sin(phi - HALF_TURN);
}

// ---- towers ----

// What is gathered on the way outwards.
struct gather {
    uint32_t et, em, towers;
    uint16_t column[L1T_PHIS]; // ET above the missing-ET threshold; 40 * 511 fits
    uint16_t saturated;        // a saturated tower was met
    uint16_t met_saturated;    // and it was above the threshold
};

static void gather_ring(struct gather *g, const uint16_t w[L1T_PHIS], unsigned met_min)
{
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    for (int p = 0; p < L1T_PHIS; p++) {
        const uint16_t et = w[p] & mask;
        const uint16_t counts = et > met_min;
        const uint16_t full = et >= L1T_SUMS_FIRST_SATURATED;
        g->et += et;
        g->column[p] = (uint16_t)(g->column[p] + (counts ? et : 0));
        g->saturated |= full;
        g->met_saturated |= (uint16_t)(full & counts);
    }
}

// E of a ring; 510 and 511 say that the ECAL input was saturated.
static void gather_em(struct gather *g, const uint16_t w[L1T_PHIS], int *saturated)
{
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    for (int p = 0; p < L1T_PHIS; p++) {
        const uint16_t et = w[p] & mask;
        g->em += l1t_split_e(w[p]);
        g->towers += et != 0;
        *saturated |= et > L1T_SUMS_FIRST_SATURATED;
    }
}

static struct l1t_vector_sum sum_of(const struct gather *g)
{
    struct l1t_vector_sum sum = {l1t_clip_u(g->et, 16), 0, 0};
    for (int p = 0; p < L1T_PHIS; p++) {
        sum.x += g->column[p] * l1t_sums_cos(p + 1);
        sum.y += g->column[p] * l1t_sums_sin(p + 1);
    }
    if (g->saturated)
        sum.et = L1T_SUMS_SATURATED;
    if (g->met_saturated)
        sum.x = sum.y = L1T_SUMS_VECTOR_SATURATED;
    return sum;
}

// Towers of HF whose feature or fine-grain bit is set, whatever their energy.
static uint8_t count_bit(const uint16_t w[L1T_RINGS][L1T_PHIS], unsigned bit)
{
    unsigned n = 0;
    for (int ring = L1T_SUMS_RINGS; ring < L1T_RINGS; ring++)
        for (int p = 0; p < L1T_PHIS; p++)
            n += w[ring][p] >> bit & 1u;
    return (uint8_t)l1t_clip_u(n, 4);
}

// Thresholds of the inner rings do not wait for nTT, which is known only when ring 4 has come.
static unsigned threshold(const struct l1t_sums_config *config, unsigned ring, unsigned ntt)
{
    enum { FIRST_WITH_NTT = 13 };
    const unsigned bin = config->ntt_bin[l1t_clip_u(ntt, 8)] & 31u;
    return config->met_min[ring < FIRST_WITH_NTT ? ring : bin << 6 | ring];
}

static void side_towers(const struct l1t_sums_config *config, const uint16_t w[L1T_RINGS][L1T_PHIS],
                        unsigned ntt, struct l1t_sums_side *side)
{
    struct gather g;
    int em_saturated = 0;
    memset(&g, 0, sizeof g);
    for (unsigned ring = 1; ring <= L1T_RINGS; ring++) {
        gather_ring(&g, w[ring - 1], threshold(config, ring, ntt));
        if (ring <= L1T_SUMS_RINGS)
            gather_em(&g, w[ring - 1], &em_saturated);
        if (ring == L1T_SUMS_RINGS)
            side->et = sum_of(&g);
    }
    side->et_hf = sum_of(&g);
    side->em = em_saturated ? (uint32_t)L1T_SUMS_SATURATED : l1t_clip_u(g.em, 16);
    side->towers = (uint16_t)g.towers;
    side->mb[0] = count_bit(w, l1t_tower_feature_lsb);
    side->mb[1] = count_bit(w, l1t_tower_finegrain_lsb);
}

void l1t_sums_towers(const struct l1t_sums_config *config, const struct l1t_towers *towers,
                     unsigned ntt, struct l1t_sums_result *result)
{
    for (int side = 0; side < L1T_SIDES; side++)
        side_towers(config, towers->w[side], ntt, &result->side[side]);
}

// ---- jets ----

static void add_jet(struct l1t_vector_sum *sum, int *saturated, const struct l1t_jet_cand *jet)
{
    if (jet->et_ht == L1T_JET_SATURATED) {
        *saturated = 1;
        return;
    }
    sum->et += jet->et_ht;
    sum->x += (int32_t)l1t_shr((int64_t)jet->et_ht * l1t_sums_cos(jet->phi), 4);
    sum->y += (int32_t)l1t_shr((int64_t)jet->et_ht * l1t_sums_sin(jet->phi), 4);
}

static void finish(struct l1t_vector_sum *sum, int saturated)
{
    sum->et = saturated ? (uint32_t)L1T_SUMS_SATURATED : l1t_clip_u(sum->et, 16);
    if (saturated)
        sum->x = sum->y = L1T_SUMS_VECTOR_SATURATED;
}

void l1t_sums_jets(const struct l1t_sums_config *config, const struct l1t_jet_result *jets,
                   struct l1t_sums_result *result)
{
    int saturated[L1T_SIDES][2] = {{0, 0}, {0, 0}};
    for (int side = 0; side < L1T_SIDES; side++) {
        memset(&result->side[side].ht, 0, sizeof result->side[side].ht);
        memset(&result->side[side].ht_hf, 0, sizeof result->side[side].ht_hf);
    }
    for (unsigned i = 0; i < jets->n_cand; i++) {
        const struct l1t_jet_cand *jet = &jets->cand[i];
        const int side = jet->m < 0, ring = jet->m < 0 ? -jet->m : jet->m;
        if (jet->et_ht <= config->jet_min)
            continue;
        add_jet(&result->side[side].ht_hf, &saturated[side][1], jet);
        if (ring <= L1T_SUMS_HT_RINGS)
            add_jet(&result->side[side].ht, &saturated[side][0], jet);
    }
    for (int side = 0; side < L1T_SIDES; side++) {
        finish(&result->side[side].ht, saturated[side][0]);
        finish(&result->side[side].ht_hf, saturated[side][1]);
    }
}

void l1t_sums(const struct l1t_sums_config *config, const struct l1t_towers *towers, unsigned ntt,
              const struct l1t_jet_result *jets, struct l1t_sums_result *result)
{
    l1t_sums_towers(config, towers, ntt, result);
    l1t_sums_jets(config, jets, result);
    l1t_sums_demux(config, result);
}
