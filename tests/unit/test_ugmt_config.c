// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/ugmt*.yaml: the default tables, what the formulas mean, tables from files,
// refusals.
#include "l1t/io.h"
#include "l1t/lut.h"
#include "l1t/ugmt_config.h"
#include "l1t_test.h"

static struct l1t_ugmt_setup setup, other;

static enum l1t_err load(const char *yaml, const char *luts_dir, struct l1t_diag *diag)
{
    diag->text[0] = '\0';
    return l1t_ugmt_setup_load(yaml, luts_dir, &setup, diag);
}

static void load_default(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load("configs/paths/ugmt.yaml", NULL, &diag), diag);
}

#define HEAD "barrel_word: run3\nbarrel_cancel: run3\nendcap_cancel: coordinates\noutput: run3\n"

// ---- the default ----

static void every_table_has_a_note_and_a_memory_image(void)
{
    struct l1t_diag diag = {""};
    load_default();
    L1T_ASSERT_OK(l1t_ugmt_tables_write_mem(&setup, l1t_test_path("mem"), &diag), diag);
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++) {
        const struct l1t_lut_slot *slot = &l1t_ugmt_luts[i];
        char name[80], *text;
        size_t size, lines = 0;
        CU_ASSERT_PTR_EQUAL(setup.luts[i].slot, slot);
        L1T_ASSERT_INT(strlen(setup.luts[i].digest), 64);
        L1T_ASSERT_TEXT(setup.luts[i].source, "formula");
        snprintf(name, sizeof name, "mem/l1t_%s.mem", slot->name);
        L1T_ASSERT_OK(l1t_read_text(l1t_test_path(name), 1 << 20, &text, &size, &diag), diag);
        for (size_t k = 0; k < size; k++)
            lines += text[k] == '\n';
        L1T_ASSERT_INT(lines, 1 + (1 << slot->address_bits));
        free(text);
    }
}

static void entries_fit_their_tables(void)
{
    static uint32_t data[1 << 14];
    load_default();
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++) {
        uint32_t all = 0;
        l1t_lut_slot_get(&l1t_ugmt_luts[i], &setup.model, data);
        for (unsigned k = 0; k < 1u << l1t_ugmt_luts[i].address_bits; k++)
            all |= data[k];
        L1T_CHECK(all != 0 && all >> l1t_ugmt_luts[i].data_bits == 0, "%s", l1t_ugmt_luts[i].name);
    }
}

static void the_digest_covers_settings_and_tables(void)
{
    static const char *const changes[] = {"barrel_cancel: run2", "endcap_cancel: addresses",
                                          "output: 2017", "barrel_word: run2"};
    struct l1t_diag diag = {""};
    char digest[65];
    char *text;
    size_t size;
    load_default();
    memcpy(digest, setup.digest, sizeof digest);
    L1T_ASSERT_OK(l1t_read_text("configs/paths/ugmt.yaml", 1 << 20, &text, &size, &diag), diag);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char file[8192];
        char key[40];
        snprintf(key, sizeof key, "%.*s", (int)strcspn(changes[i], ":") + 1, changes[i]);
        char *at = strstr(text, key);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        snprintf(file, sizeof file, "%.*s%s%s", (int)(at - text), text, changes[i],
                 at + strcspn(at, "\n"));
        L1T_ASSERT_OK(load(l1t_test_write_text("changed.yaml", file), NULL, &diag), diag);
        L1T_CHECK(strcmp(setup.digest, digest) != 0, "%s", changes[i]);
    }
    free(text);
}

// ---- formulas ----

