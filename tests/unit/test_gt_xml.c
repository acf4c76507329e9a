// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/gt_menu.h"
#include "l1t_test.h"

#include <zlib.h>

static struct l1t_diag diag;

#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>\n"                              \
    "<tmxsd:menu xmlns:tmxsd=\"http://www.cern.ch/tmxsd/1.0.0\">\n"
#define FOOT "</tmxsd:menu>\n"
#define ALGORITHM(name, expression, index)                                                         \
    "<algorithm><name>" name "</name><expression>" expression "</expression><index>" index         \
    "</index>"

static const char sample[] = HEAD
    "  <ancestor_id>7</ancestor_id>\n"
    "  <name>L1Menu_sample</name>\n"
    "  <global_tag/>\n"
    "  <grammar_version>0.6</grammar_version>\n"
    "  <comment>two lines,\n&lt;marked&gt; &#181;</comment>\n"
    "  <ext_signal_set><name>cables</name>\n"
    "    <ext_signal><name>BPTX_OR.v0</name><system>BPTX</system><cable>1</cable>"
    "<channel>6</channel><description>x</description></ext_signal>\n"
    "    <ext_signal><name>EXT_Beam</name><cable>0</cable><channel>63</channel></ext_signal>\n"
    "  </ext_signal_set>\n"
    "  <scale_set><name>scales_2018_08_07</name>\n"
    "    <scale><object>EG</object><type>ET</type><minimum>+0.0E+00</minimum>"
    "<maximum>+1.0E+00</maximum><step>+5.0E-01</step><n_bits>9</n_bits>\n"
    "      <bin><number>1</number><minimum>+5.0E-01</minimum><maximum>+1.0E+00</maximum></bin>\n"
    "      <bin><number>0</number><minimum>+0.0E+00</minimum><maximum>+5.0E-01</maximum></bin>\n"
    "    </scale>\n"
    "    <scale><object>PRECISION</object><type>EG-EG-Mass</type><minimum>0</minimum>"
    "<maximum>0</maximum><step>0</step><n_bits>1</n_bits></scale>\n"
    "  </scale_set>\n"
    "  <algorithm>\n"
    "    <name>L1_Second</name>\n"
    "    <expression>\n      EXT_BPTX_OR.v0-1 AND EXT_Beam\n    </expression>\n"
    "    <index>12</index><module_id>3</module_id><module_index>0</module_index>\n"
    "    <labels>PURE</labels><labels>SLOW</labels>\n"
    "    <external_requirement><name>EXT_Beam</name><bx_offset>+0</bx_offset>"
    "</external_requirement>\n"
    "  </algorithm>\n"
    "  <algorithm>\n"
    "    <name>L1_First</name>\n"
    "    <expression>dist{MU3[MU-ETA_2p1], MU0}[DR_MAX_1p4]</expression>\n"
    "    <index>2</index>\n"
    "    <cut><name>MU-ETA_2p1</name><object>MU</object><type>ETA</type>"
    "<minimum>-2.1043124999999998E+00</minimum><maximum>+2.1043124999999998E+00</maximum>"
    "<data></data></cut>\n"
    "    <cut><name>DR_MAX_1p4</name><type>DR</type><minimum>+0.0000000000000000E+00</minimum>"
    "<maximum>+1.4000000000000001E+00</maximum><data/></cut>\n"
    "    <object_requirement><name>MU3</name><type>MU</type>"
    "<comparison_operator>.ge.</comparison_operator><threshold>+3.0E+00</threshold>"
    "<bx_offset>0</bx_offset></object_requirement>\n"
    "  </algorithm>\n" FOOT;

