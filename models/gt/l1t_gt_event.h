/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One bunch crossing as the global trigger sees it: the words of the links and, decoded, objects in
 * hardware units. All objects of a crossing lie in one array of slots; every type has its slots in
 * a row, so that a loop over a type is a loop over slots whatever it holds.
 *
 * An absent object is all zero. Firmware compares it like any other: code 0, eta 0, phi 0.
 *
 * Source: public test-vector files of the CMS Level-1 menus; docs/gt.md
 */
#ifndef L1T_GT_EVENT_H
#define L1T_GT_EVENT_H

#include <stdint.h>

enum {
    L1T_GT_MUONS = 8,
    L1T_GT_CALOS = 12, /* e/gamma, tau and jets each */
    L1T_GT_SUMS = 6,   /* ETT HTT ETM HTM ETMHF HTMHF */
    L1T_GT_LINK11 = 6, /* anomaly score (CICADA) and ZDC of one early file */
    L1T_GT_EXTERNALS = 256,
    L1T_GT_ALGORITHMS = 512,
    L1T_GT_WORDS = L1T_GT_ALGORITHMS / 64,
    L1T_GT_ORBIT = 3564, /* crossings of an orbit */
    L1T_GT_BX_REACH = 2  /* crossings before and after that a condition may look at */
};

/* As on the links, and in the columns of a test-vector file. Bits: l1t_formats.def, *_gt. */
struct l1t_gt_words {
    uint64_t muon[L1T_GT_MUONS];
    uint32_t egamma[L1T_GT_CALOS];
    uint32_t tau[L1T_GT_CALOS];
    uint32_t jet[L1T_GT_CALOS];
    uint32_t sum[L1T_GT_SUMS];
    uint32_t link11[L1T_GT_LINK11];
    uint64_t external[L1T_GT_EXTERNALS / 64]; /* channel c: bit c % 64 of word c / 64 */
};

/*       name      slots  what it has */
#define L1T_GT_TYPE_MAP(X)                                                                         \
    X(MU, L1T_GT_MUONS)                                                                            \
    X(EG, L1T_GT_CALOS)                                                                            \
    X(TAU, L1T_GT_CALOS)                                                                           \
    X(JET, L1T_GT_CALOS)                                                                           \
    X(ETT, 1)                                                                                      \
    X(ETTEM, 1)                                                                                    \
    X(HTT, 1)                                                                                      \
    X(ETM, 1)                                                                                      \
    X(HTM, 1)                                                                                      \
    X(ETMHF, 1)                                                                                    \
    X(HTMHF, 1)                                                                                    \
    X(TOWERCOUNT, 1)                                                                               \
    X(ASYMET, 1)                                                                                   \
    X(ASYMHT, 1)                                                                                   \
    X(ASYMETHF, 1)                                                                                 \
    X(ASYMHTHF, 1)                                                                                 \
    X(MBT0HFP, 1)                                                                                  \
    X(MBT0HFM, 1)                                                                                  \
    X(MBT1HFP, 1)                                                                                  \
    X(MBT1HFM, 1)                                                                                  \
    X(ZDCP, 1)                                                                                     \
    X(ZDCM, 1)                                                                                     \
    X(CICADA, 1)

enum l1t_gt_type {
#define L1T_GT_TYPE_ENUM(name, slots) L1T_GT_##name,
    L1T_GT_TYPE_MAP(L1T_GT_TYPE_ENUM)
#undef L1T_GT_TYPE_ENUM
        L1T_GT_TYPES
};

/* First and last slot of a type; the last list ends before L1T_GT_SLOTS. */
enum {
#define L1T_GT_TYPE_SLOTS(name, slots)                                                             \
    L1T_GT_FIRST_##name, L1T_GT_LAST_##name = L1T_GT_FIRST_##name + (slots)-1,
    L1T_GT_TYPE_MAP(L1T_GT_TYPE_SLOTS)
#undef L1T_GT_TYPE_SLOTS
        L1T_GT_SLOTS
};

/* First slot of a type, and how many it has. */
extern const uint8_t l1t_gt_first_slot[L1T_GT_TYPES];
extern const uint8_t l1t_gt_type_slots[L1T_GT_TYPES];

/* Single bits that are neither objects nor externals. */
enum l1t_gt_signal {
    L1T_GT_CENT0, /* CENT0 .. CENT7 */
    L1T_GT_MUS0 = 8,
    L1T_GT_MUS1,
    L1T_GT_MUS2,
    L1T_GT_MUSOOT0,
    L1T_GT_MUSOOT1,
    L1T_GT_SIGNALS
};

enum { L1T_GT_SIGN_NEGATIVE = 1, L1T_GT_SIGN_VALID = 2 }; /* bits of charge */

/* Fields that a type has not are 0. Scales: docs/gt.md. */
struct l1t_gt_object {
    uint16_t et;   /* 0.5 GeV; muons from 1 on, (et - 1) / 2 GeV; counts and scores: their value */
    int16_t eta;   /* calorimeter 0.0435, left edge; muons 0.010875, centred */
    uint16_t phi;  /* calorimeter 144, muons 576 to the turn */
    uint8_t upt;   /* muons: pt without the vertex, GeV + 1; 0 none */
    uint8_t index; /* muons: track finder, 0..107 */
    uint8_t quality;   /* muons: 0..15 */
    uint8_t iso;       /* 0..3 */
    uint8_t ip;        /* muons: impact parameter, 0..3 */
    uint8_t charge;    /* muons: L1T_GT_SIGN_* */
    uint8_t displaced; /* jets: 0, 1 */
};

struct l1t_gt_event {
    struct l1t_gt_object object[L1T_GT_SLOTS];
    uint64_t external[L1T_GT_EXTERNALS / 64];
    uint32_t signal; /* bit s: enum l1t_gt_signal */
};

/*
 * Words of a crossing to objects. Every word is legal: phi beyond the turn, which no sender makes,
 * is one turn less; TOWERCOUNT is the low 12 of its 13 bits, which is what the hardware compares.
 */
void l1t_gt_decode(const struct l1t_gt_words *words, struct l1t_gt_event *event);

#endif
