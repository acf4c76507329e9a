// SPDX-License-Identifier: Apache-2.0
//
// Window maxima of one ring and side: a tower of at least seed_min_i is a jet seed if it wins
// against the 80 other towers of its 9x9 window. Against a later neighbour (de + dp > 0, or on the
// diagonal de > 0; de in signed eta, dp in phi) it must be greater, against an earlier one not
// smaller. The mask is not mirrored: on the negative side (NegSide) de = +1 points to the centre.
//
// The rings are asked one after the other, the own ring first, each only if the seed still stands.
// To synthesis this is one AND for each of the towers; a simulator leaves most comparisons out.
//
// Twin: models/calo/l1t_jet_max.c, l1t_jet_max(). Latency: l1t_jet_pkg::MaxLatency.
module l1t_jet_max #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int Lanes = Phis,  // fewer only to estimate the size of one
  parameter int NegSide = 0
) (
  input  logic                 clk_i,
  input  logic                 valid_i,
  input  logic [8:0]           seed_min_i,
  input  logic [Phis*16*9-1:0] window_i,  // rings m - 4 to m + 4, l1t_rings
  output logic [Lanes-1:0]     max_o
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Reach = 4;
  localparam int Rows = 2 * Reach + 1;
  localparam int Columns = Phis + 2 * Reach;

  // Nine rings in the order of signed eta, each with four columns more at either end.
  logic [Rows*Columns*Pitch-1:0] grid;
  for (genvar r = 0; r < Rows; r++) begin : g_row
    localparam int K = NegSide != 0 ? Rows - 1 - r : r;
    logic [Phis*Pitch-1:0] row;
    assign row = window_i[K*Phis*Pitch +: Phis*Pitch];
    assign grid[r*Columns*Pitch +: Columns*Pitch] =
        {row[0 +: Reach*Pitch], row, row[(Phis-Reach)*Pitch +: Reach*Pitch]};
  end

  logic [EtWidth-1:0] seed;
  logic stands;
  logic [Lanes-1:0] max_d, max_q;

  always_comb begin
    for (int p = 0; p < Lanes; p++) begin
      seed = grid[(Reach*Columns + p + Reach)*Pitch +: EtWidth];
      stands = seed >= seed_min_i;
      if (stands) begin
        for (int dp = 1; dp <= Reach; dp++) begin
          stands = stands & (seed > grid[(Reach*Columns + p + Reach + dp)*Pitch +: EtWidth]) &
                   !(grid[(Reach*Columns + p + Reach - dp)*Pitch +: EtWidth] > seed);
        end
      end
      for (int de = -Reach; de <= Reach; de++) begin
        if (de != 0 && stands) begin
          for (int dp = -Reach; dp <= Reach; dp++) begin
            if (de + dp > 0 || (de + dp == 0 && de > 0)) begin
              stands = stands &
                       (seed > grid[((Reach + de)*Columns + p + Reach + dp)*Pitch +: EtWidth]);
            end else begin
              stands = stands &
                       !(grid[((Reach + de)*Columns + p + Reach + dp)*Pitch +: EtWidth] > seed);
            end
          end
        end
      end
      max_d[p] = stands;
    end
  end

  always_ff @(posedge clk_i) if (valid_i) max_q <= max_d;
  assign max_o = max_q;
endmodule