static void check_sample(const char *path)
{
    struct l1t_gt_menu *m = NULL;
    L1T_ASSERT_OK(l1t_gt_menu_load_xml(path, &m, &diag), diag);
    if (m == NULL || m->n != 2 || m->n_externals != 2 || m->scales.n != 2) {
        CU_FAIL("not all of the menu");
        l1t_gt_menu_free(m);
        return;
    }
    L1T_ASSERT_TEXT(m->name, "L1Menu_sample");
    L1T_ASSERT_TEXT(m->grammar, "0.6");
    L1T_ASSERT_TEXT(m->comment, "two lines,\n<marked> \xc2\xb5");
    L1T_ASSERT_INT(m->overlap, L1T_GT_OVERLAP_ALL);
    L1T_ASSERT_TEXT(m->external[0].name, "BPTX_OR.v0");
    L1T_ASSERT_TEXT(m->external[0].system, "BPTX");
    L1T_ASSERT_INT(m->external[0].channel, 70);
    L1T_ASSERT_TEXT(m->external[1].name, "Beam");
    L1T_ASSERT_TEXT(m->external[1].system, "");
    L1T_ASSERT_INT(m->external[1].channel, 63);
    L1T_ASSERT_TEXT(m->scales.name, "scales_2018_08_07");
    L1T_ASSERT_INT(m->scales.scale[0].n_bins, 2);
    L1T_ASSERT_INT(m->scales.scale[0].bin[0].number, 1);
    L1T_ASSERT_NEAR(m->scales.scale[0].bin[0].maximum, 1, 0);
    L1T_ASSERT_TEXT(m->scales.scale[1].type, "EG-EG-Mass");
    L1T_ASSERT_INT(m->scales.scale[1].n_bits, 1);
    const struct l1t_gt_algorithm_def *const a = &m->algorithm[0], *const b = &m->algorithm[1];
    L1T_ASSERT_TEXT(a->name, "L1_First");
    L1T_ASSERT_INT(a->bit, 2);
    L1T_ASSERT_INT(a->n_cuts, 2);
    L1T_ASSERT_TEXT(a->cut[0].object, "MU");
    CU_ASSERT_EQUAL(a->cut[0].minimum, -2.1043124999999998);
    L1T_ASSERT_TEXT(a->cut[1].object, "");
    L1T_ASSERT_TEXT(a->cut[1].data, "");
    CU_ASSERT_EQUAL(a->cut[1].maximum, nextafter(1.4, 2)); // the last digit is kept
    L1T_ASSERT_TEXT(b->name, "L1_Second");
    L1T_ASSERT_TEXT(b->expression, "EXT_BPTX_OR.v0-1 AND EXT_Beam");
    L1T_ASSERT_INT(b->expression_place.line, 23);
    L1T_ASSERT_INT(b->expression_place.column, 7);
    L1T_ASSERT_INT(b->expr->arg[1]->place.column, 28);
    L1T_ASSERT_TEXT(b->labels, "PURE,SLOW");
    L1T_ASSERT_INT(b->module_id, 3);
    L1T_ASSERT_NEAR(b->prescale[0], 1, 0);
    l1t_gt_menu_free(m);
}

static void reads_a_menu(void)
{
    check_sample(l1t_test_write_text("sample.xml", sample));
}

static void reads_it_gzipped_and_with_crlf(void)
{
    const char *const path = l1t_test_path("sample.xml.gz");
    gzFile gz = gzopen(path, "wb");
    CU_ASSERT(gzwrite(gz, sample, sizeof sample - 1) == (int)sizeof sample - 1);
    CU_ASSERT(gzclose(gz) == Z_OK);
    check_sample(path);
    static char dos[2 * sizeof sample];
    size_t n = 0;
    for (size_t i = 0; i + 1 < sizeof sample; i++) {
        if (sample[i] == '\n')
            dos[n++] = '\r';
        dos[n++] = sample[i];
    }
    check_sample(l1t_test_write("dos.xml", dos, n));
}

// The menu is told by its content, whatever its name.
static void found_by_content(void)
{
    struct l1t_gt_menu *m = NULL;
    L1T_ASSERT_OK(l1t_gt_menu_load(l1t_test_write_text("menu.yaml", sample), &m, &diag), diag);
    l1t_gt_menu_free(m);
    CU_ASSERT(l1t_gt_menu_load(l1t_test_write_text("x.xml", "\n \nname: x\n"), &m, &diag) ==
              L1T_E_INPUT);
    CU_ASSERT_PTR_NULL(strstr(diag.text, "not XML"));
    CU_ASSERT(l1t_gt_menu_load(l1t_test_path("absent"), &m, &diag) == L1T_E_INPUT);
}

// ---- what must be refused ----

#define LAUGH(n, m)                                                                                \
    "<!ENTITY l" #n " \"&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";&l" #m ";"  \
    "\""                                                                                           \
    ">"

