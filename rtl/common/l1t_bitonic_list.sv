// SPDX-License-Identifier: Apache-2.0
//
// Recursive bitonic sort of a list whose length is known only when it comes: entries 0 to
// count_i - 1 of list_i (at most 2^LogSlots), entry 0 in the lowest bits. One network for every
// length: a half of floor(count/2) entries and a half of the rest go through their own (half as
// large) networks, are put together again without a hole, and merged with all compare-exchanges
// beyond the end of the list switched off. That is, compare by compare, the network that the
// recursion builds for this length; padding a network of fixed length would break ties differently.
// Entries of list_o beyond the count are undefined.
//
// Twin: models/l1t_sort.c. Latency: k (k + 1) / 2 + k - 1 with k = LogSlots.
module l1t_bitonic_list #(
  parameter int LogSlots = 4,
  parameter int Width = 16,
  parameter int KeyWidth = 16,
  parameter int Up = 0
) (
  input  logic                           clk_i,
  input  logic                           rst_i,
  input  logic                           valid_i,  // enables the registers behind it
  input  logic [LogSlots:0]              count_i,
  input  logic [(1<<LogSlots)*Width-1:0] list_i,
  output logic [(1<<LogSlots)*Width-1:0] list_o
);
  localparam int Slots = 1 << LogSlots;
  localparam int Half = Slots / 2;

  if (LogSlots == 1) begin : g_pair
    l1t_bitonic_merge #(
      .N(2), .Width(Width), .KeyWidth(KeyWidth), .Up(Up), .Variable(1)
    ) u_merge (
      .clk_i, .rst_i, .valid_i, .count_i, .list_i, .list_o
    );
  end else begin : g_halves
    localparam int HalfLatency = l1t_pkg::list_latency(LogSlots - 1);

    logic [LogSlots-1:0] left_count_d, left_count_q, right_count_q, left_count_late;
    logic [LogSlots:0] count_q, count_late;
    logic [Half*Width-1:0] right_d, left_q, right_q, left, right;
    logic [Slots*Width-1:0] joined;
    logic [HalfLatency:0] valid_q;

    // The right half begins behind the left one.
    assign left_count_d = count_i[LogSlots:1];
    always_comb begin
      right_d = '0;
      if (valid_i) begin
        for (int k = 0; k <= Half; k++) begin
          if (left_count_d == LogSlots'(k)) right_d = list_i[k*Width +: Half*Width];
        end
      end
    end

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        left_q <= list_i[0 +: Half*Width];
        right_q <= right_d;
        left_count_q <= left_count_d;
        right_count_q <= LogSlots'(count_i - {1'b0, left_count_d});
        count_q <= count_i;
      end
    end

    l1t_delay_valid #(.Clocks(HalfLatency + 1)) u_valid (
      .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
    );
    l1t_bitonic_list #(
      .LogSlots(LogSlots - 1), .Width(Width), .KeyWidth(KeyWidth), .Up(Up == 0 ? 1 : 0)
    ) u_left (
      .clk_i, .rst_i, .valid_i(valid_q[0]), .count_i(left_count_q), .list_i(left_q), .list_o(left)
    );
    l1t_bitonic_list #(
      .LogSlots(LogSlots - 1), .Width(Width), .KeyWidth(KeyWidth), .Up(Up)
    ) u_right (
      .clk_i, .rst_i, .valid_i(valid_q[0]), .count_i(right_count_q), .list_i(right_q),
      .list_o(right)
    );
    l1t_delay #(.Width(2 * LogSlots + 1), .Clocks(HalfLatency)) u_count (
      .clk_i, .data_i({left_count_q, count_q}), .data_o({left_count_late, count_late})
    );

    // The right half behind the left one; entries of the left half's network beyond its count are
    // not part of the list.
    always_comb begin
      joined = '0;
      if (valid_q[HalfLatency]) begin
        for (int k = 0; k <= Half; k++) begin
          if (left_count_late == LogSlots'(k)) begin
            joined[0 +: Half*Width] = left;
            joined[k*Width +: Half*Width] = right;
          end
        end
      end
    end

    l1t_bitonic_merge #(
      .N(Slots), .Width(Width), .KeyWidth(KeyWidth), .Up(Up), .Variable(1)
    ) u_merge (
      .clk_i, .rst_i, .valid_i(valid_q[HalfLatency]), .count_i(count_late), .list_i(joined), .list_o
    );
  end
endmodule
