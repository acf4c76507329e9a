// SPDX-License-Identifier: GPL-3.0-or-later
// Two menus on the same crossings, against plain loops.
#include "l1t_test.h"
#include "tally_random.h"

#include "gt/l1t_gt_final.h"

static const double unit = 0.5;

enum { BLOCKS = 5, MATCHES = 12 };

static struct tally_random_spec menu[2];
static struct l1t_tally_match match[MATCHES];
static struct l1t_decided *block[2][BLOCKS];
static double largest; // weight
static uint64_t before[2][BLOCKS + 1][L1T_GT_ALGORITHMS];

// The same crossings, decided by two menus: each lacks some of the other's and has some of its own.
static void make(uint64_t seed, enum tally_weights weights)
{
    static const size_t n[BLOCKS] = {300, 1, 20, 500, 90};
    uint64_t first = 0;
    struct l1t_diag diag;
    for (size_t m = 0; m < 2; m++)
        tally_random_spec(seed + m, false, &menu[m]);
    for (size_t k = 0; k < MATCHES; k++)
        match[k] = (struct l1t_tally_match){(uint16_t)k, (uint16_t)((5 * k) % MATCHES)};
    for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t m = 0; m < 2; m++)
            block[m][i] = tally_random_block(seed + 90, first, n[i], m == 0 ? 5 : 9, weights);
        first += n[i];
    }
    memset(before, 0, sizeof before);
    for (size_t m = 0; m < 2; m++) {
        struct l1t_tally *tally = NULL;
        if (l1t_tally_open(&menu[m].spec, unit, &tally, &diag) != L1T_OK)
            abort();
        for (size_t i = 0; i < BLOCKS; i++) {
            memcpy(before[m][i + 1], before[m][i], sizeof before[m][i]);
            l1t_tally_requests(tally, block[m][i], before[m][i + 1]);
        }
        l1t_tally_close(tally);
    }
}

static void unmake(void)
{
    for (size_t m = 0; m < 2; m++)
        for (size_t i = 0; i < BLOCKS; i++)
            tally_random_block_free(block[m][i]);
}

static struct l1t_tally_diff *new_diff(void)
{
    struct l1t_tally_diff *diff = NULL;
    struct l1t_diag diag;
    if (l1t_tally_diff_open(&menu[0].spec, &menu[1].spec, match, MATCHES, unit, &diff, &diag) !=
        L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        abort();
    }
    return diff;
}

static void add_block(struct l1t_tally_diff *diff, size_t i)
{
    l1t_tally_diff_add(diff, block[0][i], before[0][i], block[1][i], before[1][i]);
}

// What one menu says of one crossing; no bits: all false.
struct said {
    double weight, total, before[MATCHES], after[MATCHES], expected, p[MATCHES];
};

static double probability(uint32_t factor)
{
    return factor == 0 ? 0 : factor < 100 ? 1 : 100.0 / factor;
}

static void say(size_t m, const struct l1t_decided *b, size_t e, struct l1t_gt_final *final,
                struct said *to)
{
    const struct l1t_tally_spec *s = &menu[m].spec;
    struct l1t_gt_masks masks = {.crossing = s->open};
    struct l1t_gt_final_in in = {.crossing = b->crossing[e]};
    struct l1t_gt_final_out out;
    for (size_t i = 0; i < s->n_algorithms; i++)
        in.raw[s->bit[i] / 64] |= b->bits[e][s->bit[i] / 64] & UINT64_C(1) << s->bit[i] % 64;
    memcpy(masks.finor, s->finor, sizeof masks.finor);
    memcpy(masks.veto, s->veto, sizeof masks.veto);
    l1t_gt_final_step(final, &masks, &in, &out);
    to->weight = unit * (double)b->fired_weight[e];
    to->total = out.finor;
    to->expected = tally_plain_total(s, s->focus, out.open);
    for (size_t k = 0; k < MATCHES; k++) {
        const unsigned bit = s->bit[m == 0 ? match[k].a : match[k].b];
        to->before[k] = (double)(out.open[bit / 64] >> bit % 64 & 1);
        to->after[k] = (double)(out.prescaled[bit / 64] >> bit % 64 & 1);
        to->p[k] = to->before[k] * probability(s->factor[s->focus][bit]);
    }
}

