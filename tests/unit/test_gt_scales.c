// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_build.h"
#include "l1t_test.h"

static struct l1t_gt_scales cms;
static struct l1t_diag diag;

static void make_cms(void)
{
    if (cms.n == 0)
        L1T_ASSERT_OK(l1t_gt_scales_default(&cms, &diag), diag);
}

// ---- values to codes ----

static const struct {
    const char *object, *type;
    double value;
    enum l1t_gt_edge edge;
    int code;
    bool on_edge;
} codes[] = {
    // thresholds that the specification quotes
    {"MU", "ET", 22, L1T_GT_LOW, 45, true},
    {"EG", "ET", 22, L1T_GT_LOW, 44, true},
    {"EG", "ET", 7.5, L1T_GT_LOW, 15, true},
    {"MU", "ET", 0, L1T_GT_LOW, 1, true},
    {"MU", "UPT", 10, L1T_GT_LOW, 11, true},
    {"MU", "UPT", 255, L1T_GT_HIGH, 255, true},
    // windows that it quotes
    {"EG", "ETA", -2.1315, L1T_GT_LOW, -49, true},
    {"EG", "ETA", 2.1315, L1T_GT_HIGH, 48, true},
    {"MU", "ETA", -2.1043125, L1T_GT_LOW, -193, true},
    {"MU", "ETA", 2.1043125, L1T_GT_HIGH, 193, true},
    {"MU", "ETA", -2.1035, L1T_GT_LOW, -193, false},
    {"MU", "ETA", 2.1035, L1T_GT_HIGH, 193, false},
    // ends of the ranges
    {"EG", "ET", 0, L1T_GT_LOW, 0, true},
    {"EG", "ET", 254.5, L1T_GT_LOW, 509, true},
    {"JET", "ET", 1022.5, L1T_GT_LOW, 2045, true},
    {"HTT", "ET", 2046.5, L1T_GT_LOW, 4093, true},
    {"MU", "ET", 254.5, L1T_GT_LOW, 510, true},
    {"MU", "UPT", 0, L1T_GT_LOW, 1, true},
    {"JET", "ETA", -5, L1T_GT_LOW, -115, true},
    {"JET", "ETA", 5, L1T_GT_HIGH, 114, true},
    {"MU", "ETA", -2.45, L1T_GT_LOW, -225, true},
    {"MU", "ETA", 2.45, L1T_GT_HIGH, 225, true},
    {"MU", "PHI", 0, L1T_GT_LOW, 0, true},
    {"MU", "PHI", 6.2831853071795862, L1T_GT_HIGH, 575, true},
    {"ETMHF", "PHI", 3.1415926535897931, L1T_GT_LOW, 72, true},
    {"ETMHF", "PHI", 3.1415926535897931, L1T_GT_HIGH, 71, true},
    // dust on an edge is the edge, more than dust is not
    {"EG", "ET", 21.9999999, L1T_GT_LOW, 44, true},
    {"EG", "ET", 22.0000001, L1T_GT_LOW, 44, true},
    {"EG", "ET", 21.9999, L1T_GT_LOW, 43, false},
    {"EG", "ETA", 2.13150000001, L1T_GT_HIGH, 48, true},
    {"EG", "ETA", 2.1316, L1T_GT_HIGH, 49, false},
    {"EG", "ET", 22.25, L1T_GT_LOW, 44, false},
};

static void values_have_codes(void)
{
    make_cms();
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct l1t_gt_scale *const scale =
            l1t_gt_scale_find(&cms, codes[i].object, codes[i].type);
        int code = -1000;
        bool on_edge = false;
        const bool got =
            scale != NULL && l1t_gt_code_of(scale, codes[i].value, codes[i].edge, &code, &on_edge);
        L1T_CHECK(got && code == codes[i].code && on_edge == codes[i].on_edge,
                  "%s-%s %.10g: %d %s an edge, expected %d", codes[i].object, codes[i].type,
                  codes[i].value, code, on_edge ? "on" : "not on", codes[i].code);
    }
}

