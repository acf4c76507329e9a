// SPDX-License-Identifier: Apache-2.0
//
// M^2/2 of three objects of a list, the sum of its three pairs, for i < j < k in the order of three
// nested loops.
//
// Twin: models/gt/l1t_gt_cuts.c, l1t_gt_mass_3(). Latency: 1.
module l1t_gt_triple_values #(
  parameter int N = 8,
  localparam int Triples = N * (N - 1) * (N - 2) / 6
) (
  input  logic                                        clk_i,
  input  logic [N*N*l1t_gt_pkg::MassWidth-1:0]        mass_i,  // pairs i < j at i * N + j
  output logic [Triples*l1t_gt_pkg::TripleWidth-1:0]  mass_o
);
  localparam int MassWidth = l1t_gt_pkg::MassWidth;
  localparam int TripleWidth = l1t_gt_pkg::TripleWidth;

  logic [Triples*TripleWidth-1:0] mass_d;
  always_comb begin
    // In a loop: simulators take a wide '0 for a mistake.
    for (int t = 0; t < Triples; t++) mass_d[t*TripleWidth +: TripleWidth] = '0;
    for (int i = 0; i < N; i++) begin
      for (int j = 0; j < N; j++) begin
        for (int k = 0; k < N; k++) begin
          // Place of i, j, k: all triples but those that begin later; then pairs, then k.
          if (i < j && j < k)
            mass_d[(Triples - (N-i)*(N-i-1)*(N-i-2)/6 + (N-i-1)*(N-i-2)/2 - (N-j)*(N-j-1)/2 +
                    k - j - 1)*TripleWidth +: TripleWidth] =
                TripleWidth'(mass_i[(i*N + j)*MassWidth +: MassWidth]) +
                TripleWidth'(mass_i[(i*N + k)*MassWidth +: MassWidth]) +
                TripleWidth'(mass_i[(j*N + k)*MassWidth +: MassWidth]);
        end
      end
    end
  end

  always_ff @(posedge clk_i) mass_o <= mass_d;

  logic unused;
  assign unused = ^mass_i;
endmodule
