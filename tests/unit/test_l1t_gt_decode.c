// SPDX-License-Identifier: GPL-3.0-or-later
// Words of the links to objects of the global trigger: every field, every hidden signal.
#include "gt/l1t_gt_event.h"
#include "l1t_formats.h"
#include "l1t_test.h"

static struct l1t_gt_words words;

static void every_field_of_every_word_lands_where_it_belongs(void)
{
    struct l1t_gt_event e;
    memset(&words, 0, sizeof words);
    words.muon[7] = UINT64_MAX & ~l1t_muon_gt_phi_vtx_put(-1);
    words.muon[7] |= l1t_muon_gt_phi_vtx_put(575);
    words.jet[11] = 0x08000000 | 1023;
    words.egamma[0] = (uint32_t)(l1t_egamma_gt_eta_put(-115) | l1t_egamma_gt_iso_put(2));
    words.tau[3] = (uint32_t)l1t_tau_gt_phi_put(143);
    words.sum[0] = 0xa0123fff;
    words.sum[1] = 0xb1000000 | 5 << 12;
    words.sum[2] = 0xc7f93001; // phi 147, which is 3
    words.sum[3] = 0xd0000002;
    words.sum[4] = 0x50000003;
    words.sum[5] = 0xa0000004;
    words.link11[0] = 0x80000000 | 0x3ff << 16;
    words.link11[1] = 0x10000000 | 0x155;
    words.link11[2] = 0x20000000;
    words.link11[3] = 0xf0000000;
    words.external[3] = 9;
    l1t_gt_decode(&words, &e);
    const struct l1t_gt_object *mu = &e.object[L1T_GT_FIRST_MU + 7];
    CU_ASSERT(mu->et == 511 && mu->eta == -1 && mu->phi == 575 && mu->upt == 255);
    CU_ASSERT(mu->index == 127 && mu->quality == 15 && mu->iso == 3 && mu->ip == 3);
    L1T_ASSERT_INT(mu->charge, L1T_GT_SIGN_VALID | L1T_GT_SIGN_NEGATIVE);
    const struct l1t_gt_object *jet = &e.object[L1T_GT_FIRST_JET + 11];
    CU_ASSERT(jet->et == 1023 && jet->displaced == 1 && jet->eta == 0);
    CU_ASSERT(e.object[L1T_GT_FIRST_EG].eta == -115 && e.object[L1T_GT_FIRST_EG].iso == 2);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_TAU + 3].phi, 143);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ETT].et, 0xfff);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ETTEM].et, 0x123);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_TOWERCOUNT].et, 5); // bit 12 is not compared
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ETM].et, 1);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ETM].phi, 3);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ASYMET].et, 0x7f);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_MBT0HFP].et, 0xa);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_MBT0HFM].et, 0xb);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_MBT1HFP].et, 0xc);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_MBT1HFM].et, 0xd);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_HTMHF].et, 4);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_CICADA].et, 0x812f);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ZDCP].et, 0x3ff);
    L1T_ASSERT_INT(e.object[L1T_GT_FIRST_ZDCM].et, 0x155);
    L1T_ASSERT_INT(e.signal, 0xa5); // centrality, and no shower: slot 7 has none
    CU_ASSERT(e.external[3] == 9 && e.external[0] == 0);
}

static void showers_are_in_slots_0_2_3_4_and_6(void)
{
    static const int signal[8] = {L1T_GT_MUS0,    -1, L1T_GT_MUS1,    L1T_GT_MUS2,
                                  L1T_GT_MUSOOT0, -1, L1T_GT_MUSOOT1, -1};
    for (unsigned i = 0; i < 8; i++) {
        struct l1t_gt_event e;
        memset(&words, 0, sizeof words);
        words.muon[i] = l1t_muon_gt_shower_put(1);
        l1t_gt_decode(&words, &e);
        L1T_CHECK(e.signal == (signal[i] < 0 ? 0 : 1U << signal[i]), "slot %u", i);
        L1T_ASSERT_INT(e.object[L1T_GT_FIRST_MU + i].et, 0);
    }
}

L1T_TEST_MAIN("l1t_gt_decode",
              {"every field of every word lands where it belongs",
               every_field_of_every_word_lands_where_it_belongs},
              {"showers are in slots 0, 2, 3, 4 and 6", showers_are_in_slots_0_2_3_4_and_6})
