// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/calo*.yaml: the default tables and thresholds, tables from files, refusals.
#include "l1t/calo_config.h"
#include "l1t/io.h"
#include "l1t/jet_config.h"
#include "l1t_test.h"

static struct l1t_calo_setup setup;

static enum l1t_err load(const char *yaml, const char *luts_dir, struct l1t_diag *diag)
{
    return l1t_calo_setup_load(yaml, luts_dir, &setup, diag);
}

static void the_default_is_the_thresholds_of_all_years(void)
{
    static struct l1t_calo_config years;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load("configs/paths/calo.yaml", NULL, &diag), diag);
    l1t_calo_thresholds(&years);
    L1T_ASSERT_INT(setup.model.cluster.seed_min, years.cluster.seed_min);
    L1T_ASSERT_INT(setup.model.cluster.member_min, years.cluster.member_min);
    L1T_ASSERT_INT(setup.model.cluster.hoe_ratio[0], years.cluster.hoe_ratio[0]);
    L1T_ASSERT_INT(setup.model.cluster.hoe_ratio[1], years.cluster.hoe_ratio[1]);
    L1T_ASSERT_INT(setup.model.tau.cluster.member_min, years.tau.cluster.member_min);
    L1T_ASSERT_INT(setup.model.egamma.hoe_ext_min, years.egamma.hoe_ext_min);
    L1T_ASSERT_INT(setup.model.egamma.no_id_min, years.egamma.no_id_min);
    L1T_ASSERT_INT(setup.model.jet.seed_min, years.jet.seed_min);
    L1T_ASSERT_INT(setup.model.sums.jet_min, years.sums.jet_min);
    L1T_ASSERT_INT(memcmp(setup.model.sums.ntt_bin,
                          setup.model.egamma.compress + L1T_EGAMMA_COMPRESS_NTT,
                          sizeof setup.model.sums.ntt_bin),
                   0);
}

static void the_jets_are_those_of_their_own_file(void)
{
    struct l1t_jet_setup jet;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load(NULL, NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_jet_setup_load(NULL, NULL, &jet, &diag), diag);
    L1T_ASSERT_INT(memcmp(&jet.model, &setup.model.jet, sizeof jet.model), 0);
    for (unsigned i = 0; i < L1T_JET_LUTS; i++) {
        const struct l1t_lut_note *note = &setup.luts[L1T_LUT_JET + i];
        L1T_ASSERT_TEXT(note->digest, jet.luts[i].digest);
        L1T_ASSERT_TEXT(note->slot->name, l1t_jet_luts[i].name);
        L1T_ASSERT_TEXT(note->slot->about, l1t_jet_luts[i].about);
        L1T_ASSERT_INT(note->slot->data_bits, l1t_jet_luts[i].data_bits);
    }
}

static void every_table_has_a_note_and_a_memory_image(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load(NULL, NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_calo_tables_write_mem(&setup, l1t_test_path("mem"), &diag), diag);
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++) {
        const struct l1t_lut_slot *slot = &l1t_calo_luts[i];
        char name[80], *text;
        size_t size, lines = 0;
        CU_ASSERT_PTR_EQUAL(setup.luts[i].slot, slot);
        L1T_ASSERT_INT(strlen(setup.luts[i].digest), 64);
        L1T_ASSERT_TEXT(setup.luts[i].source,
                        i == L1T_LUT_SUMS_NTT_BIN ? "part of egamma_compress" : "formula");
        snprintf(name, sizeof name, "mem/l1t_%s.mem", slot->name);
        L1T_ASSERT_OK(l1t_read_text(l1t_test_path(name), 1 << 20, &text, &size, &diag), diag);
        for (size_t k = 0; k < size; k++)
            lines += text[k] == '\n';
        L1T_ASSERT_INT(lines, 1 + (1 << slot->address_bits));
        free(text);
    }
}

