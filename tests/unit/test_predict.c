// SPDX-License-Identifier: GPL-3.0-or-later
// Menu rates: Monte Carlo against closed form and against brute force, prescale counters, and
// independence of threads. Statistical tests have fixed seeds.
#include "l1t/predict.h"

#include "l1t/spectra_config.h"
#include "l1t_test.h"
#include "prescale.h"

static struct l1t_spectra spectra;
static struct l1t_processes processes;
static struct l1t_menu menu;

static void load(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_spectra_load(&spectra, "configs/spectra/run2.yaml", NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_spectra_processes(&spectra, &processes, &diag), diag);
    L1T_ASSERT_OK(l1t_menu_load(&menu, "configs/menus/run2_small.yaml", NULL, &diag), diag);
}

static void unload(void)
{
    l1t_processes_free(&processes);
    l1t_spectra_free(&spectra);
}

// Twelve seeds, 10^8 crossings: |pull| < 5 for each, false alarm 7e-6 in all.
static void monte_carlo_agrees_with_the_closed_form(void)
{
    struct l1t_prediction r;
    struct l1t_diag diag = {""};
    load();
    L1T_ASSERT_OK(l1t_predict(&menu, &processes, 1, 100000000, 2, NULL, &r, &diag), diag);
    double chi2 = 0;
    for (size_t i = 0; i < menu.n; i++) {
        const struct l1t_seed_rate *s = &r.seed[i];
        printf("%-20s %8.4f +- %.4f closed %8.4f pull %+.2f pure %.3f prop %.3f\n",
               menu.seed[i].name, s->rate_khz, s->err, s->closed_khz, s->pull, s->pure_khz,
               s->proportional_khz);
        chi2 += s->pull * s->pull;
        L1T_CHECK(fabs(s->pull) < 5, "%s: pull %.2f", menu.seed[i].name, s->pull);
        CU_ASSERT_TRUE(s->err > 0 && s->pure_khz <= s->proportional_khz + 1e-12 &&
                       s->proportional_khz <= s->rate_khz + 1e-12);
        L1T_ASSERT_NEAR(r.overlap_khz[i * menu.n + i], s->rate_khz, 1e-12);
    }
    printf("total %.3f +- %.3f expected %.3f +- %.3f closed %.3f coincidences %.4f; %.0f M "
           "crossings/s, chi2 %.1f\n",
           r.total_khz, r.total_err, r.expected_total_khz, r.expected_total_err, r.closed_total_khz,
           r.coincidence_khz, r.crossings_per_s / 1e6, chi2);
    L1T_CHECK(fabs(r.expected_total_khz - r.closed_total_khz) <
                  5 * r.expected_total_err + r.coincidence_khz,
              "total %g closed %g", r.expected_total_khz, r.closed_total_khz);
    L1T_ASSERT_NEAR(r.margin_khz, 100 - r.total_khz, 1e-12);
    l1t_prediction_free(&r);
    unload();
}

static void pure_proportional_and_total_keep_their_order(void)
{
    struct l1t_prediction r;
    load();
    CU_ASSERT_EQUAL(l1t_predict(&menu, &processes, 2, 5000000, 2, NULL, &r, NULL), L1T_OK);
    double pure = 0, proportional = 0, sum = 0;
    for (size_t i = 0; i < menu.n; i++) {
        pure += r.seed[i].pure_khz;
        proportional += r.seed[i].proportional_khz;
        sum += r.seed[i].rate_khz;
    }
    CU_ASSERT_TRUE(pure <= r.total_khz && r.total_khz <= sum);
    L1T_ASSERT_NEAR(proportional, r.total_khz, 1e-12);
    L1T_ASSERT_NEAR(r.sum_khz, sum, 1e-12);
    l1t_prediction_free(&r);
    unload();
}

