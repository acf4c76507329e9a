// SPDX-License-Identifier: Apache-2.0
//
// Ring buffer of both eta sides. Rings |m| = 1 to 40 of an event come centre first, both sides at
// once; this block shows, for one |m| a clock, the fifteen rings m - 7 to m + 7 of each side.
// Slice k of a window is the ring k - 7 steps outward: below the centre the rings of the other side
// follow, so when ring 8 comes both buffers take over the seven rings the other one holds. Rings
// beyond 40 read as zero (the next event's rings may already be there).
//
// The buffers move with each ring that comes; inside an event a clock without one stops them, so
// that results do not depend on gaps. Between events they move by themselves. Synthesis drops the
// registers of tower bits that nobody behind looks at.
//
// Twin: models/calo/l1t_grid.c (its step in m). Latency: l1t_calo_pkg::RingsLatency, from ring
// |m| = 1 at the input to |m| = 1 in the middle.
module l1t_rings #(
  parameter int Phis = l1t_pkg::Phis
) (
  input  logic                 clk_i,
  input  logic                 rst_i,
  input  logic                 valid_i,
  input  logic [Phis*16-1:0]   pos_i,
  input  logic [Phis*16-1:0]   neg_i,
  output logic                 valid_o,
  output logic [5:0]           ring_o,  // |m| of the ring in the middle
  output logic [Phis*16*15-1:0] pos_o,
  output logic [Phis*16*15-1:0] neg_o
);
  localparam int Inner = l1t_calo_pkg::Inner;
  localparam int Depth = l1t_calo_pkg::Depth;
  localparam int RowWidth = Phis * l1t_formats_pkg::TowerBits;
  localparam logic [5:0] LastRing = 6'(l1t_pkg::Rings);

  // come_q: rings of the open event that have come, 0 between events. ring_q: |m| in the middle,
  // 0 for none. The middle of the event before goes on to ring 40 while the next one comes in.
  logic [5:0] come_d, come_q, ring_d, ring_q;
  logic valid_q, move, crossing;

  assign move = valid_i || come_q == 6'd0;
  assign crossing = valid_i && come_q == 6'(Inner);
  assign come_d = !valid_i ? come_q : come_q == LastRing - 6'd1 ? 6'd0 : come_q + 6'd1;
  assign ring_d = !move ? ring_q
                  : crossing ? 6'd1
                  : ring_q == 6'd0 || ring_q == LastRing ? 6'd0 : ring_q + 6'd1;

  always_ff @(posedge clk_i) begin
    if (rst_i) begin
      come_q <= 6'd0;
      ring_q <= 6'd0;
      valid_q <= 1'b0;
    end else begin
      come_q <= come_d;
      ring_q <= ring_d;
      valid_q <= move && ring_d != 6'd0;
    end
  end

  for (genvar k = 0; k < Depth; k++) begin : g_ring
    logic [RowWidth-1:0] pos_q, neg_q;
    if (k == Depth - 1) begin : g_in
      always_ff @(posedge clk_i) begin
        if (move) begin
          pos_q <= pos_i;
          neg_q <= neg_i;
        end
      end
    end else if (k >= Inner) begin : g_outer
      always_ff @(posedge clk_i) begin
        if (move) begin
          pos_q <= g_ring[k+1].pos_q;
          neg_q <= g_ring[k+1].neg_q;
        end
      end
    end else begin : g_inner
      always_ff @(posedge clk_i) begin
        if (crossing) begin
          pos_q <= g_ring[Depth-1-k].neg_q;
          neg_q <= g_ring[Depth-1-k].pos_q;
        end else if (move) begin
          pos_q <= g_ring[k+1].pos_q;
          neg_q <= g_ring[k+1].neg_q;
        end
      end
    end

    if (k <= Inner) begin : g_all
      assign pos_o[k*RowWidth +: RowWidth] = pos_q;
      assign neg_o[k*RowWidth +: RowWidth] = neg_q;
    end else begin : g_edge
      logic beyond_q;
      always_ff @(posedge clk_i) beyond_q <= ring_d > LastRing - 6'(k - Inner);
      assign pos_o[k*RowWidth +: RowWidth] = beyond_q ? '0 : pos_q;
      assign neg_o[k*RowWidth +: RowWidth] = beyond_q ? '0 : neg_q;
    end
  end

  assign valid_o = valid_q;
  assign ring_o = ring_q;
endmodule
