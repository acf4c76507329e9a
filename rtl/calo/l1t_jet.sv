// SPDX-License-Identifier: Apache-2.0
//
// Jets of one main processor and the demultiplexer: a ring of both eta sides a clock, |m| = 1 to
// 40, valid_i with each; the next event may follow at once. Towers are words "tower" of
// l1t_formats_pkg, lane p is iphi p + 1. A clock without valid_i may carry anything; inside an
// event it stops the ring buffer, between events it does nothing. Static inputs: pile-up
// subtraction (chunky donut or phi ring) and the seed threshold.
//
// The work is done in l1t_jet_core; here is the ring buffer in front of it.
//
// Every stage shows its records with a strobe (models/calo/l1t_jet.h names rows and lanes); demux_o
// with demux_valid_o is the product, all other outputs are probes that synthesis drops when left
// open.
// latency_o states, for each stage in that order, the clocks from an event's first ring to the
// stage's first strobe when no gap lies between.
//
// Twin: models/calo/l1t_jet.c, l1t_jet().
module l1t_jet (
  input  logic                clk_i,
  input  logic                rst_i,       // synchronous
  input  logic                phi_ring_i,  // 0: chunky donut, 1: phi ring
  input  logic [8:0]          seed_min_i,
  input  logic                valid_i,
  input  logic [72*16-1:0]    pos_i,
  input  logic [72*16-1:0]    neg_i,

  output logic                max_valid_o,
  output logic [2*72-1:0]     max_o,       // jet_max
  output logic                raw_valid_o,
  output logic [36*32-1:0]    raw_o,       // jet_raw
  output logic                flaps_valid_o,
  output logic [36*64-1:0]    flaps_o,     // jet_flaps
  output logic                pus_valid_o,
  output logic [36*32-1:0]    pus_o,       // jet_pus
  output logic                cal_valid_o,
  output logic [36*32-1:0]    cal_o,       // jet_cal
  output logic                select_valid_o,
  output logic [36-1:0]       select_o,    // jet_keep
  output logic                sort_valid_o,
  output logic [2*7*30-1:0]   sort_o,      // jet_mp
  output logic                demux_valid_o,
  output logic [12*30-1:0]    demux_o,     // jet_gt

  output logic [8*16-1:0]     latency_o
);
  logic row_valid;
  logic [5:0] row_ring;
  logic [15*72*16-1:0] pos_window, neg_window;

  l1t_rings u_rings (
    .clk_i, .rst_i, .valid_i, .pos_i, .neg_i,
    .valid_o(row_valid), .ring_o(row_ring), .pos_o(pos_window), .neg_o(neg_window)
  );

  logic [8*16-1:0] latency;
  logic [36*7-1:0] cal_phi;
  logic [5:0] cal_ring;
  l1t_jet_core u_core (
    .clk_i, .rst_i, .phi_ring_i, .seed_min_i, .valid_i(row_valid), .ring_i(row_ring),
    .pos_i(pos_window), .neg_i(neg_window), .max_valid_o, .max_o, .raw_valid_o, .raw_o,
    .flaps_valid_o, .flaps_o, .pus_valid_o, .pus_o, .cal_valid_o, .cal_o, .cal_phi_o(cal_phi),
    .cal_ring_o(cal_ring), .select_valid_o, .select_o, .sort_valid_o, .sort_o, .demux_valid_o,
    .demux_o, .latency_o(latency)
  );
  for (genvar i = 0; i < 8; i++) begin : g_latency
    assign latency_o[i*16 +: 16] = latency[i*16 +: 16] + 16'(l1t_calo_pkg::RingsLatency);
  end

  logic unused;
  assign unused = ^{cal_phi, cal_ring};
endmodule
