// SPDX-License-Identifier: GPL-3.0-or-later
// A CSV file as a sample: a row an object, held in memory as objects in hardware units; crossings
// without a row are empty and take no room.
#include "csv_rows.h"
#include "sample_internal.h"

#include "../csv.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, MAX_ROWS = 1 << 25 };
#define MAX_CROSSING UINT64_C(99999999) // crossings without a row are there too

// A crossing that has rows.
struct entry {
    uint64_t number;
    size_t first; // of its objects; they end where those of the next begin
    double weight;
    uint32_t section;
    uint16_t bunch;
    uint8_t pileup;
};

struct csv {
    size_t n_entries, entries_room, n_objects, objects_room;
    struct entry *entry;
    struct l1t_csv_object *object;
    struct l1t_csv_layout layout;
    double unit;
};

struct reader {
    size_t n_filled;
    struct l1t_gt_event *filled[L1T_SAMPLE_BLOCK];
};

// ---- rows ----

static bool has(const struct csv *c, enum l1t_csv_column column)
{
    return c->layout.at[column] >= 0;
}

static bool has_of_crossing(const struct csv *c)
{
    return has(c, L1T_CSV_WEIGHT) || has(c, L1T_CSV_PILEUP) || has(c, L1T_CSV_SECTION) ||
           has(c, L1T_CSV_BUNCH);
}

static bool grow(void **array, size_t *room, size_t n, size_t size)
{
    if (n < *room)
        return true;
    const size_t more = *room == 0 ? 4096 : 2 * *room;
    void *larger = realloc(*array, more * size);
    if (larger == NULL)
        return false;
    *array = larger;
    *room = more;
    return true;
}

// A whole number of the crossing; what the row leaves empty stays as it is.
static int get_whole(const struct l1t_lines *lines, const struct csv *c, char *const *field,
                     enum l1t_csv_column column, double max, double *value, struct l1t_diag *diag)
{
    const char *text = l1t_csv_field(&c->layout, field, column);
    if (*text == '\0')
        return 1;
    if (!l1t_csv_number(text, value) || !(*value >= 0) || !(*value <= max))
        return l1t_lines_fail(lines, diag, "%s: '%.40s'; expected a number, 0 to %.10g",
                              l1t_csv_names[column], text, max);
    *value = nearbyint(*value);
    return 1;
}

static int fill_entry(const struct l1t_lines *lines, const struct csv *c, char *const *field,
                      struct entry *e, struct l1t_diag *diag)
{
    const char *text = l1t_csv_field(&c->layout, field, L1T_CSV_WEIGHT);
    double pileup = 0, section = 0, bunch = (double)(e->number % L1T_GT_ORBIT);
    e->weight = 1;
    if (has(c, L1T_CSV_WEIGHT) && !l1t_csv_number(text, &e->weight))
        return l1t_lines_fail(lines, diag, "weight: '%.40s' is not a finite number", text);
    if (get_whole(lines, c, field, L1T_CSV_PILEUP, L1T_SAMPLE_PILEUP_MAX, &pileup, diag) < 0 ||
        get_whole(lines, c, field, L1T_CSV_SECTION, UINT32_MAX, &section, diag) < 0 ||
        get_whole(lines, c, field, L1T_CSV_BUNCH, L1T_GT_ORBIT - 1, &bunch, diag) < 0)
        return -1;
    e->pileup = (uint8_t)pileup;
    e->section = (uint32_t)section;
    e->bunch = (uint16_t)bunch;
    return 1;
}

// What later rows of a crossing say of it is what the first one says, or nothing.
static int same_entry(const struct l1t_lines *lines, const struct csv *c, char *const *field,
                      const struct entry *e, struct l1t_diag *diag)
{
    struct entry now = *e;
    double weight = e->weight, pileup = e->pileup, section = e->section, bunch = e->bunch;
    const char *text = l1t_csv_field(&c->layout, field, L1T_CSV_WEIGHT);
    if (*text != '\0' && !l1t_csv_number(text, &weight))
        return l1t_lines_fail(lines, diag, "weight: '%.40s' is not a finite number", text);
    if (get_whole(lines, c, field, L1T_CSV_PILEUP, L1T_SAMPLE_PILEUP_MAX, &pileup, diag) < 0 ||
        get_whole(lines, c, field, L1T_CSV_SECTION, UINT32_MAX, &section, diag) < 0 ||
        get_whole(lines, c, field, L1T_CSV_BUNCH, L1T_GT_ORBIT - 1, &bunch, diag) < 0)
        return -1;
    now.pileup = (uint8_t)pileup;
    now.section = (uint32_t)section;
    now.bunch = (uint16_t)bunch;
    if (weight < e->weight || weight > e->weight || now.pileup != e->pileup ||
        now.section != e->section || now.bunch != e->bunch)
        return l1t_lines_fail(lines, diag,
                              "crossing %" PRIu64 ": weight, pileup, luminosity_section or "
                              "bunch_crossing differs from its first row",
                              e->number);
    return 1;
}

