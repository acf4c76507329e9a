// SPDX-License-Identifier: Apache-2.0
//
// What the e/gamma and tau paths share behind their candidates. The co-simulation measures the
// latencies and fails if one is wrong.
//
// Twin: models/calo/l1t_egtau.h
package l1t_egtau_pkg;
  localparam int PerSide = 6;  // sorter registers of a side
  localparam int Out = 12;     // global-trigger objects

  // An egtau_mp word without ring and ET, as it goes through the sorter beside the ET:
  // {fine_phi, fine_eta, phi, iso}.
  localparam int RestBits = 2 + 2 + 7 + 2;

  localparam int NetworkLatency = 5 * (5 + 1) / 2;        // l1t_bitonic_sort, 18 slots
  localparam int SortLatency = NetworkLatency + PerSide;  // from the last row
  localparam int DemuxLatency = 3;
endpackage