static const struct {
    const char *text, *message;
} bad[] = {
    {"", ": not XML: no element found"},
    {"hello\n", ":1:1: not XML: syntax error"},
    {"<menu>", ":1:7: not XML: no element found"},
    {"<menu><name>x</menu>", ":1:16: not XML: mismatched tag"},
    {"<html></html>", ":1:1: <html> is not the root of a menu; expected <menu>"},
    {"<menu/>", ": a menu without algorithms"},
    {"<menu></menu><menu/>", ":1:14: not XML: junk after document element"},
    {"<menu><name>x</name><name>y</name></menu>", ":1:27: a second <name>"},
    {"<menu>&unknown;</menu>", ":1:7: not XML: undefined entity"},
    {"<?xml version=\"1.0\" encoding=\"klingon\"?><menu/>", ": not XML: unknown encoding"},
    {"<menu><name>\xff</name></menu>", ":1:13: not XML: not well-formed (invalid token)"},
    // entities, at all
    {"<!DOCTYPE menu><menu/>", ":1:15: a document type declaration; menus have none"},
    {"<!DOCTYPE menu [<!ENTITY l0 \"ha\">" LAUGH(1, 0) LAUGH(2, 1) LAUGH(3, 2) LAUGH(4, 3) LAUGH(
         5, 4) LAUGH(6, 5) LAUGH(7, 6) LAUGH(8, 7) LAUGH(9, 8) "]><menu><name>&l9;</name></menu>",
     ": a document type declaration; menus have none"},
    {"<!DOCTYPE menu [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><menu><name>&x;</name></menu>",
     ": a document type declaration; menus have none"},
    {"<!DOCTYPE menu SYSTEM \"http://localhost/menu.dtd\"><menu/>",
     ": a document type declaration; menus have none"},
    // algorithms
    {HEAD "<algorithm></algorithm>" FOOT, ":3:1: an algorithm without <name>"},
    {HEAD "<algorithm><name>L1_A</name></algorithm>" FOOT,
     ":3:1: L1_A: an algorithm without <expression>"},
    {HEAD "<algorithm><name>L1_A</name><expression>MU3</expression></algorithm>" FOOT,
     ":3:1: L1_A: an algorithm without <index>"},
    {HEAD ALGORITHM("L1_A", "MU3", "512") "</algorithm>" FOOT,
     ": L1_A: <index>: '512' is not an integer of 0 to 511"},
    {HEAD ALGORITHM("L1_A", "MU3", "-1") "</algorithm>" FOOT,
     ": L1_A: <index>: '-1' is not an integer of 0 to 511"},
    {HEAD ALGORITHM("L1_A", "MU3", "99999999999999999999") "</algorithm>" FOOT,
     ": L1_A: <index>: '99999999999999999999' is not an integer of 0 to 511"},
    {HEAD ALGORITHM("L1_A", "MU3", "") "</algorithm>" FOOT,
     ": L1_A: <index>: '' is not an integer of 0 to 511"},
    {HEAD ALGORITHM("L1_A", "MU3", "3x") "</algorithm>" FOOT,
     ": L1_A: <index>: '3x' is not an integer of 0 to 511"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "</algorithm>\n" ALGORITHM("L1_B", "MU3",
                                                                   "3") "</algorithm>" FOOT,
     ": bit 3 is that of L1_"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "</algorithm>\n" ALGORITHM("L1_A", "MU3",
                                                                   "4") "</algorithm>" FOOT,
     ":4:1: L1_A: its name is that of bit 3 already"},
    {HEAD ALGORITHM("L1_A", "MU3 AND\n XX", "3") "</algorithm>" FOOT,
     ":4:2: L1_A: unknown object 'XX'"},
    {HEAD ALGORITHM("L1_A", "EXT_x", "3") "</algorithm>" FOOT,
     ":3:41: L1_A: the menu has no external signal 'x'"},
    // cuts
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut></cut></algorithm>" FOOT,
     ": L1_A: a cut without <name>"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><name>x</name></cut></algorithm>" FOOT,
     ": L1_A: a cut without <type>"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><type>QLTTY</type></cut></algorithm>" FOOT,
     ": L1_A: unknown type of cut 'QLTTY'; did you mean 'QLTY'?"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><minimum>1,5</minimum></cut></algorithm>" FOOT,
     ": L1_A: <minimum>: '1,5' is not a number"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><minimum>nan</minimum></cut></algorithm>" FOOT,
     ": L1_A: <minimum>: 'nan' is not a number"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><maximum>inf</maximum></cut></algorithm>" FOOT,
     ": L1_A: <maximum>: 'inf' is not a number"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><maximum>0x10</maximum></cut></algorithm>" FOOT,
     ": L1_A: <maximum>: '0x10' is not a number"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><maximum>1e999</maximum></cut></algorithm>" FOOT,
     ": L1_A: <maximum>: '1e999' is not a number"},
    {HEAD ALGORITHM("L1_A", "MU3", "3") "<cut><maximum/></cut></algorithm>" FOOT,
     ": L1_A: <maximum>: '' is not a number"},
    // scales
    {HEAD "<scale_set><scale></scale></scale_set>" FOOT, ": a scale without <object>"},
    {HEAD "<scale_set><scale><object>MU</object></scale></scale_set>" FOOT,
     ": a scale without <type>"},
    {HEAD "<scale_set><scale><object>MUMUMUMUMUMUMUMUMUMUMUMU</object></scale></scale_set>" FOOT,
     ": <object>: expected 1 to 23 characters"},
    {HEAD "<scale_set><scale><n_bits>33</n_bits></scale></scale_set>" FOOT,
     ": <n_bits>: '33' is not an integer of 0 to 32"},
    {HEAD "<scale_set><scale><bin><number>-5</number></bin></scale></scale_set>" FOOT,
     ": <number>: '-5' is not an integer of 0 to 1048576"},
    // external signals
    {HEAD "<ext_signal_set><ext_signal></ext_signal></ext_signal_set>" FOOT,
     ": an external signal without <name>"},
    {HEAD "<ext_signal_set><ext_signal><name>x</name><cable>0</cable></ext_signal>"
          "</ext_signal_set>" FOOT,
     ": an external signal without <channel>"},
    {HEAD "<ext_signal_set><ext_signal><cable>4</cable></ext_signal></ext_signal_set>" FOOT,
     ": <cable>: '4' is not an integer of 0 to 3"},
    {HEAD "<ext_signal_set><ext_signal><channel>64</channel></ext_signal></ext_signal_set>" FOOT,
     ": <channel>: '64' is not an integer of 0 to 63"},
};

