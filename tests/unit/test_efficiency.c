// SPDX-License-Identifier: GPL-3.0-or-later
// Matching, Clopper-Pearson intervals, turn-on fits, and the emulator on objects of known truth.
// Seeds are fixed; the stated false-alarm probabilities are those of a random one.
#include "l1t/efficiency.h"

#include "l1t/calo_config.h"
#include "l1t/curve.h"
#include "l1t/rng.h"
#include "l1t_test.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

// ---- intervals ----

static double binomial_tail(uint64_t from, uint64_t to, uint64_t n, double p)
{
    double sum = 0;
    for (uint64_t k = from; k <= to; k++)
        sum += exp(lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1) +
                   (double)k * log(p) + (double)(n - k) * log1p(-p));
    return sum;
}

static const double tail = 0.15865525393145707;

static void intervals_have_known_ends(void)
{
    static const struct {
        uint64_t k, n;
    } none[] = {{0, 1}, {0, 10}, {0, 1000}};
    for (size_t i = 0; i < 3; i++) {
        const double n = (double)none[i].n;
        struct l1t_share s = l1t_share_of(0, none[i].n);
        CU_ASSERT(s.value == 0 && s.low == 0 && fabs(s.high - (1 - pow(tail, 1 / n))) < 1e-12);
        s = l1t_share_of(none[i].n, none[i].n);
        CU_ASSERT(s.value == 1 && s.high == 1 && fabs(s.low - pow(tail, 1 / n)) < 1e-12);
    }
    const struct l1t_share half = l1t_share_of(1, 2);
    CU_ASSERT(fabs(half.low - (1 - sqrt(1 - tail))) < 1e-12);
    CU_ASSERT(fabs(half.high - sqrt(1 - tail)) < 1e-12);
    const struct l1t_share nothing = l1t_share_of(0, 0);
    CU_ASSERT(isnan(nothing.value) && nothing.low == 0 && nothing.high == 1);
}

// By definition: at the lower end k or more, at the upper end k or less have the tail's
// probability.
static void intervals_are_what_they_promise(void)
{
    for (uint64_t n = 1; n < 400; n += n / 7 + 1)
        for (uint64_t k = 0; k <= n; k += n / 9 + 1) {
            const struct l1t_share s = l1t_share_of(k, n);
            CU_ASSERT(s.low <= s.value && s.value <= s.high);
            if (k > 0)
                L1T_CHECK(fabs(binomial_tail(k, n, n, s.low) - tail) < 1e-8, "%u of %u: low %g",
                          (unsigned)k, (unsigned)n, s.low);
            if (k < n)
                L1T_CHECK(fabs(binomial_tail(0, k, n, s.high) - tail) < 1e-8, "%u of %u: high %g",
                          (unsigned)k, (unsigned)n, s.high);
        }
    // Counts for which GSL's own inverse gives up, and very large ones.
    for (uint64_t n = 100; n < 1000; n++)
        CU_ASSERT(isfinite(l1t_share_of(n - n / 50 - 1, n).low));
    const struct l1t_share many = l1t_share_of(500000000, 1000000000);
    CU_ASSERT(fabs(many.low - (0.5 - 1.5811e-5)) < 1e-8);
    CU_ASSERT(fabs(many.high - (0.5 + 1.5811e-5)) < 1e-8);
}

// ---- matching ----

static double uniform(uint32_t *word, double low, double high)
{
    uint32_t out[4];
    l1t_rng_words(77, L1T_STREAM_TEST, (*word)++, 0, out);
    return low + (high - low) * l1t_rng_uniform(out[0], out[1]);
}

static double distance(const struct l1t_truth *t, const struct l1t_trigger_object *o)
{
    return hypot(t->eta - o->eta, remainder(t->phi - o->phi, 2 * acos(-1)));
}

