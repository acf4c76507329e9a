// SPDX-License-Identifier: GPL-3.0-or-later
// Normalisation, errors, limits and factors between beams, against numbers worked out by hand.
#include "l1t/beam.h"

#include "l1t_test.h"

// 2018: 2.0e34 in 2544 bunches.
static const struct l1t_rate_beam beam_2018 = {.luminosity = 2.0e34, .bunches = 2544};

static struct l1t_sum counts(uint64_t n)
{
    return (struct l1t_sum){n, (double)n, (double)n};
}

static void pile_up_follows_from_luminosity(void)
{
    struct l1t_rate_beam beam = beam_2018;
    L1T_ASSERT_NEAR(l1t_beam_pileup(&beam), 55.9, 1e-3); // 80 mb
    beam.sigma_inelastic_mb = 69.2;
    L1T_ASSERT_NEAR(l1t_beam_pileup(&beam), 48.4, 1e-3);
    // 69.2e-27 * 2e34 / (11245.6 * 2544)
    L1T_ASSERT_NEAR(l1t_beam_pileup(&beam), 1384000000.0 / 28608806.4, 1e-12);
    beam.pileup = 52;
    CU_ASSERT(l1t_beam_pileup(&beam) == 52);
    CU_ASSERT(isnan(l1t_beam_pileup(&(struct l1t_rate_beam){.bunches = 2544})));
    CU_ASSERT(isnan(l1t_beam_pileup(&(struct l1t_rate_beam){.luminosity = 2e34})));
    CU_ASSERT(l1t_beam_crossings_hz(&(struct l1t_rate_beam){.luminosity = 2e34}) == 0);
}

// ---- normalisation ----

static double scale_of(const struct l1t_norm *norm, const struct l1t_rate_beam *beam,
                       const struct l1t_sum *all)
{
    double hz = NAN;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_norm_scale(norm, beam, all, &hz, &diag), diag);
    return hz;
}

static void zero_bias_is_a_share_of_the_crossings(void)
{
    const struct l1t_norm norm = {.kind = L1T_NORM_ZERO_BIAS};
    // 100 kHz is 0.350 % of the filled crossings: 3500 of a million give 100.13 kHz.
    const struct l1t_sum all = counts(1000000);
    const double hz = scale_of(&norm, &beam_2018, &all);
    L1T_ASSERT_NEAR(100e3 / l1t_beam_crossings_hz(&beam_2018), 0.00350, 2e-3);
    L1T_ASSERT_NEAR(3500 * hz, 100130.8224, 1e-12);
    // Weights: only their shares matter.
    const struct l1t_sum weighted = {1000000, 2e6, 4e6};
    L1T_ASSERT_NEAR(scale_of(&norm, &beam_2018, &weighted), hz / 2, 1e-15);
    const struct l1t_rate_beam other = {.bunches = 2544, .revolution_hz = 11246};
    L1T_ASSERT_NEAR(scale_of(&norm, &other, &all), 11246 * 2544e-6, 1e-15);
}

static void sections_count_the_time(void)
{
    L1T_ASSERT_NEAR(L1T_SECTION_S, 23.311, 1e-5);
    struct l1t_norm norm = {.kind = L1T_NORM_SECTIONS, .sections = 36};
    const struct l1t_sum all = counts(10);
    const double plain = 1 / (36 * 262144 / 11245.6);
    L1T_ASSERT_NEAR(scale_of(&norm, &beam_2018, &all), plain, 1e-14);
    norm.prescale = 1100;
    norm.fraction = 0.25;
    L1T_ASSERT_NEAR(scale_of(&norm, &beam_2018, &all), plain * 4400, 1e-14);
    norm.bunches = 1272; // recorded with half of the bunches
    L1T_ASSERT_NEAR(scale_of(&norm, &beam_2018, &all), plain * 8800, 1e-14);
    // All that was recorded fires: certain for a simulation, 10 +- sqrt(10) for a recording.
    struct l1t_sum sees = l1t_norm_all(&norm, &all);
    L1T_ASSERT_NEAR(l1t_rate_of(&all, &sees, 1).err, sqrt(10), 1e-14);
    norm.kind = L1T_NORM_ZERO_BIAS;
    sees = l1t_norm_all(&norm, &all);
    CU_ASSERT(l1t_rate_of(&all, &sees, 1).err == 0);
}

