// SPDX-License-Identifier: Apache-2.0
//
// Bits of the 72 towers of a ring: is one of them saturated (for ET: code 509 and above; for its
// vector: above the threshold, too; for the electromagnetic part: 510 and above), how many have
// energy, and how many in HF have the feature and the fine-grain bit set, counted up to 15.
//
// Twin: models/calo/l1t_sums.c, gather_ring(), gather_em(), count_bit(). Latency:
// l1t_sums_pkg::FlagsLatency.
module l1t_sums_flags (
  input  logic             clk_i,
  input  logic [1:0]       enable_i,  // bit k: registers of clock k + 1 take what is before them
  input  logic             hf_i,
  input  logic [8:0]       met_min_i,
  input  logic [72*16-1:0] towers_i,
  output logic             full_o,
  output logic             met_full_o,
  output logic             em_full_o,  // without HF
  output logic [6:0]       count_o,    // without HF
  output logic [3:0]       mb0_o,      // in HF
  output logic [3:0]       mb1_o
);
  localparam int Phis = l1t_pkg::Phis;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Latency = l1t_sums_pkg::FlagsLatency;

  // Clock 1: towers. (Loops of more than 16 lanes, which the simulator keeps as loops.)
  logic [Phis-1:0] full, met_full, em_full, energy, feature, finegrain;
  logic full_q, met_full_q, em_full_q, hf_q;
  logic [Phis-1:0] energy_q, feature_q, finegrain_q;

  always_comb begin
    full = '0;
    met_full = '0;
    em_full = '0;
    energy = '0;
    feature = '0;
    finegrain = '0;
    if (enable_i[0]) begin
      for (int p = 0; p < Phis; p++) begin
        if (towers_i[p*16 +: EtWidth] >= EtWidth'(l1t_sums_pkg::FirstSaturated)) begin
          full[p] = 1'b1;
          if (towers_i[p*16 +: EtWidth] > met_min_i) met_full[p] = 1'b1;
          if (towers_i[p*16 +: EtWidth] >= EtWidth'(l1t_sums_pkg::FirstEmSaturated)) begin
            em_full[p] = 1'b1;
          end
        end
      end
      if (hf_i) begin
        for (int p = 0; p < Phis; p++) begin
          feature[p] = towers_i[p*16 + l1t_formats_pkg::TowerFeatureLsb];
          finegrain[p] = towers_i[p*16 + l1t_formats_pkg::TowerFinegrainLsb];
        end
      end else begin
        for (int p = 0; p < Phis; p++) energy[p] = towers_i[p*16 +: EtWidth] != '0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (enable_i[0]) begin
      full_q <= full != '0;
      met_full_q <= met_full != '0;
      em_full_q <= em_full != '0;
      hf_q <= hf_i;
      energy_q <= energy;
      feature_q <= feature;
      finegrain_q <= finegrain;
    end
  end

  // Clock 2: counts.
  logic full_q2, met_full_q2, em_full_q2;
  logic [6:0] count_q2, features, finegrains;
  logic [3:0] mb0_q2, mb1_q2;

  assign features = 7'($countones(feature_q));
  assign finegrains = 7'($countones(finegrain_q));
  always_ff @(posedge clk_i) begin
    if (enable_i[Latency-1]) begin
      full_q2 <= full_q;
      met_full_q2 <= met_full_q;
      em_full_q2 <= em_full_q && !hf_q;
      count_q2 <= 7'($countones(energy_q));
      mb0_q2 <= features > 7'd15 ? 4'd15 : features[3:0];
      mb1_q2 <= finegrains > 7'd15 ? 4'd15 : finegrains[3:0];
    end
  end

  assign full_o = full_q2;
  assign met_full_o = met_full_q2;
  assign em_full_o = em_full_q2;
  assign count_o = count_q2;
  assign mb0_o = mb0_q2;
  assign mb1_o = mb1_q2;
endmodule
