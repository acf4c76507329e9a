// SPDX-License-Identifier: Apache-2.0
//
// ET of a main cluster and its secondary one, and where in its tower a tau lies: members that the
// secondary cluster has too are counted there only, and the fine position in phi is that of the
// members that are left.
//
// Twin: models/calo/l1t_tau.c, l1t_tau_merge(). Latency: l1t_tau_pkg::MergeLatency.
module l1t_tau_merge #(
  parameter int Lanes = l1t_calo_pkg::Lanes
) (
  input  logic                clk_i,
  input  logic [Lanes-1:0]    any_i,
  input  logic [Lanes*99-1:0] towers_i,     // ET of the main seed and of NW N NE E SE S SW W NN SS
  input  logic [Lanes*12-1:0] flags_i,      // of cluster_cand
  input  logic [Lanes*2-1:0]  fg_eta_i,     // of cluster_cand
  input  logic [Lanes*13-1:0] secondary_i,  // ET, 0 without
  input  logic [Lanes*10-1:0] overlap_i,    // NW ... SS
  output logic [Lanes*14-1:0] raw_o,
  output logic [Lanes*2-1:0]  fine_eta_o,   // of egtau_mp
  output logic [Lanes*2-1:0]  fine_phi_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Members = l1t_tau_pkg::Members;
  localparam int CoreBits = l1t_tau_pkg::CoreBits;
  localparam int SecondaryBits = l1t_tau_pkg::SecondaryBits;
  localparam int RawBits = l1t_tau_pkg::RawBits;

  // Members by place in the flags behind VALID.
  localparam int NW = 0;
  localparam int N = 1;
  localparam int NE = 2;
  localparam int E = 3;
  localparam int SE = 4;
  localparam int S = 5;
  localparam int SW = 6;
  localparam int W = 7;
  localparam int NN = 8;
  localparam int SS = 9;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    // Clock 1: what lies north, south and between. Clock 2: the sum, and which is heavier.
    logic any_q;
    logic [Members-1:0] left;
    logic [Members*EtWidth-1:0] et;
    logic [10:0] north_q, south_q;
    logic [SecondaryBits-1:0] between_q;
    logic [RawBits-1:0] raw_q2;
    logic [1:0] fg_eta_q, fine_eta_q2, fine_phi_q2;

    always_comb begin
      left = '0;
      et = '0;
      if (any_i[i]) begin
        left = flags_i[i*12 + 1 +: Members] & ~overlap_i[i*Members +: Members];
        for (int b = 0; b < Members; b++) begin
          if (left[b]) begin
            et[b*EtWidth +: EtWidth] = towers_i[i*CoreBits + (b + 1)*EtWidth +: EtWidth];
          end
        end
      end
    end

    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      if (any_i[i]) begin
        north_q <= 11'(et[NE*EtWidth +: EtWidth]) + 11'(et[N*EtWidth +: EtWidth]) +
                   11'(et[NW*EtWidth +: EtWidth]) + 11'(et[NN*EtWidth +: EtWidth]);
        south_q <= 11'(et[SE*EtWidth +: EtWidth]) + 11'(et[S*EtWidth +: EtWidth]) +
                   11'(et[SW*EtWidth +: EtWidth]) + 11'(et[SS*EtWidth +: EtWidth]);
        between_q <= SecondaryBits'(towers_i[i*CoreBits +: EtWidth]) +
                     SecondaryBits'(et[E*EtWidth +: EtWidth]) +
                     SecondaryBits'(et[W*EtWidth +: EtWidth]) +
                     secondary_i[i*SecondaryBits +: SecondaryBits];
        fg_eta_q <= fg_eta_i[i*2 +: 2];
      end
      if (any_q) begin
        raw_q2 <= RawBits'(between_q) + RawBits'(north_q) + RawBits'(south_q);
        // Codes: 1 west, 2 centre, 3 east; 1 larger phi, 2 centre, 3 smaller phi.
        fine_eta_q2 <= fg_eta_q == 2'd0 ? 2'd2 : fg_eta_q == 2'd1 ? 2'd1 : 2'd3;
        fine_phi_q2 <= south_q > north_q ? 2'd1 : north_q > south_q ? 2'd3 : 2'd2;
      end
    end

    assign raw_o[i*RawBits +: RawBits] = raw_q2;
    assign fine_eta_o[i*2 +: 2] = fine_eta_q2;
    assign fine_phi_o[i*2 +: 2] = fine_phi_q2;
  end
endmodule
