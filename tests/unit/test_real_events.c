// SPDX-License-Identifier: GPL-3.0-or-later
// Kinematics from CSV files of many makes.
#include "l1t/real_events.h"

#include "l1t/tower_gen.h"
#include "l1t_test.h"

static struct l1t_real_events events;

static enum l1t_err load(const char *text, const char *columns, struct l1t_diag *diag)
{
    return l1t_real_events_load(&events, l1t_test_write_text("real.csv", text), columns, diag);
}

static void columns_are_found_by_name(void)
{
    static const struct {
        const char *text, *columns, *found;
        unsigned objects;
    } good[] = {
        {"Run,pt1,eta1,phi1,Q1,pt2,eta2,phi2\n1,30,1.5,-2,1,20,-0.5,3\n", NULL,
         "pt1,eta1,phi1,pt2,eta2,phi2", 2},
        {"\xef\xbb\xbfPT, Eta ,phi\r\n30,1.5,-2\r\n", NULL, "pt,eta,phi", 1},
        {"E1,px1,py1,pz1\n50,-12.484405,-27.278923,63.878378\n", NULL, "px1,py1,pz1", 1},
        {"e,lep_pt,lep_eta,lep_phi,pt1,eta1,phi1\n0,30,1.5,-2,9,9,9\n", "lep_pt,lep_eta,lep_phi",
         "lep_pt,lep_eta,lep_phi", 1},
        {"# of a detector\n\nPx_a,py_a,pz_a\n-12.484405,-27.278923,63.878378\n", "Px_a,py_a,pz_a",
         "Px_a,py_a,pz_a", 1},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(load(good[i].text, good[i].columns, &diag), diag);
        L1T_ASSERT_TEXT(events.columns, good[i].found);
        L1T_ASSERT_INT(events.n, 1);
        L1T_ASSERT_INT(events.event[0].n, good[i].objects);
        const struct l1t_real_object *o = &events.event[0].object[0];
        L1T_CHECK(fabs(o->pt_gev - 30) < 1e-5 && fabs(o->eta - 1.5) < 1e-6 &&
                      fabs(o->phi + 2) < 1e-6,
                  "case %zu: %g %g %g", i, o->pt_gev, o->eta, o->phi);
        l1t_real_events_free(&events);
    }
}

static void blank_and_far_objects_are_left_out(void)
{
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(
        load("pt1,eta1,phi1,pt2,eta2,phi2\n,,,20,1,1\n30,5.5,0,1200,0,0\n40,0,6.2,5,0,0\n", NULL,
             &diag),
        diag);
    L1T_ASSERT_INT(events.n, 3);
    L1T_ASSERT_INT(events.event[0].n, 1);
    L1T_ASSERT_INT(events.event[1].n, 0);
    L1T_ASSERT_INT(events.event[1].line, 3);
    L1T_ASSERT_INT(events.event[2].n, 2);
    L1T_ASSERT_INT(events.out_of_range, 2);
    CU_ASSERT(fabs(events.event[2].object[0].phi - (6.2 - 2 * acos(-1))) < 1e-12);
    l1t_real_events_free(&events);
}

