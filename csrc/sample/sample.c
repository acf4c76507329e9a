// SPDX-License-Identifier: GPL-3.0-or-later
// Samples of any kind: opening, and blocks with what is the same for all kinds (neighbours,
// weights of unweighted samples, places in the orbit).
#include "sample_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct l1t_sample_ops *const kinds[] = {
    [L1T_SAMPLE_STORE] = &l1t_sample_store,
    [L1T_SAMPLE_VECTORS] = &l1t_sample_vectors,
    [L1T_SAMPLE_CSV] = &l1t_sample_csv,
    [L1T_SAMPLE_SPECTRA] = &l1t_sample_spectra,
    [L1T_SAMPLE_EMULATION] = &l1t_sample_emulation,
};

double l1t_sample_weight_unit(double largest)
{
    int exponent = 0;
    (void)frexp(largest, &exponent); // largest < 2^exponent
    return ldexp(1, exponent - 31 < -1022 ? -1022 : exponent - 31);
}

// ---- open and close ----

static enum l1t_err open_kind(const struct l1t_sample_spec *spec, struct l1t_sample *s,
                              struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
    s->info.weight_unit = 1;
    memcpy(s->empty.external, spec->external, sizeof s->empty.external);
    l1t_digest_add(digest, "kind", s->ops->origin, strlen(s->ops->origin));
    l1t_digest_add(digest, "externals", spec->external, sizeof spec->external);
    const enum l1t_err err = s->ops->open(spec, s, digest, diag);
    l1t_digest_add(digest, "crossings", &s->info.n, sizeof s->info.n);
    l1t_digest_hex(digest, s->info.digest);
    l1t_digest_free(digest);
    return err;
}

enum l1t_err l1t_sample_open(const struct l1t_sample_spec *spec, struct l1t_sample **sample,
                             struct l1t_diag *diag)
{
    *sample = NULL;
    struct l1t_sample *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
    s->ops = kinds[spec->kind];
    (void)strncpy(s->info.origin, s->ops->origin, sizeof s->info.origin - 1);
    enum l1t_err err = open_kind(spec, s, diag);
    if (err == L1T_OK && s->info.n == 0)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: no crossings",
                       spec->path != NULL ? spec->path : s->ops->origin);
    if (err == L1T_OK)
        *sample = s;
    else
        l1t_sample_close(s);
    return err;
}

void l1t_sample_close(struct l1t_sample *sample)
{
    if (sample != NULL)
        sample->ops->close(sample);
    free(sample);
}

const struct l1t_sample_info *l1t_sample_info(const struct l1t_sample *sample)
{
    return &sample->info;
}

// ---- readers ----

enum l1t_err l1t_sample_reader_open(const struct l1t_sample *sample,
                                    struct l1t_sample_reader **reader, struct l1t_diag *diag)
{
    *reader = NULL;
    struct l1t_sample_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
    r->sample = sample;
    r->memory = calloc(L1T_SAMPLE_MEMORY, sizeof *r->memory);
    r->weight = calloc(L1T_SAMPLE_BLOCK, sizeof *r->weight);
    r->pileup = calloc(L1T_SAMPLE_BLOCK, sizeof *r->pileup);
    r->section = calloc(L1T_SAMPLE_BLOCK, sizeof *r->section);
    r->crossing = calloc(L1T_SAMPLE_BLOCK, sizeof *r->crossing);
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; r->memory != NULL && i < L1T_SAMPLE_MEMORY; i++)
        r->memory[i] = sample->empty;
    if (r->memory == NULL || r->weight == NULL || r->pileup == NULL || r->section == NULL ||
        r->crossing == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
    if (err == L1T_OK && sample->ops->reader_open != NULL)
        err = sample->ops->reader_open(r, diag);
    if (err == L1T_OK)
        *reader = r;
    else
        l1t_sample_reader_close(r);
    return err;
}

void l1t_sample_reader_close(struct l1t_sample_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->sample->ops->reader_close != NULL)
        reader->sample->ops->reader_close(reader);
    free(reader->memory);
    free(reader->weight);
    free(reader->pileup);
    free(reader->section);
    free(reader->crossing);
    free(reader);
}

// ---- blocks ----

static enum l1t_err read_neighbours(struct l1t_sample_reader *r, uint64_t first, size_t n,
                                    struct l1t_diag *diag)
{
    const struct l1t_sample *s = r->sample;
    struct l1t_gt_event *event = r->memory + L1T_GT_BX_REACH;
    enum l1t_err err = L1T_OK;
    for (ptrdiff_t k = -L1T_GT_BX_REACH; err == L1T_OK && k < L1T_GT_BX_REACH; k++) {
        const ptrdiff_t at = k < 0 ? k : (ptrdiff_t)n + k;
        // Of a ring, however short.
        const uint64_t back = (uint64_t)L1T_GT_BX_REACH % s->info.n;
        const uint64_t number =
            (first + s->info.n - back + (uint64_t)(at + L1T_GT_BX_REACH)) % s->info.n;
        if (s->info.following)
            err = s->ops->events(r, number, 1, event + at, diag);
        else
            event[at] = s->empty;
    }
    return err;
}

static void fill_columns(struct l1t_sample_reader *r, uint64_t first, size_t n)
{
    unsigned crossing = (unsigned)(first % L1T_GT_ORBIT);
    // Every time: who got the last block may have scaled them.
    for (size_t i = 0; i < n && !r->sample->info.has_weight; i++)
        r->weight[i] = 1;
    for (size_t i = 0; i < n && !r->sample->info.has_crossing; i++) {
        r->crossing[i] = (uint16_t)crossing;
        crossing = crossing + 1 == L1T_GT_ORBIT ? 0 : crossing + 1;
    }
}

static void reweight(struct l1t_sample_reader *r, size_t n)
{
    const struct l1t_sample_factors *f = &r->sample->factors;
    for (size_t i = 0; i < n && f->on; i++)
        r->weight[i] = l1t_sample_coarse(f, r->weight[i]) * (int64_t)f->factor[r->pileup[i]];
}

enum l1t_err l1t_sample_read(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                             struct l1t_sample_block *block, struct l1t_diag *diag)
{
    const struct l1t_sample *s = reader->sample;
    if (n > L1T_SAMPLE_BLOCK || first > s->info.n || n > s->info.n - first)
        return l1t_fail(diag, L1T_E_INPUT, "sample: crossings beyond its end");
    enum l1t_err err = read_neighbours(reader, first, n, diag);
    if (err == L1T_OK)
        err = s->ops->events(reader, first, n, reader->memory + L1T_GT_BX_REACH, diag);
    if (err == L1T_OK && s->ops->columns != NULL)
        err = s->ops->columns(reader, first, n, diag);
    if (err != L1T_OK)
        return err;
    fill_columns(reader, first, n);
    reweight(reader, n);
    *block = (struct l1t_sample_block){.first = first,
                                       .n = n,
                                       .event = reader->memory + L1T_GT_BX_REACH,
                                       .weight = reader->weight,
                                       .pileup = reader->pileup,
                                       .section = reader->section,
                                       .crossing = reader->crossing};
    return L1T_OK;
}
