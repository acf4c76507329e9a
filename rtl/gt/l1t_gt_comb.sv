// SPDX-License-Identifier: Apache-2.0
//
// Are there distinct objects of one list, one for each leg? By Hall's theorem there are when each
// set of legs has at least as many objects as it wants: 2^Legs - 1 counts in place of all
// permutations. Need: how many objects a leg wants, for legs that are written several times.
//
// Charges: all alike is the question asked of the positive and of the negative objects; not all
// alike means that some leg has the opposite charge of the first leg, so it is asked once for each
// charge and other leg.
//
// Copies: the question for several sets of masks, one for each reference object of an overlap
// removal; any may fire.
//
// Twin: models/gt/l1t_gt.c, exists() without cuts but charges. Latency: 1.
module l1t_gt_comb #(
  parameter int Legs = 2,
  parameter int Slots = 12,
  parameter int Copies = 1,
  parameter logic [Legs*4-1:0] Need = {Legs{4'd1}},
  parameter bit Like = 1'b0,     // charges; then every leg wants one object
  parameter bit Opposite = 1'b0
) (
  input  logic                         clk_i,
  input  logic [Copies*Legs*Slots-1:0] mask_i,
  input  logic [Slots-1:0]             positive_i,
  input  logic [Slots-1:0]             negative_i,
  output logic                         fires_o
);
  localparam int Questions = Like ? 2 : Opposite ? 2 * (Legs - 1) : 1;

  logic fires_d, holds;
  logic [Legs*Slots-1:0] mask;
  logic [Slots-1:0] available, first, other, either;
  logic [7:0] wanted, there;

  always_comb begin
    fires_d = 1'b0;
    mask = '0;
    available = {Slots{1'b1}};
    first = {Slots{1'b1}};
    other = {Slots{1'b1}};
    either = '0;
    wanted = '0;
    there = '0;
    holds = 1'b0;
    for (int c = 0; c < Copies; c++) begin
      for (int q = 0; q < Questions; q++) begin
        // Odd questions are those of negative first legs.
        first = q % 2 == 1 ? negative_i : positive_i;
        other = q % 2 == 1 ? positive_i : negative_i;
        for (int k = 0; k < Legs; k++) begin
          available = {Slots{1'b1}};
          if (Like) available = first;
          if (Opposite) available = k == 0 ? first : k == q / 2 + 1 ? other : positive_i | negative_i;
          mask[k*Slots +: Slots] = mask_i[(c*Legs + k)*Slots +: Slots] & available;
        end
        holds = 1'b1;
        for (int s = 1; s < 1 << Legs; s++) begin
          either = '0;
          wanted = '0;
          there = '0;
          for (int k = 0; k < Legs; k++) begin
            if (s[k]) begin
              either = either | mask[k*Slots +: Slots];
              wanted = wanted + {4'b0, Need[k*4 +: 4]};
            end
          end
          for (int o = 0; o < Slots; o++) there = there + {7'b0, either[o]};
          holds = holds && there >= wanted;
        end
        fires_d = fires_d || holds;
      end
    end
    if (Like && Opposite) fires_d = 1'b0;
  end

  always_ff @(posedge clk_i) fires_o <= fires_d;
endmodule