static const struct {
    const char *object, *type;
    double value;
    enum l1t_gt_edge edge;
} outside[] = {
    {"EG", "ET", -0.1, L1T_GT_LOW},     {"EG", "ET", 255, L1T_GT_LOW},
    {"EG", "ET", 1e30, L1T_GT_LOW},     {"EG", "ET", NAN, L1T_GT_LOW},
    {"EG", "ET", INFINITY, L1T_GT_LOW}, {"EG", "ETA", 5.1, L1T_GT_HIGH},
    {"EG", "ETA", -5, L1T_GT_HIGH},     {"MU", "ETA", -2.46, L1T_GT_LOW},
    {"MU", "PHI", 6.3, L1T_GT_HIGH},    {"MU", "PHI", 0, L1T_GT_HIGH},
    {"MU", "UPT", 256, L1T_GT_HIGH},
};

static void values_outside_have_none(void)
{
    make_cms();
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        int code = 0;
        const struct l1t_gt_scale *const scale =
            l1t_gt_scale_find(&cms, outside[i].object, outside[i].type);
        L1T_CHECK(!l1t_gt_code_of(scale, outside[i].value, outside[i].edge, &code, NULL),
                  "%s-%s %.10g is code %d", outside[i].object, outside[i].type, outside[i].value,
                  code);
    }
}

// ---- codes to values, and back ----

static const struct {
    const char *object, *type;
    int first, last;
} ranges[] = {
    {"EG", "ET", 0, 509},     {"TAU", "ET", 0, 509},    {"JET", "ET", 0, 2045},
    {"ETM", "ET", 0, 4093},   {"MU", "ET", 0, 510},     {"MU", "UPT", 0, 255},
    {"EG", "ETA", -115, 114}, {"MU", "ETA", -225, 225}, {"JET", "PHI", 0, 143},
    {"MU", "PHI", 0, 575},
};

static void every_bin_is_its_own(void)
{
    make_cms();
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct l1t_gt_scale *const scale =
            l1t_gt_scale_find(&cms, ranges[i].object, ranges[i].type);
        double low = 0, high = 0, end = 0;
        for (int code = ranges[i].first; code <= ranges[i].last; code++) {
            int from = -1000, to = -1000;
            const bool has = l1t_gt_range_of(scale, code, &low, &high);
            L1T_CHECK(has && low < high && (code == ranges[i].first || fabs(low - end) < 1e-9),
                      "%s-%s: no bin %d after %g", scale->object, scale->type, code, end);
            const bool codes_it = l1t_gt_code_of(scale, low, L1T_GT_LOW, &from, NULL) &&
                                  l1t_gt_code_of(scale, high, L1T_GT_HIGH, &to, NULL);
            L1T_CHECK(codes_it && from == code && to == code, "%s-%s: bin %d reads %d to %d",
                      scale->object, scale->type, code, from, to);
            end = high;
        }
        L1T_CHECK(!l1t_gt_range_of(scale, ranges[i].first - 1, &low, &high) &&
                      !l1t_gt_range_of(scale, ranges[i].last + 1, &low, &high),
                  "%s-%s: bins beyond its ends", scale->object, scale->type);
        L1T_ASSERT_NEAR(end, scale->maximum, 1e-12);
    }
}

// Bins that a file lists, in any order, negative ones by their two's complement.
static void listed_bins(void)
{
    struct l1t_gt_bin bins[] = {
        {1, 0.5, 1}, {255, -0.5, 0}, {0, 0, 0.5}, {254, -1, -0.5}, {2, 1, 1.5}};
    const struct l1t_gt_scale scale = {"JET", "ETA", -1, 1.5, 0.5, 8, 5, bins};
    int code = 0;
    double low = 0, high = 0;
    CU_ASSERT_TRUE(l1t_gt_code_of(&scale, -0.7, L1T_GT_LOW, &code, NULL));
    L1T_ASSERT_INT(code, -2);
    CU_ASSERT_TRUE(l1t_gt_code_of(&scale, 1, L1T_GT_HIGH, &code, NULL));
    L1T_ASSERT_INT(code, 1);
    CU_ASSERT_TRUE(l1t_gt_code_of(&scale, 1, L1T_GT_LOW, &code, NULL));
    L1T_ASSERT_INT(code, 2);
    CU_ASSERT_TRUE(l1t_gt_range_of(&scale, -1, &low, &high));
    L1T_ASSERT_NEAR(low, -0.5, 0);
    CU_ASSERT_FALSE(l1t_gt_code_of(&scale, 1.6, L1T_GT_LOW, &code, NULL));
    CU_ASSERT_FALSE(l1t_gt_range_of(&scale, 3, &low, &high));
}

