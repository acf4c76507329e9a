// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * XML of the CMS menus (namespace http://www.cern.ch/tmxsd/1.0.0). Elements are told by their path,
 * prefixes are dropped, elements we do not know are passed over. A document type declaration, and
 * with it every entity, is refused.
 */
#include "gt_internal.h"
#include "l1t/io.h"

#include <errno.h>
#include <expat.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAF_MAX = 1 << 20,
    CUTS_MAX = 1000, // of an algorithm
    SCALES_MAX = 2000,
    SIGNALS_MAX = 1000, // external; several may name one channel
    BINS_MAX = 1 << 13  // of a scale: the 13 bits of the widest
};

// Elements that hold elements we read.
enum state { TOP, MENU, ALGORITHM, CUT, SCALE_SET, SCALE, BIN, EXTERNALS, EXTERNAL };

struct reader {
    XML_Parser parser;
    struct l1t_gt_menu *menu;
    struct l1t_diag *diag;
    enum l1t_err err;
    enum state state;
    size_t below;     // elements open inside of that: a leaf, and what we do not know
    const char *leaf; // name of the one that just closed
    char *text;       // of the leaf that is open, room bytes
    size_t n_text, room;
    struct l1t_gt_place text_place; // of the first character
    struct l1t_gt_algorithm_def *algorithm;
    struct l1t_gt_cut_def *cut;
    bool cut_has_type;
    struct l1t_gt_scale *scale;
    struct l1t_gt_bin *bin;
    struct l1t_gt_external *external;
    unsigned cable, channel;
    bool has_index;
};

// ---- errors ----

static struct l1t_gt_place here(const struct reader *r)
{
    return (struct l1t_gt_place){(unsigned)XML_GetCurrentLineNumber(r->parser),
                                 (unsigned)XML_GetCurrentColumnNumber(r->parser) + 1};
}

static void stop(struct reader *r, enum l1t_err err)
{
    r->err = err;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static void no_memory(struct reader *r)
{
    stop(r, l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->menu->path));
}

#define REFUSE(r, place, ...)                                                                      \
    stop(r, l1t_gt_fail((r)->menu, (r)->algorithm, place, (r)->diag, __VA_ARGS__))

// ---- values ----

static void take_text(struct reader *r, char **to)
{
    if (*to != NULL) {
        REFUSE(r, r->text_place, "a second <%s>", r->leaf);
        return;
    }
    *to = l1t_gt_copy(r->text);
    if (*to == NULL)
        no_memory(r);
}

static void take_number(struct reader *r, double *to)
{
    char *end = NULL;
    const double value = strtod(r->text, &end);
    if (r->n_text == 0 || *end != '\0' || strpbrk(r->text, "xXnN") != NULL || !isfinite(value))
        REFUSE(r, r->text_place, "<%s>: '%.40s' is not a number", r->leaf, r->text);
    else
        *to = value;
}

static void take_count(struct reader *r, unsigned max, unsigned *to)
{
    char *end = NULL;
    errno = 0;
    const long value = strtol(r->text, &end, 10);
    if (r->n_text == 0 || *end != '\0' || errno != 0 || value < 0 || (unsigned long)value > max)
        REFUSE(r, r->text_place, "<%s>: '%.40s' is not an integer of 0 to %u", r->leaf, r->text,
               max);
    else
        *to = (unsigned)value;
}

static void take_name(struct reader *r, char *to, size_t size)
{
    if (r->n_text == 0 || r->n_text >= size)
        REFUSE(r, r->text_place, "<%s>: expected 1 to %zu characters", r->leaf, size - 1);
    else
        memcpy(to, r->text, r->n_text + 1);
}

// ---- elements that open and close ----

static void *grow(struct reader *r, void *array, size_t n, size_t size)
{
    void *more = array;
    if (n == 0 || (n & (n - 1)) == 0)
        more = realloc(array, (n == 0 ? 1 : 2 * n) * size);
    if (more == NULL)
        no_memory(r);
    else
        memset((char *)more + n * size, 0, size);
    return more;
}

static void open_algorithm(struct reader *r)
{
    struct l1t_gt_menu *const m = r->menu;
    if (m->n >= L1T_GT_ALGORITHMS) {
        REFUSE(r, here(r), "more than %d algorithms", L1T_GT_ALGORITHMS);
        return;
    }
    struct l1t_gt_algorithm_def *const more = grow(r, m->algorithm, m->n, sizeof *more);
    if (more == NULL)
        return;
    m->algorithm = more;
    r->algorithm = &more[m->n++];
    r->algorithm->place = here(r);
    r->has_index = false;
    for (size_t i = 0; i < L1T_GT_COLUMNS_MAX; i++)
        r->algorithm->prescale[i] = 1;
}

