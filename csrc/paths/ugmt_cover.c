// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the global muon trigger: did the compared crossings contain what errors of
// wiring, windows and order need to show? Everything is read off the model's stages.
#include "ugmt_cover.h"

#include "l1t/twin.h"
#include "l1t_formats.h"
#include "muon/l1t_ugmt.h"

#include <stdbool.h>
#include <string.h>

enum bin {
    NO_MUON,
    ONE_MUON,
    ALL_SLOTS,
    HOLE,
    BARREL_BELOW_0,
    SECTOR_BEYOND,
    PT_FULL,
    PT_LONGEST,
    PT_BEYOND,
    ETA_LOWEST,
    ETA_0,
    NO_CHARGE,
    OWN_BARREL,
    OWN_OVERLAP,
    OWN_ENDCAP,
    OWN_TIE,
    LAST_CANCELS_FIRST,
    CANCELLED_CANCELS,
    OVERLAP_BY_BARREL,
    BARREL_BY_OVERLAP,
    BARREL_BY_BOTH,
    OVERLAP_BARREL_TIE,
    OVERLAP_BY_ENDCAP,
    ENDCAP_BY_OVERLAP,
    THREE_REASONS,
    BEST_CANCELLED,
    ETA_DOWN,
    ETA_UP,
    PHI_DOWN,
    PHI_UP,
    PHI_BELOW_0,
    PHI_BEYOND,
    FIRST_TIE,
    FIRST_CUT_TIE,
    FIRST_FULL,
    SOME_LEFT_OUT,
    ALL_KEPT,
    FINAL_TIE,
    FINAL_CUT_TIE,
    FINAL_FEW,
    ONE_GROUP,
    HALO,
    DISPLACED,
    NOT_ISOLATED,
    ABSOLUTE_ONLY,
    RELATIVE_ONLY,
    BOTH_ISOLATED,
    SUM_FULL,
    PHI_REGION_LAST,
    ETA_REGION_ENDS
};

const char *const l1t_ugmt_cover_names[] = {
    [NO_MUON] = "crossing without a muon",
    [ONE_MUON] = "one muon",
    [ALL_SLOTS] = "all 108 slots",
    [HOLE] = "empty slot before a full one",
    [BARREL_BELOW_0] = "wedge 0, phi below 0",
    [SECTOR_BEYOND] = "last forward sector, phi beyond one turn",
    [PT_FULL] = "pt 511",
    [PT_LONGEST] = "pt 127, the last that is extrapolated",
    [PT_BEYOND] = "pt 128, the first that is not",
    [ETA_LOWEST] = "eta -256",
    [ETA_0] = "eta 0",
    [NO_CHARGE] = "final muon of unknown charge",
    [OWN_BARREL] = "barrel muons cancelled by the barrel",
    [OWN_OVERLAP] = "overlap muons cancelled by the overlap",
    [OWN_ENDCAP] = "endcap muons cancelled by the endcap",
    [OWN_TIE] = "cancelled by a neighbour of equal quality",
    [LAST_CANCELS_FIRST] = "first wedge or sector cancelled by the last",
    [CANCELLED_CANCELS] = "a cancelled muon cancels",
    [OVERLAP_BY_BARREL] = "overlap muon cancelled by the barrel",
    [BARREL_BY_OVERLAP] = "barrel muon cancelled by the overlap",
    [BARREL_BY_BOTH] = "barrel muon cancelled by both overlap sides",
    [OVERLAP_BARREL_TIE] = "overlap muon cancelled by the barrel, equal quality",
    [OVERLAP_BY_ENDCAP] = "overlap muon cancelled by the endcap",
    [ENDCAP_BY_OVERLAP] = "endcap muon cancelled by the overlap",
    [THREE_REASONS] = "a muon cancelled for three reasons",
    [BEST_CANCELLED] = "the largest rank of a group is cancelled",
    [ETA_DOWN] = "eta extrapolated down",
    [ETA_UP] = "eta extrapolated up",
    [PHI_DOWN] = "phi extrapolated down",
    [PHI_UP] = "phi extrapolated up",
    [PHI_BELOW_0] = "phi at the vertex wraps below 0",
    [PHI_BEYOND] = "phi at the vertex wraps beyond a turn",
    [FIRST_TIE] = "equal ranks in a group",
    [FIRST_CUT_TIE] = "equal ranks, one in the last place of a group, one left out",
    [FIRST_FULL] = "all places of the barrel taken",
    [SOME_LEFT_OUT] = "more muons in a group than places",
    [ALL_KEPT] = "all 24 places taken",
    [FINAL_TIE] = "equal ranks of two groups in the final sort",
    [FINAL_CUT_TIE] = "equal ranks, one in the last place, one left out",
    [FINAL_FEW] = "some final muons, fewer than eight",
    [ONE_GROUP] = "all eight final muons of the barrel",
    [HALO] = "halo muon kept",
    [DISPLACED] = "final muon with displacement",
    [NOT_ISOLATED] = "final muon not isolated",
    [ABSOLUTE_ONLY] = "isolated by the sum only",
    [RELATIVE_ONLY] = "isolated relative to pt only",
    [BOTH_ISOLATED] = "isolated both ways",
    [SUM_FULL] = "sum 31",
    [PHI_REGION_LAST] = "first and last region in phi",
    [ETA_REGION_ENDS] = "first and last region in eta",
    NULL,
};

