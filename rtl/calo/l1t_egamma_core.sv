// SPDX-License-Identifier: Apache-2.0
//
// E/gammas of one main processor and the demultiplexer, behind the cluster finder: for each ring 1 to
// 28 the towers around the clusters of both sides (tile), three clocks later the clusters
// themselves with their isolation windows; ntt_i is l1t_ntt's. Lane: side * 18 + phi slot. Static
// inputs: from which ET on towers around the seed must have E >= H, and from which calibrated ET on
// no identification is needed.
//
// Every stage shows its records with a strobe (models/calo/l1t_egamma.h names rows and lanes);
// demux_o with demux_valid_o is the product, the others are probes that synthesis drops when left
// open. latency_o states, for each stage in that order, the clocks from an event's first row of
// l1t_rings to the stage's first strobe when no gap lies between.
//
// Twin: models/calo/l1t_egamma.c, l1t_egamma().
module l1t_egamma_core (
  input  logic               clk_i,
  input  logic               rst_i,  // synchronous
  input  logic [8:0]         hoe_ext_min_i,
  input  logic [11:0]        no_id_min_i,
  input  logic [9:0]         ntt_i,
  input  logic [36-1:0]      tile_any_i,
  input  logic [36*960-1:0]  tile_i,
  input  logic               cluster_valid_i,
  input  logic [5:0]         cluster_ring_i,
  input  logic [36*59-1:0]   cluster_i,  // cluster_cand
  input  logic [36*15-1:0]   window_i,

  output logic               cand_valid_o,
  output logic [36*64-1:0]   cand_o,     // egamma_cand
  output logic               sort_valid_o,
  output logic [12*32-1:0]   sort_o,     // egtau_mp
  output logic               demux_valid_o,
  output logic [12*30-1:0]   demux_o,    // egamma_gt

  output logic [3*16-1:0]    latency_o
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Lanes = l1t_calo_pkg::Lanes;
  localparam int ClusterBits = l1t_formats_pkg::ClusterCandBits;
  localparam int CandBits = l1t_formats_pkg::EgammaCandBits;
  localparam int RestBits = l1t_egtau_pkg::RestBits;
  localparam int MpBits = l1t_formats_pkg::EgtauMpBits;
  localparam int PerSide = l1t_egtau_pkg::PerSide;

  localparam int ClusterAt = l1t_egamma_pkg::ClusterAt;
  localparam int TrimAt = l1t_egamma_pkg::TrimAt;
  localparam int CalAt = l1t_egamma_pkg::CalAt;
  localparam int IsoAt = l1t_egamma_pkg::IsoAt;
  localparam int CandAt = l1t_egamma_pkg::CandAt;

  // Static inputs.
  logic [8:0] hoe_ext_min_q;
  logic [11:0] no_id_min_q;
  always_ff @(posedge clk_i) begin
    hoe_ext_min_q <= hoe_ext_min_i;
    no_id_min_q <= no_id_min_i;
  end

  // Strobes, and the rings' numbers.
  logic [CandAt-ClusterAt-1:0] valid_q;
  logic [5:0] trim_ring, cand_ring;
  l1t_delay_valid #(.Clocks(CandAt - ClusterAt)) u_valid (
    .clk_i, .rst_i, .valid_i(cluster_valid_i), .valid_o(valid_q)
  );
  l1t_delay #(.Width(6), .Clocks(TrimAt - ClusterAt)) u_trim_ring (
    .clk_i, .data_i(cluster_ring_i), .data_o(trim_ring)
  );
  l1t_delay #(.Width(6), .Clocks(CandAt - TrimAt)) u_cand_ring (
    .clk_i, .data_i(trim_ring), .data_o(cand_ring)
  );
  assign cand_valid_o = valid_q[CandAt-ClusterAt-1];

  // What the blocks need of a cluster. Lean: 1 west, 2 east, 0 neither.
  logic [Lanes*12-1:0] flags;
  logic [Lanes-1:0] hoe, fg;
  logic [Lanes*9-1:0] place, place_late;  // {lean, phi}
  always_comb begin
    flags = '0;
    hoe = '0;
    fg = '0;
    place = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFlagsLsb]) begin
        flags[i*12 +: 12] =
            cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFlagsLsb +: 12];
        hoe[i] = cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandHoeLsb];
        fg[i] = cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFgLsb];
        place[i*9 +: 9] = {cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFgEtaLsb +: 2],
                           cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandPhiLsb +: 7]};
      end
    end
  end

  // Trimming, calibration, isolation.
  logic [Lanes*7-1:0] shape, trimmed;
  logic [Lanes*12-1:0] raw, et_part, pt;
  logic [Lanes*2-1:0] fine_phi, iso;
  logic [11:0] eta_part;
  logic [Lanes-1:0] trim_any, shape_ok;
  logic [Lanes*16-1:0] iso_et;

  l1t_egamma_trim u_trim (
    .clk_i, .any_i(tile_any_i), .tile_i, .ring_i(cluster_ring_i), .flags_i(flags),
    .any_o(trim_any), .shape_o(shape), .trimmed_o(trimmed), .raw_o(raw), .fine_phi_o(fine_phi)
  );
  l1t_egamma_cal u_cal (
    .clk_i, .any_i(trim_any), .ring_i(trim_ring), .shape_i(shape), .raw_i(raw),
    .eta_part_o(eta_part), .et_part_o(et_part), .shape_ok_o(shape_ok), .pt_o(pt)
  );
  l1t_egamma_iso u_iso (
    .clk_i, .any_i(tile_any_i), .tile_i, .flags_i(flags), .window_i, .ntt_i,
    .eta_part_i(eta_part), .et_part_i(et_part), .iso_et_o(iso_et), .iso_o(iso)
  );

  // Identification; and everything else waits for it.
  logic [Lanes-1:0] any, accepted;
  logic [Lanes*4-1:0] quality;
  logic [Lanes*28-1:0] trim_late;
  logic [Lanes*18-1:0] iso_late;
  logic [Lanes*12-1:0] pt_late;

  l1t_delay #(.Width(Lanes * 28), .Clocks(CandAt - TrimAt)) u_trim_late (
    .clk_i, .data_i({fine_phi, trimmed, shape, raw}), .data_o(trim_late)
  );
  l1t_delay #(.Width(Lanes * 18), .Clocks(CandAt - IsoAt)) u_iso_late (
    .clk_i, .data_i({iso, iso_et}), .data_o(iso_late)
  );
  l1t_delay #(.Width(Lanes * 12), .Clocks(CandAt - CalAt)) u_pt_late (
    .clk_i, .data_i(pt), .data_o(pt_late)
  );
  l1t_delay #(.Width(Lanes * 9), .Clocks(CandAt - ClusterAt)) u_place (
    .clk_i, .data_i(place), .data_o(place_late)
  );

  l1t_egamma_id u_id (
    .clk_i, .hoe_ext_min_i(hoe_ext_min_q), .no_id_min_i(no_id_min_q), .any_i(tile_any_i), .tile_i,
    .flags_i(flags), .hoe_i(hoe), .fg_i(fg), .shape_ok_i(shape_ok), .pt_i(pt), .any_o(any),
    .quality_o(quality), .accepted_o(accepted)
  );

  logic [1:0] lean, fine_eta, fine_phi_i;
  logic [6:0] phi;
  logic [Lanes*CandBits-1:0] cand;
  logic [Lanes*RestBits-1:0] rest;
  always_comb begin
    {lean, phi} = '0;
    fine_eta = '0;
    fine_phi_i = '0;
    cand = '0;
    rest = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any[i]) begin
        {lean, phi} = place_late[i*9 +: 9];
        fine_eta = lean == 2'd1 ? l1t_egamma_pkg::FineWest
                   : lean == 2'd2 ? l1t_egamma_pkg::FineEast : l1t_egamma_pkg::FineCentre;
        fine_phi_i = trim_late[Lanes*26 + i*2 +: 2];
        cand[i*CandBits +: CandBits] = {
          fine_phi_i, fine_eta, trim_late[Lanes*19 + i*7 +: 7], trim_late[Lanes*12 + i*7 +: 7],
          iso_late[i*16 +: 16], iso_late[Lanes*16 + i*2 +: 2], quality[i*4 +: 4],
          pt_late[i*12 +: 12], trim_late[i*12 +: 12]
        };
        rest[i*RestBits +: RestBits] = {fine_phi_i, fine_eta, phi, iso_late[Lanes*16 + i*2 +: 2]};
      end
    end
  end
  assign cand_o = cand;

  // The sorters and the demultiplexer.
  logic [1:0] side_valid;
  for (genvar s = 0; s < 2; s++) begin : g_side
    l1t_egtau_sort u_sort (
      .clk_i, .rst_i, .valid_i(cand_valid_o), .ring_i(cand_ring),
      .any_i(accepted[s*Slots +: Slots]), .pt_i(pt_late[s*Slots*12 +: Slots*12]),
      .rest_i(rest[s*Slots*RestBits +: Slots*RestBits]), .valid_o(side_valid[s]),
      .mp_o(sort_o[s*PerSide*MpBits +: PerSide*MpBits])
    );
  end
  assign sort_valid_o = side_valid[0];

  l1t_egtau_demux #(.Quality(l1t_egamma_pkg::Quality)) u_demux (
    .clk_i, .rst_i, .valid_i(sort_valid_o), .pos_i(sort_o[0 +: PerSide*MpBits]),
    .neg_i(sort_o[PerSide*MpBits +: PerSide*MpBits]), .valid_o(demux_valid_o), .gt_o(demux_o)
  );

  localparam int SortAt = CandAt + l1t_calo_pkg::ClusterRings - 1 + l1t_egtau_pkg::SortLatency;
  localparam int DemuxAt = SortAt + l1t_egtau_pkg::DemuxLatency;
  assign latency_o = {16'(DemuxAt), 16'(SortAt), 16'(CandAt)};

  logic unused;
  assign unused = ^{side_valid[1], valid_q, tile_i, cluster_i};
endmodule
