// SPDX-License-Identifier: GPL-3.0-or-later
// Random words against the Random123 headers, and alias tables against their weights.
#include "l1t/rng.h"
#include "l1t_test.h"

// Third-party inline code, under its own warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <Random123/threefry.h>
#pragma GCC diagnostic pop

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

// The generator's published known-answer vectors (Random123, kat_vectors, threefry4x32 20).
static void gives_the_published_vectors(void)
{
    static const struct {
        uint32_t counter[4], key[4], out[4];
    } kat[] = {
        {{0, 0, 0, 0}, {0, 0, 0, 0}, {0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89},
         {0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84}},
    };
    for (size_t i = 0; i < sizeof kat / sizeof kat[0]; i++) {
        uint32_t out[4];
        l1t_threefry4x32(kat[i].key, kat[i].counter, out);
        CU_ASSERT_EQUAL(memcmp(out, kat[i].out, sizeof out), 0);
    }
}

static void oracle(uint64_t seed, uint32_t stream, uint64_t event, uint32_t block, uint32_t out[4])
{
    const threefry4x32_ctr_t c = {{(uint32_t)event, (uint32_t)(event >> 32), block, 0}};
    const threefry4x32_key_t k = {{(uint32_t)seed, (uint32_t)(seed >> 32), stream, 0}};
    const threefry4x32_ctr_t r = threefry4x32(c, k);
    memcpy(out, r.v, 4 * sizeof out[0]);
}

static void agrees_with_random123(void)
{
    uint64_t state = 1;
    for (int i = 0; i < 10000; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
        const uint64_t seed = state ^ (state >> 29);
        const uint32_t stream = (uint32_t)(state >> 7) % 100;
        uint32_t want[4], got[4];
        oracle(seed, stream, state, (uint32_t)i, want);
        l1t_rng_words(seed, stream, state, (uint32_t)i, got);
        CU_ASSERT_EQUAL_FATAL(memcmp(want, got, sizeof want), 0);
    }
}

// Batches that start anywhere, have odd lengths, and cross the 2^32 boundary of the event number.
static void batch_gives_the_words_of_each_event(void)
{
    enum { most = 300 };
    static const uint64_t starts[] = {0, 1, 12345, (UINT64_C(1) << 32) - 100, UINT64_MAX / 3};
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++) {
        for (size_t n = 0; n < most; n = n * 2 + 1) {
            uint32_t w[4][most];
            l1t_rng_batch(77, L1T_STREAM_TEST, starts[s], 3, n, w[0], w[1], w[2], w[3]);
            for (size_t i = 0; i < n; i++) {
                uint32_t one[4];
                l1t_rng_words(77, L1T_STREAM_TEST, starts[s] + i, 3, one);
                for (int j = 0; j < 4; j++)
                    CU_ASSERT_EQUAL_FATAL(w[j][i], one[j]);
            }
        }
    }
}

static void uniforms_are_never_zero_or_one(void)
{
    CU_ASSERT_EQUAL(l1t_rng_uniform(0, 0), 0x1p-53);
    CU_ASSERT_EQUAL(l1t_rng_uniform(UINT32_MAX, UINT32_MAX), 1 - 0x1p-53);
    CU_ASSERT_EQUAL(l1t_rng_uniform(UINT32_C(1) << 31, 0), 0.5 + 0x1p-53);
}

static void alias_realises_each_weight_within_a_grain(void)
{
    enum { most = 2048 };
    static double weight[most];
    for (size_t n = 1; n <= most; n = n < 20 ? n + 1 : n * 2 - 3) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += weight[i] = i % 7 == 3 ? 0 : exp(-0.01 * (double)i) / (double)(1 + i % 5);
        struct l1t_alias alias;
        CU_ASSERT_EQUAL_FATAL(l1t_alias_init(&alias, weight, n), 0);
        double total = 0;
        for (uint32_t c = 0; c < (uint32_t)1 << alias.bits; c++) {
            const double want = c < n ? weight[c] / sum : 0;
            const double p = l1t_alias_probability(&alias, c);
            CU_ASSERT_TRUE(fabs(p - want) <= 1.01 * 0x1p-32 && (want > 0 || p == 0));
            total += p;
        }
        CU_ASSERT_EQUAL(total, 1);
        l1t_alias_free(&alias);
    }
}

