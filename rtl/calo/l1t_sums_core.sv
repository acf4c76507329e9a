// SPDX-License-Identifier: Apache-2.0
//
// Energy sums of both sides and the demultiplexer, behind what other paths share: the towers of one
// |m| a clock (l1t_rings), nTT (l1t_ntt) and the HT copies of the calibrated jets (l1t_jet_core),
// which come some clocks after their towers. Static inputs: the jets' threshold and the limits of
// the centrality bits.
//
// Every stage shows its records with a strobe (models/calo/l1t_sums.h names rows and lanes), nTT
// excepted, which is l1t_ntt's; the words in gt_o are the product. scalar_o and vector_o are
// complete when the jets are, the counts a little earlier.
// latency_o states, for each of the stages scalar vector mb count et ht met mht methf mhthf, the clocks
// from an event's first row to the stage's strobe when no gap lies between and the jets' first row
// comes l1t_jet_pkg::CalAt clocks after the towers'.
//
// Twin: models/calo/l1t_sums.c, l1t_sums().
module l1t_sums_core (
  input  logic             clk_i,
  input  logic             rst_i,               // synchronous
  input  logic [15:0]      jet_min_i,           // a jet counts above it
  input  logic [8*32-1:0]  centrality_lower_i,  // signed, of energy in HF
  input  logic [8*32-1:0]  centrality_upper_i,
  input  logic             valid_i,
  input  logic [5:0]       ring_i,  // |m|
  input  logic [72*16-1:0] pos_i,   // its towers
  input  logic [72*16-1:0] neg_i,
  input  logic [9:0]       ntt_i,
  input  logic             cal_valid_i,
  input  logic [5:0]       cal_ring_i,
  input  logic [36*32-1:0] cal_i,      // jet_cal
  input  logic [36*7-1:0]  cal_phi_i,  // iphi

  output logic             scalar_valid_o,
  output logic [8*32-1:0]  scalar_o,  // sum_scalar_mp
  output logic             vector_valid_o,
  output logic [16*32-1:0] vector_o,  // sum_vector_mp
  output logic             mb_valid_o,
  output logic [27:0]      mb_o,      // sum_mb_mp
  output logic             count_valid_o,
  output logic [12:0]      count_o,   // sum_count_mp
  output logic             gt_valid_o,
  output logic [6*32-1:0]  gt_o,      // sum_et_gt ... sum_mhthf_gt

  output logic [10*16-1:0] latency_o
);
  localparam int Kinds = l1t_sums_pkg::Kinds;
  localparam int Slots = l1t_calo_pkg::Slots;

  // Static inputs.
  logic [15:0] jet_min_q;
  logic [8*32-1:0] lower_q, upper_q;
  always_ff @(posedge clk_i) begin
    jet_min_q <= jet_min_i;
    lower_q <= centrality_lower_i;
    upper_q <= centrality_upper_i;
  end

  logic [8:0] met_min;
  l1t_sums_threshold u_threshold (
    .clk_i, .rst_i, .valid_i, .ring_i, .ntt_i, .met_min_o(met_min)
  );

  logic [1:0] towers_valid, jets_valid;
  logic [2*4-1:0] mb0, mb1;
  logic [2*11-1:0] count;
  for (genvar s = 0; s < 2; s++) begin : g_side
    logic [15:0] et, em, et_hf, ht, ht_hf;
    logic [31:0] x, y, x_hf, y_hf, ht_x, ht_y, ht_x_hf, ht_y_hf;

    l1t_sums_towers u_towers (
      .clk_i, .rst_i, .valid_i, .ring_i, .met_min_i(met_min), .towers_i(s == 0 ? pos_i : neg_i),
      .valid_o(towers_valid[s]), .et_o(et), .em_o(em), .x_o(x), .y_o(y), .et_hf_o(et_hf),
      .x_hf_o(x_hf), .y_hf_o(y_hf), .mb0_o(mb0[s*4 +: 4]), .mb1_o(mb1[s*4 +: 4]),
      .count_o(count[s*11 +: 11])
    );
    l1t_sums_jets u_jets (
      .clk_i, .rst_i, .valid_i(cal_valid_i), .ring_i(cal_ring_i), .jet_min_i(jet_min_q),
      .cal_i(cal_i[s*Slots*32 +: Slots*32]), .phi_i(cal_phi_i[s*Slots*7 +: Slots*7]),
      .valid_o(jets_valid[s]), .ht_o(ht), .x_o(ht_x), .y_o(ht_y), .ht_hf_o(ht_hf),
      .x_hf_o(ht_x_hf), .y_hf_o(ht_y_hf)
    );

    assign scalar_o[s*Kinds*32 +: Kinds*32] = {16'b0, ht, 16'b0, ht_hf, em, et, 16'b0, et_hf};
    assign vector_o[s*Kinds*64 +: Kinds*64] = {ht_y, ht_x, ht_y_hf, ht_x_hf, y, x, y_hf, x_hf};
  end

  assign scalar_valid_o = jets_valid[0];
  assign vector_valid_o = jets_valid[0];
  assign mb_valid_o = towers_valid[0];
  assign count_valid_o = towers_valid[0];
  // From bit 27 down: bit 0 counts of + and - side, bit 1 counts; four bits free after each.
  assign mb_o = {mb0[3:0], 4'b0, mb0[7:4], 4'b0, mb1[3:0], 4'b0, mb1[7:4]};
  assign count_o = 13'(count[0 +: 11]) + 13'(count[11 +: 11]);

  l1t_sums_demux u_demux (
    .clk_i, .rst_i, .centrality_lower_i(lower_q), .centrality_upper_i(upper_q),
    .valid_i(scalar_valid_o), .scalar_i(scalar_o), .vector_i(vector_o), .mb_i(mb_o),
    .count_i(count_o), .valid_o(gt_valid_o), .gt_o
  );

  localparam int LastRow = l1t_pkg::Rings - 1;
  localparam int CountsAt = LastRow + l1t_sums_pkg::TowersLatency;
  localparam int SumsAt = LastRow + l1t_jet_pkg::CalAt + l1t_sums_pkg::JetsLatency;
  localparam int GtAt = SumsAt + l1t_sums_pkg::DemuxLatency;
  assign latency_o = {
    {6{16'(GtAt)}}, 16'(CountsAt), 16'(CountsAt), 16'(SumsAt), 16'(SumsAt)
  };

  logic unused;
  assign unused = ^{towers_valid[1], jets_valid[1]};
endmodule
