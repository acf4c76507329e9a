// SPDX-License-Identifier: Apache-2.0
//
// ET of a main cluster and its secondary one, and where in its tower a tau lies: members that the
// secondary cluster has too are counted there only, and the fine position in phi is that of the
// members that are left.
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
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

  // Clock 1: what lies north, south and between. Clock 2: the sum, and which is heavier.
  localparam int TowersBits = Members * EtWidth;
  logic [Members-1:0] left;
  logic [CoreBits-1:0] towers;
  logic [TowersBits-1:0] et;
  logic [Lanes-1:0] any_q;
  logic [Lanes*11-1:0] north_d, north_q1, south_d, south_q1;
  logic [Lanes*SecondaryBits-1:0] between_d, between_q;
  logic [Lanes*2-1:0] fg_etas_q;

  always_comb begin
    left = '0;
    towers = '0;
    et = '0;
    north_d = '0;
    south_d = '0;
    between_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        left = flags_i[i*12 + 1 +: Members] & ~overlap_i[i*Members +: Members];
        towers = towers_i[i*CoreBits +: CoreBits];
        et = '0;
        for (int b = 0; b < Members; b++) begin
          if (left[b]) et[b*EtWidth +: EtWidth] = towers[(b + 1)*EtWidth +: EtWidth];
        end
        north_d[i*11 +: 11] = 11'(et[NE*EtWidth +: EtWidth]) + 11'(et[N*EtWidth +: EtWidth]) +
                              11'(et[NW*EtWidth +: EtWidth]) + 11'(et[NN*EtWidth +: EtWidth]);
        south_d[i*11 +: 11] = 11'(et[SE*EtWidth +: EtWidth]) + 11'(et[S*EtWidth +: EtWidth]) +
                              11'(et[SW*EtWidth +: EtWidth]) + 11'(et[SS*EtWidth +: EtWidth]);
        between_d[i*SecondaryBits +: SecondaryBits] =
            SecondaryBits'(towers[0 +: EtWidth]) + SecondaryBits'(et[E*EtWidth +: EtWidth]) +
            SecondaryBits'(et[W*EtWidth +: EtWidth]) +
            secondary_i[i*SecondaryBits +: SecondaryBits];
      end
    end
  end

  logic [10:0] north_q, south_q;
  logic [1:0] fg_eta_q;
  logic [Lanes*RawBits-1:0] raw_d, raw_q2;
  logic [Lanes*2-1:0] fine_eta_d, fine_eta_q2, fine_phi_d, fine_phi_q2;

  always_comb begin
    north_q = '0;
    south_q = '0;
    fg_eta_q = '0;
    raw_d = '0;
    fine_eta_d = '0;
    fine_phi_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q[i]) begin
        north_q = north_q1[i*11 +: 11];
        south_q = south_q1[i*11 +: 11];
        fg_eta_q = fg_etas_q[i*2 +: 2];
        raw_d[i*RawBits +: RawBits] = RawBits'(between_q[i*SecondaryBits +: SecondaryBits]) +
                                      RawBits'(north_q) + RawBits'(south_q);
        // Codes: 1 west, 2 centre, 3 east; 1 larger phi, 2 centre, 3 smaller phi.
        fine_eta_d[i*2 +: 2] = fg_eta_q == 2'd0 ? 2'd2 : fg_eta_q == 2'd1 ? 2'd1 : 2'd3;
        fine_phi_d[i*2 +: 2] = south_q > north_q ? 2'd1 : north_q > south_q ? 2'd3 : 2'd2;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    if (any_i != '0) begin
      north_q1 <= north_d;
      south_q1 <= south_d;
      between_q <= between_d;
      fg_etas_q <= fg_eta_i;
    end
    if (any_q != '0) begin
      raw_q2 <= raw_d;
      fine_eta_q2 <= fine_eta_d;
      fine_phi_q2 <= fine_phi_d;
    end
  end
  assign raw_o = raw_q2;
  assign fine_eta_o = fine_eta_q2;
  assign fine_phi_o = fine_phi_q2;
endmodule
