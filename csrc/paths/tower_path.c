// SPDX-License-Identifier: GPL-3.0-or-later
// What all twins that are fed with towers share: the words of an event, where events come from, and
// the names of places.
#include "tower_path.h"

#include "l1t/towers.h"

#include <stdlib.h>
#include <string.h>

void l1t_towers_to_words(const struct l1t_towers *towers, uint32_t in[L1T_TOWER_WORDS])
{
    const uint16_t *w = (const uint16_t *)towers->w;
    for (size_t i = 0; i < L1T_TOWER_WORDS; i++)
        in[i] = w[2 * i] | (uint32_t)w[2 * i + 1] << 16;
}

void l1t_words_to_towers(const uint32_t in[L1T_TOWER_WORDS], struct l1t_towers *towers)
{
    // cppcheck-suppress ctuuninitvar ; filled here
    uint16_t *w = (uint16_t *)towers->w;
    for (size_t i = 0; i < L1T_TOWER_WORDS; i++) {
        w[2 * i] = (uint16_t)(in[i] & 0xffff);
        w[2 * i + 1] = (uint16_t)(in[i] >> 16);
    }
}

struct source {
    struct l1t_tower_reader *reader; // or
    struct l1t_tower_gen *generator;
    uint64_t next; // number of the generator's next event
    char name[L1T_TOWERS_NAME];
};

void l1t_tower_source_close(void *source)
{
    struct source *s = source;
    if (s == NULL)
        return;
    l1t_tower_reader_close(s->reader);
    l1t_tower_gen_free(s->generator);
    free(s);
}

enum l1t_err l1t_tower_source_open(const struct l1t_tower_gen_params *generator, const char *spec,
                                   uint64_t seed, void **source, struct l1t_diag *diag)
{
    struct source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = strcmp(spec, "generator") == 0
                                 ? l1t_tower_gen_new(generator, seed, &s->generator, diag)
                                 : l1t_tower_reader_open(spec, &s->reader, diag);
    if (err != L1T_OK) {
        l1t_tower_source_close(s);
        return err;
    }
    *source = s;
    return L1T_OK;
}

int l1t_tower_source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag)
{
    struct source *s = source;
    struct l1t_towers towers;
    int status = 1;
    if (s->generator != NULL) {
        *event_id = s->next++;
        l1t_tower_gen_event(s->generator, *event_id, &towers);
    } else {
        status = l1t_tower_reader_next(s->reader, &towers, event_id, s->name, diag);
    }
    if (status == 1)
        l1t_towers_to_words(&towers, in);
    return status;
}

enum l1t_err l1t_tower_source_skip(void *source, uint64_t n, struct l1t_diag *diag)
{
    struct source *s = source;
    if (s->generator != NULL) {
        s->next += n;
        return L1T_OK;
    }
    struct l1t_towers towers;
    uint64_t id;
    for (uint64_t i = 0; i < n; i++) {
        const int status = l1t_tower_reader_next(s->reader, &towers, &id, NULL, diag);
        if (status < 0)
            return L1T_E_INPUT;
        if (status == 0)
            return l1t_fail(diag, L1T_E_INPUT, "the file ends after %llu events; cannot skip %llu",
                            (unsigned long long)i, (unsigned long long)n);
    }
    return L1T_OK;
}

const char *l1t_tower_source_name(const void *source)
{
    return ((const struct source *)source)->name;
}

enum l1t_err l1t_tower_write_event(FILE *out, const uint32_t *in, uint64_t event_id,
                                   const char *name, struct l1t_diag *diag)
{
    struct l1t_towers towers;
    l1t_words_to_towers(in, &towers);
    return l1t_towers_write(out, &towers, event_id, name, diag);
}

void l1t_place_towers(unsigned row, unsigned side, unsigned first, unsigned last, char *text,
                      size_t size)
{
    const int ieta = l1t_ieta_of_ring((int)row + 1);
    if (first == last)
        (void)snprintf(text, size, "ieta %+d, iphi %u", side == 0 ? ieta : -ieta, first);
    else
        (void)snprintf(text, size, "ieta %+d, iphi %u-%u", side == 0 ? ieta : -ieta, first, last);
}

void l1t_place_slot(unsigned row, unsigned lane, char *text, size_t size)
{
    const unsigned slot = lane % L1T_PHI_SLOTS;
    l1t_place_towers(row, lane / L1T_PHI_SLOTS, 4 * slot + 1, 4 * slot + 4, text, size);
}
