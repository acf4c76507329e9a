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
// Slots of positive eta, then as many of negative. Lanes and their sites are loops, which a simulator
// keeps and in which it skips empty lanes.
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

  // Clock 3: the pairs. Clock 4: each group's site, now that the main cluster's flags are known, and
  // the group. Group g of lane i is i * 2 + g.
  localparam int Groups = 2 * Lanes;
  localparam int ClusterBits = Members + SumWidth;
  localparam int GroupBits = 5 + 3 * ClusterBits;
  int far_at, mid_at, west_at, east_at;
  logic both, equal, heavier, east, negative;
  logic [SumWidth-1:0] et_west, et_east;
  logic [ClusterBits-1:0] far_d, mid_d, west_d, east_d;
  logic [Groups*GroupBits-1:0] groups_d, groups_q3;

  always_comb begin
    far_at = 0;
    mid_at = 0;
    west_at = 0;
    east_at = 0;
    {both, equal, heavier, east, negative} = '0;
    et_west = '0;
    et_east = '0;
    far_d = '0;
    mid_d = '0;
    west_d = '0;
    east_d = '0;
    groups_d = '0;
    for (int k = 0; k < Groups; k++) begin
      if (any_q2[k/2] && active_q2[k/2*Sites +: Sites] != '0) begin
        far_at = k/2*Sites + (k % 2 == 0 ? 0 : 7);
        mid_at = k/2*Sites + (k % 2 == 0 ? 2 : 5);
        west_at = k/2*Sites + (k % 2 == 0 ? 1 : 4);
        east_at = k/2*Sites + (k % 2 == 0 ? 3 : 6);
        negative = k >= 2 * Slots;
        et_west = et_q2[west_at*SumWidth +: SumWidth];
        et_east = et_q2[east_at*SumWidth +: SumWidth];
        both = active_q2[west_at] && active_q2[east_at];
        equal = et_west == et_east;
        heavier = et_east > et_west;
        east = both ? (equal ? negative : heavier) : active_q2[east_at];
        far_d = {member_q2[far_at*Members +: Members], et_q2[far_at*SumWidth +: SumWidth]};
        mid_d = {member_q2[mid_at*Members +: Members], et_q2[mid_at*SumWidth +: SumWidth]};
        west_d = {member_q2[west_at*Members +: Members], et_west};
        east_d = {member_q2[east_at*Members +: Members], et_east};
        groups_d[k*GroupBits +: GroupBits] = {
          both && equal, active_q2[far_at], active_q2[mid_at],
          active_q2[west_at] || active_q2[east_at], east, far_d, mid_d, east ? east_d : west_d
        };
      end
    end
  end

  logic far_q3, mid_q3, pair_q3, east_q3, slips_q3, middle, a_heavier, b_wins;
  logic [ClusterBits-1:0] far_cluster_q3, mid_cluster_q3, pair_cluster_q3;
  logic [1:0] some;
  logic [2*ClusterBits-1:0] clusters;
  logic [2*3-1:0] sites;
  logic [SumWidth-1:0] et_a, et_b;
  logic [Members-1:0] of_a, of_b;
  logic [Lanes-1:0] merged_d, merged_q4;
  logic [Lanes*3-1:0] sites_d, sites_q4;
  logic [Lanes*SumWidth-1:0] ets_d, ets_q4;
  logic [Lanes*Members-1:0] ofs_d, ofs_q4;

  always_comb begin
    {slips_q3, far_q3, mid_q3, pair_q3, east_q3, middle, a_heavier, b_wins} = '0;
    {far_cluster_q3, mid_cluster_q3, pair_cluster_q3} = '0;
    some = '0;
    clusters = '0;
    sites = '0;
    {of_b, et_b, of_a, et_a} = '0;
    merged_d = '0;
    sites_d = '0;
    ets_d = '0;
    ofs_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q3[i] && groups_q3[i*2*GroupBits +: 2*GroupBits] != '0) begin
        for (int g = 0; g < 2; g++) begin
          // A tower that the main cluster holds is not a seed of its own.
          {slips_q3, far_q3, mid_q3, pair_q3, east_q3, far_cluster_q3, mid_cluster_q3,
           pair_cluster_q3} = groups_q3[(i*2+g)*GroupBits +: GroupBits];
          middle = mid_q3 && !flags_i[i*12 + (g == 0 ? FlagSS : FlagNN)];
          some[g] = far_q3 || middle || pair_q3;
          clusters[g*ClusterBits +: ClusterBits] =
              far_q3 ? far_cluster_q3 : middle ? mid_cluster_q3 : pair_cluster_q3;
          if (g == 0) sites[0 +: 3] = far_q3 ? 3'd0 : middle ? 3'd2 : east_q3 ? 3'd3 : 3'd1;
          else sites[3 +: 3] = far_q3 ? 3'd7 : middle ? 3'd5 : east_q3 ? 3'd6 : 3'd4;
        end
        {of_b, et_b, of_a, et_a} = clusters;
        a_heavier = et_a > et_b;
        b_wins = slips_q3 || !some[0] || (some[1] && !a_heavier);  // slips_q3 is group B's
        if (some != '0) begin
          merged_d[i] = 1'b1;
          sites_d[i*3 +: 3] = b_wins ? sites[3 +: 3] : sites[0 +: 3];
          ets_d[i*SumWidth +: SumWidth] = b_wins ? et_b : et_a;
          ofs_d[i*Members +: Members] = b_wins ? of_b : of_a;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (any_q2 != '0) groups_q3 <= groups_d;
    merged_q4 <= merged_d;
    sites_q4 <= sites_d;
    ets_q4 <= ets_d;
    ofs_q4 <= ofs_d;
  end

  // Which of the secondary cluster's members are the main one's, from the place of the site.
  logic [Members-1:0] of_q4, overlap;
  logic [Lanes*Members-1:0] overlaps;
  always_comb begin
    of_q4 = '0;
    overlap = '0;
    overlaps = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (merged_q4[i]) begin
        of_q4 = ofs_q4[i*Members +: Members];
        overlap = '0;
        case (sites_q4[i*3 +: 3])
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
        overlaps[i*Members +: Members] = overlap;
      end
    end
  end

  assign merged_o = merged_q4;
  assign site_o = sites_q4;
  assign et_o = ets_q4;
  assign overlap_o = overlaps;
endmodule
