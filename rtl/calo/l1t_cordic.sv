// SPDX-License-Identifier: Apache-2.0
//
// Length and direction of a vector: eight CORDIC steps, one a clock, between the quadrant's start and
// the gain. The direction is opposite to the vector. It counts in 1/2304 of a turn and may be a
// little below 0 or beyond a turn for tiny vectors; the zero vector gives 0 and 0. A vector may come
// with every clock.
//
// Twin: models/calo/l1t_cordic.c, l1t_cordic(). Latency: l1t_sums_pkg::CordicLatency.
module l1t_cordic (
  input  logic               clk_i,
  input  logic               rst_i,
  input  logic               valid_i,
  input  logic signed [31:0] x_i,  // up to 2^30 in size
  input  logic signed [31:0] y_i,
  output logic               valid_o,
  output logic [31:0]        length_o,
  output logic signed [12:0] phi_o
);
  localparam int Steps = l1t_sums_pkg::CordicSteps;
  localparam int Latency = l1t_sums_pkg::CordicLatency;
  localparam int GainBits = l1t_sums_pkg::CordicGainBits;
  localparam int Width = 33;  // a grows to 2^30 * 1.65 * sqrt 2
  localparam int ProductWidth = Width + GainBits;

  // Rotation of step k: arc tangent of 2^-k.
  localparam logic [Steps*9-1:0] Rotations = {
    9'd3, 9'd6, 9'd11, 9'd23, 9'd46, 9'd90, 9'd170, 9'd288
  };

  logic [Latency-1:0] valid_q;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (.clk_i, .rst_i, .valid_i, .valid_o(valid_q));

  // Clock 1: turned into the first quadrant; where the angle starts and whether it counts backwards.
  logic left, down;
  assign left = x_i < 0;
  assign down = y_i < 0;

  // Clocks 2 to 9: step k - 1 turns towards the x axis.
  for (genvar k = 0; k <= Steps; k++) begin : g_step
    logic signed [Width-1:0] a_q, b_q;
    logic signed [12:0] phi_q;
    logic flip_q, zero_q;

    if (k == 0) begin : g_start
      logic signed [Width-1:0] x, y;
      assign x = Width'(x_i);
      assign y = Width'(y_i);
      always_ff @(posedge clk_i) begin
        if (valid_i) begin
          a_q <= left ? -x : x;
          b_q <= down ? -y : y;
          phi_q <= !left ? 13'sd1152 : !down ? 13'sd2304 : 13'sd0;
          flip_q <= left != down;
          zero_q <= x_i == 0 && y_i == 0;
        end
      end
    end else begin : g_turn
      localparam logic signed [12:0] Rotation = {4'b0, Rotations[(k-1)*9 +: 9]};
      logic signed [Width-1:0] a, b;
      logic signed [12:0] phi;
      logic below;
      assign a = g_step[k-1].a_q;
      assign b = g_step[k-1].b_q;
      assign phi = g_step[k-1].phi_q;
      assign below = b < 0;
      always_ff @(posedge clk_i) begin
        if (valid_q[k-1]) begin
          a_q <= below ? a - (b >>> (k - 1)) : a + (b >>> (k - 1));
          b_q <= below ? b + (a >>> (k - 1)) : b - (a >>> (k - 1));
          phi_q <= below == g_step[k-1].flip_q ? phi + Rotation : phi - Rotation;
          flip_q <= g_step[k-1].flip_q;
          zero_q <= g_step[k-1].zero_q;
        end
      end
    end
  end

  // Clock 10: the gain.
  logic [ProductWidth-1:0] product;
  logic [31:0] length_q;
  logic signed [12:0] phi_q;
  assign product = ProductWidth'($unsigned(g_step[Steps].a_q)) *
                   ProductWidth'(l1t_sums_pkg::CordicGain);
  always_ff @(posedge clk_i) begin
    if (valid_q[Latency-2]) begin
      length_q <= g_step[Steps].zero_q ? '0 : product[GainBits +: 32];
      phi_q <= g_step[Steps].zero_q ? '0 : g_step[Steps].phi_q;
    end
  end

  assign valid_o = valid_q[Latency-1];
  assign length_o = length_q;
  assign phi_o = phi_q;

  logic unused;
  assign unused = ^{product, g_step[Steps].flip_q, g_step[Steps].b_q};
endmodule
