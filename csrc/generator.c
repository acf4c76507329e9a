// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the four-object generator: checked law in, alias tables out.
#include "l1t/generate.h"

#include "code_law.h"

#include <math.h>
#include <stdlib.h>

static enum l1t_err check_object(const struct l1t_law *law, enum l1t_object o,
                                 struct l1t_diag *diag)
{
    const double full = L1T_CODE_GEV * l1t_object_full_scale(o);
    if (!(law->lambda[o] > 0) || isinf(law->lambda[o]))
        return l1t_fail(diag, L1T_E_INPUT, "%s: lambda %.9g/GeV must be positive",
                        l1t_object_names[o], law->lambda[o]);
    if (!(law->threshold_gev[o] > 0 && law->threshold_gev[o] < full))
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: threshold %.9g GeV must be above 0 and below full scale, %.9g GeV",
                        l1t_object_names[o], law->threshold_gev[o], full);
    return L1T_OK;
}

static enum l1t_err check_outcomes(const struct l1t_law *law, struct l1t_diag *diag)
{
    if (law->n_outcomes > L1T_MAX_OUTCOMES)
        return l1t_fail(diag, L1T_E_INPUT, "%zu outcomes; at most %d", law->n_outcomes,
                        L1T_MAX_OUTCOMES);
    for (size_t i = 0; i < law->n_outcomes; i++) {
        const struct l1t_outcome *o = &law->outcome[i];
        if (!(o->share >= 0) || isinf(o->share) || o->objects == 0 ||
            o->objects >= 1U << L1T_OBJECTS)
            return l1t_fail(diag, L1T_E_INPUT,
                            "outcome %zu: needs a share of at least 0 and at least one object", i);
    }
    return L1T_OK;
}

static int make_part(struct l1t_generator *g, enum l1t_part part, enum l1t_object o)
{
    const size_t top = l1t_object_full_scale(o);
    const double lambda = g->law.lambda[o];
    const double threshold = g->law.threshold_gev[o];
    double *p = calloc(top + 1, sizeof *p);
    g->pmf[part][o] = p;
    if (p == NULL)
        return -1;
    int failed = 0;
    if (part == L1T_PART_ACCEPTED)
        failed = l1t_code_law_accepted(lambda, g->law.curve[o], top, p);
    else if (part == L1T_PART_BELOW)
        l1t_code_law(lambda, 0, threshold, top, p);
    else
        l1t_code_law(lambda, threshold, INFINITY, top, p);
    return failed != 0 ? failed : l1t_alias_init(&g->code[part][o], p, top + 1);
}

static int make_outcomes(struct l1t_generator *g)
{
    double share[L1T_MAX_OUTCOMES];
    for (size_t i = 0; i < g->law.n_outcomes; i++)
        share[i] = g->law.outcome[i].share;
    return g->law.n_outcomes == 0 ? 0 : l1t_alias_init(&g->outcome, share, g->law.n_outcomes);
}

enum l1t_err l1t_generator_init(struct l1t_generator *generator, const struct l1t_law *law,
                                struct l1t_diag *diag)
{
    *generator = (struct l1t_generator){.law = *law};
    enum l1t_err err = check_outcomes(law, diag);
    for (enum l1t_object o = 0; o < L1T_OBJECTS && err == L1T_OK; o++)
        err = check_object(law, o, diag);
    if (err != L1T_OK)
        return err;
    int failed = make_outcomes(generator);
    for (enum l1t_part part = 0; part < L1T_PARTS && failed == 0; part++)
        for (enum l1t_object o = 0; o < L1T_OBJECTS && failed == 0; o++)
            failed = make_part(generator, part, o);
    if (failed != 0) {
        l1t_generator_free(generator);
        return l1t_fail(diag, L1T_E_NOMEM,
                        "no memory for the tables of a generator, or its outcomes have no share");
    }
    return L1T_OK;
}

void l1t_generator_free(struct l1t_generator *generator)
{
    for (int part = 0; part < L1T_PARTS; part++) {
        for (int o = 0; o < L1T_OBJECTS; o++) {
            l1t_alias_free(&generator->code[part][o]);
            free(generator->pmf[part][o]);
        }
    }
    l1t_alias_free(&generator->outcome);
    *generator = (struct l1t_generator){0};
}
