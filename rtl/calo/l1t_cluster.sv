// SPDX-License-Identifier: Apache-2.0
//
// The cluster finder that e/gamma and tau share: for each row of the ring buffer the seeds of both
// sides, the towers around them (tile, l1t_calo_pkg), their members, energies and isolation window.
// Lane: side * 18 + phi slot; a lane without a cluster is zero. Only rings 1 to 28 strobe.
//
// Static inputs: smallest ET of a seed and of a member, and the limits of log2(E/H) of an e/gamma
// seed in barrel and endcap.
//
// Twin: models/calo/l1t_cluster.c, l1t_cluster(). Latency: l1t_calo_pkg::TileLatency and
// ClusterLatency.
module l1t_cluster (
  input  logic                clk_i,
  input  logic                rst_i,
  input  logic [8:0]          seed_min_i,
  input  logic [8:0]          member_min_i,
  input  logic [2:0]          hoe_barrel_i,
  input  logic [2:0]          hoe_endcap_i,
  input  logic                valid_i,
  input  logic [5:0]          ring_i,
  input  logic [15*72*16-1:0] pos_i,           // l1t_rings
  input  logic [15*72*16-1:0] neg_i,

  output logic                tile_valid_o,
  output logic [5:0]          tile_ring_o,
  output logic [36-1:0]       tile_any_o,
  output logic [36*7-1:0]     tile_phi_o,      // iphi
  output logic [36*960-1:0]   tile_o,
  output logic                cluster_valid_o,
  output logic [5:0]          cluster_ring_o,
  output logic [36*59-1:0]    cluster_o,       // cluster_cand
  output logic [36*15-1:0]    window_o         // ET of the isolation window
);
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Lanes = l1t_calo_pkg::Lanes;
  localparam int Row = l1t_pkg::Phis * 16;
  localparam int Inner = l1t_calo_pkg::Inner;
  localparam int TileLatency = l1t_calo_pkg::TileLatency;
  localparam int ClusterLatency = l1t_calo_pkg::ClusterLatency;
  localparam int TileBits = l1t_calo_pkg::TileBits;
  localparam int CandBits = l1t_formats_pkg::ClusterCandBits;
  localparam logic [5:0] EndcapRing = 6'd16;  // first with the endcap's E/H limit

  // Static inputs.
  logic [8:0] seed_min_q, member_min_q;
  logic [2:0] hoe_barrel_q, hoe_endcap_q;
  always_ff @(posedge clk_i) begin
    seed_min_q <= seed_min_i;
    member_min_q <= member_min_i;
    hoe_barrel_q <= hoe_barrel_i;
    hoe_endcap_q <= hoe_endcap_i;
  end

  // Strobes.
  logic row_valid;
  logic [ClusterLatency-1:0] valid_q;
  assign row_valid = valid_i && ring_i <= 6'(l1t_calo_pkg::ClusterRings);
  l1t_delay_valid #(.Clocks(ClusterLatency)) u_valid (
    .clk_i, .rst_i, .valid_i(row_valid), .valid_o(valid_q)
  );
  l1t_delay #(.Width(6), .Clocks(TileLatency)) u_tile_ring (
    .clk_i, .data_i(ring_i), .data_o(tile_ring_o)
  );
  l1t_delay #(.Width(6), .Clocks(ClusterLatency - TileLatency)) u_cluster_ring (
    .clk_i, .data_i(tile_ring_o), .data_o(cluster_ring_o)
  );
  assign tile_valid_o = valid_q[TileLatency-1];
  assign cluster_valid_o = valid_q[ClusterLatency-1];

  // Seeds, tiles and windows.
  logic [Lanes-1:0] any_q, any_q2, right;
  for (genvar side = 0; side < 2; side++) begin : g_side
    logic [15*Row-1:0] rings;
    logic [l1t_pkg::Phis-1:0] max;
    assign rings = side == 0 ? pos_i : neg_i;

    l1t_cluster_max #(.NegSide(side)) u_max (
      .clk_i, .valid_i(row_valid), .seed_min_i(seed_min_q),
      .window_i(rings[(Inner-1)*Row +: 3*Row]), .max_o(max)
    );
    l1t_cluster_tile #(.NegSide(side)) u_tile (
      .clk_i, .valid_i(row_valid), .valid_late_i(valid_q[0]),
      .window_i(rings[(Inner-2)*Row +: 5*Row]), .max_i(max),
      .any_o(tile_any_o[side*Slots +: Slots]), .phi_o(tile_phi_o[side*Slots*7 +: Slots*7]),
      .tile_o(tile_o[side*Slots*TileBits +: Slots*TileBits])
    );
    l1t_egtau_window #(.NegSide(side)) u_window (
      .clk_i, .valid_i({valid_q[1:0], row_valid}), .window_i(rings[(Inner-3)*Row +: 7*Row]),
      .max_i(max), .any_i(any_q2[side*Slots +: Slots]), .right_i(right[side*Slots +: Slots]),
      .window_o(window_o[side*Slots*15 +: Slots*15])
    );
  end

  // Members and energies.
  logic [2:0] hoe_ratio;
  assign hoe_ratio = tile_ring_o < EndcapRing ? hoe_barrel_q : hoe_endcap_q;
  always_ff @(posedge clk_i) begin
    any_q <= tile_any_o;
    any_q2 <= any_q;
  end

  logic [Lanes*12-1:0] flags, flags_q, et, em, had;
  logic [Lanes*2-1:0] fg_eta, fg_eta_q;
  logic [Lanes*7-1:0] phi;
  logic [Lanes-1:0] hoe, fg;
  l1t_cluster_members u_members (
    .clk_i, .member_min_i(member_min_q), .any_i(tile_any_o), .tile_i(tile_o), .flags_o(flags),
    .fg_eta_o(fg_eta)
  );
  l1t_cluster_measure u_measure (
    .clk_i, .hoe_ratio_i(hoe_ratio), .any_i(tile_any_o), .tile_i(tile_o), .flags_i(flags),
    .et_o(et), .em_o(em), .had_o(had), .hoe_o(hoe), .fg_o(fg)
  );
  l1t_delay #(.Width(Lanes * 7), .Clocks(ClusterLatency - TileLatency)) u_phi (
    .clk_i, .data_i(tile_phi_o), .data_o(phi)
  );
  always_ff @(posedge clk_i) begin
    flags_q <= flags;
    fg_eta_q <= fg_eta;
  end

  logic [Lanes*CandBits-1:0] cand;
  always_comb begin
    right = '0;
    cand = '0;
    for (int i = 0; i < Lanes; i++) begin
      right[i] = flags[i*12 + 11];
      if (flags_q[i*12]) begin
        cand[i*CandBits +: CandBits] = {
          fg[i], hoe[i], fg_eta_q[i*2 +: 2], had[i*12 +: 12], em[i*12 +: 12],
          flags_q[i*12 +: 12], et[i*12 +: 12], phi[i*7 +: 7]
        };
      end
    end
  end
  assign cluster_o = cand;

  logic unused;
  assign unused = ^valid_q;
endmodule