// Against the definition: take the nearest pair of all, strike both, again.
static void pairs_are_the_nearest_and_unique(void)
{
    uint32_t word = 0;
    size_t pairs = 0;
    for (int round = 0; round < 300; round++) {
        struct l1t_truth truth[10] = {{.pt_gev = 0}};
        struct l1t_trigger_object object[12] = {{.pt_gev = 0}};
        bool struck_truth[10] = {false}, struck_object[12] = {false};
        int match[10], plain[10];
        const size_t n = (size_t)uniform(&word, 0, 10.9), m = (size_t)uniform(&word, 0, 12.9);
        for (size_t i = 0; i < n; i++) {
            plain[i] = -1;
            truth[i].eta = uniform(&word, -1, 1);
            truth[i].phi = uniform(&word, -3.14, 3.14);
        }
        for (size_t k = 0; k < m; k++) {
            object[k].eta = uniform(&word, -1, 1);
            object[k].phi = uniform(&word, 0, 6.28);
        }
        size_t want = 0;
        for (;;) {
            double nearest = 0.5;
            size_t a = 10, b = 12;
            for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < m; k++)
                    if (!struck_truth[i] && !struck_object[k] &&
                        distance(&truth[i], &object[k]) < nearest) {
                        nearest = distance(&truth[i], &object[k]);
                        a = i;
                        b = k;
                    }
            if (a == 10)
                break;
            struck_truth[a] = struck_object[b] = true;
            plain[a] = (int)b;
            want++;
        }
        L1T_ASSERT_INT(l1t_match(truth, n, object, m, 0.5, match), want);
        for (size_t i = 0; i < n; i++)
            L1T_ASSERT_INT(match[i], plain[i]);
        pairs += want;
    }
    L1T_CHECK(pairs > 300, "only %zu pairs", pairs);
}

static void angles_wrap_and_the_limit_counts(void)
{
    const struct l1t_truth truth[] = {{.eta = 1, .phi = 3.1}, {.eta = 1, .phi = -3.1}};
    struct l1t_trigger_object object[] = {{.eta = 1, .phi = 3.2}};
    int match[2];
    L1T_ASSERT_INT(l1t_match(truth, 2, object, 1, 0.3, match), 1); // -3.1 is 3.183
    L1T_ASSERT_INT(match[0], -1);
    L1T_ASSERT_INT(match[1], 0);
    object[0].eta = 1.31;
    L1T_ASSERT_INT(l1t_match(truth, 2, object, 1, 0.3, match), 0);
    L1T_ASSERT_INT(l1t_match(truth, 2, object, 1, 0.32, match), 1);
    object[0].eta = 1;
    object[0].phi = truth[0].phi; // on the spot
    L1T_ASSERT_INT(l1t_match(truth, 1, object, 1, 0.3, match), 1);
}

// ---- fit ----

// Counts from a known curve: half point, 95 % point and plateau come back, and the deviance is that
// of a good fit (false alarm 1e-6). Tolerances are five times what the spread of 40 seeds is.
static void a_fit_finds_the_curve_it_was_made_from(void)
{
    const struct l1t_parametric curve = {.threshold_gev = 30,
                                         .plateau = 0.985,
                                         .core = 0.85,
                                         .mean_gev = 30.5,
                                         .width_gev = 1.8,
                                         .median_gev = 36,
                                         .log_width = 0.3};
    struct l1t_turn_on t = {.threshold_gev = 30};
    uint32_t word = 100000;
    for (int i = 0; i < 60; i++) {
        struct l1t_turn_on_point *p = &t.point[t.n++];
        uint64_t k = 0;
        p->pt_gev = 5 + 1.5 * i;
        for (int n = 0; n < 1500; n++)
            k += uniform(&word, 0, 1) < l1t_parametric_at(&curve, p->pt_gev);
        p->efficiency = l1t_share_of(k, 1500);
    }
    l1t_turn_on_fit(&t);
    CU_ASSERT_TRUE_FATAL(t.fitted);
    CU_ASSERT(fabs(l1t_parametric_at(&t.fit, t.half_gev) - 0.5 * t.fit.plateau) < 1e-6);
    CU_ASSERT(fabs(l1t_parametric_at(&t.fit, t.full_gev) - 0.95 * t.fit.plateau) < 1e-6);
    double true_half = 0;
    for (double x = 20; x < 40 && true_half == 0; x += 0.001)
        if (l1t_parametric_at(&curve, x) >= 0.5 * curve.plateau)
            true_half = x;
    L1T_CHECK(fabs(t.half_gev - true_half) < 0.3, "half at %g, not %g", t.half_gev, true_half);
    L1T_CHECK(fabs(t.fit.plateau - 0.985) < 0.005, "plateau %g", t.fit.plateau);
    L1T_CHECK(fabs(t.fit.width_gev - 1.8) < 0.4, "width %g", t.fit.width_gev);
    L1T_CHECK(gsl_cdf_chisq_Q(t.deviance, (double)t.ndf) > 1e-6, "deviance %g for %zu", t.deviance,
              t.ndf);
}

