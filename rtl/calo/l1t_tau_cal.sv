// SPDX-License-Identifier: Apache-2.0
//
// Calibration of the taus of one row: pt = min(raw, 8191) * factor / 512, clipped to 4095; the
// factor is read at {eta bin, ET bin, the seed has E, merged}.
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
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
  l1t_rom_lanes #(
    .Depth(512), .Width(FactorWidth), .Ports(Lanes), .Init("l1t_tau_calibration.mem")
  ) u_calibration (
    .clk_i, .enable_i(any_i), .addr_i(addr), .data_o(factor)
  );

  logic [RawBits-1:0] raw;
  logic [22:0] product_q2;
  logic [Lanes-1:0] any_q, any_q2;
  logic [Lanes*13-1:0] clipped_d, clipped_q;
  logic [Lanes*23-1:0] products_d, products_q2;
  logic [Lanes*12-1:0] pt_d, pt_q3;
  always_comb begin
    raw = '0;
    product_q2 = '0;
    addr = '0;
    clipped_d = '0;
    products_d = '0;
    pt_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        addr[i*9 +: 9] = {eta_bin_i, et_bin_i[i*5 +: 5], em_i[i], merged_i[i]};
        raw = raw_i[i*RawBits +: RawBits];
        clipped_d[i*13 +: 13] = raw[13] ? 13'd8191 : raw[12:0];
      end
      if (any_q[i]) begin
        products_d[i*23 +: 23] =
            23'(clipped_q[i*13 +: 13]) * 23'(factor[i*FactorWidth +: FactorWidth]);
      end
      if (any_q2[i]) begin
        product_q2 = products_q2[i*23 +: 23];
        pt_d[i*12 +: 12] = product_q2[22:21] != '0 ? 12'd4095 : product_q2[20:9];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    clipped_q <= clipped_d;
    products_q2 <= products_d;
    pt_q3 <= pt_d;
  end
  assign pt_o = pt_q3;
endmodule
