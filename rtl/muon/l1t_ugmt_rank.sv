// SPDX-License-Identifier: Apache-2.0
//
// Rank of each muon: a table of quality and pt, with a port for each link.
//
// Twin: models/muon/l1t_ugmt_extrapolate.c, l1t_ugmt_rank(). Latency: 2 behind a slot's high word.
module l1t_ugmt_rank #(
  parameter int Lanes = 36  // links
) (
  input  logic                  clk_i,
  input  logic                  valid_i,    // a slot's high word is there
  input  logic [1:0]            slot_i,
  input  logic [Lanes*9-1:0]    pt_i,       // of the low word, there a clock before
  input  logic [Lanes*4-1:0]    quality_i,
  output logic [Lanes*3*10-1:0] rank_o      // muon_rank
);
  localparam int RankWidth = l1t_formats_pkg::MuonRankBits;
  localparam int Slots = l1t_ugmt_pkg::Slots;

  logic valid_q;
  logic [1:0] slot_q;
  always_ff @(posedge clk_i) begin
    valid_q <= valid_i;
    slot_q <= slot_i;
  end

  logic [Lanes*13-1:0] addr;
  logic [Lanes*RankWidth-1:0] data;
  l1t_rom #(.Depth(8192), .Width(RankWidth), .Ports(Lanes), .Init("l1t_ugmt_rank.mem")) u_rank (
    .clk_i, .addr_i(addr), .data_o(data)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [8:0] pt;
    logic empty_q;
    assign pt = pt_i[i*9 +: 9];
    assign addr[i*13 +: 13] = {quality_i[i*4 +: 4], pt};
    always_ff @(posedge clk_i) if (valid_i) empty_q <= pt == '0;

    for (genvar k = 0; k < Slots; k++) begin : g_slot
      logic [RankWidth-1:0] rank_q;
      always_ff @(posedge clk_i)
        if (valid_q && slot_q == 2'(k)) rank_q <= empty_q ? '0 : data[i*RankWidth +: RankWidth];
      assign rank_o[(i*Slots+k)*RankWidth +: RankWidth] = rank_q;
    end
  end
endmodule
