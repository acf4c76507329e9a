// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a shard file. Nothing in it is believed: sizes are checked against each other before
// memory is taken, and every crossing when it is read.
#include "shard_file.h"

#include "../sample/h5.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct column {
    hid_t set;
    uint64_t n;
    struct shard_layout layout;
};

struct shard_file {
    char path[SHARD_TEXT];
    hid_t file;
    struct shard_head head;
    struct column column[SHARD_COLUMNS];
    // By block, [n + 1]: first row in the columns of bins and of fired crossings.
    uint64_t *bins, *fired[RATE_MENUS];
    int64_t *heaviest;
};

static enum l1t_err bad(const struct shard_file *f, struct l1t_diag *diag, const char *what)
{
    return l1t_fail(diag, L1T_E_INPUT, "%s: not a shard file of this program: %s", f->path, what);
}

const struct shard_head *shard_head(const struct shard_file *file)
{
    return &file->head;
}

const char *shard_path(const struct shard_file *file)
{
    return file->path;
}

// ---- head ----

static bool get_size(hid_t object, const char *name, uint64_t max, uint64_t *value)
{
    long long number = -1;
    if (l1t_h5_get_int(object, name, &number) != 1 || number < 0 || (uint64_t)number > max)
        return false;
    *value = (uint64_t)number;
    return true;
}

static bool get_bool(hid_t object, const char *name, bool *value)
{
    uint64_t number = 0;
    const bool good = get_size(object, name, 1, &number);
    *value = number != 0;
    return good;
}

static bool is_text(hid_t object, const char *name, char *text, size_t size)
{
    return l1t_h5_get_text(object, name, text, size) == 1;
}

static bool get_sample(hid_t file, size_t s, struct shard_sample *sample)
{
    struct l1t_sample_info *info = &sample->info;
    const uint64_t most = UINT64_C(1) << 60;
    char name[32];
    (void)snprintf(name, sizeof name, "sample%zu", s);
    if (!l1t_h5_has(file, name))
        return false;
    const hid_t group = H5Gopen2(file, name, H5P_DEFAULT);
    const bool good = group >= 0 && is_text(group, "name", sample->name, sizeof sample->name) &&
                      is_text(group, "origin", info->origin, sizeof info->origin) &&
                      is_text(group, "digest", info->digest, sizeof info->digest) &&
                      get_size(group, "crossings", most, &info->n) &&
                      l1t_h5_get_real(group, "weight_unit", &info->weight_unit) == 1 &&
                      isfinite(info->weight_unit) && info->weight_unit > 0 &&
                      get_bool(group, "following", &info->following) &&
                      get_bool(group, "has_weight", &info->has_weight) &&
                      get_bool(group, "has_pileup", &info->has_pileup) &&
                      get_bool(group, "has_section", &info->has_section) &&
                      get_bool(group, "has_crossing", &info->has_crossing) &&
                      get_size(group, "negative_weights", most, &info->n_negative) &&
                      get_size(group, "zero_weights", most, &info->n_zero);
    if (group >= 0)
        (void)H5Gclose(group);
    return good;
}

static bool get_counts(hid_t file, struct shard_head *h)
{
    const uint64_t most = UINT64_C(1) << 48;
    uint64_t shard = 0, shards = 0, menus = 0, samples = 0, signals = 0;
    const bool good = get_size(file, "shard", SHARDS_MAX, &shard) &&
                      get_size(file, "shards", SHARDS_MAX, &shards) &&
                      get_size(file, "first_block", most, &h->first) &&
                      get_size(file, "blocks", most, &h->n) &&
                      get_size(file, "all_blocks", most, &h->total) &&
                      get_size(file, "menus", RATE_MENUS, &menus) &&
                      get_size(file, "samples", (uint64_t)2 * L1T_STUDY_SAMPLES, &samples) &&
                      get_size(file, "signals", samples, &signals);
    h->shard = (unsigned)shard;
    h->shards = (unsigned)shards;
    h->n_menus = (size_t)menus;
    h->n_samples = (size_t)samples;
    h->n_signals = (size_t)signals;
    return good && shard >= 1 && shard <= shards && menus >= 1 && samples >= 1 &&
           h->first + h->n <= h->total;
}

