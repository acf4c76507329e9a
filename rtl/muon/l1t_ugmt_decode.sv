// SPDX-License-Identifier: Apache-2.0
//
// Muons of one link: low and high word of slots 0, 1, 2 in six frames. A slot is decoded when its
// high word is there; slot 2 of an event is written a clock after its last frame, slot 0 of the
// next event at least two clocks later.
//
// Twin: models/muon/l1t_ugmt_decode.c, l1t_ugmt_decode(). Latency: 1 behind a slot's high word.
module l1t_ugmt_decode #(
  parameter int Finder = 0,    // l1t_ugmt_pkg
  parameter int Origin = 600   // of the link's local phi, plus 576 so that no sum is negative
) (
  input  logic            clk_i,
  input  logic            run2_i,     // words as in Run 2
  input  logic            valid_i,
  input  logic [2:0]      frame_i,    // 0..5
  input  logic [31:0]     word_i,
  output logic [31:0]     low_o,      // low word of the slot that is coming in
  output logic [3*46-1:0] dec_o,      // muon_dec, 0 = empty
  output logic [3-1:0]    halo_o,     // halo muon of the endcap
  output logic [3*19-1:0] address_o   // {side, wheel, station 4 to 1}, or {chamber, segment} x 4
);
  localparam int DecWidth = l1t_formats_pkg::MuonDecBits;
  localparam int Slots = l1t_ugmt_pkg::Slots;
  localparam int AddressWidth = l1t_ugmt_pkg::AddressWidth;
  localparam int Phis = 576;

  logic [31:0] low_q;
  always_ff @(posedge clk_i) if (valid_i && !frame_i[0]) low_q <= word_i;
  assign low_o = low_q;

  logic [8:0] pt, eta;
  logic [3:0] quality;
  logic hf, sign, sign_valid, fine, halo;
  logic [7:0] local_phi;
  logic [28:0] upper;
  logic [1:0] service;
  assign {service[1], upper, sign_valid, sign, service[0], local_phi, hf, eta, quality, pt} =
      {word_i, low_q};

  // Sums lie in 424..1207: at most two subtractions.
  logic [10:0] turned, once, phi;
  assign turned = 11'(Origin) + {{3{local_phi[7]}}, local_phi};
  assign once = turned >= 11'(Phis) ? turned - 11'(Phis) : turned;
  assign phi = once >= 11'(Phis) ? once - 11'(Phis) : once;

  // Displacement came with Run 3; the overlap finder has none.
  logic [7:0] pt_u;
  logic [1:0] dxy;
  logic [AddressWidth-1:0] address;
  if (Finder == l1t_ugmt_pkg::Barrel) begin : g_barrel
    assign fine = hf;
    assign halo = 1'b0;
    assign pt_u = run2_i ? 8'd0 : upper[28:21];
    assign dxy = run2_i ? 2'd0 : upper[1:0];
    // Station 1 to 4 from bit 2 on, or in Run 2 the other way round; two bits of the last.
    logic [15:0] stations;
    assign stations =
        run2_i ? {upper[5:2], upper[9:6], upper[13:10], 2'd0, upper[15:14]} : {2'd0, upper[15:2]};
    assign address = {upper[20:18], stations};
    logic unused;
    assign unused = ^upper[17:16];
  end else begin : g_forward
    if (Finder == l1t_ugmt_pkg::Endcap) begin : g_endcap
      // The endcap's eta is always fine; its bit means a halo muon.
      assign fine = 1'b1;
      assign halo = hf;
      assign pt_u = run2_i ? 8'd0 : upper[25:18];
      assign dxy = run2_i ? 2'd0 : upper[28:27];
      assign address = {3'd0, upper[15:0]};
      logic unused;
      assign unused = ^{upper[26], upper[17:16]};
    end else begin : g_overlap
      assign fine = hf;
      assign halo = 1'b0;
      assign pt_u = 8'd0;
      assign dxy = 2'd0;
      assign address = '0;
      logic unused;
      assign unused = ^{run2_i, upper};
    end
  end

  logic [DecWidth-1:0] dec;
  assign dec = {dxy, pt_u, sign_valid, sign, fine, phi[9:0], eta, quality, pt, 1'b1};

  for (genvar k = 0; k < Slots; k++) begin : g_slot
    logic [DecWidth-1:0] dec_q;
    logic halo_q;
    logic [AddressWidth-1:0] address_q;
    always_ff @(posedge clk_i) begin
      if (valid_i && frame_i == 3'(2 * k + 1)) begin
        dec_q <= pt != '0 ? dec : '0;
        halo_q <= halo;
        address_q <= address;
      end
    end
    assign dec_o[k*DecWidth +: DecWidth] = dec_q;
    assign halo_o[k] = halo_q;
    assign address_o[k*AddressWidth +: AddressWidth] = address_q;
  end

  logic unused_bits;
  assign unused_bits = ^{service, phi[10]};
endmodule
