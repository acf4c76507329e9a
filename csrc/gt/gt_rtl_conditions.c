// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions of a menu as instances of the library. What they take stands still at keep_at: masks
// of legs leg_N, or keep_C_K beside the references of an overlap removal; windows cut_N; charges.
#include "gt_rtl.h"

static unsigned slots_of(const struct l1t_gt_rtl *r, unsigned leg)
{
    return l1t_gt_type_slots[r->code->leg[leg].type];
}

static void print_charges(const struct l1t_gt_condition *c, FILE *out)
{
    if ((c->cuts.which & L1T_GT_CUT_LIKE_SIGN) != 0)
        (void)fputs(", .Like(1'b1)", out);
    if ((c->cuts.which & L1T_GT_CUT_OPPOSITE_SIGN) != 0)
        (void)fputs(", .Opposite(1'b1)", out);
}

// The signs of a list, or zeros when no charge is asked for.
static void print_signs(struct l1t_gt_rtl *r, const struct l1t_gt_condition *c, unsigned leg,
                        const char *number, FILE *out)
{
    const size_t list = l1t_gt_rtl_list_of(r, leg);
    if ((c->cuts.which & (L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN)) != 0) {
        char name[32];
        (void)l1t_gt_rtl_list_name(r, list, name);
        (void)fprintf(out, "\n    .positive%s_i(positive_%s), .negative%s_i(negative_%s),", number,
                      name, number, name);
    } else {
        (void)fprintf(out, "\n    .positive%s_i('0), .negative%s_i('0),", number, number);
    }
}

// "cut_3 & cut_5" of the windows between two legs; all ones when there are none. three: -1 all,
// else whether it is the mass of three.
static void print_windows(struct l1t_gt_rtl *r, const struct l1t_gt_condition *c, unsigned leg1,
                          unsigned leg2, bool of_triple, bool three, FILE *out)
{
    const unsigned n1 = slots_of(r, leg1), n2 = slots_of(r, leg2);
    size_t window[10];
    unsigned n = 0, printed = 0;
    if ((c->cuts.which & ~(uint32_t)(L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN)) != 0)
        n = l1t_gt_rtl_windows_of(r, l1t_gt_rtl_values_of(r, leg1, leg2, c->pair), &c->cuts,
                                  of_triple, window);
    for (unsigned i = 0; i < n; i++)
        if ((l1t_gt_rtl_window_at(r, window[i])->cut == L1T_GT_RTL_MASS_3) == three)
            (void)fprintf(out, "%scut_%zu", printed++ > 0 ? " & " : "", window[i]);
    // Sized: a simulator and Yosys do not agree on what '1 is inside an expression.
    if (printed == 0)
        (void)fprintf(out, "{%u{1'b1}}", three ? n1 * (n1 - 1) * (n1 - 2) / 6 : n1 * n2);
}

// ---- overlap removal ----

static void print_overlap(struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                          FILE *out)
{
    const unsigned reference = c->leg[c->n_legs], n_r = slots_of(r, reference);
    for (unsigned k = 0; k < c->n_legs; k++) {
        const unsigned n = slots_of(r, c->leg[k]);
        size_t window[10];
        unsigned n_windows = 0;
        if (c->overlap_cuts.which != 0)
            n_windows = l1t_gt_rtl_windows_of(
                r, l1t_gt_rtl_values_of(r, c->leg[k], reference, c->overlap_pair), &c->overlap_cuts,
                false, window);
        (void)fprintf(out,
                      "  logic [%u:0] keep_%zu_%u, keep_pairs_%zu_%u;\n"
                      "  l1t_gt_overlap #(.N(%u), .R(%u), .All(1'b%d)) u_overlap_%zu_%u (\n"
                      "    .clk_i, .leg_i(early_%u), .reference_i(early_%u), .near_i(",
                      n * n_r - 1, index, k, index, k, n, n_r, c->overlap == L1T_GT_OVERLAP_ALL,
                      index, k, c->leg[k], reference);
        for (unsigned i = 0; i < n_windows; i++)
            (void)fprintf(out, "%searly_cut_%zu", i > 0 ? " | " : "", window[i]);
        (void)fprintf(out, "%s),\n    .keep_o(keep_%zu_%u), .keep_pairs_o(keep_pairs_%zu_%u));\n",
                      n_windows == 0 ? "'0" : "", index, k, index, k);
    }
}