static void refused(const char *path, const char *message)
{
    char expected[1200];
    struct l1t_gt_menu *m = (struct l1t_gt_menu *)&diag;
    diag.text[0] = '\0';
    const enum l1t_err err = l1t_gt_menu_load_xml(path, &m, &diag);
    L1T_CHECK(err == L1T_E_INPUT && m == NULL, "accepted where '%s' was expected", message);
    L1T_CHECK(strncmp(diag.text, path, strlen(path)) == 0 && strstr(diag.text, message) != NULL,
              "\"%s\", expected \"%s\"", diag.text, message);
    // A message that begins with its place has this place.
    (void)snprintf(expected, sizeof expected, "%s%s", path, message);
    if (message[0] == ':' && message[1] != ' ')
        L1T_CHECK(strncmp(diag.text, expected, strlen(expected)) == 0, "\"%s\", expected \"%s\"",
                  diag.text, expected);
    if (m != NULL && m != (struct l1t_gt_menu *)&diag)
        l1t_gt_menu_free(m);
}

static void refuses(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refused(l1t_test_write_text("bad.xml", bad[i].text), bad[i].message);
}

// Every beginning of a good file is refused, or is a menu.
static void refuses_what_is_cut_short(void)
{
    for (size_t n = 0; n + sizeof FOOT < sizeof sample; n += 7)
        refused(l1t_test_write("short.xml", sample, n), ": not XML: ");
}

// head, then one text over and over, then foot.
static const char *write_many(const char *head, const char *text, size_t n, const char *foot)
{
    const char *const path = l1t_test_path("many.xml");
    FILE *const f = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fputs(head, f);
    for (size_t i = 0; i < n; i++)
        fprintf(f, text, i);
    fputs(foot, f);
    CU_ASSERT_FATAL(fclose(f) == 0);
    return path;
}

static void refuses_what_is_too_large(void)
{
    const char *const open = HEAD ALGORITHM("L1_A", "MU3", "3");
    refused(write_many(HEAD,
                       "<algorithm><name>L1_%zu</name><expression>MU3</expression>"
                       "<index>5</index></algorithm>\n",
                       600, FOOT),
            ": more than 512 algorithms");
    refused(write_many(open, "<cut><name>x%zu</name><type>ETA</type></cut>", 1001, ""),
            ": L1_A: more than 1000 cuts");
    refused(write_many(HEAD "<scale_set>", "<scale><object>A</object><type>%zu</type></scale>",
                       2001, ""),
            ": more than 2000 scales");
    refused(write_many(HEAD "<scale_set><scale>", "<bin><number>%zu</number></bin>", 8193, ""),
            ": more than 8192 bins in a scale");
    refused(write_many(HEAD "<ext_signal_set>",
                       "<ext_signal><name>x%zu</name><cable>0</cable><channel>0</channel>"
                       "</ext_signal>",
                       1001, ""),
            ": more than 1000 external signals");
    refused(write_many(HEAD "<comment>", "%08zu", 100000, ""),
            ": a text of more than 524288 bytes");
    // Deep nesting of what we do not know costs nothing.
    refused(write_many(HEAD, "<a%zu>", 100000, ""), ": not XML: no element found");
}

