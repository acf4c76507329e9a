// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the energy sums: did the compared events contain what wiring errors need
// to show?
#include "sums_cover.h"

#include "tower_path.h"

#include "l1t/twin.h"

#include "calo/l1t_split.h"
#include "calo/l1t_sums.h"
#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum { KINDS = 4, SCALARS = L1T_SIDES * KINDS }; // kinds: ET with HF, ET, HT with HF, HT
enum { FIRST_JET_KIND = 2, TURN = 144, LINK_FULL = 4095 };

enum bin {
    CODE_509,
    CODE_510,
    CODE_511,
    HF_CODE_509,
    HF_CODE_510,
    HF_CODE_511,
    ODD_COLUMN,
    E_WRAPS,
    ALL_TOWERS,
    NTT_ZERO,
    NTT_CLIPPED,
    ET_CLIPPED,
    EM_CLIPPED,
    VECTOR_FULL,
    VECTOR_FULL_HF,
    JET_FULL,
    JET_FULL_HF,
    HT_CLIPPED,
    HT_HF_ONLY,
    MB0_CLIPPED,
    MB1_CLIPPED,
    MB_SOME,
    MB_WITHOUT_ET,
    ONE_SIDE,
    BOTH_EMPTY,
    SMALL_DENOMINATOR,
    ASYMMETRY_WRAPS,
    QUADRANT_1,
    QUADRANT_2,
    QUADRANT_3,
    QUADRANT_4,
    ON_AXIS,
    VECTOR_ZERO,
    PHI_BEYOND,
    ETT_WORD_FULL,
    HT_WORD_FULL,
    MET_WORD_FULL,
    MHT_WORD_FULL,
    CENTRALITY_NONE,
    CENTRALITY_SOME,
    CENTRALITY_FULL,
    BINS
};

const char *const l1t_sums_cover_names[] = {
    [CODE_509] = "tower code 509",
    [CODE_510] = "tower code 510",
    [CODE_511] = "tower code 511",
    [HF_CODE_509] = "tower code 509 in HF",
    [HF_CODE_510] = "tower code 510 in HF",
    [HF_CODE_511] = "tower code 511 in HF",
    [ODD_COLUMN] = "energy in the odd column 61",
    [E_WRAPS] = "E of a tower above 255",
    [ALL_TOWERS] = "every tower has energy",
    [NTT_ZERO] = "nTT 0",
    [NTT_CLIPPED] = "nTT above 255",
    [ET_CLIPPED] = "ET at 65535, no tower saturated",
    [EM_CLIPPED] = "electromagnetic ET at 65535, no tower saturated",
    [VECTOR_FULL] = "ET vector saturated",
    [VECTOR_FULL_HF] = "ET vector saturated with HF only",
    [JET_FULL] = "HT vector saturated",
    [JET_FULL_HF] = "HT vector saturated with HF only",
    [HT_CLIPPED] = "HT at 65535, no jet saturated",
    [HT_HF_ONLY] = "HT with HF only",
    [MB0_CLIPPED] = "minimum-bias count 0 at 15",
    [MB1_CLIPPED] = "minimum-bias count 1 at 15",
    [MB_SOME] = "minimum-bias count between 0 and 15",
    [MB_WITHOUT_ET] = "minimum-bias bit of a tower without energy",
    [ONE_SIDE] = "a sum of one side only",
    [BOTH_EMPTY] = "a sum of neither side",
    [SMALL_DENOMINATOR] = "both sides' sum below 256",
    [ASYMMETRY_WRAPS] = "asymmetry of a one-sided sum below 4",
    [QUADRANT_1] = "vector in quadrant 1",
    [QUADRANT_2] = "vector in quadrant 2",
    [QUADRANT_3] = "vector in quadrant 3",
    [QUADRANT_4] = "vector in quadrant 4",
    [ON_AXIS] = "vector along an axis",
    [VECTOR_ZERO] = "vector of length 0, sides not",
    [PHI_BEYOND] = "angle of 144 and beyond",
    [ETT_WORD_FULL] = "ET word at 4095",
    [HT_WORD_FULL] = "HT word at 4095",
    [MET_WORD_FULL] = "missing-ET word at 4095, vector not saturated",
    [MHT_WORD_FULL] = "missing-HT word at 4095, vector not saturated",
    [CENTRALITY_NONE] = "centrality without a bit",
    [CENTRALITY_SOME] = "centrality with some bits",
    [CENTRALITY_FULL] = "centrality of saturated sums",
    NULL,
};

