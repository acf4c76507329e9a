// SPDX-License-Identifier: Apache-2.0
// Cancel-out by track address: two muons of neighbouring wedges that were made of the same segment
// of a muon station are one. A barrel address says where the segment lies as seen from the muon's
// own wedge and wheel, so the same segment has two names; the lists say which belong together.
#include "l1t_ugmt.h"

enum list { NEVER, SAME, OUT, IN, OPPOSITE, LISTS };

// Bit b of [list][a]: address a in a wedge and address b in the next one.
typedef uint16_t address_lists[LISTS][16];

#define B(b) (1u << (b))

// Stations 1 to 3. Bit 3 own wheel; 2:1 own, next or previous sector; bit 0 first or second
// segment.
static const address_lists run3_lists = {
    [SAME] = {[0x2] = B(0x0),
              [0x3] = B(0x1),
              [0x0] = B(0x4),
              [0x1] = B(0x5),
              [0xa] = B(0x8),
              [0xb] = B(0x9),
              [0x8] = B(0xc),
              [0x9] = B(0xd)},
    [OUT] = {[0xa] = B(0x0), [0xb] = B(0x1), [0x8] = B(0x4), [0x9] = B(0x5)},
    [IN] = {[0x2] = B(0x8), [0x3] = B(0x9), [0x0] = B(0xc), [0x1] = B(0xd)},
};

// Stations 2 to 4.
static const address_lists run2_lists = {
    [SAME] = {[0x0] = B(0x2),
              [0x1] = B(0x3),
              [0x4] = B(0x0),
              [0x5] = B(0x1),
              [0x8] = B(0xa),
              [0x9] = B(0xb),
              [0xc] = B(0x8),
              [0xd] = B(0x9)},
    [OUT] = {[0x0] = B(0xa), [0x1] = B(0xb), [0x4] = B(0x8), [0x5] = B(0x9)},
    [IN] = {[0x8] = B(0x2), [0x9] = B(0x3), [0xc] = B(0x0), [0xd] = B(0x1)},
    [OPPOSITE] = {[0x8] = B(0xa), [0x9] = B(0xb), [0xc] = B(0x8), [0xd] = B(0x9)},
};

// List for [opposite sides][wheel of a][wheel of b]. Wheel 3 does not exist, but follows the rule.
static const uint8_t run3_relation[2][4][4] = {
    {{SAME, OUT, 0, 0}, {IN, SAME, OUT, 0}, {0, IN, SAME, OUT}, {0, 0, IN, SAME}},
    {{NEVER, OUT, 0, 0}, {IN, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
};

static const uint8_t run2_relation[2][4][4] = {
    {{SAME, OUT, 0, 0}, {IN, SAME, OUT, 0}, {0, IN, SAME, OUT}, {0, 0, IN, SAME}},
    {{OPPOSITE, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
};

int l1t_ugmt_same_barrel_track(enum l1t_ugmt_lists lists, uint32_t a, uint32_t b)
{
    const unsigned opposite = (a ^ b) >> L1T_UGMT_ADDRESS_SIDE & 1;
    const unsigned wheel_a = a >> L1T_UGMT_ADDRESS_WHEEL & 3;
    const unsigned wheel_b = b >> L1T_UGMT_ADDRESS_WHEEL & 3;
    const int run3 = lists == L1T_UGMT_LISTS_RUN3;
    const unsigned list = (run3 ? run3_relation : run2_relation)[opposite][wheel_a][wheel_b];
    const uint16_t *match = (run3 ? run3_lists : run2_lists)[list];
    unsigned shift = run3 ? 0 : 4; // of the first station looked at
    unsigned found = 0;
    for (unsigned i = 0; i < 3; i++, shift += 4)
        found |= (unsigned)match[a >> shift & 15] >> (b >> shift & 15);
    return (int)(found & 1);
}

// In a station's nibble bit 0 is the segment, the chamber is above: 0 none, then those of the
// previous sector, then the own ones. The sums are not cut to three bits.
int l1t_ugmt_same_endcap_track(uint32_t a, uint32_t b)
{
    static const uint8_t chambers[4] = {3, 2, 2, 2}; // of the previous sector: ME1 to ME4
    int found = 0;
    for (unsigned station = 0; station < 4; station++) {
        const unsigned of_a = a >> (4 * station) & 15, of_b = b >> (4 * station) & 15;
        found |= of_b >> 1 != 0 && of_a == of_b + 2u * chambers[station];
    }
    return found;
}
