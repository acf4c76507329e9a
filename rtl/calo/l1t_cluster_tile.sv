// SPDX-License-Identifier: Apache-2.0
//
// What lies around the seeds of one ring and side, cut out once for all blocks behind: in each of
// the 18 phi slots there is at most one seed, and a slot shows the 5 x 11 towers around it, west to
// east whatever the side. The tile of a slot without a seed is left as it was.
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
  output logic [Phis/4*7-1:0]     phi_o,   // iphi 1..72, 0 without a seed
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

  logic [Slots-1:0] any_d, any_q;
  logic [Slots*7-1:0] phi_d, phi_q;
  logic [Slots*TileBits-1:0] tile_q;
  always_comb begin
    any_d = '0;
    phi_d = '0;
    for (int p = 0; p < Phis; p++) begin
      if (max_i[p]) begin
        any_d[p/SlotPhis] = 1'b1;
        phi_d[p/SlotPhis*7 +: 7] = 7'(p + 1);
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_late_i) begin
      any_q <= any_d;
      phi_q <= phi_d;
      for (int p = 0; p < Phis; p++) begin
        if (max_i[p]) begin
          tile_q[p/SlotPhis*TileBits +: RowBits] <=
              RowBits'(g_row[0].grid[(p+1)*Pitch +: Width]);
          tile_q[p/SlotPhis*TileBits + RowBits +: RowBits] <=
              RowBits'(g_row[1].grid[(p+1)*Pitch +: Width]);
          tile_q[p/SlotPhis*TileBits + 2*RowBits +: RowBits] <=
              RowBits'(g_row[2].grid[(p+1)*Pitch +: Width]);
          tile_q[p/SlotPhis*TileBits + 3*RowBits +: RowBits] <=
              RowBits'(g_row[3].grid[(p+1)*Pitch +: Width]);
          tile_q[p/SlotPhis*TileBits + 4*RowBits +: RowBits] <=
              RowBits'(g_row[4].grid[(p+1)*Pitch +: Width]);
        end
      end
    end
  end
  assign any_o = any_q;
  assign phi_o = phi_q;
  assign tile_o = tile_q;
endmodule