struct plain {
    struct l1t_delta total, before[MATCHES], after[MATCHES], expected, p[MATCHES];
};

static void one(struct l1t_delta *d, double weight, double a, double b)
{
    struct l1t_sum *only = a > b ? &d->a_only : &d->b_only;
    d->w += weight * (a - b);
    d->w2 += weight * weight * (a - b) * (a - b);
    if (a == b)
        return;
    only->n++;
    only->w += weight;
    only->w2 += weight * weight;
}

static void account(struct plain *plain)
{
    static struct l1t_gt_final final[2];
    struct l1t_gt_factors factors = {{0}, {0}};
    memset(plain, 0, sizeof *plain);
    for (size_t m = 0; m < 2; m++) {
        memcpy(factors.prescale, menu[m].spec.factor[menu[m].spec.focus], sizeof factors.prescale);
        l1t_gt_final_init(&final[m], &factors);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t x = 0; x < block[0][i]->n; x++) {
            struct said said[2];
            memset(said, 0, sizeof said);
            for (size_t m = 0; m < 2; m++)
                for (size_t e = 0; e < block[m][i]->n_fired; e++)
                    if (block[m][i]->offset[e] == x)
                        say(m, block[m][i], e, &final[m], &said[m]);
            const double weight = said[0].weight != 0 ? said[0].weight : said[1].weight;
            one(&plain->total, weight, said[0].total, said[1].total);
            one(&plain->expected, weight, said[0].expected, said[1].expected);
            for (size_t k = 0; k < MATCHES; k++) {
                one(&plain->before[k], weight, said[0].before[k], said[1].before[k]);
                one(&plain->after[k], weight, said[0].after[k], said[1].after[k]);
                one(&plain->p[k], weight, said[0].p[k], said[1].p[k]);
            }
        }
}

static void near(const char *what, size_t k, double actual, double expected, double size)
{
    L1T_CHECK(fabs(actual - expected) <= 1e-12 * size, "%s %zu: %.17g, expected %.17g", what, k,
              actual, expected);
}

static void compare(const char *what, size_t k, bool exact, struct l1t_delta d, struct l1t_delta x)
{
    near(what, k, d.w, x.w, 1000 * largest); // negative weights cancel
    near(what, k, d.w2, x.w2, 1000 * largest * largest);
    if (!exact)
        x.a_only = x.b_only = (struct l1t_sum){0, 0, 0};
    L1T_ASSERT_INT(d.a_only.n, x.a_only.n);
    L1T_ASSERT_INT(d.b_only.n, x.b_only.n);
    L1T_ASSERT_NEAR(d.a_only.w, x.a_only.w, 1e-14);
    L1T_ASSERT_NEAR(d.b_only.w2, x.b_only.w2, 1e-14);
}

static void agrees_with_plain_loops(void)
{
    static struct plain plain;
    for (uint64_t seed = 300; seed < 312; seed += 2) {
        const enum tally_weights weights = seed % 4 == 0 ? TALLY_WEIGHTED : TALLY_UNWEIGHTED;
        make(seed, weights);
        largest = weights == TALLY_WEIGHTED ? UINT32_MAX : 1;
        account(&plain);
        struct l1t_tally_diff *diff = new_diff();
        for (size_t i = 0; i < BLOCKS; i++)
            add_block(diff, i);
        compare("total", 0, true, l1t_tally_diff_total(diff, L1T_TALLY_EXACT), plain.total);
        compare("expected", 0, false, l1t_tally_diff_total(diff, L1T_TALLY_EXPECTED),
                plain.expected);
        CU_ASSERT_TRUE(plain.total.a_only.n > 0 && plain.total.b_only.n > 0);
        for (size_t k = 0; k < MATCHES; k++) {
            compare("before", k, true, l1t_tally_diff_before(diff, k), plain.before[k]);
            compare("after", k, true, l1t_tally_diff_after(diff, L1T_TALLY_EXACT, k),
                    plain.after[k]);
            compare("expected after", k, false, l1t_tally_diff_after(diff, L1T_TALLY_EXPECTED, k),
                    plain.p[k]);
        }
        l1t_tally_diff_close(diff);
        unmake();
    }
}

