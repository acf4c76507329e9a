// SPDX-License-Identifier: Apache-2.0
//
// Constants that the calorimeter paths share: the ring buffer, the phi slots, the clusters. The
// co-simulation measures every latency below and fails if one is wrong.
//
// Twin: models/calo/l1t_cluster.h, l1t_egtau.h
package l1t_calo_pkg;
  localparam int Slots = 18;    // phi slots of four towers; at most one window maximum in each
  localparam int SlotPhis = 4;
  localparam int Lanes = 36;    // slots of both sides: side * 18 + slot

  localparam int Inner = 7;            // rings of the buffer on either side of the one looked at
  localparam int Depth = 2*Inner + 1;  // rings of the buffer

  localparam int NttRings = 4;
  localparam int ClusterRings = 28;  // no clusters in the forward calorimeter
  localparam int TauRings = 25;

  // What is cut out around a cluster's seed for the blocks behind: towers de -2..+2 (signed eta),
  // dp -5..+5; tower (de, dp) is word (de + 2) * 12 + dp + 5. The twelfth place of a row is empty: so
  // rows are whole 32-bit words to a simulator.
  localparam int TileReachEta = 2;
  localparam int TileReachPhi = 5;
  localparam int TileEtas = 5;
  localparam int TilePhis = 12;
  localparam int TileBits = 5 * 12 * 16;

  // The words of the seed (0) and of the members, by their flag's number (1..10); and the first of
  // the inner 3 x 5 towers.
  localparam logic [11*6-1:0] MemberTile = {
    6'd31, 6'd27, 6'd17, 6'd18, 6'd30, 6'd42, 6'd41, 6'd40, 6'd28,  // SS NN W SW S SE E NE N
    6'd16, 6'd29                                                    // NW seed
  };
  localparam int CoreTile = 15;
  localparam int CoreEtas = 3;
  localparam int CorePhis = 5;

  // Clocks from an event's first ring to its first row in the buffer's middle: ring 8 must have
  // come. The blocks behind count their latencies from a row in the middle.
  localparam int RingsLatency = 8;
  localparam int NttLatency = 1;      // from the event's first row
  localparam int TileLatency = 2;     // l1t_cluster, tile_o
  localparam int ClusterLatency = 5;  // l1t_cluster, cluster_o and window_o
endpackage
