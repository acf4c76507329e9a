/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poisson numbers from counter-based random words. */
#ifndef L1T_POISSON_H
#define L1T_POISSON_H

#include <stdint.h>

enum { L1T_POISSON_TRIES = 32 }; /* blocks of the stream that one number may take */

/* A number of mean 0 < mean < 2^52 by (seed, stream, event, number). number < 2^27. */
uint64_t l1t_poisson(double mean, uint64_t seed, uint32_t stream, uint64_t event, uint32_t number);

#endif
