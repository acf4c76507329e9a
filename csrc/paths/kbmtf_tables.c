// SPDX-License-Identifier: GPL-3.0-or-later
// Reader of the barrel track finder's table files. A table decides physics, so a file must hold
// exactly the numbers that its place has room for.
#include "kbmtf_tables.h"

#include "l1t/io.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_BYTES = 1 << 20, MAX_ENTRIES = 2048, MAX_NAME = 40 };

// ---- words of a text ----

struct words {
    const char *name, *at, *end;
    size_t line;
};

// The next word into text (cut if long); false at the end.
static bool next_word(struct words *w, char text[MAX_NAME])
{
    size_t n = 0;
    while (w->at < w->end && strchr(" \t\r\n", *w->at) != NULL)
        w->line += *w->at++ == '\n';
    if (w->at == w->end)
        return false;
    for (; w->at < w->end && strchr(" \t\r\n", *w->at) == NULL; w->at++)
        if (n + 1 < MAX_NAME)
            text[n++] = *w->at;
    text[n] = '\0';
    return true;
}

static enum l1t_err fail_count(const struct words *w, unsigned expected, unsigned found,
                               struct l1t_diag *diag)
{
    if (found > expected)
        return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: more than the %u numbers of this table",
                        w->name, w->line, expected);
    return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: the file ends after %u of %u numbers", w->name,
                    w->line, found, expected);
}

enum l1t_err l1t_kbmtf_parse_table(const char *name, const char *text, size_t size,
                                   const struct l1t_kbmtf_shape *shape, int *value,
                                   struct l1t_diag *diag)
{
    struct words w = {name, text, text + size, 1};
    char word[MAX_NAME], *end;
    unsigned i = 0;
    for (; next_word(&w, word); i++) {
        if (i == shape->n)
            return fail_count(&w, shape->n, i + 1, diag);
        const int low = i < shape->n_first ? -shape->low : 0;
        errno = 0;
        const long number = strtol(word, &end, 10);
        if (*end != '\0' || errno != 0 || word[0] == '+' || number < low || number > shape->high)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s:%zu: entry %u: a whole number from %d to %d, not '%s'", name,
                            w.line, i, low, shape->high, word);
        value[i] = (int)number;
    }
    return i == shape->n ? L1T_OK : fail_count(&w, shape->n, i, diag);
}

enum l1t_err l1t_kbmtf_parse_floats(const char *name, const char *text, size_t size, unsigned n,
                                    double limit, float *value, struct l1t_diag *diag)
{
    struct words w = {name, text, text + size, 1};
    char word[MAX_NAME], *end;
    unsigned i = 0;
    for (; next_word(&w, word); i++) {
        if (i == n)
            return fail_count(&w, n, i + 1, diag);
        const float number = strtof(word, &end);
        if (*end != '\0' || !(fabs((double)number) <= limit))
            return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: entry %u: a number from %g to %g, not '%s'",
                            name, w.line, i, -limit, limit, word);
        value[i] = number;
    }
    return i == n ? L1T_OK : fail_count(&w, n, i, diag);
}

// ---- files ----

// DIR/NAME.txt, or DIR/NAME.txt.gz when only that is there.
static enum l1t_err read_whole(const char *dir, const char *name, char *path, size_t room,
                               char **text, size_t *size, struct l1t_diag *diag)
{
    *text = NULL;
    *size = 0;
    const int n = snprintf(path, room, "%s/%s.txt.gz", dir, name);
    if (n < 0 || (size_t)n >= room)
        return l1t_fail(diag, L1T_E_INPUT, "%.60s...: the name of this folder is too long", dir);
    if (access(path, F_OK) != 0)
        path[n - 3] = '\0';
    return l1t_read_text(path, MAX_BYTES, text, size, diag);
}

