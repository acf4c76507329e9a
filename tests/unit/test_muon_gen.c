// SPDX-License-Identifier: GPL-3.0-or-later
// The muon generator: events alone and together, words in the ranges of the links, laws and
// probabilities as stated, refusals. Seeds are fixed; the stated false-alarm probabilities are
// those of a random one.
#include "l1t/ugmt_config.h"

#include "l1t_formats.h"
#include "muon_gens.h"

#include <gsl/gsl_cdf.h>

static struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX];
static struct l1t_ugmt_event event;
static struct l1t_ugmt_setup setup;

// ---- events ----

static void an_event_alone_is_the_same(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    p.corners = 0.2;
    struct l1t_muon_gen *gen = muon_gen_new(&p, 3), *other = muon_gen_new(&p, 3),
                        *seed = muon_gen_new(&p, 4);
    static struct l1t_ugmt_event in_order[300];
    unsigned different = 0;
    for (unsigned e = 0; e < 300; e++)
        (void)l1t_muon_gen_event(gen, e, &in_order[e], truth);
    for (unsigned e = 300; e-- > 0;) {
        (void)l1t_muon_gen_event(other, e, &event, NULL);
        L1T_CHECK(memcmp(&event, &in_order[e], sizeof event) == 0, "event %u depends on others", e);
        (void)l1t_muon_gen_event(seed, e, &event, NULL);
        different += memcmp(&event, &in_order[e], sizeof event) != 0;
    }
    CU_ASSERT(different > 200); // about a quarter have no muon with both seeds
    l1t_muon_gen_free(gen);
    l1t_muon_gen_free(other);
    l1t_muon_gen_free(seed);
}

// Putting hadrons in, or other track finders, changes no muon.
static void what_is_added_moves_nothing_else(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    struct l1t_muon_gen *with = muon_gen_new(&p, 3);
    p.punch_through = 0;
    p.finder[L1T_UGMT_ENDCAP].efficiency = 0;
    struct l1t_muon_gen *without = muon_gen_new(&p, 3);
    static struct l1t_muon_truth fewer[L1T_MUON_TRUTH_MAX];
    unsigned muons = 0;
    for (unsigned e = 0; e < 500; e++) {
        (void)l1t_muon_gen_event(with, e, &event, truth);
        const size_t n = l1t_muon_gen_event(without, e, &event, fewer);
        for (size_t i = 0; i < n; i++, muons++)
            L1T_CHECK(fewer[i].pt_gev == truth[i].pt_gev && fewer[i].phi == truth[i].phi,
                      "event %u: muon %zu moved", e, i);
    }
    CU_ASSERT(muons > 500);
    l1t_muon_gen_free(with);
    l1t_muon_gen_free(without);
}

static unsigned order_of(unsigned link, uint64_t word)
{
    const unsigned pt = (unsigned)l1t_muon_in_pt(word), q = (unsigned)l1t_muon_in_quality(word);
    return l1t_ugmt_group_of[link] == L1T_UGMT_B ? pt * 16 + q : q * 512 + pt;
}

// Sides by the sign of eta, slots filled from the first, best first, service bits clear.
static void links_are_in_order(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    p.muons = 8; // links with more than three
    struct l1t_muon_gen *gen = muon_gen_new(&p, 5);
    unsigned full = 0, seen = 0;
    for (unsigned e = 0; e < 2000; e++) {
        (void)l1t_muon_gen_event(gen, e, &event, truth);
        for (unsigned link = 0; link < L1T_UGMT_LINKS; link++) {
            const uint64_t *w = &event.muon[3 * link];
            const unsigned group = l1t_ugmt_group_of[link];
            for (unsigned s = 0; s < 3 && w[s] != 0; s++, seen++) {
                const int eta = (int)l1t_muon_in_eta(w[s]);
                CU_ASSERT_FATAL(l1t_muon_in_pt(w[s]) != 0);
                CU_ASSERT_FATAL(s == 0 || order_of(link, w[s - 1]) >= order_of(link, w[s]));
                CU_ASSERT_FATAL((w[s] & UINT64_C(0x8000000080000000)) == 0);
                if (group == L1T_UGMT_EP || group == L1T_UGMT_OP)
                    CU_ASSERT_FATAL(eta >= 1);
                if (group == L1T_UGMT_EN || group == L1T_UGMT_ON)
                    CU_ASSERT_FATAL(eta <= 0);
                if (group == L1T_UGMT_EP || group == L1T_UGMT_EN)
                    CU_ASSERT_FATAL(l1t_muon_in_hf(w[s]) == 0); // no halo muons
            }
            CU_ASSERT_FATAL((w[0] != 0 || w[1] == 0) && (w[1] != 0 || w[2] == 0));
            full += w[2] != 0;
        }
    }
    L1T_CHECK(full > 10 && seen > 10000, "%u full links, %u candidates", full, seen);
    l1t_muon_gen_free(gen);
}

