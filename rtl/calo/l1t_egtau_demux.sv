// SPDX-License-Identifier: Apache-2.0
//
// Demultiplexer of the e/gamma or tau path: the objects of both sides, written as the global trigger
// reads them (ET clipped to 511, eta to a third of a tower, phi to half), the largest (ET, phi, eta)
// first. That is a total order, so how it is sorted does not matter: each object is sent to the
// place whose number is the number of objects in front of it.
//
// Twin: models/calo/l1t_egtau.c, l1t_egtau_demux(). Latency: l1t_egtau_pkg::DemuxLatency.
module l1t_egtau_demux #(
  parameter int Quality = 7  // of every object: 7 e/gamma, 0 tau
) (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [6*32-1:0]  pos_i,  // egtau_mp, 0 = empty
  input  logic [6*32-1:0]  neg_i,
  output logic             valid_o,
  output logic [12*30-1:0] gt_o    // egamma_gt or tau_gt, 0 = empty
);
  localparam int PerSide = l1t_egtau_pkg::PerSide;
  localparam int Out = l1t_egtau_pkg::Out;
  localparam int MpWidth = l1t_formats_pkg::EgtauMpBits;
  localparam int GtWidth = l1t_formats_pkg::EgammaGtBits;
  localparam int RankWidth = 9 + 8 + 8;  // ET, phi, eta + 128
  localparam int CountWidth = $clog2(Out);
  localparam int Latency = l1t_egtau_pkg::DemuxLatency;

  logic [Latency-1:0] valid_q;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  assign valid_o = valid_q[Latency-1];

  // Clock 1: the global trigger's units. Clock 2: how many are in front.
  for (genvar i = 0; i < Out; i++) begin : g_object
    localparam bit Negative = i >= PerSide;
    logic [MpWidth-1:0] mp;
    logic [11:0] et;
    logic [1:0] fine_phi, fine_eta, iso, iso_q, third;
    logic [6:0] phi;
    logic [5:0] ring;
    logic [8:0] et_gt;
    logic [7:0] half, phi_gt, distance, eta;
    logic [RankWidth-1:0] rank_q;
    logic [GtWidth-1:0] word_q2;
    logic [Out-1:0] ahead;
    logic [CountWidth-1:0] place_q2;

    if (Negative) begin : g_neg
      assign mp = neg_i[(i-PerSide)*MpWidth +: MpWidth];
    end else begin : g_pos
      assign mp = pos_i[i*MpWidth +: MpWidth];
    end
    assign {et, fine_phi, fine_eta, phi, ring, iso} = mp[MpWidth-1:1];

    assign et_gt = et > 12'd511 ? 9'd511 : et[8:0];
    assign half = {phi, 1'b0} + 8'd1 - {6'b0, fine_phi};
    assign phi_gt = half == 8'd144 ? 8'd0 : half;
    // Inner, centre, outer: east is the outer third at positive eta and the inner one at negative.
    assign third = Negative ? 2'd3 - fine_eta : fine_eta - 2'd1;
    assign distance = gt_eta(ring, third);
    assign eta = Negative ? -distance : distance;

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        rank_q <= et == '0 ? '0 : {et_gt, phi_gt, !eta[7], eta[6:0]};
        iso_q <= iso;
      end
    end

    for (genvar j = 0; j < Out; j++) begin : g_other
      if (j < i) begin : g_before
        assign ahead[j] = !(rank_q > g_object[j].rank_q);
      end else if (j > i) begin : g_behind
        assign ahead[j] = g_object[j].rank_q > rank_q;
      end else begin : g_self
        assign ahead[j] = 1'b0;
      end
    end

    always_ff @(posedge clk_i) begin
      if (valid_q[0]) begin
        place_q2 <= CountWidth'($countones(ahead));
        word_q2 <= rank_q == '0 ? '0
                   : {3'(Quality), iso_q, rank_q[15:8], !rank_q[7], rank_q[6:0], rank_q[24:16]};
      end
    end

    logic unused;
    assign unused = mp[0];
  end

  // Clock 3: every object to its place.
  for (genvar k = 0; k < Out; k++) begin : g_out
    logic [GtWidth-1:0] word_q3;
    for (genvar i = 0; i < Out; i++) begin : g_from
      logic [GtWidth-1:0] word;
      logic [GtWidth-1:0] here;
      assign here = g_object[i].place_q2 == CountWidth'(k) ? g_object[i].word_q2 : '0;
      if (i == 0) begin : g_first
        assign word = here;
      end else begin : g_next
        assign word = g_out[k].g_from[i-1].word | here;
      end
    end
    always_ff @(posedge clk_i) if (valid_q[1]) word_q3 <= g_from[Out-1].word;
    assign gt_o[k*GtWidth +: GtWidth] = word_q3;
  end

  // Eta in units of 0.087/2. Up to ring 20 all towers are two units wide; third 0 is the inner one.
  function automatic logic [7:0] gt_eta(input logic [5:0] ring, input logic [1:0] third);
    case ({ring, third})
      {6'd21, 2'd0}: gt_eta = 8'd41;
      {6'd21, 2'd1}: gt_eta = 8'd41;
      {6'd21, 2'd2}: gt_eta = 8'd42;
      {6'd22, 2'd0}: gt_eta = 8'd43;
      {6'd22, 2'd1}: gt_eta = 8'd43;
      {6'd22, 2'd2}: gt_eta = 8'd44;
      {6'd23, 2'd0}: gt_eta = 8'd45;
      {6'd23, 2'd1}: gt_eta = 8'd46;
      {6'd23, 2'd2}: gt_eta = 8'd46;
      {6'd24, 2'd0}: gt_eta = 8'd48;
      {6'd24, 2'd1}: gt_eta = 8'd48;
      {6'd24, 2'd2}: gt_eta = 8'd49;
      {6'd25, 2'd0}: gt_eta = 8'd51;
      {6'd25, 2'd1}: gt_eta = 8'd52;
      {6'd25, 2'd2}: gt_eta = 8'd53;
      {6'd26, 2'd0}: gt_eta = 8'd54;
      {6'd26, 2'd1}: gt_eta = 8'd55;
      {6'd26, 2'd2}: gt_eta = 8'd56;
      {6'd27, 2'd0}: gt_eta = 8'd58;
      {6'd27, 2'd1}: gt_eta = 8'd59;
      {6'd27, 2'd2}: gt_eta = 8'd60;
      {6'd28, 2'd0}: gt_eta = 8'd62;
      {6'd28, 2'd1}: gt_eta = 8'd63;
      {6'd28, 2'd2}: gt_eta = 8'd64;
      default: gt_eta = {1'b0, ring, 1'b0} - 8'd2 + {6'b0, third};
    endcase
  endfunction

  logic unused_valid;
  assign unused_valid = ^valid_q;
endmodule