static void close_algorithm(struct reader *r)
{
    struct l1t_gt_algorithm_def *const a = r->algorithm;
    if (a->name == NULL || a->expression == NULL || !r->has_index)
        REFUSE(r, a->place, "an algorithm without <%s>",
               a->name == NULL         ? "name"
               : a->expression == NULL ? "expression"
                                       : "index");
    r->algorithm = NULL;
}

static void open_cut(struct reader *r)
{
    struct l1t_gt_algorithm_def *const a = r->algorithm;
    if (a->n_cuts >= CUTS_MAX) {
        REFUSE(r, here(r), "more than %d cuts", CUTS_MAX);
        return;
    }
    struct l1t_gt_cut_def *const more = grow(r, a->cut, a->n_cuts, sizeof *more);
    if (more == NULL)
        return;
    a->cut = more;
    r->cut = &more[a->n_cuts++];
    r->cut->place = here(r);
    r->cut_has_type = false;
}

static void take_cut_type(struct reader *r)
{
    const char *names[L1T_GT_C_TYPES];
    char hint[96];
    for (int i = 0; i < L1T_GT_C_TYPES; i++)
        names[i] = l1t_gt_cut_type_name((enum l1t_gt_cut_type)i);
    r->cut_has_type = true;
    (void)l1t_gt_hint(r->text, names, L1T_GT_C_TYPES, hint, sizeof hint);
    if (!l1t_gt_cut_type_find(r->text, &r->cut->type))
        REFUSE(r, r->text_place, "unknown type of cut '%.40s'%s", r->text, hint);
}

static void close_cut(struct reader *r)
{
    if (r->cut->name == NULL || !r->cut_has_type)
        REFUSE(r, r->cut->place, "a cut without <%s>", r->cut->name == NULL ? "name" : "type");
    r->cut = NULL;
}

static void open_scale(struct reader *r)
{
    struct l1t_gt_scales *const s = &r->menu->scales;
    if (s->n >= SCALES_MAX) {
        REFUSE(r, here(r), "more than %d scales", SCALES_MAX);
        return;
    }
    struct l1t_gt_scale *const more = grow(r, s->scale, s->n, sizeof *more);
    if (more == NULL)
        return;
    s->scale = more;
    r->scale = &more[s->n++];
}

static void close_scale(struct reader *r)
{
    if (r->scale->object[0] == '\0' || r->scale->type[0] == '\0')
        REFUSE(r, here(r), "a scale without <%s>", r->scale->object[0] == '\0' ? "object" : "type");
    r->scale = NULL;
}

static void open_bin(struct reader *r)
{
    if (r->scale->n_bins >= BINS_MAX) {
        REFUSE(r, here(r), "more than %d bins in a scale", BINS_MAX);
        return;
    }
    struct l1t_gt_bin *const more = grow(r, r->scale->bin, r->scale->n_bins, sizeof *more);
    if (more == NULL)
        return;
    r->scale->bin = more;
    r->bin = &more[r->scale->n_bins++];
}

static void open_external(struct reader *r)
{
    struct l1t_gt_menu *const m = r->menu;
    if (m->n_externals >= SIGNALS_MAX) {
        REFUSE(r, here(r), "more than %d external signals", SIGNALS_MAX);
        return;
    }
    struct l1t_gt_external *const more = grow(r, m->external, m->n_externals, sizeof *more);
    if (more == NULL)
        return;
    m->external = more;
    r->external = &more[m->n_externals++];
    r->cable = r->channel = UINT_MAX;
}

static void close_external(struct reader *r)
{
    struct l1t_gt_external *const e = r->external;
    if (e->name == NULL || r->cable == UINT_MAX || r->channel == UINT_MAX)
        REFUSE(r, here(r), "an external signal without <%s>",
               e->name == NULL        ? "name"
               : r->cable == UINT_MAX ? "cable"
                                      : "channel");
    else {
        e->channel = 64 * r->cable + r->channel;
        if (strncmp(e->name, "EXT_", 4) == 0)
            memmove(e->name, e->name + 4, strlen(e->name + 4) + 1);
    }
    r->external = NULL;
}

// ---- leaves ----

static bool leaf_is(const struct reader *r, const char *name)
{
    return strcmp(r->leaf, name) == 0;
}

static void menu_leaf(struct reader *r)
{
    if (leaf_is(r, "name"))
        take_text(r, &r->menu->name);
    else if (leaf_is(r, "comment"))
        take_text(r, &r->menu->comment);
    else if (leaf_is(r, "grammar_version"))
        take_text(r, &r->menu->grammar);
}