static void cross_sections_go_with_luminosity(void)
{
    // 1.2 ub at 2e34: 24 kHz, whatever was simulated.
    const struct l1t_norm norm = {.kind = L1T_NORM_CROSS_SECTION, .cross_section_mb = 1.2e-3};
    const struct l1t_sum all = {500, 1000, 3000};
    L1T_ASSERT_NEAR(scale_of(&norm, &beam_2018, &all) * all.w, 24e3, 1e-12);
}

static void what_cannot_be_normalised_is_refused(void)
{
    static const struct {
        struct l1t_norm norm;
        struct l1t_rate_beam beam;
        struct l1t_sum all;
        const char *says;
    } bad[] = {
        {{.kind = L1T_NORM_ZERO_BIAS}, {.bunches = 2544}, {0, 0, 0}, "no crossing"},
        {{.kind = L1T_NORM_ZERO_BIAS}, {.bunches = 2544}, {3, 0, 0}, "add up to 0;"},
        {{.kind = L1T_NORM_ZERO_BIAS}, {.bunches = 2544}, {3, -1, 3}, "add up to -1;"},
        {{.kind = L1T_NORM_ZERO_BIAS}, {.bunches = 2544}, {3, NAN, 3}, "more than 0"},
        {{.kind = L1T_NORM_ZERO_BIAS}, {.luminosity = 2e34}, {1, 1, 1}, "'bunches'"},
        {{.kind = L1T_NORM_SECTIONS}, {.bunches = 2544}, {1, 1, 1}, "'sections'"},
        {{.kind = L1T_NORM_SECTIONS, .sections = 1, .prescale = -1},
         {.bunches = 0},
         {1, 1, 1},
         "prescale -1"},
        {{.kind = L1T_NORM_SECTIONS, .sections = 1, .fraction = 2},
         {.bunches = 0},
         {1, 1, 1},
         "fraction 2"},
        {{.kind = L1T_NORM_CROSS_SECTION}, {.luminosity = 2e34}, {1, 1, 1}, "cross-section above"},
        {{.kind = L1T_NORM_CROSS_SECTION, .cross_section_mb = 1},
         {.bunches = 0},
         {1, 1, 1},
         "'luminosity'"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        double hz = 0;
        L1T_ASSERT_INT(l1t_norm_scale(&bad[i].norm, &bad[i].beam, &bad[i].all, &hz, &diag),
                       L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].says);
    }
}

// ---- errors ----

static void errors_are_binomial(void)
{
    // 300 of 1000: sqrt(1000 * 0.3 * 0.7)
    const struct l1t_sum some = counts(300), all = counts(1000);
    const struct l1t_rate r = l1t_rate_of(&some, &all, 2);
    L1T_ASSERT_NEAR(r.hz, 600, 1e-15);
    L1T_ASSERT_NEAR(r.err, 2 * sqrt(210), 1e-14);
    CU_ASSERT(isnan(r.upper84) && isnan(r.upper90) && isnan(r.upper95));
    // All of them: no error is left.
    CU_ASSERT(l1t_rate_of(&all, &all, 2).err == 0);
    // One crossing that weighs 161 Hz is 161 +- 161 Hz.
    const struct l1t_sum one = counts(1), many = counts(1000000000);
    L1T_ASSERT_NEAR(l1t_rate_of(&one, &many, 161).err, 161, 1e-8);
}

