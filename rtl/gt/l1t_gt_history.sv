// SPDX-License-Identifier: Apache-2.0
//
// The crossings around one: offset -2 at the bottom, then -1, the crossing itself, +1, and +2, which
// is the one that comes in. A shift register, one crossing a clock.
//
// Twin: struct l1t_gt_around of models/gt/l1t_gt.h. Latency: 2, of the crossing itself.
module l1t_gt_history #(
  parameter int Width = 8
) (
  input  logic                clk_i,
  input  logic [Width-1:0]    crossing_i,
  output logic [5*Width-1:0]  around_o
);
  logic [4*Width-1:0] past_q;

  assign around_o = {crossing_i, past_q};
  always_ff @(posedge clk_i) past_q <= around_o[5*Width-1:Width];
endmodule