static int new_entry(const struct l1t_lines *lines, struct csv *c, char *const *field,
                     uint64_t number, struct l1t_diag *diag)
{
    const struct entry *last = c->n_entries > 0 ? &c->entry[c->n_entries - 1] : NULL;
    if (last != NULL && number < last->number)
        return l1t_lines_fail(lines, diag, "crossing %" PRIu64 " after %" PRIu64 "; they ascend",
                              number, last->number);
    const uint64_t next = last != NULL ? last->number + 1 : 0;
    if (has_of_crossing(c) && number != next)
        return l1t_lines_fail(lines, diag,
                              "crossing %" PRIu64 ", expected %" PRIu64
                              ": with weights or pile-up every crossing has a row (type none if "
                              "it is empty)",
                              number, next);
    if (!grow((void **)&c->entry, &c->entries_room, c->n_entries, sizeof *c->entry))
        return l1t_lines_fail(lines, diag, "out of memory");
    struct entry *e = &c->entry[c->n_entries++];
    *e = (struct entry){.number = number, .first = c->n_objects};
    return fill_entry(lines, c, field, e, diag);
}

static int add_row(const struct l1t_lines *lines, struct csv *c, const struct l1t_gt_scales *scales,
                   char *line, struct l1t_diag *diag)
{
    char *field[L1T_CSV_COLUMNS];
    const size_t n = l1t_csv_split(line, field, L1T_CSV_COLUMNS);
    struct l1t_csv_object object;
    uint64_t number;
    if (n != c->layout.n)
        return l1t_lines_fail(lines, diag, "%zu fields, the heading has %zu", n, c->layout.n);
    const char *text = l1t_csv_field(&c->layout, field, L1T_CSV_CROSSING);
    const char *end = l1t_parse_u64(text, 0, MAX_CROSSING, &number);
    if (end == NULL || *end != '\0')
        return l1t_lines_fail(lines, diag, "crossing: '%.40s'; expected a number, 0 to %" PRIu64,
                              text, MAX_CROSSING);
    const bool same = c->n_entries > 0 && c->entry[c->n_entries - 1].number == number;
    const int status = same ? same_entry(lines, c, field, &c->entry[c->n_entries - 1], diag)
                            : new_entry(lines, c, field, number, diag);
    if (status < 0 || l1t_csv_object(lines, &c->layout, scales, field, &object, diag) < 0)
        return -1;
    if (object.type == L1T_GT_TYPES)
        return 1;
    if (c->n_objects == MAX_ROWS)
        return l1t_lines_fail(lines, diag,
                              "more than %d objects; make stores of parts of the file and join "
                              "them (l1twin sample make --store)",
                              MAX_ROWS);
    if (!grow((void **)&c->object, &c->objects_room, c->n_objects, sizeof *c->object))
        return l1t_lines_fail(lines, diag, "out of memory");
    c->object[c->n_objects++] = object;
    return 1;
}

static int read_rows(struct l1t_lines *lines, struct csv *c, const struct l1t_gt_scales *scales,
                     struct l1t_diag *diag)
{
    char *line;
    size_t length;
    bool headed = false;
    int status;
    while ((status = l1t_lines_next(lines, &line, &length, diag)) == 1) {
        if (*line == '#' || line[strspn(line, " \t")] == '\0')
            continue;
        status = headed ? add_row(lines, c, scales, line, diag)
                        : l1t_csv_heading(lines, line, &c->layout, diag);
        headed = true;
        if (status < 0)
            return -1;
    }
    if (status == 0 && c->n_entries == 0)
        return l1t_lines_fail(lines, diag,
                              "no rows; expected a heading such as "
                              "crossing,type,pt,eta,phi and a row an object");
    return status;
}

// ---- the sample ----

static enum l1t_err find_weights(struct l1t_sample *sample, const char *path, struct l1t_diag *diag)
{
    const struct csv *c = sample->data;
    double largest = 0;
    for (size_t i = 0; i < c->n_entries; i++) {
        largest = fmax(largest, fabs(c->entry[i].weight));
        sample->info.n_negative += c->entry[i].weight < 0;
        sample->info.n_zero += fabs(c->entry[i].weight) <= 0;
    }
    sample->info.weight_unit = l1t_sample_weight_unit(largest);
    return largest > 0 ? L1T_OK : l1t_fail(diag, L1T_E_INPUT, "%s: weight: all are zero", path);
}

