// SPDX-License-Identifier: Apache-2.0
//
// Which muons of a list have a valid positive or negative charge.
//
// Twin: models/gt/l1t_gt_cuts.c, l1t_gt_charges_hold(). Latency: 1.
module l1t_gt_signs #(
  parameter int Slots = 8
) (
  input  logic                                      clk_i,
  input  logic [Slots*l1t_gt_pkg::ObjectWidth-1:0]  list_i,
  output logic [Slots-1:0]                          positive_o,
  output logic [Slots-1:0]                          negative_o
);
  localparam int Lsb = l1t_formats_pkg::GtObjectChargeLsb;

  for (genvar s = 0; s < Slots; s++) begin : g_slot
    logic negative, valid;
    assign {valid, negative} = list_i[s*l1t_gt_pkg::ObjectWidth + Lsb +: 2];
    always_ff @(posedge clk_i) begin
      positive_o[s] <= valid && !negative;
      negative_o[s] <= valid && negative;
    end
  end

  logic unused;
  assign unused = ^list_i;
endmodule
