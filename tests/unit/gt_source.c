// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_source.h"

#include "gt_build.h"
#include "gt_draws.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 200, NAME = 32 };

struct source {
    struct gt_draws draws;
    const struct l1t_gt_scales *scales;
    char text[8192];
    size_t n_text;
    size_t n_cuts;
    struct gt_cut cut[CUTS + 1];
    char name[CUTS][NAME], data[CUTS][NAME];
};

static void put(struct source *s, const char *fmt, ...) L1T_PRINTF(2, 3);
static void put(struct source *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const int n = vsnprintf(s->text + s->n_text, sizeof s->text - s->n_text, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof s->text - s->n_text) {
        fprintf(stderr, "gt_source: an expression is too long\n");
        exit(3);
    }
    s->n_text += (size_t)n;
}

// ---- cuts ----

// A cut of its own name, put into the list that is open: "[" or ", " before it.
static void put_cut(struct source *s, bool *open, const char *object, const char *type,
                    double minimum, double maximum, const char *data)
{
    const size_t i = s->n_cuts;
    if (i == CUTS)
        return;
    (void)snprintf(s->name[i], NAME, "%s%s%s_%zu", object, object[0] != '\0' ? "-" : "", type, i);
    (void)snprintf(s->data[i], NAME, "%s", data);
    s->cut[i] = (struct gt_cut){s->name[i], object, type, minimum, maximum, s->data[i]};
    s->n_cuts++;
    put(s, "%s%s", *open ? ", " : "[", s->name[i]);
    *open = true;
}

static double edge(struct source *s, const char *object, const char *type, int code, bool high)
{
    double low = 0, up = 0;
    const struct l1t_gt_scale *const scale = l1t_gt_scale_find(s->scales, object, type);
    if (scale == NULL || !l1t_gt_range_of(scale, code, &low, &up)) {
        fprintf(stderr, "gt_source: %s-%s has no code %d\n", object, type, code);
        exit(3);
    }
    // What sums and products of steps leave behind.
    return (high ? up : low) + ((double)gt_below(&s->draws, 3) - 1) * 1e-12;
}

static void put_window(struct source *s, bool *open, const char *object, const char *type,
                       int first, int last)
{
    const int n = last - first + 1;
    const int a = first + (int)gt_below(&s->draws, (unsigned)n);
    const int b = first + (int)gt_below(&s->draws, (unsigned)n);
    const bool swapped = gt_chance(&s->draws, 10);
    const int low = (a < b) != swapped ? a : b, high = low == a ? b : a;
    const double scale_low = edge(s, object, type, low, false);
    const double scale_high = edge(s, object, type, high, true);
    // The ends of the range itself carry no dust outwards.
    double least = 0, most = 0, unused = 0;
    (void)l1t_gt_range_of(l1t_gt_scale_find(s->scales, object, type), first, &least, &unused);
    (void)l1t_gt_range_of(l1t_gt_scale_find(s->scales, object, type), last, &unused, &most);
    put_cut(s, open, object, type, scale_low < least ? least : scale_low,
            scale_high > most ? most : scale_high, "");
}

// A list of codes 0..max, never empty.
static void put_codes(struct source *s, bool *open, const char *object, const char *type,
                      unsigned max)
{
    char data[NAME] = "";
    size_t n = 0;
    const unsigned always = gt_below(&s->draws, max + 1);
    for (unsigned i = 0; i <= max && n + 4 < sizeof data; i++)
        if (i == always || gt_chance(&s->draws, max > 3 ? 30 : 60))
            n += (size_t)snprintf(data + n, sizeof data - n, "%s%u", n > 0 ? "," : "", i);
    put_cut(s, open, object, type, 0, 0, data);
}

static void put_slice(struct source *s, bool *open, const char *object, unsigned slots)
{
    const unsigned first = gt_below(&s->draws, slots);
    put_cut(s, open, object, "SLICE", first, first + gt_below(&s->draws, slots - first), "");
}

