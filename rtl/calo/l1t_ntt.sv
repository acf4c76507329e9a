// SPDX-License-Identifier: Apache-2.0
//
// Pile-up estimator: how many towers of rings |m| = 1 to 4, both sides, carry energy. Counts in the
// tower stream itself: ring 4 has come and is counted before ring 8 puts the event's first row into
// the middle of the ring buffer, and with that row the number goes out. It stays until the next
// event's.
//
// Twin: models/calo/l1t_ntt.c, l1t_ntt(). Latency: l1t_calo_pkg::NttLatency from the event's first
// row.
module l1t_ntt #(
  parameter int Phis = l1t_pkg::Phis
) (
  input  logic               clk_i,
  input  logic               rst_i,
  input  logic               valid_i,
  input  logic [Phis*16-1:0] pos_i,  // a ring of towers of each side
  input  logic [Phis*16-1:0] neg_i,
  input  logic               row_valid_i,  // of l1t_rings
  input  logic [5:0]         row_ring_i,
  output logic               valid_o,
  output logic [9:0]         ntt_o
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Groups = 12;
  localparam int PerGroup = 2 * Phis / Groups;
  localparam logic [5:0] LastRing = 6'(l1t_pkg::Rings);
  localparam logic [5:0] Counted = 6'(l1t_calo_pkg::NttRings);

  // come_q: rings of the open event that have come.
  logic [5:0] come_q;
  logic counted, counted_q, counted_q2, first_q, first_q2;
  assign counted = valid_i && come_q < Counted;

  always_ff @(posedge clk_i) begin
    if (rst_i) begin
      come_q <= 6'd0;
      counted_q <= 1'b0;
      counted_q2 <= 1'b0;
    end else begin
      if (valid_i) come_q <= come_q == LastRing - 6'd1 ? 6'd0 : come_q + 6'd1;
      counted_q <= counted;
      counted_q2 <= counted_q;
    end
    first_q <= come_q == 6'd0;
    first_q2 <= first_q;
  end

  // Clock 1: which towers. Clock 2: groups of twelve. Clock 3: all.
  logic [2*Phis-1:0] some_d, some_q;
  for (genvar p = 0; p < Phis; p++) begin : g_tower
    assign some_d[p] = pos_i[p*Pitch +: EtWidth] != '0;
    assign some_d[Phis + p] = neg_i[p*Pitch +: EtWidth] != '0;
  end
  always_ff @(posedge clk_i) if (counted) some_q <= some_d;

  for (genvar i = 0; i < Groups; i++) begin : g_group
    logic [9:0] count_q, sum;
    always_ff @(posedge clk_i) begin
      if (counted_q) count_q <= 10'($countones(some_q[i*PerGroup +: PerGroup]));
    end
    if (i == 0) begin : g_first
      assign sum = count_q;
    end else begin : g_next
      assign sum = g_group[i-1].sum + count_q;
    end
  end

  logic [9:0] total_q, ntt_q;
  always_ff @(posedge clk_i) begin
    if (counted_q2) total_q <= (first_q2 ? 10'd0 : total_q) + g_group[Groups-1].sum;
  end

  logic start, valid_q;
  assign start = row_valid_i && row_ring_i == 6'd1;
  always_ff @(posedge clk_i) begin
    if (rst_i) valid_q <= 1'b0;
    else valid_q <= start;
    if (start) ntt_q <= total_q;
  end
  assign valid_o = valid_q;
  assign ntt_o = ntt_q;
endmodule