static void points_without_a_rise_are_not_fitted(void)
{
    struct l1t_turn_on t = {.threshold_gev = 30};
    for (int i = 0; i < 20; i++) {
        t.point[t.n].pt_gev = 40 + i;
        t.point[t.n++].efficiency = l1t_share_of(99, 100);
    }
    l1t_turn_on_fit(&t);
    CU_ASSERT(!t.fitted && isnan(t.half_gev));
    t.n = 4;
    l1t_turn_on_fit(&t);
    CU_ASSERT(!t.fitted);
}

// ---- the emulator ----

static struct l1t_calo_setup setup;
static struct l1t_efficiency_counts counts, again;

static struct l1t_tower_gen *new_gen(enum l1t_truth_kind kind, double pt_min, double pt_max,
                                     double eta_max)
{
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_calo_setup_load("configs/paths/calo.yaml", NULL, &setup, &diag), diag);
    struct l1t_tower_gen_params p = setup.generator;
    p.corners = 0;
    p.jets = 0;
    p.inject[kind].per_event = 3;
    p.inject[kind].pt_min_gev = pt_min;
    p.inject[kind].pt_max_gev = pt_max;
    p.inject[kind].eta_max = eta_max;
    L1T_ASSERT_OK(l1t_tower_gen_new(&p, 12, &gen, &diag), diag);
    return gen;
}

static double response_of(const struct l1t_efficiency_spec *spec, double pt)
{
    struct l1t_response r;
    for (unsigned bin = 0; l1t_response_make(spec, &counts, bin, L1T_RESPONSE_ETA_BINS, &r); bin++)
        if (pt >= r.pt_low_gev && pt < r.pt_high_gev)
            return r.mean;
    return NAN;
}

// With the default configuration and 50 interactions. The bands leave room for other tables, not
// for a wrong angle, unit or side: those lose every object.
static void large_objects_are_found(void)
{
    static const struct {
        enum l1t_truth_kind kind;
        enum l1t_efficiency_object object;
        double pt, eta_max, threshold, low, high;
    } sane[] = {
        {L1T_TRUTH_ELECTRON, L1T_EFFICIENCY_EGAMMA, 60, 2.5, 40, 0.93, 1.05},
        {L1T_TRUTH_PHOTON, L1T_EFFICIENCY_EGAMMA, 60, 2.5, 40, 0.93, 1.05},
        {L1T_TRUTH_TAU, L1T_EFFICIENCY_TAU, 80, 2.1, 45, 0.90, 1.10},
        {L1T_TRUTH_JET, L1T_EFFICIENCY_JET, 200, 2.4, 120, 0.90, 1.10},
        {L1T_TRUTH_JET, L1T_EFFICIENCY_JET, 200, 4.5, 120, 0.90, 1.10},
    };
    for (size_t i = 0; i < sizeof sane / sizeof sane[0]; i++) {
        struct l1t_tower_gen *gen = new_gen(sane[i].kind, sane[i].pt, sane[i].pt, sane[i].eta_max);
        const struct l1t_efficiency_spec spec = {.object = sane[i].object,
                                                 .n_thresholds = 1,
                                                 .threshold_gev = {sane[i].threshold},
                                                 .eta_max = 5};
        const struct l1t_efficiency_source source = {.generator = gen, .n = 500};
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(
            l1t_efficiency_run(&spec, &setup.model, &source, 2, NULL, NULL, &counts, &diag), diag);
        uint64_t passed = 0;
        for (size_t bin = 0; bin < L1T_EFFICIENCY_BINS; bin++)
            passed += counts.pass[0][bin];
        L1T_CHECK((double)passed > 0.95 * (double)counts.truth, "case %zu: %u of %u passed", i,
                  (unsigned)passed, (unsigned)counts.truth);
        const double response = response_of(&spec, sane[i].pt);
        L1T_CHECK(response > sane[i].low && response < sane[i].high, "case %zu: response %.3f", i,
                  response);
        l1t_tower_gen_free(gen);
    }
}

