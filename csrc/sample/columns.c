// SPDX-License-Identifier: GPL-3.0-or-later
#include "columns.h"

#include <string.h>

// ---- the table ----

#define AT(member) offsetof(struct l1t_gt_object, member)
#define GEV        "GeV"
#define RAD        "rad"
#define U8         L1T_STORE_U8
#define U16        L1T_STORE_U16
#define I16        L1T_STORE_I16
#define I8         L1T_STORE_I8

// What calorimeter objects have in common.
#define CALO(T, name, et_max)                                                                      \
    {L1T_GT_##T, name, "et", U16, 0, et_max, AT(et), #T, "ET", GEV},                               \
        {L1T_GT_##T, name, "eta", I8, -128, 127, AT(eta), #T, "ETA", ""},                          \
    {                                                                                              \
        L1T_GT_##T, name, "phi", U8, 0, 143, AT(phi), #T, "PHI", RAD                               \
    }
#define SUM(T, name)                                                                               \
    {                                                                                              \
        L1T_GT_##T, name, "et", U16, 0, 4095, AT(et), #T, "ET", GEV                                \
    }
#define VECTOR(T, name)                                                                            \
    SUM(T, name),                                                                                  \
    {                                                                                              \
        L1T_GT_##T, name, "phi", U8, 0, 143, AT(phi), #T, "PHI", RAD                               \
    }
#define NUMBER(T, name, field, number, max, scale)                                                 \
    {                                                                                              \
        L1T_GT_##T, name, field, number, 0, max, AT(et), #T, scale, ""                             \
    }

const struct l1t_store_column l1t_store_column[L1T_STORE_COLUMNS] = {
    {L1T_GT_MU, "muon", "pt", U16, 0, 511, AT(et), "MU", "ET", GEV},
    {L1T_GT_MU, "muon", "eta", I16, -256, 255, AT(eta), "MU", "ETA", ""},
    {L1T_GT_MU, "muon", "phi", U16, 0, 575, AT(phi), "MU", "PHI", RAD},
    {L1T_GT_MU, "muon", "upt", U8, 0, 255, AT(upt), "MU", "UPT", GEV},
    {L1T_GT_MU, "muon", "index", U8, 0, 127, AT(index), NULL, NULL, ""},
    {L1T_GT_MU, "muon", "quality", U8, 0, 15, AT(quality), NULL, NULL, ""},
    {L1T_GT_MU, "muon", "iso", U8, 0, 3, AT(iso), NULL, NULL, ""},
    {L1T_GT_MU, "muon", "ip", U8, 0, 3, AT(ip), NULL, NULL, ""},
    {L1T_GT_MU, "muon", "charge", U8, 0, 3, AT(charge), NULL, NULL, ""},
    CALO(EG, "egamma", 511),
    {L1T_GT_EG, "egamma", "iso", U8, 0, 3, AT(iso), NULL, NULL, ""},
    CALO(TAU, "tau", 511),
    {L1T_GT_TAU, "tau", "iso", U8, 0, 3, AT(iso), NULL, NULL, ""},
    CALO(JET, "jet", 2047),
    {L1T_GT_JET, "jet", "displaced", U8, 0, 1, AT(displaced), NULL, NULL, ""},
    SUM(ETT, "ett"),
    SUM(ETTEM, "ettem"),
    SUM(HTT, "htt"),
    VECTOR(ETM, "etm"),
    VECTOR(HTM, "htm"),
    VECTOR(ETMHF, "etmhf"),
    VECTOR(HTMHF, "htmhf"),
    NUMBER(TOWERCOUNT, "towercount", "count", U16, 4095, "COUNT"),
    NUMBER(ASYMET, "asymet", "count", U8, 255, "COUNT"),
    NUMBER(ASYMHT, "asymht", "count", U8, 255, "COUNT"),
    NUMBER(ASYMETHF, "asymethf", "count", U8, 255, "COUNT"),
    NUMBER(ASYMHTHF, "asymhthf", "count", U8, 255, "COUNT"),
    NUMBER(MBT0HFP, "mbt0hfp", "count", U8, 15, "COUNT"),
    NUMBER(MBT0HFM, "mbt0hfm", "count", U8, 15, "COUNT"),
    NUMBER(MBT1HFP, "mbt1hfp", "count", U8, 15, "COUNT"),
    NUMBER(MBT1HFM, "mbt1hfm", "count", U8, 15, "COUNT"),
    NUMBER(ZDCP, "zdcp", "count", U16, 1023, "COUNT"),
    NUMBER(ZDCM, "zdcm", "count", U16, 1023, "COUNT"),
    NUMBER(CICADA, "cicada", "score", U16, 65535, "CSCORE"),
};

const char *const l1t_store_group[L1T_GT_TYPES] = {
    "muon",    "egamma",  "tau",     "jet",        "ett",    "ettem",  "htt",      "etm",
    "htm",     "etmhf",   "htmhf",   "towercount", "asymet", "asymht", "asymethf", "asymhthf",
    "mbt0hfp", "mbt0hfm", "mbt1hfp", "mbt1hfm",    "zdcp",   "zdcm",   "cicada"};

// ---- columns from and to events ----

enum { STRIDE = sizeof(struct l1t_gt_object) };

// Members are two bytes (et, eta, phi) or one, columns too; a narrow column widens by its sign.
enum way { BYTES, WORDS, WIDEN, WIDEN_SIGNED };

static enum way way_of(const struct l1t_store_column *c)
{
    const bool wide = c->offset < AT(upt);
    if (l1t_store_size(c->number) == 2)
        return WORDS;
    return !wide ? BYTES : c->number == L1T_STORE_I8 ? WIDEN_SIGNED : WIDEN;
}

// The member of an event's first object of the type.
static const char *from_object(const struct l1t_store_column *c, const struct l1t_gt_event *event)
{
    return (const char *)&event->object[l1t_gt_first_slot[c->type]] + c->offset;
}

static char *to_object(const struct l1t_store_column *c, struct l1t_gt_event *event)
{
    return (char *)&event->object[l1t_gt_first_slot[c->type]] + c->offset;
}

void l1t_store_get(const struct l1t_store_column *column, const struct l1t_gt_event *event,
                   size_t n, void *to)
{
    const enum way way = way_of(column);
    const unsigned slots = l1t_gt_type_slots[column->type];
    uint8_t *narrow = to;
    uint16_t *words = to;
    for (size_t i = 0; i < n; i++) {
        const char *object = from_object(column, &event[i]);
        for (unsigned s = 0; s < slots; s++, object += STRIDE)
            if (way == BYTES)
                *narrow++ = *(const uint8_t *)object;
            else if (way == WORDS)
                *words++ = *(const uint16_t *)(const void *)object;
            else
                *narrow++ = (uint8_t)(*(const uint16_t *)(const void *)object & 0xff);
    }
}

// Inlined with a constant way.
static inline void put(const struct l1t_store_column *column, const void *from,
                       struct l1t_gt_event *event, size_t n, enum way way)
{
    const unsigned slots = l1t_gt_type_slots[column->type];
    const uint8_t *bytes = from;
    const uint16_t *words = from;
    for (size_t i = 0; i < n; i++) {
        char *object = to_object(column, &event[i]);
        for (unsigned s = 0; s < slots; s++, object += STRIDE)
            if (way == BYTES)
                *(uint8_t *)object = *bytes++;
            else if (way == WORDS)
                *(uint16_t *)(void *)object = *words++;
            else if (way == WIDEN)
                *(uint16_t *)(void *)object = *bytes++;
            else
                *(int16_t *)(void *)object = (int16_t)((*bytes++ ^ 0x80) - 0x80);
    }
}

static void put_column(const struct l1t_store_column *column, const void *from,
                       struct l1t_gt_event *event, size_t n)
{
    switch (way_of(column)) {
    case BYTES:
        put(column, from, event, n, BYTES);
        return;
    case WORDS:
        put(column, from, event, n, WORDS);
        return;
    case WIDEN:
        put(column, from, event, n, WIDEN);
        return;
    case WIDEN_SIGNED:
        put(column, from, event, n, WIDEN_SIGNED);
        return;
    }
}

// ---- the types of many slots, all members of an object at once ----

_Static_assert(STRIDE == 14 && AT(et) == 0 && AT(eta) == 2 && AT(phi) == 4 && AT(upt) == 6 &&
                   AT(quality) == 8 && AT(iso) == 9 && AT(ip) == 10 && AT(charge) == 11 &&
                   AT(displaced) == 12,
               "an object is written as two words that overlap");

// Bytes 0..7 and 6..13: least significant first, as everything in a store.
static inline void write_object(char *object, uint64_t low, uint64_t high)
{
    high = high << 16 | low >> 48;
    memcpy(object, &low, sizeof low);
    memcpy(object + 6, &high, sizeof high);
}

// The fourth column, at bit `shift` of bytes 8..13: isolation, or of jets displaced.
static inline void put_calos(const struct l1t_store_rows *rows, struct l1t_gt_event *event,
                             size_t n, unsigned first, unsigned shift)
{
    const uint16_t *et = rows[0].values;
    const int8_t *eta = rows[1].values;
    const uint8_t *phi = rows[2].values, *flag = rows[3].values;
    for (size_t i = 0; i < n; i++) {
        char *object = (char *)&event[i].object[first];
        for (unsigned s = 0; s < L1T_GT_CALOS; s++, object += STRIDE) {
            const uint64_t wide = (uint64_t)*eta++ & 0xffff;
            const uint64_t low = (uint64_t)*et++ | wide << 16 | (uint64_t)*phi++ << 32;
            write_object(object, low, (uint64_t)*flag++ << shift);
        }
    }
}

static bool no_muon(const struct l1t_store_rows *rows, size_t i)
{
    uint64_t any = 0, word[2];
    for (unsigned c = 0; c < L1T_STORE_MUON_COLUMNS; c++) {
        const char *at = rows[c].values;
        if (c < 3) { // two bytes a slot
            memcpy(word, at + i * sizeof word, sizeof word);
            any |= word[0] | word[1];
        } else {
            memcpy(word, at + i * sizeof *word, sizeof *word);
            any |= word[0];
        }
    }
    return any == 0;
}

static void put_muons(const struct l1t_store_rows *rows, struct l1t_gt_event *event, size_t n)
{
    const uint16_t *pt = rows[0].values, *eta = rows[1].values, *phi = rows[2].values;
    const uint8_t *byte[L1T_STORE_MUON_COLUMNS];
    for (unsigned c = 3; c < L1T_STORE_MUON_COLUMNS; c++)
        byte[c] = rows[c].values;
    for (size_t i = 0; i < n; i++) {
        char *object = (char *)&event[i].object[L1T_GT_FIRST_MU];
        if (no_muon(rows, i)) { // mostly
            memset(object, 0, (size_t)L1T_GT_MUONS * STRIDE);
            continue;
        }
        for (size_t k = i * L1T_GT_MUONS; k < (i + 1) * L1T_GT_MUONS; k++, object += STRIDE) {
            const uint64_t low = pt[k] | (uint64_t)eta[k] << 16 | (uint64_t)phi[k] << 32 |
                                 (uint64_t)byte[3][k] << 48 | (uint64_t)byte[4][k] << 56;
            const uint64_t high = byte[5][k] | (uint64_t)byte[6][k] << 8 |
                                  (uint64_t)byte[7][k] << 16 | (uint64_t)byte[8][k] << 24;
            write_object(object, low, high);
        }
    }
}

void l1t_store_put(const struct l1t_store_rows *rows, size_t n_rows, struct l1t_gt_event *event,
                   size_t n)
{
    for (size_t c = 0; c < n_rows;) {
        const enum l1t_gt_type type = rows[c].column->type;
        if (type == L1T_GT_MU) {
            put_muons(&rows[c], event, n);
            c += L1T_STORE_MUON_COLUMNS;
        } else if (type == L1T_GT_EG || type == L1T_GT_TAU) {
            put_calos(&rows[c], event, n, l1t_gt_first_slot[type], 8);
            c += L1T_STORE_CALO_COLUMNS;
        } else if (type == L1T_GT_JET) {
            put_calos(&rows[c], event, n, L1T_GT_FIRST_JET, 32);
            c += L1T_STORE_CALO_COLUMNS;
        } else {
            put_column(rows[c].column, rows[c].values, event, n);
            c++;
        }
    }
}

bool l1t_store_fits(const struct l1t_store_column *column, const struct l1t_gt_event *event)
{
    const char *object = from_object(column, event);
    for (unsigned s = 0; s < l1t_gt_type_slots[column->type]; s++, object += STRIDE) {
        const int value = column->offset >= AT(upt)   ? *(const uint8_t *)object
                          : column->offset == AT(eta) ? *(const int16_t *)(const void *)object
                                                      : *(const uint16_t *)(const void *)object;
        if (value < column->minimum || value > column->maximum)
            return false;
    }
    return true;
}

// ---- ranges ----

int l1t_store_value(const struct l1t_store_column *column, const void *values, size_t at)
{
    switch (column->number) {
    case L1T_STORE_U8:
        return ((const uint8_t *)values)[at];
    case L1T_STORE_I8:
        return ((const int8_t *)values)[at];
    case L1T_STORE_U16:
        return ((const uint16_t *)values)[at];
    default:
        return ((const int16_t *)values)[at];
    }
}

// Extremes in loops that the compiler makes vectors of; the place is looked for only when needed.
static bool all_inside(const struct l1t_store_column *c, const void *values, size_t count)
{
    const uint8_t *u8 = values;
    const uint16_t *u16 = values;
    const int16_t *i16 = values;
    uint8_t high8 = 0;
    uint16_t high16 = 0;
    int16_t low = 0, high = 0;
    switch (c->number) {
    case L1T_STORE_I8:
        return true; // every code is legal
    case L1T_STORE_U8:
        for (size_t i = 0; i < count; i++)
            high8 = u8[i] > high8 ? u8[i] : high8;
        return high8 <= c->maximum;
    case L1T_STORE_U16:
        for (size_t i = 0; i < count; i++)
            high16 = u16[i] > high16 ? u16[i] : high16;
        return high16 <= c->maximum;
    default:
        for (size_t i = 0; i < count; i++) {
            low = i16[i] < low ? i16[i] : low;
            high = i16[i] > high ? i16[i] : high;
        }
        return low >= c->minimum && high <= c->maximum;
    }
}

size_t l1t_store_outside(const struct l1t_store_column *column, const void *values, size_t count)
{
    size_t i = 0;
    if (all_inside(column, values, count))
        return count;
    while (i < count && l1t_store_value(column, values, i) >= column->minimum &&
           l1t_store_value(column, values, i) <= column->maximum)
        i++;
    return i;
}