// The published numbers come back: what the calibration says at its own points.
static void closed_form_gives_the_published_rates(void)
{
    static const struct {
        struct l1t_seed seed;
        double khz, within;
    } want[] = {
        {{.n_legs = 1, .leg = {{L1T_MUON, 20}}}, 7.6303, 1e-3},
        {{.n_legs = 1, .leg = {{L1T_MUON, 22}}}, 6.9231, 0.05},
        {{.n_legs = 1, .leg = {{L1T_EGAMMA, 36}}}, 13.089, 0.01},
        {{.n_legs = 1, .leg = {{L1T_TAU, 120}}}, 2.2041, 1e-3},
        {{.n_legs = 1, .leg = {{L1T_JET, 180}}}, 2.4268, 0.04},
        {{.n_legs = 2, .leg = {{L1T_TAU, 30}, {L1T_TAU, 30}}}, 14.891, 1e-3},
        {{.n_legs = 2, .leg = {{L1T_TAU, 34}, {L1T_TAU, 34}}}, 11.211, 0.02},
        {{.n_legs = 2, .leg = {{L1T_MUON, 15}, {L1T_MUON, 7}}}, 0.806, 3e-3},
        {{.n_legs = 2, .leg = {{L1T_EGAMMA, 25}, {L1T_EGAMMA, 12}}}, 4.19, 3e-3},
        {{.n_legs = 2, .leg = {{L1T_MUON, 18}, {L1T_TAU, 24}}}, 4.83, 3e-3},
    };
    load();
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const double khz = l1t_crossing_rate_hz(&spectra.beam) / 1e3 *
                           l1t_seed_probability(&processes, &want[i].seed);
        L1T_ASSERT_NEAR(khz, want[i].khz, want[i].within);
    }
    unload();
}

static void numbers_are_the_same_for_any_threads(void)
{
    struct l1t_prediction r[3];
    load();
    for (unsigned t = 1; t <= 3; t++)
        CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 3, 3000001, t, NULL, &r[t - 1], NULL),
                              0);
    for (int t = 1; t < 3; t++) {
        CU_ASSERT_EQUAL(memcmp(r[0].seed, r[t].seed, menu.n * sizeof *r[0].seed), 0);
        CU_ASSERT_EQUAL(
            memcmp(r[0].overlap_khz, r[t].overlap_khz, menu.n * menu.n * sizeof(double)), 0);
        CU_ASSERT_TRUE(r[0].total_khz == r[t].total_khz &&
                       r[0].expected_total_khz == r[t].expected_total_khz &&
                       r[0].nonempty == r[t].nonempty && r[0].n_curves == r[t].n_curves);
        for (size_t k = 0; k < r[0].n_curves; k++)
            CU_ASSERT_EQUAL(memcmp(r[0].curve[k].threshold_gev, r[t].curve[k].threshold_gev,
                                   4 * r[0].curve[k].n * sizeof(double)),
                            0);
    }
    for (int t = 0; t < 3; t++)
        l1t_prediction_free(&r[t]);
    unload();
}

// The curve at a threshold is the rate of a seed with that threshold, count for count.
static void curves_agree_with_seeds(void)
{
    struct l1t_prediction r;
    load();
    CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 4, 20000000, 2, NULL, &r, NULL), L1T_OK);
    CU_ASSERT_EQUAL(r.n_curves, 7); // four singles; two muons, two e/gammas, two taus
    int compared = 0;
    double worst = 0;
    for (size_t k = 0; k < r.n_curves; k++) {
        const struct l1t_rate_curve *c = &r.curve[k];
        for (size_t i = 0; i < menu.n; i++) {
            const struct l1t_seed *s = &menu.seed[i];
            if (s->leg[0].object != c->object || (int)s->n_legs != c->legs ||
                (c->legs == 2 && (s->leg[1].object != c->object ||
                                  s->leg[1].threshold_gev != s->leg[0].threshold_gev)))
                continue;
            const size_t at = (size_t)(2 * (s->leg[0].threshold_gev - c->threshold_gev[0]));
            CU_ASSERT_TRUE_FATAL(at < c->n && c->threshold_gev[at] == s->leg[0].threshold_gev);
            L1T_ASSERT_NEAR(c->rate_khz[at], r.seed[i].before_khz, 1e-12);
            L1T_ASSERT_NEAR(c->closed_khz[at], r.seed[i].closed_before_khz, 1e-12);
            compared++;
        }
        for (size_t i = 0; i < c->n; i++) { // 6 standard deviations where there are counts
            if (c->err[i] > 0 && c->rate_khz[i] > 25 * c->err[i] / 5)
                worst = fmax(worst, fabs(c->rate_khz[i] - c->closed_khz[i]) / c->err[i]);
            CU_ASSERT_TRUE(i == 0 || c->rate_khz[i] <= c->rate_khz[i - 1]);
        }
    }
    CU_ASSERT_EQUAL(compared, 7);
    L1T_CHECK(worst < 6, "worst point %.2f standard deviations", worst);
    l1t_prediction_free(&r);
    unload();
}

