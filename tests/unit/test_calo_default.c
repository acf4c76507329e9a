// SPDX-License-Identifier: GPL-3.0-or-later
// Our own default tables: each follows its formula, and together they trigger on generated objects
// in pile-up. Seeds are fixed; the stated false-alarm probabilities are those of a random one.
#include "l1t/calo_config.h"
#include "l1t/io.h"
#include "l1t/lut.h"
#include "l1t/tower_gen.h"
#include "l1t/truth.h"

#include "l1t_formats.h"
#include "l1t_test.h"

static struct l1t_calo_setup setup;

static const struct l1t_calo_config *model(void)
{
    struct l1t_diag diag = {""};
    if (setup.digest[0] == '\0')
        L1T_ASSERT_OK(l1t_calo_setup_load("configs/paths/calo.yaml", NULL, &setup, &diag), diag);
    return &setup.model;
}

// ---- formulas ----

static void compression_follows_its_edges(void)
{
    const uint16_t *c = model()->egamma.compress;
    const uint8_t *t = model()->tau.compress;
    static const struct {
        unsigned address, entry;
    } egamma[] = {{0, 0},
                  {1, 4},
                  {3, 8},
                  {127, 15},
                  {1 + 4, 5},
                  {32 + 1, 8},
                  {128 + 9, 0},
                  {128 + 10, 16},
                  {128 + 255, 15 << 4},
                  {384 + 1, 0},
                  {384 + 5, 1u << 8},
                  {384 + 28, 11u << 8},
                  {416 + 7, 0},
                  {416 + 8, 1},
                  {416 + 255, 31},
                  {672, 0}},
      tau[] = {{1, 0},       {8, 0},         {9, 1},          {25, 3},      {32 + 15, 0},
               {32 + 16, 1}, {32 + 255, 31}, {288 + 576, 31}, {288 + 8, 1}, {1312, 0}};
    for (size_t i = 0; i < sizeof egamma / sizeof egamma[0]; i++)
        L1T_ASSERT_INT(c[egamma[i].address], egamma[i].entry);
    for (size_t i = 0; i < sizeof tau / sizeof tau[0]; i++)
        L1T_ASSERT_INT(t[tau[i].address], tau[i].entry);
}

static void trimming_takes_away_what_the_rules_say(void)
{
    enum { N = 1, S = 2, SIDE = 4, NC = 8, SC = 16, NN = 32, SS = 64 };
    static const struct {
        unsigned ring, shape, kept;
    } rule[] = {{1, N | NN, N | NN},
                {1, N | S | NN, N | S}, // not alone
                {1, S | SS, S | SS},
                {24, N | S | NN | SS, N | S},
                {25, N | NN, N}, // dropped in the outer endcap
                {1, N | SIDE | NC, N | SIDE | NC},
                {1, S | SIDE | NC, S | SIDE}, // not joined: without N
                {1, N | NC, N},               // nor without the side
                {28, S | SIDE | SC, S | SIDE | SC},
                {28, 127, N | S | SIDE | NC | SC}};
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++)
        L1T_ASSERT_INT(model()->egamma.trimming[(rule[i].ring - 1) << 7 | rule[i].shape],
                       rule[i].kept);
    for (unsigned a = 0; a < 28 << 7; a++)
        L1T_ASSERT_INT(model()->egamma.trimming[a] & ~a & 127, 0);
}

// At the middle of the bin 26 to 30 GeV, 27.93 GeV, of ring bin 18-19, class 5: 1.09 * 1.00; class
// 10: 0.97 of it, with the shape bit; class 15 without.
static void egamma_calibration_follows_its_formula(void)
{
    const uint16_t *cal = model()->egamma.calibration;
    L1T_ASSERT_INT(cal[6 << 8 | 8 << 4 | 5], (int)lround(256 * 1.09) | 1 << 9);
    L1T_ASSERT_INT(cal[6 << 8 | 8 << 4 | 10], (int)lround(256 * 1.09 * 0.97) | 1 << 9);
    L1T_ASSERT_INT(cal[6 << 8 | 8 << 4 | 15], (int)lround(256 * 1.09 * 0.92));
    // Ring bin 1-4, class 0: 1.03 * (1 - 0.03 / (1 + (27.93 / 12)^1.5)).
    L1T_ASSERT_INT(cal[0 << 8 | 8 << 4 | 0] & 511,
                   (int)lround(256 * 1.03 * (1 - 0.03 / (1 + pow(sqrt(26 * 30.) / 12, 1.5)))));
    L1T_ASSERT_INT(cal[12 << 8], 0); // no such ring bin
}

