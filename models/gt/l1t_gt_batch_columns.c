// SPDX-License-Identifier: Apache-2.0
// Crossings to columns: only those that a plan asks for. From link words the same numbers come out
// as from l1t_gt_decode, field by field for a slot of all crossings, so that the loops are vector
// code. Externals and signals become one mask a channel.
//
// Source: docs/gt.md, "Events"
#include "../l1t_formats.h"
#include "l1t_gt_batch_internal.h"

enum { MARGIN = L1T_GT_BX_REACH * L1T_GT_LANES, CALO_TURN = 144, MUON_TURN = 576 };

// Which rows of a column are filled.
struct rows {
    unsigned first, end;
};

static struct rows rows_of(const struct l1t_gt_plan *plan, unsigned type)
{
    return plan->margins[type] ? (struct rows){0, L1T_GT_ROWS + 2 * L1T_GT_BX_REACH}
                               : (struct rows){L1T_GT_BX_REACH, L1T_GT_ROWS + L1T_GT_BX_REACH};
}

static uint16_t *column_of(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                           unsigned type, unsigned field, unsigned slot)
{
    return space->column + ((size_t)plan->column[type][field] + slot) * L1T_GT_COLUMN;
}

// ---- from words ----

// A field of the objects of a type: bits of a 32-bit half word of struct l1t_gt_words.
struct word_field {
    uint8_t type, field;
    uint16_t offset, stride; // bytes
    uint8_t lsb, width;
    bool is_signed;
    uint16_t turn; // codes from here on are one turn too far; 0: no angle
};

#define OF_BITS(type, field, member, stride, lsb, width, is_signed, turn)                          \
    {                                                                                              \
        L1T_GT_##type, L1T_GT_##field,                                                             \
            offsetof(struct l1t_gt_words, member) + (lsb) / 32 * sizeof(uint32_t), stride,         \
            (lsb) % 32, width, is_signed, turn                                                     \
    }
#define OF(type, field, member, stride, word, name, is_signed, turn)                               \
    OF_BITS(type, field, member, stride, l1t_##word##_##name##_lsb, l1t_##word##_##name##_width,   \
            is_signed, turn)

