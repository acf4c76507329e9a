// SPDX-License-Identifier: GPL-3.0-or-later
// The barrel track finder against a second one written as plainly as possible, and by hand: who
// wins when things are equal, and what a perfect muon becomes.
#include "kbmtf_plain.h"
#include "l1t/kbmtf_config.h"

#include "l1t_test.h"

enum { EVENTS = 500 };

static struct l1t_kbmtf_setup setup;
static struct l1t_kbmtf_config random_tables;
static struct l1t_kbmtf_event event;
static struct l1t_kbmtf_result result, plain;

static void load(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", NULL, &setup, &diag), diag);
}

static void compare(const struct l1t_kbmtf_config *config, const char *tables)
{
    char what[100] = "";
    unsigned fits = 0, tracks = 0, cleaned = 0, full = 0;
    for (uint64_t e = 0; e < EVENTS; e++) {
        kbmtf_random_event(e, &setup.model, &event);
        l1t_kbmtf(config, &event, &result);
        kbmtf_plain(config, &event, &plain);
        if (!kbmtf_same(&result, &plain, what, sizeof what)) {
            L1T_CHECK(false, "%s, event %llu: %s differ", tables, (unsigned long long)e, what);
            return;
        }
        for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++) {
            unsigned n = 0;
            for (unsigned w = 0; w < L1T_KBMTF_WHEELS; w++) {
                fits += result.sector[s].region[w].n_fits;
                n += result.sector[s].region[w].n_tracks;
            }
            tracks += result.sector[s].n_tracks;
            cleaned += n - result.sector[s].n_tracks;
            full += result.sector[s].n_tracks == L1T_KBMTF_SECTOR_TRACKS;
        }
    }
    printf("\n%s: %d events, %u fits, %u muons, %u cleaned away, %u full sectors\n", tables, EVENTS,
           fits, tracks, cleaned, full);
    CU_ASSERT(fits > 100 * EVENTS && tracks > EVENTS && cleaned > EVENTS && full > EVENTS);
}

static void agrees_with_the_plain_model(void)
{
    load();
    compare(&setup.model, "own tables");
}

static void agrees_with_the_plain_model_whatever_the_tables(void)
{
    load();
    for (uint64_t seed = 1; seed <= 3; seed++) {
        kbmtf_random_config(seed, &random_tables);
        compare(&random_tables, "random tables");
    }
}

// ---- matching ----

static const struct l1t_kbmtf_hits *match_around(int seed_phi)
{
    static struct l1t_kbmtf_hits hits;
    kbmtf_put(&event, 1, 0, 4, 0, seed_phi, 0, 6);
    l1t_kbmtf_match(&event, l1t_kbmtf_place(1, 0, 4, 0), &hits);
    return &hits;
}

// Candidates at the same distance are taken away one by one, the expected winner first.
static void the_last_of_equally_near_stubs_wins(void)
{
    static const struct {
        int wheel;
        unsigned sector, tag;
    } order[] = {{0, 1, 1}, {0, 1, 0}, {1, 1, 1},  {1, 1, 0},  {0, 0, 1},  {0, 0, 0},
                 {1, 0, 1}, {1, 0, 0}, {0, 11, 1}, {0, 11, 0}, {1, 11, 1}, {1, 11, 0}};
    enum { N = sizeof order / sizeof order[0] };
    memset(event.have, 0, sizeof event.have);
    for (unsigned i = 0; i < N; i++) {
        // seen from sector 0 all are at 1000 or -1000, as far from a seed at 0
        const int phi = order[i].sector == 0 ? 1000 : order[i].sector == 1 ? 1000 - 2144 : 1144;
        kbmtf_put(&event, order[i].wheel, order[i].sector, 2, order[i].tag, phi, 0, 6);
    }
    for (unsigned i = 0; i < N; i++) {
        const unsigned place = l1t_kbmtf_place(order[i].wheel, order[i].sector, 2, order[i].tag);
        const struct l1t_kbmtf_hits *hits = match_around(0);
        L1T_ASSERT_INT(hits->found, 8 | 2);
        L1T_ASSERT_INT(hits->place[1], place);
        event.have[order[i].wheel + 2][order[i].sector] &= (uint8_t) ~(1u << (2 + order[i].tag));
    }
    L1T_ASSERT_INT(match_around(0)->found, 8);
}

