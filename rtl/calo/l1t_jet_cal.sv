// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the jets of one ring, both sides: word = CAL[ETA[|m|], PT[min(ET, 511) / 2]] is a
// 10-bit multiplier and an 8-bit signed addend; ET' = (ET * multiplier >> 9) + addend, clipped to
// 65535. The sum counts as unsigned: a negative one becomes 65535 too. Of the two copies the one
// for HT leaves a saturated jet (65535) alone. A dropped jet (ET 0) gives zero.
// The lanes are loops, which a simulator keeps and in which it skips those without a jet.
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

  logic [Lanes-1:0] some, some_q, some_q2, some_q3, some_q4;
  logic [Lanes*8-1:0] pt_addr;
  logic [Lanes*4-1:0] pt_bin;
  logic [3:0] eta_bin;
  logic [Lanes*11-1:0] cal_addr;
  logic [Lanes*WordWidth-1:0] cal_word;

  // Clock 1: bins. Clock 2: the word.
  l1t_rom_lanes #(.Depth(256), .Width(4), .Ports(Lanes), .Init("l1t_jet_pt_bin.mem")) u_pt_bin (
    .clk_i, .enable_i(some), .addr_i(pt_addr), .data_o(pt_bin)
  );
  l1t_rom #(.Depth(64), .Width(4), .Ports(1), .Init("l1t_jet_eta_bin.mem")) u_eta_bin (
    .clk_i, .addr_i(ring_i), .data_o(eta_bin)
  );
  l1t_rom_lanes #(
    .Depth(2048), .Width(WordWidth), .Ports(Lanes), .Init("l1t_jet_calibration.mem")
  ) u_calibration (
    .clk_i, .enable_i(some_q), .addr_i(cal_addr), .data_o(cal_word)
  );

  logic [15:0] et;
  logic [Lanes*16-1:0] ets_d, ets_q, ets_q2, ets_q3;
  always_comb begin
    et = '0;
    some = '0;
    pt_addr = '0;
    cal_addr = '0;
    ets_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      et = pus_i[i*32 + l1t_formats_pkg::JetPusEtLsb +: 16];
      if (et != 16'd0) begin
        some[i] = 1'b1;
        pt_addr[i*8 +: 8] = et > 16'd511 ? 8'd255 : et[8:1];
        ets_d[i*16 +: 16] = et;
      end
      if (some_q[i]) cal_addr[i*11 +: 11] = {3'b0, eta_bin, pt_bin[i*4 +: 4]};
    end
  end

  // Clock 3: the product. Clock 4: addend and clip.
  localparam int FactorWidth = 10;
  localparam int AddendWidth = 8;
  logic [7:0] addend_q3;
  logic [25:0] product_q3;
  logic [17:0] sum;
  logic [15:0] et_q3, cal_d, ht_d;
  logic [Lanes*26-1:0] products_d, products_q3;
  logic [Lanes*AddendWidth-1:0] addends_d, addends_q3;
  logic [Lanes*32-1:0] cals_d, cals_q4;
  always_comb begin
    {sum, addend_q3, product_q3, et_q3, cal_d, ht_d} = '0;
    products_d = '0;
    addends_d = '0;
    cals_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (some_q2[i]) begin
        products_d[i*26 +: 26] =
            26'(ets_q2[i*16 +: 16]) * 26'(cal_word[i*WordWidth +: FactorWidth]);
        addends_d[i*AddendWidth +: AddendWidth] =
            cal_word[i*WordWidth + FactorWidth +: AddendWidth];
      end
      if (some_q3[i]) begin
        product_q3 = products_q3[i*26 +: 26];
        addend_q3 = addends_q3[i*AddendWidth +: AddendWidth];
        et_q3 = ets_q3[i*16 +: 16];
        sum = 18'(product_q3[25:9]) + {{10{addend_q3[7]}}, addend_q3};
        cal_d = sum[17] || sum[16] ? 16'hffff : sum[15:0];
        ht_d = et_q3 == 16'hffff ? 16'hffff : cal_d;
        cals_d[i*32 +: 32] = {ht_d, cal_d};
      end
    end
  end

  always_ff @(posedge clk_i) begin
    some_q <= some;
    some_q2 <= some_q;
    some_q3 <= some_q2;
    some_q4 <= some_q3;
    ets_q <= ets_d;
    ets_q2 <= ets_q;
    ets_q3 <= ets_q2;
    products_q3 <= products_d;
    addends_q3 <= addends_d;
    cals_q4 <= cals_d;
  end
  assign any_o = some_q4;
  assign cal_o = cals_q4;
endmodule
