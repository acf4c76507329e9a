// SPDX-License-Identifier: GPL-3.0-or-later
// Sorters, demultiplexers and sums of the plain calorimeter models, and random tables.
#include "calo_plain.h"
#include "calo_plain_internal.h"
#include "sort_plain.h"

#include "l1t/calo_tables.h"
#include "l1t/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- e/gamma and tau ----

static int gt_eta(int ring, int third)
{
    static const int outer[8][3] = {{41, 41, 42}, {43, 43, 44}, {45, 46, 46}, {48, 48, 49},
                                    {51, 52, 53}, {54, 55, 56}, {58, 59, 60}, {62, 63, 64}};
    return ring <= 20 ? 2 * ring - 2 + third : outer[ring - 21][third];
}

// A word whose order as a number is the demultiplexer's order, above the global-trigger word.
static uint64_t gt_plain(uint32_t mp, bool negative, uint32_t quality)
{
    const int ring = mp >> 3 & 63, phi = mp >> 9 & 127, east = (int)(mp >> 16 & 3) - 1;
    const int north = (int)(mp >> 18 & 3) - 2;
    const int eta = negative ? -gt_eta(ring, 2 - east) : gt_eta(ring, east);
    const uint64_t gt_phi = (uint64_t)((2 * phi - 1 - north) % 144);
    const uint64_t pt = mp >> 20 > 511 ? 511 : mp >> 20;
    const uint64_t word = pt | ((uint64_t)eta & 255) << 9 | gt_phi << 17 |
                          (uint64_t)(mp >> 1 & 3) << 25 | (uint64_t)quality << 27;
    return (pt << 16 | gt_phi << 8 | (uint64_t)(eta + 128)) << 32 | word;
}