static enum l1t_err read_head(struct shard_file *f, struct l1t_diag *diag)
{
    struct shard_head *h = &f->head;
    char format[64] = "";
    uint64_t version = 0;
    if (!is_text(f->file, "format", format, sizeof format) ||
        strcmp(format, "l1twin decided crossings") != 0)
        return bad(f, diag, "its 'format' is not 'l1twin decided crossings'");
    if (!get_size(f->file, "version", 1000000, &version) || version != SHARD_VERSION)
        return l1t_fail(diag, L1T_E_INPUT, "%s: format version %llu, this program reads %d",
                        f->path, (unsigned long long)version, SHARD_VERSION);
    if (!is_text(f->file, "program", h->program, sizeof h->program) ||
        !is_text(f->file, "configuration", h->configuration, sizeof h->configuration) ||
        !is_text(f->file, "study", h->study, sizeof h->study) ||
        !is_text(f->file, "menu", h->menu, sizeof h->menu) ||
        !is_text(f->file, "sample", h->sample, sizeof h->sample) ||
        !is_text(f->file, "decides", h->decides[0], sizeof h->decides[0]) ||
        !is_text(f->file, "decides_other", h->decides[1], sizeof h->decides[1]))
        return bad(f, diag, "an attribute is missing");
    if (!get_counts(f->file, h))
        return bad(f, diag, "its range of blocks cannot be");
    uint64_t blocks = 0;
    for (size_t s = 0; s < h->n_samples; s++) {
        if (!get_sample(f->file, s, &h->sample_info[s]))
            return bad(f, diag, "what it says of its samples is not complete");
        blocks += (h->sample_info[s].info.n + L1T_SAMPLE_BLOCK - 1) / L1T_SAMPLE_BLOCK;
    }
    if (blocks != h->total)
        return bad(f, diag, "its samples have another number of blocks");
    char written[65] = "", computed[65];
    const enum l1t_err err = shard_head_digest(h, computed, diag);
    if (err == L1T_OK &&
        (!is_text(f->file, "head", written, sizeof written) || strcmp(written, computed) != 0))
        return bad(f, diag, "its attributes are damaged");
    return err;
}

// ---- columns ----

static bool open_column(struct shard_file *f, struct column *c)
{
    hsize_t size[2] = {0, 1};
    if (!l1t_h5_has(f->file, c->layout.name))
        return false;
    c->set = H5Dopen2(f->file, c->layout.name, H5P_DEFAULT);
    if (c->set < 0)
        return false;
    const hid_t space = H5Dget_space(c->set), type = H5Dget_type(c->set);
    const int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    const bool good = rank == (c->layout.width > 1 ? 2 : 1) &&
                      H5Sget_simple_extent_dims(space, size, NULL) == rank && type >= 0 &&
                      H5Tget_class(type) == H5T_INTEGER && H5Tget_size(type) == c->layout.size &&
                      (rank == 1 || size[1] == c->layout.width);
    if (space >= 0)
        (void)H5Sclose(space);
    if (type >= 0)
        (void)H5Tclose(type);
    c->n = size[0];
    return good;
}

static bool get(const struct column *c, uint64_t first, uint64_t n, void *rows)
{
    const int rank = c->layout.width > 1 ? 2 : 1;
    const hsize_t at[2] = {first, 0}, size[2] = {n, c->layout.width};
    if (n == 0)
        return true;
    const hid_t space = H5Dget_space(c->set);
    const hid_t memory = H5Screate_simple(rank, size, NULL);
    const bool good =
        space >= 0 && memory >= 0 &&
        H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, size, NULL) >= 0 &&
        H5Dread(c->set, shard_native(&c->layout), memory, space, H5P_DEFAULT, rows) >= 0;
    if (space >= 0)
        (void)H5Sclose(space);
    if (memory >= 0)
        (void)H5Sclose(memory);
    return good;
}

