// SPDX-License-Identifier: Apache-2.0
//
// Taus of one main processor and the demultiplexer, behind the cluster finder and the pile-up
// estimator: for one |ieta| a clock the tiles of both sides, three clocks later the clusters and
// their windows (l1t_cluster); nTT of the event from a clock after its first row on (l1t_ntt).
// Rings beyond 25 have no taus. Static inputs: smallest ET of a secondary seed and member.
//
// Every stage shows its records with a strobe (models/calo/l1t_tau.h names rows and lanes); demux_o
// with demux_valid_o is the product, the others are probes that synthesis drops when left open.
// latency_o states, for cand, sort and demux, the clocks from an event's first row in l1t_rings to
// the stage's first strobe when no gap lies between.
//
// Twin: models/calo/l1t_tau.c, l1t_tau().
module l1t_tau_core (
  input  logic              clk_i,
  input  logic              rst_i,  // synchronous
  input  logic [8:0]        seed_min_i,
  input  logic [8:0]        member_min_i,
  input  logic [9:0]        ntt_i,
  input  logic              tile_valid_i,
  input  logic [5:0]        tile_ring_i,
  input  logic [36-1:0]     tile_any_i,
  input  logic [36*960-1:0] tile_i,
  input  logic [36*59-1:0]  cluster_i,  // cluster_cand
  input  logic [36*15-1:0]  window_i,

  output logic              cand_valid_o,
  output logic [36*46-1:0]  cand_o,     // tau_cand
  output logic              sort_valid_o,
  output logic [12*32-1:0]  sort_o,     // egtau_mp
  output logic              demux_valid_o,
  output logic [12*30-1:0]  demux_o,    // tau_gt

  output logic [3*16-1:0]   latency_o
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Lanes = l1t_calo_pkg::Lanes;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int EtWidth = l1t_formats_pkg::TowerEtWidth;
  localparam int ClusterBits = l1t_formats_pkg::ClusterCandBits;
  localparam int CandBits = l1t_formats_pkg::TauCandBits;
  localparam int SideBits = l1t_egtau_pkg::PerSide * l1t_formats_pkg::EgtauMpBits;
  localparam int CoreTowers = l1t_tau_pkg::CoreTowers;
  localparam int CoreBits = l1t_tau_pkg::CoreBits;
  localparam int RawBits = l1t_tau_pkg::RawBits;
  localparam int WindowBits = l1t_tau_pkg::WindowBits;
  localparam int RestBits = l1t_egtau_pkg::RestBits;

  // When what is there, in clocks after the row.
  localparam int TileAt = l1t_calo_pkg::TileLatency;
  localparam int ClusterAt = l1t_calo_pkg::ClusterLatency;
  localparam int SecondaryAt = l1t_tau_pkg::SecondaryAt;
  localparam int MergeAt = l1t_tau_pkg::MergeAt;
  localparam int BinsAt = l1t_tau_pkg::BinsAt;
  localparam int CandAt = l1t_tau_pkg::CandAt;

  // Static inputs.
  logic [8:0] seed_min_q, member_min_q;
  always_ff @(posedge clk_i) begin
    seed_min_q <= seed_min_i;
    member_min_q <= member_min_i;
  end

  // Strobes and rings. nTT needs no delay: the next event's comes long after ring 25.
  logic valid;
  logic [CandAt-TileAt-1:0] valid_q;
  logic [5:0] merge_ring, cand_ring;
  assign valid = tile_valid_i && tile_ring_i <= 6'(l1t_calo_pkg::TauRings);
  l1t_delay_valid #(.Clocks(CandAt - TileAt)) u_valid (
    .clk_i, .rst_i, .valid_i(valid), .valid_o(valid_q)
  );
  l1t_delay #(.Width(6), .Clocks(MergeAt - TileAt)) u_merge_ring (
    .clk_i, .data_i(tile_ring_i), .data_o(merge_ring)
  );
  l1t_delay #(.Width(6), .Clocks(CandAt - MergeAt)) u_cand_ring (
    .clk_i, .data_i(merge_ring), .data_o(cand_ring)
  );

  // Lanes with a cluster, at every clock of the pipeline; bit t * Lanes + lane.
  logic [(CandAt-TileAt+1)*Lanes-1:0] any;
  assign any[0 +: Lanes] = valid ? tile_any_i : '0;
  for (genvar t = 1; t <= CandAt - TileAt; t++) begin : g_any
    logic [Lanes-1:0] any_q;
    always_ff @(posedge clk_i) any_q <= any[(t-1)*Lanes +: Lanes];
    assign any[t*Lanes +: Lanes] = any_q;
  end

  // What is needed of tile and cluster.
  logic [Lanes*CoreBits-1:0] tile_towers, towers;
  logic [Lanes-1:0] tile_em, cand_em, bins_em;
  logic [Lanes*12-1:0] flags, merge_flags;
  logic [Lanes*7-1:0] phi, cand_phi;
  logic [Lanes*2-1:0] fg_eta, merge_fg_eta;
  logic [CoreBits-1:0] core;
  logic [15:0] seed;
  always_comb begin
    core = '0;
    seed = '0;
    tile_towers = '0;
    tile_em = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any[i]) begin
        for (int b = 0; b < CoreTowers; b++) begin
          core[b*EtWidth +: EtWidth] =
              tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[b*6 +: 6])*16 +: EtWidth];
        end
        tile_towers[i*CoreBits +: CoreBits] = core;
        seed = tile_i[i*TileBits + 32'(l1t_calo_pkg::MemberTile[0 +: 6])*16 +: 16];
        tile_em[i] = seed[l1t_formats_pkg::TowerEmLsb] || !seed[l1t_formats_pkg::TowerZeroLsb];
      end
    end
  end
  always_comb begin
    phi = '0;
    flags = '0;
    fg_eta = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (any[(ClusterAt-TileAt)*Lanes + i]) begin
        phi[i*7 +: 7] = cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandPhiLsb +: 7];
        flags[i*12 +: 12] =
            cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFlagsLsb +: 12];
        fg_eta[i*2 +: 2] =
            cluster_i[i*ClusterBits + l1t_formats_pkg::ClusterCandFgEtaLsb +: 2];
      end
    end
  end
  l1t_delay #(.Width(Lanes * CoreBits), .Clocks(SecondaryAt - TileAt)) u_towers (
    .clk_i, .data_i(tile_towers), .data_o(towers)
  );
  l1t_delay #(.Width(Lanes), .Clocks(BinsAt - TileAt)) u_bins_em (
    .clk_i, .data_i(tile_em), .data_o(bins_em)
  );
  l1t_delay #(.Width(Lanes * 14), .Clocks(SecondaryAt - ClusterAt)) u_flags (
    .clk_i, .data_i({flags, fg_eta}), .data_o({merge_flags, merge_fg_eta})
  );
  l1t_delay #(.Width(Lanes * 7), .Clocks(CandAt - ClusterAt)) u_phi (
    .clk_i, .data_i(phi), .data_o(cand_phi)
  );

  // Secondary clusters, merging.
  logic [Lanes-1:0] merged, bins_merged, cand_merged;
  logic [Lanes*3-1:0] site, cand_site;
  logic [Lanes*13-1:0] secondary;
  logic [Lanes*10-1:0] overlap;
  logic [Lanes*RawBits-1:0] raw, bins_raw, cand_raw;
  logic [Lanes*2-1:0] fine_eta, fine_phi, cand_fine_eta, cand_fine_phi;
  l1t_tau_secondary u_secondary (
    .clk_i, .seed_min_i(seed_min_q), .member_min_i(member_min_q), .any_i(any[0 +: Lanes]),
    .tile_i, .flags_i(flags), .merged_o(merged), .site_o(site), .et_o(secondary),
    .overlap_o(overlap)
  );
  l1t_tau_merge u_merge (
    .clk_i, .any_i(any[(SecondaryAt-TileAt)*Lanes +: Lanes]), .towers_i(towers),
    .flags_i(merge_flags), .fg_eta_i(merge_fg_eta), .secondary_i(secondary), .overlap_i(overlap),
    .raw_o(raw), .fine_eta_o(fine_eta), .fine_phi_o(fine_phi)
  );
  l1t_delay #(.Width(Lanes), .Clocks(BinsAt - SecondaryAt)) u_bins_merged (
    .clk_i, .data_i(merged), .data_o(bins_merged)
  );
  l1t_delay #(.Width(Lanes * 3), .Clocks(CandAt - SecondaryAt)) u_site (
    .clk_i, .data_i(site), .data_o(cand_site)
  );
  l1t_delay #(.Width(Lanes * 4), .Clocks(CandAt - MergeAt)) u_fine (
    .clk_i, .data_i({fine_eta, fine_phi}), .data_o({cand_fine_eta, cand_fine_phi})
  );
  l1t_delay #(.Width(Lanes * RawBits), .Clocks(BinsAt - MergeAt)) u_bins_raw (
    .clk_i, .data_i(raw), .data_o(bins_raw)
  );
  l1t_delay #(.Width(Lanes * RawBits), .Clocks(CandAt - BinsAt)) u_cand_raw (
    .clk_i, .data_i(bins_raw), .data_o(cand_raw)
  );
  l1t_delay #(.Width(Lanes * 2), .Clocks(CandAt - BinsAt)) u_cand_em (
    .clk_i, .data_i({bins_em, bins_merged}), .data_o({cand_em, cand_merged})
  );

  // Calibration and isolation.
  logic [1:0] eta_bin;
  logic [4:0] ntt_bin;
  logic [Lanes*5-1:0] et_bin;
  logic [Lanes*WindowBits-1:0] bins_window, iso_et;
  logic [Lanes*12-1:0] pt;
  logic [Lanes-1:0] iso;
  l1t_tau_bins u_bins (
    .clk_i, .any_i(any[(MergeAt-TileAt)*Lanes +: Lanes]), .ring_i(merge_ring), .ntt_i, .raw_i(raw),
    .eta_o(eta_bin), .ntt_o(ntt_bin), .et_o(et_bin)
  );
  l1t_delay #(.Width(Lanes * WindowBits), .Clocks(BinsAt - ClusterAt)) u_window (
    .clk_i, .data_i(window_i), .data_o(bins_window)
  );
  l1t_tau_cal u_cal (
    .clk_i, .any_i(any[(BinsAt-TileAt)*Lanes +: Lanes]), .eta_bin_i(eta_bin), .et_bin_i(et_bin),
    .raw_i(bins_raw), .em_i(bins_em), .merged_i(bins_merged), .pt_o(pt)
  );
  l1t_tau_iso u_iso (
    .clk_i, .any_i(any[(BinsAt-TileAt)*Lanes +: Lanes]), .eta_bin_i(eta_bin),
    .ntt_bin_i(ntt_bin), .et_bin_i(et_bin), .raw_i(bins_raw), .window_i(bins_window),
    .iso_et_o(iso_et), .iso_o(iso)
  );

  // The candidates; the record has the lower 13 bits of raw.
  logic [Lanes-1:0] cand_any;
  logic [Lanes*RestBits-1:0] rest;
  assign cand_any = any[(CandAt-TileAt)*Lanes +: Lanes];
  logic [Lanes*CandBits-1:0] cand;
  always_comb begin
    cand = '0;
    rest = '0;
    for (int i = 0; i < Lanes; i++) begin
      if (cand_any[i]) begin
        cand[i*CandBits +: CandBits] = {
          iso[i], iso_et[i*WindowBits +: WindowBits], cand_em[i], cand_site[i*3 +: 3],
          cand_merged[i], pt[i*12 +: 12], cand_raw[i*RawBits +: RawBits-1]
        };
        rest[i*RestBits +: RestBits] = {cand_fine_phi[i*2 +: 2], cand_fine_eta[i*2 +: 2],
                                        cand_phi[i*7 +: 7], 1'b0, iso[i]};
      end
    end
  end
  assign cand_o = cand;
  assign cand_valid_o = valid_q[CandAt-TileAt-1];

  // Sorter and demultiplexer.
  logic [1:0] side_valid;
  for (genvar s = 0; s < 2; s++) begin : g_side
    l1t_egtau_sort #(.Rows(l1t_calo_pkg::TauRings)) u_sort (
      .clk_i, .rst_i, .valid_i(cand_valid_o), .ring_i(cand_ring),
      .any_i(cand_any[s*Slots +: Slots]), .pt_i(pt[s*Slots*12 +: Slots*12]),
      .rest_i(rest[s*Slots*RestBits +: Slots*RestBits]), .valid_o(side_valid[s]),
      .mp_o(sort_o[s*SideBits +: SideBits])
    );
  end
  assign sort_valid_o = side_valid[0];
  l1t_egtau_demux #(.Quality(0)) u_demux (
    .clk_i, .rst_i, .valid_i(sort_valid_o), .pos_i(sort_o[0 +: SideBits]),
    .neg_i(sort_o[SideBits +: SideBits]), .valid_o(demux_valid_o), .gt_o(demux_o)
  );

  localparam int SortAt = CandAt + l1t_calo_pkg::TauRings - 1 + l1t_egtau_pkg::SortLatency;
  localparam int DemuxAt = SortAt + l1t_egtau_pkg::DemuxLatency;
  assign latency_o = {16'(DemuxAt), 16'(SortAt), 16'(CandAt)};

  logic unused;
  assign unused = ^{side_valid[1], valid_q};
endmodule
