// SPDX-License-Identifier: GPL-3.0-or-later
// One leg of an algorithm: an object with its threshold and cuts, as text of the CMS grammar and
// cuts with names that say what they are.
#include "gt_yaml_legs.h"
#include "yaml_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const struct l1t_gt_leg_object l1t_gt_leg_objects[] = {
    {"muon", "MU", true},
    {"egamma", "EG", true},
    {"tau", "TAU", true},
    {"jet", "JET", true},
    {"ett", "ETT", true},
    {"ettem", "ETTEM", true},
    {"htt", "HTT", true},
    {"etm", "ETM", true},
    {"htm", "HTM", true},
    {"etmhf", "ETMHF", true},
    {"htmhf", "HTMHF", true},
    {"towercount", "TOWERCOUNT", false},
    {"asymet", "ASYMET", false},
    {"asymht", "ASYMHT", false},
    {"asymethf", "ASYMETHF", false},
    {"asymhthf", "ASYMHTHF", false},
    {"mbt0hfp", "MBT0HFP", false},
    {"mbt0hfm", "MBT0HFM", false},
    {"mbt1hfp", "MBT1HFP", false},
    {"mbt1hfm", "MBT1HFM", false},
    {"zdcp", "ZDCP", false},
    {"zdcm", "ZDCM", false},
    {"cicada", "CICADA", false},
};
enum { N_OBJECTS = sizeof l1t_gt_leg_objects / sizeof l1t_gt_leg_objects[0] };

void l1t_gt_legs_append(char *text, size_t size, const char *more)
{
    const size_t n = strlen(text);
    (void)snprintf(text + n, size - n, "%s", more);
}

// "2p1" for 2.1: numbers in the names of cuts.
static void number_name(double value, char *text, size_t size)
{
    (void)snprintf(text, size, "%.6g", fabs(value));
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '.' ? 'p' : *c == '+' ? '_' : *c == '-' ? 'm' : *c;
}

static void window_name(const struct l1t_gt_cut_def *cut, char *text, size_t size)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    char low[32], high[32];
    number_name(cut->minimum, low, sizeof low);
    number_name(cut->maximum, high, sizeof high);
    const bool all_low = !(cut->minimum > kind->least), all_high = !(cut->maximum < kind->most);
    if (cut->type == L1T_GT_C_ETA && !(cut->minimum < -cut->maximum) &&
        !(cut->minimum > -cut->maximum))
        (void)snprintf(text, size, "%s", high);
    else if (cut->type == L1T_GT_C_ETA)
        (void)snprintf(text, size, "%s%s_%s%s", cut->minimum < 0 ? "m" : "", low,
                       cut->maximum < 0 ? "m" : "", high);
    else if (all_low && cut->type != L1T_GT_C_PHI)
        (void)snprintf(text, size, "MAX_%s", high);
    else if (all_high && cut->type != L1T_GT_C_PHI)
        (void)snprintf(text, size, "MIN_%s", low);
    else
        (void)snprintf(text, size, "%sto%s", low, high);
}

static void codes_name(const struct l1t_gt_cut_def *cut, char *text, size_t size)
{
    unsigned mask = 0;
    for (const char *c = cut->data; *c != '\0'; c += strspn(c, ",")) {
        char *end;
        mask |= 1u << strtoul(c, &end, 10);
        c = end;
    }
    const char *name = cut->type != L1T_GT_C_QLTY ? NULL
                       : mask == 0xf000           ? "SNGL"
                       : mask == 0xff00           ? "DBLE"
                       : mask == 0xfff0           ? "OPEN"
                                                  : NULL;
    if (name != NULL)
        (void)snprintf(text, size, "%s", name);
    else
        (void)snprintf(text, size, "0x%X", mask);
}

static void word_name(const struct l1t_gt_cut_def *cut, char *text, size_t size)
{
    const bool yes = strcmp(cut->data, "1") == 0 || strcmp(cut->data, "positive") == 0;
    if (cut->type == L1T_GT_C_CHGCOR)
        (void)snprintf(text, size, "%s", strcmp(cut->data, "os") == 0 ? "OS" : "SS");
    else if (cut->type == L1T_GT_C_CHG)
        (void)snprintf(text, size, "%s", yes ? "POS" : "NEG");
    else
        (void)snprintf(text, size, "%s", yes ? "LLP" : "PROMPT");
}

