// SPDX-License-Identifier: Apache-2.0
//
// Jet sums of one side: HT and its vector from the HT copies of all jets above jet_min_i, 18 phi
// slots a ring, |m| = 1 to 40; once up to ring 26 and once with HF. A jet's component is
// ET * cos >> 4, cut before the jets are added. A saturated jet (65535) is not added but makes the
// sum 65535 and the vector's components 2^31 - 1.
//
// A slot has four columns, so each has a table of four cosines and sines.
//
// valid_o comes with the last ring; all outputs keep their values at least until ring 26 of the next
// event.
//
// Twin: models/calo/l1t_sums.c, l1t_sums_jets(). Latency: l1t_sums_pkg::JetsLatency.
module l1t_sums_jets (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [5:0]       ring_i,
  input  logic [15:0]      jet_min_i,
  input  logic [18*32-1:0] cal_i,  // jet_cal
  input  logic [18*7-1:0]  phi_i,  // iphi

  output logic             valid_o,
  output logic [15:0]      ht_o,
  output logic [31:0]      x_o,
  output logic [31:0]      y_o,
  output logic [15:0]      ht_hf_o,
  output logic [31:0]      x_hf_o,
  output logic [31:0]      y_hf_o
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int SlotPhis = l1t_calo_pkg::SlotPhis;
  localparam int Latency = l1t_sums_pkg::JetsLatency;
  localparam int Parts = 3;
  localparam int PerPart = Slots / Parts;
  localparam logic [5:0] LastRing = 6'(l1t_pkg::Rings);
  localparam logic [5:0] LastInner = 6'(l1t_sums_pkg::HtRings);

  logic [Latency-1:0] valid_q;
  logic [5:0] ring;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (.clk_i, .rst_i, .valid_i, .valid_o(valid_q));
  l1t_delay #(.Width(6), .Clocks(Latency - 1)) u_ring (.clk_i, .data_i(ring_i), .data_o(ring));

  // Clock 1: jets that count, their cosine and sine. Clock 2: components.
  logic [Slots-1:0] full;
  logic full_q;
  for (genvar s = 0; s < Slots; s++) begin : g_slot
    localparam int First = s * SlotPhis + 1;
    logic [15:0] et, et_q, et_q2;
    logic counts, add, add_q;
    logic [1:0] place;
    logic signed [10:0] cos, sin, cos_q, sin_q;
    logic signed [26:0] x, y;
    logic signed [22:0] x_q2, y_q2;

    assign et = cal_i[s*32 + l1t_formats_pkg::JetCalEtHtLsb +: 16];
    assign counts = et > jet_min_i;
    assign full[s] = counts && et == 16'hffff;
    assign add = counts && et != 16'hffff;
    assign place = phi_i[s*7 +: 2];  // First is 1 modulo 4
    always_comb begin
      case (place)
        2'd1: cos = 11'(l1t_sums_pkg::cosine(First));
        2'd2: cos = 11'(l1t_sums_pkg::cosine(First + 1));
        2'd3: cos = 11'(l1t_sums_pkg::cosine(First + 2));
        default: cos = 11'(l1t_sums_pkg::cosine(First + 3));
      endcase
      case (place)
        2'd1: sin = 11'(l1t_sums_pkg::sine(First));
        2'd2: sin = 11'(l1t_sums_pkg::sine(First + 1));
        2'd3: sin = 11'(l1t_sums_pkg::sine(First + 2));
        default: sin = 11'(l1t_sums_pkg::sine(First + 3));
      endcase
    end
    assign x = 27'($signed({1'b0, et_q})) * 27'(cos_q);
    assign y = 27'($signed({1'b0, et_q})) * 27'(sin_q);

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        add_q <= add;
        if (add) begin
          et_q <= et;
          cos_q <= cos;
          sin_q <= sin;
        end
      end
      if (valid_q[0]) begin
        if (add_q) begin
          et_q2 <= et_q;
          x_q2 <= x[26:4];
          y_q2 <= y[26:4];
        end else begin
          et_q2 <= '0;
          x_q2 <= '0;
          y_q2 <= '0;
        end
      end
    end

    logic unused;
    assign unused = ^{cal_i[s*32 + l1t_formats_pkg::JetCalEtLsb +: 16], phi_i[s*7+2 +: 5], x[3:0],
                      y[3:0]};
  end
  always_ff @(posedge clk_i) if (valid_i) full_q <= full != '0;

  // Clocks 3 and 4: the ring's sums.
  for (genvar i = 0; i < Parts; i++) begin : g_part
    logic [18:0] ht_q3;
    logic signed [25:0] x_q3, y_q3;
    always_ff @(posedge clk_i) begin
      if (valid_q[1]) begin
        ht_q3 <= 19'(g_slot[i*PerPart].et_q2) + 19'(g_slot[i*PerPart+1].et_q2) +
                 19'(g_slot[i*PerPart+2].et_q2) + 19'(g_slot[i*PerPart+3].et_q2) +
                 19'(g_slot[i*PerPart+4].et_q2) + 19'(g_slot[i*PerPart+5].et_q2);
        x_q3 <= 26'(g_slot[i*PerPart].x_q2) + 26'(g_slot[i*PerPart+1].x_q2) +
                26'(g_slot[i*PerPart+2].x_q2) + 26'(g_slot[i*PerPart+3].x_q2) +
                26'(g_slot[i*PerPart+4].x_q2) + 26'(g_slot[i*PerPart+5].x_q2);
        y_q3 <= 26'(g_slot[i*PerPart].y_q2) + 26'(g_slot[i*PerPart+1].y_q2) +
                26'(g_slot[i*PerPart+2].y_q2) + 26'(g_slot[i*PerPart+3].y_q2) +
                26'(g_slot[i*PerPart+4].y_q2) + 26'(g_slot[i*PerPart+5].y_q2);
      end
    end
  end

  logic [20:0] ring_ht_q4;
  logic signed [27:0] ring_x_q4, ring_y_q4;
  logic add_full;
  always_ff @(posedge clk_i) begin
    if (valid_q[2]) begin
      ring_ht_q4 <= 21'(g_part[0].ht_q3) + 21'(g_part[1].ht_q3) + 21'(g_part[2].ht_q3);
      ring_x_q4 <= 28'(g_part[0].x_q3) + 28'(g_part[1].x_q3) + 28'(g_part[2].x_q3);
      ring_y_q4 <= 28'(g_part[0].y_q3) + 28'(g_part[1].y_q3) + 28'(g_part[2].y_q3);
    end
  end
  l1t_delay #(.Width(1), .Clocks(Latency - 2)) u_full (
    .clk_i, .data_i(full_q), .data_o(add_full)
  );

  // Clock 5: the event's sums. Those of ring 1 begin anew.
  logic first, full_d, all_full_q;
  logic [25:0] ht_d, ht_q;
  logic signed [31:0] x_d, y_d, x_q, y_q;
  logic [15:0] ht_clip, inner_ht_q, all_ht_q;
  logic [31:0] x_clip, y_clip, inner_x_q, inner_y_q, all_x_q, all_y_q;

  assign first = ring == 6'd1;
  assign ht_d = (first ? '0 : ht_q) + 26'(ring_ht_q4);
  assign x_d = (first ? '0 : x_q) + 32'(ring_x_q4);
  assign y_d = (first ? '0 : y_q) + 32'(ring_y_q4);
  assign full_d = (!first && all_full_q) || add_full;
  assign ht_clip = full_d || ht_d[25:16] != '0 ? 16'hffff : ht_d[15:0];
  assign x_clip = full_d ? 32'h7fffffff : x_d;
  assign y_clip = full_d ? 32'h7fffffff : y_d;

  always_ff @(posedge clk_i) begin
    if (valid_q[Latency-2]) begin
      ht_q <= ht_d;
      x_q <= x_d;
      y_q <= y_d;
      all_full_q <= full_d;
    end
    if (valid_q[Latency-2] && ring == LastInner) begin
      inner_ht_q <= ht_clip;
      inner_x_q <= x_clip;
      inner_y_q <= y_clip;
    end
    if (valid_q[Latency-2] && ring == LastRing) begin
      all_ht_q <= ht_clip;
      all_x_q <= x_clip;
      all_y_q <= y_clip;
    end
  end

  logic last_q;
  always_ff @(posedge clk_i) last_q <= ring == LastRing;
  assign valid_o = valid_q[Latency-1] && last_q;
  assign {ht_o, x_o, y_o} = {inner_ht_q, inner_x_q, inner_y_q};
  assign {ht_hf_o, x_hf_o, y_hf_o} = {all_ht_q, all_x_q, all_y_q};
endmodule
