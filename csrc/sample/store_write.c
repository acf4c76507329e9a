// SPDX-License-Identifier: GPL-3.0-or-later
// Writing an event store: crossings are collected until a chunk of every dataset is full. A dataset
// is made when something other than zero has to go into it, so that object types that do not occur
// take no room; the part before that is HDF5's fill value, zero.
#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/sample.h"
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct column {
    hid_t id; // invalid until it is needed
    void *rows;
};

struct l1t_store_writer {
    struct l1t_out out;
    char *path; // as the caller says it, for messages
    hid_t file;
    struct l1t_store_options options;
    char origin[L1T_SAMPLE_NAME];
    double weight_unit; // 0 before the first block
    uint64_t n;         // crossings written to the file
    size_t pending;     // in the columns
    uint64_t n_negative, n_zero;
    struct column column[L1T_STORE_DATASETS];
    struct libdeflate_compressor *compressor;
    void *shuffled, *packed;
    size_t packed_room;
    uint32_t *checksum; // by chunk
    size_t n_checksums, checksum_room;
};

static enum l1t_err no_memory(const struct l1t_store_writer *w, struct l1t_diag *diag)
{
    return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", w->path);
}

static enum l1t_err write_failed(const struct l1t_store_writer *w, struct l1t_diag *diag)
{
    return l1t_fail(diag, L1T_E_IO, "%s: writing failed; is the disk full?", w->path);
}

// ---- open and close ----

void l1t_store_abort(struct l1t_store_writer *writer)
{
    if (writer == NULL)
        return;
    l1t_h5_lock();
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        if (writer->column[i].id >= 0)
            (void)H5Dclose(writer->column[i].id);
    if (writer->file >= 0)
        (void)H5Fclose(writer->file);
    l1t_h5_unlock();
    l1t_out_abort(&writer->out);
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        free(writer->column[i].rows);
    libdeflate_free_compressor(writer->compressor);
    free(writer->shuffled);
    free(writer->packed);
    free(writer->checksum);
    free(writer->path);
    free(writer);
}

static bool make_room(struct l1t_store_writer *w)
{
    const size_t largest = (size_t)L1T_STORE_ROWS * L1T_STORE_SLOTS_MAX * L1T_STORE_SIZE_MAX;
    w->packed_room = l1t_store_packed_max(largest);
    w->compressor = l1t_store_compressor();
    w->shuffled = malloc(largest);
    w->packed = malloc(w->packed_room);
    bool good = w->compressor != NULL && w->shuffled != NULL && w->packed != NULL;
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        const struct l1t_store_dataset d = l1t_store_dataset(i);
        w->column[i].rows = calloc((size_t)L1T_STORE_ROWS * d.slots, d.size);
        good = good && w->column[i].rows != NULL;
    }
    return good;
}

static enum l1t_err create_file(struct l1t_store_writer *w, struct l1t_diag *diag)
{
    enum l1t_err err = l1t_out_open(&w->out, w->path, diag);
    if (err != L1T_OK)
        return err;
    if (w->out.temporary == NULL)
        return l1t_fail(diag, L1T_E_INPUT, "%s: an event store must be a regular file", w->path);
    l1t_h5_lock();
    // The newest layout of HDF5 1.10: all that describes the data has checksums of its own.
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = H5Pcreate(H5P_FILE_CREATE);
    if (access >= 0 && create >= 0 && H5Pset_obj_track_times(create, false) >= 0 &&
        H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110) >= 0)
        w->file = H5Fcreate(w->out.temporary, H5F_ACC_TRUNC, create, access);
    if (access >= 0)
        (void)H5Pclose(access);
    if (create >= 0)
        (void)H5Pclose(create);
    l1t_h5_unlock();
    return w->file >= 0 ? L1T_OK : write_failed(w, diag);
}

enum l1t_err l1t_store_create(const char *path, const struct l1t_store_options *options,
                              struct l1t_store_writer **writer, struct l1t_diag *diag)
{
    *writer = NULL;
    struct l1t_store_writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    w->options = *options;
    w->file = H5I_INVALID_HID;
    (void)snprintf(w->origin, sizeof w->origin, "%s",
                   options->origin != NULL ? options->origin : "");
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        w->column[i].id = H5I_INVALID_HID;
    w->path = malloc(strlen(path) + 1);
    enum l1t_err err = L1T_OK;
    if (w->path == NULL || !make_room(w))
        err = l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    else
        memcpy(w->path, path, strlen(path) + 1);
    if (err == L1T_OK)
        err = create_file(w, diag);
    if (err == L1T_OK)
        *writer = w;
    else
        l1t_store_abort(w);
    return err;
}

