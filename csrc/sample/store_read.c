// SPDX-License-Identifier: GPL-3.0-or-later
// An event store as a sample. A reader keeps the last chunks unpacked: neighbours across their
// borders cost nothing then.
#include "store_read.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 3 };

struct chunk {
    uint64_t number; // NONE: nothing in it
    uint64_t used;   // when last
    void *rows[L1T_STORE_DATASETS];
    bool zero[L1T_STORE_DATASETS]; // rows are all zero already
};
#define NONE UINT64_MAX

struct reader {
    struct chunk chunk[KEPT];
    uint64_t clock;
    struct libdeflate_decompressor *decompressor;
    void *packed, *shuffled;
    size_t packed_room;
};

static size_t chunk_bytes(unsigned i)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    return (size_t)L1T_STORE_ROWS * d.slots * d.size;
}

// ---- one dataset's rows of a chunk ----

static enum l1t_err damaged(const struct l1t_store *s, unsigned i, uint64_t number,
                            struct l1t_diag *diag)
{
    char name[64];
    return l1t_fail(diag, L1T_E_INPUT, "%s: %s: damaged from crossing %" PRIu64 " on", s->path,
                    l1t_store_path(i, name, sizeof name), (number * L1T_STORE_ROWS));
}

// The bytes of a chunk as they lie in the file; 0: it has none, all zero.
static bool fetch(const struct l1t_store_source *source, struct reader *r, uint64_t number,
                  size_t *size, uint32_t *mask)
{
    const hsize_t at[2] = {number * L1T_STORE_ROWS, 0};
    hsize_t stored = 0;
    bool good = true;
    *size = 0;
    l1t_h5_lock();
    if (H5Dget_chunk_storage_size(source->id, at, &stored) < 0)
        stored = 0;
    if (stored > 0)
        good = stored <= r->packed_room &&
               H5Dread_chunk(source->id, H5P_DEFAULT, at, mask, r->packed) >= 0;
    l1t_h5_unlock();
    *size = (size_t)stored;
    return good;
}

static bool unpack(const struct l1t_store_source *source, const struct l1t_store_dataset *d,
                   struct reader *r, size_t size, uint32_t mask, void *rows)
{
    const size_t bytes = (size_t)L1T_STORE_ROWS * d->slots * d->size;
    const bool deflated = (source->deflate_bit & ~mask) != 0;
    const bool shuffled = (source->shuffle_bit & ~mask) != 0 && d->size > 1;
    void *inflated = shuffled ? r->shuffled : rows;
    if (deflated && !l1t_store_inflate(r->decompressor, r->packed, size, inflated, bytes))
        return false;
    if (!deflated && size != bytes)
        return false;
    if (!deflated && !shuffled)
        memcpy(rows, r->packed, bytes);
    if (shuffled)
        l1t_store_unshuffle(d->size, bytes / d->size, deflated ? r->shuffled : r->packed, rows);
    return true;
}

static enum l1t_err read_raw(const struct l1t_store *s, struct reader *r, unsigned i,
                             struct chunk *to, uint64_t number, uint32_t *checksum,
                             struct l1t_diag *diag)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    size_t size;
    uint32_t mask = 0;
    if (!fetch(&s->source[i], r, number, &size, &mask))
        return damaged(s, i, number, diag);
    if (size == 0) {
        if (!to->zero[i])
            memset(to->rows[i], 0, chunk_bytes(i));
        to->zero[i] = true;
        return L1T_OK;
    }
    to->zero[i] = false;
    if (s->checksum != NULL)
        *checksum = libdeflate_crc32(*checksum, r->packed, size);
    return unpack(&s->source[i], &d, r, size, mask, to->rows[i]) ? L1T_OK
                                                                 : damaged(s, i, number, diag);
}

