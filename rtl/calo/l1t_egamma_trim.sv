// SPDX-License-Identifier: Apache-2.0
//
// Trimming of the clusters of one ring, both sides: which members a cluster has (its shape, 7 bits:
// N, S, E or W, NE or NW, SE or SW, NN, SS; of east and west the side that was kept) goes through a
// table that takes some away. The seed and what is left add up to the raw ET; the heavier half,
// north or south, gives the fine position in phi.
//
// The towers come first (tile), the cluster's flags three clocks later.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_trim(). Latency: 2 from flags_i.
module l1t_egamma_trim #(
  parameter int Lanes = 36
) (
  input  logic                 clk_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*240-1:0] core_i,     // l1t_calo_pkg
  input  logic [5:0]           ring_i,     // with flags_i
  input  logic [Lanes*12-1:0]  flags_i,    // of cluster_cand; 0 without a cluster
  output logic [Lanes*7-1:0]   shape_o,    // lanes without a cluster hold anything
  output logic [Lanes*7-1:0]   trimmed_o,
  output logic [Lanes*12-1:0]  raw_o,
  output logic [Lanes*2-1:0]   fine_phi_o
);
  localparam int CoreBits = l1t_calo_pkg::CoreBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Members = 10;

  logic [4:0] row;
  logic [Lanes*12-1:0] address;
  logic [Lanes*7-1:0] trimmed;
  assign row = 5'(ring_i - 6'd1);

  l1t_rom #(.Depth(4096), .Width(7), .Ports(Lanes), .Init("l1t_egamma_trimming.mem")) u_trimming (
    .clk_i, .addr_i(address), .data_o(trimmed)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    // The towers wait for the flags.
    logic any_q, any_q2;
    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      any_q2 <= any_q;
    end
    for (genvar b = 0; b <= Members; b++) begin : g_tower
      localparam int P = 32'(l1t_calo_pkg::MemberPlace[b*4 +: 4]);
      logic [EtWidth-1:0] et_q, et_q2, et_q3;
      always_ff @(posedge clk_i) begin
        if (any_i[i]) et_q <= core_i[i*CoreBits + P*16 +: EtWidth];
        if (any_q) et_q2 <= et_q;
        if (any_q2) et_q3 <= et_q2;
      end
    end

    // Clock 1: the table. Clock 2: sums.
    logic [11:0] flags;
    logic right, valid_q;
    logic [6:0] shape, shape_q, shape_q2, keep, keep_q2;
    logic [EtWidth-1:0] seed_q, north_q, south_q, side_q, side_north_q, side_south_q;
    logic [EtWidth-1:0] far_north_q, far_south_q;
    logic [10:0] up, down;
    logic [11:0] middle, raw_q2;
    logic [1:0] fine_phi_q2;

    assign flags = flags_i[i*12 +: 12];
    assign right = flags[11];
    assign shape = {flags[10], flags[9], right ? flags[5] : flags[7], right ? flags[3] : flags[1],
                    right ? flags[4] : flags[8], flags[6], flags[2]};
    assign address[i*12 +: 12] = {row, shape};

    assign keep = trimmed[i*7 +: 7];
    assign up = (keep[0] ? 11'(north_q) : '0) + (keep[3] ? 11'(side_north_q) : '0) +
                (keep[5] ? 11'(far_north_q) : '0);
    assign down = (keep[1] ? 11'(south_q) : '0) + (keep[4] ? 11'(side_south_q) : '0) +
                  (keep[6] ? 11'(far_south_q) : '0);
    assign middle = 12'(seed_q) + (keep[2] ? 12'(side_q) : '0);

    always_ff @(posedge clk_i) begin
      valid_q <= flags[0];
      if (flags[0]) begin
        shape_q <= shape;
        seed_q <= g_tower[0].et_q3;
        north_q <= g_tower[2].et_q3;
        south_q <= g_tower[6].et_q3;
        side_q <= right ? g_tower[4].et_q3 : g_tower[8].et_q3;
        side_north_q <= right ? g_tower[3].et_q3 : g_tower[1].et_q3;
        side_south_q <= right ? g_tower[5].et_q3 : g_tower[7].et_q3;
        far_north_q <= g_tower[9].et_q3;
        far_south_q <= g_tower[10].et_q3;
      end
      if (valid_q) begin
        shape_q2 <= shape_q;
        keep_q2 <= keep;
        raw_q2 <= middle + 12'(up) + 12'(down);
        fine_phi_q2 <= down > up ? l1t_egamma_pkg::FineLargerPhi
                       : up > down ? l1t_egamma_pkg::FineSmallerPhi : l1t_egamma_pkg::FineCentre;
      end
    end

    assign shape_o[i*7 +: 7] = shape_q2;
    assign trimmed_o[i*7 +: 7] = keep_q2;
    assign raw_o[i*12 +: 12] = raw_q2;
    assign fine_phi_o[i*2 +: 2] = fine_phi_q2;
  end

  logic unused;
  assign unused = ^core_i;
endmodule
