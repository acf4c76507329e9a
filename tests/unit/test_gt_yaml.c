// SPDX-License-Identifier: GPL-3.0-or-later
// Menus in YAML: what legs and names of cuts mean, what is refused and with which words, run
// settings, and that a menu written out is the menu.
#include "l1t/gt_menu.h"
#include "l1t/gt_text.h"
#include "l1t/gt_yaml.h"
#include "l1t_test.h"

static struct l1t_diag diag;

static struct l1t_gt_menu *load(const char *text)
{
    struct l1t_gt_menu *menu = NULL;
    diag.text[0] = '\0';
    (void)!l1t_gt_menu_load_yaml(l1t_test_write_text("m.yaml", text), &menu, &diag);
    return menu;
}

static struct l1t_gt_menu *load_good(const char *text)
{
    struct l1t_gt_menu *menu = load(text);
    if (menu == NULL) { // nothing below it makes sense
        fprintf(stderr, "%s\n%s\n", diag.text, text);
        exit(1);
    }
    return menu;
}

// A menu of one algorithm, what stands under its name given.
static struct l1t_gt_menu *load_body(const char *body)
{
    char text[2000];
    (void)snprintf(text, sizeof text,
                   "menu: m\nexternals: {BPTX: 8}\nalgorithms:\n  L1_A:\n    bit: 7\n%s", body);
    return load_good(text);
}

// ---- legs ----

static void legs_become_expressions(void)
{
    static const struct {
        const char *body, *expression;
    } cases[] = {
        {"    legs: [{object: muon, threshold: 22 GeV, quality: single}]", "MU22[MU-QLTY_SNGL]"},
        {"    legs: [{object: MU, threshold: 4.5 GeV, bx: -1}]", "MU4p5-1"},
        {"    legs: [{object: jet, threshold: 30 GeV, times: 4}]",
         "comb{JET30, JET30, JET30, JET30}"},
        {"    legs: [{object: egamma, threshold: 30 GeV, isolation: tight, eta: 2.5}]",
         "EG30[EG-ETA_2p5, EG-ISO_0xA]"},
        {"    legs: [{object: tau, threshold: 30 GeV, isolation: isolated}]", "TAU30[TAU-ISO_0xE]"},
        {"    legs: [{object: jet, threshold: 30 GeV, eta: [[-5, -3], [3, 5]]}]",
         "JET30[JET-ETA_m5_m3, JET-ETA_3_5]"},
        {"    legs: [{object: muon, threshold: 1 GeV, track_finder: overlap}]",
         "MU1[MU-INDEX_18to35, MU-INDEX_72to89]"},
        {"    legs: [{object: towercount, threshold: 100}]", "TOWERCOUNT100"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: egamma, threshold: 9 GeV}}",
         "MU5 AND EG9"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV}}",
         "comb{MU5, MU3}"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV}}\n"
         "    cross: [opposite sign]",
         "comb{MU5, MU3}[CHGCOR_OS]"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV}}\n"
         "    cross: ['a.deltaR(b) < 1.4', same sign]",
         "dist{MU5, MU3}[DR_MAX_1p4, CHGCOR_SS]"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV},\n"
         "           c: {object: muon, threshold: 0 GeV}}\n"
         "    cross: ['mass(a, b) in 7..18 GeV', 'opposite sign(a, b)']",
         "mass_inv{MU5, MU3}[MASS_7to18, CHGCOR_OS] AND comb{MU5, MU3, MU0}"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV},\n"
         "           c: {object: muon, threshold: 0 GeV}}\n"
         "    cross: ['mass(a, b, c) < 12 GeV', opposite sign]",
         "mass_inv_3{MU5, MU3, MU0}[MASS_MAX_12, CHGCOR_OS]"},
        {"    legs: {a: {object: jet, threshold: 35 GeV}, b: {object: jet, threshold: 35 GeV},\n"
         "           t: {object: tau, threshold: 45 GeV}}\n"
         "    cross: ['mass(a, b) > 450 GeV', no overlap with t in deltaR < 0.2]",
         "mass_inv_orm{JET35, JET35, TAU45}[MASS_MIN_450, ORMDR_MAX_0p2]"},
        {"    legs: {t: {object: tau, threshold: 45 GeV}, j: {object: jet, threshold: 35 GeV}}\n"
         "    cross: [no overlap with j in deltaR < 0.2]",
         "comb_orm{TAU45, JET35}[ORMDR_MAX_0p2]"},
        {"    legs: {e: {object: egamma, threshold: 25 GeV}, m: {object: etm, threshold: 9 GeV}}\n"
         "    cross: ['transverseMass(e, m) > 40 GeV', 'deltaPhi(e, m) > 2']",
         "mass_trv{EG25, ETM9}[MASS_MIN_40, DPHI_MIN_2]"},
        {"    legs: {a: {object: jet, threshold: 5 GeV}, b: {object: jet, threshold: 3 GeV}}\n"
         "    cross: ['pt(a, b) > 10 GeV', 'deltaEta(a, b) in 0.5..2']",
         "dist{JET5, JET3}[TBPT_MIN_10, DETA_0p5to2]"},
        {"    legs: {a: {object: jet, threshold: 5 GeV}, b: {object: jet, threshold: 3 GeV}}\n"
         "    cross: ['massOverDeltaR(a, b) > 1.6 GeV']",
         "mass_inv_dr{JET5, JET3}[MASSDR_MIN_1p6]"},
        {"    legs: {a: {object: muon, threshold: 5 GeV}, b: {object: muon, threshold: 3 GeV}}\n"
         "    cross: ['massUpt(a, b) < 9 GeV']",
         "mass_inv_upt{MU5, MU3}[MASSUPT_MAX_9]"},
        {"    legs: [{object: jet, threshold: 30 GeV}]\n    and: NOT EXT_BPTX-1 OR MU3",
         "JET30 AND (NOT EXT_BPTX-1 OR MU3)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *menu = load_body(cases[i].body);
        struct l1t_gt_code *code = NULL;
        char *text = l1t_gt_expression_text(&menu->algorithm[0]);
        L1T_ASSERT_TEXT(text, cases[i].expression);
        L1T_ASSERT_TEXT(menu->algorithm[0].expression, "");
        L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
        free(text);
        l1t_gt_code_free(code);
        l1t_gt_menu_free(menu);
    }
}

