// SPDX-License-Identifier: GPL-3.0-or-later
// The threshold scan against the batch engine run again at every threshold, on random menus and
// crossings; what is refused; legs by name; the grid of two axes. SCAN_MENU=number runs that menu
// alone.
#include "gt_build.h"
#include "gt_draws.h"
#include "gt_random.h"
#include "l1t/gt_engine.h"
#include "l1t/scan.h"
#include "l1t_test.h"

enum {
    SEED = 66,
    N = 128,
    POINTS = 24,
#ifdef __SANITIZE_ADDRESS__
    MENUS = 25
#else
    MENUS = 140
#endif
};

static struct gt_random_menu menu;
static struct l1t_gt_words words[N];
static struct l1t_gt_event event[N];
static uint64_t bits[N][L1T_GT_WORDS];

// ---- one algorithm, plainly: every object with a leg of its own, thresholds set ----

struct plain {
    struct l1t_gt_leg leg[L1T_SCAN_OBJECTS];
    int nominal[L1T_SCAN_OBJECTS];
    struct l1t_gt_condition condition[64];
    struct l1t_gt_node node[128];
    struct l1t_gt_algorithm algorithm;
    struct l1t_gt_code code;
};
static struct plain plain;

static bool has_legs(const struct l1t_gt_condition *c)
{
    return c->kind != L1T_GT_EXTERNAL && c->kind != L1T_GT_SIGNAL && c->kind != L1T_GT_UNSUPPORTED;
}

// Returns how many objects it has.
static unsigned expand(const struct l1t_gt_algorithm *algorithm)
{
    unsigned n = 0, conditions = 0;
    for (unsigned i = 0; i < algorithm->n_nodes; i++) {
        plain.node[i] = menu.node[algorithm->first_node + i];
        if (plain.node[i].op != L1T_GT_OP_CONDITION)
            continue;
        struct l1t_gt_condition *c = &plain.condition[conditions];
        *c = menu.condition[plain.node[i].condition];
        plain.node[i].condition = (uint16_t)conditions++;
        for (unsigned k = 0; has_legs(c) && k < c->n_legs + (c->overlap != 0 ? 1U : 0U); k++) {
            plain.leg[n] = menu.leg[c->leg[k]];
            plain.nominal[n] = plain.leg[n].threshold;
            c->leg[k] = (uint16_t)n++;
        }
    }
    plain.algorithm =
        (struct l1t_gt_algorithm){.bit = 7, .supported = true, .n_nodes = algorithm->n_nodes};
    plain.code = menu.code;
    plain.code.leg = plain.leg;
    plain.code.n_legs = n;
    plain.code.condition = plain.condition;
    plain.code.n_conditions = conditions;
    plain.code.node = plain.node;
    plain.code.n_nodes = algorithm->n_nodes;
    plain.code.algorithm = &plain.algorithm;
    plain.code.n_algorithms = 1;
    return n;
}

static void set_axis(const struct l1t_scan_axis *axis, int threshold)
{
    const int first = plain.nominal[__builtin_ctzll(axis->legs)];
    for (unsigned k = 0; k < plain.code.n_legs; k++)
        if ((axis->legs >> k & 1) != 0) {
            const int at = threshold + plain.nominal[k] - first;
            plain.leg[k].threshold = (uint16_t)(at < 0 ? 0 : at);
        }
}

static const struct l1t_gt_crossings in_a_row = {.events = event, .n = N};

static bool engine_says(void)
{
    struct l1t_gt_engine *engine;
    struct l1t_diag diag;
    const struct l1t_gt_decisions wanted = {.bits = bits};
    const enum l1t_err err = l1t_gt_engine_open(&plain.code, 1, &engine, &diag);
    L1T_ASSERT_OK(err, diag);
    if (err == L1T_OK)
        l1t_gt_engine_run(engine, &in_a_row, &wanted);
    l1t_gt_engine_close(engine);
    return err == L1T_OK;
}

static struct l1t_gt_around around_of(size_t i)
{
    static const struct l1t_gt_event absent;
    struct l1t_gt_around around;
    for (int bx = -2; bx <= 2; bx++) {
        const long at = (long)i + bx;
        around.event[2 + bx] = at >= 0 && at < N ? &event[at] : &absent;
    }
    return around;
}

// ---- one axis ----

struct tally {
    unsigned made, refused, fired, moved;
};

