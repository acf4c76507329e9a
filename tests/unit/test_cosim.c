// SPDX-License-Identifier: GPL-3.0-or-later
// The co-simulation driver against a device made of the model and broken in known ways: each is
// found, put in the right place and called by its name.
#include "fake_dut.h"
#include "l1t/cosim.h"
#include "l1t/io.h"
#include "l1t_test.h"

#include "calo/l1t_jet.h"

static struct l1t_cosim_result result;
static struct l1t_diag diag;

static struct l1t_cosim_options plain_options(void)
{
    struct l1t_cosim_options o;
    l1t_cosim_defaults(&o);
    o.n = 150;
    o.seed = 3;
    o.mem_dir = l1t_test_dir();
    return o;
}

static enum l1t_err simulate(const struct fake_dut_plan *plan, const struct l1t_cosim_options *o)
{
    static void *config;
    fake_twin = l1t_twin_find("jet");
    if (config == NULL)
        L1T_ASSERT_OK(fake_twin->config_load("configs/paths/jet.yaml", NULL, &config, &diag), diag);
    fake_config = config;
    fake_plan = *plan;
    memset(&diag, 0, sizeof diag);
    return l1t_cosim_run(fake_twin, fake_dut_ops(), config, o, &result, &diag);
}

static void an_exact_twin_passes(void)
{
    const struct fake_dut_plan none = {.fault = FAKE_NONE};
    struct l1t_cosim_options o = plain_options();
    L1T_ASSERT_OK(simulate(&none, &o), diag);
    L1T_ASSERT_INT(result.events, 150);
    L1T_ASSERT_INT(result.words, 150 * L1T_JET_STAGE_WORDS);
    L1T_ASSERT_INT(result.differing_events, 0);
    L1T_ASSERT_INT(result.stage[L1T_JET_STAGE_MAX].records, 150 * 40 * 144);
    L1T_ASSERT_INT(result.stage[L1T_JET_STAGE_MAX].rows_seen, 150 * 40);
    L1T_ASSERT_INT(result.stage[3].latency_min, 10);
    L1T_ASSERT_CONTAINS(result.verdict, "PASS jet: 150 events");
    L1T_ASSERT_TEXT(result.report, "");
    L1T_CHECK(result.bins[1] > 0, "no event with a tie was counted");
    l1t_cosim_result_fini(&result);
}

struct broken {
    const char *what;
    struct fake_dut_plan plan;
    const char *said[4];
};

static const struct broken list[] = {
    {"flag of a maximum",
     {FAKE_FLIP, L1T_JET_STAGE_MAX, 5 * 12 + 2, 1u << 8, 20, true},
     {"event 20 of the run (id 20): first difference in stage 'max' (1 of 8), row 12, lane 72",
      "ieta -13, iphi 1", "differing records: max 1 raw 0"}},
    {"seed of a raw record",
     {FAKE_FLIP, L1T_JET_STAGE_RAW, 36 * 28 + 18, 1u << 7, 70, true},
     {"event 70 of the run", "stage 'raw' (2 of 8), row 28, lane 18: ieta -30, iphi 1-4", "seed"}},
    {"a flap, upper word",
     {FAKE_FLIP, L1T_JET_STAGE_FLAPS, 72 * 3 + 5, 1u << 16, 0, true},
     {"stage 'flaps' (3 of 8), row 3, lane 2", "eta_down"}},
    {"register 3 of the negative side",
     {FAKE_FLIP, L1T_JET_STAGE_SORT, 10 * 30 / 32, 1u << (10 * 30 % 32), 5, false},
     {"stage 'sort' (7 of 8), row 0, lane 10: - side, register 3",
      "cal 0 select 0 sort 1 demux 0"}},
    {"last jet of the link",
     {FAKE_FLIP, L1T_JET_STAGE_DEMUX, 11, 1u << 7, 149, true},
     {"event 149", "stage 'demux' (8 of 8), row 0, lane 11: jet 11 of the link"}},
    {"event before",
     {FAKE_SHIFT_EVENT, L1T_JET_STAGE_PUS, 0, 0, 10, false},
     {"stage 'pus'", "shifted by -1 event"}},
    {"rows one late",
     {FAKE_SHIFT_ROW, L1T_JET_STAGE_CAL, 0, 0, 10, false},
     {"stage 'cal'", "the rows of this stage are shifted by -1"}},
    {"lanes swapped",
     {FAKE_SWAP_LANES, L1T_JET_STAGE_DEMUX, 0, 0, 10, false},
     {"stage 'demux'", "the same records in another order"}},
    {"silent stage",
     {FAKE_SILENT, L1T_JET_STAGE_SELECT, 0, 0, 10, false},
     {"stage 'select'", "the RTL gives nothing at this stage"}},
    {"strobe missing",
     {FAKE_DROP_STROBE, L1T_JET_STAGE_CAL, 0, 0, 10, false},
     {"stage 'cal': 2559 strobes for events 0..63, expected 2560 (1 missing)"}},
    {"strobe too many",
     {FAKE_EXTRA_STROBE, L1T_JET_STAGE_SORT, 0, 0, 10, false},
     {"stage 'sort': 65 strobes for events 0..63, expected 64 (1 too many)"}},
    {"latency",
     {FAKE_LATENCY, L1T_JET_STAGE_RAW, 0, 0, 100, false},
     {"stage 'raw': latency 10..11 clocks, the RTL states 10"}},
};

