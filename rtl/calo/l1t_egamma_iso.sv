// SPDX-License-Identifier: Apache-2.0
//
// Isolation of the e/gammas of one ring, both sides: the ET of the window around the cluster minus
// what the shower itself put there. That footprint is E of the seed's column and of the one on the
// kept side, five towers each; but the seed and its neighbour in phi, at larger phi for positive eta
// and at smaller for negative, count with their whole ET. Each of two tables, asked with ring, ET and
// nTT, gives a limit; below it the bit is set, and always when the limit is above 255.
//
// The towers come first (tile), cluster and window three clocks later and the parts of the address
// three clocks after them. nTT need not be delayed: it changes with the next event's first row, which
// is forty clocks behind this one's, and the last row with clusters asks 34 clocks behind.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_iso(). Latency: 5 from flags_i.
module l1t_egamma_iso #(
  parameter int Lanes = 36
) (
  input  logic                 clk_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*240-1:0] core_i,      // l1t_calo_pkg
  input  logic [Lanes*12-1:0]  flags_i,     // of cluster_cand; 0 without a cluster
  input  logic [Lanes*15-1:0]  window_i,
  input  logic [9:0]           ntt_i,       // l1t_ntt
  input  logic [11:0]          eta_part_i,  // l1t_egamma_cal
  input  logic [Lanes*12-1:0]  et_part_i,
  output logic [Lanes*16-1:0]  iso_et_o,    // lanes without a cluster hold anything
  output logic [Lanes*2-1:0]   iso_o
);
  localparam int CoreBits = l1t_calo_pkg::CoreBits;
  localparam int CorePhis = l1t_calo_pkg::CorePhis;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Seed = 7;  // its place in the core

  logic [9:0] ntt_addr;
  logic [11:0] ntt_part;
  logic [Lanes*13-1:0] address;
  logic [Lanes*9-1:0] limit_0, limit_1;

  assign ntt_addr =
      10'(l1t_egamma_pkg::CompressNtt) + (ntt_i > 10'd255 ? 10'd255 : ntt_i);
  l1t_rom #(.Depth(1024), .Width(12), .Ports(1), .Init("l1t_egamma_compress.mem")) u_compress (
    .clk_i, .addr_i(ntt_addr), .data_o(ntt_part)
  );
  l1t_rom #(
    .Depth(8192), .Width(9), .Ports(Lanes), .Init("l1t_egamma_isolation_0.mem")
  ) u_isolation_0 (
    .clk_i, .addr_i(address), .data_o(limit_0)
  );
  l1t_rom #(
    .Depth(8192), .Width(9), .Ports(Lanes), .Init("l1t_egamma_isolation_1.mem")
  ) u_isolation_1 (
    .clk_i, .addr_i(address), .data_o(limit_1)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    localparam bit Negative = i >= l1t_calo_pkg::Slots;
    localparam int Whole = Negative ? Seed - 1 : Seed + 1;  // counts with its whole ET

    // Clock 1: E of the towers that count with it.
    for (genvar p = 0; p < 3 * CorePhis; p++) begin : g_tower
      logic [7:0] e;
      if (p != Seed && p != Whole) begin : g_split
        logic [7:0] h;
        logic unused_h;
        l1t_split u_split (
          .clk_i, .valid_i(any_i[i]), .word_i(core_i[i*CoreBits + p*16 +: 16]), .e_o(e), .h_o(h)
        );
        assign unused_h = ^h;
      end else begin : g_whole
        assign e = '0;
      end
    end
    // Clock 2: columns. Clock 3: they wait for the cluster.
    logic any_q, any_q2;
    logic [EtWidth-1:0] seed_q, whole_q;
    logic [10:0] west, middle, east, west_q2, middle_q2, east_q2, west_q3, middle_q3, east_q3;

    assign west = 11'(g_tower[0].e) + 11'(g_tower[1].e) + 11'(g_tower[2].e) + 11'(g_tower[3].e) +
                  11'(g_tower[4].e);
    assign east = 11'(g_tower[10].e) + 11'(g_tower[11].e) + 11'(g_tower[12].e) +
                  11'(g_tower[13].e) + 11'(g_tower[14].e);
    assign middle = 11'(g_tower[5].e) + 11'(g_tower[6].e) + 11'(g_tower[7].e) +
                    11'(g_tower[8].e) + 11'(g_tower[9].e) + 11'(seed_q) + 11'(whole_q);

    always_ff @(posedge clk_i) begin
      any_q <= any_i[i];
      any_q2 <= any_q;
      if (any_i[i]) begin
        seed_q <= core_i[i*CoreBits + Seed*16 +: EtWidth];
        whole_q <= core_i[i*CoreBits + Whole*16 +: EtWidth];
      end
      if (any_q) begin
        west_q2 <= west;
        middle_q2 <= middle;
        east_q2 <= east;
      end
      if (any_q2) begin
        west_q3 <= west_q2;
        middle_q3 <= middle_q2;
        east_q3 <= east_q2;
      end
    end

    // Clock 4: the footprint. Clock 5: window minus footprint. Clock 8, with the limits: the bits.
    logic valid, right, valid_q4, valid_q5;
    logic [10:0] kept;
    logic [11:0] footprint_q4;
    logic [14:0] window_q4;
    logic signed [15:0] iso_et_q5, iso_et_q6, iso_et_q7, iso_et_q8, low, high;
    logic [1:0] iso_q8;

    assign valid = flags_i[i*12];
    assign right = flags_i[i*12 + 11];
    assign kept = right ? east_q3 : west_q3;
    assign address[i*13 +: 13] = {1'b0, ntt_part} | {et_part_i[i*12 +: 12], 1'b0} |
                                 {eta_part_i, 1'b0};
    assign low = signed'({7'b0, limit_0[i*9 +: 9]});
    assign high = signed'({7'b0, limit_1[i*9 +: 9]});

    always_ff @(posedge clk_i) begin
      valid_q4 <= valid;
      valid_q5 <= valid_q4;
      if (valid) begin
        footprint_q4 <= 12'(middle_q3) + 12'(kept);
        window_q4 <= window_i[i*15 +: 15];
      end
      if (valid_q4) iso_et_q5 <= signed'({1'b0, window_q4}) - signed'({4'b0, footprint_q4});
      if (valid_q5) iso_et_q6 <= iso_et_q5;
      iso_et_q7 <= iso_et_q6;
      iso_et_q8 <= iso_et_q7;
      iso_q8[0] <= iso_et_q7 < low || low > 16'sd255;
      iso_q8[1] <= iso_et_q7 < high || high > 16'sd255;
    end

    assign iso_et_o[i*16 +: 16] = iso_et_q8;
    assign iso_o[i*2 +: 2] = iso_q8;
  end

  logic unused;
  assign unused = ^{core_i, flags_i};
endmodule
