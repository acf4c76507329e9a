/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Barrel track finder: a Kalman filter walks from a seed segment inwards, station by station, and
 * ends at the beam line. 12 sectors (wedges of 30 degrees in phi) times 5 wheels; up to three
 * muons of a sector go to the global muon trigger.
 *
 * A chamber (wheel, sector, station) delivers up to two segments ("stubs", tag 0 and 1), so a stub
 * is known by its place. Units: phi 1/4096 rad relative to the sector, phiB (bending angle) 1/512
 * rad in a stub and 1/4096 rad in a track, curvature k 1.25/8192 per GeV with the sign of the
 * charge, pt 0.5 GeV with offset (v means (v-1)/2 GeV), eta 0.010875.
 *
 * Twin: none; docs/muon.md says why
 * Source: CMS barrel track finder emulator behaviour; docs/muon.md
 */
#ifndef L1T_KBMTF_H
#define L1T_KBMTF_H

#include <stdint.h>

enum {
    L1T_KBMTF_WHEELS = 5,
    L1T_KBMTF_SECTORS = 12,
    L1T_KBMTF_STATIONS = 4,
    L1T_KBMTF_TAGS = 2,
    L1T_KBMTF_SLOTS = L1T_KBMTF_STATIONS * L1T_KBMTF_TAGS, /* of a wheel and sector */
    L1T_KBMTF_PLACES = L1T_KBMTF_WHEELS * L1T_KBMTF_SECTORS * L1T_KBMTF_SLOTS,
    L1T_KBMTF_NO_PLACE = 0xffff,
    L1T_KBMTF_SEEDS = 3 * L1T_KBMTF_TAGS, /* of a region: stations 2, 3, 4 */
    L1T_KBMTF_FITS = (7 + 3 + 1) * L1T_KBMTF_TAGS,
    L1T_KBMTF_REGION_TRACKS = 2,
    L1T_KBMTF_SECTOR_TRACKS = 3,
    L1T_KBMTF_NO_ETA = 999 /* fine_eta of a track without one */
};

/* ---- one event ---- */

struct l1t_kbmtf_stub {
    int16_t phi;     /* -2048..2047 */
    int16_t phib;    /* -512..511 */
    uint8_t quality; /* 0..7; 4 and more is "high": both views agree */
    uint8_t qeta[2]; /* of the two theta hits: 0 none, 1, 2 (better) */
    int16_t eta[2];  /* 7 without theta data, 255 without a hit */
};

struct l1t_kbmtf_event {
    uint8_t have[L1T_KBMTF_WHEELS]
                [L1T_KBMTF_SECTORS];              /* bit (station - 1) * 2 + tag: stub is there */
    struct l1t_kbmtf_stub stub[L1T_KBMTF_PLACES]; /* read only where have says so */
};

/* wheel -2..2, sector 0..11, station 1..4, tag 0..1. Places ascend as events list their stubs. */
static inline unsigned l1t_kbmtf_place(int wheel, unsigned sector, unsigned station, unsigned tag)
{
    return ((unsigned)(wheel + 2) * L1T_KBMTF_SECTORS + sector) * L1T_KBMTF_SLOTS +
           (station - 1) * L1T_KBMTF_TAGS + tag;
}

static inline int l1t_kbmtf_place_wheel(unsigned place)
{
    return (int)(place / (L1T_KBMTF_SLOTS * L1T_KBMTF_SECTORS)) - 2;
}

static inline unsigned l1t_kbmtf_place_sector(unsigned place)
{
    return place / L1T_KBMTF_SLOTS % L1T_KBMTF_SECTORS;
}

static inline unsigned l1t_kbmtf_place_station(unsigned place)
{
    return place / L1T_KBMTF_TAGS % L1T_KBMTF_STATIONS + 1;
}

static inline unsigned l1t_kbmtf_place_tag(unsigned place)
{
    return place % L1T_KBMTF_TAGS;
}

static inline int l1t_kbmtf_have(const struct l1t_kbmtf_event *event, unsigned place)
{
    return (&event->have[0][0])[place / L1T_KBMTF_SLOTS] >> place % L1T_KBMTF_SLOTS & 1;
}

/* ---- tables ---- */

enum {
    L1T_KBMTF_SEED_K = 128,  /* |phiB| */
    L1T_KBMTF_GAINS = 8,     /* (pattern so far, station) of tracks with three or four stubs */
    L1T_KBMTF_GAIN = 1024,   /* min(|k|, 4095) / 4 */
    L1T_KBMTF_GAINS2 = 6,    /* (seed station, station) of tracks with two stubs */
    L1T_KBMTF_GAIN2 = 512,   /* min(|k|, 4095) / 8 */
    L1T_KBMTF_PATTERNS = 11, /* patterns of two and more stubs that the masks allow */
    L1T_KBMTF_VERTEX = 1024, /* min(|k|, 2047) / 2 */
    L1T_KBMTF_COARSE = 64,   /* |wheel of the seed| << stubs | stubs on another wheel */
    L1T_KBMTF_LOSS = 2048,   /* min(|k|, 4095) / 2 */
    L1T_KBMTF_PT = 2048      /* min(|k|, 2047) */
};

