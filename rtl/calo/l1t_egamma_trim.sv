// SPDX-License-Identifier: Apache-2.0
//
// Trimming of the clusters of one ring, both sides: which members a cluster has (its shape, 7 bits:
// N, S, E or W, NE or NW, SE or SW, NN, SS; of east and west the side that was kept) goes through a
// table that takes some away. The seed and what is left add up to the raw ET; the heavier half,
// north or south, gives the fine position in phi.
//
// The towers come first (tile), the cluster's flags three clocks later. The lanes are loops, which a
// simulator keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_trim(). Latency: 2 from flags_i.
module l1t_egamma_trim #(
  parameter int Lanes = 36
) (
  input  logic                 clk_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*960-1:0] tile_i,     // l1t_calo_pkg
  input  logic [5:0]           ring_i,     // with flags_i
  input  logic [Lanes*12-1:0]  flags_i,    // of cluster_cand; 0 without a cluster
  output logic [Lanes-1:0]     any_o,
  output logic [Lanes*7-1:0]   shape_o,    // lanes without a cluster hold anything
  output logic [Lanes*7-1:0]   trimmed_o,
  output logic [Lanes*12-1:0]  raw_o,
  output logic [Lanes*2-1:0]   fine_phi_o
);
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Towers = 11;  // the seed and its members
  localparam int TowersBits = Towers * EtWidth;
  localparam int Kept = 8;  // of them, with one of the sides
  localparam int KeptBits = Kept * EtWidth;

  // The towers wait for the flags.
  logic [TowersBits-1:0] towers;
  logic [Lanes-1:0] any_q, any_q2;
  logic [Lanes*TowersBits-1:0] towers_d, towers_q, towers_q2, towers_q3;
  always_comb begin
    towers = '0;
    towers_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        for (int b = 0; b < Towers; b++) begin
          towers[b*EtWidth +: EtWidth] =
              tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[b*6 +: 6])*16 +: EtWidth];
        end
        towers_d[i*TowersBits +: TowersBits] = towers;
      end
    end
  end
  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    if (any_i != '0) towers_q <= towers_d;
    if (any_q != '0) towers_q2 <= towers_q;
    if (any_q2 != '0) towers_q3 <= towers_q2;
  end

  // Clock 1: the table, and of the towers seed N S, E or W, NE or NW, SE or SW, NN SS.
  logic [4:0] row;
  logic [11:0] flags;
  logic right;
  logic [6:0] shape;
  logic [TowersBits-1:0] et;
  logic [Lanes-1:0] valid_d, valid_q, valid_q2;
  logic [Lanes*12-1:0] address;
  logic [Lanes*7-1:0] trimmed, shape_d, shape_q, shape_q2;
  logic [Lanes*KeptBits-1:0] kept_d, kept_q;
  assign row = 5'(ring_i - 6'd1);

  always_comb begin
    flags = '0;
    right = 1'b0;
    shape = '0;
    et = '0;
    valid_d = '0;
    address = '0;
    shape_d = '0;
    kept_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (flags_i[i*12]) begin
        flags = flags_i[i*12 +: 12];
        right = flags[11];
        shape = {flags[10], flags[9], right ? flags[5] : flags[7], right ? flags[3] : flags[1],
                 right ? flags[4] : flags[8], flags[6], flags[2]};
        et = towers_q3[i*TowersBits +: TowersBits];
        valid_d[i] = 1'b1;
        address[i*12 +: 12] = {row, shape};
        shape_d[i*7 +: 7] = shape;
        kept_d[i*KeptBits +: KeptBits] = {
          et[10*EtWidth +: EtWidth], et[9*EtWidth +: EtWidth],
          right ? et[5*EtWidth +: EtWidth] : et[7*EtWidth +: EtWidth],
          right ? et[3*EtWidth +: EtWidth] : et[EtWidth +: EtWidth],
          right ? et[4*EtWidth +: EtWidth] : et[8*EtWidth +: EtWidth],
          et[6*EtWidth +: EtWidth], et[2*EtWidth +: EtWidth], et[0 +: EtWidth]
        };
      end
    end
  end

  l1t_rom_lanes #(
    .Depth(4096), .Width(7), .Ports(Lanes), .Init("l1t_egamma_trimming.mem")
  ) u_trimming (
    .clk_i, .enable_i(valid_d), .addr_i(address), .data_o(trimmed)
  );

  // Clock 2: sums.
  logic [6:0] keep;
  logic [EtWidth-1:0] seed, north, south, side, side_north, side_south, far_north, far_south;
  logic [10:0] up, down;
  logic [Lanes*7-1:0] keep_q2;
  logic [Lanes*12-1:0] raw_d, raw_q2;
  logic [Lanes*2-1:0] fine_phi_d, fine_phi_q2;

  always_comb begin
    keep = '0;
    {far_south, far_north, side_south, side_north, side, south, north, seed} = '0;
    up = '0;
    down = '0;
    raw_d = '0;
    fine_phi_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (valid_q[i]) begin
        keep = trimmed[i*7 +: 7];
        {far_south, far_north, side_south, side_north, side, south, north, seed} =
            kept_q[i*KeptBits +: KeptBits];
        up = (keep[0] ? 11'(north) : '0) + (keep[3] ? 11'(side_north) : '0) +
             (keep[5] ? 11'(far_north) : '0);
        down = (keep[1] ? 11'(south) : '0) + (keep[4] ? 11'(side_south) : '0) +
               (keep[6] ? 11'(far_south) : '0);
        raw_d[i*12 +: 12] = 12'(seed) + (keep[2] ? 12'(side) : '0) + 12'(up) + 12'(down);
        fine_phi_d[i*2 +: 2] = down > up ? l1t_egamma_pkg::FineLargerPhi
                               : up > down ? l1t_egamma_pkg::FineSmallerPhi
                               : l1t_egamma_pkg::FineCentre;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    valid_q <= valid_d;
    valid_q2 <= valid_q;
    if (valid_d != '0) begin
      shape_q <= shape_d;
      kept_q <= kept_d;
    end
    if (valid_q != '0) begin
      shape_q2 <= shape_q;
      keep_q2 <= trimmed;
      raw_q2 <= raw_d;
      fine_phi_q2 <= fine_phi_d;
    end
  end
  assign any_o = valid_q2;
  assign shape_o = shape_q2;
  assign trimmed_o = keep_q2;
  assign raw_o = raw_q2;
  assign fine_phi_o = fine_phi_q2;

  logic unused;
  assign unused = ^tile_i;
endmodule
