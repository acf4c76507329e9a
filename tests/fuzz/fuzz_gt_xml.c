// SPDX-License-Identifier: GPL-3.0-or-later
// XML menus; whatever is accepted is compiled or refused, and every expression prints and reads
// back.
#include "fuzz.h"
#include "l1t/gt_menu.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
    "<?xml version=\"1.0\"?>\n<t:menu xmlns:t=\"http://www.cern.ch/tmxsd/1.0.0\"><name>m</name>"
    "<grammar_version>0.6</grammar_version>\n"
    "<algorithm><name>L1_A</name><expression>comb{MU3-1,MU0-1}</expression>"
    "<index>3</index></algorithm></t:menu>",
    "<menu><name>m</name><algorithm><name>L1_A</name>\n"
    "<expression>mass_inv_orm{JET30[JET-ETA_1], JET20, TAU9} [MASS_1, ORMDR_1]\n OR NOT "
    "(EXT_a.v0-2 XOR CENT3)</expression><index>7</index><module_id>1</module_id>"
    "<labels>x</labels><comment>&lt;&#65;</comment>"
    "<cut><name>JET-ETA_1</name><object>JET</object><type>ETA</type>"
    "<minimum>-2.5229999999999997E+00</minimum><maximum>+2.5229999999999997E+00</maximum>"
    "<data/></cut>"
    "<cut><name>MASS_1</name><type>MASS</type><minimum>1E+01</minimum><maximum>2E+03</maximum></"
    "cut>"
    "<cut><name>ORMDR_1</name><type>ORMDR</type><minimum>0</minimum><maximum>0.2</maximum></cut>"
    "</algorithm>\n"
    "<ext_signal_set><ext_signal><name>a.v0</name><system>s</system><cable>1</cable>"
    "<channel>2</channel></ext_signal></ext_signal_set></menu>",
    "<menu><algorithm><name>L1_A</name><expression>MU3[q,c,i,u] AND dist{EG2[s], MU2}[d,p,r] AND "
    "CICADA[k]</expression><index>0</index>"
    "<cut><name>q</name><type>QLTY</type><data>12,13</data></cut>"
    "<cut><name>c</name><type>CHG</type><data>pos</data></cut>"
    "<cut><name>i</name><type>INDEX</type><minimum>1</minimum><maximum>9</maximum></cut>"
    "<cut><name>u</name><type>UPT</type><minimum>1</minimum><maximum>255</maximum></cut>"
    "<cut><name>s</name><type>SLICE</type><minimum>1</minimum><maximum>5</maximum></cut>"
    "<cut><name>d</name><type>DETA</type><minimum>0</minimum><maximum>1.5</maximum></cut>"
    "<cut><name>p</name><type>DPHI</type><minimum>0</minimum><maximum>1.5</maximum></cut>"
    "<cut><name>r</name><type>DR</type><minimum>0</minimum><maximum>1.5</maximum></cut>"
    "<cut><name>k</name><type>CSCORE</type><minimum>113</minimum></cut></algorithm>"
    "<scale_set><name>s_2018_01_02</name><scale><object>MU</object><type>ET</type>"
    "<minimum>-0.5</minimum><maximum>2</maximum><step>0.5</step><n_bits>9</n_bits>"
    "<bin><number>5</number><minimum>2</minimum><maximum>2.5</maximum></bin>"
    "<bin><number>7</number><minimum>3</minimum><maximum>3.5</maximum></bin></scale>"
    "<scale><object>PRECISION</object><type>EG-MU-Delta</type><n_bits>3</n_bits></scale>"
    "</scale_set></menu>",
    NULL};

static void print_and_read_back(struct l1t_gt_menu *menu)
{
    struct l1t_diag diag = {""};
    for (size_t i = 0; i < menu->n; i++) {
        struct l1t_gt_algorithm_def *const a = &menu->algorithm[i];
        char *const text = l1t_gt_expression_text(a);
        free(a->expression);
        a->expression = text;
        if (text == NULL || l1t_gt_parse(menu, a, &diag) != L1T_OK)
            abort();
        char *const again = l1t_gt_expression_text(a);
        if (again == NULL || strcmp(again, text) != 0)
            abort();
        free(again);
    }
}

L1T_FUZZ(gt_xml, seeds)
{
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    struct l1t_diag diag = {""};
    if (l1t_gt_menu_load_xml(l1t_fuzz_file(data, size), &menu, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    const enum l1t_err err = l1t_gt_compile(menu, &code, &diag);
    if (err != L1T_OK)
        (void)l1t_fuzz_refused(&diag);
    for (size_t i = 0; code != NULL && i < code->n_legs; i++)
        if (code->leg[i].slice_last >= l1t_gt_type_slots[code->leg[i].type] ||
            code->leg[i].slice_first > code->leg[i].slice_last)
            abort();
    l1t_gt_code_free(code);
    print_and_read_back(menu);
    l1t_gt_menu_free(menu);
    return err == L1T_OK;
}
