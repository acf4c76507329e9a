// SPDX-License-Identifier: Apache-2.0
//
// The quantities between all objects of two lists, once for all conditions on these lists. Only
// what is switched on is made. Of a list with itself (Same) pairs i <= j are made, the others are 0.
//
//   clock 1  differences of codes -> tables: deta, dphi, cosh, cos, 1/deltaR^2; pt, cos and sin of phi
//   clock 2  products of pt, cosh - cos, 10^math - cos, deltaR^2, cos cos + sin sin
//   clock 3  masses, pt of the pair
//   clock 4  mass over deltaR^2
//
// Convert: a calorimeter object beside a muon moves to the muon's grid, 4 * code + 2.
// Muons enter deltaR^2 of mass over deltaR at half resolution (HalfInverse).
//
// Twin: models/gt/l1t_gt_cuts.c, l1t_gt_deta() to l1t_gt_tbpt2(). Latency: deta, dphi 1; dr2 2;
// masses and pair_pt2 3; mass_dr 4.
module l1t_gt_pair_values #(
  parameter int N1 = 2,
  parameter int N2 = 2,
  parameter bit Same = 1'b0,
  parameter bit MuonGrid = 1'b0,
  parameter bit Convert1 = 1'b0,
  parameter bit Convert2 = 1'b0,
  parameter bit HalfInverse = 1'b0,
  parameter bit Delta = 1'b1,
  parameter bit Mass = 1'b1,
  parameter bit MassT = 1'b0,
  parameter bit MassUpt = 1'b0,
  parameter bit MassDr = 1'b0,
  parameter bit PairPt = 1'b0,
  parameter int Etas = 230,         // entries of tables by difference
  parameter int Phis = 73,
  parameter int InverseEtas = 230,
  parameter int InversePhis = 73,
  parameter int Trigs = 144,
  parameter int Pts1 = 512,
  parameter int Pts2 = 512,
  parameter int Upts = 256,
  parameter int MassTOne = 1000,    // 10^math
  parameter int PairPtScale = 1000000,
  parameter     DetaInit = "l1t_gt_calo_calo_deta.mem",
  parameter     DphiInit = "l1t_gt_calo_calo_dphi.mem",
  parameter     CoshInit = "l1t_gt_calo_calo_cosh.mem",
  parameter     CosInit = "l1t_gt_calo_calo_cos.mem",
  parameter     InverseInit = "l1t_gt_calo_calo_inverse.mem",
  parameter     CosPhiInit = "l1t_gt_calo_calo_cos_phi.mem",
  parameter     SinPhiInit = "l1t_gt_calo_calo_sin_phi.mem",
  parameter     Pt1Init = "l1t_gt_pt_eg.mem",
  parameter     Pt2Init = "l1t_gt_pt_eg.mem",
  parameter     UptInit = "l1t_gt_upt.mem"
) (
  input  logic                                       clk_i,
  input  logic [N1*l1t_gt_pkg::ObjectWidth-1:0]      list1_i,
  input  logic [N2*l1t_gt_pkg::ObjectWidth-1:0]      list2_i,
  output logic [N1*N2*l1t_gt_pkg::DeltaWidth-1:0]    deta_o,
  output logic [N1*N2*l1t_gt_pkg::DeltaWidth-1:0]    dphi_o,
  output logic [N1*N2*l1t_gt_pkg::Dr2Width-1:0]      dr2_o,
  output logic [N1*N2*l1t_gt_pkg::MassWidth-1:0]     mass_o,
  output logic [N1*N2*l1t_gt_pkg::MassWidth-1:0]     mass_t_o,
  output logic [N1*N2*l1t_gt_pkg::MassWidth-1:0]     mass_upt_o,
  output logic [N1*N2*l1t_gt_pkg::MassDrWidth-1:0]   mass_dr_o,
  output logic [N1*N2*l1t_gt_pkg::PairPtWidth-1:0]   pair_pt2_o
);
  localparam int Pairs = N1 * N2;
  localparam int Width = l1t_gt_pkg::ObjectWidth;
  localparam int EtLsb = l1t_formats_pkg::GtObjectEtLsb;
  localparam int EtaLsb = l1t_formats_pkg::GtObjectEtaLsb;
  localparam int PhiLsb = l1t_formats_pkg::GtObjectPhiLsb;
  localparam int UptLsb = l1t_formats_pkg::GtObjectUptLsb;
  localparam int DeltaWidth = l1t_gt_pkg::DeltaWidth;
  localparam int Dr2Width = l1t_gt_pkg::Dr2Width;
  localparam int PtWidth = l1t_gt_pkg::PtWidth;
  localparam int CosWidth = l1t_gt_pkg::CosWidth;
  localparam int CoshWidth = l1t_gt_pkg::CoshWidth;
  localparam int MassWidth = l1t_gt_pkg::MassWidth;
  localparam int InverseWidth = l1t_gt_pkg::InverseWidth;
  localparam int MassDrWidth = l1t_gt_pkg::MassDrWidth;
  localparam int PairPtWidth = l1t_gt_pkg::PairPtWidth;
  localparam int EtaBits = $clog2(Etas);
  localparam int PhiBits = $clog2(Phis);
  localparam int InverseBits = $clog2(InverseEtas * InversePhis);
  localparam int TrigBits = $clog2(Trigs);
  localparam int Pt1Bits = $clog2(Pts1);
  localparam int Pt2Bits = $clog2(Pts2);
  localparam int UptBits = $clog2(Upts);
  localparam int HalfTurn = MuonGrid ? 288 : 72;
  localparam int ScalarWidth = 2 * CosWidth + 1;

  // ---- clock 1: coordinates of each object, differences of each pair ----

  logic [N1*12-1:0] eta1, phi1;
  logic [N2*12-1:0] eta2, phi2;
  logic [N1*Pt1Bits-1:0] et1;
  logic [N2*Pt2Bits-1:0] et2;
  logic [N1*UptBits-1:0] upt1;
  logic [N2*UptBits-1:0] upt2;

  for (genvar i = 0; i < N1; i++) begin : g_first
    logic [Width-1:0] object;
    logic [11:0] eta, phi;
    assign object = list1_i[i*Width +: Width];
    assign eta = {{3{object[EtaLsb + 8]}}, object[EtaLsb +: 9]};
    assign phi = {2'b0, object[PhiLsb +: 10]};
    assign eta1[i*12 +: 12] = Convert1 ? {eta[9:0], 2'b10} : eta;
    assign phi1[i*12 +: 12] = Convert1 ? {phi[9:0], 2'b10} : phi;
    assign et1[i*Pt1Bits +: Pt1Bits] = object[EtLsb +: Pt1Bits];
    assign upt1[i*UptBits +: UptBits] = object[UptLsb +: UptBits];
  end
  for (genvar j = 0; j < N2; j++) begin : g_second
    logic [Width-1:0] object;
    logic [11:0] eta, phi;
    assign object = list2_i[j*Width +: Width];
    assign eta = {{3{object[EtaLsb + 8]}}, object[EtaLsb +: 9]};
    assign phi = {2'b0, object[PhiLsb +: 10]};
    assign eta2[j*12 +: 12] = Convert2 ? {eta[9:0], 2'b10} : eta;
    assign phi2[j*12 +: 12] = Convert2 ? {phi[9:0], 2'b10} : phi;
    assign et2[j*Pt2Bits +: Pt2Bits] = object[EtLsb +: Pt2Bits];
    assign upt2[j*UptBits +: UptBits] = object[UptLsb +: UptBits];
  end

  logic [Pairs*EtaBits-1:0] deta_bin;
  logic [Pairs*PhiBits-1:0] dphi_bin;
  logic signed [11:0] a_eta, b_eta, rise;
  logic [11:0] a_phi, b_phi, turn, eta_far, phi_far;

  always_comb begin
    for (int i = 0; i < N1; i++) begin
      for (int j = 0; j < N2; j++) begin
        a_eta = eta1[i*12 +: 12];
        b_eta = eta2[j*12 +: 12];
        rise = a_eta - b_eta;
        eta_far = rise < 0 ? -rise : rise;
        a_phi = phi1[i*12 +: 12];
        b_phi = phi2[j*12 +: 12];
        turn = a_phi > b_phi ? a_phi - b_phi : b_phi - a_phi;
        phi_far = turn < 12'(HalfTurn) ? turn : 12'(2 * HalfTurn) - turn;
        // Beyond the end of a table is its last entry.
        if (eta_far > 12'(Etas - 1)) eta_far = 12'(Etas - 1);
        if (Same && i > j) begin
          eta_far = '0;
          phi_far = '0;
        end
        deta_bin[(i*N2 + j)*EtaBits +: EtaBits] = eta_far[EtaBits-1:0];
        dphi_bin[(i*N2 + j)*PhiBits +: PhiBits] = phi_far[PhiBits-1:0];
      end
    end
  end

  // ---- distances ----

  if (Delta) begin : g_delta
    logic [DeltaWidth-1:0] deta, dphi;
    logic [Pairs*Dr2Width-1:0] dr2_q;
    l1t_rom_lanes #(.Depth(Etas), .Width(DeltaWidth), .Ports(Pairs), .Init(DetaInit)) u_deta (
      .clk_i, .enable_i({Pairs{1'b1}}), .addr_i(deta_bin), .data_o(deta_o));
    l1t_rom_lanes #(.Depth(Phis), .Width(DeltaWidth), .Ports(Pairs), .Init(DphiInit)) u_dphi (
      .clk_i, .enable_i({Pairs{1'b1}}), .addr_i(dphi_bin), .data_o(dphi_o));
    logic [Pairs*Dr2Width-1:0] dr2_d;
    always_comb begin
      for (int p = 0; p < Pairs; p++) begin
        deta = deta_o[p*DeltaWidth +: DeltaWidth];
        dphi = dphi_o[p*DeltaWidth +: DeltaWidth];
        dr2_d[p*Dr2Width +: Dr2Width] =
            Dr2Width'(deta) * Dr2Width'(deta) + Dr2Width'(dphi) * Dr2Width'(dphi);
      end
    end
    always_ff @(posedge clk_i) dr2_q <= dr2_d;
    assign dr2_o = dr2_q;
  end else begin : g_no_delta
    assign deta_o = '0;
    assign dphi_o = '0;
    assign dr2_o = '0;
  end

  // ---- products of pt, opening ----

  localparam bit AnyMass = Mass || MassDr;
  localparam int ProductWidth = 2 * PtWidth;

  logic [Pairs*CosWidth-1:0] cosine;
  if (AnyMass || MassT || MassUpt) begin : g_cos
    l1t_rom_lanes #(.Depth(Phis), .Width(CosWidth), .Ports(Pairs), .Init(CosInit)) u_cos (
      .clk_i, .enable_i({Pairs{1'b1}}), .addr_i(dphi_bin), .data_o(cosine));
  end else begin : g_no_cos
    assign cosine = '0;
  end

  logic [N1*PtWidth-1:0] pt1;
  logic [N2*PtWidth-1:0] pt2;
  logic [Pairs*ProductWidth-1:0] ptpt_q;
  if (AnyMass || MassT || PairPt) begin : g_pt
    l1t_rom_lanes #(.Depth(Pts1), .Width(PtWidth), .Ports(N1), .Init(Pt1Init)) u_pt1 (
      .clk_i, .enable_i({N1{1'b1}}), .addr_i(et1), .data_o(pt1));
    l1t_rom_lanes #(.Depth(Pts2), .Width(PtWidth), .Ports(N2), .Init(Pt2Init)) u_pt2 (
      .clk_i, .enable_i({N2{1'b1}}), .addr_i(et2), .data_o(pt2));
    logic [Pairs*ProductWidth-1:0] ptpt_d;
    always_comb begin
      for (int i = 0; i < N1; i++)
        for (int j = 0; j < N2; j++)
          ptpt_d[(i*N2 + j)*ProductWidth +: ProductWidth] =
              Same && i > j ? '0
              : ProductWidth'(pt1[i*PtWidth +: PtWidth]) * ProductWidth'(pt2[j*PtWidth +: PtWidth]);
    end
    always_ff @(posedge clk_i) ptpt_q <= ptpt_d;
  end else begin : g_no_pt
    assign pt1 = '0;
    assign pt2 = '0;
    assign ptpt_q = '0;
  end

  logic [Pairs*CoshWidth-1:0] opening_q;
  if (AnyMass || MassUpt) begin : g_opening
    logic [Pairs*CoshWidth-1:0] cosh_deta, opening_d;
    l1t_rom_lanes #(.Depth(Etas), .Width(CoshWidth), .Ports(Pairs), .Init(CoshInit)) u_cosh (
      .clk_i, .enable_i({Pairs{1'b1}}), .addr_i(deta_bin), .data_o(cosh_deta));
    logic signed [CosWidth-1:0] cos_dphi;
    always_comb begin
      for (int p = 0; p < Pairs; p++) begin
        cos_dphi = cosine[p*CosWidth +: CosWidth];
        opening_d[p*CoshWidth +: CoshWidth] =
            cosh_deta[p*CoshWidth +: CoshWidth] - CoshWidth'(cos_dphi);
      end
    end
    always_ff @(posedge clk_i) opening_q <= opening_d;
  end else begin : g_no_opening
    assign opening_q = '0;
  end

  // ---- masses ----

  logic [Pairs*MassWidth-1:0] mass_q;
  if (AnyMass) begin : g_mass
    logic [Pairs*MassWidth-1:0] mass_d;
    always_comb begin
      for (int p = 0; p < Pairs; p++)
        mass_d[p*MassWidth +: MassWidth] = MassWidth'(ptpt_q[p*ProductWidth +: ProductWidth]) *
                                           MassWidth'(opening_q[p*CoshWidth +: CoshWidth]);
    end
    always_ff @(posedge clk_i) mass_q <= mass_d;
  end else begin : g_no_mass
    assign mass_q = '0;
  end
  assign mass_o = mass_q;

  if (MassT) begin : g_mass_t
    logic [Pairs*CosWidth-1:0] open_d, open_q;
    logic [Pairs*MassWidth-1:0] mass_t_d, mass_t_q;
    always_comb begin
      for (int p = 0; p < Pairs; p++) begin
        open_d[p*CosWidth +: CosWidth] = CosWidth'(MassTOne) - cosine[p*CosWidth +: CosWidth];
        mass_t_d[p*MassWidth +: MassWidth] = MassWidth'(ptpt_q[p*ProductWidth +: ProductWidth]) *
                                             MassWidth'(open_q[p*CosWidth +: CosWidth]);
      end
    end
    always_ff @(posedge clk_i) begin
      open_q <= open_d;
      mass_t_q <= mass_t_d;
    end
    assign mass_t_o = mass_t_q;
  end else begin : g_no_mass_t
    assign mass_t_o = '0;
  end

  if (MassUpt) begin : g_mass_upt
    logic [N1*PtWidth-1:0] upt1_gev;
    logic [N2*PtWidth-1:0] upt2_gev;
    logic [Pairs*ProductWidth-1:0] product_d, product_q;
    logic [Pairs*MassWidth-1:0] mass_upt_d, mass_upt_q;
    l1t_rom_lanes #(.Depth(Upts), .Width(PtWidth), .Ports(N1), .Init(UptInit)) u_upt1 (
      .clk_i, .enable_i({N1{1'b1}}), .addr_i(upt1), .data_o(upt1_gev));
    l1t_rom_lanes #(.Depth(Upts), .Width(PtWidth), .Ports(N2), .Init(UptInit)) u_upt2 (
      .clk_i, .enable_i({N2{1'b1}}), .addr_i(upt2), .data_o(upt2_gev));
    always_comb begin
      for (int i = 0; i < N1; i++)
        for (int j = 0; j < N2; j++)
          product_d[(i*N2 + j)*ProductWidth +: ProductWidth] =
              Same && i > j ? '0
              : ProductWidth'(upt1_gev[i*PtWidth +: PtWidth]) *
                ProductWidth'(upt2_gev[j*PtWidth +: PtWidth]);
      for (int p = 0; p < Pairs; p++)
        mass_upt_d[p*MassWidth +: MassWidth] =
            MassWidth'(product_q[p*ProductWidth +: ProductWidth]) *
            MassWidth'(opening_q[p*CoshWidth +: CoshWidth]);
    end
    always_ff @(posedge clk_i) begin
      product_q <= product_d;
      mass_upt_q <= mass_upt_d;
    end
    assign mass_upt_o = mass_upt_q;
  end else begin : g_no_mass_upt
    assign mass_upt_o = '0;
  end

  // ---- mass over deltaR: in one bin it passes every limit ----

  if (MassDr) begin : g_mass_dr
    logic [Pairs*InverseBits-1:0] place;
    logic [Pairs*InverseWidth-1:0] inverse, inverse_late;
    logic [Pairs-1:0] one_bin_d, one_bin_late;
    logic [Pairs*MassDrWidth-1:0] mass_dr_d, mass_dr_q;
    logic signed [11:0] a_bin, b_bin, step;
    logic [11:0] a_half, b_half, half_turn, half_eta, half_phi;
    always_comb begin
      for (int i = 0; i < N1; i++) begin
        for (int j = 0; j < N2; j++) begin
          a_bin = eta1[i*12 +: 12];
          b_bin = eta2[j*12 +: 12];
          a_half = phi1[i*12 +: 12];
          b_half = phi2[j*12 +: 12];
          if (HalfInverse) begin
            a_bin = a_bin >>> 1;
            b_bin = b_bin >>> 1;
            a_half = a_half >> 1;
            b_half = b_half >> 1;
          end
          step = a_bin - b_bin;
          half_eta = step < 0 ? -step : step;
          half_turn = a_half > b_half ? a_half - b_half : b_half - a_half;
          half_phi = half_turn < 12'(HalfInverse ? HalfTurn / 2 : HalfTurn)
                         ? half_turn
                         : 12'(HalfInverse ? HalfTurn : 2 * HalfTurn) - half_turn;
          one_bin_d[i*N2 + j] = half_eta == '0 && half_phi == '0;
          if (half_eta > 12'(InverseEtas - 1)) half_eta = 12'(InverseEtas - 1);
          if (half_phi > 12'(InversePhis - 1)) half_phi = 12'(InversePhis - 1);
          if (Same && i > j) begin
            half_eta = '0;
            half_phi = '0;
            one_bin_d[i*N2 + j] = 1'b0;
          end
          place[(i*N2 + j)*InverseBits +: InverseBits] =
              InverseBits'(half_eta) * InverseBits'(InversePhis) + InverseBits'(half_phi);
        end
      end
      for (int p = 0; p < Pairs; p++)
        mass_dr_d[p*MassDrWidth +: MassDrWidth] =
            one_bin_late[p] ? {MassDrWidth{1'b1}}
                            : MassDrWidth'(mass_q[p*MassWidth +: MassWidth]) *
                              MassDrWidth'(inverse_late[p*InverseWidth +: InverseWidth]);
    end
    l1t_rom_lanes #(.Depth(InverseEtas * InversePhis), .Width(InverseWidth), .Ports(Pairs),
                   .Init(InverseInit)) u_inverse (
      .clk_i, .enable_i({Pairs{1'b1}}), .addr_i(place), .data_o(inverse));
    l1t_delay #(.Width(Pairs*InverseWidth), .Clocks(2)) u_inverse_late (
      .clk_i, .data_i(inverse), .data_o(inverse_late));
    l1t_delay #(.Width(Pairs), .Clocks(3)) u_one_bin (
      .clk_i, .data_i(one_bin_d), .data_o(one_bin_late));
    always_ff @(posedge clk_i) mass_dr_q <= mass_dr_d;
    assign mass_dr_o = mass_dr_q;
  end else begin : g_no_mass_dr
    assign mass_dr_o = '0;
  end

  // ---- pt of the pair ----

  if (PairPt) begin : g_pair_pt
    logic [N1*TrigBits-1:0] place1;
    logic [N2*TrigBits-1:0] place2;
    logic [N1*CosWidth-1:0] cos1, sin1;
    logic [N2*CosWidth-1:0] cos2, sin2;
    logic [N1*ProductWidth-1:0] square1_d, square1_q;
    logic [N2*ProductWidth-1:0] square2_d, square2_q;
    logic [Pairs*ScalarWidth-1:0] scalar_d, scalar_q;
    logic [Pairs*PairPtWidth-1:0] pair_pt2_d, pair_pt2_q;
    logic signed [ScalarWidth-1:0] c1, c2, s1, s2;
    logic signed [63:0] scale, squares, twice, scalar, sum;
    for (genvar i = 0; i < N1; i++) begin : g_place1
      assign place1[i*TrigBits +: TrigBits] = phi1[i*12 +: TrigBits];
    end
    for (genvar j = 0; j < N2; j++) begin : g_place2
      assign place2[j*TrigBits +: TrigBits] = phi2[j*12 +: TrigBits];
    end
    l1t_rom_lanes #(.Depth(Trigs), .Width(CosWidth), .Ports(N1), .Init(CosPhiInit)) u_cos1 (
      .clk_i, .enable_i({N1{1'b1}}), .addr_i(place1), .data_o(cos1));
    l1t_rom_lanes #(.Depth(Trigs), .Width(CosWidth), .Ports(N1), .Init(SinPhiInit)) u_sin1 (
      .clk_i, .enable_i({N1{1'b1}}), .addr_i(place1), .data_o(sin1));
    l1t_rom_lanes #(.Depth(Trigs), .Width(CosWidth), .Ports(N2), .Init(CosPhiInit)) u_cos2 (
      .clk_i, .enable_i({N2{1'b1}}), .addr_i(place2), .data_o(cos2));
    l1t_rom_lanes #(.Depth(Trigs), .Width(CosWidth), .Ports(N2), .Init(SinPhiInit)) u_sin2 (
      .clk_i, .enable_i({N2{1'b1}}), .addr_i(place2), .data_o(sin2));
    always_comb begin
      scale = 64'(PairPtScale);
      for (int i = 0; i < N1; i++)
        square1_d[i*ProductWidth +: ProductWidth] = ProductWidth'(pt1[i*PtWidth +: PtWidth]) *
                                                    ProductWidth'(pt1[i*PtWidth +: PtWidth]);
      for (int j = 0; j < N2; j++)
        square2_d[j*ProductWidth +: ProductWidth] = ProductWidth'(pt2[j*PtWidth +: PtWidth]) *
                                                    ProductWidth'(pt2[j*PtWidth +: PtWidth]);
      for (int i = 0; i < N1; i++) begin
        for (int j = 0; j < N2; j++) begin
          c1 = ScalarWidth'($signed(cos1[i*CosWidth +: CosWidth]));
          s1 = ScalarWidth'($signed(sin1[i*CosWidth +: CosWidth]));
          c2 = ScalarWidth'($signed(cos2[j*CosWidth +: CosWidth]));
          s2 = ScalarWidth'($signed(sin2[j*CosWidth +: CosWidth]));
          scalar_d[(i*N2 + j)*ScalarWidth +: ScalarWidth] =
              Same && i > j ? '0 : c1 * c2 + s1 * s2;
          squares = {{(64-ProductWidth){1'b0}}, square1_q[i*ProductWidth +: ProductWidth]} +
                    {{(64-ProductWidth){1'b0}}, square2_q[j*ProductWidth +: ProductWidth]};
          twice = {{(63-ProductWidth){1'b0}},
                   ptpt_q[(i*N2 + j)*ProductWidth +: ProductWidth], 1'b0};
          scalar = 64'($signed(scalar_q[(i*N2 + j)*ScalarWidth +: ScalarWidth]));
          sum = squares * scale + twice * scalar;
          // Rounded cosines of back-to-back objects may leave less than nothing.
          pair_pt2_d[(i*N2 + j)*PairPtWidth +: PairPtWidth] =
              sum < 0 || (Same && i > j) ? '0 : sum[PairPtWidth-1:0];
        end
      end
    end
    always_ff @(posedge clk_i) begin
      square1_q <= square1_d;
      square2_q <= square2_d;
      scalar_q <= scalar_d;
      pair_pt2_q <= pair_pt2_d;
    end
    assign pair_pt2_o = pair_pt2_q;
  end else begin : g_no_pair_pt
    assign pair_pt2_o = '0;
  end

  logic unused;
  assign unused = ^{list1_i, list2_i, upt1, upt2, et1, et2, deta_bin, dphi_bin, pt1, pt2, ptpt_q,
                    opening_q, cosine};
endmodule
