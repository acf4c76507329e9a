// SPDX-License-Identifier: Apache-2.0
//
// Which objects of a list are what a leg wants. All cuts are constants; the defaults cut nothing.
// Windows of a kind are alternatives, {low, high} of 16 bits each with sign, the first at the bottom;
// one with low > high goes through the end of the scale.
//
// Twin: models/gt/l1t_gt.c, l1t_gt_leg_passes(). Latency: 1.
module l1t_gt_leg #(
  parameter int Slots = 12,
  parameter logic [15:0] Threshold = 16'd1,  // of et
  parameter bit Equal = 1'b0,                // et == Threshold, not >=
  parameter bit NotZero = 1'b0,              // et of 0 never passes
  parameter int First = 0,                   // places of the list
  parameter int Last = Slots - 1,
  parameter int EtaWindows = 0,
  parameter int PhiWindows = 0,
  parameter int IndexWindows = 0,
  parameter logic [5*32-1:0] Eta = '0,
  parameter logic [5*32-1:0] Phi = '0,
  parameter logic [5*32-1:0] Index = '0,
  parameter logic [15:0] Quality = 16'hffff,  // bit q: quality q may pass
  parameter logic [3:0] Iso = 4'hf,
  parameter logic [3:0] Ip = 4'hf,
  parameter logic [7:0] UptLow = '0,
  parameter logic [7:0] UptHigh = 8'hff,
  parameter logic [3:0] Charge = 4'hf,  // bit {valid, negative}
  parameter logic [1:0] Displaced = 2'b11  // bit d
) (
  input  logic                                      clk_i,
  input  logic [Slots*l1t_gt_pkg::ObjectWidth-1:0]  list_i,
  output logic [Slots-1:0]                          pass_o
);
  localparam int Width = l1t_gt_pkg::ObjectWidth;

  logic [Slots-1:0] pass_d;
  logic [Width-1:0] object;
  logic [15:0] et;
  logic [7:0] upt;
  logic signed [15:0] eta, phi, index, low, high;
  logic eta_in, phi_in, index_in;

  always_comb begin
    low = '0;
    high = '0;
    for (int s = 0; s < Slots; s++) begin
      object = list_i[s*Width +: Width];
      et = object[l1t_formats_pkg::GtObjectEtLsb +: 16];
      upt = object[l1t_formats_pkg::GtObjectUptLsb +: 8];
      eta = {{7{object[l1t_formats_pkg::GtObjectEtaLsb + 8]}},
             object[l1t_formats_pkg::GtObjectEtaLsb +: 9]};
      phi = {6'b0, object[l1t_formats_pkg::GtObjectPhiLsb +: 10]};
      index = {9'b0, object[l1t_formats_pkg::GtObjectIndexLsb +: 7]};
      eta_in = EtaWindows == 0;
      for (int w = 0; w < EtaWindows; w++) begin
        {low, high} = Eta[w*32 +: 32];
        eta_in = eta_in || (low <= high ? eta >= low && eta <= high : eta >= low || eta <= high);
      end
      phi_in = PhiWindows == 0;
      for (int w = 0; w < PhiWindows; w++) begin
        {low, high} = Phi[w*32 +: 32];
        phi_in = phi_in || (low <= high ? phi >= low && phi <= high : phi >= low || phi <= high);
      end
      index_in = IndexWindows == 0;
      for (int w = 0; w < IndexWindows; w++) begin
        {low, high} = Index[w*32 +: 32];
        index_in = index_in ||
                   (low <= high ? index >= low && index <= high : index >= low || index <= high);
      end
      pass_d[s] = s >= First && s <= Last && (Equal ? et == Threshold : et >= Threshold) &&
                  (!NotZero || et != '0) && eta_in && phi_in && index_in &&
                  Quality[object[l1t_formats_pkg::GtObjectQualityLsb +: 4]] &&
                  Iso[object[l1t_formats_pkg::GtObjectIsoLsb +: 2]] &&
                  Ip[object[l1t_formats_pkg::GtObjectIpLsb +: 2]] &&
                  upt >= UptLow && upt <= UptHigh &&
                  Charge[object[l1t_formats_pkg::GtObjectChargeLsb +: 2]] &&
                  Displaced[object[l1t_formats_pkg::GtObjectDisplacedLsb]];
    end
  end

  always_ff @(posedge clk_i) pass_o <= pass_d;
endmodule
