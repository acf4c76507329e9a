// SPDX-License-Identifier: Apache-2.0
//
// E/gammas of one main processor and the demultiplexer: a ring of both eta sides a clock, |m| = 1 to
// 40, valid_i with each; the next event may follow at once. Towers, gaps and reset are as in
// l1t_jet. Static inputs: smallest ET of a seed and of a member, limits of log2(E/H) of the seed in
// barrel and endcap, from which ET on towers around it must have E >= H, and from which calibrated ET
// on no identification is needed.
//
// The work is done in l1t_egamma_core; here are the ring buffer, the pile-up estimator and the
// cluster finder in front of it.
//
// Every stage shows its records with a strobe (models/calo/l1t_egamma.h names rows and lanes);
// demux_o with demux_valid_o is the product, the others are probes that synthesis drops when left
// open. latency_o states, for each stage in that order, the clocks from an event's first ring to
// the stage's first strobe when no gap lies between.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma().
module l1t_egamma (
  input  logic               clk_i,
  input  logic               rst_i,  // synchronous
  input  logic [8:0]         seed_min_i,
  input  logic [8:0]         member_min_i,
  input  logic [2:0]         hoe_barrel_i,
  input  logic [2:0]         hoe_endcap_i,
  input  logic [8:0]         hoe_ext_min_i,
  input  logic [11:0]        no_id_min_i,
  input  logic               valid_i,
  input  logic [72*16-1:0]   pos_i,
  input  logic [72*16-1:0]   neg_i,

  output logic               ntt_valid_o,
  output logic [9:0]         ntt_o,      // ntt
  output logic               cluster_valid_o,
  output logic [36*59-1:0]   cluster_o,  // cluster_cand
  output logic               cand_valid_o,
  output logic [36*64-1:0]   cand_o,     // egamma_cand
  output logic               sort_valid_o,
  output logic [12*32-1:0]   sort_o,     // egtau_mp
  output logic               demux_valid_o,
  output logic [12*30-1:0]   demux_o,    // egamma_gt

  output logic [5*16-1:0]    latency_o
);
  logic row_valid;
  logic [5:0] row_ring;
  logic [15*72*16-1:0] pos_window, neg_window;
  l1t_rings u_rings (
    .clk_i, .rst_i, .valid_i, .pos_i, .neg_i,
    .valid_o(row_valid), .ring_o(row_ring), .pos_o(pos_window), .neg_o(neg_window)
  );

  l1t_ntt u_ntt (
    .clk_i, .rst_i, .valid_i, .pos_i, .neg_i, .row_valid_i(row_valid), .row_ring_i(row_ring),
    .valid_o(ntt_valid_o), .ntt_o
  );

  logic tile_valid;
  logic [5:0] tile_ring, cluster_ring;
  logic [36-1:0] tile_any;
  logic [36*7-1:0] tile_phi;
  logic [36*960-1:0] tile;
  logic [36*15-1:0] window;
  l1t_cluster u_cluster (
    .clk_i, .rst_i, .seed_min_i, .member_min_i, .hoe_barrel_i, .hoe_endcap_i, .valid_i(row_valid),
    .ring_i(row_ring), .pos_i(pos_window), .neg_i(neg_window), .tile_valid_o(tile_valid),
    .tile_ring_o(tile_ring), .tile_any_o(tile_any), .tile_phi_o(tile_phi), .tile_o(tile),
    .cluster_valid_o, .cluster_ring_o(cluster_ring), .cluster_o, .window_o(window)
  );

  logic [3*16-1:0] latency;
  l1t_egamma_core u_core (
    .clk_i, .rst_i, .hoe_ext_min_i, .no_id_min_i, .ntt_i(ntt_o), .tile_any_i(tile_any),
    .tile_i(tile), .cluster_valid_i(cluster_valid_o), .cluster_ring_i(cluster_ring),
    .cluster_i(cluster_o), .window_i(window), .cand_valid_o, .cand_o, .sort_valid_o, .sort_o,
    .demux_valid_o, .demux_o, .latency_o(latency)
  );

  localparam int First = l1t_calo_pkg::RingsLatency;
  assign latency_o[0 +: 32] = {16'(First + l1t_calo_pkg::ClusterLatency),
                               16'(First + l1t_calo_pkg::NttLatency)};
  for (genvar i = 0; i < 3; i++) begin : g_latency
    assign latency_o[(i + 2)*16 +: 16] = latency[i*16 +: 16] + 16'(First);
  end

  logic unused;
  assign unused = ^{tile_valid, tile_ring, tile_phi};
endmodule
