// SPDX-License-Identifier: GPL-3.0-or-later
// Logarithms for limits on invariant masses: of the pt, of the limits, and lines that cosh - cos
// lies between. Everything is rounded to the safe side, and a group where a sum might leave 16 bits
// does without. What passes near a limit is decided exactly, so nothing here can change a bit.
#include "gt_plan_internal.h"

#include <math.h>
#include <stdlib.h>

enum {
    MOST_BINS = 1 << 13,
    // Of no pt, which no logarithm is low enough for: an upper limit must be above what it gives.
    OF_NOTHING = -(1 << 13),
    STEPS = 4 // that two logarithms of pt may be too small by
};

static double log_of(double x)
{
    return L1T_GT_LOG_ONE * log2(x);
}

// Rounded up or down with a step to spare for log2 itself.
static double up(double x)
{
    return ceil(x) + 1;
}

static double down(double x)
{
    return floor(x) - 1;
}

// ---- lines ----

struct bins {
    const struct l1t_gt_pair_tables *tables;
    double cos_least, cos_most;
};

static double opening(const struct bins *b, bool above, uint32_t bin)
{
    return log_of(b->tables->cosh[bin] - (above ? b->cos_least : b->cos_most));
}

// Above (or below) all bins first .. last, touching one of them.
static bool fit_line(const struct bins *b, bool above, uint32_t first, uint32_t last,
                     struct l1t_gt_plan_line *line)
{
    const double rise = opening(b, above, last) - opening(b, above, first);
    const double slope = round(rise / (last - first));
    double start = above ? -INFINITY : INFINITY;
    for (uint32_t i = first; i <= last; i++) {
        const double at = opening(b, above, i) - slope * i;
        start = above ? fmax(start, up(at)) : fmin(start, down(at));
    }
    const double end = start + slope * b->tables->n_eta;
    *line = (struct l1t_gt_plan_line){0, 0};
    if (!(start > INT16_MIN - 2 * OF_NOTHING) || !(start < INT16_MAX) || !(end < INT16_MAX))
        return false;
    *line = (struct l1t_gt_plan_line){(int16_t)slope, (int16_t)start};
    return true;
}

static bool fit_lines(struct bins *b, struct l1t_gt_plan_group *group)
{
    const struct l1t_gt_pair_tables *t = b->tables;
    const uint32_t n = t->n_eta;
    if (n < 64 || n > MOST_BINS || t->n_phi == 0)
        return false;
    b->cos_least = b->cos_most = t->cos[0];
    for (uint32_t i = 0; i < t->n_phi; i++) {
        b->cos_least = fmin(b->cos_least, t->cos[i]);
        b->cos_most = fmax(b->cos_most, t->cos[i]);
    }
    for (uint32_t i = 0; i < n; i++)
        if (t->cosh[i] < b->cos_most || t->cosh[i] < t->cosh[i > 0 ? i - 1 : 0])
            return false;
    const uint32_t end[L1T_GT_LINES + 1] = {0, n / 8, n / 3, n - 1};
    group->first_below = (uint16_t)(n / 16);
    for (unsigned k = 0; k < L1T_GT_LINES; k++) {
        const uint32_t first = k == 0 ? n / 16 : end[k];
        if (!(t->cosh[end[k]] > b->cos_least) || !(t->cosh[first] > b->cos_most) ||
            !fit_line(b, true, end[k], end[k + 1], &group->above[k]) ||
            !fit_line(b, false, first, end[k + 1], &group->below[k]))
            return false;
    }
    return true;
}

// The highest and the lowest of lines in any bin.
static int most_of(const struct l1t_gt_plan_line *line, uint32_t n)
{
    int most = INT16_MIN;
    for (unsigned k = 0; k < L1T_GT_LINES; k++)
        for (uint32_t i = 0; i < n; i += n - 1) {
            const int at = line[k].slope * (int)i + line[k].start;
            most = at > most ? at : most;
        }
    return most;
}

// ---- pt ----

static const int16_t *pt_logs(struct gt_planner *p, unsigned type)
{
    const uint32_t n = p->code->tables.n_pt[type], *pt = p->code->tables.pt[type];
    if (p->plan.log_pt[type] != NULL || n == 0 || pt == NULL)
        return p->plan.log_pt[type];
    int16_t *log = malloc(n * sizeof *log);
    p->log_pt[type] = log;
    p->plan.log_pt[type] = log;
    if (log == NULL) {
        p->out_of_memory = true;
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        log[i] = (int16_t)(pt[i] == 0 ? OF_NOTHING : fmax(down(log_of(pt[i])), 0));
    return log;
}

static int highest_pt(struct gt_planner *p, unsigned type)
{
    const int16_t *log = pt_logs(p, type);
    int most = 0;
    for (uint32_t i = 0; log != NULL && i < p->code->tables.n_pt[type]; i++)
        most = log[i] > most ? log[i] : most;
    return most;
}

// ---- limits ----

// Sums of two pt and an opening lie below most, and below least with one pt of nothing.
static void set_limits(struct l1t_gt_plan_part *part, int most, int least)
{
    const double low = part->limits.low > 0 ? down(log_of((double)part->limits.low)) : INT16_MIN;
    const double high = part->limits.high > 0 ? up(log_of((double)part->limits.high)) : INT16_MAX;
    part->log_low = (int16_t)fmin(low, INT16_MAX);
    part->log_high = (int16_t)(high > least && high < most ? high : INT16_MAX);
}

void gt_plan_logs(struct gt_planner *p, struct l1t_gt_plan_group *group)
{
    struct bins b = {.tables = &p->code->tables.pair[group->pair]};
    struct l1t_gt_plan_part *part = GT_AT(struct l1t_gt_plan_part, p->ordered_part, 0);
    uint32_t n = 0;
    for (uint32_t i = 0; i < group->n_parts; i++)
        n += part[group->first_part + i].kind == L1T_GT_PART_MASS;
    // Columns of logarithms are made for the crossing itself.
    if (n == 0 || group->bx[0] != 0 || group->bx[1] != 0 || !fit_lines(&b, group))
        return;
    const int a = highest_pt(p, group->type[0]), c = highest_pt(p, group->type[1]);
    const int rise = most_of(group->above, b.tables->n_eta), most = a + c + STEPS + rise;
    group->logs = most < INT16_MAX && p->plan.log_pt[group->type[0]] != NULL &&
                  p->plan.log_pt[group->type[1]] != NULL;
    for (uint32_t i = 0; i < group->n_parts; i++)
        set_limits(&part[group->first_part + i], most, OF_NOTHING + (a > c ? a : c) + rise);
}