// The same algorithm as legs, as names that say all and as defined cuts: one compiled menu.
static void three_ways_are_one_condition(void)
{
    struct l1t_gt_menu *menu = load_good(
        "menu: m\n"
        "cuts: {MU-ETA_x: [-1.5, 1.5], DR_x: [0, 1.4], CHGCOR_x: os, MU-QLTY_x: [12, 13, 14, 15]}\n"
        "algorithms:\n"
        "  A: {bit: 1, legs: {a: {object: muon, threshold: 3 GeV, eta: 1.5, quality: single},\n"
        "                     b: {object: muon, threshold: 3 GeV, eta: 1.5, quality: single}},\n"
        "      cross: ['deltaR(a, b) < 1.4', opposite sign]}\n"
        "  B: {bit: 2, expression: 'dist{MU3[MU-ETA_1p5, MU-QLTY_SNGL], MU3[MU-ETA_1p5, "
        "MU-QLTY_SNGL]}[DR_MAX_1p4, CHGCOR_OS]'}\n"
        "  C: {bit: 3, expression: 'dist{MU3[MU-ETA_x, MU-QLTY_x], MU3[MU-ETA_x, MU-QLTY_x]}"
        "[DR_x, CHGCOR_x]'}\n");
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    L1T_ASSERT_INT(code->n_conditions, 1);
    L1T_ASSERT_INT(code->n_legs, 1);
    L1T_ASSERT_INT(code->leg[0].eta[0].high, 138);
    L1T_ASSERT_INT(code->leg[0].threshold, 7);
    L1T_ASSERT_INT(code->condition[0].cuts.dr2.high, 1960000);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

static void names_say_what_is_cut(void)
{
    static const struct {
        const char *name, *data;
        double minimum, maximum;
    } cases[] = {
        {"JET-ETA_2p5", "", -2.5, 2.5}, {"MU-QLTY_DBLE", "8,9,10,11,12,13,14,15", 0, 0},
        {"EG-ISO_0xC", "2,3", 0, 0},    {"MU-UPT_10", "", 10, 255},
        {"MU-UPT_10to20", "", 10, 20},  {"MU-INDEX_OMTF_NEG", "", 72, 89},
        {"MU-IP_123", "1,2,3", 0, 0},   {"MU-CHG_NEG", "negative", 0, 0},
        {"JET-DISP_LLP", "1", 0, 0},
    };
    static const struct {
        const char *name;
        double minimum, maximum;
    } between[] = {{"MASS_MIN_7", 7, 151982},
                   {"MASS_MAX_18", 0, 18},
                   {"MASS_7to18p5", 7, 18.5},
                   {"MASS_MIN_7_MAX_18", 7, 18},
                   {"MASS_MIN_7_DR_x", 0, 0}};
    char body[400];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)snprintf(body, sizeof body, "    expression: '%.*s5[%s]'",
                       (int)strcspn(cases[i].name, "-"), cases[i].name, cases[i].name);
        struct l1t_gt_menu *menu = load_body(body);
        const struct l1t_gt_cut_def *cut = &menu->algorithm[0].cut[0];
        L1T_CHECK(cut->minimum == cases[i].minimum && cut->maximum == cases[i].maximum,
                  "%s: %g..%g", cases[i].name, cut->minimum, cut->maximum);
        L1T_ASSERT_TEXT(cut->data, cases[i].data);
        l1t_gt_menu_free(menu);
    }
    for (size_t i = 0; i + 1 < sizeof between / sizeof between[0]; i++) {
        (void)snprintf(body, sizeof body, "    expression: 'mass_inv{EG5, EG5}[%s]'",
                       between[i].name);
        struct l1t_gt_menu *menu = load_body(body);
        const struct l1t_gt_cut_def *cut = &menu->algorithm[0].cut[0];
        L1T_CHECK(cut->minimum == between[i].minimum && cut->maximum == between[i].maximum,
                  "%s: %g..%g", between[i].name, cut->minimum, cut->maximum);
        l1t_gt_menu_free(menu);
    }
}

