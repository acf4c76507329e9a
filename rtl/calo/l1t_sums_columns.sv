// SPDX-License-Identifier: Apache-2.0
//
// Vector sum of one ring: x = sum of ET * cos, y = sum of ET * sin over the 72 columns, in 1/1023 of
// a tower unit. Columns whose cosine (sine) is the same but for its sign are added and subtracted
// first, so that 18 multiplications by constants are left for each component. The reference's table
// has one odd entry, 511 instead of 512 for column 60: its ET is taken off again.
//
// Twin: models/calo/l1t_sums.c, sum_of(). Latency: l1t_sums_pkg::ColumnsLatency.
module l1t_sums_columns (
  input  logic               clk_i,
  input  logic [3:0]         enable_i,  // bit k: registers of clock k + 1 take what is before them
  input  logic [72*9-1:0]    et_i,      // 0 for towers that do not count
  output logic signed [24:0] x_o,       // at most 511 * (1023 + 2 * 11204)
  output logic signed [24:0] y_o
);
  localparam int Phis = l1t_pkg::Phis;
  localparam int Quarter = l1t_sums_pkg::Quarter;
  localparam int TrigWidth = l1t_sums_pkg::TrigWidth;
  localparam int Latency = l1t_sums_pkg::ColumnsLatency;
  localparam int Terms = 20;  // of x; the last one is the odd column
  localparam int PerPart = 5;
  localparam int Parts = Terms / PerPart;

  for (genvar p = 0; p < Phis; p++) begin : g_column
    logic signed [10:0] et;
    assign et = {2'b0, et_i[p*9 +: 9]};
  end

  // Clock 1: the folded columns. Clock 2: products.
  for (genvar k = 0; k < Terms; k++) begin : g_term
    logic signed [20:0] x, y;
    if (k == 0) begin : g_axis
      localparam logic signed [TrigWidth:0] Weight =
          {1'b0, l1t_sums_pkg::QuarterWave[0 +: TrigWidth]};
      logic signed [10:0] x_q, y_q;
      logic signed [20:0] x_q2, y_q2;
      always_ff @(posedge clk_i) begin
        if (enable_i[0]) begin
          x_q <= g_column[0].et - g_column[2*Quarter].et;
          y_q <= g_column[Quarter].et - g_column[3*Quarter].et;
        end
        if (enable_i[1]) begin
          x_q2 <= 21'(x_q) * 21'(Weight);
          y_q2 <= 21'(y_q) * 21'(Weight);
        end
      end
      assign x = x_q2;
      assign y = y_q2;
    end else if (k < Quarter) begin : g_four
      localparam logic signed [TrigWidth:0] Weight =
          {1'b0, l1t_sums_pkg::QuarterWave[k*TrigWidth +: TrigWidth]};
      logic signed [10:0] x_q, y_q;
      logic signed [20:0] x_q2, y_q2;
      always_ff @(posedge clk_i) begin
        if (enable_i[0]) begin
          x_q <= g_column[k].et + g_column[Phis-k].et - g_column[2*Quarter-k].et -
                 g_column[2*Quarter+k].et;
          y_q <= g_column[Quarter-k].et + g_column[Quarter+k].et - g_column[3*Quarter-k].et -
                 g_column[3*Quarter+k].et;
        end
        if (enable_i[1]) begin
          x_q2 <= 21'(x_q) * 21'(Weight);
          y_q2 <= 21'(y_q) * 21'(Weight);
        end
      end
      assign x = x_q2;
      assign y = y_q2;
    end else if (k == Quarter) begin : g_odd
      logic signed [10:0] et_q, et_q2;
      always_ff @(posedge clk_i) begin
        if (enable_i[0]) et_q <= g_column[l1t_sums_pkg::OddColumn].et;
        if (enable_i[1]) et_q2 <= -et_q;
      end
      assign x = 21'(et_q2);
      assign y = '0;
    end else begin : g_none
      assign x = '0;
      assign y = '0;
    end
  end

  // Clocks 3 and 4: their sum.
  for (genvar i = 0; i < Parts; i++) begin : g_part
    logic signed [24:0] x_q3, y_q3;
    always_ff @(posedge clk_i) begin
      if (enable_i[2]) begin
        x_q3 <= 25'(g_term[i*PerPart].x) + 25'(g_term[i*PerPart+1].x) +
                25'(g_term[i*PerPart+2].x) + 25'(g_term[i*PerPart+3].x) +
                25'(g_term[i*PerPart+4].x);
        y_q3 <= 25'(g_term[i*PerPart].y) + 25'(g_term[i*PerPart+1].y) +
                25'(g_term[i*PerPart+2].y) + 25'(g_term[i*PerPart+3].y) +
                25'(g_term[i*PerPart+4].y);
      end
    end
  end

  logic signed [24:0] x_q4, y_q4;
  always_ff @(posedge clk_i) begin
    if (enable_i[Latency-1]) begin
      x_q4 <= g_part[0].x_q3 + g_part[1].x_q3 + g_part[2].x_q3 + g_part[3].x_q3;
      y_q4 <= g_part[0].y_q3 + g_part[1].y_q3 + g_part[2].y_q3 + g_part[3].y_q3;
    end
  end
  assign x_o = x_q4;
  assign y_o = y_q4;
endmodule
