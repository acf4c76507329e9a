// SPDX-License-Identifier: Apache-2.0
//
// Demultiplexer of the sums: both sides added, missing energies as length and direction, asymmetries,
// centrality, six words. The four kinds of sums (ET with HF, ET, HT with HF, HT) go through one
// CORDIC and one asymmetry unit, a clock after each other.
//
// A vector with a saturated component has length 4095 and angle 0. All scalars are clipped to 12
// bits. Centrality bit i says that the energy in HF lies between its two limits; 0x80 that an ET sum
// is full.
//
// Twin: models/calo/l1t_sums_demux.c, l1t_sums_demux(). Latency: l1t_sums_pkg::DemuxLatency.
module l1t_sums_demux (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic [8*32-1:0]  centrality_lower_i,  // signed; static
  input  logic [8*32-1:0]  centrality_upper_i,
  input  logic             valid_i,
  input  logic [8*32-1:0]  scalar_i,  // sum_scalar_mp, side * 4 + kind
  input  logic [16*32-1:0] vector_i,  // sum_vector_mp, (side * 4 + kind) * 2, x then y
  input  logic [27:0]      mb_i,      // sum_mb_mp
  input  logic [12:0]      count_i,   // sum_count_mp
  output logic             valid_o,
  output logic [6*32-1:0]  gt_o       // sum_et_gt ... sum_mhthf_gt
);
  localparam int Kinds = l1t_sums_pkg::Kinds;
  localparam int Latency = l1t_sums_pkg::DemuxLatency;
  localparam int CordicLatency = l1t_sums_pkg::CordicLatency;
  localparam int Hf = 0;     // ET with HF: its place among the kinds
  localparam int NoHf = 1;   // ET
  localparam int Ht = 3;
  localparam logic [31:0] Full = 32'h7fffffff;

  logic [Latency-1:0] valid_q;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (.clk_i, .rst_i, .valid_i, .valid_o(valid_q));

  // Clock 1: sides added. Clocks 2 to 4: the next kind moves to the front.
  for (genvar k = 0; k < Kinds; k++) begin : g_kind
    logic [31:0] x_plus, y_plus, x_minus, y_minus;
    logic signed [31:0] x_q, y_q;
    logic full_q;
    logic [15:0] plus_q, minus_q;
    assign x_plus = vector_i[2*k*32 +: 32];
    assign y_plus = vector_i[(2*k+1)*32 +: 32];
    assign x_minus = vector_i[2*(Kinds+k)*32 +: 32];
    assign y_minus = vector_i[(2*(Kinds+k)+1)*32 +: 32];
    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        x_q <= x_plus + x_minus;
        y_q <= y_plus + y_minus;
        full_q <= x_plus == Full || y_plus == Full || x_minus == Full || y_minus == Full;
        plus_q <= scalar_i[k*32 + l1t_formats_pkg::SumScalarMpEtLsb +: 16];
        minus_q <= scalar_i[(Kinds+k)*32 + l1t_formats_pkg::SumScalarMpEtLsb +: 16];
      end else if (k < Kinds - 1) begin
        x_q <= g_kind[(k+1)%Kinds].x_q;
        y_q <= g_kind[(k+1)%Kinds].y_q;
        full_q <= g_kind[(k+1)%Kinds].full_q;
        plus_q <= g_kind[(k+1)%Kinds].plus_q;
        minus_q <= g_kind[(k+1)%Kinds].minus_q;
      end
    end
  end

  logic [31:0] length;
  logic signed [12:0] phi;
  logic [7:0] asymmetry, asymmetry_late;
  logic full_late, cordic_valid;
  l1t_cordic u_cordic (
    .clk_i, .rst_i, .valid_i(valid_q[Kinds-1:0] != '0), .x_i(g_kind[0].x_q), .y_i(g_kind[0].y_q),
    .valid_o(cordic_valid), .length_o(length), .phi_o(phi)
  );
  l1t_delay #(.Width(1), .Clocks(CordicLatency)) u_full (
    .clk_i, .data_i(g_kind[0].full_q), .data_o(full_late)
  );
  l1t_sums_asymmetry u_asymmetry (
    .clk_i, .plus_i(g_kind[0].plus_q), .minus_i(g_kind[0].minus_q), .asymmetry_o(asymmetry)
  );
  l1t_delay #(
    .Width(8), .Clocks(CordicLatency - l1t_sums_pkg::AsymmetryLatency)
  ) u_asymmetry_late (.clk_i, .data_i(asymmetry), .data_o(asymmetry_late));

  // The results of the kinds before wait for the last one: met[k] is kind k's when that has come.
  localparam int MetWidth = 8 + 8 + 32;  // asymmetry, angle, length
  logic [MetWidth-1:0] met_now;
  logic [Kinds*MetWidth-1:0] met;
  assign met_now = {asymmetry_late, full_late ? 8'd0 : phi[11:4], full_late ? '1 : length};
  assign met[(Kinds-1)*MetWidth +: MetWidth] = met_now;
  for (genvar k = 0; k < Kinds - 1; k++) begin : g_wait
    logic [MetWidth-1:0] met_q;
    always_ff @(posedge clk_i) if (cordic_valid) met_q <= met[(k+1)*MetWidth +: MetWidth];
    assign met[k*MetWidth +: MetWidth] = met_q;
  end

  // Scalars: clock 1 adds, clock 2 clips and looks at the limits.
  logic [16:0] ett_q, ett_hf_q, em_q, ht_q;
  logic [12:0] count_q;
  logic [27:0] mb_q, mb_q2;
  logic [11:0] ett_q2, em_q2, ht_q2, count_q2;
  logic [7:0] between, centrality_q2;
  logic signed [31:0] hf_energy;
  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      ett_q <= 17'(scalar_i[NoHf*32 +: 16]) + 17'(scalar_i[(Kinds+NoHf)*32 +: 16]);
      em_q <= 17'(scalar_i[NoHf*32 + l1t_formats_pkg::SumScalarMpEmLsb +: 16]) +
              17'(scalar_i[(Kinds+NoHf)*32 + l1t_formats_pkg::SumScalarMpEmLsb +: 16]);
      ett_hf_q <= 17'(scalar_i[Hf*32 +: 16]) + 17'(scalar_i[(Kinds+Hf)*32 +: 16]);
      ht_q <= 17'(scalar_i[Ht*32 +: 16]) + 17'(scalar_i[(Kinds+Ht)*32 +: 16]);
      count_q <= count_i;
      mb_q <= mb_i;
    end
  end

  assign hf_energy = 32'(ett_hf_q) - 32'(ett_q);
  for (genvar i = 0; i < l1t_sums_pkg::Centralities; i++) begin : g_centrality
    logic signed [31:0] lower, upper;
    assign lower = centrality_lower_i[i*32 +: 32];
    assign upper = centrality_upper_i[i*32 +: 32];
    assign between[i] = hf_energy >= lower && hf_energy <= upper;
  end
  always_ff @(posedge clk_i) begin
    if (valid_q[0]) begin
      ett_q2 <= ett_q > 17'd4095 ? 12'd4095 : ett_q[11:0];
      em_q2 <= em_q > 17'd4095 ? 12'd4095 : em_q[11:0];
      ht_q2 <= ht_q > 17'd4095 ? 12'd4095 : ht_q[11:0];
      count_q2 <= count_q > 13'd4095 ? 12'd4095 : count_q[11:0];
      centrality_q2 <= ett_q >= 17'd65535 || ett_hf_q >= 17'd65535 ? 8'h80 : between;
      mb_q2 <= mb_q;
    end
  end

  // The last clock: words. Missing-energy words: ET, HT, ET with HF, HT with HF.
  logic [3:0] mb0_plus, mb0_minus, mb1_plus, mb1_minus;
  assign mb0_plus = mb_q2[l1t_formats_pkg::SumMbMpMb0PlusLsb +: 4];
  assign mb0_minus = mb_q2[l1t_formats_pkg::SumMbMpMb0MinusLsb +: 4];
  assign mb1_plus = mb_q2[l1t_formats_pkg::SumMbMpMb1PlusLsb +: 4];
  assign mb1_minus = mb_q2[l1t_formats_pkg::SumMbMpMb1MinusLsb +: 4];

  logic [4*4-1:0] last_field;
  assign last_field = {centrality_q2, mb1_minus, mb1_plus};
  for (genvar i = 0; i < 4; i++) begin : g_met
    localparam int Kind = (i % 2) * 2 + (i < 2 ? 1 : 0);
    // Scale of the trigonometric table, less the 16 that is off the jets' components.
    localparam int Shift = i % 2 == 0 ? 10 : 6;
    logic [7:0] asymmetry_k, phi_k;
    logic [31:0] length_k, et;
    logic [31:0] word_q;
    assign {asymmetry_k, phi_k, length_k} = met[Kind*MetWidth +: MetWidth];
    assign et = length_k >> Shift;
    always_ff @(posedge clk_i) begin
      if (valid_q[Latency-2]) begin
        word_q <= {last_field[i*4 +: 4], asymmetry_k, phi_k, et > 32'd4095 ? 12'd4095 : et[11:0]};
      end
    end
    assign gt_o[(2+i)*32 +: 32] = word_q;
  end

  logic [31:0] et_word_q, ht_word_q;
  always_ff @(posedge clk_i) begin
    if (valid_q[Latency-2]) begin
      et_word_q <= {mb0_plus, 4'b0, em_q2, ett_q2};
      ht_word_q <= {mb0_minus, 4'b0, count_q2, ht_q2};
    end
  end
  assign gt_o[0 +: 64] = {ht_word_q, et_word_q};
  assign valid_o = valid_q[Latency-1];

  logic unused;
  assign unused = ^{phi, mb_q2, valid_q, scalar_i};
endmodule
