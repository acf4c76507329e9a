// SPDX-License-Identifier: GPL-3.0-or-later
// Random requests: the number of filled crossings until the next one follows a geometric law, which
// is drawn bit by bit in integers, so that no crossing without request costs anything.
#include "l1t/deadtime.h"
#include "l1t/rng.h"
#include "rate/deadtime_internal.h"

#include <math.h>

__extension__ typedef unsigned __int128 uint128;

// Product of two probabilities in units of 2^-64.
static uint64_t product(uint64_t a, uint64_t b)
{
    return (uint64_t)(((uint128)a * b) >> 64);
}

void l1t_request_law_make(struct l1t_request_law *law, const struct l1t_filling *filling,
                          double probability, uint64_t seed)
{
    law->seed = seed;
    law->bunches = 0;
    for (unsigned c = 0; c < L1T_GT_ORBIT; c++)
        if (filling->filled[c / 64] >> (c % 64) & 1)
            law->crossing[law->bunches++] = (uint16_t)c;
    // 1 - p; a p that is not 0 is at least one unit.
    const uint64_t p = probability < 1 ? (uint64_t)ldexp(probability, 64) : 0;
    law->none[0] = probability < 1 ? 0 - (p > 0 ? p : 1) : 0;
    for (unsigned k = 1; k < L1T_REQUEST_POWERS; k++)
        law->none[k] = product(law->none[k - 1], law->none[k - 1]);
}

// How many crossings stay without request: g or more with probability (1 - p)^g, so it is the
// largest g whose power is above u.
static unsigned gap(const struct l1t_request_law *law, uint64_t u)
{
    unsigned g = 0;
    uint64_t power = UINT64_MAX;
    for (unsigned k = L1T_REQUEST_POWERS; k-- > 0;) {
        const uint64_t longer = product(power, law->none[k]);
        if (u < longer) {
            power = longer;
            g += 1U << k;
        }
    }
    return g;
}

size_t l1t_requests_of_orbit(const struct l1t_request_law *law, uint64_t orbit,
                             uint16_t crossing[L1T_GT_ORBIT])
{
    size_t n = 0;
    uint32_t words[4], block = 0;
    for (unsigned i = 0;; i++) {
        if (block % 2 == 0)
            l1t_rng_words(law->seed, L1T_STREAM_REQUESTS, orbit, block / 2, words);
        const uint32_t *w = words + 2 * (size_t)(block++ % 2);
        i += gap(law, (uint64_t)w[0] << 32 | w[1]);
        if (i >= law->bunches)
            return n;
        crossing[n++] = law->crossing[i];
    }
}