static void prescales_are_one_a_list_or_a_map(void)
{
    struct l1t_gt_menu *menu =
        load_good("menu: m\ncolumns: [high, low]\nalgorithms:\n"
                  "  A: {bit: 9, expression: MU3}\n  B: {bit: 2, expression: MU3, prescale: 4.25}\n"
                  "  C: {bit: 3, expression: MU3, prescale: [0, 2]}\n"
                  "  D: {bit: 5, expression: MU3, prescale: {low: 2, high: 7}, masked: true,\n"
                  "      veto: true, closed: [3, [7, 9]], group: g, labels: [x, y]}\n");
    static const double expected[][2] = {{4.25, 4.25}, {0, 2}, {7, 2}, {1, 1}}; // by bit
    static const unsigned bit[] = {2, 3, 5, 9};
    L1T_ASSERT_INT(menu->n, 4);
    for (size_t i = 0; i < 4; i++) {
        L1T_ASSERT_INT(menu->algorithm[i].bit, bit[i]);
        L1T_ASSERT_NEAR(menu->algorithm[i].prescale[0], expected[i][0], 0);
        L1T_ASSERT_NEAR(menu->algorithm[i].prescale[1], expected[i][1], 0);
    }
    const struct l1t_gt_algorithm_def *d = &menu->algorithm[2];
    CU_ASSERT_TRUE(d->masked && d->veto);
    L1T_ASSERT_INT(d->n_closed, 2);
    L1T_ASSERT_INT(d->closed[0].last, 3);
    L1T_ASSERT_INT(d->closed[1].first, 7);
    L1T_ASSERT_TEXT(d->labels, "x,y");
    l1t_gt_menu_free(menu);
}

// ---- refusals ----