static void weights_have_their_own_error(void)
{
    // Weights 1, 2, 3, 4 of which 2 and 3 fired: 13 - 25 * 30 / 100
    const struct l1t_sum fired = {2, 5, 13}, all = {4, 10, 30};
    const struct l1t_rate r = l1t_rate_of(&fired, &all, 1);
    L1T_ASSERT_NEAR(r.err, sqrt(5.5), 1e-14);
    // Weights 3, -1: a rate may be negative, its error is not.
    const struct l1t_sum minus = {1, -1, 1}, both = {2, 2, 10};
    const struct l1t_rate m = l1t_rate_of(&minus, &both, 5);
    CU_ASSERT(m.hz == -5 && m.err == 0); // 1 - 0.25 * 10 < 0
}

static void nothing_seen_has_limits(void)
{
    const struct l1t_sum none = {0, 0, 0}, all = counts(5000);
    const struct l1t_rate r = l1t_rate_of(&none, &all, 10);
    CU_ASSERT(r.hz == 0 && isnan(r.err));
    L1T_ASSERT_NEAR(r.upper84, 18.4, 1e-3);
    L1T_ASSERT_NEAR(r.upper90, 23.0, 2e-3);
    L1T_ASSERT_NEAR(r.upper95, 30.0, 2e-3);
    // P(0 seen) at each limit is what is left of the confidence.
    L1T_ASSERT_NEAR(exp(-r.upper90 / 10), 0.10, 1e-14);
    L1T_ASSERT_NEAR(exp(-r.upper95 / 10), 0.05, 1e-14);
    L1T_ASSERT_NEAR(exp(-r.upper84 / 10), 0.5 * erfc(sqrt(0.5)), 1e-14);
    // Half of the crossings weigh 1, half 7: a mean square weight of 5^2.
    const struct l1t_sum uneven = {10, 40, 250};
    L1T_ASSERT_NEAR(l1t_rate_of(&none, &uneven, 10).upper84 / r.upper84, 5, 1e-14);
    // Only crossings without weight fired: that is nothing seen, too.
    const struct l1t_sum weightless = {3, 0, 0};
    CU_ASSERT(isnan(l1t_rate_of(&weightless, &all, 10).err));
    // An expected sum counts no crossings, but it is something.
    const struct l1t_sum expected = {0, 0.5, 0.25};
    L1T_ASSERT_NEAR(l1t_rate_of(&expected, &all, 10).hz, 5, 1e-15);
}

static void efficiencies_are_clopper_pearson(void)
{
    const double tail = 0.15865525393145707;
    const struct l1t_sum none = counts(0), one = counts(1), two = counts(2), empty = {0, 0, 0};
    struct l1t_fraction f = l1t_fraction_of(&one, &two);
    CU_ASSERT(f.value == 0.5);
    L1T_ASSERT_NEAR(f.low, 1 - sqrt(1 - tail), 1e-12);
    L1T_ASSERT_NEAR(f.high, sqrt(1 - tail), 1e-12);
    f = l1t_fraction_of(&none, &two);
    CU_ASSERT(f.value == 0 && f.low == 0);
    L1T_ASSERT_NEAR(f.high, 1 - sqrt(tail), 1e-12);
    f = l1t_fraction_of(&two, &two);
    CU_ASSERT(f.value == 1 && f.high == 1);
    L1T_ASSERT_NEAR(f.low, sqrt(tail), 1e-12);
    f = l1t_fraction_of(&empty, &empty);
    CU_ASSERT(isnan(f.value) && f.low == 0 && f.high == 1);
    // Eight crossings of which each weighs as much as another one: as four would.
    const struct l1t_sum half = {4, 4, 8}, whole = {8, 8, 16};
    const struct l1t_fraction four =
        l1t_fraction_of(&(struct l1t_sum){2, 2, 2}, &(struct l1t_sum){4, 4, 4});
    f = l1t_fraction_of(&half, &whole);
    CU_ASSERT(f.value == four.value && f.low == four.low && f.high == four.high);
    // Negative weights may push the share out of 0..1; the interval stays inside.
    f = l1t_fraction_of(&(struct l1t_sum){3, 12, 50}, &(struct l1t_sum){5, 10, 60});
    CU_ASSERT(f.value == 1.2 && f.high == 1 && f.low > 0 && f.low < 1);
    f = l1t_fraction_of(&(struct l1t_sum){3, -2, 50}, &(struct l1t_sum){5, 10, 60});
    CU_ASSERT(f.low == 0 && f.high < 1);
}