// In order of types and, within, of half words.
static const struct word_field word_fields[] = {
    OF(MU, ET, muon, 8, muon_gt, pt, false, 0),
    OF(MU, ETA, muon, 8, muon_gt, eta_vtx, true, 0),
    OF(MU, PHI, muon, 8, muon_gt, phi_vtx, false, MUON_TURN),
    OF(MU, QUALITY, muon, 8, muon_gt, quality, false, 0),
    OF(MU, UPT, muon, 8, muon_gt, pt_u, false, 0),
    OF(MU, INDEX, muon, 8, muon_gt, index, false, 0),
    OF(MU, ISO, muon, 8, muon_gt, iso, false, 0),
    OF(MU, IP, muon, 8, muon_gt, dxy, false, 0),
    // Sign and its validity lie side by side and are one field, as in struct l1t_gt_object.
    OF_BITS(MU, CHARGE, muon, 8, l1t_muon_gt_sign_lsb, 2, false, 0),
    OF(EG, ET, egamma, 4, egamma_gt, et, false, 0),
    OF(EG, ETA, egamma, 4, egamma_gt, eta, true, 0),
    OF(EG, PHI, egamma, 4, egamma_gt, phi, false, CALO_TURN),
    OF(EG, ISO, egamma, 4, egamma_gt, iso, false, 0),
    OF(TAU, ET, tau, 4, tau_gt, et, false, 0),
    OF(TAU, ETA, tau, 4, tau_gt, eta, true, 0),
    OF(TAU, PHI, tau, 4, tau_gt, phi, false, CALO_TURN),
    OF(TAU, ISO, tau, 4, tau_gt, iso, false, 0),
    OF(JET, ET, jet, 4, jet_gt_run3, et, false, 0),
    OF(JET, ETA, jet, 4, jet_gt_run3, eta, true, 0),
    OF(JET, PHI, jet, 4, jet_gt_run3, phi, false, CALO_TURN),
    OF(JET, DISPLACED, jet, 4, jet_gt_run3, displaced, false, 0),
    OF(ETT, ET, sum[0], 4, sum_et_gt, et, false, 0),
    OF(ETTEM, ET, sum[0], 4, sum_et_gt, em, false, 0),
    OF(HTT, ET, sum[1], 4, sum_ht_gt, et, false, 0),
    OF(ETM, ET, sum[2], 4, sum_met_gt, et, false, 0),
    OF(ETM, PHI, sum[2], 4, sum_met_gt, phi, false, CALO_TURN),
    OF(HTM, ET, sum[3], 4, sum_mht_gt, et, false, 0),
    OF(HTM, PHI, sum[3], 4, sum_mht_gt, phi, false, CALO_TURN),
    OF(ETMHF, ET, sum[4], 4, sum_methf_gt, et, false, 0),
    OF(ETMHF, PHI, sum[4], 4, sum_methf_gt, phi, false, CALO_TURN),
    OF(HTMHF, ET, sum[5], 4, sum_mhthf_gt, et, false, 0),
    OF(HTMHF, PHI, sum[5], 4, sum_mhthf_gt, phi, false, CALO_TURN),
    // The hardware compares 12 of its 13 bits.
    OF_BITS(TOWERCOUNT, ET, sum[1], 4, l1t_sum_ht_gt_towers_lsb, 12, false, 0),
    OF(ASYMET, ET, sum[2], 4, sum_met_gt, asymmetry, false, 0),
    OF(ASYMHT, ET, sum[3], 4, sum_mht_gt, asymmetry, false, 0),
    OF(ASYMETHF, ET, sum[4], 4, sum_methf_gt, asymmetry, false, 0),
    OF(ASYMHTHF, ET, sum[5], 4, sum_mhthf_gt, asymmetry, false, 0),
    OF(MBT0HFP, ET, sum[0], 4, sum_et_gt, mb0_plus, false, 0),
    OF(MBT0HFM, ET, sum[1], 4, sum_ht_gt, mb0_minus, false, 0),
    OF(MBT1HFP, ET, sum[2], 4, sum_met_gt, mb1_plus, false, 0),
    OF(MBT1HFM, ET, sum[3], 4, sum_mht_gt, mb1_minus, false, 0),
    OF(ZDCP, ET, link11[0], 4, link11_gt, zdc_plus, false, 0),
    OF(ZDCM, ET, link11[1], 4, link11_gt, zdc_minus, false, 0),
};

_Static_assert((int)l1t_muon_gt_sign_valid_lsb == (int)l1t_muon_gt_sign_lsb + 1,
               "charge: two bits side by side");

enum { AT_ONCE = 4 }; // slots that are gathered together: they share cache lines

// One half word of n neighbouring slots of all crossings, in the order of columns. Crossings are
// read in their order, which memory likes.
__attribute__((always_inline)) static inline void
gather(const struct l1t_gt_words *const crossing[L1T_GT_FILL], size_t offset, size_t stride,
       unsigned n, struct rows rows, uint32_t raw[AT_ONCE][L1T_GT_COLUMN])
{
    for (unsigned lane = 0; lane < L1T_GT_LANES; lane++)
        for (unsigned row = rows.first; row < rows.end; row++) {
            const unsigned char *from = (const void *)crossing[lane * L1T_GT_ROWS + row];
            for (unsigned k = 0; k < n; k++)
                memcpy(&raw[k][row * L1T_GT_LANES + lane], from + offset + k * stride,
                       sizeof **raw);
        }
}

// All slots of a type have a number of slots that four divides, or one.
static void gather_slots(const struct l1t_gt_words *const crossing[L1T_GT_FILL], size_t offset,
                         size_t stride, unsigned n, struct rows rows,
                         uint32_t raw[AT_ONCE][L1T_GT_COLUMN])
{
    if (n == AT_ONCE)
        gather(crossing, offset, stride, AT_ONCE, rows, raw);
    else
        gather(crossing, offset, stride, 1, rows, raw);
}

