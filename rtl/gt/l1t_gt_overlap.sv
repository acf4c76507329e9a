// SPDX-License-Identifier: Apache-2.0
//
// Overlap removal of one leg: the objects that are left beside each reference object. Since 2021 a
// reference removes for itself; until 2020 (All) all passing references remove together. A
// reference that does not pass leaves nothing.
//
// Twin: models/gt/l1t_gt.c, fires_beside_reference(). Latency: 1.
module l1t_gt_overlap #(
  parameter int N = 12,
  parameter int R = 12,
  parameter bit All = 1'b0
) (
  input  logic            clk_i,
  input  logic [N-1:0]    leg_i,
  input  logic [R-1:0]    reference_i,
  input  logic [N*R-1:0]  near_i,       // object i overlaps with reference r: bit i * R + r
  output logic [R*N-1:0]  keep_o,       // bit r * N + i
  output logic [N*R-1:0]  keep_pairs_o  // the same at i * R + r
);
  logic [R*N-1:0] keep_d, keep_q;
  logic [R-1:0] row;

  always_comb begin
    for (int i = 0; i < N; i++) begin
      row = near_i[i*R +: R] & reference_i;
      for (int r = 0; r < R; r++)
        keep_d[r*N + i] = leg_i[i] && reference_i[r] && !(All ? row != '0 : row[r]);
    end
  end

  always_ff @(posedge clk_i) keep_q <= keep_d;
  assign keep_o = keep_q;

  always_comb begin
    for (int i = 0; i < N; i++)
      for (int r = 0; r < R; r++) keep_pairs_o[i*R + r] = keep_q[r*N + i];
  end
endmodule
