// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of the global muon trigger, one by one, on events made by hand.
#include "l1t_formats.h"
#include "l1t_test.h"
#include "muon/l1t_ugmt.h"

static struct l1t_ugmt_config config;
static struct l1t_ugmt_event event;
static struct l1t_ugmt_result result;

struct muon {
    int group, processor, slot, pt, quality, eta, phi; // phi local
    uint64_t more;                                     // other bits of the word
};

static void put(const struct muon *m)
{
    event.muon[3 * (l1t_ugmt_first[m->group] + m->processor) + m->slot] =
        l1t_muon_in_pt_put(m->pt) | l1t_muon_in_quality_put(m->quality) |
        l1t_muon_in_eta_put(m->eta) | l1t_muon_in_phi_put(m->phi) | m->more;
}

static void run(const struct muon *muon, unsigned n)
{
    memset(&event, 0, sizeof event);
    for (unsigned i = 0; i < n; i++)
        put(&muon[i]);
    l1t_ugmt(&config, &event, &result);
}

#define RUN(...)                                                                                   \
    do {                                                                                           \
        const struct muon list[] = {__VA_ARGS__};                                                  \
        run(list, sizeof list / sizeof list[0]);                                                   \
    } while (0)

// Everything within the tables' reach matches; rank is pt; nothing is extrapolated.
static void simple_config(void)
{
    memset(&config, 0, sizeof config);
    memset(config.match, 1, sizeof config.match);
    for (unsigned i = 0; i < 8192; i++)
        config.rank[i] = (uint16_t)(i & 511);
    config.pt_bits = 7;
    config.eta_shift = 3;
    config.phi_shift = 2;
}

// Cancel bits of muon 0, 1, ... in the order of their links as a text: "x" cancelled, "." not.
static const char *cancelled(void)
{
    static char text[L1T_UGMT_IN + 1];
    for (unsigned i = 0; i < result.n; i++)
        text[i] = result.cand[i].cancel != 0 ? 'x' : '.';
    text[result.n] = '\0';
    return text;
}

static int phi_of(int group, int processor, int local)
{
    RUN({group, processor, 0, 1, 0, 0, local, 0});
    return result.cand[0].phi;
}

static void global_phi_starts_where_the_sector_does(void)
{
    simple_config();
    L1T_ASSERT_INT(phi_of(L1T_UGMT_B, 0, 0), 552);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_B, 0, 24), 0);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_B, 0, 23), 575);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_B, 11, 127), 55);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_B, 1, -128), 472);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_EP, 0, 0), 24);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_ON, 0, -25), 575);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_OP, 5, 71), 575);
    L1T_ASSERT_INT(phi_of(L1T_UGMT_EN, 5, 72), 0);
}

static void an_empty_slot_keeps_its_number(void)
{
    simple_config();
    RUN({L1T_UGMT_ON, 5, 1, 0, 15, 9, 9, 0}, {L1T_UGMT_ON, 5, 2, 3, 15, 9, 9, 0});
    L1T_ASSERT_INT(result.n, 1);
    L1T_ASSERT_INT(result.cand[0].index, 3 * 29 + 2);
    L1T_ASSERT_INT(l1t_muon_gt_index(result.gt[0]), 89);
}

