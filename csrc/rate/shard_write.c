// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a shard file, beside its name until it is complete.
#include "shard_file.h"

#include "../sample/h5.h"
#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_ROWS = 16384, DEFLATE = 3 };

struct column {
    hid_t set;
    uint64_t n;
    struct shard_layout layout;
};

struct shard_writer {
    struct l1t_out out;
    char path[SHARD_TEXT];
    hid_t file;
    size_t n_menus;
    uint64_t wanted, n; // blocks
    struct column column[SHARD_COLUMNS];
};

// ---- what both sides know of the columns ----

bool shard_layout(unsigned column, size_t n_menus, struct shard_layout *layout)
{
    static const struct shard_layout plain[SHARD_MENU] = {
        [SHARD_FIRED] = {"block_fired", 4, false, 1},
        [SHARD_FIRED2] = {"block_fired_other", 4, false, 1},
        [SHARD_BINS] = {"block_bins", 4, false, 1},
        [SHARD_HEAVIEST] = {"block_heaviest", 8, true, 1},
        [SHARD_PILEUP] = {"bin_pileup", 1, false, 1},
        [SHARD_COUNT] = {"bin_count", 4, false, 1},
        [SHARD_WEIGHT] = {"bin_weight", 8, true, 1},
        [SHARD_WEIGHT2_LOW] = {"bin_weight2_low", 8, false, 1},
        [SHARD_WEIGHT2_HIGH] = {"bin_weight2_high", 8, true, 1},
    };
    static const struct shard_layout fired[SHARD_MENU_COLUMNS] = {
        [SHARD_OFFSET] = {"offset", 2, false, 1},
        [SHARD_FIRED_WEIGHT] = {"weight", 8, true, 1},
        [SHARD_FIRED_PILEUP] = {"pileup", 1, false, 1},
        [SHARD_CROSSING] = {"crossing", 2, false, 1},
        [SHARD_BITS] = {"bits", 8, false, L1T_GT_WORDS},
    };
    if (column < SHARD_MENU) {
        *layout = plain[column];
        return column != SHARD_FIRED2 || n_menus > 1;
    }
    const unsigned menu = (column - SHARD_MENU) / SHARD_MENU_COLUMNS;
    *layout = fired[(column - SHARD_MENU) % SHARD_MENU_COLUMNS];
    char name[sizeof layout->name];
    (void)snprintf(name, sizeof name, "%s_%.16s", menu == 0 ? "fired" : "other", layout->name);
    memcpy(layout->name, name, sizeof name);
    return menu < n_menus;
}

static hid_t type_of(const struct shard_layout *l)
{
    switch (l->size) {
    case 1:
        return H5T_STD_U8LE;
    case 2:
        return H5T_STD_U16LE;
    case 4:
        return H5T_STD_U32LE;
    default:
        return l->is_signed ? H5T_STD_I64LE : H5T_STD_U64LE;
    }
}

hid_t shard_native(const struct shard_layout *l)
{
    switch (l->size) {
    case 1:
        return H5T_NATIVE_UINT8;
    case 2:
        return H5T_NATIVE_UINT16;
    case 4:
        return H5T_NATIVE_UINT32;
    default:
        return l->is_signed ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64;
    }
}

// ---- making ----

static enum l1t_err failed(const struct shard_writer *w, struct l1t_diag *diag)
{
    return l1t_fail(diag, L1T_E_IO, "%s: writing failed; is the disk full?", w->path);
}

static bool make_column(struct shard_writer *w, struct column *c)
{
    const hsize_t none[2] = {0, c->layout.width}, most[2] = {H5S_UNLIMITED, c->layout.width};
    const hsize_t chunk[2] = {CHUNK_ROWS, c->layout.width};
    const int rank = c->layout.width > 1 ? 2 : 1;
    const hid_t space = H5Screate_simple(rank, none, most);
    const hid_t how = H5Pcreate(H5P_DATASET_CREATE);
    const bool good = H5Pset_chunk(how, rank, chunk) >= 0 && H5Pset_shuffle(how) >= 0 &&
                      H5Pset_deflate(how, DEFLATE) >= 0 && H5Pset_fletcher32(how) >= 0 &&
                      H5Pset_obj_track_times(how, false) >= 0; // same blocks, same bytes
    if (good)
        c->set = H5Dcreate2(w->file, c->layout.name, type_of(&c->layout), space, H5P_DEFAULT, how,
                            H5P_DEFAULT);
    (void)H5Pclose(how);
    (void)H5Sclose(space);
    return c->set >= 0;
}

