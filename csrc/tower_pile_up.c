// SPDX-License-Identifier: GPL-3.0-or-later
// Pile-up, interaction by interaction: each has a Poisson number of hits, a hit lands in a tower,
// has exponential ET and is a photon, a charged hadron or a neutral one. Two random words a hit.
#include "tower_parts.h"

#include <math.h>
#include <stdlib.h>

enum {
    CHUNK = 512,     // counters read at a time; one gives two hits
    EVENT_BITS = 22, // counters set aside for one event
    EVENT_BLOCKS = 1 << EVENT_BITS,
    HIT_BLOCKS = 512, // the first of them give the interactions' numbers of hits
    FULL_SHARE = 128, // a photon
    UNIT_BITS = 10,
    ROW_BITS = 7, // of the alias tables, known here so that shifts are
    MOST_HITS = 2 * (EVENT_BLOCKS - HIT_BLOCKS)
};

// ---- tables ----

void l1t_poisson_weights(double mean, double *weight, size_t n)
{
    const size_t mode = mean < (double)n ? (size_t)mean : n - 1;
    weight[mode] = 1;
    for (size_t i = mode; i > 0; i--)
        weight[i - 1] = weight[i] * (double)i / (mean > 0 ? mean : 1);
    for (size_t i = mode + 1; i < n; i++)
        weight[i] = weight[i - 1] * mean / (double)i;
}

static int poisson_table(struct l1t_alias *alias, double mean)
{
    const double most = mean + 12 * sqrt(mean) + 16;
    const size_t n = most < 65536 ? (size_t)most : 65536;
    double *weight = malloc(n * sizeof *weight);
    if (weight == NULL)
        return -1;
    l1t_poisson_weights(mean, weight, n);
    const int result = l1t_alias_init(alias, weight, n);
    free(weight);
    return result;
}

static double interpolate(const struct l1t_tower_gen_params *p, const double *value, double ring)
{
    unsigned i = 0;
    while (i + 1 < p->n_points && ring > p->ring[i + 1])
        i++;
    if (i + 1 >= p->n_points || ring <= p->ring[i])
        return value[i];
    const double t = (ring - p->ring[i]) / (p->ring[i + 1] - p->ring[i]);
    return value[i] + t * (value[i + 1] - value[i]);
}

// Of the hits 55 % are charged hadrons, which leave 10 % to 70 % in the ECAL; photons and neutral
// hadrons make the mean what is asked for.
static void make_shares(double ecal, uint8_t share[L1T_SHARES])
{
    double charged = 0.55, photons = ecal - 0.4 * charged;
    if (photons < 0) {
        photons = 0;
        charged = ecal / 0.4;
    } else if (photons + charged > 1) { // no neutral ones: photons + 0.4 (1 - photons) = ecal
        photons = (ecal - 0.4) / 0.6;
        charged = 1 - photons;
    }
    const int n_photons = (int)lround(L1T_SHARES * photons);
    const int n_charged = (int)lround(L1T_SHARES * (photons + charged)) - n_photons;
    for (int i = 0; i < L1T_SHARES; i++)
        share[i] = 0;
    for (int i = 0; i < n_photons; i++)
        share[i] = FULL_SHARE;
    for (int i = 0; i < n_charged; i++)
        share[n_photons + i] = (uint8_t)lround(FULL_SHARE * (0.1 + 0.6 * (i + 0.5) / n_charged));
}

int l1t_pile_up_init(struct l1t_pile_up *p, const struct l1t_tower_gen_params *params)
{
    double weight[L1T_ROWS], hits = 0;
    for (int row = 0; row < L1T_ROWS; row++) {
        const int ring = row < L1T_RINGS ? L1T_RINGS - row : row - L1T_RINGS + 1;
        weight[row] = L1T_PHIS * interpolate(params, params->hits, ring);
        hits += weight[row];
        const double mean = interpolate(params, params->mean_et_gev, ring) * L1T_GEV;
        p->scale[row] = (uint32_t)lround(mean * 65536 / (2 * L1T_UNIT_PER_MEAN));
        make_shares(l1t_row_is_forward(row) ? 0 : interpolate(params, params->ecal, ring),
                    p->share[ring - 1]);
    }
    if (hits <= 0)
        weight[0] = 1; // no hits, but a table
    return poisson_table(&p->interactions, params->pile_up) != 0 ||
                   poisson_table(&p->hits, hits) != 0 ||
                   l1t_alias_init(&p->row, weight, L1T_ROWS) != 0
               ? -1
               : 0;
}

