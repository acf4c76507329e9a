// SPDX-License-Identifier: Apache-2.0
//
// Constants of the global muon trigger, the vectors its modules pass to each other, and the latency
// of each stage. The co-simulation measures every latency and fails if one is wrong.
//
// Twin: models/muon/l1t_ugmt.h
package l1t_ugmt_pkg;
  localparam int Links = 36;
  localparam int Slots = 3;
  localparam int Lanes = Links * Slots;
  localparam int Frames = 6;
  localparam int EtaRegions = 28;
  localparam int Kept = 24;
  localparam int Out = 8;

  // First link of each group.
  localparam int FirstEp = 0;
  localparam int FirstOp = 6;
  localparam int FirstB = 12;
  localparam int FirstOn = 24;
  localparam int FirstEn = 30;

  // Track finders.
  localparam int Barrel = 0;
  localparam int Overlap = 1;
  localparam int Endcap = 2;

  // What cancel-out compares: {quality, valid, fine, phi, eta}, and track addresses {side, wheel,
  // four stations}.
  localparam int KeyWidth = 4 + 1 + 1 + 10 + 9;
  localparam int AddressWidth = 1 + 2 + 16;

  // What the sorters carry: {index, rank, dphi, deta, dxy, pt_u, sign_valid, sign, phi, eta,
  // quality, pt}; quality is that of the output words.
  localparam int MuonRankLsb = 8 + 5 + 2 + 8 + 1 + 1 + 10 + 9 + 4 + 9;
  localparam int MuonIndexLsb = MuonRankLsb + 10;
  localparam int MuonWidth = MuonIndexLsb + 7;

  // Clocks from one stage to another.
  localparam int CancelLatency = 6;   // behind decode
  localparam int SortLatency = 2;     // behind cancel
  localparam int FinalLatency = 3;    // from kept muons to the best eight
  localparam int IsolateLatency = 6;

  // Clocks from an event's first frame to each stage; the last frame is five behind it.
  localparam int DecodeAt = 7;
  localparam int ExtrapolateAt = DecodeAt + 1;
  localparam int CancelAt = DecodeAt + CancelLatency;
  localparam int FirstAt = CancelAt + SortLatency;
  localparam int MidAt = FirstAt + 1;
  localparam int BestAt = FirstAt + FinalLatency;
  localparam int FinalAt = BestAt + IsolateLatency;
  localparam int GtAt = FinalAt + 1;
endpackage