static void the_lower_quality_is_cancelled_whatever_its_pt(void)
{
    simple_config();
    RUN({L1T_UGMT_EP, 0, 0, 500, 4, 90, 90, 0}, {L1T_UGMT_EP, 1, 0, 1, 5, 90, -6, 0});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    RUN({L1T_UGMT_EP, 0, 0, 1, 5, 90, 90, 0}, {L1T_UGMT_EP, 1, 0, 500, 4, 90, -6, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x");
}

static void of_equals_the_higher_sector_is_cancelled(void)
{
    simple_config();
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 90, 90, 0}, {L1T_UGMT_EP, 1, 0, 9, 4, 90, -6, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    // sector 0 comes behind sector 5
    RUN({L1T_UGMT_EN, 0, 0, 9, 4, -90, -6, 0}, {L1T_UGMT_EN, 5, 0, 9, 4, -90, 90, 0});
    L1T_ASSERT_TEXT(cancelled(), "x.");
}

static void of_equals_the_overlap_is_cancelled(void)
{
    simple_config();
    RUN({L1T_UGMT_OP, 1, 0, 9, 4, 80, 0, 0}, {L1T_UGMT_B, 3, 2, 9, 4, 80, 0, 0});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    L1T_ASSERT_INT(result.cand[0].cancel, L1T_UGMT_CANCEL_OB_PLUS);
    RUN({L1T_UGMT_EP, 1, 0, 9, 4, 110, 0, 0}, {L1T_UGMT_OP, 1, 0, 9, 4, 110, 0, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    L1T_ASSERT_INT(result.cand[1].cancel, L1T_UGMT_CANCEL_OE);
    // the better one stays, whichever it is
    RUN({L1T_UGMT_B, 3, 2, 9, 4, -80, 0, 0}, {L1T_UGMT_ON, 1, 0, 9, 5, -80, 0, 0});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    L1T_ASSERT_INT(result.cand[0].cancel, L1T_UGMT_CANCEL_OB_MINUS);
}

static void a_cancelled_muon_cancels_others(void)
{
    simple_config();
    RUN({L1T_UGMT_OP, 0, 0, 9, 6, 90, 90, 0}, {L1T_UGMT_OP, 1, 0, 9, 5, 90, -6, 0},
        {L1T_UGMT_OP, 1, 1, 9, 5, 90, 90, 0}, {L1T_UGMT_OP, 2, 0, 9, 4, 90, -6, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x.x");
    // one and the same: beaten from one side, winner on the other
    RUN({L1T_UGMT_EP, 0, 0, 9, 6, 90, 94, 0}, {L1T_UGMT_OP, 0, 0, 9, 5, 90, 94, 0},
        {L1T_UGMT_OP, 1, 0, 9, 4, 90, -2, 0});
    L1T_ASSERT_TEXT(cancelled(), ".xx");
}

static void muons_of_one_link_do_not_see_each_other(void)
{
    simple_config();
    RUN({L1T_UGMT_EP, 2, 0, 9, 4, 90, 9, 0}, {L1T_UGMT_EP, 2, 1, 9, 5, 90, 9, 0});
    L1T_ASSERT_TEXT(cancelled(), "..");
}

// Is a muon of overlap sector 2 compared with one of this processor at the same phi? Those that
// cannot be at the same phi are not asked.
static int is_compared(int group, int processor)
{
    const int origin = group == L1T_UGMT_B ? 48 * processor - 24 : 96 * processor + 24;
    const int local = (2 * 96 + 24 - origin + 864) % 576 - 288;
    if (local < -128 || local > 127)
        return -1;
    RUN({L1T_UGMT_OP, 2, 0, 9, 4, 80, 0, 0}, {group, processor, 0, 9, 9, 80, local, 0});
    for (unsigned i = 0; i < result.n; i++)
        if (result.cand[i].group == L1T_UGMT_OP)
            return result.cand[i].cancel != 0;
    return -1;
}

static void an_overlap_sector_meets_four_wedges_and_three_sectors(void)
{
    static const int wedges[12] = {-1, -1, -1, 0, 1, 1, 1, 1, -1, -1, -1, -1};
    static const int sectors[6] = {-1, 1, 1, 1, -1, -1};
    simple_config();
    for (int wedge = 0; wedge < 12; wedge++)
        L1T_CHECK(is_compared(L1T_UGMT_B, wedge) == wedges[wedge], "wedge %d", wedge);
    for (int sector = 0; sector < 6; sector++)
        L1T_CHECK(is_compared(L1T_UGMT_EP, sector) == sectors[sector], "sector %d", sector);
}

static void windows_end_at_7_and_31(void)
{
    simple_config();
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 100, 90, 0}, {L1T_UGMT_EP, 1, 0, 9, 4, 131, 1, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 100, 90, 0}, {L1T_UGMT_EP, 1, 0, 9, 4, 132, 1, 0});
    L1T_ASSERT_TEXT(cancelled(), "..");
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 100, 90, 0}, {L1T_UGMT_EP, 1, 0, 9, 4, 131, 2, 0});
    L1T_ASSERT_TEXT(cancelled(), "..");
    // phi 575 and 5 are six apart
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 100, -19, 0}, {L1T_UGMT_EP, 5, 0, 9, 4, 100, 71, 0});
    L1T_ASSERT_TEXT(cancelled(), "x.");
}

