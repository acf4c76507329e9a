// SPDX-License-Identifier: Apache-2.0
//
// Bitonic merge of N entries, or of the first count_i of N (Variable = 1), one layer of
// compare-exchanges a clock. In the layer of distance P entries i and i + P meet when bit P of i is
// clear and i + P is inside the list: this is the recursion "compare the first P with the rest, P
// the largest power of two below the length, then merge the first P and the rest by themselves".
//
// Keys are the uppermost KeyWidth bits of an entry. Entries are swapped when (a > b) equals Up, so
// equal keys are swapped on the way down and left alone on the way up; the rest of an entry never
// takes part. Trigger results depend on this: do not replace it by another network.
//
// Twin: models/l1t_sort.c. Latency: clog2(N).
module l1t_bitonic_merge #(
  parameter int N = 4,
  parameter int Width = 16,
  parameter int KeyWidth = 16,
  parameter int Up = 0,
  parameter int Variable = 0
) (
  input  logic                   clk_i,
  input  logic                   rst_i,
  input  logic                   valid_i,  // enables the registers behind it
  input  logic [$clog2(N+1)-1:0] count_i,
  input  logic [N*Width-1:0]     list_i,
  output logic [N*Width-1:0]     list_o
);
  localparam int Latency = l1t_pkg::merge_latency(N);
  localparam int CountWidth = $clog2(N + 1);

  for (genvar l = 0; l <= Latency; l++) begin : g_layer
    localparam int P = 1 << (Latency - l);  // distance of the layer that ends here
    logic valid;
    logic [CountWidth-1:0] count;

    if (l == 0) begin : g_in
      assign valid = valid_i;
      assign count = count_i;
    end else begin : g_control
      logic valid_q;
      always_ff @(posedge clk_i) begin
        if (rst_i) valid_q <= 1'b0;
        else valid_q <= g_layer[l-1].valid;
      end
      assign valid = valid_q;
      if (Variable != 0) begin : g_count
        logic [CountWidth-1:0] count_q;
        always_ff @(posedge clk_i) if (g_layer[l-1].valid) count_q <= g_layer[l-1].count;
        assign count = count_q;
      end else begin : g_fixed
        assign count = CountWidth'(N);
      end
    end

    for (genvar i = 0; i < N; i++) begin : g_lane
      logic [Width-1:0] x;
      if (l == 0) begin : g_in
        assign x = list_i[i*Width +: Width];
      end else begin : g_ce
        if ((i & P) == 0 && i + P < N) begin : g_low
          logic [Width-1:0] a, b, low_q, high_q;
          assign a = g_layer[l-1].g_lane[i].x;
          assign b = g_layer[l-1].g_lane[i+P].x;
          always_ff @(posedge clk_i) begin
            if (g_layer[l-1].valid) begin
              if ((a[Width-1 -: KeyWidth] > b[Width-1 -: KeyWidth]) == (Up != 0) &&
                  (Variable == 0 || g_layer[l-1].count > CountWidth'(i + P))) begin
                low_q <= b;
                high_q <= a;
              end else begin
                low_q <= a;
                high_q <= b;
              end
            end
          end
          assign x = low_q;
        end else if ((i & P) != 0) begin : g_high
          assign x = g_layer[l].g_lane[i-P].g_ce.g_low.high_q;
        end else begin : g_alone
          logic [Width-1:0] x_q;
          always_ff @(posedge clk_i) if (g_layer[l-1].valid) x_q <= g_layer[l-1].g_lane[i].x;
          assign x = x_q;
        end
      end
    end
  end

  for (genvar i = 0; i < N; i++) begin : g_out
    assign list_o[i*Width +: Width] = g_layer[Latency].g_lane[i].x;
  end

  logic unused;
  assign unused = ^{g_layer[Latency].valid, g_layer[Latency].count, count_i};
endmodule
