// SPDX-License-Identifier: GPL-3.0-or-later
#include "calo_plain.h"
#include "calo_plain_internal.h"

#include "l1t/calo_tables.h"
#include "l1t/rng.h"

#include <stdlib.h>
#include <string.h>

// ---- towers, in detector coordinates ----

struct tower tower_at(const struct l1t_towers *towers, int ie, int ip)
{
    static const struct tower none;
    const int m = abs(ie) <= 28 ? abs(ie) : abs(ie) - 1;
    if (ie == 0 || abs(ie) == 29 || abs(ie) > 41)
        return none;
    const unsigned w = towers->w[ie < 0][m - 1][(ip - 1 + 144) % 72];
    struct tower t = {.et = w % 512,
                      .ratio = (int)(w / 512 % 8),
                      .zero = w >> 12 & 1,
                      .em = w >> 13 & 1,
                      .feature = w >> 14 & 1,
                      .fine = w >> 15 & 1};
    static const int share[8] = {64, 43, 26, 14, 8, 4, 2, 1};
    const int small = share[t.ratio] * (int)t.et / 128,
              large = (128 - share[t.ratio]) * (int)t.et / 128;
    if (t.zero) {
        t.e = t.em ? (int)t.et : 0;
        t.h = t.em ? 0 : (int)t.et;
    } else {
        t.e = t.em ? large : small;
        t.h = t.em ? small : large;
    }
    t.e %= 256;
    t.h %= 256;
    return t;
}

// ieta, d rings further: there is no 0 and no 29.
int step_ie(int ie, int d)
{
    for (; d != 0; d += d > 0 ? -1 : 1)
        do
            ie += d > 0 ? 1 : -1;
        while (ie == 0 || abs(ie) == 29);
    return ie;
}

static int et_at(const struct l1t_towers *towers, int ie, int ip, int de, int dp)
{
    return (int)tower_at(towers, step_ie(ie, de), ip + dp).et;
}

// ---- clusters ----

static bool strict(int de, int dp)
{
    if (dp >= 2)
        return false;
    if (dp == 1)
        return de == -1;
    if (dp == 0 || dp == -1)
        return de != 1;
    return true;
}

static bool is_maximum(const struct l1t_towers *towers, int ie, int ip, int reach, int min)
{
    const int seed = et_at(towers, ie, ip, 0, 0);
    bool maximum = seed >= min;
    for (int de = -1; de <= 1; de++)
        for (int dp = -reach; dp <= reach; dp++) {
            const int n = et_at(towers, ie, ip, de, dp);
            if ((de != 0 || dp != 0) && (strict(de, dp) ? n > seed : n >= seed))
                maximum = false;
        }
    return maximum;
}

// Members by flag number: NW N NE E SE S SW W NN SS.
static const struct {
    int de, dp;
} member[11] = {{0, 0}, {-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1},
                {0, 1}, {-1, 1},  {-1, 0}, {0, -2}, {0, 2}};

static bool belongs(const struct l1t_towers *towers, int ie, int ip, int b, int min)
{
    const bool has = et_at(towers, ie, ip, member[b].de, member[b].dp) >= min;
    if (abs(member[b].dp) == 2)
        return has && et_at(towers, ie, ip, 0, member[b].dp / 2) >= min;
    return has;
}

static int side_sum(const struct l1t_towers *towers, int ie, int ip, unsigned flags, int de)
{
    int sum = 0;
    for (int b = 1; b <= 10; b++)
        if ((flags >> b & 1) && member[b].de == de)
            sum += et_at(towers, ie, ip, de, member[b].dp);
    return sum;
}

static int lean_phi(const struct l1t_towers *towers, int ie, int ip, unsigned flags)
{
    int sum[2] = {0, 0};
    for (int b = 1; b <= 10; b++)
        if ((flags >> b & 1) && member[b].dp != 0)
            sum[member[b].dp > 0] += et_at(towers, ie, ip, member[b].de, member[b].dp);
    return sum[1] > sum[0] ? 2 : sum[0] > sum[1] ? 1 : 0;
}