void l1t_pile_up_free(struct l1t_pile_up *p)
{
    l1t_alias_free(&p->interactions);
    l1t_alias_free(&p->hits);
    l1t_alias_free(&p->row);
}

// ---- events ----

// Where an event's counters begin: its number shifted up; the bits that leave the 64 of the first
// word are the second one's, so that no two events share a counter.
struct counter {
    uint64_t low;
    uint32_t high;
};

static struct counter counter_of(uint64_t event)
{
    return (struct counter){event << EVENT_BITS, (uint32_t)(event >> (64 - EVENT_BITS))};
}

static uint32_t count_hits(const struct l1t_pile_up *p, uint64_t seed, struct counter counter,
                           uint32_t first)
{
    uint32_t n = l1t_alias_draw(&p->interactions, first), hits = 0, word[4];
    if (n > L1T_MOST_INTERACTIONS)
        n = L1T_MOST_INTERACTIONS;
    for (uint32_t i = 0; i < n; i++) {
        if (i % 4 == 0)
            l1t_rng_words(seed, L1T_STREAM_TOWERS, counter.low + i / 4, counter.high, word);
        hits += l1t_alias_draw(&p->hits, word[i % 4]);
    }
    return hits < MOST_HITS ? hits : MOST_HITS;
}

// where: the product with 72 has the column above and a new random word below, which draws the row.
// what: the low byte draws the kind; the law of ET hardly looks at it.
static inline void add_hit(const struct l1t_pile_up *p, const struct l1t_shower *shower,
                           uint32_t where, uint32_t what, struct l1t_deposits *to)
{
    const struct l1t_alias rows = {ROW_BITS, p->row.entry},
                           unit = {UNIT_BITS, shower->exponential.entry};
    const uint64_t place = (uint64_t)where * L1T_PHIS;
    const uint32_t column = (uint32_t)(place >> 32);
    const uint32_t row = l1t_alias_draw(&rows, (uint32_t)place);
    const uint32_t code = l1t_alias_draw(&unit, what);
    const uint64_t large = ((uint64_t)(2 * code + 1) * p->scale[row] + 32768) >> 16;
    const uint32_t et = large < 65535 ? (uint32_t)large : 65535;
    const uint32_t ring = row < L1T_RINGS ? L1T_RINGS - 1 - row : row - L1T_RINGS;
    const uint32_t share = p->share[ring][what % L1T_SHARES], ecal = et * share / FULL_SHARE;
    l1t_deposit(&to->ecal[share == FULL_SHARE ? L1T_COMPACT : L1T_LOOSE][row][column], ecal);
    l1t_deposit(&to->had[row][column], et - ecal);
}

void l1t_pile_up_add(const struct l1t_pile_up *p, const struct l1t_shower *shower, uint64_t seed,
                     uint64_t event, uint32_t first, struct l1t_deposits *to)
{
    uint32_t word[4][CHUNK];
    const struct counter counter = counter_of(event);
    const uint32_t hits = count_hits(p, seed, counter, first), blocks = (hits + 1) / 2;
    for (uint32_t done = 0; done < blocks; done += CHUNK) {
        uint32_t n = blocks - done;
        if (n > CHUNK)
            n = CHUNK;
        l1t_rng_batch(seed, L1T_STREAM_TOWERS, counter.low + HIT_BLOCKS + done, counter.high, n,
                      word[0], word[1], word[2], word[3]);
        const uint32_t pairs = done + n < blocks || hits % 2 == 0 ? n : n - 1;
        for (uint32_t i = 0; i < n; i++)
            add_hit(p, shower, word[0][i], word[1][i], to);
        for (uint32_t i = 0; i < pairs; i++)
            add_hit(p, shower, word[2][i], word[3][i], to);
    }
}
