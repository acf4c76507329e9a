// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger rules on random requests. Requests are drawn orbit by orbit; every rule is a limit on the
// time since one of the last accepts, so a request costs one comparison and an accept one a rule.
#include "l1t/deadtime.h"

#include "rate/deadtime_internal.h"
#include "shards.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const struct l1t_trigger_rules l1t_cms_trigger_rules = {
    .n = 4, .rule = {{1, 3}, {2, 25}, {3, 100}, {4, 240}}};

enum { tracks_max = L1T_RULES_MAX + 1, ring = L1T_RULE_ACCEPTS_MAX };

// What one set of rules has accepted; times are crossings since orbit 0.
struct track {
    size_t rules; // the first so many of them
    bool buffer;  // and the buffer
    uint64_t n;   // accepts so far
    uint64_t blocked_until;
    uint64_t at[ring], read_out[ring]; // of accept k, at k % ring
};

struct counts {
    uint64_t requests, accepts, lost[L1T_RULES_MAX + 1], lost_alone[L1T_RULES_MAX + 2];
    uint64_t dead, dead_all; // crossings
    // Sums over orbits, for the error of lost / requests
    uint64_t lost2, requests2, lost_requests;
};

struct simulation {
    const struct l1t_trigger_rules *rules;
    struct l1t_request_law law;
    uint16_t filled_before[L1T_GT_ORBIT]; // crossings of the orbit
    uint64_t orbits;
    size_t n_tracks;
    struct counts *counts; // a shard
};

// ---- one set of rules ----

// From when on rule r allows the next accept.
static uint64_t allowed(const struct track *t, const struct l1t_trigger_rule *rule)
{
    return t->n < rule->accepts ? 0 : t->at[(t->n - rule->accepts) % ring] + rule->window;
}

static uint64_t room(const struct track *t, const struct l1t_trigger_rules *rules)
{
    return t->n < rules->depth ? 0 : t->read_out[(t->n - rules->depth) % ring];
}

static void accept(struct track *t, const struct l1t_trigger_rules *rules, uint64_t time)
{
    const uint64_t busy = t->n > 0 ? t->read_out[(t->n - 1) % ring] : 0;
    t->at[t->n % ring] = time;
    t->read_out[t->n % ring] = (busy > time ? busy : time) + rules->service;
    t->n++;
    t->blocked_until = t->buffer ? room(t, rules) : 0;
    for (size_t r = 0; r < t->rules; r++) {
        const uint64_t until = allowed(t, &rules->rule[r]);
        t->blocked_until = until > t->blocked_until ? until : t->blocked_until;
    }
}

// The first rule that forbids; the buffer comes after them.
static size_t culprit(const struct track *t, const struct l1t_trigger_rules *rules, uint64_t time)
{
    size_t r = 0;
    while (r < t->rules && allowed(t, &rules->rule[r]) <= time)
        r++;
    return r;
}

// ---- a stretch of orbits ----

static uint64_t filled_before(const struct simulation *s, uint64_t time)
{
    return time / L1T_GT_ORBIT * s->law.bunches + s->filled_before[time % L1T_GT_ORBIT];
}

// Crossings after an accept at `time` in which a request would be refused, as far as they are
// counted: from `start` to before `end`.
static void add_dead(const struct simulation *s, const struct track *t, uint64_t time,
                     uint64_t start, uint64_t end, struct counts *c)
{
    const uint64_t from = time + 1 > start ? time + 1 : start;
    const uint64_t to = t->blocked_until < end ? t->blocked_until : end;
    if (from >= to)
        return;
    c->dead_all += to - from;
    c->dead += filled_before(s, to) - filled_before(s, from);
}

// The complete set of rules over the requests of an orbit.
static void run_orbit(const struct simulation *s, struct track *t, uint64_t orbit,
                      const uint16_t *request, size_t n, uint64_t start, uint64_t end,
                      struct counts *c)
{
    const uint64_t first = orbit * L1T_GT_ORBIT;
    const bool counted = first >= start;
    uint64_t lost = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t time = first + request[i];
        if (time >= t->blocked_until) {
            accept(t, s->rules, time);
            add_dead(s, t, time, start, end, c);
        } else if (counted) {
            c->lost[culprit(t, s->rules, time)]++;
            lost++;
        }
    }
    if (!counted)
        return;
    c->requests += n;
    c->accepts += n - lost;
    c->lost2 += lost * lost;
    c->requests2 += n * n;
    c->lost_requests += lost * n;
}

