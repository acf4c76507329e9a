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

// a + b + c of each bit to high and low, which may be one of them. By address: how vectors of this
// size are passed depends on the machine.
static inline void carry_save(vector *high, vector *low, const vector *a, const vector *b,
                              const vector *c)
{
    const vector half = *a ^ *b, carry = *c;
    *high = (*a & *b) | (half & carry);
    *low = half ^ carry;
}

// Four words into ones and twos; what is over to high.
static inline void add_four(vector *high, vector *ones, vector *twos, const loose *word)
{
    const vector w[4] = {word[0], word[1], word[2], word[3]};
    vector a, b;
    carry_save(&a, ones, ones, &w[0], &w[1]);
    carry_save(&b, ones, ones, &w[2], &w[3]);
    carry_save(high, twos, twos, &a, &b);
}

// A vector of weight 2^first into the planes.
static inline void ripple(vector plane[PLANES], unsigned first, vector *carry)
{
    for (unsigned p = first; p < PLANES; p++) {
        const vector next = plane[p] & *carry;
        plane[p] ^= *carry;
        *carry = next;
    }
}

// Not static: a cloned function needs a symbol of its own.
void l1t_tally_planes(const loose *word, size_t n, vector plane[PLANES]);

L1T_TARGET_CLONES
void l1t_tally_planes(const loose *word, size_t n, vector plane[PLANES])
{
    vector ones = {0}, twos = {0}, fours = {0}, eights = {0};
    size_t done = 0;
    for (; done + 16 <= n; done += 16, word += 16) {
        vector a, b, eight_a, eight_b, carry;
        add_four(&a, &ones, &twos, word);
        add_four(&b, &ones, &twos, word + 4);
        carry_save(&eight_a, &fours, &fours, &a, &b);
        add_four(&a, &ones, &twos, word + 8);
        add_four(&b, &ones, &twos, word + 12);
        carry_save(&eight_b, &fours, &fours, &a, &b);
        carry_save(&carry, &eights, &eights, &eight_a, &eight_b);
        ripple(plane, 4, &carry);
    }
    plane[0] = ones;
    plane[1] = twos;
    plane[2] = fours;
    plane[3] = eights;
    for (; done < n; done++, word++) {
        vector carry = *word;
        ripple(plane, 0, &carry);
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

// Bits of each byte.
static inline void count_bytes(vector *x)
{
    *x -= (*x >> 1) & 0x5555555555555555U;
    *x = (*x & 0x3333333333333333U) + ((*x >> 2) & 0x3333333333333333U);
    *x = (*x + (*x >> 4)) & 0x0f0f0f0f0f0f0f0fU;
}

// count[k]: crossings in which both one and other[k] fired. Eight words come down to counters of
// one, two, four and eight, their bits to bytes, these to a sum.
L1T_TARGET_CLONES
void l1t_tally_row(const loose *one, const loose *const *other, size_t n, uint32_t *count)
{
    for (size_t k = 0; k < n; k++) {
        vector both[8], ones, twos, fours, eights, a, b, c, d, e;
        for (unsigned i = 0; i < 8; i++)
            both[i] = one[i] & other[k][i];
        carry_save(&a, &ones, &both[0], &both[1], &both[2]);
        carry_save(&b, &ones, &ones, &both[3], &both[4]);
        carry_save(&c, &ones, &ones, &both[5], &both[6]);
        d = ones & both[7];
        ones ^= both[7];
        carry_save(&e, &twos, &a, &b, &c);
        a = twos & d;
        twos ^= d;
        fours = e ^ a;
        eights = e & a;
        count_bytes(&ones);
        count_bytes(&twos);
        count_bytes(&fours);
        count_bytes(&eights);
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
