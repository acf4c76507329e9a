// SPDX-License-Identifier: Apache-2.0
//
// Tower sums of one side: one ring of 72 towers a clock, |m| = 1 to 40. ET and its vector are taken
// twice, up to ring 28 and with HF; the vector has only towers above met_min_i. The electromagnetic
// part and the towers with energy are counted without HF, the minimum-bias bits in HF alone. A
// saturated tower makes a sum 65535 and a vector's components 2^31 - 1.
//
// valid_o comes with the last ring; all outputs keep their values at least until ring 28 of the next
// event.
//
// Twin: models/calo/l1t_sums.c, l1t_sums_towers(). Latency: l1t_sums_pkg::TowersLatency.
module l1t_sums_towers (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [5:0]       ring_i,
  input  logic [8:0]       met_min_i,
  input  logic [72*16-1:0] towers_i,

  output logic             valid_o,
  output logic [15:0]      et_o,
  output logic [15:0]      em_o,
  output logic [31:0]      x_o,
  output logic [31:0]      y_o,
  output logic [15:0]      et_hf_o,
  output logic [31:0]      x_hf_o,
  output logic [31:0]      y_hf_o,
  output logic [3:0]       mb0_o,
  output logic [3:0]       mb1_o,
  output logic [10:0]      count_o
);
  localparam int Phis = l1t_pkg::Phis;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int Latency = l1t_sums_pkg::TowersLatency;
  localparam int RingAt = Latency - 1;  // a ring's own sums
  localparam logic [5:0] LastRing = 6'(l1t_pkg::Rings);
  localparam logic [5:0] LastInner = 6'(l1t_sums_pkg::NoHfRings);

  logic [Latency-1:0] valid_q;
  logic hf;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (.clk_i, .rst_i, .valid_i, .valid_o(valid_q));
  assign hf = ring_i > LastInner;

  // Towers that count in the vector, clock 1; a ring's sums, clock 5.
  logic [Phis*EtWidth-1:0] et, counted;
  for (genvar p = 0; p < Phis; p++) begin : g_tower
    logic [EtWidth-1:0] et_p, counted_q;
    assign et_p = towers_i[p*16 +: EtWidth];
    always_ff @(posedge clk_i) if (valid_i) counted_q <= et_p > met_min_i ? et_p : '0;
    assign et[p*EtWidth +: EtWidth] = et_p;
    assign counted[p*EtWidth +: EtWidth] = counted_q;
  end

  // E of each tower, clock 1.
  logic [15:0] tower;
  logic [Phis*8-1:0] parts_d, parts_q;
  always_comb begin
    tower = '0;
    parts_d = '0;
    if (valid_i && !hf) begin
      for (int p = 0; p < Phis; p++) begin
        tower = towers_i[p*16 +: 16];
        parts_d[p*8 +: 8] = l1t_split_pkg::part(
            tower[0 +: EtWidth],
            l1t_split_pkg::share(tower[l1t_formats_pkg::TowerRatioLsb +: 3],
                                 tower[l1t_formats_pkg::TowerZeroLsb],
                                 tower[l1t_formats_pkg::TowerEmLsb]));
      end
    end
  end
  always_ff @(posedge clk_i) if (valid_i && !hf) parts_q <= parts_d;

  logic signed [24:0] ring_x, ring_y;
  logic [15:0] ring_et, ring_et_late;
  logic [14:0] ring_em, ring_em_late;
  logic ring_full, ring_met_full, ring_em_full;
  logic [6:0] ring_count;
  logic [3:0] ring_mb0, ring_mb1;
  logic [17:0] flags, flags_late;
  logic [5:0] ring;

  l1t_sums_columns u_columns (
    .clk_i, .enable_i(valid_q[3:0]), .et_i(counted), .x_o(ring_x), .y_o(ring_y)
  );
  l1t_sums_ring #(.Width(EtWidth)) u_et (
    .clk_i, .enable_i({valid_q[1:0], valid_i}), .et_i(et), .sum_o(ring_et)
  );
  l1t_sums_ring #(.Width(8)) u_em_sum (
    .clk_i, .enable_i(valid_q[2:0]), .et_i(parts_q), .sum_o(ring_em)
  );
  l1t_sums_flags u_flags (
    .clk_i, .enable_i({valid_q[0], valid_i}), .hf_i(hf), .met_min_i, .towers_i,
    .full_o(ring_full), .met_full_o(ring_met_full), .em_full_o(ring_em_full),
    .count_o(ring_count), .mb0_o(ring_mb0), .mb1_o(ring_mb1)
  );

  assign flags = {ring_full, ring_met_full, ring_em_full, ring_count, ring_mb0, ring_mb1};
  l1t_delay #(.Width(16), .Clocks(RingAt - l1t_sums_pkg::RingSumLatency)) u_et_late (
    .clk_i, .data_i(ring_et), .data_o(ring_et_late)
  );
  l1t_delay #(.Width(15), .Clocks(RingAt - 1 - l1t_sums_pkg::RingSumLatency)) u_em_late (
    .clk_i, .data_i(ring_em), .data_o(ring_em_late)
  );
  l1t_delay #(.Width(18), .Clocks(RingAt - l1t_sums_pkg::FlagsLatency)) u_flags_late (
    .clk_i, .data_i(flags), .data_o(flags_late)
  );
  l1t_delay #(.Width(6), .Clocks(RingAt)) u_ring (.clk_i, .data_i(ring_i), .data_o(ring));

  // Clock 6: the event's sums. Those of ring 1 begin anew.
  logic first, inner, add_full, add_met_full, add_em_full;
  logic [6:0] add_count;
  logic [3:0] add_mb0, add_mb1;
  logic [20:0] et_d, et_q;
  logic [19:0] em_d, em_q;
  logic signed [31:0] x_d, y_d, x_q, y_q;
  logic full_d, full_q, met_full_d, met_full_q, em_full_d, em_full_q;
  logic [10:0] count_d, count_q;
  logic [4:0] mb0, mb1;
  logic [3:0] mb0_d, mb0_q, mb1_d, mb1_q;

  assign {add_full, add_met_full, add_em_full, add_count, add_mb0, add_mb1} = flags_late;
  assign first = ring == 6'd1;
  assign inner = ring <= LastInner;
  assign et_d = (first ? '0 : et_q) + 21'(ring_et_late);
  assign em_d = (first ? '0 : em_q) + 20'(ring_em_late);
  assign x_d = (first ? '0 : x_q) + 32'(ring_x);
  assign y_d = (first ? '0 : y_q) + 32'(ring_y);
  assign full_d = (!first && full_q) || add_full;
  assign met_full_d = (!first && met_full_q) || add_met_full;
  assign em_full_d = (!first && em_full_q) || add_em_full;
  assign count_d = (first ? '0 : count_q) + 11'(add_count);
  assign mb0 = (first ? 5'd0 : {1'b0, mb0_q}) + 5'(add_mb0);
  assign mb0_d = mb0[4] ? 4'd15 : mb0[3:0];
  assign mb1 = (first ? 5'd0 : {1'b0, mb1_q}) + 5'(add_mb1);
  assign mb1_d = mb1[4] ? 4'd15 : mb1[3:0];

  always_ff @(posedge clk_i) begin
    if (valid_q[RingAt-1]) begin
      et_q <= et_d;
      x_q <= x_d;
      y_q <= y_d;
      full_q <= full_d;
      met_full_q <= met_full_d;
      if (inner) begin
        em_q <= em_d;
        em_full_q <= em_full_d;
        count_q <= count_d;
      end
      mb0_q <= mb0_d;
      mb1_q <= mb1_d;
    end
  end

  // The same clock: the sums are put aside, at ring 28 those without HF.
  logic [15:0] et_clip, em_clip, inner_et_q, inner_em_q, all_et_q;
  logic [31:0] x_clip, y_clip, inner_x_q, inner_y_q, all_x_q, all_y_q;
  logic [10:0] inner_count_q;
  logic [3:0] all_mb0_q, all_mb1_q;

  assign et_clip = full_d || et_d[20:16] != '0 ? 16'hffff : et_d[15:0];
  assign em_clip = em_full_d || em_d[19:16] != '0 ? 16'hffff : em_d[15:0];
  assign x_clip = met_full_d ? 32'h7fffffff : x_d;
  assign y_clip = met_full_d ? 32'h7fffffff : y_d;

  always_ff @(posedge clk_i) begin
    if (valid_q[RingAt-1] && ring == LastInner) begin
      inner_et_q <= et_clip;
      inner_em_q <= em_clip;
      inner_x_q <= x_clip;
      inner_y_q <= y_clip;
      inner_count_q <= count_d;
    end
    if (valid_q[RingAt-1] && ring == LastRing) begin
      all_et_q <= et_clip;
      all_x_q <= x_clip;
      all_y_q <= y_clip;
      all_mb0_q <= mb0_d;
      all_mb1_q <= mb1_d;
    end
  end

  logic last_q;
  always_ff @(posedge clk_i) last_q <= ring == LastRing;
  assign valid_o = valid_q[Latency-1] && last_q;
  assign {et_o, em_o, x_o, y_o} = {inner_et_q, inner_em_q, inner_x_q, inner_y_q};
  assign {et_hf_o, x_hf_o, y_hf_o} = {all_et_q, all_x_q, all_y_q};
  assign {mb0_o, mb1_o, count_o} = {all_mb0_q, all_mb1_q, inner_count_q};
endmodule
