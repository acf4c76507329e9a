// SPDX-License-Identifier: GPL-3.0-or-later
// Samples of CSV. What is accepted can be read to its end.
#include "fuzz.h"
#include "l1t/sample.h"

#include <stdlib.h>

static const char *const seeds[] = {
    "crossing,type,pt,eta,phi,quality,iso,charge\n0,muon,22,-1.2,3.2,12,1,-1\n0,jet,35.6,2.1,-0."
    "01,,,\n",
    "# a comment\ncrossing,type,pt,eta,phi\n0,MU,22,-1.2,3.2\n0,jet,180,,\n7,etmhf,90.4,,1\n"
    "9,none,,,\n",
    "crossing,type,pt,weight,pileup,luminosity_section,bunch_crossing\r\n"
    "0,jet,50,2.5,51.6,7,3563\r\n0,tau,20,,,,\r\n1,none,,-0.25,0,8,\r\n2,egamma,30,0,255,9,1\r\n",
    NULL};

static void read_all(const struct l1t_sample *sample)
{
    const uint64_t n = l1t_sample_info(sample)->n;
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    if (l1t_sample_reader_open(sample, &reader, NULL) != L1T_OK)
        abort();
    // Both ends; what lies between may be billions of empty crossings.
    for (uint64_t k = 0; k < 6 && k * L1T_SAMPLE_BLOCK < n; k++) {
        const uint64_t at = k < 3 ? k * L1T_SAMPLE_BLOCK : n - 1 - (n - 1) % (k * 100);
        const uint64_t left = n - at;
        if (l1t_sample_read(reader, at, left < L1T_SAMPLE_BLOCK ? (size_t)left : L1T_SAMPLE_BLOCK,
                            &block, NULL) != L1T_OK)
            abort();
        for (size_t i = 0; i < block.n; i++)
            if (block.event[i].object[L1T_GT_FIRST_MU].phi >= 576 ||
                block.event[i].object[L1T_GT_FIRST_EG].phi >= 144 ||
                block.event[i].object[L1T_GT_FIRST_EG].et > 511 ||
                block.weight[i] >= INT64_C(1) << 32)
                abort();
    }
    l1t_sample_reader_close(reader);
}

L1T_FUZZ(sample_csv, seeds)
{
    static struct l1t_gt_scales scales;
    struct l1t_sample *sample = NULL;
    struct l1t_diag diag = {""};
    if (scales.n == 0 && l1t_gt_scales_default(&scales, NULL) != L1T_OK)
        abort();
    const struct l1t_sample_spec spec = {
        .kind = L1T_SAMPLE_CSV, .path = l1t_fuzz_file(data, size), .scales = &scales};
    if (l1t_sample_open(&spec, &sample, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    read_all(sample);
    l1t_sample_close(sample);
    return 1;
}
