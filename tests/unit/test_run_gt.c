// SPDX-License-Identifier: GPL-3.0-or-later
// The study's global trigger: counts of generated crossings against plain loops over the objects
// that the models make of the same events.
#include "l1t/calo_config.h"
#include "l1t/io.h"
#include "l1t/ugmt_config.h"
#include "l1t_test.h"
#include "run_parts.h"

enum { EVENTS = 800 };

#define HEAD                                                                                       \
    "study: s\nseed: 11\nspectra: a\nmenu: m\nevents: 1000\n"                                      \
    "gt: {menu: ../menus/run3.yaml, calorimeter: ../paths/calo.yaml, jets_a_crossing: 2, "         \
    "muons_a_crossing: 1.2, events: 800"

static struct l1t_run run;

static enum l1t_err make(const char *rest, unsigned threads, struct l1t_diag *diag)
{
    char text[600];
    const struct l1t_run_options options = {.threads = threads};
    (void)snprintf(text, sizeof text, HEAD "%s}\n", rest);
    memset(&run, 0, sizeof run);
    diag->text[0] = '\0';
    enum l1t_err err =
        l1t_study_parse(&run.study, "configs/studies/s.yaml", text, strlen(text), diag);
    return err == L1T_OK ? l1t_run_global_trigger(&run, &options, diag) : err;
}

static uint64_t fired(const char *name)
{
    for (size_t i = 0; i < run.gt.menu->n; i++)
        if (strcmp(run.gt.menu->algorithm[i].name, name) == 0)
            return run.gt.fired[run.gt.menu->algorithm[i].bit];
    L1T_CHECK(false, "%s is not in the menu", name);
    return 0;
}

struct plain {
    uint64_t jet180, eg60, double_jet150, ht360, met120, mu22, mu25;
};

// Words taken apart here, by the formats of the links.
static void count_calo(struct plain *p, const struct l1t_calo_result *r)
{
    unsigned jets180 = 0, jets150 = 0, eg60 = 0;
    for (unsigned i = 0; i < 12; i++) {
        const int eta = (int)(int8_t)(r->jet.gt[i] >> 11 & 0xff);
        jets180 += (r->jet.gt[i] & 0x7ff) >= 360;
        jets150 += (r->jet.gt[i] & 0x7ff) >= 300 && eta >= -58 && eta <= 57;
        eg60 += (r->egamma.out.gt[i] & 0x1ff) >= 120;
    }
    p->jet180 += jets180 >= 1;
    p->double_jet150 += jets150 >= 2;
    p->eg60 += eg60 >= 1;
    p->ht360 += (r->sums.gt[1] & 0xfff) >= 720;
    p->met120 += (r->sums.gt[4] & 0xfff) >= 240;
}

static void count_muons(struct plain *p, const struct l1t_ugmt_result *r)
{
    bool mu22 = false, mu25 = false;
    for (unsigned i = 0; i < 8; i++) {
        const unsigned pt = r->gt[i] >> 10 & 0x1ff, quality = r->gt[i] >> 19 & 0xf;
        mu22 = mu22 || (quality >= 12 && pt >= 45);
        mu25 = mu25 || (quality >= 12 && pt >= 51);
    }
    p->mu22 += mu22;
    p->mu25 += mu25;
}

static void count_plainly(struct plain *p)
{
    static struct l1t_calo_setup calo;
    static struct l1t_ugmt_setup ugmt;
    static struct l1t_towers towers;
    static struct l1t_calo_result calo_result;
    static struct l1t_ugmt_event muons;
    static struct l1t_ugmt_result ugmt_result;
    struct l1t_tower_gen *tower_gen = NULL;
    struct l1t_muon_gen *muon_gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_calo_setup_load("configs/paths/calo.yaml", NULL, &calo, &diag), diag);
    L1T_ASSERT_OK(l1t_ugmt_setup_load("configs/paths/ugmt.yaml", NULL, &ugmt, &diag), diag);
    calo.generator.corners = ugmt.generator.corners = 0;
    calo.generator.jets = 2;
    ugmt.generator.muons = 1.2;
    L1T_ASSERT_OK(l1t_tower_gen_new(&calo.generator, 11, &tower_gen, &diag), diag);
    L1T_ASSERT_OK(l1t_muon_gen_new(&ugmt.generator, 11, &muon_gen, &diag), diag);
    memset(p, 0, sizeof *p);
    for (uint64_t e = 0; e < EVENTS; e++) {
        l1t_tower_gen_event(tower_gen, e, &towers);
        l1t_calo(&calo.model, &towers, &calo_result);
        count_calo(p, &calo_result);
        (void)l1t_muon_gen_event(muon_gen, e, &muons, NULL);
        l1t_ugmt(&ugmt.model, &muons, &ugmt_result);
        count_muons(p, &ugmt_result);
    }
    l1t_tower_gen_free(tower_gen);
    l1t_muon_gen_free(muon_gen);
}

