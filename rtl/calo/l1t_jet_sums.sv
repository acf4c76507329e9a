// SPDX-License-Identifier: Apache-2.0
//
// Energy around the maxima of one ring and side: the 81 towers of the window, and either the four
// flaps of the chunky donut or the sum over the whole phi ring. First columns of 9 and of 3 towers
// in eta everywhere; at the maxima, of which no two share one of the 18 phi slots, groups of 4 and 3
// columns and their sums. (Maxima and slots are loops, which a simulator keeps.)
//
// max_i comes from l1t_jet_max, which works beside the columns. A slot without a maximum is zero;
// so are the flaps of a saturated seed and those with phi_ring_i. The ring sum is ready one clock
// after the rest.
//
// Twin: models/calo/l1t_jet_max.c, l1t_jet_max(). Latency: l1t_jet_pkg::SumsLatency.
module l1t_jet_sums #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int NegSide = 0
) (
  input  logic                           clk_i,
  input  logic                           phi_ring_i,
  input  logic                           valid_i,         // with window_i
  input  logic                           valid_column_i,  // one clock later, with max_i
  input  logic                           valid_group_i,   // two clocks later
  input  logic                           valid_slot_i,    // three clocks later
  input  logic [Phis*16*15-1:0]          window_i,        // rings m - 7 to m + 7, l1t_rings
  input  logic [Phis-1:0]                max_i,
  output logic [Phis/4-1:0]              any_o,
  output logic [Phis/4-1:0]              saturated_o,
  output logic [Phis/4*32-1:0]           raw_o,    // jet_raw
  output logic [Phis/4*64-1:0]           flaps_o,  // jet_flaps
  output logic [15:0]                    ring_pu_o
);
  localparam int Slots = Phis / l1t_calo_pkg::SlotPhis;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Middle = l1t_calo_pkg::Inner;
  localparam int Depth = l1t_calo_pkg::Depth;

  localparam int Width = 16;    // of a column, 13 bits used at most
  localparam int Reach = 7;     // columns on either side of a maximum, flaps included
  localparam int Near = 4;      // columns on either side that belong to the window

  // Clock 1: columns, and the ring of the seeds; then with Reach columns more at either end.
  logic [Phis*Width-1:0] nine_q, outer_q, inner_q, seed_q;
  logic [(Phis+2*Reach)*Width-1:0] nine_grid, outer_grid, inner_grid;
  for (genvar p = 0; p < Phis; p++) begin : g_column
    for (genvar k = 0; k < Depth; k++) begin : g_et
      logic [Width-1:0] et;
      assign et = Width'(window_i[(k*Phis + p)*Pitch +: EtWidth]);
    end

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        nine_q[p*Width +: Width] <=
            g_et[Middle-4].et + g_et[Middle-3].et + g_et[Middle-2].et + g_et[Middle-1].et +
            g_et[Middle].et + g_et[Middle+1].et + g_et[Middle+2].et + g_et[Middle+3].et +
            g_et[Middle+4].et;
        if (!phi_ring_i) begin
          inner_q[p*Width +: Width] <= g_et[0].et + g_et[1].et + g_et[2].et;
          outer_q[p*Width +: Width] <=
              g_et[Depth-3].et + g_et[Depth-2].et + g_et[Depth-1].et;
        end
      end
    end
  end
  always_ff @(posedge clk_i) if (valid_i) seed_q <= window_i[Middle*Phis*Pitch +: Phis*Pitch];

  assign nine_grid = {nine_q[0 +: Reach*Width], nine_q,
                      nine_q[(Phis-Reach)*Width +: Reach*Width]};
  assign inner_grid = {inner_q[0 +: Reach*Width], inner_q,
                       inner_q[(Phis-Reach)*Width +: Reach*Width]};
  assign outer_grid = {outer_q[0 +: Reach*Width], outer_q,
                       outer_q[(Phis-Reach)*Width +: Reach*Width]};

  // Clock 2: groups of columns at the maxima: four left of it, its own and three more, the ninth;
  // three beyond them on either side.
  localparam int CoreBits = 7 + EtWidth + 15 + 15 + 13;  // at most 36 * 511 in a group
  localparam int PhisBits = 14 + 14;                     // at most 27 * 511
  localparam int EtaBits = 13 + 13 + 11;
  localparam int UpAt = Reach + Near + 1;
  logic [(2*Reach+1)*Width-1:0] around;
  logic [3*Width-1:0] beyond;
  logic [Slots-1:0] some_d, some_q;
  logic [Slots*CoreBits-1:0] core_d, core_q;
  logic [Slots*PhisBits-1:0] phis_d, phis_q;
  logic [Slots*EtaBits-1:0] inner_parts_d, inner_parts_q, outer_parts_d, outer_parts_q;

  always_comb begin
    around = '0;
    beyond = '0;
    some_d = '0;
    core_d = '0;
    phis_d = '0;
    inner_parts_d = '0;
    outer_parts_d = '0;
    for (int p = 0; p < Phis; p++) begin
      if (max_i[p]) begin
        some_d[p/SlotPhis] = 1'b1;
        around = nine_grid[p*Width +: (2*Reach+1)*Width];
        core_d[p/SlotPhis*CoreBits +: CoreBits] = {
          7'(p + 1), seed_q[p*Pitch +: EtWidth],
          15'(around[3*Width +: 13]) + 15'(around[4*Width +: 13]) +
              15'(around[5*Width +: 13]) + 15'(around[6*Width +: 13]),
          15'(around[7*Width +: 13]) + 15'(around[8*Width +: 13]) +
              15'(around[9*Width +: 13]) + 15'(around[10*Width +: 13]),
          around[11*Width +: 13]
        };
        if (!phi_ring_i) begin
          beyond = around[UpAt*Width +: 3*Width];
          phis_d[p/SlotPhis*PhisBits +: PhisBits] = {
            14'(beyond[0 +: 13]) + 14'(beyond[Width +: 13]) + 14'(beyond[2*Width +: 13]),
            14'(around[0 +: 13]) + 14'(around[Width +: 13]) + 14'(around[2*Width +: 13])
          };
          around = inner_grid[p*Width +: (2*Reach+1)*Width];
          inner_parts_d[p/SlotPhis*EtaBits +: EtaBits] = {
            13'(around[3*Width +: 11]) + 13'(around[4*Width +: 11]) +
                13'(around[5*Width +: 11]) + 13'(around[6*Width +: 11]),
            13'(around[7*Width +: 11]) + 13'(around[8*Width +: 11]) +
                13'(around[9*Width +: 11]) + 13'(around[10*Width +: 11]),
            around[11*Width +: 11]
          };
          around = outer_grid[p*Width +: (2*Reach+1)*Width];
          outer_parts_d[p/SlotPhis*EtaBits +: EtaBits] = {
            13'(around[3*Width +: 11]) + 13'(around[4*Width +: 11]) +
                13'(around[5*Width +: 11]) + 13'(around[6*Width +: 11]),
            13'(around[7*Width +: 11]) + 13'(around[8*Width +: 11]) +
                13'(around[9*Width +: 11]) + 13'(around[10*Width +: 11]),
            around[11*Width +: 11]
          };
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_column_i) begin
      some_q <= some_d;
      core_q <= core_d;
      phis_q <= phis_d;
      inner_parts_q <= inner_parts_d;
      outer_parts_q <= outer_parts_d;
    end
  end

  // Clock 3: their sums.
  logic [6:0] phi;
  logic [EtWidth-1:0] seed;
  logic [14:0] core_left, core_mid;
  logic [12:0] core_right, inner_left, inner_mid, outer_left, outer_mid;
  logic [10:0] inner_right, outer_right;
  logic [13:0] up, down;
  logic [15:0] inner, outer;
  logic saturated;
  logic [Slots-1:0] any_q, saturated_d, saturated_q;
  logic [Slots*32-1:0] raw_d, raw_q;
  logic [Slots*64-1:0] flaps_d, flaps_q;

  always_comb begin
    {phi, seed, core_left, core_mid, core_right} = '0;
    {up, down} = '0;
    {inner_left, inner_mid, inner_right} = '0;
    {outer_left, outer_mid, outer_right} = '0;
    inner = '0;
    outer = '0;
    saturated = 1'b0;
    saturated_d = '0;
    raw_d = '0;
    flaps_d = '0;
    for (int s = 0; s < Slots; s++) begin
      if (some_q[s]) begin
        {phi, seed, core_left, core_mid, core_right} = core_q[s*CoreBits +: CoreBits];
        raw_d[s*32 +: 32] = {16'(core_left) + 16'(core_mid) + 16'(core_right), seed, phi};
        saturated = seed >= EtWidth'(l1t_jet_pkg::SaturatedSeed);
        saturated_d[s] = saturated;
        if (!saturated && !phi_ring_i) begin
          {up, down} = phis_q[s*PhisBits +: PhisBits];
          {inner_left, inner_mid, inner_right} = inner_parts_q[s*EtaBits +: EtaBits];
          {outer_left, outer_mid, outer_right} = outer_parts_q[s*EtaBits +: EtaBits];
          inner = 16'(inner_left) + 16'(inner_mid) + 16'(inner_right);
          outer = 16'(outer_left) + 16'(outer_mid) + 16'(outer_right);
          // From bit 63 down: eta down, eta up, phi down, phi up. Up is towards positive eta.
          flaps_d[s*64 +: 64] = {NegSide != 0 ? {outer, inner} : {inner, outer}, 2'b0, down,
                                 2'b0, up};
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_group_i) begin
      any_q <= some_q;
      saturated_q <= saturated_d;
      raw_q <= raw_d;
      flaps_q <= flaps_d;
    end
  end
  assign any_o = any_q;
  assign saturated_o = saturated_q;
  assign raw_o = raw_q;
  assign flaps_o = flaps_q;

  // Phi ring: nine rings make S; nine of its 72 columns lie under a jet: 9 S / 72 = S / 8.
  localparam int Parts = 3;
  logic [18:0] ring_sum;  // at most 9 * 72 * 511
  logic [15:0] ring_pu_q;
  for (genvar s = 0; s < Slots; s++) begin : g_four
    localparam int P = s * SlotPhis;
    logic [14:0] four_q;
    always_ff @(posedge clk_i) begin
      if (valid_column_i && phi_ring_i) begin
        four_q <= 15'(nine_q[P*Width +: 13]) + 15'(nine_q[(P+1)*Width +: 13]) +
                  15'(nine_q[(P+2)*Width +: 13]) + 15'(nine_q[(P+3)*Width +: 13]);
      end
    end
  end
  for (genvar i = 0; i < Parts; i++) begin : g_part
    logic [18:0] part_d, part_q;
    for (genvar j = 0; j < Slots / Parts; j++) begin : g_add
      logic [18:0] sum;
      if (j == 0) begin : g_first
        assign sum = 19'(g_four[i*Slots/Parts].four_q);
      end else begin : g_next
        assign sum = g_add[j-1].sum + 19'(g_four[i*Slots/Parts + j].four_q);
      end
    end
    assign part_d = g_add[Slots/Parts-1].sum;
    always_ff @(posedge clk_i) if (valid_group_i && phi_ring_i) part_q <= part_d;
  end
  assign ring_sum = g_part[0].part_q + g_part[1].part_q + g_part[2].part_q;
  always_ff @(posedge clk_i) if (valid_slot_i && phi_ring_i) ring_pu_q <= ring_sum[18:3];
  assign ring_pu_o = ring_pu_q;
endmodule
