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

L1T_TEST_MAIN(
    "calo_config",
    {"the default is the thresholds of all years", the_default_is_the_thresholds_of_all_years},
    {"the jets are those of their own file", the_jets_are_those_of_their_own_file},
    {"every table has a note and a memory image", every_table_has_a_note_and_a_memory_image},
    {"tables of the reference are found by year", tables_of_the_reference_are_found_by_year})
