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
  localparam int Slots = l1t_jet_pkg::Slots;
  localparam int Registers = l1t_jet_pkg::Registers;
  localparam int PerSide = l1t_jet_pkg::PerSide;
  localparam int NetworkLatency = l1t_pkg::sort_latency(Slots);
  localparam int WordWidth = l1t_formats_pkg::JetMpBits;
  localparam int Width = 16 + 7;          // ET, phi
  localparam int EntryWidth = Width + 6;  // ET, phi, ring

  logic [Slots*Width-1:0] slots, sorted;
  logic filled;
  assign filled = valid_i && keep_i != '0;

  for (genvar i = 0; i < Slots; i++) begin : g_slot
    localparam int S = Slots - 1 - i;
    assign slots[i*Width +: Width] = keep_i[S] ? {et_i[S*16 +: 16], phi_i[S*7 +: 7]} : '0;
  end

  l1t_bitonic_sort #(.N(Slots), .Width(Width), .KeyWidth(16)) u_network (
    .clk_i, .rst_i, .valid_i(filled), .list_i(slots), .list_o(sorted)
  );

  // What goes along with the network: strobe, and the ring, with "filled" as its own bit because
  // the network stands still for rings without a jet.
  logic [NetworkLatency-1:0] valid_q;
  logic [5:0] ring;
  logic some;

  l1t_delay_valid #(.Clocks(NetworkLatency)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  l1t_delay #(.Width(7), .Clocks(NetworkLatency)) u_ring (
    .clk_i, .data_i({filled, ring_i}), .data_o({some, ring})
  );

  logic [Registers*EntryWidth-1:0] list, entries;
  for (genvar i = 0; i < Registers; i++) begin : g_list
    assign list[i*EntryWidth +: EntryWidth] = some ? {sorted[i*Width +: Width], ring} : '0;
  end

  logic chain_valid;
  l1t_sort_chain #(.K(Registers), .Width(EntryWidth), .KeyWidth(16)) u_chain (
    .clk_i, .rst_i,
    .valid_i(valid_q[NetworkLatency-1]), .first_i(ring == 6'd1),
    .last_i(ring == 6'(l1t_pkg::Rings)), .list_i(list),
    .valid_o(chain_valid), .entry_o(entries)
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
  assign unused = ^{sorted[Slots*Width-1 : Registers*Width], valid_q};
endmodule