static bool put_sample(hid_t file, size_t s, const struct shard_sample *sample)
{
    const struct l1t_sample_info *info = &sample->info;
    char name[32];
    (void)snprintf(name, sizeof name, "sample%zu", s);
    const hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const bool good = group >= 0 && l1t_h5_put_text(group, "name", sample->name) &&
                      l1t_h5_put_text(group, "origin", info->origin) &&
                      l1t_h5_put_text(group, "digest", info->digest) &&
                      l1t_h5_put_int(group, "crossings", (long long)info->n) &&
                      l1t_h5_put_real(group, "weight_unit", info->weight_unit) &&
                      l1t_h5_put_int(group, "following", info->following) &&
                      l1t_h5_put_int(group, "has_weight", info->has_weight) &&
                      l1t_h5_put_int(group, "has_pileup", info->has_pileup) &&
                      l1t_h5_put_int(group, "has_section", info->has_section) &&
                      l1t_h5_put_int(group, "has_crossing", info->has_crossing) &&
                      l1t_h5_put_int(group, "negative_weights", (long long)info->n_negative) &&
                      l1t_h5_put_int(group, "zero_weights", (long long)info->n_zero);
    if (group >= 0)
        (void)H5Gclose(group);
    return good;
}

static void add(struct l1t_digest *digest, const char *role, const char *text)
{
    l1t_digest_add(digest, role, text, strlen(text));
}

static void add_info(struct l1t_digest *digest, const struct shard_sample *sample)
{
    const struct l1t_sample_info *info = &sample->info;
    char text[200];
    (void)snprintf(text, sizeof text, "%llu %.17g %d %d %d %d %d %llu %llu",
                   (unsigned long long)info->n, info->weight_unit, info->following,
                   info->has_weight, info->has_pileup, info->has_section, info->has_crossing,
                   (unsigned long long)info->n_negative, (unsigned long long)info->n_zero);
    add(digest, "sample", sample->name);
    add(digest, "origin", info->origin);
    add(digest, "digest", info->digest);
    add(digest, "numbers", text);
}

enum l1t_err shard_head_digest(const struct shard_head *head, char hex[65], struct l1t_diag *diag)
{
    const char *const texts[] = {head->program, head->configuration, head->study,     head->menu,
                                 head->sample,  head->decides[0],    head->decides[1]};
    char text[200];
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        add(digest, "text", texts[i]);
    (void)snprintf(text, sizeof text, "%u %u %llu %llu %llu %zu %zu %zu", head->shard, head->shards,
                   (unsigned long long)head->first, (unsigned long long)head->n,
                   (unsigned long long)head->total, head->n_menus, head->n_samples,
                   head->n_signals);
    add(digest, "range", text);
    for (size_t s = 0; s < head->n_samples; s++)
        add_info(digest, &head->sample_info[s]);
    l1t_digest_hex(digest, hex);
    l1t_digest_free(digest);
    return L1T_OK;
}

static bool put_head(hid_t file, const struct shard_head *h)
{
    char digest[65];
    bool good =
        shard_head_digest(h, digest, NULL) == L1T_OK && l1t_h5_put_text(file, "head", digest) &&

        l1t_h5_put_text(file, "format", "l1twin decided crossings") &&
        l1t_h5_put_int(file, "version", SHARD_VERSION) &&
        l1t_h5_put_text(file, "program", h->program) &&
        l1t_h5_put_text(file, "configuration", h->configuration) &&
        l1t_h5_put_text(file, "study", h->study) && l1t_h5_put_text(file, "menu", h->menu) &&
        l1t_h5_put_text(file, "sample", h->sample) &&
        l1t_h5_put_text(file, "decides", h->decides[0]) &&
        l1t_h5_put_text(file, "decides_other", h->decides[1]) &&
        l1t_h5_put_int(file, "shard", h->shard) && l1t_h5_put_int(file, "shards", h->shards) &&
        l1t_h5_put_int(file, "first_block", (long long)h->first) &&
        l1t_h5_put_int(file, "blocks", (long long)h->n) &&
        l1t_h5_put_int(file, "all_blocks", (long long)h->total) &&
        l1t_h5_put_int(file, "menus", (long long)h->n_menus) &&
        l1t_h5_put_int(file, "samples", (long long)h->n_samples) &&
        l1t_h5_put_int(file, "signals", (long long)h->n_signals);
    for (size_t s = 0; good && s < h->n_samples; s++)
        good = put_sample(file, s, &h->sample_info[s]);
    return good;
}

