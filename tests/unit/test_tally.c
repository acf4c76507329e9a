// SPDX-License-Identifier: GPL-3.0-or-later
// Accounting: against plain loops over random crossings, its invariants, and the same bytes however
// crossings are cut.
#include "l1t_test.h"
#include "tally_random.h"

#include "gt/l1t_gt_final.h"

static const double unit = 0.25;

enum { BLOCKS = 7 };

static struct tally_random_spec random_spec;
static struct tally_plain plain;
static struct l1t_decided *block[BLOCKS];

static struct l1t_tally *new_tally(const struct l1t_tally_spec *spec)
{
    struct l1t_tally *tally = NULL;
    struct l1t_diag diag;
    if (l1t_tally_open(spec, unit, &tally, &diag) != L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        abort();
    }
    return tally;
}

// All of them at most 1600 crossings long, fewer where much fires: the plain loops are slow.
static void make_blocks(uint64_t seed, double fired, enum tally_weights weights)
{
    static const size_t n[BLOCKS] = {400, 1, 37, 700, 2, 300, 160};
    uint64_t first = 1000;
    for (size_t i = 0; i < BLOCKS; i++) {
        const size_t m = fired > 20 ? 1 + n[i] / 8 : n[i];
        block[i] = tally_random_block(seed, first, m, fired, weights);
        first += m;
    }
}

static void free_blocks(void)
{
    for (size_t i = 0; i < BLOCKS; i++)
        tally_random_block_free(block[i]);
}

// Blocks with number % parts == part, backwards when asked for.
static void add_blocks(struct l1t_tally *tally, size_t part, size_t parts, bool backwards)
{
    uint64_t before[BLOCKS + 1][L1T_GT_ALGORITHMS] = {{0}};
    for (size_t i = 0; i < BLOCKS; i++) {
        memcpy(before[i + 1], before[i], sizeof before[i]);
        l1t_tally_requests(tally, block[i], before[i + 1]);
    }
    for (size_t k = 0; k < BLOCKS; k++) {
        const size_t i = backwards ? BLOCKS - 1 - k : k;
        if (i % parts == part)
            l1t_tally_add(tally, block[i], before[i]);
    }
}

// How far sums may be off: exact ones not at all.
struct slack {
    double w, w2;
};

static struct slack fixed_point(void)
{
    struct slack slack = {0, 0};
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t e = 0; e < block[i]->n_fired; e++) {
            const double w = fabs((double)block[i]->fired_weight[e]);
            slack.w += ldexp(w, -40);
            slack.w2 += ldexp(w * w, -39);
        }
    return slack;
}

// Says something only when it is wrong: there are millions of them.
static void near(struct l1t_sum actual, struct l1t_sum expected, struct slack slack,
                 const char *what, size_t i)
{
    const double w = unit * expected.w, w2 = unit * unit * expected.w2;
    if (actual.n != expected.n)
        L1T_CHECK(false, "%s %zu: %llu crossings, expected %llu", what, i,
                  (unsigned long long)actual.n, (unsigned long long)expected.n);
    if (!(fabs(actual.w - w) <= unit * slack.w + 1e-13 * fabs(w)))
        L1T_CHECK(false, "%s %zu: %.17g, expected %.17g", what, i, actual.w, w);
    if (!(fabs(actual.w2 - w2) <= unit * unit * slack.w2 + 1e-12 * w2))
        L1T_CHECK(false, "%s %zu: squares %.17g, expected %.17g", what, i, actual.w2, w2);
}

static void compare_column(const struct l1t_tally *t, const struct l1t_tally_spec *s, size_t c,
                           enum l1t_tally_mode mode)
{
    const struct slack none = {0, 0}, fixed = fixed_point();
    const struct slack slack = mode == L1T_TALLY_EXACT ? none : fixed;
    near(l1t_tally_total(t, mode, c), plain.mode[mode][c].total, slack, "total", c);
    for (size_t i = 0; i < s->n_algorithms; i++) {
        near(l1t_tally_after(t, mode, c, i), plain.mode[mode][c].after[i], slack, "after", i);
        near(l1t_tally_pure(t, mode, c, i), plain.mode[mode][c].pure[i], slack, "pure", i);
        near(l1t_tally_proportional(t, mode, c, i), plain.mode[mode][c].proportional[i], fixed,
             "proportional", i);
    }
    for (size_t k = 0; k < s->n_sets; k++) {
        near(l1t_tally_set_or(t, mode, c, k), plain.mode[mode][c].set_or[k], slack, "set", k);
        near(l1t_tally_set_pure(t, mode, c, k), plain.mode[mode][c].set_pure[k], slack,
             "pure of set", k);
    }
}

