// SPDX-License-Identifier: GPL-3.0-or-later
// Names of cuts: which cut a name is of, and names that say all and need no definition
// (docs/menu.md lists them).
#include "gt_yaml_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const sign_words[] = {"os", "ls", NULL};
static const char *const charge_words[] = {"positive", "negative", "pos", "neg", NULL};
static const char *const displaced_words[] = {"0", "1", NULL};

// "No limit" as the CMS menus write it: beyond what two objects can have.
#define DETA_MOST 10.0
#define DPHI_MOST 3.15
#define DR_MOST   11.8
#define MASS_MOST 151982.0

#define PHI_OBJECTS "MU EG TAU JET ETM HTM ETMHF HTMHF NETETMHF"
const struct l1t_gt_cut_kind l1t_gt_cut_kinds[L1T_GT_C_TYPES] = {
    [L1T_GT_C_ETA] = {"ETA", "MU EG TAU JET", L1T_GT_SHAPE_WINDOW, -5, 5, 0, NULL},
    [L1T_GT_C_PHI] = {"PHI", PHI_OBJECTS, L1T_GT_SHAPE_WINDOW, 0, 6.2831853071795862, 0, NULL},
    [L1T_GT_C_INDEX] = {"INDEX", "MU", L1T_GT_SHAPE_WINDOW, 0, 127, 0, NULL},
    [L1T_GT_C_ISO] = {"ISO", "MU EG TAU", L1T_GT_SHAPE_CODES, 0, 0, 4, NULL},
    [L1T_GT_C_QLTY] = {"QLTY", "MU", L1T_GT_SHAPE_CODES, 0, 0, 16, NULL},
    [L1T_GT_C_IP] = {"IP", "MU", L1T_GT_SHAPE_CODES, 0, 0, 4, NULL},
    [L1T_GT_C_UPT] = {"UPT", "MU", L1T_GT_SHAPE_WINDOW, 0, 255, 0, NULL},
    [L1T_GT_C_CHG] = {"CHG", "MU", L1T_GT_SHAPE_WORD, 0, 0, 0, charge_words},
    [L1T_GT_C_DISP] = {"DISP", "JET", L1T_GT_SHAPE_WORD, 0, 0, 0, displaced_words},
    [L1T_GT_C_SLICE] = {"SLICE", "MU EG TAU JET", L1T_GT_SHAPE_WINDOW, 0, 11, 0, NULL},
    [L1T_GT_C_COUNT] = {"COUNT",
                        "MBT0HFP MBT0HFM MBT1HFP MBT1HFM TOWERCOUNT ZDCP ZDCM ASYMET ASYMHT "
                        "ASYMETHF ASYMHTHF",
                        L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_SCORE] = {"SCORE", "AXO TOPO ADT", L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_MODEL] = {"MODEL", "AXO TOPO ADT", L1T_GT_SHAPE_WORD, 0, 0, 0, NULL},
    [L1T_GT_C_CSCORE] = {"CSCORE", "CICADA", L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_ASCORE] = {"ASCORE", "ADT", L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_DETA] = {"DETA", "", L1T_GT_SHAPE_WINDOW, 0, DETA_MOST, 0, NULL},
    [L1T_GT_C_DPHI] = {"DPHI", "", L1T_GT_SHAPE_WINDOW, 0, DPHI_MOST, 0, NULL},
    [L1T_GT_C_DR] = {"DR", "", L1T_GT_SHAPE_WINDOW, 0, DR_MOST, 0, NULL},
    [L1T_GT_C_MASS] = {"MASS", "", L1T_GT_SHAPE_WINDOW, 0, MASS_MOST, 0, NULL},
    [L1T_GT_C_MASSUPT] = {"MASSUPT", "", L1T_GT_SHAPE_WINDOW, 0, MASS_MOST, 0, NULL},
    [L1T_GT_C_MASSDR] = {"MASSDR", "", L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_TBPT] = {"TBPT", "", L1T_GT_SHAPE_MINIMUM, 0, 0, 0, NULL},
    [L1T_GT_C_CHGCOR] = {"CHGCOR", "", L1T_GT_SHAPE_WORD, 0, 0, 0, sign_words},
    [L1T_GT_C_ORMDETA] = {"ORMDETA", "", L1T_GT_SHAPE_WINDOW, 0, DETA_MOST, 0, NULL},
    [L1T_GT_C_ORMDPHI] = {"ORMDPHI", "", L1T_GT_SHAPE_WINDOW, 0, DPHI_MOST, 0, NULL},
    [L1T_GT_C_ORMDR] = {"ORMDR", "", L1T_GT_SHAPE_WINDOW, 0, DR_MOST, 0, NULL},
};

// ---- what a name says ----

// Is word, of n characters, one of the words between blanks?
static bool is_among(const char *words, const char *word, size_t n)
{
    for (const char *c = words; *c != '\0';) {
        const size_t length = strcspn(c, " ");
        if (length == n && strncmp(c, word, n) == 0)
            return true;
        c += length + (c[length] == ' ');
    }
    return false;
}

bool l1t_gt_cut_is_of(enum l1t_gt_cut_type type, const char *object)
{
    const char *objects = l1t_gt_cut_kinds[type].objects;
    return *objects == '\0' ? *object == '\0' : is_among(objects, object, strlen(object));
}

