// SPDX-License-Identifier: GPL-3.0-or-later
// Bootstrap of the accounting: its sums are the accounting's, its spread is that of the formula
// where there is one, its bytes do not depend on order and threads.
#include "l1t/classify.h"
#include "l1t/rng.h"
#include "l1t/tally_bootstrap.h"
#include "l1t_test.h"
#include "rate/poisson.h"
#include "tally_random.h"

static const double unit = 0.5;

enum { BLOCKS = 5, STATISTICS = 70, REPLICAS = 2000 };

static struct tally_random_spec random_spec;
static struct l1t_decided *block[BLOCKS];
static struct l1t_statistic statistic[STATISTICS];

static struct l1t_words *new_words(size_t most)
{
    struct l1t_words *words = NULL;
    struct l1t_diag diag;
    if (l1t_words_open(&random_spec.spec, unit, most, &words, &diag) != L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        abort();
    }
    return words;
}

static void add(struct l1t_words *words, size_t i)
{
    struct l1t_diag diag;
    CU_ASSERT_EQUAL(l1t_words_add(words, block[i], &diag), L1T_OK);
}

// Few algorithms, so that many crossings decide the same.
static void make(uint64_t seed, enum tally_weights weights)
{
    static const size_t n[BLOCKS] = {900, 1, 300, 2000, 50};
    uint64_t first = 10;
    tally_random_spec(seed, false, &random_spec);
    random_spec.spec.n_algorithms = 12;
    for (size_t i = 0; i < BLOCKS; i++) {
        block[i] = tally_random_block(seed, first, n[i], 12, weights);
        first += n[i];
    }
    for (size_t k = 0; k < STATISTICS; k++)
        statistic[k] = (struct l1t_statistic){(enum l1t_statistic_kind)(k % 3),
                                              k / 3 % TALLY_RANDOM_COLUMNS, k % 12};
}

static void unmake(void)
{
    for (size_t i = 0; i < BLOCKS; i++)
        tally_random_block_free(block[i]);
}

static void resample(const struct l1t_words *words, size_t replicas, unsigned threads,
                     double *value, double *replica)
{
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(l1t_words_resample(words, statistic, STATISTICS, replicas, 99, threads, value,
                                       replica, &diag),
                    L1T_OK);
}

// ---- Poisson numbers ----

// Mean, variance and third moment of n numbers; six standard deviations each: one false alarm in
// 1e8.
static void check_moments(double mean)
{
    enum { N = 40000 };
    double sum = 0, squares = 0, cubes = 0;
    for (uint32_t i = 0; i < N; i++) {
        const double d =
            (double)l1t_poisson(mean, 4, L1T_STREAM_TEST, 17 + (uint64_t)mean, i) - mean;
        sum += d;
        squares += d * d;
        cubes += d * d * d;
    }
    // Variances of the averages of d, d^2, d^3 from the central moments of the law.
    const double m = mean, v2 = m + 2 * m * m, v3 = m + 24 * m * m + 15 * m * m * m;
    L1T_CHECK(fabs(sum / N) < 6 * sqrt(m / N), "mean %g: off by %g", mean, sum / N);
    L1T_CHECK(fabs(squares / N - m) < 6 * sqrt(v2 / N), "mean %g: variance %g", mean, squares / N);
    L1T_CHECK(fabs(cubes / N - m) < 6 * sqrt(v3 / N), "mean %g: third moment %g", mean, cubes / N);
}

static void poisson_numbers_follow_their_law(void)
{
    static const double means[] = {0.1, 1, 2, 9, 9.99, 10, 11, 30, 300, 1e4, 1e6, 1e9};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++)
        check_moments(means[i]);
}