// ---- datasets ----

static hid_t group_of(struct l1t_store_writer *w, const char *name)
{
    if (*name == '\0')
        return H5Gopen2(w->file, "/", H5P_DEFAULT);
    if (H5Lexists(w->file, name, H5P_DEFAULT) > 0)
        return H5Gopen2(w->file, name, H5P_DEFAULT);
    // Without the time, so that the same contents are the same bytes.
    const hid_t list = H5Pcreate(H5P_GROUP_CREATE);
    const hid_t group = list >= 0 && H5Pset_obj_track_times(list, false) >= 0
                            ? H5Gcreate2(w->file, name, H5P_DEFAULT, list, H5P_DEFAULT)
                            : H5I_INVALID_HID;
    if (list >= 0)
        (void)H5Pclose(list);
    return group;
}

// Columns of objects are [crossings][slots]; those of crossings [crossings], externals [..][4].
static hid_t create_dataset(hid_t group, unsigned i)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    const int rank = i < L1T_STORE_COLUMNS || d.slots > 1 ? 2 : 1;
    const hsize_t now[2] = {0, d.slots}, most[2] = {H5S_UNLIMITED, d.slots};
    const hsize_t chunk[2] = {L1T_STORE_ROWS, d.slots};
    const hid_t space = H5Screate_simple(rank, now, most);
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    hid_t id = H5I_INVALID_HID;
    if (space >= 0 && list >= 0 && H5Pset_chunk(list, rank, chunk) >= 0 &&
        H5Pset_obj_track_times(list, false) >= 0 && (d.size == 1 || H5Pset_shuffle(list) >= 0) &&
        H5Pset_deflate(list, L1T_STORE_LEVEL) >= 0)
        id = H5Dcreate2(group, d.name, l1t_store_type(i), space, H5P_DEFAULT, list, H5P_DEFAULT);
    if (space >= 0)
        (void)H5Sclose(space);
    if (list >= 0)
        (void)H5Pclose(list);
    return id;
}

static bool put_scale(const struct l1t_store_writer *w, hid_t id, unsigned i)
{
    double step, offset;
    if (i == L1T_STORE_WEIGHT)
        return l1t_h5_put_real(id, "weight_unit", w->weight_unit);
    if (i >= L1T_STORE_COLUMNS)
        return true;
    const struct l1t_store_column *c = &l1t_store_column[i];
    if (!l1t_store_scale(c, w->options.scales, &step, &offset))
        return true;
    return l1t_h5_put_text(id, "unit", c->unit) && l1t_h5_put_real(id, "step", step) &&
           l1t_h5_put_real(id, "offset", offset);
}

static bool make_dataset(struct l1t_store_writer *w, unsigned i)
{
    const hid_t group = group_of(w, l1t_store_dataset(i).group);
    w->column[i].id = group >= 0 ? create_dataset(group, i) : H5I_INVALID_HID;
    if (group >= 0)
        (void)H5Gclose(group);
    return w->column[i].id >= 0 && put_scale(w, w->column[i].id, i);
}

static bool set_length(struct l1t_store_writer *w, unsigned i, uint64_t n)
{
    const hsize_t size[2] = {n, l1t_store_dataset(i).slots};
    return H5Dset_extent(w->column[i].id, size) >= 0;
}

// ---- chunks ----

static bool is_zero(const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    return n == 0 || (b[0] == 0 && memcmp(b, b + 1, n - 1) == 0);
}

static bool is_wanted(const struct l1t_store_writer *w, unsigned i)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    const size_t bytes = (size_t)L1T_STORE_ROWS * d.slots * d.size;
    const struct l1t_store_options *o = &w->options;
    return (i == L1T_STORE_WEIGHT && o->weight) || (i == L1T_STORE_PILEUP && o->pileup) ||
           (i == L1T_STORE_SECTION && o->section) || (i == L1T_STORE_CROSSING && o->crossing) ||
           !is_zero(w->column[i].rows, bytes);
}

// Datasets of a type come together: who finds muon/pt finds muon/eta.
static bool make_datasets(struct l1t_store_writer *w)
{
    bool wanted[L1T_STORE_DATASETS], type[L1T_GT_TYPES] = {false};
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        wanted[i] = is_wanted(w, i);
        if (i < L1T_STORE_COLUMNS)
            type[l1t_store_column[i].type] |= wanted[i];
    }
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        const bool needed = i < L1T_STORE_COLUMNS ? type[l1t_store_column[i].type] : wanted[i];
        if (needed && w->column[i].id < 0 && !make_dataset(w, i))
            return false;
    }
    return true;
}

