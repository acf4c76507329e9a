// SPDX-License-Identifier: Apache-2.0
//
// Asymmetry of the two sides' sums: |plus - minus| / (plus + minus) in 1/256, without a divider. The
// denominator is shifted up until its highest bit is set, at most nine places; with its halves h and
// l, 1 / (h + l) is about (h - l) / h^2, and 1 / h^2 comes from a table.
//
// Twin: models/calo/l1t_sums_demux.c, l1t_sums_asymmetry(). Latency: l1t_sums_pkg::AsymmetryLatency.
module l1t_sums_asymmetry (
  input  logic        clk_i,
  input  logic [15:0] plus_i,
  input  logic [15:0] minus_i,
  output logic [7:0]  asymmetry_o
);
  localparam int Latency = l1t_sums_pkg::AsymmetryLatency;
  localparam int DenBits = 18;
  localparam int LowBits = 9;
  localparam int MaxShift = 9;

  // Rounded 2^24 / i^2 in 24 bits; 0 for i = 0.
  logic [23:0] inverse_square[1 << LowBits];
  initial begin
    inverse_square[0] = 24'd0;
    inverse_square[1] = 24'hffffff;
    for (int i = 2; i < 1 << LowBits; i++) begin
      inverse_square[i] = 24'(((1 << 24) + i * i / 2) / (i * i));
    end
  end

  // Clock 1: numerator and denominator.
  logic [15:0] num_q, num_q2, num_q3, num_q4;
  logic [DenBits-1:0] den_q;
  always_ff @(posedge clk_i) begin
    num_q <= plus_i > minus_i ? plus_i - minus_i : minus_i - plus_i;
    den_q <= DenBits'(plus_i) + DenBits'(minus_i);
  end

  // Clock 2: normalised.
  logic [3:0] shift, shift_q2, shift_q3, shift_q4;
  logic [DenBits-1:0] den_q2;
  always_comb begin
    shift = 4'(MaxShift);
    for (int i = DenBits - MaxShift; i < DenBits; i++) begin
      if (den_q[i]) shift = 4'(DenBits - 1 - i);
    end
  end
  always_ff @(posedge clk_i) begin
    num_q2 <= num_q;
    shift_q2 <= shift;
    den_q2 <= den_q << shift;
  end

  // Clock 3: the table, and h - l. Clock 4: the inverse.
  logic [DenBits-1:0] diff_q3;
  logic [23:0] table_q3;
  logic [DenBits+23:0] inverse;
  logic [24:0] inverse_q4;
  assign inverse = (DenBits+24)'(diff_q3) * (DenBits+24)'(table_q3);
  always_ff @(posedge clk_i) begin
    num_q3 <= num_q2;
    shift_q3 <= shift_q2;
    diff_q3 <= {den_q2[DenBits-1:LowBits], LowBits'(0)} - DenBits'(den_q2[LowBits-1:0]);
    table_q3 <= inverse_square[den_q2[DenBits-1:LowBits]];
    num_q4 <= num_q3;
    shift_q4 <= shift_q3;
    inverse_q4 <= inverse[41:17];
  end

  // Clock 5: the quotient, of which eight bits are kept.
  logic [42:0] product, quotient;
  logic [7:0] asymmetry_q5;
  assign product = {41'(num_q4) * 41'(inverse_q4), 2'b00};
  assign quotient = product >> (4'(MaxShift) - shift_q4);
  always_ff @(posedge clk_i) asymmetry_q5 <= quotient[17:10];
  assign asymmetry_o = asymmetry_q5;

  logic unused;
  assign unused = ^{inverse, quotient, Latency[0]};
endmodule
