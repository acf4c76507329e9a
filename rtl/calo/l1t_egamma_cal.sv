// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the e/gammas of one ring, both sides: pt = raw ET * factor / 256, at most 4095. The
// factor comes from a table whose address is put together from three parts, made of the shape
// before trimming, the raw ET (255 and more are one) and the ring by the compression table; the
// same word says whether this is the shape of a shower.
//
// The parts of ET and ring are needed for the isolation, too.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_cal(). Latency: 1 to the parts, 4 to pt_o.
module l1t_egamma_cal #(
  parameter int Lanes = 36
) (
  input  logic                clk_i,
  input  logic [5:0]          ring_i,
  input  logic [Lanes*7-1:0]  shape_i,
  input  logic [Lanes*12-1:0] raw_i,
  output logic [11:0]         eta_part_o,
  output logic [Lanes*12-1:0] et_part_o,
  output logic [Lanes-1:0]    shape_ok_o,
  output logic [Lanes*12-1:0] pt_o
);
  localparam int WordWidth = 10;

  logic [9:0] eta_addr;
  logic [Lanes*10-1:0] shape_addr, et_addr;
  logic [Lanes*12-1:0] shape_part, cal_addr;
  logic [Lanes*WordWidth-1:0] cal_word;

  assign eta_addr = 10'(l1t_egamma_pkg::CompressEta) + 10'(ring_i);

  // Clock 1: the parts. Clock 2: the word.
  l1t_rom #(
    .Depth(1024), .Width(12), .Ports(2 * Lanes + 1), .Init("l1t_egamma_compress.mem")
  ) u_compress (
    .clk_i, .addr_i({eta_addr, et_addr, shape_addr}),
    .data_o({eta_part_o, et_part_o, shape_part})
  );
  l1t_rom #(
    .Depth(4096), .Width(WordWidth), .Ports(Lanes), .Init("l1t_egamma_calibration.mem")
  ) u_calibration (
    .clk_i, .addr_i(cal_addr), .data_o(cal_word)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [11:0] raw, raw_q, raw_q2, pt_q4;
    logic [7:0] bin;
    logic [20:0] product_q3;
    logic shape_ok_q3, shape_ok_q4;

    assign raw = raw_i[i*12 +: 12];
    assign bin = raw > 12'd255 ? 8'd255 : raw[7:0];
    assign shape_addr[i*10 +: 10] =
        10'(l1t_egamma_pkg::CompressShape) + 10'(shape_i[i*7 +: 7]);
    assign et_addr[i*10 +: 10] = 10'(l1t_egamma_pkg::CompressEt) + 10'(bin);
    assign cal_addr[i*12 +: 12] = shape_part[i*12 +: 12] | et_part_o[i*12 +: 12] | eta_part_o;

    // Clock 3: the product. Clock 4: clip.
    always_ff @(posedge clk_i) begin
      raw_q <= raw;
      raw_q2 <= raw_q;
      product_q3 <= 21'(raw_q2) * 21'(cal_word[i*WordWidth +: 9]);
      shape_ok_q3 <= cal_word[i*WordWidth + 9];
      pt_q4 <= product_q3[20] ? 12'hfff : product_q3[19:8];
      shape_ok_q4 <= shape_ok_q3;
    end

    assign pt_o[i*12 +: 12] = pt_q4;
    assign shape_ok_o[i] = shape_ok_q4;
  end
endmodule