// By HDF5, whatever layout and filters it has.
static enum l1t_err read_rows(const struct l1t_store *s, unsigned i, struct chunk *to,
                              uint64_t number, uint64_t total, struct l1t_diag *diag)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    const uint64_t first = number * L1T_STORE_ROWS;
    const hsize_t start[2] = {first, 0};
    const hsize_t count[2] = {total - first < L1T_STORE_ROWS ? total - first : L1T_STORE_ROWS,
                              d.slots};
    memset(to->rows[i], 0, chunk_bytes(i));
    to->zero[i] = false;
    l1t_h5_lock();
    const hid_t file = H5Dget_space(s->source[i].id);
    const int rank = file < 0 ? 0 : H5Sget_simple_extent_ndims(file);
    const hid_t memory = rank < 1 ? H5I_INVALID_HID : H5Screate_simple(rank, count, NULL);
    const bool good =
        memory >= 0 && H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
        H5Dread(s->source[i].id, l1t_store_type(i), memory, file, H5P_DEFAULT, to->rows[i]) >= 0;
    if (memory >= 0)
        (void)H5Sclose(memory);
    if (file >= 0)
        (void)H5Sclose(file);
    l1t_h5_unlock();
    return good ? L1T_OK : damaged(s, i, number, diag);
}

static enum l1t_err check_range(const struct l1t_store *s, unsigned i, const struct chunk *chunk,
                                uint64_t number, struct l1t_diag *diag)
{
    const struct l1t_store_column *c = &l1t_store_column[i];
    const unsigned slots = l1t_gt_type_slots[c->type];
    const size_t count = (size_t)L1T_STORE_ROWS * slots;
    char name[64];
    const size_t at = chunk->zero[i] ? count : l1t_store_outside(c, chunk->rows[i], count);
    if (at == count)
        return L1T_OK;
    return l1t_fail(
        diag, L1T_E_INPUT, "%s: %s: crossing %" PRIu64 ", slot %u: %d; legal are %d to %d", s->path,
        l1t_store_path(i, name, sizeof name), (number * L1T_STORE_ROWS + at / slots),
        (unsigned)(at % slots), l1t_store_value(c, chunk->rows[i], at), c->minimum, c->maximum);
}

static enum l1t_err read_chunk(struct l1t_sample_reader *reader, struct chunk *to, uint64_t number,
                               struct l1t_diag *diag)
{
    const struct l1t_store *s = reader->sample->data;
    struct reader *r = reader->data;
    uint32_t checksum = 0;
    enum l1t_err err = L1T_OK;
    to->number = NONE;
    for (unsigned i = 0; err == L1T_OK && i < L1T_STORE_DATASETS; i++) {
        if (!s->source[i].present)
            continue;
        err = s->source[i].raw ? read_raw(s, r, i, to, number, &checksum, diag)
                               : read_rows(s, i, to, number, reader->sample->info.n, diag);
        if (err == L1T_OK && i < L1T_STORE_COLUMNS)
            err = check_range(s, i, to, number, diag);
    }
    if (err == L1T_OK && s->checksum != NULL && checksum != s->checksum[number])
        err = l1t_fail(diag, L1T_E_INPUT,
                       "%s: checksum of the %d crossings from %" PRIu64 " on is wrong: the file is "
                       "damaged, or was changed (delete 'checksum' then)",
                       s->path, L1T_STORE_ROWS, (number * L1T_STORE_ROWS));
    if (err == L1T_OK)
        to->number = number;
    return err;
}

// ---- chunks of a reader ----

static enum l1t_err find_chunk(struct l1t_sample_reader *reader, uint64_t number,
                               struct chunk **chunk, struct l1t_diag *diag)
{
    struct reader *r = reader->data;
    struct chunk *oldest = &r->chunk[0];
    enum l1t_err err = L1T_OK;
    *chunk = NULL;
    for (unsigned i = 0; i < KEPT; i++) {
        if (r->chunk[i].number == number)
            *chunk = &r->chunk[i];
        if (r->chunk[i].used < oldest->used)
            oldest = &r->chunk[i];
    }
    if (*chunk == NULL) {
        *chunk = oldest;
        err = read_chunk(reader, oldest, number, diag);
    }
    (*chunk)->used = ++r->clock;
    return err;
}

static void close_reader(struct l1t_sample_reader *reader)
{
    struct reader *r = reader->data;
    if (r == NULL)
        return;
    for (unsigned k = 0; k < KEPT; k++)
        for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
            free(r->chunk[k].rows[i]);
    libdeflate_free_decompressor(r->decompressor);
    free(r->packed);
    free(r->shuffled);
    free(r);
}

