// SPDX-License-Identifier: Apache-2.0
//
// The accumulating half of the main-processor sorter: K registers that hold the largest entries of
// all lists since first_i. A list (sorted, largest in the lowest bits) is handed to register 0: the
// register's old entry goes in front of the first entry that is not greater, the first entry of the
// result stays and the rest goes to the next register. An entry pushed out therefore lands behind
// older equal ones, which a stable merge would not do. Register i works one clock after register
// i - 1, and only the first K - i entries it is given can still matter.
//
// Keys are the uppermost KeyWidth bits; key 0 is empty. Nothing needs a reset but the strobes: the
// first list of an event meets empty registers. entry_o keeps its value until the next strobe.
//
// Twin: models/l1t_sort.c. Latency: K from the last list to valid_o.
module l1t_sort_chain #(
  parameter int K = 7,
  parameter int Width = 29,
  parameter int KeyWidth = 16
) (
  input  logic               clk_i,
  input  logic               rst_i,
  input  logic               valid_i,
  input  logic               first_i,  // first list of an event
  input  logic               last_i,   // last list of an event
  input  logic [K*Width-1:0] list_i,
  output logic               valid_o,
  output logic [K*Width-1:0] entry_o
);
  localparam int Latency = K;

  for (genvar i = 0; i <= Latency; i++) begin : g_reg
    logic valid, first, last;

    if (i == 0) begin : g_in
      assign {valid, first, last} = {valid_i, first_i, last_i};
    end else begin : g_control
      logic valid_q, first_q, last_q;
      always_ff @(posedge clk_i) begin
        if (rst_i) valid_q <= 1'b0;
        else valid_q <= g_reg[i-1].valid;
        first_q <= g_reg[i-1].first;
        last_q <= g_reg[i-1].last;
      end
      assign {valid, first, last} = {valid_q, first_q, last_q};
    end

    if (i < K) begin : g_work
      // Entries 0 to K - 1 - i of the list that register i is given, and of the result.
      logic [Width-1:0] keep_q, old, final_q;
      assign old = first ? '0 : keep_q;

      for (genvar j = 0; j < K - i; j++) begin : g_entry
        logic [Width-1:0] given, result;
        logic greater;
        if (i == 0) begin : g_list
          assign given = list_i[j*Width +: Width];
        end else begin : g_passed
          assign given = g_reg[i-1].g_work.g_entry[j+1].g_pass.passed_q;
        end
        assign greater = given[Width-1 -: KeyWidth] > old[Width-1 -: KeyWidth];
        if (j == 0) begin : g_head
          assign result = greater ? given : old;
        end else begin : g_tail
          assign result = greater ? given
                          : g_reg[i].g_work.g_entry[j-1].greater ? old
                          : g_reg[i].g_work.g_entry[j-1].given;
        end
        if (j > 0) begin : g_pass
          logic [Width-1:0] passed_q;
          always_ff @(posedge clk_i) if (valid) passed_q <= result;
        end
      end

      always_ff @(posedge clk_i) if (valid) keep_q <= g_entry[0].result;
      // Copy for the output: the next event may come at once.
      always_ff @(posedge clk_i) if (valid && last) final_q <= g_entry[0].result;
      assign entry_o[i*Width +: Width] = final_q;
    end
  end

  assign valid_o = g_reg[Latency].valid && g_reg[Latency].last;

  logic unused;
  assign unused = g_reg[Latency].first;
endmodule
