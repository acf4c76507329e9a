// SPDX-License-Identifier: Apache-2.0
//
// Missing-ET threshold of a ring, from tables: by |m| alone for the inner rings, which do not wait
// for nTT, by |m| and a bin of nTT from ring 13 on. The address is that of the row that comes next,
// so that the threshold is there together with the row; nTT has been known for long by then.
//
// Twin: models/calo/l1t_sums.c, threshold(). Latency: 0 from the row, 12 rows from nTT.
module l1t_sums_threshold (
  input  logic       clk_i,
  input  logic       rst_i,
  input  logic       valid_i,   // a row, in order |m| = 1 to 40
  input  logic [5:0] ring_i,
  input  logic [9:0] ntt_i,     // of l1t_ntt
  output logic [8:0] met_min_o  // for the row of this clock
);
  localparam logic [5:0] LastRing = 6'(l1t_pkg::Rings);

  logic [5:0] next_d, next_q;
  logic [7:0] ntt;
  logic [4:0] bin;
  logic [10:0] addr;

  assign next_d = !valid_i ? next_q : ring_i == LastRing ? 6'd1 : ring_i + 6'd1;
  always_ff @(posedge clk_i) begin
    if (rst_i) next_q <= 6'd1;
    else next_q <= next_d;
  end

  assign ntt = ntt_i > 10'd255 ? 8'd255 : ntt_i[7:0];
  l1t_rom #(.Depth(256), .Width(5), .Init("l1t_sums_ntt_bin.mem")) u_ntt_bin (
    .clk_i, .addr_i(ntt), .data_o(bin)
  );

  assign addr = {next_d < 6'(l1t_sums_pkg::FirstWithNtt) ? 5'd0 : bin, next_d};
  l1t_rom #(.Depth(2048), .Width(9), .Init("l1t_sums_met_min.mem")) u_met_min (
    .clk_i, .addr_i(addr), .data_o(met_min_o)
  );
endmodule
