// SPDX-License-Identifier: GPL-3.0-or-later
// Events through the emulator, truth matched to trigger objects, everything counted in integers.
#include "l1t/efficiency.h"

#include "efficiency_bins.h"
#include "l1t_formats.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 1024, MOST_OBJECTS = 12 };

const char *const l1t_efficiency_names[4] = {"egamma", "tau", "jet", NULL};

static const double two_pi = 6.28318530717958647692;

// ---- matching ----

size_t l1t_match(const struct l1t_truth *truth, size_t n_truth,
                 const struct l1t_trigger_object *object, size_t n_objects, double dr, int *match)
{
    bool used[L1T_TRUTH_MAX] = {false};
    size_t matched = 0;
    if (n_objects > L1T_TRUTH_MAX)
        n_objects = L1T_TRUTH_MAX;
    for (size_t i = 0; i < n_truth; i++)
        match[i] = -1;
    for (;;) {
        double nearest = dr;
        size_t best_truth = n_truth, best_object = 0;
        for (size_t i = 0; i < n_truth; i++)
            for (size_t k = 0; k < n_objects && match[i] < 0; k++) {
                const double far = hypot(truth[i].eta - object[k].eta,
                                         remainder(truth[i].phi - object[k].phi, two_pi));
                if (!used[k] && (far < nearest || (far <= nearest && best_truth == n_truth))) {
                    nearest = far;
                    best_truth = i;
                    best_object = k;
                }
            }
        if (best_truth == n_truth)
            return matched;
        match[best_truth] = (int)best_object;
        used[best_object] = true;
        matched++;
    }
}

// ---- the emulator's objects ----

struct worker {
    struct l1t_calo_result result;
    struct l1t_efficiency_counts counts;
};

static size_t egtau_objects(const struct l1t_egtau_result *out,
                            struct l1t_trigger_object object[MOST_OBJECTS])
{
    for (unsigned i = 0; i < out->n_gt; i++) {
        const uint32_t w = out->gt[i];
        object[i] = (struct l1t_trigger_object){
            .pt_gev = 0.5 * (double)l1t_egamma_gt_et(w),
            .eta = 0.0435 * (double)l1t_egamma_gt_eta(w),
            .phi = two_pi / 144 * (double)l1t_egamma_gt_phi(w),
            .iso = (unsigned)l1t_egamma_gt_iso(w),
            .saturated = l1t_egamma_gt_et(w) == 511,
        };
    }
    return out->n_gt;
}

static size_t jet_objects(const struct l1t_jet_result *out,
                          struct l1t_trigger_object object[MOST_OBJECTS])
{
    for (unsigned i = 0; i < out->n_gt; i++) {
        const uint32_t w = out->gt[i];
        object[i] = (struct l1t_trigger_object){
            .pt_gev = 0.5 * (double)l1t_jet_gt_et(w),
            .eta = 0.0435 * (double)l1t_jet_gt_eta(w),
            .phi = two_pi / 144 * (double)l1t_jet_gt_phi(w),
            .saturated = l1t_jet_gt_et(w) == 2047,
        };
    }
    return out->n_gt;
}

// Only what the object needs of l1t_calo().
static size_t emulate(const struct l1t_efficiency_spec *spec, const struct l1t_calo_config *model,
                      const struct l1t_towers *towers, struct l1t_calo_result *r,
                      struct l1t_trigger_object object[MOST_OBJECTS])
{
    if (spec->object == L1T_EFFICIENCY_JET) {
        l1t_jet(&model->jet, towers, &r->jet);
        return jet_objects(&r->jet, object);
    }
    r->ntt = l1t_ntt(towers);
    l1t_grid_fill(&r->grid, towers);
    l1t_cluster(&model->cluster, &r->grid, &r->clusters);
    if (spec->object == L1T_EFFICIENCY_TAU) {
        l1t_tau(&model->tau, &r->grid, r->ntt, &r->clusters, &r->tau);
        return egtau_objects(&r->tau.out, object);
    }
    l1t_egamma(&model->egamma, &r->grid, r->ntt, &r->clusters, &r->egamma);
    return egtau_objects(&r->egamma.out, object);
}

// ---- counting ----

