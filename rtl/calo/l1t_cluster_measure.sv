// SPDX-License-Identifier: Apache-2.0
//
// What is measured on one cluster: ET, E and H of the seed and the members, and of the seed alone
// whether it is mostly electromagnetic (E over H above a limit of barrel or endcap) and its
// fine-grain bit.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster_measure(). Latency: 3.
module l1t_cluster_measure (
  input  logic         clk_i,
  input  logic [2:0]   hoe_ratio_i,  // of this ring
  input  logic         any_i,
  input  logic [239:0] core_i,       // l1t_calo_pkg
  input  logic [11:0]  flags_i,      // l1t_cluster_members, two clocks later
  output logic [11:0]  et_o,         // all zero without a cluster
  output logic [11:0]  em_o,
  output logic [11:0]  had_o,
  output logic         hoe_o,
  output logic         fg_o
);
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int SeedLsb = 32'(l1t_calo_pkg::MemberPlace[3:0]) * 16;

  // Clock 1: E and H of every tower. Clock 2: they wait for the flags.
  logic any_q, hoe_q, fg_q, hoe_q2, fg_q2;
  logic [15:0] seed;
  assign seed = core_i[SeedLsb +: 16];

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    if (any_i) begin
      hoe_q <= seed[l1t_formats_pkg::TowerEmLsb] &&
               (seed[l1t_formats_pkg::TowerZeroLsb] ||
                seed[l1t_formats_pkg::TowerRatioLsb +: 3] > hoe_ratio_i);
      fg_q <= seed[l1t_formats_pkg::TowerFinegrainLsb];
    end
    hoe_q2 <= hoe_q;
    fg_q2 <= fg_q;
  end

  logic [11*8-1:0] e_q2, h_q2;
  logic [11*EtWidth-1:0] et_q2;
  for (genvar b = 0; b <= 10; b++) begin : g_tower
    localparam int P = 32'(l1t_calo_pkg::MemberPlace[b*4 +: 4]);
    logic [7:0] e_q, h_q;
    logic [EtWidth-1:0] et_q;

    l1t_split u_split (
      .clk_i, .valid_i(any_i), .word_i(core_i[P*16 +: 16]), .e_o(e_q), .h_o(h_q)
    );
    always_ff @(posedge clk_i) begin
      if (any_i) et_q <= core_i[P*16 +: EtWidth];
      if (any_q) begin
        e_q2[b*8 +: 8] <= e_q;
        h_q2[b*8 +: 8] <= h_q;
        et_q2[b*EtWidth +: EtWidth] <= et_q;
      end
    end
  end

  // Clock 3: sums. Flag 0, valid, is the seed's; without it there is nothing to add.
  logic [11:0] et_d, em_d, had_d, et_q3, em_q3, had_q3;
  always_comb begin
    et_d = '0;
    em_d = '0;
    had_d = '0;
    if (flags_i[0]) begin
      for (int b = 0; b <= 10; b++) begin
        if (flags_i[b]) begin
          et_d = et_d + 12'(et_q2[b*EtWidth +: EtWidth]);
          em_d = em_d + 12'(e_q2[b*8 +: 8]);
          had_d = had_d + 12'(h_q2[b*8 +: 8]);
        end
      end
    end
  end
  logic hoe_q3, fg_q3;
  always_ff @(posedge clk_i) begin
    et_q3 <= et_d;
    em_q3 <= em_d;
    had_q3 <= had_d;
    hoe_q3 <= flags_i[0] && hoe_q2;
    fg_q3 <= flags_i[0] && fg_q2;
  end
  assign et_o = et_q3;
  assign em_o = em_q3;
  assign had_o = had_q3;
  assign hoe_o = hoe_q3;
  assign fg_o = fg_q3;

  logic unused;
  assign unused = ^{core_i, flags_i[11]};
endmodule
