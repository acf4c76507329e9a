// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings of independent processes: laws, coincidences, and independence of how they are cut up.
// Statistical tests have fixed seeds; the stated false-alarm probabilities are those of a random
// one.
#include "l1t/processes.h"

#include "l1t_test.h"

#include <gsl/gsl_cdf.h>

static const struct l1t_beam beam = {2.0e34, 52, 11245.6, 2544};

// Much higher rates than real ones, so that coincidences are common enough to be tested.
static const struct l1t_process_spec busy[] = {
    {"pair", 2, {{L1T_MUON, 15, 15, 0.07}, {L1T_MUON, 7, 7, 0.08}}, 900, 0, 0},
    {"mixed", 2, {{L1T_MUON, 18, 18, 0.07}, {L1T_TAU, 24, 24, 0.04}}, 500, 0, 0},
    {"muon", 1, {{L1T_MUON, 20, 27, 0.07}}, 3000, 0, 0x3},
    {"jet", 1, {{L1T_JET, 140, 200, 0.02}}, 2000, 0, 0},
};
enum { n_busy = 4, n_crossings = 4000000 };

static void the_beam_has_its_crossings(void)
{
    L1T_ASSERT_NEAR(l1t_crossing_rate_hz(&beam), 28608806.4, 1e-15);
}

static void includes_leave_the_published_single_rate(void)
{
    struct l1t_processes p;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_processes_init(&p, &beam, busy, n_busy, &diag), diag);
    for (double t = 20; t < 80; t += 3.5) {
        const unsigned c = l1t_threshold_code(t);
        const double pair = 1 - (1 - p.process[0].tail[0][c]) * (1 - p.process[0].tail[1][c]);
        const double sum = 900 * pair + 500 * p.process[1].tail[0][c] +
                           p.process[2].own_khz * p.process[2].tail[0][c];
        L1T_ASSERT_NEAR(sum, 3000 * exp(-0.07 * (t - 20)), 1e-11);
    }
    CU_ASSERT_TRUE(p.process[2].own_khz > 0 && p.process[2].own_khz < 3000);
    l1t_processes_free(&p);
}

static struct l1t_crossings x;

// Each object's leading and second code, counted, against the product of the processes' laws.
static void codes_follow_the_closed_form(void)
{
    struct l1t_processes p;
    CU_ASSERT_EQUAL_FATAL(l1t_processes_init(&p, &beam, busy, n_busy, NULL), L1T_OK);
    const unsigned cuts[] = {40, 44, 50, 60, 80};
    double lead[5] = {0}, nonempty = 0, taus = 0, both = 0;
    for (uint64_t e = 0; e < n_crossings; e += L1T_BATCH) {
        l1t_crossings_make(&p, 42, e, L1T_BATCH, &x);
        nonempty += (double)x.n;
        for (size_t i = 0; i < x.n; i++) {
            CU_ASSERT_TRUE(x.second[L1T_MUON][i] <= x.leading[L1T_MUON][i]);
            for (int k = 0; k < 5; k++)
                lead[k] += x.leading[L1T_MUON][i] >= cuts[k];
            taus += x.leading[L1T_TAU][i] >= 48;
            both += x.leading[L1T_TAU][i] >= 48 && x.leading[L1T_JET][i] >= 280;
        }
    }
    const double n = ceil((double)n_crossings / L1T_BATCH) * L1T_BATCH;
    const double p_tau = p.process[1].probability;
    const double want[3] = {p.any, p_tau, p_tau * p.process[3].probability};
    const double got[3] = {nonempty, taus, both};
    for (int k = 0; k < 3; k++) { // 5 standard deviations: 6e-7 each
        const double pull = (got[k] - n * want[k]) / sqrt(n * want[k] * (1 - want[k]));
        L1T_CHECK(fabs(pull) < 5, "count %d: pull %.2f", k, pull);
    }
    for (int k = 0; k < 5; k++) {
        double none = 1;
        for (int m = 0; m < 3; m++) {
            double quiet = 1;
            for (size_t l = 0; l < busy[m].n_legs; l++)
                if (busy[m].leg[l].object == L1T_MUON)
                    quiet *= 1 - p.process[m].tail[l][cuts[k]];
            none *= 1 - p.process[m].probability * (1 - quiet);
        }
        const double pull = (lead[k] - n * (1 - none)) / sqrt(n * (1 - none) * none);
        L1T_CHECK(fabs(pull) < 5, "muon cut %u: pull %.2f", cuts[k], pull);
    }
    l1t_processes_free(&p);
}

