// SPDX-License-Identifier: GPL-3.0-or-later
// Truth of generated events.
#include "fuzz.h"
#include "l1t/truth.h"

static const char *const seeds[] = {
    "event,kind,pt_gev,eta,phi_rad,line\n0,electron,38.9375,-1.204987,2.718264,0\n",
    "# l1twin truth 1\n# config 0\n# seed 1\nevent,kind,pt_gev,eta,phi_rad,line\n"
    "0,tau,20,0.5,-3,0\n0,qcd,15,4.9,3.1,7\n3,jet,1000,-5,0,0\n# end 3 objects\n",
    NULL};

L1T_FUZZ(truth, seeds)
{
    struct l1t_truth_reader *reader = NULL;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    struct l1t_diag diag = {""};
    size_t n = 0;
    int status = 0;
    if (l1t_truth_reader_open(l1t_fuzz_file(data, size), &reader, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    for (uint64_t event = 0; event < 8 && status == 0; event++)
        status = l1t_truth_reader_event(reader, event, truth, &n, &diag);
    const int good = status == 0 && l1t_truth_reader_end(reader, &diag) == L1T_OK;
    l1t_truth_reader_close(reader);
    return good ? 1 : l1t_fuzz_refused(&diag);
}
