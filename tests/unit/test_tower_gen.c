// SPDX-License-Identifier: GPL-3.0-or-later
// The tower generator against its parameters: pile-up, quantisation, objects and their truth.
// Seeds are fixed; the stated false-alarm probabilities are those of a random one.
#include "l1t/tower_gen.h"

#include "l1t_formats.h"
#include "l1t_test.h"
#include "tower_parts.h"

#include <gsl/gsl_cdf.h>

static struct l1t_tower_gen_params quiet(void)
{
    struct l1t_tower_gen_params p;
    l1t_tower_gen_defaults(&p);
    p.pile_up = 0;
    p.jets = 0;
    return p;
}

static struct l1t_tower_gen *new_gen(const struct l1t_tower_gen_params *params, uint64_t seed)
{
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_tower_gen_new(params, seed, &gen, &diag), diag);
    return gen;
}

// ---- pile-up ----

enum { EVENTS = 600 };

struct ring_sums {
    double all, ecal, ecal_deviation; // energy units; of all events
};

static double total_of(const struct l1t_deposits *d, struct ring_sums sums[L1T_RINGS], double ecal)
{
    double total = 0;
    for (int row = 0; row < L1T_ROWS; row++) {
        struct ring_sums *ring = &sums[row < L1T_RINGS ? L1T_RINGS - 1 - row : row - L1T_RINGS];
        for (int p = 0; p < L1T_PHIS; p++) {
            const double e = d->ecal[L1T_COMPACT][row][p] + d->ecal[L1T_LOOSE][row][p];
            const double all = e + d->had[row][p];
            ring->all += all;
            ring->ecal += e;
            ring->ecal_deviation += (e - ecal * all) * (e - ecal * all);
            total += all;
        }
    }
    return total;
}

// Energy of each ring, its ECAL part, and how much the whole varies from event to event. A ring's
// energy is a compound Poisson number: 144 h N hits of exponential ET with N itself Poisson. Limits
// are 5.5 standard deviations, 80 of them: false alarm 4e-6; for the variance, which is that of a
// nearly normal number, 6 (1e-9).
static void pile_up_follows_its_parameters(void)
{
    static struct l1t_pile_up pile_up;
    static struct l1t_shower shower;
    static struct l1t_deposits deposits;
    static struct ring_sums sums[L1T_RINGS];
    struct l1t_tower_gen_params p = quiet();
    const double pu = 30, hits = 0.01, mean = 0.6 * L1T_GEV, ecal = 0.4;
    p.pile_up = pu;
    p.n_points = 1;
    p.hits[0] = hits;
    p.mean_et_gev[0] = 0.6;
    p.ecal[0] = ecal;
    CU_ASSERT_EQUAL_FATAL(l1t_shower_init(&shower), 0);
    CU_ASSERT_EQUAL_FATAL(l1t_pile_up_init(&pile_up, &p), 0);
    double total = 0, squares = 0;
    for (uint64_t e = 0; e < EVENTS; e++) {
        uint32_t first[4];
        l1t_rng_words(5, L1T_STREAM_TEST, e, 0, first);
        memset(&deposits, 0, sizeof deposits);
        l1t_pile_up_add(&pile_up, &shower, 5, e, first[0], &deposits);
        const double t = total_of(&deposits, sums, ecal);
        total += t;
        squares += t * t;
    }
    const double n = 2 * L1T_PHIS * hits; // hits of a ring from one interaction
    const double spread = pu * (2 * n * mean * mean + n * n * mean * mean);
    for (int ring = 0; ring < L1T_RINGS; ring++) {
        const struct ring_sums *s = &sums[ring];
        const double pull = (s->all / EVENTS - pu * n * mean) / sqrt(spread / EVENTS);
        L1T_CHECK(fabs(pull) < 5.5, "ring %d: energy off by %.1f deviations", ring + 1, pull);
        if (ring >= 28) {
            L1T_CHECK(s->ecal == 0, "ring %d has an ECAL", ring + 1);
            continue;
        }
        const double part = (s->ecal - ecal * s->all) / sqrt(s->ecal_deviation);
        // Kinds of hits come in 128 steps, so the part may be off by half of one.
        L1T_CHECK(fabs(part) < 5.5 + s->all / 256 / sqrt(s->ecal_deviation),
                  "ring %d: ECAL part off by %.1f deviations", ring + 1, part);
    }
    const double all = n * L1T_RINGS;
    const double variance = pu * (2 * all * mean * mean + all * all * mean * mean);
    const double seen = (squares - total * total / EVENTS) / (EVENTS - 1);
    L1T_CHECK(fabs(seen / variance - 1) < 6 * sqrt(2.0 / (EVENTS - 1)),
              "variance of an event's energy: %.3f of the expected one", seen / variance);
    l1t_pile_up_free(&pile_up);
    l1t_shower_free(&shower);
}

