/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the emulator does with objects whose truth is known: truth is matched to trigger objects,
 * and efficiency against truth pt, response and isolation are counted. All sums are integers, so
 * results are the same for any number of threads. An example of use: csrc/cmd/cmd_efficiency.c.
 */
#ifndef L1T_EFFICIENCY_H
#define L1T_EFFICIENCY_H

#include "l1t/err.h"
#include "l1t/parametric.h"
#include "l1t/tower_gen.h"
#include "l1t/towers.h"
#include "l1t/truth.h"

#include "calo/l1t_calo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- matching ---- */

struct l1t_trigger_object {
    double pt_gev, eta, phi;
    unsigned iso; /* bits of the global-trigger word; 0 for jets */
    bool saturated;
};

/*
 * Pairs of truth and trigger objects within dr = hypot(deta, dphi), the nearest first, each at most
 * once. match[i]: index of truth i's object, or -1. Returns how many are matched; at most
 * L1T_TRUTH_MAX of each are looked at. Equal distances go to the lower truth, then object index.
 */
size_t l1t_match(const struct l1t_truth *truth, size_t n_truth,
                 const struct l1t_trigger_object *object, size_t n_objects, double dr, int *match);

/* ---- counting ---- */

enum l1t_efficiency_object { L1T_EFFICIENCY_EGAMMA, L1T_EFFICIENCY_TAU, L1T_EFFICIENCY_JET };
extern const char *const l1t_efficiency_names[4]; /* "egamma", "tau", "jet", NULL */

enum {
    L1T_MAX_THRESHOLDS = 8,
    L1T_EFFICIENCY_BINS = 2048, /* of 0.5 GeV in truth pt; the last takes what is above */
    L1T_RESPONSE_PT_BINS = 12,  /* at most */
    L1T_RESPONSE_ETA_BINS = 5,
    L1T_TURN_ON_POINTS = 72 /* l1t_turn_on_make() makes 68 at most, at 14.5 GeV */
};

struct l1t_efficiency_spec {
    enum l1t_efficiency_object object;
    size_t n_thresholds;
    double threshold_gev[L1T_MAX_THRESHOLDS]; /* online, multiples of 0.5; 1..255.5, jets ..1000 */
    unsigned iso;                             /* isolation bits that must be set; 0: none */
    double dr;                                /* 0: 0.3, for jets 0.4 */
    double eta_max;                           /* truth beyond is left out */
};

/* Counts in bins of truth pt. */
struct l1t_efficiency_counts {
    uint64_t events, truth, matched, objects; /* truth of the right kind within eta_max */
    uint64_t n[L1T_EFFICIENCY_BINS];
    uint64_t pt[L1T_EFFICIENCY_BINS]; /* sum of truth pt, 1/128 GeV */
    uint64_t pass[L1T_MAX_THRESHOLDS][L1T_EFFICIENCY_BINS];
    uint64_t found[L1T_EFFICIENCY_BINS];  /* matched */
    uint64_t iso[2][L1T_EFFICIENCY_BINS]; /* matched with iso bit 0, 1 */
    struct {
        uint64_t n, saturated; /* saturated objects are in no mean */
        int64_t sum, squares;  /* of trigger pt / truth pt, 1/4096 */
    } response[L1T_RESPONSE_PT_BINS][L1T_RESPONSE_ETA_BINS];
};

/* Where events come from: a generator, or towers with their truth. */
struct l1t_efficiency_source {
    const struct l1t_tower_gen *generator;
    uint64_t first, n;               /* of the generator's events; with files: at most n */
    struct l1t_tower_reader *towers; /* when generator is NULL */
    struct l1t_truth_reader *truth;
};

/*
 * Run the emulator and count. threads at least 1. progress may be NULL. *counts is large: let the
 * caller keep it, not a stack. L1T_E_INPUT when no truth of the right kind was there.
 */
enum l1t_err l1t_efficiency_run(const struct l1t_efficiency_spec *spec,
                                const struct l1t_calo_config *model,
                                const struct l1t_efficiency_source *source, unsigned threads,
                                void (*progress)(void *user, double done, double total), void *user,
                                struct l1t_efficiency_counts *counts,
                                struct l1t_diag *diag) L1T_MUST_USE;

/* ---- results ---- */

/* A share k of n with its 68.3 % Clopper-Pearson interval; n = 0 gives NAN and 0..1. */
struct l1t_share {
    uint64_t k, n;
    double value, low, high;
};
struct l1t_share l1t_share_of(uint64_t k, uint64_t n);

struct l1t_turn_on_point {
    double low_gev, high_gev, pt_gev; /* bin of truth pt and the mean in it */
    struct l1t_share efficiency;
};

struct l1t_turn_on {
    double threshold_gev;
    size_t n;
    struct l1t_turn_on_point point[L1T_TURN_ON_POINTS]; /* bins without truth are left out */
    /* Maximum likelihood; NAN when the points do not allow a fit (fitted false). */
    bool fitted;
    struct l1t_parametric fit;
    double deviance; /* -2 ln of the likelihood ratio to a free efficiency in every bin */
    size_t ndf;
    double half_gev, full_gev; /* where the fit has 50 % and 95 % of its plateau */
};

/* Bins from 0 to twice the threshold in steps of about a twentieth of it, then to four times in
 * steps of a fifth, but no further than L1T_EFFICIENCY_BINS tell apart. */
void l1t_turn_on_make(const struct l1t_efficiency_spec *spec,
                      const struct l1t_efficiency_counts *counts, size_t threshold,
                      struct l1t_turn_on *turn_on);

/* The parametric form of l1t/parametric.h through the points; used by l1t_turn_on_make. */
void l1t_turn_on_fit(struct l1t_turn_on *turn_on);

/* The points as a curve that l1t_curve_load reads; comment is one line without '#'. */
void l1t_turn_on_write(FILE *out, const char *name, const char *comment,
                       const struct l1t_turn_on *turn_on);

struct l1t_response {
    double pt_low_gev, pt_high_gev, eta_low, eta_high; /* truth, |eta| */
    uint64_t n, saturated;
    double mean, mean_error, width; /* of trigger pt / truth pt; width: standard deviation */
};

/* Response in a bin of pt and eta; eta = L1T_RESPONSE_ETA_BINS: all together. false: no such pt
 * bin for this object. */
bool l1t_response_make(const struct l1t_efficiency_spec *spec,
                       const struct l1t_efficiency_counts *counts, unsigned pt, unsigned eta,
                       struct l1t_response *response);

/* Share of matched objects between two truth pts that have an isolation bit (0 or 1). */
struct l1t_share l1t_isolation_of(const struct l1t_efficiency_counts *counts, unsigned bit,
                                  double low_gev, double high_gev);

#endif
