/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shown crossing in physical units, for its page and its tables. */
#ifndef L1T_REPORT_EVENT_H
#define L1T_REPORT_EVENT_H

#include "l1t/run.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_EVENT_KINDS = 3, L1T_EVENT_SUMS = 7 };

/* Words of one kind that go to the global trigger. */
struct l1t_event_words {
    enum l1t_object object; /* e/gamma, tau, jet, in this order */
    const char *format;     /* "egamma_gt" */
    const uint32_t *word;
    unsigned n;
};
void l1t_event_words(const struct l1t_calo_result *answer,
                     struct l1t_event_words words[L1T_EVENT_KINDS]);

/* A field of word i in physical units; NAN if the format has no such field. */
double l1t_event_value(const struct l1t_event_words *words, unsigned i, const char *field);

/* ET in GeV of the word nearest to a true object, within 0.4 in eta and phi; NAN if there is none.
 */
double l1t_event_nearest(const struct l1t_event_words *words, const struct l1t_truth *truth);

struct l1t_event_sum {
    const char *name, *label; /* for machines and for people */
    double et_gev;
    double phi_rad; /* NAN of a scalar sum */
    uint32_t word;  /* of the global trigger, which holds it */
};
void l1t_event_sums(const struct l1t_calo_result *answer,
                    struct l1t_event_sum sums[L1T_EVENT_SUMS]);

#endif
