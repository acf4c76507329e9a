// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks as HDF5's filters pack them, done here so that threads need not wait for each other, and
// so that numbers without order (phi, most bits of eta) are not deflated for nothing.
#include "store.h"

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

enum { SAVED = 2 }; // deflated only if it saves a half

size_t l1t_store_packed_max(size_t bytes)
{
    return bytes + bytes / 64 + 4096;
}

struct libdeflate_compressor *l1t_store_compressor(void)
{
    return libdeflate_alloc_compressor(L1T_STORE_LEVEL);
}

// 0 also when there is no room: nothing was saved then.
size_t l1t_store_deflate(struct libdeflate_compressor *compressor, const void *from, size_t bytes,
                         void *to, size_t room)
{
    const size_t most = bytes - bytes / SAVED;
    return libdeflate_zlib_compress(compressor, from, bytes, to, most < room ? most : room);
}

bool l1t_store_inflate(struct libdeflate_decompressor *decompressor, const void *from, size_t bytes,
                       void *to, size_t expected)
{
    size_t used = 0;
    return libdeflate_zlib_decompress_ex(decompressor, from, bytes, to, expected, &used, NULL) ==
               LIBDEFLATE_SUCCESS &&
           used == bytes;
}
