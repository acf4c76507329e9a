// SPDX-License-Identifier: Apache-2.0
//
// Recursive bitonic sort of N entries: the first floor(N/2) are sorted the other way round, the
// rest the same way, then both are merged. See l1t_bitonic_merge for keys and ties. The shorter
// half waits for the longer one in a delay line.
//
// Twin: models/l1t_sort.c. Latency: k (k + 1) / 2 with k = clog2(N).
module l1t_bitonic_sort #(
  parameter int N = 18,
  parameter int Width = 16,
  parameter int KeyWidth = 16,
  parameter int Up = 0
) (
  input  logic               clk_i,
  input  logic               rst_i,
  input  logic               valid_i,  // enables the registers behind it
  input  logic [N*Width-1:0] list_i,
  output logic [N*Width-1:0] list_o
);
  localparam int Latency = l1t_pkg::sort_latency(N);

  if (N == 1) begin : g_one
    assign list_o = list_i;
    logic unused;
    assign unused = ^{clk_i, rst_i, valid_i, Latency[0]};
  end else begin : g_many
    localparam int Left = N / 2;
    localparam int Right = N - Left;
    localparam int HalfLatency = l1t_pkg::sort_latency(Right);

    logic [Left*Width-1:0] left, left_late;
    logic [Right*Width-1:0] right;
    logic half_valid;

    l1t_bitonic_sort #(
      .N(Left), .Width(Width), .KeyWidth(KeyWidth), .Up(Up == 0 ? 1 : 0)
    ) u_left (
      .clk_i, .rst_i, .valid_i, .list_i(list_i[0 +: Left*Width]), .list_o(left)
    );
    l1t_bitonic_sort #(
      .N(Right), .Width(Width), .KeyWidth(KeyWidth), .Up(Up)
    ) u_right (
      .clk_i, .rst_i, .valid_i, .list_i(list_i[Left*Width +: Right*Width]), .list_o(right)
    );
    l1t_delay #(
      .Width(Left * Width), .Clocks(HalfLatency - l1t_pkg::sort_latency(Left))
    ) u_wait (
      .clk_i, .data_i(left), .data_o(left_late)
    );

    if (HalfLatency == 0) begin : g_now
      assign half_valid = valid_i;
    end else begin : g_later
      logic [HalfLatency-1:0] valid_q;
      l1t_delay_valid #(.Clocks(HalfLatency)) u_valid (
        .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
      );
      assign half_valid = valid_q[HalfLatency-1];
    end

    l1t_bitonic_merge #(
      .N(N), .Width(Width), .KeyWidth(KeyWidth), .Up(Up)
    ) u_merge (
      .clk_i, .rst_i, .valid_i(half_valid), .count_i($clog2(N + 1)'(N)),
      .list_i({right, left_late}), .list_o
    );
  end
endmodule