// ---- kinds ----

// Legs that are written several times want several objects; with charges each wants its own.
static unsigned distinct_legs(const struct l1t_gt_condition *c, unsigned first[L1T_GT_LEGS],
                              unsigned need[L1T_GT_LEGS])
{
    const bool charges = (c->cuts.which & (L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN)) != 0;
    unsigned n = 0;
    for (unsigned k = 0; k < c->n_legs; k++) {
        unsigned d = 0;
        while (d < n && (charges || c->leg[first[d]] != c->leg[k]))
            d++;
        if (d == n) {
            first[n] = k;
            need[n++] = 0;
        }
        need[d]++;
    }
    return n;
}

static void print_comb(struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                       FILE *out)
{
    unsigned first[L1T_GT_LEGS], need[L1T_GT_LEGS];
    const unsigned n = distinct_legs(c, first, need), slots = slots_of(r, c->leg[0]);
    const bool removes = c->overlap != L1T_GT_OVERLAP_NONE;
    const unsigned copies = removes ? slots_of(r, c->leg[c->n_legs]) : 1;
    if (removes) {
        (void)fprintf(out, "  logic [%u:0] masks_%zu;\n", copies * n * slots - 1, index);
        (void)fprintf(out, "  for (genvar r = 0; r < %u; r++) begin : g_masks_%zu\n", copies,
                      index);
        for (unsigned d = 0; d < n; d++)
            (void)fprintf(out,
                          "    assign masks_%zu[(r*%u + %u)*%u +: %u] = keep_%zu_%u[r*%u +: %u];\n",
                          index, n, d, slots, slots, index, first[d], slots, slots);
        (void)fputs("  end\n", out);
    }
    (void)fprintf(out, "  l1t_gt_comb #(.Legs(%u), .Slots(%u), .Copies(%u), .Need({", n, slots,
                  copies);
    for (unsigned d = n; d > 0; d--)
        (void)fprintf(out, "4'd%u%s", need[d - 1], d > 1 ? ", " : "");
    (void)fputs("})", out);
    print_charges(c, out);
    (void)fprintf(out, ") u_condition_%zu (\n    .clk_i, .mask_i(", index);
    if (removes) {
        (void)fprintf(out, "masks_%zu", index);
    } else {
        (void)fputc('{', out);
        for (unsigned d = n; d > 0; d--)
            (void)fprintf(out, "leg_%u%s", c->leg[first[d - 1]], d > 1 ? ", " : "");
        (void)fputc('}', out);
    }
    (void)fputs("),", out);
    print_signs(r, c, c->leg[0], "", out);
    (void)fprintf(out, "\n    .fires_o(condition_%zu));\n", index);
}

static void print_pair(struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                       FILE *out)
{
    const bool removes = c->overlap != L1T_GT_OVERLAP_NONE;
    const unsigned a = c->leg[0], b = c->leg[1];
    const unsigned copies = removes ? slots_of(r, c->leg[2]) : 1;
    (void)fprintf(out, "  l1t_gt_pair #(.N1(%u), .N2(%u), .Same(1'b%d), .Copies(%u)",
                  slots_of(r, a), slots_of(r, b),
                  l1t_gt_rtl_list_of(r, a) == l1t_gt_rtl_list_of(r, b), copies);
    print_charges(c, out);
    (void)fprintf(out, ") u_condition_%zu (\n    .clk_i, ", index);
    if (removes)
        (void)fprintf(out, ".mask1_i(keep_%zu_0), .mask2_i(keep_%zu_1), .pass_i(", index, index);
    else
        (void)fprintf(out, ".mask1_i(leg_%u), .mask2_i(leg_%u), .pass_i(", a, b);
    print_windows(r, c, a, b, false, false, out);
    (void)fputs("),", out);
    print_signs(r, c, a, "1", out);
    print_signs(r, c, b, "2", out);
    (void)fprintf(out, "\n    .fires_o(condition_%zu));\n", index);
}