static void a_window_is_an_ellipse(void)
{
    const struct l1t_ugmt_window window = {0.1, 1, 2, 4};
    l1t_ugmt_make_match(&window, L1T_UGMT_MATCH_OO_PLUS, &setup.model);
    const uint8_t *match = setup.model.match[L1T_UGMT_MATCH_OO_PLUS];
    L1T_ASSERT_INT(match[256 | 9 << 3 | 0], 1); // 9 * 0.010875 < 0.1
    L1T_ASSERT_INT(match[256 | 10 << 3 | 0], 0);
    L1T_ASSERT_INT(match[4 << 3 | 0], 1); // coarse: twice
    L1T_ASSERT_INT(match[5 << 3 | 0], 0);
    L1T_ASSERT_INT(match[256 | 2], 1); // 4 * 2 * 0.010908 < 0.1
    L1T_ASSERT_INT(match[256 | 3], 0);
    L1T_ASSERT_INT(match[256 | 4 << 3 | 2], 1); // 0.0435^2 + 0.0873^2 < 0.1^2
    L1T_ASSERT_INT(match[256 | 5 << 3 | 2], 0);
}

static void ranks_saturate(void)
{
    const struct l1t_ugmt_ranking ranking = {1.5, 30};
    l1t_ugmt_make_rank(&ranking, &setup.model);
    L1T_ASSERT_INT(setup.model.rank[0], 0);
    L1T_ASSERT_INT(setup.model.rank[2 << 9 | 10], 75);
    L1T_ASSERT_INT(setup.model.rank[15 << 9 | 511], 1023);
}

// In the limit of stiff tracks the helix is known: 0.3 B R / pt (1 - R / 2 r), no change of eta.
static void stiff_tracks_bend_as_they_should(void)
{
    const struct l1t_ugmt_helix helix = {3.8, 3, 5.5, {5, 5, 7}, {7, 7, 8}};
    double deta, dphi;
    l1t_ugmt_bend(&helix, L1T_UGMT_BARREL, 1000, 0, &deta, &dphi);
    L1T_ASSERT_NEAR(dphi, 0.3 * 3.8 * 3 / 1000 * (1 - 3. / 10), 1e-5);
    CU_ASSERT(fabs(deta) < 1e-12);
    // through the end of the field at z 5.5, seen at z 8: radii 5.5 and 8 / sinh(eta)
    const double slope = sinh(2), inner = 5.5 / slope, outer = 8 / slope;
    l1t_ugmt_bend(&helix, L1T_UGMT_ENDCAP, 1000, 2, &deta, &dphi);
    L1T_ASSERT_NEAR(dphi, 0.3 * 3.8 * inner / 1000 * (1 - inner / (2 * outer)), 1e-5);
    CU_ASSERT(deta >= 0 && deta < 1e-5);
}

static void soft_tracks_bend_more_and_seem_further_out(void)
{
    const struct l1t_ugmt_helix helix = {3.8, 3, 5.5, {5, 5, 7}, {7, 7, 8}};
    double last_deta = 10.1, last_dphi = 10.1;
    for (double pt = 0.25; pt < 60; pt += 0.5) {
        double deta, dphi;
        l1t_ugmt_bend(&helix, L1T_UGMT_BARREL, pt, 0.7, &deta, &dphi);
        CU_ASSERT(dphi > 0 && dphi <= last_dphi);
        CU_ASSERT(deta > 0 && deta <= last_deta);
        last_deta = deta;
        last_dphi = dphi;
    }
    CU_ASSERT(last_dphi < 0.05);
    load_default();
    for (unsigned bin = 0; bin < 32; bin++)
        for (unsigned pt = 2; pt < 128; pt++)
            CU_ASSERT(setup.model.phi_extrapolation[0][bin << 7 | pt] <=
                      setup.model.phi_extrapolation[0][bin << 7 | (pt - 1)]);
}