static void refusals_name_place_text_and_the_nearest(void)
{
#define HEAD "menu: m\nalgorithms:\n  A:\n    bit: 1\n"
#define TWO  "    legs: {a: {object: jet, threshold: 5 GeV}, b: {object: jet, threshold: 3 GeV}}\n"
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"menu: m\n", "m.yaml:1:1: algorithms: required key is missing"},
        {"menu: m\nalgoritms: {}\n",
         "m.yaml:2:1: algoritms: unknown key; did you mean 'algorithms'?"},
        {"menu: m\nalgorithms: {}\n", "m.yaml:2:13: algorithms: 0 algorithms; expected 1 to 512"},
        {HEAD "    expression: MU22[MU-QLTY_SNGL\n", "m.yaml:5:"},
        {HEAD "    expression: \"MU22[MU-QLTY_SNGLE]\"\n",
         "m.yaml:5:23: algorithms.A.expression: 'MU-QLTY_SNGLE' is no cut of this menu; did you "
         "mean 'MU-QLTY_SNGL'?"},
        {HEAD "    expression: MUU22\n", "m.yaml:5:17: A: unknown object 'MUU22'"},
        {HEAD "    expression: MU22 AND EG\n", "m.yaml:5:26: A: EG without a threshold"},
        {HEAD "    expression: EXT_x\n", "m.yaml:5:17: A: the menu has no external signal 'x'"},
        {HEAD, "m.yaml:4:5: algorithms.A: neither legs nor expression"},
        {HEAD "    expression: MU3\n    legs: []\n", "two of them"},
        {HEAD "    expression: MU3\n    cross: []\n",
         "m.yaml:6:12: algorithms.A.cross: only beside legs"},
        {HEAD "    legs: [{object: mouon, threshold: 3 GeV}]\n",
         "m.yaml:5:21: algorithms.A.legs[0].object: 'mouon' is not one of: muon, "},
        {HEAD "    legs: [{object: muon, threshold: 3}]\n",
         "m.yaml:5:38: algorithms.A.legs[0].threshold: '3' is not an energy; write it like"},
        {HEAD "    legs: [{object: htt, threshold: 3 GeV, eta: 2}]\n",
         "algorithms.A.legs[0].eta: htt has no eta; this cut is of: MU EG TAU JET"},
        {HEAD "    legs: [{object: muon, threshold: 3 GeV, quality: singel}]\n",
         "'singel' is not one of: open, double, single; did you mean 'single'?"},
        {HEAD "    legs: [{object: muon, threshold: 3 GeV, quality: [16]}]\n",
         "'16' is out of range; allowed 0 to 15"},
        {HEAD "    legs: [{object: htt, threshold: 3 GeV, times: 2}]\n",
         "there is one htt in a crossing, not 2"},
        {HEAD TWO "    cross: [\"delatR(a, b) < 1\"]\n",
         "m.yaml:6:14: algorithms.A.cross[0]: 'delatR' is no cut between legs; did you mean "
         "'deltaR'?"},
        {HEAD TWO "    cross: [\"deltaR(a, c) < 1\"]\n",
         "m.yaml:6:24: algorithms.A.cross[0]: 'c' is no leg of this algorithm"},
        {HEAD TWO "    cross: [\"deltaR(a, b) = 1\"]\n",
         "m.yaml:6:27: algorithms.A.cross[0]: '= 1': expected '<', '>' or 'in'"},
        {HEAD TWO "    cross: [\"mass(a, b) < 1\"]\n", "expected the unit, GeV or TeV"},
        {HEAD TWO "    cross: [\"mass(a, b) in 9..7 GeV\"]\n", "9 is above 7"},
        {HEAD TWO "    cross: [\"pt(a, b) < 7 GeV\"]\n", "has a lower limit only"},
        {HEAD TWO "    cross: [\"deltaR(a, a) < 1\"]\n", "a leg with itself"},
        {HEAD TWO "    cross: [opposite sign]\n", "the sign of 0 muons"},
        {HEAD TWO "    cross: [\"deltaR(a, b) < 1 rad\"]\n", "'rad': expected nothing more"},
        {HEAD TWO "    cross: [\"deltaR(a, b) < 1\", \"deltaR(b, a) > 0.2\"]\n",
         "the same quantity is cut on line 6 already"},
        {HEAD TWO "    cross: [\"mass(a, b) > 1 GeV\", \"transverseMass(a, b) > 1 GeV\"]\n",
         "two masses of one pair are two algorithms"},
        {HEAD TWO "    cross: [no overlap with a in deltaR < 0.2, \"mass(a, b) in 1..2 GeV\", "
                  "same sign]\n",
         "the sign of 0 muons"},
        {HEAD "    expression: MU3\n    prescale: 0.5\n", "0.5 is no prescale"},
        {HEAD "    expression: MU3\n    prescale: 1.005\n",
         "has more than two decimals; the nearest prescale is 1.0"},
        {HEAD "    expression: MU3\n    prescale: [1, 2]\n", "2 prescales for 1 columns"},
        {HEAD "    expression: MU3\n    prescale: {defualt: 2}\n",
         "'defualt' is no column of this menu; did you mean 'default'?"},
        {HEAD "    expression: MU3\n  B: {bit: 1, expression: MU3}\n",
         "m.yaml:6:12: algorithms.B.bit: bit 1 is that of A"},
        {HEAD "    expression: MU3\n    closed: [[9, 3]]\n", "9 is after 3"},
        {"menu: m\ncuts: {MU-ETTA_1: 2}\nalgorithms: {}\n", "the name says no cut"},
        {"menu: m\ncuts: {HTT-ETA_1: 2}\nalgorithms: {}\n", "the name says no cut"},
        {"menu: m\ncuts: {DR_1: 2}\nalgorithms: {}\n", "which limit?"},
        {"menu: m\ncuts: {DR_1: [2, 1]}\nalgorithms: {}\n", "2 is above 1"},
        {"menu: m\ncuts: {x: {type: ETA, object: HTT}}\nalgorithms: {}\n", "'HTT' has no cut ETA"},
        {"menu: m\nexternals: {EXT_A: 2}\nalgorithms: {}\n", "written without EXT_ here"},
        {"menu: m\nexternals: {A: 256}\nalgorithms: {}\n", "out of range; allowed 0 to 255"},
        {"menu: m\ncolumns: [a, a]\nalgorithms: {}\n", "'a' is there already"},
        {"menu: m\nscales: absent.yaml\nalgorithms: {}\n", "absent.yaml"},
        {"menu: m\nscales: {scales: s, objects: {MU: {ET: {bits: 9, step: 1, range: [1]}}},"
         " precision: {}}\nalgorithms: {}\n",
         "expected [lowest, highest]"},
        {"menu: m\nscales: {scales: s, objects: {MU: {ET: {bits: 99, step: 1, range: [0, 1]}}},"
         " precision: {}}\nalgorithms: {}\n",
         "'99' is out of range; allowed 1 to 16"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *menu = load(cases[i].text);
        L1T_CHECK(menu == NULL, "accepted: %s", cases[i].text);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
        L1T_ASSERT_DIAG_CONTAINS(diag, "m.yaml");
        l1t_gt_menu_free(menu);
    }
}

