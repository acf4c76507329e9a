// SPDX-License-Identifier: GPL-3.0-or-later
// Targets of pile-up: "gauss(52,4)", "poisson(52)", "flat(40,60)", "52" or a CSV file.
#include "csv.h"
#include "l1t/beam.h"
#include "l1t/io.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lowest = 1, highest = L1T_TALLY_PILEUPS - 1, max_line = 4096 };

static const double most_cut = 0.1;

#define WANTED                                                                                     \
    "want gauss(MEAN,WIDTH), poisson(MEAN), flat(FROM,TO), one pile-up, or a file PILEUP.csv"

// Bins made to add up to 1. total: of the whole distribution.
static enum l1t_err normalise(const char *text, struct l1t_pileup_target *target, double total,
                              struct l1t_diag *diag)
{
    double sum = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        sum += target->share[k];
    if (!(sum > 0) || sum < (1 - most_cut) * total)
        return l1t_fail(diag, L1T_E_INPUT,
                        "pile-up '%.60s' has %.3g %% of itself outside of %d..%d; at most %g %% "
                        "can be cut off",
                        text, 100 * (1 - sum / total), lowest, highest, 100 * most_cut);
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        target->share[k] /= sum;
    return L1T_OK;
}

// ---- shapes ----

// The integral over the bin, so that a narrow one is right too.
static enum l1t_err gauss(const char *text, const double *arg, struct l1t_pileup_target *target,
                          struct l1t_diag *diag)
{
    if (!(arg[1] > 0))
        return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': a width of %.9g; want more than 0",
                        text, arg[1]);
    const double scale = 1 / (arg[1] * sqrt(2));
    for (int k = lowest; k <= highest; k++) {
        // from the nearer tail, where erfc has all its digits
        const double low = (k - 0.5 - arg[0]) * scale, high = (k + 0.5 - arg[0]) * scale;
        target->share[k] = (low > 0 ? erfc(low) - erfc(high) : erfc(-high) - erfc(-low)) / 2;
    }
    return normalise(text, target, 1, diag);
}

static enum l1t_err poisson(const char *text, const double *arg, struct l1t_pileup_target *target,
                            struct l1t_diag *diag)
{
    if (!(arg[0] > 0))
        return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': a mean of %.9g; want more than 0",
                        text, arg[0]);
    for (int k = lowest; k <= highest; k++)
        target->share[k] = exp(k * log(arg[0]) - arg[0] - lgamma(k + 1.0));
    return normalise(text, target, 1, diag);
}

static enum l1t_err flat(const char *text, const double *arg, struct l1t_pileup_target *target,
                         struct l1t_diag *diag)
{
    if (!(arg[0] >= lowest && arg[0] <= arg[1] && arg[1] <= highest && arg[0] == floor(arg[0]) &&
          arg[1] == floor(arg[1])))
        return l1t_fail(diag, L1T_E_INPUT,
                        "pile-up '%.60s': want whole numbers FROM <= TO within %d..%d", text,
                        lowest, highest);
    for (int k = (int)arg[0]; k <= (int)arg[1]; k++)
        target->share[k] = 1;
    return normalise(text, target, 0, diag);
}

// One pile-up; one between two whole numbers is shared by them, so that the mean is right.
static enum l1t_err single(const char *text, const double *arg, struct l1t_pileup_target *target,
                           struct l1t_diag *diag)
{
    if (!(arg[0] >= lowest && arg[0] <= highest))
        return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s' is outside of %d..%d", text, lowest,
                        highest);
    const int below = (int)arg[0];
    const double rest = arg[0] - below;
    target->share[below] = 1 - rest;
    if (rest > 0)
        target->share[below + 1] = rest;
    return L1T_OK;
}

static const struct shape {
    const char *name;
    size_t arguments;
    enum l1t_err (*make)(const char *text, const double *arg, struct l1t_pileup_target *target,
                         struct l1t_diag *diag);
} shapes[] = {{"gauss", 2, gauss}, {"poisson", 1, poisson}, {"flat", 2, flat}};

