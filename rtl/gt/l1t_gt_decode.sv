// SPDX-License-Identifier: Apache-2.0
//
// Link words of a crossing to objects (records gt_object), signals and externals: one vector, so
// that everything behind it is delayed and picked as a whole. phi beyond the turn, which no sender
// makes, is one turn less.
//
// Twin: models/gt/l1t_gt_decode.c, l1t_gt_decode(). Latency: 1.
module l1t_gt_decode (
  input  logic                                  clk_i,
  input  logic [l1t_gt_pkg::Muons*64-1:0]       muon_i,
  input  logic [l1t_gt_pkg::Calos*32-1:0]       egamma_i,
  input  logic [l1t_gt_pkg::Calos*32-1:0]       tau_i,
  input  logic [l1t_gt_pkg::Calos*32-1:0]       jet_i,
  input  logic [l1t_gt_pkg::Sums*32-1:0]        sum_i,  // ETT HTT ETM HTM ETMHF HTMHF
  input  logic [l1t_gt_pkg::Link11*32-1:0]      link11_i,
  input  logic [l1t_gt_pkg::Externals-1:0]      external_i,
  output logic [l1t_gt_pkg::CrossingWidth-1:0]  crossing_o
);
  localparam int Width = l1t_gt_pkg::ObjectWidth;
  localparam int FirstEg = l1t_gt_pkg::Muons;
  localparam int FirstTau = FirstEg + l1t_gt_pkg::Calos;
  localparam int FirstJet = FirstTau + l1t_gt_pkg::Calos;
  localparam int FirstSum = FirstJet + l1t_gt_pkg::Calos;
  localparam int CaloTurn = 144;
  localparam int MuonTurn = 576;

  logic [l1t_gt_pkg::Slots*Width-1:0] object_d;
  logic [l1t_gt_pkg::Signals-1:0] signal_d;

  for (genvar i = 0; i < l1t_gt_pkg::Muons; i++) begin : g_muon
    logic [63:0] word;
    logic [9:0] phi;
    assign word = muon_i[i*64 +: 64];
    assign phi = word[9:0] >= 10'(MuonTurn) ? word[9:0] - 10'(MuonTurn) : word[9:0];
    assign object_d[i*Width +: Width] =
        {1'b0, word[35:34], word[63:62], word[33:32], word[22:19], word[42:36], word[60:53], phi,
         word[31:23], 7'b0, word[18:10]};
  end

  for (genvar i = 0; i < l1t_gt_pkg::Calos; i++) begin : g_calo
    logic [31:0] eg, tau, jet;
    logic [7:0] eg_phi, tau_phi, jet_phi;
    assign eg = egamma_i[i*32 +: 32];
    assign tau = tau_i[i*32 +: 32];
    assign jet = jet_i[i*32 +: 32];
    assign eg_phi = eg[24:17] >= 8'(CaloTurn) ? eg[24:17] - 8'(CaloTurn) : eg[24:17];
    assign tau_phi = tau[24:17] >= 8'(CaloTurn) ? tau[24:17] - 8'(CaloTurn) : tau[24:17];
    assign jet_phi = jet[26:19] >= 8'(CaloTurn) ? jet[26:19] - 8'(CaloTurn) : jet[26:19];
    assign object_d[(FirstEg+i)*Width +: Width] =
        {5'b0, eg[26:25], 4'b0, 7'b0, 8'b0, 2'b0, eg_phi, eg[16], eg[16:9], 7'b0, eg[8:0]};
    assign object_d[(FirstTau+i)*Width +: Width] =
        {5'b0, tau[26:25], 4'b0, 7'b0, 8'b0, 2'b0, tau_phi, tau[16], tau[16:9], 7'b0, tau[8:0]};
    assign object_d[(FirstJet+i)*Width +: Width] =
        {jet[27], 4'b0, 2'b0, 4'b0, 7'b0, 8'b0, 2'b0, jet_phi, jet[18], jet[18:11], 5'b0,
         jet[10:0]};
    logic unused;
    assign unused = ^{eg[31:27], tau[31:27], jet[31:28]};
  end

  // Slots of one object: {phi, et} by the order of enum l1t_gt_type.
  logic [31:0] ett, htt, etm, htm, etmhf, htmhf;
  assign {htmhf, etmhf, htm, etm, htt, ett} = sum_i;

  logic [19*24-1:0] single;
  assign single = {
    {8'b0, link11_i[31:28], link11_i[63:60], link11_i[95:92], link11_i[127:124]},  // CICADA
    {8'b0, 6'b0, link11_i[41:32]}, {8'b0, 6'b0, link11_i[25:16]},                  // ZDCM, ZDCP
    {8'b0, 12'b0, htm[31:28]}, {8'b0, 12'b0, etm[31:28]},                          // MBT1HFM, P
    {8'b0, 12'b0, htt[31:28]}, {8'b0, 12'b0, ett[31:28]},                          // MBT0HFM, P
    {8'b0, 8'b0, htmhf[27:20]}, {8'b0, 8'b0, etmhf[27:20]},                        // ASYMHTHF, ETHF
    {8'b0, 8'b0, htm[27:20]}, {8'b0, 8'b0, etm[27:20]},                            // ASYMHT, ASYMET
    {8'b0, 4'b0, htt[23:12]},                                                      // TOWERCOUNT
    {htmhf[19:12], 4'b0, htmhf[11:0]}, {etmhf[19:12], 4'b0, etmhf[11:0]},
    {htm[19:12], 4'b0, htm[11:0]}, {etm[19:12], 4'b0, etm[11:0]},
    {8'b0, 4'b0, htt[11:0]}, {8'b0, 4'b0, ett[23:12]}, {8'b0, 4'b0, ett[11:0]}     // ETTEM, ETT
  };
  for (genvar i = 0; i < 19; i++) begin : g_single
    logic [7:0] phi, turned;
    assign phi = single[i*24+16 +: 8];
    assign turned = phi >= 8'(CaloTurn) ? phi - 8'(CaloTurn) : phi;
    assign object_d[(FirstSum+i)*Width +: Width] =
        {26'b0, 2'b0, turned, 9'b0, single[i*24 +: 16]};
  end

  // Showers travel in certain muon slots, whether there is a muon or not.
  assign signal_d = {muon_i[6*64+61], muon_i[4*64+61], muon_i[3*64+61], muon_i[2*64+61],
                     muon_i[61], htmhf[31:28], etmhf[31:28]};

  always_ff @(posedge clk_i) crossing_o <= {signal_d, external_i, object_d};

  logic unused;
  assign unused = ^{link11_i, muon_i, ett[27:24], htt[27:24]};
endmodule