// Probabilities one by one, at both methods' sides of their border; chi-squared of 30 cells below
// 80 (one false alarm in 1e6).
static void poisson_numbers_have_their_probabilities(void)
{
    static const double means[] = {3, 9.5, 10, 14};
    enum { N = 1000000, CELLS = 31 };
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        double count[CELLS] = {0}, chi2 = 0, p = exp(-means[i]), left = 1;
        for (uint32_t k = 0; k < N; k++) {
            const uint64_t x = l1t_poisson(means[i], 5, L1T_STREAM_TEST, i, k);
            count[x < CELLS - 1 ? x : CELLS - 1]++;
        }
        for (size_t k = 0; k < CELLS; k++) {
            const double expected = N * (k < CELLS - 1 ? p : left);
            if (expected > 5)
                chi2 += (count[k] - expected) * (count[k] - expected) / expected;
            left -= p;
            p *= means[i] / (double)(k + 1);
        }
        L1T_CHECK(chi2 < 80, "mean %g: chi-squared %g", means[i], chi2);
    }
}

// ---- replicas ----

static struct l1t_sum tallied(const struct l1t_tally *t, const struct l1t_statistic *s)
{
    if (s->kind == L1T_STATISTIC_TOTAL)
        return l1t_tally_total(t, L1T_TALLY_EXPECTED, s->column);
    return s->kind == L1T_STATISTIC_PURE
               ? l1t_tally_pure(t, L1T_TALLY_EXPECTED, s->column, s->algorithm)
               : l1t_tally_proportional(t, L1T_TALLY_EXPECTED, s->column, s->algorithm);
}

// Spread of 2000 replicas: good to 1.6 %, more where a few large weights make it; ten percent.
static void check_spread(double *column, size_t n, struct l1t_sum sum, size_t k)
{
    struct l1t_bootstrap b;
    double mean = 0;
    for (size_t r = 0; r < n; r++)
        mean += column[r] / (double)n;
    l1t_bootstrap_describe(column, n, 0.68, &b);
    const double error = sqrt(sum.w2);
    L1T_CHECK(fabs(mean - sum.w) <= 6 * error / sqrt((double)n),
              "statistic %zu: mean %g of %g +- %g", k, mean, sum.w, error);
    L1T_CHECK(fabs(b.standard_error - error) <= 0.1 * error, "statistic %zu: spread %g, not %g", k,
              b.standard_error, error);
}

static void spread_is_that_of_the_formula(void)
{
    static double replica[REPLICAS][STATISTICS], column[REPLICAS];
    double value[STATISTICS];
    make(500, TALLY_UNWEIGHTED);
    struct l1t_words *words = new_words(100000);
    struct l1t_tally *tally = NULL;
    struct l1t_diag diag;
    const uint64_t before[L1T_GT_ALGORITHMS] = {0};
    CU_ASSERT_EQUAL_FATAL(l1t_tally_open(&random_spec.spec, unit, &tally, &diag), L1T_OK);
    for (size_t i = 0; i < BLOCKS; i++) {
        add(words, i);
        l1t_tally_add(tally, block[i], before);
    }
    resample(words, REPLICAS, 2, value, replica[0]);
    for (size_t k = 0; k < STATISTICS; k++) {
        const struct l1t_sum sum = tallied(tally, &statistic[k]);
        L1T_CHECK(value[k] == sum.w, "statistic %zu: %.17g, expected %.17g", k, value[k], sum.w);
        for (size_t r = 0; r < REPLICAS; r++)
            column[r] = replica[r][k];
        check_spread(column, REPLICAS, sum, k);
    }
    CU_ASSERT_TRUE(l1t_words_count(words) < 2500); // several crossings are one entry
    l1t_words_close(words);
    l1t_tally_close(tally);
    unmake();
}

