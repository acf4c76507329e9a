// SPDX-License-Identifier: Apache-2.0
// The muon as the global muon trigger reads it.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

#include "../l1t_formats.h"

// Which chamber a stub came from, relative to the track's own, so that the global muon trigger sees
// when two sectors found the same muon.
static unsigned address(const struct l1t_kbmtf_track *track, unsigned station)
{
    const unsigned place = track->place[station - 1];
    if (place == L1T_KBMTF_NO_PLACE)
        return station == 4 ? 3 : 15;
    const unsigned tag = l1t_kbmtf_place_tag(place);
    if (station == 4) // always the seed: own wheel, own sector
        return tag == 1 ? 1 : 2;
    const unsigned steps =
        (l1t_kbmtf_place_sector(place) + L1T_KBMTF_SECTORS - track->sector) % L1T_KBMTF_SECTORS;
    const unsigned sector = steps == 0 ? 0 : steps == 1 ? 1 : 2;
    return 8u * (l1t_kbmtf_place_wheel(place) == track->wheel) + 2 * sector + tag;
}

uint64_t l1t_kbmtf_word(const struct l1t_kbmtf_track *track)
{
    const int fine = track->fine_eta != L1T_KBMTF_NO_ETA;
    const int phi = 24 + shr(1467 * shr(track->phi, 2), 14);
    return l1t_muon_b_pt_put(track->pt) | l1t_muon_b_quality_put(12 | track->rank >> 6) |
           l1t_muon_b_eta_put(fine ? track->fine_eta : track->coarse_eta) |
           l1t_muon_b_hf_put(fine) | l1t_muon_b_phi_put(phi) | l1t_muon_b_sign_put(track->kv < 0) |
           l1t_muon_b_sign_valid_put(track->kv != 0) |
           l1t_muon_b_dxy_put(at_most(magnitude(track->dxy) >> 8, 3)) |
           l1t_muon_b_station_1_put(address(track, 1)) |
           l1t_muon_b_station_2_put(address(track, 2)) |
           l1t_muon_b_station_3_put(address(track, 3)) |
           l1t_muon_b_station_4_put(address(track, 4)) |
           l1t_muon_b_wheel_put(magnitude(track->wheel)) | l1t_muon_b_side_put(track->wheel < 0) |
           l1t_muon_b_pt_u_put(track->pt_free);
}
