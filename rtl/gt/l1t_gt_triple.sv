// SPDX-License-Identifier: Apache-2.0
//
// Three distinct objects of one list, one for each leg, whose mass passes (pass3_i, in the order of
// l1t_gt_triple_values). pass2_i: cuts between the objects of the first two legs.
//
// Twin: models/gt/l1t_gt.c, choose(), of three legs. Latency: 1.
module l1t_gt_triple #(
  parameter int N = 8,
  parameter bit Like = 1'b0,
  parameter bit Opposite = 1'b0,
  localparam int Triples = N * (N - 1) * (N - 2) / 6
) (
  input  logic                clk_i,
  input  logic [N-1:0]        mask1_i,
  input  logic [N-1:0]        mask2_i,
  input  logic [N-1:0]        mask3_i,
  input  logic [N*N-1:0]      pass2_i,
  input  logic [Triples-1:0]  pass3_i,
  input  logic [N-1:0]        positive_i,
  input  logic [N-1:0]        negative_i,
  output logic                fires_o
);
  logic fires_d, alike, valid, charges, mass;

  always_comb begin
    fires_d = 1'b0;
    alike = 1'b0;
    valid = 1'b0;
    charges = 1'b0;
    mass = 1'b0;
    for (int i = 0; i < N; i++) begin
      for (int j = 0; j < N; j++) begin
        for (int k = 0; k < N; k++) begin
          if (i < j && j < k) begin
            mass = pass3_i[Triples - (N-i)*(N-i-1)*(N-i-2)/6 + (N-i-1)*(N-i-2)/2 -
                           (N-j)*(N-j-1)/2 + k - j - 1];
            alike = (positive_i[i] && positive_i[j] && positive_i[k]) ||
                    (negative_i[i] && negative_i[j] && negative_i[k]);
            valid = (positive_i[i] || negative_i[i]) && (positive_i[j] || negative_i[j]) &&
                    (positive_i[k] || negative_i[k]);
            charges = (!Like || alike) && (!Opposite || (valid && !alike));
            fires_d = fires_d || (mass && charges && (
                (mask1_i[i] && mask2_i[j] && mask3_i[k] && pass2_i[i*N + j]) ||
                (mask1_i[i] && mask2_i[k] && mask3_i[j] && pass2_i[i*N + k]) ||
                (mask1_i[j] && mask2_i[i] && mask3_i[k] && pass2_i[j*N + i]) ||
                (mask1_i[j] && mask2_i[k] && mask3_i[i] && pass2_i[j*N + k]) ||
                (mask1_i[k] && mask2_i[i] && mask3_i[j] && pass2_i[k*N + i]) ||
                (mask1_i[k] && mask2_i[j] && mask3_i[i] && pass2_i[k*N + j])));
          end
        end
      end
    end
  end

  always_ff @(posedge clk_i) fires_o <= fires_d;

  logic unused;
  assign unused = ^pass2_i;
endmodule