static void fine_means_both(void)
{
    const uint64_t hf = l1t_muon_in_hf_put(1);
    simple_config();
    memset(config.match[L1T_UGMT_MATCH_OB_PLUS], 0, 256);
    RUN({L1T_UGMT_OP, 1, 0, 9, 4, 80, 0, hf}, {L1T_UGMT_B, 3, 2, 9, 4, 80, 0, 0});
    L1T_ASSERT_TEXT(cancelled(), "..");
    RUN({L1T_UGMT_OP, 1, 0, 9, 4, 80, 0, 0}, {L1T_UGMT_B, 3, 2, 9, 4, 80, 0, hf});
    L1T_ASSERT_TEXT(cancelled(), "..");
    RUN({L1T_UGMT_OP, 1, 0, 9, 4, 80, 0, hf}, {L1T_UGMT_B, 3, 2, 9, 4, 80, 0, hf});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    // the endcap's bit does not count
    memset(config.match[L1T_UGMT_MATCH_EE_PLUS], 0, 256);
    RUN({L1T_UGMT_EP, 0, 0, 9, 4, 100, 90, hf}, {L1T_UGMT_EP, 1, 0, 9, 4, 100, -6, 0});
    L1T_ASSERT_TEXT(cancelled(), ".x");
}

// ---- track addresses ----

static uint64_t barrel_run3(int wheel, int side, int address_2)
{
    return l1t_muon_b_station_1_put(15) | l1t_muon_b_station_2_put(address_2) |
           l1t_muon_b_station_3_put(15) | l1t_muon_b_wheel_put(wheel) | l1t_muon_b_side_put(side);
}

static void barrel_neighbours_share_a_segment(void)
{
    simple_config();
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0xa)},
        {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0x8)});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0xa)},
        {L1T_UGMT_B, 5, 0, 9, 5, 0, 0, barrel_run3(1, 0, 0x8)});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    // the same addresses, seen from the wrong side, are others
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0x8)},
        {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0xa)});
    L1T_ASSERT_TEXT(cancelled(), "..");
    // wedge 0 comes behind wedge 11
    RUN({L1T_UGMT_B, 0, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0x8)},
        {L1T_UGMT_B, 11, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0xa)});
    L1T_ASSERT_TEXT(cancelled(), "x.");
    // one wheel further out, across eta 0 and not
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(0, 1, 0xa)},
        {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, barrel_run3(1, 0, 0x0)});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(2, 1, 0x2)},
        {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, barrel_run3(1, 1, 0x8)});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, barrel_run3(0, 1, 0x2)},
        {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, barrel_run3(0, 0, 0x0)});
    L1T_ASSERT_TEXT(cancelled(), "..");
}

static void no_segment_is_no_common_segment(void)
{
    simple_config();
    for (int lists = 0; lists < 2; lists++)
        for (unsigned wheels = 0; wheels < 64; wheels++) {
            const uint32_t a = 0xffff | (wheels & 7) << 16, b = 0xffff | wheels >> 3 << 16;
            CU_ASSERT_FALSE(l1t_ugmt_same_barrel_track((enum l1t_ugmt_lists)lists, a, b));
        }
    CU_ASSERT_FALSE(l1t_ugmt_same_endcap_track(0, 0));
    CU_ASSERT_FALSE(l1t_ugmt_same_endcap_track(0x4446, 0)); // chambers of the own sector, and none
}

