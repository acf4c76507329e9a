// SPDX-License-Identifier: Apache-2.0
//
// Main-processor sorter of one side: the kept jets of each ring, in 18 slots (slot 0 is the largest
// phi), are sorted by ET and handed to the chain of seven registers. After ring 40, register 6
// takes the place of register 5 if both have the same ET and ring and register 6 the larger phi;
// six jets leave. A jet whose calibrated ET is zero counts as an empty slot.
//
// Twin: models/calo/l1t_jet_sort.c, l1t_jet_sort(). Latency: l1t_jet_pkg::SortLatency from ring 40
// to reg_o, one more to mp_o.
module l1t_jet_sort (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [5:0]       ring_i,
  input  logic [17:0]      keep_i,
  input  logic [18*16-1:0] et_i,
  input  logic [18*7-1:0]  phi_i,
  output logic             valid_o,
  output logic [7*30-1:0]  reg_o,  // jet_mp, 0 = empty
  output logic [6*30-1:0]  mp_o    // jet_mp, one clock later
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Registers = l1t_jet_pkg::Registers;
  localparam int PerSide = l1t_jet_pkg::PerSide;
  localparam int WordWidth = l1t_formats_pkg::JetMpBits;
  localparam int Width = 16 + 7;          // ET, phi
  localparam int EntryWidth = Width + 6;  // ET, phi, ring

  logic [Slots*Width-1:0] slots;
  for (genvar i = 0; i < Slots; i++) begin : g_slot
    localparam int S = Slots - 1 - i;
    assign slots[i*Width +: Width] = keep_i[S] ? {et_i[S*16 +: 16], phi_i[S*7 +: 7]} : '0;
  end

  logic chain_valid, sorted_valid;
  logic [Slots*EntryWidth-1:0] sorted;
  logic [Registers*EntryWidth-1:0] entries;
  logic [31:0] latency;

  l1t_sort #(.PayloadWidth(7), .RowWidth(6)) u_sort (
    .clk_i, .rst_i, .valid_i, .first_i(ring_i == 6'd1), .last_i(ring_i == 6'(l1t_pkg::Rings)),
    .row_i(ring_i), .slots_i(slots), .sorted_valid_o(sorted_valid), .sorted_o(sorted),
    .registers_valid_o(chain_valid), .registers_o(entries), .latency_o(latency)
  );

  for (genvar i = 0; i < Registers; i++) begin : g_word
    logic [15:0] et;
    logic [6:0] phi;
    logic [5:0] m;  // |m|
    logic [WordWidth-1:0] word;
    assign {et, phi, m} = entries[i*EntryWidth +: EntryWidth];
    assign word = et == 16'd0 ? '0 : {1'b0, et, phi, m};
    assign reg_o[i*WordWidth +: WordWidth] = word;
  end
  assign valid_o = chain_valid;

  // The last two registers.
  logic replace;
  assign replace = g_word[5].et == g_word[6].et && g_word[5].m == g_word[6].m &&
                   g_word[6].phi > g_word[5].phi;

  for (genvar i = 0; i < PerSide; i++) begin : g_mp
    logic [WordWidth-1:0] word_q;
    always_ff @(posedge clk_i) begin
      if (chain_valid) word_q <= i == PerSide - 1 && replace ? g_word[6].word : g_word[i].word;
    end
    assign mp_o[i*WordWidth +: WordWidth] = word_q;
  end

  logic unused;
  assign unused = ^{sorted_valid, sorted, latency};
endmodule
