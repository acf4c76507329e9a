// SPDX-License-Identifier: Apache-2.0
//
// Look-up table with any number of read ports and registered outputs, filled from a memory image
// (one hexadecimal word a line). A port that is not enabled keeps its word, and a simulator skips it.
// In simulation the plusarg +l1t_mem_dir=DIR goes before the file name, so that one compiled model
// can load the tables of any configuration; synthesis reads the file of that name where it runs.
// Latency: 1.
//
// Twin: the tables of struct l1t_jet_config and its like.
module l1t_rom_lanes #(
  parameter int Depth = 256,
  parameter int Width = 4,
  parameter int Ports = 1,
  parameter     Init = ""
) (
  input  logic                           clk_i,
  input  logic [Ports-1:0]               enable_i,
  input  logic [Ports*$clog2(Depth)-1:0] addr_i,
  output logic [Ports*Width-1:0]         data_o
);
  localparam int AddrWidth = $clog2(Depth);

  logic [Width-1:0] mem[Depth];

`ifdef L1T_ROM_BLANK
  // Contents left open: for checks of structure that have no images at hand.
`elsif SYNTHESIS
  if (Init != "") begin : g_init
    initial $readmemh(Init, mem);
  end
`else
  initial begin : load
    string dir;
    if ($value$plusargs("l1t_mem_dir=%s", dir)) $readmemh({dir, "/", Init}, mem);
    else $readmemh(Init, mem);
  end
`endif

  logic [Ports*Width-1:0] data_q;
  always_ff @(posedge clk_i) begin
    for (int i = 0; i < Ports; i++) begin
      if (enable_i[i]) data_q[i*Width +: Width] <= mem[addr_i[i*AddrWidth +: AddrWidth]];
    end
  end
  assign data_o = data_q;
endmodule
