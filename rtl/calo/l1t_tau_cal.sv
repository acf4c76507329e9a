// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the taus of one row: pt = min(raw, 8191) * factor / 512, clipped to 4095; the
// factor is read at {eta bin, ET bin, the seed has E, merged}.
//
// Twin: models/calo/l1t_tau.c, l1t_tau_cal(). Latency: l1t_tau_pkg::CalLatency.
module l1t_tau_cal #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                clk_i,
  input  logic [Lanes-1:0]    any_i,
  input  logic [1:0]          eta_bin_i,
  input  logic [Lanes*5-1:0]  et_bin_i,
  input  logic [Lanes*14-1:0] raw_i,
  input  logic [Lanes-1:0]    em_i,
  input  logic [Lanes-1:0]    merged_i,
  output logic [Lanes*12-1:0] pt_o
);
  localparam int RawBits = l1t_tau_pkg::RawBits;
  localparam int FactorWidth = 10;

  // Clock 1: the factor. Clock 2: the product. Clock 3: the clip.
  logic [Lanes*9-1:0] addr;
  logic [Lanes*FactorWidth-1:0] factor;
  l1t_rom #(
    .Depth(512), .Width(FactorWidth), .Ports(Lanes), .Init("l1t_tau_calibration.mem")
  ) u_calibration (
    .clk_i, .addr_i(addr), .data_o(factor)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic any_q, any_q2;
    logic [RawBits-1:0] raw;
    logic [12:0] clipped_q;
    logic [22:0] product_q2;
    logic [11:0] pt_q3;

    assign addr[i*9 +: 9] = {eta_bin_i, et_bin_i[i*5 +: 5], em_i[i], merged_i[i]};
    assign raw = raw_i[i*RawBits +: RawBits];
    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      any_q2 <= any_q;
      if (any_i[i]) clipped_q <= raw[13] ? 13'd8191 : raw[12:0];
      if (any_q) product_q2 <= 23'(clipped_q) * 23'(factor[i*FactorWidth +: FactorWidth]);
      if (any_q2) pt_q3 <= product_q2[22:21] != '0 ? 12'd4095 : product_q2[20:9];
    end
    assign pt_o[i*12 +: 12] = pt_q3;
  end
endmodule
