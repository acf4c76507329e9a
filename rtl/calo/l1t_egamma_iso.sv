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
// The lanes are loops, which a simulator keeps and in which it skips those without a cluster.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma_iso(). Latency: 5 from flags_i.
module l1t_egamma_iso #(
  parameter int Lanes = 36
) (
  input  logic                 clk_i,
  input  logic [Lanes-1:0]     any_i,
  input  logic [Lanes*960-1:0] tile_i,      // l1t_calo_pkg
  input  logic [Lanes*12-1:0]  flags_i,     // of cluster_cand; 0 without a cluster
  input  logic [Lanes*15-1:0]  window_i,
  input  logic [9:0]           ntt_i,       // l1t_ntt
  input  logic [11:0]          eta_part_i,  // l1t_egamma_cal
  input  logic [Lanes*12-1:0]  et_part_i,
  output logic [Lanes*16-1:0]  iso_et_o,    // lanes without a cluster hold anything
  output logic [Lanes*2-1:0]   iso_o
);
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int CorePhis = l1t_calo_pkg::CorePhis;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int RatioLsb = l1t_formats_pkg::TowerRatioLsb;
  localparam int ZeroLsb = l1t_formats_pkg::TowerZeroLsb;
  localparam int EmLsb = l1t_formats_pkg::TowerEmLsb;
  localparam int Towers = l1t_calo_pkg::CoreEtas * CorePhis;
  localparam int TowersBits = Towers * EtWidth;
  localparam int Seed = 7;           // its place among them
  localparam int ColumnsBits = 3 * 11;

  logic [9:0] ntt_addr;
  logic [11:0] ntt_part;
  logic [Lanes-1:0] valid_q6;
  logic [Lanes*13-1:0] address;
  logic [Lanes*9-1:0] limit_0, limit_1;

  assign ntt_addr =
      10'(l1t_egamma_pkg::CompressNtt) + (ntt_i > 10'd255 ? 10'd255 : ntt_i);
  l1t_rom #(.Depth(1024), .Width(12), .Ports(1), .Init("l1t_egamma_compress.mem")) u_compress (
    .clk_i, .addr_i(ntt_addr), .data_o(ntt_part)
  );
  l1t_rom_lanes #(
    .Depth(8192), .Width(9), .Ports(Lanes), .Init("l1t_egamma_isolation_0.mem")
  ) u_isolation_0 (
    .clk_i, .enable_i(valid_q6), .addr_i(address), .data_o(limit_0)
  );
  l1t_rom_lanes #(
    .Depth(8192), .Width(9), .Ports(Lanes), .Init("l1t_egamma_isolation_1.mem")
  ) u_isolation_1 (
    .clk_i, .enable_i(valid_q6), .addr_i(address), .data_o(limit_1)
  );

  // Clock 1: E of the towers, or ET where all of it counts. Clock 2: columns. Clock 3: they wait for
  // the cluster.
  int whole;
  logic [15:0] tower;
  logic [TowersBits-1:0] of_lane;
  logic [10:0] west, middle, east;
  logic [Lanes-1:0] any_q, any_q2;
  logic [Lanes*TowersBits-1:0] energy_d, energy_q;
  logic [Lanes*ColumnsBits-1:0] columns_d, columns_q2, columns_q3;

  always_comb begin
    whole = 0;
    tower = '0;
    of_lane = '0;
    energy_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_i[i]) begin
        whole = i < l1t_calo_pkg::Slots ? Seed + 1 : Seed - 1;
        for (int p = 0; p < Towers; p++) begin
          tower = tile_i[i*TileBits + (l1t_calo_pkg::CoreTile +
                         p/CorePhis*l1t_calo_pkg::TilePhis + p%CorePhis)*16 +: 16];
          of_lane[p*EtWidth +: EtWidth] = p == Seed || p == whole
              ? tower[0 +: EtWidth]
              : EtWidth'(l1t_split_pkg::part(tower[0 +: EtWidth],
                  l1t_split_pkg::share(tower[RatioLsb +: 3], tower[ZeroLsb], tower[EmLsb])));
        end
        energy_d[i*TowersBits +: TowersBits] = of_lane;
      end
    end
  end

  logic [TowersBits-1:0] added;
  always_comb begin
    added = '0;
    west = '0;
    middle = '0;
    east = '0;
    columns_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any_q[i]) begin
        added = energy_q[i*TowersBits +: TowersBits];
        west = '0;
        middle = '0;
        east = '0;
        for (int p = 0; p < CorePhis; p++) begin
          west = west + 11'(added[p*EtWidth +: EtWidth]);
          middle = middle + 11'(added[(CorePhis + p)*EtWidth +: EtWidth]);
          east = east + 11'(added[(2*CorePhis + p)*EtWidth +: EtWidth]);
        end
        columns_d[i*ColumnsBits +: ColumnsBits] = {east, middle, west};
      end
    end
  end

  always_ff @(posedge clk_i) begin
    any_q <= any_i;
    any_q2 <= any_q;
    if (any_i != '0) energy_q <= energy_d;
    if (any_q != '0) columns_q2 <= columns_d;
    if (any_q2 != '0) columns_q3 <= columns_q2;
  end

  // Clock 4: the footprint. Clock 5: window minus footprint. Clock 8, with the limits: the bits.
  logic right;
  logic [10:0] west_late, middle_late, east_late, kept;
  logic [14:0] window;
  logic [11:0] footprint;
  logic signed [15:0] iso_et_q7, low, high;
  logic [Lanes-1:0] valid_d, valid_q4, valid_q5, valid_q7;
  logic [Lanes*12-1:0] footprints_d, footprints_q4;
  logic [Lanes*15-1:0] windows_q4;
  logic [Lanes*16-1:0] iso_ets_d, iso_ets_q5, iso_ets_q6, iso_ets_q7, iso_ets_q8;
  logic [Lanes*2-1:0] iso_d, iso_q8;

  always_comb begin
    right = 1'b0;
    {east_late, middle_late, west_late, kept} = '0;
    valid_d = '0;
    footprints_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (flags_i[i*12]) begin
        right = flags_i[i*12 + 11];
        {east_late, middle_late, west_late} = columns_q3[i*ColumnsBits +: ColumnsBits];
        kept = right ? east_late : west_late;
        valid_d[i] = 1'b1;
        footprints_d[i*12 +: 12] = 12'(middle_late) + 12'(kept);
      end
    end
  end

  always_comb begin
    window = '0;
    footprint = '0;
    iso_ets_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (valid_q4[i]) begin
        window = windows_q4[i*15 +: 15];
        footprint = footprints_q4[i*12 +: 12];
        iso_ets_d[i*16 +: 16] = {1'b0, window} - {4'b0, footprint};
      end
    end
  end

  always_comb begin
    address = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (valid_q6[i]) begin
        address[i*13 +: 13] =
            {1'b0, ntt_part} | {et_part_i[i*12 +: 12], 1'b0} | {eta_part_i, 1'b0};
      end
    end
  end

  always_comb begin
    iso_et_q7 = '0;
    low = '0;
    high = '0;
    iso_d = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (valid_q7[i]) begin
        iso_et_q7 = signed'(iso_ets_q7[i*16 +: 16]);
        low = signed'({7'b0, limit_0[i*9 +: 9]});
        high = signed'({7'b0, limit_1[i*9 +: 9]});
        iso_d[i*2] = iso_et_q7 < low || low > 16'sd255;
        iso_d[i*2 + 1] = iso_et_q7 < high || high > 16'sd255;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    valid_q4 <= valid_d;
    valid_q5 <= valid_q4;
    valid_q6 <= valid_q5;
    valid_q7 <= valid_q6;
    if (valid_d != '0) begin
      footprints_q4 <= footprints_d;
      windows_q4 <= window_i;
    end
    if (valid_q4 != '0) iso_ets_q5 <= iso_ets_d;
    if (valid_q5 != '0) iso_ets_q6 <= iso_ets_q5;
    iso_ets_q7 <= iso_ets_q6;
    iso_ets_q8 <= iso_ets_q7;
    iso_q8 <= iso_d;
  end
  assign iso_et_o = iso_ets_q8;
  assign iso_o = iso_q8;

  logic unused;
  assign unused = ^{tile_i, flags_i};
endmodule
