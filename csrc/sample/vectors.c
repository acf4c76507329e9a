// SPDX-License-Identifier: GPL-3.0-or-later
// A test-vector file as a sample: a ring of crossings, held in memory, shared by all readers.
#include "sample_internal.h"

#include "l1t/gt_vectors.h"

#include <stdlib.h>

static enum l1t_err open_vectors(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                                 struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct l1t_gt_vectors *v = calloc(1, sizeof *v);
    if (v == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", spec->path);
    sample->data = v;
    const enum l1t_err err = l1t_gt_vectors_load(spec->path, v, diag);
    sample->info.n = v->n;
    sample->info.following = sample->info.has_crossing = true;
    // What the lines say, not how they are packed.
    for (size_t i = 0; err == L1T_OK && i < v->n; i++) {
        l1t_digest_add(digest, "event", &v->vector[i].words, sizeof v->vector[i].words);
        l1t_digest_add(digest, "crossing", &v->vector[i].crossing, sizeof v->vector[i].crossing);
    }
    return err;
}

static void close_vectors(struct l1t_sample *sample)
{
    if (sample->data != NULL)
        l1t_gt_vectors_free(sample->data);
    free(sample->data);
}

static enum l1t_err read_events(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                struct l1t_gt_event *event, struct l1t_diag *diag)
{
    const struct l1t_gt_vectors *v = reader->sample->data;
    (void)diag;
    for (size_t i = 0; i < n; i++) {
        event[i] = v->event[first + i];
        for (unsigned w = 0; w < L1T_GT_EXTERNALS / 64; w++)
            event[i].external[w] |= reader->sample->empty.external[w];
    }
    return L1T_OK;
}

static enum l1t_err read_columns(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                 struct l1t_diag *diag)
{
    const struct l1t_gt_vectors *v = reader->sample->data;
    (void)diag;
    for (size_t i = 0; i < n; i++)
        reader->crossing[i] = v->vector[first + i].crossing;
    return L1T_OK;
}

const struct l1t_sample_ops l1t_sample_vectors = {
    .origin = "test vectors",
    .open = open_vectors,
    .close = close_vectors,
    .events = read_events,
    .columns = read_columns,
};
