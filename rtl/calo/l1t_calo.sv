// SPDX-License-Identifier: Apache-2.0
//
// The whole calorimeter Layer-2 of one main processor and the demultiplexer: e/gamma, tau, jets and
// sums on one tower stream, with one ring buffer, one pile-up estimator and one cluster finder. A
// ring of both eta sides a clock, |m| = 1 to 40, valid_i with each; the next event may follow at
// once. Towers are words "tower" of l1t_formats_pkg, lane p is iphi p + 1. A clock without valid_i
// may carry anything; inside an event it stops the ring buffer, between events it does nothing. All
// thresholds are static inputs in tower units (0.5 GeV).
//
// Every stage shows its records with a strobe (models/calo/l1t_calo.h has their order, the headers
// of the paths have rows and lanes). The products are the three demux words and the six frames of
// sums; all other outputs are probes that synthesis drops when left open. latency_o states, for
// each stage in the order of the outputs, the clocks from an event's first ring to the stage's
// first strobe when no gap lies between.
//
// Twin: models/calo/l1t_calo.c, l1t_calo().
module l1t_calo (
  input  logic              clk_i,
  input  logic              rst_i,                 // synchronous
  input  logic [8:0]        seed_min_i,            // clusters
  input  logic [8:0]        member_min_i,
  input  logic [2:0]        hoe_barrel_i,
  input  logic [2:0]        hoe_endcap_i,
  input  logic [8:0]        hoe_ext_min_i,         // e/gamma
  input  logic [11:0]       no_id_min_i,
  input  logic              phi_ring_i,            // jets; 0: chunky donut, 1: phi ring
  input  logic [8:0]        jet_seed_min_i,
  input  logic [15:0]       jet_min_i,             // sums
  input  logic [8*32-1:0]   centrality_lower_i,    // signed
  input  logic [8*32-1:0]   centrality_upper_i,
  input  logic              valid_i,
  input  logic [72*16-1:0]  pos_i,
  input  logic [72*16-1:0]  neg_i,

  output logic              ntt_valid_o,
  output logic [9:0]        ntt_o,                 // ntt
  output logic              cluster_valid_o,
  output logic [36*59-1:0]  cluster_o,             // cluster_cand
  output logic              egamma_cand_valid_o,
  output logic [36*64-1:0]  egamma_cand_o,         // egamma_cand
  output logic              egamma_sort_valid_o,
  output logic [12*32-1:0]  egamma_sort_o,         // egtau_mp
  output logic              egamma_demux_valid_o,
  output logic [12*30-1:0]  egamma_demux_o,        // egamma_gt
  output logic              tau_cand_valid_o,
  output logic [36*46-1:0]  tau_cand_o,            // tau_cand
  output logic              tau_sort_valid_o,
  output logic [12*32-1:0]  tau_sort_o,            // egtau_mp
  output logic              tau_demux_valid_o,
  output logic [12*30-1:0]  tau_demux_o,           // tau_gt
  output logic              jet_max_valid_o,
  output logic [2*72-1:0]   jet_max_o,             // jet_max
  output logic              jet_raw_valid_o,
  output logic [36*32-1:0]  jet_raw_o,             // jet_raw
  output logic              jet_flaps_valid_o,
  output logic [36*64-1:0]  jet_flaps_o,           // jet_flaps
  output logic              jet_pus_valid_o,
  output logic [36*32-1:0]  jet_pus_o,             // jet_pus
  output logic              jet_cal_valid_o,
  output logic [36*32-1:0]  jet_cal_o,             // jet_cal
  output logic              jet_select_valid_o,
  output logic [36-1:0]     jet_select_o,          // jet_keep
  output logic              jet_sort_valid_o,
  output logic [2*7*30-1:0] jet_sort_o,            // jet_mp
  output logic              jet_demux_valid_o,
  output logic [12*30-1:0]  jet_demux_o,           // jet_gt
  output logic              scalar_valid_o,
  output logic [8*32-1:0]   scalar_o,              // sum_scalar_mp
  output logic              vector_valid_o,
  output logic [16*32-1:0]  vector_o,              // sum_vector_mp
  output logic              mb_valid_o,
  output logic [27:0]       mb_o,                  // sum_mb_mp
  output logic              count_valid_o,
  output logic [12:0]       count_o,               // sum_count_mp
  output logic              gt_valid_o,            // with the six frames
  output logic [31:0]       et_o,                  // sum_et_gt
  output logic [31:0]       ht_o,                  // sum_ht_gt
  output logic [31:0]       met_o,                 // sum_met_gt
  output logic [31:0]       mht_o,                 // sum_mht_gt
  output logic [31:0]       methf_o,               // sum_methf_gt
  output logic [31:0]       mhthf_o,               // sum_mhthf_gt

  output logic [26*16-1:0]  latency_o
);
  // The front.
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
    .clk_i, .rst_i, .seed_min_i, .member_min_i, .hoe_barrel_i, .hoe_endcap_i,
    .valid_i(row_valid), .ring_i(row_ring), .pos_i(pos_window), .neg_i(neg_window),
    .tile_valid_o(tile_valid), .tile_ring_o(tile_ring), .tile_any_o(tile_any),
    .tile_phi_o(tile_phi), .tile_o(tile), .cluster_valid_o, .cluster_ring_o(cluster_ring),
    .cluster_o, .window_o(window)
  );

  // The paths.
  logic [3*16-1:0] egamma_latency, tau_latency;
  l1t_egamma_core u_egamma (
    .clk_i, .rst_i, .hoe_ext_min_i, .no_id_min_i, .ntt_i(ntt_o), .tile_any_i(tile_any),
    .tile_i(tile), .cluster_valid_i(cluster_valid_o), .cluster_ring_i(cluster_ring),
    .cluster_i(cluster_o), .window_i(window),
    .cand_valid_o(egamma_cand_valid_o), .cand_o(egamma_cand_o),
    .sort_valid_o(egamma_sort_valid_o), .sort_o(egamma_sort_o),
    .demux_valid_o(egamma_demux_valid_o), .demux_o(egamma_demux_o), .latency_o(egamma_latency)
  );
  l1t_tau_core u_tau (
    .clk_i, .rst_i, .seed_min_i, .member_min_i, .ntt_i(ntt_o), .tile_valid_i(tile_valid),
    .tile_ring_i(tile_ring), .tile_any_i(tile_any), .tile_i(tile), .cluster_i(cluster_o),
    .window_i(window),
    .cand_valid_o(tau_cand_valid_o), .cand_o(tau_cand_o),
    .sort_valid_o(tau_sort_valid_o), .sort_o(tau_sort_o),
    .demux_valid_o(tau_demux_valid_o), .demux_o(tau_demux_o), .latency_o(tau_latency)
  );

  logic [8*16-1:0] jet_latency;
  logic [36*7-1:0] cal_phi;
  logic [5:0] cal_ring;
  l1t_jet_core u_jet (
    .clk_i, .rst_i, .phi_ring_i, .seed_min_i(jet_seed_min_i), .valid_i(row_valid),
    .ring_i(row_ring), .pos_i(pos_window), .neg_i(neg_window),
    .max_valid_o(jet_max_valid_o), .max_o(jet_max_o),
    .raw_valid_o(jet_raw_valid_o), .raw_o(jet_raw_o),
    .flaps_valid_o(jet_flaps_valid_o), .flaps_o(jet_flaps_o),
    .pus_valid_o(jet_pus_valid_o), .pus_o(jet_pus_o),
    .cal_valid_o(jet_cal_valid_o), .cal_o(jet_cal_o), .cal_phi_o(cal_phi), .cal_ring_o(cal_ring),
    .select_valid_o(jet_select_valid_o), .select_o(jet_select_o),
    .sort_valid_o(jet_sort_valid_o), .sort_o(jet_sort_o),
    .demux_valid_o(jet_demux_valid_o), .demux_o(jet_demux_o), .latency_o(jet_latency)
  );

  localparam int Middle = l1t_calo_pkg::Inner * 72 * 16;
  logic [10*16-1:0] sums_latency;
  logic [6*32-1:0] gt;
  l1t_sums_core u_sums (
    .clk_i, .rst_i, .jet_min_i, .centrality_lower_i, .centrality_upper_i, .valid_i(row_valid),
    .ring_i(row_ring), .pos_i(pos_window[Middle +: 72*16]), .neg_i(neg_window[Middle +: 72*16]),
    .ntt_i(ntt_o), .cal_valid_i(jet_cal_valid_o), .cal_ring_i(cal_ring), .cal_i(jet_cal_o),
    .cal_phi_i(cal_phi), .scalar_valid_o, .scalar_o, .vector_valid_o, .vector_o, .mb_valid_o,
    .mb_o, .count_valid_o, .count_o, .gt_valid_o, .gt_o(gt), .latency_o(sums_latency)
  );
  assign {mhthf_o, methf_o, mht_o, met_o, ht_o, et_o} = gt;

  localparam int Stages = 24;  // behind the front
  logic [Stages*16-1:0] latency;
  assign latency = {sums_latency, jet_latency, tau_latency, egamma_latency};
  assign latency_o[0 +: 16] = 16'(l1t_calo_pkg::RingsLatency + l1t_calo_pkg::NttLatency);
  assign latency_o[16 +: 16] = 16'(l1t_calo_pkg::RingsLatency + l1t_calo_pkg::ClusterLatency);
  for (genvar i = 0; i < Stages; i++) begin : g_latency
    assign latency_o[(i+2)*16 +: 16] = latency[i*16 +: 16] + 16'(l1t_calo_pkg::RingsLatency);
  end

  logic unused;
  assign unused = ^tile_phi;
endmodule
