// SPDX-License-Identifier: Apache-2.0
// The whole barrel.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

void l1t_kbmtf(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
               struct l1t_kbmtf_result *result)
{
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++) {
        struct l1t_kbmtf_sector *sector = &result->sector[s];
        for (unsigned w = 0; w < L1T_KBMTF_WHEELS; w++)
            l1t_kbmtf_fit_region(config, event, (int)w - 2, s, &sector->region[w]);
        l1t_kbmtf_wedge(sector);
        for (unsigned i = 0; i < sector->n_tracks; i++)
            sector->word[i] = l1t_kbmtf_word(&sector->track[i]);
    }
}
