// SPDX-License-Identifier: Apache-2.0
//
// Cluster seeds of one ring and side: a tower of at least seed_min_i that wins against the 26 other
// towers of its window, 3 in eta by 9 in phi. Neighbours at larger phi (from dp = +1 on, or dp = -1
// and 0 on the east side) must be smaller, the others only not greater. East is signed eta, so on
// the negative side (NegSide) it points to the centre.
//
// The own ring is asked first and the others only if the seed still stands: one AND to synthesis,
// and a simulator leaves most comparisons out.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster_max(). Latency: 1.
module l1t_cluster_max #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int Lanes = Phis,  // fewer only to estimate the size of one
  parameter int NegSide = 0
) (
  input  logic                 clk_i,
  input  logic                 valid_i,
  input  logic [8:0]           seed_min_i,
  input  logic [Phis*16*3-1:0] window_i,  // rings m - 1 to m + 1, l1t_rings
  output logic [Lanes-1:0]     max_o
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Reach = 4;  // in phi
  localparam int Columns = Phis + 2 * Reach;

  // West, middle and east, each with four columns more at either end.
  logic [3*Columns*Pitch-1:0] grid;
  for (genvar r = 0; r < 3; r++) begin : g_row
    localparam int K = NegSide != 0 ? 2 - r : r;
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
      seed = grid[(Columns + p + Reach)*Pitch +: EtWidth];
      stands = seed >= seed_min_i;
      if (stands) begin
        for (int dp = 1; dp <= Reach; dp++) begin
          stands = stands & (seed > grid[(Columns + p + Reach + dp)*Pitch +: EtWidth]) &
                   !(grid[(Columns + p + Reach - dp)*Pitch +: EtWidth] > seed);
        end
      end
      if (stands) begin
        for (int dp = -Reach; dp <= Reach; dp++) begin
          if (dp >= 2) begin
            stands = stands & (seed > grid[(p + Reach + dp)*Pitch +: EtWidth]);
          end else begin
            stands = stands & !(grid[(p + Reach + dp)*Pitch +: EtWidth] > seed);
          end
        end
        for (int dp = -Reach; dp <= Reach; dp++) begin
          if (dp >= -1) begin
            stands = stands & (seed > grid[(2*Columns + p + Reach + dp)*Pitch +: EtWidth]);
          end else begin
            stands = stands & !(grid[(2*Columns + p + Reach + dp)*Pitch +: EtWidth] > seed);
          end
        end
      end
      max_d[p] = stands;
    end
  end

  always_ff @(posedge clk_i) if (valid_i) max_q <= max_d;
  assign max_o = max_q;
endmodule
