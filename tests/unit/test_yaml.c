// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/yaml.h"
#include "l1t_test.h"

#include <float.h>

struct study {
    const char *name;
    bool fast;
    long long events, small, free_int;
    double scale, positive, threshold, budget, lumi, xsec, angle, fraction;
    int mode;
    const struct l1t_node *any, *list, *map;
};

static const char *const modes[] = {"inclusive", "physical", "towers", NULL};

#define AT(member) offsetof(struct study, member)
static const struct l1t_key keys[] = {
    {"name", L1T_STRING, AT(name), false, 0, 0, NULL},
    {"fast", L1T_BOOL, AT(fast), false, 0, 0, NULL},
    {"events", L1T_INT, AT(events), false, 1, 1e12, NULL},
    {"small", L1T_INT, AT(small), false, -5, 5, NULL},
    {"free_int", L1T_INT, AT(free_int), false, 0, 0, NULL},
    {"scale", L1T_NUMBER, AT(scale), false, 0, 0, NULL},
    {"positive", L1T_NUMBER, AT(positive), false, 1, DBL_MAX, NULL},
    {"threshold", L1T_ENERGY, AT(threshold), false, 0, 1000, NULL},
    {"budget", L1T_RATE, AT(budget), false, 0, 0, NULL},
    {"lumi", L1T_LUMI, AT(lumi), false, 0, 0, NULL},
    {"xsec", L1T_XSEC, AT(xsec), false, 0, 0, NULL},
    {"angle", L1T_ANGLE, AT(angle), false, -4, 4, NULL},
    {"fraction", L1T_PERCENT, AT(fraction), false, 0, 0, NULL},
    {"mode", L1T_CHOICE, AT(mode), false, 0, 0, modes},
    {"any", L1T_NODE, AT(any), false, 0, 0, NULL},
    {"list", L1T_LIST, AT(list), false, 0, 0, NULL},
    {"map", L1T_MAP, AT(map), false, 0, 0, NULL},
};
enum { N_KEYS = sizeof keys / sizeof keys[0] };

static struct l1t_diag diag;

