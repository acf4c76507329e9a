// SPDX-License-Identifier: GPL-3.0-or-later
// Comparison of answers, and events for the tests of the barrel track finder.
#include "kbmtf_plain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- comparison ----

static bool same_track(const struct l1t_kbmtf_track *a, const struct l1t_kbmtf_track *b)
{
    return memcmp(a->place, b->place, sizeof a->place) == 0 && a->wheel == b->wheel &&
           a->sector == b->sector && a->seed == b->seed && a->pattern == b->pattern &&
           a->n == b->n && a->chi == b->chi && a->comp == b->comp && a->rank == b->rank &&
           a->k == b->k && a->phib == b->phib && a->phi == b->phi && a->k_loss == b->k_loss &&
           a->phi0 == b->phi0 && a->kv == b->kv && a->dxy == b->dxy &&
           a->coarse_eta == b->coarse_eta && a->fine_eta == b->fine_eta && a->pt == b->pt &&
           a->pt_free == b->pt_free;
}

static bool same_list(const struct l1t_kbmtf_track *a, unsigned n_a,
                      const struct l1t_kbmtf_track *b, unsigned n_b)
{
    for (unsigned i = 0; n_a == n_b && i < n_a; i++)
        if (!same_track(&a[i], &b[i]))
            return false;
    return n_a == n_b;
}

bool kbmtf_same(const struct l1t_kbmtf_result *a, const struct l1t_kbmtf_result *b, char *what,
                unsigned size)
{
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++) {
        const struct l1t_kbmtf_sector *x = &a->sector[s], *y = &b->sector[s];
        for (unsigned w = 0; w < L1T_KBMTF_WHEELS; w++) {
            const struct l1t_kbmtf_region *p = &x->region[w], *q = &y->region[w];
            const bool fits = same_list(p->fit, p->n_fits, q->fit, q->n_fits);
            if (fits && same_list(p->track, p->n_tracks, q->track, q->n_tracks))
                continue;
            (void)snprintf(what, size, "sector %u wheel %d: %s", s, (int)w - 2,
                           fits ? "tracks" : "fits");
            return false;
        }
        if (!same_list(x->track, x->n_tracks, y->track, y->n_tracks) ||
            memcmp(x->word, y->word, x->n_tracks * sizeof x->word[0]) != 0) {
            (void)snprintf(what, size, "sector %u: its tracks or words", s);
            return false;
        }
    }
    return true;
}

// ---- events ----

void kbmtf_put(struct l1t_kbmtf_event *event, int wheel, unsigned sector, unsigned station,
               unsigned tag, int phi, int phib, unsigned quality)
{
    const unsigned place = l1t_kbmtf_place(wheel, sector, station, tag);
    event->have[wheel + 2][sector] |= (uint8_t)(1u << (2 * (station - 1) + tag));
    event->stub[place] = (struct l1t_kbmtf_stub){
        .phi = (int16_t)phi,
        .phib = (int16_t)phib,
        .quality = (uint8_t)quality,
        .eta = {7, 7},
    };
}

// Curvature at station 1 of a muon that has k at the beam line.
static int before_loss(const struct l1t_kbmtf_config *config, int k)
{
    int outside = abs(k);
    while (outside < 4095 && outside - config->loss[outside / 2] < abs(k))
        outside++;
    return k < 0 ? -outside : outside;
}

