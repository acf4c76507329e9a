// SPDX-License-Identifier: GPL-3.0-or-later
// Linear support vectors by liblinear; exact rank statistics by sorting.
#include "l1t/classify.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void say_nothing(const char *text)
{
    (void)text; // liblinear prints its progress unless told otherwise
}

struct sample {
    struct feature_node *node; // n rows of features, bias and end mark
    struct feature_node **row;
    double *label;
};

static int fill(struct sample *s, const double *const *feature, size_t n_features,
                size_t n_positive, size_t n)
{
    const size_t width = n_features + 2;
    s->node = malloc(n * width * sizeof *s->node);
    s->row = malloc(n * sizeof(void *));
    s->label = malloc(n * sizeof *s->label);
    if (s->node == NULL || s->row == NULL || s->label == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct feature_node *row = s->node + i * width;
        for (size_t f = 0; f < n_features; f++)
            row[f] = (struct feature_node){(int)f + 1, feature[f][i]};
        row[n_features] = (struct feature_node){(int)n_features + 1, 1};
        row[n_features + 1] = (struct feature_node){-1, 0};
        s->row[i] = row;
        s->label[i] = i < n_positive ? 1 : -1;
    }
    return 0;
}

static void describe(const struct sample *s, size_t n, struct l1t_svm *svm)
{
    size_t right = 0;
    for (size_t i = 0; i < n; i++) {
        double decision = svm->bias;
        for (size_t f = 0; f < svm->n_features; f++)
            decision += svm->weight[f] * s->row[i][f].value;
        right += (decision > 0) == (s->label[i] > 0);
    }
    svm->accuracy = (double)right / (double)n;
    svm->cut = svm->n_features == 1 ? -svm->bias / svm->weight[0] : NAN;
}

static enum l1t_err run(struct sample *s, size_t n, struct l1t_svm *svm, struct l1t_diag *diag)
{
    const struct problem problem = {
        .l = (int)n, .n = (int)svm->n_features + 1, .y = s->label, .x = s->row, .bias = 1};
    const struct parameter parameter = {.solver_type = L2R_L2LOSS_SVC, .eps = 1e-8, .C = 1};
    const char *wrong = check_parameter(&problem, &parameter);
    if (wrong != NULL)
        return l1t_fail(diag, L1T_E_INPUT, "liblinear: %s", wrong);
    set_print_string_function(say_nothing);
    struct model *model = train(&problem, &parameter);
    // Class 0 is the label seen first, which is the positive one.
    for (size_t f = 0; f < svm->n_features; f++)
        svm->weight[f] = get_decfun_coef(model, (int)f + 1, 0);
    svm->bias = get_decfun_bias(model, 0);
    free_and_destroy_model(&model);
    describe(s, n, svm);
    return L1T_OK;
}

enum l1t_err l1t_svm_train(const double *const *feature, size_t n_features, size_t n_positive,
                           size_t n, struct l1t_svm *svm, struct l1t_diag *diag)
{
    *svm = (struct l1t_svm){.n_features = n_features, .cut = NAN};
    if (n_features < 1 || n_features > L1T_MAX_FEATURES)
        return l1t_fail(diag, L1T_E_INPUT, "%zu features; 1 to %d", n_features, L1T_MAX_FEATURES);
    if (n_positive < 1 || n_positive >= n || n > 100000000)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%zu positive of %zu events; both classes are needed, at most 1e8 in all",
                        n_positive, n);
    struct sample s = {NULL, NULL, NULL};
    enum l1t_err err;
    if (fill(&s, feature, n_features, n_positive, n) == 0)
        err = run(&s, n, svm, diag);
    else
        err = l1t_fail(diag, L1T_E_NOMEM, "no memory for %zu training events", n);
    free(s.label);
    free(s.row);
    free(s.node);
    return err;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

// Walk up through the distinct values of both sorted lists.
static void walk(const double *p, size_t np, const double *q, size_t nq, struct l1t_separation *out)
{
    double outranked = 0; // pairs with positive above negative, ties half
    size_t i = 0;         // positives passed
    size_t j = 0;         // negatives passed
    size_t best = np;     // right decisions when everything is called positive
    out->best_cut = -INFINITY;
    while (i < np || j < nq) {
        const double v = j == nq || (i < np && p[i] <= q[j]) ? p[i] : q[j];
        size_t tied_p = 0;
        size_t tied_q = 0;
        while (i + tied_p < np && p[i + tied_p] == v)
            tied_p++;
        while (j + tied_q < nq && q[j + tied_q] == v)
            tied_q++;
        outranked += (double)tied_p * ((double)j + 0.5 * (double)tied_q);
        i += tied_p;
        j += tied_q;
        if (np - i + j > best) {
            best = np - i + j;
            out->best_cut = v;
        }
    }
    out->auc = outranked / (double)np / (double)nq;
    out->best_accuracy = (double)best / (double)(np + nq);
}

static int any_nan(const double *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(v[i]))
            return 1;
    return 0;
}

enum l1t_err l1t_separate(const double *positive, size_t n_positive, const double *negative,
                          size_t n_negative, struct l1t_separation *separation,
                          struct l1t_diag *diag)
{
    *separation = (struct l1t_separation){NAN, NAN, NAN};
    if (n_positive == 0 || n_negative == 0 || any_nan(positive, n_positive) ||
        any_nan(negative, n_negative))
        return l1t_fail(diag, L1T_E_INPUT, "ranking needs values of both classes, none NaN");
    double *p = malloc((n_positive + n_negative) * sizeof *p);
    if (p == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory to sort %zu values", n_positive + n_negative);
    double *q = p + n_positive;
    memcpy(p, positive, n_positive * sizeof *p);
    memcpy(q, negative, n_negative * sizeof *q);
    qsort(p, n_positive, sizeof *p, ascending);
    qsort(q, n_negative, sizeof *q, ascending);
    walk(p, n_positive, q, n_negative, separation);
    free(p);
    return L1T_OK;
}
