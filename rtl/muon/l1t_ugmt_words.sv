// SPDX-License-Identifier: Apache-2.0
//
// Output words: the intermediate muons for monitoring, what the global trigger reads, and in Run 3
// the raw eta in words of their own.
//
// Twin: models/muon/l1t_ugmt_words.c. Latency: 1.
module l1t_ugmt_words (
  input  logic             clk_i,
  input  logic [1:0]       layout_i,       // 0 Run 3, 1 2017, 2 2016
  input  logic             kept_valid_i,
  input  logic [24*74-1:0] kept_i,         // 0 = empty
  input  logic             final_valid_i,
  input  logic [8*74-1:0]  muon_i,         // 0 = empty
  input  logic [8*55-1:0]  final_i,        // muon_final
  output logic [24*64-1:0] mid_o,          // muon_mid, or muon_gt_2016
  output logic [8*64-1:0]  gt_o,           // muon_gt, muon_gt_2017 or muon_gt_2016
  output logic [4*32-1:0]  eta_o           // muon_eta_pair, 0 before Run 3
);
  localparam int Kept = l1t_ugmt_pkg::Kept;
  localparam int Out = l1t_ugmt_pkg::Out;
  localparam int MuonWidth = l1t_ugmt_pkg::MuonWidth;
  localparam int FinalWidth = l1t_formats_pkg::MuonFinalBits;
  localparam int Layout2017 = 1;
  localparam int Layout2016 = 2;

  for (genvar i = 0; i < Kept; i++) begin : g_mid
    logic [6:0] index;
    logic [9:0] rank, phi;
    logic [7:0] dphi, pt_u;
    logic [4:0] deta;
    logic sign_valid, sign;
    logic [1:0] dxy;
    logic [8:0] eta, pt;
    logic [3:0] quality;
    logic [63:0] word, word_2016, word_q;
    assign {index, rank, dphi, deta, dxy, pt_u, sign_valid, sign, phi, eta, quality, pt} =
        kept_i[i*MuonWidth +: MuonWidth];
    assign word = {dxy, eta, phi, 7'd0, sign_valid, sign, 11'd0, quality, pt, 2'd0, pt_u};
    assign word_2016 = {28'd0, sign_valid, sign, 2'd0, eta, quality, pt, phi};
    always_ff @(posedge clk_i)
      if (kept_valid_i) word_q <= layout_i == 2'(Layout2016) ? word_2016 : word;
    assign mid_o[i*64 +: 64] = word_q;

    logic unused;
    assign unused = ^{index, rank, dphi, deta};
  end

  for (genvar i = 0; i < Out; i++) begin : g_gt
    logic [6:0] index;
    logic [9:0] rank, phi, phi_vtx;
    logic [7:0] dphi, pt_u;
    logic [4:0] deta;
    logic sign_valid, sign;
    logic [1:0] dxy, iso;
    logic [8:0] eta, pt, eta_vtx;
    logic [3:0] quality;
    logic [FinalWidth-1:0] rest;
    logic [10:0] upper;
    logic [63:0] word, word_2016, word_q;
    assign {index, rank, dphi, deta, dxy, pt_u, sign_valid, sign, phi, eta, quality, pt} =
        muon_i[i*MuonWidth +: MuonWidth];
    assign rest = final_i[i*FinalWidth +: FinalWidth];
    assign phi_vtx = rest[l1t_formats_pkg::MuonFinalPhiVtxLsb +: 10];
    assign eta_vtx = rest[l1t_formats_pkg::MuonFinalEtaVtxLsb +: 9];
    assign iso = rest[l1t_formats_pkg::MuonFinalIsoLsb +: 2];
    // Where the raw eta was, Run 3 has displacement.
    assign upper = layout_i == 2'(Layout2017) ? {2'd0, eta} : {dxy, 1'b0, pt_u};
    assign word = {upper, phi, index, sign_valid, sign, iso, eta_vtx, quality, pt, phi_vtx};
    assign word_2016 = {21'd0, index, sign_valid, sign, iso, eta, quality, pt, phi};
    always_ff @(posedge clk_i)
      if (final_valid_i) word_q <= layout_i == 2'(Layout2016) ? word_2016 : word;
    assign gt_o[i*64 +: 64] = word_q;

    logic unused;
    assign unused = ^{rank, dphi, deta, rest[42:27], rest[52:43], rest[7:0]};
  end

  for (genvar i = 0; i < Out / 2; i++) begin : g_eta
    logic [31:0] word_q;
    always_ff @(posedge clk_i)
      if (final_valid_i)
        word_q <= layout_i == 2'd0 ? {1'b0, g_gt[2*i+1].eta, g_gt[2*i].eta, 13'd0} : '0;
    assign eta_o[i*32 +: 32] = word_q;
  end
endmodule
