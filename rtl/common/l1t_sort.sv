// SPDX-License-Identifier: Apache-2.0
//
// The main-processor sorter: a row of 18 slots a clock through the bitonic network, largest key
// first, and on to the chain of registers that keep the best of all rows of an event. A slot
// is {key, payload}; behind the network the row's own number joins it, so an entry is {key, payload,
// row}. Only the key is compared. A slot with key 0 is empty whatever its payload. A clock without
// valid_i may carry anything.
//
// sorted_o is a probe that synthesis drops when left open. registers_o comes after the row with
// last_i and keeps its value until the next event's. The network stands still for rows without a key.
//
// Twin: models/l1t_sort.c, l1t_sort(). Latency: l1t_pkg::sort_latency(18) from a row to sorted_o,
// Registers more from the last row to registers_o; latency_o states both for an event of Rows rows.
module l1t_sort #(
  parameter int KeyWidth = 16,
  parameter int PayloadWidth = 16,
  parameter int RowWidth = 6,
  parameter int Rows = l1t_pkg::Rings,  // of an event, for latency_o only
  parameter int Registers = 7
) (
  input  logic                                      clk_i,
  input  logic                                      rst_i,    // synchronous
  input  logic                                      valid_i,
  input  logic                                      first_i,  // first row of an event
  input  logic                                      last_i,   // last row of an event
  input  logic [RowWidth-1:0]                       row_i,
  input  logic [18*(KeyWidth+PayloadWidth)-1:0]           slots_i,  // sort_slot

  output logic                                      sorted_valid_o,
  output logic [18*(KeyWidth+PayloadWidth+RowWidth)-1:0]  sorted_o,     // sort_entry
  output logic                                      registers_valid_o,
  output logic [Registers*(KeyWidth+PayloadWidth+RowWidth)-1:0]   registers_o,  // sort_entry
  output logic [2*16-1:0]                           latency_o
);
  localparam int Slots = 18;
  localparam int Width = KeyWidth + PayloadWidth;
  localparam int EntryWidth = Width + RowWidth;
  localparam int NetworkLatency = l1t_pkg::sort_latency(Slots);
  localparam int RegistersAt = Rows - 1 + NetworkLatency + Registers;

  assign latency_o = {16'(RegistersAt), 16'(NetworkLatency)};

  logic [Slots-1:0] used;
  logic some;
  for (genvar i = 0; i < Slots; i++) begin : g_slot
    assign used[i] = slots_i[i*Width + PayloadWidth +: KeyWidth] != '0;
  end
  assign some = used != '0;

  logic [Slots*Width-1:0] sorted;
  l1t_bitonic_sort #(.N(Slots), .Width(Width), .KeyWidth(KeyWidth)) u_network (
    .clk_i, .rst_i, .valid_i(valid_i && some), .list_i(slots_i), .list_o(sorted)
  );

  // What goes along with the network: the strobe, and what is known of the row.
  logic [NetworkLatency-1:0] valid_q;
  logic some_late, first_late, last_late;
  logic [RowWidth-1:0] row_late;

  l1t_delay_valid #(.Clocks(NetworkLatency)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  l1t_delay #(.Width(3 + RowWidth), .Clocks(NetworkLatency)) u_row (
    .clk_i, .data_i({some, first_i, last_i, row_i}),
    .data_o({some_late, first_late, last_late, row_late})
  );

  for (genvar i = 0; i < Slots; i++) begin : g_entry
    logic [Width-1:0] entry;
    assign entry = sorted[i*Width +: Width];
    assign sorted_o[i*EntryWidth +: EntryWidth] =
        some_late && entry[PayloadWidth +: KeyWidth] != '0 ? {entry, row_late} : '0;
  end
  assign sorted_valid_o = valid_q[NetworkLatency-1];

  // The registers ignore entries with key 0, so their list does without the probe's second look at
  // the keys.
  logic [Registers*EntryWidth-1:0] list;
  for (genvar i = 0; i < Registers; i++) begin : g_list
    assign list[i*EntryWidth +: EntryWidth] = some_late ? {g_entry[i].entry, row_late} : '0;
  end

  l1t_sort_chain #(.K(Registers), .Width(EntryWidth), .KeyWidth(KeyWidth)) u_chain (
    .clk_i, .rst_i, .valid_i(sorted_valid_o), .first_i(first_late), .last_i(last_late),
    .list_i(list), .valid_o(registers_valid_o), .entry_o(registers_o)
  );

  logic unused;
  assign unused = ^valid_q;
endmodule
