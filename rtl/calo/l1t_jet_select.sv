// SPDX-License-Identifier: Apache-2.0
//
// Keeps at most six jets of one ring and side: the ring's jets, in ascending phi and without holes,
// go through a bitonic sort of exactly this length; the first six stay. Only which six they are
// matters (the sorter behind puts them back into phi slots), so up to six need no sort. Jets that
// were not dropped count even if the calibration made their ET zero.
//
// Twin: models/calo/l1t_jet_select.c, l1t_jet_select(). Latency: l1t_jet_pkg::SelectLatency.
module l1t_jet_select (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [17:0]      any_i,
  input  logic [18*16-1:0] et_i,
  output logic [17:0]      keep_o
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Keep = l1t_jet_pkg::RingKeep;
  localparam int LogSlots = 4;
  localparam int ListSlots = 1 << LogSlots;
  localparam int Width = 16 + 5;  // ET, slot

  // Clock 1: each jet's place in the list.
  logic [Slots-1:0] any_q;
  logic [Slots*16-1:0] et_q;
  logic [4:0] count_q;
  logic crowded_d, crowded_q, crowded_q2;

  assign crowded_d = valid_i && $countones(any_i) > Keep;

  always_ff @(posedge clk_i) begin
    if (rst_i) begin
      crowded_q <= 1'b0;
      crowded_q2 <= 1'b0;
    end else begin
      crowded_q <= crowded_d;
      crowded_q2 <= crowded_q;
    end
    any_q <= any_i;
    if (crowded_d) begin
      et_q <= et_i;
      count_q <= 5'($countones(any_i));
    end
  end

  // Clock 2: the list. Entry j can only come from slots j and above.
  logic [ListSlots*Width-1:0] list_d, list_q;
  logic [Slots*5-1:0] place_q;
  logic [4:0] count_q2;

  for (genvar s = 0; s < Slots; s++) begin : g_place
    logic [4:0] number_q;
    if (s == 0) begin : g_first
      assign number_q = '0;
    end else begin : g_rest
      always_ff @(posedge clk_i) if (crowded_d) number_q <= 5'($countones(any_i[s-1:0]));
    end
    assign place_q[s*5 +: 5] = number_q;
  end

  always_comb begin
    list_d = '0;
    if (crowded_q) begin
      for (int s = 0; s < Slots; s++) begin
        for (int j = 0; j <= s && j < l1t_jet_pkg::PerRing; j++) begin
          if (any_q[s] && place_q[s*5 +: 5] == 5'(j)) begin
            list_d[j*Width +: Width] = {et_q[s*16 +: 16], 5'(s)};
          end
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (crowded_q) begin
      list_q <= list_d;
      count_q2 <= count_q;
    end
  end

  // The sort.
  localparam int ListLatency = l1t_pkg::list_latency(LogSlots);
  logic [ListSlots*Width-1:0] sorted;
  logic [ListLatency-1:0] sorted_valid;

  l1t_bitonic_list #(.LogSlots(LogSlots), .Width(Width), .KeyWidth(16)) u_sort (
    .clk_i, .rst_i, .valid_i(crowded_q2), .count_i(count_q2), .list_i(list_q), .list_o(sorted)
  );
  l1t_delay_valid #(.Clocks(ListLatency)) u_valid (
    .clk_i, .rst_i, .valid_i(crowded_q2), .valid_o(sorted_valid)
  );

  // The last clock: back to slots.
  logic [Slots-1:0] any_late, keep_d, keep_q;

  l1t_delay #(.Width(Slots), .Clocks(ListLatency + 1)) u_any (
    .clk_i, .data_i(any_q), .data_o(any_late)
  );

  always_comb begin
    keep_d = any_late;
    if (sorted_valid[ListLatency-1]) begin
      keep_d = '0;
      for (int i = 0; i < Keep; i++) begin
        keep_d = keep_d | (Slots'(1) << sorted[i*Width +: 5]);
      end
    end
  end
  always_ff @(posedge clk_i) keep_q <= keep_d;
  assign keep_o = keep_q;

  logic unused;
  assign unused = ^{sorted, sorted_valid};
endmodule
