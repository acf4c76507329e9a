// SPDX-License-Identifier: Apache-2.0
//
// Constants of the e/gamma path, and the latency of its stages in clocks. The co-simulation
// measures every figure below and fails if one is wrong.
//
// Twin: models/calo/l1t_egamma.h
package l1t_egamma_pkg;
  localparam int Quality = 7;  // of every global-trigger e/gamma

  // Where the parts of the compression table start; its entries are already shifted into place.
  localparam int CompressShape = 0;
  localparam int CompressEt = 128;
  localparam int CompressEta = 384;
  localparam int CompressNtt = 416;

  // Position codes of egtau_mp.
  localparam logic [1:0] FineWest = 2'd1;
  localparam logic [1:0] FineEast = 2'd3;
  localparam logic [1:0] FineLargerPhi = 2'd1;
  localparam logic [1:0] FineSmallerPhi = 2'd3;
  localparam logic [1:0] FineCentre = 2'd2;

  // Clocks from a row of l1t_rings to what a block takes and gives (l1t_calo_pkg has the first
  // two; Yosys lets no package use another one).
  localparam int TileAt = 2;
  localparam int ClusterAt = 5;
  localparam int TrimAt = ClusterAt + 2;
  localparam int PartsAt = TrimAt + 1;  // l1t_egamma_cal: parts of table addresses
  localparam int IsoAt = PartsAt + 2;
  localparam int CalAt = TrimAt + 4;
  localparam int CandAt = CalAt + 1;    // l1t_egamma_id
endpackage