static void make_cluster(const struct l1t_cluster_config *config, const struct l1t_towers *towers,
                         struct l1t_cluster *c)
{
    const int ie = c->m, ip = c->phi;
    const struct tower seed = tower_at(towers, ie, ip);
    unsigned flags = 0;
    for (int b = 1; b <= 10; b++)
        flags |= (unsigned)belongs(towers, ie, ip, b, config->member_min) << b;
    const int right = side_sum(towers, ie, ip, flags, 1),
              left = side_sum(towers, ie, ip, flags, -1);
    c->fg_eta = right > left ? 2 : left > right ? 1 : 0;
    c->et = (uint16_t)seed.et;
    c->em = (uint16_t)seed.e;
    c->had = (uint16_t)seed.h;
    c->flags = right >= left ? 0x801 : 1;
    for (int b = 1; b <= 10; b++) {
        if (!(flags >> b & 1) || member[b].de == (right >= left ? -1 : 1))
            continue;
        const struct tower t = tower_at(towers, step_ie(ie, member[b].de), ip + member[b].dp);
        c->flags |= (uint16_t)(1u << b);
        c->et = (uint16_t)(c->et + t.et);
        c->em = (uint16_t)(c->em + t.e);
        c->had = (uint16_t)(c->had + t.h);
    }
    c->fg_phi = (uint8_t)lean_phi(towers, ie, ip, c->flags);
    c->hoe = seed.em && (seed.zero || seed.ratio > config->hoe_ratio[abs(ie) >= 16]);
    c->fg = seed.fine;
}

static void clusters_plain(const struct l1t_cluster_config *config, const struct l1t_towers *towers,
                           struct l1t_cluster_result *result)
{
    result->n = 0;
    for (int ring = 1; ring <= 28; ring++)
        for (int sign = 1; sign >= -1; sign -= 2)
            for (int ip = 1; ip <= 72; ip++)
                if (is_maximum(towers, sign * ring, ip, 4, config->seed_min)) {
                    struct l1t_cluster *c = &result->cluster[result->n++];
                    c->m = (int8_t)(sign * ring);
                    c->phi = (uint8_t)ip;
                    make_cluster(config, towers, c);
                }
}

// ---- what e/gamma and tau have in common ----

static int window_plain(const struct l1t_towers *towers, const struct l1t_cluster *c)
{
    const bool right = c->flags >> 11;
    int sum = 0;
    for (int de = right ? -2 : -3; de <= (right ? 3 : 2); de++)
        for (int dp = -4; dp <= 4; dp++)
            if (abs(step_ie(c->m, de)) <= 32)
                sum += et_at(towers, c->m, c->phi, de, dp);
    return sum;
}

static int min_of(int a, int b)
{
    return a < b ? a : b;
}

static uint32_t mp_word(const struct l1t_cluster *c, int lean, int pt, int iso)
{
    static const unsigned eta_code[3] = {2, 1, 3}, phi_code[3] = {2, 3, 1};
    return (uint32_t)iso << 1 | (uint32_t)abs(c->m) << 3 | (uint32_t)c->phi << 9 |
           eta_code[c->fg_eta] << 16 | phi_code[lean] << 18 | (uint32_t)pt << 20;
}

// ---- e/gamma ----

// Is shape bit i a member of the cluster with these flags, and which flag is it?
static int flag_of_shape(int i, bool right)
{
    static const int flag[2][7] = {{2, 6, 8, 1, 7, 9, 10}, {2, 6, 4, 3, 5, 9, 10}};
    return flag[right][i];
}

static void identify(const struct l1t_egamma_config *config, const struct l1t_towers *towers,
                     const struct l1t_cluster *c, struct l1t_egamma_cand *g)
{
    bool around = true;
    for (int b = 0; b <= 10; b++) {
        const struct tower t = tower_at(towers, step_ie(c->m, member[b].de), c->phi + member[b].dp);
        const bool asked = b < 9 || (c->flags >> b & 1);
        if (asked && t.et > config->hoe_ext_min && !t.em)
            around = false;
    }
    g->quality = (uint8_t)(!c->fg + 2 * c->hoe + 4 * (g->cal >= 512) + 8 * around);
    g->accepted = g->quality == 15 || g->pt >= config->no_id_min;
}

