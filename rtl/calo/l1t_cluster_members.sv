// SPDX-License-Identifier: Apache-2.0
//
// Members of one cluster: neighbours with at least member_min_i, the second one north or south only
// behind a first one. Of east and west the side with more ET is kept, east when they are equal; the
// flags of the other one are cleared.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster_flags() and l1t_cluster_members(). Latency: 2.
module l1t_cluster_members (
  input  logic         clk_i,
  input  logic [8:0]   member_min_i,
  input  logic         any_i,
  input  logic [239:0] core_i,    // l1t_calo_pkg
  output logic [11:0]  flags_o,   // of cluster_cand; 0 without a cluster
  output logic [1:0]   fg_eta_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;

  // Clock 1: who is a member. Flags by number: 1 NW, 2 N, 3 NE, 4 E, 5 SE, 6 S, 7 SW, 8 W, 9 NN,
  // 10 SS.
  logic any_q;
  for (genvar b = 1; b <= 10; b++) begin : g_tower
    localparam int P = 32'(l1t_calo_pkg::MemberPlace[b*4 +: 4]);
    logic [EtWidth-1:0] et;
    logic above;
    assign et = core_i[P*16 +: EtWidth];
    assign above = et >= member_min_i;
  end
  for (genvar b = 1; b <= 10; b++) begin : g_member
    logic member_q;
    if (b == 9) begin : g_second_north
      always_ff @(posedge clk_i) if (any_i) member_q <= g_tower[9].above && g_tower[2].above;
    end else begin : g_first
      if (b == 10) begin : g_second_south
        always_ff @(posedge clk_i) if (any_i) member_q <= g_tower[10].above && g_tower[6].above;
      end else begin : g_ring
        always_ff @(posedge clk_i) if (any_i) member_q <= g_tower[b].above;
      end
    end
  end
  // The six of the two sides bring their ET along.
  for (genvar i = 0; i < 6; i++) begin : g_side
    localparam int B = i < 3 ? i + 3 : i == 3 ? 1 : i + 3;  // NE E SE, NW SW W
    logic [10:0] et_q;
    always_ff @(posedge clk_i) if (any_i) et_q <= g_tower[B].above ? 11'(g_tower[B].et) : '0;
  end
  always_ff @(posedge clk_i) any_q <= any_i;

  // Clock 2: which side.
  logic [10:0] east, west;
  logic right;
  logic [11:0] flags_q;
  logic [1:0] fg_eta_q;
  assign east = g_side[0].et_q + g_side[1].et_q + g_side[2].et_q;
  assign west = g_side[3].et_q + g_side[4].et_q + g_side[5].et_q;
  assign right = east >= west;

  always_ff @(posedge clk_i) begin
    if (any_q) begin
      flags_q <= {right, g_member[10].member_q, g_member[9].member_q,
                  g_member[8].member_q && !right, g_member[7].member_q && !right,
                  g_member[6].member_q, g_member[5].member_q && right,
                  g_member[4].member_q && right, g_member[3].member_q && right,
                  g_member[2].member_q, g_member[1].member_q && !right, 1'b1};
      fg_eta_q <= east > west ? 2'd2 : east < west ? 2'd1 : 2'd0;
    end else begin
      flags_q <= '0;
      fg_eta_q <= '0;
    end
  end
  assign flags_o = flags_q;
  assign fg_eta_o = fg_eta_q;

  logic unused;
  assign unused = ^core_i;
endmodule