// Candidates belong to one particle each, and all belong to some.
static void truth_names_the_candidates(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    struct l1t_muon_gen *gen = muon_gen_new(&p, 6);
    for (unsigned e = 0; e < 2000; e++) {
        bool named[L1T_UGMT_IN] = {false};
        const size_t n = l1t_muon_gen_event(gen, e, &event, truth);
        for (size_t i = 0; i < n; i++)
            for (unsigned k = 0; k < truth[i].n; k++) {
                CU_ASSERT_FATAL(!named[truth[i].index[k]]);
                named[truth[i].index[k]] = true;
            }
        for (unsigned i = 0; i < L1T_UGMT_IN; i++)
            CU_ASSERT_FATAL(named[i] == (event.muon[i] != 0));
    }
    l1t_muon_gen_free(gen);
}

// ---- laws ----

// Means within 5 standard deviations: false alarm 6e-7 each.
static void particles_follow_their_laws(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    p.spectrum = (struct l1t_muon_spectrum){5, 400, 0.1};
    struct l1t_muon_gen *gen = muon_gen_new(&p, 7);
    enum { EVENTS = 20000 };
    double muons = 0, punch = 0, pt = 0, eta = 0, plus = 0, cosine = 0;
    for (unsigned e = 0; e < EVENTS; e++) {
        const size_t n = l1t_muon_gen_event(gen, e, &event, truth);
        for (size_t i = 0; i < n; i++) {
            if (truth[i].kind == L1T_MUON_PUNCH) {
                punch++;
                continue;
            }
            muons++;
            pt += truth[i].pt_gev;
            eta += truth[i].eta * truth[i].eta;
            cosine += cos(truth[i].phi);
            plus += truth[i].charge > 0;
        }
    }
    L1T_CHECK(fabs(muons / EVENTS - p.muons) < 5 * sqrt(p.muons / EVENTS), "%g muons a crossing",
              muons / EVENTS);
    L1T_CHECK(fabs(punch / EVENTS - p.punch_through) < 5 * sqrt(p.punch_through / EVENTS),
              "%g hadrons a crossing", punch / EVENTS);
    // exponential above 5 GeV, made in steps of 395 / 4096 GeV
    L1T_CHECK(fabs(pt / muons - 15) < 5 * 10 / sqrt(muons), "mean pt %g GeV", pt / muons);
    const double square = p.eta_max * p.eta_max; // flat: mean 1/3, variance 4/45
    L1T_CHECK(fabs(eta / muons - square / 3) < 5 * square * sqrt(4. / 45 / muons),
              "mean eta squared %g", eta / muons);
    L1T_CHECK(fabs(cosine / muons) < 5 * sqrt(0.5 / muons), "mean cosine of phi %g",
              cosine / muons);
    L1T_CHECK(fabs(plus / muons - 0.5) < 5 * sqrt(0.25 / muons), "%g are positive", plus / muons);
    l1t_muon_gen_free(gen);
}

// Share of single muons up to eta_max that have n candidates.
static double share_with(struct l1t_muon_gen_params *p, unsigned n, unsigned events)
{
    struct l1t_muon_gen *gen = muon_gen_new(p, 8);
    unsigned have = 0;
    for (unsigned e = 0; e < events; e++) {
        (void)l1t_muon_gen_event(gen, e, &event, truth);
        have += truth[0].n == n;
    }
    l1t_muon_gen_free(gen);
    return (double)have / events;
}

static void check_share(double seen, double expected, unsigned events, const char *what)
{
    L1T_CHECK(fabs(seen - expected) < 5 * sqrt(expected * (1 - expected) / events),
              "%s: %.4f, expected %.4f", what, seen, expected);
}