static void put_muon_cuts(struct source *s, bool *open)
{
    if (gt_chance(&s->draws, 40))
        put_codes(s, open, "MU", "QLTY", 15);
    if (gt_chance(&s->draws, 10))
        put_codes(s, open, "MU", "ISO", 3);
    if (gt_chance(&s->draws, 10))
        put_codes(s, open, "MU", "IP", 3);
    if (gt_chance(&s->draws, 10))
        put_cut(s, open, "MU", "CHG", 0, 0, gt_chance(&s->draws, 50) ? "positive" : "neg");
    if (gt_chance(&s->draws, 10))
        put_cut(s, open, "MU", "INDEX", gt_below(&s->draws, 60), 60 + gt_below(&s->draws, 60), "");
    if (gt_chance(&s->draws, 10))
        put_cut(s, open, "MU", "UPT", gt_below(&s->draws, 20), 100 + gt_below(&s->draws, 156), "");
}

static void put_object_cuts(struct source *s, const char *object)
{
    const bool muon = strcmp(object, "MU") == 0, jet = strcmp(object, "JET") == 0;
    bool open = false;
    for (unsigned i = 0; i < 5 && gt_chance(&s->draws, 25); i++)
        put_window(s, &open, object, "ETA", muon ? -225 : -115, muon ? 225 : 114);
    for (unsigned i = 0; i < 2 && gt_chance(&s->draws, 10); i++)
        put_window(s, &open, object, "PHI", 0, muon ? 575 : 143);
    if (muon)
        put_muon_cuts(s, &open);
    else if (!jet && gt_chance(&s->draws, 25))
        put_codes(s, &open, object, "ISO", 3);
    if (jet && gt_chance(&s->draws, 15))
        put_cut(s, &open, object, "DISP", 0, 0, gt_chance(&s->draws, 50) ? "1" : "0");
    if (gt_chance(&s->draws, 10))
        put_slice(s, &open, object, muon ? 8 : 12);
    if (open)
        put(s, "]");
}

// ---- objects ----

static const char *const lists[] = {"MU", "EG", "TAU", "JET"};
static const char *const sums[] = {"ETM", "HTM", "ETMHF", "HTMHF"};

static void put_threshold(struct source *s, const char *object, int bx)
{
    const unsigned tenths = 5 * gt_below(&s->draws, gt_chance(&s->draws, 70) ? 40 : 400);
    put(s, "%s%s%u%s", object, gt_chance(&s->draws, 3) ? ".eq." : "", tenths / 10,
        tenths % 10 != 0 ? "p5" : "");
    if (bx != 0)
        put(s, "%+d", bx);
}

// Mostly this crossing.
static int offset(struct source *s)
{
    return gt_chance(&s->draws, 85) ? 0 : (int)gt_below(&s->draws, 5) - 2;
}

static void put_object(struct source *s, const char *object, int bx, bool cuts)
{
    put_threshold(s, object, bx);
    if (cuts)
        put_object_cuts(s, object);
}

// ---- conditions ----

static void put_between(struct source *s, bool *open, const char *type, double scale)
{
    const double a = gt_below(&s->draws, 1000) * scale / 1000;
    const double b = gt_below(&s->draws, 1000) * scale / 1000;
    put_cut(s, open, "", type, a < b ? a : b, a < b ? b : a, "");
}

static void put_charge(struct source *s, bool *open)
{
    put_cut(s, open, "", "CHGCOR", 0, 0, gt_chance(&s->draws, 50) ? "os" : "ls");
}

// Some of DETA, DPHI, DR; eta: both objects have one.
static void put_near(struct source *s, bool *open, bool eta, unsigned percent)
{
    if (eta && gt_chance(&s->draws, percent))
        put_between(s, open, "DETA", 6);
    if (gt_chance(&s->draws, percent))
        put_between(s, open, "DPHI", 3.2);
    if (eta && gt_chance(&s->draws, percent))
        put_between(s, open, "DR", 6);
    if (gt_chance(&s->draws, percent / 4))
        put_between(s, open, "TBPT", 60);
}

static void put_many(struct source *s, const char *object, unsigned threshold, int bx)
{
    put(s, "%s%u", object, threshold);
    if (bx != 0)
        put(s, "%+d", bx);
}

