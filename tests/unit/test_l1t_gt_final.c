// SPDX-License-Identifier: GPL-3.0-or-later
// Final decision: prescalers against sequences counted by hand, masks, veto, counters, sections.
#include "gt/l1t_gt_final.h"
#include "l1t_test.h"

static struct l1t_gt_final state;
static struct l1t_gt_factors factors;
static struct l1t_gt_masks masks;

// Everything open, every prescale one.
static void start(void)
{
    memset(&masks, 0, sizeof masks);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        masks.finor[w] = UINT64_MAX;
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        factors.prescale[b] = factors.preview[b] = L1T_GT_PRESCALE_ONE;
    l1t_gt_final_init(&state, &factors);
}

static struct l1t_gt_final_out step(struct l1t_gt_final_in in)
{
    struct l1t_gt_final_out out;
    l1t_gt_final_step(&state, &masks, &in, &out);
    return out;
}

// What a prescaler does with requests in a row, as '1' and '0'.
static const char *sequence(uint32_t factor, unsigned n)
{
    static char text[64];
    struct l1t_gt_prescale p = {0};
    for (unsigned i = 0; i < n; i++)
        text[i] = l1t_gt_prescale_step(&p, factor, true) ? '1' : '0';
    text[n] = '\0';
    return text;
}

static void prescales_accept_by_hand_counted_sequences(void)
{
    L1T_ASSERT_TEXT(sequence(100, 5), "11111");
    L1T_ASSERT_TEXT(sequence(0, 5), "00000");
    L1T_ASSERT_TEXT(sequence(200, 8), "01010101");
    L1T_ASSERT_TEXT(sequence(300, 9), "001001001");
    // 1.5: counter 100, 200-150=50, 150-150=0
    L1T_ASSERT_TEXT(sequence(150, 9), "011011011");
    // 1.33: 100 | 200-133=67 | 167-133=34 | 134-133=1 | 101 | 201-133=68
    L1T_ASSERT_TEXT(sequence(133, 6), "011101");
    L1T_ASSERT_TEXT(sequence(101, 4), "0111");
    L1T_ASSERT_TEXT(sequence(1, 4), "1111"); // no prescale is below one
}

// 2200.5: counter reaches 220050 with request 2201 (220100, 50 stay) and again with 4401 exactly.
static void a_large_fractional_prescale_is_even(void)
{
    struct l1t_gt_prescale p = {0};
    unsigned accepted = 0;
    for (unsigned n = 1; n <= 44010; n++) {
        const bool kept = l1t_gt_prescale_step(&p, 220050, true);
        accepted += kept;
        CU_ASSERT_EQUAL(accepted, 100ULL * n / 220050);
        if (n <= 6602)
            L1T_CHECK(kept == (n == 2201 || n == 4401 || n == 6602), "request %u", n);
    }
    L1T_ASSERT_INT(accepted, 20);
}

static void any_prescale_accepts_the_floor(void)
{
    static const uint32_t some[] = {100, 101, 125, 199, 200, 12345, L1T_GT_PRESCALE_MAX};
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
        struct l1t_gt_prescale p = {0};
        uint64_t accepted = 0, n = 0;
        for (; n < 400000; n++) {
            l1t_gt_prescale_step(&p, some[i], false); // crossings without a request do not count
            accepted += l1t_gt_prescale_step(&p, some[i], true);
        }
        L1T_ASSERT_INT(accepted, 100 * n / some[i]);
    }
}

static void off_holds_the_counter_at_zero(void)
{
    struct l1t_gt_prescale p = {0};
    CU_ASSERT_FALSE(l1t_gt_prescale_step(&p, 300, true));
    CU_ASSERT_FALSE(l1t_gt_prescale_step(&p, 300, true)); // one more would be accepted
    CU_ASSERT_FALSE(l1t_gt_prescale_step(&p, 0, false));
    CU_ASSERT_FALSE(l1t_gt_prescale_step(&p, 300, true));
    L1T_ASSERT_INT(p.counter, 100);
}

static void factors_change_at_a_section_boundary_when_asked(void)
{
    struct l1t_gt_counts ended;
    const struct l1t_gt_final_in in = {.raw = {1 << 5}};
    start();
    factors.prescale[5] = 300;
    l1t_gt_final_init(&state, &factors);
    (void)step(in); // counter 100
    factors.prescale[5] = 200;
    l1t_gt_final_request(&state, &factors);
    L1T_ASSERT_INT(step(in).prescaled[0], 0); // still 300: counter 200
    L1T_ASSERT_INT(step(in).prescaled[0], 1 << 5);
    (void)step(in); // counter 100 goes on into the next section
    l1t_gt_final_section(&state, &ended);
    L1T_ASSERT_INT(ended.before[5], 4);
    L1T_ASSERT_INT(ended.after[5], 1);
    L1T_ASSERT_INT(ended.preview[5], 4);
    L1T_ASSERT_INT(step(in).prescaled[0], 1 << 5); // 100 + 100 >= 200
    L1T_ASSERT_INT(step(in).prescaled[0], 0);
    l1t_gt_final_section(&state, &ended); // nothing asked: factors stay
    L1T_ASSERT_INT(ended.before[5], 2);
    L1T_ASSERT_INT(step(in).prescaled[0], 1 << 5);
}

