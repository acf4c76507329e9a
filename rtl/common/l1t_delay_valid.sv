// SPDX-License-Identifier: Apache-2.0
//
// Delay line of a strobe, cleared by the (synchronous) reset. valid_o bit k is the strobe of
// k + 1 clocks ago, so that every register of a pipeline finds its own enable here.
// Twin: none, it only waits.
module l1t_delay_valid #(
  parameter int Clocks = 1
) (
  input  logic              clk_i,
  input  logic              rst_i,
  input  logic              valid_i,
  output logic [Clocks-1:0] valid_o
);
  logic [Clocks-1:0] valid_q;

  always_ff @(posedge clk_i) begin
    if (rst_i) valid_q <= '0;
    else valid_q <= Clocks'({valid_q, valid_i});
  end

  assign valid_o = valid_q;
endmodule
