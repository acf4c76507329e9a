// SPDX-License-Identifier: GPL-3.0-or-later
// Threefry4x32 with 20 rounds. Only additions, rotations and exclusive-ors: the batch is one
// plain loop over events that compilers turn into full-width vector code.
#include "l1t/rng.h"

#include "l1t_target_clones.h"

struct keys {
    uint32_t k[5]; // the four words and their parity (Skein's key schedule)
};

static struct keys schedule(const uint32_t key[4])
{
    struct keys s = {{key[0], key[1], key[2], key[3], 0}};
    s.k[4] = UINT32_C(0x1BD11BDA) ^ key[0] ^ key[1] ^ key[2] ^ key[3];
    return s;
}

static inline uint32_t rotl(uint32_t x, unsigned n)
{
    return (x << n) | (x >> (32 - n));
}

// Two rounds: the pairs are (0,1)(2,3), then (0,3)(2,1).
#define TWO_ROUNDS(a, b, c, d)                                                                     \
    (x0 += x1, x1 = rotl(x1, a) ^ x0, x2 += x3, x3 = rotl(x3, b) ^ x2, x0 += x3,                   \
     x3 = rotl(x3, c) ^ x0, x2 += x1, x1 = rotl(x1, d) ^ x2)

#define ADD_KEY(s)                                                                                 \
    (x0 += k[(s) % 5], x1 += k[((s) + 1) % 5], x2 += k[((s) + 2) % 5], x3 += k[((s) + 3) % 5] + (s))

#define EVEN_ROUNDS (TWO_ROUNDS(10, 26, 11, 21), TWO_ROUNDS(13, 27, 23, 5))
#define ODD_ROUNDS  (TWO_ROUNDS(6, 20, 17, 11), TWO_ROUNDS(25, 10, 18, 20))

// x0..x3: counter in, random words out.
#define TWENTY_ROUNDS                                                                              \
    (ADD_KEY(0U), EVEN_ROUNDS, ADD_KEY(1U), ODD_ROUNDS, ADD_KEY(2U), EVEN_ROUNDS, ADD_KEY(3U),     \
     ODD_ROUNDS, ADD_KEY(4U), EVEN_ROUNDS, ADD_KEY(5U))

void l1t_threefry4x32(const uint32_t key[4], const uint32_t counter[4], uint32_t out[4])
{
    const struct keys s = schedule(key);
    const uint32_t *const k = s.k;
    uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
    TWENTY_ROUNDS;
    out[0] = x0;
    out[1] = x1;
    out[2] = x2;
    out[3] = x3;
}

void l1t_rng_words(uint64_t seed, uint32_t stream, uint64_t event, uint32_t block, uint32_t out[4])
{
    const uint32_t key[4] = {(uint32_t)seed, (uint32_t)(seed >> 32), stream, 0};
    const uint32_t counter[4] = {(uint32_t)event, (uint32_t)(event >> 32), block, 0};
    l1t_threefry4x32(key, counter, out);
}

// Not static: a cloned function needs a symbol of its own.
void l1t_rng_run(const uint32_t keys[5], uint32_t low, uint32_t high, uint32_t block, size_t n,
                 uint32_t *restrict out0, uint32_t *restrict out1, uint32_t *restrict out2,
                 uint32_t *restrict out3);

L1T_TARGET_CLONES
void l1t_rng_run(const uint32_t keys[5], uint32_t low, uint32_t high, uint32_t block, size_t n,
                 uint32_t *restrict out0, uint32_t *restrict out1, uint32_t *restrict out2,
                 uint32_t *restrict out3)
{
    const uint32_t k[5] = {keys[0], keys[1], keys[2], keys[3], keys[4]};
    for (size_t i = 0; i < n; i++) {
        uint32_t x0 = low + (uint32_t)i, x1 = high, x2 = block, x3 = 0;
        TWENTY_ROUNDS;
        out0[i] = x0;
        out1[i] = x1;
        out2[i] = x2;
        out3[i] = x3;
    }
}

void l1t_rng_batch(uint64_t seed, uint32_t stream, uint64_t event0, uint32_t block, size_t n,
                   uint32_t *out0, uint32_t *out1, uint32_t *out2, uint32_t *out3)
{
    const uint32_t key[4] = {(uint32_t)seed, (uint32_t)(seed >> 32), stream, 0};
    const struct keys s = schedule(key);
    // The upper half of the event number is constant inside a run.
    for (size_t done = 0; done < n;) {
        const uint64_t event = event0 + done;
        const uint64_t left = (UINT64_C(1) << 32) - (event & UINT32_MAX);
        const size_t m = n - done < left ? n - done : (size_t)left;
        l1t_rng_run(s.k, (uint32_t)event, (uint32_t)(event >> 32), block, m, out0 + done,
                    out1 + done, out2 + done, out3 + done);
        done += m;
    }
}

double l1t_rng_uniform(uint32_t high, uint32_t low)
{
    // 52 bits and a half: the midpoints of 2^52 equal cells, so 0 and 1 never occur.
    const uint64_t bits = ((uint64_t)high << 20) | (low >> 12);
    return ((double)bits + 0.5) * 0x1p-52;
}