// ---- scalings ----

static double factor(enum l1t_scaling scaling, const struct l1t_rate_beam *from,
                     const struct l1t_rate_beam *to, const struct l1t_pileup_fit *fit, double k,
                     const char *why_not)
{
    char why[200] = "untouched";
    double f = -1, g = -1;
    const bool applies = l1t_scale_rate(scaling, from, to, fit, k, &f, why);
    CU_ASSERT(l1t_scale_rate(scaling, from, to, fit, k, &g, NULL) == applies);
    CU_ASSERT(f == g || (isnan(f) && isnan(g)));
    L1T_CHECK(applies == (why_not == NULL), "%s: \"%s\"", l1t_scaling_name(scaling), why);
    if (why_not == NULL)
        L1T_ASSERT_TEXT(why, "");
    else
        L1T_ASSERT_CONTAINS(why, why_not);
    return f;
}

// R = 100 mu + b mu^2 from 20 to 70, with an error of 1 on b.
static struct l1t_pileup_fit parabola(double b)
{
    return (struct l1t_pileup_fit){.degree = 2,
                                   .coefficient = {100, b},
                                   .error = {1, 1},
                                   .covariance = {{1, 0}, {0, 1}},
                                   .chi2 = 50,
                                   .ndf = 49,
                                   .from = 20,
                                   .to = 70};
}

static void scalings_are_their_formulas(void)
{
    const struct l1t_rate_beam from = {.luminosity = 2e34, .bunches = 2544, .pileup = 50};
    const struct l1t_rate_beam more = {.luminosity = 2.2e34};
    const struct l1t_rate_beam wider = {.luminosity = 2.2e34, .bunches = 2544 * 1.1};
    const struct l1t_pileup_fit line = parabola(0), bend = parabola(3);
    L1T_ASSERT_NEAR(factor(L1T_SCALE_LINEAR, &from, &more, &line, 0, NULL), 1.1, 1e-14);
    L1T_ASSERT_NEAR(factor(L1T_SCALE_MU, &from, &more, NULL, 0, NULL), 1.1, 1e-14);
    L1T_ASSERT_NEAR(factor(L1T_SCALE_EXPONENTIAL, &from, &more, NULL, 0.05, NULL), exp(0.25),
                    1e-13);
    L1T_ASSERT_NEAR(factor(L1T_SCALE_BUNCHES, &from, &wider, &bend, 0, NULL), 1.1, 1e-14);
    // 1.1 of the bunches with as much in each: linear is right whatever the pile-up does.
    L1T_ASSERT_NEAR(factor(L1T_SCALE_LINEAR, &from, &wider, &bend, 0, NULL), 1.1, 1e-14);
    // 5500 + 3 * 3025 over 5000 + 3 * 2500
    L1T_ASSERT_NEAR(factor(L1T_SCALE_FIT, &from, &more, &bend, 0, NULL), 14575.0 / 12500, 1e-14);
    L1T_ASSERT_NEAR(factor(L1T_SCALE_FIT, &from, &wider, &bend, 0, NULL), 1.1, 1e-14);
    // The same beam: 1, every way.
    for (enum l1t_scaling s = 0; s < L1T_SCALINGS; s++)
        L1T_ASSERT_NEAR(factor(s, &from, &from, &bend, 0.05, NULL), 1, 1e-14);
}

