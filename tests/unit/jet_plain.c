// SPDX-License-Identifier: GPL-3.0-or-later
#include "jet_plain.h"
#include "sort_plain.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// ---- towers ----

// ET of the tower at compact eta m (no 0) and phi 1..72; nothing beyond |m| = 40.
static int et_at(const struct l1t_towers *towers, int m, int phi)
{
    if (m == 0 || abs(m) > 40)
        return 0;
    return towers->w[m < 0][abs(m) - 1][phi - 1] & 0x1ff;
}

// m and d steps further; there is no ring 0.
static int step_m(int m, int d)
{
    int to = m + d;
    if (m > 0 && to <= 0)
        to--;
    else if (m < 0 && to >= 0)
        to++;
    return to;
}

static int step_phi(int phi, int d)
{
    return (phi - 1 + d + 72) % 72 + 1;
}

static int sum_box(const struct l1t_towers *towers, int m, int phi, int de0, int de1, int dp0,
                   int dp1)
{
    int sum = 0;
    for (int de = de0; de <= de1; de++)
        for (int dp = dp0; dp <= dp1; dp++)
            sum += et_at(towers, step_m(m, de), step_phi(phi, dp));
    return sum;
}

// ---- local maximum: all 81 towers, no early end ----

static bool is_maximum(const struct l1t_towers *towers, int m, int phi, int seed_min)
{
    const int seed = et_at(towers, m, phi);
    bool maximum = seed >= seed_min;
    for (int de = -4; de <= 4; de++)
        for (int dp = -4; dp <= 4; dp++) {
            const int n = et_at(towers, step_m(m, de), step_phi(phi, dp));
            const bool strict = de + dp < 0 || (de + dp == 0 && de <= 0);
            if (strict ? n > seed : n >= seed)
                maximum = false;
        }
    return maximum;
}

// ---- pile-up ----

static int donut(const struct l1t_towers *towers, struct l1t_jet_cand *jet)
{
    const int m = jet->m, phi = jet->phi;
    const int flap[4] = {
        sum_box(towers, m, phi, -4, 4, 5, 7), sum_box(towers, m, phi, -4, 4, -7, -5),
        sum_box(towers, m, phi, 5, 7, -4, 4), sum_box(towers, m, phi, -7, -5, -4, 4)};
    int largest = 0, sum = 0;
    for (int i = 0; i < 4; i++) {
        jet->flap[i] = (uint16_t)flap[i];
        sum += flap[i];
        if (flap[i] > largest)
            largest = flap[i];
    }
    return sum - largest;
}

static int phi_ring(const struct l1t_towers *towers, int m)
{
    int sum = 0;
    for (int de = -4; de <= 4; de++)
        for (int phi = 1; phi <= 72; phi++)
            sum += et_at(towers, step_m(m, de), phi);
    return sum * 9 / 72;
}

static void subtract(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                     struct l1t_jet_cand *jet)
{
    memset(jet->flap, 0, sizeof jet->flap);
    jet->pu = 0;
    jet->et = 65535;
    if (jet->seed >= 509)
        return;
    const int pu = config->pus == L1T_JET_PUS_DONUT ? donut(towers, jet) : phi_ring(towers, jet->m);
    jet->pu = (uint16_t)pu;
    jet->et = (uint16_t)(jet->raw > pu ? jet->raw - pu : 0);
}

// ---- calibration ----

static void calibrate(const struct l1t_jet_config *config, struct l1t_jet_cand *jet)
{
    const int et = jet->et;
    const int pt_bin = config->pt_bin[(et < 511 ? et : 511) / 2];
    const uint32_t word = config->calibration[config->eta_bin[abs(jet->m)] * 16 + pt_bin];
    int addend = (int)(word / 1024);
    if (addend >= 128)
        addend -= 256;
    const int64_t out = (int64_t)et * (word % 1024) / 512 + addend;
    jet->et_cal = (uint16_t)(out < 0 || out > 65535 ? 65535 : out); // negative wraps to huge
    if (et == 0)
        jet->et_cal = 0;
    jet->et_ht = et == 65535 ? 65535 : jet->et_cal;
}

// ---- sorters ----