// Within 0.04, half a tower, are 76 % of the photons (2100 of them: 0.9 % each way); a phi unit
// that is wrong by a hundredth leaves 62 %.
static void objects_are_where_they_should_be(void)
{
    struct l1t_tower_gen *gen = new_gen(L1T_TRUTH_PHOTON, 60, 60, 1.2);
    const struct l1t_efficiency_spec spec = {.object = L1T_EFFICIENCY_EGAMMA,
                                             .n_thresholds = 1,
                                             .threshold_gev = {30},
                                             .dr = 0.04,
                                             .eta_max = 5};
    const struct l1t_efficiency_source source = {.generator = gen, .n = 700};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_efficiency_run(&spec, &setup.model, &source, 2, NULL, NULL, &counts, &diag),
                  diag);
    L1T_CHECK((double)counts.matched > 0.7 * (double)counts.truth, "%u of %u are near",
              (unsigned)counts.matched, (unsigned)counts.truth);
    l1t_tower_gen_free(gen);
}

static void threads_and_files_change_nothing(void)
{
    enum { N = 1500 };
    const struct l1t_efficiency_spec spec = {.object = L1T_EFFICIENCY_TAU,
                                             .n_thresholds = 2,
                                             .threshold_gev = {20, 38},
                                             .iso = 1,
                                             .eta_max = 2};
    struct l1t_tower_gen *gen = new_gen(L1T_TRUTH_TAU, 10, 100, 2.5);
    struct l1t_efficiency_source source = {.generator = gen, .n = N};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_efficiency_run(&spec, &setup.model, &source, 1, NULL, NULL, &counts, &diag),
                  diag);
    L1T_ASSERT_INT(counts.events, N);
    CU_ASSERT(counts.truth > 2 * N && counts.truth < 3 * N); // some are beyond |eta| 2
    for (unsigned threads = 2; threads < 8; threads += 3) {
        L1T_ASSERT_OK(
            l1t_efficiency_run(&spec, &setup.model, &source, threads, NULL, NULL, &again, &diag),
            diag);
        CU_ASSERT_EQUAL(memcmp(&again, &counts, sizeof counts), 0);
    }
    FILE *towers = fopen(l1t_test_path("towers.txt"), "w"),
         *truth = fopen(l1t_test_path("truth.csv"), "w");
    CU_ASSERT_FATAL(towers != NULL && truth != NULL);
    const uint64_t seed = 12;
    uint64_t objects = 0;
    l1t_truth_begin(truth, "digest", &seed);
    for (uint64_t e = 0; e < N; e++) {
        struct l1t_towers t;
        struct l1t_truth list[L1T_TRUTH_MAX];
        const size_t n = l1t_tower_gen_event_truth(gen, e, &t, list);
        L1T_ASSERT_OK(l1t_towers_write(towers, &t, e, "test", &diag), diag);
        l1t_truth_write(truth, e, list, n);
        objects += n;
    }
    l1t_truth_end(truth, objects);
    CU_ASSERT(fclose(towers) == 0 && fclose(truth) == 0);
    source = (struct l1t_efficiency_source){.n = UINT64_MAX};
    L1T_ASSERT_OK(l1t_tower_reader_open(l1t_test_path("towers.txt"), &source.towers, &diag), diag);
    L1T_ASSERT_OK(l1t_truth_reader_open(l1t_test_path("truth.csv"), &source.truth, &diag), diag);
    L1T_ASSERT_OK(l1t_efficiency_run(&spec, &setup.model, &source, 2, NULL, NULL, &again, &diag),
                  diag);
    CU_ASSERT_EQUAL(memcmp(&again, &counts, sizeof counts), 0);
    l1t_tower_reader_close(source.towers);
    l1t_truth_reader_close(source.truth);
    l1t_tower_gen_free(gen);
}

