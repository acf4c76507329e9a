// SPDX-License-Identifier: Apache-2.0
//
// All comparisons of one eta side: overlap with barrel, with endcap and with itself, endcap with
// itself. One slot of each link stands against one of the other; in three clocks those called turn
// show all slots.
//
// Twin: models/muon/l1t_ugmt_cancel.c, compare_side(). Latency: 2.
module l1t_ugmt_side #(
  parameter ObInit = "l1t_ugmt_match_ob_plus.mem",
  parameter OeInit = "l1t_ugmt_match_oe_plus.mem",
  parameter OoInit = "l1t_ugmt_match_oo_plus.mem",
  parameter EeInit = "l1t_ugmt_match_ee_plus.mem"
) (
  input  logic               clk_i,
  input  logic               addresses_i,       // endcap by track addresses
  input  logic               valid_i,
  input  logic [6*3*25-1:0]  overlap_key_i,     // {quality, valid, fine, phi, eta}
  input  logic [6*3*25-1:0]  overlap_turn_i,
  input  logic [6*3*25-1:0]  endcap_key_i,
  input  logic [6*3*25-1:0]  endcap_turn_i,
  input  logic [6*3*19-1:0]  endcap_address_i,
  input  logic [6*3*19-1:0]  endcap_turn_address_i,
  input  logic [12*3*25-1:0] barrel_turn_i,

  output logic [6*3-1:0]     overlap_own_o,     // lost against: the sector before
  output logic [6*3-1:0]     overlap_ob_o,      // barrel
  output logic [6*3-1:0]     overlap_oe_o,      // endcap
  output logic [6*3-1:0]     endcap_own_o,      // the sector before
  output logic [6*3-1:0]     overlap_turn_own_o,  // those that turn: the sector behind
  output logic [6*3-1:0]     endcap_turn_own_o,
  output logic [6*3-1:0]     endcap_turn_oe_o,  // overlap
  output logic [12*3-1:0]    barrel_turn_ob_o   // overlap
);
  localparam int Key = 3 * l1t_ugmt_pkg::KeyWidth;
  localparam int Address = 3 * l1t_ugmt_pkg::AddressWidth;

  logic [24*27-1:0] ob_addr;
  logic [18*27-1:0] oe_addr;
  logic [6*27-1:0] oo_addr, ee_addr;
  logic [24*3-1:0] ob_match;
  logic [18*3-1:0] oe_match;
  logic [6*3-1:0] oo_match, ee_match;
  l1t_rom #(.Depth(512), .Width(1), .Ports(72), .Init(ObInit)) u_ob (
    .clk_i, .addr_i(ob_addr), .data_o(ob_match)
  );
  l1t_rom #(.Depth(512), .Width(1), .Ports(54), .Init(OeInit)) u_oe (
    .clk_i, .addr_i(oe_addr), .data_o(oe_match)
  );
  l1t_rom #(.Depth(512), .Width(1), .Ports(18), .Init(OoInit)) u_oo (
    .clk_i, .addr_i(oo_addr), .data_o(oo_match)
  );
  l1t_rom #(.Depth(512), .Width(1), .Ports(18), .Init(EeInit)) u_ee (
    .clk_i, .addr_i(ee_addr), .data_o(ee_match)
  );

  for (genvar s = 0; s < 6; s++) begin : g_sector
    localparam int Before = (s + 5) % 6;
    logic [Key-1:0] overlap, endcap;
    logic [2:0] ee_lost, ee_turn_lost, address_lost, address_turn_lost;
    assign overlap = overlap_key_i[s*Key +: Key];
    assign endcap = endcap_key_i[s*Key +: Key];

    // An overlap sector of 60 degrees meets four barrel wedges of 30, and the endcap sectors
    // before, beside and behind it.
    for (genvar i = 0; i < 4; i++) begin : g_barrel
      logic [2:0] lost, turn_lost;
      l1t_ugmt_near u_near (
        .clk_i, .valid_i, .a_i(overlap), .b_i(barrel_turn_i[(2*s+i)%12*Key +: Key]),
        .address_o(ob_addr[(s*4+i)*27 +: 27]), .match_i(ob_match[(s*4+i)*3 +: 3]),
        .a_lost_o(lost), .b_lost_o(turn_lost)
      );
    end
    for (genvar i = 0; i < 3; i++) begin : g_endcap
      logic [2:0] lost, turn_lost;
      l1t_ugmt_near u_near (
        .clk_i, .valid_i, .a_i(overlap), .b_i(endcap_turn_i[(s+5+i)%6*Key +: Key]),
        .address_o(oe_addr[(s*3+i)*27 +: 27]), .match_i(oe_match[(s*3+i)*3 +: 3]),
        .a_lost_o(lost), .b_lost_o(turn_lost)
      );
    end
    assign overlap_ob_o[s*3 +: 3] =
        g_barrel[0].lost | g_barrel[1].lost | g_barrel[2].lost | g_barrel[3].lost;
    assign overlap_oe_o[s*3 +: 3] = g_endcap[0].lost | g_endcap[1].lost | g_endcap[2].lost;

    // Neighbours of one finder: the sector before is the one that turns.
    l1t_ugmt_near u_oo (
      .clk_i, .valid_i, .a_i(overlap), .b_i(overlap_turn_i[Before*Key +: Key]),
      .address_o(oo_addr[s*27 +: 27]), .match_i(oo_match[s*3 +: 3]),
      .a_lost_o(overlap_own_o[s*3 +: 3]), .b_lost_o(overlap_turn_own_o[Before*3 +: 3])
    );
    l1t_ugmt_near u_ee (
      .clk_i, .valid_i, .a_i(endcap), .b_i(endcap_turn_i[Before*Key +: Key]),
      .address_o(ee_addr[s*27 +: 27]), .match_i(ee_match[s*3 +: 3]),
      .a_lost_o(ee_lost), .b_lost_o(ee_turn_lost)
    );
    l1t_ugmt_address #(.Finder(l1t_ugmt_pkg::Endcap)) u_address (
      .clk_i, .run2_i(1'b0), .valid_i, .low_key_i(endcap_turn_i[Before*Key +: Key]),
      .high_key_i(endcap), .low_i(endcap_turn_address_i[Before*Address +: Address]),
      .high_i(endcap_address_i[s*Address +: Address]),
      .low_lost_o(address_turn_lost), .high_lost_o(address_lost)
    );
    assign endcap_own_o[s*3 +: 3] = addresses_i ? address_lost : ee_lost;
    assign endcap_turn_own_o[Before*3 +: 3] = addresses_i ? address_turn_lost : ee_turn_lost;
  end

  // The same seen from those that turn. Sector s is compared with endcap s - 1 + i, i = 0 to 2, and
  // with wedge 2s + i, i = 0 to 3.
  for (genvar e = 0; e < 6; e++) begin : g_endcap_lost
    assign endcap_turn_oe_o[e*3 +: 3] = g_sector[(e+1)%6].g_endcap[0].turn_lost |
                                        g_sector[e].g_endcap[1].turn_lost |
                                        g_sector[(e+5)%6].g_endcap[2].turn_lost;
  end
  for (genvar w = 0; w < 12; w++) begin : g_barrel_lost
    assign barrel_turn_ob_o[w*3 +: 3] = g_sector[w/2].g_barrel[w%2].turn_lost |
                                        g_sector[(w/2+5)%6].g_barrel[w%2+2].turn_lost;
  end
endmodule