// A constant sign or turn of 0 leaves nothing of them.
__attribute__((always_inline)) static inline void extract(const uint32_t *restrict raw, size_t n,
                                                          unsigned lsb, uint32_t mask,
                                                          uint32_t sign, uint32_t turn,
                                                          uint16_t *restrict to)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t code = (((raw[i] >> lsb) & mask) ^ sign) - sign;
        to[i] = (uint16_t)(code - (turn > 0 && code >= turn ? turn : 0));
    }
}

// Not static: a cloned function needs a symbol of its own.
void l1t_gt_batch_extract(const uint32_t *restrict raw, size_t n, unsigned lsb, unsigned width,
                          bool is_signed, unsigned turn, uint16_t *restrict to);
L1T_TARGET_CLONES void l1t_gt_batch_extract(const uint32_t *restrict raw, size_t n, unsigned lsb,
                                            unsigned width, bool is_signed, unsigned turn,
                                            uint16_t *restrict to)
{
    const uint32_t mask = (UINT32_C(1) << width) - 1;
    if (is_signed) // none of these is an angle around the beam
        extract(raw, n, lsb, mask, UINT32_C(1) << (width - 1), 0, to);
    else if (turn > 0)
        extract(raw, n, lsb, mask, 0, turn, to);
    else
        extract(raw, n, lsb, mask, 0, 0, to);
}

bool l1t_gt_batch_any(const uint32_t *restrict raw, size_t n);
L1T_TARGET_CLONES bool l1t_gt_batch_any(const uint32_t *restrict raw, size_t n)
{
    uint32_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= raw[i];
    return any != 0;
}

static void mark_used(const struct l1t_gt_space *space, unsigned type, unsigned slot)
{
    if (slot >= space->used[type])
        space->used[type] = (uint8_t)(slot + 1);
}

// The n fields that one half word carries.
static void fill_half(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                      const struct l1t_gt_words *const crossing[L1T_GT_FILL],
                      const struct word_field *fields, size_t n)
{
    uint32_t raw[AT_ONCE][L1T_GT_COLUMN];
    const unsigned type = fields->type, slots = l1t_gt_type_slots[type];
    const unsigned at_once = slots % AT_ONCE == 0 ? AT_ONCE : 1;
    const struct rows rows = rows_of(plan, type);
    const size_t first = (size_t)rows.first * L1T_GT_LANES;
    const size_t count = (size_t)(rows.end - rows.first) * L1T_GT_LANES;
    bool wanted = false;
    for (size_t i = 0; i < n; i++)
        wanted = wanted || plan->column[type][fields[i].field] != L1T_GT_NO_COLUMN;
    for (unsigned slot = 0; wanted && slot < slots; slot++) {
        const unsigned k = slot % at_once;
        if (k == 0)
            gather_slots(crossing, fields->offset + (size_t)slot * fields->stride, fields->stride,
                         at_once, rows, raw);
        if (l1t_gt_batch_any(raw[k] + first, count))
            mark_used(space, type, slot);
        for (size_t i = 0; i < n; i++)
            if (plan->column[type][fields[i].field] != L1T_GT_NO_COLUMN)
                l1t_gt_batch_extract(raw[k] + first, count, fields[i].lsb, fields[i].width,
                                     fields[i].is_signed, fields[i].turn,
                                     column_of(plan, space, type, fields[i].field, slot) + first);
    }
}

// Columns of what a type has not.
static void fill_absent(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space)
{
    bool has[L1T_GT_TYPES][L1T_GT_FIELDS] = {{false}};
    for (size_t i = 0; i < sizeof word_fields / sizeof *word_fields; i++)
        has[word_fields[i].type][word_fields[i].field] = true;
    has[L1T_GT_CICADA][L1T_GT_ET] = true;
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        for (unsigned field = 0; field < L1T_GT_FIELDS; field++)
            if (plan->column[type][field] != L1T_GT_NO_COLUMN && !has[type][field])
                memset(column_of(plan, space, type, field, 0), 0,
                       (size_t)l1t_gt_type_slots[type] * L1T_GT_COLUMN * sizeof *space->column);
}