static void compare_rest(const struct l1t_tally *t, const struct l1t_tally_spec *s)
{
    const struct slack none = {0, 0};
    near(l1t_tally_all(t), plain.all, none, "all", 0);
    for (unsigned p = 0; p < L1T_TALLY_PILEUPS; p++) {
        near(l1t_tally_pileup_all(t, p), plain.pileup_all[p], none, "all at pile-up", p);
        near(l1t_tally_pileup_total(t, p), plain.pileup_total[p], none, "total at pile-up", p);
    }
    for (size_t i = 0; i < s->n_algorithms; i++) {
        near(l1t_tally_before(t, i), plain.before[i], none, "before", i);
        for (unsigned p = 0; p < L1T_TALLY_PILEUPS; p += 5)
            near(l1t_tally_pileup_before(t, i, p), plain.pileup_before[i][p], none,
                 "before at pile-up", p);
        for (size_t j = 0; j < s->n_algorithms; j++)
            near(l1t_tally_overlap(t, i, j), plain.overlap[i][j], none, "overlap", i);
    }
}

static void check_random(uint64_t seed, bool dense, double fired, enum tally_weights weights)
{
    const struct l1t_tally_spec *s = &random_spec.spec;
    tally_random_spec(seed, dense, &random_spec);
    make_blocks(seed, fired, weights);
    struct l1t_tally *tally = new_tally(s);
    add_blocks(tally, 0, 1, false);
    tally_plain(s, (const struct l1t_decided *const *)block, BLOCKS, &plain);
    compare_rest(tally, s);
    for (size_t c = 0; c < s->n_columns; c++) {
        compare_column(tally, s, c, L1T_TALLY_EXACT);
        compare_column(tally, s, c, L1T_TALLY_EXPECTED);
    }
    l1t_tally_close(tally);
    free_blocks();
}

static void agrees_with_plain_loops(void)
{
    for (uint64_t seed = 0; seed < 12; seed++)
        check_random(seed, false, seed % 3 == 0 ? 20 : 3, TALLY_WEIGHTED);
    for (uint64_t seed = 20; seed < 24; seed++)
        check_random(seed, false, 8, TALLY_UNWEIGHTED);
}

// Hundreds of algorithms, up to a hundred of them at once.
static void agrees_with_plain_loops_when_much_fires(void)
{
    check_random(101, true, 60, TALLY_UNWEIGHTED);
    check_random(102, true, 60, TALLY_WEIGHTED);
    check_random(103, true, 0.6, TALLY_UNWEIGHTED);
}

// ---- invariants ----

static void check_invariants(const struct l1t_tally *t, const struct l1t_tally_spec *s,
                             enum l1t_tally_mode mode, size_t c)
{
    const struct l1t_sum total = l1t_tally_total(t, mode, c);
    const double slack = unit * fixed_point().w * 64;
    double proportional = 0, pure = 0, sum = 0;
    for (size_t i = 0; i < s->n_algorithms; i++) {
        const double own = l1t_tally_pure(t, mode, c, i).w;
        const double share = l1t_tally_proportional(t, mode, c, i).w;
        const double after = l1t_tally_after(t, mode, c, i).w;
        L1T_CHECK(own <= share + slack && share <= after + slack,
                  "algorithm %zu: pure %g, proportional %g, after %g", i, own, share, after);
        pure += own;
        proportional += share;
        sum += (s->finor[s->bit[i] / 64] >> s->bit[i] % 64 & 1) != 0 ? after : 0;
    }
    CU_ASSERT_TRUE(total.w > 0);
    L1T_CHECK(fabs(proportional - total.w) <= slack, "proportional %.12g, total %.12g",
              proportional, total.w);
    L1T_CHECK(pure <= total.w + slack && total.w <= sum + slack, "%g <= %g <= %g", pure, total.w,
              sum);
    for (size_t k = 0; k < s->n_sets; k++) {
        const double of = l1t_tally_set_or(t, mode, c, k).w;
        const double own = l1t_tally_set_pure(t, mode, c, k).w;
        L1T_CHECK(own <= of + slack && of <= total.w + slack, "set %zu: %g <= %g <= %g", k, own, of,
                  total.w);
    }
}