static bool is_wanted(const struct l1t_efficiency_spec *spec, const struct l1t_truth *t)
{
    const enum l1t_truth_kind k = t->kind;
    const bool kind = spec->object == L1T_EFFICIENCY_JET   ? k == L1T_TRUTH_JET
                      : spec->object == L1T_EFFICIENCY_TAU ? k == L1T_TRUTH_TAU
                                                           : k <= L1T_TRUTH_PHOTON;
    return kind && fabs(t->eta) <= spec->eta_max;
}

static void count_response(const struct l1t_efficiency_spec *spec, const struct l1t_truth *t,
                           const struct l1t_trigger_object *o, struct l1t_efficiency_counts *c)
{
    const int pt = l1t_response_pt_bin(spec->object, t->pt_gev);
    const int eta = l1t_response_eta_bin(t->eta);
    if (pt < 0 || eta < 0)
        return;
    if (o->saturated) {
        c->response[pt][eta].saturated++;
        return;
    }
    const int64_t ratio = llround(o->pt_gev / t->pt_gev * L1T_RESPONSE_UNIT);
    c->response[pt][eta].n++;
    c->response[pt][eta].sum += ratio;
    c->response[pt][eta].squares += ratio * ratio;
}

static void count_object(const struct l1t_efficiency_spec *spec, const struct l1t_truth *t,
                         const struct l1t_trigger_object *o, struct l1t_efficiency_counts *c)
{
    const size_t bin = l1t_efficiency_bin(t->pt_gev);
    c->truth++;
    c->n[bin]++;
    c->pt[bin] += (uint64_t)(t->pt_gev * L1T_PT_UNIT); // down, so that means stay in their bins
    if (o == NULL)
        return;
    c->matched++;
    c->found[bin]++;
    for (unsigned bit = 0; bit < 2; bit++)
        c->iso[bit][bin] += o->iso >> bit & 1;
    for (size_t k = 0; k < spec->n_thresholds; k++)
        c->pass[k][bin] += o->pt_gev >= spec->threshold_gev[k] && (o->iso & spec->iso) == spec->iso;
    count_response(spec, t, o, c);
}

static void count_event(const struct l1t_efficiency_spec *spec, const struct l1t_truth *truth,
                        size_t n, const struct l1t_trigger_object *object, size_t n_objects,
                        struct l1t_efficiency_counts *c)
{
    struct l1t_truth wanted[L1T_TRUTH_MAX];
    int match[L1T_TRUTH_MAX];
    size_t n_wanted = 0;
    for (size_t i = 0; i < n; i++)
        if (is_wanted(spec, &truth[i]))
            wanted[n_wanted++] = truth[i];
    l1t_match(wanted, n_wanted, object, n_objects, spec->dr, match);
    c->events++;
    c->objects += n_objects;
    for (size_t i = 0; i < n_wanted; i++)
        count_object(spec, &wanted[i], match[i] >= 0 ? &object[match[i]] : NULL, c);
}

// ---- events ----

struct read_event {
    struct l1t_towers towers;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    size_t n;
};

struct job {
    const struct l1t_efficiency_spec *spec;
    const struct l1t_calo_config *model;
    const struct l1t_tower_gen *generator;
    const struct read_event *read; // without a generator
    uint64_t first;
    struct worker *worker; // one a shard
};

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct job *job = context;
    struct worker *w = &job->worker[shard];
    struct l1t_trigger_object object[MOST_OBJECTS];
    struct l1t_towers towers;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    for (size_t i = first; i < first + count; i++) {
        const struct read_event *read = job->read != NULL ? &job->read[i] : NULL;
        const size_t n = read != NULL ? read->n
                                      : l1t_tower_gen_event_truth(job->generator, job->first + i,
                                                                  &towers, truth);
        const size_t objects = emulate(job->spec, job->model,
                                       read != NULL ? &read->towers : &towers, &w->result, object);
        count_event(job->spec, read != NULL ? read->truth : truth, n, object, objects, &w->counts);
    }
}

