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
  output logic [Phis/4*880-1:0]   tile_o   // l1t_calo_pkg
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int Slots = Phis / l1t_calo_pkg::SlotPhis;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Rows = l1t_calo_pkg::TileEtas;
  localparam int Reach = l1t_calo_pkg::TileReachPhi;
  localparam int Width = l1t_calo_pkg::TilePhis * Pitch;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Columns = Phis + 2 * Reach;

  logic [Rows*Columns*Pitch-1:0] grid_q;
  for (genvar r = 0; r < Rows; r++) begin : g_row
    localparam int K = NegSide != 0 ? Rows - 1 - r : r;
    logic [Phis*Pitch-1:0] row_q;
    always_ff @(posedge clk_i) if (valid_i) row_q <= window_i[K*Phis*Pitch +: Phis*Pitch];
    assign grid_q[r*Columns*Pitch +: Columns*Pitch] =
        {row_q[0 +: Reach*Pitch], row_q, row_q[(Phis-Reach)*Pitch +: Reach*Pitch]};
  end

  for (genvar s = 0; s < Slots; s++) begin : g_slot
    logic any_q;
    logic [6:0] phi_d, phi_q;
    logic [TileBits-1:0] tile_d, tile_q;

    always_comb begin
      phi_d = '0;
      tile_d = '0;
      if (max_i[s*SlotPhis +: SlotPhis] != '0) begin
        for (int j = 0; j < SlotPhis; j++) begin
          if (max_i[s*SlotPhis + j]) begin
            phi_d = phi_d | 7'(s*SlotPhis + j + 1);
            tile_d = tile_d | {grid_q[(4*Columns + s*SlotPhis + j)*Pitch +: Width],
                               grid_q[(3*Columns + s*SlotPhis + j)*Pitch +: Width],
                               grid_q[(2*Columns + s*SlotPhis + j)*Pitch +: Width],
                               grid_q[(1*Columns + s*SlotPhis + j)*Pitch +: Width],
                               grid_q[(0*Columns + s*SlotPhis + j)*Pitch +: Width]};
          end
        end
      end
    end

    always_ff @(posedge clk_i) begin
      if (valid_late_i) begin
        any_q <= max_i[s*SlotPhis +: SlotPhis] != '0;
        phi_q <= phi_d;
        tile_q <= tile_d;
      end
    end
    assign any_o[s] = any_q;
    assign phi_o[s*7 +: 7] = phi_q;
    assign tile_o[s*TileBits +: TileBits] = tile_q;
  end
endmodule
