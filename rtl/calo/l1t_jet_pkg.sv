// SPDX-License-Identifier: Apache-2.0
//
// Constants of the jet path, and the latency of each of its stages in clocks. The co-simulation
// measures every figure below and fails if one is wrong.
//
// Twin: models/calo/l1t_jet.h
package l1t_jet_pkg;
  localparam int Slots = 18;     // phi slots of four towers; at most one 9x9 maximum in each
  localparam int SlotPhis = 4;
  localparam int PerRing = 14;   // maxima that fit in one ring
  localparam int RingKeep = 6;   // kept of each ring and side
  localparam int Registers = 7;  // sorter registers of a side
  localparam int PerSide = 6;    // main-processor jets of a side
  localparam int Out = 12;       // global-trigger jets

  localparam int Inner = 7;            // rings of the buffer on either side of the one looked at
  localparam int Depth = 2*Inner + 1;  // rings of the buffer
  localparam int SaturatedSeed = 509;  // smallest seed that means "input saturated"

  // Clocks of the sorters (l1t_pkg has the formulas; Yosys lets no package use another one).
  localparam int NetworkLatency = 5 * (5 + 1) / 2;   // l1t_bitonic_sort, 18 slots
  localparam int ListLatency = 4 * (4 + 1) / 2 + 3;  // l1t_bitonic_list, 16 slots

  // Clocks from one probe to the next.
  localparam int RingsLatency = Inner + 1;  // ring |m| + 7 must have come
  localparam int MaxLatency = 1;
  localparam int SumsLatency = 3;      // beside l1t_jet_max, not behind it
  localparam int PusLatency = 3;
  localparam int CalLatency = 4;
  localparam int SelectLatency = ListLatency + 3;
  localparam int SortLatency = NetworkLatency + Registers;
  localparam int MpLatency = 1;
  localparam int DemuxLatency = ListLatency + 2;

  // Clocks from an event's first ring to the first strobe of a stage, without gaps. (l1t_jet adds
  // the two stages that wait for ring 40.)
  localparam int MaxAt = RingsLatency + MaxLatency;
  localparam int RawAt = RingsLatency + SumsLatency;
  localparam int PusAt = RawAt + PusLatency;
  localparam int CalAt = PusAt + CalLatency;
  localparam int SelectAt = CalAt + SelectLatency;
endpackage
