// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an event store with the contents of recorded zero-bias crossings: calorimeter objects
// in most slots, all sums, a muon in ten crossings. Against copying ready events from memory, and
// against HDF5's own reading of the same datasets.
#include "bench.h"
#include "l1t/sample.h"
#include "sample/store.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCKS = 64, N = BLOCKS * L1T_SAMPLE_BLOCK, DISTINCT = 8 * L1T_SAMPLE_BLOCK };

static struct l1t_gt_event event[DISTINCT];
static char path[64];

static uint64_t state = 1;
static double uniform(void)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

static unsigned below(unsigned n)
{
    return (unsigned)(uniform() * n);
}

// Falling from slot to slot, as sorters leave them.
static void fill(struct l1t_gt_event *e, unsigned first, double mean, double scale)
{
    double et = 2 * mean * uniform() * scale / mean + 8;
    for (unsigned s = 0; s < L1T_GT_CALOS && s < mean * 2 * uniform() + mean / 2; s++) {
        e->object[first + s] = (struct l1t_gt_object){.et = (uint16_t)et,
                                                      .eta = (int16_t)((int)below(115) - 57),
                                                      .phi = (uint16_t)below(144),
                                                      .iso = (uint8_t)below(4)};
        et *= 0.75 + 0.25 * uniform();
    }
}

static void make_events(void)
{
    for (size_t i = 0; i < DISTINCT; i++) {
        struct l1t_gt_event *e = &event[i];
        fill(e, L1T_GT_FIRST_EG, 8, 20);
        fill(e, L1T_GT_FIRST_TAU, 9, 25);
        fill(e, L1T_GT_FIRST_JET, 5, 40);
        for (unsigned s = L1T_GT_FIRST_ETT; s <= L1T_GT_LAST_HTMHF; s++)
            e->object[s].et = (uint16_t)(-log(uniform()) * 60);
        for (unsigned s = L1T_GT_FIRST_ETM; s <= L1T_GT_LAST_HTMHF; s++)
            e->object[s].phi = (uint16_t)below(144);
        for (unsigned s = L1T_GT_FIRST_TOWERCOUNT; s <= L1T_GT_LAST_MBT1HFM; s++)
            e->object[s].et = (uint16_t)below(16);
        for (unsigned s = 0; s < 2 && uniform() < 0.1; s++)
            e->object[L1T_GT_FIRST_MU + s] = (struct l1t_gt_object){.et = (uint16_t)(1 + below(60)),
                                                                    .eta = (int16_t)below(200),
                                                                    .phi = (uint16_t)below(576),
                                                                    .quality = 12,
                                                                    .index = (uint8_t)below(108)};
    }
}

static void write_store(void)
{
    static uint8_t pileup[L1T_SAMPLE_BLOCK];
    static uint32_t section[L1T_SAMPLE_BLOCK];
    static uint16_t crossing[L1T_SAMPLE_BLOCK];
    struct l1t_gt_scales scales;
    struct l1t_store_writer *writer = NULL;
    if (l1t_gt_scales_default(&scales, NULL) != L1T_OK)
        exit(3);
    const struct l1t_store_options options = {
        .pileup = true, .section = true, .crossing = true, .scales = &scales};
    bool good = l1t_store_create(path, &options, &writer, NULL) == L1T_OK;
    for (size_t b = 0; good && b < BLOCKS; b++) {
        for (size_t i = 0; i < L1T_SAMPLE_BLOCK; i++) {
            pileup[i] = (uint8_t)(30 + below(40));
            section[i] = (uint32_t)(100 + b / 8);
            crossing[i] = (uint16_t)below(L1T_GT_ORBIT);
        }
        const struct l1t_sample_block block = {.n = L1T_SAMPLE_BLOCK,
                                               .event = event + b % 8 * L1T_SAMPLE_BLOCK,
                                               .pileup = pileup,
                                               .section = section,
                                               .crossing = crossing};
        good = l1t_store_append(writer, &block, 1, NULL) == L1T_OK;
    }
    good = good && l1t_store_commit(writer, NULL) == L1T_OK;
    l1t_store_abort(writer);
    l1t_gt_scales_free(&scales);
    if (!good)
        exit(3);
}

// ---- what is measured ----