static uint32_t jet_word(const struct l1t_jet_cand *jet)
{
    return (uint32_t)abs(jet->m) | (uint32_t)jet->phi << 6 | (uint32_t)jet->et_cal << 13;
}

static void keep_six(struct l1t_jet_result *result, int m)
{
    struct sort_plain list[14];
    int n = 0;
    for (unsigned i = 0; i < result->n_cand; i++)
        if (result->cand[i].m == m && result->cand[i].et != 0) {
            list[n].key = result->cand[i].et_cal;
            list[n++].word = i;
        }
    sort_plain_bitonic(list, n, false);
    for (int i = 0; i < n && i < 6; i++)
        result->cand[list[i].word].keep = 1;
}

static void sort_side(struct l1t_jet_result *result, int side)
{
    struct sort_plain reg[7] = {{0, 0}};
    for (int ring = 1; ring <= 40; ring++) {
        struct sort_plain slot[19] = {{0, 0}};
        for (unsigned i = 0; i < result->n_cand; i++) {
            const struct l1t_jet_cand *jet = &result->cand[i];
            if (jet->m != (side == 0 ? ring : -ring) || !jet->keep || jet->et_cal == 0)
                continue;
            slot[(72 - jet->phi) / 4].key = jet->et_cal;
            slot[(72 - jet->phi) / 4].word = jet_word(jet);
        }
        sort_plain_bitonic(slot, 18, false);
        sort_plain_chain(reg, 7, slot);
    }
    for (int i = 0; i < 7; i++)
        result->reg[side][i] = reg[i].word;
    for (int i = 0; i < 6; i++)
        result->mp[side][i] = reg[i].word;
    const uint32_t a = reg[5].word, b = reg[6].word;
    if (reg[5].key == reg[6].key && (a & 63) == (b & 63) && (b >> 6 & 127) > (a >> 6 & 127))
        result->mp[side][5] = b;
}

static void demux(struct l1t_jet_result *result)
{
    static const int eta_of_outer[20] = {41, 43, 46, 48, 52, 55, 59,  63,  69,  74,
                                         78, 82, 86, 90, 94, 98, 102, 106, 110, 116};
    struct sort_plain list[12];
    int n = 0;
    for (uint32_t side = 0; side < 2; side++)
        for (int i = 0; i < 6; i++)
            if (result->mp[side][i] != 0) {
                list[n].key = (int)(result->mp[side][i] >> 13 & 0xffff);
                list[n++].word = result->mp[side][i] | side << 31;
            }
    sort_plain_bitonic(list, n, false);
    memset(result->gt, 0, sizeof result->gt);
    result->n_gt = (unsigned)n;
    for (int i = 0; i < n; i++) {
        const int ring = (int)(list[i].word & 63), phi = (int)(list[i].word >> 6 & 127);
        int eta = ring <= 20 ? 2 * ring - 1 : eta_of_outer[ring - 21];
        eta = (list[i].word >> 31) != 0 ? -eta : eta;
        const uint32_t pt = list[i].key > 2047 ? 2047 : (uint32_t)list[i].key;
        result->gt[i] = pt | ((uint32_t)eta & 0xff) << 11 | (uint32_t)(2 * phi - 1) << 19;
    }
}

// ---- the path ----

void jet_plain(const struct l1t_jet_config *config, const struct l1t_towers *towers,
               struct l1t_jet_result *result)
{
    result->n_cand = 0;
    for (int ring = 1; ring <= 40; ring++)
        for (int sign = 1; sign >= -1; sign -= 2)
            for (int phi = 1; phi <= 72; phi++) {
                const int m = sign * ring;
                if (!is_maximum(towers, m, phi, config->seed_min))
                    continue;
                struct l1t_jet_cand *jet = &result->cand[result->n_cand++];
                jet->m = (int8_t)m;
                jet->phi = (uint8_t)phi;
                jet->keep = 0;
                jet->seed = (uint16_t)et_at(towers, m, phi);
                jet->raw = (uint16_t)sum_box(towers, m, phi, -4, 4, -4, 4);
                subtract(config, towers, jet);
                calibrate(config, jet);
            }
    for (int m = -40; m <= 40; m++)
        keep_six(result, m);
    sort_side(result, 0);
    sort_side(result, 1);
    demux(result);
}
