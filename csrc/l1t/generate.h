/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four-object toy events of the share mode: one jet, muon, e/gamma and tau each, with
 * exponential transverse momentum. Structure of arrays, index = enum l1t_object.
 *
 *   inclusive  each object by its own spectrum. GeV: no selection. Hardware codes: the object's
 *              turn-on decides whether it is there, code 0 = not accepted (or below 0.5 GeV);
 *   null       every object below its threshold;
 *   positive   one of the exclusive outcomes by its share; its objects are at or above their
 *              thresholds, the others below.
 *
 * Event e depends on (law, seed, kind, units, e) only: any range, by any number of threads, gives
 * the same bytes. In GeV on one machine's libm; hardware codes on every machine (integers once the
 * tables are made; a table entry may differ by 2^-32 where libm differs).
 */
#ifndef L1T_GENERATE_H
#define L1T_GENERATE_H

#include "l1t/rng.h"
#include "l1t/spectrum.h"

#include <stddef.h>
#include <stdint.h>

enum l1t_kind { L1T_KIND_INCLUSIVE, L1T_KIND_NULL, L1T_KIND_POSITIVE };

enum { L1T_MAX_OUTCOMES = 16 };

/* One slice of the menu: these objects fire, the others do not. */
struct l1t_outcome {
    double share;     /* any scale */
    unsigned objects; /* bit o: object o is above its threshold; at least one */
};

struct l1t_law {
    double lambda[L1T_OBJECTS];        /* 1/GeV, > 0 */
    double threshold_gev[L1T_OBJECTS]; /* > 0, below the hardware's full scale */
    const struct l1t_curve
        *curve[L1T_OBJECTS]; /* kept by the caller, alive as long as the generator */
    struct l1t_outcome outcome[L1T_MAX_OUTCOMES];
    size_t n_outcomes; /* 0: no positive events */
};

enum l1t_part { L1T_PART_ACCEPTED, L1T_PART_BELOW, L1T_PART_ABOVE }; /* laws of a hardware code */
#define L1T_PARTS 3

struct l1t_generator {
    struct l1t_law law;
    struct l1t_alias outcome; /* index of the outcome */
    struct l1t_alias code[L1T_PARTS][L1T_OBJECTS];
    double *pmf[L1T_PARTS][L1T_OBJECTS]; /* exact probability of each code, 0..full scale */
};

enum l1t_err l1t_generator_init(struct l1t_generator *generator, const struct l1t_law *law,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_generator_free(struct l1t_generator *generator);

/* pt[o][i] in GeV of events event0 .. event0 + n - 1. threads >= 1. */
enum l1t_err l1t_generate_gev(const struct l1t_generator *generator, enum l1t_kind kind,
                              uint64_t seed, uint64_t event0, size_t n, unsigned threads,
                              double *const pt[L1T_OBJECTS], struct l1t_diag *diag) L1T_MUST_USE;

/* code[o][i]: 0.5 GeV a count, saturating at l1t_object_full_scale(o). */
enum l1t_err l1t_generate_hw(const struct l1t_generator *generator, enum l1t_kind kind,
                             uint64_t seed, uint64_t event0, size_t n, unsigned threads,
                             uint16_t *const code[L1T_OBJECTS], struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Score of each event: the sum of the four efficiencies, each within [0, 1]. Returns the number of
 * look-ups outside a curve's table, where its end value was used.
 */
size_t l1t_scores(const struct l1t_generator *generator, const double *const pt[L1T_OBJECTS],
                  size_t n, double *score);

#endif