// Where the stages' rows start.
enum {
    AT_CANCEL = 156,
    AT_EXTRAPOLATE = AT_CANCEL + 14,
    AT_RANK = AT_EXTRAPOLATE + 44,
    AT_FIRST = AT_RANK + 34,
    AT_FINAL = AT_FIRST + 14,
    AT_MID = AT_FINAL + 14
};

struct view {
    uint64_t dec[L1T_UGMT_IN];
    unsigned n, cancel[L1T_UGMT_IN], rank[L1T_UGMT_IN];
    bool seen[L1T_UGMT_IN]; // has a place after the first sort
    uint64_t kept[L1T_UGMT_KEPT];
    unsigned n_kept, n_final;
    uint64_t final[L1T_UGMT_OUT];
};

static void look(const uint32_t *stages, struct view *v)
{
    memset(v, 0, sizeof *v);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        v->dec[i] = l1t_row_record(stages, l1t_muon_dec_bits, i);
        v->cancel[i] = (unsigned)l1t_row_record(stages + AT_CANCEL, l1t_muon_cancel_bits, i);
        v->rank[i] = (unsigned)l1t_row_record(stages + AT_RANK, l1t_muon_rank_bits, i);
        v->n += v->dec[i] != 0;
    }
    for (unsigned i = 0; i < L1T_UGMT_KEPT; i++) {
        v->kept[i] = l1t_row_record(stages + AT_FIRST, l1t_muon_kept_bits, i);
        v->n_kept += v->kept[i] != 0;
        if (v->kept[i] != 0)
            v->seen[l1t_muon_kept_index(v->kept[i])] = true;
    }
    for (unsigned i = 0; i < L1T_UGMT_OUT; i++) {
        v->final[i] = l1t_row_record(stages + AT_FINAL, l1t_muon_final_bits, i);
        v->n_final += v->final[i] != 0;
    }
}

static unsigned group_of(unsigned lane)
{
    return l1t_ugmt_group_of[lane / L1T_UGMT_SLOTS];
}

// Link of the neighbour that is step wedges or sectors further on.
static unsigned beside(unsigned link, unsigned step)
{
    const unsigned group = l1t_ugmt_group_of[link], first = l1t_ugmt_first[group];
    const unsigned n = l1t_ugmt_first[group + 1] - first;
    return first + (link - first + n + step) % n;
}

static int best_quality(const struct view *v, unsigned link)
{
    int best = -1; // no muon
    for (unsigned i = 3 * link; i < 3 * link + 3; i++)
        if (v->dec[i] != 0 && (int)l1t_muon_dec_quality(v->dec[i]) > best)
            best = (int)l1t_muon_dec_quality(v->dec[i]);
    return best;
}

static bool all_cancelled(const struct view *v, unsigned link)
{
    for (unsigned i = 3 * link; i < 3 * link + 3; i++)
        if (v->dec[i] != 0 && (v->cancel[i] & L1T_UGMT_CANCEL_OWN) == 0)
            return false;
    return true;
}

// ---- what comes in ----

static void cover_input(const struct view *v, bool *seen)
{
    seen[NO_MUON] = v->n == 0;
    seen[ONE_MUON] = v->n == 1;
    seen[ALL_SLOTS] = v->n == L1T_UGMT_IN;
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t dec = v->dec[i];
        if (dec == 0)
            continue;
        const unsigned link = i / L1T_UGMT_SLOTS, group = group_of(i);
        const unsigned pt = (unsigned)l1t_muon_dec_pt(dec), phi = (unsigned)l1t_muon_dec_phi(dec);
        const bool last = link + 1 == l1t_ugmt_first[group + 1];
        seen[HOLE] |= i % L1T_UGMT_SLOTS != 0 && v->dec[i - 1] == 0;
        seen[BARREL_BELOW_0] |= link == l1t_ugmt_first[L1T_UGMT_B] && phi > 500;
        seen[SECTOR_BEYOND] |= group != L1T_UGMT_B && last && phi < 200;
        seen[PT_FULL] |= pt == 511;
        seen[PT_LONGEST] |= pt == 127;
        seen[PT_BEYOND] |= pt == 128;
        seen[ETA_LOWEST] |= l1t_muon_dec_eta(dec) == -256;
        seen[ETA_0] |= l1t_muon_dec_eta(dec) == 0;
    }
}

