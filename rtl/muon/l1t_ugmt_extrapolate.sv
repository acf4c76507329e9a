// SPDX-License-Identifier: Apache-2.0
//
// Extrapolation to the vertex of one track finder's muons. Its tables have a port for each link:
// slots come one after the other, and the address is known from a slot's low word.
//
// Twin: models/muon/l1t_ugmt_extrapolate.c, l1t_ugmt_extrapolate(). Latency: 2 behind a slot's high
// word.
module l1t_ugmt_extrapolate #(
  parameter int Lanes = 12,  // links
  parameter     EtaInit = "l1t_ugmt_eta_barrel.mem",
  parameter     PhiInit = "l1t_ugmt_phi_barrel.mem"
) (
  input  logic                  clk_i,
  input  logic                  short_i,      // tables for 6 bits of pt instead of 7
  input  logic [1:0]            phi_shift_i,  // entries of the phi table are in 2^phi_shift units
  input  logic                  valid_i,      // a slot's high word is there
  input  logic [1:0]            slot_i,
  input  logic [Lanes*9-1:0]    pt_i,         // of the low word, there a clock before
  input  logic [Lanes*9-1:0]    eta_i,
  input  logic [Lanes-1:0]      sign_i,       // of the high word
  output logic [Lanes*3*13-1:0] ext_o         // muon_ext
);
  localparam int ExtWidth = l1t_formats_pkg::MuonExtBits;
  localparam int Slots = l1t_ugmt_pkg::Slots;

  logic valid_q;
  logic [1:0] slot_q;
  always_ff @(posedge clk_i) begin
    valid_q <= valid_i;
    slot_q <= slot_i;
  end

  logic [Lanes*12-1:0] addr;
  logic [Lanes*4-1:0] eta_data, phi_data;
  l1t_rom #(.Depth(4096), .Width(4), .Ports(Lanes), .Init(EtaInit)) u_eta (
    .clk_i, .addr_i(addr), .data_o(eta_data)
  );
  l1t_rom #(.Depth(4096), .Width(4), .Ports(Lanes), .Init(PhiInit)) u_phi (
    .clk_i, .addr_i(addr), .data_o(phi_data)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [8:0] pt, eta, size;
    logic none, none_q, down_q, sign_q;
    logic [4:0] deta, deta_up;
    logic [7:0] dphi, dphi_up;

    assign pt = pt_i[i*9 +: 9];
    assign eta = eta_i[i*9 +: 9];
    // 256 does not fit and reads what belongs to 0.
    assign size = eta[8] ? -eta : eta;
    assign addr[i*12 +: 12] = short_i ? {size[7:2], pt[5:0]} : {size[7:3], pt[6:0]};
    assign none = pt == '0 || pt[8:7] != '0 || (short_i && pt[6]);
    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        none_q <= none;
        down_q <= !eta[8] && eta != '0;
        sign_q <= sign_i[i];
      end
    end

    // eta moves towards 0, or up from 0; phi against the bending.
    assign deta_up = {1'b0, eta_data[i*4 +: 4]};
    assign dphi_up = {4'd0, phi_data[i*4 +: 4]} << phi_shift_i;
    assign deta = down_q ? -deta_up : deta_up;
    assign dphi = sign_q ? -dphi_up : dphi_up;

    for (genvar k = 0; k < Slots; k++) begin : g_slot
      logic [ExtWidth-1:0] ext_q;
      always_ff @(posedge clk_i)
        if (valid_q && slot_q == 2'(k)) ext_q <= none_q ? '0 : {dphi, deta};
      assign ext_o[(i*Slots+k)*ExtWidth +: ExtWidth] = ext_q;
    end

    logic unused;
    assign unused = ^{size[8], size[1:0]};
  end
endmodule
