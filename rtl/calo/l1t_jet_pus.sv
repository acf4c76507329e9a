// SPDX-License-Identifier: Apache-2.0
//
// Pile-up subtraction of the jets of one ring, both sides: the sum of the three smallest flaps (all four less the largest)
// or the phi ring's estimate. A jet that is not larger than it is dropped (ET 0, estimate kept); a
// saturated seed passes as 65535 without any.
// The lanes are loops, which a simulator keeps and in which it skips those without a jet.
//
// Twin: models/calo/l1t_jet_pus.c, l1t_jet_pus(). Latency: l1t_jet_pkg::PusLatency.
module l1t_jet_pus #(
  parameter int Lanes = 36
) (
  input  logic                clk_i,
  input  logic                phi_ring_i,
  input  logic [Lanes-1:0]    any_i,
  input  logic [Lanes-1:0]    saturated_i,
  input  logic [Lanes*32-1:0] raw_i,      // jet_raw
  input  logic [Lanes*64-1:0] flaps_i,    // jet_flaps
  input  logic [2*16-1:0]     ring_pu_i,  // of both sides, one clock later than the rest
  output logic [Lanes*7-1:0]  phi_o,
  output logic [Lanes*32-1:0] pus_o       // jet_pus
);
  // Clock 1: flaps in pairs.
  localparam int PairsBits = 4 * 15;
  logic [15:0] up, down, east, west;
  logic [Lanes-1:0] any_q, any_q2, saturated_q, saturated_q2;
  logic [Lanes*16-1:0] raws_d, raws_q, raws_q2;
  logic [Lanes*7-1:0] phi_d, phi_q, phi_q2, phi_q3;
  logic [Lanes*PairsBits-1:0] pairs_d, pairs_q;

  always_comb begin
    {up, down, east, west} = '0;
    raws_d = '0;
    phi_d = '0;
    pairs_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        up = flaps_i[i*64 + l1t_formats_pkg::JetFlapsPhiUpLsb +: 16];
        down = flaps_i[i*64 + l1t_formats_pkg::JetFlapsPhiDownLsb +: 16];
        east = flaps_i[i*64 + l1t_formats_pkg::JetFlapsEtaUpLsb +: 16];
        west = flaps_i[i*64 + l1t_formats_pkg::JetFlapsEtaDownLsb +: 16];
        raws_d[i*16 +: 16] = raw_i[i*32 + l1t_formats_pkg::JetRawRawLsb +: 16];
        phi_d[i*7 +: 7] = raw_i[i*32 + l1t_formats_pkg::JetRawPhiLsb +: 7];
        pairs_d[i*PairsBits +: PairsBits] = {
          15'(east > west ? east : west), 15'(up > down ? up : down), 15'(east) + 15'(west),
          15'(up) + 15'(down)
        };
      end
    end
  end

  // Clock 2: the estimate.
  logic [14:0] sum_phi_q, sum_eta_q, largest_phi_q, largest_eta_q;
  logic [15:0] largest, donut;
  logic [Lanes*16-1:0] pus_d, pus_q2, pus_q3;

  always_comb begin
    {largest_eta_q, largest_phi_q, sum_eta_q, sum_phi_q} = '0;
    largest = '0;
    donut = '0;
    pus_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q[i] && !saturated_q[i]) begin
        {largest_eta_q, largest_phi_q, sum_eta_q, sum_phi_q} = pairs_q[i*PairsBits +: PairsBits];
        largest = largest_phi_q > largest_eta_q ? 16'(largest_phi_q) : 16'(largest_eta_q);
        donut = 16'(sum_phi_q) + 16'(sum_eta_q) - largest;
        pus_d[i*16 +: 16] =
            !phi_ring_i ? donut : i < l1t_calo_pkg::Slots ? ring_pu_i[15:0] : ring_pu_i[31:16];
      end
    end
  end

  // Clock 3: the subtraction.
  logic [15:0] raw_q2, pu_q2;
  logic [Lanes*16-1:0] ets_d, ets_q3;

  always_comb begin
    raw_q2 = '0;
    pu_q2 = '0;
    ets_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q2[i]) begin
        raw_q2 = raws_q2[i*16 +: 16];
        pu_q2 = pus_q2[i*16 +: 16];
        ets_d[i*16 +: 16] = saturated_q2[i] ? 16'hffff : raw_q2 > pu_q2 ? raw_q2 - pu_q2 : 16'd0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    saturated_q <= saturated_i;
    saturated_q2 <= saturated_q;
    raws_q <= raws_d;
    raws_q2 <= raws_q;
    phi_q <= phi_d;
    phi_q2 <= phi_q;
    phi_q3 <= phi_q2;
    if (any_i != '0) pairs_q <= pairs_d;
    pus_q2 <= pus_d;
    pus_q3 <= pus_q2;
    ets_q3 <= ets_d;
  end

  assign phi_o = phi_q3;
  for (genvar i = 0; i < Lanes; i++) begin : g_out
    assign pus_o[i*32 +: 32] = {ets_q3[i*16 +: 16], pus_q3[i*16 +: 16]};
  end
endmodule
