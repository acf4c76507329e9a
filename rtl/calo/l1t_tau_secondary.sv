// SPDX-License-Identifier: Apache-2.0
//
// The secondary cluster beside each main cluster of a row: of eight sites around the main seed
// those that carry a seed of their own (the maximum of their 3x3 towers), their clusters with the
// members of both sides, and the one that is to be merged. Sites, de towards positive eta, dp in
// phi:
//
//   group A  0 (0,+3)  1 (-1,+2)  2 (0,+2)  3 (+1,+2)
//   group B  7 (0,-3)  4 (-1,-2)  5 (0,-2)  6 (+1,-2)
//
// A group's furthest site goes first, then its middle one unless the main cluster holds that tower,
// then the larger of the pair, on equal ET the one nearer to eta 0. (Neighbours are never both
// maxima, so only a pair can really compete.) Of both groups the larger wins, on equal ET group B.
// If the pair 4, 6 ties, its winner beats any of group A: the reference writes it there, over A's
// own.
//
// overlap_o: members of the main cluster (order of the flags from NW on) that are members of the
// secondary one, too. Without a secondary cluster merged_o is 0 and so is everything else. Lanes:
// Slots of positive eta, then as many of negative. The sites of all lanes are one loop, which a
// simulator keeps and in which it skips empty lanes.
//
// Twin: models/calo/l1t_tau.c, l1t_tau_secondary(). Latency: l1t_tau_pkg::SecondaryLatency from the
// tile; flags_i comes three clocks after it.
module l1t_tau_secondary #(
  parameter int Slots = l1t_calo_pkg::Slots
) (
  input  logic                   clk_i,
  input  logic [8:0]             seed_min_i,
  input  logic [8:0]             member_min_i,
  input  logic [2*Slots-1:0]     any_i,
  input  logic [2*Slots*960-1:0] tile_i,    // l1t_calo_pkg
  input  logic [2*Slots*12-1:0]  flags_i,   // of cluster_cand
  output logic [2*Slots-1:0]     merged_o,
  output logic [2*Slots*3-1:0]   site_o,
  output logic [2*Slots*13-1:0]  et_o,
  output logic [2*Slots*10-1:0]  overlap_o
);
  localparam int Lanes = 2 * Slots;
  localparam int Sites = l1t_tau_pkg::Sites;
  localparam int Places = Lanes * Sites;  // site s of lane i is place i * Sites + s
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Members = l1t_tau_pkg::Members;
  localparam int SumWidth = l1t_tau_pkg::SecondaryBits;
  localparam int CoreBits = l1t_tau_pkg::CoreBits;
  localparam int FlagNN = 9;  // of cluster_cand
  localparam int FlagSS = 10;

  // Words of the tile: the sites, 7 first; a step east; a step south.
  localparam logic [Sites*6-1:0] SiteAt =
      {6'd26, 6'd39, 6'd27, 6'd15, 6'd43, 6'd31, 6'd19, 6'd32};
  localparam int East = l1t_calo_pkg::TilePhis * Pitch;
  localparam int South = Pitch;

  // Members in the order of their flags.
  localparam int NW = 0;
  localparam int N = 1;
  localparam int NE = 2;
  localparam int E = 3;
  localparam int SE = 4;
  localparam int S = 5;
  localparam int SW = 6;
  localparam int W = 7;
  localparam int NN = 8;
  localparam int SS = 9;

  // Clock 1: the towers of each site, the seed first, then the members; seeds, and which members
  // have energy. The second tower in phi counts only behind a first one.
  logic [CoreBits-1:0] core;
  logic [EtWidth-1:0] seed;
  logic [Members-1:0] above;
  logic maximum;
  logic [Places-1:0] active_d, active_q, active_q2;
  logic [Places*CoreBits-1:0] core_d, core_q;
  logic [Places*Members-1:0] member_d, member_q, member_q2;

  always_comb begin
    active_d = '0;
    core_d = core_q;
    member_d = '0;
    core = '0;
    seed = '0;
    above = '0;
    maximum = 1'b0;
    for (int p = 0; p < Places; p++) begin
      // Most sites have no seed: a simulator then leaves the rest out.
      seed = '0;
      if (any_i[p/Sites]) begin
        seed = tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch +: EtWidth];
      end
      if (any_i[p/Sites] && seed >= seed_min_i) begin
        core = {
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch + 2*South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch - 2*South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch - East +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch - East + South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch + South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch + East + South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch + East +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch + East - South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch - South +: EtWidth],
          tile_i[p/Sites*TileBits + SiteAt[p%Sites*6 +: 6]*Pitch - East - South +: EtWidth],
          seed
        };
        maximum = seed > core[(S+1)*EtWidth +: EtWidth] &&
                  seed > core[(SE+1)*EtWidth +: EtWidth] &&
                  seed > core[(E+1)*EtWidth +: EtWidth] &&
                  seed > core[(NE+1)*EtWidth +: EtWidth] &&
                  seed >= core[(N+1)*EtWidth +: EtWidth] &&
                  seed >= core[(SW+1)*EtWidth +: EtWidth] &&
                  seed >= core[(W+1)*EtWidth +: EtWidth] &&
                  seed >= core[(NW+1)*EtWidth +: EtWidth];
        active_d[p] = maximum;
        if (maximum) begin
          for (int b = 0; b < Members; b++) begin
            above[b] = core[(b+1)*EtWidth +: EtWidth] >= member_min_i;
          end
          core_d[p*CoreBits +: CoreBits] = core;
          member_d[p*Members +: Members] =
              {above[SS] & above[S], above[NN] & above[N], above[NN-1:0]};
        end
      end
    end
  end

  // Clock 2: the clusters.
  logic [Places*SumWidth-1:0] et_d, et_q2;
  logic [CoreBits-1:0] towers;
  logic [Members-1:0] of;
  always_comb begin
    et_d = '0;
    towers = '0;
    of = '0;
    for (int p = 0; p < Places; p++) begin
      if (active_q[p]) begin
        of = member_q[p*Members +: Members];
        towers = core_q[p*CoreBits +: CoreBits];
        et_d[p*SumWidth +: SumWidth] =
            SumWidth'(towers[0 +: EtWidth]) +
            (of[NW] ? SumWidth'(towers[(NW+1)*EtWidth +: EtWidth]) : '0) +
            (of[N] ? SumWidth'(towers[(N+1)*EtWidth +: EtWidth]) : '0) +
            (of[NE] ? SumWidth'(towers[(NE+1)*EtWidth +: EtWidth]) : '0) +
            (of[E] ? SumWidth'(towers[(E+1)*EtWidth +: EtWidth]) : '0) +
            (of[SE] ? SumWidth'(towers[(SE+1)*EtWidth +: EtWidth]) : '0) +
            (of[S] ? SumWidth'(towers[(S+1)*EtWidth +: EtWidth]) : '0) +
            (of[SW] ? SumWidth'(towers[(SW+1)*EtWidth +: EtWidth]) : '0) +
            (of[W] ? SumWidth'(towers[(W+1)*EtWidth +: EtWidth]) : '0) +
            (of[NN] ? SumWidth'(towers[(NN+1)*EtWidth +: EtWidth]) : '0) +
            (of[SS] ? SumWidth'(towers[(SS+1)*EtWidth +: EtWidth]) : '0);
      end
    end
  end

  logic [Lanes-1:0] any_q, any_q2, any_q3;
  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    any_q3 <= any_q2;
    active_q <= active_d;
    active_q2 <= active_q;
    core_q <= core_d;
    member_q <= member_d;
    member_q2 <= member_q;
    et_q2 <= et_d;
  end

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    localparam bit Negative = i >= Slots;

    // Clock 3: the pairs. Clock 4: each group's site, now that the main cluster's flags are known.
    for (genvar g = 0; g < 2; g++) begin : g_group
      localparam int Far = g == 0 ? 0 : 7;
      localparam int Mid = g == 0 ? 2 : 5;
      localparam int PairWest = g == 0 ? 1 : 4;
      localparam int PairEast = g == 0 ? 3 : 6;
      localparam int Width = Members + SumWidth;
      logic both, equal, heavier, east, east_q3, pair_q3, far_q3, mid_q3, middle, any;
      logic [SumWidth-1:0] et_west, et_east;
      logic [Width-1:0] far_cluster_q3, mid_cluster_q3, pair_cluster_q3, cluster;
      logic [2:0] site;

      assign et_west = et_q2[(i*Sites+PairWest)*SumWidth +: SumWidth];
      assign et_east = et_q2[(i*Sites+PairEast)*SumWidth +: SumWidth];
      assign both = active_q2[i*Sites+PairWest] && active_q2[i*Sites+PairEast];
      assign equal = et_west == et_east;
      assign heavier = et_east > et_west;
      assign east = both ? (equal ? Negative : heavier) : active_q2[i*Sites+PairEast];

      always_ff @(posedge clk_i) begin
        if (any_q2[i]) begin
          far_q3 <= active_q2[i*Sites+Far];
          mid_q3 <= active_q2[i*Sites+Mid];
          pair_q3 <= active_q2[i*Sites+PairWest] || active_q2[i*Sites+PairEast];
          east_q3 <= east;
          far_cluster_q3 <= {member_q2[(i*Sites+Far)*Members +: Members],
                             et_q2[(i*Sites+Far)*SumWidth +: SumWidth]};
          mid_cluster_q3 <= {member_q2[(i*Sites+Mid)*Members +: Members],
                             et_q2[(i*Sites+Mid)*SumWidth +: SumWidth]};
          pair_cluster_q3 <= east ? {member_q2[(i*Sites+PairEast)*Members +: Members], et_east}
                                  : {member_q2[(i*Sites+PairWest)*Members +: Members], et_west};
        end
      end

      // A tower that the main cluster holds is not a seed of its own.
      assign middle = mid_q3 && !flags_i[i*12 + (g == 0 ? FlagSS : FlagNN)];
      assign any = far_q3 || middle || pair_q3;
      assign cluster = far_q3 ? far_cluster_q3 : middle ? mid_cluster_q3 : pair_cluster_q3;
      assign site = far_q3 ? 3'(Far) : middle ? 3'(Mid) : east_q3 ? 3'(PairEast) : 3'(PairWest);
    end

    logic slips_q3, a_heavier, b_wins, merged_q4;
    logic [2:0] site_q4;
    logic [SumWidth-1:0] et_a, et_b, et_q4;
    logic [Members-1:0] of_a, of_b, of_q4, overlap;
    assign {of_a, et_a} = g_group[0].cluster;
    assign {of_b, et_b} = g_group[1].cluster;
    assign a_heavier = et_a > et_b;
    assign b_wins = slips_q3 || !g_group[0].any || (g_group[1].any && !a_heavier);

    always_ff @(posedge clk_i) begin
      if (any_q2[i]) slips_q3 <= g_group[1].both && g_group[1].equal;
      if (any_q3[i]) begin
        merged_q4 <= g_group[0].any || g_group[1].any;
        site_q4 <= '0;
        et_q4 <= '0;
        of_q4 <= '0;
        if (g_group[0].any || g_group[1].any) begin
          site_q4 <= b_wins ? g_group[1].site : g_group[0].site;
          et_q4 <= b_wins ? et_b : et_a;
          of_q4 <= b_wins ? of_b : of_a;
        end
      end
    end

    // Which of the secondary cluster's members are the main one's, from the place of the site.
    always_comb begin
      overlap = '0;
      case (site_q4)
        3'd0: {overlap[S], overlap[SS]} = {of_q4[NN], of_q4[N]};
        3'd1: {overlap[SW], overlap[S], overlap[SS], overlap[W]} =
                  {of_q4[N], of_q4[NE], of_q4[E], of_q4[NN]};
        3'd2: {overlap[SE], overlap[S], overlap[SW]} = {of_q4[NE], of_q4[N], of_q4[NW]};
        3'd3: {overlap[SE], overlap[S], overlap[SS], overlap[E]} =
                  {of_q4[N], of_q4[NW], of_q4[W], of_q4[NN]};
        3'd4: {overlap[NW], overlap[N], overlap[NN], overlap[W]} =
                  {of_q4[S], of_q4[SE], of_q4[E], of_q4[SS]};
        3'd5: {overlap[NE], overlap[N], overlap[NW]} = {of_q4[SE], of_q4[S], of_q4[SW]};
        3'd6: {overlap[NE], overlap[N], overlap[NN], overlap[E]} =
                  {of_q4[S], of_q4[SW], of_q4[W], of_q4[SS]};
        default: {overlap[N], overlap[NN]} = {of_q4[SS], of_q4[S]};
      endcase
    end

    assign merged_o[i] = merged_q4;
    assign site_o[i*3 +: 3] = site_q4;
    assign et_o[i*SumWidth +: SumWidth] = et_q4;
    assign overlap_o[i*Members +: Members] = overlap;
  end
endmodule
