// SPDX-License-Identifier: Apache-2.0
//
// Sizes of the global trigger: slots of a crossing, and widths of the quantities between objects.
// The widths hold whatever the precisions of CMS menus make; `l1twin menu rtl` refuses tables that
// do not fit.
//
// Twin: models/gt/l1t_gt_event.h.
package l1t_gt_pkg;
  localparam int ObjectWidth = 61;  // gt_object

  localparam int Muons = 8;
  localparam int Calos = 12;
  localparam int Sums = 6;
  localparam int Link11 = 6;
  localparam int Slots = 63;  // MU, EG, TAU, JET, and one of each of 19 sums, counts and scores
  localparam int Signals = 13;
  localparam int Externals = 256;
  localparam int Algorithms = 512;
  localparam int Orbit = 3564;

  // A crossing: {signals, externals, objects}, slot 0 at the bottom.
  localparam int ExternalLsb = Slots * ObjectWidth;
  localparam int SignalLsb = ExternalLsb + Externals;
  localparam int CrossingWidth = SignalLsb + Signals;

  localparam int DeltaWidth = 14;
  localparam int Dr2Width = 2 * DeltaWidth + 1;
  localparam int PtWidth = 15;
  localparam int CosWidth = 16;  // signed
  localparam int CoshWidth = 27;
  localparam int MassWidth = 2 * PtWidth + CoshWidth;
  localparam int InverseWidth = 28;
  localparam int MassDrWidth = MassWidth + InverseWidth;
  localparam int PairPtWidth = 63;
  localparam int TripleWidth = MassWidth + 2;

  localparam int PrescaleWidth = 24;
  localparam int CounterWidth = 32;
endpackage
