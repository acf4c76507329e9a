// SPDX-License-Identifier: GPL-3.0-or-later
// Where two answers of an event part, and what it looks like: the first stage in stage order, the
// first row and lane of it, field by field; then what kind of mistake would do that.
#include "cosim_internal.h"

#include "l1t/decode.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// One record of one event that the two answers disagree on.
struct spot {
    size_t stage;
    unsigned row, lane;
};

static const uint32_t *row_of(const struct l1t_cosim *c, const uint32_t *answers, size_t event,
                              size_t stage, unsigned row)
{
    const struct l1t_stage *s = &c->twin->stages[stage];
    return answers + event * c->stage_words + c->stage_at[stage] + row * l1t_stage_row_words(s);
}

static bool row_differs(const struct l1t_cosim *c, size_t event, size_t stage, unsigned row)
{
    return memcmp(row_of(c, c->batch.expected, event, stage, row),
                  row_of(c, c->batch.got, event, stage, row),
                  l1t_stage_row_words(&c->twin->stages[stage]) * sizeof(uint32_t)) != 0;
}

static bool record_differs(const struct l1t_cosim *c, size_t event, const struct spot *at)
{
    const struct l1t_stage *s = &c->twin->stages[at->stage];
    return l1t_stage_record(s, row_of(c, c->batch.expected, event, at->stage, at->row), at->lane) !=
           l1t_stage_record(s, row_of(c, c->batch.got, event, at->stage, at->row), at->lane);
}

// Differing records of one stage; the first of them in *first.
static uint64_t differing_records(const struct l1t_cosim *c, size_t event, size_t stage,
                                  struct spot *first)
{
    const struct l1t_stage *s = &c->twin->stages[stage];
    uint64_t n = 0;
    for (unsigned row = 0; row < s->rows; row++) {
        if (!row_differs(c, event, stage, row))
            continue;
        for (unsigned lane = 0; lane < s->lanes; lane++) {
            const struct spot at = {stage, row, lane};
            if (record_differs(c, event, &at) && n++ == 0)
                *first = at;
        }
    }
    return n;
}

void l1t_cosim_count(struct l1t_cosim *c, size_t i)
{
    struct spot first;
    for (size_t s = 0; s < c->twin->n_stages; s++)
        c->result->stage[s].differing += differing_records(c, i, s, &first);
}

// ---- guesses ----

static const char *guess_field(const struct l1t_field *field, int64_t expected, int64_t got)
{
    const int64_t largest = (int64_t)l1t_bits_mask(field->width - (unsigned)field->is_signed);
    const int64_t change = got - expected;
    if (change == 1 || change == -1)
        return "off by one";
    if (expected != 0 && got == -expected)
        return "sign";
    if (got == largest)
        return "saturated in the RTL only";
    if (expected == largest)
        return "saturated in the model only";
    if (change != 0 && (change & (change - 1)) == 0 && field->width > 1)
        return "one bit set or added";
    if (change != 0 && (-change & (-change - 1)) == 0 && field->width > 1)
        return "one bit lost or subtracted";
    return NULL;
}