static enum l1t_err bind(const char *text, size_t size, struct l1t_yaml **yaml, struct study *study)
{
    enum l1t_err err = l1t_yaml_parse("f.yaml", text, size, yaml, &diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(*yaml, l1t_yaml_root(*yaml), keys, N_KEYS, study, &diag);
    return err;
}

// ---- what must be refused, word for word ----

static const struct {
    const char *text, *message;
} bad[] = {
    // not YAML
    {"", "f.yaml: empty; expected keys and values"},
    {"# a comment\n", "f.yaml: empty; expected keys and values"},
    {"name: [a, b\n", "f.yaml:2:1: expected ',' or ']'; the list opened on line 1 is not closed"},
    {"name: {a: b\n", "f.yaml:2:1: expected ',' or '}'; the map opened on line 1 is not closed"},
    {"name: 'a\nb", "f.yaml:2:2: the quote opened on line 1 is not closed"},
    {"name: \"a\n", "f.yaml:2:1: the quote opened on line 1 is not closed"},
    {"map:\n\tname: x\n", "f.yaml:2:1: a tab; indent with spaces"},
    {"map:\n  a: x\n\tb: y\n", "f.yaml:3:1: a tab; indent with spaces"},
    {"name: a: b\n", "f.yaml:1:8: ':' is not expected here; check the indentation, or quote"},
    {"name: @x\n", "f.yaml:1:7: a value cannot start with this character; quote the text"},
    {"name: x\n  fast: true\n",
     "f.yaml:2:7: ':' is not expected here; check the indentation, or quote"},
    {"map:\n  a: 1\n b: 2\n", "f.yaml:3:2: expected a key; check the indentation"},
    {"list:\n  - a\n  b: c\n", "f.yaml:3:3: expected '-'; check the indentation"},
    {"name: x\nfast\n", "f.yaml:3:1: expected ':' after a key"},
    {"name: - a\n", "f.yaml:1:7: '-' is not expected here; check the indentation"},
    {"name: \"\\q\"\n",
     "f.yaml:1:8: while parsing a quoted scalar, found unknown escape character"},
    {"name: caf\xe9\n", "f.yaml:1:10: not UTF-8 text"},
    {"a: \xc3\xa9\nname: \xff\n", "f.yaml:2:7: not UTF-8 text"},
    {"name: \x01\n", "f.yaml:1:7: a control character; expected text"},
    // YAML we do not take
    {"name: &a x\n",
     "f.yaml:1:7: anchors and aliases (& and *) are not supported; write the value out"},
    {"name: *a\n",
     "f.yaml:1:7: anchors and aliases (& and *) are not supported; write the value out"},
    {"list: &a [x]\n",
     "f.yaml:1:7: anchors and aliases (& and *) are not supported; write the value out"},
    {"*a : x\n",
     "f.yaml:1:1: anchors and aliases (& and *) are not supported; write the value out"},
    {"name: !!str 5\n", "f.yaml:1:7: tags (!) are not supported"},
    {"map: !x {a: b}\n", "f.yaml:1:6: tags (!) are not supported"},
    {"<<: {a: b}\n", "f.yaml:1:1: merge keys (<<) are not supported"},
    {"name: a\n---\nname: b\n", "f.yaml:2:1: a second document; expected one"},
    {"? [a, b]\n: c\n", "f.yaml:1:3: a key is a word, not a list or map"},
    {"'': c\n", "f.yaml:1:1: empty key"},
    {"name: a\nfast: true\nname: b\n", "f.yaml:3:1: name: duplicate key; first given on line 1"},
    {"map:\n  a: {x: 1,\n      x: 2}\n",
     "f.yaml:3:7: map.a.x: duplicate key; first given on line 2"},
    {"list:\n  - {p: 1}\n  - {q: 1, q: 2}\n",
     "f.yaml:3:12: list[1].q: duplicate key; first given on line 3"},
    // shape
    {"- a\n", "f.yaml:1:1: expected a map of keys and values, found a list"},
    {"just text\n", "f.yaml:1:1: expected a map of keys and values, found a single value"},
    {"---\n", "f.yaml:2:1: expected a map of keys and values, found nothing"},
    {"nmae: x\n",
     "f.yaml:1:1: nmae: unknown key; did you mean 'name'? (allowed: name, fast, events, small, "
     "free_int, scale, positive, threshold, budget, lumi, xsec, angle, fraction, mode, any, list, "
     "map)"},
    {"name: x\nbugdet: 3\n",
     "f.yaml:2:1: bugdet: unknown key; did you mean 'budget'? (allowed: name, fast, events, small, "
     "free_int, scale, positive, threshold, budget, lumi, xsec, angle, fraction, mode, any, list, "
     "map)"},
    {"zzz: x\n",
     "f.yaml:1:1: zzz: unknown key (allowed: name, fast, events, small, free_int, scale, positive, "
     "threshold, budget, lumi, xsec, angle, fraction, mode, any, list, map)"},
    {"name: [a]\n", "f.yaml:1:7: name: expected a single value, found a list"},
    {"name: {a: b}\n", "f.yaml:1:7: name: expected a single value, found a map"},
    {"list: a\n", "f.yaml:1:7: list: expected a list, found a single value"},
    {"list:\n", "f.yaml:1:6: list: expected a list, found nothing"},
    {"map: [a]\n", "f.yaml:1:6: map: expected a map, found a list"},
    // words
    {"name:\n", "f.yaml:1:6: name: empty; expected text"},
    {"name: ''\n", "f.yaml:1:7: name: empty; expected text"},
    {"name: ~\n", "f.yaml:1:7: name: '~' means nothing; leave the key out, or quote it"},
    {"name: null\n", "f.yaml:1:7: name: 'null' means nothing; leave the key out, or quote it"},
    {"fast: yes\n", "f.yaml:1:7: fast: 'yes' is not true or false"},
    {"fast: True\n", "f.yaml:1:7: fast: 'True' is not true or false"},
    {"fast: 'true'\n", "f.yaml:1:7: fast: 'true' in quotes is text; write it without"},
    {"fast:\n", "f.yaml:1:6: fast: empty; expected a value"},
    {"mode: phisical\n", "f.yaml:1:7: mode: 'phisical' is not one of: inclusive, physical, towers; "
                         "did you mean 'physical'?"},
    {"mode: 1\n", "f.yaml:1:7: mode: '1' is not one of: inclusive, physical, towers"},
    // whole numbers
    {"events: many\n", "f.yaml:1:9: events: 'many' is not a whole number; write it like '1000'"},
    {"events: 1.5\n", "f.yaml:1:9: events: '1.5' is not a whole number; write it like '1000'"},
    {"events: 1e-3\n", "f.yaml:1:9: events: '1e-3' is not a whole number; write it like '1000'"},
    {"events: 0x10\n", "f.yaml:1:9: events: '0x10' is not a whole number; write it like '1000'"},
    {"events: 010\n", "f.yaml:1:9: events: '010' is not a whole number; write it like '1000'"},
    {"events: 1__0\n", "f.yaml:1:9: events: '1__0' is not a whole number; write it like '1000'"},
    {"events: 10_\n", "f.yaml:1:9: events: '10_' is not a whole number; write it like '1000'"},
    {"events: 1:30\n", "f.yaml:1:9: events: '1:30' is not a whole number; write it like '1000'"},
    {"events: 1,000\n", "f.yaml:1:9: events: '1,000' is not a whole number; write it like '1000'"},
    {"events: '5'\n", "f.yaml:1:9: events: '5' in quotes is text; write it without"},
    {"events: 0\n", "f.yaml:1:9: events: '0' is out of range; allowed 1 to 1000000000000"},
    {"events: 1e13\n", "f.yaml:1:9: events: '1e13' is out of range; allowed 1 to 1000000000000"},
    {"small: -6\n", "f.yaml:1:8: small: '-6' is out of range; allowed -5 to 5"},
    {"small: 1e400\n", "f.yaml:1:8: small: '1e400' is out of range; allowed -5 to 5"},
    {"free_int: 9223372036854775808\n",
     "f.yaml:1:11: free_int: '9223372036854775808' is out of range; allowed -9223372036854775808 "
     "to 9223372036854775807"},
    {"free_int: 1e17\n",
     "f.yaml:1:11: free_int: '1e17' is out of range; allowed -9223372036854775808 to "
     "9223372036854775807"},
    // numbers
    {"scale: .nan\n", "f.yaml:1:8: scale: '.nan' is not a number; write it like '0.25'"},
    {"scale: nan\n", "f.yaml:1:8: scale: 'nan' is not a number; write it like '0.25'"},
    {"scale: -.inf\n", "f.yaml:1:8: scale: '-.inf' is not a number; write it like '0.25'"},
    {"scale: 1e400\n", "f.yaml:1:8: scale: '1e400' is out of range of a number"},
    {"scale: 1e-400\n", "f.yaml:1:8: scale: '1e-400' is out of range of a number"},
    {"scale: 0x1p3\n", "f.yaml:1:8: scale: '0x1p3' is not a number; write it like '0.25'"},
    {"scale: 1.5x\n", "f.yaml:1:8: scale: '1.5x' is not a number; write it like '0.25'"},
    {"scale: '.'\n", "f.yaml:1:8: scale: '.' in quotes is text; write it without"},
    {"scale: 1.2.3\n", "f.yaml:1:8: scale: '1.2.3' is not a number; write it like '0.25'"},
    {"positive: 0.5\n", "f.yaml:1:11: positive: '0.5' is out of range; allowed at least 1"},
    {"scale: 11111111111111111111111111111111111111111111111111111111111111111111\n",
     "f.yaml:1:8: scale: '1111111111111111111111111111111111111111111111111111111111...' is not a "
     "number; write it like '0.25'"},
    // quantities
    {"threshold: 22 GeVV\n",
     "f.yaml:1:12: threshold: '22 GeVV' is not an energy; write it like '22 GeV'"},
    {"threshold: 22\n", "f.yaml:1:12: threshold: '22' is not an energy; write it like '22 GeV'"},
    {"threshold: GeV\n", "f.yaml:1:12: threshold: 'GeV' is not an energy; write it like '22 GeV'"},
    {"threshold: 2 TeV\n",
     "f.yaml:1:12: threshold: '2 TeV' is out of range; allowed 0 to 1000 GeV"},
    {"threshold: -1 GeV\n",
     "f.yaml:1:12: threshold: '-1 GeV' is out of range; allowed 0 to 1000 GeV"},
    {"budget: 100 khz\n", "f.yaml:1:9: budget: '100 khz' is not a rate; write it like '100 kHz'"},
    {"lumi: 2e34\n",
     "f.yaml:1:7: lumi: '2e34' is not a luminosity; write it like '2.0e34 cm-2 s-1'"},
    {"xsec: 80 Mb\n", "f.yaml:1:7: xsec: '80 Mb' is not a cross section; write it like '80 mb'"},
    {"angle: 300 deg\n", "f.yaml:1:8: angle: '300 deg' is out of range; allowed -4 to 4 rad"},
    {"fraction: 28.2\n",
     "f.yaml:1:11: fraction: '28.2' is out of range; allowed 0 to 1, or 0 % to 100 %"},
    {"fraction: 101 %\n",
     "f.yaml:1:11: fraction: '101 %' is out of range; allowed 0 to 1, or 0 % to 100 %"},
};

static void malformed_input_is_refused_word_for_word(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_yaml *yaml = NULL;
        struct study study = {0};
        memset(&diag, 0, sizeof diag);
        const enum l1t_err err = bind(bad[i].text, strlen(bad[i].text), &yaml, &study);
        L1T_CHECK(err == L1T_E_INPUT, "accepted: %s", bad[i].text);
        L1T_ASSERT_DIAG(diag, bad[i].message);
        l1t_yaml_free(yaml);
    }
}