static void invariants_hold(void)
{
    for (uint64_t seed = 40; seed < 44; seed++) {
        tally_random_spec(seed, seed % 2 == 1, &random_spec);
        make_blocks(seed, seed % 2 == 1 ? 40 : 4, TALLY_UNWEIGHTED);
        struct l1t_tally *tally = new_tally(&random_spec.spec);
        add_blocks(tally, 0, 1, false);
        for (size_t c = 0; c < TALLY_RANDOM_COLUMNS; c++) {
            check_invariants(tally, &random_spec.spec, L1T_TALLY_EXACT, c);
            check_invariants(tally, &random_spec.spec, L1T_TALLY_EXPECTED, c);
        }
        l1t_tally_close(tally);
        free_blocks();
    }
}

// A set of everything is the total, and all of it pure.
static void a_set_of_all_is_the_total(void)
{
    tally_random_spec(50, false, &random_spec);
    memset(random_spec.set[1].bits, 0xff, sizeof random_spec.set[1].bits);
    make_blocks(50, 4, TALLY_WEIGHTED);
    struct l1t_tally *tally = new_tally(&random_spec.spec);
    add_blocks(tally, 0, 1, false);
    for (size_t c = 0; c < TALLY_RANDOM_COLUMNS; c++)
        for (int mode = 0; mode < 2; mode++) {
            const struct l1t_sum total = l1t_tally_total(tally, (enum l1t_tally_mode)mode, c);
            const struct l1t_sum of = l1t_tally_set_or(tally, (enum l1t_tally_mode)mode, c, 1);
            const struct l1t_sum own = l1t_tally_set_pure(tally, (enum l1t_tally_mode)mode, c, 1);
            CU_ASSERT_TRUE(total.n == of.n && total.w == of.w && total.w2 == of.w2);
            CU_ASSERT_TRUE(total.n == own.n && total.w == own.w && total.w2 == own.w2);
        }
    l1t_tally_close(tally);
    free_blocks();
}

// ---- the same bytes ----

static void compare_bytes(struct l1t_tally *a, struct l1t_tally *b, const char *what)
{
    size_t size_a, size_b;
    const void *bytes_a = l1t_tally_bytes(a, &size_a), *bytes_b = l1t_tally_bytes(b, &size_b);
    L1T_CHECK(size_a == size_b && memcmp(bytes_a, bytes_b, size_a) == 0, "%s: other bytes", what);
}

static void cut_and_merge(struct l1t_tally *whole, size_t parts)
{
    struct l1t_tally *sum = new_tally(&random_spec.spec);
    for (size_t p = parts; p > 0; p--) {
        struct l1t_tally *part = new_tally(&random_spec.spec);
        size_t size;
        add_blocks(part, p - 1, parts, p % 2 == 0);
        const void *bytes = l1t_tally_bytes(part, &size);
        void *copy = malloc(size); // as it comes from another rank
        if (copy == NULL)
            abort();
        memcpy(copy, bytes, size);
        l1t_tally_close(part);
        l1t_tally_merge(sum, copy);
        free(copy);
    }
    compare_bytes(whole, sum, "parts");
    l1t_tally_close(sum);
}

static void same_bytes_in_any_order(void)
{
    for (uint64_t seed = 60; seed < 63; seed++) {
        tally_random_spec(seed, seed == 60, &random_spec);
        make_blocks(seed, seed == 60 ? 30 : 3, seed == 61 ? TALLY_UNWEIGHTED : TALLY_WEIGHTED);
        struct l1t_tally *whole = new_tally(&random_spec.spec);
        struct l1t_tally *backwards = new_tally(&random_spec.spec);
        add_blocks(whole, 0, 1, false);
        add_blocks(backwards, 0, 1, true);
        compare_bytes(whole, backwards, "backwards");
        cut_and_merge(whole, 1);
        cut_and_merge(whole, 2);
        cut_and_merge(whole, 7);
        l1t_tally_close(whole);
        l1t_tally_close(backwards);
        free_blocks();
    }
}

