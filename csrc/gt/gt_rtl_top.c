// SPDX-License-Identifier: GPL-3.0-or-later
// The top of a menu: words to objects, legs, quantities and windows between objects, conditions,
// algorithms, final decision. Every constant in it is of the compiled menu.
#include "gt_rtl.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *l1t_gt_rtl_list_name(const struct l1t_gt_rtl *r, size_t list, char to[32])
{
    static const char *const when[] = {"_m2", "_m1", "", "_p1", "_p2"};
    const struct l1t_gt_rtl_list *l = l1t_gt_rtl_list_at(r, list);
    (void)snprintf(to, 32, "%s%s", l1t_gt_type_name((enum l1t_gt_type)l->type),
                   when[l->bx + L1T_GT_BX_REACH]);
    for (char *c = to; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return to;
}

static unsigned slots_of_list(const struct l1t_gt_rtl *r, size_t list)
{
    return l1t_gt_type_slots[l1t_gt_rtl_list_at(r, list)->type];
}

// Text of a menu in a comment, broken into lines.
static void print_comment(const char *indent, const char *text, FILE *out)
{
    size_t column = 0;
    (void)fprintf(out, "%s//", indent);
    while (*text != '\0') {
        const size_t n = strcspn(text, " ");
        if (column > 0 && column + n > 88) {
            (void)fprintf(out, "\n%s//  ", indent);
            column = 2;
        }
        (void)fputc(' ', out);
        for (size_t i = 0; i < n; i++)
            (void)fputc(isprint((unsigned char)text[i]) && text[i] != '\\' ? text[i] : '?', out);
        column += n + 1;
        text += n + (text[n] == ' ');
    }
    (void)fputc('\n', out);
}

// ---- ports ----

static unsigned round_up(size_t bits)
{
    // A simulator keeps up to 64 bits in one number; wider vectors are words, which a shim can
    // read. At least one bit is left over.
    return bits < 95 ? 96 : (unsigned)((bits + 32) / 32 * 32);
}

static void print_ports(const struct l1t_gt_rtl *r, FILE *out)
{
    (void)fprintf(out,
                  "module l1t_gt_menu (\n"
                  "  input  logic         clk_i,\n"
                  "  input  logic         rst_i,\n"
                  "  // A crossing a clock: link words as in a test-vector file, first object at "
                  "the bottom.\n"
                  "  input  logic         valid_i,     // counts; history moves on in any case\n"
                  "  input  logic [11:0]  crossing_i,  // of the orbit\n"
                  "  input  logic         section_i,   // first crossing of a luminosity section\n"
                  "  input  logic         gap_i,       // calibration gap\n"
                  "  input  logic         dead_i,      // dead time\n"
                  "  input  logic [511:0] muon_i,\n"
                  "  input  logic [383:0] egamma_i,\n"
                  "  input  logic [383:0] tau_i,\n"
                  "  input  logic [383:0] jet_i,\n"
                  "  input  logic [191:0] sum_i,\n"
                  "  input  logic [191:0] link11_i,\n"
                  "  input  logic [255:0] external_i,\n"
                  "  // Run settings: l1t_gt_final.\n"
                  "  input  logic         config_we_i,\n"
                  "  input  logic [2:0]   config_what_i,\n"
                  "  input  logic [11:0]  config_addr_i,\n"
                  "  input  logic [511:0] config_data_i,\n"
                  "  input  logic         update_i,\n"
                  "  // Algorithm bits of a crossing, and the decision three clocks later.\n"
                  "  output logic         bits_valid_o,\n"
                  "  output logic [511:0] bits_o,\n"
                  "  output logic         valid_o,\n"
                  "  output logic [511:0] prescaled_o,\n"
                  "  output logic         veto_o,\n"
                  "  output logic         finor_o,\n"
                  "  output logic         preview_o,\n"
                  "  input  logic [8:0]   read_addr_i,\n"
                  "  output logic [127:0] counts_o,\n"
                  "  output logic [95:0]  finor_counts_o,\n"
                  "  // What is in here, and probes: leg n at bit %d * n, %u clocks before the "
                  "bits; condition\n"
                  "  // n at bit n, a clock before the bits.\n"
                  "  output logic [511:0] present_o,\n"
                  "  output logic [31:0]  n_legs_o,\n"
                  "  output logic [31:0]  n_conditions_o,\n"
                  "  output logic [31:0]  latency_o,\n"
                  "  output logic [31:0]  legs_latency_o,\n"
                  "  output logic [%u:0]  legs_o,\n"
                  "  output logic [%u:0]  conditions_o\n"
                  ");\n",
                  L1T_GT_RTL_LEG_BITS, r->latency - 5,
                  round_up(r->code->n_legs * L1T_GT_RTL_LEG_BITS) - 1,
                  round_up(r->code->n_conditions) - 1);
}

static void print_head(const struct l1t_gt_rtl *r, FILE *out)
{
    (void)fprintf(out, "// SPDX-License-Identifier: Apache-2.0\n//\n"
                       "// Written by `l1twin menu rtl`; do not edit. The menu:\n");
    print_comment("", r->menu->name, out);
    (void)fprintf(
        out,
        "//\n"
        "// Twin: models/gt/l1t_gt.c, l1t_gt_decide(), and l1t_gt_final.c. Latency: %u to "
        "the algorithm\n"
        "// bits, %u to the final decision; one crossing a clock.\n",
        r->latency, r->latency + L1T_GT_RTL_FINAL_CLOCKS);
}

// ---- objects ----

static void print_objects(struct l1t_gt_rtl *r, FILE *out)
{
    char name[32];
    (void)fputs("  localparam int CrossingWidth = l1t_gt_pkg::CrossingWidth;\n"
                "  localparam int ObjectWidth = l1t_gt_pkg::ObjectWidth;\n"
                "\n  // ---- words, objects, the crossings around ----\n\n"
                "  logic [511:0] muon_q;\n"
                "  logic [383:0] egamma_q, tau_q, jet_q;\n"
                "  logic [191:0] sum_q, link11_q;\n"
                "  logic [255:0] external_q;\n"
                "  always_ff @(posedge clk_i) begin\n"
                "    muon_q <= muon_i;\n"
                "    egamma_q <= egamma_i;\n"
                "    tau_q <= tau_i;\n"
                "    jet_q <= jet_i;\n"
                "    sum_q <= sum_i;\n"
                "    link11_q <= link11_i;\n"
                "    external_q <= external_i;\n"
                "  end\n\n"
                "  logic [CrossingWidth-1:0] crossing;\n"
                "  logic [5*CrossingWidth-1:0] around;\n"
                "  l1t_gt_decode u_decode (\n"
                "    .clk_i, .muon_i(muon_q), .egamma_i(egamma_q), .tau_i(tau_q), .jet_i(jet_q),\n"
                "    .sum_i(sum_q), .link11_i(link11_q), .external_i(external_q), "
                ".crossing_o(crossing));\n"
                "  l1t_gt_history #(.Width(CrossingWidth)) u_history (\n"
                "    .clk_i, .crossing_i(crossing), .around_o(around));\n\n"
                "  // Lists that are looked at; _m1 is the crossing before.\n",
                out);
    for (size_t i = 0; i < r->list.n; i++) {
        const struct l1t_gt_rtl_list *list = l1t_gt_rtl_list_at(r, i);
        const unsigned n = slots_of_list(r, i);
        (void)fprintf(
            out,
            "  logic [%u*ObjectWidth-1:0] %s;\n"
            "  assign %s = around[%d*CrossingWidth + %u*ObjectWidth +: %u*ObjectWidth];\n",
            n, l1t_gt_rtl_list_name(r, i, name), name, L1T_GT_BX_REACH + list->bx,
            l1t_gt_first_slot[list->type], n);
        if (r->signs[i])
            (void)fprintf(
                out,
                "  logic [%u:0] first_positive_%s, first_negative_%s, positive_%s, negative_%s;\n"
                "  l1t_gt_signs #(.Slots(%u)) u_signs_%s (\n"
                "    .clk_i, .list_i(%s), .positive_o(first_positive_%s), "
                ".negative_o(first_negative_%s));\n"
                "  l1t_delay #(.Width(%u), .Clocks(%u)) u_signs_late_%s (\n"
                "    .clk_i, .data_i({first_positive_%s, first_negative_%s}),\n"
                "    .data_o({positive_%s, negative_%s}));\n",
                n - 1, name, name, name, name, n, name, name, name, name, 2 * n, r->keep_at - 1,
                name, name, name, name, name);
    }
}

// ---- legs ----

static void print_codes(const char *kind, unsigned n, const struct l1t_gt_window *window, FILE *out)
{
    if (n == 0)
        return;
    (void)fprintf(out, ",\n    .%sWindows(%u), .%s({", kind, n, kind);
    if (n < L1T_GT_ETA_WINDOWS)
        (void)fprintf(out, "%u'd0, ", 32 * (L1T_GT_ETA_WINDOWS - n));
    for (unsigned i = n; i > 0; i--)
        (void)fprintf(out, "%s16'sd%d, %s16'sd%d%s", window[i - 1].low < 0 ? "-" : "",
                      abs(window[i - 1].low), window[i - 1].high < 0 ? "-" : "",
                      abs(window[i - 1].high), i > 1 ? ", " : "");
    (void)fputs("})", out);
}

static void print_classes(const struct l1t_gt_leg *leg, FILE *out)
{
    static const char *const charge[] = {"1111", "0100", "1000"};
    static const char *const displaced[] = {"11", "10", "01"};
    if (leg->quality_mask != 0xffff)
        (void)fprintf(out, ",\n    .Quality(16'h%04x)", leg->quality_mask);
    if ((leg->iso_mask & 0xf) != 0xf)
        (void)fprintf(out, ",\n    .Iso(4'h%x)", leg->iso_mask & 0xfU);
    if ((leg->ip_mask & 0xf) != 0xf)
        (void)fprintf(out, ",\n    .Ip(4'h%x)", leg->ip_mask & 0xfU);
    if (leg->upt_low != 0 || leg->upt_high != 255)
        (void)fprintf(out, ",\n    .UptLow(8'd%u), .UptHigh(8'd%u)", leg->upt_low, leg->upt_high);
    if (leg->charge != L1T_GT_CHARGE_ANY)
        (void)fprintf(out, ",\n    .Charge(4'b%s)", charge[leg->charge]);
    if (leg->displaced != L1T_GT_DISPLACED_ANY)
        (void)fprintf(out, ",\n    .Displaced(2'b%s)", displaced[leg->displaced]);
}

static void print_leg(struct l1t_gt_rtl *r, unsigned index, FILE *out)
{
    const struct l1t_gt_leg *leg = &r->code->leg[index];
    const size_t list = l1t_gt_rtl_list_of(r, index);
    const unsigned n = slots_of_list(r, list);
    char name[32];
    (void)fprintf(out,
                  "\n  logic [%u:0] first_%u, early_%u, leg_%u;\n"
                  "  l1t_gt_leg #(\n    .Slots(%u), .Threshold(16'd%u)",
                  n - 1, index, index, index, n, leg->threshold);
    if (leg->equal)
        (void)fputs(", .Equal(1'b1)", out);
    if (leg->type == L1T_GT_TOWERCOUNT)
        (void)fputs(", .NotZero(1'b1)", out);
    if (leg->slice_first > 0 || leg->slice_last + 1U < n)
        (void)fprintf(out, ", .First(%u), .Last(%u)", leg->slice_first, leg->slice_last);
    print_codes("Eta", leg->n_eta, leg->eta, out);
    print_codes("Phi", leg->n_phi, leg->phi, out);
    print_codes("Index", leg->n_index, leg->index, out);
    print_classes(leg, out);
    (void)fprintf(out,
                  ") u_leg_%u (\n    .clk_i, .list_i(%s), .pass_o(first_%u));\n"
                  "  l1t_delay #(.Width(%u), .Clocks(%u)) u_early_%u (\n"
                  "    .clk_i, .data_i(first_%u), .data_o(early_%u));\n"
                  "  l1t_delay #(.Width(%u), .Clocks(%u)) u_late_%u (\n"
                  "    .clk_i, .data_i(early_%u), .data_o(leg_%u));\n",
                  index, l1t_gt_rtl_list_name(r, list, name), index, n, r->pass_at - 1, index,
                  index, index, n, r->keep_at - r->pass_at, index, index, index);
}

static void print_legs(struct l1t_gt_rtl *r, FILE *out)
{
    (void)fputs("\n  // ---- legs: which objects are what is wanted ----\n", out);
    for (unsigned i = 0; i < r->code->n_legs; i++)
        if (r->leg[i])
            print_leg(r, i, out);
}

// ---- quantities between objects, and windows of them ----

static void print_flags(uint32_t wanted, FILE *out)
{
    static const struct {
        uint32_t cuts;
        const char *name;
    } flags[] = {{L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI | L1T_GT_CUT_DR, "Delta"},
                 {L1T_GT_CUT_MASS | L1T_GT_RTL_MASS_3, "Mass"},
                 {L1T_GT_CUT_MASS_T, "MassT"},
                 {L1T_GT_CUT_MASS_UPT, "MassUpt"},
                 {L1T_GT_CUT_MASS_DR, "MassDr"},
                 {L1T_GT_CUT_TBPT, "PairPt"}};
    (void)fputs("\n   ", out);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        (void)fprintf(out, " .%s(1'b%d),", flags[i].name, (wanted & flags[i].cuts) != 0);
}

static void print_pair_tables(const struct l1t_gt_rtl *r, size_t index, FILE *out)
{
    const struct l1t_gt_rtl_values *v = l1t_gt_rtl_values_at(r, index);
    const struct l1t_gt_tables *tables = &r->code->tables;
    const struct l1t_gt_pair_tables *t = &tables->pair[v->pair];
    static const char *const parts[][2] = {
        {"Deta", "deta"},       {"Dphi", "dphi"},      {"Cosh", "cosh"},     {"Cos", "cos"},
        {"Inverse", "inverse"}, {"CosPhi", "cos_phi"}, {"SinPhi", "sin_phi"}};
    (void)fprintf(
        out, "\n    .Etas(%u), .Phis(%u), .Trigs(%u), .MassTOne(%u), .PairPtScale(%" PRIu64 "),",
        t->n_eta, t->n_phi, t->n_trig, t->mass_t_one, t->tbpt_scale);
    if (t->n_inv_eta > 0)
        (void)fprintf(out, "\n    .InverseEtas(%u), .InversePhis(%u),", t->n_inv_eta, t->n_inv_phi);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        (void)fprintf(out, "\n    .%sInit(\"l1t_gt_%s_%s.mem\"),", parts[i][0],
                      l1t_gt_rtl_pair_names[v->pair], parts[i][1]);
    for (unsigned k = 0; k < 2; k++) {
        const unsigned type = l1t_gt_rtl_list_at(r, v->list[k])->type;
        char file[64];
        (void)snprintf(file, sizeof file, "l1t_gt_pt_%s.mem",
                       l1t_gt_type_name((enum l1t_gt_type)type));
        for (char *c = file; *c != '\0'; c++)
            *c = (char)tolower((unsigned char)*c);
        if (tables->n_pt[type] > 0)
            (void)fprintf(out, "\n    .Pts%u(%u), .Pt%uInit(\"%s\"),", k + 1, tables->n_pt[type],
                          k + 1, file);
    }
    (void)fprintf(out, "\n    .Upts(%u), .UptInit(\"l1t_gt_pt_upt.mem\")", tables->n_upt);
}

static void print_values(struct l1t_gt_rtl *r, size_t index, FILE *out)
{
    static const char *const outputs[][2] = {
        {"deta", "Delta"},  {"dphi", "Delta"},    {"dr2", "Dr2"},        {"mass", "Mass"},
        {"mass_t", "Mass"}, {"mass_upt", "Mass"}, {"mass_dr", "MassDr"}, {"pair_pt2", "PairPt"}};
    const struct l1t_gt_rtl_values *v = l1t_gt_rtl_values_at(r, index);
    const unsigned n1 = slots_of_list(r, v->list[0]), n2 = slots_of_list(r, v->list[1]);
    char name1[32], name2[32];
    (void)l1t_gt_rtl_list_name(r, v->list[0], name1);
    (void)l1t_gt_rtl_list_name(r, v->list[1], name2);
    (void)fprintf(out, "\n  // %zu: %s beside %s\n", index, name1, name2);
    for (size_t i = 0; i < 8; i++)
        (void)fprintf(out, "  logic [%u*l1t_gt_pkg::%sWidth-1:0] %s_%zu;\n", n1 * n2, outputs[i][1],
                      outputs[i][0], index);
    (void)fprintf(out,
                  "  l1t_gt_pair_values #(\n    .N1(%u), .N2(%u), .Same(1'b%d), .MuonGrid(1'b%d),",
                  n1, n2, v->list[0] == v->list[1], v->pair != L1T_GT_CALO_CALO);
    for (unsigned k = 0; k < 2; k++)
        (void)fprintf(out, " .Convert%u(1'b%d),", k + 1,
                      v->pair == L1T_GT_CALO_MU &&
                          l1t_gt_rtl_list_at(r, v->list[k])->type != L1T_GT_MU);
    (void)fprintf(out, " .HalfInverse(1'b%d),", v->pair == L1T_GT_MU_MU);
    print_flags(r->wanted[index], out);
    print_pair_tables(r, index, out);
    (void)fprintf(out, ") u_values_%zu (\n    .clk_i, .list1_i(%s), .list2_i(%s)", index, name1,
                  name2);
    for (size_t i = 0; i < 8; i++)
        (void)fprintf(out, ",%s.%s_o(%s_%zu)", i % 3 == 0 ? "\n    " : " ", outputs[i][0],
                      outputs[i][0], index);
    (void)fputs(");\n", out);
    if ((r->wanted[index] & L1T_GT_RTL_MASS_3) != 0)
        (void)fprintf(out,
                      "  logic [%u*l1t_gt_pkg::TripleWidth-1:0] mass_3_%zu;\n"
                      "  l1t_gt_triple_values #(.N(%u)) u_triple_values_%zu (\n"
                      "    .clk_i, .mass_i(mass_%zu), .mass_o(mass_3_%zu));\n",
                      n1 * (n1 - 1) * (n1 - 2) / 6, index, n1, index, index, index);
}

static const char *quantity(uint32_t cut)
{
    switch (cut) {
    case L1T_GT_CUT_DETA:
        return "deta";
    case L1T_GT_CUT_DPHI:
        return "dphi";
    case L1T_GT_CUT_DR:
        return "dr2";
    case L1T_GT_CUT_MASS:
        return "mass";
    case L1T_GT_CUT_MASS_T:
        return "mass_t";
    case L1T_GT_CUT_MASS_UPT:
        return "mass_upt";
    case L1T_GT_CUT_MASS_DR:
        return "mass_dr";
    case L1T_GT_CUT_TBPT:
        return "pair_pt2";
    default:
        return "mass_3";
    }
}

static void print_number(const uint64_t value[2], unsigned width, FILE *out)
{
    if (width > 64)
        (void)fprintf(out, "%u'h%" PRIx64 "%016" PRIx64, width, value[1], value[0]);
    else
        (void)fprintf(out, "%u'd%" PRIu64, width, value[0]);
}

static void print_window(const struct l1t_gt_rtl *r, size_t index, FILE *out)
{
    const struct l1t_gt_rtl_window *w = l1t_gt_rtl_window_at(r, index);
    const struct l1t_gt_rtl_values *v = l1t_gt_rtl_values_at(r, w->values);
    const unsigned width = l1t_gt_rtl_width(w->cut);
    unsigned n1 = slots_of_list(r, v->list[0]), n2 = slots_of_list(r, v->list[1]);
    bool same = v->list[0] == v->list[1];
    if (w->cut == L1T_GT_RTL_MASS_3) {
        n1 = n1 * (n1 - 1) * (n1 - 2) / 6;
        n2 = 1;
        same = false;
    }
    (void)fprintf(
        out,
        "\n  logic [%u:0] early_cut_%zu, cut_%zu;\n"
        "  l1t_gt_window #(\n    .N1(%u), .N2(%u), .Same(1'b%d), .Width(%u), .Clocks(%u), "
        ".Low(",
        n1 * n2 - 1, index, index, n1, n2, same, width, r->pass_at - l1t_gt_rtl_ready(w->cut));
    print_number(w->low, width, out);
    (void)fputs("), .High(", out);
    print_number(w->high, width, out);
    (void)fprintf(out,
                  ")) u_window_%zu (\n    .clk_i, .value_i(%s_%u), .pass_o(early_cut_%zu));\n"
                  "  l1t_delay #(.Width(%u), .Clocks(%u)) u_cut_%zu (\n"
                  "    .clk_i, .data_i(early_cut_%zu), .data_o(cut_%zu));\n",
                  index, quantity(w->cut), w->values, index, n1 * n2, r->keep_at - r->pass_at,
                  index, index, index);
}

static void print_quantities(struct l1t_gt_rtl *r, FILE *out)
{
    (void)fputs("\n  // ---- between objects: quantities, and windows of them ----\n", out);
    for (size_t i = 0; i < r->values.n; i++)
        print_values(r, i, out);
    for (size_t i = 0; i < r->window.n; i++)
        print_window(r, i, out);
}

// ---- algorithms ----

// Nodes of the expression that ends at node i.
// NOLINTNEXTLINE(misc-no-recursion): L1T_GT_STACK deep at most
static uint32_t span(const struct l1t_gt_node *node, uint32_t i)
{
    if (node[i].op == L1T_GT_OP_CONDITION)
        return 1;
    const uint32_t last = span(node, i - 1);
    return node[i].op == L1T_GT_OP_NOT ? last + 1 : last + 1 + span(node, i - 1 - last);
}

// NOLINTNEXTLINE(misc-no-recursion)
static void print_expression(const struct l1t_gt_node *node, uint32_t i, FILE *out)
{
    static const char *const signs[] = {
        [L1T_GT_OP_AND] = " & ", [L1T_GT_OP_OR] = " | ", [L1T_GT_OP_XOR] = " ^ "};
    if (node[i].op == L1T_GT_OP_CONDITION) {
        (void)fprintf(out, "condition_%u", node[i].condition);
        return;
    }
    if (node[i].op == L1T_GT_OP_NOT) {
        (void)fputc('~', out);
        print_expression(node, i - 1, out);
        return;
    }
    (void)fputc('(', out);
    print_expression(node, i - 1 - span(node, i - 1), out);
    (void)fputs(signs[node[i].op], out);
    print_expression(node, i - 1, out);
    (void)fputc(')', out);
}

static void print_algorithm(const struct l1t_gt_rtl *r, const struct l1t_gt_algorithm *algorithm,
                            FILE *out)
{
    const unsigned bit = algorithm->bit;
    for (size_t i = 0; i < r->menu->n; i++) {
        const struct l1t_gt_algorithm_def *def = &r->menu->algorithm[i];
        if (def->bit != bit)
            continue;
        char *const text = l1t_gt_expression_text(def);
        (void)fputc('\n', out);
        print_comment("  ", def->name, out);
        if (text != NULL)
            print_comment("  ", text, out);
        free(text);
    }
    (void)fprintf(out, "  assign bits[%u] = ", bit);
    if ((r->present[bit / 64] >> bit % 64 & 1) != 0)
        print_expression(r->code->node + algorithm->first_node, algorithm->n_nodes - 1, out);
    else
        (void)fputs("1'b0", out);
    (void)fprintf(out, ";%s\n",
                  (r->present[bit / 64] >> bit % 64 & 1) != 0 ? ""
                  : algorithm->supported                      ? "  // not in this RTL"
                                                              : "  // cannot be evaluated");
}

static void print_algorithms(const struct l1t_gt_rtl *r, FILE *out)
{
    const struct l1t_gt_code *code = r->code;
    unsigned next = 0; // bit
    (void)fputs("\n  // ---- algorithms ----\n\n  logic [511:0] bits;\n", out);
    for (size_t i = 0; i <= code->n_algorithms; i++) {
        const unsigned bit =
            i < code->n_algorithms ? code->algorithm[i].bit : (unsigned)L1T_GT_ALGORITHMS;
        if (next < bit)
            (void)fprintf(out, "\n  assign bits[%u:%u] = '0;  // no algorithm\n", bit - 1, next);
        if (i < code->n_algorithms)
            print_algorithm(r, &code->algorithm[i], out);
        next = bit + 1;
    }
    (void)fputs("\n  always_ff @(posedge clk_i) bits_o <= bits;\n", out);
}

// ---- final decision, probes ----

static void print_final(const struct l1t_gt_rtl *r, FILE *out)
{
    (void)fprintf(out,
                  "\n  // ---- final decision ----\n\n"
                  "  logic [15:0] with_bits;\n"
                  "  l1t_delay #(.Width(16), .Clocks(%u)) u_with_bits (\n"
                  "    .clk_i, .data_i({crossing_i, dead_i, gap_i, section_i, valid_i && !rst_i}), "
                  ".data_o(with_bits));\n"
                  "  assign bits_valid_o = with_bits[0];\n"
                  "  l1t_gt_final u_final (\n"
                  "    .clk_i, .rst_i, .valid_i(with_bits[0]), .section_i(with_bits[1]), "
                  ".gap_i(with_bits[2]),\n"
                  "    .dead_i(with_bits[3]), .crossing_i(with_bits[15:4]), .bits_i(bits_o),\n"
                  "    .config_we_i, .config_what_i, .config_addr_i, .config_data_i, .update_i,\n"
                  "    .valid_o, .prescaled_o, .veto_o, .finor_o, .preview_o,\n"
                  "    .read_addr_i, .counts_o, .finor_counts_o);\n",
                  r->latency);
}

static void print_probes(const struct l1t_gt_rtl *r, FILE *out)
{
    const struct l1t_gt_code *code = r->code;
    (void)fputs("\n  // ---- what is in here, and probes ----\n\n  assign present_o = 512'h", out);
    for (unsigned w = L1T_GT_WORDS; w > 0; w--)
        (void)fprintf(out, "%016" PRIx64, r->present[w - 1]);
    (void)fprintf(out,
                  ";\n  assign n_legs_o = 32'd%zu;\n  assign n_conditions_o = 32'd%zu;\n"
                  "  assign latency_o = 32'd%u;\n  assign legs_latency_o = 32'd5;\n",
                  code->n_legs, code->n_conditions, r->latency);
    (void)fprintf(out, "  assign legs_o = {%u'b0",
                  (unsigned)(round_up(code->n_legs * L1T_GT_RTL_LEG_BITS) -
                             code->n_legs * L1T_GT_RTL_LEG_BITS));
    for (size_t i = code->n_legs; i > 0; i--) {
        if (r->leg[i - 1])
            (void)fprintf(out, ",\n    %d'(first_%zu)", L1T_GT_RTL_LEG_BITS, i - 1);
        else
            (void)fprintf(out, ",\n    %d'b0", L1T_GT_RTL_LEG_BITS);
    }
    (void)fprintf(out, "};\n  assign conditions_o = {%u'b0",
                  (unsigned)(round_up(code->n_conditions) - code->n_conditions));
    for (size_t i = code->n_conditions; i > 0; i--) {
        if (r->condition[i - 1])
            (void)fprintf(out, ",\n    condition_%zu", i - 1);
        else
            (void)fputs(",\n    1'b0", out);
    }
    (void)fputs("};\n", out);
}

void l1t_gt_rtl_print_top(struct l1t_gt_rtl *r, FILE *out)
{
    print_head(r, out);
    print_ports(r, out);
    print_objects(r, out);
    print_legs(r, out);
    print_quantities(r, out);
    l1t_gt_rtl_print_conditions(r, out);
    print_algorithms(r, out);
    print_final(r, out);
    print_probes(r, out);
    (void)fputs("endmodule\n", out);
}
