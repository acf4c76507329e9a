/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was put into generated events: the truth that trigger objects are compared with. As text:
 *
 *     # l1twin truth VERSION ...
 *     event,kind,pt_gev,eta,phi_rad,line
 *     12,electron,38.9375,-1.204987,2.718264,0
 *     # end N objects
 *
 * in the order of the events. line: where the object stands in the file it was taken from, else 0.
 */
#ifndef L1T_TRUTH_H
#define L1T_TRUTH_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The first four can be injected; "qcd" are the jets that belong to the crossing. */
enum l1t_truth_kind {
    L1T_TRUTH_ELECTRON,
    L1T_TRUTH_PHOTON,
    L1T_TRUTH_TAU,
    L1T_TRUTH_JET,
    L1T_TRUTH_QCD
};
enum { L1T_INJECTED = 4, L1T_TRUTH_KINDS = 5, L1T_TRUTH_MAX = 96 };

extern const char *const l1t_truth_names[L1T_TRUTH_KINDS + 1]; /* "electron" ..., NULL */

struct l1t_truth {
    enum l1t_truth_kind kind;
    double pt_gev; /* transverse momentum; of a tau its visible part */
    double eta;
    double phi;    /* -pi..pi */
    uint64_t line; /* of the file it comes from; 0 for none */
};

/* Comment lines and heading; rows; the last line. Streams are checked by whoever closes them. */
void l1t_truth_begin(FILE *out, const char *config_digest, const uint64_t *seed);
void l1t_truth_write(FILE *out, uint64_t event, const struct l1t_truth *truth, size_t n);
void l1t_truth_end(FILE *out, uint64_t objects);

/* A truth file, event by event. A file without its last line is refused when it is this program's.
 */
struct l1t_truth_reader;
enum l1t_err l1t_truth_reader_open(const char *path, struct l1t_truth_reader **reader,
                                   struct l1t_diag *diag) L1T_MUST_USE;
/*
 * The objects of an event, at most L1T_TRUTH_MAX; events are asked for as the file has them, and
 * those without objects do not stand in it. 0; -1 on error with "file:line: ..." in diag.
 */
int l1t_truth_reader_event(struct l1t_truth_reader *reader, uint64_t event,
                           struct l1t_truth truth[L1T_TRUTH_MAX], size_t *n, struct l1t_diag *diag);
/* After the last event: L1T_OK if nothing is left in the file. */
enum l1t_err l1t_truth_reader_end(struct l1t_truth_reader *reader,
                                  struct l1t_diag *diag) L1T_MUST_USE;
void l1t_truth_reader_close(struct l1t_truth_reader *reader); /* accepts NULL */

#endif