// Limits of 5 standard deviations, 4 of them: false alarm 2e-6.
static void copies_have_the_stated_probability(void)
{
    enum { EVENTS = 40000 };
    struct l1t_muon_gen_params p = muon_gen_single();
    p.spectrum = (struct l1t_muon_spectrum){20, 100, 0};
    p.eta_max = 0.75; // barrel alone
    const double wedge = 2 * 3.14159265358979323846 / 12, sector = 2 * wedge;
    const struct l1t_muon_finder *b = &p.finder[L1T_UGMT_BARREL];
    check_share(share_with(&p, 2, EVENTS), 2 * b->border_rad / wedge * b->twice, EVENTS,
                "two wedges of the barrel");
    p.finder[L1T_UGMT_BARREL].efficiency = 0.7;
    check_share(share_with(&p, 0, EVENTS), 0.3, EVENTS, "lost");
    p.finder[L1T_UGMT_BARREL].efficiency = 1;
    p.finder[L1T_UGMT_BARREL].eta_max = 0;
    p.finder[L1T_UGMT_OVERLAP].eta_min = 0;
    const struct l1t_muon_finder *o = &p.finder[L1T_UGMT_OVERLAP];
    check_share(share_with(&p, 2, EVENTS), 2 * o->border_rad / sector * o->twice, EVENTS,
                "two sectors of the overlap");
    p.finder[L1T_UGMT_OVERLAP].eta_max = 0;
    p.finder[L1T_UGMT_ENDCAP].eta_min = 0;
    const struct l1t_muon_finder *e = &p.finder[L1T_UGMT_ENDCAP];
    // only the sector above sees chambers of the one below
    check_share(share_with(&p, 2, EVENTS), e->border_rad / sector * e->twice, EVENTS,
                "two sectors of the endcap");
}

// Measured pt: median raise times the true one, spread as stated. Medians of 20000 within 5
// deviations (1.25 sigma / sqrt(n)).
static void pt_is_measured_as_stated(void)
{
    enum { EVENTS = 20000 };
    struct l1t_muon_gen_params p = muon_gen_single();
    p.spectrum = (struct l1t_muon_spectrum){30, 30, 0};
    p.eta_max = 0.7;
    p.finder[L1T_UGMT_BARREL].straight_error = 0;
    struct l1t_muon_gen *gen = muon_gen_new(&p, 9);
    unsigned below = 0, above = 0, n = 0;
    const double raised = 30 * p.finder[L1T_UGMT_BARREL].raise;
    for (unsigned e = 0; e < EVENTS; e++) {
        (void)l1t_muon_gen_event(gen, e, &event, truth);
        for (unsigned k = 0; k < truth[0].n; k++, n++) {
            const double pt = 0.5 * ((double)l1t_muon_in_pt(event.muon[truth[0].index[k]]) - 0.5);
            below += pt < raised;
            above += raised / pt < 1 - p.finder[L1T_UGMT_BARREL].pt_error; // one sigma
        }
    }
    // half a code of 0.5 GeV moves the median by 0.25 / 35 of the spectrum's 15 %: 2 %
    L1T_CHECK(fabs((double)below / n - 0.5) < 5 * 0.5 / sqrt(n) + 0.02, "%.3f below",
              (double)below / n);
    const double tail = gsl_cdf_ugaussian_Q(1);
    L1T_CHECK(fabs((double)above / n - tail) < 5 * sqrt(tail * (1 - tail) / n) + 0.012,
              "%.3f above one sigma", (double)above / n);
    l1t_muon_gen_free(gen);
}

// ---- refusals ----

static void check_refused(const struct l1t_muon_gen_params *p, const char *part)
{
    struct l1t_muon_gen *gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_muon_gen_new(p, 1, &gen, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, part);
    CU_ASSERT_PTR_NULL(gen);
}