// A live tally is merged as its bytes are, and read between two merges.
static void merges_live_tallies(void)
{
    tally_random_spec(65, false, &random_spec);
    make_blocks(65, 3, TALLY_WEIGHTED);
    struct l1t_tally *whole = new_tally(&random_spec.spec), *sum = new_tally(&random_spec.spec);
    add_blocks(whole, 0, 1, false);
    for (size_t p = 0; p < 3; p++) {
        struct l1t_tally *part = new_tally(&random_spec.spec);
        add_blocks(part, p, 3, false);
        l1t_tally_merge(sum, part);
        const double w = l1t_tally_total(sum, L1T_TALLY_EXPECTED, 0).w;
        CU_ASSERT_TRUE(w != 0);
        l1t_tally_close(part);
    }
    compare_bytes(whole, sum, "merged");
    l1t_tally_close(whole);
    l1t_tally_close(sum);
    free_blocks();
}

// More distinct words than wait at a time, and blocks of full length.
static void same_bytes_of_many_words(void)
{
    enum { LONG = 4096 };
    struct l1t_tally *tally[2];
    uint64_t before[3][L1T_GT_ALGORITHMS] = {{0}};
    struct l1t_decided *full[2];
    double share = 0;
    tally_random_spec(67, false, &random_spec);
    for (size_t i = 0; i < 2; i++) {
        tally[i] = new_tally(&random_spec.spec);
        full[i] = tally_random_block(67, i * LONG, LONG, 12, TALLY_UNWEIGHTED);
        memcpy(before[i + 1], before[i], sizeof before[i]);
        l1t_tally_requests(tally[i], full[i], before[i + 1]);
    }
    for (size_t i = 0; i < 4; i++)
        l1t_tally_add(tally[i / 2], full[i % 2 ^ i / 2], before[i % 2 ^ i / 2]);
    compare_bytes(tally[0], tally[1], "many words");
    for (size_t i = 0; i < random_spec.spec.n_algorithms; i++)
        share += l1t_tally_proportional(tally[0], L1T_TALLY_EXPECTED, 0, i).w;
    L1T_ASSERT_NEAR(share, l1t_tally_total(tally[0], L1T_TALLY_EXPECTED, 0).w, 1e-9);
    for (size_t i = 0; i < 2; i++) {
        l1t_tally_close(tally[i]);
        tally_random_block_free(full[i]);
    }
}

// ---- prescales ----

// What one algorithm with a prescale keeps of n requests in a row, in blocks of `step`.
static const char *sequence(uint32_t factor, size_t n, size_t step)
{
    static char text[64];
    struct l1t_tally_spec spec = {.n_algorithms = 1, .n_columns = 1, .bit = {70}};
    uint64_t requests[L1T_GT_ALGORITHMS] = {0};
    spec.factor[0][70] = factor;
    struct l1t_tally *tally = new_tally(&spec);
    for (size_t i = 0; i < n; i += step) {
        uint16_t offset[8] = {0}, crossing[8] = {0};
        uint64_t bits[8][L1T_GT_WORDS] = {{0}};
        int64_t weight[8] = {1, 16, 256, 4096}; // a digit for each crossing
        uint8_t pileup[8] = {0};
        struct l1t_decided b = {.n_fired = step,
                                .offset = offset,
                                .bits = bits,
                                .fired_weight = weight,
                                .pileup = pileup,
                                .crossing = crossing};
        const double at = l1t_tally_after(tally, L1T_TALLY_EXACT, 0, 0).w;
        for (size_t k = 0; k < step; k++)
            bits[k][70 / 64] = UINT64_C(1) << 70 % 64;
        l1t_tally_add(tally, &b, requests);
        l1t_tally_requests(tally, &b, requests);
        const unsigned kept =
            (unsigned)((l1t_tally_after(tally, L1T_TALLY_EXACT, 0, 0).w - at) / unit);
        for (size_t k = 0; k < step && i + k < n; k++)
            text[i + k] = (kept >> (4 * k) & 15) != 0 ? '1' : '0';
    }
    text[n] = '\0';
    L1T_CHECK(requests[70] == (n + step - 1) / step * step, "%llu requests",
              (unsigned long long)requests[70]);
    l1t_tally_close(tally);
    return text;
}

