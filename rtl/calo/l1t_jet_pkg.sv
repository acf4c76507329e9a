// SPDX-License-Identifier: Apache-2.0
//
// Constants of the jet path, and the latency of each of its stages in clocks. The co-simulation
// measures every figure below and fails if one is wrong.
//
// Twin: models/calo/l1t_jet.h
package l1t_jet_pkg;
  localparam int PerRing = 14;   // maxima that fit in one ring
  localparam int RingKeep = 6;   // kept of each ring and side
  localparam int Registers = 7;  // sorter registers of a side
  localparam int PerSide = 6;    // main-processor jets of a side
  localparam int Out = 12;       // global-trigger jets

  localparam int SaturatedSeed = 509;  // smallest seed that means "input saturated"

  // Clocks of the sorters (l1t_pkg has the formulas; Yosys lets no package use another one).
  localparam int NetworkLatency = 5 * (5 + 1) / 2;   // l1t_bitonic_sort, 18 slots
  localparam int ListLatency = 4 * (4 + 1) / 2 + 3;  // l1t_bitonic_list, 16 slots

  // Clocks from one probe to the next.
  localparam int MaxLatency = 1;
  localparam int SumsLatency = 3;      // beside l1t_jet_max, not behind it
  localparam int PusLatency = 3;
  localparam int CalLatency = 4;
  localparam int SelectLatency = ListLatency + 3;
  localparam int SortLatency = NetworkLatency + Registers;
  localparam int MpLatency = 1;
  localparam int DemuxLatency = ListLatency + 2;

  // Clocks from a row of l1t_rings to a stage. (l1t_jet_core adds the two stages that wait for ring
  // 40.)
  localparam int MaxAt = MaxLatency;
  localparam int RawAt = SumsLatency;
  localparam int PusAt = RawAt + PusLatency;
  localparam int CalAt = PusAt + CalLatency;
  localparam int SelectAt = CalAt + SelectLatency;
endpackage