static void every_fault_is_found_and_named(void)
{
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        struct l1t_cosim_options o = plain_options();
        const enum l1t_err err = simulate(&list[i].plan, &o);
        L1T_CHECK(err == L1T_E_DIFF, "%s: %s", list[i].what, l1t_strerror(err));
        if (err != L1T_E_DIFF)
            continue;
        L1T_ASSERT_DIAG_CONTAINS(diag, "FAIL jet: ");
        for (size_t k = 0; k < 4 && list[i].said[k] != NULL; k++)
            L1T_CHECK(strstr(result.report, list[i].said[k]) != NULL, "%s: no \"%s\" in:\n%.700s",
                      list[i].what, list[i].said[k], result.report);
        l1t_cosim_result_fini(&result);
    }
}

static void off_by_one_is_told_with_both_values(void)
{
    const struct fake_dut_plan plan = {FAKE_FLIP, L1T_JET_STAGE_DEMUX, 0, 1, 8, true};
    struct l1t_cosim_options o = plain_options();
    L1T_ASSERT_INT(simulate(&plan, &o), L1T_E_DIFF);
    L1T_ASSERT_CONTAINS(result.report, "likely: off by one");
    L1T_ASSERT_CONTAINS(result.report, "  <--");
    L1T_ASSERT_CONTAINS(result.report, " GeV");
    L1T_ASSERT_CONTAINS(result.verdict, "1 of 150 events differ");
    l1t_cosim_result_fini(&result);
}

static void it_stops_after_the_given_number_or_goes_on(void)
{
    const struct fake_dut_plan plan = {FAKE_FLIP, L1T_JET_STAGE_MAX, 0, 1, 0, false};
    struct l1t_cosim_options o = plain_options();
    o.max_diffs = 3;
    L1T_ASSERT_INT(simulate(&plan, &o), L1T_E_DIFF);
    L1T_ASSERT_INT(result.differing_events, 3);
    L1T_ASSERT_INT(result.events, 3);
    l1t_cosim_result_fini(&result);
    o.keep_going = true;
    L1T_ASSERT_INT(simulate(&plan, &o), L1T_E_DIFF);
    L1T_ASSERT_INT(result.differing_events, 150);
    L1T_ASSERT_INT(result.stage[0].differing, 150);
    L1T_ASSERT_INT(result.stage[1].differing, 0);
    l1t_cosim_result_fini(&result);
}

static void no_events_is_no_success(void)
{
    const struct fake_dut_plan none = {.fault = FAKE_NONE};
    struct l1t_cosim_options o = plain_options();
    o.events = l1t_test_write_text("empty.txt", "# no event\n");
    L1T_ASSERT_INT(simulate(&none, &o), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "nothing was compared");
    o.events = l1t_test_write_text("two.txt", "E 1 a\nE 2 b\n");
    o.skip = 2;
    L1T_ASSERT_INT(simulate(&none, &o), L1T_E_INPUT);
    o.skip = 3;
    L1T_ASSERT_INT(simulate(&none, &o), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "ends after 2 events");
    o.skip = 1;
    o.n = UINT64_MAX;
    L1T_ASSERT_OK(simulate(&none, &o), diag);
    L1T_ASSERT_INT(result.events, 1);
    l1t_cosim_result_fini(&result);
}