// 24 pairs of eight jets are as many conditions; that there are eight is one more.
static void too_many_conditions_are_refused(void)
{
    char text[4096] = HEAD "    legs: {";
    size_t used = strlen(text);
    for (char c = 'a'; c <= 'h'; c++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%s%c: {object: jet, threshold: 5 GeV}", c > 'a' ? ", " : "", c);
    used += (size_t)snprintf(text + used, sizeof text - used, "}\n    cross: [");
    unsigned n = 0;
    for (char p = 'a'; p <= 'h'; p++)
        for (char q = (char)(p + 1); q <= 'h' && n < 24; q++, n++)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s\"deltaR(%c, %c) > 0.2\"",
                                     n > 0 ? ", " : "", p, q);
    (void)snprintf(text + used, sizeof text - used, "]\n");
    struct l1t_gt_menu *menu = load(text);
    CU_ASSERT_PTR_NULL(menu);
    L1T_ASSERT_DIAG_CONTAINS(diag, "m.yaml:5:11: algorithms.A.legs: too many conditions");
    l1t_gt_menu_free(menu);
}

// Compiling names the line too, of legs as of expressions.
static void compiling_names_the_line(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {HEAD "    expression: MU3 AND EG300\n", "m.yaml:5:25: A: "},
        {HEAD "    legs: [{object: egamma, threshold: 300 GeV}]\n", "m.yaml:5:11: A: "},
        {HEAD "    legs: [{object: muon, threshold: 3 GeV, eta: 7}]\n", "m.yaml:5:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *menu = load_good(cases[i].text);
        struct l1t_gt_code *code = NULL;
        CU_ASSERT_NOT_EQUAL(l1t_gt_compile(menu, &code, &diag), L1T_OK);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
        l1t_gt_menu_free(menu);
    }
}

// ---- limits inside bins ----

