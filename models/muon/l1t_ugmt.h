/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Micro global muon trigger: up to 108 muons of the track finders of one crossing, 36 links with
 * three slots each, become the eight that the global trigger sees. Duplicates are cancelled by
 * comparing neighbours, the others extrapolated to the vertex, sorted twice, and isolated by
 * calorimeter sums. Integers only, no heap, no failure: a pure function of one event and a
 * configuration.
 *
 * Twin: rtl/muon/l1t_ugmt.sv
 * Source: CMS uGMT emulator behaviour (firmware from 0x4010000 on); docs/muon.md
 */
#ifndef L1T_UGMT_H
#define L1T_UGMT_H

#include <stdint.h>

/* Groups of links, in the order of the links. E endcap, O overlap, B barrel; + is eta > 0. */
enum l1t_ugmt_group {
    L1T_UGMT_EP,
    L1T_UGMT_OP,
    L1T_UGMT_B,
    L1T_UGMT_ON,
    L1T_UGMT_EN,
    L1T_UGMT_GROUPS
};

/* Track finders; both sides share the extrapolation. */
enum { L1T_UGMT_BARREL, L1T_UGMT_OVERLAP, L1T_UGMT_ENDCAP, L1T_UGMT_FINDERS };

enum {
    L1T_UGMT_LINKS = 36,
    L1T_UGMT_SLOTS = 3,
    L1T_UGMT_IN = L1T_UGMT_LINKS * L1T_UGMT_SLOTS, /* candidate 3 * link + slot */
    L1T_UGMT_FIRST_LINK = 36,                      /* number of link 0 on the board */
    L1T_UGMT_ETA_REGIONS = 28,
    L1T_UGMT_PHI_REGIONS = 36,
    L1T_UGMT_SUMS = L1T_UGMT_ETA_REGIONS * L1T_UGMT_PHI_REGIONS,
    L1T_UGMT_PHIS = 576,
    L1T_UGMT_KEPT = 24, /* E+ 0..3, O+ 4..7, B 8..15, O- 16..19, E- 20..23 */
    L1T_UGMT_OUT = 8
};

/* What depends on the year. */
enum l1t_ugmt_order { L1T_UGMT_ORDER_RUN3, L1T_UGMT_ORDER_RUN2 }; /* of the barrel's stations */
enum l1t_ugmt_lists { L1T_UGMT_LISTS_RUN3, L1T_UGMT_LISTS_RUN2 }; /* of its track addresses */
enum l1t_ugmt_endcap { L1T_UGMT_ENDCAP_COORDINATES, L1T_UGMT_ENDCAP_ADDRESSES };
enum l1t_ugmt_layout { L1T_UGMT_LAYOUT_RUN3, L1T_UGMT_LAYOUT_2017, L1T_UGMT_LAYOUT_2016 };

/* Match tables: who is compared with whom, at which side. */
enum l1t_ugmt_match {
    L1T_UGMT_MATCH_OB_PLUS,
    L1T_UGMT_MATCH_OB_MINUS,
    L1T_UGMT_MATCH_OE_PLUS,
    L1T_UGMT_MATCH_OE_MINUS,
    L1T_UGMT_MATCH_OO_PLUS,
    L1T_UGMT_MATCH_OO_MINUS,
    L1T_UGMT_MATCH_EE_PLUS,
    L1T_UGMT_MATCH_EE_MINUS,
    L1T_UGMT_MATCHES
};

struct l1t_ugmt_config {
    enum l1t_ugmt_order order;
    enum l1t_ugmt_lists barrel;
    enum l1t_ugmt_endcap endcap;
    enum l1t_ugmt_layout layout;
    uint8_t eta_shift; /* extrapolation tables: |eta| >> eta_shift above pt_bits bits of pt, */
    uint8_t pt_bits;   /* 12 bits in all; larger pt are not extrapolated */
    uint8_t phi_shift; /* entries of the phi tables are in 2^phi_shift units of phi */
    uint8_t match[L1T_UGMT_MATCHES][512];              /* [fine << 8 | deta << 3 | dphi], 1 bit */
    uint8_t eta_extrapolation[L1T_UGMT_FINDERS][4096]; /* 4 bits */
    uint8_t phi_extrapolation[L1T_UGMT_FINDERS][4096]; /* 4 bits */
    uint16_t rank[8192];                               /* [quality << 9 | pt], 10 bits */
    uint8_t eta_region[512];                           /* [eta, 9 bits], 0..27 */
    uint8_t phi_region[1024];                          /* [phi], 0..35 */
    uint8_t absolute[32];                              /* [sum], 1 bit */
    uint8_t relative[16384];                           /* [sum << 9 | pt], 1 bit */
};