static void a_dut_of_another_shape_is_refused(void)
{
    struct l1t_dut_ops ops = *fake_dut_ops();
    const struct l1t_cosim_options o = plain_options();
    ops.stage_words--;
    L1T_ASSERT_INT(l1t_cosim_run(fake_twin, &ops, fake_config, &o, &result, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "the DUT has 8 stages");
}

static void gaps_and_resets_reach_the_dut(void)
{
    struct l1t_cosim_options o = plain_options();
    const struct fake_dut_plan gap = {FAKE_AFTER_GAP, L1T_JET_STAGE_MAX, 0, 1, 0, false};
    o.gaps = L1T_GAPS_BETWEEN;
    L1T_ASSERT_OK(simulate(&gap, &o), diag);
    l1t_cosim_result_fini(&result);
    o.gaps = L1T_GAPS_INSIDE;
    o.reproducer = l1t_test_path("gap.txt");
    L1T_ASSERT_INT(simulate(&gap, &o), L1T_E_DIFF);
    L1T_ASSERT_CONTAINS(result.report, "it takes the gaps or resets of the run");
    L1T_ASSERT_CONTAINS(result.report, "--gaps inside");
    l1t_cosim_result_fini(&result);
    const struct fake_dut_plan keeps = {FAKE_KEEPS_STATE, L1T_JET_STAGE_MAX, 0, 1, 0, false};
    o = plain_options();
    L1T_ASSERT_OK(simulate(&keeps, &o), diag);
    l1t_cosim_result_fini(&result);
    o.reset_every = 40;
    L1T_ASSERT_INT(simulate(&keeps, &o), L1T_E_DIFF);
    L1T_ASSERT_CONTAINS(result.report, "event 39 of the run");
    L1T_ASSERT_CONTAINS(result.report, "--reset-every 40");
    L1T_ASSERT_INT(result.resets, 3);
    l1t_cosim_result_fini(&result);
}

static void a_fault_that_is_not_there_is_refused(void)
{
    const struct fake_dut_plan none = {.fault = FAKE_NONE};
    struct l1t_cosim_options o = plain_options();
    struct l1t_dut_ops ops = {.n_faults = 4};
    o.fault = 1;
    L1T_ASSERT_INT(simulate(&none, &o), L1T_E_USAGE);
    L1T_ASSERT_DIAG_CONTAINS(diag, "fault 1: the RTL of this program has no injected faults");
    L1T_ASSERT_OK(l1t_dut_check_fault(&ops, 4, &diag), diag);
    L1T_ASSERT_INT(l1t_dut_check_fault(&ops, 5, &diag), L1T_E_USAGE);
    L1T_ASSERT_DIAG_CONTAINS(diag, "faults 1 to 4");
}

static void a_stage_is_good_when_everything_is(void)
{
    static const struct {
        struct l1t_cosim_stage stage; // records, differing, rows expected and seen, latencies
        const char *problem;
    } list_of[] = {
        {{"s", 10, 0, 5, 5, 7, 7, 7}, NULL},      {{"s", 10, 1, 5, 5, 7, 7, 7}, "records"},
        {{"s", 10, 0, 5, 4, 7, 7, 7}, "rows"},    {{"s", 10, 0, 5, 5, 7, 8, 7}, "latency"},
        {{"s", 10, 0, 5, 5, 7, 7, 8}, "latency"}, {{"s", 10, 0, 5, 5, -1, -1, 7}, "no latency"},
    };
    for (size_t i = 0; i < sizeof list_of / sizeof list_of[0]; i++) {
        const char *problem = l1t_cosim_stage_problem(&list_of[i].stage);
        if (list_of[i].problem == NULL)
            CU_ASSERT_PTR_NULL(problem)
        else
            L1T_ASSERT_TEXT(problem, list_of[i].problem);
    }
}

static void commands_can_be_pasted(void)
{
    const struct fake_dut_plan plan = {FAKE_FLIP, L1T_JET_STAGE_MAX, 0, 1, 0, false};
    struct l1t_cosim_options o = plain_options();
    o.events = l1t_test_write_text("two events.txt", "E 1 a\nE 2 b\n");
    L1T_ASSERT_INT(simulate(&plan, &o), L1T_E_DIFF);
    L1T_ASSERT_CONTAINS(result.report, "two events.txt' --seed 3");
    l1t_cosim_result_fini(&result);
}

static void the_reproducer_is_the_event(void)
{
    const struct fake_dut_plan plan = {FAKE_FLIP, L1T_JET_STAGE_MAX, 0, 1, 30, false};
    struct l1t_cosim_options o = plain_options();
    o.reproducer = l1t_test_path("repro.txt");
    o.more_options = " --config x.yaml";
    L1T_ASSERT_INT(simulate(&plan, &o), L1T_E_DIFF);
    L1T_ASSERT_CONTAINS(result.report,
                        "repro.txt --wave cosim_jet.fst --config x.yaml   (1 event)");
    L1T_ASSERT_CONTAINS(result.report, "same run:  l1twin cosim jet --events generator --seed 3 "
                                       "--n 31 --config x.yaml");
    l1t_cosim_result_fini(&result);
    // The file shows it again.
    const struct fake_dut_plan always = {FAKE_FLIP, L1T_JET_STAGE_MAX, 0, 1, 0, false};
    o.events = o.reproducer;
    o.reproducer = NULL;
    L1T_ASSERT_INT(simulate(&always, &o), L1T_E_DIFF);
    L1T_ASSERT_INT(result.events, 1);
    L1T_ASSERT_CONTAINS(result.report, "(id 30)");
    l1t_cosim_result_fini(&result);
}

L1T_TEST_MAIN("cosim", {"an exact twin passes", an_exact_twin_passes},
              {"every fault is found and named", every_fault_is_found_and_named},
              {"off by one is told with both values", off_by_one_is_told_with_both_values},
              {"it stops after the given number or goes on",
               it_stops_after_the_given_number_or_goes_on},
              {"no events is no success", no_events_is_no_success},
              {"a DUT of another shape is refused", a_dut_of_another_shape_is_refused},
              {"gaps and resets reach the DUT", gaps_and_resets_reach_the_dut},
              {"a fault that is not there is refused", a_fault_that_is_not_there_is_refused},
              {"a stage is good when everything is", a_stage_is_good_when_everything_is},
              {"commands can be pasted", commands_can_be_pasted},
              {"the reproducer is the event", the_reproducer_is_the_event})