static void limits_inside_bins_are_told(void)
{
    struct l1t_gt_menu *menu = load_good("menu: m\nalgorithms:\n"
                                         "  A: {bit: 1, expression: 'EG22p3[EG-ETA_2p1]'}\n"
                                         "  B: {bit: 2, expression: 'MU22[MU-ETA_2p1] AND "
                                         "EG22[EG-ETA_2p1315]'}\n");
    struct l1t_gt_note *note = NULL;
    size_t n = 0;
    L1T_ASSERT_OK(l1t_gt_notes(menu, &note, &n, &diag), diag);
    L1T_ASSERT_INT(n, 3);
    if (n == 3) {
        L1T_ASSERT_TEXT(note[0].what, "A: EG");
        L1T_ASSERT_INT(note[0].code, 44);
        L1T_ASSERT_NEAR(note[0].acts_as, 22.0, 1e-12);
        L1T_ASSERT_TEXT(note[1].what, "EG-ETA_2p1");
        L1T_ASSERT_INT(note[1].code, 48);
        L1T_ASSERT_NEAR(note[1].acts_as, 2.1315, 1e-12);
        L1T_ASSERT_INT(note[1].place.line, 3);
        L1T_ASSERT_TEXT(note[2].what, "MU-ETA_2p1");
        L1T_ASSERT_NEAR(note[2].acts_as, 2.1043125, 1e-12);
    }
    free(note);
    l1t_gt_menu_free(menu);
}

// ---- writing ----

static char *written(const struct l1t_gt_menu *menu)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    L1T_ASSERT_OK(l1t_gt_menu_write_yaml(menu, out, &diag), diag);
    (void)fclose(out);
    return text;
}

static void what_is_written_reads_as_the_same(void)
{
    static const char *const menus[] = {
        "menu: m\ncomment: \"a: \\\"b\\\" \\\\ #\"\ngrammar: '0.13'\noverlap: all\n"
        "columns: [2p0E34, '1']\nexternals: {B.v0-2: {system: 'x: y', cable: 1, channel: 3}}\n"
        "cuts: {odd: {object: MU, type: ETA, min: 0.1, max: 0.30000000000000004},\n"
        "       DR_a: [0, 1.4000000000000001], JET-DISP_a: 0, MU-CHG_p: pos, MASSDR_a: [1, 9]}\n"
        "algorithms:\n"
        "  A: {bit: 3, expression: 'MU3[odd, MU-CHG_p] AND dist{JET3[JET-DISP_a], JET3}[DR_a]',\n"
        "      cuts: {JET-DISP_a: 1}, prescale: [0, 1.5], closed: [0, [2, 3563]], masked: true}\n"
        "  B: {bit: 1, expression: 'mass_inv_dr{JET3[JET-DISP_a], JET3}[MASSDR_a]', veto: true,\n"
        "      group: 'true', labels: [x, 'y z'], comment: '-', module: 3}\n"
        "  C: {bit: 2, expression: '(EXT_B.v0-2-1 OR CENT3) AND NOT TOWERCOUNT.eq.5 XOR AXO'}\n",
    };
    struct l1t_gt_menu *first = NULL;
    for (size_t i = 0; i < 2; i++) {
        if (i == 0)
            first = load_good(menus[0]);
        else
            L1T_ASSERT_OK(l1t_gt_menu_load("configs/menus/run3.yaml", &first, &diag), diag);
        CU_ASSERT_PTR_NOT_NULL_FATAL(first);
        char *text = written(first);
        struct l1t_gt_menu *second = load_good(text);
        char *again = written(second);
        L1T_ASSERT_TEXT(again, text);
        L1T_ASSERT_INT(second->n, first->n);
        if (i == 0) {
            const struct l1t_gt_algorithm_def *a = &second->algorithm[2];
            L1T_ASSERT_TEXT(second->comment, "a: \"b\" \\ #");
            L1T_ASSERT_INT(second->external[0].channel, 67);
            L1T_CHECK(a->cut[0].maximum == 0.1 + 0.2, "%.17g", a->cut[0].maximum);
            L1T_ASSERT_TEXT(a->cut[2].data, "1");
            L1T_ASSERT_INT(a->closed[1].last, 3563);
        }
        free(text);
        free(again);
        l1t_gt_menu_free(first);
        l1t_gt_menu_free(second);
    }
}