static void compare_one(unsigned number, unsigned a, const struct l1t_scan *scan,
                        const struct l1t_scan_axis *axis, struct tally *tally)
{
    static int highest[N];
    struct l1t_scan_sums *sums;
    struct l1t_diag diag;
    L1T_ASSERT_OK(l1t_scan_sums_open(axis, 1, &sums, &diag), diag);
    for (size_t i = 0; i < N; i++) {
        const struct l1t_gt_around around = around_of(i);
        highest[i] = l1t_scan_highest(scan, &around);
        tally->fired += highest[i] >= 0;
        tally->moved += highest[i] >= 0 && highest[i] < axis->to;
        l1t_scan_sums_add(sums, highest[i], (int64_t)i - 5);
    }
    l1t_scan_sums_finish(sums);
    for (size_t p = 0; p < l1t_scan_points(axis); p++) {
        const int threshold = axis->from + (int)p * axis->step;
        unsigned n = 0;
        double w = 0, w2 = 0;
        set_axis(axis, threshold);
        if (!engine_says())
            break;
        for (size_t i = 0; i < N; i++) {
            const bool on = (bits[i][0] >> 7 & 1) != 0;
            if (on != (highest[i] >= threshold)) {
                L1T_CHECK(false,
                          "menu %u, algorithm %u, crossing %zu, threshold %d: %d, highest %d",
                          number, a, i, threshold, on, highest[i]);
                l1t_scan_sums_close(sums);
                return;
            }
            n += on;
            w += on ? (double)i - 5 : 0;
            w2 += on ? ((double)i - 5) * ((double)i - 5) : 0;
        }
        const struct l1t_sum sum = l1t_scan_sums_at(sums, p, 0, 0.5);
        L1T_CHECK(sum.n == n && sum.w == 0.5 * w && sum.w2 == 0.25 * w2,
                  "menu %u, algorithm %u, threshold %d: sums", number, a, threshold);
    }
    l1t_scan_sums_close(sums);
}

// ---- two ----

static void compare_two(unsigned number, unsigned a, const struct l1t_scan *scan,
                        const struct l1t_scan_axis axis[2])
{

    struct l1t_scan_sums *sums;
    struct l1t_diag diag;
    struct l1t_scan_corner corner[L1T_SCAN_CORNERS];
    L1T_ASSERT_OK(l1t_scan_sums_open(axis, 2, &sums, &diag), diag);
    for (size_t i = 0; i < N; i++) {
        const struct l1t_gt_around around = around_of(i);
        const size_t n = l1t_scan_staircase(scan, &around, corner);
        for (size_t k = 1; k < n; k++)
            L1T_CHECK(corner[k].x < corner[k - 1].x && corner[k].y > corner[k - 1].y,
                      "menu %u, algorithm %u, crossing %zu: corners", number, a, i);
        l1t_scan_sums_add_corners(sums, corner, n, 1 + (int64_t)i);
    }
    l1t_scan_sums_finish(sums);
    for (size_t p = 0; p < l1t_scan_points(&axis[0]); p += 3)
        for (size_t q = 0; q < l1t_scan_points(&axis[1]); q += 3) {
            unsigned n = 0;
            double w = 0;
            set_axis(&axis[0], axis[0].from + (int)p * axis[0].step);
            set_axis(&axis[1], axis[1].from + (int)q * axis[1].step);
            if (!engine_says())
                break;
            for (size_t i = 0; i < N; i++) {
                n += bits[i][0] >> 7 & 1;
                w += (bits[i][0] >> 7 & 1) != 0 ? 1 + (double)i : 0;
            }
            const struct l1t_sum sum = l1t_scan_sums_at(sums, p, q, 1);
            L1T_CHECK(sum.n == n && sum.w == w,
                      "menu %u, algorithm %u at %zu, %zu: %llu, engine %u", number, a, p, q,
                      (unsigned long long)sum.n, n);
        }
    l1t_scan_sums_close(sums);
}

// A random choice of objects of one type for each axis; false: there are none.
static bool draw_axes(struct gt_draws *d, unsigned n, unsigned n_axes, struct l1t_scan_axis *axis)
{
    uint64_t taken = 0;
    for (unsigned i = 0; i < n_axes; i++) {
        const unsigned first = gt_below(d, n);
        axis[i] = (struct l1t_scan_axis){.type = plain.leg[first].type,
                                         .from = (uint16_t)gt_below(d, 4),
                                         .step = (uint16_t)(1 + gt_below(d, 4))};
        axis[i].to = (uint16_t)(axis[i].from + POINTS * axis[i].step);
        const bool all = gt_chance(d, 50);
        for (unsigned k = 0; k < n; k++)
            if (plain.leg[k].type == axis[i].type && (taken >> k & 1) == 0 &&
                (k == first || all || gt_chance(d, 30)))
                axis[i].legs |= UINT64_C(1) << k;
        taken |= axis[i].legs;
        if (axis[i].legs == 0)
            return false;
    }
    return true;
}

