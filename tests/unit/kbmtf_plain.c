// SPDX-License-Identifier: GPL-3.0-or-later
#include "kbmtf_plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SEEDS = 8, FAR = 60000 };

// ---- arithmetic ----

// Keep some bits as two's complement, by adding and taking away full turns.
static int cut(int value, int bits)
{
    const int turn = 1 << bits;
    while (value >= turn / 2)
        value -= turn;
    while (value < -turn / 2)
        value += turn;
    return value;
}

static int floor_div(int value, int by)
{
    int quotient = value / by;
    if (value % by != 0 && value < 0)
        quotient--;
    return quotient;
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

// ---- stubs of an event as a list ----

struct stub {
    int wheel, sector, station, tag, place;
    const struct l1t_kbmtf_stub *data;
};

struct list {
    int n;
    struct stub stub[L1T_KBMTF_PLACES];
};

static void list_stubs(const struct l1t_kbmtf_event *event, struct list *list)
{
    list->n = 0;
    for (int wheel = -2; wheel <= 2; wheel++)
        for (int sector = 0; sector < 12; sector++)
            for (int station = 1; station <= 4; station++)
                for (int tag = 0; tag < 2; tag++) {
                    const unsigned place =
                        l1t_kbmtf_place(wheel, (unsigned)sector, (unsigned)station, (unsigned)tag);
                    if (!(event->have[wheel + 2][sector] >> (2 * station - 2 + tag) & 1))
                        continue;
                    list->stub[list->n++] =
                        (struct stub){wheel, sector, station, tag, (int)place, &event->stub[place]};
                }
}

// ---- a fit ----

struct fit {
    int wheel, sector;
    const struct stub *stub[4]; // seed first
    int n, mask, pattern;
    int k, phi, phib; // the filter
    struct l1t_kbmtf_track out;
};

// 0 own sector, 1 next, -1 previous, 2 elsewhere
static int sector_step(const struct fit *f, const struct stub *s)
{
    if (s->sector == f->sector)
        return 0;
    if (s->sector == (f->sector + 1) % 12)
        return 1;
    return f->sector == (s->sector + 1) % 12 ? -1 : 2;
}

static int phi_of(const struct fit *f, const struct stub *s)
{
    return s->data->phi + 2144 * sector_step(f, s);
}

static bool usable(const struct fit *f, const struct stub *s)
{
    const int inner = f->wheel - (f->wheel > 0) + (f->wheel < 0);
    const int step = sector_step(f, s);
    if ((s->wheel != f->wheel && s->wheel != inner) || step == 2)
        return false;
    return !(step == 1 && s->data->phi >= -112) && !(step == -1 && s->data->phi <= 111);
}

// The tree of comparators, literally: the left input wins only if it is strictly nearer.
static const struct stub *match(const struct fit *f, const struct list *list, int station)
{
    const struct stub *candidate[16] = {NULL};
    int distance[16];
    for (int i = 0; i < 16; i++)
        distance[i] = FAR;
    for (int i = 0; i < list->n; i++) {
        const struct stub *s = &list->stub[i];
        if (s->station != station || !usable(f, s))
            continue;
        const int at = 4 * (sector_step(f, s) + 1) + 2 * (s->wheel != f->wheel) + s->tag;
        candidate[at] = s;
        distance[at] = abs(cut(floor_div(phi_of(f, f->stub[0]) - phi_of(f, s), 8), 11));
    }
    static const int pairs[][2] = {{0, 1}, {2, 3}, {4, 5},  {6, 7}, {8, 9}, {10, 11},
                                   {1, 3}, {5, 7}, {9, 11}, {3, 7}, {7, 11}};
    for (unsigned i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const int left = pairs[i][0], right = pairs[i][1];
        if (distance[left] < distance[right]) {
            distance[right] = distance[left];
            candidate[right] = candidate[left];
        }
    }
    return distance[11] < FAR ? candidate[11] : NULL;
}

static void propagate(struct fit *f, int n)
{
    static const int a[5] = {0, 0, 123, 120, 80}, b[5] = {0, 0, -1495, -1712, -1417};
    static const int c[5] = {0, 0, -1014, -1226, -1092}, d[5] = {0, 0, 19373, 19807, 19216};
    const int phib = f->phib;
    f->phi += cut(floor_div(a[n] * f->k, 8192), 14) + cut(floor_div(b[n] * phib, 8192), 13);
    f->phi = cut(f->phi, 12);
    f->phib =
        cut(cut(floor_div(c[n] * f->k, 8192), 14) + cut(floor_div(d[n] * phib, 16384), 14), 13);
}

static bool update(const struct l1t_kbmtf_config *config, struct fit *f, const struct stub *s)
{
    const int r = cut(phi_of(f, s) - f->phi, 13), rb = cut(8 * s->data->phib - f->phib, 14);
    const int at = lesser(abs(f->k), 4095);
    const int mask = f->mask;
    if (mask == 3 || mask == 5 || mask == 6 || mask == 9 || mask == 10 || mask == 12) {
        const int classes = 2 * (f->stub[0]->data->quality > 3) + (s->data->quality > 3);
        const int16_t(*g)[L1T_KBMTF_GAIN2] =
            config->gain2[l1t_kbmtf_gain2_row((unsigned)f->stub[0]->station, (unsigned)s->station)]
                         [classes];
        f->k +=
            cut(floor_div(g[0][at / 8] * r, 16), 19) - cut(floor_div(g[1][at / 8] * rb, 256), 17);
        f->phib += floor_div(g[3][at / 8] * rb, 4096) - cut(floor_div(g[2][at / 8] * r, 256), 17);
    } else {
        const int row = l1t_kbmtf_gain_row((unsigned)f->pattern, (unsigned)s->station);
        f->k += floor_div(config->gain[row][0][at / 4] * r, 8);
        f->phib += floor_div(-config->gain[row][1][at / 4] * r, 32);
    }
    f->phi = phi_of(f, s);
    f->stub[f->n++] = s;
    f->pattern |= 1 << (s->station - 1);
    return abs(f->k) < 8191 && abs(f->phib) < 4095;
}

static int chi_of(const struct fit *f)
{
    static const int q[5] = {0, 0, -28, -60, -92};
    int chi = 0;
    for (int i = 0; i < f->n; i++) {
        const struct stub *s = f->stub[i];
        const int stub = cut(floor_div(phi_of(f, s), 16) + floor_div(s->data->phib, 2), 10);
        const int track = cut(floor_div(f->phi + f->phib, 16), 10);
        chi += abs(cut(stub - track, 11) +
                   cut(floor_div(q[s->station] * floor_div(f->k, 16), 256), 9));
    }
    return lesser(chi, 127);
}

static void find_etas(const struct l1t_kbmtf_config *config, struct fit *f)
{
    int others = 0, weight = 0, sum = 0;
    for (int i = 0; i < f->n; i++) {
        const struct stub *s = f->stub[i];
        others += (s->wheel != f->stub[0]->wheel) << i;
        if (s->data->qeta[0] != 0 && s->data->qeta[1] == 0) {
            weight += s->data->qeta[0];
            sum += s->data->qeta[0] * s->data->eta[0];
        }
    }
    const int coarse = config->coarse_eta[l1t_kbmtf_pattern_row((unsigned)f->pattern)]
                                         [(abs(f->wheel) << f->n) + others];
    f->out.coarse_eta = (int16_t)((f->wheel > 0) - (f->wheel < 0)) * (int16_t)coarse;
    const int a = abs(sum);
    const int value[7] = {
        0, a, a / 2, a == 0 ? 0 : (340 * a - 1) / 1024, a / 4, 204 * a / 1024, 168 * a / 1024};
    f->out.fine_eta = (int16_t)(weight == 0 ? 999 : sum < 0 ? -value[weight] : value[weight]);
}

static bool at_station_1(const struct l1t_kbmtf_config *config, struct fit *f)
{
    const int chi = chi_of(f);
    if (abs(f->k) < 2500 && chi > 126 && f->n > 2)
        return false;
    int phi2 = (8192 * f->phi + 1304 * f->phib) / 8192;
    phi2 = phi2 > 4095 ? 4095 : phi2 < -4096 ? -4096 : phi2;
    for (int i = 0; i < 4; i++)
        f->out.place[i] = L1T_KBMTF_NO_PLACE;
    for (int i = 0; i < f->n; i++) {
        f->out.place[f->stub[i]->station - 1] = (uint16_t)f->stub[i]->place;
        if (f->stub[i]->station == 2)
            phi2 = phi_of(f, f->stub[i]);
    }
    f->out.wheel = (int8_t)f->wheel;
    f->out.sector = (uint8_t)f->sector;
    f->out.seed = (uint8_t)f->stub[0]->station;
    f->out.pattern = (uint8_t)f->pattern;
    f->out.n = (uint8_t)f->n;
    f->out.chi = (uint8_t)chi;
    f->out.k = (int16_t)f->k;
    f->out.phib = (int16_t)f->phib;
    f->out.phi = (int16_t)phi2;
    find_etas(config, f);
    return true;
}

static void at_beam_line(const struct l1t_kbmtf_config *config, struct fit *f)
{
    const int half = lesser(abs(f->k), 4095) / 2;
    const int k = f->k > 0 ? f->k - config->loss[half] : f->k + config->loss[half];
    const int turn = f->k > 1 ? -config->shift[half] : config->shift[half];
    f->out.phi0 = (int16_t)cut(f->phi + cut(floor_div(15908 * f->k, 8192), 14) + f->phib, 12);
    f->out.dxy = (int16_t)cut(turn - f->phib, 13);
    f->out.k_loss = (int16_t)k;
    const int gain =
        config->vertex[l1t_kbmtf_pattern_row((unsigned)f->pattern)][lesser(abs(k), 2047) / 2];
    f->out.kv = (int16_t)cut(k + cut(floor_div(gain * f->out.dxy, 64), 14), 14);
}

static void judge(const struct l1t_kbmtf_config *config, struct fit *f)
{
    static const int t[5] = {0, 28, 20, 10, 4}, e[5] = {0, 7, 7, 7, 10};
    struct l1t_kbmtf_track *o = &f->out;
    o->rank = (uint8_t)(f->pattern == 12 ? 60 : 160 + 20 * f->n - o->chi);
    o->comp = 0;
    if (f->n == 2) {
        const struct stub *s =
            f->stub[0]->data->quality > f->stub[1]->data->quality ? f->stub[0] : f->stub[1];
        const int k = floor_div(o->kv, 16);
        const int size = abs(k) % 512;
        const int diff = abs(cut(floor_div(16 * s->data->phib - t[s->station] * k, 16), 12));
        const int err = 2 + e[s->station] * size / 32;
        const int limit = f->pattern == 3 ? 40 : f->pattern == 6 ? 60 : 126;
        o->comp = (uint8_t)lesser(diff / err, 255);
        if (size < 34 && (o->chi > limit || diff > 15 * err))
            o->kv = 8191;
    }
    o->pt = config->pt[o->kv < 0][lesser(abs(o->kv), 2047)];
    o->pt_free = (uint16_t)(config->pt[o->k < 0][lesser(abs(o->k), 2047)] / 2);
}

static bool run_fit(const struct l1t_kbmtf_config *config, const struct list *list,
                    const struct stub *seed, int mask, struct fit *f)
{
    static const int limit[5] = {0, 0, 127, 30, 15};
    memset(f, 0, sizeof *f);
    f->wheel = seed->wheel;
    f->sector = seed->sector;
    f->stub[0] = seed;
    f->n = 1;
    f->mask = mask;
    f->pattern = 1 << (seed->station - 1);
    f->phi = seed->data->phi;
    if (seed->data->quality >= 4) {
        const int phib = seed->data->phib;
        const int k = config->seed_k[seed->station - 2][lesser(abs(phib), limit[seed->station])];
        f->k = phib < 0 ? -k : k;
        f->phib = 8 * phib;
    }
    for (int station = seed->station - 1; station >= 1; station--) {
        propagate(f, station + 1);
        if (!(mask >> (station - 1) & 1))
            continue;
        const struct stub *s = match(f, list, station);
        if (s == NULL || !update(config, f, s))
            return false;
    }
    if (!at_station_1(config, f))
        return false;
    at_beam_line(config, f);
    judge(config, f);
    return true;
}

// ---- choosing ----

static bool overlap(const struct l1t_kbmtf_track *a, const struct l1t_kbmtf_track *b)
{
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            if (a->place[i] != L1T_KBMTF_NO_PLACE && a->place[i] == b->place[j])
                return true;
    return false;
}

static int seed_tag(const struct l1t_kbmtf_track *t)
{
    return t->place[t->seed - 1] % 2;
}

struct tracks {
    int n;
    struct l1t_kbmtf_track t[8];
};

// Of equal rank, the mask that stands first here.
static void fit_seed(const struct l1t_kbmtf_config *config, const struct list *list,
                     const struct stub *seed, struct l1t_kbmtf_region *region, struct tracks *best)
{
    static const int order[5][8] = {{0}, {0}, {3}, {7, 5, 6}, {15, 11, 13, 10, 12, 14, 9}};
    struct fit f, of_mask[16];
    bool there[16] = {false};
    int found = 0;
    for (int mask = 3; mask < 16; mask++) { // those whose highest station is the seed's
        if (mask >> (seed->station - 1) != 1 || mask == 1 << (seed->station - 1))
            continue;
        there[mask] = run_fit(config, list, seed, mask, &f);
        if (!there[mask])
            continue;
        of_mask[mask] = f;
        region->fit[region->n_fits++] = f.out;
    }
    for (int i = 0; order[seed->station][i] != 0; i++) {
        const int mask = order[seed->station][i];
        if (there[mask] && (found == 0 || of_mask[mask].out.rank > of_mask[found].out.rank))
            found = mask;
    }
    if (found != 0)
        best->t[best->n++] = of_mask[found].out;
}

static struct tracks self(const struct tracks *p)
{
    struct tracks out = {0};
    for (int i = 0; i < p->n; i++) {
        bool lost = false;
        for (int j = 0; j < p->n; j++)
            if (j != i && overlap(&p->t[i], &p->t[j]))
                lost |= p->t[j].rank > p->t[i].rank ||
                        (p->t[j].rank == p->t[i].rank && seed_tag(&p->t[j]) == 0);
        if (!lost)
            out.t[out.n++] = p->t[i];
    }
    return out;
}

// Those that lead over all overlapping ones of a list by at least margin.
static struct tracks minus(const struct tracks *p, const struct tracks *others, int margin)
{
    struct tracks out = {0};
    for (int i = 0; i < p->n; i++) {
        bool lost = false;
        for (int j = 0; j < others->n; j++)
            lost |= overlap(&p->t[i], &others->t[j]) && p->t[i].rank - others->t[j].rank < margin;
        if (!lost)
            out.t[out.n++] = p->t[i];
    }
    return out;
}

static struct tracks both(const struct tracks *a, const struct tracks *b)
{
    struct tracks out = *a;
    for (int i = 0; i < b->n; i++)
        out.t[out.n++] = b->t[i];
    return out;
}

// Two of up to four: 2 against 0 and 3 against 1, then each loser against the other's winner.
static struct tracks sort4(const struct tracks *in)
{
    struct tracks out = {0};
    const struct l1t_kbmtf_track *t = in->t;
    if (in->n <= 2)
        return *in;
    const bool swap1 = t[0].pt > t[2].pt;
    const struct l1t_kbmtf_track *h1 = swap1 ? &t[0] : &t[2], *l1 = swap1 ? &t[2] : &t[0];
    out.n = 2;
    if (in->n == 3) {
        out.t[0] = *h1;
        out.t[1] = t[1].pt > l1->pt ? t[1] : *l1;
        return out;
    }
    const bool swap2 = t[1].pt > t[3].pt;
    const struct l1t_kbmtf_track *h2 = swap2 ? &t[1] : &t[3], *l2 = swap2 ? &t[3] : &t[1];
    out.t[0] = h1->pt > l2->pt ? *h1 : *l2;
    out.t[1] = h2->pt > l1->pt ? *h2 : *l1;
    return out;
}

static void do_region(const struct l1t_kbmtf_config *config, const struct list *list, int wheel,
                      int sector, struct l1t_kbmtf_region *region)
{
    struct tracks p[5] = {{0}};
    region->n_fits = 0;
    for (int tag = 0; tag < 2; tag++)
        for (int i = 0; i < list->n; i++) {
            const struct stub *s = &list->stub[i];
            if (s->wheel == wheel && s->sector == sector && s->tag == tag && s->station > 1)
                fit_seed(config, list, s, region, &p[s->station]);
        }
    const struct tracks self2 = self(&p[2]), self3 = self(&p[3]), self4 = self(&p[4]);
    const struct tracks c23 = minus(&self2, &p[3], 1), c32 = minus(&self3, &p[2], 0);
    const struct tracks joined = both(&c32, &c23), inner = sort4(&joined);
    const struct tracks a = minus(&inner, &p[4], 1), b = minus(&self4, &inner, 0);
    const struct tracks all = both(&b, &a), result = sort4(&all);
    region->n_tracks = (unsigned)result.n;
    memcpy(region->track, result.t, sizeof region->track);
}

static bool beaten(const struct l1t_kbmtf_track *t, const struct l1t_kbmtf_region *other)
{
    for (unsigned i = 0; i < other->n_tracks; i++) {
        const struct l1t_kbmtf_track *o = &other->track[i];
        if (overlap(t, o) && 8 * o->rank + abs(o->wheel) > 8 * t->rank + abs(t->wheel))
            return true;
    }
    return false;
}

static void do_sector(struct l1t_kbmtf_sector *sector)
{
    static const char network[] = "05162738490314586902367901245789123546781325476823";
    struct l1t_kbmtf_track slot[10];
    memset(slot, 0, sizeof slot); // pt 0: empty
    for (int w = 0; w < 5; w++) {
        struct tracks kept = {0};
        for (unsigned i = 0; i < sector->region[w].n_tracks; i++) {
            const struct l1t_kbmtf_track *t = &sector->region[w].track[i];
            if ((w > 0 && beaten(t, &sector->region[w - 1])) ||
                (w < 4 && beaten(t, &sector->region[w + 1])))
                continue;
            kept.t[kept.n++] = *t;
        }
        if (kept.n == 1)
            slot[2 * w + seed_tag(&kept.t[0])] = kept.t[0];
        for (int i = 0; kept.n == 2 && i < 2; i++)
            slot[2 * w + i] = kept.t[i];
    }
    int pair[2], got = 0;
    for (const char *c = network; *c != '\0'; c++) {
        if (*c == ' ')
            continue;
        pair[got++] = *c - '0';
        if (got < 2)
            continue;
        got = 0;
        if (slot[pair[1]].pt > slot[pair[0]].pt) {
            const struct l1t_kbmtf_track old = slot[pair[0]];
            slot[pair[0]] = slot[pair[1]];
            slot[pair[1]] = old;
        }
    }
    sector->n_tracks = 0;
    for (int i = 0; i < 3; i++)
        if (slot[i].pt != 0)
            sector->track[sector->n_tracks++] = slot[i];
}

// ---- link word ----

static uint64_t bits(uint64_t word, unsigned lsb, unsigned width, int value)
{
    for (unsigned b = 0; b < width; b++)
        if ((unsigned)value >> b & 1)
            word |= UINT64_C(1) << (lsb + b);
    return word;
}

static uint64_t word_of(const struct l1t_kbmtf_track *t)
{
    uint64_t w = bits(0, 0, 9, t->pt);
    w = bits(w, 9, 4, 12 + t->rank / 64);
    w = bits(w, 13, 9, t->fine_eta != 999 ? t->fine_eta : t->coarse_eta);
    w = bits(w, 22, 1, t->fine_eta != 999);
    w = bits(w, 23, 8, 24 + floor_div(1467 * floor_div(t->phi, 4), 16384));
    w = bits(w, 32, 1, t->kv < 0);
    w = bits(w, 33, 1, t->kv != 0);
    w = bits(w, 34, 2, lesser(3, abs(t->dxy) / 256));
    for (unsigned i = 0; i < 3; i++) {
        int address = 15;
        if (t->place[i] != L1T_KBMTF_NO_PLACE) {
            const int sector = t->place[i] / 8 % 12, wheel = t->place[i] / 96 - 2;
            const int which = sector == t->sector ? 0 : sector == (t->sector + 1) % 12 ? 1 : 2;
            address = 8 * (wheel == t->wheel) + 2 * which + t->place[i] % 2;
        }
        w = bits(w, 36 + 4 * i, 4, address);
    }
    w = bits(w, 48, 2, t->place[3] == L1T_KBMTF_NO_PLACE ? 3 : t->place[3] % 2 == 1 ? 1 : 2);
    w = bits(w, 52, 2, abs(t->wheel));
    w = bits(w, 54, 1, t->wheel < 0);
    return bits(w, 55, 8, t->pt_free);
}

void kbmtf_plain(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                 struct l1t_kbmtf_result *result)
{
    static struct list list;
    list_stubs(event, &list);
    for (int s = 0; s < 12; s++) {
        struct l1t_kbmtf_sector *sector = &result->sector[s];
        for (int wheel = -2; wheel <= 2; wheel++)
            do_region(config, &list, wheel, s, &sector->region[wheel + 2]);
        do_sector(sector);
        for (unsigned i = 0; i < sector->n_tracks; i++)
            sector->word[i] = word_of(&sector->track[i]);
    }
}