static void tables_of_the_reference_are_found_by_year(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "calo/luts")
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load("configs/paths/calo_2018.yaml", path, &diag), diag);
    L1T_ASSERT_INT(setup.model.jet.pus, L1T_JET_PUS_DONUT);
    L1T_ASSERT_TEXT(setup.luts[L1T_LUT_SUMS_MET_MIN].source, "lut_towEtThresh_2017v7.txt");
    L1T_ASSERT_OK(load("configs/paths/calo_2024.yaml", path, &diag), diag);
    L1T_ASSERT_INT(setup.model.jet.pus, L1T_JET_PUS_PHI_RING);
    // tables of these years are not among the shared ones: the first missing file is named
    L1T_ASSERT_INT(load("configs/paths/calo_2022.yaml", path, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "/egRecalibratedLUTv1_2022_v0_2.txt: No such file");
    L1T_ASSERT_INT(load("configs/paths/calo_2025.yaml", path, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "/EG_Calibration_LUT_v1_MAR2025.txt: No such file");
}

// ---- refusals ----

// A good file in pieces; each case replaces one of them.
struct pieces {
    const char *compression, *trimming, *calibration, *isolation, *tau, *sums, *more;
};

#define CLASSES                                                                                    \
    "shape_classes: [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15], "               \
    "[12, 13, 14, 15]]"
#define ONES "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
#define ZEROS                                                                                      \
    "[0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, " \
    "0 GeV, 0 GeV, 0 GeV]"
#define EDGES "et_edges: [0 GeV, 9.5 GeV], eta_edges: [1, 17], ntt_edges: [0, 80]"
#define CAL(high, shape)                                                                           \
    "{knee: 12 GeV, power: 1.5, high: " high ", low: [0, 0], shape: " shape                        \
    ", electron_from: " ZEROS "}"
#define ISO(per_tower) "{offset: 2 GeV, per_tower: " per_tower ", per_et: 0, always_from: 60 GeV}"
#define TAU(high)                                                                                  \
    "{compression: {et_edges: [0 GeV], eta_edges: [1], ntt_edges: [0]}, calibration: {knee: 25 "   \
    "GeV, power: 1, high: [" high                                                                  \
    "], low: [0], had: 1.5, merged: 1}, isolation: " ISO("[0 GeV]") "}"
#define SUMS "{met_threshold: {rings: [1], offset: [1 GeV], per_tower: [0 GeV], typical_ntt: 9}}"

static const struct pieces good = {"{" EDGES ", " CLASSES "}",
                                   "[{ring: 1, far: drop, corners: keep}]",
                                   CAL("[1, 1]", ONES),
                                   ISO("[0 GeV, 9 MeV]"),
                                   TAU("1"),
                                   SUMS,
                                   ""};

static enum l1t_err load_pieces(const struct pieces *p, struct l1t_diag *diag)
{
    char text[4096], cwd[1024];
    CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(cwd, sizeof cwd));
    snprintf(
        text, sizeof text,
        "jet: %s/configs/paths/jet.yaml\negamma:\n  compression: %s\n  trimming: %s\n"
        "  calibration: %s\n  isolation_tight: %s\n  isolation_loose: %s\ntau: %s\nsums: %s\n%s",
        cwd, p->compression, p->trimming, p->calibration, p->isolation, p->isolation, p->tau,
        p->sums, p->more);
    return load(l1t_test_write_text("calo.yaml", text), NULL, diag);
}

