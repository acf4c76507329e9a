// SPDX-License-Identifier: GPL-3.0-or-later
#include "event.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <math.h>
#include <string.h>

#define PI   3.14159265358979323846
#define CONE 0.4 // in eta and phi

static double decode(const char *format_name, const char *field, uint32_t word)
{
    const struct l1t_word *format = l1t_word_find(format_name);
    for (unsigned i = 0; i < format->n_field; i++)
        if (strcmp(format->field[i].name, field) == 0)
            return l1t_decode_physical(&format->field[i], word);
    return NAN;
}

void l1t_event_words(const struct l1t_calo_result *a, struct l1t_event_words words[L1T_EVENT_KINDS])
{
    words[0] =
        (struct l1t_event_words){L1T_EGAMMA, "egamma_gt", a->egamma.out.gt, a->egamma.out.n_gt};
    words[1] = (struct l1t_event_words){L1T_TAU, "tau_gt", a->tau.out.gt, a->tau.out.n_gt};
    words[2] = (struct l1t_event_words){L1T_JET, "jet_gt", a->jet.gt, a->jet.n_gt};
}

double l1t_event_value(const struct l1t_event_words *words, unsigned i, const char *field)
{
    return decode(words->format, field, words->word[i]);
}

double l1t_event_nearest(const struct l1t_event_words *words, const struct l1t_truth *t)
{
    double nearest = CONE, et = NAN;
    for (unsigned i = 0; i < words->n; i++) {
        const double deta = l1t_event_value(words, i, "eta") - t->eta;
        const double dphi = remainder(l1t_event_value(words, i, "phi") - t->phi, 2 * PI);
        if (hypot(deta, dphi) < nearest) {
            nearest = hypot(deta, dphi);
            et = l1t_event_value(words, i, "et");
        }
    }
    return et;
}

void l1t_event_sums(const struct l1t_calo_result *answer, struct l1t_event_sum sums[L1T_EVENT_SUMS])
{
    static const struct {
        const char *name, *label, *format, *field;
        unsigned word;
    } known[L1T_EVENT_SUMS] = {{"et", "ETT", "sum_et_gt", "et", 0},
                               {"et_em", "ETT, ECAL part", "sum_et_gt", "em", 0},
                               {"ht", "HT", "sum_ht_gt", "et", 1},
                               {"met", "MET", "sum_met_gt", "et", 2},
                               {"mht", "MHT", "sum_mht_gt", "et", 3},
                               {"methf", "MET with HF", "sum_methf_gt", "et", 4},
                               {"mhthf", "MHT with HF", "sum_mhthf_gt", "et", 5}};
    for (size_t i = 0; i < L1T_EVENT_SUMS; i++) {
        const uint32_t word = answer->sums.gt[known[i].word];
        sums[i] = (struct l1t_event_sum){known[i].name, known[i].label,
                                         decode(known[i].format, known[i].field, word),
                                         decode(known[i].format, "phi", word), word};
    }
}