// Ring bin 0, 26 to 30 GeV, nTT 112 to 119: 0.3 + 0.102 * 115.5 + 0.05 * 27.93 GeV.
static void isolation_is_linear_up_to_where_it_is_always(void)
{
    const uint16_t *tight = model()->egamma.isolation[0], *loose = model()->egamma.isolation[1];
    const double et = sqrt(26 * 30.);
    L1T_ASSERT_INT(tight[0 << 9 | 8 << 5 | 14], lround(2 * (0.3 + 0.102 * 115.5 + 0.05 * et)));
    L1T_ASSERT_INT(loose[0 << 9 | 8 << 5 | 14], lround(2 * (1.5 + 0.106 * 115.5 + 0.10 * et)));
    L1T_ASSERT_INT(tight[0 << 9 | 15 << 5 | 14], 511); // from 110 GeV
    for (unsigned a = 0; a < 12u << 9; a++)
        L1T_CHECK(tight[a] <= loose[a], "address %u: tight %u, loose %u", a, tight[a], loose[a]);
}

static void tau_tables_follow_their_formulas(void)
{
    const struct l1t_tau_config *tau = &model()->tau;
    const double x = sqrt(28 * 30.); // bin 11
    const double factor = 1.09 + 0.21 / (1 + pow(x / 15, 2));
    L1T_ASSERT_INT(tau->calibration[1 << 7 | 11 << 2 | 2], lround(512 * factor));
    L1T_ASSERT_INT(tau->calibration[1 << 7 | 11 << 2 | 3], lround(512 * factor * 0.87));
    L1T_ASSERT_INT(tau->calibration[1 << 7 | 11 << 2 | 0], lround(512 * factor * 1.04));
    L1T_ASSERT_INT(tau->isolation[1 << 10 | 11 << 5 | 14],
                   lround(2 * (2.9 + 0.112 * 115.5 + 0.05 * x)));
}

static unsigned met_min(unsigned ring, unsigned bin)
{
    return model()->sums.met_min[(ring < 13 ? 0 : bin) << 6 | ring];
}

static void met_threshold_rises_with_pile_up_and_ring(void)
{
    for (unsigned bin = 0; bin < 32; bin++)
        for (unsigned ring = 1; ring <= L1T_RINGS; ring++) {
            if (ring != 1 && ring != 13)
                CU_ASSERT(met_min(ring, bin) >= met_min(ring - 1, bin));
            if (bin > 0)
                CU_ASSERT(met_min(ring, bin) >= met_min(ring, bin - 1));
        }
    L1T_ASSERT_INT(met_min(1, 0), lround(2 * (1 + 0.010 * 113)));
    L1T_ASSERT_INT(met_min(40, 14), lround(2 * (4.2 + 0.042 * 115.5)));
    CU_ASSERT(met_min(40, 31) > 2 * met_min(40, 0));
}

// ---- files ----

static void write_set(const char *dir)
{
    static uint32_t data[1 << 13];
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_make_dir(dir, &diag), diag);
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++) {
        const struct l1t_lut_slot *slot = &l1t_calo_luts[i];
        const struct l1t_lut lut = {.version = "v1",
                                    .address_bits = slot->address_bits,
                                    .data_bits = slot->data_bits,
                                    .n = (size_t)1 << slot->address_bits,
                                    .data = data};
        char path[1200];
        snprintf(path, sizeof path, "%s/%s.txt", dir, slot->name);
        l1t_lut_slot_get(slot, model(), data);
        FILE *out = fopen(path, "w");
        CU_ASSERT_PTR_NOT_NULL_FATAL(out);
        L1T_ASSERT_OK(l1t_lut_write(out, &lut, "test", &diag), diag);
        CU_ASSERT_EQUAL(fclose(out), 0);
    }
}