// Up to BATCH events of the files: their number, or -1.
static int read_batch(const struct l1t_efficiency_source *s, uint64_t most,
                      struct read_event *event, struct l1t_diag *diag)
{
    int n = 0;
    while (n < BATCH && (uint64_t)n < most) {
        uint64_t id = 0;
        const int status = l1t_tower_reader_next(s->towers, &event[n].towers, &id, NULL, diag);
        if (status <= 0)
            return status < 0 ? -1 : n;
        if (l1t_truth_reader_event(s->truth, id, event[n].truth, &event[n].n, diag) < 0)
            return -1;
        n++;
    }
    return n;
}

static enum l1t_err run_all(struct job *job, const struct l1t_efficiency_source *s,
                            unsigned threads, struct read_event *event,
                            void (*progress)(void *user, double done, double total), void *user,
                            struct l1t_diag *diag)
{
    for (uint64_t done = 0; done < s->n;) {
        int n = s->n - done < BATCH ? (int)(s->n - done) : BATCH;
        if (event != NULL)
            n = read_batch(s, s->n - done, event, diag);
        if (n < 0)
            return L1T_E_INPUT;
        if (n == 0) // all towers were read, so all truth must be
            return l1t_truth_reader_end(s->truth, diag);
        job->first = s->first + done;
        l1t_shards_run(threads, (size_t)n, work, job);
        done += (uint64_t)n;
        if (progress != NULL)
            progress(user, (double)done, (double)s->n);
    }
    return L1T_OK;
}

// All members are 64-bit counts, so the structs add up as arrays.
static void add_counts(struct l1t_efficiency_counts *to, const struct l1t_efficiency_counts *from)
{
    uint64_t *t = (uint64_t *)to;
    const uint64_t *f = (const uint64_t *)from;
    for (size_t i = 0; i < sizeof *to / sizeof *t; i++)
        t[i] += f[i];
}

static enum l1t_err check(const struct l1t_efficiency_spec *spec, struct l1t_diag *diag)
{
    if (spec->n_thresholds < 1 || spec->n_thresholds > L1T_MAX_THRESHOLDS)
        return l1t_fail(diag, L1T_E_INPUT, "1 to %d thresholds, not %zu", L1T_MAX_THRESHOLDS,
                        spec->n_thresholds);
    // Words of e/gammas and taus end at 255.5 GeV: no larger threshold can be set.
    const double most = spec->object == L1T_EFFICIENCY_JET ? 1000 : 255.5;
    for (size_t i = 0; i < spec->n_thresholds; i++)
        if (!(spec->threshold_gev[i] >= 1 && spec->threshold_gev[i] <= most))
            return l1t_fail(diag, L1T_E_INPUT, "thresholds of %s are 1..%g GeV, not %g",
                            l1t_efficiency_names[spec->object], most, spec->threshold_gev[i]);
    return L1T_OK;
}

enum l1t_err l1t_efficiency_run(const struct l1t_efficiency_spec *asked,
                                const struct l1t_calo_config *model,
                                const struct l1t_efficiency_source *source, unsigned threads,
                                void (*progress)(void *user, double done, double total), void *user,
                                struct l1t_efficiency_counts *counts, struct l1t_diag *diag)
{
    struct l1t_efficiency_spec spec = *asked;
    enum l1t_err err = check(&spec, diag);
    if (err != L1T_OK)
        return err;
    spec.dr = spec.dr > 0 ? spec.dr : spec.object == L1T_EFFICIENCY_JET ? 0.4 : 0.3;
    threads = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    struct worker *worker = calloc(threads, sizeof *worker);
    struct read_event *event = source->generator == NULL ? malloc(BATCH * sizeof *event) : NULL;
    if (worker == NULL || (source->generator == NULL && event == NULL)) {
        err = l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    } else {
        struct job job = {&spec, model, source->generator, event, 0, worker};
        err = run_all(&job, source, threads, event, progress, user, diag);
    }
    memset(counts, 0, sizeof *counts);
    for (unsigned i = 0; err == L1T_OK && worker != NULL && i < threads; i++)
        add_counts(counts, &worker[i].counts);
    free(event);
    free(worker);
    if (err == L1T_OK && counts->truth == 0)
        err = l1t_fail(diag, L1T_E_INPUT, "no %s within |eta| %g in the truth of %llu events",
                       spec.object == L1T_EFFICIENCY_EGAMMA ? "electron or photon"
                                                            : l1t_efficiency_names[spec.object],
                       spec.eta_max, (unsigned long long)counts->events);
    return err;
}
