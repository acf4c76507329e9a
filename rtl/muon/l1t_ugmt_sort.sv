// SPDX-License-Identifier: Apache-2.0
//
// The best of N muons, best first: every pair is compared, the earlier one wins a tie, and the
// number of those in front is the place. Comparisons do not wait for cancel-out: who is cancelled
// (ok_i) is left out when places are counted.
//
// Twin: models/muon/l1t_ugmt_sort.c. Latency: 1 behind pick_i.
module l1t_ugmt_sort #(
  parameter int N = 18,
  parameter int Best = 4,
  parameter int Width = 74
) (
  input  logic                  clk_i,
  input  logic                  compare_i,  // rank_i and data_i are there
  input  logic [N*10-1:0]       rank_i,
  input  logic [N*Width-1:0]    data_i,
  input  logic                  place_i,    // ok_i is there, after compare_i
  input  logic [N-1:0]          ok_i,
  input  logic                  pick_i,     // a clock after place_i
  output logic [Best-1:0]       valid_o,
  output logic [Best*Width-1:0] data_o      // 0 where not valid
);
  localparam int RankWidth = l1t_formats_pkg::MuonRankBits;
  localparam int CountWidth = $clog2(N);

  logic [N*Width-1:0] data_q;
  logic [N-1:0] ok_q;
  always_ff @(posedge clk_i) begin
    if (compare_i) data_q <= data_i;
    if (place_i) ok_q <= ok_i;
  end

  // Who is in front of whom; how many.
  logic [N*CountWidth-1:0] ahead;
  for (genvar i = 0; i < N; i++) begin : g_muon
    logic [RankWidth-1:0] rank;
    logic [N-1:0] front_q;
    logic [CountWidth-1:0] ahead_q;
    assign rank = rank_i[i*RankWidth +: RankWidth];
    always_ff @(posedge clk_i) begin
      if (compare_i) begin
        for (int j = 0; j < N; j++)
          front_q[j] <= j < i ? !(rank > rank_i[j*RankWidth +: RankWidth])
                              : rank_i[j*RankWidth +: RankWidth] > rank;
      end
      if (place_i) ahead_q <= CountWidth'($countones(front_q & ok_i));
    end
    assign ahead[i*CountWidth +: CountWidth] = ahead_q;
  end

  // Each to its place.
  for (genvar k = 0; k < Best; k++) begin : g_best
    logic [N-1:0] here;
    logic valid_q;
    logic [Width-1:0] best_d, best_q;
    always_comb begin
      here = '0;
      best_d = '0;
      if (pick_i) begin
        for (int i = 0; i < N; i++) begin
          here[i] = ok_q[i] && ahead[i*CountWidth +: CountWidth] == CountWidth'(k);
          best_d = best_d | (data_q[i*Width +: Width] & {Width{here[i]}});
        end
      end
    end
    always_ff @(posedge clk_i) begin
      if (pick_i) begin
        valid_q <= here != '0;
        best_q <= best_d;
      end
    end
    assign valid_o[k] = valid_q;
    assign data_o[k*Width +: Width] = best_q;
  end
endmodule