static void counts_are_those_of_plain_loops(void)
{
    struct l1t_diag diag = {""};
    struct plain p;
    L1T_ASSERT_OK(make(", muons: ../paths/ugmt.yaml, externals: [ZeroBias_BPTX_AND]", 3, &diag),
                  diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(run.gt.menu);
    count_plainly(&p);
    L1T_CHECK(p.jet180 > 5 && p.eg60 > 5 && p.double_jet150 > 1 && p.ht360 > 5 && p.met120 > 5 &&
                  p.mu22 > 5 && p.mu25 > 5 && p.mu25 < p.mu22,
              "the sample is too small to tell");
    L1T_ASSERT_INT(fired("L1_SingleJet180"), p.jet180);
    L1T_ASSERT_INT(fired("L1_DoubleJet150er2p5"), p.double_jet150);
    L1T_ASSERT_INT(fired("L1_SingleEG60"), p.eg60);
    L1T_ASSERT_INT(fired("L1_HTT360er"), p.ht360);
    L1T_ASSERT_INT(fired("L1_ETMHF120"), p.met120);
    L1T_ASSERT_INT(fired("L1_SingleMu22"), p.mu22);
    L1T_ASSERT_INT(fired("L1_SingleMu25"), p.mu25);
    L1T_ASSERT_INT(fired("L1_ZeroBias"), EVENTS);
    L1T_ASSERT_INT(fired("L1_DoubleLLPJet40"), 0); // quality bits are not taken for this
    l1t_run_free(&run);
}

static void prescales_and_the_final_or(void)
{
    struct l1t_diag diag = {""};
    uint64_t sum = 0, finor = 0, most = 0;
    for (int column = 0; column < 2; column++) {
        L1T_ASSERT_OK(make(column == 0 ? ", column: 2p0E34" : ", column: 1p0E34", 1, &diag), diag);
        CU_ASSERT_PTR_NOT_NULL_FATAL(run.gt.menu);
        for (size_t i = 0; i < run.gt.menu->n; i++) {
            const struct l1t_gt_algorithm_def *a = &run.gt.menu->algorithm[i];
            const double prescale = a->prescale[2 * column];
            const uint64_t n = run.gt.fired[a->bit];
            const uint64_t factor = (uint64_t)lround(100 * prescale);
            L1T_CHECK(run.gt.accepted[a->bit] == (factor == 0 ? 0 : 100 * n / factor),
                      "%s: %llu of %llu at %g", a->name,
                      (unsigned long long)run.gt.accepted[a->bit], (unsigned long long)n, prescale);
            L1T_CHECK(run.gt.pure[a->bit] <= run.gt.accepted[a->bit], "%s", a->name);
            sum += column == 0 ? run.gt.accepted[a->bit] : 0;
            most = column == 0 && run.gt.accepted[a->bit] > most ? run.gt.accepted[a->bit] : most;
        }
        if (column == 0) {
            finor = run.gt.finor;
            L1T_CHECK(finor >= most && finor <= sum && finor < EVENTS, "%llu",
                      (unsigned long long)finor);
        } else {
            L1T_CHECK(run.gt.finor >= finor, "smaller prescales, fewer crossings");
        }
        l1t_run_free(&run);
    }
}

static void what_is_not_there_is_named_bad(void)
{
    static const struct {
        const char *rest, *message;
    } cases[] = {
        {", column: 2p0E43", "gt.column: menu run3 has no prescale column '2p0E43'; did you mean "
                             "'2p0E34'?"},
        {", externals: [BPTX]", "gt.externals[0]: menu run3 has no external signal 'BPTX'"},
        {", muons: none.yaml", "none.yaml"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_diag diag = {""};
        CU_ASSERT_NOT_EQUAL(make(cases[i].rest, 1, &diag), L1T_OK);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
        l1t_run_free(&run);
    }
}

// The bits of 2017 and 2016 mean other things.
static void muons_of_another_year_are_refused(void)
{
    static const char output[] = "output: run3";
    char *text, changed[1 << 14], rest[300];
    size_t size;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_read_text("configs/paths/ugmt.yaml", 1 << 20, &text, &size, &diag), diag);
    const char *at = strstr(text, output);
    CU_ASSERT_FATAL(at != NULL && size + sizeof output < sizeof changed);
    (void)snprintf(changed, sizeof changed, "%.*soutput: 2017%s", (int)(at - text), text,
                   at + sizeof output - 1);
    free(text);
    (void)snprintf(rest, sizeof rest, ", muons: %s", l1t_test_write_text("2017.yaml", changed));
    L1T_ASSERT_INT(make(rest, 1, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "2017.yaml: 'output' is not run3");
    l1t_run_free(&run);
}

L1T_TEST_MAIN("run_gt", {"counts are those of plain loops", counts_are_those_of_plain_loops},
              {"prescales and the final OR", prescales_and_the_final_or},
              {"what is not there is named", what_is_not_there_is_named_bad},
              {"muons of another year are refused", muons_of_another_year_are_refused})
