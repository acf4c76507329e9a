// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the global muon trigger as text.
#include "l1t/ugmt_text.h"

#include "l1t/muons.h"

#include "l1t_formats.h"

#include <inttypes.h>

static void write_groups(FILE *out, const struct l1t_ugmt_result *result)
{
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++) {
        fprintf(out, "m %s", l1t_muon_groups[group]);
        for (unsigned k = 0; k < result->n_kept[group]; k++)
            fprintf(out, " %u", result->cand[result->kept[l1t_ugmt_place[group] + k]].index);
        putc('\n', out);
    }
}

static void write_final(FILE *out, const struct l1t_ugmt_result *result, unsigned i)
{
    const struct l1t_ugmt_final *f = &result->final[i];
    const struct l1t_ugmt_cand *c = &result->cand[f->cand];
    const uint32_t pair = result->eta_pair[i / 2];
    const uint32_t own =
        (uint32_t)l1t_bits_mask(l1t_muon_eta_pair_first_width)
        << (i % 2 == 0 ? l1t_muon_eta_pair_first_lsb : l1t_muon_eta_pair_second_lsb);
    fprintf(out,
            "o %u %016" PRIx64 " %08" PRIx32 " pt=%u eta=%d phi=%u qual=%d sign=%u sv=%u iso=%u "
            "idx=%u etav=%d phiv=%u ptu=%u dxy=%u sum=%u rank=%u ceta=%u cphi=%u\n",
            i, result->gt[i], pair & own, c->pt, c->eta, c->phi,
            (int)l1t_muon_gt_quality(result->gt[i]), c->sign, c->sign_valid, f->iso, c->index,
            f->eta_vtx, f->phi_vtx, c->pt_u, c->dxy, f->sum, c->rank, f->eta_region, f->phi_region);
}

void l1t_ugmt_write_records(FILE *out, const struct l1t_ugmt_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_ugmt_cand *c = &result->cand[i];
        fprintf(out, "c %u %u %d %d %d %u\n", c->index, c->phi, c->cancel != 0, c->deta, c->dphi,
                c->rank);
    }
    write_groups(out, result);
    for (unsigned i = 0; i < result->n_final; i++)
        write_final(out, result, i);
}

// ---- for people ----

const char *l1t_ugmt_where(unsigned index, char *text, size_t size)
{
    const unsigned link = index / L1T_UGMT_SLOTS, group = l1t_ugmt_group_of[link];
    (void)snprintf(text, size, "%s %u, slot %u (link %u)", l1t_muon_groups[group],
                   link - l1t_ugmt_first[group], index % L1T_UGMT_SLOTS,
                   L1T_UGMT_FIRST_LINK + link);
    return text;
}

static const double eta_unit = 0.010875;
static const double phi_unit = 0.010908307824964559;

static double gev(unsigned pt)
{
    return (pt - 1) * 0.5;
}

static const char *charge(const struct l1t_ugmt_cand *c)
{
    if (!c->sign_valid)
        return "?";
    return c->sign ? "-" : "+";
}

static void write_muon(FILE *out, const struct l1t_ugmt_result *result, unsigned i)
{
    static const char *const isolation[4] = {"none", "abs", "rel", "both"};
    const struct l1t_ugmt_final *f = &result->final[i];
    const struct l1t_ugmt_cand *c = &result->cand[f->cand];
    char where[40], without[16] = "-";
    if (c->pt_u != 0)
        (void)snprintf(without, sizeof without, "%d", c->pt_u - 1);
    fprintf(out, "  %4u %9.1f%s %8.3f %9.3f %7d %6s %4s %4u %13s  %-22s %016" PRIx64 "\n", i,
            gev(c->pt), c->pt == 511 ? " +" : "  ", f->eta_vtx * eta_unit, f->phi_vtx * phi_unit,
            (int)l1t_muon_gt_quality(result->gt[i]), charge(c), isolation[f->iso & 3], c->dxy,
            without, l1t_ugmt_where(c->index, where, sizeof where), result->gt[i]);
}

static const char *reason(unsigned why)
{
    if (why == L1T_UGMT_CANCEL_OE)
        return "overlap and endcap";
    return why == L1T_UGMT_CANCEL_OWN ? "neighbours" : "barrel and overlap";
}

static void write_duel(FILE *out, const struct l1t_ugmt_result *result,
                       const struct l1t_ugmt_duel *duel)
{
    const struct l1t_ugmt_cand *loser = &result->cand[duel->loser];
    const struct l1t_ugmt_cand *winner = &result->cand[duel->winner];
    char by[40], whom[40];
    fprintf(out, "  cancelled %-22s %5.1f GeV, quality %2u, by %-22s %5.1f GeV, quality %2u (%s)\n",
            l1t_ugmt_where(loser->index, whom, sizeof whom), gev(loser->pt), loser->quality,
            l1t_ugmt_where(winner->index, by, sizeof by), gev(winner->pt), winner->quality,
            reason(duel->why));
}

void l1t_ugmt_write_decoded(FILE *out, const struct l1t_ugmt_result *result)
{
    fprintf(out, "  %4s %11s %8s %9s %7s %6s %4s %4s %13s  %-22s %s\n", "muon", "pt [GeV]", "eta",
            "phi [rad]", "quality", "charge", "iso", "dxy", "pt free [GeV]", "from", "word");
    for (unsigned i = 0; i < result->n_final; i++)
        write_muon(out, result, i);
    for (unsigned i = 0; i < result->n_duels; i++)
        write_duel(out, result, &result->duel[i]);
}

void l1t_ugmt_write_words(FILE *out, uint64_t event, const struct l1t_ugmt_result *result)
{
    fprintf(out, "%04" PRIu64, event);
    for (unsigned i = 0; i < L1T_UGMT_OUT; i++)
        fprintf(out, " %016" PRIx64, i < result->n_final ? result->gt[i] : 0);
    putc('\n', out);
}