// Every bit of an event's number counts; the pile-up's counters are 2^22 times as large.
static void any_number_has_its_own_pile_up(void)
{
    enum { BITS = 64 };
    static struct l1t_pile_up pile_up;
    static struct l1t_shower shower;
    static struct l1t_deposits deposits[BITS + 1];
    struct l1t_tower_gen_params p = quiet();
    p.pile_up = 5;
    CU_ASSERT_EQUAL_FATAL(l1t_shower_init(&shower), 0);
    CU_ASSERT_EQUAL_FATAL(l1t_pile_up_init(&pile_up, &p), 0);
    for (unsigned i = 0; i <= BITS; i++) {
        const uint64_t event = i == 0 ? 0 : UINT64_C(1) << (i - 1);
        l1t_pile_up_add(&pile_up, &shower, 5, event, UINT32_C(0x80000000), &deposits[i]);
        for (unsigned k = 0; k < i; k++)
            L1T_CHECK(memcmp(&deposits[i], &deposits[k], sizeof deposits[k]) != 0,
                      "bits %u and %u give the same pile-up", i, k);
    }
    l1t_pile_up_free(&pile_up);
    l1t_shower_free(&shower);
}

// ---- quantisation ----

// What docs/towers.md says, in plain words, from the energies.
static uint16_t plain_word(double compact, double loose, double had, bool forward)
{
    const double e_gev = forward ? 0 : (compact + loose) / 128, h_gev = had / 128;
    unsigned e = (unsigned)floor(2 * e_gev + 0.5), h = (unsigned)floor(2 * h_gev + 0.5);
    if (e == 0 && h == 0)
        return 0;
    const bool full_e = e >= 255, full_h = h >= 255;
    const bool fine = forward ? h >= 8 : e > 0 && loose > (compact + loose) / 8;
    const bool feature = forward ? h >= 3 : e == 0 && h >= 2 && h <= 5;
    e = full_e ? 255 : e;
    h = full_h ? 255 : h;
    unsigned word = (unsigned)l1t_tower_word(e, h) & 0xfe00U;
    word |= full_e && full_h ? 511U : full_e ? 510U : full_h ? 509U : e + h;
    return (uint16_t)(word | (unsigned)feature << 14 | (unsigned)fine << 15);
}

static void energies_become_words_by_the_rules(void)
{
    static struct l1t_pile_up pile_up;
    static struct l1t_objects objects;
    static struct l1t_shower shower;
    static struct l1t_deposits d;
    struct l1t_tower_gen_params p = quiet();
    unsigned kinds[4] = {0}; // saturated, forward min-bias, feature, fine grain
    p.pile_up = 40;
    p.jets = 2;
    p.inject[L1T_TRUTH_ELECTRON] = (struct l1t_inject){2, 5, 900, 0, 4.5, 1};
    p.inject[L1T_TRUTH_JET] = (struct l1t_inject){2, 20, 1000, 0, 5, 0.27};
    CU_ASSERT_EQUAL_FATAL(l1t_shower_init(&shower), 0);
    CU_ASSERT_EQUAL_FATAL(l1t_pile_up_init(&pile_up, &p), 0);
    CU_ASSERT_EQUAL_FATAL(l1t_objects_init(&objects, &p), 0);
    struct l1t_tower_gen *gen = new_gen(&p, 21);
    for (uint64_t e = 0; e < 60; e++) {
        struct l1t_towers t;
        struct l1t_truth truth[L1T_TRUTH_MAX];
        uint32_t first[4];
        l1t_rng_words(21, L1T_STREAM_TOWER_JETS, e, 0, first);
        memset(&d, 0, sizeof d);
        l1t_pile_up_add(&pile_up, &shower, 21, e, first[3], &d);
        l1t_objects_add(&objects, &shower, 21, e, first[0], &d, truth);
        l1t_tower_gen_event(gen, e, &t);
        for (int row = 0; row < L1T_ROWS; row++)
            for (int phi = 0; phi < L1T_PHIS; phi++) {
                const bool forward = row < 12 || row >= 68;
                const uint16_t want =
                    plain_word(d.ecal[L1T_COMPACT][row][phi], d.ecal[L1T_LOOSE][row][phi],
                               d.had[row][phi], forward);
                const uint16_t word = row < 40 ? t.w[1][39 - row][phi] : t.w[0][row - 40][phi];
                L1T_CHECK(word == want, "event %u row %d phi %d: %04x, not %04x", (unsigned)e, row,
                          phi, word, want);
                kinds[0] += l1t_tower_et(word) > 508;
                kinds[1] += forward && l1t_tower_finegrain(word);
                kinds[2] += !forward && l1t_tower_feature(word);
                kinds[3] += !forward && l1t_tower_finegrain(word);
            }
    }
    for (int k = 0; k < 4; k++)
        L1T_CHECK(kinds[k] > 0, "nothing of kind %d was seen", k);
    l1t_tower_gen_free(gen);
    l1t_objects_free(&objects);
    l1t_pile_up_free(&pile_up);
    l1t_shower_free(&shower);
}

