// SPDX-License-Identifier: Apache-2.0
//
// Constants of the energy sums, and the latency of each of their stages in clocks. The
// co-simulation measures every figure below and fails if one is wrong.
//
// Twin: models/calo/l1t_sums.h, l1t_cordic.h
package l1t_sums_pkg;
  localparam int NoHfRings = 28;      // of the sums without HF
  localparam int HtRings = 26;        // of HT without HF
  localparam int FirstWithNtt = 13;   // first ring whose missing-ET threshold depends on nTT
  localparam int FirstSaturated = 509;    // smallest tower that means "input saturated"
  localparam int FirstEmSaturated = 510;  // and "ECAL input saturated"
  localparam int Centralities = 8;
  localparam int Kinds = 4;  // of sums on the links: ET with HF, ET, HT with HF, HT

  // Cosine in 1/1023 of k * 5 degrees, k = 0 to 18; entry k is word k.
  localparam int TrigWidth = 10;
  localparam int Quarter = 18;
  localparam logic [19*10-1:0] QuarterWave = {
    10'd0, 10'd89, 10'd178, 10'd265, 10'd350, 10'd432, 10'd512, 10'd587, 10'd658, 10'd723,
    10'd784, 10'd838, 10'd886, 10'd927, 10'd961, 10'd988, 10'd1007, 10'd1019, 10'd1023
  };

  // The one column (iphi - 1) whose cosine is smaller by 1 than symmetry wants.
  localparam int OddColumn = 60;

  // CORDIC: angles in 1/2304 of a turn.
  localparam int CordicSteps = 8;
  localparam int CordicGain = 79595;  // in 2^-17
  localparam int CordicGainBits = 17;

  // Clocks from a row of l1t_rings (towers) or of l1t_jet_core's HT copies (jets), and of the
  // pipelines of the demultiplexer.
  localparam int ColumnsLatency = 4;   // l1t_sums_columns
  localparam int RingSumLatency = 3;   // l1t_sums_ring
  localparam int FlagsLatency = 2;     // l1t_sums_flags
  localparam int TowersLatency = ColumnsLatency + 2;
  localparam int JetsLatency = 5;
  localparam int CordicLatency = CordicSteps + 2;
  localparam int AsymmetryLatency = 5;
  localparam int DemuxLatency = 1 + Kinds + CordicLatency;

  // Cosine and sine of the middle of column iphi 1 to 72. Column 61 is the odd one.
  function automatic int cosine(input int phi);
    int j;
    j = phi - 1;
    if (j == OddColumn) cosine = 511;
    else if (j <= Quarter) cosine = quarter(j);
    else if (j <= 2*Quarter) cosine = -quarter(2*Quarter - j);
    else if (j <= 3*Quarter) cosine = -quarter(j - 2*Quarter);
    else cosine = quarter(4*Quarter - j);
  endfunction

  function automatic int sine(input int phi);
    int j;
    j = phi - 1;
    if (j <= Quarter) sine = quarter(Quarter - j);
    else if (j <= 2*Quarter) sine = quarter(j - Quarter);
    else if (j <= 3*Quarter) sine = -quarter(3*Quarter - j);
    else sine = -quarter(j - 3*Quarter);
  endfunction

  function automatic int quarter(input int k);
    quarter = 32'(QuarterWave[k*TrigWidth +: TrigWidth]);
  endfunction
endpackage
