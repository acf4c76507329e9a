// SPDX-License-Identifier: GPL-3.0-or-later
// Parametric turn-on curves: read, evaluate, write as a table.
#include "l1t/parametric.h"

#include "l1t/yaml.h"

#include <math.h>
#include <string.h>

#define P(member) offsetof(struct l1t_parametric, member)
static const struct l1t_key curve_keys[] = {
    {"threshold", L1T_ENERGY, P(threshold_gev), true, 1, 1e4, NULL},
    {"plateau", L1T_NUMBER, P(plateau), true, 1e-3, 1, NULL},
    {"core", L1T_NUMBER, P(core), true, 0, 1, NULL},
    {"mean", L1T_ENERGY, P(mean_gev), true, 0, 1e4, NULL},
    {"width", L1T_ENERGY, P(width_gev), true, 1e-3, 1e4, NULL},
    {"median", L1T_ENERGY, P(median_gev), true, 1e-3, 1e4, NULL},
    {"log_width", L1T_NUMBER, P(log_width), true, 1e-3, 10, NULL},
};

static double phi(double t)
{
    return 0.5 * erfc(-t * 0.70710678118654752440); // 1/sqrt(2)
}

double l1t_parametric_at(const struct l1t_parametric *curve, double x_gev)
{
    const double core = phi((x_gev - curve->mean_gev) / curve->width_gev);
    const double slow = x_gev > 0 ? phi(log(x_gev / curve->median_gev) / curve->log_width) : 0;
    return curve->plateau * (curve->core * core + (1 - curve->core) * slow);
}

static enum l1t_err find(const struct l1t_yaml *yaml, const char *name,
                         struct l1t_parametric *curve, struct l1t_diag *diag)
{
    const struct l1t_node *curves = NULL;
    static const struct l1t_key root[] = {{"curves", L1T_MAP, 0, true, 0, 0, NULL}};
    enum l1t_err err = l1t_yaml_bind(yaml, l1t_yaml_root(yaml), root, 1, &curves, diag);
    if (err != L1T_OK)
        return err;
    const struct l1t_node *map = l1t_node_get(curves, name);
    if (map != NULL)
        return l1t_yaml_bind(yaml, map, curve_keys, sizeof curve_keys / sizeof curve_keys[0], curve,
                             diag);
    char known[300] = "";
    for (size_t i = 0; i < l1t_node_len(curves); i++) {
        const size_t n = strlen(known);
        (void)snprintf(known + n, sizeof known - n, "%s%s", i > 0 ? ", " : "",
                       l1t_node_key(curves, i));
    }
    return l1t_yaml_fail(yaml, curves, diag, "no curve '%s' (there are: %s)", name, known);
}

enum l1t_err l1t_parametric_load(struct l1t_parametric *curve, const char *path, const char *name,
                                 struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    *curve = (struct l1t_parametric){0};
    enum l1t_err err = l1t_yaml_load(path, &yaml, diag);
    if (err == L1T_OK)
        err = find(yaml, name, curve, diag);
    l1t_yaml_free(yaml);
    return err;
}

void l1t_parametric_write(FILE *out, const char *name, const struct l1t_parametric *curve)
{
    enum { fine = 80, coarse = 20 };
    const double t = curve->threshold_gev;
    fprintf(out,
            "# %s: sampled by 'l1twin curve make' from\n"
            "#   eff(x) = P*(f*Phi((x-m1)/s1) + (1-f)*Phi(ln(x/m2)/s2)), x in GeV\n"
            "# with P = %.9g, f = %.9g, m1 = %.9g, s1 = %.9g, m2 = %.9g, s2 = %.9g;"
            " threshold %.9g GeV\n"
            "pt_gev,efficiency\n",
            name, curve->plateau, curve->core, curve->mean_gev, curve->width_gev, curve->median_gev,
            curve->log_width, t);
    for (int i = 0; i <= fine + coarse; i++) {
        const double x = i <= fine ? t * i / 40 : 2 * t + t * (i - fine) / 10;
        fprintf(out, "%.9g,%.6f\n", x, l1t_parametric_at(curve, x));
    }
}