// Truth of one event at two places: the points keep the order of their bins, and what is above all
// bins is in no point.
static void points_ascend_and_end(void)
{
    const struct l1t_efficiency_spec spec = {
        .object = L1T_EFFICIENCY_JET, .n_thresholds = 1, .threshold_gev = {500}, .eta_max = 5};
    struct l1t_efficiency_source source = {.n = UINT64_MAX};
    struct l1t_turn_on t;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_calo_setup_load("configs/paths/calo.yaml", NULL, &setup, &diag), diag);
    const char *truth = l1t_test_write_text("ends.csv", "event,kind,pt_gev,eta,phi_rad,line\n"
                                                        "0,jet,24.9999,0,0,0\n"
                                                        "0,jet,25,0,1,0\n"
                                                        "0,jet,1023,0,2,0\n"
                                                        "0,jet,90000,0,3,0\n");
    L1T_ASSERT_OK(l1t_truth_reader_open(truth, &source.truth, &diag), diag);
    L1T_ASSERT_OK(
        l1t_tower_reader_open(l1t_test_write_text("none.txt", "E 0 none\n"), &source.towers, &diag),
        diag);
    L1T_ASSERT_OK(l1t_efficiency_run(&spec, &setup.model, &source, 1, NULL, NULL, &counts, &diag),
                  diag);
    l1t_tower_reader_close(source.towers);
    l1t_truth_reader_close(source.truth);
    L1T_ASSERT_INT(counts.truth, 4);
    l1t_turn_on_make(&spec, &counts, 0, &t);
    L1T_ASSERT_INT(t.n, 3);
    for (size_t i = 0; i < t.n; i++)
        L1T_CHECK(t.point[i].efficiency.n == 1 && t.point[i].pt_gev >= t.point[i].low_gev &&
                      t.point[i].pt_gev < t.point[i].high_gev,
                  "point %zu: %g in %g to %g", i, t.point[i].pt_gev, t.point[i].low_gev,
                  t.point[i].high_gev);
}

static void thresholds_beyond_the_words_are_refused(void)
{
    struct l1t_efficiency_spec spec = {.n_thresholds = 1, .eta_max = 5};
    static const struct {
        enum l1t_efficiency_object object;
        double threshold;
        const char *said;
    } bad[] = {{L1T_EFFICIENCY_EGAMMA, 256, "thresholds of egamma are 1..255.5 GeV, not 256"},
               {L1T_EFFICIENCY_TAU, 1000, "thresholds of tau are 1..255.5 GeV, not 1000"},
               {L1T_EFFICIENCY_JET, 1000.5, "thresholds of jet are 1..1000 GeV, not 1000.5"},
               {L1T_EFFICIENCY_JET, NAN, "thresholds of jet are 1..1000 GeV, not"}};
    const struct l1t_efficiency_source source = {.n = 1};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        spec.object = bad[i].object;
        spec.threshold_gev[0] = bad[i].threshold;
        L1T_ASSERT_INT(
            l1t_efficiency_run(&spec, &setup.model, &source, 1, NULL, NULL, &counts, &diag),
            L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
    }
}

static void truth_of_another_kind_is_said(void)
{
    const struct l1t_efficiency_spec spec = {
        .object = L1T_EFFICIENCY_EGAMMA, .n_thresholds = 1, .threshold_gev = {30}, .eta_max = 5};
    struct l1t_tower_gen *gen = new_gen(L1T_TRUTH_TAU, 50, 60, 2);
    const struct l1t_efficiency_source source = {.generator = gen, .n = 20};
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_efficiency_run(&spec, &setup.model, &source, 1, NULL, NULL, &counts, &diag),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag,
                             "no electron or photon within |eta| 5 in the truth of 20 events");
    l1t_tower_gen_free(gen);
}

