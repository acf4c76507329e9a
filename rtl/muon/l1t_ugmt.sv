// SPDX-License-Identifier: Apache-2.0
//
// Micro global muon trigger. A crossing is six frames, one a clock with valid_i: a word of 32 bits
// of each of the board's links 8 to 71. Links 8 to 35 carry calorimeter sums, links 36 to 71 low
// and high word of three muons. The next crossing may follow at once, so a crossing can enter every
// six clocks. A clock without valid_i may carry anything. Whatever is behind the last frame goes on
// by itself.
//
// Muons are decoded, extrapolated and ranked slot by slot as they arrive; cancel-out, both sorts
// and isolation work on whole crossings. All inputs but rst_i, valid_i and links_i are static.
//
// Every stage shows its records with a strobe (models/muon/l1t_ugmt.h names rows and lanes); gt_o
// and eta_o are the product, all other outputs are probes that synthesis drops when left open.
// latency_o states, for each stage in that order, the clocks from an event's first frame to the
// stage's strobe when no gap lies between.
//
// Twin: models/muon/l1t_ugmt.c, l1t_ugmt().
module l1t_ugmt (
  input  logic              clk_i,
  input  logic              rst_i,         // synchronous
  input  logic              run2_words_i,  // barrel and endcap words as in Run 2
  input  logic              run2_lists_i,  // track addresses of the barrel as in Run 2
  input  logic              addresses_i,   // cancel-out inside the endcap by track addresses
  input  logic [1:0]        layout_i,      // of output words: 0 Run 3, 1 2017, 2 2016
  input  logic              short_i,       // extrapolation for 6 bits of pt instead of 7
  input  logic [1:0]        phi_shift_i,   // unit of the phi tables: 2^phi_shift
  input  logic              valid_i,
  input  logic [64*32-1:0]  links_i,

  output logic              decode_valid_o,
  output logic [108*46-1:0] decode_o,       // muon_dec
  output logic              cancel_valid_o,
  output logic [108*4-1:0]  cancel_o,       // muon_cancel
  output logic              extrapolate_valid_o,
  output logic [108*13-1:0] extrapolate_o,  // muon_ext
  output logic              rank_valid_o,
  output logic [108*10-1:0] rank_o,         // muon_rank
  output logic              first_valid_o,
  output logic [24*18-1:0]  first_o,        // muon_kept
  output logic              final_valid_o,
  output logic [8*55-1:0]   final_o,        // muon_final
  output logic              mid_valid_o,
  output logic [24*64-1:0]  mid_o,          // muon_mid
  output logic              gt_valid_o,
  output logic [8*64-1:0]   gt_o,           // muon_gt
  output logic              eta_valid_o,
  output logic [4*32-1:0]   eta_o,          // muon_eta_pair

  output logic [9*16-1:0]   latency_o
);
  localparam int Links = l1t_ugmt_pkg::Links;
  localparam int Lanes = l1t_ugmt_pkg::Lanes;
  localparam int Slots = l1t_ugmt_pkg::Slots;
  localparam int Kept = l1t_ugmt_pkg::Kept;
  localparam int Out = l1t_ugmt_pkg::Out;
  localparam int SumLinks = l1t_ugmt_pkg::EtaRegions;
  localparam int DecWidth = l1t_formats_pkg::MuonDecBits;
  localparam int ExtWidth = l1t_formats_pkg::MuonExtBits;
  localparam int RankWidth = l1t_formats_pkg::MuonRankBits;
  localparam int KeptWidth = l1t_formats_pkg::MuonKeptBits;
  localparam int AddressWidth = l1t_ugmt_pkg::AddressWidth;
  localparam int MuonWidth = l1t_ugmt_pkg::MuonWidth;
  localparam int FirstB = l1t_ugmt_pkg::FirstB;

  // Static inputs.
  logic run2_words_q, run2_lists_q, addresses_q, short_q;
  logic [1:0] layout_q, phi_shift_q;
  always_ff @(posedge clk_i) begin
    run2_words_q <= run2_words_i;
    run2_lists_q <= run2_lists_i;
    addresses_q <= addresses_i;
    layout_q <= layout_i;
    short_q <= short_i;
    phi_shift_q <= phi_shift_i;
  end

  // ---- frames ----

  logic valid_q;
  logic [2:0] next_q, frame_q;
  logic [64*32-1:0] links_q;
  always_ff @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 1'b0;
      next_q <= '0;
    end else begin
      valid_q <= valid_i;
      if (valid_i) next_q <= next_q == 3'd5 ? 3'd0 : next_q + 3'd1;
    end
    if (valid_i) begin
      frame_q <= next_q;
      links_q <= links_i;
    end
  end

  // Strobes from the last frame on: last_q bit k is k + 1 clocks after it was decoded.
  localparam int Taps = l1t_ugmt_pkg::GtAt - l1t_ugmt_pkg::DecodeAt;
  logic [Taps:0] last_q;
  l1t_delay_valid #(.Clocks(Taps + 1)) u_last (
    .clk_i, .rst_i, .valid_i(valid_q && frame_q == 3'd5), .valid_o(last_q)
  );
  localparam int RankTap = l1t_ugmt_pkg::ExtrapolateAt - l1t_ugmt_pkg::DecodeAt;
  localparam int PlaceTap = l1t_ugmt_pkg::CancelAt - l1t_ugmt_pkg::DecodeAt;
  localparam int FirstTap = l1t_ugmt_pkg::FirstAt - l1t_ugmt_pkg::DecodeAt;
  localparam int MidTap = l1t_ugmt_pkg::MidAt - l1t_ugmt_pkg::DecodeAt;
  localparam int BestTap = l1t_ugmt_pkg::BestAt - l1t_ugmt_pkg::DecodeAt;
  localparam int GtTap = l1t_ugmt_pkg::GtAt - l1t_ugmt_pkg::DecodeAt;

  // ---- slot by slot ----

  logic slot_valid;
  logic [1:0] slot;
  assign slot_valid = valid_q && frame_q[0];
  assign slot = frame_q[2:1];

  logic [Lanes-1:0] halo;
  logic [Lanes*AddressWidth-1:0] address;
  logic [Links*9-1:0] pt, eta;
  logic [Links*4-1:0] quality;
  logic [Links-1:0] sign;

  for (genvar l = 0; l < Links; l++) begin : g_link
    localparam bit InBarrel = l >= FirstB && l < l1t_ugmt_pkg::FirstOn;
    localparam bit InEndcap = l < l1t_ugmt_pkg::FirstOp || l >= l1t_ugmt_pkg::FirstEn;
    localparam int Finder = InBarrel ? l1t_ugmt_pkg::Barrel
                            : InEndcap ? l1t_ugmt_pkg::Endcap : l1t_ugmt_pkg::Overlap;
    localparam int Origin = InBarrel ? 552 + 48 * (l - FirstB) : 600 + 96 * (l % 6);
    logic [31:0] word, low;
    assign word = links_q[(SumLinks+l)*32 +: 32];
    l1t_ugmt_decode #(.Finder(Finder), .Origin(Origin)) u_decode (
      .clk_i, .run2_i(run2_words_q), .valid_i(valid_q), .frame_i(frame_q), .word_i(word),
      .low_o(low), .dec_o(decode_o[l*Slots*DecWidth +: Slots*DecWidth]),
      .halo_o(halo[l*Slots +: Slots]),
      .address_o(address[l*Slots*AddressWidth +: Slots*AddressWidth])
    );
    assign pt[l*9 +: 9] = low[l1t_formats_pkg::MuonInPtLsb +: 9];
    assign quality[l*4 +: 4] = low[l1t_formats_pkg::MuonInQualityLsb +: 4];
    assign eta[l*9 +: 9] = low[l1t_formats_pkg::MuonInEtaLsb +: 9];
    assign sign[l] = word[l1t_formats_pkg::MuonInSignLsb-32];

    logic unused;
    assign unused = ^low[31:l1t_formats_pkg::MuonInHfLsb];
  end
  assign decode_valid_o = last_q[0];

  // The tables of a finder serve both sides: six links of each, or the barrel's twelve.
  localparam int Ep = l1t_ugmt_pkg::FirstEp;
  localparam int Op = l1t_ugmt_pkg::FirstOp;
  localparam int On = l1t_ugmt_pkg::FirstOn;
  localparam int En = l1t_ugmt_pkg::FirstEn;
  localparam int LinkExt = Slots * ExtWidth;
  l1t_ugmt_extrapolate #(
    .EtaInit("l1t_ugmt_eta_barrel.mem"), .PhiInit("l1t_ugmt_phi_barrel.mem")
  ) u_barrel (
    .clk_i, .short_i(short_q), .phi_shift_i(phi_shift_q), .valid_i(slot_valid), .slot_i(slot),
    .pt_i(pt[FirstB*9 +: 12*9]), .eta_i(eta[FirstB*9 +: 12*9]), .sign_i(sign[FirstB +: 12]),
    .ext_o(extrapolate_o[FirstB*LinkExt +: 12*LinkExt])
  );
  l1t_ugmt_extrapolate #(
    .EtaInit("l1t_ugmt_eta_overlap.mem"), .PhiInit("l1t_ugmt_phi_overlap.mem")
  ) u_overlap (
    .clk_i, .short_i(short_q), .phi_shift_i(phi_shift_q), .valid_i(slot_valid), .slot_i(slot),
    .pt_i({pt[On*9 +: 6*9], pt[Op*9 +: 6*9]}), .eta_i({eta[On*9 +: 6*9], eta[Op*9 +: 6*9]}),
    .sign_i({sign[On +: 6], sign[Op +: 6]}),
    .ext_o({extrapolate_o[On*LinkExt +: 6*LinkExt], extrapolate_o[Op*LinkExt +: 6*LinkExt]})
  );
  l1t_ugmt_extrapolate #(
    .EtaInit("l1t_ugmt_eta_endcap.mem"), .PhiInit("l1t_ugmt_phi_endcap.mem")
  ) u_endcap (
    .clk_i, .short_i(short_q), .phi_shift_i(phi_shift_q), .valid_i(slot_valid), .slot_i(slot),
    .pt_i({pt[En*9 +: 6*9], pt[Ep*9 +: 6*9]}), .eta_i({eta[En*9 +: 6*9], eta[Ep*9 +: 6*9]}),
    .sign_i({sign[En +: 6], sign[Ep +: 6]}),
    .ext_o({extrapolate_o[En*LinkExt +: 6*LinkExt], extrapolate_o[Ep*LinkExt +: 6*LinkExt]})
  );
  l1t_ugmt_rank u_rank (
    .clk_i, .valid_i(slot_valid), .slot_i(slot), .pt_i(pt), .quality_i(quality), .rank_o
  );
  assign extrapolate_valid_o = last_q[RankTap];
  assign rank_valid_o = last_q[RankTap];

  // ---- cancel-out ----

  l1t_ugmt_cancel u_cancel (
    .clk_i, .rst_i, .run2_i(run2_lists_q), .addresses_i(addresses_q), .valid_i(decode_valid_o),
    .dec_i(decode_o), .address_i(address), .valid_o(cancel_valid_o), .cancel_o
  );

  // ---- first sort ----

  logic [Lanes-1:0] ok;
  logic [Lanes*MuonWidth-1:0] muon;
  for (genvar i = 0; i < Lanes; i++) begin : g_muon
    logic [DecWidth-1:0] dec;
    logic [3:0] quality_out;
    logic valid_q2, lost;
    assign dec = decode_o[i*DecWidth +: DecWidth];
    // What follows fine in muon_dec, phi and eta, two bits of quality or 15 for a halo muon, pt.
    assign quality_out =
        halo[i] ? 4'd15 : {dec[l1t_formats_pkg::MuonDecQualityLsb+2 +: 2], 2'd0};
    assign muon[i*MuonWidth +: MuonWidth] = {
      7'(i), rank_o[i*RankWidth +: RankWidth], extrapolate_o[i*ExtWidth +: ExtWidth],
      dec[DecWidth-1:l1t_formats_pkg::MuonDecSignLsb],
      dec[l1t_formats_pkg::MuonDecFineLsb-1:l1t_formats_pkg::MuonDecEtaLsb], quality_out,
      dec[l1t_formats_pkg::MuonDecPtLsb +: 9]
    };
    // The slot may be the next crossing's when this one is cancelled or not.
    always_ff @(posedge clk_i)
      if (rank_valid_o) valid_q2 <= dec[l1t_formats_pkg::MuonDecValidLsb];
    assign lost = cancel_o[i*4 +: 4] != '0;
    assign ok[i] = valid_q2 && !lost;
  end

  logic [Kept-1:0] kept_some;
  logic [Kept*MuonWidth-1:0] kept;
  for (genvar g = 0; g < 5; g++) begin : g_group
    localparam int First = g == 0 ? Ep : g == 1 ? Op : g == 2 ? FirstB : g == 3 ? On : En;
    localparam int N = g == 2 ? 36 : 18;
    localparam int Best = g == 2 ? 8 : 4;
    localparam int Place = g <= 2 ? 4 * g : 4 * g + 4;
    l1t_ugmt_sort #(.N(N), .Best(Best)) u_sort (
      .clk_i, .compare_i(rank_valid_o), .rank_i(rank_o[First*Slots*RankWidth +: N*RankWidth]),
      .data_i(muon[First*Slots*MuonWidth +: N*MuonWidth]), .place_i(cancel_valid_o),
      .ok_i(ok[First*Slots +: N]), .pick_i(last_q[PlaceTap+1]),
      .valid_o(kept_some[Place +: Best]), .data_o(kept[Place*MuonWidth +: Best*MuonWidth])
    );
  end

  // ---- final sort and isolation ----

  logic [Kept*RankWidth-1:0] kept_rank;
  for (genvar i = 0; i < Kept; i++) begin : g_kept
    logic [MuonWidth-1:0] one;
    logic [RankWidth-1:0] rank;
    assign one = kept[i*MuonWidth +: MuonWidth];
    assign rank = one[l1t_ugmt_pkg::MuonRankLsb +: RankWidth];
    assign kept_rank[i*RankWidth +: RankWidth] = rank;
    assign first_o[i*KeptWidth +: KeptWidth] =
        {rank, one[l1t_ugmt_pkg::MuonIndexLsb +: 7], kept_some[i]};

    logic unused;
    assign unused = ^one[l1t_ugmt_pkg::MuonRankLsb-1:0];
  end
  assign first_valid_o = last_q[FirstTap];

  logic [Out-1:0] best_some;
  logic [Out*MuonWidth-1:0] best, best_late;
  l1t_ugmt_sort #(.N(Kept), .Best(Out)) u_final (
    .clk_i, .compare_i(first_valid_o), .rank_i(kept_rank), .data_i(kept),
    .place_i(last_q[FirstTap+1]), .ok_i(kept_some), .pick_i(last_q[FirstTap+2]),
    .valid_o(best_some), .data_o(best)
  );
  l1t_ugmt_isolate u_isolate (
    .clk_i, .rst_i, .frame_valid_i(valid_q), .frame_i(frame_q),
    .sums_i(links_q[0 +: SumLinks*32]), .valid_i(last_q[BestTap]), .some_i(best_some),
    .muon_i(best), .valid_o(final_valid_o), .muon_o(best_late), .final_o
  );

  // ---- words ----

  l1t_ugmt_words u_words (
    .clk_i, .layout_i(layout_q), .kept_valid_i(first_valid_o), .kept_i(kept),
    .final_valid_i(final_valid_o), .muon_i(best_late), .final_i(final_o), .mid_o, .gt_o, .eta_o
  );
  assign mid_valid_o = last_q[MidTap];
  assign gt_valid_o = last_q[GtTap];
  assign eta_valid_o = last_q[GtTap];

  assign latency_o = {
    16'(l1t_ugmt_pkg::GtAt), 16'(l1t_ugmt_pkg::GtAt), 16'(l1t_ugmt_pkg::MidAt),
    16'(l1t_ugmt_pkg::FinalAt), 16'(l1t_ugmt_pkg::FirstAt), 16'(l1t_ugmt_pkg::ExtrapolateAt),
    16'(l1t_ugmt_pkg::ExtrapolateAt), 16'(l1t_ugmt_pkg::CancelAt), 16'(l1t_ugmt_pkg::DecodeAt)
  };

  logic unused;
  assign unused = ^last_q;
endmodule