// Counts by block to first rows; NULL: they do not fit.
static uint64_t *read_table(const struct shard_file *f, unsigned column, uint32_t most,
                            uint64_t rows)
{
    const struct column *c = &f->column[column];
    const uint64_t n = f->head.n;
    uint32_t *count = malloc((size_t)(n + 1) * sizeof *count);
    uint64_t *first = malloc((size_t)(n + 1) * sizeof *first);
    bool good = count != NULL && first != NULL && c->n == n && get(c, 0, n, count);
    if (good)
        first[0] = 0;
    for (uint64_t b = 0; good && b < n; b++) {
        good = count[b] <= most;
        first[b + 1] = first[b] + count[b];
    }
    good = good && first[n] == rows;
    free(count);
    if (good)
        return first;
    free(first);
    return NULL;
}

static bool same_rows(const struct shard_file *f, unsigned first, unsigned n)
{
    bool good = true;
    for (unsigned c = first + 1; c < first + n; c++)
        good = good && f->column[c].n == f->column[first].n;
    return good;
}

// A file of a few bytes must not make us take memory for blocks that it has not.
static enum l1t_err read_tables(struct shard_file *f, struct l1t_diag *diag)
{
    const char *what = "its columns are not complete";
    for (unsigned c = 0; c < SHARD_COLUMNS; c++)
        if (shard_layout(c, f->head.n_menus, &f->column[c].layout) &&
            !open_column(f, &f->column[c]))
            return bad(f, diag, what);
    if (f->column[SHARD_HEAVIEST].n != f->head.n ||
        !same_rows(f, SHARD_PILEUP, SHARD_MENU - SHARD_PILEUP))
        return bad(f, diag, what);
    f->bins = read_table(f, SHARD_BINS, L1T_TALLY_PILEUPS, f->column[SHARD_PILEUP].n);
    bool good = f->bins != NULL;
    for (unsigned m = 0; good && m < f->head.n_menus; m++) {
        const unsigned first = SHARD_MENU + m * SHARD_MENU_COLUMNS;
        good = same_rows(f, first, SHARD_MENU_COLUMNS);
        if (good)
            f->fired[m] = read_table(f, m == 0 ? SHARD_FIRED : SHARD_FIRED2, L1T_SAMPLE_BLOCK,
                                     f->column[first].n);
        good = good && f->fired[m] != NULL;
    }
    f->heaviest = good ? malloc((size_t)(f->head.n + 1) * sizeof *f->heaviest) : NULL;
    good = f->heaviest != NULL && get(&f->column[SHARD_HEAVIEST], 0, f->head.n, f->heaviest);
    return good ? L1T_OK : bad(f, diag, what);
}