// A turn-on from counts: bins, values, and the file that others read.
// At any threshold, with truth in every bin.
static void a_turn_on_has_room_for_all_its_points(void)
{
    struct l1t_efficiency_spec spec = {.object = L1T_EFFICIENCY_EGAMMA, .n_thresholds = 1};
    memset(&again, 0, sizeof again);
    for (size_t i = 0; i < L1T_EFFICIENCY_BINS; i++)
        again.n[i] = 1;
    for (unsigned half_gev = 2; half_gev <= 400; half_gev++) {
        struct l1t_turn_on t;
        spec.threshold_gev[0] = half_gev / 2.0;
        l1t_turn_on_make(&spec, &again, 0, &t);
        CU_ASSERT(t.n > 0 && t.point[t.n - 1].high_gev >= 4 * spec.threshold_gev[0]);
    }
}

static void a_turn_on_is_a_curve_for_the_rates(void)
{
    const struct l1t_efficiency_spec spec = {
        .object = L1T_EFFICIENCY_EGAMMA, .n_thresholds = 1, .threshold_gev = {30}, .eta_max = 2.5};
    struct l1t_turn_on t;
    struct l1t_curve curve;
    struct l1t_diag diag = {""};
    struct l1t_tower_gen *gen = new_gen(L1T_TRUTH_ELECTRON, 8, 120, 2.5);
    const struct l1t_efficiency_source source = {.generator = gen, .n = 1500};
    L1T_ASSERT_OK(l1t_efficiency_run(&spec, &setup.model, &source, 2, NULL, NULL, &counts, &diag),
                  diag);
    l1t_tower_gen_free(gen);
    l1t_turn_on_make(&spec, &counts, 0, &t);
    CU_ASSERT_TRUE_FATAL(t.fitted && t.n > 20);
    uint64_t truth = 0;
    for (size_t i = 0; i < t.n; i++) {
        truth += t.point[i].efficiency.n;
        CU_ASSERT(t.point[i].pt_gev >= t.point[i].low_gev &&
                  t.point[i].pt_gev <= t.point[i].high_gev);
    }
    // Four times the threshold is the end of the curve and of the sample.
    CU_ASSERT(truth + 20 > counts.truth && truth <= counts.truth);
    CU_ASSERT(t.half_gev > 26 && t.half_gev < 34 && t.full_gev > t.half_gev && t.full_gev < 60);
    const char *path = l1t_test_path("egamma30.csv");
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    l1t_turn_on_write(out, "egamma30", "a test", &t);
    CU_ASSERT_EQUAL(fclose(out), 0);
    L1T_ASSERT_OK(l1t_curve_load(&curve, path, &diag), diag);
    L1T_ASSERT_INT(curve.n, t.n);
    for (size_t i = 0; i < t.n; i++)
        CU_ASSERT(fabs(curve.y[i] - t.point[i].efficiency.value) < 1e-6);
    l1t_curve_free(&curve);
}

L1T_TEST_MAIN("efficiency", {"intervals have known ends", intervals_have_known_ends},
              {"intervals are what they promise", intervals_are_what_they_promise},
              {"pairs are the nearest and unique", pairs_are_the_nearest_and_unique},
              {"angles wrap and the limit counts", angles_wrap_and_the_limit_counts},
              {"a fit finds the curve it was made from", a_fit_finds_the_curve_it_was_made_from},
              {"points without a rise are not fitted", points_without_a_rise_are_not_fitted},
              {"large objects are found", large_objects_are_found},
              {"objects are where they should be", objects_are_where_they_should_be},
              {"threads and files change nothing", threads_and_files_change_nothing},
              {"points ascend and end", points_ascend_and_end},
              {"thresholds beyond the words are refused", thresholds_beyond_the_words_are_refused},
              {"truth of another kind is said", truth_of_another_kind_is_said},
              {"a turn-on has room for all its points", a_turn_on_has_room_for_all_its_points},
              {"a turn-on is a curve for the rates", a_turn_on_is_a_curve_for_the_rates})
