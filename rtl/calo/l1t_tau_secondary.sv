// SPDX-License-Identifier: Apache-2.0
//
// The secondary cluster beside each main cluster of a row: of eight sites around the main seed those
// that carry a seed of their own (the maximum of their 3x3 towers), their clusters with the members
// of both sides, and the one that is to be merged. Sites, de towards positive eta, dp in phi:
//
//   group A  0 (0,+3)  1 (-1,+2)  2 (0,+2)  3 (+1,+2)
//   group B  7 (0,-3)  4 (-1,-2)  5 (0,-2)  6 (+1,-2)
//
// A group's furthest site goes first, then its middle one unless the main cluster holds that tower,
// then the larger of the pair, on equal ET the one nearer to eta 0. (Neighbours are never both
// maxima, so only a pair can really compete.) Of both groups the larger wins, on equal ET group B. If
// the pair 4, 6 ties, its winner beats any of group A: the reference writes it there, over A's own.
//
// overlap_o: members of the main cluster (order of the flags from NW on) that are members of the
// secondary one, too. Without a secondary cluster merged_o is 0 and so is everything else. Lanes:
// Slots of positive eta, then as many of negative.
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
  input  logic [2*Slots*880-1:0] tile_i,    // l1t_calo_pkg
  input  logic [2*Slots*12-1:0]  flags_i,   // of cluster_cand
  output logic [2*Slots-1:0]     merged_o,
  output logic [2*Slots*3-1:0]   site_o,
  output logic [2*Slots*13-1:0]  et_o,
  output logic [2*Slots*10-1:0]  overlap_o
);
  localparam int Lanes = 2 * Slots;
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Sites = l1t_tau_pkg::Sites;
  localparam int Members = l1t_tau_pkg::Members;
  localparam int SumWidth = l1t_tau_pkg::SecondaryBits;
  localparam int FlagNN = 9;  // of cluster_cand
  localparam int FlagSS = 10;

  // One step in the tile, and its middle, the main seed.
  localparam int East = l1t_calo_pkg::TilePhis;
  localparam int South = 1;
  localparam int Towers = l1t_calo_pkg::TileEtas * East;
  localparam int Middle = l1t_calo_pkg::TileReachEta * East + l1t_calo_pkg::TileReachPhi;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    localparam bit Negative = i >= Slots;
    logic any_q, any_q2, any_q3;
    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      any_q2 <= any_q;
      any_q3 <= any_q2;
    end

    // Clock 1: seeds; which towers could be members.
    logic [Towers*EtWidth-1:0] et_q;
    logic [Towers-1:0] member_q;
    always_ff @(posedge clk_i) begin
      if (any_i[i]) begin
        for (int k = 0; k < Towers; k++) begin
          et_q[k*EtWidth +: EtWidth] <= tile_i[i*TileBits + k*Pitch +: EtWidth];
          member_q[k] <= tile_i[i*TileBits + k*Pitch +: EtWidth] >= member_min_i;
        end
      end
    end

    for (genvar s = 0; s < Sites; s++) begin : g_site
      localparam int De = s == 1 || s == 4 ? -1 : s == 3 || s == 6 ? 1 : 0;
      localparam int Dp = s == 0 ? 3 : s < 4 ? 2 : s < 7 ? -2 : -3;
      localparam int At = Middle + De * East + Dp * South;
      localparam int Bit = i*TileBits + At*Pitch;
      localparam int BitE = East * Pitch;
      localparam int BitS = South * Pitch;

      logic [EtWidth-1:0] seed;
      logic active_d, active_q, active_q2;
      always_comb begin
        seed = tile_i[Bit +: EtWidth];
        active_d = 1'b0;
        if (any_i[i] && seed >= seed_min_i) begin
          active_d = seed > tile_i[Bit + BitS +: EtWidth] &&
                     seed > tile_i[Bit + BitE + BitS +: EtWidth] &&
                     seed > tile_i[Bit + BitE +: EtWidth] &&
                     seed > tile_i[Bit + BitE - BitS +: EtWidth] &&
                     seed >= tile_i[Bit - BitS +: EtWidth] &&
                     seed >= tile_i[Bit - BitE + BitS +: EtWidth] &&
                     seed >= tile_i[Bit - BitE +: EtWidth] &&
                     seed >= tile_i[Bit - BitE - BitS +: EtWidth];
        end
      end

      // Clock 2: the cluster. The second tower in phi counts only behind a first one.
      logic [Members-1:0] flags, overlap, overlap_q2;
      logic [SumWidth-1:0] et_d, et_q2;
      always_comb begin
        flags = '0;
        et_d = '0;
        if (active_q) begin
          flags = {member_q[At+2*South] & member_q[At+South],
                   member_q[At-2*South] & member_q[At-South],
                   member_q[At-East], member_q[At-East+South], member_q[At+South],
                   member_q[At+East+South], member_q[At+East], member_q[At+East-South],
                   member_q[At-South], member_q[At-East-South]};
          et_d = SumWidth'(et_q[At*EtWidth +: EtWidth]) +
                 (flags[0] ? SumWidth'(et_q[(At-East-South)*EtWidth +: EtWidth]) : '0) +
                 (flags[1] ? SumWidth'(et_q[(At-South)*EtWidth +: EtWidth]) : '0) +
                 (flags[2] ? SumWidth'(et_q[(At+East-South)*EtWidth +: EtWidth]) : '0) +
                 (flags[3] ? SumWidth'(et_q[(At+East)*EtWidth +: EtWidth]) : '0) +
                 (flags[4] ? SumWidth'(et_q[(At+East+South)*EtWidth +: EtWidth]) : '0) +
                 (flags[5] ? SumWidth'(et_q[(At+South)*EtWidth +: EtWidth]) : '0) +
                 (flags[6] ? SumWidth'(et_q[(At-East+South)*EtWidth +: EtWidth]) : '0) +
                 (flags[7] ? SumWidth'(et_q[(At-East)*EtWidth +: EtWidth]) : '0) +
                 (flags[8] ? SumWidth'(et_q[(At-2*South)*EtWidth +: EtWidth]) : '0) +
                 (flags[9] ? SumWidth'(et_q[(At+2*South)*EtWidth +: EtWidth]) : '0);
        end
      end

      // Where the main cluster's member b is seen from here, and which member it is of this cluster.
      for (genvar b = 0; b < Members; b++) begin : g_overlap
        localparam int Place = {28'b0, l1t_calo_pkg::MemberPlace[(b+1)*4 +: 4]};
        localparam int Step = (Place / l1t_calo_pkg::CorePhis - 1) * East +
                              (Place % l1t_calo_pkg::CorePhis - 2) * South;
        localparam int From = Middle + Step - At;
        localparam int Same = From == -East - South ? 0 : From == -South ? 1
                              : From == East - South ? 2 : From == East ? 3
                              : From == East + South ? 4 : From == South ? 5
                              : From == South - East ? 6 : From == -East ? 7
                              : From == -2 * South ? 8 : From == 2 * South ? 9 : -1;
        if (Same >= 0) begin : g_same
          assign overlap[b] = flags[Same];
        end else begin : g_none
          assign overlap[b] = 1'b0;
        end
      end

      always_ff @(posedge clk_i) begin
        active_q <= active_d;
        active_q2 <= active_q;
        if (active_q) begin
          et_q2 <= et_d;
          overlap_q2 <= overlap;
        end
      end
    end

    // Clock 3: the pairs. Clock 4: each group's site, now that the main cluster's flags are known.
    for (genvar g = 0; g < 2; g++) begin : g_group
      localparam int Far = g == 0 ? 0 : 7;
      localparam int Mid = g == 0 ? 2 : 5;
      localparam int PairWest = g == 0 ? 1 : 4;
      localparam int PairEast = g == 0 ? 3 : 6;
      localparam int Width = Members + SumWidth;
      logic both, equal, east, east_q3, pair_q3, far_q3, mid_q3, middle, any;
      logic [Width-1:0] far_cluster_q3, mid_cluster_q3, pair_cluster_q3, cluster;
      logic [2:0] site;

      assign both = g_site[PairWest].active_q2 && g_site[PairEast].active_q2;
      assign equal = g_site[PairWest].et_q2 == g_site[PairEast].et_q2;
      assign east = !g_site[PairWest].active_q2 ||
                    (both && (equal ? Negative : g_site[PairEast].et_q2 > g_site[PairWest].et_q2));

      always_ff @(posedge clk_i) begin
        far_q3 <= g_site[Far].active_q2;
        mid_q3 <= g_site[Mid].active_q2;
        pair_q3 <= g_site[PairWest].active_q2 || g_site[PairEast].active_q2;
        if (any_q2) begin
          east_q3 <= east;
          far_cluster_q3 <= {g_site[Far].overlap_q2, g_site[Far].et_q2};
          mid_cluster_q3 <= {g_site[Mid].overlap_q2, g_site[Mid].et_q2};
          pair_cluster_q3 <= east ? {g_site[PairEast].overlap_q2, g_site[PairEast].et_q2}
                                  : {g_site[PairWest].overlap_q2, g_site[PairWest].et_q2};
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
    logic [Members-1:0] overlap_a, overlap_b, overlap_q4;
    assign {overlap_a, et_a} = g_group[0].cluster;
    assign {overlap_b, et_b} = g_group[1].cluster;
    assign a_heavier = et_a > et_b;
    assign b_wins = slips_q3 || !g_group[0].any || (g_group[1].any && !a_heavier);

    always_ff @(posedge clk_i) begin
      if (any_q2) slips_q3 <= g_group[1].both && g_group[1].equal;
      if (any_q3) begin
        merged_q4 <= g_group[0].any || g_group[1].any;
        if (g_group[0].any || g_group[1].any) begin
          site_q4 <= b_wins ? g_group[1].site : g_group[0].site;
          et_q4 <= b_wins ? et_b : et_a;
          overlap_q4 <= b_wins ? overlap_b : overlap_a;
        end else begin
          site_q4 <= '0;
          et_q4 <= '0;
          overlap_q4 <= '0;
        end
      end
    end

    assign merged_o[i] = merged_q4;
    assign site_o[i*3 +: 3] = site_q4;
    assign et_o[i*SumWidth +: SumWidth] = et_q4;
    assign overlap_o[i*Members +: Members] = overlap_q4;
  end
endmodule