// Chi-square of the jets' codes, which only one process makes; false alarm 1e-6.
static void codes_of_a_lone_process_are_exponential(void)
{
    struct l1t_processes p;
    CU_ASSERT_EQUAL_FATAL(l1t_processes_init(&p, &beam, busy, n_busy, NULL), L1T_OK);
    static double seen[L1T_CODES];
    double all = 0, chi2 = 0, want = 0, got = 0;
    int cells = 0;
    for (uint64_t e = 0; e < n_crossings; e += L1T_BATCH) {
        l1t_crossings_make(&p, 43, e, L1T_BATCH, &x);
        for (size_t i = 0; i < x.n; i++) {
            seen[x.leading[L1T_JET][i]]++;
            all += x.leading[L1T_JET][i] > 0;
        }
    }
    for (size_t c = 1; c < L1T_CODES; c++) {
        want += all * p.process[3].pmf[0][c];
        got += seen[c];
        if (want >= 10) {
            chi2 += (got - want) * (got - want) / want;
            want = got = 0;
            cells++;
        }
    }
    L1T_CHECK(gsl_cdf_chisq_Q(chi2, cells - 1) > 1e-6, "chi2 %g of %d cells", chi2, cells);
    l1t_processes_free(&p);
}

static void any_cut_of_the_range_gives_the_same_crossings(void)
{
    struct l1t_processes p;
    static struct l1t_crossings part;
    CU_ASSERT_EQUAL_FATAL(l1t_processes_init(&p, &beam, busy, n_busy, NULL), L1T_OK);
    l1t_crossings_make(&p, 7, 1001, 3000, &x);
    CU_ASSERT_TRUE(x.n > 300);
    size_t at = 0;
    for (uint64_t first = 1001; first < 4001;) {
        const uint64_t size = first % 61 + 1;
        const size_t n = first + size > 4001 ? (size_t)(4001 - first) : (size_t)size;
        l1t_crossings_make(&p, 7, first, n, &part);
        for (size_t i = 0; i < part.n; i++, at++) {
            CU_ASSERT_EQUAL_FATAL(part.number[i], x.number[at]);
            for (int o = 0; o < L1T_OBJECTS; o++) {
                CU_ASSERT_EQUAL(part.leading[o][i], x.leading[o][at]);
                CU_ASSERT_EQUAL(part.second[o][i], x.second[o][at]);
            }
        }
        first += n;
    }
    CU_ASSERT_EQUAL(at, x.n);
    l1t_processes_free(&p);
}

static void refuses_what_cannot_be_bad(void)
{
    struct l1t_processes p;
    struct l1t_diag diag = {""};
    struct l1t_process_spec s[2] = {busy[0], busy[2]};
    s[1].includes = 1;
    s[1].rate_khz = 100; // less than the pairs alone give
    CU_ASSERT_EQUAL(l1t_processes_init(&p, &beam, s, 2, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "muon: at 20 GeV the processes it includes give");
    s[1].includes = 2;
    CU_ASSERT_EQUAL(l1t_processes_init(&p, &beam, s, 2, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "muon: may only include processes listed before it");
    s[0].leg[1].from_gev = 7.3;
    CU_ASSERT_EQUAL(l1t_processes_init(&p, &beam, s, 1, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag,
                    "pair: muon threshold 7.3 GeV; must be a multiple of 0.5 GeV up to 255.5 GeV");
    s[0] = busy[0];
    s[0].rate_khz = 20000;
    CU_ASSERT_EQUAL(l1t_processes_init(&p, &beam, s, 1, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "pair: 2e+04 kHz is too much for 2.861e+04 kHz of");
    CU_ASSERT_EQUAL(l1t_processes_init(&p, &beam, s, 0, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "0 processes; 1 to 32");
}

L1T_TEST_MAIN("processes", {"the_beam_has_its_crossings", the_beam_has_its_crossings},
              {"includes_leave_the_published_single_rate",
               includes_leave_the_published_single_rate},
              {"codes_follow_the_closed_form", codes_follow_the_closed_form},
              {"codes_of_a_lone_process_are_exponential", codes_of_a_lone_process_are_exponential},
              {"any_cut_of_the_range_gives_the_same_crossings",
               any_cut_of_the_range_gives_the_same_crossings},
              {"refuses_what_cannot_be_bad", refuses_what_cannot_be_bad})
