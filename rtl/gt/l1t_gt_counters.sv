// SPDX-License-Identifier: Apache-2.0
//
// A bank of counters of a luminosity section. At its end (section_i, with the first crossing of the
// next one) the counts are latched for reading and start again.
//
// Twin: struct l1t_gt_counts of models/gt/l1t_gt_final.h. Latency: 1; reading: 1.
module l1t_gt_counters #(
  parameter int N = 8,
  localparam int Width = l1t_gt_pkg::CounterWidth,
  localparam int AddrWidth = $clog2(N)
) (
  input  logic                  clk_i,
  input  logic                  rst_i,
  input  logic                  section_i,
  input  logic [N-1:0]          count_i,
  input  logic [AddrWidth-1:0]  addr_i,
  output logic [Width-1:0]      data_o
);
  logic [N*Width-1:0] count_d, count_q, latched_q;

  always_comb begin
    for (int b = 0; b < N; b++)
      count_d[b*Width +: Width] = (section_i ? '0 : count_q[b*Width +: Width]) + Width'(count_i[b]);
  end

  always_ff @(posedge clk_i) begin
    if (rst_i) count_q <= '0;
    else count_q <= count_d;
    if (section_i) latched_q <= count_q;
    data_o <= latched_q[addr_i*Width +: Width];
  end
endmodule
