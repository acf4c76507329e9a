// SPDX-License-Identifier: GPL-3.0-or-later
// Jet answers as text.
#include "l1t/jet_text.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <inttypes.h>
#include <string.h>

static int ieta_of(int m)
{
    return m < 0 ? -l1t_ieta_of_ring(-m) : l1t_ieta_of_ring(m);
}

static void ascending(uint16_t x[4])
{
    for (int i = 1; i < 4; i++)
        for (int j = i; j > 0 && x[j - 1] > x[j]; j--) {
            const uint16_t old = x[j];
            x[j] = x[j - 1];
            x[j - 1] = old;
        }
}

static void write_candidate(FILE *out, enum l1t_jet_pus pus, const struct l1t_jet_cand *cand)
{
    fprintf(out, "J0 %d %d %d %d %d %d %d", ieta_of(cand->m), cand->phi, cand->raw, cand->seed,
            cand->pu, cand->et, cand->et_ht);
    if (pus == L1T_JET_PUS_DONUT) {
        uint16_t flap[4];
        memcpy(flap, cand->flap, sizeof flap);
        ascending(flap);
        fprintf(out, " %d %d %d %d", flap[0], flap[1], flap[2], flap[3]);
    }
    putc('\n', out);
}

static void write_candidates(FILE *out, enum l1t_jet_pus pus, const struct l1t_jet_result *result)
{
    for (int sign = 1; sign >= -1; sign -= 2)
        for (int first = 1; first <= 4; first++)
            for (int ring = first; ring <= L1T_RINGS; ring += 4)
                for (unsigned i = 0; i < result->n_cand; i++)
                    if (result->cand[i].m == sign * ring && result->cand[i].et != 0)
                        write_candidate(out, pus, &result->cand[i]);
}

void l1t_jet_write_records(FILE *out, enum l1t_jet_pus pus, const struct l1t_jet_result *result)
{
    write_candidates(out, pus, result);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int i = 0; i < L1T_JET_PER_SIDE; i++) {
            const uint32_t jet = result->mp[side][i];
            const int ring = (int)l1t_jet_mp_ring(jet);
            if (jet != 0)
                fprintf(out, "J1 %d %" PRId64 " %" PRId64 "\n", ieta_of(side == 0 ? ring : -ring),
                        l1t_jet_mp_phi(jet), l1t_jet_mp_et(jet));
        }
    for (unsigned i = 0; i < result->n_gt; i++) {
        const uint32_t jet = result->gt[i];
        fprintf(out, "J2 %" PRId64 " %" PRId64 " %" PRId64 " %08" PRIx32 "\n", l1t_jet_gt_et(jet),
                l1t_jet_gt_eta(jet), l1t_jet_gt_phi(jet), jet);
    }
}

void l1t_jet_write_decoded(FILE *out, const struct l1t_jet_result *result)
{
    const struct l1t_word *format = l1t_word_find("jet_gt");
    fprintf(out, "  %4s %11s %8s %9s %9s\n", "jet", "pt [GeV]", "eta", "phi [rad]", "word");
    for (unsigned i = 0; i < result->n_gt; i++) {
        const uint32_t jet = result->gt[i];
        const double pt = l1t_decode_named(format, "et", jet);
        fprintf(out, "  %4u %9.1f%s %8.3f %9.3f  %08" PRIx32 "\n", i, pt,
                l1t_jet_gt_et(jet) == 2047 ? " +" : "  ", l1t_decode_named(format, "eta", jet),
                l1t_decode_named(format, "phi", jet), jet);
    }
}
