// SPDX-License-Identifier: GPL-3.0-or-later
// Event stores with some of their bytes changed. The data says which: three bytes are a place (the
// lowest bit of the first: from the end of the file), one is the new value. A seed is such a recipe
// in text; an empty one is a good store.
#include "fuzz.h"
#include "l1t/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {"", "abcd", "AAAABBBBCCCCDDDD", "0x1200340056007800", NULL};

// HDF5 1.10 does not free all of a file that it gave up to open; that is not ours to mend.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5\n";
}

enum { CROSSINGS = 100, MOST = 1 << 20 };

static const char *target_path(void)
{
    return l1t_fuzz_file((const uint8_t *)"", 0);
}

static uint8_t *good_store(size_t *size, const struct l1t_gt_scales *scales)
{
    static struct l1t_gt_event event[CROSSINGS];
    static int64_t weight[CROSSINGS];
    static uint8_t pileup[CROSSINGS], store[MOST];
    struct l1t_store_writer *writer = NULL;
    const struct l1t_store_options options = {
        .weight = true, .pileup = true, .scales = scales, .origin = "fuzz"};
    for (unsigned i = 0; i < CROSSINGS; i++) {
        event[i].object[L1T_GT_FIRST_JET + i % 12].et = (uint16_t)(7 * i);
        event[i].object[L1T_GT_FIRST_JET + i % 12].eta = (int16_t)(i % 50);
        event[i].object[L1T_GT_FIRST_HTT].et = (uint16_t)(9 * i);
        weight[i] = 1 + i % 7;
        pileup[i] = (uint8_t)(i * 37);
    }
    const struct l1t_sample_block block = {
        .n = CROSSINGS, .event = event, .weight = weight, .pileup = pileup};
    const char *path = target_path();
    if (l1t_store_create(path, &options, &writer, NULL) != L1T_OK ||
        l1t_store_append(writer, &block, 0x1p-3, NULL) != L1T_OK ||
        l1t_store_commit(writer, NULL) != L1T_OK)
        abort();
    l1t_store_abort(writer);
    FILE *f = fopen(path, "rb");
    *size = f != NULL ? fread(store, 1, MOST, f) : 0;
    if (f == NULL || *size == 0 || *size == MOST)
        abort();
    (void)fclose(f);
    return store;
}

L1T_FUZZ(sample_store, seeds)
{
    static struct l1t_gt_scales scales;
    static uint8_t changed[MOST];
    static const uint8_t *store;
    static size_t length;
    struct l1t_sample *sample = NULL;
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    struct l1t_diag diag = {""};
    if (store == NULL) {
        if (l1t_gt_scales_default(&scales, NULL) != L1T_OK)
            abort();
        store = good_store(&length, &scales);
    }
    memcpy(changed, store, length);
    for (size_t i = 0; i + 4 <= size; i += 4) {
        const size_t place =
            (data[i] >> 1 | (size_t)data[i + 1] << 7 | (size_t)data[i + 2] << 15) % length;
        changed[data[i] & 1 ? length - 1 - place : place] = data[i + 3];
    }
    const struct l1t_sample_spec spec = {
        .kind = L1T_SAMPLE_STORE, .path = l1t_fuzz_file(changed, length), .scales = &scales};
    if (l1t_sample_open(&spec, &sample, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    const uint64_t n = l1t_sample_info(sample)->n;
    enum l1t_err err = l1t_sample_reader_open(sample, &reader, &diag);
    if (err == L1T_OK)
        err = l1t_sample_read(reader, 0, n < L1T_SAMPLE_BLOCK ? (size_t)n : L1T_SAMPLE_BLOCK,
                              &block, &diag);
    if (err != L1T_OK)
        (void)l1t_fuzz_refused(&diag);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
    return err == L1T_OK;
}
