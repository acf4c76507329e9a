// SPDX-License-Identifier: Apache-2.0
//
// Bins of the tau tables: one compression table holds those of |ieta| (2 bits), ET and nTT (5
// bits). ET is clipped at 255. |ieta| and nTT are the same for all lanes of a row.
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_tau.c, eta_part() and et_part(). Latency: l1t_tau_pkg::BinsLatency.
module l1t_tau_bins #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                clk_i,
  input  logic [Lanes-1:0]    any_i,
  input  logic [5:0]          ring_i,
  input  logic [9:0]          ntt_i,
  input  logic [Lanes*14-1:0] raw_i,
  output logic [1:0]          eta_o,
  output logic [4:0]          ntt_o,
  output logic [Lanes*5-1:0]  et_o
);
  localparam int RawBits = l1t_tau_pkg::RawBits;
  localparam int Width = 5;
  localparam int Ports = Lanes + 2;

  logic [Ports*12-1:0] addr;
  logic [Ports*Width-1:0] bin;
  l1t_rom_lanes #(
    .Depth(4096), .Width(Width), .Ports(Ports), .Init("l1t_tau_compress.mem")
  ) u_compress (
    .clk_i, .enable_i({any_i, 2'b11}), .addr_i(addr), .data_o(bin)
  );

  logic [RawBits-1:0] raw;
  logic [7:0] clipped;
  always_comb begin
    raw = '0;
    clipped = '0;
    addr = '0;
    addr[0 +: 12] = {6'd0, ring_i};
    addr[12 +: 12] = 12'(l1t_tau_pkg::CompressNtt) + {2'b0, ntt_i};
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        raw = raw_i[i*RawBits +: RawBits];
        clipped = raw > RawBits'(255) ? 8'd255 : raw[7:0];
        addr[(i+2)*12 +: 12] = 12'(l1t_tau_pkg::CompressEt) + {4'b0, clipped};
      end
    end
  end

  assign eta_o = bin[1:0];
  assign ntt_o = bin[Width +: Width];
  assign et_o = bin[2*Width +: Lanes*Width];

  logic unused;
  assign unused = ^bin[4:2];
endmodule
