// SPDX-License-Identifier: Apache-2.0
//
// Sum of the 72 energies of a ring: groups of four columns, of 24, all.
//
// Twin: models/calo/l1t_sums.c, gather_ring(). Latency: l1t_sums_pkg::RingSumLatency.
module l1t_sums_ring #(
  parameter int Width = 9
) (
  input  logic                clk_i,
  input  logic [2:0]          enable_i,  // bit k: registers of clock k + 1 take what is before them
  input  logic [72*Width-1:0] et_i,
  output logic [Width+6:0]    sum_o
);
  localparam int Fours = l1t_pkg::Phis / 4;
  localparam int Parts = 3;
  localparam int PerPart = Fours / Parts;
  localparam int Latency = l1t_sums_pkg::RingSumLatency;

  for (genvar i = 0; i < Fours; i++) begin : g_four
    logic [Width+1:0] sum_q;
    always_ff @(posedge clk_i) begin
      if (enable_i[0]) begin
        sum_q <= (Width+2)'(et_i[4*i*Width +: Width]) + (Width+2)'(et_i[(4*i+1)*Width +: Width]) +
                 (Width+2)'(et_i[(4*i+2)*Width +: Width]) +
                 (Width+2)'(et_i[(4*i+3)*Width +: Width]);
      end
    end
  end

  for (genvar i = 0; i < Parts; i++) begin : g_part
    logic [Width+4:0] sum_q2;
    always_ff @(posedge clk_i) begin
      if (enable_i[1]) begin
        sum_q2 <= (Width+5)'(g_four[i*PerPart].sum_q) + (Width+5)'(g_four[i*PerPart+1].sum_q) +
                  (Width+5)'(g_four[i*PerPart+2].sum_q) + (Width+5)'(g_four[i*PerPart+3].sum_q) +
                  (Width+5)'(g_four[i*PerPart+4].sum_q) + (Width+5)'(g_four[i*PerPart+5].sum_q);
      end
    end
  end

  logic [Width+6:0] sum_q3;
  always_ff @(posedge clk_i) begin
    if (enable_i[Latency-1]) begin
      sum_q3 <= (Width+7)'(g_part[0].sum_q2) + (Width+7)'(g_part[1].sum_q2) +
                (Width+7)'(g_part[2].sum_q2);
    end
  end
  assign sum_o = sum_q3;
endmodule