// The mask of HDF5 says which filters a chunk has not: bit k is filter k.
static bool write_chunk(struct l1t_store_writer *w, unsigned i, uint32_t *checksum)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    const size_t bytes = (size_t)L1T_STORE_ROWS * d.slots * d.size;
    const hsize_t at[2] = {w->n, 0};
    const void *data = w->column[i].rows;
    uint32_t mask = 0;
    if (w->column[i].id < 0 || is_zero(data, bytes))
        return true;
    if (d.size > 1) {
        l1t_store_shuffle(d.size, bytes / d.size, data, w->shuffled);
        data = w->shuffled;
    }
    size_t size = l1t_store_deflate(w->compressor, data, bytes, w->packed, w->packed_room);
    if (size > 0) {
        data = w->packed;
    } else { // as it is, not shuffled either
        mask = d.size > 1 ? 3 : 1;
        data = w->column[i].rows;
        size = bytes;
    }
    *checksum = libdeflate_crc32(*checksum, data, size);
    return set_length(w, i, w->n + w->pending) &&
           H5Dwrite_chunk(w->column[i].id, H5P_DEFAULT, mask, at, size, data) >= 0;
}

static enum l1t_err flush(struct l1t_store_writer *w, struct l1t_diag *diag)
{
    uint32_t checksum = 0;
    bool good = true;
    if (w->pending == 0)
        return L1T_OK;
    if (w->n_checksums == w->checksum_room) {
        const size_t room = w->checksum_room == 0 ? 1024 : 2 * w->checksum_room;
        uint32_t *more = realloc(w->checksum, room * sizeof *more);
        if (more == NULL)
            return no_memory(w, diag);
        w->checksum = more;
        w->checksum_room = room;
    }
    l1t_h5_lock();
    good = make_datasets(w);
    for (unsigned i = 0; good && i < L1T_STORE_DATASETS; i++)
        good = write_chunk(w, i, &checksum);
    l1t_h5_unlock();
    if (!good)
        return write_failed(w, diag);
    w->checksum[w->n_checksums++] = checksum;
    w->n += w->pending;
    w->pending = 0;
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        const struct l1t_store_dataset d = l1t_store_dataset(i);
        memset(w->column[i].rows, 0, (size_t)L1T_STORE_ROWS * d.slots * d.size);
    }
    return L1T_OK;
}

// ---- crossings ----

static void *row(const struct l1t_store_writer *w, unsigned i)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    return (char *)w->column[i].rows + w->pending * d.slots * d.size;
}

static enum l1t_err check_event(const struct l1t_store_writer *w, const struct l1t_gt_event *event,
                                uint64_t number, struct l1t_diag *diag)
{
    for (unsigned i = 0; i < L1T_STORE_COLUMNS; i++)
        if (!l1t_store_fits(&l1t_store_column[i], event))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: crossing %llu: %s/%s is beyond what a link word can say, %d to %d",
                            w->path, (unsigned long long)number, l1t_store_column[i].group,
                            l1t_store_column[i].field, l1t_store_column[i].minimum,
                            l1t_store_column[i].maximum);
    return L1T_OK;
}

// n crossings of the block from at, which fit the chunk.
static enum l1t_err collect(struct l1t_store_writer *w, const struct l1t_sample_block *b, size_t at,
                            size_t n, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < n; i++)
        err = check_event(w, &b->event[at + i], w->n + w->pending + i, diag);
    if (err != L1T_OK)
        return err;
    for (unsigned i = 0; i < L1T_STORE_COLUMNS; i++)
        l1t_store_get(&l1t_store_column[i], b->event + at, n, row(w, i));
    double *weight = row(w, L1T_STORE_WEIGHT);
    uint64_t *external = row(w, L1T_STORE_EXTERNAL);
    uint32_t *signal = row(w, L1T_STORE_SIGNAL);
    for (size_t i = 0; i < n; i++) {
        memcpy(&external[i * (L1T_GT_EXTERNALS / 64)], b->event[at + i].external,
               sizeof b->event[at + i].external);
        signal[i] = b->event[at + i].signal;
        if (!w->options.weight)
            continue;
        weight[i] = (double)b->weight[at + i] * w->weight_unit;
        w->n_negative += b->weight[at + i] < 0;
        w->n_zero += b->weight[at + i] == 0;
    }
    if (w->options.pileup)
        memcpy(row(w, L1T_STORE_PILEUP), b->pileup + at, n * sizeof *b->pileup);
    if (w->options.section)
        memcpy(row(w, L1T_STORE_SECTION), b->section + at, n * sizeof *b->section);
    if (w->options.crossing)
        memcpy(row(w, L1T_STORE_CROSSING), b->crossing + at, n * sizeof *b->crossing);
    w->pending += n;
    return L1T_OK;
}