static void stubs_of_the_next_sectors_count_near_the_border_only(void)
{
    static const struct {
        unsigned sector;
        int phi, found;
    } cases[] = {{1, -113, 1}, {1, -112, 0},  {11, 112, 1},
                 {11, 111, 0}, {2, -2000, 0}, {10, 2000, 0}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(event.have, 0, sizeof event.have);
        kbmtf_put(&event, 1, cases[i].sector, 3, 0, cases[i].phi, 0, 6);
        L1T_CHECK(match_around(0)->found == (cases[i].found ? 12 : 8), "sector %u phi %d",
                  cases[i].sector, cases[i].phi);
    }
    memset(event.have, 0, sizeof event.have);
    kbmtf_put(&event, 2, 0, 3, 0, 0, 0, 6); // the outer wheel
    kbmtf_put(&event, -1, 0, 3, 0, 0, 0, 6);
    L1T_ASSERT_INT(match_around(0)->found, 8);
}

// ---- choices ----

// Tracks with stubs of their own (place i of each station), the seed at a station with this tag.
static void make_track(struct l1t_kbmtf_track *t, int wheel, unsigned seed, unsigned tag,
                       unsigned rank, unsigned pt)
{
    static uint16_t next = 0;
    memset(t, 0, sizeof *t);
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++)
        t->place[i] = (uint16_t)(1000 + 2 * next);
    next++;
    t->place[seed - 1] = (uint16_t)(t->place[seed - 1] + tag);
    t->wheel = (int8_t)wheel;
    t->seed = (uint8_t)seed;
    t->rank = (uint8_t)rank;
    t->pt = (uint16_t)pt;
}

// Let both have the same stub at station 1.
static void share(struct l1t_kbmtf_track *a, const struct l1t_kbmtf_track *b)
{
    a->place[0] = b->place[0];
}

// Tracks 0..3 with these pt, sorted; the numbers of the two that are kept, as digits.
static int sort_of(const unsigned pt[4], unsigned n)
{
    static struct l1t_kbmtf_track t[4];
    struct l1t_kbmtf_list in = {n, {&t[0], &t[1], &t[2], &t[3]}}, out;
    for (unsigned i = 0; i < 4; i++)
        make_track(&t[i], 0, 2, 0, 100, pt[i]);
    l1t_kbmtf_sort4(&in, &out);
    int digits = 0;
    for (unsigned i = 0; i < out.n; i++)
        digits = 10 * digits + (int)(out.track[i] - t) + 1;
    return digits;
}

static void sorting_two_of_four_breaks_ties_as_wired(void)
{
    static const struct {
        unsigned n, pt[4];
        int kept; // tracks counted from 1
    } cases[] = {
        {1, {9}, 1},           {2, {5, 9}, 12},       {3, {5, 5, 5}, 31},    {3, {6, 5, 5}, 13},
        {3, {5, 6, 5}, 32},    {3, {1, 2, 3}, 32},    {4, {5, 5, 5, 5}, 21}, {4, {9, 9, 1, 1}, 12},
        {4, {1, 1, 9, 9}, 34}, {4, {9, 1, 8, 1}, 13}, {4, {1, 9, 1, 8}, 42}, {4, {4, 3, 2, 1}, 12},
        {4, {1, 2, 3, 4}, 34}, {4, {8, 1, 9, 1}, 31}, {4, {9, 9, 9, 1}, 31},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int kept = sort_of(cases[i].pt, cases[i].n);
        L1T_CHECK(kept == cases[i].kept, "case %u: kept %d, expected %d", i, kept, cases[i].kept);
    }
}

static void of_equal_ranks_the_first_mask_wins(void)
{
    static const unsigned char order4[] = {15, 11, 13, 10, 12, 14, 9}, order3[] = {7, 5, 6};
    static struct l1t_kbmtf_track track;
    const struct l1t_kbmtf_track *fit_of[16];
    for (unsigned i = 0; i < 16; i++)
        fit_of[i] = &track;
    make_track(&track, 0, 4, 0, 100, 10);
    unsigned fitted = 0;
    for (unsigned i = 0; i < sizeof order4; i++)
        fitted |= 1u << order4[i];
    for (unsigned i = 0; i < sizeof order4; i++) {
        L1T_ASSERT_INT(l1t_kbmtf_best_mask(4, fitted, fit_of), order4[i]);
        fitted &= ~(1u << order4[i]);
    }
    L1T_ASSERT_INT(l1t_kbmtf_best_mask(4, 0, fit_of), 0);
    fitted = 1u << 5 | 1u << 6 | 1u << 7;
    for (unsigned i = 0; i < sizeof order3; i++) {
        L1T_ASSERT_INT(l1t_kbmtf_best_mask(3, fitted, fit_of), order3[i]);
        fitted &= ~(1u << order3[i]);
    }
    L1T_ASSERT_INT(l1t_kbmtf_best_mask(2, 1u << 3, fit_of), 3);
    L1T_ASSERT_INT(l1t_kbmtf_best_mask(2, 0, fit_of), 0);
}