// Key by key: what the calorimeter's own section does not name is as for the jets alone.
static void the_generator_is_that_of_the_jets(void)
{
    char text[2][L1T_TOWER_GEN_TEXT];
    struct l1t_jet_setup jet;
    struct l1t_diag diag = {""};
    struct pieces p = good;
    L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet.yaml", NULL, &jet, &diag), diag);
    l1t_tower_gen_text(&jet.generator, text[0], sizeof text[0]);
    L1T_ASSERT_OK(load("configs/paths/calo.yaml", NULL, &diag), diag);
    L1T_ASSERT_TEXT(l1t_tower_gen_text(&setup.generator, text[1], sizeof text[1]), text[0]);
    L1T_ASSERT_OK(load_pieces(&p, &diag), diag);
    L1T_ASSERT_TEXT(l1t_tower_gen_text(&setup.generator, text[1], sizeof text[1]), text[0]);
    p.more = "generator: {pile_up: 51}\n";
    jet.generator.pile_up = 51;
    l1t_tower_gen_text(&jet.generator, text[0], sizeof text[0]);
    L1T_ASSERT_OK(load_pieces(&p, &diag), diag);
    L1T_ASSERT_TEXT(l1t_tower_gen_text(&setup.generator, text[1], sizeof text[1]), text[0]);
}

static const struct {
    struct pieces p; // NULL: the good one
    const char *said;
} bad[] = {
    {{.compression = "{et_edges: [1 GeV], eta_edges: [1], ntt_edges: [0], " CLASSES "}"},
     "start with 0"},
    {{.compression = "{et_edges: [0 GeV, 9.3 GeV], eta_edges: [1], ntt_edges: [0], " CLASSES "}"},
     "edges are multiples of 0.5 here, not 9.3"},
    {{.compression = "{et_edges: [0 GeV], eta_edges: [1, 29], ntt_edges: [0], " CLASSES "}"}, "29"},
    {{.compression = "{et_edges: [0 GeV], eta_edges: [1], ntt_edges: [0, 5.5], " CLASSES "}"},
     "whole numbers"},
    {{.compression = "{" EDGES ", shape_classes: [[0, 1, 2, 3]]}"}, "5 rows"},
    {{.compression = "{" EDGES ", shape_classes: [[0], [0], [0], [0], [0]]}"},
     "1 values for 4 members beside"},
    {{.compression = "{" EDGES ", shape_classes: [[0, 1, 2, 16], [0], [0], [0], [0]]}"}, "16"},
    {{.compression = "{" EDGES "}"}, "shape_classes"},
    {{.trimming = "[]"}, "a list of 1 to 28 rules, not 0"},
    {{.trimming = "[{ring: 2, far: drop, corners: keep}]"}, "start with 1"},
    {{.trimming = "[{ring: 1, far: half, corners: keep}]"}, "half"},
    {{.trimming = "[{ring: 1, far: drop, corners: keep}, {ring: 1, far: drop, corners: drop}]"},
     "rings ascend"},
    {{.calibration = CAL("[1]", ONES)}, "high: 1 values for 2 eta bins"},
    {{.calibration = CAL("[1, 1]", "[1]")}, "shape: 1 values for 16 classes"},
    {{.calibration = CAL("[1, 2]", ONES)}, "the hardware's is 0 to 1.996"},
    {{.isolation = ISO("[0 GeV]")}, "per_tower: 1 values for 2 eta bins"},
    {{.isolation = ISO("[0, 0]")}, "is not an energy"},
    {{.tau = TAU("1.9")}, "factor 2.85 at ring bin 0"},
    {{.tau = TAU("1, 1")}, "high: 2 values for 1 eta bins"},
    {{.sums = "{met_threshold: {rings: [2], offset: [1 GeV], per_tower: [0 GeV], typical_ntt: 9}}"},
     "rings"},
    {{.sums = "{met_threshold: {rings: [1], offset: [1 GeV, 2 GeV], per_tower: [0 GeV], "
              "typical_ntt: 9}}"},
     "offset: 2 values for 1 rings"},
    {{.sums = "{jet_threshold: 30 GeV}"}, "neither a formula for the table sums_met_min nor"},
    {{.sums = "{centrality_lower: [0 GeV], met_threshold: {rings: [1], offset: [1 GeV], "
              "per_tower: [0 GeV], typical_ntt: 9}}"},
     "centrality_lower: 1 values for 8 centrality bits"},
    {{.more = "luts: {tau_isolation: a.txt}\n"}, "but luts names a file for tau_isolation"},
    {{.more = "luts: {sums_ntt_bin: a.txt}\n"}, "unknown key"},
    {{.more = "cluster: {seed_threshold: 0 GeV}\n"}, "seed_threshold"},
    {{.more = "jets: 3\n"}, "unknown key; did you mean 'jet'?"},
};