// ---- cancel-out ----

static void cover_own(const struct view *v, unsigned i, bool *seen)
{
    const unsigned link = i / L1T_UGMT_SLOTS, group = group_of(i);
    const unsigned before = beside(link, (unsigned)-1), after = beside(link, 1);
    const int below = best_quality(v, before), above = best_quality(v, after);
    const int quality = (int)l1t_muon_dec_quality(v->dec[i]);
    const unsigned finder = l1t_ugmt_finder(group);
    seen[OWN_BARREL] |= finder == L1T_UGMT_BARREL;
    seen[OWN_OVERLAP] |= finder == L1T_UGMT_OVERLAP;
    seen[OWN_ENDCAP] |= finder == L1T_UGMT_ENDCAP;
    seen[OWN_TIE] |= below <= quality && above <= quality;
    seen[LAST_CANCELS_FIRST] |= link == l1t_ugmt_first[group] && above < 0;
    seen[CANCELLED_CANCELS] |= above < 0 && all_cancelled(v, before);
}

static void cover_cancel(const struct view *v, bool *seen)
{
    const unsigned ob = L1T_UGMT_CANCEL_OB_PLUS | L1T_UGMT_CANCEL_OB_MINUS;
    unsigned best[L1T_UGMT_GROUPS] = {0}, kept[L1T_UGMT_GROUPS] = {0};
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned cancel = v->cancel[i], group = group_of(i);
        const unsigned finder = l1t_ugmt_finder(group);
        unsigned *largest = cancel != 0 ? best : kept;
        if (v->rank[i] > largest[group])
            largest[group] = v->rank[i];
        if ((cancel & L1T_UGMT_CANCEL_OWN) != 0)
            cover_own(v, i, seen);
        seen[BARREL_BY_OVERLAP] |= finder == L1T_UGMT_BARREL && (cancel & ob) != 0;
        seen[BARREL_BY_BOTH] |= finder == L1T_UGMT_BARREL && (cancel & ob) == ob;
        seen[OVERLAP_BY_ENDCAP] |= finder == L1T_UGMT_OVERLAP && (cancel & L1T_UGMT_CANCEL_OE) != 0;
        seen[ENDCAP_BY_OVERLAP] |= finder == L1T_UGMT_ENDCAP && (cancel & L1T_UGMT_CANCEL_OE) != 0;
        unsigned reasons = 0;
        for (unsigned bits = cancel; bits != 0; bits >>= 1)
            reasons += bits & 1;
        seen[THREE_REASONS] |= reasons == 3;
        if (finder != L1T_UGMT_OVERLAP || (cancel & ob) == 0)
            continue;
        seen[OVERLAP_BY_BARREL] = true;
        const unsigned sector = i / L1T_UGMT_SLOTS - l1t_ugmt_first[group];
        int quality = -1;
        for (unsigned w = 0; w < 4; w++) {
            const int q = best_quality(v, l1t_ugmt_first[L1T_UGMT_B] + (2 * sector + w) % 12);
            quality = q > quality ? q : quality;
        }
        seen[OVERLAP_BARREL_TIE] |= quality == (int)l1t_muon_dec_quality(v->dec[i]);
    }
    for (unsigned g = 0; g < L1T_UGMT_GROUPS; g++)
        seen[BEST_CANCELLED] |= best[g] > kept[g];
}

// ---- extrapolation and sorts ----

static void cover_extrapolation(const struct view *v, const uint32_t *stages, bool *seen)
{
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const uint64_t ext = l1t_row_record(stages + AT_EXTRAPOLATE, l1t_muon_ext_bits, i);
        const int deta = (int)l1t_muon_ext_deta(ext), dphi = (int)l1t_muon_ext_dphi(ext);
        seen[ETA_DOWN] |= deta < 0;
        seen[ETA_UP] |= deta > 0;
        seen[PHI_DOWN] |= dphi < 0;
        seen[PHI_UP] |= dphi > 0;
    }
    for (unsigned i = 0; i < v->n_final; i++) {
        const uint64_t dec = v->dec[l1t_muon_final_index(v->final[i])];
        const int moved = (int)l1t_muon_final_phi_vtx(v->final[i]) - (int)l1t_muon_dec_phi(dec);
        seen[PHI_BELOW_0] |= moved > 288;
        seen[PHI_BEYOND] |= moved < -288;
    }
}

