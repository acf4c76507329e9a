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

  for (genvar i = 0; i < N; i++) begin : g_muon
    logic [RankWidth-1:0] rank;
    logic [N-1:0] front, front_q;
    logic [CountWidth-1:0] ahead_q;
    logic ok_q;
    logic [Width-1:0] data_q;
    assign rank = rank_i[i*RankWidth +: RankWidth];
    for (genvar j = 0; j < N; j++) begin : g_other
      if (j < i) begin : g_before
        assign front[j] = !g_muon[j].front[i];
      end else begin : g_behind
        assign front[j] = rank_i[j*RankWidth +: RankWidth] > rank;
      end
    end
    always_ff @(posedge clk_i) begin
      if (compare_i) begin
        front_q <= front;
        data_q <= data_i[i*Width +: Width];
      end
      if (place_i) begin
        ahead_q <= CountWidth'($countones(front_q & ok_i));
        ok_q <= ok_i[i];
      end
    end
  end

  for (genvar k = 0; k < Best; k++) begin : g_best
    for (genvar i = 0; i < N; i++) begin : g_from
      logic here, some;
      logic [Width-1:0] data;
      assign here = g_muon[i].ok_q && g_muon[i].ahead_q == CountWidth'(k);
      if (i == 0) begin : g_first
        assign some = here;
        assign data = here ? g_muon[i].data_q : '0;
      end else begin : g_next
        assign some = g_best[k].g_from[i-1].some | here;
        assign data = g_best[k].g_from[i-1].data | (here ? g_muon[i].data_q : '0);
      end
    end
    logic valid_q;
    logic [Width-1:0] data_q;
    always_ff @(posedge clk_i) begin
      if (pick_i) begin
        valid_q <= g_from[N-1].some;
        data_q <= g_from[N-1].data;
      end
    end
    assign valid_o[k] = valid_q;
    assign data_o[k*Width +: Width] = data_q;
  end
endmodule