// Gives the cut a name that says what it is and adds it; *name as in the algorithm.
enum l1t_err l1t_gt_legs_cut(const struct l1t_gt_legs *b, const char *object,
                             struct l1t_gt_cut_def *cut, const char **name)
{
    char suffix[80] = "", full[120];
    switch (l1t_gt_cut_kinds[cut->type].shape) {
    case L1T_GT_SHAPE_WINDOW:
        window_name(cut, suffix, sizeof suffix);
        break;
    case L1T_GT_SHAPE_MINIMUM:
        (void)snprintf(suffix, sizeof suffix, "MIN_");
        number_name(cut->minimum, suffix + 4, sizeof suffix - 4);
        break;
    case L1T_GT_SHAPE_CODES:
        codes_name(cut, suffix, sizeof suffix);
        break;
    case L1T_GT_SHAPE_WORD:
        word_name(cut, suffix, sizeof suffix);
        break;
    }
    (void)snprintf(full, sizeof full, "%s%s%s_%s", object, *object != '\0' ? "-" : "",
                   l1t_gt_cut_kinds[cut->type].name, suffix);
    cut->name = strdup(full);
    cut->object = strdup(object);
    if (cut->data == NULL)
        cut->data = strdup("");
    enum l1t_err err = L1T_OK;
    if (cut->name == NULL || cut->object == NULL || cut->data == NULL)
        err = l1t_gt_yaml_no_memory(b->r);
    if (err == L1T_OK)
        err = l1t_gt_yaml_add_cut(b->r, b->algorithm, cut, name);
    l1t_gt_cut_clear(cut);
    return err;
}

static enum l1t_err add_to_leg(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                               struct l1t_gt_cut_def *cut)
{
    const char *name = "";
    const enum l1t_err err = l1t_gt_legs_cut(b, l1t_gt_leg_objects[leg->object].code, cut, &name);
    if (err != L1T_OK)
        return err;
    l1t_gt_legs_append(leg->text, sizeof leg->text, strchr(leg->text, '[') != NULL ? "," : "[");
    l1t_gt_legs_append(leg->text, sizeof leg->text, name);
    return L1T_OK;
}

static enum l1t_err cut_by_data(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                                const struct l1t_node *node, enum l1t_gt_cut_type type,
                                const char *data)
{
    struct l1t_gt_cut_def cut = {.type = type, .place = l1t_gt_yaml_place(node, 0)};
    cut.data = strdup(data);
    return cut.data != NULL ? add_to_leg(b, leg, &cut) : l1t_gt_yaml_no_memory(b->r);
}

static enum l1t_err cut_by_value(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                                 const struct l1t_node *node, enum l1t_gt_cut_type type)
{
    struct l1t_gt_cut_def cut = {.type = type};
    const enum l1t_err err = l1t_gt_yaml_cut_value(b->r, node, &cut);
    if (err == L1T_OK)
        return add_to_leg(b, leg, &cut);
    l1t_gt_cut_clear(&cut);
    return err;
}

