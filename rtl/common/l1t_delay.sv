// SPDX-License-Identifier: Apache-2.0
//
// Delay line: data_o is data_i of Clocks clocks ago (0: a wire). Without reset, so that it maps to
// shift-register cells; for strobes use l1t_delay_valid. Twin: none, it only waits.
module l1t_delay #(
  parameter int Width = 1,
  parameter int Clocks = 1
) (
  input  logic             clk_i,
  input  logic [Width-1:0] data_i,
  output logic [Width-1:0] data_o
);
  localparam int Latency = Clocks;

  for (genvar i = 0; i <= Latency; i++) begin : g_tap
    logic [Width-1:0] data;
    if (i == 0) begin : g_in
      assign data = data_i;
    end else begin : g_reg
      logic [Width-1:0] data_q;
      always_ff @(posedge clk_i) data_q <= g_tap[i-1].data;
      assign data = data_q;
    end
  end

  assign data_o = g_tap[Latency].data;

  if (Clocks == 0) begin : g_wire
    logic unused_clk;
    assign unused_clk = clk_i;
  end
endmodule