// mp7_ugt_legacy's algo_pre_scaler: first fires of three prescales.
static void prescaler_has_the_hardwares_pattern(void)
{
    static const struct {
        double prescale;
        const char *pattern;
    } want[] = {{1, "111111"},
                {1.5, "011011011"},
                {3, "001001001"},
                {2.75, "0010010010100100100101"},
                {0, "0000"}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        struct l1t_prescaler p = l1t_prescaler_make(want[i].prescale);
        for (const char *c = want[i].pattern; *c != '\0'; c++)
            CU_ASSERT_EQUAL(l1t_prescaler_step(&p), *c - '0');
    }
}

static void counters_run_over_fires_in_order(void)
{
    struct l1t_prediction r;
    load();
    CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 5, 10000000, 2, NULL, &r, NULL), L1T_OK);
    for (size_t i = 0; i < menu.n; i++) {
        const uint64_t p = (uint64_t)lround(100 * menu.seed[i].prescale);
        CU_ASSERT_EQUAL(r.seed[i].accepted, r.seed[i].fired * 100 / p);
    }
    l1t_prediction_free(&r);
    unload();
}

static struct l1t_crossings x;

// The closed form of every seed shape against counting, with rates high enough for coincidences.
static void closed_form_knows_coincidences(void)
{
    static const struct l1t_beam beam = {2e34, 52, 11245.6, 2544};
    static const struct l1t_process_spec busy[] = {
        {"mm", 2, {{L1T_MUON, 10, 10, 0.07}, {L1T_MUON, 5, 5, 0.05}}, 2500, 0, 0},
        {"mt", 2, {{L1T_MUON, 12, 12, 0.06}, {L1T_TAU, 24, 24, 0.04}}, 2000, 0, 0},
        {"m", 1, {{L1T_MUON, 8, 8, 0.05}}, 4000, 0, 0},
        {"t", 1, {{L1T_TAU, 20, 20, 0.03}}, 3000, 0, 0},
    };
    static const struct l1t_seed seeds[] = {
        {.n_legs = 1, .leg = {{L1T_MUON, 15}}},
        {.n_legs = 2, .leg = {{L1T_MUON, 15}, {L1T_MUON, 9}}},
        {.n_legs = 2, .leg = {{L1T_MUON, 12}, {L1T_MUON, 12}}},
        {.n_legs = 2, .leg = {{L1T_MUON, 20}, {L1T_TAU, 30}}},
        {.n_legs = 2, .leg = {{L1T_TAU, 35}, {L1T_TAU, 25}}},
    };
    enum { n_seeds = 5 };
    struct l1t_processes p;
    double count[n_seeds] = {0}, n = 0;
    CU_ASSERT_EQUAL_FATAL(l1t_processes_init(&p, &beam, busy, 4, NULL), L1T_OK);
    for (uint64_t e = 0; e < 1000 * (uint64_t)L1T_BATCH; e += L1T_BATCH, n += L1T_BATCH) {
        l1t_crossings_make(&p, 17, e, L1T_BATCH, &x);
        for (size_t i = 0; i < x.n; i++) {
            const unsigned m0 = x.leading[L1T_MUON][i], m1 = x.second[L1T_MUON][i];
            const unsigned t0 = x.leading[L1T_TAU][i], t1 = x.second[L1T_TAU][i];
            count[0] += m0 >= 30;
            count[1] += m0 >= 30 && m1 >= 18;
            count[2] += m1 >= 24;
            count[3] += m0 >= 40 && t0 >= 60;
            count[4] += t0 >= 70 && t1 >= 50;
        }
    }
    for (int k = 0; k < n_seeds; k++) { // 5 standard deviations: 6e-7 each
        const double want = l1t_seed_probability(&p, &seeds[k]);
        const double pull = (count[k] - n * want) / sqrt(n * want * (1 - want));
        L1T_CHECK(fabs(pull) < 5, "seed %d: %g of %g expected, pull %.2f", k, count[k], n * want,
                  pull);
    }
    l1t_processes_free(&p);
}

