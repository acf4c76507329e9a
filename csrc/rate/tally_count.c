// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Counting bits by position and pairs of bits, a block at a time. Adders of carry-save form take
 * three words of one weight to one of it and one of twice it (Harley and Seal); what they leave are
 * counters with one bit in each word.
 */
#include "tally_internal.h"

#include "l1t/sample.h"
#include "l1t_target_clones.h"

#include <string.h>

// 512 bits, in as many registers as the machine needs; words of the caller lie anywhere.
typedef uint64_t vector __attribute__((vector_size(64)));
typedef uint64_t loose __attribute__((vector_size(64), aligned(8), may_alias));

enum { PLANES = 16 };

#define CARRY_SAVE(high, low, a, b, c)                                                             \
    do {                                                                                           \
        const vector half_ = (a) ^ (b), c_ = (c);                                                  \
        (high) = ((a) & (b)) | (half_ & c_);                                                       \
        (low) = half_ ^ c_;                                                                        \
    } while (0)

// Not static: a cloned function needs a symbol of its own.
void l1t_tally_planes(const loose *word, size_t n, vector plane[PLANES]);

// Two words into `ones`, what is over into high.
#define TWO(high, i) CARRY_SAVE(high, ones, ones, word[i], word[(i) + 1])
#define FOUR(high, i)                                                                              \
    do {                                                                                           \
        vector first_, second_;                                                                    \
        TWO(first_, i);                                                                            \
        TWO(second_, (i) + 2);                                                                     \
        CARRY_SAVE(high, twos, twos, first_, second_);                                             \
    } while (0)

L1T_TARGET_CLONES
void l1t_tally_planes(const loose *word, size_t n, vector plane[PLANES])
{
    vector ones = {0}, twos = {0}, fours = {0}, eights = {0};
    size_t done = 0;
    for (; done + 16 <= n; done += 16, word += 16) {
        vector a, b, eight_a, eight_b, carry;
        FOUR(a, 0);
        FOUR(b, 4);
        CARRY_SAVE(eight_a, fours, fours, a, b);
        FOUR(a, 8);
        FOUR(b, 12);
        CARRY_SAVE(eight_b, fours, fours, a, b);
        CARRY_SAVE(carry, eights, eights, eight_a, eight_b);
        for (unsigned p = 4; p < PLANES; p++) {
            const vector next = plane[p] & carry;
            plane[p] ^= carry;
            carry = next;
        }
    }
    plane[0] = ones;
    plane[1] = twos;
    plane[2] = fours;
    plane[3] = eights;
    for (; done < n; done++, word++) {
        vector carry = *word;
        for (unsigned p = 0; p < PLANES; p++) {
            const vector next = plane[p] & carry;
            plane[p] ^= carry;
            carry = next;
        }
    }
}

void l1t_tally_positional(const uint64_t (*word)[L1T_GT_WORDS], size_t n,
                          uint32_t count[L1T_GT_ALGORITHMS])
{
    vector plane[PLANES];
    uint64_t flat[PLANES][L1T_GT_WORDS];
    memset(plane, 0, sizeof plane);
    memset(count, 0, L1T_GT_ALGORITHMS * sizeof *count);
    l1t_tally_planes((const loose *)(const void *)word, n, plane);
    memcpy(flat, plane, sizeof flat);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (unsigned p = 0; p < PLANES && n >> p != 0; p++)
            for (unsigned b = 0; flat[p][w] != 0 && b < 64; b++)
                count[64 * w + b] += (uint32_t)(flat[p][w] >> b & 1) << p;
}

// ---- pairs ----

// 64 words of 64 bits to their transpose, halves of halves (Hacker's Delight, 7-3).
static void transpose(uint64_t word[64])
{
    uint64_t mask = UINT32_MAX;
    for (unsigned width = 32; width != 0; width >>= 1, mask ^= mask << width)
        for (unsigned k = 0; k < 64; k = (k + width + 1) & ~width) {
            const uint64_t swap = ((word[k] >> width) ^ word[k + width]) & mask;
            word[k] ^= swap << width;
            word[k + width] ^= swap;
        }
}