static enum l1t_err check_unit(struct l1t_store_writer *w, double unit, struct l1t_diag *diag)
{
    int exponent;
    if (w->weight_unit > 0 && (unit < w->weight_unit || unit > w->weight_unit))
        return l1t_fail(diag, L1T_E_INPUT, "%s: blocks with weights in different units", w->path);
    if (!(unit > 0) || isinf(unit) || frexp(unit, &exponent) > 0.5)
        return l1t_fail(diag, L1T_E_INPUT, "%s: unit of weights %.9g is no power of two", w->path,
                        unit);
    w->weight_unit = unit;
    return L1T_OK;
}

enum l1t_err l1t_store_append(struct l1t_store_writer *writer, const struct l1t_sample_block *block,
                              double weight_unit, struct l1t_diag *diag)
{
    struct l1t_store_writer *w = writer;
    enum l1t_err err = check_unit(w, weight_unit, diag);
    if (err == L1T_OK && block->n > L1T_STORE_MAX - w->n)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: more than %llu crossings", w->path,
                       (unsigned long long)L1T_STORE_MAX);
    for (size_t at = 0; err == L1T_OK && at < block->n;) {
        const size_t room = L1T_STORE_ROWS - w->pending;
        const size_t n = block->n - at < room ? block->n - at : room;
        err = collect(w, block, at, n, diag);
        if (err == L1T_OK && w->pending == L1T_STORE_ROWS)
            err = flush(w, diag);
        at += n;
    }
    return err;
}

// ---- the end ----

static bool put_checksums(struct l1t_store_writer *w)
{
    const hsize_t n = w->n_checksums;
    const hid_t space = H5Screate_simple(1, &n, NULL);
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    const hid_t id =
        space >= 0 && list >= 0 && H5Pset_obj_track_times(list, false) >= 0
            ? H5Dcreate2(w->file, "checksum", H5T_STD_U32LE, space, H5P_DEFAULT, list, H5P_DEFAULT)
            : H5I_INVALID_HID;
    const bool good =
        id >= 0 && H5Dwrite(id, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, w->checksum) >= 0;
    if (id >= 0)
        (void)H5Dclose(id);
    if (list >= 0)
        (void)H5Pclose(list);
    if (space >= 0)
        (void)H5Sclose(space);
    return good;
}

static bool put_heading(struct l1t_store_writer *w)
{
    return l1t_h5_put_text(w->file, "format", L1T_STORE_FORMAT) &&
           l1t_h5_put_int(w->file, "version", L1T_STORE_VERSION) &&
           l1t_h5_put_text(w->file, "program", l1t_version()) &&
           l1t_h5_put_text(w->file, "origin", w->origin) &&
           l1t_h5_put_text(w->file, "scales", w->options.scales->name) &&
           l1t_h5_put_int(w->file, "crossings", (long long)w->n) &&
           l1t_h5_put_int(w->file, "following", w->options.following) &&
           l1t_h5_put_real(w->file, "weight_unit", w->weight_unit) &&
           l1t_h5_put_int(w->file, "negative_weights", (long long)w->n_negative) &&
           l1t_h5_put_int(w->file, "zero_weights", (long long)w->n_zero);
}

static bool finish(struct l1t_store_writer *w)
{
    bool good = true;
    l1t_h5_lock();
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        if (w->column[i].id < 0)
            continue;
        good = set_length(w, i, w->n) && good;
        good = H5Dclose(w->column[i].id) >= 0 && good;
        w->column[i].id = H5I_INVALID_HID;
    }
    good = good && put_checksums(w) && put_heading(w);
    good = H5Fclose(w->file) >= 0 && good;
    w->file = H5I_INVALID_HID;
    l1t_h5_unlock();
    return good;
}

enum l1t_err l1t_store_commit(struct l1t_store_writer *writer, struct l1t_diag *diag)
{
    struct l1t_store_writer *w = writer;
    enum l1t_err err = flush(w, diag);
    if (err == L1T_OK && w->n == 0)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: no crossings to write", w->path);
    if (err == L1T_OK && !finish(w))
        err = write_failed(w, diag);
    if (err == L1T_OK)
        err = l1t_out_commit(&w->out, diag);
    return err;
}
