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

  for (genvar b = 0; b <= 10; b++) begin : g_tower
    localparam int P = 32'(l1t_calo_pkg::MemberPlace[b*4 +: 4]);
    logic [7:0] e_q, h_q, e_q2, h_q2;
    logic [EtWidth-1:0] et_q, et_q2;
    logic [11:0] et, em, had, et_sum, em_sum, had_sum;

    l1t_split u_split (
      .clk_i, .valid_i(any_i), .word_i(core_i[P*16 +: 16]), .e_o(e_q), .h_o(h_q)
    );
    always_ff @(posedge clk_i) begin
      if (any_i) et_q <= core_i[P*16 +: EtWidth];
      if (any_q) begin
        e_q2 <= e_q;
        h_q2 <= h_q;
        et_q2 <= et_q;
      end
    end
    assign et = flags_i[b] ? 12'(et_q2) : '0;
    assign em = flags_i[b] ? 12'(e_q2) : '0;
    assign had = flags_i[b] ? 12'(h_q2) : '0;
    if (b == 0) begin : g_seed
      assign et_sum = et;
      assign em_sum = em;
      assign had_sum = had;
    end else begin : g_add
      assign et_sum = g_tower[b-1].et_sum + et;
      assign em_sum = g_tower[b-1].em_sum + em;
      assign had_sum = g_tower[b-1].had_sum + had;
    end
  end

  // Clock 3: sums. Flag 0, valid, is the seed's.
  logic [11:0] et_q3, em_q3, had_q3;
  logic hoe_q3, fg_q3;
  always_ff @(posedge clk_i) begin
    if (flags_i[0]) begin
      et_q3 <= g_tower[10].et_sum;
      em_q3 <= g_tower[10].em_sum;
      had_q3 <= g_tower[10].had_sum;
      hoe_q3 <= hoe_q2;
      fg_q3 <= fg_q2;
    end else begin
      et_q3 <= '0;
      em_q3 <= '0;
      had_q3 <= '0;
      hoe_q3 <= 1'b0;
      fg_q3 <= 1'b0;
    end
  end
  assign et_o = et_q3;
  assign em_o = em_q3;
  assign had_o = had_q3;
  assign hoe_o = hoe_q3;
  assign fg_o = fg_q3;

  logic unused;
  assign unused = ^{core_i, flags_i[11]};
endmodule