static void tables_written_and_read_give_the_same_digests(void)
{
    static struct l1t_calo_setup again;
    struct l1t_diag diag = {""};
    char dir[1024];
    snprintf(dir, sizeof dir, "%s", l1t_test_path("set"));
    write_set(dir);
    L1T_ASSERT_OK(l1t_calo_setup_load("configs/paths/calo.yaml", dir, &again, &diag), diag);
    L1T_ASSERT_INT(memcmp(&again.model, model(), sizeof again.model), 0);
    L1T_ASSERT_TEXT(again.digest, setup.digest);
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++)
        L1T_ASSERT_TEXT(again.luts[i].digest, setup.luts[i].digest);
    L1T_ASSERT_TEXT(again.luts[0].source, "egamma_compress.txt");
}

// ---- objects in pile-up ----

struct found {
    unsigned n, seen, iso[2];
    double ratio[4000]; // trigger pt over true pt
};

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(struct found *f, double q)
{
    qsort(f->ratio, f->seen, sizeof f->ratio[0], compare_doubles);
    return f->ratio[(size_t)(q * f->seen)];
}

// The largest object within a radius of 0.2 of the truth.
static void match(const struct l1t_egtau_result *out, const struct l1t_truth *truth,
                  struct found *f)
{
    const double eta_step = 0.087 / 2, phi_step = acos(-1) / 72, circle = 2 * acos(-1);
    f->n++;
    for (unsigned i = 0; i < out->n_gt; i++) { // largest first
        const double eta = eta_step * (double)l1t_egamma_gt_eta(out->gt[i]);
        const double phi = phi_step * (double)l1t_egamma_gt_phi(out->gt[i]);
        if (hypot(eta - truth->eta, remainder(phi - truth->phi, circle)) > 0.2)
            continue;
        const unsigned iso = (unsigned)l1t_egamma_gt_iso(out->gt[i]);
        f->ratio[f->seen++] = 0.5 * (double)l1t_egamma_gt_et(out->gt[i]) / truth->pt_gev;
        f->iso[0] += iso & 1;
        f->iso[1] += iso >> 1 & 1;
        return;
    }
}

// n crossings of 50 interactions with one object of this kind and pt each.
static void run_objects(enum l1t_truth_kind kind, double pt, double eta, unsigned n,
                        struct found *f)
{
    static struct l1t_calo_result result;
    static struct l1t_towers towers;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    const struct l1t_calo_config *config = model();
    struct l1t_tower_gen_params p = setup.generator;
    p.pile_up = 50;
    p.corners = 0;
    p.inject[kind].per_event = 1;
    p.inject[kind].pt_min_gev = p.inject[kind].pt_max_gev = pt;
    p.inject[kind].slope = 0;
    p.inject[kind].eta_max = eta;
    memset(f, 0, sizeof *f);
    L1T_ASSERT_OK(l1t_tower_gen_new(&p, 20, &gen, &diag), diag);
    for (uint64_t e = 0; e < n; e++) {
        const size_t objects = l1t_tower_gen_event_truth(gen, e, &towers, truth);
        l1t_calo(config, &towers, &result);
        for (size_t i = 0; i < objects; i++)
            if (truth[i].kind == kind)
                match(kind == L1T_TRUTH_TAU ? &result.tau.out : &result.egamma.out, &truth[i], f);
    }
    l1t_tower_gen_free(gen);
    printf("\n%s %g GeV: %u, found %.3f, isolated %.3f and %.3f, pt %.3f (%.3f to %.3f)\n",
           l1t_truth_names[kind], pt, f->n, (double)f->seen / f->n, (double)f->iso[0] / f->seen,
           (double)f->iso[1] / f->seen, quantile(f, .5), quantile(f, .16), quantile(f, .84));
}

// Of a long run 95.6 % are found, 86 % and 97 % of them isolated, half of them above 99.9 % of the
// true pt and 68 % between 96 and 105 %. With 1200 events the limits are at least five standard
// deviations below: false alarm 1e-6.
static void electrons_of_40_gev_are_found_isolated_and_measured(void)
{
    static struct found f;
    run_objects(L1T_TRUTH_ELECTRON, 40, 2.5, 1200, &f);
    CU_ASSERT(f.n >= 1150);
    CU_ASSERT(f.seen >= 0.92 * f.n);
    CU_ASSERT(f.iso[0] >= 0.80 * f.seen && f.iso[0] <= 0.92 * f.seen);
    CU_ASSERT(f.iso[1] >= 0.92 * f.seen);
    CU_ASSERT(fabs(quantile(&f, 0.5) - 1) < 0.02);
    CU_ASSERT(quantile(&f, 0.16) > 0.93 && quantile(&f, 0.84) < 1.08);
}