static enum l1t_err open_reader(struct l1t_sample_reader *reader, struct l1t_diag *diag)
{
    const struct l1t_store *s = reader->sample->data;
    const size_t largest = (size_t)L1T_STORE_ROWS * L1T_STORE_SLOTS_MAX * L1T_STORE_SIZE_MAX;
    struct reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", s->path);
    reader->data = r;
    r->packed_room = l1t_store_packed_max(largest);
    r->packed = malloc(r->packed_room);
    r->shuffled = malloc(largest);
    r->decompressor = libdeflate_alloc_decompressor();
    bool good = r->packed != NULL && r->shuffled != NULL && r->decompressor != NULL;
    for (unsigned k = 0; k < KEPT; k++) {
        r->chunk[k].number = NONE;
        for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
            if (!s->source[i].present)
                continue;
            r->chunk[k].rows[i] = calloc(1, chunk_bytes(i));
            r->chunk[k].zero[i] = true;
            good = good && r->chunk[k].rows[i] != NULL;
        }
    }
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", s->path);
}

// ---- blocks ----

static const void *rows_at(const struct chunk *chunk, unsigned i, size_t at)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    return (const char *)chunk->rows[i] + at * d.slots * d.size;
}

// Few crossings at a time, so that they stay in a processor's nearest memory from column to column.
enum { TILE = 32 };

static void put_objects(const struct l1t_sample_reader *reader, const struct chunk *chunk,
                        size_t at, size_t n, struct l1t_gt_event *event)
{
    const struct l1t_store *s = reader->sample->data;
    struct l1t_store_rows rows[L1T_STORE_COLUMNS];
    for (size_t t = 0; t < n; t += TILE) {
        const size_t now = n - t < TILE ? n - t : TILE;
        size_t n_rows = 0;
        for (unsigned i = 0; i < L1T_STORE_COLUMNS; i++)
            if (s->source[i].present)
                rows[n_rows++] =
                    (struct l1t_store_rows){&l1t_store_column[i], rows_at(chunk, i, at + t)};
        l1t_store_put(rows, n_rows, event + t, now);
    }
}

static void put_signals(const struct l1t_sample_reader *reader, const struct chunk *chunk,
                        size_t at, size_t n, struct l1t_gt_event *event)
{
    const struct l1t_store *s = reader->sample->data;
    const bool external = s->source[L1T_STORE_EXTERNAL].present;
    const bool signal = s->source[L1T_STORE_SIGNAL].present;
    for (size_t i = 0; external && i < n; i++) {
        uint64_t word[L1T_GT_EXTERNALS / 64];
        memcpy(word, rows_at(chunk, L1T_STORE_EXTERNAL, at + i), sizeof word);
        for (unsigned w = 0; w < L1T_GT_EXTERNALS / 64; w++)
            event[i].external[w] = word[w] | reader->sample->empty.external[w];
    }
    for (size_t i = 0; signal && i < n; i++)
        memcpy(&event[i].signal, rows_at(chunk, L1T_STORE_SIGNAL, at + i), sizeof event[i].signal);
}

static enum l1t_err read_events(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                struct l1t_gt_event *event, struct l1t_diag *diag)
{
    for (size_t done = 0; done < n;) {
        const uint64_t number = (first + done) / L1T_STORE_ROWS;
        const size_t at = (size_t)((first + done) % L1T_STORE_ROWS);
        const size_t now = n - done < L1T_STORE_ROWS - at ? n - done : L1T_STORE_ROWS - at;
        struct chunk *chunk;
        const enum l1t_err err = find_chunk(reader, number, &chunk, diag);
        if (err != L1T_OK)
            return err;
        put_objects(reader, chunk, at, now, event + done);
        put_signals(reader, chunk, at, now, event + done);
        done += now;
    }
    return L1T_OK;
}

static enum l1t_err read_weights(struct l1t_sample_reader *reader, const double *from, size_t n,
                                 uint64_t first, int64_t *to, struct l1t_diag *diag)
{
    const struct l1t_store *s = reader->sample->data;
    for (size_t i = 0; i < n; i++) {
        const double weight = from[i] / s->weight_unit;
        if (!(fabs(weight) < 0x1p32))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: weight: crossing %" PRIu64
                            ": %.9g; expected a finite number below %.9g",
                            s->path, (first + i), from[i], 0x1p32 * s->weight_unit);
        to[i] = llrint(weight);
    }
    return L1T_OK;
}

