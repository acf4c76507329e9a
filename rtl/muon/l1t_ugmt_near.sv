// SPDX-License-Identifier: Apache-2.0
//
// Slots of one link against those of another by coordinates: a pair that is near looks into a table
// of one bit, which is outside because many pairs of links share it. The lower quality of a pair
// that matches is lost; of equals, a.
//
// Twin: models/muon/l1t_ugmt_cancel.c, is_near() and duel(). Latency: 2.
module l1t_ugmt_near (
  input  logic           clk_i,
  input  logic           valid_i,
  input  logic [3*25-1:0] a_i,        // {quality, valid, fine, phi, eta}
  input  logic [3*25-1:0] b_i,        // slot k is compared with slot k of a
  output logic [3*9-1:0] address_o,  // {fine, deta, dphi}, after a clock
  input  logic [3-1:0]   match_i,    // the table's answer, a clock later
  output logic [3-1:0]   a_lost_o,   // with the answer
  output logic [3-1:0]   b_lost_o
);
  localparam int KeyWidth = l1t_ugmt_pkg::KeyWidth;
  localparam int Phis = 576;

  for (genvar k = 0; k < l1t_ugmt_pkg::Slots; k++) begin : g_slot
    logic [3:0] a_quality, b_quality;
    logic a_valid, b_valid, a_fine, b_fine;
    logic [9:0] a_phi, b_phi, turn, dphi;
    logic [8:0] a_eta, b_eta;
    logic [9:0] rise, deta;
    logic near_q, near_q2, b_loses_q, b_loses_q2;
    logic [8:0] address_q;

    assign {a_quality, a_valid, a_fine, a_phi, a_eta} = a_i[k*KeyWidth +: KeyWidth];
    assign {b_quality, b_valid, b_fine, b_phi, b_eta} = b_i[k*KeyWidth +: KeyWidth];

    // The short way round in phi; |deta| of 9-bit numbers needs no sign.
    always_comb begin
      turn = '0;
      rise = '0;
      if (valid_i && a_valid && b_valid) begin
        turn = a_phi > b_phi ? a_phi - b_phi : b_phi - a_phi;
        rise = {a_eta[8], a_eta} - {b_eta[8], b_eta};
      end
      dphi = turn > 10'(Phis / 2) ? 10'(Phis) - turn : turn;
      deta = rise[9] ? -rise : rise;
    end

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        near_q <= a_valid && b_valid && dphi[9:3] == '0 && deta[9:5] == '0;
        address_q <= {a_fine & b_fine, deta[4:0], dphi[2:0]};
        b_loses_q <= b_quality < a_quality;
      end
      near_q2 <= near_q;
      b_loses_q2 <= b_loses_q;
    end

    assign address_o[k*9 +: 9] = address_q;
    assign a_lost_o[k] = near_q2 && match_i[k] && !b_loses_q2;
    assign b_lost_o[k] = near_q2 && match_i[k] && b_loses_q2;
  end
endmodule