// Outwards by the inverse of the filter's steps.
void kbmtf_put_muon(struct l1t_kbmtf_event *event, const struct l1t_kbmtf_config *config, int wheel,
                    unsigned sector, unsigned tag, int k, int phi)
{
    static const double a[3] = {123, 120, 80}, b[3] = {-1495, -1712, -1417};
    static const double c[3] = {-1014, -1226, -1092}, d[3] = {19373, 19807, 19216};
    const double outside = before_loss(config, k);
    const double shift = config->shift[abs((int)outside) / 2];
    double at = phi, phib = outside > 0 ? -shift : shift;
    for (unsigned station = 1; station <= 4; station++) {
        if (station > 1) {
            phib = (phib - c[station - 2] / 8192 * outside) / (d[station - 2] / 16384);
            at -= a[station - 2] / 8192 * outside + b[station - 2] / 8192 * phib;
        }
        if (fabs(at) < 2047 && fabs(phib) < 8 * 511)
            kbmtf_put(event, wheel, sector, station, tag, (int)lround(at), (int)lround(phib / 8),
                      6);
    }
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int between(uint64_t *state, int low, int high)
{
    return low + (int)(next_random(state) % (uint64_t)(high - low + 1));
}

static void random_stub(uint64_t *state, struct l1t_kbmtf_event *event, unsigned place)
{
    const unsigned station = l1t_kbmtf_place_station(place);
    const int step = 1 << between(state, 0, 6);
    kbmtf_put(event, l1t_kbmtf_place_wheel(place), l1t_kbmtf_place_sector(place), station,
              l1t_kbmtf_place_tag(place), between(state, -2048, 2047) / step * step,
              between(state, -512, 511) >> between(state, 0, 8), (unsigned)between(state, 0, 7));
    struct l1t_kbmtf_stub *s = &event->stub[place];
    for (unsigned i = 0; i < 2 && station < 4; i++) {
        s->qeta[i] = (uint8_t)(between(state, 0, 3) == 0 ? between(state, 1, 2) : 0);
        s->eta[i] = (int16_t)(s->qeta[i] != 0 ? between(state, -105, 105) : 255);
    }
    if (s->qeta[1] == 0 && station < 4)
        s->qeta[0] = (uint8_t)between(state, 0, 2);
}

void kbmtf_random_event(uint64_t seed, const struct l1t_kbmtf_config *config,
                        struct l1t_kbmtf_event *event)
{
    uint64_t state = seed;
    memset(event->have, 0, sizeof event->have);
    const int share = 1 << between(&state, 0, 5); // one place of so many
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
        if (between(&state, 1, share) == 1)
            random_stub(&state, event, place);
    for (int muons = between(&state, 0, 12); muons > 0; muons--) {
        const int k = between(&state, -1500, 1500) / 16 * 16;
        kbmtf_put_muon(event, config, between(&state, -2, 2), (unsigned)between(&state, 0, 11),
                       (unsigned)between(&state, 0, 1), k, between(&state, -1100, 1100) / 16 * 16);
    }
}

static void random_entries(uint64_t *state, int16_t *entry, size_t n, int low, int high)
{
    for (size_t i = 0; i < n; i++)
        entry[i] = (int16_t)between(state, low, high);
}

void kbmtf_random_config(uint64_t seed, struct l1t_kbmtf_config *config)
{
    uint64_t state = seed;
    memset(config, 0, sizeof *config);
    random_entries(&state, &config->seed_k[0][0], 3 * L1T_KBMTF_SEED_K, -3000, 0);
    random_entries(&state, (int16_t *)config->gain, sizeof config->gain / 2, 0, 511);
    for (unsigned row = 0; row < L1T_KBMTF_GAINS2; row++)
        for (unsigned classes = 0; classes < 4; classes++)
            for (unsigned g = 0; g < 4; g++)
                random_entries(&state, config->gain2[row][classes][g], L1T_KBMTF_GAIN2,
                               g == 0 ? -2048 : 0, g == 0 ? 2047 : 4095);
    random_entries(&state, (int16_t *)config->vertex, sizeof config->vertex / 2, 0, 511);
    for (size_t i = 0; i < sizeof config->coarse_eta; i++)
        (&config->coarse_eta[0][0])[i] = (uint8_t)between(&state, 0, 105);
    for (int i = 0; i < L1T_KBMTF_LOSS; i++) {
        config->loss[i] = (int16_t)(i / 3);
        config->shift[i] = (int16_t)(5 + i - i / 8);
        for (int side = 0; side < 2; side++) // few values: ties
            config->pt[side][i] = (uint16_t)(8 + (2047 - i) / 32 + side);
    }
}
