// SPDX-License-Identifier: Apache-2.0
//
// Identification of the e/gammas of one ring, both sides: the seed's fine-grain bit and E/H, the shape, and whether all
// towers above hoe_ext_min_i around the seed have at least as much E as H; the second ones north and
// south are asked only as members. All four, or a calibrated ET of no_id_min_i, and it goes to the
// sorter.
//
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
// The towers come first (tile), the cluster three clocks later, shape bit and ET six clocks after it.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_id(). Latency: 1 from pt_i.
module l1t_egamma_id #(
  parameter int Lanes = 36
) (
  input  logic                 clk_i,
  input  logic [8:0]           hoe_ext_min_i,
  input  logic [11:0]          no_id_min_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*960-1:0] tile_i,      // l1t_calo_pkg
  input  logic [Lanes*12-1:0]  flags_i,     // of cluster_cand; 0 without a cluster
  input  logic [Lanes-1:0]     hoe_i,
  input  logic [Lanes-1:0]     fg_i,
  input  logic [Lanes-1:0]     shape_ok_i,
  input  logic [Lanes*12-1:0]  pt_i,
  output logic [Lanes-1:0]     any_o,
  output logic [Lanes*4-1:0]   quality_o,
  output logic [Lanes-1:0]     accepted_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int EmLsb = l1t_formats_pkg::TowerEmLsb;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int Towers = 11;      // the seed and its members
  localparam int FirstSecond = 9;  // flags of the second towers north and south
  localparam int Wait = l1t_egamma_pkg::CalAt - l1t_egamma_pkg::ClusterAt - 1;

  // Towers that must not be, by their flag's number; 0 is the seed. They wait for the cluster.
  logic [15:0] tower;
  logic [Towers-1:0] hadronic;
  logic [Lanes-1:0] any_q, any_q2;
  logic [Lanes*Towers-1:0] hadronic_d, hadronic_q, hadronic_q2, hadronic_q3;
  always_comb begin
    tower = '0;
    hadronic = '0;
    hadronic_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        for (int b = 0; b < Towers; b++) begin
          tower = tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[b*6 +: 6])*16 +: 16];
          hadronic[b] = tower[0 +: EtWidth] > hoe_ext_min_i && !tower[EmLsb];
        end
        hadronic_d[i*Towers +: Towers] = hadronic;
      end
    end
  end
  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    if (any_i != '0) hadronic_q <= hadronic_d;
    if (any_q != '0) hadronic_q2 <= hadronic_q;
    if (any_q2 != '0) hadronic_q3 <= hadronic_q2;
  end

  // What is known with the cluster waits for the calibration.
  logic [Towers-1:0] asked;
  logic [Lanes-1:0] valid_d, valid_q, ext_d, ext_q, hoe_q, fg_q, valid, ext, hoe, fg;
  always_comb begin
    asked = '0;
    valid_d = '0;
    ext_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (flags_i[i*12]) begin
        valid_d[i] = 1'b1;
        for (int b = 0; b < Towers; b++) asked[b] = b < FirstSecond || flags_i[i*12 + b];
        ext_d[i] = (hadronic_q3[i*Towers +: Towers] & asked) == '0;
      end
    end
  end
  always_ff @(posedge clk_i) begin
    valid_q <= valid_d;
    ext_q <= ext_d;
    hoe_q <= hoe_i;
    fg_q <= fg_i;
  end
  l1t_delay #(.Width(4 * Lanes), .Clocks(Wait)) u_wait (
    .clk_i, .data_i({valid_q, ext_q, hoe_q, fg_q}), .data_o({valid, ext, hoe, fg})
  );

  logic [3:0] quality;
  logic [Lanes-1:0] any_late_q, accepted_d, accepted_q;
  logic [Lanes*4-1:0] quality_d, quality_q;
  always_comb begin
    quality = '0;
    accepted_d = '0;
    quality_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (valid[i]) begin
        quality = {ext[i], shape_ok_i[i], hoe[i], !fg[i]};
        quality_d[i*4 +: 4] = quality;
        accepted_d[i] = quality == 4'hf || pt_i[i*12 +: 12] >= no_id_min_i;
      end
    end
  end
  always_ff @(posedge clk_i) begin
    any_late_q <= valid;
    quality_q <= quality_d;
    accepted_q <= accepted_d;
  end
  assign any_o = any_late_q;
  assign quality_o = quality_q;
  assign accepted_o = accepted_q;

  logic unused;
  assign unused = ^{tile_i, flags_i};
endmodule
