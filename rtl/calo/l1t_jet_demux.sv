// SPDX-License-Identifier: Apache-2.0
//
// Demultiplexer: the jets of both sides, + then - and without holes, go through a bitonic sort of
// exactly this length by their full ET and are then written as the global trigger reads them: ET
// clipped to 2047, signed eta of |m| by table, phi of the tower's centre (2 iphi - 1).
//
// Twin: models/calo/l1t_jet_demux.c, l1t_jet_demux(). Latency: l1t_jet_pkg::DemuxLatency.
module l1t_jet_demux (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [6*30-1:0]  pos_i,  // jet_mp, empty ones last
  input  logic [6*30-1:0]  neg_i,
  output logic             valid_o,
  output logic [12*30-1:0] gt_o    // jet_gt
);
  localparam int PerSide = l1t_jet_pkg::PerSide;
  localparam int Out = l1t_jet_pkg::Out;
  localparam int LogSlots = 4;
  localparam int ListSlots = 1 << LogSlots;
  localparam int MpWidth = l1t_formats_pkg::JetMpBits;
  localparam int GtWidth = l1t_formats_pkg::JetGtBits;
  localparam int Width = 16 + 1 + 7 + 6;  // ET, side, phi, ring
  localparam int ListLatency = l1t_pkg::list_latency(LogSlots);

  // Clock 1: the list. Registers are in descending order, so empty ones come last.
  logic [PerSide*Width-1:0] pos, neg;
  logic [PerSide-1:0] pos_any, neg_any;
  logic [4:0] n_pos, count_q;
  logic [ListSlots*Width-1:0] list_d, list_q;

  for (genvar i = 0; i < PerSide; i++) begin : g_in
    logic [15:0] pos_et, neg_et;
    assign pos_et = pos_i[i*MpWidth + l1t_formats_pkg::JetMpEtLsb +: 16];
    assign neg_et = neg_i[i*MpWidth + l1t_formats_pkg::JetMpEtLsb +: 16];
    assign pos_any[i] = pos_et != '0;
    assign neg_any[i] = neg_et != '0;
    assign pos[i*Width +: Width] = {pos_et, 1'b0, pos_i[i*MpWidth +: 13]};
    assign neg[i*Width +: Width] = {neg_et, 1'b1, neg_i[i*MpWidth +: 13]};
  end

  assign n_pos = 5'($countones(pos_any));
  always_comb begin
    list_d = '0;
    if (valid_i) begin
      for (int k = 0; k <= PerSide; k++) begin
        if (n_pos == 5'(k)) begin
          list_d[0 +: PerSide*Width] = pos;
          list_d[k*Width +: PerSide*Width] = neg;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      list_q <= list_d;
      count_q <= n_pos + 5'($countones(neg_any));
    end
  end

  // The sort.
  logic [ListLatency+1:0] valid_q;
  logic [ListSlots*Width-1:0] sorted;
  logic [4:0] count;

  l1t_delay_valid #(.Clocks(ListLatency + 2)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  l1t_bitonic_list #(.LogSlots(LogSlots), .Width(Width), .KeyWidth(16)) u_sort (
    .clk_i, .rst_i, .valid_i(valid_q[0]), .count_i(count_q), .list_i(list_q), .list_o(sorted)
  );
  l1t_delay #(.Width(5), .Clocks(ListLatency)) u_count (
    .clk_i, .data_i(count_q), .data_o(count)
  );

  // The last clock: words.
  for (genvar i = 0; i < Out; i++) begin : g_word
    logic [15:0] et;
    logic negative;
    logic [6:0] phi;
    logic [5:0] ring;
    logic [7:0] eta, phi_gt;
    logic [10:0] et_gt;
    logic [GtWidth-1:0] word_d, word_q;

    assign {et, negative, phi, ring} = sorted[i*Width +: Width];
    assign et_gt = et > 16'd2047 ? 11'd2047 : et[10:0];
    assign eta = negative ? -gt_eta(ring) : gt_eta(ring);
    assign phi_gt = {phi, 1'b0} - 8'd1;
    assign word_d = 5'(i) < count ? {3'b0, phi_gt, eta, et_gt} : '0;
    always_ff @(posedge clk_i) if (valid_q[ListLatency]) word_q <= word_d;
    assign gt_o[i*GtWidth +: GtWidth] = word_q;
  end

  assign valid_o = valid_q[ListLatency+1];

  // Eta of |m| in global-trigger units. Jets of the forward calorimeter carry the eta of tower
  // index |m|, one lower than their own, as in the emulator.
  function automatic logic [7:0] gt_eta(input logic [5:0] ring);
    case (ring)
      6'd21: gt_eta = 8'd41;
      6'd22: gt_eta = 8'd43;
      6'd23: gt_eta = 8'd46;
      6'd24: gt_eta = 8'd48;
      6'd25: gt_eta = 8'd52;
      6'd26: gt_eta = 8'd55;
      6'd27: gt_eta = 8'd59;
      6'd28: gt_eta = 8'd63;
      6'd29: gt_eta = 8'd69;
      6'd30: gt_eta = 8'd74;
      6'd31: gt_eta = 8'd78;
      6'd32: gt_eta = 8'd82;
      6'd33: gt_eta = 8'd86;
      6'd34: gt_eta = 8'd90;
      6'd35: gt_eta = 8'd94;
      6'd36: gt_eta = 8'd98;
      6'd37: gt_eta = 8'd102;
      6'd38: gt_eta = 8'd106;
      6'd39: gt_eta = 8'd110;
      6'd40: gt_eta = 8'd116;
      default: gt_eta = {1'b0, ring, 1'b0} - 8'd1;
    endcase
  endfunction

  logic unused;
  assign unused = ^{sorted, valid_q};
endmodule