// Anomaly score: four words carry a digit each.
static void fill_score(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                       const struct l1t_gt_words *const crossing[L1T_GT_FILL])
{
    if (plan->column[L1T_GT_CICADA][L1T_GT_ET] == L1T_GT_NO_COLUMN)
        return;
    uint32_t raw[AT_ONCE][L1T_GT_COLUMN];
    const struct rows rows = rows_of(plan, L1T_GT_CICADA);
    uint16_t *column = column_of(plan, space, L1T_GT_CICADA, L1T_GT_ET, 0);
    memset(column, 0, L1T_GT_COLUMN * sizeof *column);
    gather_slots(crossing, offsetof(struct l1t_gt_words, link11), sizeof **raw, AT_ONCE, rows, raw);
    for (unsigned digit = 0; digit < AT_ONCE; digit++)
        for (unsigned i = rows.first * L1T_GT_LANES; i < rows.end * L1T_GT_LANES; i++)
            column[i] = (uint16_t)(column[i] << 4 | l1t_link11_gt_score(raw[digit][i]));
    space->used[L1T_GT_CICADA] = 1;
}

static uint32_t signals_of(const struct l1t_gt_words *words)
{
    static const struct {
        uint8_t slot, signal;
    } shower[] = {{0, L1T_GT_MUS0},
                  {2, L1T_GT_MUS1},
                  {3, L1T_GT_MUS2},
                  {4, L1T_GT_MUSOOT0},
                  {6, L1T_GT_MUSOOT1}};
    uint32_t signals = (uint32_t)(l1t_sum_methf_gt_centrality(words->sum[4]) |
                                  l1t_sum_mhthf_gt_centrality(words->sum[5]) << 4)
                       << L1T_GT_CENT0;
    for (size_t i = 0; i < sizeof shower / sizeof *shower; i++)
        signals |= (uint32_t)l1t_muon_gt_shower(words->muon[shower[i].slot]) << shower[i].signal;
    return signals;
}

// ---- planes of single bits ----

// Row r, bit c to row c, bit r.
static void transpose(uint64_t bits[64])
{
    uint64_t mask = UINT32_MAX;
    for (unsigned j = 32; j != 0; j >>= 1, mask ^= mask << j)
        for (unsigned k = 0; k < 64; k = ((k | j) + 1) & ~j) {
            const uint64_t swap = ((bits[k] >> j) ^ bits[k | j]) & mask;
            bits[k] ^= swap << j;
            bits[k | j] ^= swap;
        }
}

// word[i]: 64 channels of crossing i - 2.
static void fill_planes(const struct l1t_gt_space *space, unsigned w,
                        const uint64_t word[L1T_GT_FILL])
{
    uint64_t(*plane)[L1T_GT_PLANE_WORDS] = &space->plane[(size_t)w * 64];
    for (unsigned block = 0; block < L1T_GT_PLANE_WORDS; block++) {
        uint64_t bits[64];
        for (unsigned i = 0; i < 64; i++) {
            const unsigned at = block * 64 + i - 64 + L1T_GT_BX_REACH; // wraps below the first
            bits[i] = at < L1T_GT_FILL ? word[at] : 0;
        }
        transpose(bits);
        for (unsigned c = 0; c < 64; c++)
            plane[c][block] = bits[c];
    }
}

// Crossings are gathered piece by piece; most of the waiting for memory is done here.
static void fetch(const struct l1t_gt_words *const crossing[L1T_GT_FILL])
{
    enum { LINE = 64 };
    for (unsigned i = 0; i < L1T_GT_FILL; i++)
        for (size_t at = 0; at < sizeof **crossing; at += LINE)
            __builtin_prefetch((const unsigned char *)crossing[i] + at);
}

