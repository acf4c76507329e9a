// SPDX-License-Identifier: Apache-2.0
//
// Identification of one e/gamma: the seed's fine-grain bit and E/H, the shape, and whether all
// towers above hoe_ext_min_i around the seed have at least as much E as H; the second ones north and
// south are asked only as members. All four, or a calibrated ET of no_id_min_i, and it goes to the
// sorter.
//
// The towers come first (tile), the cluster three clocks later, shape bit and ET six clocks after it.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_id(). Latency: 1 from pt_i.
module l1t_egamma_id (
  input  logic         clk_i,
  input  logic [8:0]   hoe_ext_min_i,
  input  logic [11:0]  no_id_min_i,
  input  logic         any_i,
  input  logic [239:0] core_i,      // l1t_calo_pkg
  input  logic [11:0]  flags_i,     // of cluster_cand; 0 without a cluster
  input  logic         hoe_i,
  input  logic         fg_i,
  input  logic         shape_ok_i,
  input  logic [11:0]  pt_i,
  output logic         any_o,
  output logic [3:0]   quality_o,
  output logic         accepted_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int EmLsb = l1t_formats_pkg::TowerEmLsb;
  localparam int Members = 10;
  localparam int FirstSecond = 9;  // flags of the second towers north and south
  localparam int Wait = l1t_egamma_pkg::CalAt - l1t_egamma_pkg::ClusterAt - 1;

  // Towers that must not be, by their flag's number; 0 is the seed.
  logic any_q, any_q2;
  logic [Members:0] hadronic_d, hadronic_q, hadronic_q2, hadronic_q3, asked;
  for (genvar b = 0; b <= Members; b++) begin : g_tower
    localparam int P = 32'(l1t_calo_pkg::MemberPlace[b*4 +: 4]);
    assign hadronic_d[b] = core_i[P*16 +: EtWidth] > hoe_ext_min_i && !core_i[P*16 + EmLsb];
    assign asked[b] = b < FirstSecond || flags_i[b];
  end
  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    if (any_i) hadronic_q <= hadronic_d;
    if (any_q) hadronic_q2 <= hadronic_q;
    if (any_q2) hadronic_q3 <= hadronic_q2;
  end

  // What is known with the cluster waits for the calibration.
  logic valid_q, ext_q, hoe_q, fg_q;
  logic valid, ext, hoe, fg;
  always_ff @(posedge clk_i) begin
    valid_q <= flags_i[0];
    ext_q <= (hadronic_q3 & asked) == '0;
    hoe_q <= hoe_i;
    fg_q <= fg_i;
  end
  l1t_delay #(.Width(4), .Clocks(Wait)) u_wait (
    .clk_i, .data_i({valid_q, ext_q, hoe_q, fg_q}), .data_o({valid, ext, hoe, fg})
  );

  logic [3:0] quality, quality_q;
  logic accepted_q, any_late_q;
  assign quality = {ext, shape_ok_i, hoe, !fg};
  always_ff @(posedge clk_i) begin
    any_late_q <= valid;
    quality_q <= quality;
    accepted_q <= valid && (quality == 4'hf || pt_i >= no_id_min_i);
  end
  assign any_o = any_late_q;
  assign quality_o = quality_q;
  assign accepted_o = accepted_q;

  logic unused;
  assign unused = ^{core_i, flags_i};
endmodule
