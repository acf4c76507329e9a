// SPDX-License-Identifier: Apache-2.0
//
// What lies around the seeds of one ring and side, cut out once for all blocks behind: in each of
// the 18 phi slots there is at most one seed, and a slot shows the 5 x 11 towers around it, west to
// east whatever the side. A slot without a seed is zero.
//
// max_i comes from l1t_cluster_max, a clock after window_i.
//
// Twin: models/calo/l1t_grid.h, l1t_grid_at(). Latency: l1t_calo_pkg::TileLatency.
module l1t_cluster_tile #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int NegSide = 0
) (
  input  logic                    clk_i,
  input  logic                    valid_i,       // with window_i
  input  logic                    valid_late_i,  // one clock later, with max_i
  input  logic [Phis*16*5-1:0]    window_i,      // rings m - 2 to m + 2, l1t_rings
  input  logic [Phis-1:0]         max_i,
  output logic [Phis/4-1:0]       any_o,
  output logic [Phis/4*7-1:0]     phi_o,   // iphi 1..72
  output logic [Phis/4*960-1:0]   tile_o   // l1t_calo_pkg
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int Slots = Phis / l1t_calo_pkg::SlotPhis;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Rows = l1t_calo_pkg::TileEtas;
  localparam int Reach = l1t_calo_pkg::TileReachPhi;
  localparam int Width = (2 * Reach + 1) * Pitch;
  localparam int RowBits = l1t_calo_pkg::TilePhis * Pitch;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Margin = Reach + 1;  // columns copied at either end; even, for whole words

  for (genvar r = 0; r < Rows; r++) begin : g_row
    localparam int K = NegSide != 0 ? Rows - 1 - r : r;
    logic [Phis*Pitch-1:0] row_q;
    logic [(Phis+2*Margin)*Pitch-1:0] grid;
    always_ff @(posedge clk_i) if (valid_i) row_q <= window_i[K*Phis*Pitch +: Phis*Pitch];
    assign grid = {row_q[0 +: Margin*Pitch], row_q, row_q[(Phis-Margin)*Pitch +: Margin*Pitch]};
  end

  // At most one of the four can be a seed, so there is nothing to merge.
  for (genvar s = 0; s < Slots; s++) begin : g_slot
    logic some, any_q;
    logic [6:0] phi_d, phi_q;
    assign some = max_i[s*SlotPhis +: SlotPhis] != '0;

    always_comb begin
      phi_d = '0;
      for (int j = 0; j < SlotPhis; j++) begin
        if (max_i[s*SlotPhis + j]) phi_d = 7'(s*SlotPhis + j + 1);
      end
    end
    always_ff @(posedge clk_i) begin
      if (valid_late_i) begin
        any_q <= some;
        phi_q <= phi_d;
      end
    end

    for (genvar r = 0; r < Rows; r++) begin : g_cut
      logic [Width-1:0] cut_d, cut_q;
      always_comb begin
        cut_d = '0;
        if (some) begin
          for (int j = 0; j < SlotPhis; j++) begin
            if (max_i[s*SlotPhis + j]) cut_d = g_row[r].grid[(s*SlotPhis + j + 1)*Pitch +: Width];
          end
        end
      end
      always_ff @(posedge clk_i) if (valid_late_i && (some || any_q)) cut_q <= cut_d;
      assign tile_o[s*TileBits + r*RowBits +: RowBits] = RowBits'(cut_q);
    end
    assign any_o[s] = any_q;
    assign phi_o[s*7 +: 7] = phi_q;
  end
endmodule