static void stations_of_run_2_are_the_other_way_round(void)
{
    const uint64_t a = l1t_muon_b_run2_station_4_put(8) | l1t_muon_b_run2_station_3_put(15) |
                       l1t_muon_b_run2_station_2_put(15);
    const uint64_t b = l1t_muon_b_run2_station_4_put(10) | l1t_muon_b_run2_station_3_put(15) |
                       l1t_muon_b_run2_station_2_put(15);
    simple_config();
    config.barrel = L1T_UGMT_LISTS_RUN2;
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, a}, {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, b});
    L1T_ASSERT_TEXT(cancelled(), ".."); // taken for Run-3 words, station 4 is something else
    config.order = L1T_UGMT_ORDER_RUN2;
    RUN({L1T_UGMT_B, 4, 0, 9, 4, 0, 0, a}, {L1T_UGMT_B, 5, 0, 9, 4, 0, 0, b});
    L1T_ASSERT_TEXT(cancelled(), ".x");
}

static void endcap_chambers_of_the_previous_sector_are_its_last_ones(void)
{
    const uint64_t own = l1t_muon_e_chamber_1_put(6) | l1t_muon_e_segment_1_put(1);
    const uint64_t previous = l1t_muon_e_chamber_1_put(3) | l1t_muon_e_segment_1_put(1);
    const uint64_t other = l1t_muon_e_chamber_1_put(3);
    simple_config();
    config.endcap = L1T_UGMT_ENDCAP_ADDRESSES;
    RUN({L1T_UGMT_EP, 1, 0, 9, 4, 90, 0, own}, {L1T_UGMT_EP, 2, 0, 9, 4, 90, 0, previous});
    L1T_ASSERT_TEXT(cancelled(), ".x");
    RUN({L1T_UGMT_EP, 1, 0, 9, 4, 90, 0, own}, {L1T_UGMT_EP, 2, 0, 9, 4, 90, 0, other});
    L1T_ASSERT_TEXT(cancelled(), "..");
    RUN({L1T_UGMT_EP, 1, 0, 9, 4, 90, 0, previous}, {L1T_UGMT_EP, 2, 0, 9, 4, 90, 0, own});
    L1T_ASSERT_TEXT(cancelled(), "..");
}

// ---- behind the cancel-out ----

static void eta_moves_towards_the_centre(void)
{
    const uint64_t minus = l1t_muon_in_sign_put(1);
    simple_config();
    memset(config.eta_extrapolation, 2, sizeof config.eta_extrapolation);
    memset(config.phi_extrapolation, 3, sizeof config.phi_extrapolation);
    RUN({L1T_UGMT_EP, 0, 0, 127, 4, 90, 0, 0}, {L1T_UGMT_EP, 3, 0, 128, 4, 90, 0, 0},
        {L1T_UGMT_B, 5, 0, 1, 4, 0, 0, minus}, {L1T_UGMT_EN, 0, 0, 50, 4, -90, -24, minus});
    L1T_ASSERT_INT(result.cand[0].deta, -2);
    L1T_ASSERT_INT(result.cand[0].dphi, 12);
    L1T_ASSERT_INT(result.cand[1].deta, 0); // beyond the table
    L1T_ASSERT_INT(result.cand[1].dphi, 0);
    L1T_ASSERT_INT(result.cand[2].deta, 2); // at eta 0
    L1T_ASSERT_INT(result.cand[3].deta, 2);
    L1T_ASSERT_INT(result.cand[3].dphi, -12);
    L1T_ASSERT_INT(result.final[2].phi_vtx, 564); // of the one with pt 50, at phi 0
    L1T_ASSERT_INT(result.final[2].eta_vtx, -88);
}

static void tables_are_addressed_by_eta_and_pt(void)
{
    simple_config();
    config.phi_extrapolation[L1T_UGMT_OVERLAP][31 << 7 | 100] = 5;
    config.phi_extrapolation[L1T_UGMT_OVERLAP][100] = 7;
    RUN({L1T_UGMT_ON, 0, 0, 100, 4, -255, 0, 0}, {L1T_UGMT_ON, 3, 0, 100, 4, -256, 0, 0});
    L1T_ASSERT_INT(result.cand[0].dphi, 20);
    L1T_ASSERT_INT(result.cand[1].dphi, 28); // |-256| >> 3 does not fit five bits
    config.pt_bits = 6;
    config.eta_shift = 2;
    config.phi_shift = 3;
    config.phi_extrapolation[L1T_UGMT_OVERLAP][63 << 6 | 63] = 6;
    RUN({L1T_UGMT_ON, 0, 0, 63, 4, -255, 0, 0}, {L1T_UGMT_ON, 3, 0, 64, 4, -255, 0, 0});
    L1T_ASSERT_INT(result.cand[0].dphi, 48);
    L1T_ASSERT_INT(result.cand[1].dphi, 0);
}

