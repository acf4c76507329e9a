// SPDX-License-Identifier: Apache-2.0
// Six jets of each ring and side: the list of the ring's jets in ascending phi goes through a
// bitonic network of just its length, and the first six stay. Only the choice matters here, not the
// order: the sorter reads its slots by phi again. Twin: rtl/calo/l1t_jet_select.sv
#include "../l1t_sort.h"
#include "l1t_jet.h"

static void keep_six(struct l1t_jet_cand *cand, const unsigned *index, unsigned n)
{
    struct l1t_item item[L1T_JET_PER_RING] = {{0, 0}};
    for (unsigned i = 0; i < n; i++) {
        item[i].key = cand[index[i]].et_cal;
        item[i].payload = index[i];
    }
    if (n > L1T_JET_RING_KEEP) {
        l1t_bitonic_down(item, n);
        n = L1T_JET_RING_KEEP;
    }
    for (unsigned i = 0; i < n; i++)
        cand[item[i].payload].keep = 1;
}

void l1t_jet_select(struct l1t_jet_result *result)
{
    unsigned next = 0;
    while (next < result->n_cand) {
        const int8_t m = result->cand[next].m;
        unsigned index[L1T_JET_PER_RING];
        unsigned n = 0;
        for (; next < result->n_cand && result->cand[next].m == m; next++) {
            result->cand[next].keep = 0;
            if (result->cand[next].et != 0) // a dropped jet leaves no gap
                index[n++] = next;
        }
        keep_six(result->cand, index, n);
    }
}