static int compare_records(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

enum { MAX_SORTED_LANES = 256 };

// The same records in another order.
static bool is_permutation(const struct l1t_cosim *c, size_t event, const struct spot *at)
{
    const struct l1t_stage *s = &c->twin->stages[at->stage];
    const uint32_t *expected = row_of(c, c->batch.expected, event, at->stage, at->row);
    const uint32_t *got = row_of(c, c->batch.got, event, at->stage, at->row);
    uint64_t a[MAX_SORTED_LANES], b[MAX_SORTED_LANES];
    if (s->lanes > MAX_SORTED_LANES)
        return false;
    for (unsigned lane = 0; lane < s->lanes; lane++) {
        a[lane] = l1t_stage_record(s, expected, lane);
        b[lane] = l1t_stage_record(s, got, lane);
    }
    qsort(a, s->lanes, sizeof a[0], compare_records);
    qsort(b, s->lanes, sizeof b[0], compare_records);
    return memcmp(a, b, s->lanes * sizeof a[0]) == 0;
}

// In a sorted list (one row), another object of the same energy in this place.
static bool is_tie(const struct l1t_stage *s, const struct l1t_word *format, uint64_t expected,
                   uint64_t got)
{
    for (unsigned i = 0; s->rows == 1 && i < format->n_field; i++) {
        const struct l1t_field *field = &format->field[i];
        if (strcmp(field->name, "et") == 0 || strcmp(field->name, "pt") == 0)
            return l1t_decode_value(field, expected) != 0 &&
                   l1t_decode_value(field, expected) == l1t_decode_value(field, got);
    }
    return false;
}

// All rows of the job as one list: does the RTL's row r equal the model's row r + shift over this
// event? Rows outside the job say nothing; a run of empty rows would fit anything.
static bool fits_shift(const struct l1t_cosim *c, size_t event, size_t stage, long shift)
{
    const struct l1t_stage *s = &c->twin->stages[stage];
    const size_t words = l1t_stage_row_words(s);
    const long first = (long)(c->job_first * s->rows);
    const long end = first + (long)(c->job_n * s->rows);
    bool content = false;
    for (unsigned row = 0; row < s->rows; row++) {
        const long from = (long)(event * s->rows + row) + shift;
        if (from < first || from >= end)
            continue;
        const uint32_t *expected = row_of(c, c->batch.expected, (size_t)from / s->rows, stage,
                                          (unsigned)((size_t)from % s->rows));
        const uint32_t *got = row_of(c, c->batch.got, event, stage, row);
        if (memcmp(expected, got, words * sizeof(uint32_t)) != 0)
            return false;
        for (size_t w = 0; w < words && !content; w++)
            content = expected[w] != 0;
    }
    return content;
}

static bool describe_shift(const struct l1t_cosim *c, size_t event, size_t stage)
{
    const long rows = c->twin->stages[stage].rows;
    for (long k = 1; k <= L1T_COSIM_MAX_SHIFT; k++)
        for (long sign = -1; sign <= 1; sign += 2) {
            if (fits_shift(c, event, stage, sign * k * rows)) {
                fprintf(c->report,
                        "  likely: this stage shows the answer of the event %ld %s: shifted by "
                        "%+ld event%s\n",
                        k, sign < 0 ? "before" : "after", sign * k, k > 1 ? "s" : "");
                return true;
            }
            if (rows > 1 && fits_shift(c, event, stage, sign * k)) {
                fprintf(c->report, "  likely: the rows of this stage are shifted by %+ld (%s)\n",
                        sign * k, sign < 0 ? "a row too many before" : "a row is missing");
                return true;
            }
        }
    return false;
}

static bool all_zero(const uint32_t *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (word[i] != 0)
            return false;
    return true;
}

// ---- description ----

static const char *describe_fields(const struct l1t_cosim *c, const struct l1t_word *format,
                                   uint64_t expected, uint64_t got)
{
    const char *guess = NULL;
    unsigned differing = 0;
    fprintf(c->report, "  %-10s %-22s %-22s %-10s %s\n", "field", "expected", "RTL", "xor",
            "RTL - expected");
    for (unsigned i = 0; i < format->n_field; i++) {
        const struct l1t_field *field = &format->field[i];
        char a[80], b[80];
        const int64_t x = l1t_decode_value(field, expected), y = l1t_decode_value(field, got);
        const uint64_t bits = (uint64_t)(x ^ y) & l1t_bits_mask(field->width);
        l1t_decode_field(field, expected, a, sizeof a);
        l1t_decode_field(field, got, b, sizeof b);
        fprintf(c->report, "  %-10s %-22s %-22s ", field->name, a, b);
        if (x != y)
            fprintf(c->report, "0x%-8" PRIx64 " %+" PRId64 "  <--\n", bits, y - x);
        else
            fprintf(c->report, "0x0\n");
        if (x != y && differing++ == 0)
            guess = guess_field(field, x, y);
    }
    return differing == 1 ? guess : NULL;
}

static void describe_cause(struct l1t_cosim *c, size_t event, const struct spot *at,
                           uint64_t expected, uint64_t got, const char *field_guess)
{
    const struct l1t_stage *s = &c->twin->stages[at->stage];
    if (all_zero(row_of(c, c->batch.got, event, at->stage, 0), l1t_stage_event_words(s)))
        fprintf(c->report, "  likely: the RTL gives nothing at this stage\n");
    else if (describe_shift(c, event, at->stage))
        return;
    else if (is_permutation(c, event, at))
        fprintf(c->report,
                "  likely: the same records in another order (ties, or lanes swapped)\n");
    else if (field_guess == NULL && is_tie(s, l1t_word_find(s->record), expected, got))
        fprintf(c->report, "  likely: a tie broken the other way (another object, same energy)\n");
    else if (got == 0)
        fprintf(c->report, "  likely: the RTL drops this record\n");
    else if (expected == 0)
        fprintf(c->report, "  likely: the RTL has a record too many\n");
    else if (field_guess != NULL)
        fprintf(c->report, "  likely: %s\n", field_guess);
}

static void describe_counts(const struct l1t_cosim *c, size_t event)
{
    struct spot first;
    fprintf(c->report, "  differing records:");
    for (size_t s = 0; s < c->twin->n_stages; s++)
        fprintf(c->report, " %s %" PRIu64, c->twin->stages[s].name,
                differing_records(c, event, s, &first));
    putc('\n', c->report);
}

static void describe_spot(struct l1t_cosim *c, size_t event, const struct spot *at)
{
    const struct l1t_stage *s = &c->twin->stages[at->stage];
    const struct l1t_word *format = l1t_word_find(s->record);
    const uint64_t expected =
        l1t_stage_record(s, row_of(c, c->batch.expected, event, at->stage, at->row), at->lane);
    const uint64_t got =
        l1t_stage_record(s, row_of(c, c->batch.got, event, at->stage, at->row), at->lane);
    const int digits = (int)l1t_decode_digits(format);
    char place[100] = "";
    if (c->twin->place != NULL)
        c->twin->place((unsigned)at->stage, at->row, at->lane, place, sizeof place);
    fprintf(c->report,
            "event %" PRIu64 " of the run (id %" PRIu64 "): first difference in stage '%s' (%zu of "
            "%zu), row %u, lane %u: %s\n  %s: expected 0x%0*" PRIx64 ", RTL 0x%0*" PRIx64 "\n",
            c->batch.first + event, c->batch.id[event], s->name, at->stage + 1, c->twin->n_stages,
            at->row, at->lane, place, format->what, digits, expected, digits, got);
    const char *guess = describe_fields(c, format, expected, got);
    describe_cause(c, event, at, expected, got, guess);
    if (c->first_difference[0] == '\0')
        (void)snprintf(c->first_difference, sizeof c->first_difference,
                       "event %" PRIu64 " (id %" PRIu64 "), stage %s, row %u, lane %u (%s)",
                       c->batch.first + event, c->batch.id[event], s->name, at->row, at->lane,
                       place);
}

void l1t_cosim_describe(struct l1t_cosim *c, size_t i)
{
    for (size_t s = 0; s < c->twin->n_stages; s++) {
        struct spot first;
        if (differing_records(c, i, s, &first) == 0)
            continue;
        describe_spot(c, i, &first);
        describe_counts(c, i);
        return;
    }
    // Equal records, unequal words: only padding bits are left.
    fprintf(c->report, "event %" PRIu64 " of the run (id %" PRIu64 "): padding bits are not 0\n",
            c->batch.first + i, c->batch.id[i]);
    if (c->first_difference[0] == '\0')
        (void)snprintf(c->first_difference, sizeof c->first_difference,
                       "event %" PRIu64 ", padding bits", c->batch.first + i);
}