// An entry is the bend in the middle of its bin: codes of pt are 0.5 GeV wide and begin with 1 at
// 0, those of eta are 0.010875, four or eight a bin.
static void entries_stand_for_the_middle_of_their_bins(void)
{
    const struct l1t_ugmt_helix helix = {3.8, 3, 5.5, {5, 5, 7}, {7, 7, 8}};
    const double pi = 3.14159265358979323846;
    for (unsigned bits = 6; bits <= 7; bits++) {
        struct l1t_ugmt_config *m = &setup.model;
        const double eta_width = bits == 7 ? 8 * 0.010875 : 4 * 0.010875;
        *m = (struct l1t_ugmt_config){
            .pt_bits = (uint8_t)bits, .eta_shift = (uint8_t)(bits - 4), .phi_shift = 2};
        l1t_ugmt_make_phi(&helix, L1T_UGMT_OVERLAP, m);
        l1t_ugmt_make_eta(&helix, L1T_UGMT_OVERLAP, m);
        unsigned different = 0;
        for (unsigned bin = 0; bin < 1u << (12 - bits); bin += 3)
            for (unsigned pt = 1; pt < 1u << bits; pt++) {
                double deta, dphi;
                l1t_ugmt_bend(&helix, L1T_UGMT_OVERLAP, (pt - 0.5) / 2, (bin + 0.5) * eta_width,
                              &deta, &dphi);
                const double phi_word = fmin(round(dphi / (2 * pi / 576 * 4)), 15);
                const double eta_word = fmin(fmax(round(deta / 0.010875), 0), 15);
                L1T_ASSERT_INT(m->phi_extrapolation[L1T_UGMT_OVERLAP][bin << bits | pt], phi_word);
                L1T_ASSERT_INT(m->eta_extrapolation[L1T_UGMT_OVERLAP][bin << bits | pt], eta_word);
                different += phi_word > 0 && phi_word < 15;
            }
        CU_ASSERT(different > 100);
    }
}

static void regions_cover_the_detector(void)
{
    l1t_ugmt_make_eta_region(0.174, &setup.model);
    l1t_ugmt_make_phi_region(0, &setup.model);
    L1T_ASSERT_INT(setup.model.eta_region[0], 14);
    L1T_ASSERT_INT(setup.model.eta_region[15], 14);
    L1T_ASSERT_INT(setup.model.eta_region[16], 15);
    L1T_ASSERT_INT(setup.model.eta_region[511], 13); // eta -1
    L1T_ASSERT_INT(setup.model.eta_region[255], 27);
    L1T_ASSERT_INT(setup.model.eta_region[256], 0); // eta -256
    for (unsigned phi = 0; phi < 576; phi++)
        L1T_ASSERT_INT(setup.model.phi_region[phi], phi / 16);
    l1t_ugmt_make_phi_region(-0.06, &setup.model); // 5.5 units earlier
    L1T_ASSERT_INT(setup.model.phi_region[570], 35);
    L1T_ASSERT_INT(setup.model.phi_region[571], 0);
    L1T_ASSERT_INT(setup.model.phi_region[11], 1);
}

static void isolation_is_below_its_limits(void)
{
    l1t_ugmt_make_absolute(3, &setup.model);
    l1t_ugmt_make_relative(0.5, &setup.model);
    L1T_ASSERT_INT(setup.model.absolute[2], 1);
    L1T_ASSERT_INT(setup.model.absolute[3], 0);
    L1T_ASSERT_INT(setup.model.relative[0], 1);
    L1T_ASSERT_INT(setup.model.relative[1 << 9 | 2], 0);
    L1T_ASSERT_INT(setup.model.relative[1 << 9 | 3], 1);
}

// ---- files ----

static void tables_of_the_years_are_read(void)
{
    L1T_SKIP_UNLESS_SHARED(path, "muon/luts")
    struct l1t_diag diag = {""};
    load_default();
    other = setup;
    L1T_ASSERT_OK(load("configs/paths/ugmt_a.yaml", path, &diag), diag);
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_RANK].source, "SortRank.txt");
    // two of the formulas are CMS's too
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_RANK].digest, other.luts[L1T_UGMT_LUT_RANK].digest);
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_RELATIVE].digest,
                    other.luts[L1T_UGMT_LUT_RELATIVE].digest);
    L1T_ASSERT_INT(setup.model.endcap, L1T_UGMT_ENDCAP_COORDINATES);
    L1T_ASSERT_OK(load("configs/paths/ugmt_b.yaml", path, &diag), diag);
    L1T_ASSERT_INT(setup.model.endcap, L1T_UGMT_ENDCAP_ADDRESSES);
    L1T_ASSERT_INT(setup.model.barrel, L1T_UGMT_LISTS_RUN2);
    L1T_ASSERT_INT(setup.model.order, L1T_UGMT_ORDER_RUN3);
    L1T_ASSERT_OK(load("configs/paths/ugmt_2016.yaml", path, &diag), diag);
    L1T_ASSERT_INT(setup.model.pt_bits, 6);
    L1T_ASSERT_INT(setup.model.eta_shift, 2);
    L1T_ASSERT_INT(setup.model.layout, L1T_UGMT_LAYOUT_2016);
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_ETA].source, "none");
}

