// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the jets of one ring, both sides: word = CAL[ETA[|m|], PT[min(ET, 511) / 2]] is a
// 10-bit multiplier and an 8-bit signed addend; ET' = (ET * multiplier >> 9) + addend, clipped to
// 65535. The sum counts as unsigned: a negative one becomes 65535 too. Of the two copies the one
// for HT leaves a saturated jet (65535) alone. A dropped jet (ET 0) gives zero.
//
// Twin: models/calo/l1t_jet_cal.c, l1t_jet_cal(). Latency: l1t_jet_pkg::CalLatency.
module l1t_jet_cal #(
  parameter int Lanes = 36
) (
  input  logic                clk_i,
  input  logic [5:0]          ring_i,
  input  logic [Lanes*32-1:0] pus_i,  // jet_pus
  output logic [Lanes-1:0]    any_o,  // jet not dropped
  output logic [Lanes*32-1:0] cal_o   // jet_cal
);
  localparam int WordWidth = 18;

  logic [Lanes*8-1:0] pt_addr;
  logic [Lanes*4-1:0] pt_bin;
  logic [3:0] eta_bin;
  logic [Lanes*11-1:0] cal_addr;
  logic [Lanes*WordWidth-1:0] cal_word;

  // Clock 1: bins. Clock 2: the word.
  l1t_rom #(.Depth(256), .Width(4), .Ports(Lanes), .Init("l1t_jet_pt_bin.mem")) u_pt_bin (
    .clk_i, .addr_i(pt_addr), .data_o(pt_bin)
  );
  l1t_rom #(.Depth(64), .Width(4), .Ports(1), .Init("l1t_jet_eta_bin.mem")) u_eta_bin (
    .clk_i, .addr_i(ring_i), .data_o(eta_bin)
  );
  l1t_rom #(
    .Depth(2048), .Width(WordWidth), .Ports(Lanes), .Init("l1t_jet_calibration.mem")
  ) u_calibration (
    .clk_i, .addr_i(cal_addr), .data_o(cal_word)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [15:0] et, et_q, et_q2, et_q3;
    logic [9:0] factor;
    logic [7:0] addend_q3;
    logic [25:0] product_q3;
    logic [17:0] sum;
    logic [15:0] cal_d, cal_q4, ht_q4;
    logic any_q4;

    assign et = pus_i[i*32 + l1t_formats_pkg::JetPusEtLsb +: 16];
    assign pt_addr[i*8 +: 8] = et > 16'd511 ? 8'd255 : et[8:1];
    assign cal_addr[i*11 +: 11] = {3'b0, eta_bin, pt_bin[i*4 +: 4]};

    // Clock 3: the product. Clock 4: addend and clip.
    assign factor = cal_word[i*WordWidth +: 10];
    assign sum = 18'(product_q3[25:9]) + {{10{addend_q3[7]}}, addend_q3};
    assign cal_d = sum[17] || sum[16] ? 16'hffff : sum[15:0];

    always_ff @(posedge clk_i) begin
      et_q <= et;
      et_q2 <= et_q;
      et_q3 <= et_q2;
      product_q3 <= 26'(et_q2) * 26'(factor);
      addend_q3 <= cal_word[i*WordWidth + 10 +: 8];
      any_q4 <= et_q3 != 16'd0;
      cal_q4 <= et_q3 == 16'd0 ? 16'd0 : cal_d;
      ht_q4 <= et_q3 == 16'd0 ? 16'd0 : et_q3 == 16'hffff ? 16'hffff : cal_d;
    end

    assign any_o[i] = any_q4;
    assign cal_o[i*32 +: 32] = {ht_q4, cal_q4};
  end
endmodule