// The scale set from steps and ranges is that of an official menu, bin by bin.
static void the_set_is_that_of_cms(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "ugt/c_collisions2024_v1_3_0/menu.xml.gz");
    struct l1t_gt_menu *menu = NULL;
    size_t bins = 0, precisions = 0;
    make_cms();
    L1T_ASSERT_OK(l1t_gt_menu_load_xml(path, &menu, &diag), diag);
    for (size_t i = 0; menu != NULL && i < menu->scales.n; i++) {
        const struct l1t_gt_scale *const listed = &menu->scales.scale[i];
        const struct l1t_gt_scale *const made =
            l1t_gt_scale_find(&cms, listed->object, listed->type);
        if (strcmp(listed->object, "PRECISION") == 0 && made != NULL) {
            L1T_CHECK(made->n_bits == listed->n_bits, "%s", listed->type);
            precisions++;
        }
        if (made == NULL || listed->n_bins == 0 || strcmp(listed->type, "COUNT") == 0)
            continue;
        L1T_CHECK(made->n_bits == listed->n_bits && made->minimum == listed->minimum &&
                      made->maximum == listed->maximum && made->step == listed->step,
                  "%s-%s: range, step or bits differ", made->object, made->type);
        for (size_t k = 0; k < listed->n_bins; k++) {
            const struct l1t_gt_bin *const bin = &listed->bin[k];
            const bool negative =
                strcmp(listed->type, "ETA") == 0 && bin->number >> (listed->n_bits - 1) == 1;
            const int code = (int)bin->number - (negative ? 1 << listed->n_bits : 0);
            double low = 0, high = 0;
            const bool has = l1t_gt_range_of(made, code, &low, &high);
            L1T_CHECK(has && fabs(low - bin->minimum) < 1e-12 && fabs(high - bin->maximum) < 1e-12,
                      "%s-%s %d: %.17g to %.17g, listed %.17g to %.17g", made->object, made->type,
                      code, low, high, bin->minimum, bin->maximum);
            bins++;
        }
    }
    L1T_CHECK(bins > 35000 && precisions > 140, "%zu bins, %zu precisions", bins, precisions);
    l1t_gt_menu_free(menu);
}

// ---- overlap removal by date ----

static void overlap_by_date(void)
{
    static struct {
        const char *scales;
        char grammar[8];
        enum l1t_gt_overlap overlap;
    } cases[] = {
        {"2016-04-27", "0.2", L1T_GT_OVERLAP_ALL},
        {"scales_2017_05_23", "0.6", L1T_GT_OVERLAP_ALL},
        {"scales_2018_08_07", "0.6", L1T_GT_OVERLAP_ALL},
        {"scales_2021_02_28", "", L1T_GT_OVERLAP_ALL},
        {"scales_2021_03_02", "0.8", L1T_GT_OVERLAP_EXISTS},
        {"scales_2024_05_15", "0.2", L1T_GT_OVERLAP_EXISTS},
        {"mine", "0.7", L1T_GT_OVERLAP_ALL},
        {"mine", "0.10", L1T_GT_OVERLAP_EXISTS},
        {"mine", "1.0", L1T_GT_OVERLAP_EXISTS},
        {"120171", "", L1T_GT_OVERLAP_EXISTS},
        {"", "x", L1T_GT_OVERLAP_EXISTS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu menu = {.grammar = cases[i].grammar};
        (void)snprintf(menu.scales.name, sizeof menu.scales.name, "%s", cases[i].scales);
        L1T_CHECK(l1t_gt_overlap_default(&menu) == cases[i].overlap, "%s, grammar %s",
                  cases[i].scales, cases[i].grammar);
    }
}

static void free_cms(void)
{
    l1t_gt_scales_free(&cms);
    L1T_ASSERT_INT(cms.n, 0);
}

L1T_TEST_MAIN("gt_scales", {"values have codes", values_have_codes},
              {"values outside have none", values_outside_have_none},
              {"every bin is its own", every_bin_is_its_own}, {"listed bins", listed_bins},
              {"the set is that of CMS", the_set_is_that_of_cms},
              {"overlap removal by date", overlap_by_date}, {"frees", free_cms})