static void the_scales_file_is_the_default_set(void)
{
    struct l1t_gt_scales cms;
    struct l1t_gt_menu *menu = NULL;
    L1T_ASSERT_OK(l1t_gt_scales_default(&cms, &diag), diag);
    L1T_ASSERT_OK(l1t_gt_menu_load("configs/menus/run3.yaml", &menu, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(menu);
    L1T_ASSERT_INT(menu->scales.n, cms.n);
    L1T_ASSERT_TEXT(menu->scales.name, cms.name);
    for (size_t i = 0; i < cms.n && i < menu->scales.n; i++) {
        const struct l1t_gt_scale *a = &menu->scales.scale[i], *b = &cms.scale[i];
        L1T_CHECK(strcmp(a->object, b->object) == 0 && strcmp(a->type, b->type) == 0 &&
                      a->n_bits == b->n_bits && a->step == b->step && a->minimum == b->minimum &&
                      a->maximum == b->maximum && a->n_bins == 0,
                  "%s %s", b->object, b->type);
    }
    l1t_gt_scales_free(&cms);
    l1t_gt_menu_free(menu);
}

static void the_default_menu_is_whole(void)
{
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(l1t_gt_menu_load("configs/menus/run3.yaml", &menu, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(menu);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    L1T_CHECK(menu->n >= 60 && menu->n_columns == 3, "%zu algorithms", menu->n);
    for (size_t i = 0; i < code->n_algorithms; i++)
        L1T_CHECK(code->algorithm[i].supported, "bit %u", code->algorithm[i].bit);
    for (size_t i = 0; i < menu->n; i++)
        L1T_CHECK(*menu->algorithm[i].group != '\0', "%s has no group", menu->algorithm[i].name);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

// ---- run settings ----

static const char settings_menu[] = "menu: m\nalgorithms:\n  A: {bit: 1, expression: MU3}\n"
                                    "  B: {bit: 4, expression: MU4}\n"
                                    "  C: {bit: 9, expression: MU5, prescale: 7}\n";

static enum l1t_err apply(struct l1t_gt_menu *menu, const char *tables)
{
    char text[3000];
    (void)snprintf(text, sizeof text,
                   "<run-settings id=\"uGT\"><context id=\"uGtProcessor\">\n%s"
                   "</context></run-settings>\n",
                   tables);
    diag.text[0] = '\0';
    return l1t_gt_settings_apply(l1t_test_write_text("s.xml", text), menu, &diag);
}

static void settings_set_prescales_and_masks(void)
{
    struct l1t_gt_menu *menu = load_good(settings_menu);
    const enum l1t_err err =
        apply(menu, "<param id=\"prescales\" type=\"table\"><columns>algo/prescale-index,0,1"
                    "</columns><types>string,double,double</types><rows>\n"
                    "<row> A, 2, 1.5 </row><row>4,0,100</row></rows></param>\n"
                    "<param id=\"finorMask\" type=\"table\"><columns>algo, mask</columns><rows>\n"
                    "<row>B,1</row><row>all,0</row></rows></param>\n"
                    "<param id=\"vetoMask\" type=\"table\"><columns>algo,veto</columns><rows>\n"
                    "<row>C,1</row></rows></param>\n"
                    "<param id=\"algorithmBxMask\" type=\"table\"><columns>algo,range,mask"
                    "</columns><rows>\n<row>all,all,1</row><row>A,0-99,0</row><row>A,50,1</row>\n"
                    "<row>all,3563,0</row></rows></param>\n"
                    "<param id=\"other\" type=\"string\">x</param>\n");
    L1T_ASSERT_OK(err, diag);
    L1T_ASSERT_INT(menu->n_columns, 2);
    L1T_ASSERT_TEXT(menu->column[1], "1");
    static const double prescale[][2] = {{2, 1.5}, {0, 100}, {1, 1}};
    for (size_t i = 0; i < 3; i++) {
        L1T_ASSERT_NEAR(menu->algorithm[i].prescale[0], prescale[i][0], 0);
        L1T_ASSERT_NEAR(menu->algorithm[i].prescale[1], prescale[i][1], 0);
        L1T_ASSERT_INT(menu->algorithm[i].masked, i != 1);
        L1T_ASSERT_INT(menu->algorithm[i].veto, i == 2);
    }
    L1T_ASSERT_INT(menu->algorithm[0].n_closed, 3);
    L1T_ASSERT_INT(menu->algorithm[0].closed[0].last, 49);
    L1T_ASSERT_INT(menu->algorithm[0].closed[1].first, 51);
    L1T_ASSERT_INT(menu->algorithm[1].n_closed, 1);
    L1T_ASSERT_INT(menu->algorithm[1].closed[0].first, 3563);
    l1t_gt_menu_free(menu);
}

static void settings_by_crossing_and_bit(void)
{
    struct l1t_gt_menu *menu = load_good(settings_menu);
    L1T_ASSERT_OK(apply(menu, "<param id=\"algorithmBxMask\" type=\"table\"><columns>bx/algo,1,9"
                              "</columns><rows><row>0,1,0</row>\n<row>1,1,0</row>"
                              "<row>7,0,1</row></rows></param>"),
                  diag);
    L1T_ASSERT_INT(menu->algorithm[0].n_closed, 1);
    L1T_ASSERT_INT(menu->algorithm[0].closed[0].first, 7);
    L1T_ASSERT_INT(menu->algorithm[2].n_closed, 1);
    L1T_ASSERT_INT(menu->algorithm[2].closed[0].last, 1);
    l1t_gt_menu_free(menu);
}

static void faulty_settings_are_refused(void)
{
#define PRESCALES "<param id=\"prescales\" type=\"table\"><columns>algo/prescale-index,0</columns>"
    static const struct {
        const char *tables, *message;
    } cases[] = {
        {"", "no table of run settings"},
        {"<param id=\"prescales\" type=\"table\"></param>", "table 'prescales' has no <columns>"},
        {PRESCALES "<rows>\n<row>Aa,1</row></rows></param>",
         "s.xml:3: menu m has no algorithm 'Aa'"},
        {PRESCALES "<rows>\n<row>A,1,2</row></rows></param>",
         "s.xml:3: 3 cells; the heading has 2"},
        {PRESCALES "<rows><row>A,0.5</row></rows></param>", "'0.5' is no prescale"},
        {PRESCALES "<rows><row>A,0x5</row></rows></param>", "'0x5' is no prescale"},
        {PRESCALES "</param>" PRESCALES "</param>", "a second table 'prescales'"},
        {PRESCALES "</para", "s.xml:2:"},
        {"<param id=\"finorMask\" type=\"table\"><columns>algo,msk</columns></param>",
         "finorMask: expected the columns algo and mask"},
        {"<param id=\"finorMask\" type=\"table\"><columns>algo,mask</columns>"
         "<row>A,2</row></param>",
         "0 or 1"},
        {"<param id=\"algorithmBxMask\" type=\"table\"><columns>algo,range,mask</columns>"
         "<row>A,0-3564,1</row></param>",
         "crossings like 0-99"},
        {"<param id=\"algorithmBxMask\" type=\"table\"><columns>a,b</columns></param>",
         "algorithmBxMask: expected"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *menu = load_good(settings_menu);
        L1T_CHECK(apply(menu, cases[i].tables) != L1T_OK, "accepted: %s", cases[i].tables);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
        l1t_gt_menu_free(menu);
    }
}

L1T_TEST_MAIN("gt_yaml", {"legs become expressions", legs_become_expressions},
              {"three ways are one condition", three_ways_are_one_condition},
              {"names say what is cut", names_say_what_is_cut},
              {"prescales are one, a list or a map", prescales_are_one_a_list_or_a_map},
              {"too many conditions are refused", too_many_conditions_are_refused},
              {"refusals name place, text and the nearest",
               refusals_name_place_text_and_the_nearest},
              {"compiling names the line", compiling_names_the_line},
              {"limits inside bins are told", limits_inside_bins_are_told},
              {"what is written reads as the same", what_is_written_reads_as_the_same},
              {"the scales file is the default set", the_scales_file_is_the_default_set},
              {"the default menu is whole", the_default_menu_is_whole},
              {"settings set prescales and masks", settings_set_prescales_and_masks},
              {"settings by crossing and bit", settings_by_crossing_and_bit},
              {"faulty settings are refused", faulty_settings_are_refused})