static void groups_keep_four_and_the_barrel_eight(void)
{
    struct muon list[15];
    simple_config();
    for (int i = 0; i < 15; i++)
        list[i] = (struct muon){i < 9 ? L1T_UGMT_B : L1T_UGMT_ON,
                                i < 9 ? i / 3 * 3 : i % 3 * 2,
                                i < 9 ? i % 3 : i / 3 - 3,
                                100 + i,
                                4,
                                i < 9 ? 0 : -90,
                                0,
                                0};
    run(list, 15);
    L1T_ASSERT_INT(result.n, 15);
    L1T_ASSERT_INT(result.n_kept[L1T_UGMT_B], 8);
    L1T_ASSERT_INT(result.n_kept[L1T_UGMT_ON], 4);
    L1T_ASSERT_INT(result.n_kept[L1T_UGMT_EP], 0);
    L1T_ASSERT_INT(result.cand[result.kept[8]].pt, 108);  // best of the barrel
    L1T_ASSERT_INT(result.cand[result.kept[15]].pt, 101); // 100 is lost
    L1T_ASSERT_INT(result.n_final, 8);
    L1T_ASSERT_INT(result.cand[result.final[0].cand].pt, 114);
    L1T_ASSERT_INT(result.cand[result.final[7].cand].pt, 105); // 109 and 110 are lost
    L1T_ASSERT_INT(result.mid[0], 0);
    L1T_ASSERT_INT(l1t_muon_mid_pt(result.mid[16]), 114);
}

static void of_equal_ranks_the_first_is_first(void)
{
    simple_config();
    RUN({L1T_UGMT_EN, 0, 0, 50, 1, -90, 0, 0}, {L1T_UGMT_EP, 3, 2, 50, 2, 90, 0, 0},
        {L1T_UGMT_EP, 3, 1, 50, 3, 90, 0, 0}, {L1T_UGMT_B, 7, 0, 51, 0, 0, 0, 0});
    L1T_ASSERT_INT(result.n_final, 4);
    L1T_ASSERT_INT(result.cand[result.final[0].cand].index, 3 * (12 + 7));
    L1T_ASSERT_INT(result.cand[result.final[1].cand].index, 3 * 3 + 1);
    L1T_ASSERT_INT(result.cand[result.final[2].cand].index, 3 * 3 + 2);
    L1T_ASSERT_INT(result.cand[result.final[3].cand].index, 3 * 30);
}

static void isolation_is_looked_up_at_the_vertex(void)
{
    simple_config();
    config.eta_region[511] = 13; // eta -1
    config.phi_region[575] = 35;
    config.absolute[31] = 1;
    config.relative[31 << 9 | 9] = 1;
    memset(config.phi_extrapolation, 1, sizeof config.phi_extrapolation);
    memset(&event, 0, sizeof event);
    event.sum[36 * 13 + 35] = 31;
    put(&(struct muon){L1T_UGMT_B, 0, 0, 9, 4, -1, 27, l1t_muon_in_sign_put(1)}); // phi 3
    l1t_ugmt(&config, &event, &result);
    L1T_ASSERT_INT(result.final[0].phi_vtx, 575);
    L1T_ASSERT_INT(result.final[0].sum, 31);
    L1T_ASSERT_INT(result.final[0].iso, 3);
    config.relative[31 << 9 | 9] = 0;
    l1t_ugmt(&config, &event, &result);
    L1T_ASSERT_INT(result.final[0].iso, 1);
}

