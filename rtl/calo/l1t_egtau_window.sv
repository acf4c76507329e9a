// SPDX-License-Identifier: Apache-2.0
//
// Isolation window of the clusters of one ring and side: the ET of nine columns around the seed,
// over two rings on one side of it and three on the other. Both choices are added up, columns of
// six rings first, then groups of four columns, then one of the four places of each phi slot; which
// side the cluster kept is known at the end.
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

  // Columns of six towers.
  for (genvar p = 0; p < Phis; p++) begin : g_column
    logic [11:0] five, east_q, west_q, east_q2, west_q2;
    for (genvar r = 0; r < Rows; r++) begin : g_et
      localparam int K = NegSide != 0 ? Rows - 1 - r : r;
      logic [11:0] et;
      assign et = 12'(window_i[(K*Phis + p)*Pitch +: EtWidth]);
    end
    assign five = g_et[1].et + g_et[2].et + g_et[3].et + g_et[4].et + g_et[3 + Away].et;
    always_ff @(posedge clk_i) begin
      if (valid_i[0]) begin
        east_q <= five + g_et[Rows-1].et;
        west_q <= five + g_et[0].et;
      end
      if (valid_i[1]) begin
        east_q2 <= east_q;
        west_q2 <= west_q;
      end
    end
  end

  // Groups of columns p to p + 3.
  for (genvar p = 0; p < Phis; p++) begin : g_group
    localparam int P1 = (p + 1) % Phis;
    localparam int P2 = (p + 2) % Phis;
    localparam int P3 = (p + 3) % Phis;
    logic [13:0] east_q, west_q;
    always_ff @(posedge clk_i) begin
      if (valid_i[1]) begin
        east_q <= 14'(g_column[p].east_q) + 14'(g_column[P1].east_q) +
                  14'(g_column[P2].east_q) + 14'(g_column[P3].east_q);
        west_q <= 14'(g_column[p].west_q) + 14'(g_column[P1].west_q) +
                  14'(g_column[P2].west_q) + 14'(g_column[P3].west_q);
      end
    end
  end

  logic [Phis-1:0] max_q;
  always_ff @(posedge clk_i) if (valid_i[1]) max_q <= max_i;

  // Slots.
  for (genvar s = 0; s < Slots; s++) begin : g_slot
    logic [79:0] parts;
    logic [13:0] east_left, east_mid, west_left, west_mid;
    logic [11:0] east_right, west_right;
    logic [14:0] east_q3, west_q3, east_q4, west_q4, window_q5;

    for (genvar j = 0; j < SlotPhis; j++) begin : g_place
      localparam int P = s * SlotPhis + j;
      localparam int Left = (P + Phis - 4) % Phis;
      localparam int Right = (P + 4) % Phis;
      logic [79:0] parts_j;
      always_comb begin
        parts_j = '0;
        if (max_q[P]) begin
          parts_j = {g_group[Left].east_q, g_group[P].east_q, g_column[Right].east_q2,
                     g_group[Left].west_q, g_group[P].west_q, g_column[Right].west_q2};
        end
      end
    end
    assign parts = g_place[0].parts_j | g_place[1].parts_j | g_place[2].parts_j |
                   g_place[3].parts_j;
    assign {east_left, east_mid, east_right, west_left, west_mid, west_right} = parts;

    always_ff @(posedge clk_i) begin
      if (valid_i[2]) begin
        east_q3 <= 15'(east_left) + 15'(east_mid) + 15'(east_right);
        west_q3 <= 15'(west_left) + 15'(west_mid) + 15'(west_right);
      end
      east_q4 <= east_q3;
      west_q4 <= west_q3;
      window_q5 <= !any_i[s] ? '0 : right_i[s] ? east_q4 : west_q4;
    end
    assign window_o[s*15 +: 15] = window_q5;
  end
endmodule