struct l1t_kbmtf_config {
    int16_t seed_k[3][L1T_KBMTF_SEED_K]; /* station - 2; k for positive phiB */
    /* k += gain * r >> 3 and phiB -= gain * r >> 5 (rounded down) for a residual r in phi */
    uint16_t gain[L1T_KBMTF_GAINS][2][L1T_KBMTF_GAIN];
    /* quality class of seed and stub (2 * high + high), then g0..g3: k by r (signed), k by rb, phiB
     * by r, phiB by rb, for residuals r in phi and rb in phiB */
    int16_t gain2[L1T_KBMTF_GAINS2][4][4][L1T_KBMTF_GAIN2];
    uint16_t vertex[L1T_KBMTF_PATTERNS]
                   [L1T_KBMTF_VERTEX]; /* k by the impact parameter, 6 fraction bits */
    uint8_t coarse_eta[L1T_KBMTF_PATTERNS][L1T_KBMTF_COARSE];
    int16_t loss[L1T_KBMTF_LOSS];  /* of |k| on the way to the beam line */
    int16_t shift[L1T_KBMTF_LOSS]; /* of phiB there, by energy loss */
    uint16_t pt[2][L1T_KBMTF_PT];  /* k >= 0, k < 0 */
};

/* Row of gain for a pattern (bit station - 1) and the station to add; -1 if there is none. */
int l1t_kbmtf_gain_row(unsigned pattern, unsigned station);
/* Row of gain2 for the seed's station and that of the second stub. */
int l1t_kbmtf_gain2_row(unsigned seed_station, unsigned station);
/* Row of vertex and coarse_eta for a whole pattern; -1 if there is none. */
int l1t_kbmtf_pattern_row(unsigned pattern);

/* pt code of a curvature, 8..511. */
unsigned l1t_kbmtf_pt(const struct l1t_kbmtf_config *config, int k);

/* ---- tracks ---- */

struct l1t_kbmtf_track {
    uint16_t place[L1T_KBMTF_STATIONS]; /* of the stubs; L1T_KBMTF_NO_PLACE */
    int8_t wheel;
    uint8_t sector, seed; /* station of the seed, 2..4 */
    uint8_t pattern, n;   /* bit station - 1; number of stubs */
    uint8_t chi, comp, rank;
    int16_t k, phib;      /* at station 1 */
    int16_t phi;          /* at station 2 */
    int16_t k_loss, phi0; /* at the beam line, before the vertex constraint */
    int16_t kv, dxy;      /* after it */
    int16_t coarse_eta, fine_eta;
    uint16_t pt, pt_free; /* codes of kv (9 bit) and, in 1 GeV, of k (8 bit) */
};

/* One wheel of one sector. */
struct l1t_kbmtf_region {
    unsigned n_fits; /* all hypotheses: seeds (tag 0 first) times masks */
    struct l1t_kbmtf_track fit[L1T_KBMTF_FITS];
    unsigned n_tracks;
    struct l1t_kbmtf_track track[L1T_KBMTF_REGION_TRACKS];
};

struct l1t_kbmtf_sector {
    struct l1t_kbmtf_region region[L1T_KBMTF_WHEELS];
    unsigned n_tracks;
    struct l1t_kbmtf_track track[L1T_KBMTF_SECTOR_TRACKS]; /* best first */
    uint64_t word[L1T_KBMTF_SECTOR_TRACKS];                /* to the global muon trigger */
};

struct l1t_kbmtf_result {
    struct l1t_kbmtf_sector sector[L1T_KBMTF_SECTORS];
};

void l1t_kbmtf(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
               struct l1t_kbmtf_result *result);

/* ---- stages ---- */

/* The stubs that go with a seed: for each station the nearest in phi to the seed. */
struct l1t_kbmtf_hits {
    int8_t wheel; /* the region */
    uint8_t sector;
    uint8_t seed, tag;                  /* station and tag */
    uint8_t found;                      /* bit station - 1 */
    uint16_t place[L1T_KBMTF_STATIONS]; /* where found */
    int16_t phi[L1T_KBMTF_STATIONS];    /* relative to the region's sector */
};
void l1t_kbmtf_match(const struct l1t_kbmtf_event *event, unsigned seed_place,
                     struct l1t_kbmtf_hits *hits);

/* The fit of a seed with the stubs of a mask (bit station - 1), of which all are found; 0 if it
 * fails. Everything of the track is filled. */
int l1t_kbmtf_fit(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                  const struct l1t_kbmtf_hits *hits, unsigned mask, struct l1t_kbmtf_track *track);

/* rank, comp, pt, pt_free of a fitted track; kv is set to the largest if the track is incompatible
 * with its own bending angle. */
void l1t_kbmtf_rank(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                    struct l1t_kbmtf_track *track);

/* The best of one seed's fits, by mask (bit m of fitted: fit_of[m] is there); the mask, 0 if none.
 */
unsigned l1t_kbmtf_best_mask(unsigned seed_station, unsigned fitted,
                             const struct l1t_kbmtf_track *const fit_of[16]);

/* They share a stub. */
int l1t_kbmtf_overlap(const struct l1t_kbmtf_track *a, const struct l1t_kbmtf_track *b);

/* The best tracks of each seed (at most two of a station, in seed order) cleaned to at most two. */
struct l1t_kbmtf_list {
    unsigned n;
    const struct l1t_kbmtf_track *track[4];
};
void l1t_kbmtf_clean(const struct l1t_kbmtf_list best[3], struct l1t_kbmtf_list *out);

/* At most two of at most four, by the three comparators of the hardware. */
void l1t_kbmtf_sort4(const struct l1t_kbmtf_list *in, struct l1t_kbmtf_list *out);

/* All fits and the cleaned tracks of one region. */
void l1t_kbmtf_fit_region(const struct l1t_kbmtf_config *config,
                          const struct l1t_kbmtf_event *event, int wheel, unsigned sector,
                          struct l1t_kbmtf_region *region);

/* The tracks of the five wheels to at most three. */
void l1t_kbmtf_wedge(struct l1t_kbmtf_sector *sector);

/* 64-bit word of the link to the global muon trigger. */
uint64_t l1t_kbmtf_word(const struct l1t_kbmtf_track *track);

#endif
