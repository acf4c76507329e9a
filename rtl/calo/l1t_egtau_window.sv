// SPDX-License-Identifier: Apache-2.0
//
// Isolation window of the clusters of one ring and side: the ET of nine columns around the seed,
// over two rings on one side of it and three on the other. Both choices are added up: columns of six
// rings everywhere, groups of four columns and their sum only at the seeds; which side the cluster
// kept is known at the end. (Seeds and slots are loops, which a simulator keeps.)
//
// Twin: models/calo/l1t_egtau.c, l1t_egtau_window(). Latency: l1t_calo_pkg::ClusterLatency.
module l1t_egtau_window #(
  parameter int Phis = l1t_pkg::Phis,
  parameter int NegSide = 0
) (
  input  logic                  clk_i,
  input  logic [2:0]            valid_i,    // with window_i, one and two clocks later
  input  logic [Phis*16*7-1:0]  window_i,   // rings m - 3 to m + 3, l1t_rings
  input  logic [Phis-1:0]       max_i,      // one clock later
  input  logic [Phis/4-1:0]     any_i,      // four clocks later
  input  logic [Phis/4-1:0]     right_i,    // four clocks later: the east side was kept
  output logic [Phis/4*15-1:0]  window_o
);
  localparam int Pitch = l1t_formats_pkg::TowerBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Slots = Phis / l1t_calo_pkg::SlotPhis;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Rows = 7;
  localparam int Away = 2;  // rings beyond the seed on the side that was left

  localparam int Reach = 4;  // columns on either side of the seed
  localparam int Width = 16;  // of a column, 12 bits used

  // Clock 1: columns of six towers, then with Reach columns more at either end.
  logic [Phis*Width-1:0] east_q, west_q;
  logic [(Phis+2*Reach)*Width-1:0] east_grid, west_grid;
  for (genvar p = 0; p < Phis; p++) begin : g_column
    logic [Width-1:0] five;
    for (genvar r = 0; r < Rows; r++) begin : g_et
      localparam int K = NegSide != 0 ? Rows - 1 - r : r;
      logic [Width-1:0] et;
      assign et = Width'(window_i[(K*Phis + p)*Pitch +: EtWidth]);
    end
    assign five = g_et[1].et + g_et[2].et + g_et[3].et + g_et[4].et + g_et[3 + Away].et;
    always_ff @(posedge clk_i) begin
      if (valid_i[0]) begin
        east_q[p*Width +: Width] <= five + g_et[Rows-1].et;
        west_q[p*Width +: Width] <= five + g_et[0].et;
      end
    end
  end
  assign east_grid = {east_q[0 +: Reach*Width], east_q,
                      east_q[(Phis-Reach)*Width +: Reach*Width]};
  assign west_grid = {west_q[0 +: Reach*Width], west_q,
                      west_q[(Phis-Reach)*Width +: Reach*Width]};

  // Clock 2: at the seeds the four columns left of it, the seed's and three more, the ninth.
  localparam int PartsBits = 14 + 14 + 12;
  logic [9*Width-1:0] nine;
  logic [Slots-1:0] some_d, some_q;
  logic [Slots*PartsBits-1:0] east_parts_d, east_parts_q, west_parts_d, west_parts_q;

  always_comb begin
    nine = '0;
    some_d = '0;
    east_parts_d = '0;
    west_parts_d = '0;
    for (int p = 0; p < Phis; p++) begin
      if (max_i[p]) begin
        some_d[p/SlotPhis] = 1'b1;
        nine = east_grid[p*Width +: 9*Width];
        east_parts_d[p/SlotPhis*PartsBits +: PartsBits] = {
          14'(nine[0 +: 12]) + 14'(nine[Width +: 12]) + 14'(nine[2*Width +: 12]) +
              14'(nine[3*Width +: 12]),
          14'(nine[4*Width +: 12]) + 14'(nine[5*Width +: 12]) + 14'(nine[6*Width +: 12]) +
              14'(nine[7*Width +: 12]),
          nine[8*Width +: 12]
        };
        nine = west_grid[p*Width +: 9*Width];
        west_parts_d[p/SlotPhis*PartsBits +: PartsBits] = {
          14'(nine[0 +: 12]) + 14'(nine[Width +: 12]) + 14'(nine[2*Width +: 12]) +
              14'(nine[3*Width +: 12]),
          14'(nine[4*Width +: 12]) + 14'(nine[5*Width +: 12]) + 14'(nine[6*Width +: 12]) +
              14'(nine[7*Width +: 12]),
          nine[8*Width +: 12]
        };
      end
    end
  end

  // Clock 3: their sum. Clock 4: it waits. Clock 5: the side that was kept.
  logic [13:0] east_left, east_mid, west_left, west_mid;
  logic [11:0] east_right, west_right;
  logic [Slots*15-1:0] east_d3, east_q3, east_q4, west_d3, west_q3, west_q4, window_d, window_q5;

  always_comb begin
    {east_left, east_mid, east_right} = '0;
    {west_left, west_mid, west_right} = '0;
    east_d3 = '0;
    west_d3 = '0;
    for (int s = 0; s < Slots; s++) begin
      if (some_q[s]) begin
        {east_left, east_mid, east_right} = east_parts_q[s*PartsBits +: PartsBits];
        {west_left, west_mid, west_right} = west_parts_q[s*PartsBits +: PartsBits];
        east_d3[s*15 +: 15] = 15'(east_left) + 15'(east_mid) + 15'(east_right);
        west_d3[s*15 +: 15] = 15'(west_left) + 15'(west_mid) + 15'(west_right);
      end
    end
    window_d = '0;
    for (int s = 0; s < Slots; s++) begin
      if (any_i[s]) begin
        window_d[s*15 +: 15] = right_i[s] ? east_q4[s*15 +: 15] : west_q4[s*15 +: 15];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i[1]) begin
      some_q <= some_d;
      east_parts_q <= east_parts_d;
      west_parts_q <= west_parts_d;
    end
    if (valid_i[2]) begin
      east_q3 <= east_d3;
      west_q3 <= west_d3;
    end
    east_q4 <= east_q3;
    west_q4 <= west_q3;
    window_q5 <= window_d;
  end
  assign window_o = window_q5;
endmodule
