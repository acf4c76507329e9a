// SPDX-License-Identifier: Apache-2.0
//
// What is measured on the clusters of one row, both sides: ET, E and H of the seed and the members,
// and of the seed alone whether it is mostly electromagnetic (E over H above a limit of barrel or
// endcap) and its fine-grain bit. The lanes are one loop, which a simulator keeps and in which it
// skips those without a cluster.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster_measure(). Latency: 3.
module l1t_cluster_measure #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                 clk_i,
  input  logic [2:0]           hoe_ratio_i,  // of this ring
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*960-1:0] tile_i,       // l1t_calo_pkg
  input  logic [Lanes*12-1:0]  flags_i,      // l1t_cluster_members, two clocks later
  output logic [Lanes*12-1:0]  et_o,         // all zero without a cluster
  output logic [Lanes*12-1:0]  em_o,
  output logic [Lanes*12-1:0]  had_o,
  output logic [Lanes-1:0]     hoe_o,
  output logic [Lanes-1:0]     fg_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int RatioLsb = l1t_formats_pkg::TowerRatioLsb;
  localparam int ZeroLsb = l1t_formats_pkg::TowerZeroLsb;
  localparam int EmLsb = l1t_formats_pkg::TowerEmLsb;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Towers = 11;  // the seed and its members
  localparam int EtBits = Towers * EtWidth;
  localparam int PartBits = Towers * 8;

  // Clock 1: ET, E and H of every tower. Clock 2: they wait for the flags.
  logic [15:0] tower;
  logic [7:0] share;
  logic [EtBits-1:0] ets;
  logic [PartBits-1:0] ems, hads;
  logic [Lanes*EtBits-1:0] ets_d, ets_q, ets_q2;
  logic [Lanes*PartBits-1:0] ems_d, ems_q, ems_q2, hads_d, hads_q, hads_q2;
  logic [Lanes-1:0] any_q, hoe_d, hoe_q, hoe_q2, fg_d, fg_q, fg_q2;

  always_comb begin
    tower = '0;
    share = '0;
    ets = '0;
    ems = '0;
    hads = '0;
    ets_d = '0;
    ems_d = '0;
    hads_d = '0;
    hoe_d = '0;
    fg_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        for (int b = 0; b < Towers; b++) begin
          tower = tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[b*6 +: 6])*16 +: 16];
          share = l1t_split_pkg::share(tower[RatioLsb +: 3], tower[ZeroLsb], tower[EmLsb]);
          ets[b*EtWidth +: EtWidth] = tower[0 +: EtWidth];
          ems[b*8 +: 8] = l1t_split_pkg::part(tower[0 +: EtWidth], share);
          hads[b*8 +: 8] = l1t_split_pkg::part(tower[0 +: EtWidth], 8'd128 - share);
        end
        ets_d[i*EtBits +: EtBits] = ets;
        ems_d[i*PartBits +: PartBits] = ems;
        hads_d[i*PartBits +: PartBits] = hads;
        tower = tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[0 +: 6])*16 +: 16];
        hoe_d[i] = tower[EmLsb] && (tower[ZeroLsb] || tower[RatioLsb +: 3] > hoe_ratio_i);
        fg_d[i] = tower[l1t_formats_pkg::TowerFinegrainLsb];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    if (any_i != '0) begin
      ets_q <= ets_d;
      ems_q <= ems_d;
      hads_q <= hads_d;
    end
    if (any_q != '0) begin
      ets_q2 <= ets_q;
      ems_q2 <= ems_q;
      hads_q2 <= hads_q;
    end
    hoe_q <= hoe_d;
    hoe_q2 <= hoe_q;
    fg_q <= fg_d;
    fg_q2 <= fg_q;
  end

  // Clock 3: sums. Flag 0, valid, is the seed's; without it there is nothing to add. What is no
  // member adds zero: synthesis sees one sum of eleven numbers, not eleven choices in a row.
  logic [11:0] flags, et, em, had;
  logic [EtBits-1:0] ets_of;
  logic [PartBits-1:0] ems_of, hads_of;
  logic [Lanes*12-1:0] et_d, em_d, had_d, et_q3, em_q3, had_q3;
  logic [Lanes-1:0] hoe_d3, fg_d3, hoe_q3, fg_q3;
  always_comb begin
    flags = '0;
    et = '0;
    em = '0;
    had = '0;
    ets_of = '0;
    ems_of = '0;
    hads_of = '0;
    et_d = '0;
    em_d = '0;
    had_d = '0;
    hoe_d3 = '0;
    fg_d3 = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (flags_i[i*12]) begin
        flags = flags_i[i*12 +: 12];
        ets_of = ets_q2[i*EtBits +: EtBits];
        ems_of = ems_q2[i*PartBits +: PartBits];
        hads_of = hads_q2[i*PartBits +: PartBits];
        et = '0;
        em = '0;
        had = '0;
        for (int b = 0; b < Towers; b++) begin
          et = et + (flags[b] ? 12'(ets_of[b*EtWidth +: EtWidth]) : 12'd0);
          em = em + (flags[b] ? 12'(ems_of[b*8 +: 8]) : 12'd0);
          had = had + (flags[b] ? 12'(hads_of[b*8 +: 8]) : 12'd0);
        end
        et_d[i*12 +: 12] = et;
        em_d[i*12 +: 12] = em;
        had_d[i*12 +: 12] = had;
        hoe_d3[i] = hoe_q2[i];
        fg_d3[i] = fg_q2[i];
      end
    end
  end
  always_ff @(posedge clk_i) begin
    et_q3 <= et_d;
    em_q3 <= em_d;
    had_q3 <= had_d;
    hoe_q3 <= hoe_d3;
    fg_q3 <= fg_d3;
  end
  assign et_o = et_q3;
  assign em_o = em_q3;
  assign had_o = had_q3;
  assign hoe_o = hoe_q3;
  assign fg_o = fg_q3;

  logic unused;
  assign unused = ^{tile_i, flags[11]};
endmodule
