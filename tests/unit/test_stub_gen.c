// SPDX-License-Identifier: GPL-3.0-or-later
// Generated segments: the muons they come from are found again by the barrel track finder. Seeds
// are fixed; stated false-alarm probabilities are those of a random one.
#include "l1t/kbmtf_text.h"
#include "l1t/stub_gen.h"
#include "l1t/ugmt_config.h"

#include "l1t_formats.h"
#include "l1t_test.h"

static struct l1t_kbmtf_setup barrel;
static struct l1t_ugmt_setup trigger;
static struct l1t_kbmtf_event event;
static struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX];

static struct l1t_muon_gen *muons;
static struct l1t_stub_gen *stubs;

// One muon a crossing, as configured else.
static struct l1t_muon_gen_params single(double pt_min, double pt_max, double eta)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_ugmt_setup_load("configs/paths/ugmt.yaml", NULL, &trigger, &diag), diag);
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", NULL, &barrel, &diag), diag);
    struct l1t_muon_gen_params p = trigger.generator;
    p.per_event = 1;
    p.punch_through = 0;
    p.spectrum = (struct l1t_muon_spectrum){pt_min, pt_max, 0};
    p.eta_max = eta;
    return p;
}

static void begin(const struct l1t_muon_gen_params *p, uint64_t seed)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_muon_gen_new(p, seed, &muons, &diag), diag);
    L1T_ASSERT_OK(l1t_stub_gen_new(muons, &barrel, seed, &stubs, &diag), diag);
    CU_ASSERT_FATAL(muons != NULL && stubs != NULL);
}

static void end(void)
{
    l1t_stub_gen_free(stubs);
    l1t_muon_gen_free(muons);
    stubs = NULL;
    muons = NULL;
}

static unsigned count_stubs(const struct l1t_kbmtf_event *e)
{
    unsigned n = 0;
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
        n += (unsigned)l1t_kbmtf_have(e, place);
    return n;
}

// ---- events ----

static void an_event_alone_is_the_same(void)
{
    const struct l1t_muon_gen_params p = single(4, 50, 1.2);
    static struct l1t_kbmtf_event in_order[100];
    begin(&p, 3);
    for (unsigned e = 0; e < 100; e++)
        (void)l1t_stub_gen_event(stubs, e, &in_order[e], truth);
    for (unsigned e = 100; e-- > 0;) {
        (void)l1t_stub_gen_event(stubs, e, &event, NULL);
        L1T_CHECK(memcmp(&event, &in_order[e], sizeof event) == 0, "event %u depends on others", e);
    }
    end();
}

// The muons are those that the muon generator puts into its events, and the rest is in range: what
// is written is read back.
static void muons_are_those_of_the_muon_generator(void)
{
    struct l1t_muon_gen_params p = single(3, 100, 2.4);
    p.per_event = -1;
    p.muons = 4;
    p.punch_through = 1;
    const char *path = l1t_test_path("stubs.txt");
    FILE *out = fopen(path, "w");
    struct l1t_diag diag = {""};
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    begin(&p, 4);
    for (unsigned e = 0; e < 300; e++) {
        static struct l1t_muon_truth same[L1T_MUON_TRUTH_MAX];
        struct l1t_ugmt_event other;
        const size_t n = l1t_stub_gen_event(stubs, e, &event, truth);
        L1T_ASSERT_INT(l1t_muon_gen_event(muons, e, &other, same), n);
        for (size_t i = 0; i < n; i++) {
            CU_ASSERT(same[i].pt_gev == truth[i].pt_gev && same[i].phi == truth[i].phi &&
                      same[i].charge == truth[i].charge && same[i].kind == truth[i].kind);
            CU_ASSERT(truth[i].kind == L1T_MUON_TRUE || truth[i].n == 0);
            for (unsigned k = 0; k < truth[i].n; k++)
                CU_ASSERT(truth[i].index[k] < count_stubs(&event));
        }
        L1T_ASSERT_OK(l1t_kbmtf_write_event(out, &event, e, "m", &diag), diag);
    }
    CU_ASSERT_EQUAL(fclose(out), 0);
    struct l1t_kbmtf_reader *reader = NULL;
    L1T_ASSERT_OK(l1t_kbmtf_reader_open(path, &reader, &diag), diag);
    for (unsigned e = 0; e < 300; e++) {
        static struct l1t_kbmtf_event back;
        char mode[L1T_KBMTF_MODE];
        uint64_t id;
        (void)l1t_stub_gen_event(stubs, e, &event, NULL);
        L1T_CHECK(l1t_kbmtf_reader_next(reader, &back, &id, mode, &diag) == 1, "event %u: %s", e,
                  diag.text);
        CU_ASSERT(memcmp(back.have, event.have, sizeof event.have) == 0);
        for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
            CU_ASSERT(!l1t_kbmtf_have(&event, place) ||
                      memcmp(&back.stub[place], &event.stub[place], sizeof event.stub[0]) == 0);
    }
    l1t_kbmtf_reader_close(reader);
    end();
}

