// SPDX-License-Identifier: GPL-3.0-or-later
// The energy sums for people.
#include "l1t/calo_text.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <inttypes.h>
#include <string.h>

enum { LINK_FULL = 4095 };

static double physical(const char *word, const char *name, uint32_t value)
{
    const struct l1t_word *format = l1t_word_find(word);
    for (unsigned i = 0; format != NULL && i < format->n_field; i++)
        if (strcmp(format->field[i].name, name) == 0)
            return l1t_decode_physical(&format->field[i], value);
    return 0;
}

static void write_scalar(FILE *out, const char *name, const char *word, const char *field,
                         uint32_t frame)
{
    const double et = physical(word, field, frame);
    fprintf(out, "  %6s %9.1f%s\n", name, et, et >= LINK_FULL / 2.0 ? " +" : "");
}

static void write_vector(FILE *out, const char *name, uint32_t frame)
{
    fprintf(out, "  %6s %9.1f%s %9.3f %10" PRId64 "  %08" PRIx32 "\n", name,
            physical("sum_met_gt", "et", frame),
            l1t_sum_met_gt_et(frame) == LINK_FULL ? " +" : "  ",
            physical("sum_met_gt", "phi", frame), l1t_sum_met_gt_asymmetry(frame), frame);
}

void l1t_sums_write_decoded(FILE *out, const struct l1t_sums_result *sums)
{
    const uint32_t *gt = sums->gt;
    fprintf(out, "  %6s %11s %9s %10s %9s\n", "sum", "ET [GeV]", "phi [rad]", "asymmetry", "word");
    write_scalar(out, "ET", "sum_et_gt", "et", gt[0]);
    write_scalar(out, "ET em", "sum_et_gt", "em", gt[0]);
    write_scalar(out, "HT", "sum_ht_gt", "et", gt[1]);
    write_vector(out, "MET", gt[2]);
    write_vector(out, "MHT", gt[3]);
    write_vector(out, "METHF", gt[4]);
    write_vector(out, "MHTHF", gt[5]);
    fprintf(out, "  towers %" PRId64 ", minimum-bias counts %d %d %d %d, centrality %02x\n",
            l1t_sum_ht_gt_towers(gt[1]), sums->side[0].mb[0], sums->side[1].mb[0],
            sums->side[0].mb[1], sums->side[1].mb[1], (unsigned)sums->total.centrality);
}