/* One crossing. Candidate i of muon[] is slot i % 3 of link i / 3; a word with pt 0 is empty. */
struct l1t_ugmt_event {
    uint64_t muon[L1T_UGMT_IN]; /* muon_b, muon_o, muon_e of l1t_formats.def */
    uint8_t sum[L1T_UGMT_SUMS]; /* [eta region * 36 + phi region], 0..31 */
};

/* Why a muon is cancelled: bits of the record muon_cancel. */
enum {
    L1T_UGMT_CANCEL_OWN = 1,
    L1T_UGMT_CANCEL_OB_PLUS = 2,
    L1T_UGMT_CANCEL_OB_MINUS = 4,
    L1T_UGMT_CANCEL_OE = 8
};

/*
 * Track addresses in one form for all years: a nibble a station, station 1 lowest. In the barrel
 * the nibble is the address and the wheel stands above; in the endcap it is chamber << 1 | segment.
 */
enum { L1T_UGMT_ADDRESS_WHEEL = 16, L1T_UGMT_ADDRESS_SIDE = 18 }; /* bits 17..16 and 18 */

/* A muon as it was sent, decoded, and what the stages find out. */
struct l1t_ugmt_cand {
    uint32_t address;      /* L1T_UGMT_ADDRESS_*; 0 in the overlap */
    int16_t eta;           /* -256..255 */
    uint16_t phi;          /* global, 0..575 */
    uint16_t pt;           /* 1..511 */
    uint16_t rank;         /* 0..1023 */
    int16_t dphi;          /* -120..120 */
    int8_t deta;           /* -15..15 */
    uint8_t index, group;  /* 0..107, enum l1t_ugmt_group */
    uint8_t quality, fine; /* 0..15; eta is fine */
    uint8_t hf, sign, sign_valid;
    uint8_t pt_u, dxy;
    uint8_t cancel; /* L1T_UGMT_CANCEL_*; 0: not cancelled */
};

/* A pair that matched; the loser is cancelled. Numbers are those in cand[]. */
struct l1t_ugmt_duel {
    uint8_t winner, loser, why; /* L1T_UGMT_CANCEL_* */
};

enum { L1T_UGMT_MAX_DUELS = 1080 }; /* comparisons of an event in which all slots are full */

/* What the final sort adds to a candidate. */
struct l1t_ugmt_final {
    uint8_t cand; /* number in cand[] */
    uint8_t eta_region, phi_region, sum, iso;
    int16_t eta_vtx;
    uint16_t phi_vtx;
};

/* Muons of an event are numbered by ascending index: link after link, slot after slot. */
struct l1t_ugmt_result {
    unsigned n;
    struct l1t_ugmt_cand cand[L1T_UGMT_IN];
    uint8_t start[L1T_UGMT_LINKS + 1]; /* link l has cand[start[l]] to cand[start[l + 1] - 1] */
    unsigned n_duels;
    struct l1t_ugmt_duel duel[L1T_UGMT_MAX_DUELS];
    uint8_t n_kept[L1T_UGMT_GROUPS];
    uint8_t kept[L1T_UGMT_KEPT]; /* places of a group, best first: number in cand[] */
    unsigned n_final;
    struct l1t_ugmt_final final[L1T_UGMT_OUT]; /* best first */
    uint64_t mid[L1T_UGMT_KEPT];               /* muon_mid, or muon_gt_2016 */
    uint64_t gt[L1T_UGMT_OUT];                 /* muon_gt, muon_gt_2017 or muon_gt_2016 */
    uint32_t eta_pair[L1T_UGMT_OUT / 2];       /* muon_eta_pair; 0 before Run 3 */
};

/* First place of a group in kept[], and how many it has. */
extern const uint8_t l1t_ugmt_place[L1T_UGMT_GROUPS], l1t_ugmt_places[L1T_UGMT_GROUPS];

/* Group of a link, 0..35, and the number of the first link of a group. */
extern const uint8_t l1t_ugmt_group_of[L1T_UGMT_LINKS], l1t_ugmt_first[L1T_UGMT_GROUPS + 1];

