// SPDX-License-Identifier: GPL-3.0-or-later
// Counters of bits and of pairs of bits against loops; Gauss-Legendre rules against integrals.
#include "l1t/rng.h"
#include "l1t_test.h"
#include "rate/tally_internal.h"

enum { N = 4096 };

static uint64_t word[N][L1T_GT_WORDS];

// Each bit with a probability of its own, from never to always.
static void fill(uint64_t seed, size_t n)
{
    memset(word, 0, sizeof word);
    for (size_t e = 0; e < n; e++)
        for (uint32_t block = 0; block < L1T_GT_ALGORITHMS / 4; block++) {
            uint32_t r[4];
            l1t_rng_words(seed, L1T_STREAM_TEST, e, block, r);
            for (unsigned i = 0; i < 4; i++) {
                const unsigned b = 4 * block + i;
                word[e][b / 64] |= (uint64_t)((r[i] & 511) < 512 * (b % 17) / 16) << b % 64;
            }
        }
}

static bool is_set(size_t e, unsigned b)
{
    return (word[e][b / 64] >> b % 64 & 1) != 0;
}

static const uint64_t (*words(void))[L1T_GT_WORDS]
{
    return (const uint64_t(*)[L1T_GT_WORDS])word;
}

static void counts_bits_by_position(void)
{
    static const size_t some[] = {0, 1, 2, 15, 16, 17, 100, 1024, 4095, 4096};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        uint32_t count[L1T_GT_ALGORITHMS];
        fill(k, some[k]);
        l1t_tally_positional(words(), some[k], count);
        for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++) {
            uint32_t n = 0;
            for (size_t e = 0; e < some[k]; e++)
                n += is_set(e, b);
            L1T_CHECK(count[b] == n, "%zu words, bit %u: %u, expected %u", some[k], b, count[b], n);
        }
    }
}

static void counts_pairs(void)
{
    static const size_t some[] = {1, 64, 65, 777, 4096};
    struct l1t_tally_spec spec = {.n_columns = 1};
    struct tally_plan plan;
    struct l1t_diag diag;
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b += 7)
        spec.bit[spec.n_algorithms++] = (uint16_t)b;
    const size_t n = spec.n_algorithms;
    uint32_t *pair = calloc(n * n, sizeof *pair);
    uint64_t *mask = calloc(L1T_GT_ALGORITHMS, N / 8);
    CU_ASSERT_EQUAL_FATAL(l1t_tally_plan_make(&spec, 1, &plan, &diag), L1T_OK);
    for (size_t k = 0; pair != NULL && mask != NULL && k < sizeof some / sizeof *some; k++) {
        size_t wrong = 0;
        fill(100 + k, some[k]);
        for (size_t i = 0; i < n * n; i++)
            pair[i] = (uint32_t)i; // it adds
        l1t_tally_pairs(&plan, words(), some[k], mask, pair);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                uint32_t both = (uint32_t)(i * n + j);
                for (size_t e = 0; j > i && e < some[k]; e++)
                    both += is_set(e, spec.bit[i]) && is_set(e, spec.bit[j]);
                wrong += pair[i * n + j] != both;
            }
        L1T_ASSERT_INT(wrong, 0);
    }
    l1t_tally_plan_free(&plan);
    free(pair);
    free(mask);
}

// n nodes integrate t^(2n - 1) exactly, and not t^(2n).
static void rules_are_exact_to_their_degree(void)
{
    static const size_t some[] = {1, 2, 3, 7, 24, 100, 255, 256};
    struct l1t_gauss gauss;
    CU_ASSERT_EQUAL_FATAL(l1t_gauss_init(&gauss), 0);
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        const size_t n = some[k];
        const double *t = l1t_gauss_rule(&gauss, n), *weight = t + n;
        for (size_t degree = 0; degree <= 2 * n - 1; degree += 1 + degree / 3) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += weight[i] * pow(t[i], (double)degree);
            L1T_ASSERT_NEAR(sum, 1 / (double)(degree + 1), 1e-12);
        }
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += weight[i] * pow(t[i], (double)(2 * n));
        if (n <= 3)
            CU_ASSERT_TRUE(fabs(sum * (double)(2 * n + 1) - 1) > 1e-3);
    }
    l1t_gauss_free(&gauss);
}

// Squares of weights and factors as large as they may be, many times.
static void sums_do_not_overflow(void)
{
    struct tally_sum one = {0}, sum = {0};
    const l1t_int128 w = (l1t_int128)UINT32_MAX << 35,
                     w2 = (l1t_int128)UINT32_MAX * UINT32_MAX << 35;
    tally_sum_share(&one, (int64_t)L1T_SHARE_ONE, 1, w, w2);
    for (unsigned i = 0; i < 1000; i++)
        tally_sum_merge(&sum, &one);
    const struct l1t_sum read = tally_sum_read_share(&sum, 1);
    L1T_ASSERT_INT(read.n, 1000);
    L1T_ASSERT_NEAR(read.w, 1000 * ldexp(UINT32_MAX, 35), 1e-15);
    L1T_ASSERT_NEAR(read.w2, 1000 * ldexp((double)UINT32_MAX * UINT32_MAX, 35), 1e-15);
}

L1T_TEST_MAIN("tally counters", {"counts bits by position", counts_bits_by_position},
              {"counts pairs", counts_pairs},
              {"rules are exact to their degree", rules_are_exact_to_their_degree},
              {"sums do not overflow", sums_do_not_overflow})
