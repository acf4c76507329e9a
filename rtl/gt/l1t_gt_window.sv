// SPDX-License-Identifier: Apache-2.0
//
// Pairs whose value lies within limits, both inclusive. Pairs of a list with itself were computed
// for i <= j only (l1t_gt_pair_values); Same fills in the others.
//
// Twin: models/gt/l1t_gt_cuts.c, within(). Latency: Clocks, at least 1.
module l1t_gt_window #(
  parameter int N1 = 12,
  parameter int N2 = 12,
  parameter bit Same = 1'b0,
  parameter int Width = 14,
  parameter logic [Width-1:0] Low = {{(Width-1){1'b0}}, 1'b1},
  parameter logic [Width-1:0] High = {1'b0, {(Width-1){1'b1}}},
  parameter int Clocks = 1
) (
  input  logic                   clk_i,
  input  logic [N1*N2*Width-1:0] value_i,  // of pair i, j at i * N2 + j
  output logic [N1*N2-1:0]       pass_o
);
  logic [N1*N2-1:0] pass_d, pass_q;
  logic [Width-1:0] value;

  always_comb begin
    for (int p = 0; p < N1 * N2; p++) begin
      value = value_i[p*Width +: Width];
      pass_d[p] = value >= Low && value <= High;
    end
    if (Same) begin
      for (int i = 0; i < N1; i++)
        for (int j = 0; j < N2; j++)
          if (j < i) pass_d[i*N2 + j] = pass_d[j*N2 + i];
    end
  end

  always_ff @(posedge clk_i) pass_q <= pass_d;

  l1t_delay #(.Width(N1*N2), .Clocks(Clocks - 1)) u_late (
    .clk_i, .data_i(pass_q), .data_o(pass_o));
endmodule