// The texts of <labels> elements, joined by commas.
static void take_label(struct reader *r)
{
    char **const to = &r->algorithm->labels;
    const size_t n = *to == NULL ? 0 : strlen(*to);
    if (r->n_text == 0)
        return;
    char *const more = realloc(*to, n + r->n_text + 2);
    if (more == NULL) {
        no_memory(r);
        return;
    }
    (void)snprintf(more + n, r->n_text + 2, "%s%s", n > 0 ? "," : "", r->text);
    *to = more;
}

static void algorithm_leaf(struct reader *r)
{
    struct l1t_gt_algorithm_def *const a = r->algorithm;
    if (leaf_is(r, "name"))
        take_text(r, &a->name);
    else if (leaf_is(r, "comment"))
        take_text(r, &a->comment);
    else if (leaf_is(r, "labels"))
        take_label(r);
    else if (leaf_is(r, "module_id"))
        take_count(r, 1000, &a->module_id);
    else if (leaf_is(r, "index")) {
        r->has_index = true;
        take_count(r, L1T_GT_ALGORITHMS - 1, &a->bit);
    } else if (leaf_is(r, "expression")) {
        a->expression_place = r->text_place;
        take_text(r, &a->expression);
    }
}

static void cut_leaf(struct reader *r)
{
    if (leaf_is(r, "name"))
        take_text(r, &r->cut->name);
    else if (leaf_is(r, "object"))
        take_text(r, &r->cut->object);
    else if (leaf_is(r, "type"))
        take_cut_type(r);
    else if (leaf_is(r, "minimum"))
        take_number(r, &r->cut->minimum);
    else if (leaf_is(r, "maximum"))
        take_number(r, &r->cut->maximum);
    else if (leaf_is(r, "data"))
        take_text(r, &r->cut->data);
}

static void scale_leaf(struct reader *r)
{
    if (leaf_is(r, "object"))
        take_name(r, r->scale->object, sizeof r->scale->object);
    else if (leaf_is(r, "type"))
        take_name(r, r->scale->type, sizeof r->scale->type);
    else if (leaf_is(r, "minimum"))
        take_number(r, &r->scale->minimum);
    else if (leaf_is(r, "maximum"))
        take_number(r, &r->scale->maximum);
    else if (leaf_is(r, "step"))
        take_number(r, &r->scale->step);
    else if (leaf_is(r, "n_bits"))
        take_count(r, 32, &r->scale->n_bits);
}

static void bin_leaf(struct reader *r)
{
    if (leaf_is(r, "number"))
        take_count(r, 1 << 20, &r->bin->number);
    else if (leaf_is(r, "minimum"))
        take_number(r, &r->bin->minimum);
    else if (leaf_is(r, "maximum"))
        take_number(r, &r->bin->maximum);
}

static void external_leaf(struct reader *r)
{
    if (leaf_is(r, "name"))
        take_text(r, &r->external->name);
    else if (leaf_is(r, "system"))
        take_text(r, &r->external->system);
    else if (leaf_is(r, "cable"))
        take_count(r, 3, &r->cable);
    else if (leaf_is(r, "channel"))
        take_count(r, 63, &r->channel);
}

static void scale_set_leaf(struct reader *r)
{
    if (leaf_is(r, "name"))
        take_name(r, r->menu->scales.name, sizeof r->menu->scales.name);
}

// ---- the walk ----

// By state: where it is entered from and how, what it does with leaves and at its end.
static const struct {
    enum state from;
    const char *name;
    void (*open)(struct reader *r), (*leaf)(struct reader *r), (*close)(struct reader *r);
} states[] = {
    [TOP] = {TOP, "", NULL, NULL, NULL},
    [MENU] = {TOP, "menu", NULL, menu_leaf, NULL},
    [ALGORITHM] = {MENU, "algorithm", open_algorithm, algorithm_leaf, close_algorithm},
    [CUT] = {ALGORITHM, "cut", open_cut, cut_leaf, close_cut},
    [SCALE_SET] = {MENU, "scale_set", NULL, scale_set_leaf, NULL},
    [SCALE] = {SCALE_SET, "scale", open_scale, scale_leaf, close_scale},
    [BIN] = {SCALE, "bin", open_bin, bin_leaf, NULL},
    [EXTERNALS] = {MENU, "ext_signal_set", NULL, NULL, NULL},
    [EXTERNAL] = {EXTERNALS, "ext_signal", open_external, external_leaf, close_external},
};
enum { N_STATES = sizeof states / sizeof states[0] };

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *const r = data;
    const char *const colon = strrchr(name, ':'), *const local = colon != NULL ? colon + 1 : name;
    (void)attributes;
    if (r->err != L1T_OK)
        return;
    r->n_text = 0;
    for (int s = MENU; r->below == 0 && s < N_STATES; s++)
        if (states[s].from == r->state && strcmp(states[s].name, local) == 0) {
            r->state = (enum state)s;
            if (states[s].open != NULL)
                states[s].open(r);
            return;
        }
    if (r->state == TOP)
        REFUSE(r, here(r), "<%.40s> is not the root of a menu; expected <menu>", name);
    r->below++;
}