// Two overlapping tracks of seed stations a and b and equal rank; the station that is kept.
static unsigned kept_of(unsigned a, unsigned b, unsigned rank_a, unsigned rank_b)
{
    static struct l1t_kbmtf_track t[2];
    struct l1t_kbmtf_list best[3] = {{0}, {0}, {0}}, out;
    make_track(&t[0], 0, a, 0, rank_a, 10);
    make_track(&t[1], 0, b, 0, rank_b, 10);
    share(&t[1], &t[0]);
    best[a - 2].track[best[a - 2].n++] = &t[0];
    best[b - 2].track[best[b - 2].n++] = &t[1];
    l1t_kbmtf_clean(best, &out);
    return out.n == 1 ? out.track[0]->seed : 100 * out.n;
}

static void of_equal_ranks_the_outer_seed_wins(void)
{
    L1T_ASSERT_INT(kept_of(2, 3, 100, 100), 3);
    L1T_ASSERT_INT(kept_of(2, 4, 100, 100), 4);
    L1T_ASSERT_INT(kept_of(3, 4, 100, 100), 4);
    L1T_ASSERT_INT(kept_of(2, 3, 101, 100), 2);
    L1T_ASSERT_INT(kept_of(2, 4, 101, 100), 2);
    L1T_ASSERT_INT(kept_of(3, 4, 101, 100), 3);
}

static void of_equal_ranks_and_stations_tag_0_wins(void)
{
    static struct l1t_kbmtf_track t[2];
    struct l1t_kbmtf_list best[3] = {{2, {&t[0], &t[1]}}, {0}, {0}}, out;
    for (unsigned first = 0; first < 2; first++) {
        make_track(&t[0], 0, 2, first, 100, 10);
        make_track(&t[1], 0, 2, 1 - first, 100, 10);
        share(&t[1], &t[0]);
        l1t_kbmtf_clean(best, &out);
        L1T_ASSERT_INT(out.n, 1);
        CU_ASSERT_PTR_EQUAL(out.track[0], &t[first]);
    }
}

// ---- the wedge ----

static struct l1t_kbmtf_sector sector;

static struct l1t_kbmtf_track *add(int wheel, unsigned tag, unsigned rank, unsigned pt)
{
    struct l1t_kbmtf_region *region = &sector.region[wheel + 2];
    make_track(&region->track[region->n_tracks], wheel, 4, tag, rank, pt);
    return &region->track[region->n_tracks++];
}

static void equal_pt_leave_the_network_in_its_order(void)
{
    // All ten slots equal: nothing is exchanged. One more in any slot: it comes first.
    for (int up = -1; up < 10; up++) {
        memset(&sector, 0, sizeof sector);
        for (int slot = 0; slot < 10; slot++)
            (void)add(slot / 2 - 2, (unsigned)slot % 2, 100, slot == up ? 51 : 50);
        l1t_kbmtf_wedge(&sector);
        L1T_ASSERT_INT(sector.n_tracks, 3);
        if (up >= 0)
            L1T_ASSERT_INT(sector.track[0].pt, 51);
        if (up < 0)
            CU_ASSERT(memcmp(&sector.track[0], &sector.region[0].track[0],
                             2 * sizeof sector.track[0]) == 0);
        if (up < 0)
            CU_ASSERT(
                memcmp(&sector.track[2], &sector.region[1].track[0], sizeof sector.track[0]) == 0);
    }
}

