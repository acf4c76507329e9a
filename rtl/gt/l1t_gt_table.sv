// SPDX-License-Identifier: Apache-2.0
//
// Table with many read ports and registered outputs: l1t_rom with its ports in a loop, because
// simulators are slow with 144 of them written out. +l1t_mem_dir=DIR goes before the file name.
//
// Twin: the tables of struct l1t_gt_tables. Latency: 1.
module l1t_gt_table #(
  parameter int Depth = 256,
  parameter int Width = 8,
  parameter int Ports = 2,
  parameter     Init = ""
) (
  input  logic                           clk_i,
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

  always_ff @(posedge clk_i) begin
    for (int p = 0; p < Ports; p++) data_o[p*Width +: Width] <= mem[addr_i[p*AddrWidth +: AddrWidth]];
  end
endmodule
