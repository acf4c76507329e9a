// SPDX-License-Identifier: Apache-2.0
//
// E and H of a tower from its ET and the rounded log2 of their ratio: shares of ET in 1/128. Both
// parts are cut to eight bits and wrap, as in the emulator.
//
// Twin: models/calo/l1t_split.h, l1t_split_e(), l1t_split_h()
package l1t_split_pkg;
  // 128 / (1 + 2^ratio), rounded, for ratio 0 to 7; entry k is word k.
  localparam logic [8*8-1:0] SmallShare = {8'd1, 8'd2, 8'd4, 8'd8, 8'd14, 8'd26, 8'd43, 8'd64};

  // The share of E; that of H is the rest of 128. em: E is the larger part; zero: it is all.
  function automatic logic [7:0] share(input logic [2:0] ratio, input logic zero, input logic em);
    logic [7:0] small_share;
    small_share = zero ? 8'd0 : SmallShare[ratio*8 +: 8];
    share = em ? 8'd128 - small_share : small_share;
  endfunction

  function automatic logic [7:0] part(input logic [8:0] et, input logic [7:0] of_128);
    part = 8'((17'(et) * 17'(of_128)) >> 7);
  endfunction
endpackage
