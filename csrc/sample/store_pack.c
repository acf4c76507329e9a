// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks as HDF5's filters pack them, done here so that threads need not wait for each other, and
// so that numbers without order (phi, most bits of eta) are not deflated for nothing.
#include "store.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// ---- shuffle ----

void l1t_store_shuffle(size_t size, size_t n, const void *from, void *to)
{
    const uint8_t *in = from;
    uint8_t *out = to;
    for (size_t b = 0; b < size; b++)
        for (size_t i = 0; i < n; i++)
            *out++ = in[i * size + b];
}

static void unshuffle_words(size_t n, const uint8_t *restrict in, uint16_t *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (uint16_t)(in[i] | in[n + i] << 8);
}

void l1t_store_unshuffle(size_t size, size_t n, const void *from, void *to)
{
    const uint8_t *in = from;
    uint8_t *out = to;
    if (size == 2) {
        unshuffle_words(n, from, to); // in the order of this machine, as all of the store
        return;
    }
    for (size_t b = 0; b < size; b++)
        for (size_t i = 0; i < n; i++)
            out[i * size + b] = *in++;
}

// ---- deflate ----

// A thread's inflater would save its 40 KB of set-up, some microseconds a chunk: not worth a state.

enum { SAVED = 4 }; // deflated only if it saves a quarter

size_t l1t_store_packed_max(size_t bytes)
{
    return compressBound((uLong)bytes);
}

size_t l1t_store_deflate(const void *from, size_t bytes, void *to, size_t room)
{
    uLongf n = (uLongf)room;
    if (compress2(to, &n, from, (uLong)bytes, L1T_STORE_LEVEL) != Z_OK)
        return 0;
    return n <= bytes - bytes / SAVED ? n : 0;
}

bool l1t_store_inflate(const void *from, size_t bytes, void *to, size_t expected)
{
    uLongf n = (uLongf)expected;
    uLong used = (uLong)bytes;
    return uncompress2(to, &n, from, &used) == Z_OK && n == expected && used == bytes;
}