// Fewer rules: only how many are lost.
static uint64_t run_fewer(const struct simulation *s, struct track *t, uint64_t orbit,
                          const uint16_t *request, size_t n)
{
    uint64_t lost = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t time = orbit * L1T_GT_ORBIT + request[i];
        if (time >= t->blocked_until)
            accept(t, s->rules, time);
        else
            lost++;
    }
    return lost;
}

// Track k has rules 1 to k + 1, one beyond the rules has the buffer, too.
static struct track new_track(const struct l1t_trigger_rules *rules, size_t k)
{
    return (struct track){.rules = k < rules->n ? k + 1 : rules->n,
                          .buffer = k == rules->n && rules->depth > 0};
}

static void run_stretch(const struct simulation *s, uint64_t stretch, struct counts *c)
{
    uint16_t request[L1T_GT_ORBIT];
    const uint64_t first = stretch * L1T_DEADTIME_STRETCH, counted = first + L1T_DEADTIME_HISTORY;
    const uint64_t left = s->orbits - first;
    const uint64_t last = counted + (left < L1T_DEADTIME_STRETCH ? left : L1T_DEADTIME_STRETCH);
    const size_t n_fewer = s->n_tracks - 1;
    struct track fewer[tracks_max], whole = new_track(s->rules, n_fewer);
    for (size_t k = 0; k < n_fewer; k++)
        fewer[k] = new_track(s->rules, k);
    for (uint64_t orbit = first; orbit < last; orbit++) {
        const size_t n = l1t_requests_of_orbit(&s->law, orbit, request);
        for (size_t k = 0; k < n_fewer; k++) {
            const uint64_t lost = run_fewer(s, &fewer[k], orbit, request, n);
            c->lost_alone[k + 1] += orbit >= counted ? lost : 0;
        }
        run_orbit(s, &whole, orbit, request, n, counted * L1T_GT_ORBIT, last * L1T_GT_ORBIT, c);
    }
}

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct simulation *s = context;
    struct counts c = {.requests = 0}; // its own, so that threads do not share a cache line
    for (size_t i = first; i < first + count; i++)
        run_stretch(s, i, &c);
    s->counts[shard] = c;
}

// ---- all of it ----

static void add_counts(struct counts *to, const struct counts *from)
{
    to->requests += from->requests;
    to->accepts += from->accepts;
    for (size_t i = 0; i < sizeof to->lost / sizeof to->lost[0]; i++)
        to->lost[i] += from->lost[i];
    for (size_t i = 0; i < sizeof to->lost_alone / sizeof to->lost_alone[0]; i++)
        to->lost_alone[i] += from->lost_alone[i];
    to->dead += from->dead;
    to->dead_all += from->dead_all;
    to->lost2 += from->lost2;
    to->requests2 += from->requests2;
    to->lost_requests += from->lost_requests;
}

static void describe(const struct simulation *s, const struct counts *c, double rate_hz,
                     struct l1t_deadtime *result)
{
    const double n = (double)c->requests, lost = (double)(c->requests - c->accepts);
    const double loss = c->requests > 0 ? lost / n : NAN;
    *result = (struct l1t_deadtime){
        .orbits = s->orbits, .requests = c->requests, .accepts = c->accepts, .loss = loss};
    memcpy(result->lost, c->lost, sizeof c->lost);
    memcpy(result->lost_alone, c->lost_alone, sizeof c->lost_alone);
    result->lost_alone[s->n_tracks] = c->requests - c->accepts;
    // Of a quotient of two sums over orbits, which hardly know of each other.
    const double squares =
        (double)c->lost2 - 2 * loss * (double)c->lost_requests + loss * loss * (double)c->requests2;
    result->loss_err = lost > 0 ? sqrt(fmax(0, squares)) / n : NAN;
    result->requested_hz = rate_hz;
    result->accepted_hz = rate_hz * (1 - loss);
    result->dead = (double)c->dead / ((double)s->orbits * s->law.bunches);
    result->dead_all = (double)c->dead_all / ((double)s->orbits * L1T_GT_ORBIT);
}