static void same_bytes_in_any_order(void)
{
    make(330, TALLY_WEIGHTED);
    struct l1t_tally_diff *whole = new_diff(), *merged = new_diff();
    for (size_t i = 0; i < BLOCKS; i++)
        add_block(whole, i);
    for (size_t part = 3; part > 0; part--) {
        struct l1t_tally_diff *diff = new_diff();
        for (size_t i = BLOCKS; i > 0; i--)
            if (i % 3 == part - 1)
                add_block(diff, i - 1);
        l1t_tally_diff_merge(merged, diff);
        l1t_tally_diff_close(diff);
    }
    size_t size[2];
    const void *bytes[2] = {l1t_tally_diff_bytes(whole, &size[0]),
                            l1t_tally_diff_bytes(merged, &size[1])};
    CU_ASSERT_TRUE(size[0] == size[1] && memcmp(bytes[0], bytes[1], size[0]) == 0);
    l1t_tally_diff_close(whole);
    l1t_tally_diff_close(merged);
    unmake();
}

static void a_menu_does_not_differ_from_itself(void)
{
    make(340, TALLY_WEIGHTED);
    struct l1t_tally_diff *diff = NULL;
    struct l1t_diag diag;
    for (uint16_t k = 0; k < MATCHES; k++)
        match[k] = (struct l1t_tally_match){k, k};
    CU_ASSERT_EQUAL(
        l1t_tally_diff_open(&menu[0].spec, &menu[0].spec, match, MATCHES, unit, &diff, &diag),
        L1T_OK);
    for (size_t i = 0; i < BLOCKS; i++)
        l1t_tally_diff_add(diff, block[0][i], before[0][i], block[0][i], before[0][i]);
    for (int mode = 0; mode < 2; mode++) {
        CU_ASSERT_EQUAL(l1t_tally_diff_total(diff, (enum l1t_tally_mode)mode).w2, 0);
        for (size_t k = 0; k < MATCHES; k++)
            CU_ASSERT_EQUAL(l1t_tally_diff_after(diff, (enum l1t_tally_mode)mode, k).w2, 0);
    }
    l1t_tally_diff_close(diff);
    unmake();
}

static void check_bad(size_t n, const char *text)
{
    struct l1t_tally_diff *diff = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_tally_diff_open(&menu[0].spec, &menu[1].spec, match, n, unit, &diff, &diag),
                   L1T_E_INPUT);
    CU_ASSERT_PTR_NULL(diff);
    L1T_ASSERT_DIAG_CONTAINS(diag, text);
}

static void refuses_bad_matches(void)
{
    tally_random_spec(1, false, &menu[0]);
    tally_random_spec(2, false, &menu[1]);
    match[0] = (struct l1t_tally_match){1, 2};
    match[1] = (struct l1t_tally_match){2, 2};
    check_bad(2, "algorithm 2 is matched twice");
    match[1].b = 400;
    check_bad(2, "algorithm 400 of");
    check_bad(513, "513 algorithms, at most 512");
}

L1T_TEST_MAIN("tally diff", {"agrees with plain loops", agrees_with_plain_loops},
              {"same bytes in any order", same_bytes_in_any_order},
              {"a menu does not differ from itself", a_menu_does_not_differ_from_itself},
              {"refuses bad matches", refuses_bad_matches})
