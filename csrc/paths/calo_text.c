// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the e/gamma, tau and sum paths as text.
#include "l1t/calo_text.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <inttypes.h>
#include <stdlib.h>

void l1t_ntt_write_record(FILE *out, unsigned ntt)
{
    fprintf(out, "NT %u\n", ntt);
}

// Numbers of the clusters from ieta -28 to 28: the models' order is from the centre outwards.
static unsigned by_ieta(const struct l1t_cluster_result *clusters, uint16_t order[L1T_CLUSTER_MAX])
{
    unsigned n = 0;
    for (int m = -L1T_CLUSTER_RINGS; m <= L1T_CLUSTER_RINGS; m++)
        for (unsigned i = 0; i < clusters->n; i++)
            if (clusters->cluster[i].m == m)
                order[n++] = (uint16_t)i;
    return n;
}

void l1t_cluster_write_records(FILE *out, const struct l1t_cluster_result *clusters)
{
    uint16_t order[L1T_CLUSTER_MAX];
    const unsigned n = by_ieta(clusters, order);
    for (unsigned i = 0; i < n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[order[i]];
        fprintf(out, "CL %d %d %d %03x %d %d %d %d %d %d\n", c->m, c->phi, c->et,
                (unsigned)c->flags, c->em, c->had, c->fg_eta, c->fg_phi, c->hoe, c->fg);
    }
}

// ---- what e/gamma and tau have in common ----

static void write_sorted(FILE *out, char path, const struct l1t_egtau_result *result)
{
    for (int side = 0; side < L1T_SIDES; side++)
        for (int i = 0; i < L1T_EGTAU_PER_SIDE; i++) {
            const uint32_t mp = result->mp[side][i];
            if (mp != 0)
                fprintf(out, "%c1 %s%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", path,
                        side == 0 ? "" : "-", l1t_egtau_mp_ring(mp), l1t_egtau_mp_phi(mp),
                        l1t_egtau_mp_et(mp), l1t_egtau_mp_iso(mp));
        }
    for (unsigned i = 0; i < result->n_gt; i++) {
        const uint32_t gt = result->gt[i];
        fprintf(out, "%c2 %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %08" PRIx32 "\n", path,
                l1t_egamma_gt_et(gt), l1t_egamma_gt_eta(gt), l1t_egamma_gt_phi(gt),
                l1t_egamma_gt_iso(gt), gt);
    }
}

void l1t_egamma_write_records(FILE *out, const struct l1t_cluster_result *clusters,
                              const struct l1t_egamma_result *egamma)
{
    uint16_t order[L1T_CLUSTER_MAX];
    const unsigned n = by_ieta(clusters, order);
    for (unsigned i = 0; i < n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[order[i]];
        const struct l1t_egamma_cand *g = &egamma->cand[order[i]];
        fprintf(out, "G0 %d %d %d %d %x %d %d %d %02x %d %u\n", c->m, c->phi, g->raw, g->pt,
                (unsigned)g->quality, g->iso, g->iso_et, g->footprint, (unsigned)g->shape,
                l1t_egtau_gt_eta(c->m, g->fine_eta), l1t_egtau_gt_phi(c->phi, g->fine_phi));
    }
    write_sorted(out, 'G', &egamma->out);
}

void l1t_tau_write_records(FILE *out, const struct l1t_cluster_result *clusters,
                           const struct l1t_tau_result *tau)
{
    for (int m = -L1T_TAU_RINGS; m <= L1T_TAU_RINGS; m++)
        for (unsigned i = 0; i < tau->n; i++) {
            const struct l1t_tau_cand *t = &tau->cand[i];
            const struct l1t_cluster *c = &clusters->cluster[t->cluster];
            if (c->m == m)
                fprintf(out, "T0 %d %d %d %d %d %d %d %d %d %u\n", c->m, c->phi, t->raw, t->pt,
                        t->site != L1T_TAU_NO_SITE, t->em, t->iso, t->iso_et,
                        l1t_egtau_gt_eta(c->m, t->fine_eta), l1t_egtau_gt_phi(c->phi, t->fine_phi));
        }
    write_sorted(out, 'T', &tau->out);
}

// ---- sums ----

static void write_side(FILE *out, char side, const struct l1t_sums_side *s)
{
    fprintf(out, "S1 %c %u %d %d %u %d %d %u %d %d %u %d %d %u %d %d\n", side, s->et.et, s->et.x,
            s->et.y, s->et_hf.et, s->et_hf.x, s->et_hf.y, s->em, s->mb[0], s->mb[1], s->ht.et,
            s->ht.x, s->ht.y, s->ht_hf.et, s->ht_hf.x, s->ht_hf.y);
}

void l1t_sums_write_records(FILE *out, const struct l1t_sums_result *sums)
{
    const struct l1t_sums_total *t = &sums->total;
    const struct l1t_sums_side *plus = &sums->side[0], *minus = &sums->side[1];
    write_side(out, '+', plus);
    write_side(out, '-', minus);
    fprintf(out, "S2 %u %u %u %d %u %u %d %u,%u %d %u,%u %d %u,%u %u,%u %u %d %d %d %d %d", t->ett,
            t->ett_hf, t->em, plus->mb[0], t->ht, t->ht_hf, minus->mb[0], t->met.et, t->met.phi,
            plus->mb[1], t->mht.et, t->mht.phi, minus->mb[1], t->met_hf.et, t->met_hf.phi,
            t->mht_hf.et, t->mht_hf.phi, t->towers, t->asym_et, t->asym_et_hf, t->asym_ht,
            t->asym_ht_hf, t->centrality);
    for (int i = 0; i < L1T_SUMS_FRAMES; i++)
        fprintf(out, " %08" PRIx32, sums->gt[i]);
    putc('\n', out);
}

// ---- for people ----

void l1t_egtau_write_decoded(FILE *out, const char *what, const struct l1t_egtau_result *result)
{
    const struct l1t_word *format = l1t_word_find("egamma_gt"); // tau words are laid out alike
    fprintf(out, "  %8s %11s %8s %9s %5s %9s\n", what, "pt [GeV]", "eta", "phi [rad]", "iso",
            "word");
    for (unsigned i = 0; i < result->n_gt; i++) {
        const uint32_t gt = result->gt[i];
        fprintf(out, "  %8u %9.1f%s %8.3f %9.3f %5" PRId64 "  %08" PRIx32 "\n", i,
                l1t_decode_named(format, "et", gt), l1t_egamma_gt_et(gt) == 511 ? " +" : "  ",
                l1t_decode_named(format, "eta", gt), l1t_decode_named(format, "phi", gt),
                l1t_egamma_gt_iso(gt), gt);
    }
}