static void refuses_files(void)
{
    struct l1t_gt_menu *m = NULL;
    CU_ASSERT(l1t_gt_menu_load_xml(l1t_test_path("absent.xml"), &m, &diag) == L1T_E_INPUT);
    CU_ASSERT(l1t_gt_menu_load_xml(l1t_test_dir(), &m, &diag) == L1T_E_INPUT);
    CU_ASSERT(l1t_gt_menu_load_xml(l1t_test_write("zero.xml", "<menu>\0</menu>", 14), &m, &diag) ==
              L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "zero.xml:1: binary data");
    CU_ASSERT_PTR_NULL(m);
}

// ---- the six official menus: all algorithms, and every expression printed and read again ----

static const struct {
    const char *folder, *name;
    size_t algorithms, externals, scales;
    enum l1t_gt_overlap overlap;
} official[] = {
    {"a_collisions2016_v4", "L1Menu_Collisions2016_v4", 241, 28, 70, L1T_GT_OVERLAP_ALL},
    {"b_collisions2017_v3_test2", NULL, 493, 28, 190, L1T_GT_OVERLAP_ALL},
    {"c_collisions2024_v1_3_0", "L1Menu_Collisions2024_v1_3_0", 408, 0, 0, L1T_GT_OVERLAP_EXISTS},
    {"d_heavyions2024_v1_0_6", NULL, 512, 0, 0, L1T_GT_OVERLAP_EXISTS},
    {"e_test_massoverdr", NULL, 25, 0, 0, L1T_GT_OVERLAP_EXISTS},
    {"f_test_overlapremoval", NULL, 18, 0, 0, L1T_GT_OVERLAP_EXISTS},
};

static void read_again(struct l1t_gt_menu *m)
{
    for (size_t i = 0; i < m->n; i++) {
        struct l1t_gt_algorithm_def *const a = &m->algorithm[i];
        char *const text = l1t_gt_expression_text(a);
        free(a->expression);
        a->expression = text;
        L1T_ASSERT_OK(l1t_gt_parse(m, a, &diag), diag);
        char *const again = l1t_gt_expression_text(a);
        L1T_ASSERT_TEXT(again, text);
        free(again);
    }
}

static void reads_official_menus(void)
{
    L1T_SKIP_UNLESS_SHARED(first, "ugt/README.md");
    for (size_t i = 0; i < sizeof official / sizeof official[0]; i++) {
        char name[100], path[1024];
        struct l1t_gt_menu *m = NULL;
        (void)snprintf(name, sizeof name, "ugt/%s/menu.xml.gz", official[i].folder);
        CU_ASSERT(l1t_shared_path(path, sizeof path, name));
        L1T_ASSERT_OK(l1t_gt_menu_load_xml(path, &m, &diag), diag);
        if (m == NULL)
            continue;
        L1T_ASSERT_INT(m->n, official[i].algorithms);
        L1T_ASSERT_INT(m->overlap, official[i].overlap);
        if (official[i].name != NULL)
            L1T_ASSERT_TEXT(m->name, official[i].name);
        if (official[i].externals != 0)
            L1T_ASSERT_INT(m->n_externals, official[i].externals);
        if (official[i].scales != 0)
            L1T_ASSERT_INT(m->scales.n, official[i].scales);
        read_again(m);
        l1t_gt_menu_free(m);
    }
}

L1T_TEST_MAIN("gt_xml", {"reads a menu", reads_a_menu},
              {"reads it gzipped and with CRLF", reads_it_gzipped_and_with_crlf},
              {"found by content", found_by_content}, {"refuses", refuses},
              {"refuses what is cut short", refuses_what_is_cut_short},
              {"refuses what is too large", refuses_what_is_too_large},
              {"refuses files", refuses_files}, {"reads official menus", reads_official_menus})
