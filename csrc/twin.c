// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes and records of stages, stages as text, and the list of twins by name.
#include "l1t/twin.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <inttypes.h>
#include <string.h>

static unsigned record_bits(const struct l1t_stage *stage)
{
    const struct l1t_word *word = l1t_word_find(stage->record);
    return word != NULL ? word->bits : 0;
}

size_t l1t_stage_row_words(const struct l1t_stage *stage)
{
    return ((size_t)stage->lanes * record_bits(stage) + 31) / 32;
}

size_t l1t_stage_event_words(const struct l1t_stage *stage)
{
    return stage->rows * l1t_stage_row_words(stage);
}

uint64_t l1t_row_record(const uint32_t *row, unsigned bits, unsigned lane)
{
    const size_t first = (size_t)lane * bits;
    uint64_t record = 0;
    for (unsigned got = 0; got < bits;) {
        const size_t at = first + got;
        const unsigned shift = at % 32;
        record |= (uint64_t)(row[at / 32] >> shift) << got;
        got += 32 - shift;
    }
    return record & l1t_bits_mask(bits);
}

uint64_t l1t_stage_record(const struct l1t_stage *stage, const uint32_t *row, unsigned lane)
{
    return l1t_row_record(row, record_bits(stage), lane);
}

size_t l1t_twin_stage_words(const struct l1t_twin *twin)
{
    size_t n = 0;
    for (size_t s = 0; s < twin->n_stages; s++)
        n += l1t_stage_event_words(&twin->stages[s]);
    return n;
}

static void write_row(FILE *out, const struct l1t_twin *twin, unsigned stage, unsigned row,
                      const uint32_t *words)
{
    const struct l1t_stage *s = &twin->stages[stage];
    const struct l1t_word *format = l1t_word_find(s->record);
    for (unsigned lane = 0; lane < s->lanes; lane++) {
        const uint64_t record = l1t_stage_record(s, words, lane);
        char place[100], text[400];
        if (record == 0)
            continue;
        twin->place(stage, row, lane, place, sizeof place);
        fprintf(out, "%s: %s: %s (0x%0*" PRIx64 ")\n", s->name, place,
                l1t_decode_word(format, record, text, sizeof text), (int)l1t_decode_digits(format),
                record);
    }
}

void l1t_twin_write_stages(FILE *out, const struct l1t_twin *twin, const uint32_t *stages)
{
    for (unsigned stage = 0; stage < twin->n_stages; stage++)
        for (unsigned row = 0; row < twin->stages[stage].rows; row++) {
            write_row(out, twin, stage, row, stages);
            stages += l1t_stage_row_words(&twin->stages[stage]);
        }
}

const struct l1t_twin *l1t_twin_find(const char *name)
{
    for (size_t i = 0; l1t_twin_list[i] != NULL; i++)
        if (strcmp(l1t_twin_list[i]->name, name) == 0)
            return l1t_twin_list[i];
    return NULL;
}