static void isolate(const struct l1t_egamma_config *config, const struct l1t_towers *towers,
                    int ntt, const struct l1t_cluster *c, struct l1t_egamma_cand *g)
{
    const int kept = c->flags >> 11 ? 1 : -1, other = c->m > 0 ? 1 : -1;
    int footprint = 0;
    for (int column = 0; column <= 1; column++)
        for (int dp = -2; dp <= 2; dp++) {
            const struct tower t = tower_at(towers, step_ie(c->m, column * kept), c->phi + dp);
            footprint += column == 0 && (dp == 0 || dp == other) ? (int)t.et : t.e;
        }
    g->footprint = (uint16_t)footprint;
    g->iso_et = (int16_t)(window_plain(towers, c) - footprint);
    const uint16_t *table = config->compress;
    const int address = (table[416 + min_of(ntt, 255)] | table[128 + min_of(g->raw, 255)] * 2 |
                         table[384 + abs(c->m)] * 2) %
                        8192;
    const int tight = config->isolation[0][address], loose = config->isolation[1][address];
    g->iso = (uint8_t)((g->iso_et < tight || tight > 255) + 2 * (g->iso_et < loose || loose > 255));
}

static void egamma_plain(const struct l1t_egamma_config *config, const struct l1t_towers *towers,
                         struct l1t_calo_result *result)
{
    uint32_t word[L1T_CLUSTER_MAX];
    for (unsigned k = 0; k < result->clusters.n; k++) {
        const struct l1t_cluster *c = &result->clusters.cluster[k];
        struct l1t_egamma_cand *g = &result->egamma.cand[k];
        unsigned trimmed_flags = 0;
        g->shape = 0;
        for (int i = 0; i < 7; i++)
            g->shape |= (uint8_t)((c->flags >> flag_of_shape(i, c->flags >> 11) & 1) << i);
        g->trimmed = config->trimming[(abs(c->m) - 1) * 128 + g->shape];
        g->raw = (uint16_t)et_at(towers, c->m, c->phi, 0, 0);
        for (int i = 0; i < 7; i++)
            if (g->trimmed >> i & 1) {
                const int b = flag_of_shape(i, c->flags >> 11);
                trimmed_flags |= 1u << b;
                g->raw =
                    (uint16_t)(g->raw + et_at(towers, c->m, c->phi, member[b].de, member[b].dp));
            }
        g->cal = config->calibration[config->compress[g->shape] |
                                     config->compress[128 + min_of(g->raw, 255)] |
                                     config->compress[384 + abs(c->m)]];
        g->pt = (uint16_t)min_of(4095, g->cal % 512 * g->raw / 256);
        identify(config, towers, c, g);
        isolate(config, towers, (int)result->ntt, c, g);
        word[k] = mp_word(c, lean_phi(towers, c->m, c->phi, trimmed_flags), g->pt, g->iso);
        g->fine_eta = word[k] >> 16 & 3;
        g->fine_phi = word[k] >> 18 & 3;
        if (!g->accepted)
            word[k] = 0;
    }
    result->egamma.n = result->clusters.n;
    output_plain(&result->clusters, word, 7, &result->egamma.out);
}

// ---- tau ----

static const struct {
    int de, dp;
} site_at[8] = {{0, 3}, {-1, 2}, {0, 2}, {1, 2}, {-1, -2}, {0, -2}, {1, -2}, {0, -3}};

// ET of the secondary cluster at each site, 0 where there is none.
static void find_sites(const struct l1t_tau_config *config, const struct l1t_towers *towers,
                       const struct l1t_cluster *c, int et[8])
{
    for (int s = 0; s < 8; s++) {
        const int ie = step_ie(c->m, site_at[s].de), ip = c->phi + site_at[s].dp;
        et[s] = 0;
        if (!is_maximum(towers, ie, ip, 1, config->cluster.seed_min) ||
            (s == 2 && (c->flags >> 10 & 1)) || (s == 5 && (c->flags >> 9 & 1)))
            continue;
        et[s] = et_at(towers, ie, ip, 0, 0);
        for (int b = 1; b <= 10; b++)
            if (belongs(towers, ie, ip, b, config->cluster.member_min))
                et[s] += et_at(towers, ie, ip, member[b].de, member[b].dp);
    }
}