static void put_comb(struct source *s)
{
    const char *const object = lists[gt_below(&s->draws, 4)];
    const bool muon = object == lists[0];
    const bool many = !muon && gt_chance(&s->draws, 10);
    const unsigned n = many ? 5 + gt_below(&s->draws, 8) : 1 + gt_below(&s->draws, 4);
    const int bx = offset(s);
    const unsigned threshold = gt_below(&s->draws, 8);
    bool open = false;
    put(s, "comb{");
    for (unsigned i = 0; i < n; i++) {
        put(s, "%s", i > 0 ? ", " : "");
        if (many)
            put_many(s, object, threshold, bx);
        else
            put_object(s, object, bx, true);
    }
    put(s, "}");
    if (muon && n > 1 && gt_chance(&s->draws, 40))
        put_charge(s, &open);
    if (n == 2 && gt_chance(&s->draws, 20))
        put_between(s, &open, "TBPT", 60);
    put(s, open ? "]" : "");
}

static void put_pair(struct source *s)
{
    static const char *const functions[] = {"dist",     "mass",         "mass_inv",
                                            "mass_trv", "mass_inv_upt", "mass_inv_dr"};
    const char *const function = functions[gt_below(&s->draws, 6)];
    const bool upt = strcmp(function, "mass_inv_upt") == 0;
    const bool ratio = strcmp(function, "mass_inv_dr") == 0;
    const bool flat = strcmp(function, "mass_trv") == 0;
    const bool plain = strcmp(function, "dist") == 0;
    const char *const first = lists[upt ? 0 : gt_below(&s->draws, 4)];
    const bool sum = (flat || plain) && gt_chance(&s->draws, 40);
    const char *const second = upt || ratio ? first
                               : sum        ? sums[gt_below(&s->draws, 4)]
                                            : lists[gt_below(&s->draws, 4)];
    const int bx = offset(s);
    bool open = false;
    put(s, "%s{", function);
    put_object(s, first, bx, true);
    put(s, ", ");
    put_object(s, second, ratio ? bx : offset(s), !sum);
    put(s, "}");
    if (upt)
        put_between(s, &open, "MASSUPT", 60);
    else if (ratio)
        put_between(s, &open, "MASSDR", 60);
    else if (!plain)
        put_between(s, &open, "MASS", gt_chance(&s->draws, 70) ? 100 : 2000);
    put_near(s, &open, !sum, open ? 20 : 50);
    if (!open)
        put_between(s, &open, "DPHI", 3.2);
    if (first == lists[0] && second == first && gt_chance(&s->draws, 30))
        put_charge(s, &open);
    put(s, "]");
}

static void put_triple(struct source *s)
{
    const char *const object = lists[gt_below(&s->draws, 4)];
    const int bx = offset(s);
    bool open = false;
    put(s, "mass_inv_3{");
    for (unsigned i = 0; i < 3; i++) {
        put(s, "%s", i > 0 ? ", " : "");
        put_object(s, object, bx, true);
    }
    put(s, "}");
    put_between(s, &open, "MASS", 200);
    put(s, "]");
}

static void put_removal(struct source *s)
{
    static const char *const functions[] = {"comb_orm", "dist_orm", "mass_inv_orm", "mass_trv_orm"};
    const unsigned f = gt_below(&s->draws, 4);
    const char *const leg = lists[1 + gt_below(&s->draws, 3)];
    const unsigned n = f == 0 ? 1 + gt_below(&s->draws, 4) : 1 + gt_below(&s->draws, 2);
    bool open = false;
    put(s, "%s{", functions[f]);
    for (unsigned i = 0; i < n; i++) {
        put_object(s, leg, 0, true);
        put(s, ", ");
    }
    put_object(s, lists[1 + gt_below(&s->draws, 3)], offset(s), true);
    put(s, "}");
    if (f >= 2)
        put_between(s, &open, "MASS", 200);
    if (f >= 1)
        put_near(s, &open, true, 20);
    const unsigned which = 1 + gt_below(&s->draws, 7);
    if ((which & 1) != 0)
        put_between(s, &open, "ORMDR", 1);
    if ((which & 2) != 0)
        put_between(s, &open, "ORMDETA", 1);
    if ((which & 4) != 0)
        put_between(s, &open, "ORMDPHI", 1);
    put(s, "]");
}

