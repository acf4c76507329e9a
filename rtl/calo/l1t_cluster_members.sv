// SPDX-License-Identifier: Apache-2.0
//
// Members of the clusters of one row, both sides: neighbours with at least member_min_i, the second
// one north or south only behind a first one. Of east and west the side with more ET is kept, east
// when they are equal; the flags of the other one are cleared. The lanes are one loop, which a
// simulator keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster_flags() and l1t_cluster_members(). Latency: 2.
module l1t_cluster_members #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                 clk_i,
  input  logic [8:0]           member_min_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*960-1:0] tile_i,    // l1t_calo_pkg
  output logic [Lanes*12-1:0]  flags_o,   // of cluster_cand; 0 without a cluster
  output logic [Lanes*2-1:0]   fg_eta_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Members = 10;
  localparam int SideWidth = 3 * EtWidth;

  // Flags by number: 1 NW, 2 N, 3 NE, 4 E, 5 SE, 6 S, 7 SW, 8 W, 9 NN, 10 SS.
  localparam logic [Members:1] East = 10'b00_0001_1100;
  localparam logic [Members:1] West = 10'b00_1100_0001;

  // Clock 1: who is a member. The three of each side bring their ET along.
  logic [EtWidth-1:0] et;
  logic [Members:1] above;
  logic [(Members+1)*EtWidth-1:0] counted;
  logic [Lanes-1:0] any_q;
  logic [Lanes*Members-1:0] member_d, member_q;
  logic [Lanes*SideWidth-1:0] east_d, east_q, west_d, west_q;

  always_comb begin
    et = '0;
    above = '0;
    counted = '0;
    member_d = '0;
    east_d = '0;
    west_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        for (int b = 1; b <= Members; b++) begin
          et = tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[b*6 +: 6])*16 +: EtWidth];
          above[b] = et >= member_min_i;
          counted[b*EtWidth +: EtWidth] = above[b] ? et : '0;
        end
        member_d[i*Members +: Members] =
            {above[10] && above[6], above[9] && above[2], above[8:1]};
        east_d[i*SideWidth +: SideWidth] = counted[3*EtWidth +: SideWidth];
        west_d[i*SideWidth +: SideWidth] =
            {counted[7*EtWidth +: 2*EtWidth], counted[EtWidth +: EtWidth]};
      end
    end
  end

  // Clock 2: which side.
  logic [SideWidth-1:0] parts;
  logic [10:0] east, west;
  logic right;
  logic [Lanes*12-1:0] flags_d, flags_q;
  logic [Lanes*2-1:0] fg_eta_d, fg_eta_q;

  always_comb begin
    parts = '0;
    east = '0;
    west = '0;
    right = 1'b0;
    flags_d = '0;
    fg_eta_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q[i]) begin
        parts = east_q[i*SideWidth +: SideWidth];
        east = 11'(parts[0 +: EtWidth]) + 11'(parts[EtWidth +: EtWidth]) +
               11'(parts[2*EtWidth +: EtWidth]);
        parts = west_q[i*SideWidth +: SideWidth];
        west = 11'(parts[0 +: EtWidth]) + 11'(parts[EtWidth +: EtWidth]) +
               11'(parts[2*EtWidth +: EtWidth]);
        right = east >= west;
        flags_d[i*12 +: 12] =
            {right, member_q[i*Members +: Members] & ~(right ? West : East), 1'b1};
        fg_eta_d[i*2 +: 2] = east > west ? 2'd2 : east < west ? 2'd1 : 2'd0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    if (any_i != '0) begin
      member_q <= member_d;
      east_q <= east_d;
      west_q <= west_d;
    end
    flags_q <= flags_d;
    fg_eta_q <= fg_eta_d;
  end
  assign flags_o = flags_q;
  assign fg_eta_o = fg_eta_q;

  logic unused;
  assign unused = ^tile_i;
endmodule