// "name(a,b)", copied to words that can be cut.
static enum l1t_err parse_shape(const char *text, struct l1t_pileup_target *target,
                                struct l1t_diag *diag)
{
    char copy[80], *field[3];
    double arg[2];
    const size_t size = strlen(text);
    const char *open = strchr(text, '(');
    if (size >= sizeof copy || text[size - 1] != ')')
        return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': " WANTED, text);
    const size_t name = (size_t)(open - text);
    memcpy(copy, text, size + 1);
    copy[size - 1] = '\0';
    const size_t n = l1t_csv_split(copy + name + 1, field, 3);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (strlen(shapes[i].name) != name || strncmp(text, shapes[i].name, name) != 0)
            continue;
        if (n != shapes[i].arguments)
            break;
        for (size_t k = 0; k < n; k++)
            if (!l1t_csv_number(field[k], &arg[k]))
                return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': '%.30s' is not a number", text,
                                field[k]);
        return shapes[i].make(text, arg, target, diag);
    }
    return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': " WANTED, text);
}

// ---- files ----

static int read_row(struct l1t_lines *lines, char *line, bool first,
                    struct l1t_pileup_target *target, struct l1t_diag *diag)
{
    char *field[2];
    double pileup, share;
    const size_t n = l1t_csv_split(line, field, 2);
    if (n == 2 && first && strcmp(field[0], "pileup") == 0 && strcmp(field[1], "share") == 0)
        return 0;
    if (n != 2 || !l1t_csv_number(field[0], &pileup) || !l1t_csv_number(field[1], &share))
        return l1t_lines_fail(lines, diag, "want two numbers 'pileup,share'");
    if (!(pileup >= lowest && pileup <= highest && pileup == floor(pileup)))
        return l1t_lines_fail(lines, diag, "pile-up %.9g is not a whole number within %d..%d",
                              pileup, lowest, highest);
    if (!(share >= 0))
        return l1t_lines_fail(lines, diag, "share %.9g is negative", share);
    double *to = &target->share[(int)pileup];
    if (*to >= 0)
        return l1t_lines_fail(lines, diag, "pile-up %d a second time", (int)pileup);
    *to = share;
    return 0;
}

static int read_rows(struct l1t_lines *lines, struct l1t_pileup_target *target,
                     struct l1t_diag *diag)
{
    char *line;
    size_t size;
    bool first = true;
    int more;
    while ((more = l1t_lines_next(lines, &line, &size, diag)) == 1) {
        line += strspn(line, " \t");
        if (*line == '\0' || *line == '#')
            continue;
        if (read_row(lines, line, first, target, diag) != 0)
            return -1;
        first = false;
    }
    return more;
}

static enum l1t_err read_table(const char *path, struct l1t_pileup_target *target,
                               struct l1t_diag *diag)
{
    struct l1t_lines *lines;
    const enum l1t_err err = l1t_lines_open(path, max_line, &lines, diag);
    if (err != L1T_OK)
        return err;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        target->share[k] = -1; // not given
    const int failed = read_rows(lines, target, diag);
    l1t_lines_close(lines);
    if (failed != 0)
        return L1T_E_INPUT;
    double sum = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++) {
        target->share[k] = fmax(target->share[k], 0);
        sum += target->share[k];
    }
    if (!(sum > 0) || !isfinite(sum))
        return l1t_fail(diag, L1T_E_INPUT, "%s: the shares add up to %.9g; want more than 0", path,
                        sum);
    return normalise(path, target, sum, diag);
}

static enum l1t_err read_file(const char *text, const char *beside,
                              struct l1t_pileup_target *target, struct l1t_diag *diag)
{
    char *path = l1t_path_beside(beside != NULL ? beside : "", text);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for a path");
    const enum l1t_err err = read_table(path, target, diag);
    free(path);
    return err;
}

static bool ends(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

enum l1t_err l1t_pileup_target_parse(const char *text, const char *beside,
                                     struct l1t_pileup_target *target, struct l1t_diag *diag)
{
    double value;
    *target = (struct l1t_pileup_target){{0}};
    if (ends(text, ".csv") || ends(text, ".csv.gz"))
        return read_file(text, beside, target, diag);
    if (strchr(text, '(') != NULL)
        return parse_shape(text, target, diag);
    if (l1t_csv_number(text, &value))
        return single(text, &value, target, diag);
    return l1t_fail(diag, L1T_E_INPUT, "pile-up '%.60s': " WANTED, text);
}