// ---- towers ----

struct full {
    bool inner, hf, em;
};

static void cover_tower(uint16_t word, bool hf, bool hit[BINS], struct full *full)
{
    const unsigned et = (unsigned)l1t_tower_et(word);
    hit[ALL_TOWERS] &= et != 0;
    hit[MB_WITHOUT_ET] |= hf && et == 0 && word >> l1t_tower_feature_lsb != 0;
    hit[E_WRAPS] |= !hf && l1t_split_share(word) * et >> 7 > 255;
    if (et < L1T_SUMS_FIRST_SATURATED)
        return;
    hit[(hf ? HF_CODE_509 : CODE_509) + (et - L1T_SUMS_FIRST_SATURATED)] = true;
    full->hf |= hf;
    full->inner |= !hf;
    full->em |= !hf && et > L1T_SUMS_FIRST_SATURATED;
}

static void cover_towers(const uint32_t *in, bool hit[BINS], struct full full[L1T_SIDES])
{
    enum { ODD = 60 };
    struct l1t_towers towers;
    l1t_words_to_towers(in, &towers);
    hit[ALL_TOWERS] = true;
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_RINGS; ring++) {
            const uint16_t *w = towers.w[side][ring];
            for (int p = 0; p < L1T_PHIS; p++)
                cover_tower(w[p], ring >= L1T_SUMS_RINGS, hit, &full[side]);
            hit[ODD_COLUMN] |= l1t_tower_et(w[ODD]) != 0;
        }
}

// ---- sums of a side ----

static bool vector_full(const uint32_t v[2])
{
    return v[0] == L1T_SUMS_VECTOR_SATURATED;
}

static void cover_side(const uint32_t scalar[KINDS], const uint32_t vector[2 * KINDS],
                       const struct full *full, bool hit[BINS])
{
    const uint32_t et = (uint32_t)l1t_sum_scalar_mp_et(scalar[1]);
    const uint32_t em = (uint32_t)l1t_sum_scalar_mp_em(scalar[1]);
    const uint32_t ht = (uint32_t)l1t_sum_scalar_mp_et(scalar[3]);
    hit[ET_CLIPPED] |= et == L1T_SUMS_SATURATED && !full->inner;
    hit[EM_CLIPPED] |= em == L1T_SUMS_SATURATED && !full->em;
    hit[VECTOR_FULL] |= vector_full(&vector[2]);
    hit[VECTOR_FULL_HF] |= vector_full(&vector[0]) && !vector_full(&vector[2]);
    hit[JET_FULL] |= vector_full(&vector[6]);
    hit[JET_FULL_HF] |= vector_full(&vector[4]) && !vector_full(&vector[6]);
    hit[HT_CLIPPED] |= ht == L1T_SUMS_SATURATED && !vector_full(&vector[6]);
    hit[HT_HF_ONLY] |= ht == 0 && scalar[2] != 0;
}

// ---- both sides ----

static void cover_asymmetry(uint32_t plus, uint32_t minus, unsigned asymmetry, bool hit[BINS])
{
    const bool one_sided = (plus == 0) != (minus == 0);
    hit[ONE_SIDE] |= one_sided;
    hit[BOTH_EMPTY] |= plus == 0 && minus == 0;
    hit[SMALL_DENOMINATOR] |= plus + minus != 0 && plus + minus < 256;
    hit[ASYMMETRY_WRAPS] |= one_sided && asymmetry < 4;
}