static void nothing_seen_gives_an_upper_limit(void)
{
    struct l1t_prediction r;
    load();
    menu.n = 1;
    menu.seed[0].leg[0].threshold_gev = 250;
    CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 6, 100000, 1, NULL, &r, NULL), L1T_OK);
    CU_ASSERT_EQUAL(r.seed[0].fired, 0);
    L1T_ASSERT_NEAR(r.seed[0].upper_khz, 1.84 * 28608.8064 / 100000, 1e-12);
    CU_ASSERT(isnan(r.seed[0].err));
    CU_ASSERT_EQUAL(r.seed[0].extrapolated, 1);
    l1t_prediction_free(&r);
    menu.seed[0].prescale = 120; // a counter that is rounded adds nothing when it never counted
    CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 6, 100000, 1, NULL, &r, NULL), L1T_OK);
    L1T_ASSERT_NEAR(r.seed[0].upper_khz, 1.84 * 28608.8064 / 100000 / 120, 1e-12);
    CU_ASSERT(isnan(r.seed[0].err));
    l1t_prediction_free(&r);
    unload();
}

static double last_told;
static int times_told;

static void take_progress(void *user, double done, double total)
{
    CU_ASSERT_PTR_EQUAL(user, &last_told);
    CU_ASSERT_EQUAL(total, 3000001);
    CU_ASSERT(done >= last_told && done <= total);
    last_told = done;
    times_told++;
}

static void progress_goes_up_and_changes_nothing(void)
{
    const struct l1t_predict_progress progress = {take_progress, &last_told};
    struct l1t_prediction r[2];
    load();
    for (unsigned t = 1; t <= 3; t += 2) {
        last_told = 0;
        times_told = 0;
        CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 3, 3000001, t, &progress, &r[0], NULL),
                              L1T_OK);
        CU_ASSERT(times_told > 1 && last_told > 2e6);
        CU_ASSERT_EQUAL_FATAL(l1t_predict(&menu, &processes, 3, 3000001, t, NULL, &r[1], NULL),
                              L1T_OK);
        CU_ASSERT_EQUAL(r[0].accepted, r[1].accepted);
        l1t_prediction_free(&r[0]);
        l1t_prediction_free(&r[1]);
    }
    unload();
}

static void thresholds_below_the_calibration_are_refused_bad(void)
{
    struct l1t_prediction r;
    struct l1t_diag diag = {""};
    load();
    menu.seed[0].leg[0].threshold_gev = 12;
    CU_ASSERT_EQUAL(l1t_predict(&menu, &processes, 1, 10, 1, NULL, &r, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "L1_SingleMu22: threshold 12 GeV is below 20 GeV, where the calibration "
                          "of SingleMu begins");
    menu.seed[0] = (struct l1t_seed){
        .name = "X", .n_legs = 2, .prescale = 1, .leg = {{L1T_MUON, 15}, {L1T_MUON, 3}}};
    CU_ASSERT_EQUAL(l1t_predict(&menu, &processes, 1, 10, 1, NULL, &r, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "X: thresholds 15, 3 GeV are below 15, 7 GeV, where the calibration of "
                          "DoubleMu_15_7 begins");
    menu.seed[0].leg[1] = (struct l1t_seed_leg){L1T_JET, 200};
    CU_ASSERT_EQUAL(l1t_predict(&menu, &processes, 1, 10, 1, NULL, &r, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "X: no process is calibrated for muon + jet");
    menu.seed[0].prescale = 0.5;
    CU_ASSERT_EQUAL(l1t_predict(&menu, &processes, 1, 10, 1, NULL, &r, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "X: prescale 0.5; 0 (off) or 1 to 4e7");
    unload();
}

L1T_TEST_MAIN("predict",
              {"monte_carlo_agrees_with_the_closed_form", monte_carlo_agrees_with_the_closed_form},
              {"pure_proportional_and_total_keep_their_order",
               pure_proportional_and_total_keep_their_order},
              {"closed_form_gives_the_published_rates", closed_form_gives_the_published_rates},
              {"numbers_are_the_same_for_any_threads", numbers_are_the_same_for_any_threads},
              {"curves_agree_with_seeds", curves_agree_with_seeds},
              {"prescaler_has_the_hardwares_pattern", prescaler_has_the_hardwares_pattern},
              {"counters_run_over_fires_in_order", counters_run_over_fires_in_order},
              {"closed_form_knows_coincidences", closed_form_knows_coincidences},
              {"progress_goes_up_and_changes_nothing", progress_goes_up_and_changes_nothing},
              {"nothing_seen_gives_an_upper_limit", nothing_seen_gives_an_upper_limit},
              {"thresholds_below_the_calibration_are_refused_bad",
               thresholds_below_the_calibration_are_refused_bad})