static void parameters_are_checked(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    p.muons = 9;
    check_refused(&p, "muons and punch_through 0..8");
    p = muon_gen_defaults();
    p.muons = NAN;
    check_refused(&p, "muons and punch_through 0..8");
    p = muon_gen_defaults();
    p.spectrum.pt_min_gev = 0;
    check_refused(&p, "pt 1..1000 GeV");
    p = muon_gen_defaults();
    p.finder[L1T_UGMT_OVERLAP].eta_max = 0.1;
    check_refused(&p, "overlap: eta 0..2.5");
    p = muon_gen_defaults();
    memset(p.finder[L1T_UGMT_ENDCAP].quality, 0, sizeof p.finder[0].quality);
    check_refused(&p, "endcap: raise");
    p = muon_gen_defaults();
    p.per_event = 17;
    check_refused(&p, "possible");
    const struct l1t_real_events none = {.n = 0};
    p = muon_gen_defaults();
    p.real = &none;
    check_refused(&p, "no real events");
}

static void check_section(const char *section, const char *part)
{
    char text[2000];
    struct l1t_diag diag = {""};
    FILE *in = fopen("configs/paths/ugmt.yaml", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(in);
    const size_t n = fread(text, 1, sizeof text - 1, in);
    CU_ASSERT_EQUAL(fclose(in), 0);
    text[n] = '\0';
    char *generator = strstr(text, "\n# Generated muons");
    CU_ASSERT_PTR_NOT_NULL_FATAL(generator);
    snprintf(generator, sizeof text - (size_t)(generator - text), "\ngenerator:\n%s\n", section);
    const char *path = l1t_test_write_text("generator.yaml", text);
    const enum l1t_err err = l1t_ugmt_setup_load(path, NULL, &setup, &diag);
    if (part == NULL) {
        L1T_ASSERT_OK(err, diag);
    } else {
        L1T_ASSERT_INT(err, L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, part);
    }
}

static void section_is_read_strictly(void)
{
    check_section("  muons: 3\n  barrel: {eta: [0, 0.5], quality: {3: 1}}", NULL);
    CU_ASSERT(setup.generator.muons == 3 && setup.generator.finder[0].eta_max == 0.5);
    CU_ASSERT(setup.generator.finder[0].quality[3] == 1 &&
              setup.generator.finder[0].quality[15] == 0);
    CU_ASSERT(setup.generator.finder[1].eta_max == 1.28); // of the defaults
    check_section(
        "  helix: {field: 2, coil: {radius: 3, z: 5}, barrel: {radius: 4, z: 6}, overlap: "
        "{radius: 4, z: 6}, endcap: {radius: 7, z: 8}}",
        NULL);
    CU_ASSERT(setup.generator.helix.field == 2);
    check_section("  muon: 3", "did you mean 'muons'");
    check_section("  muons: 9", "muons");
    check_section("  pt: [5 GeV]", "pt");
    check_section("  pt: [50 GeV, 5 GeV]", "the lower end comes first");
    check_section("  barrel: {eta: [0.5, 0.2]}", "the lower end comes first");
    check_section("  barrel: {quality: {}}", "quality");
    check_section("  barrel: {quality: {16: 1}}", "unknown key");
    check_section("  barrel: {border: 1 rad}", "border");
    check_section("  punch_through: {number: -1}", "number");
}

// The defaults in the program are those of the file.
static void file_and_defaults_agree(void)
{
    char of_file[L1T_MUON_GEN_TEXT], built_in[L1T_MUON_GEN_TEXT];
    const struct l1t_muon_gen_params p = muon_gen_defaults();
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_ugmt_setup_load("configs/paths/ugmt.yaml", NULL, &setup, &diag), diag);
    L1T_ASSERT_TEXT(l1t_muon_gen_text(&setup.generator, of_file, sizeof of_file),
                    l1t_muon_gen_text(&p, built_in, sizeof built_in));
    CU_ASSERT(strlen(built_in) < L1T_MUON_GEN_TEXT - 500);
}

L1T_TEST_MAIN("muon_gen", {"an event alone is the same", an_event_alone_is_the_same},
              {"what is added moves nothing else", what_is_added_moves_nothing_else},
              {"links are in order", links_are_in_order},
              {"truth names the candidates", truth_names_the_candidates},
              {"particles follow their laws", particles_follow_their_laws},
              {"copies have the stated probability", copies_have_the_stated_probability},
              {"pt is measured as stated", pt_is_measured_as_stated},
              {"parameters are checked", parameters_are_checked},
              {"section is read strictly", section_is_read_strictly},
              {"file and defaults agree", file_and_defaults_agree})