// A jet's leading cluster is wide, hadronic and among the jet's other particles: of jets with 60
// GeV one in ten has an e/gamma of any energy near it, one in a hundred a tightly isolated one. The
// limits are twice and three times that: false alarm 1e-6.
static void jets_are_seldom_isolated_electrons(void)
{
    static struct found f;
    run_objects(L1T_TRUTH_JET, 60, 2.5, 1200, &f);
    unsigned hard = 0;
    for (unsigned i = 0; i < f.seen; i++)
        hard += f.ratio[i] * 60 > 20;
    CU_ASSERT(hard < 0.15 * f.n);
    CU_ASSERT(f.seen < 0.20 * f.n);
    CU_ASSERT(f.iso[0] < 0.035 * f.n);
}

// Of a long run 99.6 % are found, 85 % of them isolated, half of them above 99 % of the true pt and
// 68 % between 85 and 113 %.
static void taus_of_45_gev_are_found_isolated_and_measured(void)
{
    static struct found f;
    run_objects(L1T_TRUTH_TAU, 45, 2.1, 1200, &f);
    CU_ASSERT(f.seen >= 0.96 * f.n);
    CU_ASSERT(f.iso[0] >= 0.79 * f.seen && f.iso[0] <= 0.92 * f.seen);
    CU_ASSERT(fabs(quantile(&f, 0.5) - 1) < 0.03);
    CU_ASSERT(quantile(&f, 0.16) > 0.80 && quantile(&f, 0.84) < 1.18);
}

// Thresholds take half of the pile-up's own unbalance away (39 of 74 GeV, forward rings included).
static void pile_up_alone_has_little_missing_energy(void)
{
    static struct l1t_calo_config bare;
    static struct l1t_calo_result with, without;
    static struct l1t_towers towers;
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    double sum[2] = {0, 0};
    bare = *model();
    memset(bare.sums.met_min, 0, sizeof bare.sums.met_min);
    struct l1t_tower_gen_params p = setup.generator;
    p.corners = p.jets = 0;
    L1T_ASSERT_OK(l1t_tower_gen_new(&p, 21, &gen, &diag), diag);
    for (uint64_t e = 0; e < 300; e++) {
        l1t_tower_gen_event(gen, e, &towers);
        l1t_calo(&setup.model, &towers, &with);
        l1t_calo(&bare, &towers, &without);
        sum[0] += with.sums.total.met_hf.et / 2. / 300;
        sum[1] += without.sums.total.met_hf.et / 2. / 300;
    }
    l1t_tower_gen_free(gen);
    printf("\nmissing energy of pile-up: %.1f GeV, %.1f without thresholds\n", sum[0], sum[1]);
    CU_ASSERT(sum[0] < 0.65 * sum[1]);
}

L1T_TEST_MAIN("calo_default", {"compression follows its edges", compression_follows_its_edges},
              {"trimming takes away what the rules say", trimming_takes_away_what_the_rules_say},
              {"e/gamma calibration follows its formula", egamma_calibration_follows_its_formula},
              {"isolation is linear up to where it is always",
               isolation_is_linear_up_to_where_it_is_always},
              {"tau tables follow their formulas", tau_tables_follow_their_formulas},
              {"MET threshold rises with pile-up and ring",
               met_threshold_rises_with_pile_up_and_ring},
              {"tables written and read give the same digests",
               tables_written_and_read_give_the_same_digests},
              {"electrons of 40 GeV are found, isolated and measured",
               electrons_of_40_gev_are_found_isolated_and_measured},
              {"jets are seldom isolated electrons", jets_are_seldom_isolated_electrons},
              {"taus of 45 GeV are found, isolated and measured",
               taus_of_45_gev_are_found_isolated_and_measured},
              {"pile-up alone has little missing energy", pile_up_alone_has_little_missing_energy})