void l1t_gt_batch_fill_words(const struct l1t_gt_plan *plan,
                             const struct l1t_gt_words *const crossing[L1T_GT_FILL], void *memory)
{
    struct l1t_gt_space space;
    l1t_gt_divide(plan, memory, &space);
    memset(space.used, 0, L1T_GT_TYPES);
    fetch(crossing);
    for (size_t i = 0, n = 0; i < sizeof word_fields / sizeof *word_fields; i += n) {
        const struct word_field *from = &word_fields[i];
        n = 1;
        while (i + n < sizeof word_fields / sizeof *word_fields && from[n].type == from->type &&
               from[n].offset == from->offset)
            n++;
        fill_half(plan, &space, crossing, from, n);
    }
    fill_absent(plan, &space);
    fill_score(plan, &space, crossing);
    for (unsigned w = 0; w < L1T_GT_PLANES / 64; w++) {
        uint64_t word[L1T_GT_FILL];
        if (!plan->plane_words[w])
            continue;
        for (unsigned i = 0; i < L1T_GT_FILL; i++)
            word[i] =
                w < L1T_GT_EXTERNALS / 64 ? crossing[i]->external[w] : signals_of(crossing[i]);
        fill_planes(&space, w, word);
    }
}

// ---- from decoded events ----

static uint16_t field_of(const struct l1t_gt_object *object, unsigned field)
{
    switch (field) {
    case L1T_GT_ET:
        return object->et;
    case L1T_GT_ETA:
        return (uint16_t)object->eta;
    case L1T_GT_PHI:
        return object->phi;
    case L1T_GT_UPT:
        return object->upt;
    case L1T_GT_INDEX:
        return object->index;
    case L1T_GT_QUALITY:
        return object->quality;
    case L1T_GT_ISO:
        return object->iso;
    case L1T_GT_IP:
        return object->ip;
    case L1T_GT_CHARGE:
        return object->charge;
    default:
        return object->displaced;
    }
}

static void fill_slot(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                      const struct l1t_gt_event *const crossing[L1T_GT_FILL], unsigned type,
                      unsigned field, unsigned slot)
{
    const struct rows rows = rows_of(plan, type);
    uint16_t *column = column_of(plan, space, type, field, slot);
    const unsigned at = l1t_gt_first_slot[type] + slot;
    unsigned any = 0;
    for (unsigned row = rows.first; row < rows.end; row++)
        for (unsigned lane = 0; lane < L1T_GT_LANES; lane++) {
            const struct l1t_gt_event *event = crossing[lane * L1T_GT_ROWS + row];
            const uint16_t code = field_of(&event->object[at], field);
            column[row * L1T_GT_LANES + lane] = code;
            any |= code;
        }
    if (any != 0)
        mark_used(space, type, slot);
}

void l1t_gt_batch_fill_events(const struct l1t_gt_plan *plan,
                              const struct l1t_gt_event *const crossing[L1T_GT_FILL], void *memory)
{
    struct l1t_gt_space space;
    l1t_gt_divide(plan, memory, &space);
    memset(space.used, 0, L1T_GT_TYPES);
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        for (unsigned field = 0; field < L1T_GT_FIELDS; field++)
            for (unsigned slot = 0; slot < l1t_gt_type_slots[type]; slot++)
                if (plan->column[type][field] != L1T_GT_NO_COLUMN)
                    fill_slot(plan, &space, crossing, type, field, slot);
    for (unsigned w = 0; w < L1T_GT_PLANES / 64; w++) {
        uint64_t word[L1T_GT_FILL];
        if (!plan->plane_words[w])
            continue;
        for (unsigned i = 0; i < L1T_GT_FILL; i++)
            word[i] = w < L1T_GT_EXTERNALS / 64 ? crossing[i]->external[w] : crossing[i]->signal;
        fill_planes(&space, w, word);
    }
}
