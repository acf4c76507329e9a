// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the e/gammas of one ring, both sides: pt = raw ET * factor / 256, at most 4095. The
// factor comes from a table whose address is put together from three parts, made of the shape
// before trimming, the raw ET (255 and more are one) and the ring by the compression table; the
// same word says whether this is the shape of a shower.
//
// The parts of ET and ring are needed for the isolation, too. The lanes are loops, which a simulator
// keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_cal(). Latency: 1 to the parts, 4 to pt_o.
module l1t_egamma_cal #(
  parameter int Lanes = 36
) (
  input  logic                clk_i,
  input  logic [Lanes-1:0]    any_i,       // lanes with a cluster; the others hold anything
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
  logic [Lanes-1:0] any_q, any_q2, any_q3;
  logic [Lanes*10-1:0] shape_addr, et_addr;
  logic [Lanes*12-1:0] shape_part, cal_addr;
  logic [Lanes*WordWidth-1:0] cal_word;

  assign eta_addr = 10'(l1t_egamma_pkg::CompressEta) + 10'(ring_i);

  // Clock 1: the parts. Clock 2: the word.
  l1t_rom_lanes #(
    .Depth(1024), .Width(12), .Ports(2 * Lanes + 1), .Init("l1t_egamma_compress.mem")
  ) u_compress (
    .clk_i, .enable_i({any_i != '0, any_i, any_i}), .addr_i({eta_addr, et_addr, shape_addr}),
    .data_o({eta_part_o, et_part_o, shape_part})
  );
  l1t_rom_lanes #(
    .Depth(4096), .Width(WordWidth), .Ports(Lanes), .Init("l1t_egamma_calibration.mem")
  ) u_calibration (
    .clk_i, .enable_i(any_q), .addr_i(cal_addr), .data_o(cal_word)
  );

  logic [11:0] raw;
  logic [7:0] bin;
  always_comb begin
    raw = '0;
    bin = '0;
    shape_addr = '0;
    et_addr = '0;
    cal_addr = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        raw = raw_i[i*12 +: 12];
        shape_addr[i*10 +: 10] =
            10'(l1t_egamma_pkg::CompressShape) + 10'(shape_i[i*7 +: 7]);
        bin = raw > 12'd255 ? 8'd255 : raw[7:0];
        et_addr[i*10 +: 10] = 10'(l1t_egamma_pkg::CompressEt) + 10'(bin);
      end
      if (any_q[i]) begin
        cal_addr[i*12 +: 12] = shape_part[i*12 +: 12] | et_part_o[i*12 +: 12] | eta_part_o;
      end
    end
  end

  // Clock 3: the product. Clock 4: clip.
  logic [20:0] product_q3;
  logic [Lanes-1:0] shape_ok_d3, shape_ok_q3, shape_ok_q4;
  logic [Lanes*12-1:0] raw_q, raw_q2, pt_d4, pt_q4;
  logic [Lanes*21-1:0] products_d3, products_q3;

  always_comb begin
    product_q3 = '0;
    shape_ok_d3 = '0;
    products_d3 = '0;
    pt_d4 = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q2[i]) begin
        shape_ok_d3[i] = cal_word[i*WordWidth + 9];
        products_d3[i*21 +: 21] = 21'(raw_q2[i*12 +: 12]) * 21'(cal_word[i*WordWidth +: 9]);
      end
      if (any_q3[i]) begin
        product_q3 = products_q3[i*21 +: 21];
        pt_d4[i*12 +: 12] = product_q3[20] ? 12'hfff : product_q3[19:8];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    any_q3 <= any_q2;
    raw_q <= raw_i;
    raw_q2 <= raw_q;
    products_q3 <= products_d3;
    shape_ok_q3 <= shape_ok_d3;
    pt_q4 <= pt_d4;
    shape_ok_q4 <= shape_ok_q3;
  end
  assign pt_o = pt_q4;
  assign shape_ok_o = shape_ok_q4;
endmodule