static void cover_vector(const uint32_t plus[2], const uint32_t minus[2], unsigned phi, bool some,
                         bool hit[BINS])
{
    const int32_t x = (int32_t)(plus[0] + minus[0]), y = (int32_t)(plus[1] + minus[1]);
    hit[VECTOR_ZERO] |= x == 0 && y == 0 && some;
    hit[PHI_BEYOND] |= phi >= TURN;
    if (x == 0 && y == 0)
        return;
    hit[ON_AXIS] |= x == 0 || y == 0;
    hit[x >= 0 ? y >= 0 ? QUADRANT_1 : QUADRANT_4 : y >= 0 ? QUADRANT_2 : QUADRANT_3] = true;
}

// Kind k's frame has the same fields whichever it is; only the last one's name differs.
static void cover_kind(unsigned k, const uint32_t *scalar, const uint32_t *vector, uint32_t frame,
                       bool hit[BINS])
{
    const uint32_t plus = (uint32_t)l1t_sum_scalar_mp_et(scalar[k]);
    const uint32_t minus = (uint32_t)l1t_sum_scalar_mp_et(scalar[KINDS + k]);
    const uint32_t *a = &vector[2 * k], *b = &vector[2 * (KINDS + k)];
    cover_asymmetry(plus, minus, (unsigned)l1t_sum_met_gt_asymmetry(frame), hit);
    if (vector_full(a) || vector_full(b))
        return;
    cover_vector(a, b, (unsigned)l1t_sum_met_gt_phi(frame), plus + minus != 0, hit);
    hit[k < FIRST_JET_KIND ? MET_WORD_FULL : MHT_WORD_FULL] |=
        l1t_sum_met_gt_et(frame) == LINK_FULL;
}

static bool some(uint64_t count)
{
    return count > 0 && count < 15;
}

static void cover_words(const uint32_t mb, const uint32_t frame[L1T_SUMS_FRAMES], bool hit[BINS])
{
    const unsigned centrality = (unsigned)(l1t_sum_methf_gt_centrality(frame[4]) |
                                           l1t_sum_mhthf_gt_centrality(frame[5]) << 4);
    hit[MB0_CLIPPED] |= l1t_sum_mb_mp_mb0_plus(mb) == 15 || l1t_sum_mb_mp_mb0_minus(mb) == 15;
    hit[MB1_CLIPPED] |= l1t_sum_mb_mp_mb1_plus(mb) == 15 || l1t_sum_mb_mp_mb1_minus(mb) == 15;
    hit[MB_SOME] |=
        some((uint64_t)l1t_sum_mb_mp_mb0_plus(mb)) || some((uint64_t)l1t_sum_mb_mp_mb1_minus(mb));
    hit[ETT_WORD_FULL] |= l1t_sum_et_gt_et(frame[0]) == LINK_FULL;
    hit[HT_WORD_FULL] |= l1t_sum_ht_gt_et(frame[1]) == LINK_FULL;
    hit[CENTRALITY_NONE] |= centrality == 0;
    hit[CENTRALITY_SOME] |= centrality != 0 && centrality != 0x80;
    hit[CENTRALITY_FULL] |= centrality == 0x80;
}

void l1t_sums_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins)
{
    static const unsigned frame_of[KINDS] = {4, 2, 5, 3};
    const uint32_t *scalar = &stages[1], *vector = scalar + SCALARS;
    const uint32_t *mb = vector + 2 * SCALARS, *frame = mb + 2;
    bool hit[BINS] = {false};
    struct full full[L1T_SIDES];
    memset(full, 0, sizeof full);
    cover_towers(in, hit, full);
    for (unsigned side = 0; side < L1T_SIDES; side++)
        cover_side(&scalar[side * KINDS], &vector[side * 2 * KINDS], &full[side], hit);
    for (unsigned k = 0; k < KINDS; k++)
        cover_kind(k, scalar, vector, frame[frame_of[k]], hit);
    cover_words(*mb, frame, hit);
    hit[NTT_ZERO] = stages[0] == 0;
    hit[NTT_CLIPPED] = stages[0] > 255;
    for (size_t i = 0; i < BINS; i++)
        bins[i] += hit[i];
}