// One leg, cut against the reference: what is left with each reference is a matrix already.
static void print_lone(struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                       FILE *out)
{
    const unsigned a = c->leg[0], b = c->leg[1];
    (void)fprintf(out, "  l1t_gt_pair #(.N1(%u), .N2(%u)", slots_of(r, a), slots_of(r, b));
    print_charges(c, out);
    (void)fprintf(out,
                  ") u_condition_%zu (\n    .clk_i, .mask1_i({%u{1'b1}}), .mask2_i({%u{1'b1}}), "
                  ".pass_i(keep_pairs_%zu_0 & (",
                  index, slots_of(r, a), slots_of(r, b), index);
    print_windows(r, c, a, b, false, false, out);
    (void)fputs(")),", out);
    print_signs(r, c, a, "1", out);
    print_signs(r, c, b, "2", out);
    (void)fprintf(out, "\n    .fires_o(condition_%zu));\n", index);
}

static void print_triple(struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                         FILE *out)
{
    (void)fprintf(out, "  l1t_gt_triple #(.N(%u)", slots_of(r, c->leg[0]));
    print_charges(c, out);
    (void)fprintf(out,
                  ") u_condition_%zu (\n    .clk_i, .mask1_i(leg_%u), .mask2_i(leg_%u), "
                  ".mask3_i(leg_%u),\n    .pass2_i(",
                  index, c->leg[0], c->leg[1], c->leg[2]);
    print_windows(r, c, c->leg[0], c->leg[1], true, false, out);
    (void)fputs("), .pass3_i(", out);
    print_windows(r, c, c->leg[0], c->leg[1], true, true, out);
    (void)fputs("),", out);
    print_signs(r, c, c->leg[0], "", out);
    (void)fprintf(out, "\n    .fires_o(condition_%zu));\n", index);
}

// A bit of the crossings around, as late as the others.
static void print_wire(const struct l1t_gt_rtl *r, size_t index, const struct l1t_gt_condition *c,
                       FILE *out)
{
    (void)fprintf(out,
                  "  l1t_delay #(.Width(1), .Clocks(%u)) u_condition_%zu (\n"
                  "    .clk_i, .data_i(around[%d*CrossingWidth + l1t_gt_pkg::%s + %u]), "
                  ".data_o(condition_%zu));\n",
                  r->keep_at + 1, index, L1T_GT_BX_REACH + c->bx,
                  c->kind == L1T_GT_EXTERNAL ? "ExternalLsb" : "SignalLsb", c->channel, index);
}

static void print_condition(struct l1t_gt_rtl *r, size_t index, FILE *out)
{
    const struct l1t_gt_condition *c = &r->code->condition[index];
    (void)fprintf(out, "\n  logic condition_%zu;\n", index);
    if (c->overlap != L1T_GT_OVERLAP_NONE)
        print_overlap(r, index, c, out);
    switch (l1t_gt_rtl_form_of(c)) {
    case L1T_GT_RTL_WIRE:
        print_wire(r, index, c, out);
        return;
    case L1T_GT_RTL_COMB:
        print_comb(r, index, c, out);
        return;
    case L1T_GT_RTL_PAIR:
        print_pair(r, index, c, out);
        return;
    case L1T_GT_RTL_TRIPLE:
        print_triple(r, index, c, out);
        return;
    case L1T_GT_RTL_LONE:
        print_lone(r, index, c, out);
        return;
    case L1T_GT_RTL_NONE:
        return;
    }
}

void l1t_gt_rtl_print_conditions(struct l1t_gt_rtl *r, FILE *out)
{
    (void)fputs("\n  // ---- conditions ----\n", out);
    for (size_t i = 0; i < r->code->n_conditions; i++)
        if (r->condition[i])
            print_condition(r, i, out);
}
