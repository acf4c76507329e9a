// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"
#include "l1t/classify.h"
#include "l1t/generate.h"

#include <math.h>
#include <stdlib.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_classify = {
    .name = "classify",
    .group = "Physics",
    .summary = "tell positive from null events by their score, and bootstrap the means",
    .usage =
        "usage: l1twin classify [options]\n"
        "\n"
        "  --n N              events of each kind (default 10000)\n"
        "  --seed S           default 1\n"
        "  --spectra FILE     default " L1T_DEFAULT_SPECTRA "\n"
        "  --resamples R      of the bootstrap (default 9999)\n"
        "  --level L          of the percentile interval (default 0.95)\n" L1T_PHYSICS_USAGE "\n"
        "Linear support vectors (liblinear, squared hinge, C = 1) on the score, the sum of the "
        "four\n"
        "efficiencies, and on the four transverse momenta; the area under the ROC curve is exact.\n"
        "\n"
        "  l1twin classify --n 10000 --seed 7\n",
    .options = "--n --seed --spectra --resamples --level --threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    uint64_t resamples;
    double level;
};

static const struct option long_options[] = {L1T_PHYSICS_OPTIONS,
                                             {"resamples", required_argument, NULL, 'r'},
                                             {"level", required_argument, NULL, 'l'},
                                             {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'r':
        return l1t_cmd_u64(&cmd_classify, "--resamples", optarg, 2, 10000000, &a->resamples);
    case 'l':
        return l1t_cmd_double(&cmd_classify, "--level", optarg, 0.01, 0.9999, &a->level);
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    const int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    return code != 0 ? code : l1t_cmd_no_more(&cmd_classify, argc, argv);
}

// Positive events first, then null events, in one array a quantity.
struct sample {
    double *pt[L1T_OBJECTS], *score;
    size_t n, clamped; // n of each kind
};

static enum l1t_err make_sample(struct arguments *a, const struct l1t_generator *g,
                                struct sample *s)
{
    double *null[L1T_OBJECTS];
    const unsigned threads = (unsigned)a->p.threads;
    s->n = (size_t)a->p.n;
    s->score = calloc(2 * s->n, sizeof *s->score);
    int good = s->score != NULL;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        s->pt[o] = calloc(2 * s->n, sizeof *s->pt[o]);
        good = good && s->pt[o] != NULL;
        null[o] = s->pt[o] != NULL ? s->pt[o] + s->n : NULL;
    }
    if (!good)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "no memory for %zu events", 2 * s->n);
    enum l1t_err err =
        l1t_generate_gev(g, L1T_KIND_POSITIVE, a->p.seed, 0, s->n, threads, s->pt, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_generate_gev(g, L1T_KIND_NULL, a->p.seed, 0, s->n, threads, null, &a->p.diag);
    if (err == L1T_OK)
        s->clamped = l1t_scores(g, (const double *const *)s->pt, 2 * s->n, s->score);
    return err;
}

static void free_sample(struct sample *s)
{
    free(s->score);
    for (int o = 0; o < L1T_OBJECTS; o++)
        free(s->pt[o]);
}

static const struct l1t_column columns[] = {
    {"quantity", "", L1T_CELL_TEXT, 0}, {"value", "", L1T_CELL_REAL, 6},
    {"error", "", L1T_CELL_REAL, 3},    {"low", "", L1T_CELL_REAL, 6},
    {"high", "", L1T_CELL_REAL, 6},
};

static void row(struct l1t_table *t, const char *name, double value, const struct l1t_bootstrap *b)
{
    l1t_table_text(t, name);
    l1t_table_real(t, value);
    l1t_table_real(t, b != NULL ? b->standard_error : NAN);
    l1t_table_real(t, b != NULL ? b->low : NAN);
    l1t_table_real(t, b != NULL ? b->high : NAN);
}

struct results {
    struct l1t_svm score, four;
    struct l1t_separation separation;
    struct l1t_bootstrap positive, null;
};

static enum l1t_err work(struct arguments *a, const struct sample *s, struct results *r)
{
    struct l1t_diag *d = &a->p.diag;
    const double *const score[] = {s->score};
    const unsigned threads = (unsigned)a->p.threads;
    const size_t resamples = (size_t)a->resamples;
    enum l1t_err err = l1t_svm_train(score, 1, s->n, 2 * s->n, &r->score, d);
    if (err == L1T_OK)
        err = l1t_svm_train((const double *const *)s->pt, L1T_OBJECTS, s->n, 2 * s->n, &r->four, d);
    if (err == L1T_OK)
        err = l1t_separate(s->score, s->n, s->score + s->n, s->n, &r->separation, d);
    if (err == L1T_OK)
        err = l1t_bootstrap_mean(s->score, s->n, resamples, a->level, a->p.seed, threads,
                                 &r->positive, d);
    if (err == L1T_OK)
        err = l1t_bootstrap_mean(s->score + s->n, s->n, resamples, a->level, a->p.seed, threads,
                                 &r->null, d);
    return err;
}

static enum l1t_err print(struct arguments *a, const struct sample *s, const struct results *r)
{
    char title[200];
    (void)snprintf(title, sizeof title,
                   "%zu positive and %zu null events; %zu look-ups outside a curve", s->n, s->n,
                   s->clamped);
    struct l1t_table *t =
        l1t_physics_table(&a->p, title, columns, sizeof columns / sizeof columns[0]);
    if (t == NULL)
        return L1T_E_NOMEM;
    row(t, "mean score, positive", r->positive.mean, &r->positive);
    row(t, "mean score, null", r->null.mean, &r->null);
    row(t, "accuracy, score", r->score.accuracy, NULL);
    row(t, "cut on the score", r->score.cut, NULL);
    row(t, "accuracy, best cut", r->separation.best_accuracy, NULL);
    row(t, "best cut on the score", r->separation.best_cut, NULL);
    row(t, "area under ROC, score", r->separation.auc, NULL);
    row(t, "accuracy, four momenta", r->four.accuracy, NULL);
    const enum l1t_err err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    return err;
}

static enum l1t_err classify(struct arguments *a)
{
    static struct l1t_spectra spectra; // large
    struct l1t_law law;
    struct l1t_generator g;
    struct sample sample = {{NULL}, NULL, 0, 0};
    struct results results;
    enum l1t_err err = l1t_physics_spectra(&a->p, &spectra);
    if (err != L1T_OK)
        return err;
    err = l1t_spectra_law(&spectra, &law, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_generator_init(&g, &law, &a->p.diag);
    if (err == L1T_OK) {
        err = make_sample(a, &g, &sample);
        if (err == L1T_OK)
            err = work(a, &sample, &results);
        if (err == L1T_OK)
            err = print(a, &sample, &results);
        free_sample(&sample);
        l1t_generator_free(&g);
    }
    l1t_spectra_free(&spectra);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {
        .p = {.n = 10000, .n_min = 2, .n_max = 10000000}, .resamples = 9999, .level = 0.95};
    int code = l1t_physics_start(&a.p, &cmd_classify, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, classify(&a));
}
