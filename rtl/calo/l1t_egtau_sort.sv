// SPDX-License-Identifier: Apache-2.0
//
// Main-processor sorter of one side of the e/gamma or tau path: the objects of each ring, in 18
// slots (slot 0 is the largest phi), are sorted by ET and handed to the chain of six registers. An
// object of ET 0 is an empty slot. Row after row; a clock without valid_i may carry anything. The
// registers come after ring Rows and keep their values until the next event's.
//
// Twin: models/calo/l1t_egtau.c, l1t_egtau_sort(). Latency: l1t_egtau_pkg::SortLatency from ring
// Rows to mp_o.
module l1t_egtau_sort #(
  parameter int Rows = l1t_calo_pkg::ClusterRings  // rings with objects
) (
  input  logic             clk_i,
  input  logic             rst_i,
  input  logic             valid_i,
  input  logic [5:0]       ring_i,
  input  logic [17:0]      any_i,   // lane (iphi - 1) / 4
  input  logic [18*12-1:0] pt_i,
  input  logic [18*13-1:0] rest_i,  // {fine_phi, fine_eta, phi, iso} of egtau_mp
  output logic             valid_o,
  output logic [6*32-1:0]  mp_o     // egtau_mp, 0 = empty
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Registers = l1t_egtau_pkg::PerSide;
  localparam int EtWidth = l1t_formats_pkg::EgtauMpEtWidth;
  localparam int RestWidth = l1t_egtau_pkg::RestBits;
  localparam int RingWidth = l1t_formats_pkg::EgtauMpRingWidth;
  localparam int WordWidth = l1t_formats_pkg::EgtauMpBits;
  localparam int Width = EtWidth + RestWidth;
  localparam int EntryWidth = Width + RingWidth;

  logic [Slots*Width-1:0] slots;
  for (genvar i = 0; i < Slots; i++) begin : g_slot
    localparam int S = Slots - 1 - i;
    assign slots[i*Width +: Width] =
        any_i[S] ? {pt_i[S*EtWidth +: EtWidth], rest_i[S*RestWidth +: RestWidth]} : '0;
  end

  logic sorted_valid;
  logic [Slots*EntryWidth-1:0] sorted;
  logic [Registers*EntryWidth-1:0] entries;
  logic [31:0] latency;

  l1t_sort #(
    .KeyWidth(EtWidth), .PayloadWidth(RestWidth), .RowWidth(RingWidth), .Rows(Rows),
    .Registers(Registers)
  ) u_sort (
    .clk_i, .rst_i, .valid_i, .first_i(ring_i == 6'd1), .last_i(ring_i == 6'(Rows)),
    .row_i(ring_i), .slots_i(slots), .sorted_valid_o(sorted_valid), .sorted_o(sorted),
    .registers_valid_o(valid_o), .registers_o(entries), .latency_o(latency)
  );

  for (genvar i = 0; i < Registers; i++) begin : g_word
    logic [EtWidth-1:0] et;
    logic [3:0] fine;
    logic [6:0] phi;
    logic [1:0] iso;
    logic [RingWidth-1:0] ring;
    assign {et, fine, phi, iso, ring} = entries[i*EntryWidth +: EntryWidth];
    assign mp_o[i*WordWidth +: WordWidth] = et == '0 ? '0 : {et, fine, phi, ring, iso, 1'b0};
  end

  logic unused;
  assign unused = ^{sorted_valid, sorted, latency};
endmodule