// Words of crossings to masks of algorithms, L1T_SAMPLE_BLOCK bits each, by bit.
static void masks_of(const uint64_t (*word)[L1T_GT_WORDS], size_t n, uint64_t *mask)
{
    const size_t each = L1T_SAMPLE_BLOCK / 64;
    for (size_t group = 0; group < each; group++)
        for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
            uint64_t square[64] = {0};
            for (size_t e = 0; e < 64 && 64 * group + e < n; e++)
                square[e] = word[64 * group + e][w];
            transpose(square);
            for (unsigned b = 0; b < 64; b++)
                mask[(64 * w + b) * each + group] = square[b];
        }
}

void l1t_tally_row(const loose *one, const loose *const *other, size_t n, uint32_t *count);

// Bits of each of 64-bit lanes.
#define LANE_POPCOUNT(x)                                                                           \
    do {                                                                                           \
        (x) -= ((x) >> 1) & 0x5555555555555555U;                                                   \
        (x) = ((x)&0x3333333333333333U) + (((x) >> 2) & 0x3333333333333333U);                      \
        (x) = ((x) + ((x) >> 4)) & 0x0f0f0f0f0f0f0f0fU;                                            \
    } while (0)

// count[k]: crossings in which both one and other[k] fired.
L1T_TARGET_CLONES
void l1t_tally_row(const loose *one, const loose *const *other, size_t n, uint32_t *count)
{
    for (size_t k = 0; k < n; k++) {
        const loose *with = other[k];
        vector ones, twos, fours, eights, a, b, c, d, e;
        CARRY_SAVE(a, ones, one[0] & with[0], one[1] & with[1], one[2] & with[2]);
        CARRY_SAVE(b, ones, ones, one[3] & with[3], one[4] & with[4]);
        CARRY_SAVE(c, ones, ones, one[5] & with[5], one[6] & with[6]);
        const vector last = one[7] & with[7];
        d = ones & last;
        ones ^= last;
        CARRY_SAVE(e, twos, a, b, c);
        a = twos & d;
        twos ^= d;
        fours = e ^ a;
        eights = e & a;
        LANE_POPCOUNT(ones);
        LANE_POPCOUNT(twos);
        LANE_POPCOUNT(fours);
        LANE_POPCOUNT(eights);
        // Bytes hold at most 8 each, 120 together.
        ones += (twos << 1) + (fours << 2) + (eights << 3);
        ones = (ones & 0x00ff00ff00ff00ffU) + ((ones >> 8) & 0x00ff00ff00ff00ffU);
        ones *= 0x0001000100010001U;
        ones >>= 48;
        uint64_t sum = 0;
        for (unsigned i = 0; i < 8; i++)
            sum += ones[i];
        count[k] = (uint32_t)sum;
    }
}

void l1t_tally_pairs(const struct tally_plan *plan, const uint64_t (*word)[L1T_GT_WORDS], size_t n,
                     uint64_t *mask, uint32_t *pair)
{
    const loose *row[L1T_GT_ALGORITHMS];
    uint32_t count[L1T_GT_ALGORITHMS];
    size_t index[L1T_GT_ALGORITHMS], rows = 0;
    l1t_tally_positional(word, n, count);
    masks_of(word, n, mask);
    for (size_t i = 0; i < plan->n; i++)
        if (count[plan->bit[i]] != 0) {
            row[rows] = (const loose *)(const void *)(mask + (size_t)plan->bit[i] *
                                                                 (L1T_SAMPLE_BLOCK / 64));
            index[rows++] = i;
        }
    for (size_t i = 0; i < rows; i++) {
        uint32_t *to = pair + index[i] * plan->n;
        l1t_tally_row(row[i], row + i + 1, rows - i - 1, count);
        for (size_t j = i + 1; j < rows; j++)
            to[index[j]] += count[j - i - 1];
    }
}