// The tables of setup as files under their own names, in the test's folder dir.
static void write_tables(const char *dir)
{
    static struct l1t_lut lut;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_make_dir(l1t_test_path(dir), &diag), diag);
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++) {
        static uint32_t data[1 << 14];
        char name[80];
        l1t_lut_slot_get(&l1t_ugmt_luts[i], &setup.model, data);
        lut = (struct l1t_lut){"V1", l1t_ugmt_luts[i].address_bits, setup.luts[i].data_bits,
                               (size_t)1 << l1t_ugmt_luts[i].address_bits, data};
        snprintf(name, sizeof name, "%s/%s.txt", dir, l1t_ugmt_luts[i].name);
        FILE *out = fopen(l1t_test_path(name), "w");
        CU_ASSERT_PTR_NOT_NULL_FATAL(out);
        L1T_ASSERT_OK(l1t_lut_write(out, &lut, "test", &diag), diag);
        CU_ASSERT_EQUAL(fclose(out), 0);
    }
}

// Our own tables come back as they were.
static void own_tables_come_back_from_a_folder(void)
{
    struct l1t_diag diag = {""};
    load_default();
    other = setup;
    write_tables("own");
    L1T_ASSERT_OK(load("configs/paths/ugmt.yaml", l1t_test_path("own"), &diag), diag);
    L1T_ASSERT_TEXT(setup.digest, other.digest);
    L1T_ASSERT_TEXT(setup.luts[0].source, "ugmt_match_ob_plus.txt");
    // and without those that are not used
    const char *path = l1t_test_write_text(
        "no_eta.yaml", HEAD "extrapolation: {pt_bits: 7, phi_shift: 2, in_eta: false}\n");
    L1T_ASSERT_OK(load(path, l1t_test_path("own"), &diag), diag);
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_ETA].source, "none");
    L1T_ASSERT_TEXT(setup.luts[L1T_UGMT_LUT_PHI].source, "ugmt_phi_barrel.txt");
    for (unsigned i = 0; i < sizeof setup.model.eta_extrapolation[0]; i++)
        L1T_ASSERT_INT(setup.model.eta_extrapolation[L1T_UGMT_BARREL][i], 0);
}

// ---- refusals ----

#define HELIX                                                                                      \
    "extrapolation: {pt_bits: 7, phi_shift: 2, helix: {field: 3.8, coil: {radius: 3, z: 5.5}, "    \
    "barrel: {radius: 5, z: 7}, overlap: {radius: 5, z: 7}, endcap: {radius: 7, z: 8}}}\n"
#define HELIX_3                                                                                    \
    "extrapolation: {pt_bits: 7, phi_shift: 2, phi_data_bits: 3, helix: {field: 3.8, "             \
    "coil: {radius: 3, z: 5.5}, barrel: {radius: 5, z: 7}, overlap: {radius: 5, z: 7}, "           \
    "endcap: {radius: 7, z: 8}}}\n"
#define WINDOW "{radius: 0.1, eta_fine: 1, eta_coarse: 1, phi: 1}"
#define WINDOWS                                                                                    \
    "match_windows: {barrel_overlap: " WINDOW ", overlap_endcap: " WINDOW ", overlap: " WINDOW     \
    ", endcap: " WINDOW "}\n"
#define REST                                                                                       \
    "rank: {pt: 1, quality: 1}\nregions: {eta_width: 0.174, phi_offset: 0 deg}\n"                  \
    "isolation: {absolute: 3, relative: 1}\n"

