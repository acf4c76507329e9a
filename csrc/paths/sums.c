// SPDX-License-Identifier: GPL-3.0-or-later
// The energy sums as the co-simulation driver sees them.
#include "calo_path.h"
#include "sums_cover.h"

#include "l1t/calo_config.h"
#include "l1t/calo_text.h"
#include "l1t/twin.h"

#include "calo/l1t_jet.h"
#include "calo/l1t_ntt.h"
#include "calo/l1t_sums.h"

enum { KINDS = 4, SCALARS = L1T_SIDES * KINDS };

static const struct l1t_stage stages[L1T_SUMS_STAGES] = {
    [L1T_SUMS_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_SUMS_STAGE_SCALAR] = {"scalar", "sum_scalar_mp", 1, SCALARS},
    [L1T_SUMS_STAGE_VECTOR] = {"vector", "sum_vector_mp", 1, 2 * SCALARS},
    [L1T_SUMS_STAGE_MB] = {"mb", "sum_mb_mp", 1, 1},
    [L1T_SUMS_STAGE_COUNT] = {"count", "sum_count_mp", 1, 1},
    [L1T_SUMS_STAGE_FRAME] = {"et", "sum_et_gt", 1, 1},
    [L1T_SUMS_STAGE_FRAME + 1] = {"ht", "sum_ht_gt", 1, 1},
    [L1T_SUMS_STAGE_FRAME + 2] = {"met", "sum_met_gt", 1, 1},
    [L1T_SUMS_STAGE_FRAME + 3] = {"mht", "sum_mht_gt", 1, 1},
    [L1T_SUMS_STAGE_FRAME + 4] = {"methf", "sum_methf_gt", 1, 1},
    [L1T_SUMS_STAGE_FRAME + 5] = {"mhthf", "sum_mhthf_gt", 1, 1},
};

static unsigned emulate(const struct l1t_calo_setup *setup, const uint32_t *in,
                        struct l1t_sums_result *sums)
{
    struct l1t_towers towers;
    struct l1t_jet_result jets;
    l1t_words_to_towers(in, &towers);
    const unsigned ntt = l1t_ntt(&towers);
    l1t_jet(&setup->model.jet, &towers, &jets);
    l1t_sums(&setup->model.sums, &towers, ntt, &jets, sums);
    return ntt;
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    struct l1t_sums_result sums;
    const unsigned ntt = emulate(config, in, &sums);
    l1t_sums_pack_stages(ntt, &sums, words);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    struct l1t_sums_result sums;
    const unsigned ntt = emulate(config, in, &sums);
    if (physical) {
        l1t_sums_write_decoded(out, &sums);
        return;
    }
    l1t_ntt_write_record(out, ntt);
    l1t_sums_write_records(out, &sums);
}

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    static const char *const kind[KINDS] = {"ET with HF", "ET", "HT with HF", "HT"};
    (void)row;
    if (stage == L1T_SUMS_STAGE_SCALAR)
        (void)snprintf(text, size, "%c side, %s", lane < KINDS ? '+' : '-', kind[lane % KINDS]);
    else if (stage == L1T_SUMS_STAGE_VECTOR)
        (void)snprintf(text, size, "%c side, %s, %c", lane < 2 * KINDS ? '+' : '-',
                       kind[lane / 2 % KINDS], lane % 2 == 0 ? 'x' : 'y');
    else
        (void)snprintf(text, size, "whole event");
}

const struct l1t_twin l1t_sums_twin = {
    .name = "sums",
    .summary = "calorimeter energy sums: ET, HT, missing ET and HT, counts, asymmetries",
    .stages = stages,
    .n_stages = L1T_SUMS_STAGES,
    L1T_CALO_PATH_MEMBERS,
    .model = model,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_sums_cover,
    .cover_names = l1t_sums_cover_names,
};
