// SPDX-License-Identifier: Apache-2.0
//
// Cancel-out: neighbours that are the same muon seen twice. A cancelled muon still takes part in
// all other comparisons, so they may be done in any order. Links that are compared have three
// comparators, not nine: one copy of every link's slots turns, so that in three clocks each slot
// has met each other one, and so do the bits of those that lost there.
//
// Twin: models/muon/l1t_ugmt_cancel.c, l1t_ugmt_cancel(). Latency: l1t_ugmt_pkg::CancelLatency.
module l1t_ugmt_cancel (
  input  logic              clk_i,
  input  logic              rst_i,
  input  logic              run2_i,       // lists of track addresses of Run 2 (barrel)
  input  logic              addresses_i,  // endcap by track addresses
  input  logic              valid_i,
  input  logic [108*46-1:0] dec_i,        // muon_dec, link after link
  input  logic [108*19-1:0] address_i,
  output logic              valid_o,
  output logic [108*4-1:0]  cancel_o      // muon_cancel
);
  localparam int DecWidth = l1t_formats_pkg::MuonDecBits;
  localparam int Links = l1t_ugmt_pkg::Links;
  localparam int Slots = l1t_ugmt_pkg::Slots;
  localparam int FirstB = l1t_ugmt_pkg::FirstB;
  localparam int KeyWidth = l1t_ugmt_pkg::KeyWidth;
  localparam int Key = Slots * KeyWidth;
  localparam int AddressWidth = l1t_ugmt_pkg::AddressWidth;
  localparam int Address = Slots * AddressWidth;
  localparam int Latency = l1t_ugmt_pkg::CancelLatency;

  // Clock 1: load. 2, 3, 4: three comparisons each. Two clocks later: bits of those that lost.
  logic [Latency-1:0] valid_q;
  logic compare, collect, collect_first;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  assign compare = valid_q[2:0] != '0;
  assign collect_first = valid_q[2];
  assign collect = valid_q[4:2] != '0;
  assign valid_o = valid_q[5];

  // ---- a copy that stays and one that turns ----

  logic [Links*Key-1:0] key, turn;
  logic [Links*Address-1:0] address, turn_address;

  for (genvar l = 0; l < Links; l++) begin : g_link
    logic [Key-1:0] key_d, key_q, turn_q;
    logic [Address-1:0] address_q, turn_address_q;
    for (genvar k = 0; k < Slots; k++) begin : g_slot
      logic [DecWidth-1:0] dec;
      assign dec = dec_i[(l*Slots+k)*DecWidth +: DecWidth];
      assign key_d[k*KeyWidth +: KeyWidth] = {
        dec[l1t_formats_pkg::MuonDecQualityLsb +: 4], dec[l1t_formats_pkg::MuonDecValidLsb],
        dec[l1t_formats_pkg::MuonDecFineLsb], dec[l1t_formats_pkg::MuonDecPhiLsb +: 10],
        dec[l1t_formats_pkg::MuonDecEtaLsb +: 9]
      };
    end
    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        key_q <= key_d;
        turn_q <= key_d;
        address_q <= address_i[l*Address +: Address];
        turn_address_q <= address_i[l*Address +: Address];
      end else if (compare) begin
        turn_q <= {turn_q[0 +: KeyWidth], turn_q[Key-1:KeyWidth]};
        turn_address_q <= {
          turn_address_q[0 +: AddressWidth], turn_address_q[Address-1:AddressWidth]
        };
      end
    end
    assign key[l*Key +: Key] = key_q;
    assign turn[l*Key +: Key] = turn_q;
    assign address[l*Address +: Address] = address_q;
    assign turn_address[l*Address +: Address] = turn_address_q;
  end

  // ---- comparisons ----

  // Of each link, those that stay and those that turn: lost against a neighbour of the own finder,
  // and between finders. Overlap has ob and oe where it stays, the others where they turn.
  logic [Links*Slots-1:0] own, ob_plus, ob_minus, oe;
  logic [Links*Slots-1:0] turn_own, turn_ob_plus, turn_ob_minus, turn_oe;

  for (genvar p = 0; p < 12; p++) begin : g_wedge
    localparam int Low = FirstB + p;
    localparam int High = FirstB + (p + 1) % 12;
    l1t_ugmt_address #(.Finder(l1t_ugmt_pkg::Barrel)) u_address (
      .clk_i, .run2_i, .valid_i(compare),
      .low_key_i(turn[Low*Key +: Key]), .high_key_i(key[High*Key +: Key]),
      .low_i(turn_address[Low*Address +: Address]), .high_i(address[High*Address +: Address]),
      .low_lost_o(turn_own[Low*3 +: 3]), .high_lost_o(own[High*3 +: 3])
    );
  end

  localparam int Ep = l1t_ugmt_pkg::FirstEp;
  localparam int Op = l1t_ugmt_pkg::FirstOp;
  localparam int On = l1t_ugmt_pkg::FirstOn;
  localparam int En = l1t_ugmt_pkg::FirstEn;
  l1t_ugmt_side #(
    .ObInit("l1t_ugmt_match_ob_plus.mem"), .OeInit("l1t_ugmt_match_oe_plus.mem"),
    .OoInit("l1t_ugmt_match_oo_plus.mem"), .EeInit("l1t_ugmt_match_ee_plus.mem")
  ) u_plus (
    .clk_i, .addresses_i, .valid_i(compare),
    .overlap_key_i(key[Op*Key +: 6*Key]), .overlap_turn_i(turn[Op*Key +: 6*Key]),
    .endcap_key_i(key[Ep*Key +: 6*Key]), .endcap_turn_i(turn[Ep*Key +: 6*Key]),
    .endcap_address_i(address[Ep*Address +: 6*Address]),
    .endcap_turn_address_i(turn_address[Ep*Address +: 6*Address]),
    .barrel_turn_i(turn[FirstB*Key +: 12*Key]),
    .overlap_own_o(own[Op*3 +: 18]), .overlap_ob_o(ob_plus[Op*3 +: 18]),
    .overlap_oe_o(oe[Op*3 +: 18]), .endcap_own_o(own[Ep*3 +: 18]),
    .overlap_turn_own_o(turn_own[Op*3 +: 18]), .endcap_turn_own_o(turn_own[Ep*3 +: 18]),
    .endcap_turn_oe_o(turn_oe[Ep*3 +: 18]), .barrel_turn_ob_o(turn_ob_plus[FirstB*3 +: 36])
  );
  l1t_ugmt_side #(
    .ObInit("l1t_ugmt_match_ob_minus.mem"), .OeInit("l1t_ugmt_match_oe_minus.mem"),
    .OoInit("l1t_ugmt_match_oo_minus.mem"), .EeInit("l1t_ugmt_match_ee_minus.mem")
  ) u_minus (
    .clk_i, .addresses_i, .valid_i(compare),
    .overlap_key_i(key[On*Key +: 6*Key]), .overlap_turn_i(turn[On*Key +: 6*Key]),
    .endcap_key_i(key[En*Key +: 6*Key]), .endcap_turn_i(turn[En*Key +: 6*Key]),
    .endcap_address_i(address[En*Address +: 6*Address]),
    .endcap_turn_address_i(turn_address[En*Address +: 6*Address]),
    .barrel_turn_i(turn[FirstB*Key +: 12*Key]),
    .overlap_own_o(own[On*3 +: 18]), .overlap_ob_o(ob_minus[On*3 +: 18]),
    .overlap_oe_o(oe[On*3 +: 18]), .endcap_own_o(own[En*3 +: 18]),
    .overlap_turn_own_o(turn_own[On*3 +: 18]), .endcap_turn_own_o(turn_own[En*3 +: 18]),
    .endcap_turn_oe_o(turn_oe[En*3 +: 18]), .barrel_turn_ob_o(turn_ob_minus[FirstB*3 +: 36])
  );

  // What a group cannot lose against.
  assign {ob_plus[On*3 +: 36], ob_plus[FirstB*3 +: 36], ob_plus[Ep*3 +: 18]} = '0;
  assign {ob_minus[En*3 +: 18], ob_minus[0 +: 72]} = '0;
  assign {oe[En*3 +: 18], oe[FirstB*3 +: 36], oe[Ep*3 +: 18]} = '0;
  assign {turn_ob_plus[On*3 +: 36], turn_ob_plus[0 +: 36]} = '0;
  assign {turn_ob_minus[On*3 +: 36], turn_ob_minus[0 +: 36]} = '0;
  assign turn_oe[Op*3 +: 72] = '0;

  // ---- collect ----

  for (genvar l = 0; l < Links; l++) begin : g_lost
    logic [4*Slots-1:0] stay_d, stay_q, turn_d, turn_q, turned;
    assign stay_d = {oe[l*3 +: 3], ob_minus[l*3 +: 3], ob_plus[l*3 +: 3], own[l*3 +: 3]};
    assign turn_d = {turn_oe[l*3 +: 3], turn_ob_minus[l*3 +: 3], turn_ob_plus[l*3 +: 3],
                     turn_own[l*3 +: 3]};
    // Slot k + 1 of the clock before is slot k now.
    assign turned = {turn_q[9], turn_q[11:10], turn_q[6], turn_q[8:7], turn_q[3], turn_q[5:4],
                     turn_q[0], turn_q[2:1]};
    always_ff @(posedge clk_i) begin
      if (collect) begin
        stay_q <= stay_d | (collect_first ? '0 : stay_q);
        turn_q <= turn_d | (collect_first ? '0 : turned);
      end
    end
    // In the third clock slot k + 2 was in place k: one more turn.
    for (genvar k = 0; k < Slots; k++) begin : g_slot
      for (genvar r = 0; r < 4; r++) begin : g_reason
        assign cancel_o[(l*Slots+k)*4+r] = stay_q[r*3+k] | turned[r*3+k];
      end
    end
  end

  // The overlap finder has no track addresses.
  logic unused;
  assign unused = ^{address[Op*Address +: 6*Address], address[On*Address +: 6*Address],
                    turn_address[Op*Address +: 6*Address], turn_address[On*Address +: 6*Address]};
endmodule