static const char *either(const char *of_case, const char *of_good)
{
    return of_case != NULL ? of_case : of_good;
}

static void bad_formulas_are_refused(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load_pieces(&good, &diag), diag);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct pieces *b = &bad[i].p;
        const struct pieces p = {either(b->compression, good.compression),
                                 either(b->trimming, good.trimming),
                                 either(b->calibration, good.calibration),
                                 either(b->isolation, good.isolation),
                                 either(b->tau, good.tau),
                                 either(b->sums, good.sums),
                                 either(b->more, good.more)};
        const enum l1t_err err = load_pieces(&p, &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu: %s", i, l1t_strerror(err));
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        L1T_ASSERT_DIAG_CONTAINS(diag, "calo.yaml:");
    }
}

static void the_digest_follows_every_setting(void)
{
    static const char *const more[] = {"", "cluster: {seed_threshold: 3 GeV}\n",
                                       "cluster: {hoe_endcap: 5}\n", "generator: {pile_up: 51}\n"};
    char digest[4][65];
    struct l1t_diag diag = {""};
    for (size_t i = 0; i < 4; i++) {
        struct pieces p = good;
        p.more = more[i];
        L1T_ASSERT_OK(load_pieces(&p, &diag), diag);
        memcpy(digest[i], setup.digest, sizeof setup.digest);
        for (size_t k = 0; k < i; k++)
            CU_ASSERT_STRING_NOT_EQUAL(digest[k], digest[i]);
    }
}

static void one_table_can_come_from_a_file(void)
{
    struct l1t_diag diag = {""};
    struct pieces p = good;
    p.sums = "{jet_threshold: 30 GeV}";
    p.more = "luts: {sums_met_min: met.txt}\n";
    (void)l1t_test_write_text("met.txt", "#<header> v1 11 9 </header>\n0 0\n1 7\n");
    L1T_ASSERT_OK(load_pieces(&p, &diag), diag);
    L1T_ASSERT_INT(setup.model.sums.met_min[1], 7);
    L1T_ASSERT_TEXT(setup.luts[L1T_LUT_SUMS_MET_MIN].source, "met.txt");
    L1T_ASSERT_TEXT(setup.luts[L1T_LUT_TAU_ISOLATION].source, "formula");
    (void)l1t_test_write_text("met.txt", "#<header> v1 11 8 </header>\n0 0\n");
    L1T_ASSERT_INT(load_pieces(&p, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "11 address and 8 data bits; 11 and 9 are needed here");
}

static void centrality_has_limits(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load(NULL, NULL, &diag), diag);
    for (unsigned i = 0; i < L1T_SUMS_CENTRALITIES; i++) {
        const struct l1t_sums_config *sums = &setup.model.sums;
        CU_ASSERT(sums->centrality_lower[i] < sums->centrality_upper[i]);
        if (i > 0) // every energy has one bit
            L1T_ASSERT_INT(sums->centrality_lower[i], sums->centrality_upper[i - 1] + 1);
    }
}

L1T_TEST_MAIN(
    "calo_config",
    {"the default is the thresholds of all years", the_default_is_the_thresholds_of_all_years},
    {"the jets are those of their own file", the_jets_are_those_of_their_own_file},
    {"the generator is that of the jets", the_generator_is_that_of_the_jets},
    {"every table has a note and a memory image", every_table_has_a_note_and_a_memory_image},
    {"tables of the reference are found by year", tables_of_the_reference_are_found_by_year},
    {"bad formulas are refused", bad_formulas_are_refused},
    {"the digest follows every setting", the_digest_follows_every_setting},
    {"one table can come from a file", one_table_can_come_from_a_file},
    {"centrality has limits", centrality_has_limits})