static bool make_file(struct shard_writer *w, const struct shard_head *head)
{
    w->file = H5Fcreate(w->out.temporary, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    bool good = w->file >= 0 && put_head(w->file, head);
    for (unsigned c = 0; good && c < SHARD_COLUMNS; c++)
        if (shard_layout(c, w->n_menus, &w->column[c].layout))
            good = make_column(w, &w->column[c]);
    return good;
}

enum l1t_err shard_create(const char *path, const struct shard_head *head,
                          struct shard_writer **writer, struct l1t_diag *diag)
{
    *writer = NULL;
    struct shard_writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    w->file = H5I_INVALID_HID;
    for (unsigned c = 0; c < SHARD_COLUMNS; c++)
        w->column[c].set = H5I_INVALID_HID;
    w->n_menus = head->n_menus;
    w->wanted = head->n;
    (void)snprintf(w->path, sizeof w->path, "%s", path);
    enum l1t_err err = l1t_out_open(&w->out, path, diag);
    if (err != L1T_OK) {
        free(w);
        return err;
    }
    if (w->out.temporary == NULL)
        err = l1t_fail(diag, L1T_E_INPUT, "%.200s: a shard needs a file of its own", path);
    if (err == L1T_OK) {
        l1t_h5_lock();
        const bool good = make_file(w, head);
        l1t_h5_unlock();
        err = good ? L1T_OK : failed(w, diag);
    }
    if (err == L1T_OK)
        *writer = w;
    else
        shard_abort(w);
    return err;
}

// ---- a block ----

static bool put(struct column *c, const void *rows, size_t n)
{
    const int rank = c->layout.width > 1 ? 2 : 1;
    const hsize_t now[2] = {c->n + n, c->layout.width};
    const hsize_t at[2] = {c->n, 0}, size[2] = {n, c->layout.width};
    if (n == 0)
        return true;
    bool good = H5Dset_extent(c->set, now) >= 0;
    const hid_t space = good ? H5Dget_space(c->set) : H5I_INVALID_HID;
    const hid_t memory = H5Screate_simple(rank, size, NULL);
    good = space >= 0 && memory >= 0 &&
           H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, size, NULL) >= 0 &&
           H5Dwrite(c->set, shard_native(&c->layout), memory, space, H5P_DEFAULT, rows) >= 0;
    if (space >= 0)
        (void)H5Sclose(space);
    if (memory >= 0)
        (void)H5Sclose(memory);
    c->n += n;
    return good;
}

static bool put_bins(struct shard_writer *w, const struct l1t_decided *d)
{
    uint8_t pileup[L1T_TALLY_PILEUPS];
    uint32_t count[L1T_TALLY_PILEUPS], n = 0;
    int64_t weight[L1T_TALLY_PILEUPS], high[L1T_TALLY_PILEUPS];
    uint64_t low[L1T_TALLY_PILEUPS];
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++) {
        if (d->count[k] == 0)
            continue;
        pileup[n] = (uint8_t)k;
        count[n] = d->count[k];
        weight[n] = d->weight[k];
        low[n] = (uint64_t)d->weight2[k];
        high[n++] = (int64_t)(d->weight2[k] >> 64);
    }
    return put(&w->column[SHARD_BINS], &n, 1) && put(&w->column[SHARD_PILEUP], pileup, n) &&
           put(&w->column[SHARD_COUNT], count, n) && put(&w->column[SHARD_WEIGHT], weight, n) &&
           put(&w->column[SHARD_WEIGHT2_LOW], low, n) &&
           put(&w->column[SHARD_WEIGHT2_HIGH], high, n);
}

static bool put_fired(struct shard_writer *w, size_t m, const struct l1t_decided *d)
{
    struct column *c = &w->column[SHARD_MENU + m * SHARD_MENU_COLUMNS];
    const uint32_t n = (uint32_t)d->n_fired;
    return put(&w->column[m == 0 ? SHARD_FIRED : SHARD_FIRED2], &n, 1) &&
           put(&c[SHARD_OFFSET], d->offset, n) && put(&c[SHARD_FIRED_WEIGHT], d->fired_weight, n) &&
           put(&c[SHARD_FIRED_PILEUP], d->pileup, n) && put(&c[SHARD_CROSSING], d->crossing, n) &&
           put(&c[SHARD_BITS], d->bits, n);
}

enum l1t_err shard_append(struct shard_writer *writer, const struct rate_block *block,
                          struct l1t_diag *diag)
{
    l1t_h5_lock();
    bool good = put_bins(writer, &block->menu[0]) &&
                put(&writer->column[SHARD_HEAVIEST], &block->heaviest, 1);
    for (size_t m = 0; good && m < writer->n_menus; m++)
        good = put_fired(writer, m, &block->menu[m]);
    l1t_h5_unlock();
    writer->n++;
    return good ? L1T_OK : failed(writer, diag);
}

// ---- the end ----

static bool close_file(struct shard_writer *w)
{
    bool good = true;
    l1t_h5_lock();
    for (unsigned c = 0; c < SHARD_COLUMNS; c++)
        if (w->column[c].set >= 0) {
            good = H5Dclose(w->column[c].set) >= 0 && good;
            w->column[c].set = H5I_INVALID_HID;
        }
    if (w->file >= 0)
        good = H5Fclose(w->file) >= 0 && good;
    w->file = H5I_INVALID_HID;
    l1t_h5_unlock();
    return good;
}

enum l1t_err shard_commit(struct shard_writer *writer, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    if (!close_file(writer) || writer->n != writer->wanted)
        err = failed(writer, diag);
    if (err == L1T_OK)
        err = l1t_out_commit(&writer->out, diag);
    else
        l1t_out_abort(&writer->out);
    free(writer);
    return err;
}

void shard_abort(struct shard_writer *writer)
{
    if (writer == NULL)
        return;
    (void)close_file(writer);
    l1t_out_abort(&writer->out);
    free(writer);
}
