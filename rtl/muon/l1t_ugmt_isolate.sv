// SPDX-License-Identifier: Apache-2.0
//
// Coordinates at the vertex of the best eight, and isolation by the calorimeter sum around them.
// The muons stay where they are while their regions and sums are looked up: six clocks, then the
// next event's may come.
//
// Twin: models/muon/l1t_ugmt_isolate.c. Latency: l1t_ugmt_pkg::IsolateLatency.
module l1t_ugmt_isolate #(
  parameter int Lanes = 8
) (
  input  logic                clk_i,
  input  logic                rst_i,
  input  logic                frame_valid_i,  // calorimeter sums
  input  logic [2:0]          frame_i,
  input  logic [28*32-1:0]    sums_i,
  input  logic                valid_i,
  input  logic [Lanes-1:0]    some_i,         // the place is taken
  input  logic [Lanes*74-1:0] muon_i,
  output logic                valid_o,
  output logic [Lanes*74-1:0] muon_o,
  output logic [Lanes*55-1:0] final_o         // muon_final
);
  localparam int MuonWidth = l1t_ugmt_pkg::MuonWidth;
  localparam int MuonRankLsb = l1t_ugmt_pkg::MuonRankLsb;
  localparam int MuonIndexLsb = l1t_ugmt_pkg::MuonIndexLsb;
  localparam int FinalWidth = l1t_formats_pkg::MuonFinalBits;
  localparam int Latency = l1t_ugmt_pkg::IsolateLatency;
  localparam int Phis = 576;

  logic [Latency-1:0] valid_q;
  l1t_delay_valid #(.Clocks(Latency)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  assign valid_o = valid_q[Latency-1];

  // Clock 1: coordinates. 2: regions. 5: sums. 6: isolation.
  logic [Lanes*9-1:0] eta_vtx;
  logic [Lanes*10-1:0] phi_vtx;
  logic [Lanes*5-1:0] eta_region, sum;
  logic [Lanes*6-1:0] phi_region;
  logic [Lanes*14-1:0] relative_addr;
  logic [Lanes-1:0] absolute, relative;

  l1t_rom #(.Depth(512), .Width(5), .Ports(Lanes), .Init("l1t_ugmt_eta_region.mem")) u_eta (
    .clk_i, .addr_i(eta_vtx), .data_o(eta_region)
  );
  l1t_rom #(.Depth(1024), .Width(6), .Ports(Lanes), .Init("l1t_ugmt_phi_region.mem")) u_phi (
    .clk_i, .addr_i(phi_vtx), .data_o(phi_region)
  );
  l1t_ugmt_sums #(.Lanes(Lanes)) u_sums (
    .clk_i, .rst_i, .valid_i(frame_valid_i), .frame_i, .data_i(sums_i),
    .read_i(valid_q[1]), .eta_region_i(eta_region), .phi_region_i(phi_region), .sum_o(sum)
  );
  l1t_rom #(.Depth(32), .Width(1), .Ports(Lanes), .Init("l1t_ugmt_absolute.mem")) u_absolute (
    .clk_i, .addr_i(sum), .data_o(absolute)
  );
  l1t_rom #(.Depth(16384), .Width(1), .Ports(Lanes), .Init("l1t_ugmt_relative.mem")) u_relative (
    .clk_i, .addr_i(relative_addr), .data_o(relative)
  );

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [6:0] index;
    logic [9:0] rank, phi;
    logic [7:0] dphi;
    logic [4:0] deta;
    logic [8:0] eta, pt;
    logic sign_valid, sign;
    logic [1:0] dxy;
    logic [7:0] pt_u;
    logic [3:0] quality;
    assign {index, rank, dphi, deta, dxy, pt_u, sign_valid, sign, phi, eta, quality, pt} =
        muon_i[i*MuonWidth +: MuonWidth];

    // -120..695, then into one turn. eta and deta fit together.
    logic [11:0] moved;
    logic [9:0] phi_vtx_d, phi_vtx_q;
    logic [8:0] eta_vtx_q;
    assign moved = {2'd0, phi} + {{4{dphi[7]}}, dphi};
    assign phi_vtx_d = moved[11] ? moved[9:0] + 10'(Phis)
                       : moved >= 12'(Phis) ? moved[9:0] - 10'(Phis) : moved[9:0];

    logic [MuonWidth-1:0] muon_q;
    logic some_q;
    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        phi_vtx_q <= phi_vtx_d;
        eta_vtx_q <= eta + {{4{deta[4]}}, deta};
      end
      if (valid_q[Latency-2]) begin
        some_q <= some_i[i];
        muon_q <= muon_i[i*MuonWidth +: MuonWidth];
      end
    end
    assign eta_vtx[i*9 +: 9] = eta_vtx_q;
    assign phi_vtx[i*10 +: 10] = phi_vtx_q;
    assign relative_addr[i*14 +: 14] = {sum[i*5 +: 5], pt};

    assign muon_o[i*MuonWidth +: MuonWidth] = muon_q;
    assign final_o[i*FinalWidth +: FinalWidth] = some_q
        ? {relative[i], absolute[i], muon_q[MuonRankLsb +: 10], sum[i*5 +: 5], phi_region[i*6 +: 6],
           eta_region[i*5 +: 5], phi_vtx_q, eta_vtx_q, muon_q[MuonIndexLsb +: 7], 1'b1}
        : '0;

    logic unused;
    assign unused = ^{index, rank, sign_valid, sign, dxy, pt_u, quality, moved[10]};
  end
endmodule