// Weights, also negative ones: the difference of two columns' totals, replica by replica, has the
// spread of w^2 (x_A - x_B)^2.
static void differences_are_correlated(void)
{
    static double replica[REPLICAS][STATISTICS], column[REPLICAS];
    static struct tally_random_spec other;
    double value[STATISTICS];
    const uint64_t before[L1T_GT_ALGORITHMS] = {0};
    struct l1t_tally_diff *diff = NULL;
    struct l1t_diag diag;
    make(501, TALLY_WEIGHTED);
    random_spec.spec.focus = 0;
    other = random_spec;
    other.spec.focus = 1;
    struct l1t_words *words = new_words(100000);
    CU_ASSERT_EQUAL_FATAL(
        l1t_tally_diff_open(&random_spec.spec, &other.spec, NULL, 0, unit, &diff, &diag), L1T_OK);
    for (size_t i = 0; i < BLOCKS; i++) {
        add(words, i);
        l1t_tally_diff_add(diff, block[i], before, block[i], before);
    }
    resample(words, REPLICAS, 1, value, replica[0]);
    const struct l1t_delta delta = l1t_tally_diff_total(diff, L1T_TALLY_EXPECTED);
    L1T_ASSERT_NEAR(value[0] - value[3], delta.w, 1e-12); // totals of columns 0 and 1
    for (size_t r = 0; r < REPLICAS; r++)
        column[r] = replica[r][0] - replica[r][3];
    CU_ASSERT_TRUE(delta.w2 > 0);
    check_spread(column, REPLICAS, (struct l1t_sum){0, delta.w, delta.w2}, 0);
    l1t_words_close(words);
    l1t_tally_diff_close(diff);
    unmake();
}

static void same_bytes_in_any_order(void)
{
    enum { FEW = 20 };
    static double whole[FEW][STATISTICS], parts[FEW][STATISTICS];
    double value[2][STATISTICS];
    struct l1t_diag diag;
    make(502, TALLY_WEIGHTED);
    struct l1t_words *words = new_words(100000), *merged = new_words(100000);
    for (size_t i = 0; i < BLOCKS; i++)
        add(words, i);
    for (size_t part = 2; part > 0; part--) {
        struct l1t_words *some = new_words(100000);
        for (size_t i = BLOCKS; i > 0; i--)
            if (i % 2 == part - 1)
                add(some, i - 1);
        CU_ASSERT_EQUAL(l1t_words_merge(merged, some, &diag), L1T_OK);
        l1t_words_close(some);
    }
    resample(words, FEW, 1, value[0], whole[0]);
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        resample(merged, FEW, threads, value[1], parts[0]);
        CU_ASSERT_TRUE(memcmp(whole, parts, sizeof whole) == 0);
        CU_ASSERT_TRUE(memcmp(value[0], value[1], sizeof value[0]) == 0);
    }
    CU_ASSERT_TRUE(memcmp(whole[0], whole[1], sizeof whole[0]) != 0); // replicas differ
    l1t_words_close(words);
    l1t_words_close(merged);
    unmake();
}

static void refuses_what_is_too_much(void)
{
    struct l1t_words *words = NULL;
    struct l1t_diag diag = {""};
    double value[1], replica[1];
    make(503, TALLY_UNWEIGHTED);
    L1T_ASSERT_INT(l1t_words_open(&random_spec.spec, unit, 0, &words, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "bootstrap: 0 distinct decisions, must be 1 .. 4194304");
    words = new_words(5);
    L1T_ASSERT_INT(l1t_words_add(words, block[0], &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "bootstrap: more than 5 distinct decisions by crossing ");
    L1T_ASSERT_INT(l1t_words_count(words), 5);
    L1T_ASSERT_INT(l1t_words_resample(words, statistic, 1, 1000000, 1, 1, value, replica, &diag),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "bootstrap: 1000000 replicas, at most 100000");
    statistic[0].column = 4;
    L1T_ASSERT_INT(l1t_words_resample(words, statistic, 1, 1, 1, 1, value, replica, &diag),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "bootstrap: column 4 of 4, algorithm 0 of 12");
    l1t_words_close(words);
    unmake();
}

L1T_TEST_MAIN("tally bootstrap",
              {"Poisson numbers follow their law", poisson_numbers_follow_their_law},
              {"Poisson numbers have their probabilities",
               poisson_numbers_have_their_probabilities},
              {"spread is that of the formula", spread_is_that_of_the_formula},
              {"differences are correlated", differences_are_correlated},
              {"same bytes in any order", same_bytes_in_any_order},
              {"refuses what is too much", refuses_what_is_too_much})