static void bad_files_are_refused_with_their_line(void)
{
    static const struct {
        const char *text, *columns, *said;
    } bad[] = {
        {"", NULL, "no events"},
        {"pt1,eta1,phi1\n", NULL, "no events"},
        {"a,b\n1,2\n", NULL, ":1: no columns pt1,eta1,phi1"},
        {"pt1,eta1\n1,2\n", NULL, ":1: no column 'phi1'"},
        {"pt1,eta1,phi1,PT1\n1,2,3,4\n", NULL, ":1: more than one column 'pt1'"},
        {"pt1,eta1,phi1\n1,2\n", NULL, ":2: 2 fields; the heading has 3"},
        {"pt1,eta1,phi1\n1,2,3,4\n", NULL, ":2: 4 fields"},
        {"pt1,eta1,phi1\n1,x,3\n", NULL, ":2: eta1 is a number, not 'x'"},
        {"pt1,eta1,phi1\n1,nan,3\n", NULL, ":2: eta1 is a number"},
        {"pt1,eta1,phi1\n1,,3\n", NULL, ":2: eta1 is a number, not ''"},
        {"pt1,eta1,phi1\n0,1,3\n", NULL, ":2: pt is above 0"},
        {"pt1,eta1,phi1\n-4,1,3\n", NULL, ":2: pt is above 0"},
        {"pt1,eta1,phi1\n5,1,90\n", NULL, ":2: phi is in radians"},
        {"px1,py1,pz1\n0,0,3\n", NULL, ":2: pt is above 0"},
        {"pt1,eta1,phi1\n5,1,1\n", "pt1,eta1", ":1: --columns: names by threes"},
        {"pt1,eta1,phi1\n5,1,1\n", "a,eta1,phi1", ":1: no column 'a'"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        L1T_CHECK(load(bad[i].text, bad[i].columns, &diag) == L1T_E_INPUT, "case %zu was read", i);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        L1T_ASSERT_DIAG_CONTAINS(diag, "real.csv");
    }
}

// Truth has the file's numbers, to the grain of the generator, again from the start when it ends.
static void generated_events_have_the_files_objects(void)
{
    static struct l1t_towers t;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    struct l1t_tower_gen_params p;
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(
        load("pt,eta,phi\n37.5667,2.28918,2.0526\n36.2901,-0.837253,-1.58592\n", NULL, &diag),
        diag);
    l1t_tower_gen_defaults(&p);
    p.jets = 0;
    p.real = &events;
    p.real_kind = L1T_TRUTH_PHOTON;
    L1T_ASSERT_OK(l1t_tower_gen_new(&p, 1, &gen, &diag), diag);
    for (uint64_t e = 0; e < 5; e++) {
        const struct l1t_real_event *from = &events.event[e % 2];
        L1T_ASSERT_INT(l1t_tower_gen_event_truth(gen, e, &t, truth), 1);
        L1T_ASSERT_INT(truth[0].kind, L1T_TRUTH_PHOTON);
        L1T_ASSERT_INT(truth[0].line, 2 + e % 2);
        CU_ASSERT(fabs(truth[0].pt_gev - from->object[0].pt_gev) <= 0.5 / 128);
        CU_ASSERT(fabs(truth[0].eta - from->object[0].eta) <= 0.5 / 65536);
        CU_ASSERT(fabs(truth[0].phi - from->object[0].phi) <= 1e-8);
    }
    l1t_tower_gen_free(gen);
    l1t_real_events_free(&events);
}

static void open_data_are_read(void)
{
    static const struct {
        const char *file, *columns;
        size_t n;
        unsigned objects;
    } data[] = {
        {"opendata/cms2011/Zee_Run2011A.csv.gz", "pt1,eta1,phi1,pt2,eta2,phi2", 18885, 2},
        {"opendata/cms2011/Zmumu_Run2011A_masses.csv.gz", "pt1,eta1,phi1,pt2,eta2,phi2", 10851, 2},
        {"opendata/cms4l/4e_2012.csv.gz", "pt1,eta1,phi1,pt2,eta2,phi2,pt3,eta3,phi3,pt4,eta4,phi4",
         41, 4},
    };
    for (size_t i = 0; i < sizeof data / sizeof data[0]; i++) {
        struct l1t_diag diag = {""};
        L1T_SKIP_UNLESS_SHARED(path, data[i].file);
        L1T_ASSERT_OK(l1t_real_events_load(&events, path, NULL, &diag), diag);
        L1T_ASSERT_INT(events.n, data[i].n);
        L1T_ASSERT_INT(events.objects, data[i].objects);
        L1T_ASSERT_TEXT(events.columns, data[i].columns);
        l1t_real_events_free(&events);
    }
}

L1T_TEST_MAIN("real_events", {"columns are found by name", columns_are_found_by_name},
              {"blank and far objects are left out", blank_and_far_objects_are_left_out},
              {"bad files are refused with their line", bad_files_are_refused_with_their_line},
              {"generated events have the file's objects", generated_events_have_the_files_objects},
              {"open data are read", open_data_are_read})
