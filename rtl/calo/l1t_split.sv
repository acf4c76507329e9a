// SPDX-License-Identifier: Apache-2.0
//
// E and H of a tower from its ET and the rounded log2 of their ratio. The larger and the smaller
// one are fractions of ET in 1/128; both parts are cut to eight bits and wrap, as in the emulator.
//
// Twin: models/calo/l1t_split.h, l1t_split_e(), l1t_split_h(). Latency: 1.
module l1t_split (
  input  logic        clk_i,
  input  logic        valid_i,  // enables the output registers
  input  logic [15:0] word_i,   // tower
  output logic [7:0]  e_o,
  output logic [7:0]  h_o
);
  localparam int RatioLsb = l1t_formats_pkg::TowerRatioLsb;

  logic [8:0] et;
  logic zero, em;
  logic [6:0] small_part;
  logic [7:0] large_part;
  logic [16:0] small_product, large_product;
  logic [7:0] smaller, larger, e_d, h_d, e_q, h_q;

  assign et = word_i[8:0];
  assign zero = word_i[l1t_formats_pkg::TowerZeroLsb];
  assign em = word_i[l1t_formats_pkg::TowerEmLsb];

  // 128 / (1 + 2^ratio), rounded.
  always_comb begin
    case (word_i[RatioLsb +: 3])
      3'd0: small_part = 7'd64;
      3'd1: small_part = 7'd43;
      3'd2: small_part = 7'd26;
      3'd3: small_part = 7'd14;
      3'd4: small_part = 7'd8;
      3'd5: small_part = 7'd4;
      3'd6: small_part = 7'd2;
      default: small_part = 7'd1;
    endcase
  end
  assign large_part = 8'd128 - 8'(small_part);
  assign small_product = 17'(et) * 17'(small_part);
  assign large_product = 17'(et) * 17'(large_part);
  assign smaller = zero ? 8'd0 : small_product[14:7];
  assign larger = zero ? et[7:0] : large_product[14:7];
  assign e_d = em ? larger : smaller;
  assign h_d = em ? smaller : larger;

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      e_q <= e_d;
      h_q <= h_d;
    end
  end
  assign e_o = e_q;
  assign h_o = h_q;

  logic unused;
  assign unused = ^{word_i[15:14], small_product[16:15], small_product[6:0], large_product[16:15],
                    large_product[6:0]};
endmodule