static void masks_and_veto_act_in_order(void)
{
    static uint64_t crossing[L1T_GT_ORBIT][L1T_GT_WORDS];
    start();
    for (unsigned x = 0; x < L1T_GT_ORBIT; x++)
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            crossing[x][w] = UINT64_MAX;
    crossing[7][1] = ~UINT64_C(1); // algorithm 64 is closed in crossing 7
    masks.crossing = (const uint64_t(*)[L1T_GT_WORDS])crossing;
    masks.finor[2] = ~UINT64_C(2); // algorithm 129 is no part of the OR
    masks.veto[7] = UINT64_C(1) << 63;

    struct l1t_gt_final_out out = step((struct l1t_gt_final_in){.raw = {0, 1}, .crossing = 6});
    CU_ASSERT(out.finor && out.prescaled[1] == 1);
    out = step((struct l1t_gt_final_in){.raw = {0, 1}, .crossing = 7});
    CU_ASSERT(!out.finor && out.open[1] == 0 && out.prescaled[1] == 0);
    out = step((struct l1t_gt_final_in){.raw = {0, 0, 2}});
    CU_ASSERT(!out.finor && out.prescaled[2] == 2); // read out, not in the OR
    out = step((struct l1t_gt_final_in){.raw = {1, 0, 0, 0, 0, 0, 0, UINT64_C(1) << 63}});
    CU_ASSERT(out.veto && !out.finor && out.prescaled[0] == 1);
    out = step((struct l1t_gt_final_in){.raw = {1}, .gap = true});
    CU_ASSERT(!out.finor && out.open[0] == 0);
    out = step((struct l1t_gt_final_in){.raw = {1}, .dead = true});
    CU_ASSERT(out.finor);
    L1T_ASSERT_INT(state.counts.before[0], 2);
    L1T_ASSERT_INT(state.counts.live[0], 1);
    L1T_ASSERT_INT(state.counts.before[64], 1);
    L1T_ASSERT_INT(state.counts.finor, 2);
    L1T_ASSERT_INT(state.counts.finor_live, 1);
}

static void a_prescaled_away_bit_neither_fires_nor_vetoes(void)
{
    start();
    factors.prescale[3] = 200;
    l1t_gt_final_init(&state, &factors);
    masks.veto[0] = 8;
    CU_ASSERT_TRUE(step((struct l1t_gt_final_in){.raw = {9}}).finor);
    CU_ASSERT_FALSE(step((struct l1t_gt_final_in){.raw = {9}}).finor);
}

static void the_preview_counts_and_decides_nothing(void)
{
    start();
    factors.prescale[511] = 0;
    factors.preview[511] = 200;
    l1t_gt_final_init(&state, &factors);
    for (unsigned i = 0; i < 5; i++) {
        const struct l1t_gt_final_out out =
            step((struct l1t_gt_final_in){.raw = {[7] = UINT64_C(1) << 63}});
        CU_ASSERT_FALSE(out.finor);
        CU_ASSERT_EQUAL(out.preview, i % 2 == 1);
    }
    L1T_ASSERT_INT(state.counts.preview[511], 2);
    L1T_ASSERT_INT(state.counts.after[511], 0);
    L1T_ASSERT_INT(state.counts.finor_preview, 2);
}

L1T_TEST_MAIN("l1t_gt_final",
              {"prescales accept by hand-counted sequences",
               prescales_accept_by_hand_counted_sequences},
              {"a large fractional prescale is even", a_large_fractional_prescale_is_even},
              {"any prescale accepts the floor", any_prescale_accepts_the_floor},
              {"off holds the counter at zero", off_holds_the_counter_at_zero},
              {"factors change at a section boundary when asked",
               factors_change_at_a_section_boundary_when_asked},
              {"masks and veto act in order", masks_and_veto_act_in_order},
              {"a prescaled-away bit neither fires nor vetoes",
               a_prescaled_away_bit_neither_fires_nor_vetoes},
              {"the preview counts and decides nothing", the_preview_counts_and_decides_nothing})
