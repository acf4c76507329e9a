// SPDX-License-Identifier: Apache-2.0
//
// l1t_rom_lanes whose ports are all enabled. Latency: 1.
//
// Twin: the tables of struct l1t_jet_config and its like.
module l1t_rom #(
  parameter int Depth = 256,
  parameter int Width = 4,
  parameter int Ports = 1,
  parameter     Init = ""
) (
  input  logic                           clk_i,
  input  logic [Ports*$clog2(Depth)-1:0] addr_i,
  output logic [Ports*Width-1:0]         data_o
);
  l1t_rom_lanes #(.Depth(Depth), .Width(Width), .Ports(Ports), .Init(Init)) u_lanes (
    .clk_i, .enable_i({Ports{1'b1}}), .addr_i, .data_o
  );
endmodule