static void try_axes(unsigned number, unsigned a, struct gt_draws *d, unsigned n, unsigned n_axes,
                     struct tally *tally)
{
    struct l1t_scan_axis axis[2];
    struct l1t_scan *scan;
    struct l1t_diag diag;
    if (!draw_axes(d, n, n_axes, axis))
        return;
    for (unsigned k = 0; k < n; k++)
        plain.leg[k].threshold = (uint16_t)plain.nominal[k];
    if (l1t_scan_make_code(&menu.code, a, "L1_Random", axis, n_axes, &scan, &diag) != L1T_OK) {
        tally->refused++;
        CU_ASSERT_PTR_NULL(scan);
        return;
    }
    tally->made++;
    if (n_axes == 1)
        compare_one(number, a, scan, axis, tally);
    else
        compare_two(number, a, scan, axis);
    l1t_scan_free(scan);
}

static void equals_the_engine_at_every_threshold(void)
{
    const char *const one = getenv("SCAN_MENU");
    const unsigned only = one != NULL ? (unsigned)strtoul(one, NULL, 10) : MENUS;
    struct tally tally = {0};
    for (unsigned m = only < MENUS ? only : 0; m < (only < MENUS ? only + 1 : MENUS); m++) {
        struct gt_draws d = {.seed = SEED, .number = m};
        gt_random_menu(SEED, m, &menu);
        gt_random_crossings(SEED, m, N, words);
        for (size_t i = 0; i < N; i++)
            l1t_gt_decode(&words[i], &event[i]);
        for (unsigned a = 0; a < menu.code.n_algorithms; a++) {
            const unsigned n = expand(&menu.algorithm[a]);
            if (n == 0 || n > L1T_SCAN_OBJECTS || !menu.algorithm[a].supported)
                continue;
            try_axes(m, a, &d, n, 1, &tally);
            if (m % 4 == 0)
                try_axes(m, a, &d, n, 2, &tally);
        }
    }
    L1T_CHECK(only < MENUS || (tally.made > 2 * MENUS && tally.refused > MENUS / 4 &&
                               tally.fired > 10 * MENUS && tally.moved > MENUS),
              "a weak test: %u scans, %u refused, %u crossings fire, %u of them within the range",
              tally.made, tally.refused, tally.fired, tally.moved);
}

// ---- menus as written ----

static struct l1t_gt_menu *menu_of(const char *expression)
{
    struct l1t_gt_menu *const m = gt_build_menu();
    struct l1t_diag diag;
    L1T_ASSERT_OK(gt_build_add(m, 0, expression, gt_build_cuts, &diag), diag);
    return m;
}

static void check_legs(const char *expression, const char *leg, uint64_t expected)
{
    struct l1t_gt_menu *const m = menu_of(expression);
    struct l1t_scan_axis axis;
    struct l1t_diag diag;
    const enum l1t_err err = l1t_scan_axis_of(m, 0, leg, &axis, &diag);
    if (expected == 0)
        L1T_CHECK(err == L1T_E_INPUT, "%s: leg '%s' was taken", expression, leg);
    else
        L1T_CHECK(err == L1T_OK && axis.legs == expected, "%s, '%s': legs 0x%llx, expected 0x%llx",
                  expression, leg != NULL ? leg : "none",
                  err == L1T_OK ? (unsigned long long)axis.legs : 0, (unsigned long long)expected);
    l1t_gt_menu_free(m);
}

static void legs_go_by_number_and_name(void)
{
    check_legs("MU22", NULL, 1);
    check_legs("comb{MU15,MU7}", NULL, 3);
    check_legs("comb{MU15,MU7}", "leading", 1);
    check_legs("comb{MU15,MU7}", "second", 2);
    check_legs("comb{MU15,MU7}", "2", 2);
    check_legs("comb{MU15,MU7}", "3", 0);
    check_legs("comb{MU15,MU7}", "0", 0);
    check_legs("comb{MU15,MU7}", "2x", 0);
    check_legs("comb{MU15,MU7}", "jet", 0);
    check_legs("EXT_ZeroBias AND MU20 AND EG10", NULL, 1);
    check_legs("EXT_ZeroBias AND MU20 AND EG10", "egamma", 2);
    check_legs("EXT_ZeroBias AND MU20 AND EG10", "EG", 2);
    check_legs("EXT_ZeroBias", NULL, 0);
}