static enum l1t_err check_rules(const struct l1t_trigger_rules *rules, struct l1t_diag *diag)
{
    if (rules->n > L1T_RULES_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "%zu trigger rules; at most %d", rules->n,
                        L1T_RULES_MAX);
    for (size_t i = 0; i < rules->n; i++) {
        const struct l1t_trigger_rule *r = &rules->rule[i];
        if (r->accepts < 1 || r->accepts > L1T_RULE_ACCEPTS_MAX || r->window < 1 ||
            r->window > L1T_GT_ORBIT)
            return l1t_fail(diag, L1T_E_INPUT,
                            "trigger rule %zu: %u in %u crossings; want 1..%d in 1..%d", i + 1,
                            r->accepts, r->window, L1T_RULE_ACCEPTS_MAX, L1T_GT_ORBIT);
    }
    if (rules->depth > ring || (rules->depth > 0 && rules->service < 1) ||
        (uint64_t)rules->depth * rules->service > (uint64_t)L1T_DEADTIME_HISTORY * L1T_GT_ORBIT)
        return l1t_fail(diag, L1T_E_INPUT,
                        "a buffer of depth %u and service %u crossings; want a depth of 1..%d, and "
                        "depth times service within %d..%d crossings",
                        rules->depth, rules->service, ring, 1, L1T_DEADTIME_HISTORY * L1T_GT_ORBIT);
    return L1T_OK;
}

static enum l1t_err check(const struct l1t_filling *filling, double rate_hz, double revolution_hz,
                          uint64_t orbits, struct l1t_diag *diag)
{
    if (filling->bunches == 0)
        return l1t_fail(diag, L1T_E_INPUT, "no filled crossing, so nothing to request");
    if (orbits == 0)
        return l1t_fail(diag, L1T_E_INPUT, "0 orbits to simulate; want at least 1");
    if (!(revolution_hz > 0) || !isfinite(revolution_hz))
        return l1t_fail(diag, L1T_E_INPUT, "revolution frequency %.9g Hz; want more than 0",
                        revolution_hz);
    const double most = revolution_hz * filling->bunches;
    if (!(rate_hz > 0 && rate_hz <= most))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a rate of %.9g kHz; want more than 0 and at most one request a filled "
                        "crossing, %.9g kHz for %u bunches",
                        rate_hz / 1e3, most / 1e3, filling->bunches);
    return L1T_OK;
}

static void prepare(struct simulation *s, const struct l1t_filling *filling, double probability,
                    uint64_t seed)
{
    l1t_request_law_make(&s->law, filling, probability, seed);
    unsigned n = 0;
    for (unsigned c = 0; c < L1T_GT_ORBIT; c++) {
        s->filled_before[c] = (uint16_t)n;
        n += (unsigned)(filling->filled[c / 64] >> (c % 64) & 1);
    }
    // Without any rule, the track of no rules accepts everything.
    s->n_tracks = s->rules->n + (s->rules->depth > 0 ? 1 : 0);
    s->n_tracks = s->n_tracks > 0 ? s->n_tracks : 1;
}

enum l1t_err l1t_deadtime_simulate(const struct l1t_trigger_rules *rules,
                                   const struct l1t_filling *filling, double rate_hz,
                                   double revolution_hz, uint64_t orbits, uint64_t seed,
                                   unsigned threads, struct l1t_deadtime *result,
                                   struct l1t_diag *diag)
{
    enum l1t_err err = check_rules(rules, diag);
    if (err == L1T_OK)
        err = check(filling, rate_hz, revolution_hz, orbits, diag);
    if (err != L1T_OK)
        return err;
    struct simulation s = {.rules = rules, .orbits = orbits};
    prepare(&s, filling, rate_hz / (revolution_hz * filling->bunches), seed);
    const uint64_t stretches = (orbits - 1) / L1T_DEADTIME_STRETCH + 1;
    threads = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    s.counts = calloc(threads, sizeof *s.counts);
    if (s.counts == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for %u threads", threads);
    l1t_shards_run(threads, stretches, work, &s);
    for (unsigned i = 1; i < threads; i++)
        add_counts(&s.counts[0], &s.counts[i]);
    describe(&s, &s.counts[0], rate_hz, result);
    free(s.counts);
    return L1T_OK;
}