/* The track finder of a group. */
static inline unsigned l1t_ugmt_finder(unsigned group)
{
    return group == L1T_UGMT_B                            ? L1T_UGMT_BARREL
           : group == L1T_UGMT_OP || group == L1T_UGMT_ON ? L1T_UGMT_OVERLAP
                                                          : L1T_UGMT_ENDCAP;
}

/* The whole path. */
void l1t_ugmt(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
              struct l1t_ugmt_result *result);

/* Stages, in order; each reads what those before it wrote. */
void l1t_ugmt_decode(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                     struct l1t_ugmt_result *result); /* n cand start */
void l1t_ugmt_cancel(const struct l1t_ugmt_config *config,
                     struct l1t_ugmt_result *result); /* cancel of cand, duel */
void l1t_ugmt_extrapolate(const struct l1t_ugmt_config *config,
                          struct l1t_ugmt_result *result); /* deta, dphi of cand */
void l1t_ugmt_rank(const struct l1t_ugmt_config *config,
                   struct l1t_ugmt_result *result);       /* rank of cand */
void l1t_ugmt_first_sort(struct l1t_ugmt_result *result); /* kept */
void l1t_ugmt_final_sort(struct l1t_ugmt_result *result); /* cand of final */
void l1t_ugmt_isolate(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                      struct l1t_ugmt_result *result); /* the rest of final */
void l1t_ugmt_words(const struct l1t_ugmt_config *config,
                    struct l1t_ugmt_result *result); /* mid gt eta_pair */

/* Whether the addresses are of one track: a in a wedge or sector, b in the next one. */
int l1t_ugmt_same_barrel_track(enum l1t_ugmt_lists lists, uint32_t a, uint32_t b);
int l1t_ugmt_same_endcap_track(uint32_t a, uint32_t b);

/*
 * The crossing as the board receives it: six frames of 32 bits on the links 8..71. Frame f is in[64
 * * f] to in[64 * f + 63], lowest link first. Links 8..35 carry the sums of eta region 0..27, six
 * of 5 bits a frame; links 36..71 carry low and high word of slots 0, 1, 2. Service bits are
 * dropped.
 */
enum {
    L1T_UGMT_FRAMES = 6,
    L1T_UGMT_FRAME_WORDS = L1T_UGMT_ETA_REGIONS + L1T_UGMT_LINKS,
    L1T_UGMT_IN_WORDS = L1T_UGMT_FRAMES * L1T_UGMT_FRAME_WORDS
};

void l1t_ugmt_unpack(const uint32_t in[L1T_UGMT_IN_WORDS], struct l1t_ugmt_event *event);
void l1t_ugmt_pack(const struct l1t_ugmt_event *event, uint32_t in[L1T_UGMT_IN_WORDS]);

/*
 * The stages as flat words for comparison with the RTL's probes: one row a stage, records packed
 * from bit 0 upwards, each row padded to whole words. Lanes of empty slots are zero.
 *
 *   stage         lanes  record         lane
 *   decode          108  muon_dec       3 * link + slot
 *   cancel          108  muon_cancel    same
 *   extrapolate     108  muon_ext       same
 *   rank            108  muon_rank      same
 *   first            24  muon_kept      place of the group, best first
 *   final             8  muon_final     best first
 *   mid              24  muon_mid       as first
 *   gt                8  muon_gt        as final
 *   eta               4  muon_eta_pair  pair of final
 */
enum {
    L1T_UGMT_STAGE_DECODE,
    L1T_UGMT_STAGE_CANCEL,
    L1T_UGMT_STAGE_EXTRAPOLATE,
    L1T_UGMT_STAGE_RANK,
    L1T_UGMT_STAGE_FIRST,
    L1T_UGMT_STAGE_FINAL,
    L1T_UGMT_STAGE_MID,
    L1T_UGMT_STAGE_GT,
    L1T_UGMT_STAGE_ETA,
    L1T_UGMT_STAGES
};

enum { L1T_UGMT_STAGE_WORDS = 156 + 14 + 44 + 34 + 14 + 14 + 48 + 16 + 4 };

void l1t_ugmt_pack_stages(const struct l1t_ugmt_result *result,
                          uint32_t words[L1T_UGMT_STAGE_WORDS]);

#endif
