// SPDX-License-Identifier: GPL-3.0-or-later
// What was put into generated muon events, as CSV.
#include "l1t/muon_gen.h"

#include "l1t/provenance.h"

#include <inttypes.h>

static const char *const kinds[] = {"muon", "punch_through"};

void l1t_muon_truth_begin(FILE *out, const char *config_digest, const uint64_t *seed)
{
    l1t_provenance_comment(out, "truth of muons", config_digest, seed);
    fprintf(out, "event,kind,pt_gev,eta,phi_rad,charge,line,candidates\n");
}

void l1t_muon_truth_write(FILE *out, uint64_t event, const struct l1t_muon_truth *truth, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct l1t_muon_truth *t = &truth[i];
        fprintf(out, "%" PRIu64 ",%s,%.10g,%.6f,%.6f,%d,%" PRIu64 ",", event, kinds[t->kind],
                t->pt_gev, t->eta, t->phi, t->charge, t->line);
        for (unsigned k = 0; k < t->n; k++)
            fprintf(out, "%s%u", k > 0 ? " " : "", t->index[k]);
        putc('\n', out);
    }
}

void l1t_muon_truth_end(FILE *out, uint64_t particles)
{
    fprintf(out, "# end %" PRIu64 " particles\n", particles);
}