static void add_digest(const struct csv *c, struct l1t_digest *digest)
{
    for (size_t i = 0; i < c->n_entries; i++) {
        const struct entry *e = &c->entry[i];
        const double of[6] = {(double)e->number, (double)e->first,   e->weight,
                              e->pileup,         (double)e->section, e->bunch};
        l1t_digest_add(digest, "crossing", of, sizeof of);
    }
    // One by one: what lies between their members is nobody's.
    for (size_t i = 0; i < c->n_objects; i++) {
        const struct l1t_gt_object *o = &c->object[i].object;
        const int32_t of[11] = {c->object[i].type, o->et,  o->eta, o->phi,    o->upt,      o->index,
                                o->quality,        o->iso, o->ip,  o->charge, o->displaced};
        l1t_digest_add(digest, "object", of, sizeof of);
    }
}

static enum l1t_err open_csv(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                             struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct l1t_lines *lines = NULL;
    struct csv *c = calloc(1, sizeof *c);
    sample->data = c;
    if (c == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", spec->path);
    if (spec->scales == NULL)
        return l1t_fail(diag, L1T_E_INPUT, "%s: CSV needs a menu's scales", spec->path);
    enum l1t_err err = l1t_lines_open(spec->path, MAX_LINE, &lines, diag);
    if (err == L1T_OK && read_rows(lines, c, spec->scales, diag) < 0)
        err = L1T_E_INPUT;
    l1t_lines_close(lines);
    if (err != L1T_OK || c->entry == NULL)
        return err;
    sample->info.n = c->entry[c->n_entries - 1].number + 1;
    sample->info.has_weight = has(c, L1T_CSV_WEIGHT);
    sample->info.has_pileup = has(c, L1T_CSV_PILEUP);
    sample->info.has_section = has(c, L1T_CSV_SECTION);
    sample->info.has_crossing = has(c, L1T_CSV_BUNCH);
    if (sample->info.has_weight)
        err = find_weights(sample, spec->path, diag);
    add_digest(c, digest);
    return err;
}

static void close_csv(struct l1t_sample *sample)
{
    struct csv *c = sample->data;
    if (c != NULL) {
        free(c->entry);
        free(c->object);
    }
    free(c);
}

static enum l1t_err open_reader(struct l1t_sample_reader *reader, struct l1t_diag *diag)
{
    reader->data = calloc(1, sizeof(struct reader));
    return reader->data != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
}

static void close_reader(struct l1t_sample_reader *reader)
{
    free(reader->data);
}

// ---- crossings ----

// The first entry at or after a crossing.
static size_t find(const struct csv *c, uint64_t number)
{
    size_t low = 0, high = c->n_entries;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->entry[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Highest first, as the links have them; what finds no slot is the lowest, and dropped.
static void put(struct l1t_gt_event *event, const struct l1t_csv_object *object,
                unsigned count[L1T_GT_TYPES])
{
    const unsigned slots = l1t_gt_type_slots[object->type];
    struct l1t_gt_object *to = &event->object[l1t_gt_first_slot[object->type]];
    unsigned at = 0, *n = &count[object->type];
    while (at < *n && to[at].et >= object->object.et)
        at++;
    if (at == slots)
        return;
    *n += *n < slots;
    memmove(&to[at + 1], &to[at], (*n - at - 1) * sizeof *to);
    to[at] = object->object;
}

static enum l1t_err read_events(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                struct l1t_gt_event *event, struct l1t_diag *diag)
{
    const struct csv *c = reader->sample->data;
    struct reader *r = reader->data;
    (void)diag;
    for (size_t i = 0; i < r->n_filled; i++)
        *r->filled[i] = reader->sample->empty;
    r->n_filled = 0;
    for (size_t i = find(c, first); i < c->n_entries && c->entry[i].number - first < n; i++) {
        const size_t end = i + 1 < c->n_entries ? c->entry[i + 1].first : c->n_objects;
        unsigned count[L1T_GT_TYPES] = {0};
        struct l1t_gt_event *const to = &event[c->entry[i].number - first];
        r->filled[r->n_filled++] = to;
        for (size_t k = c->entry[i].first; k < end; k++)
            put(to, &c->object[k], count);
    }
    return L1T_OK;
}

// When there are such columns, entry i is crossing i.
static enum l1t_err read_columns(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                 struct l1t_diag *diag)
{
    const struct csv *c = reader->sample->data;
    const struct l1t_sample_info *info = &reader->sample->info;
    (void)diag;
    if (!has_of_crossing(c))
        return L1T_OK;
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &c->entry[first + i];
        reader->weight[i] = llrint(e->weight / info->weight_unit);
        reader->pileup[i] = e->pileup;
        reader->section[i] = e->section;
        reader->crossing[i] = e->bunch;
    }
    return L1T_OK;
}

const struct l1t_sample_ops l1t_sample_csv = {
    .origin = "CSV",
    .open = open_csv,
    .close = close_csv,
    .reader_open = open_reader,
    .reader_close = close_reader,
    .events = read_events,
    .columns = read_columns,
};