// ---- objects ----

enum { BINS = 20, OBJECT_EVENTS = 8000 };

static double chi2_flat(const double seen[BINS], double n)
{
    double chi2 = 0;
    for (int i = 0; i < BINS; i++)
        chi2 += (seen[i] - n / BINS) * (seen[i] - n / BINS) / (n / BINS);
    return gsl_cdf_chisq_Q(chi2, BINS - 1);
}

static int bin_of(double x, double low, double high)
{
    const int bin = (int)((x - low) / (high - low) * BINS);
    return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

// One object an event, so that nothing keeps others away. Each test has a false alarm of 1e-6.
static void objects_follow_their_laws(void)
{
    static struct l1t_towers t;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    double pt[BINS] = {0}, eta[BINS] = {0}, phi[BINS] = {0}, tau[BINS] = {0};
    const double slope = 0.05;
    struct l1t_tower_gen_params p = quiet();
    p.inject[L1T_TRUTH_ELECTRON] = (struct l1t_inject){1, 10, 90, 0, 2.5, 1};
    struct l1t_tower_gen *flat = new_gen(&p, 3);
    p.inject[L1T_TRUTH_ELECTRON].per_event = 0;
    p.inject[L1T_TRUTH_TAU] = (struct l1t_inject){1, 20, 200, slope, 2.1, 0.28};
    struct l1t_tower_gen *steep = new_gen(&p, 4);
    for (uint64_t e = 0; e < OBJECT_EVENTS; e++) {
        L1T_ASSERT_INT(l1t_tower_gen_event_truth(flat, e, &t, truth), 1);
        L1T_ASSERT_INT(truth[0].kind, L1T_TRUTH_ELECTRON);
        CU_ASSERT_FATAL(truth[0].pt_gev >= 10 && truth[0].pt_gev <= 90 &&
                        fabs(truth[0].eta) <= 2.5 && fabs(truth[0].phi) <= 3.1416);
        pt[bin_of(truth[0].pt_gev, 10, 90)]++;
        eta[bin_of(truth[0].eta, -2.5, 2.5)]++;
        phi[bin_of(truth[0].phi, -3.14159265, 3.14159265)]++;
        L1T_ASSERT_INT(l1t_tower_gen_event_truth(steep, e, &t, truth), 1);
        L1T_ASSERT_INT(truth[0].kind, L1T_TRUTH_TAU);
        // Flat when the law is undone.
        const double u = (1 - exp(-slope * (truth[0].pt_gev - 20))) / (1 - exp(-slope * 180));
        tau[bin_of(u, 0, 1)]++;
    }
    L1T_CHECK(chi2_flat(pt, OBJECT_EVENTS) > 1e-6, "flat pt: %g", chi2_flat(pt, OBJECT_EVENTS));
    L1T_CHECK(chi2_flat(eta, OBJECT_EVENTS) > 1e-6, "eta: %g", chi2_flat(eta, OBJECT_EVENTS));
    L1T_CHECK(chi2_flat(phi, OBJECT_EVENTS) > 1e-6, "phi: %g", chi2_flat(phi, OBJECT_EVENTS));
    L1T_CHECK(chi2_flat(tau, OBJECT_EVENTS) > 1e-6, "slope: %g", chi2_flat(tau, OBJECT_EVENTS));
    l1t_tower_gen_free(flat);
    l1t_tower_gen_free(steep);
}

static double distance(const struct l1t_truth *a, const struct l1t_truth *b)
{
    return hypot(a->eta - b->eta, remainder(a->phi - b->phi, 2 * acos(-1)));
}

static void objects_keep_apart_and_leave_the_rest_alone(void)
{
    static struct l1t_towers t;
    struct l1t_truth truth[L1T_TRUTH_MAX], alone[L1T_TRUTH_MAX];
    struct l1t_tower_gen_params p;
    l1t_tower_gen_defaults(&p);
    struct l1t_tower_gen *without = new_gen(&p, 8);
    size_t objects = 0;
    for (int k = 0; k < L1T_INJECTED; k++)
        p.inject[k].per_event = 4;
    struct l1t_tower_gen *with = new_gen(&p, 8);
    for (uint64_t e = 0; e < 200; e++) {
        const size_t n = l1t_tower_gen_event_truth(with, e, &t, truth);
        const size_t rest = l1t_tower_gen_event_truth(without, e, &t, alone);
        CU_ASSERT_FATAL(n >= rest && n <= rest + 16);
        const size_t own = n - rest;
        objects += own;
        for (size_t i = 0; i < own; i++) {
            CU_ASSERT(truth[i].kind != L1T_TRUTH_QCD);
            for (size_t j = 0; j < i; j++)
                L1T_CHECK(distance(&truth[i], &truth[j]) > 0.7999, "%g apart",
                          distance(&truth[i], &truth[j]));
        }
        for (size_t i = 0; i < rest; i++)
            CU_ASSERT(truth[own + i].kind == L1T_TRUTH_QCD &&
                      truth[own + i].pt_gev == alone[i].pt_gev &&
                      distance(&truth[own + i], &alone[i]) == 0);
    }
    L1T_CHECK(objects > 150 * 16, "only %zu objects found room", objects);
    l1t_tower_gen_free(with);
    l1t_tower_gen_free(without);
}

// Also in the towers: those far from a soft object in the middle are the same with it and without.
static void towers_elsewhere_stay_as_they_were(void)
{
    static struct l1t_towers with, without;
    struct l1t_tower_gen_params p;
    l1t_tower_gen_defaults(&p);
    struct l1t_tower_gen *a = new_gen(&p, 15);
    p.inject[L1T_TRUTH_PHOTON] = (struct l1t_inject){2, 10, 10, 0, 0.3, 1};
    struct l1t_tower_gen *b = new_gen(&p, 15);
    for (uint64_t e = 0; e < 50; e++) {
        l1t_tower_gen_event(a, e, &without);
        l1t_tower_gen_event(b, e, &with);
        CU_ASSERT(memcmp(&with, &without, sizeof with) != 0);
        for (int side = 0; side < L1T_SIDES; side++)
            L1T_ASSERT_INT(memcmp(with.w[side][6], without.w[side][6],
                                  (L1T_RINGS - 6) * sizeof with.w[side][6]),
                           0);
    }
    l1t_tower_gen_free(a);
    l1t_tower_gen_free(b);
}

// Mean ET of all towers over the truth, and where the largest tower is. The bands are what
// docs/towers.md promises; statistical errors are below 0.01.
static void responses_are_as_documented(void)
{
    static const struct {
        enum l1t_truth_kind kind;
        double pt, eta_max, low, high, near;
    } band[] = {
        {L1T_TRUTH_ELECTRON, 60, 1.3, 0.96, 0.99, 0.10},
        {L1T_TRUTH_PHOTON, 60, 1.3, 0.96, 0.99, 0.08},
        {L1T_TRUTH_ELECTRON, 60, 2.5, 0.93, 0.97, 0.12},
        {L1T_TRUTH_TAU, 60, 2.1, 0.88, 0.95, 0.3},
        {L1T_TRUTH_JET, 60, 2.4, 0.72, 0.82, 0.4},
        {L1T_TRUTH_JET, 200, 2.4, 0.84, 0.90, 0.3},
    };
    for (size_t i = 0; i < sizeof band / sizeof band[0]; i++) {
        struct l1t_tower_gen_params p = quiet();
        p.inject[band[i].kind].per_event = 1;
        p.inject[band[i].kind].pt_min_gev = p.inject[band[i].kind].pt_max_gev = band[i].pt;
        p.inject[band[i].kind].eta_max = band[i].eta_max;
        struct l1t_tower_gen *gen = new_gen(&p, 31);
        double sum = 0;
        unsigned far = 0;
        for (uint64_t e = 0; e < 500; e++) {
            struct l1t_towers t;
            struct l1t_truth truth[L1T_TRUTH_MAX], seed = {.eta = 99};
            int64_t most = 0;
            l1t_tower_gen_event_truth(gen, e, &t, truth);
            for (int at = 0; at < L1T_SIDES * L1T_RINGS * L1T_PHIS; at++) {
                const int side = at / (L1T_RINGS * L1T_PHIS), ring = at / L1T_PHIS % L1T_RINGS;
                const int64_t et = l1t_tower_et(t.w[side][ring][at % L1T_PHIS]);
                sum += 0.5 * (double)et;
                if (et > most && ring < 20) { // rings of 0.087
                    most = et;
                    seed.eta = (side == 0 ? 1 : -1) * 0.087 * (ring + 0.5);
                    seed.phi = (at % L1T_PHIS + 0.5) * 2 * acos(-1) / L1T_PHIS;
                }
            }
            far += fabs(truth[0].eta) < 1.6 && distance(&seed, &truth[0]) > band[i].near;
        }
        const double response = sum / 500 / band[i].pt;
        L1T_CHECK(response > band[i].low && response < band[i].high, "%s of %g GeV: response %.3f",
                  l1t_truth_names[band[i].kind], band[i].pt, response);
        L1T_CHECK(far < 25, "%s of %g GeV: %u of 500 seeds far away", l1t_truth_names[band[i].kind],
                  band[i].pt, far);
        l1t_tower_gen_free(gen);
    }
}

// The softest jets and real objects have at least the unit of pt: truth of 0 would not be read
// back.
static void every_object_has_momentum(void)
{
    struct l1t_real_event real = {.n = 1, .object = {{.pt_gev = 0.001, .eta = 1, .phi = 1}}};
    const struct l1t_real_events events = {.event = &real, .n = 1};
    struct l1t_tower_gen_params p = quiet();
    p.jets = 5;
    p.jet_threshold_gev = 0;
    p.jet_scale_gev = 0.1;
    p.real = &events;
    p.real_kind = L1T_TRUTH_TAU;
    struct l1t_tower_gen *gen = new_gen(&p, 6);
    unsigned smallest = 0;
    for (uint64_t e = 0; e < 200; e++) {
        struct l1t_towers t;
        struct l1t_truth truth[L1T_TRUTH_MAX];
        const size_t n = l1t_tower_gen_event_truth(gen, e, &t, truth);
        for (size_t i = 0; i < n; i++) {
            L1T_CHECK(truth[i].pt_gev * L1T_GEV >= 1, "pt %g", truth[i].pt_gev);
            smallest += truth[i].kind == L1T_TRUTH_QCD && truth[i].pt_gev * L1T_GEV < 1.5;
        }
    }
    CU_ASSERT_TRUE(smallest > 0);
    l1t_tower_gen_free(gen);
}

static void bad_objects_are_refused(void)
{
    static const struct l1t_inject bad[] = {
        {17, 5, 100, 0, 2.5, 1}, {-1, 5, 100, 0, 2.5, 1},  {1, 0, 100, 0, 2.5, 1},
        {1, 50, 40, 0, 2.5, 1},  {1, 5, 1001, 0, 2.5, 1},  {1, 5, 100, -1, 2.5, 1},
        {1, 5, 100, 0, 5.5, 1},  {1, 5, 100, 0, 2.5, 4.5}, {1, NAN, 100, 0, 2.5, 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_tower_gen_params p = quiet();
        struct l1t_tower_gen *gen = NULL;
        struct l1t_diag diag = {""};
        p.inject[L1T_TRUTH_ELECTRON] = bad[i];
        L1T_CHECK(l1t_tower_gen_new(&p, 1, &gen, &diag) == L1T_E_INPUT, "case %zu was taken", i);
        L1T_ASSERT_DIAG_CONTAINS(diag, "electron");
    }
}

// ---- truth files ----

static void truth_is_written_and_read_back(void)
{
    static struct l1t_towers t;
    struct l1t_truth truth[L1T_TRUTH_MAX], back[L1T_TRUTH_MAX];
    struct l1t_truth_reader *reader = NULL;
    struct l1t_diag diag = {""};
    struct l1t_tower_gen_params p = quiet();
    const char *path = l1t_test_path("truth.csv");
    const uint64_t seed = 2;
    uint64_t objects = 0;
    size_t n = 0;
    p.jets = 0.5; // some events have nothing
    p.inject[L1T_TRUTH_TAU].per_event = 0;
    struct l1t_tower_gen *gen = new_gen(&p, seed);
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    l1t_truth_begin(out, "digest", &seed);
    for (uint64_t e = 10; e < 60; e++) {
        n = l1t_tower_gen_event_truth(gen, e, &t, truth);
        l1t_truth_write(out, e, truth, n);
        objects += n;
    }
    l1t_truth_end(out, objects);
    CU_ASSERT_EQUAL(fclose(out), 0);
    CU_ASSERT_TRUE(objects > 5);
    L1T_ASSERT_OK(l1t_truth_reader_open(path, &reader, &diag), diag);
    for (uint64_t e = 10; e < 60; e++) {
        const size_t want = l1t_tower_gen_event_truth(gen, e, &t, truth);
        L1T_ASSERT_INT(l1t_truth_reader_event(reader, e, back, &n, &diag), 0);
        L1T_ASSERT_INT(n, want);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT(back[i].kind == truth[i].kind && back[i].pt_gev == truth[i].pt_gev &&
                      fabs(back[i].eta - truth[i].eta) < 1e-6 &&
                      fabs(back[i].phi - truth[i].phi) < 1e-6 && back[i].line == truth[i].line);
    }
    L1T_ASSERT_OK(l1t_truth_reader_end(reader, &diag), diag);
    l1t_truth_reader_close(reader);
    l1t_tower_gen_free(gen);
}

#define HEADING "event,kind,pt_gev,eta,phi_rad,line\n"

static void bad_truth_is_refused_with_its_line(void)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"", "no heading"},
        {"1,electron,5,0,0,0\n", ":1: the first line"},
        {HEADING "1,electron,5,0,0\n", ":2: a row has six fields"},
        {HEADING "1,electron,5,0,0,0,7\n", ":2: a row has six fields"},
        {HEADING "x,electron,5,0,0,0\n", ":2: event"},
        {HEADING "-1,electron,5,0,0,0\n", ":2: event"},
        {HEADING "1,muon,5,0,0,0\n", ":2: kind is"},
        {HEADING "1,electron,0,0,0,0\n", ":2: pt_gev"},
        {HEADING "1,electron,nan,0,0,0\n", ":2: pt_gev"},
        {HEADING "1,electron,5,7,0,0\n", ":2: eta"},
        {HEADING "1,electron,5,0,7,0\n", ":2: phi_rad"},
        {HEADING "1,electron,5,0,0,a\n", ":2: line"},
        {HEADING "1,tau,5,0,0,0\n0,tau,5,0,0,0\n", ":3: event"},
        {HEADING "0,tau,5,0,0,0\n", ":2: the towers have no such event"},
        {HEADING "2,tau,5,0,0,0\n", "the towers end before"},
        {"# l1twin truth 1\n" HEADING "1,tau,5,0,0,0\n", ":3: the file is cut"},
        {HEADING "1,tau,5,0,0,0\n# end 2 objects\n", ":3: objects are missing"},
        {HEADING "1,tau,5,0,0,0\n# end 1 objects\n\n1,tau,6,0,0,0\n",
         ":5: nothing follows the '# end N objects' line, not '1,tau,6,0,0,0'"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_truth truth[L1T_TRUTH_MAX];
        struct l1t_truth_reader *reader = NULL;
        struct l1t_diag diag = {""};
        size_t n = 0;
        const char *path = l1t_test_write_text("bad.csv", bad[i].text);
        L1T_ASSERT_OK(l1t_truth_reader_open(path, &reader, &diag), diag);
        const bool read = l1t_truth_reader_event(reader, 1, truth, &n, &diag) == 0 &&
                          l1t_truth_reader_end(reader, &diag) == L1T_OK;
        L1T_CHECK(!read, "case %zu was read", i);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        L1T_ASSERT_DIAG_CONTAINS(diag, "bad.csv");
        l1t_truth_reader_close(reader);
    }
}

L1T_TEST_MAIN("tower_gen", {"pile-up follows its parameters", pile_up_follows_its_parameters},
              {"any number has its own pile-up", any_number_has_its_own_pile_up},
              {"energies become words by the rules", energies_become_words_by_the_rules},
              {"objects follow their laws", objects_follow_their_laws},
              {"objects keep apart and leave the rest alone",
               objects_keep_apart_and_leave_the_rest_alone},
              {"towers elsewhere stay as they were", towers_elsewhere_stay_as_they_were},
              {"responses are as documented", responses_are_as_documented},
              {"every object has momentum", every_object_has_momentum},
              {"bad objects are refused", bad_objects_are_refused},
              {"truth is written and read back", truth_is_written_and_read_back},
              {"bad truth is refused with its line", bad_truth_is_refused_with_its_line})
