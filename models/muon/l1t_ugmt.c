// SPDX-License-Identifier: Apache-2.0
// The whole path, and what of the hardware's wiring all its stages share.
#include "l1t_ugmt.h"

const uint8_t l1t_ugmt_place[L1T_UGMT_GROUPS] = {0, 4, 8, 16, 20};
const uint8_t l1t_ugmt_places[L1T_UGMT_GROUPS] = {4, 4, 8, 4, 4};
const uint8_t l1t_ugmt_first[L1T_UGMT_GROUPS + 1] = {0, 6, 12, 24, 30, 36};
const uint8_t l1t_ugmt_group_of[L1T_UGMT_LINKS] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
                                                   2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
                                                   3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4};

void l1t_ugmt(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
              struct l1t_ugmt_result *result)
{
    l1t_ugmt_decode(config, event, result);
    l1t_ugmt_cancel(config, result);
    l1t_ugmt_extrapolate(config, result);
    l1t_ugmt_rank(config, result);
    l1t_ugmt_first_sort(result);
    l1t_ugmt_final_sort(result);
    l1t_ugmt_isolate(config, event, result);
    l1t_ugmt_words(config, result);
}