static void put_word(struct source *s)
{
    static const char *const words[] = {
        "EXT_BPTX_plus_AND_minus.v0", "EXT_ZeroBias", "CENT0", "CENT7", "MUS0", "MUSOOT1"};
    const int bx = offset(s);
    put(s, "%s", words[gt_below(&s->draws, 6)]);
    if (bx != 0)
        put(s, "%+d", bx);
}

static void put_count(struct source *s)
{
    static const char *const counts[] = {"MBT0HFP",  "MBT1HFM", "TOWERCOUNT", "ASYMET",
                                         "ASYMHTHF", "ZDCP",    "ZDCM"};
    bool open = false;
    if (gt_chance(&s->draws, 15)) {
        put(s, "CICADA");
        put_cut(s, &open, "CICADA", "CSCORE", gt_below(&s->draws, 256), 0, "");
        put(s, "]");
        return;
    }
    put(s, "%s%u", counts[gt_below(&s->draws, 7)], gt_below(&s->draws, 16));
}

static void put_sum(struct source *s)
{
    static const char *const all[] = {"ETT", "ETTEM", "HTT", "NETETMHF"};
    if (gt_chance(&s->draws, 50)) {
        put_threshold(s, all[gt_below(&s->draws, 4)], offset(s));
        return;
    }
    const char *const sum = sums[gt_below(&s->draws, 4)];
    bool open = false;
    put_threshold(s, sum, offset(s));
    for (unsigned i = 0; i < 2 && gt_chance(&s->draws, 30); i++)
        put_window(s, &open, sum, "PHI", 0, 143);
    put(s, open ? "]" : "");
}

static void put_condition(struct source *s)
{
    switch (gt_below(&s->draws, 10)) {
    case 0:
    case 1:
        put_object(s, lists[gt_below(&s->draws, 4)], offset(s), true);
        break;
    case 2:
        put_sum(s);
        break;
    case 3:
        put_count(s);
        break;
    case 4:
        put_word(s);
        break;
    case 5:
    case 6:
        put_comb(s);
        break;
    case 7:
        put_pair(s);
        break;
    case 8:
        put_triple(s);
        break;
    default:
        put_removal(s);
        break;
    }
}

static void put_expression(struct source *s, unsigned depth)
{
    static const char *const ops[] = {"AND", "AND", "OR", "XOR"};
    const bool leaf = depth == 0 || gt_chance(&s->draws, 45);
    if (gt_chance(&s->draws, 10))
        put(s, "NOT ");
    if (leaf) {
        put_condition(s);
        return;
    }
    put(s, "(");
    put_expression(s, depth - 1);
    for (unsigned n = 1 + gt_below(&s->draws, 2); n > 0; n--) {
        put(s, " %s ", ops[gt_below(&s->draws, 4)]);
        put_expression(s, depth - 1);
    }
    put(s, ")");
}

struct l1t_gt_menu *gt_source_menu(uint64_t seed, uint64_t number, unsigned n)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    static struct source s;
    struct l1t_diag diag = {""};
    s.draws = (struct gt_draws){.seed = seed, .number = number};
    s.scales = &menu->scales;
    menu->overlap = gt_chance(&s.draws, 50) ? L1T_GT_OVERLAP_ALL : L1T_GT_OVERLAP_EXISTS;
    for (unsigned i = 0; i < n; i++) {
        s.n_text = s.n_cuts = 0;
        put_expression(&s, 2);
        s.cut[s.n_cuts].name = NULL;
        if (gt_build_add(menu, i * (L1T_GT_ALGORITHMS / n), s.text, s.cut, &diag) != L1T_OK) {
            fprintf(stderr, "gt_source: %s\n%s\n", diag.text, s.text);
            exit(3);
        }
    }
    return menu;
}
