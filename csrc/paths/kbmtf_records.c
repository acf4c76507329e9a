// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the barrel track finder as text.
#include "l1t/kbmtf_text.h"

#include "l1t_formats.h"

#include <inttypes.h>
#include <math.h>

int l1t_kbmtf_phi_vertex(const struct l1t_kbmtf_setup *setup, const struct l1t_kbmtf_track *track)
{
    const int abs_k = track->k_loss < 0 ? -track->k_loss : track->k_loss;
    const unsigned half = (unsigned)(abs_k < 2047 ? abs_k : 2047) / 2;
    const float gain = setup->phi_gain[l1t_kbmtf_pattern_row(track->pattern)][half] * 128.0F;
    const float product = gain * (float)-track->dxy; // rounded to single precision on purpose
    const int64_t phi = track->phi0 + (int64_t)floor(trunc((double)product) / 128);
    return (int)(((phi + 8192) & 16383) - 8192);
}

// ---- records ----

// Stubs are numbered as they are listed: id[place].
static void number_stubs(const struct l1t_kbmtf_event *event, uint16_t id[L1T_KBMTF_PLACES])
{
    uint16_t n = 0;
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
        if (l1t_kbmtf_have(event, place))
            id[place] = n++;
}

static void write_track(FILE *out, char kind, const struct l1t_kbmtf_setup *setup,
                        const uint16_t id[L1T_KBMTF_PLACES], const struct l1t_kbmtf_track *t)
{
    fprintf(out, "%c %d %d %d %d", kind, t->sector, t->wheel, t->pattern, t->n);
    for (unsigned i = L1T_KBMTF_STATIONS; i-- > 0;)
        if (t->place[i] != L1T_KBMTF_NO_PLACE)
            fprintf(out, " %d", id[t->place[i]]);
    fprintf(out,
            " km=%d phim=%d phibm=%d kv=%d phiv=%d dxy=%d chi=%d comp=%d rank=%d ceta=%d feta=%d"
            " pt2=%d\n",
            t->k, t->phi, t->phib, t->kv, l1t_kbmtf_phi_vertex(setup, t), t->dxy, t->chi, t->comp,
            t->rank, t->coarse_eta, t->fine_eta, t->pt);
}

static void write_word(FILE *out, unsigned sector, unsigned n, uint64_t w)
{
    fprintf(out, "w %u %u %016" PRIx64, sector, n, w);
    fprintf(out, " pt=%d phi=%d eta=%d sign=%d sv=%d qual=%d ptu=%d dxy=%d hf=%d\n",
            (int)l1t_muon_b_pt(w), (int)l1t_muon_b_phi(w), (int)l1t_muon_b_eta(w),
            (int)l1t_muon_b_sign(w), (int)l1t_muon_b_sign_valid(w), (int)l1t_muon_b_quality(w),
            (int)l1t_muon_b_pt_u(w), (int)l1t_muon_b_dxy(w), (int)l1t_muon_b_hf(w));
}

static void write_sector(FILE *out, const struct l1t_kbmtf_setup *setup,
                         const uint16_t id[L1T_KBMTF_PLACES], unsigned number,
                         const struct l1t_kbmtf_sector *sector, int fits)
{
    for (unsigned w = 0; fits && w < L1T_KBMTF_WHEELS; w++)
        for (unsigned i = 0; i < sector->region[w].n_fits; i++)
            write_track(out, 'p', setup, id, &sector->region[w].fit[i]);
    for (unsigned w = 0; w < L1T_KBMTF_WHEELS; w++)
        for (unsigned i = 0; i < sector->region[w].n_tracks; i++)
            write_track(out, 'r', setup, id, &sector->region[w].track[i]);
    for (unsigned i = 0; i < sector->n_tracks; i++) {
        write_track(out, 't', setup, id, &sector->track[i]);
        write_word(out, number, i, sector->word[i]);
    }
}

void l1t_kbmtf_write_records(FILE *out, const struct l1t_kbmtf_setup *setup,
                             const struct l1t_kbmtf_event *event,
                             const struct l1t_kbmtf_result *result, int fits)
{
    uint16_t id[L1T_KBMTF_PLACES];
    number_stubs(event, id);
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
        write_sector(out, setup, id, s, &result->sector[s], fits);
}

// ---- for people ----

static void write_muon(FILE *out, unsigned sector, unsigned n, uint64_t w)
{
    static const double step = 3.14159265358979323846 / 288; // as the global muon trigger counts
    const int phi = (int)(48 * sector + 552 + (unsigned)l1t_muon_b_phi(w)) % 576;
    fprintf(out, "  %6u %4u %9.1f %8.3f %9.3f %7s %8d %4d %13d %9s  %016" PRIx64 "\n", sector, n,
            0.5 * (double)(l1t_muon_b_pt(w) - 1), 0.010875 * (double)l1t_muon_b_eta(w), step * phi,
            l1t_muon_b_sign_valid(w) == 0 ? "?"
            : l1t_muon_b_sign(w)          ? "-"
                                          : "+",
            (int)l1t_muon_b_quality(w), (int)l1t_muon_b_dxy(w), (int)l1t_muon_b_pt_u(w) - 1,
            l1t_muon_b_hf(w) ? "theta" : "wheels", w);
}

void l1t_kbmtf_write_decoded(FILE *out, const struct l1t_kbmtf_result *result)
{
    fprintf(out, "  %6s %4s %9s %8s %9s %7s %8s %4s %13s %9s  %s\n", "sector", "muon", "pt [GeV]",
            "eta", "phi [rad]", "charge", "quality", "dxy", "pt free [GeV]", "eta from", "word");
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
        for (unsigned i = 0; i < result->sector[s].n_tracks; i++)
            write_muon(out, s, i, result->sector[s].word[i]);
}