static int pick_site(const int et[8], bool positive)
{
    int a = -1, b = -1;
    if (et[1] != 0 || et[3] != 0)
        a = et[1] > et[3] || (et[1] == et[3] && positive) ? 1 : 3;
    if (et[2] != 0)
        a = 2;
    if (et[0] != 0)
        a = 0;
    if (et[4] != 0 || et[6] != 0)
        b = et[4] > et[6] || (et[4] == et[6] && positive) ? 4 : 6;
    if (et[5] != 0)
        b = 5;
    if (et[7] != 0)
        b = 7;
    if (et[4] != 0 && et[4] == et[6] && et[5] == 0 && et[7] == 0) { // the reference's slip
        a = b;
        b = -1;
    }
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return et[a] > et[b] ? a : b;
}

static unsigned own_members(const struct l1t_tau_config *config, const struct l1t_towers *towers,
                            const struct l1t_cluster *c, int site)
{
    const int ie = step_ie(c->m, site_at[site].de), ip = c->phi + site_at[site].dp;
    unsigned flags = c->flags;
    for (int b = 1; b <= 10; b++)
        for (int o = 1; o <= 10; o++)
            if (step_ie(c->m, member[b].de) == step_ie(ie, member[o].de) &&
                (c->phi + member[b].dp - ip - member[o].dp) % 72 == 0 &&
                belongs(towers, ie, ip, o, config->cluster.member_min))
                flags &= ~(1u << b);
    return flags;
}

static void make_tau(const struct l1t_tau_config *config, const struct l1t_towers *towers, int ntt,
                     const struct l1t_cluster *c, struct l1t_tau_cand *t)
{
    const struct tower seed = tower_at(towers, c->m, c->phi);
    int et[8];
    find_sites(config, towers, c, et);
    const int site = pick_site(et, c->m > 0);
    t->active = 0;
    for (int s = 0; s < 8; s++)
        t->active |= (uint8_t)((et[s] != 0) << s);
    t->site = (uint8_t)(site < 0 ? 8 : site);
    t->secondary = (uint16_t)(site < 0 ? 0 : et[site]);
    t->flags = site < 0 ? c->flags : (uint16_t)own_members(config, towers, c, site);
    t->raw = (uint16_t)(seed.et + t->secondary);
    for (int b = 1; b <= 10; b++)
        if (t->flags >> b & 1)
            t->raw = (uint16_t)(t->raw + et_at(towers, c->m, c->phi, member[b].de, member[b].dp));
    t->em = seed.em || !seed.zero;
    const int eta = config->compress[abs(c->m)], bin = config->compress[32 + min_of(t->raw, 255)];
    t->pt =
        (uint16_t)min_of(4095, config->calibration[eta * 128 + bin * 4 + t->em * 2 + (site >= 0)] *
                                   min_of(t->raw, 8191) / 512);
    const int rest = window_plain(towers, c) - t->raw;
    t->iso_et = (uint16_t)(rest > 0 ? rest : 0);
    const int limit = config->isolation[eta * 1024 + bin * 32 + config->compress[288 + ntt]];
    t->iso = t->iso_et < limit || limit > 255;
}

static void tau_plain(const struct l1t_tau_config *config, const struct l1t_towers *towers,
                      struct l1t_calo_result *result)
{
    uint32_t word[L1T_CLUSTER_MAX] = {0};
    result->tau.n = 0;
    for (unsigned k = 0; k < result->clusters.n; k++) {
        const struct l1t_cluster *c = &result->clusters.cluster[k];
        if (abs(c->m) > 25)
            continue;
        struct l1t_tau_cand *t = &result->tau.cand[result->tau.n++];
        t->cluster = (uint16_t)k;
        make_tau(config, towers, (int)result->ntt, c, t);
        word[k] = mp_word(c, lean_phi(towers, c->m, c->phi, t->flags), t->pt, t->iso);
        t->fine_eta = word[k] >> 16 & 3;
        t->fine_phi = word[k] >> 18 & 3;
    }
    output_plain(&result->clusters, word, 0, &result->tau.out);
}

void calo_plain(const struct l1t_calo_config *config, const struct l1t_towers *towers,
                struct l1t_calo_result *result)
{
    result->ntt = 0;
    for (int ie = -4; ie <= 4; ie++)
        for (int ip = 1; ip <= 72; ip++)
            result->ntt += tower_at(towers, ie, ip).et != 0;
    clusters_plain(&config->cluster, towers, &result->clusters);
    egamma_plain(&config->egamma, towers, result);
    tau_plain(&config->tau, towers, result);
    sums_plain(&config->sums, towers, result->ntt, &result->jet, &result->sums);
}