bool l1t_gt_cut_name_says(const char *name, char object[24], enum l1t_gt_cut_type *type)
{
    const size_t stem = strcspn(name, "_");
    const char *dash = memchr(name, '-', stem);
    const size_t n_object = dash != NULL ? (size_t)(dash - name) : 0;
    const char *word = dash != NULL ? dash + 1 : name;
    const size_t n_word = stem - (size_t)(word - name);
    if (n_object >= 24)
        return false;
    memcpy(object, name, n_object);
    object[n_object] = '\0';
    for (size_t t = 0; t < L1T_GT_C_TYPES; t++)
        if (strlen(l1t_gt_cut_kinds[t].name) == n_word &&
            strncmp(l1t_gt_cut_kinds[t].name, word, n_word) == 0) {
            *type = (enum l1t_gt_cut_type)t;
            return l1t_gt_cut_is_of(*type, object);
        }
    return false;
}

// ---- names known by default ----

static const char *const number_forms[] = {"#", "MIN_#", "MAX_#", "#to#", "MIN_#_MAX_#", NULL};

// # stands for a number. "2p1" at *text is 2.1; no sign, no exponent.
static bool take_number(const char **text, double *value)
{
    char digits[32];
    size_t n = 0;
    const char *c = *text;
    for (; n + 1 < sizeof digits &&
           (isdigit((unsigned char)*c) || (*c == 'p' && n > 0 && isdigit((unsigned char)c[1])));
         c++)
        digits[n++] = *c == 'p' ? '.' : *c;
    digits[n] = '\0';
    char *end;
    *value = strtod(digits, &end);
    const bool good = n > 0 && *end == '\0';
    *text = c;
    return good;
}

// Which of the number forms is it? Numbers are filled in order.
static int match_form(const char *suffix, double value[2])
{
    for (int f = 0; number_forms[f] != NULL; f++) {
        const char *c = suffix, *form = number_forms[f];
        size_t n = 0;
        bool good = true;
        for (; good && *form != '\0'; form++) {
            if (*form == '#')
                good = take_number(&c, &value[n++]);
            else
                good = *c++ == *form;
        }
        if (good && *c == '\0')
            return f;
    }
    return -1;
}

static bool window_by_name(const char *suffix, struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    double value[2];
    const int form = match_form(suffix, value);
    const bool overlap = kind->name[0] == 'O', single = form == 0;
    if (form < 0)
        return false;
    cut->minimum = kind->least;
    cut->maximum = kind->most;
    if (single && cut->type == L1T_GT_C_ETA) {
        cut->minimum = -value[0];
        cut->maximum = value[0];
    } else if ((single && overlap) || form == 2) {
        cut->maximum = value[0];
    } else if ((single && cut->type == L1T_GT_C_UPT) || form == 1) {
        cut->minimum = value[0];
    } else if (form == 3 || form == 4) {
        cut->minimum = value[0];
        cut->maximum = value[1];
    } else {
        return false;
    }
    return true;
}

static bool minimum_by_name(const char *suffix, struct l1t_gt_cut_def *cut)
{
    double value[2];
    const int form = match_form(suffix, value);
    cut->minimum = value[0];
    return form == 0 || form == 1;
}

struct named {
    enum l1t_gt_cut_type type;
    const char *suffix, *data;
    double minimum, maximum;
};

static const struct named named[] = {
    {L1T_GT_C_QLTY, "OPEN", "4,5,6,7,8,9,10,11,12,13,14,15", 0, 0},
    {L1T_GT_C_QLTY, "DBLE", "8,9,10,11,12,13,14,15", 0, 0},
    {L1T_GT_C_QLTY, "SNGL", "12,13,14,15", 0, 0},
    {L1T_GT_C_ISO, "0xA", "1,3", 0, 0},
    {L1T_GT_C_ISO, "0xC", "2,3", 0, 0},
    {L1T_GT_C_ISO, "0xE", "1,2,3", 0, 0},
    {L1T_GT_C_IP, "123", "1,2,3", 0, 0},
    {L1T_GT_C_IP, "23", "2,3", 0, 0},
    {L1T_GT_C_IP, "3", "3", 0, 0},
    {L1T_GT_C_INDEX, "EMTF_POS", "", 0, 17},
    {L1T_GT_C_INDEX, "OMTF_POS", "", 18, 35},
    {L1T_GT_C_INDEX, "BMTF", "", 36, 71},
    {L1T_GT_C_INDEX, "OMTF_NEG", "", 72, 89},
    {L1T_GT_C_INDEX, "EMTF_NEG", "", 90, 107},
    {L1T_GT_C_CHG, "POS", "positive", 0, 0},
    {L1T_GT_C_CHG, "NEG", "negative", 0, 0},
    {L1T_GT_C_DISP, "LLP", "1", 0, 0},
    {L1T_GT_C_CHGCOR, "OS", "os", 0, 0},
    {L1T_GT_C_CHGCOR, "SS", "ls", 0, 0},
    {L1T_GT_C_CHGCOR, "LS", "ls", 0, 0},
};

// Does the whole name define the cut? *data: its data.
bool l1t_gt_cut_by_name(const char *name, struct l1t_gt_cut_def *cut, const char **data)
{
    const char *suffix = strchr(name, '_');
    *data = "";
    if (suffix == NULL)
        return false;
    suffix++;
    for (size_t i = 0; i < COUNT(named); i++)
        if (named[i].type == cut->type && strcmp(named[i].suffix, suffix) == 0) {
            cut->minimum = named[i].minimum;
            cut->maximum = named[i].maximum;
            *data = named[i].data;
            return true;
        }
    const enum l1t_gt_cut_shape shape = l1t_gt_cut_kinds[cut->type].shape;
    if (shape == L1T_GT_SHAPE_WINDOW && cut->type != L1T_GT_C_PHI)
        return window_by_name(suffix, cut);
    return shape == L1T_GT_SHAPE_MINIMUM && minimum_by_name(suffix, cut);
}
