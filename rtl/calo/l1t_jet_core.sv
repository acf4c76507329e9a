// SPDX-License-Identifier: Apache-2.0
//
// Jets of one main processor and the demultiplexer, behind the ring buffer: for one |m| a clock,
// valid_i with each, the fifteen rings around it of both sides (l1t_rings). Static inputs: pile-up
// subtraction (chunky donut or phi ring) and the seed threshold.
//
// Every stage shows its records with a strobe (models/calo/l1t_jet.h names rows and lanes); demux_o
// with demux_valid_o is the product, all other outputs are probes that synthesis drops when left
// open.
// latency_o states, for each stage in that order, the clocks from an event's first row to the
// stage's first strobe when no gap lies between. cal_phi_o, with cal_o, is for the jet sums.
//
// Twin: models/calo/l1t_jet.c, l1t_jet().
module l1t_jet_core (
  input  logic                clk_i,
  input  logic                rst_i,       // synchronous
  input  logic                phi_ring_i,  // 0: chunky donut, 1: phi ring
  input  logic [8:0]          seed_min_i,
  input  logic                valid_i,
  input  logic [5:0]          ring_i,      // |m|
  input  logic [15*72*16-1:0] pos_i,       // rings m - 7 to m + 7
  input  logic [15*72*16-1:0] neg_i,

  output logic                max_valid_o,
  output logic [2*72-1:0]     max_o,       // jet_max
  output logic                raw_valid_o,
  output logic [36*32-1:0]    raw_o,       // jet_raw
  output logic                flaps_valid_o,
  output logic [36*64-1:0]    flaps_o,     // jet_flaps
  output logic                pus_valid_o,
  output logic [36*32-1:0]    pus_o,       // jet_pus
  output logic                cal_valid_o,
  output logic [36*32-1:0]    cal_o,       // jet_cal
  output logic [36*7-1:0]     cal_phi_o,   // iphi
  output logic [5:0]          cal_ring_o,
  output logic                select_valid_o,
  output logic [36-1:0]       select_o,    // jet_keep
  output logic                sort_valid_o,
  output logic [2*7*30-1:0]   sort_o,      // jet_mp
  output logic                demux_valid_o,
  output logic [12*30-1:0]    demux_o,     // jet_gt

  output logic [8*16-1:0]     latency_o
);
  localparam int Phis = l1t_pkg::Phis;
  localparam int Slots = l1t_calo_pkg::Slots;
  localparam int Lanes = 2 * Slots;
  localparam int Registers = l1t_jet_pkg::Registers;
  localparam int PerSide = l1t_jet_pkg::PerSide;
  localparam int MpWidth = l1t_formats_pkg::JetMpBits;

  // Rings m - 4 to m + 4 of the fifteen.
  localparam int MaxFirst = (l1t_calo_pkg::Inner - 4) * Phis * 16;
  localparam int MaxWidth = 9 * Phis * 16;

  // Strobes: one delay line from the ring buffer to the sorter.
  localparam int SelectAfter = l1t_jet_pkg::SelectAt;
  localparam int MaxTap = l1t_jet_pkg::MaxAt - 1;
  localparam int RawTap = l1t_jet_pkg::RawAt - 1;
  localparam int PusTap = l1t_jet_pkg::PusAt - 1;
  localparam int CalTap = l1t_jet_pkg::CalAt - 1;
  localparam int SelectTap = SelectAfter - 1;

  logic [5:0] pus_ring, cal_ring, select_ring;
  logic [SelectAfter-1:0] valid_q;

  // Static inputs.
  logic phi_ring_q;
  logic [8:0] seed_min_q;
  always_ff @(posedge clk_i) begin
    phi_ring_q <= phi_ring_i;
    seed_min_q <= seed_min_i;
  end

  l1t_delay_valid #(.Clocks(SelectAfter)) u_valid (
    .clk_i, .rst_i, .valid_i, .valid_o(valid_q)
  );
  l1t_delay #(.Width(6), .Clocks(PusTap + 1)) u_pus_ring (
    .clk_i, .data_i(ring_i), .data_o(pus_ring)
  );
  l1t_delay #(.Width(6), .Clocks(CalTap - PusTap)) u_cal_ring (
    .clk_i, .data_i(pus_ring), .data_o(cal_ring)
  );
  l1t_delay #(.Width(6), .Clocks(SelectTap - CalTap)) u_select_ring (
    .clk_i, .data_i(cal_ring), .data_o(select_ring)
  );

  // Maxima and sums.
  logic [Phis-1:0] pos_max, neg_max;
  logic [Lanes-1:0] any, saturated;
  logic [15:0] pos_ring_pu, neg_ring_pu;

  l1t_jet_max #(.NegSide(0)) u_pos_max (
    .clk_i, .valid_i, .seed_min_i(seed_min_q),
    .window_i(pos_i[MaxFirst +: MaxWidth]), .max_o(pos_max)
  );
  l1t_jet_max #(.NegSide(1)) u_neg_max (
    .clk_i, .valid_i, .seed_min_i(seed_min_q),
    .window_i(neg_i[MaxFirst +: MaxWidth]), .max_o(neg_max)
  );
  l1t_jet_sums #(.NegSide(0)) u_pos_sums (
    .clk_i, .phi_ring_i(phi_ring_q), .valid_i, .valid_column_i(valid_q[0]),
    .valid_group_i(valid_q[1]), .valid_slot_i(valid_q[2]), .window_i(pos_i), .max_i(pos_max),
    .any_o(any[0 +: Slots]), .saturated_o(saturated[0 +: Slots]),
    .raw_o(raw_o[0 +: Slots*32]), .flaps_o(flaps_o[0 +: Slots*64]), .ring_pu_o(pos_ring_pu)
  );
  l1t_jet_sums #(.NegSide(1)) u_neg_sums (
    .clk_i, .phi_ring_i(phi_ring_q), .valid_i, .valid_column_i(valid_q[0]),
    .valid_group_i(valid_q[1]), .valid_slot_i(valid_q[2]), .window_i(neg_i), .max_i(neg_max),
    .any_o(any[Slots +: Slots]), .saturated_o(saturated[Slots +: Slots]),
    .raw_o(raw_o[Slots*32 +: Slots*32]), .flaps_o(flaps_o[Slots*64 +: Slots*64]),
    .ring_pu_o(neg_ring_pu)
  );
  assign max_valid_o = valid_q[MaxTap];
  assign max_o = {neg_max, pos_max};
  assign raw_valid_o = valid_q[RawTap];
  assign flaps_valid_o = valid_q[RawTap];

  // Pile-up subtraction and calibration.
  logic [Lanes*7-1:0] pus_phi, select_phi;
  l1t_jet_pus #(.Lanes(Lanes)) u_pus (
    .clk_i, .phi_ring_i(phi_ring_q), .any_i(any), .saturated_i(saturated), .raw_i(raw_o),
    .flaps_i(flaps_o), .ring_pu_i({neg_ring_pu, pos_ring_pu}), .phi_o(pus_phi), .pus_o
  );
  assign pus_valid_o = valid_q[PusTap];

  logic [Lanes-1:0] cal_any;
  l1t_jet_cal #(.Lanes(Lanes)) u_cal (
    .clk_i, .ring_i(pus_ring), .pus_i(pus_o), .any_o(cal_any), .cal_o(cal_o)
  );
  assign cal_valid_o = valid_q[CalTap];
  assign cal_ring_o = cal_ring;

  // Six a ring, the sorter.
  logic [Lanes*16-1:0] cal_et, select_et;
  logic [Lanes-1:0] keep;
  logic [1:0] side_valid;
  logic [2*PerSide*MpWidth-1:0] mp;

  for (genvar i = 0; i < Lanes; i++) begin : g_et
    assign cal_et[i*16 +: 16] = cal_o[i*32 + l1t_formats_pkg::JetCalEtLsb +: 16];
  end
  l1t_delay #(.Width(Lanes * 7), .Clocks(CalTap - PusTap)) u_cal_phi (
    .clk_i, .data_i(pus_phi), .data_o(cal_phi_o)
  );
  l1t_delay #(.Width(Lanes * 7), .Clocks(SelectTap - CalTap)) u_select_phi (
    .clk_i, .data_i(cal_phi_o), .data_o(select_phi)
  );
  l1t_delay #(.Width(Lanes * 16), .Clocks(SelectTap - CalTap)) u_select_et (
    .clk_i, .data_i(cal_et), .data_o(select_et)
  );
  for (genvar s = 0; s < 2; s++) begin : g_side
    l1t_jet_select u_select (
      .clk_i, .rst_i, .valid_i(cal_valid_o), .any_i(cal_any[s*Slots +: Slots]),
      .et_i(cal_et[s*Slots*16 +: Slots*16]), .keep_o(keep[s*Slots +: Slots])
    );
    l1t_jet_sort u_sort (
      .clk_i, .rst_i, .valid_i(select_valid_o), .ring_i(select_ring),
      .keep_i(keep[s*Slots +: Slots]), .et_i(select_et[s*Slots*16 +: Slots*16]),
      .phi_i(select_phi[s*Slots*7 +: Slots*7]), .valid_o(side_valid[s]),
      .reg_o(sort_o[s*Registers*MpWidth +: Registers*MpWidth]),
      .mp_o(mp[s*PerSide*MpWidth +: PerSide*MpWidth])
    );
  end
  assign select_valid_o = valid_q[SelectTap];
  assign select_o = keep;
  assign sort_valid_o = side_valid[0];

  // The demultiplexer.
  logic mp_valid;
  l1t_delay_valid #(.Clocks(l1t_jet_pkg::MpLatency)) u_mp_valid (
    .clk_i, .rst_i, .valid_i(sort_valid_o), .valid_o(mp_valid)
  );
  l1t_jet_demux u_demux (
    .clk_i, .rst_i, .valid_i(mp_valid), .pos_i(mp[0 +: PerSide*MpWidth]),
    .neg_i(mp[PerSide*MpWidth +: PerSide*MpWidth]), .valid_o(demux_valid_o), .gt_o(demux_o)
  );

  localparam int SortAt = l1t_jet_pkg::SelectAt + l1t_pkg::Rings - 1 + l1t_jet_pkg::SortLatency;
  localparam int DemuxAt = SortAt + l1t_jet_pkg::MpLatency + l1t_jet_pkg::DemuxLatency;
  assign latency_o = {
    16'(DemuxAt), 16'(SortAt), 16'(l1t_jet_pkg::SelectAt),
    16'(l1t_jet_pkg::CalAt), 16'(l1t_jet_pkg::PusAt), 16'(l1t_jet_pkg::RawAt),
    16'(l1t_jet_pkg::RawAt), 16'(l1t_jet_pkg::MaxAt)
  };

  logic unused;
  assign unused = side_valid[1];
endmodule