// One window, or a list of windows of which one must hold.
static enum l1t_err cut_by_windows(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                                   const struct l1t_node *node, enum l1t_gt_cut_type type)
{
    const bool list = node->kind == L1T_NODE_LIST && node->n > 0 &&
                      l1t_node_kind(l1t_node_at(node, 0)) != L1T_NODE_SCALAR;
    if (!list)
        return cut_by_value(b, leg, node, type);
    for (size_t i = 0; i < node->n; i++) {
        const enum l1t_err err = cut_by_value(b, leg, l1t_node_at(node, i), type);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

// A word with a meaning, or a list of codes.
static enum l1t_err cut_by_word(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                                const struct l1t_node *node, enum l1t_gt_cut_type type,
                                const char *const *words, const char *const *data)
{
    const struct l1t_key key = {"", L1T_CHOICE, 0, true, 0, 0, words};
    int index = 0;
    if (node->kind == L1T_NODE_LIST)
        return cut_by_value(b, leg, node, type);
    const enum l1t_err err = l1t_yaml_value(b->r->yaml, node, &key, &index, b->r->diag);
    return err == L1T_OK ? cut_by_data(b, leg, node, type, data[index]) : err;
}

static enum l1t_err cut_isolation(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                                  const struct l1t_node *node)
{
    static const char *const eg[] = {"tight", "loose", NULL}, *const eg_data[] = {"1,3", "2,3"};
    static const char *const tau[] = {"isolated", NULL}, *const tau_data[] = {"1,2,3"};
    static const char *const none[] = {"a list of codes", NULL}, *const none_data[] = {""};
    const char *code = l1t_gt_leg_objects[leg->object].code;
    if (strcmp(code, "EG") == 0)
        return cut_by_word(b, leg, node, L1T_GT_C_ISO, eg, eg_data);
    if (strcmp(code, "TAU") == 0)
        return cut_by_word(b, leg, node, L1T_GT_C_ISO, tau, tau_data);
    return cut_by_word(b, leg, node, L1T_GT_C_ISO, none, none_data);
}

static enum l1t_err cut_finder(const struct l1t_gt_legs *b, struct l1t_gt_one_leg *leg,
                               const struct l1t_node *node)
{
    static const char *const words[] = {"barrel", "overlap", "endcap", NULL};
    static const double first[][2] = {{36, 36}, {18, 72}, {0, 90}};
    static const double last[][2] = {{71, 71}, {35, 89}, {17, 107}};
    const struct l1t_key key = {"", L1T_CHOICE, 0, true, 0, 0, words};
    int k = 0;
    enum l1t_err err = l1t_yaml_value(b->r->yaml, node, &key, &k, b->r->diag);
    for (int i = 0; err == L1T_OK && i < (k == 0 ? 1 : 2); i++) {
        struct l1t_gt_cut_def cut = {.type = L1T_GT_C_INDEX,
                                     .minimum = first[k][i],
                                     .maximum = last[k][i],
                                     .place = l1t_gt_yaml_place(node, 0)};
        err = add_to_leg(b, leg, &cut);
    }
    return err;
}

struct leg_values {
    const struct l1t_node *object, *threshold, *eta, *phi, *index, *finder, *quality, *isolation;
    const struct l1t_node *impact, *upt, *charge, *displaced, *slice;
    bool equal;
    long long bx, times;
};

#define LEG_KEY(name, type, min, max)                                                              \
    {                                                                                              \
#name, type, offsetof(struct leg_values, name), false, min, max, NULL                      \
    }
static const struct l1t_key leg_key_list[] = {
    {"object", L1T_NODE, offsetof(struct leg_values, object), true, 0, 0, NULL},
    {"threshold", L1T_NODE, offsetof(struct leg_values, threshold), true, 0, 0, NULL},
    LEG_KEY(eta, L1T_NODE, 0, 0),
    LEG_KEY(phi, L1T_NODE, 0, 0),
    LEG_KEY(quality, L1T_NODE, 0, 0),
    LEG_KEY(isolation, L1T_NODE, 0, 0),
    LEG_KEY(impact, L1T_NODE, 0, 0),
    LEG_KEY(upt, L1T_NODE, 0, 0),
    LEG_KEY(charge, L1T_NODE, 0, 0),
    LEG_KEY(displaced, L1T_NODE, 0, 0),
    {"track_finder", L1T_NODE, offsetof(struct leg_values, finder), false, 0, 0, NULL},
    LEG_KEY(index, L1T_NODE, 0, 0),
    LEG_KEY(slice, L1T_NODE, 0, 0),
    LEG_KEY(equal, L1T_BOOL, 0, 0),
    LEG_KEY(bx, L1T_INT, -2, 2),
    LEG_KEY(times, L1T_INT, 1, L1T_GT_LEGS),
};

static enum l1t_err read_object(const struct l1t_gt_legs *b, const struct l1t_node *node,
                                int *object)
{
    const char *names[N_OBJECTS + 1] = {NULL};
    for (size_t i = 0; i < N_OBJECTS; i++) {
        names[i] = l1t_gt_leg_objects[i].name;
        if (strcmp(l1t_node_text(node), l1t_gt_leg_objects[i].code) == 0) {
            *object = (int)i;
            return L1T_OK;
        }
    }
    const struct l1t_key key = {"", L1T_CHOICE, 0, true, 0, 0, names};
    return l1t_yaml_value(b->r->yaml, node, &key, object, b->r->diag);
}

// The text of a threshold in an expression: 7.5 is 7p5.
static enum l1t_err read_threshold(const struct l1t_gt_legs *b, const struct leg_values *v,
                                   struct l1t_gt_one_leg *leg)
{
    static const struct l1t_key energy = {"", L1T_ENERGY, 0, true, 0, 4095, NULL};
    static const struct l1t_key number = {"", L1T_NUMBER, 0, true, 0, 65535, NULL};
    double value;
    char digits[40];
    const enum l1t_err err = l1t_yaml_value(
        b->r->yaml, v->threshold, l1t_gt_leg_objects[leg->object].energy ? &energy : &number,
        &value, b->r->diag);
    if (err != L1T_OK)
        return err;
    (void)snprintf(digits, sizeof digits, "%.6f", value);
    char *end = digits + strlen(digits);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        *--end = '\0';
    char *point = strchr(digits, '.');
    if (point != NULL)
        *point = 'p';
    (void)snprintf(leg->text, sizeof leg->text, "%s%s%s", l1t_gt_leg_objects[leg->object].code,
                   v->equal ? ".eq." : "", digits);
    if (leg->bx != 0) {
        (void)snprintf(digits, sizeof digits, "%+d", leg->bx);
        l1t_gt_legs_append(leg->text, sizeof leg->text, digits);
    }
    return L1T_OK;
}

static enum l1t_err cut_kinds(const struct l1t_gt_legs *b, const struct leg_values *v,
                              struct l1t_gt_one_leg *leg)
{
    static const char *const quality[] = {"open", "double", "single", NULL};
    static const char *const quality_data[] = {"4,5,6,7,8,9,10,11,12,13,14,15",
                                               "8,9,10,11,12,13,14,15", "12,13,14,15"};
    static const char *const charge[] = {"positive", "negative", NULL};
    static const char *const yes[] = {"true", "false", NULL}, *const yes_data[] = {"1", "0"};
    enum l1t_err err = L1T_OK;
    if (v->eta != NULL)
        err = cut_by_windows(b, leg, v->eta, L1T_GT_C_ETA);
    if (err == L1T_OK && v->phi != NULL)
        err = cut_by_windows(b, leg, v->phi, L1T_GT_C_PHI);
    if (err == L1T_OK && v->quality != NULL)
        err = cut_by_word(b, leg, v->quality, L1T_GT_C_QLTY, quality, quality_data);
    if (err == L1T_OK && v->isolation != NULL)
        err = cut_isolation(b, leg, v->isolation);
    if (err == L1T_OK && v->impact != NULL)
        err = cut_by_value(b, leg, v->impact, L1T_GT_C_IP);
    if (err == L1T_OK && v->upt != NULL)
        err = cut_by_value(b, leg, v->upt, L1T_GT_C_UPT);
    if (err == L1T_OK && v->charge != NULL)
        err = cut_by_word(b, leg, v->charge, L1T_GT_C_CHG, charge, charge);
    if (err == L1T_OK && v->displaced != NULL)
        err = cut_by_word(b, leg, v->displaced, L1T_GT_C_DISP, yes, yes_data);
    if (err == L1T_OK && v->finder != NULL)
        err = cut_finder(b, leg, v->finder);
    if (err == L1T_OK && v->index != NULL)
        err = cut_by_windows(b, leg, v->index, L1T_GT_C_INDEX);
    if (err == L1T_OK && v->slice != NULL)
        err = cut_by_value(b, leg, v->slice, L1T_GT_C_SLICE);
    return err;
}

// A cut that the object does not have is refused before it becomes a puzzling name.
static enum l1t_err check_kinds(const struct l1t_gt_legs *b, const struct leg_values *v, int object)
{
    const struct {
        const struct l1t_node *node;
        enum l1t_gt_cut_type type;
        const char *name;
    } given[] = {{v->eta, L1T_GT_C_ETA, "eta"},
                 {v->phi, L1T_GT_C_PHI, "phi"},
                 {v->quality, L1T_GT_C_QLTY, "quality"},
                 {v->isolation, L1T_GT_C_ISO, "isolation"},
                 {v->impact, L1T_GT_C_IP, "impact"},
                 {v->upt, L1T_GT_C_UPT, "upt"},
                 {v->charge, L1T_GT_C_CHG, "charge"},
                 {v->displaced, L1T_GT_C_DISP, "displaced"},
                 {v->finder, L1T_GT_C_INDEX, "track_finder"},
                 {v->index, L1T_GT_C_INDEX, "index"},
                 {v->slice, L1T_GT_C_SLICE, "slice"}};
    for (size_t i = 0; i < COUNT(given); i++)
        if (given[i].node != NULL &&
            !l1t_gt_cut_is_of(given[i].type, l1t_gt_leg_objects[object].code))
            return l1t_yaml_fail(b->r->yaml, given[i].node, b->r->diag,
                                 "%s has no %s; this cut is of: %s",
                                 l1t_gt_leg_objects[object].name, given[i].name,
                                 l1t_gt_cut_kinds[given[i].type].objects);
    return L1T_OK;
}

static enum l1t_err read_leg(struct l1t_gt_legs *b, const struct l1t_node *node,
                             struct l1t_gt_one_leg *leg)
{
    struct leg_values v = {.times = 1};
    enum l1t_err err =
        l1t_yaml_bind(b->r->yaml, node, leg_key_list, COUNT(leg_key_list), &v, b->r->diag);
    if (err == L1T_OK)
        err = read_object(b, v.object, &leg->object);
    if (err == L1T_OK)
        err = check_kinds(b, &v, leg->object);
    leg->bx = (int)v.bx;
    leg->times = v.times;
    if (err == L1T_OK)
        err = read_threshold(b, &v, leg);
    if (err == L1T_OK)
        err = cut_kinds(b, &v, leg);
    if (err != L1T_OK)
        return err;
    if (strchr(leg->text, '[') != NULL)
        l1t_gt_legs_append(leg->text, sizeof leg->text, "]");
    if (strlen(leg->text) + 1 == sizeof leg->text)
        return l1t_yaml_fail(b->r->yaml, node, b->r->diag, "too many cuts for one leg");
    return L1T_OK;
}

enum l1t_err l1t_gt_legs_read(struct l1t_gt_legs *b, const struct l1t_node *legs)
{
    long long total = 0;
    const size_t n = l1t_node_len(legs);
    if (legs->kind == L1T_NODE_SCALAR || n == 0 || n > L1T_GT_LEGS)
        return l1t_yaml_fail(b->r->yaml, legs, b->r->diag,
                             "expected 1 to %d legs, like {leg1: {object: muon, threshold: "
                             "22 GeV}}",
                             L1T_GT_LEGS);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_node *node = l1t_node_at(legs, i);
        const char *key = l1t_node_key(legs, i);
        if (legs->kind == L1T_NODE_LIST)
            (void)snprintf(b->names[i], sizeof b->names[i], "leg%zu", i + 1);
        else if (strlen(key) >= sizeof b->names[i] ||
                 key[strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_")] != '\0')
            return l1t_yaml_fail(b->r->yaml, node, b->r->diag,
                                 "a leg is named by letters, digits and '_', at most 39");
        else
            (void)snprintf(b->names[i], sizeof b->names[i], "%s", key);
        b->name[i] = b->names[i];
        const enum l1t_err err = read_leg(b, node, &b->leg[i]);
        if (err != L1T_OK)
            return err;
        b->n_legs++;
        total += b->leg[i].times;
        if (total > L1T_GT_LEGS)
            return l1t_yaml_fail(b->r->yaml, node, b->r->diag, "%lld objects; at most %d", total,
                                 L1T_GT_LEGS);
    }
    return L1T_OK;
}