// Words of 2016 have three bits: formulas saturate there, and such tables come back from files,
// too.
static void narrow_tables_come_back_from_a_folder(void)
{
    struct l1t_diag diag = {""};
    const unsigned phi = L1T_UGMT_LUT_PHI + L1T_UGMT_BARREL;
    L1T_ASSERT_OK(load(l1t_test_write_text("wide.yaml", HEAD HELIX WINDOWS REST), NULL, &diag),
                  diag);
    other = setup;
    const char *path = l1t_test_write_text("narrow.yaml", HEAD HELIX_3 WINDOWS REST);
    L1T_ASSERT_OK(load(path, NULL, &diag), diag);
    L1T_ASSERT_INT(setup.luts[phi].data_bits, 3);
    unsigned cut = 0;
    for (unsigned i = 0; i < 4096; i++) {
        const unsigned was = other.model.phi_extrapolation[L1T_UGMT_BARREL][i];
        cut += was > 7;
        L1T_ASSERT_INT(setup.model.phi_extrapolation[L1T_UGMT_BARREL][i], was < 7 ? was : 7);
    }
    CU_ASSERT(cut > 10);
    other = setup;
    write_tables("narrow");
    path = l1t_test_path("narrow.yaml");
    L1T_ASSERT_OK(load(path, l1t_test_path("narrow"), &diag), diag);
    L1T_ASSERT_TEXT(setup.luts[phi].source, "ugmt_phi_barrel.txt");
    L1T_ASSERT_TEXT(setup.luts[phi].digest, other.luts[phi].digest);
    L1T_ASSERT_TEXT(setup.digest, other.digest);
    L1T_ASSERT_INT(load(l1t_test_path("wide.yaml"), l1t_test_path("narrow"), &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "12 address and 3 data bits; 12 and 4 are needed here");
}

static void bad_files_are_refused_with_their_place(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{}", "required"},
        {HEAD HELIX WINDOWS REST "windows: 1\n", "unknown key"},
        {HEAD HELIX WINDOWS "rank: {pt: 1, quality: 1}\n",
         "neither a formula for the table ugmt_eta_region nor a file in luts"},
        {HEAD HELIX WINDOWS REST "luts: {ugmt_rank: rank.txt}\n",
         "a formula, but luts names a file for ugmt_rank; expected one of them"},
        {HEAD HELIX WINDOWS REST "luts: {rank: rank.txt}\n", "unknown key"},
        {HEAD WINDOWS REST "extrapolation: {pt_bits: 7, phi_shift: 2}\n",
         "neither a formula for the table ugmt_eta_barrel nor a file in luts"},
        {HEAD WINDOWS REST "extrapolation: {pt_bits: 8, phi_shift: 2}\n", "pt_bits"},
        {HEAD WINDOWS REST "extrapolation: {pt_bits: 7, phi_shift: 2, in_eta: false}\n"
                           "luts: {ugmt_eta_barrel: x.txt}\n",
         "bad.yaml:10:25: luts.ugmt_eta_barrel: luts names a file for ugmt_eta_barrel, but "
         "extrapolation.in_eta is false"},
        {HEAD WINDOWS REST
         "extrapolation: {pt_bits: 7, phi_shift: 2, helix: {field: 3.8, coil: {radius: 3, z: 5.5}, "
         "barrel: {radius: 2, z: 7}, overlap: {radius: 5, z: 7}, endcap: {radius: 7, z: 8}}}\n",
         "a muon station inside the coil (radius 3, z 5.5); expected outside"},
        {"barrel_word: run4\n", "run4"},
        {HEAD HELIX REST "match_windows: {barrel_overlap: " WINDOW "}\n", "overlap_endcap"},
        {HEAD HELIX WINDOWS "rank: {pt: 1, quality: 1}\n"
                            "regions: {eta_width: 0.174, phi_offset: 10 deg}\n"
                            "isolation: {absolute: 3, relative: 1}\n",
         "phi_offset"},
        {HEAD HELIX WINDOWS "rank: {pt: 1, quality: 1}\n"
                            "regions: {eta_width: 0.174, phi_offset: 0 deg}\n"
                            "isolation: {absolute: 33, relative: 1}\n",
         "absolute"},
    };
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(load(l1t_test_write_text("good.yaml", HEAD HELIX WINDOWS REST), NULL, &diag),
                  diag);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path = l1t_test_write_text("bad.yaml", cases[i].text);
        L1T_CHECK(load(path, NULL, &diag) == L1T_E_INPUT, "accepted: %s", cases[i].text);
        L1T_ASSERT_DIAG_CONTAINS(diag, "bad.yaml:");
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
    }
}

