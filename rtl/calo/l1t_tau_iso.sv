// SPDX-License-Identifier: Apache-2.0
//
// Isolation of the taus of one row: ET of the window without the tau's own, at least 0, must be
// below the limit read at {eta bin, ET bin, nTT bin}; a limit above 255 always passes.
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_tau.c, l1t_tau_iso(). Latency: l1t_tau_pkg::IsoLatency.
module l1t_tau_iso #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                clk_i,
  input  logic [Lanes-1:0]    any_i,
  input  logic [1:0]          eta_bin_i,
  input  logic [4:0]          ntt_bin_i,
  input  logic [Lanes*5-1:0]  et_bin_i,
  input  logic [Lanes*14-1:0] raw_i,
  input  logic [Lanes*15-1:0] window_i,
  output logic [Lanes*15-1:0] iso_et_o,
  output logic [Lanes-1:0]    iso_o
);
  localparam int RawBits = l1t_tau_pkg::RawBits;
  localparam int WindowBits = l1t_tau_pkg::WindowBits;
  localparam int LimitWidth = 9;

  // Clock 1: the limit and the difference. Clock 2: at least 0. Clock 3: the comparison.
  logic [Lanes*12-1:0] addr;
  logic [Lanes*LimitWidth-1:0] limit;
  l1t_rom_lanes #(
    .Depth(4096), .Width(LimitWidth), .Ports(Lanes), .Init("l1t_tau_isolation.mem")
  ) u_isolation (
    .clk_i, .enable_i(any_i), .addr_i(addr), .data_o(limit)
  );

  localparam int RestBits = WindowBits + 1;  // bit WindowBits: negative
  logic [RestBits-1:0] rest_q;
  logic [WindowBits-1:0] iso_et_q2;
  logic [LimitWidth-1:0] limit_q2;
  logic [Lanes-1:0] any_q, any_q2, iso_d, iso_q3;
  logic [Lanes*RestBits-1:0] rests_d, rests_q;
  logic [Lanes*WindowBits-1:0] iso_ets_d, iso_ets_q2, iso_ets_q3;
  logic [Lanes*LimitWidth-1:0] limits_q2;
  always_comb begin
    rest_q = '0;
    iso_et_q2 = '0;
    limit_q2 = '0;
    addr = '0;
    rests_d = '0;
    iso_ets_d = '0;
    iso_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        addr[i*12 +: 12] = {eta_bin_i, et_bin_i[i*5 +: 5], ntt_bin_i};
        rests_d[i*RestBits +: RestBits] = {1'b0, window_i[i*WindowBits +: WindowBits]} -
                                          RestBits'(raw_i[i*RawBits +: RawBits]);
      end
      if (any_q[i]) begin
        rest_q = rests_q[i*RestBits +: RestBits];
        iso_ets_d[i*WindowBits +: WindowBits] =
            rest_q[WindowBits] ? '0 : rest_q[WindowBits-1:0];
      end
      if (any_q2[i]) begin
        iso_et_q2 = iso_ets_q2[i*WindowBits +: WindowBits];
        limit_q2 = limits_q2[i*LimitWidth +: LimitWidth];
        iso_d[i] = iso_et_q2 < WindowBits'(limit_q2) || limit_q2[LimitWidth-1];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    rests_q <= rests_d;
    iso_ets_q2 <= iso_ets_d;
    limits_q2 <= limit;
    iso_ets_q3 <= iso_ets_q2;
    iso_q3 <= iso_d;
  end
  assign iso_et_o = iso_ets_q3;
  assign iso_o = iso_q3;
endmodule