// Limits of 5 standard deviations, 3 of them: false alarm 2e-6.
static void stubs_have_the_stated_probabilities(void)
{
    enum { EVENTS = 10000 };
    const struct l1t_muon_gen_params p = single(10, 50, 0.6);
    double own = 0, all = 0, high = 0, theta = 0, views = 0;
    begin(&p, 5);
    for (unsigned e = 0; e < EVENTS; e++) {
        (void)l1t_stub_gen_event(stubs, e, &event, truth);
        unsigned id = 0;
        for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++) {
            bool of_muon = false;
            for (unsigned k = 0; k < truth[0].n; k++)
                of_muon = of_muon || (l1t_kbmtf_have(&event, place) && truth[0].index[k] == id);
            id += (unsigned)l1t_kbmtf_have(&event, place);
            if (!of_muon)
                continue;
            high += event.stub[place].quality == 6;
            views += l1t_kbmtf_place_station(place) < 4;
            theta += event.stub[place].qeta[0] != 0;
        }
        own += truth[0].n;
        all += id;
    }
    const struct l1t_stub_params *g = &barrel.generator;
    const double n = 4.0 * EVENTS, found = own / n;
    L1T_CHECK(fabs(found - g->segment) < 5 * sqrt(g->segment * (1 - g->segment) / n), "%.4f found",
              found);
    L1T_CHECK(fabs(high / own - g->high) < 5 * sqrt(g->high * (1 - g->high) / own), "%.4f high",
              high / own);
    L1T_CHECK(fabs(theta / views - g->theta) < 5 * sqrt(g->theta * (1 - g->theta) / views),
              "%.4f with theta", theta / views);
    // a chamber holds two: hardly any is lost
    const double noise = (all - own) / EVENTS;
    L1T_CHECK(fabs(noise - g->noise) < 5 * sqrt(g->noise / EVENTS) + 0.01, "%.3f others", noise);
    end();
}

// ---- through the track finder ----

static bool find_muon(uint64_t *word)
{
    static struct l1t_kbmtf_result tracks;
    static struct l1t_ugmt_result result;
    struct l1t_ugmt_event in = {.muon = {0}};
    l1t_kbmtf(&barrel.model, &event, &tracks);
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
        for (unsigned i = 0; i < tracks.sector[s].n_tracks; i++)
            in.muon[L1T_UGMT_SLOTS * (l1t_ugmt_first[L1T_UGMT_B] + s) + i] =
                tracks.sector[s].word[i];
    l1t_ugmt(&trigger.model, &in, &result);
    *word = result.gt[0];
    return result.n_final > 0;
}

// Without errors a muon is found with its charge, its pt (raised, by 1.17 minus what the filter's
// own gains cost), and its place at the vertex. Above 63 GeV phi is not extrapolated.
static void a_perfect_muon_is_found_where_it_is(void)
{
    struct l1t_muon_gen_params p = single(8, 50, 0.75);
    p.ideal = true;
    unsigned found = 0, charge = 0;
    begin(&p, 6);
    for (unsigned e = 0; e < 2000; e++) {
        uint64_t w = 0;
        (void)l1t_stub_gen_event(stubs, e, &event, truth);
        if (!find_muon(&w))
            continue;
        found++;
        charge += (l1t_muon_gt_sign(w) != 0) == (truth[0].charge < 0);
        const double pt = 0.5 * ((double)l1t_muon_gt_pt(w) - 0.5) / truth[0].pt_gev;
        const double eta = 0.010875 * (double)l1t_muon_gt_eta_vtx(w) - truth[0].eta;
        const double phi =
            remainder(3.14159265358979323846 / 288 * (double)l1t_muon_gt_phi_vtx(w) - truth[0].phi,
                      2 * 3.14159265358979323846);
        L1T_CHECK(pt > 0.95 && pt < 1.35 && fabs(eta) < 0.06 && fabs(phi) < 0.06,
                  "event %u: %.2f GeV, eta %.3f: pt ratio %.3f, off by %.4f in eta, %.4f in phi", e,
                  truth[0].pt_gev, truth[0].eta, pt, eta, phi);
    }
    L1T_CHECK(found == 2000 && charge == 2000, "%u found, %u charges", found, charge);
    end();
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The numbers of docs/muon.md: with errors, losses and noise.
static void real_muons_are_found_as_documented(void)
{
    static double ratio[10000];
    const struct l1t_muon_gen_params p = single(5, 60, 0.75);
    unsigned n = 0, charge = 0;
    begin(&p, 7);
    for (unsigned e = 0; e < 10000; e++) {
        uint64_t w = 0;
        (void)l1t_stub_gen_event(stubs, e, &event, truth);
        if (!find_muon(&w))
            continue;
        charge += (l1t_muon_gt_sign(w) != 0) == (truth[0].charge < 0);
        ratio[n++] = 0.5 * ((double)l1t_muon_gt_pt(w) - 0.5) / truth[0].pt_gev;
    }
    qsort(ratio, n, sizeof ratio[0], ascending);
    printf("\n    found %.4f, charge right %.4f, pt ratio %.3f, 68 %% from %.3f to %.3f",
           n / 10000.0, (double)charge / n, ratio[n / 2], ratio[n * 16 / 100], ratio[n * 84 / 100]);
    CU_ASSERT(n > 9950 && charge > 0.998 * n);
    CU_ASSERT(fabs(ratio[n / 2] - 1.147) < 0.01);
    CU_ASSERT(fabs(ratio[n * 16 / 100] - 1.083) < 0.01 && fabs(ratio[n * 84 / 100] - 1.25) < 0.02);
    end();
}

L1T_TEST_MAIN("stub_gen", {"an event alone is the same", an_event_alone_is_the_same},
              {"muons are those of the muon generator", muons_are_those_of_the_muon_generator},
              {"stubs have the stated probabilities", stubs_have_the_stated_probabilities},
              {"a perfect muon is found where it is", a_perfect_muon_is_found_where_it_is},
              {"real muons are found as documented", real_muons_are_found_as_documented})