// A short word walked exhaustively would take 2^32 draws; the ends of each slot decide instead.
static void alias_draw_agrees_with_its_table_at_slot_ends(void)
{
    const double weight[] = {0.5, 0.25, 0, 0.2, 0.05};
    struct l1t_alias alias;
    CU_ASSERT_EQUAL_FATAL(l1t_alias_init(&alias, weight, 5), 0);
    CU_ASSERT_EQUAL(alias.bits, 3);
    for (uint32_t k = 0; k < 8; k++) {
        const uint32_t kept = alias.entry[k] >> 3;
        const uint32_t other = alias.entry[k] & 7;
        if (kept > 0) {
            CU_ASSERT_EQUAL(l1t_alias_draw(&alias, k << 29), k);
            CU_ASSERT_EQUAL(l1t_alias_draw(&alias, (k << 29) + kept - 1), k);
        }
        CU_ASSERT_EQUAL(l1t_alias_draw(&alias, (k << 29) + kept), other);
        CU_ASSERT_EQUAL(l1t_alias_draw(&alias, (k << 29) + (UINT32_C(1) << 29) - 1), other);
    }
    l1t_alias_free(&alias);
}

// Chi-square of 10^6 draws; false-alarm probability 1e-6 for the fixed seed, were it random.
static void alias_draws_follow_the_weights(void)
{
    enum { n = 512, draws = 1000000 };
    static double weight[n], count[n];
    static uint32_t w[4][draws / 4];
    for (int i = 0; i < n; i++)
        weight[i] = 1 + i % 17;
    struct l1t_alias alias;
    CU_ASSERT_EQUAL_FATAL(l1t_alias_init(&alias, weight, n), 0);
    l1t_rng_batch(1, L1T_STREAM_TEST, 0, 0, draws / 4, w[0], w[1], w[2], w[3]);
    for (size_t i = 0; i < draws; i++)
        count[l1t_alias_draw(&alias, w[i % 4][i / 4])]++;
    double chi2 = 0;
    for (uint32_t c = 0; c < n; c++) {
        const double want = draws * l1t_alias_probability(&alias, c);
        chi2 += (count[c] - want) * (count[c] - want) / want;
    }
    CU_ASSERT_TRUE(gsl_cdf_chisq_Q(chi2, n - 1) > 1e-6);
    l1t_alias_free(&alias);
}

static void refuses_weights_that_are_no_law_bad(void)
{
    struct l1t_alias alias;
    CU_ASSERT_EQUAL(l1t_alias_init(&alias, (double[]){0, 0}, 2), -1);
    CU_ASSERT_EQUAL(l1t_alias_init(&alias, (double[]){1, -1}, 2), -1);
    CU_ASSERT_EQUAL(l1t_alias_init(&alias, (double[]){1, NAN}, 2), -1);
    CU_ASSERT_EQUAL(l1t_alias_init(&alias, (double[]){1, INFINITY}, 2), -1);
    CU_ASSERT_EQUAL(l1t_alias_init(&alias, (double[]){1}, 0), -1);
    CU_ASSERT_PTR_NULL(alias.entry);
}

L1T_TEST_MAIN("rng", {"gives_the_published_vectors", gives_the_published_vectors},
              {"agrees_with_random123", agrees_with_random123},
              {"batch_gives_the_words_of_each_event", batch_gives_the_words_of_each_event},
              {"uniforms_are_never_zero_or_one", uniforms_are_never_zero_or_one},
              {"alias_realises_each_weight_within_a_grain",
               alias_realises_each_weight_within_a_grain},
              {"alias_draw_agrees_with_its_table_at_slot_ends",
               alias_draw_agrees_with_its_table_at_slot_ends},
              {"alias_draws_follow_the_weights", alias_draws_follow_the_weights},
              {"refuses_weights_that_are_no_law_bad", refuses_weights_that_are_no_law_bad})