static void scalings_say_why_not(void)
{
    const struct l1t_rate_beam from = {.luminosity = 2e34, .bunches = 2544, .pileup = 50};
    const struct l1t_rate_beam more = {.luminosity = 2.2e34}, fewer = {.bunches = 1272};
    const struct l1t_rate_beam much = {.luminosity = 4e34}, nothing = {0};
    const struct l1t_pileup_fit bend = parabola(3.1);
    struct l1t_pileup_fit bad = parabola(1);
    bad.chi2 = 200;
    factor(L1T_SCALE_LINEAR, &from, &more, &bend, 0,
           "the fit against pile-up has a term in mu^2 of 3.1 sigma: not linear");
    factor(L1T_SCALE_MU, &from, &more, &bend, 0, "term in mu^2 of 3.1 sigma");
    L1T_ASSERT_NEAR(
        factor(L1T_SCALE_BUNCHES, &from, &more, NULL, 0, "the pile-up changes from 50 to 55"), 1,
        1e-14);
    // Half of the bunches and the same luminosity is twice the pile-up.
    const struct l1t_rate_beam dense = {.luminosity = 2e34, .bunches = 1272};
    L1T_ASSERT_NEAR(
        factor(L1T_SCALE_MU, &from, &dense, NULL, 0, "the bunches change from 2544 to 1272"), 2,
        1e-14);
    // No luminosity given: half of the bunches, each as it was.
    L1T_ASSERT_NEAR(factor(L1T_SCALE_LINEAR, &from, &fewer, &bend, 0, NULL), 0.5, 1e-14);
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, NULL, 0, "no slope");
    // R'/R of 100 mu + 3.1 mu^2 at 52.5 is 0.0309 +- 0.002
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, &bend, 0.05, "k is 0.05 but the fit");
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, &bend, 0.0309, NULL);
    // Its error by the derivatives of (100 + 2 b mu) / (100 mu + b mu^2) in both coefficients, of
    // which each has an error of 1: no factor within two of them is questioned.
    const double m = 52.5, r = 100 * m + 3.1 * m * m, d = 100 + 6.2 * m;
    const double err = hypot((1 - d / r * m) / r, (2 * m - d / r * m * m) / r);
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, &bend, d / r + 1.9 * err, NULL);
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, &bend, d / r - 1.9 * err, NULL);
    factor(L1T_SCALE_EXPONENTIAL, &from, &more, &bend, d / r + 2.2 * err, "but the fit");
    factor(L1T_SCALE_FIT, &from, &more, NULL, 0, "there is no fit");
    factor(L1T_SCALE_FIT, &from, &much, &bend, 0, "pile-up 100 is outside of the fit's 20 to 70");
    factor(L1T_SCALE_FIT, &from, &more, &bad, 0, "chi2 200 for 49");
    for (enum l1t_scaling s = 0; s < L1T_SCALINGS; s++)
        CU_ASSERT(isnan(factor(s, &nothing, &more, NULL, 0.05, "given")) || s == L1T_SCALE_FIT);
}

L1T_TEST_MAIN("beam", {"pile-up follows from luminosity", pile_up_follows_from_luminosity},
              {"zero bias is a share of the crossings", zero_bias_is_a_share_of_the_crossings},
              {"sections count the time", sections_count_the_time},
              {"cross-sections go with luminosity", cross_sections_go_with_luminosity},
              {"what cannot be normalised is refused", what_cannot_be_normalised_is_refused},
              {"errors are binomial", errors_are_binomial},
              {"weights have their own error", weights_have_their_own_error},
              {"nothing seen has limits", nothing_seen_has_limits},
              {"efficiencies are Clopper-Pearson", efficiencies_are_clopper_pearson},
              {"scalings are their formulas", scalings_are_their_formulas},
              {"scalings say why not", scalings_say_why_not})