static enum l1t_err read_columns(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                 struct l1t_diag *diag)
{
    const struct l1t_store *s = reader->sample->data;
    enum l1t_err err = L1T_OK;
    for (size_t done = 0; err == L1T_OK && done < n;) {
        const size_t at = (size_t)((first + done) % L1T_STORE_ROWS);
        const size_t now = n - done < L1T_STORE_ROWS - at ? n - done : L1T_STORE_ROWS - at;
        struct chunk *chunk;
        err = find_chunk(reader, (first + done) / L1T_STORE_ROWS, &chunk, diag);
        if (err == L1T_OK && s->source[L1T_STORE_WEIGHT].present)
            err = read_weights(reader, rows_at(chunk, L1T_STORE_WEIGHT, at), now, first + done,
                               reader->weight + done, diag);
        if (err != L1T_OK)
            return err;
        if (s->source[L1T_STORE_PILEUP].present)
            memcpy(reader->pileup + done, rows_at(chunk, L1T_STORE_PILEUP, at), now);
        if (s->source[L1T_STORE_SECTION].present)
            memcpy(reader->section + done, rows_at(chunk, L1T_STORE_SECTION, at),
                   now * sizeof *reader->section);
        if (s->source[L1T_STORE_CROSSING].present)
            memcpy(reader->crossing + done, rows_at(chunk, L1T_STORE_CROSSING, at),
                   now * sizeof *reader->crossing);
        for (size_t i = 0; s->source[L1T_STORE_CROSSING].present && i < now; i++)
            if (reader->crossing[done + i] >= L1T_GT_ORBIT)
                return l1t_fail(diag, L1T_E_INPUT,
                                "%s: bunch_crossing: crossing %" PRIu64 ": %u; legal are 0 to %d",
                                s->path, (first + done + i), (unsigned)reader->crossing[done + i],
                                L1T_GT_ORBIT - 1);
        done += now;
    }
    return err;
}

// ---- open ----

static void close_store(struct l1t_sample *sample)
{
    struct l1t_store *s = sample->data;
    if (s == NULL)
        return;
    l1t_h5_lock();
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        if (s->source[i].id >= 0)
            (void)H5Dclose(s->source[i].id);
    if (s->file >= 0)
        (void)H5Fclose(s->file);
    l1t_h5_unlock();
    free(s->checksum);
    free(s->path);
    free(s);
}

// The largest weight, and how many are negative or zero: of a store that does not say.
struct census {
    double largest;
    uint64_t negative, zero;
};

static enum l1t_err count_chunks(const struct l1t_sample *sample, struct reader *reader,
                                 struct chunk *chunk, struct census *c, struct l1t_diag *diag)
{
    const struct l1t_store *s = sample->data;
    const double *weight = chunk->rows[L1T_STORE_WEIGHT];
    enum l1t_err err = L1T_OK;
    for (uint64_t first = 0; err == L1T_OK && first < sample->info.n; first += L1T_STORE_ROWS) {
        uint32_t unused = 0;
        const uint64_t left = sample->info.n - first;
        err = s->source[L1T_STORE_WEIGHT].raw
                  ? read_raw(s, reader, L1T_STORE_WEIGHT, chunk, first / L1T_STORE_ROWS, &unused,
                             diag)
                  : read_rows(s, L1T_STORE_WEIGHT, chunk, first / L1T_STORE_ROWS, sample->info.n,
                              diag);
        for (size_t i = 0; err == L1T_OK && i < left && i < L1T_STORE_ROWS; i++) {
            if (!isfinite(weight[i]))
                err = l1t_fail(diag, L1T_E_INPUT, "%s: weight: crossing %" PRIu64 " is not finite",
                               s->path, first + i);
            c->largest = fmax(c->largest, fabs(weight[i]));
            c->negative += weight[i] < 0;
            c->zero += weight[i] == 0;
        }
    }
    return err;
}

