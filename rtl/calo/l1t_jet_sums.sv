// SPDX-License-Identifier: Apache-2.0
//
// Energy around the maxima of one ring and side: the 81 towers of the window, and either the four
// flaps of the chunky donut or the sum over the whole phi ring. First columns of 9 and of 3 towers
// in eta; then groups of 4 and 3 columns; then one of four places for each of the 18 phi slots,
// since no two maxima share a slot; the last additions are done only there.
//
// max_i comes from l1t_jet_max, which works beside the columns. A slot without a maximum is zero;
// so are the flaps of a saturated seed and those with phi_ring_i. The ring sum is ready one clock
// after the rest.
//
// Twin: models/calo/l1t_jet_max.c, l1t_jet_max(). Latency: l1t_jet_pkg::SumsLatency.
module l1t_jet_sums #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int NegSide = 0
) (
  input  logic                           clk_i,
  input  logic                           phi_ring_i,
  input  logic                           valid_i,         // with window_i
  input  logic                           valid_column_i,  // one clock later, with max_i
  input  logic                           valid_group_i,   // two clocks later
  input  logic                           valid_slot_i,    // three clocks later
  input  logic [Phis*16*15-1:0]          window_i,        // rings m - 7 to m + 7, l1t_rings
  input  logic [Phis-1:0]                max_i,
  output logic [Phis/4-1:0]              any_o,
  output logic [Phis/4-1:0]              saturated_o,
  output logic [Phis/4*32-1:0]           raw_o,    // jet_raw
  output logic [Phis/4*64-1:0]           flaps_o,  // jet_flaps
  output logic [15:0]                    ring_pu_o
);
  localparam int Slots = Phis / l1t_calo_pkg::SlotPhis;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Middle = l1t_calo_pkg::Inner;
  localparam int Depth = l1t_calo_pkg::Depth;

  // Columns, and the ring of the seeds.
  for (genvar p = 0; p < Phis; p++) begin : g_column
    logic [12:0] nine_q, nine_q2;
    logic [10:0] outer_q, outer_q2, inner_q, inner_q2;
    logic [EtWidth-1:0] seed_q, seed_q2;

    for (genvar k = 0; k < Depth; k++) begin : g_et
      logic [12:0] et;
      assign et = 13'(window_i[(k*Phis + p)*Pitch +: EtWidth]);
    end

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        nine_q <= g_et[Middle-4].et + g_et[Middle-3].et + g_et[Middle-2].et + g_et[Middle-1].et +
                  g_et[Middle].et + g_et[Middle+1].et + g_et[Middle+2].et + g_et[Middle+3].et +
                  g_et[Middle+4].et;
        if (!phi_ring_i) begin
          inner_q <= 11'(g_et[0].et + g_et[1].et + g_et[2].et);
          outer_q <= 11'(g_et[Depth-3].et + g_et[Depth-2].et + g_et[Depth-1].et);
        end
        seed_q <= g_et[Middle].et[EtWidth-1:0];
      end
      if (valid_column_i) begin
        nine_q2 <= nine_q;
        if (!phi_ring_i) begin
          inner_q2 <= inner_q;
          outer_q2 <= outer_q;
        end
        seed_q2 <= seed_q;
      end
    end
  end

  // Groups of columns p to p + 3 (and p to p + 2).
  for (genvar p = 0; p < Phis; p++) begin : g_group
    localparam int P1 = (p + 1) % Phis;
    localparam int P2 = (p + 2) % Phis;
    localparam int P3 = (p + 3) % Phis;
    logic [13:0] three_d, three_q;  // at most 27 * 511
    logic [14:0] four_d, four_q;    // at most 36 * 511
    logic [12:0] inner_d, inner_q, outer_d, outer_q;

    assign three_d = 14'(g_column[p].nine_q) + 14'(g_column[P1].nine_q) +
                     14'(g_column[P2].nine_q);
    assign four_d = 15'(three_d) + 15'(g_column[P3].nine_q);
    assign inner_d = 13'(g_column[p].inner_q) + 13'(g_column[P1].inner_q) +
                     13'(g_column[P2].inner_q) + 13'(g_column[P3].inner_q);
    assign outer_d = 13'(g_column[p].outer_q) + 13'(g_column[P1].outer_q) +
                     13'(g_column[P2].outer_q) + 13'(g_column[P3].outer_q);

    always_ff @(posedge clk_i) begin
      if (valid_column_i) begin
        four_q <= four_d;
        if (!phi_ring_i) begin
          three_q <= three_d;
          inner_q <= inner_d;
          outer_q <= outer_d;
        end
      end
    end
  end

  logic [Phis-1:0] max_q;
  always_ff @(posedge clk_i) if (valid_column_i) max_q <= max_i;

  // Slots: take what belongs to the place of the maximum, then add.
  for (genvar s = 0; s < Slots; s++) begin : g_slot
    logic any_q, saturated, saturated_q;
    logic [58:0] core;
    logic [27:0] phis;
    logic [36:0] inner, outer;
    logic [6:0] phi, phi_q;
    logic [EtWidth-1:0] seed, seed_q;
    logic [14:0] core_left, core_mid;
    logic [13:0] up, down;
    logic [12:0] core_right, inner_left, inner_mid, outer_left, outer_mid;
    logic [10:0] inner_right, outer_right;
    logic [15:0] raw_q;
    logic [13:0] up_q, down_q, inner_q, outer_q;

    for (genvar j = 0; j < SlotPhis; j++) begin : g_place
      localparam int P = s * SlotPhis + j;
      localparam int Left = (P + Phis - 4) % Phis;
      localparam int Right = (P + 4) % Phis;
      localparam int Up = (P + 5) % Phis;
      localparam int Down = (P + Phis - 7) % Phis;
      logic [58:0] core_j;
      logic [27:0] phis_j;
      logic [36:0] inner_j, outer_j;

      always_comb begin
        core_j = '0;
        phis_j = '0;
        inner_j = '0;
        outer_j = '0;
        if (max_q[P]) begin
          core_j = {7'(P + 1), g_column[P].seed_q2, g_group[Left].four_q, g_group[P].four_q,
                    g_column[Right].nine_q2};
          phis_j = {g_group[Up].three_q, g_group[Down].three_q};
          inner_j = {g_group[Left].inner_q, g_group[P].inner_q, g_column[Right].inner_q2};
          outer_j = {g_group[Left].outer_q, g_group[P].outer_q, g_column[Right].outer_q2};
        end
      end
    end

    assign core = g_place[0].core_j | g_place[1].core_j | g_place[2].core_j | g_place[3].core_j;
    assign phis = g_place[0].phis_j | g_place[1].phis_j | g_place[2].phis_j | g_place[3].phis_j;
    assign inner = g_place[0].inner_j | g_place[1].inner_j | g_place[2].inner_j |
                   g_place[3].inner_j;
    assign outer = g_place[0].outer_j | g_place[1].outer_j | g_place[2].outer_j |
                   g_place[3].outer_j;
    assign {phi, seed, core_left, core_mid, core_right} = core;
    assign {up, down} = phis;
    assign {inner_left, inner_mid, inner_right} = inner;
    assign {outer_left, outer_mid, outer_right} = outer;
    assign saturated = seed >= EtWidth'(l1t_jet_pkg::SaturatedSeed);

    always_ff @(posedge clk_i) begin
      if (valid_group_i) begin
        any_q <= max_q[s*SlotPhis +: SlotPhis] != '0;
        saturated_q <= saturated;
        phi_q <= phi;
        seed_q <= seed;
        raw_q <= 16'(core_left) + 16'(core_mid) + 16'(core_right);
        if (saturated || phi_ring_i) begin
          up_q <= '0;
          down_q <= '0;
          inner_q <= '0;
          outer_q <= '0;
        end else begin
          up_q <= up;
          down_q <= down;
          inner_q <= 14'(inner_left) + 14'(inner_mid) + 14'(inner_right);
          outer_q <= 14'(outer_left) + 14'(outer_mid) + 14'(outer_right);
        end
      end
    end

    assign any_o[s] = any_q;
    assign saturated_o[s] = saturated_q;
    assign raw_o[s*32 +: 32] = {raw_q, seed_q, phi_q};
    // From bit 63 down: eta down, eta up, phi down, phi up. Up is towards positive eta.
    if (NegSide != 0) begin : g_neg
      assign flaps_o[s*64 +: 64] = {2'b0, outer_q, 2'b0, inner_q, 2'b0, down_q, 2'b0, up_q};
    end else begin : g_pos
      assign flaps_o[s*64 +: 64] = {2'b0, inner_q, 2'b0, outer_q, 2'b0, down_q, 2'b0, up_q};
    end
  end

  // Phi ring: nine rings make S; nine of its 72 columns lie under a jet: 9 S / 72 = S / 8.
  localparam int Parts = 3;
  logic [18:0] ring_sum;  // at most 9 * 72 * 511
  logic [15:0] ring_pu_q;
  for (genvar i = 0; i < Parts; i++) begin : g_part
    logic [18:0] part_d, part_q;
    for (genvar j = 0; j < Slots / Parts; j++) begin : g_add
      logic [18:0] sum;
      if (j == 0) begin : g_first
        assign sum = 19'(g_group[i*Slots/Parts*SlotPhis].four_q);
      end else begin : g_next
        assign sum = g_add[j-1].sum + 19'(g_group[(i*Slots/Parts + j)*SlotPhis].four_q);
      end
    end
    assign part_d = g_add[Slots/Parts-1].sum;
    always_ff @(posedge clk_i) if (valid_group_i && phi_ring_i) part_q <= part_d;
  end
  assign ring_sum = g_part[0].part_q + g_part[1].part_q + g_part[2].part_q;
  always_ff @(posedge clk_i) if (valid_slot_i && phi_ring_i) ring_pu_q <= ring_sum[18:3];
  assign ring_pu_o = ring_pu_q;
endmodule