static void prescale_sequences_are_the_hardwares(void)
{
    for (size_t step = 1; step <= 4; step++) {
        L1T_ASSERT_TEXT(sequence(150, 9, step), "011011011");
        L1T_ASSERT_TEXT(sequence(300, 9, step), "001001001");
        L1T_ASSERT_TEXT(sequence(275, 22, step), "0010010010100100100101");
        L1T_ASSERT_TEXT(sequence(100, 5, step), "11111");
        L1T_ASSERT_TEXT(sequence(1, 5, step), "11111");
        L1T_ASSERT_TEXT(sequence(0, 5, step), "00000");
    }
}

// Far into a run, where the counter must come from the number of requests alone.
static void counters_follow_from_the_number_of_requests(void)
{
    static const uint32_t factors[] = {101, 150, 275, 220050, L1T_GT_PRESCALE_MAX};
    for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
        struct l1t_tally_spec spec = {.n_algorithms = 1, .n_columns = 1};
        struct l1t_gt_prescale counter = {0};
        uint64_t bits[1][L1T_GT_WORDS] = {{1}};
        struct l1t_decided b = {.n_fired = 1,
                                .offset = (uint16_t[]){0},
                                .bits = bits,
                                .fired_weight = (int64_t[]){1},
                                .pileup = (uint8_t[]){0},
                                .crossing = (uint16_t[]){0}};
        spec.factor[0][0] = factors[f];
        struct l1t_tally *tally = new_tally(&spec);
        uint64_t kept = 0;
        for (uint64_t m = 0; m < 200000; m++) {
            const bool accepted = l1t_gt_prescale_step(&counter, factors[f], true);
            const uint64_t before[L1T_GT_ALGORITHMS] = {m};
            if (accepted != (100 * (m + 1) / factors[f] > 100 * m / factors[f]))
                L1T_CHECK(false, "request %llu", (unsigned long long)m);
            if (m % 977 != 0 && !accepted)
                continue;
            l1t_tally_add(tally, &b, before);
            kept += accepted;
        }
        L1T_ASSERT_INT(l1t_tally_after(tally, L1T_TALLY_EXACT, 0, 0).n, kept);
        l1t_tally_close(tally);
    }
}

// ---- bad input ----

static void check_bad(const struct l1t_tally_spec *spec, double weight_unit, const char *text)
{
    struct l1t_tally *tally = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_tally_open(spec, weight_unit, &tally, &diag), L1T_E_INPUT);
    CU_ASSERT_PTR_NULL(tally);
    L1T_ASSERT_DIAG_CONTAINS(diag, text);
}

static void refuses_bad_specifications(void)
{
    static struct l1t_tally_spec s;
    s = (struct l1t_tally_spec){.n_algorithms = 2, .bit = {5, 5}, .n_columns = 1};
    check_bad(&s, 1, "bit 5 of algorithm 1, must ascend");
    s.bit[1] = 512;
    check_bad(&s, 1, "bit 512 of algorithm 1");
    s.bit[1] = 6;
    check_bad(&s, 0, "unit of weights 0");
    check_bad(&s, NAN, "unit of weights");
    s.n_columns = 0;
    check_bad(&s, 1, "column 0 of 0");
    s.n_columns = 33;
    check_bad(&s, 1, "at most 32 columns");
    s.n_columns = 2;
    s.focus = 2;
    check_bad(&s, 1, "column 2 of 2");
    s.focus = 0;
    s.n_sets = 65;
    check_bad(&s, 1, "65 sets");
    s.n_sets = 0;
    s.n_algorithms = 513;
    check_bad(&s, 1, "513 algorithms, at most 512");
    l1t_tally_close(NULL);
}

L1T_TEST_MAIN("tally", {"agrees with plain loops", agrees_with_plain_loops},
              {"agrees with plain loops when much fires", agrees_with_plain_loops_when_much_fires},
              {"invariants hold", invariants_hold},
              {"a set of all is the total", a_set_of_all_is_the_total},
              {"same bytes in any order", same_bytes_in_any_order},
              {"merges live tallies", merges_live_tallies},
              {"same bytes of many words", same_bytes_of_many_words},
              {"prescale sequences are the hardware's", prescale_sequences_are_the_hardwares},
              {"counters follow from the number of requests",
               counters_follow_from_the_number_of_requests},
              {"refuses bad specifications", refuses_bad_specifications})