static void words_change_with_the_years(void)
{
    const uint64_t halo = l1t_muon_in_hf_put(1), upper = l1t_muon_e_pt_u_put(77) |
                                                         l1t_muon_e_dxy_put(2) |
                                                         l1t_muon_in_sign_valid_put(1);
    simple_config();
    RUN({L1T_UGMT_EN, 3, 1, 300, 6, -100, 5, upper});
    uint64_t w = result.gt[0];
    L1T_ASSERT_INT(l1t_muon_gt_quality(w), 4); // two upper bits
    L1T_ASSERT_INT(l1t_muon_gt_pt_u(w), 77);
    L1T_ASSERT_INT(l1t_muon_gt_dxy(w), 2);
    L1T_ASSERT_INT(l1t_muon_gt_eta_vtx(w), -100);
    L1T_ASSERT_INT(l1t_muon_gt_phi(w), 317);
    L1T_ASSERT_INT(l1t_muon_eta_pair_first(result.eta_pair[0]), -100);
    L1T_ASSERT_INT(l1t_muon_mid_pt_u(result.mid[20]), 77);
    L1T_ASSERT_INT(l1t_muon_gt_index(result.mid[20]), 0); // intermediate ones have none
    RUN({L1T_UGMT_EN, 3, 1, 300, 6, -100, 5, upper | halo});
    L1T_ASSERT_INT(l1t_muon_gt_quality(result.gt[0]), 15);
    RUN({L1T_UGMT_ON, 3, 1, 300, 6, -100, 5, upper | halo}); // no halo bit, no displacement
    L1T_ASSERT_INT(l1t_muon_gt_quality(result.gt[0]), 4);
    L1T_ASSERT_INT(l1t_muon_gt_pt_u(result.gt[0]), 0);
    config.order = L1T_UGMT_ORDER_RUN2;
    config.layout = L1T_UGMT_LAYOUT_2017;
    RUN({L1T_UGMT_EN, 3, 1, 300, 6, -100, 5, upper});
    w = result.gt[0];
    L1T_ASSERT_INT(l1t_muon_gt_2017_eta(w), -100);
    L1T_ASSERT_INT(w >> 62, 0);
    L1T_ASSERT_INT(result.eta_pair[0], 0);
    config.layout = L1T_UGMT_LAYOUT_2016;
    RUN({L1T_UGMT_EN, 3, 1, 300, 6, -100, 5, upper});
    w = result.gt[0];
    L1T_ASSERT_INT(l1t_muon_gt_2016_eta(w), -100);
    L1T_ASSERT_INT(l1t_muon_gt_2016_phi(w), 317);
    L1T_ASSERT_INT(l1t_muon_gt_2016_unused(w), 0);
    L1T_ASSERT_INT(l1t_muon_gt_2016_index(w), 3 * 33 + 1);
}

L1T_TEST_MAIN(
    "l1t_ugmt_rules",
    {"global phi starts where the sector does", global_phi_starts_where_the_sector_does},
    {"an empty slot keeps its number", an_empty_slot_keeps_its_number},
    {"the lower quality is cancelled whatever its pt",
     the_lower_quality_is_cancelled_whatever_its_pt},
    {"of equals the higher sector is cancelled", of_equals_the_higher_sector_is_cancelled},
    {"of equals the overlap is cancelled", of_equals_the_overlap_is_cancelled},
    {"a cancelled muon cancels others", a_cancelled_muon_cancels_others},
    {"muons of one link do not see each other", muons_of_one_link_do_not_see_each_other},
    {"an overlap sector meets four wedges and three sectors",
     an_overlap_sector_meets_four_wedges_and_three_sectors},
    {"windows end at 7 and 31", windows_end_at_7_and_31}, {"fine means both", fine_means_both},
    {"barrel neighbours share a segment", barrel_neighbours_share_a_segment},
    {"no segment is no common segment", no_segment_is_no_common_segment},
    {"stations of Run 2 are the other way round", stations_of_run_2_are_the_other_way_round},
    {"endcap chambers of the previous sector are its last ones",
     endcap_chambers_of_the_previous_sector_are_its_last_ones},
    {"eta moves towards the centre", eta_moves_towards_the_centre},
    {"tables are addressed by eta and pt", tables_are_addressed_by_eta_and_pt},
    {"groups keep four and the barrel eight", groups_keep_four_and_the_barrel_eight},
    {"of equal ranks the first is first", of_equal_ranks_the_first_is_first},
    {"isolation is looked up at the vertex", isolation_is_looked_up_at_the_vertex},
    {"words change with the years", words_change_with_the_years})