static int descending(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

void output_plain(const struct l1t_cluster_result *clusters, const uint32_t word[L1T_CLUSTER_MAX],
                  uint32_t quality, struct l1t_egtau_result *out)
{
    uint64_t gt[12];
    out->n_gt = 0;
    for (int side = 0; side < 2; side++) {
        struct sort_plain reg[6] = {{0, 0}};
        for (int ring = 1; ring <= 28; ring++) {
            struct sort_plain slot[SORT_PLAIN_SLOTS + 1] = {{0, 0}};
            for (unsigned k = 0; k < clusters->n; k++)
                if (clusters->cluster[k].m == (side == 0 ? ring : -ring) && word[k] >> 20 != 0) {
                    slot[(72 - clusters->cluster[k].phi) / 4].key = (int)(word[k] >> 20);
                    slot[(72 - clusters->cluster[k].phi) / 4].word = word[k];
                }
            sort_plain_bitonic(slot, SORT_PLAIN_SLOTS, false);
            sort_plain_chain(reg, 6, slot);
        }
        for (int i = 0; i < 6; i++) {
            out->mp[side][i] = reg[i].word;
            if (reg[i].word != 0)
                gt[out->n_gt++] = gt_plain(reg[i].word, side == 1, quality);
        }
    }
    qsort(gt, out->n_gt, sizeof gt[0], descending);
    memset(out->gt, 0, sizeof out->gt);
    for (unsigned i = 0; i < out->n_gt; i++)
        out->gt[i] = (uint32_t)gt[i];
}

// ---- sums ----

// The table is 1023 cos, rounded down to even numbers of the reference in places; see odd_one.
static int cosine(int ip)
{
    static const int c[19] = {1023, 1019, 1007, 988, 961, 927, 886, 838, 784, 723,
                              658,  587,  512,  432, 350, 265, 178, 89,  0};
    const int j = ip - 1;
    if (j == 60)
        return 511;
    return j <= 18 ? c[j] : j <= 36 ? -c[36 - j] : j <= 54 ? -c[j - 36] : c[72 - j];
}

static int sine(int ip)
{
    static const int c[19] = {1023, 1019, 1007, 988, 961, 927, 886, 838, 784, 723,
                              658,  587,  512,  432, 350, 265, 178, 89,  0};
    const int j = ip - 1;
    return j <= 18 ? c[18 - j] : j <= 36 ? c[j - 18] : j <= 54 ? -c[54 - j] : -c[j - 54];
}

static int floor_div(int value, int by)
{
    return (int)floor((double)value / by);
}

static uint32_t clip_at(uint32_t value, uint32_t max)
{
    return value > max ? max : value;
}

static void add_tower(const struct l1t_sums_config *config, const struct tower *t, int ring, int ip,
                      unsigned ntt, struct l1t_vector_sum *sum, bool full[2])
{
    const unsigned at =
        ring < 13 ? (unsigned)ring : config->ntt_bin[clip_at(ntt, 255)] * 64u + (unsigned)ring;
    sum->et += t->et;
    full[0] = full[0] || t->et >= 509;
    if (t->et <= config->met_min[at])
        return;
    full[1] = full[1] || t->et >= 509;
    sum->x += (int)t->et * cosine(ip);
    sum->y += (int)t->et * sine(ip);
}

static void close_sum(struct l1t_vector_sum *sum, bool et_full, bool vector_full)
{
    sum->et = et_full ? 65535 : clip_at(sum->et, 65535);
    if (vector_full)
        sum->x = sum->y = INT32_MAX;
}

static void side_plain(const struct l1t_sums_config *config, const struct l1t_towers *towers,
                       unsigned ntt, int sign, struct l1t_sums_side *s)
{
    bool full[2] = {false, false}, full_hf[2] = {false, false}, em_full = false;
    unsigned mb[2] = {0, 0};
    for (int ie = 1; ie <= 41; ie++)
        for (int ip = 1; ip <= 72; ip++) {
            if (ie == 29)
                continue;
            const struct tower t = tower_at(towers, sign * ie, ip);
            const int ring = ie < 29 ? ie : ie - 1;
            add_tower(config, &t, ring, ip, ntt, &s->et_hf, full_hf);
            if (ie > 29) {
                mb[0] += t.feature;
                mb[1] += t.fine;
                continue;
            }
            add_tower(config, &t, ring, ip, ntt, &s->et, full);
            s->em += (uint32_t)t.e;
            s->towers = (uint16_t)(s->towers + (t.et != 0));
            em_full = em_full || t.et >= 510;
        }
    close_sum(&s->et, full[0], full[1]);
    close_sum(&s->et_hf, full_hf[0], full_hf[1]);
    s->em = em_full ? 65535 : clip_at(s->em, 65535);
    s->mb[0] = (uint8_t)clip_at(mb[0], 15);
    s->mb[1] = (uint8_t)clip_at(mb[1], 15);
}

static void side_jets(const struct l1t_sums_config *config, const struct l1t_jet_result *jets,
                      int sign, int rings, struct l1t_vector_sum *sum)
{
    bool full = false;
    for (unsigned i = 0; i < jets->n_cand; i++) {
        const struct l1t_jet_cand *jet = &jets->cand[i];
        if (jet->m * sign < 1 || abs(jet->m) > rings || jet->et_ht <= config->jet_min)
            continue;
        full = full || jet->et_ht == 65535;
        sum->et += jet->et_ht;
        sum->x += floor_div(jet->et_ht * cosine(jet->phi), 16);
        sum->y += floor_div(jet->et_ht * sine(jet->phi), 16);
    }
    close_sum(sum, full, full);
}

// Sides only; the demultiplexer's part has its own tests.
void sums_plain(const struct l1t_sums_config *config, const struct l1t_towers *towers, unsigned ntt,
                const struct l1t_jet_result *jets, struct l1t_sums_result *sums)
{
    memset(sums, 0, sizeof *sums);
    for (int side = 0; side < 2; side++) {
        struct l1t_sums_side *s = &sums->side[side];
        const int sign = side == 0 ? 1 : -1;
        side_plain(config, towers, ntt, sign, s);
        side_jets(config, jets, sign, 26, &s->ht);
        side_jets(config, jets, sign, 40, &s->ht_hf);
    }
}

// ---- random tables ----

struct dice {
    uint64_t seed, n;
};

static uint32_t roll(struct dice *dice, uint32_t mask)
{
    uint32_t out[4];
    l1t_rng_words(dice->seed, L1T_STREAM_TEST, dice->n++, 0, out);
    return out[0] & mask;
}

static void roll_wide(struct dice *dice, uint16_t *table, unsigned n, uint32_t mask)
{
    for (unsigned i = 0; i < n; i++)
        table[i] = (uint16_t)roll(dice, mask);
}

static void roll_narrow(struct dice *dice, uint8_t *table, unsigned n, uint32_t mask)
{
    for (unsigned i = 0; i < n; i++)
        table[i] = (uint8_t)roll(dice, mask);
}

void calo_random_config(uint64_t seed, struct l1t_calo_config *config)
{
    struct dice dice = {seed, 0};
    l1t_calo_thresholds(config);
    struct l1t_egamma_config *eg = &config->egamma;
    roll_wide(&dice, eg->compress, 128, 0x00f);
    roll_wide(&dice, eg->compress + 128, 256, 0x0f0);
    roll_wide(&dice, eg->compress + 384, 32, 0xf00);
    roll_wide(&dice, eg->compress + 416, 256, 0x01f);
    roll_narrow(&dice, eg->trimming, 4096, 0x7f);
    roll_wide(&dice, eg->calibration, 4096, 0x3ff);
    roll_wide(&dice, eg->isolation[0], 8192, 0x1ff);
    roll_wide(&dice, eg->isolation[1], 8192, 0x1ff);
    roll_narrow(&dice, config->tau.compress, 32, 0x03);
    roll_narrow(&dice, config->tau.compress + 32, 256 + 1024, 0x1f);
    roll_wide(&dice, config->tau.calibration, 512, 0x3ff);
    roll_wide(&dice, config->tau.isolation, 4096, 0x1ff);
    memcpy(config->sums.ntt_bin, eg->compress + 416, sizeof config->sums.ntt_bin);
    roll_wide(&dice, config->sums.met_min, 2048, 0x00f);
    roll_narrow(&dice, config->jet.pt_bin, 256, 0x0f);
    roll_narrow(&dice, config->jet.eta_bin, 64, 0x0f);
    for (unsigned i = 0; i < 2048; i++)
        config->jet.calibration[i] = 512 + roll(&dice, 0x1ff);
    config->jet.pus = seed % 2 == 0 ? L1T_JET_PUS_DONUT : L1T_JET_PUS_PHI_RING;
}