enum l1t_err shard_open(const char *path, struct shard_file **file, struct l1t_diag *diag)
{
    *file = NULL;
    struct shard_file *f = calloc(1, sizeof *f);
    if (f == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (unsigned c = 0; c < SHARD_COLUMNS; c++)
        f->column[c].set = H5I_INVALID_HID;
    (void)snprintf(f->path, sizeof f->path, "%s", path);
    enum l1t_err err = l1t_h5_open(path, &f->file, diag);
    if (err == L1T_OK) {
        l1t_h5_lock();
        err = read_head(f, diag);
        if (err == L1T_OK)
            err = read_tables(f, diag);
        l1t_h5_unlock();
    }
    if (err == L1T_OK)
        *file = f;
    else
        shard_close(f);
    return err;
}

void shard_close(struct shard_file *file)
{
    if (file == NULL)
        return;
    l1t_h5_lock();
    for (unsigned c = 0; c < SHARD_COLUMNS; c++)
        if (file->column[c].set >= 0)
            (void)H5Dclose(file->column[c].set);
    if (file->file >= 0)
        (void)H5Fclose(file->file);
    l1t_h5_unlock();
    free(file->bins);
    for (size_t m = 0; m < RATE_MENUS; m++)
        free(file->fired[m]);
    free(file->heaviest);
    free(file);
}

// ---- a block ----

static bool read_bins(const struct shard_file *f, uint64_t b, size_t n, struct l1t_decided *d)
{
    uint8_t pileup[L1T_TALLY_PILEUPS];
    uint32_t count[L1T_TALLY_PILEUPS];
    int64_t weight[L1T_TALLY_PILEUPS], high[L1T_TALLY_PILEUPS];
    uint64_t low[L1T_TALLY_PILEUPS], sum = 0;
    const uint64_t first = f->bins[b], bins = f->bins[b + 1] - first;
    bool good = get(&f->column[SHARD_PILEUP], first, bins, pileup) &&
                get(&f->column[SHARD_COUNT], first, bins, count) &&
                get(&f->column[SHARD_WEIGHT], first, bins, weight) &&
                get(&f->column[SHARD_WEIGHT2_LOW], first, bins, low) &&
                get(&f->column[SHARD_WEIGHT2_HIGH], first, bins, high);
    memset(d->count, 0, sizeof d->count);
    memset(d->weight, 0, sizeof d->weight);
    memset(d->weight2, 0, sizeof d->weight2);
    for (uint64_t k = 0; good && k < bins; k++) {
        good = k == 0 || pileup[k] > pileup[k - 1];
        d->count[pileup[k]] = count[k];
        d->weight[pileup[k]] = weight[k];
        d->weight2[pileup[k]] = ((l1t_int128)high[k] << 64) | low[k];
        sum += count[k];
    }
    return good && sum == n;
}

static bool read_fired(const struct shard_file *f, size_t m, uint64_t b, struct l1t_decided *d)
{
    const struct column *c = &f->column[SHARD_MENU + m * SHARD_MENU_COLUMNS];
    const uint64_t first = f->fired[m][b], n = f->fired[m][b + 1] - first;
    bool good = get(&c[SHARD_OFFSET], first, n, d->offset) &&
                get(&c[SHARD_FIRED_WEIGHT], first, n, d->fired_weight) &&
                get(&c[SHARD_FIRED_PILEUP], first, n, d->pileup) &&
                get(&c[SHARD_CROSSING], first, n, d->crossing) &&
                get(&c[SHARD_BITS], first, n, d->bits);
    for (uint64_t e = 0; good && e < n; e++)
        good = d->offset[e] < d->n && (e == 0 || d->offset[e] > d->offset[e - 1]) &&
               d->fired_weight[e] >= -f->heaviest[b] && d->fired_weight[e] <= f->heaviest[b] &&
               d->crossing[e] < L1T_GT_ORBIT;
    d->n_fired = (size_t)n;
    return good;
}

enum l1t_err shard_read(struct shard_file *file, uint64_t number, uint64_t first, size_t n,
                        bool head_only, struct rate_block *block, struct l1t_diag *diag)
{
    l1t_h5_lock();
    bool good = read_bins(file, number, n, &block->menu[0]);
    block->heaviest = file->heaviest[number];
    good = good && block->heaviest >= 0 && block->heaviest <= UINT32_MAX;
    for (size_t m = 0; good && m < file->head.n_menus; m++) {
        struct l1t_decided *d = &block->menu[m];
        d->first = first;
        d->n = n;
        if (m > 0) {
            memcpy(d->count, block->menu[0].count, sizeof d->count);
            memcpy(d->weight, block->menu[0].weight, sizeof d->weight);
            memcpy(d->weight2, block->menu[0].weight2, sizeof d->weight2);
        }
        good = head_only || read_fired(file, m, number, d);
    }
    l1t_h5_unlock();
    return good ? L1T_OK
                : l1t_fail(diag, L1T_E_INPUT, "%s: block %llu is damaged", file->path,
                           (unsigned long long)number);
}