static void trim(struct reader *r)
{
    size_t from = 0;
    while (r->n_text > 0 && strchr(" \t\r\n", r->text[r->n_text - 1]) != NULL)
        r->n_text--;
    for (; from < r->n_text && strchr(" \t\r\n", r->text[from]) != NULL; from++) {
        r->text_place.column++;
        if (r->text[from] == '\n') {
            r->text_place.line++;
            r->text_place.column = 1;
        }
    }
    r->n_text -= from;
    memmove(r->text, r->text + from, r->n_text);
    r->text[r->n_text] = '\0';
}

static void on_end(void *data, const XML_Char *name)
{
    struct reader *const r = data;
    const char *const colon = strrchr(name, ':');
    if (r->err != L1T_OK)
        return;
    if (r->below == 0) {
        if (states[r->state].close != NULL)
            states[r->state].close(r);
        r->state = states[r->state].from;
    } else if (--r->below == 0 && states[r->state].leaf != NULL) {
        if (r->n_text == 0)
            r->text_place = here(r);
        trim(r);
        r->leaf = colon != NULL ? colon + 1 : name;
        states[r->state].leaf(r);
    }
    r->n_text = 0;
}

static void on_text(void *data, const XML_Char *text, int length)
{
    struct reader *const r = data;
    const size_t n = (size_t)length;
    if (r->err != L1T_OK || r->below != 1)
        return;
    if (r->n_text == 0)
        r->text_place = here(r);
    if (r->n_text + n + 1 > r->room) {
        const size_t room = 2 * (r->n_text + n + 1);
        char *const more = room > LEAF_MAX ? NULL : realloc(r->text, room);
        if (room > LEAF_MAX)
            REFUSE(r, r->text_place, "a text of more than %d bytes", LEAF_MAX / 2);
        else if (more == NULL)
            no_memory(r);
        if (more == NULL)
            return;
        r->text = more;
        r->room = room;
    }
    memcpy(r->text + r->n_text, text, n);
    r->n_text += n;
}

// Declarations of entities can make a small file huge; menus have none.
static void on_doctype(void *data, const XML_Char *name, const XML_Char *system_id,
                       const XML_Char *public_id, int has_subset)
{
    struct reader *const r = data;
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    if (r->err == L1T_OK)
        REFUSE(r, here(r), "a document type declaration; menus have none");
}

static enum l1t_err read_xml(struct reader *r, const char *text, size_t size)
{
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    const enum XML_Status status = XML_Parse(r->parser, text, (int)size, XML_TRUE);
    if (r->err == L1T_OK && status != XML_STATUS_OK) {
        const enum XML_Error error = XML_GetErrorCode(r->parser);
        r->algorithm = NULL;
        if (error == XML_ERROR_NO_MEMORY)
            no_memory(r);
        else
            REFUSE(r, here(r), "not XML: %s", XML_ErrorString(error));
    }
    return r->err;
}

enum l1t_err l1t_gt_menu_parse_xml(const char *path, const char *text, size_t size,
                                   struct l1t_gt_menu **menu, struct l1t_diag *diag)
{
    struct reader r = {.diag = diag};
    enum l1t_err err;
    *menu = NULL;
    r.menu = calloc(1, sizeof *r.menu);
    r.parser = XML_ParserCreate(NULL);
    r.text = malloc(256);
    r.room = 256;
    if (r.menu != NULL)
        r.menu->path = l1t_gt_copy(strcmp(path, "-") == 0 ? "stdin" : path);
    if (r.menu == NULL || r.parser == NULL || r.text == NULL || r.menu->path == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    else
        err = read_xml(&r, text, size);
    free(r.text);
    if (r.parser != NULL)
        XML_ParserFree(r.parser);
    if (err == L1T_OK)
        err = l1t_gt_menu_finish(r.menu, diag);
    if (err != L1T_OK)
        l1t_gt_menu_free(r.menu);
    else
        *menu = r.menu;
    return err;
}

enum l1t_err l1t_gt_menu_load_xml(const char *path, struct l1t_gt_menu **menu,
                                  struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *menu = NULL;
    enum l1t_err err = l1t_read_text(path, L1T_GT_FILE_MAX, &text, &size, diag);
    if (err == L1T_OK)
        err = l1t_gt_menu_parse_xml(path, text, size, menu, diag);
    free(text);
    return err;
}
