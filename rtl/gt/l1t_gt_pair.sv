// SPDX-License-Identifier: Apache-2.0
//
// Is there a pair of objects, one for each leg, that passes all cuts? pass_i is the AND of the cuts'
// windows. From one list (Same) the two must be distinct. Copies: as in l1t_gt_comb.
//
// Twin: models/gt/l1t_gt.c, choose(), of two legs. Latency: 1.
module l1t_gt_pair #(
  parameter int N1 = 12,
  parameter int N2 = 12,
  parameter bit Same = 1'b0,
  parameter int Copies = 1,
  parameter bit Like = 1'b0,
  parameter bit Opposite = 1'b0
) (
  input  logic                  clk_i,
  input  logic [Copies*N1-1:0]  mask1_i,
  input  logic [Copies*N2-1:0]  mask2_i,
  input  logic [N1*N2-1:0]      pass_i,
  input  logic [N1-1:0]         positive1_i,
  input  logic [N1-1:0]         negative1_i,
  input  logic [N2-1:0]         positive2_i,
  input  logic [N2-1:0]         negative2_i,
  output logic                  fires_o
);
  logic fires_d;
  logic [N2-1:0] row, alike, differ;

  always_comb begin
    fires_d = 1'b0;
    for (int i = 0; i < N1; i++) begin
      alike = (positive1_i[i] ? positive2_i : '0) | (negative1_i[i] ? negative2_i : '0);
      differ = (positive1_i[i] ? negative2_i : '0) | (negative1_i[i] ? positive2_i : '0);
      // Yosys takes '1 in a choice for one bit.
      row = pass_i[i*N2 +: N2] & (Like ? alike : {N2{1'b1}}) & (Opposite ? differ : {N2{1'b1}});
      if (Same) row = row & ~(N2'(1) << i);
      for (int c = 0; c < Copies; c++)
        fires_d = fires_d || (mask1_i[c*N1 + i] && (row & mask2_i[c*N2 +: N2]) != '0);
    end
  end

  always_ff @(posedge clk_i) fires_o <= fires_d;
endmodule