static enum l1t_err read_table(const char *dir, const char *name,
                               const struct l1t_kbmtf_shape *shape, int value[MAX_ENTRIES],
                               struct l1t_diag *diag)
{
    char path[1024], *text;
    size_t size;
    enum l1t_err err = read_whole(dir, name, path, sizeof path, &text, &size, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_kbmtf_parse_table(path, text, size, shape, value, diag);
    free(text);
    return err;
}

static enum l1t_err read_floats(const char *dir, const char *name, float *to, struct l1t_diag *diag)
{
    char path[1024], *text;
    size_t size;
    enum l1t_err err = read_whole(dir, name, path, sizeof path, &text, &size, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_kbmtf_parse_floats(path, text, size, L1T_KBMTF_VERTEX, 64, to, diag);
    free(text);
    return err;
}

// ---- one kind of table each ----

static enum l1t_err read_gain(const char *dir, unsigned pattern, unsigned station,
                              struct l1t_kbmtf_config *model, struct l1t_diag *diag)
{
    static const struct l1t_kbmtf_shape shape = {2 * L1T_KBMTF_GAIN, 0, 0, 511};
    int value[MAX_ENTRIES] = {0};
    char name[MAX_NAME];
    snprintf(name, sizeof name, "gain_%u_%u", pattern, station);
    const enum l1t_err err = read_table(dir, name, &shape, value, diag);
    if (err != L1T_OK)
        return err;
    uint16_t(*to)[L1T_KBMTF_GAIN] = model->gain[l1t_kbmtf_gain_row(pattern, station)];
    for (unsigned i = 0; i < 2 * L1T_KBMTF_GAIN; i++)
        to[i / L1T_KBMTF_GAIN][i % L1T_KBMTF_GAIN] = (uint16_t)value[i];
    return L1T_OK;
}

static enum l1t_err read_gain2(const char *dir, unsigned seed, unsigned station, unsigned classes,
                               struct l1t_kbmtf_config *model, struct l1t_diag *diag)
{
    static const struct l1t_kbmtf_shape shape = {4 * L1T_KBMTF_GAIN2, L1T_KBMTF_GAIN2, 2048, 4095};
    int value[MAX_ENTRIES] = {0};
    char name[MAX_NAME];
    snprintf(name, sizeof name, "gain2_%u_%u_%c%c", 1u << (seed - 1), station,
             classes & 2 ? 'H' : 'L', classes & 1 ? 'H' : 'L');
    const enum l1t_err err = read_table(dir, name, &shape, value, diag);
    if (err != L1T_OK)
        return err;
    int16_t(*to)[L1T_KBMTF_GAIN2] = model->gain2[l1t_kbmtf_gain2_row(seed, station)][classes];
    for (unsigned i = 0; i < 4 * L1T_KBMTF_GAIN2; i++)
        to[i / L1T_KBMTF_GAIN2][i % L1T_KBMTF_GAIN2] = (int16_t)value[i];
    for (unsigned i = 0; i < L1T_KBMTF_GAIN2; i++)
        if (to[0][i] > 2047)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s/%s.txt: entry %u: a whole number from -2048 to 2047, not %d", dir,
                            name, i, to[0][i]);
    return L1T_OK;
}

// What belongs to a whole pattern: vertex gains and coarse eta.
static enum l1t_err read_pattern(const char *dir, unsigned pattern, struct l1t_kbmtf_setup *setup,
                                 struct l1t_diag *diag)
{
    static const struct l1t_kbmtf_shape vertex_shape = {L1T_KBMTF_VERTEX, 0, 0, 511};
    struct l1t_kbmtf_shape coarse_shape = {4, 0, 0, 255};
    int value[MAX_ENTRIES] = {0};
    char name[MAX_NAME];
    const int row = l1t_kbmtf_pattern_row(pattern);
    snprintf(name, sizeof name, "gain_%u_0", pattern);
    enum l1t_err err = read_table(dir, name, &vertex_shape, value, diag);
    if (err != L1T_OK)
        return err;
    for (unsigned i = 0; i < L1T_KBMTF_VERTEX; i++)
        setup->model.vertex[row][i] = (uint16_t)value[i];
    snprintf(name, sizeof name, "gain_%u_0_phi_f32", pattern);
    err = read_floats(dir, name, setup->phi_gain[row], diag);
    if (err != L1T_OK)
        return err;
    for (unsigned station = 0; station < L1T_KBMTF_STATIONS; station++)
        coarse_shape.n <<= pattern >> station & 1;
    snprintf(name, sizeof name, "coarseEta_%u", pattern);
    err = read_table(dir, name, &coarse_shape, value, diag);
    for (unsigned i = 0; i < coarse_shape.n && err == L1T_OK; i++)
        setup->model.coarse_eta[row][i] = (uint8_t)value[i];
    return err;
}

static enum l1t_err read_by_k(const char *dir, const char *name, int high, int16_t *to,
                              struct l1t_diag *diag)
{
    const struct l1t_kbmtf_shape shape = {L1T_KBMTF_LOSS, 0, 0, high};
    int value[MAX_ENTRIES] = {0};
    const enum l1t_err err = read_table(dir, name, &shape, value, diag);
    for (unsigned i = 0; i < L1T_KBMTF_LOSS && err == L1T_OK; i++)
        to[i] = (int16_t)value[i];
    return err;
}

static enum l1t_err read_pt(const char *dir, const char *name, uint16_t *to, struct l1t_diag *diag)
{
    int16_t value[L1T_KBMTF_PT] = {0};
    const enum l1t_err err = read_by_k(dir, name, 511, value, diag);
    for (unsigned i = 0; i < L1T_KBMTF_PT && err == L1T_OK; i++)
        to[i] = (uint16_t)value[i];
    return err;
}

enum l1t_err l1t_kbmtf_read_tables(const char *dir, struct l1t_kbmtf_setup *setup,
                                   struct l1t_diag *diag)
{
    struct l1t_kbmtf_config *model = &setup->model;
    enum l1t_err err = L1T_OK;
    for (unsigned pattern = 1; pattern < 16; pattern++) {
        for (unsigned station = 1; station < L1T_KBMTF_STATIONS && err == L1T_OK; station++)
            if (l1t_kbmtf_gain_row(pattern, station) >= 0)
                err = read_gain(dir, pattern, station, model, diag);
        if (l1t_kbmtf_pattern_row(pattern) >= 0 && err == L1T_OK)
            err = read_pattern(dir, pattern, setup, diag);
    }
    for (unsigned seed = 2; seed <= L1T_KBMTF_STATIONS; seed++)
        for (unsigned station = 1; station < seed; station++)
            for (unsigned classes = 0; classes < 4 && err == L1T_OK; classes++)
                err = read_gain2(dir, seed, station, classes, model, diag);
    // |k| is at most 8191 and must not change its sign
    if (err == L1T_OK)
        err = read_by_k(dir, "vertex_deltaK", 4095, model->loss, diag);
    if (err == L1T_OK)
        err = read_by_k(dir, "vertex_dxyOffset", 4095, model->shift, diag);
    if (err == L1T_OK)
        err = read_pt(dir, "pt_posK", model->pt[0], diag);
    return err == L1T_OK ? read_pt(dir, "pt_negK", model->pt[1], diag) : err;
}