// A table of regions 3, but for one address.
static void write_regions(const char *name, unsigned address_bits, unsigned data_bits, unsigned odd)
{
    static char text[16384];
    size_t used = (size_t)snprintf(text, sizeof text, "#<header> V1 %u %u </header>\n",
                                   address_bits, data_bits);
    for (unsigned i = 0; i < 1u << address_bits; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%u %u\n", i, i == 77 ? odd : 3);
    (void)l1t_test_write_text(name, text);
}

static void bad_tables_are_refused(void)
{
    struct l1t_diag diag = {""};
    write_regions("region.txt", 9, 5, 27);
    const char *path = l1t_test_write_text("tables.yaml", HEAD HELIX WINDOWS
                                           "rank: {pt: 1, quality: 1}\n"
                                           "isolation: {absolute: 3, relative: 1}\n"
                                           "luts: {ugmt_eta_region: region.txt, "
                                           "ugmt_phi_region: region.txt}\n");
    L1T_ASSERT_INT(load(path, NULL, &diag), L1T_E_INPUT); // one has ten address bits
    L1T_ASSERT_DIAG_CONTAINS(
        diag, "region.txt: this table has 9 address and 5 data bits; 10 and 6 are needed here");
    (void)l1t_test_write_text("phi.txt", "#<header> V1 10 6 </header>\n0 0\n");
    path = l1t_test_write_text("tables.yaml",
                               HEAD HELIX WINDOWS "rank: {pt: 1, quality: 1}\n"
                                                  "isolation: {absolute: 3, relative: 1}\n"
                                                  "luts: {ugmt_eta_region: region.txt, "
                                                  "ugmt_phi_region: phi.txt}\n");
    L1T_ASSERT_INT(load(path, NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "phi.txt: ends at address 0; ugmt_phi_region has 1024 entries");
    write_regions("phi.txt", 10, 6, 35);
    L1T_ASSERT_OK(load(path, NULL, &diag), diag);
    write_regions("phi.txt", 10, 6, 36);
    L1T_ASSERT_INT(load(path, NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "/phi.txt: address 77 holds 36; a region of phi is at most 35");
    write_regions("region.txt", 9, 5, 28);
    L1T_ASSERT_INT(load(path, NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag,
                             "/region.txt: address 77 holds 28; a region of eta is at most 27");
    L1T_ASSERT_INT(load("configs/paths/ugmt.yaml", l1t_test_dir(), &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "has no ugmt_match_ob_plus.txt");
    L1T_ASSERT_INT(load("configs/paths/ugmt_a.yaml", NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "BOPosMatchQual.txt");
}

L1T_TEST_MAIN(
    "ugmt_config",
    {"every table has a note and a memory image", every_table_has_a_note_and_a_memory_image},
    {"entries fit their tables", entries_fit_their_tables},
    {"the digest covers settings and tables", the_digest_covers_settings_and_tables},
    {"a window is an ellipse", a_window_is_an_ellipse}, {"ranks saturate", ranks_saturate},
    {"stiff tracks bend as they should", stiff_tracks_bend_as_they_should},
    {"soft tracks bend more and seem further out", soft_tracks_bend_more_and_seem_further_out},
    {"entries stand for the middle of their bins", entries_stand_for_the_middle_of_their_bins},
    {"regions cover the detector", regions_cover_the_detector},
    {"isolation is below its limits", isolation_is_below_its_limits},
    {"tables of the years are read", tables_of_the_years_are_read},
    {"own tables come back from a folder", own_tables_come_back_from_a_folder},
    {"narrow tables come back from a folder", narrow_tables_come_back_from_a_folder},
    {"bad files are refused with their place", bad_files_are_refused_with_their_place},
    {"bad tables are refused", bad_tables_are_refused})