static enum l1t_err make(const char *expression, uint64_t legs, struct l1t_diag *diag)
{
    struct l1t_gt_menu *const m = menu_of(expression);
    struct l1t_scan_axis axis;
    struct l1t_scan *scan = NULL;
    enum l1t_err err = l1t_scan_axis_of(m, 0, NULL, &axis, diag);
    if (legs != 0)
        axis.legs = legs;
    if (err == L1T_OK)
        err = l1t_scan_make(m, 0, &axis, 1, &scan, diag);
    l1t_scan_free(scan);
    l1t_gt_menu_free(m);
    return err;
}

static void check_refused(const char *expression, uint64_t legs, const char *why)
{
    struct l1t_diag diag = {""};
    const enum l1t_err err = make(expression, legs, &diag);
    L1T_CHECK(err == L1T_E_INPUT && strstr(diag.text, why) != NULL, "%s: '%s', expected '%s'",
              expression, diag.text, why);
}

static void what_does_not_fall_is_refused(void)
{
    struct l1t_diag diag;
    check_refused("NOT MU20", 0, "under NOT");
    check_refused("EG10 AND NOT (MU20 OR EG20)", 1 | 4, "under NOT");
    check_refused("MU20 XOR EG10", 0, "under XOR");
    check_refused("MU.eq.20", 0, "must equal");
    check_refused("MU20 AND EG10", 3, "object 2 is EG, the axis is of MU");
    check_refused("MU20", 1U << 3, "with object 4; the algorithm has 1");
    check_refused("AXO", 0, "no leg");
    L1T_ASSERT_OK(make("MU20 AND NOT EG10", 0, &diag), diag);
    L1T_ASSERT_OK(make("MU20 AND (EG10 XOR EXT_ZeroBias)", 0, &diag), diag);
}

static void differences_between_legs_stay(void)
{
    struct l1t_gt_menu *const m = menu_of("comb{MU15,MU7}");
    struct l1t_scan_axis axis;
    struct l1t_scan *scan;
    struct l1t_diag diag;
    static struct l1t_gt_event here;
    static const struct l1t_gt_event none;
    const struct l1t_gt_around around = {{&none, &none, &here, &none, &none}};
    L1T_ASSERT_OK(l1t_scan_axis_of(m, 0, NULL, &axis, &diag), diag);
    L1T_ASSERT_INT(axis.to, 510); // 511 means more than the scale holds
    L1T_ASSERT_OK(l1t_scan_make(m, 0, &axis, 1, &scan, &diag), diag);
    L1T_ASSERT_INT(l1t_scan_nominal(scan, 0), 31); // 15 GeV
    here.object[0].et = 61;                        // 30 GeV
    here.object[1].et = 25;                        // 12 GeV: 20 and 12
    L1T_ASSERT_INT(l1t_scan_highest(scan, &around), 41);
    here.object[1].et = 60;
    L1T_ASSERT_INT(l1t_scan_highest(scan, &around), 61);
    here.object[1].et = 0; // absent: passes a threshold of 0
    L1T_ASSERT_INT(l1t_scan_highest(scan, &around), 16);
    l1t_scan_free(scan);
    l1t_gt_menu_free(m);
}

static void grids_have_a_limit(void)
{
    const struct l1t_scan_axis axis[2] = {{.to = 2000, .step = 1}, {.to = 2000, .step = 1}};
    struct l1t_scan_sums *sums;
    struct l1t_diag diag;
    L1T_ASSERT_INT(l1t_scan_sums_open(axis, 2, &sums, &diag), L1T_E_INPUT);
    CU_ASSERT_PTR_NULL(sums);
    L1T_CHECK(strstr(diag.text, "2001 by 2001") != NULL, "%s", diag.text);
}

L1T_TEST_MAIN("scan",
              {"equals the engine at every threshold", equals_the_engine_at_every_threshold},
              {"legs go by number and name", legs_go_by_number_and_name},
              {"what does not fall is refused", what_does_not_fall_is_refused},
              {"differences between legs stay", differences_between_legs_stay},
              {"grids have a limit", grids_have_a_limit})