static void cover_first(const struct view *v, bool *seen)
{
    for (unsigned g = 0; g < L1T_UGMT_GROUPS; g++) {
        const uint64_t *place = v->kept + l1t_ugmt_place[g];
        const uint64_t last = place[l1t_ugmt_places[g] - 1];
        for (unsigned k = 1; k < l1t_ugmt_places[g]; k++)
            seen[FIRST_TIE] |=
                place[k] != 0 && l1t_muon_kept_rank(place[k]) == l1t_muon_kept_rank(place[k - 1]);
        if (last == 0)
            continue;
        seen[FIRST_FULL] |= g == L1T_UGMT_B;
        for (unsigned i = 3u * l1t_ugmt_first[g]; i < 3u * l1t_ugmt_first[g + 1]; i++) {
            if (v->dec[i] == 0 || v->cancel[i] != 0 || v->seen[i])
                continue;
            seen[SOME_LEFT_OUT] = true;
            seen[FIRST_CUT_TIE] |= v->rank[i] == l1t_muon_kept_rank(last);
        }
    }
    seen[ALL_KEPT] = v->n_kept == L1T_UGMT_KEPT;
}

static bool is_final(const struct view *v, uint64_t index)
{
    for (unsigned i = 0; i < v->n_final; i++)
        if ((uint64_t)l1t_muon_final_index(v->final[i]) == index)
            return true;
    return false;
}

static void cover_final(const struct view *v, bool *seen)
{
    seen[FINAL_FEW] = v->n_final > 0 && v->n_final < L1T_UGMT_OUT;
    unsigned of_barrel = 0;
    for (unsigned i = 0; i < v->n_final; i++) {
        const unsigned group = group_of((unsigned)l1t_muon_final_index(v->final[i]));
        of_barrel += group == L1T_UGMT_B;
        if (i > 0 && l1t_muon_final_rank(v->final[i]) == l1t_muon_final_rank(v->final[i - 1]))
            seen[FINAL_TIE] |= group != group_of((unsigned)l1t_muon_final_index(v->final[i - 1]));
    }
    seen[ONE_GROUP] = of_barrel == L1T_UGMT_OUT;
    if (v->n_final < L1T_UGMT_OUT)
        return;
    const uint64_t last = (uint64_t)l1t_muon_final_rank(v->final[L1T_UGMT_OUT - 1]);
    for (unsigned i = 0; i < L1T_UGMT_KEPT; i++)
        seen[FINAL_CUT_TIE] |= v->kept[i] != 0 &&
                               (uint64_t)l1t_muon_kept_rank(v->kept[i]) == last &&
                               !is_final(v, (uint64_t)l1t_muon_kept_index(v->kept[i]));
}

// ---- what goes out ----

static void cover_output(const struct view *v, const uint32_t *stages, bool *seen)
{
    bool first_phi = false, last_phi = false, first_eta = false, last_eta = false;
    for (unsigned i = 0; i < v->n_final; i++) {
        const uint64_t f = v->final[i], dec = v->dec[l1t_muon_final_index(f)];
        const unsigned iso = (unsigned)l1t_muon_final_iso(f);
        seen[NO_CHARGE] |= l1t_muon_dec_sign_valid(dec) == 0;
        seen[DISPLACED] |= l1t_muon_dec_pt_u(dec) != 0 && l1t_muon_dec_dxy(dec) != 0;
        seen[NOT_ISOLATED] |= iso == 0;
        seen[ABSOLUTE_ONLY] |= iso == 1;
        seen[RELATIVE_ONLY] |= iso == 2;
        seen[BOTH_ISOLATED] |= iso == 3;
        seen[SUM_FULL] |= l1t_muon_final_sum(f) == 31;
        first_phi |= l1t_muon_final_phi_region(f) == 0;
        last_phi |= l1t_muon_final_phi_region(f) == L1T_UGMT_PHI_REGIONS - 1;
        first_eta |= l1t_muon_final_eta_region(f) == 0;
        last_eta |= l1t_muon_final_eta_region(f) == L1T_UGMT_ETA_REGIONS - 1;
    }
    seen[PHI_REGION_LAST] = first_phi && last_phi;
    seen[ETA_REGION_ENDS] = first_eta && last_eta;
    for (unsigned i = 0; i < L1T_UGMT_KEPT; i++) {
        const uint32_t *mid = stages + AT_MID + 2 * (size_t)i;
        const uint64_t word = (uint64_t)mid[1] << 32 | mid[0];
        seen[HALO] |= v->kept[i] != 0 && l1t_muon_mid_quality(word) == 15;
    }
}

void l1t_ugmt_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins)
{
    struct view v;
    bool seen[ETA_REGION_ENDS + 1] = {false};
    (void)in; // the stages tell all
    look(stages, &v);
    cover_input(&v, seen);
    cover_cancel(&v, seen);
    cover_extrapolation(&v, stages, seen);
    cover_first(&v, seen);
    cover_final(&v, seen);
    cover_output(&v, stages, seen);
    for (unsigned i = 0; i <= ETA_REGION_ENDS; i++)
        bins[i] += seen[i];
}