static struct l1t_sample *sample;
static volatile uint64_t sink;

static void read_blocks(void *context, unsigned shard, size_t first, size_t count)
{
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    struct l1t_diag diag;
    (void)context;
    (void)shard;
    if (l1t_sample_reader_open(sample, &reader, &diag) != L1T_OK)
        exit(3);
    for (size_t b = first; b < first + count; b++) {
        if (l1t_sample_read(reader, b * L1T_SAMPLE_BLOCK, L1T_SAMPLE_BLOCK, &block, &diag) !=
            L1T_OK) {
            fprintf(stderr, "%s\n", diag.text);
            exit(3);
        }
        sink += block.event[7].object[3].et;
    }
    l1t_sample_reader_close(reader);
}

static void copy_events(void)
{
    struct l1t_gt_event *to = calloc(L1T_SAMPLE_BLOCK, sizeof *to);
    for (size_t b = 0; to != NULL && b < BLOCKS; b++) {
        memcpy(to, event + b % 8 * L1T_SAMPLE_BLOCK, L1T_SAMPLE_BLOCK * sizeof *to);
        sink += to[b].object[9].et;
    }
    free(to);
}

// H5Dread of a chunk's rows of every dataset: no events made of them.
static void read_by_hdf5(void)
{
    static char rows[L1T_STORE_ROWS * L1T_STORE_SLOTS_MAX * L1T_STORE_SIZE_MAX];
    hid_t file;
    if (l1t_h5_open(path, &file, NULL) != L1T_OK)
        exit(3);
    l1t_h5_lock();
    for (unsigned i = 0; i < L1T_STORE_DATASETS; i++) {
        char name[64];
        const struct l1t_store_dataset d = l1t_store_dataset(i);
        if (!l1t_h5_has(file, *d.group != '\0' ? d.group : d.name))
            continue;
        const hid_t id = H5Dopen2(file, l1t_store_path(i, name, sizeof name), H5P_DEFAULT);
        const hid_t space = H5Dget_space(id);
        const hsize_t count[2] = {L1T_STORE_ROWS, d.slots};
        const hid_t memory = H5Screate_simple(H5Sget_simple_extent_ndims(space), count, NULL);
        for (size_t b = 0; b < BLOCKS; b++) {
            const hsize_t at[2] = {b * L1T_STORE_ROWS, 0};
            (void)H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, count, NULL);
            if (H5Dread(id, l1t_store_type(i), memory, space, H5P_DEFAULT, rows) < 0)
                exit(3);
            sink += (unsigned char)rows[b];
        }
        (void)H5Sclose(memory);
        (void)H5Sclose(space);
        (void)H5Dclose(id);
    }
    (void)H5Fclose(file);
    l1t_h5_unlock();
}

static double best_of(int times, void (*work)(void))
{
    double best = INFINITY;
    for (int i = 0; i < times; i++) {
        const double start = cpu_seconds();
        work();
        best = fmin(best, cpu_seconds() - start);
    }
    return best / N * 1e6;
}

static void read_all(void)
{
    read_blocks(NULL, 0, 0, BLOCKS);
}

int main(void)
{
    struct l1t_diag diag;
    (void)snprintf(path, sizeof path, "/tmp/bench-sample-%ld.h5", (long)getpid());
    make_events();
    const double start = cpu_seconds();
    write_store();
    const double written = (cpu_seconds() - start) / N * 1e6;
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_STORE, .path = path};
    if (l1t_sample_open(&spec, &sample, &diag) != L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        return 3;
    }
    const double copy = best_of(5, copy_events), ours = best_of(5, read_all);
    const double theirs = best_of(3, read_by_hdf5);
    FILE *f = fopen(path, "rb");
    if (f != NULL && fseek(f, 0, SEEK_END) == 0)
        printf("store of %d zero-bias-like crossings: %.1f bytes a crossing\n", N,
               (double)ftell(f) / N);
    if (f != NULL)
        (void)fclose(f);
    printf("processor time of a crossing, us: written %.3f, read %.3f, copied in memory %.3f,\n"
           "H5Dread of the columns alone %.3f (reading is %.2f of it)\n",
           written, ours, copy, theirs, ours / theirs);
    l1t_sample_close(sample);
    (void)unlink(path);
    return 0;
}
