// SPDX-License-Identifier: Apache-2.0
// Output words: what the global trigger reads, and the intermediate muons for monitoring. The raw
// eta travels in the word in 2017, and in Run 3, where displacement took its place, in an extra
// one.
#include "../l1t_formats.h"
#include "l1t_ugmt.h"

#include <string.h>

// Two bits of quality, or 15 for a halo muon of the endcap.
static unsigned quality_out(const struct l1t_ugmt_cand *cand)
{
    const int halo = cand->hf && l1t_ugmt_finder(cand->group) == L1T_UGMT_ENDCAP;
    return halo ? 15 : cand->quality & 12u;
}

static uint64_t mid_word(const struct l1t_ugmt_cand *cand)
{
    return l1t_muon_mid_pt_u_put(cand->pt_u) | l1t_muon_mid_pt_put(cand->pt) |
           l1t_muon_mid_quality_put(quality_out(cand)) | l1t_muon_mid_sign_put(cand->sign) |
           l1t_muon_mid_sign_valid_put(cand->sign_valid) | l1t_muon_mid_phi_put(cand->phi) |
           l1t_muon_mid_eta_put(cand->eta) | l1t_muon_mid_dxy_put(cand->dxy);
}

static uint64_t word_2016(const struct l1t_ugmt_cand *cand)
{
    return l1t_muon_gt_2016_phi_put(cand->phi) | l1t_muon_gt_2016_pt_put(cand->pt) |
           l1t_muon_gt_2016_quality_put(quality_out(cand)) | l1t_muon_gt_2016_eta_put(cand->eta) |
           l1t_muon_gt_2016_sign_put(cand->sign) |
           l1t_muon_gt_2016_sign_valid_put(cand->sign_valid);
}

static uint64_t final_word(enum l1t_ugmt_layout layout, const struct l1t_ugmt_cand *cand,
                           const struct l1t_ugmt_final *f)
{
    if (layout == L1T_UGMT_LAYOUT_2016)
        return word_2016(cand) | l1t_muon_gt_2016_iso_put(f->iso) |
               l1t_muon_gt_2016_index_put(cand->index);
    const uint64_t common = l1t_muon_gt_phi_vtx_put(f->phi_vtx) | l1t_muon_gt_pt_put(cand->pt) |
                            l1t_muon_gt_quality_put(quality_out(cand)) |
                            l1t_muon_gt_eta_vtx_put(f->eta_vtx) | l1t_muon_gt_iso_put(f->iso) |
                            l1t_muon_gt_sign_put(cand->sign) |
                            l1t_muon_gt_sign_valid_put(cand->sign_valid) |
                            l1t_muon_gt_index_put(cand->index) | l1t_muon_gt_phi_put(cand->phi);
    return layout == L1T_UGMT_LAYOUT_2017
               ? common | l1t_muon_gt_2017_eta_put(cand->eta)
               : common | l1t_muon_gt_pt_u_put(cand->pt_u) | l1t_muon_gt_dxy_put(cand->dxy);
}

static void mid_words(enum l1t_ugmt_layout layout, struct l1t_ugmt_result *result)
{
    memset(result->mid, 0, sizeof result->mid);
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++)
        for (unsigned k = 0; k < result->n_kept[group]; k++) {
            const unsigned place = l1t_ugmt_place[group] + k;
            const struct l1t_ugmt_cand *cand = &result->cand[result->kept[place]];
            result->mid[place] = layout == L1T_UGMT_LAYOUT_2016 ? word_2016(cand) : mid_word(cand);
        }
}

void l1t_ugmt_words(const struct l1t_ugmt_config *config, struct l1t_ugmt_result *result)
{
    mid_words(config->layout, result);
    memset(result->gt, 0, sizeof result->gt);
    memset(result->eta_pair, 0, sizeof result->eta_pair);
    for (unsigned i = 0; i < result->n_final; i++) {
        const struct l1t_ugmt_final *f = &result->final[i];
        const struct l1t_ugmt_cand *cand = &result->cand[f->cand];
        result->gt[i] = final_word(config->layout, cand, f);
        if (config->layout == L1T_UGMT_LAYOUT_RUN3)
            result->eta_pair[i / 2] |=
                (uint32_t)(i % 2 == 0 ? l1t_muon_eta_pair_first_put(cand->eta)
                                      : l1t_muon_eta_pair_second_put(cand->eta));
    }
}
