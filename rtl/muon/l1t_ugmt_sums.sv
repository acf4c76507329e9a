// SPDX-License-Identifier: Apache-2.0
//
// Calorimeter sums of the last crossings, kept until the muons that look at them are sorted: a
// small memory for each eta region's link, four crossings deep. Muons' regions are asked for once a
// crossing, in the order of the crossings.
//
// Twin: models/muon/l1t_ugmt_isolate.c (event->sum). Latency: 3.
module l1t_ugmt_sums #(
  parameter int Lanes = 8
) (
  input  logic               clk_i,
  input  logic               rst_i,
  input  logic               valid_i,       // a frame
  input  logic [2:0]         frame_i,       // 0..5
  input  logic [28*32-1:0]   data_i,        // six sums of 5 bits of each region
  input  logic               read_i,        // regions are there; next crossing
  input  logic [Lanes*5-1:0] eta_region_i,
  input  logic [Lanes*6-1:0] phi_region_i,
  output logic [Lanes*5-1:0] sum_o
);
  localparam int Regions = l1t_ugmt_pkg::EtaRegions;
  localparam int Banks = 4;
  localparam int SumWidth = 5;
  localparam int PerFrame = 6;
  localparam int LinkWidth = PerFrame * SumWidth;

  logic [1:0] write_bank_q, read_bank_q;
  logic read_q;
  always_ff @(posedge clk_i) begin
    if (rst_i) begin
      write_bank_q <= '0;
      read_bank_q <= '0;
      read_q <= 1'b0;
    end else begin
      if (valid_i && frame_i == 3'd5) write_bank_q <= write_bank_q + 2'd1;
      read_q <= read_i;
      if (read_q) read_bank_q <= read_bank_q + 2'd1;
    end
  end

  // Clock 1: a region's place in frame and word. 2: the word. 3: the sum.
  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [5:0] phi;
    logic [2:0] frame, frame_q, field_q, field_q2;
    logic [4:0] region_q;
    logic [LinkWidth-1:0] word_q2;
    logic [SumWidth-1:0] sum_q3;
    assign phi = phi_region_i[i*6 +: 6];
    assign frame = phi < 6'd6 ? 3'd0 : phi < 6'd12 ? 3'd1 : phi < 6'd18 ? 3'd2
                   : phi < 6'd24 ? 3'd3 : phi < 6'd30 ? 3'd4 : 3'd5;
    always_ff @(posedge clk_i) begin
      frame_q <= frame;
      field_q <= 3'(phi - 6'd6 * {3'd0, frame});
      region_q <= eta_region_i[i*5 +: 5];
      field_q2 <= field_q;
      if (read_q) word_q2 <= g_region[Regions-1].g_port[i].word;
      sum_q3 <= word_q2[field_q2*SumWidth +: SumWidth];
    end
    assign sum_o[i*SumWidth +: SumWidth] = sum_q3;
  end

  for (genvar r = 0; r < Regions; r++) begin : g_region
    logic [LinkWidth-1:0] mem[Banks*8];
    always_ff @(posedge clk_i)
      if (valid_i) mem[{write_bank_q, frame_i}] <= data_i[r*32 +: LinkWidth];

    for (genvar i = 0; i < Lanes; i++) begin : g_port
      logic [LinkWidth-1:0] here, word;
      assign here = g_lane[i].region_q == 5'(r) ? mem[{read_bank_q, g_lane[i].frame_q}] : '0;
      if (r == 0) begin : g_first
        assign word = here;
      end else begin : g_next
        assign word = g_region[r-1].g_port[i].word | here;
      end
    end

    logic unused;
    assign unused = ^data_i[r*32+LinkWidth +: 32-LinkWidth];
  end
endmodule
