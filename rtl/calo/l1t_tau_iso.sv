// SPDX-License-Identifier: Apache-2.0
//
// Isolation of the taus of one row: ET of the window without the tau's own, at least 0, must be
// below the limit read at {eta bin, ET bin, nTT bin}; a limit above 255 always passes.
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
  l1t_rom #(
    .Depth(4096), .Width(LimitWidth), .Ports(Lanes), .Init("l1t_tau_isolation.mem")
  ) u_isolation (
    .clk_i, .addr_i(addr), .data_o(limit)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic any_q, any_q2, iso_q3;
    logic [WindowBits:0] rest_q;  // bit WindowBits: negative
    logic [WindowBits-1:0] iso_et_q2, iso_et_q3;
    logic [LimitWidth-1:0] limit_q2;

    assign addr[i*12 +: 12] = {eta_bin_i, et_bin_i[i*5 +: 5], ntt_bin_i};
    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      any_q2 <= any_q;
      if (any_i[i]) begin
        rest_q <= {1'b0, window_i[i*WindowBits +: WindowBits]} -
                  (WindowBits+1)'(raw_i[i*RawBits +: RawBits]);
      end
      if (any_q) begin
        iso_et_q2 <= rest_q[WindowBits] ? '0 : rest_q[WindowBits-1:0];
        limit_q2 <= limit[i*LimitWidth +: LimitWidth];
      end
      if (any_q2) begin
        iso_et_q3 <= iso_et_q2;
        iso_q3 <= iso_et_q2 < WindowBits'(limit_q2) || limit_q2[LimitWidth-1];
      end
    end
    assign iso_et_o[i*WindowBits +: WindowBits] = iso_et_q3;
    assign iso_o[i] = iso_q3;
  end
endmodule
