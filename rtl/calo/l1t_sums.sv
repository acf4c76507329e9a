// SPDX-License-Identifier: Apache-2.0
//
// Energy sums of one main processor and the demultiplexer, fed as the jets are (l1t_jet): a ring of
// both eta sides a clock, |m| = 1 to 40, valid_i with each. In front of l1t_sums_core stand the ring
// buffer, nTT and the jets up to their calibration. Static inputs: the jets' pile-up subtraction
// (chunky donut or phi ring) and seed threshold, the threshold of jets in HT, the limits of the
// centrality bits.
//
// Every stage shows its records with a strobe (models/calo/l1t_sums.h names rows and lanes); the
// words et_o ... mhthf_o are the product, all other outputs are probes that synthesis drops when
// left open.
// latency_o states, for each stage in that order, the clocks from an event's first ring to the
// stage's strobe when no gap lies between.
//
// Twin: models/calo/l1t_sums.c, l1t_sums().
module l1t_sums (
  input  logic             clk_i,
  input  logic             rst_i,       // synchronous
  input  logic             phi_ring_i,  // 0: chunky donut, 1: phi ring
  input  logic [8:0]       seed_min_i,
  input  logic [15:0]      jet_min_i,
  input  logic [8*32-1:0]  centrality_lower_i,
  input  logic [8*32-1:0]  centrality_upper_i,
  input  logic             valid_i,
  input  logic [72*16-1:0] pos_i,
  input  logic [72*16-1:0] neg_i,

  output logic             ntt_valid_o,
  output logic [9:0]       ntt_o,     // ntt
  output logic             scalar_valid_o,
  output logic [8*32-1:0]  scalar_o,  // sum_scalar_mp
  output logic             vector_valid_o,
  output logic [16*32-1:0] vector_o,  // sum_vector_mp
  output logic             mb_valid_o,
  output logic [27:0]      mb_o,      // sum_mb_mp
  output logic             count_valid_o,
  output logic [12:0]      count_o,   // sum_count_mp
  output logic             gt_valid_o,  // with the six words
  output logic [31:0]      et_o,      // sum_et_gt
  output logic [31:0]      ht_o,      // sum_ht_gt
  output logic [31:0]      met_o,     // sum_met_gt
  output logic [31:0]      mht_o,     // sum_mht_gt
  output logic [31:0]      methf_o,   // sum_methf_gt
  output logic [31:0]      mhthf_o,   // sum_mhthf_gt

  output logic [11*16-1:0] latency_o
);
  localparam int RowWidth = l1t_pkg::Phis * l1t_formats_pkg::TowerBits;
  localparam int Middle = l1t_calo_pkg::Inner;

  logic row_valid;
  logic [5:0] row_ring;
  logic [15*RowWidth-1:0] pos_window, neg_window;
  l1t_rings u_rings (
    .clk_i, .rst_i, .valid_i, .pos_i, .neg_i,
    .valid_o(row_valid), .ring_o(row_ring), .pos_o(pos_window), .neg_o(neg_window)
  );
  l1t_ntt u_ntt (
    .clk_i, .rst_i, .valid_i, .pos_i, .neg_i, .row_valid_i(row_valid), .row_ring_i(row_ring),
    .valid_o(ntt_valid_o), .ntt_o
  );

  // Of the jets only the calibrated ones are used.
  logic cal_valid;
  logic [5:0] cal_ring;
  logic [36*32-1:0] cal;
  logic [36*7-1:0] cal_phi;
  logic max_valid, raw_valid, flaps_valid, pus_valid, select_valid, sort_valid, demux_valid;
  logic [2*72-1:0] max;
  logic [36*32-1:0] raw, pus;
  logic [36*64-1:0] flaps;
  logic [36-1:0] select;
  logic [2*7*30-1:0] sort;
  logic [12*30-1:0] demux;
  logic [8*16-1:0] jet_latency;
  l1t_jet_core u_jets (
    .clk_i, .rst_i, .phi_ring_i, .seed_min_i, .valid_i(row_valid), .ring_i(row_ring),
    .pos_i(pos_window), .neg_i(neg_window), .max_valid_o(max_valid), .max_o(max),
    .raw_valid_o(raw_valid), .raw_o(raw), .flaps_valid_o(flaps_valid), .flaps_o(flaps),
    .pus_valid_o(pus_valid), .pus_o(pus), .cal_valid_o(cal_valid), .cal_o(cal),
    .cal_phi_o(cal_phi), .cal_ring_o(cal_ring), .select_valid_o(select_valid),
    .select_o(select), .sort_valid_o(sort_valid), .sort_o(sort), .demux_valid_o(demux_valid),
    .demux_o(demux), .latency_o(jet_latency)
  );

  logic [10*16-1:0] latency;
  l1t_sums_core u_core (
    .clk_i, .rst_i, .jet_min_i, .centrality_lower_i, .centrality_upper_i,
    .valid_i(row_valid), .ring_i(row_ring), .pos_i(pos_window[Middle*RowWidth +: RowWidth]),
    .neg_i(neg_window[Middle*RowWidth +: RowWidth]), .ntt_i(ntt_o), .cal_valid_i(cal_valid),
    .cal_ring_i(cal_ring), .cal_i(cal), .cal_phi_i(cal_phi), .scalar_valid_o, .scalar_o,
    .vector_valid_o, .vector_o, .mb_valid_o, .mb_o, .count_valid_o, .count_o, .gt_valid_o,
    .gt_o({mhthf_o, methf_o, mht_o, met_o, ht_o, et_o}), .latency_o(latency)
  );

  assign latency_o[0 +: 16] = 16'(l1t_calo_pkg::RingsLatency + l1t_calo_pkg::NttLatency);
  for (genvar i = 0; i < 10; i++) begin : g_latency
    assign latency_o[(i+1)*16 +: 16] = latency[i*16 +: 16] + 16'(l1t_calo_pkg::RingsLatency);
  end

  logic unused;
  assign unused = ^{max_valid, raw_valid, flaps_valid, pus_valid, select_valid, sort_valid,
                    demux_valid, max, raw, flaps, pus, select, sort, demux, jet_latency};
endmodule
