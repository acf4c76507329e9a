// SPDX-License-Identifier: Apache-2.0
//
// Pile-up subtraction of one slot: the sum of the three smallest flaps (all four less the largest)
// or the phi ring's estimate. A jet that is not larger than it is dropped (ET 0, estimate kept); a
// saturated seed passes as 65535 without any.
//
// Twin: models/calo/l1t_jet_pus.c, l1t_jet_pus(). Latency: l1t_jet_pkg::PusLatency.
module l1t_jet_pus (
  input  logic        clk_i,
  input  logic        phi_ring_i,
  input  logic        any_i,
  input  logic        saturated_i,
  input  logic [31:0] raw_i,      // jet_raw
  input  logic [63:0] flaps_i,    // jet_flaps
  input  logic [15:0] ring_pu_i,  // one clock later than the rest
  output logic [6:0]  phi_o,
  output logic [31:0] pus_o       // jet_pus
);
  // Clock 1: flaps in pairs.
  logic any_q, saturated_q, any_q2, saturated_q2;
  logic [15:0] raw_q, raw_q2;
  logic [6:0] phi_q, phi_q2, phi_q3;
  logic [15:0] up, down, east, west;
  logic [14:0] sum_phi_q, sum_eta_q, largest_phi_q, largest_eta_q;

  assign up = flaps_i[l1t_formats_pkg::JetFlapsPhiUpLsb +: 16];
  assign down = flaps_i[l1t_formats_pkg::JetFlapsPhiDownLsb +: 16];
  assign east = flaps_i[l1t_formats_pkg::JetFlapsEtaUpLsb +: 16];
  assign west = flaps_i[l1t_formats_pkg::JetFlapsEtaDownLsb +: 16];

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    saturated_q <= saturated_i;
    phi_q <= raw_i[l1t_formats_pkg::JetRawPhiLsb +: 7];
    raw_q <= raw_i[l1t_formats_pkg::JetRawRawLsb +: 16];
    if (any_i) begin
      sum_phi_q <= 15'(up) + 15'(down);
      sum_eta_q <= 15'(east) + 15'(west);
      largest_phi_q <= 15'(up > down ? up : down);
      largest_eta_q <= 15'(east > west ? east : west);
    end
  end

  // Clock 2: the estimate.
  logic [15:0] largest, donut, pu_d, pu_q2, pu_q3;

  assign largest = largest_phi_q > largest_eta_q ? 16'(largest_phi_q) : 16'(largest_eta_q);
  assign donut = 16'(sum_phi_q) + 16'(sum_eta_q) - largest;
  assign pu_d = !any_q || saturated_q ? 16'd0 : phi_ring_i ? ring_pu_i : donut;

  always_ff @(posedge clk_i) begin
    any_q2 <= any_q;
    saturated_q2 <= saturated_q;
    phi_q2 <= phi_q;
    raw_q2 <= raw_q;
    pu_q2 <= pu_d;
  end

  // Clock 3: the subtraction.
  logic [15:0] et_d, et_q3;

  assign et_d = !any_q2 ? 16'd0
                : saturated_q2 ? 16'hffff
                : raw_q2 > pu_q2 ? raw_q2 - pu_q2 : 16'd0;

  always_ff @(posedge clk_i) begin
    phi_q3 <= phi_q2;
    pu_q3 <= pu_q2;
    et_q3 <= et_d;
  end

  assign phi_o = phi_q3;
  assign pus_o = {et_q3, pu_q3};
endmodule