static enum l1t_err count_weights(const struct l1t_sample *sample, struct census *c,
                                  struct l1t_diag *diag)
{
    const struct l1t_store *s = sample->data;
    struct chunk chunk = {.number = NONE};
    struct reader reader = {0};
    enum l1t_err err;
    reader.packed_room = l1t_store_packed_max(chunk_bytes(L1T_STORE_WEIGHT));
    reader.packed = malloc(reader.packed_room);
    reader.decompressor = libdeflate_alloc_decompressor();
    reader.shuffled = malloc(chunk_bytes(L1T_STORE_WEIGHT));
    chunk.rows[L1T_STORE_WEIGHT] = calloc(1, chunk_bytes(L1T_STORE_WEIGHT));
    if (reader.packed == NULL || reader.shuffled == NULL || reader.decompressor == NULL ||
        chunk.rows[L1T_STORE_WEIGHT] == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", s->path);
    else
        err = count_chunks(sample, &reader, &chunk, c, diag);
    free(chunk.rows[L1T_STORE_WEIGHT]);
    libdeflate_free_decompressor(reader.decompressor);
    free(reader.packed);
    free(reader.shuffled);
    return err;
}

static enum l1t_err find_weights(struct l1t_sample *sample, struct l1t_diag *diag)
{
    struct l1t_store *s = sample->data;
    struct census c = {0, 0, 0};
    double unit = 0;
    int exponent = 0;
    const enum l1t_err err = count_weights(sample, &c, diag);
    if (err != L1T_OK)
        return err;
    if (!(c.largest > 0))
        return l1t_fail(diag, L1T_E_INPUT, "%s: weight: all are zero", s->path);
    l1t_h5_lock();
    const int status = l1t_h5_get_real(s->source[L1T_STORE_WEIGHT].id, "weight_unit", &unit);
    l1t_h5_unlock();
    if (status < 0 || (status == 1 && (!(unit > 0) || isinf(unit) || frexp(unit, &exponent) > 0.5)))
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: weight: attribute 'weight_unit' must be a power "
                        "of two",
                        s->path);
    s->weight_unit = status == 1 ? unit : l1t_sample_weight_unit(c.largest);
    sample->info.weight_unit = s->weight_unit;
    sample->info.n_negative = c.negative;
    sample->info.n_zero = c.zero;
    return L1T_OK;
}

// What decides the contents: the checksums if the file has them, else all of its bytes.
static enum l1t_err add_digest(const struct l1t_store *s, uint64_t n, struct l1t_digest *digest,
                               struct l1t_diag *diag)
{
    if (s->checksum == NULL)
        return l1t_digest_add_file(digest, "store", s->path, diag);
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        l1t_digest_add(digest, "dataset", s->source[i].present ? "1" : "0", 1);
    l1t_digest_add(digest, "weight unit", &s->weight_unit, sizeof s->weight_unit);
    l1t_digest_add(digest, "checksums", s->checksum,
                   (size_t)((n + L1T_STORE_ROWS - 1) / L1T_STORE_ROWS) * sizeof *s->checksum);
    return L1T_OK;
}

static void note(struct l1t_sample *sample)
{
    const struct l1t_store *s = sample->data;
    struct l1t_sample_info *info = &sample->info;
    long long following = 0;
    info->has_weight = s->source[L1T_STORE_WEIGHT].present;
    info->has_pileup = s->source[L1T_STORE_PILEUP].present;
    info->has_section = s->source[L1T_STORE_SECTION].present;
    info->has_crossing = s->source[L1T_STORE_CROSSING].present;
    l1t_h5_lock();
    (void)l1t_h5_get_int(s->file, "following", &following);
    l1t_h5_unlock();
    info->following = following != 0;
}

static enum l1t_err open_store(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                               struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct l1t_store *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", spec->path);
    sample->data = s;
    s->file = H5I_INVALID_HID;
    s->weight_unit = 1;
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++)
        s->source[i].id = H5I_INVALID_HID;
    s->path = malloc(strlen(spec->path) + 1);
    if (s->path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", spec->path);
    memcpy(s->path, spec->path, strlen(spec->path) + 1);
    enum l1t_err err = l1t_h5_open(spec->path, &s->file, diag);
    if (err == L1T_OK)
        err = l1t_store_check(s, spec->scales, &sample->info.n, diag);
    if (err == L1T_OK)
        note(sample);
    if (err == L1T_OK && sample->info.has_weight)
        err = find_weights(sample, diag);
    if (err == L1T_OK)
        err = add_digest(s, sample->info.n, digest, diag);
    const unsigned char following = sample->info.following;
    l1t_digest_add(digest, "following", &following, 1);
    return err;
}

const struct l1t_sample_ops l1t_sample_store = {
    .origin = "event store",
    .open = open_store,
    .close = close_store,
    .reader_open = open_reader,
    .reader_close = close_reader,
    .events = read_events,
    .columns = read_columns,
};