static void refuses_missing_required_keys(void)
{
    static const struct l1t_key needed[] = {{"a", L1T_INT, 0, false, 0, 0, NULL},
                                            {"b", L1T_INT, 0, true, 0, 0, NULL}};
    static const char *const texts[] = {"m:\n  a: 1\n", "m:\n  - a: 1\n"};
    static const char *const messages[] = {"f.yaml:2:3: m.b: required key is missing",
                                           "f.yaml:2:5: m[0].b: required key is missing"};
    for (size_t i = 0; i < 2; i++) {
        struct l1t_yaml *yaml = NULL;
        long long out[1];
        L1T_ASSERT_OK(l1t_yaml_parse("f.yaml", texts[i], strlen(texts[i]), &yaml, &diag), diag);
        const struct l1t_node *m = l1t_node_get(l1t_yaml_root(yaml), "m");
        m = l1t_node_kind(m) == L1T_NODE_LIST ? l1t_node_at(m, 0) : m;
        L1T_ASSERT_INT(l1t_yaml_bind(yaml, m, needed, 2, out, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG(diag, messages[i]);
        l1t_yaml_free(yaml);
    }
}

static void refuses_nul_bytes(void)
{
    struct l1t_yaml *yaml = NULL;
    struct study study = {0};
    L1T_ASSERT_INT(bind("name: a\0b\n", 10, &yaml, &study), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "f.yaml:1:8: a control character; expected text");
    const char *path = l1t_test_write("nul.yaml", "name: a\0b\n", 10);
    L1T_ASSERT_INT(l1t_yaml_load(path, &yaml, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "nul.yaml:1: binary data (a NUL byte); expected text");
}

// ---- what must be refused quickly ----

static void expect_bomb_refused(const char *piece, size_t times, const char *message)
{
    const size_t n = strlen(piece);
    char *text = malloc(n * times + 1);
    CU_ASSERT_FATAL(text != NULL);
    for (size_t i = 0; i < times; i++)
        memcpy(text + n * i, piece, n);
    struct l1t_yaml *yaml = NULL;
    L1T_ASSERT_INT(l1t_yaml_parse("f.yaml", text, n * times, &yaml, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, message);
    free(text);
}

static void refuses_bombs_quickly(void)
{
    expect_bomb_refused("[", 100000, "f.yaml:1:33: nested deeper than 32 levels");
    expect_bomb_refused("{a: ", 100000, "f.yaml:1:129: nested deeper than 32 levels");
    expect_bomb_refused("- ", 100000, "f.yaml:1:65: nested deeper than 32 levels");
    expect_bomb_refused("- a\n", 1000001, "f.yaml:1000000:3: more than a million values");
    expect_bomb_refused("a: 1\n", 200000, "f.yaml:2:1: a: duplicate key; first given on line 1");
}

static void depth_32_is_fine(void)
{
    char text[65];
    memset(text, '[', 32);
    memset(text + 32, ']', 32);
    struct l1t_yaml *yaml = NULL;
    L1T_ASSERT_OK(l1t_yaml_parse("f.yaml", text, 64, &yaml, &diag), diag);
    l1t_yaml_free(yaml);
}

// ---- what must be understood ----

static void reads_every_type(void)
{
    static const char text[] = "name: Run 2 # a comment\n"
                               "fast: true\n"
                               "events: 1_000_000\n"
                               "small: -5\n"
                               "free_int: 9223372036854775807\n"
                               "scale: -1.25e-3\n"
                               "positive: 1\n"
                               "threshold: 22 GeV\n"
                               "budget: 100 kHz\n"
                               "lumi: 2.0e34 cm-2 s-1\n"
                               "xsec: 69.2 mb\n"
                               "angle: 180 deg\n"
                               "fraction: 28.2 %\n"
                               "mode: physical\n"
                               "any: [1, {a: b}]\n"
                               "list: [x, 'y z']\n"
                               "map: {k: v}\n";
    struct l1t_yaml *yaml = NULL;
    struct study s = {0};
    L1T_ASSERT_OK(bind(text, sizeof text - 1, &yaml, &s), diag);
    L1T_ASSERT_TEXT(s.name, "Run 2");
    CU_ASSERT(s.fast);
    L1T_ASSERT_INT(s.events, 1000000);
    L1T_ASSERT_INT(s.small, -5);
    L1T_ASSERT_INT(s.free_int, INT64_MAX);
    CU_ASSERT(s.scale == -1.25e-3 && s.positive == 1 && s.threshold == 22 && s.budget == 1e5);
    CU_ASSERT(s.lumi == 2.0e34 && s.xsec == 69.2);
    L1T_ASSERT_NEAR(s.angle, 3.14159265358979323846, 1e-15);
    L1T_ASSERT_NEAR(s.fraction, 0.282, 1e-15);
    L1T_ASSERT_INT(s.mode, 1);
    L1T_ASSERT_INT(l1t_node_kind(s.any), L1T_NODE_LIST);
    L1T_ASSERT_INT(l1t_node_len(s.list), 2);
    L1T_ASSERT_TEXT(l1t_node_text(l1t_node_at(s.list, 1)), "y z");
    L1T_ASSERT_TEXT(l1t_node_key(s.map, 0), "k");
    L1T_ASSERT_TEXT(l1t_node_text(s.map), "");
    CU_ASSERT_PTR_NULL(l1t_node_get(s.map, "absent"));
    CU_ASSERT_PTR_NULL(l1t_node_at(s.list, 2));
    L1T_ASSERT_TEXT(l1t_yaml_path(yaml), "f.yaml");
    l1t_yaml_free(yaml);
}

static void keeps_defaults_of_absent_keys(void)
{
    struct l1t_yaml *yaml = NULL;
    struct study s = {.name = "default", .scale = 7};
    L1T_ASSERT_OK(bind("events: 5\n", 10, &yaml, &s), diag);
    L1T_ASSERT_TEXT(s.name, "default");
    CU_ASSERT(s.scale == 7);
    l1t_yaml_free(yaml);
}

static const struct {
    enum l1t_type type;
    const char *text;
    double value;
} good_reals[] = {
    {L1T_NUMBER, "0", 0},
    {L1T_NUMBER, "-0.0", 0},
    {L1T_NUMBER, "+3", 3},
    {L1T_NUMBER, ".5", 0.5},
    {L1T_NUMBER, "5.", 5},
    {L1T_NUMBER, "1_000.25", 1000.25},
    {L1T_NUMBER, "1E3", 1000},
    {L1T_NUMBER, "1.7976931348623157e308", 1.7976931348623157e308},
    {L1T_ENERGY, "500 MeV", 0.5},
    {L1T_ENERGY, "1.2 TeV", 1200},
    {L1T_ENERGY, "22GeV", 22},
    {L1T_ENERGY, "'22  GeV'", 22},
    {L1T_RATE, "11245.6 Hz", 11245.6},
    {L1T_RATE, "40 MHz", 40e6},
    {L1T_LUMI, "2e34 cm^-2 s^-1", 2e34},
    {L1T_LUMI, "2e34 cm-2s-1", 2e34},
    {L1T_XSEC, "1 b", 1000},
    {L1T_XSEC, "80000 ub", 80},
    {L1T_XSEC,
     "80000 \xc2\xb5"
     "b",
     80},
    {L1T_XSEC, "3 nb", 3e-6},
    {L1T_XSEC, "3 pb", 3e-9},
    {L1T_XSEC, "3 fb", 3e-12},
    {L1T_ANGLE, "1.4 rad", 1.4},
    {L1T_PERCENT, "0.282", 0.282},
    {L1T_PERCENT, "1", 1},
    {L1T_PERCENT, "100%", 1},
};

static void reads_numbers_and_units(void)
{
    for (size_t i = 0; i < sizeof good_reals / sizeof good_reals[0]; i++) {
        const struct l1t_key key = {"x", good_reals[i].type, 0, false, 0, 0, NULL};
        char text[100];
        double value = -99;
        struct l1t_yaml *yaml = NULL;
        (void)snprintf(text, sizeof text, "x: %s\n", good_reals[i].text);
        L1T_ASSERT_OK(l1t_yaml_parse("f.yaml", text, strlen(text), &yaml, &diag), diag);
        const struct l1t_node *x = l1t_node_get(l1t_yaml_root(yaml), "x");
        L1T_ASSERT_OK(l1t_yaml_value(yaml, x, &key, &value, &diag), diag);
        L1T_CHECK(value == good_reals[i].value && !signbit(value), "%s: %.17g, expected %.17g",
                  good_reals[i].text, value, good_reals[i].value);
        l1t_yaml_free(yaml);
    }
}

static void whole_numbers_may_be_written_with_an_exponent(void)
{
    static const struct {
        const char *text;
        long long value;
    } cases[] = {{"2e6", 2000000},
                 {"1.5e3", 1500},
                 {"2.0", 2},
                 {"-9_000", -9000},
                 {"0", 0},
                 {"9007199254740993", 9007199254740993},
                 {"-9223372036854775808", INT64_MIN}};
    static const struct l1t_key key = {"x", L1T_INT, 0, false, 0, 0, NULL};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long long value = -99;
        struct l1t_yaml *yaml = NULL;
        L1T_ASSERT_OK(l1t_yaml_parse("f.yaml", cases[i].text, strlen(cases[i].text), &yaml, &diag),
                      diag);
        L1T_ASSERT_OK(l1t_yaml_value(yaml, l1t_yaml_root(yaml), &key, &value, &diag), diag);
        L1T_ASSERT_INT(value, cases[i].value);
        l1t_yaml_free(yaml);
    }
}

static void text_may_be_anything_in_quotes(void)
{
    struct l1t_yaml *yaml = NULL;
    struct study s = {0};
    static const char text[] = "\xef\xbb\xbf"
                               "name: \"null\\tcaf\xc3\xa9\"\r\n";
    L1T_ASSERT_OK(bind(text, sizeof text - 1, &yaml, &s), diag);
    L1T_ASSERT_TEXT(s.name, "null\tcaf\xc3\xa9");
    l1t_yaml_free(yaml);
}

static void fails_at_a_node(void)
{
    struct l1t_yaml *yaml = NULL;
    static const char text[] = "seeds:\n  - {threshold: 22 GeVV}\n";
    L1T_ASSERT_OK(l1t_yaml_parse("menu.yaml", text, sizeof text - 1, &yaml, &diag), diag);
    const struct l1t_node *seeds = l1t_node_get(l1t_yaml_root(yaml), "seeds");
    const struct l1t_node *seed = l1t_node_at(seeds, 0);
    L1T_ASSERT_INT(l1t_yaml_fail(yaml, l1t_node_at(seed, 0), &diag, "%d of %s", 3, "them"),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "menu.yaml:2:17: seeds[0].threshold: 3 of them");
    L1T_ASSERT_INT(l1t_yaml_fail(yaml, l1t_yaml_root(yaml), NULL, "no diag"), L1T_E_INPUT);
    l1t_yaml_free(yaml);
}

static void control_characters_never_reach_the_terminal(void)
{
    struct l1t_yaml *yaml = NULL;
    struct study s = {0};
    static const char text[] = "fast: \"a\\x1b[31m\\n\"\n";
    L1T_ASSERT_INT(bind(text, sizeof text - 1, &yaml, &s), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "f.yaml:1:7: fast: 'a?[31m?' in quotes is text; write it without");
    l1t_yaml_free(yaml);
}

static void reads_stdin_and_files(void)
{
    struct l1t_yaml *yaml = NULL;
    const char *path = l1t_test_write_text("ok.yaml", "a: 1\n");
    L1T_ASSERT_OK(l1t_yaml_load(path, &yaml, &diag), diag);
    L1T_ASSERT_TEXT(l1t_yaml_path(yaml), path);
    l1t_yaml_free(yaml);
    L1T_ASSERT_INT(l1t_yaml_load(l1t_test_dir(), &yaml, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, ": is a directory; expected a file");
    CU_ASSERT_PTR_NULL(yaml);
}

static void without_a_path_the_default_is_read(void)
{
    struct l1t_yaml *yaml;
    L1T_ASSERT_OK(l1t_yaml_load_or(NULL, "paths/sort.yaml", &yaml, &diag), diag);
    L1T_ASSERT_CONTAINS(l1t_yaml_path(yaml), "paths/sort.yaml");
    l1t_yaml_free(yaml);
    const char *path = l1t_test_write_text("own.yaml", "a: 1\n");
    L1T_ASSERT_OK(l1t_yaml_load_or(path, "paths/none.yaml", &yaml, &diag), diag);
    L1T_ASSERT_TEXT(l1t_yaml_path(yaml), path);
    l1t_yaml_free(yaml);
    CU_ASSERT(l1t_yaml_load_or(NULL, "paths/none.yaml", &yaml, &diag) != L1T_OK);
    L1T_ASSERT_DIAG_CONTAINS(diag, "paths/none.yaml");
    CU_ASSERT_PTR_NULL(yaml);
}

static void suggests_near_names_only(void)
{
    static const char *const names[] = {"budget", "menu", "threshold", "eta"};
    static const char *const cases[][2] = {{"bugdet", "budget"},
                                           {"budgets", "budget"},
                                           {"Menu", "menu"},
                                           {"treshold", "threshold"},
                                           {"thershlod", "threshold"},
                                           {"eat", "eta"},
                                           {"et", NULL},
                                           {"luminosity", NULL},
                                           {"", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found = l1t_nearest(cases[i][0], names, 4);
        if (cases[i][1] == NULL)
            L1T_CHECK(found == NULL, "%s: suggested %s", cases[i][0], found);
        else
            L1T_ASSERT_TEXT(found, cases[i][1]);
    }
    char endless[5000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    CU_ASSERT_PTR_NULL(l1t_nearest(endless, names, 4));
}

L1T_TEST_MAIN(
    "yaml", {"malformed input is refused word for word", malformed_input_is_refused_word_for_word},
    {"refuses missing required keys", refuses_missing_required_keys},
    {"refuses NUL bytes", refuses_nul_bytes}, {"refuses bombs quickly", refuses_bombs_quickly},
    {"depth 32 is fine", depth_32_is_fine}, {"reads every type", reads_every_type},
    {"keeps defaults of absent keys", keeps_defaults_of_absent_keys},
    {"reads numbers and units", reads_numbers_and_units},
    {"whole numbers may be written with an exponent",
     whole_numbers_may_be_written_with_an_exponent},
    {"text may be anything in quotes", text_may_be_anything_in_quotes},
    {"fails at a node", fails_at_a_node},
    {"control characters never reach the terminal", control_characters_never_reach_the_terminal},
    {"reads stdin and files", reads_stdin_and_files},
    {"without a path the default is read", without_a_path_the_default_is_read},
    {"suggests near names only", suggests_near_names_only})
