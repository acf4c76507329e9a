// SPDX-License-Identifier: Apache-2.0
//
// Constants of the tau path, and the latency of each of its stages in clocks. The co-simulation
// measures every figure below and fails if one is wrong.
//
// Twin: models/calo/l1t_tau.h
package l1t_tau_pkg;
  localparam int Sites = 8;     // where a secondary seed can be
  localparam int Members = 10;  // of a cluster, by flag: NW N NE E SE S SW W NN SS

  // Towers of the main cluster that the path keeps: the seed, then the members.
  localparam int CoreTowers = 11;
  localparam int CoreBits = 11 * 9;

  localparam int SecondaryBits = 13;  // ET of at most eleven towers
  localparam int RawBits = 14;        // and of the main cluster's eight
  localparam int WindowBits = 15;     // 54 towers

  // Where the parts of the compression table start.
  localparam int CompressEt = 32;
  localparam int CompressNtt = 288;

  // Clocks through the modules.
  localparam int SecondaryLatency = 4;
  localparam int MergeLatency = 2;
  localparam int BinsLatency = 1;
  localparam int CalLatency = 3;
  localparam int IsoLatency = 3;  // beside l1t_tau_cal

  // Clocks from a row of l1t_rings (its tile comes after 2, its cluster after 5) to what the
  // modules give. (l1t_tau_core adds the stages that wait for ring 25.)
  localparam int SecondaryAt = 2 + SecondaryLatency;
  localparam int MergeAt = SecondaryAt + MergeLatency;
  localparam int BinsAt = MergeAt + BinsLatency;
  localparam int CandAt = BinsAt + CalLatency;
endpackage
