// SPDX-License-Identifier: Apache-2.0
// The whole jet path of one event: its stages in order.
// Twin: rtl/calo/l1t_jet.sv
#include "l1t_jet.h"

void l1t_jet(const struct l1t_jet_config *config, const struct l1t_towers *towers,
             struct l1t_jet_result *result)
{
    l1t_jet_max(config, towers, result);
    l1t_jet_pus(config, towers, result);
    l1t_jet_cal(config, result);
    l1t_jet_select(result);
    l1t_jet_sort(result);
    l1t_jet_demux(result);
}