static void wedge_keeps_descending_pt_for_any_pt(void)
{
    for (unsigned code = 0; code < 1u << 20;
         code += 7) { // pt 0..3 in each of ten slots, many of them
        unsigned best[4] = {0};
        memset(&sector, 0, sizeof sector);
        for (unsigned slot = 0; slot < 10; slot++) {
            const unsigned pt = code >> 2 * slot & 3;
            best[pt]++;
            if (pt != 0)
                (void)add((int)slot / 2 - 2, slot % 2, 100, pt);
        }
        l1t_kbmtf_wedge(&sector);
        unsigned at = 0;
        bool good = true;
        for (unsigned pt = 3; pt > 0; pt--)
            for (unsigned i = 0; i < best[pt] && at < 3; i++)
                good = good && at < sector.n_tracks && sector.track[at++].pt == pt;
        if (!good || at != sector.n_tracks) {
            L1T_CHECK(false, "pt code %#x", code);
            return;
        }
    }
}

static void of_equal_ranks_the_outer_wheel_wins(void)
{
    static const struct {
        int a, b;
        unsigned rank_a, rank_b;
        int kept; // wheel; 9: both
    } cases[] = {{0, 1, 100, 100, 1}, {-1, -2, 100, 100, -2}, {0, -1, 100, 100, -1},
                 {1, 2, 101, 100, 1}, {-1, 0, 99, 100, 0},    {-1, 1, 100, 200, 9},
                 {-2, 1, 100, 200, 9}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(&sector, 0, sizeof sector);
        struct l1t_kbmtf_track *a = add(cases[i].a, 0, cases[i].rank_a, 20);
        share(add(cases[i].b, 0, cases[i].rank_b, 20), a);
        l1t_kbmtf_wedge(&sector);
        const int kept = sector.n_tracks == 1 ? sector.track[0].wheel : 9;
        L1T_CHECK(kept == cases[i].kept, "case %u: wheel %d, expected %d", i, kept, cases[i].kept);
    }
}

// ---- physics ----

// Without errors but those of rounding the filter must find the curvature again, within 4 % and
// what rounding makes of it: phiB comes in steps of 8, each of which is worth 12 counts of
// curvature. The pattern is whole, the impact parameter small, the charge right.
static void a_perfect_muon_keeps_its_curvature(void)
{
    load();
    for (int k = -1200; k <= 1200; k += 25) {
        memset(event.have, 0, sizeof event.have);
        kbmtf_put_muon(&event, &setup.model, 1, 5, 0, k, 50);
        l1t_kbmtf(&setup.model, &event, &result);
        const struct l1t_kbmtf_sector *s = &result.sector[5];
        L1T_CHECK(s->n_tracks == 1 && s->track[0].pattern == 15, "k %d: %u tracks, pattern %d", k,
                  s->n_tracks, s->track[0].pattern);
        const struct l1t_kbmtf_track *t = &s->track[0];
        L1T_CHECK(abs(t->kv - k) <= 20 + abs(k) / 25, "k %d: found %d", k, t->kv);
        L1T_CHECK(abs(t->dxy) <= 30 + abs(k) / 5, "k %d: dxy %d", k, t->dxy);
        L1T_CHECK(k == 0 || (s->word[0] >> 32 & 1) == (k < 0), "k %d: charge", k);
    }
}

L1T_TEST_MAIN("l1t_kbmtf", {"agrees with the plain model", agrees_with_the_plain_model},
              {"agrees with the plain model whatever the tables",
               agrees_with_the_plain_model_whatever_the_tables},
              {"the last of equally near stubs wins", the_last_of_equally_near_stubs_wins},
              {"stubs of the next sectors count near the border only",
               stubs_of_the_next_sectors_count_near_the_border_only},
              {"sorting two of four breaks ties as wired",
               sorting_two_of_four_breaks_ties_as_wired},
              {"of equal ranks the first mask wins", of_equal_ranks_the_first_mask_wins},
              {"of equal ranks the outer seed wins", of_equal_ranks_the_outer_seed_wins},
              {"of equal ranks and stations tag 0 wins", of_equal_ranks_and_stations_tag_0_wins},
              {"equal pt leave the network in its order", equal_pt_leave_the_network_in_its_order},
              {"wedge keeps descending pt for any pt", wedge_keeps_descending_pt_for_any_pt},
              {"of equal ranks the outer wheel wins", of_equal_ranks_the_outer_wheel_wins},
              {"a perfect muon keeps its curvature", a_perfect_muon_keeps_its_curvature})
