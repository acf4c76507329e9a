// SPDX-License-Identifier: Apache-2.0
//
// A bank of prescalers. A request adds 100; when that reaches the factor (hundredths) the request is
// kept and the factor taken away. Factor 0 keeps nothing and holds the counter at 0; 1 to 99, which
// no prescale has, count as 100.
//
// Twin: models/gt/l1t_gt_final.c, l1t_gt_prescale_step(). Latency: 1.
module l1t_gt_prescaler #(
  parameter int N = 8,
  localparam int Width = l1t_gt_pkg::PrescaleWidth
) (
  input  logic                clk_i,
  input  logic                rst_i,
  input  logic                valid_i,
  input  logic [N-1:0]        request_i,
  input  logic [N*Width-1:0]  factor_i,
  output logic [N-1:0]        keep_o
);
  localparam int One = 100;
  localparam int CountWidth = Width + 1;

  logic [N*CountWidth-1:0] count_d, count_q;
  logic [N-1:0] keep_d;
  logic [CountWidth-1:0] factor, next;

  always_comb begin
    count_d = count_q;
    keep_d = '0;
    for (int b = 0; b < N; b++) begin
      factor = {1'b0, factor_i[b*Width +: Width]};
      next = count_q[b*CountWidth +: CountWidth] + CountWidth'(One);
      if (factor == '0) begin
        count_d[b*CountWidth +: CountWidth] = '0;
      end else if (request_i[b]) begin
        if (factor < CountWidth'(One)) factor = CountWidth'(One);
        keep_d[b] = next >= factor;
        count_d[b*CountWidth +: CountWidth] = next >= factor ? next - factor : next;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_i) count_q <= '0;
    else if (valid_i) count_q <= count_d;
    keep_o <= valid_i ? keep_d : '0;
  end
endmodule
