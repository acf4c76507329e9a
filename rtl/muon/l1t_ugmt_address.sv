// SPDX-License-Identifier: Apache-2.0
//
// Slots of one barrel wedge or endcap sector (low) against those of the next one (high) by track
// address: two muons that were made of the same segment of a station are one. The lower quality of
// a pair that matches is lost; of equals, high.
//
// In the barrel bit 3 of a station's address tells the own wheel, 2:1 the own, next or previous
// sector (0, 1, 2), bit 0 the segment. Seen from the wedge of the other the same segment is one
// sector back: (next, own) or (own, previous). In Run 2 sectors count the other way, so the same
// lists hold with both muons exchanged. In the endcap it is {chamber, segment}.
//
// Twin: models/muon/l1t_ugmt_address.c. Latency: 2.
module l1t_ugmt_address #(
  parameter int Finder = 0  // barrel or endcap, l1t_ugmt_pkg
) (
  input  logic            clk_i,
  input  logic            run2_i,      // lists of Run 2 (barrel)
  input  logic            valid_i,
  input  logic [3*25-1:0] low_key_i,   // {quality, valid, fine, phi, eta}
  input  logic [3*25-1:0] high_key_i,
  input  logic [3*19-1:0] low_i,       // {side, wheel, station 4 to 1}
  input  logic [3*19-1:0] high_i,
  output logic [3-1:0]    low_lost_o,
  output logic [3-1:0]    high_lost_o
);
  localparam int KeyWidth = l1t_ugmt_pkg::KeyWidth;
  localparam int AddressWidth = l1t_ugmt_pkg::AddressWidth;

  for (genvar k = 0; k < l1t_ugmt_pkg::Slots; k++) begin : g_slot
    logic [AddressWidth-1:0] low, high;
    logic [3:0] low_quality, high_quality;
    logic low_valid, high_valid;
    logic [3:0] found;
    logic same_q, same_q2, low_loses_q, low_loses_q2;

    assign low = low_i[k*AddressWidth +: AddressWidth];
    assign high = high_i[k*AddressWidth +: AddressWidth];
    assign {low_quality, low_valid} = low_key_i[k*KeyWidth+20 +: 5];
    assign {high_quality, high_valid} = high_key_i[k*KeyWidth+20 +: 5];

    if (Finder == l1t_ugmt_pkg::Barrel) begin : g_barrel
      logic low_side, high_side, same, out, in, both;
      logic [1:0] low_wheel, high_wheel;
      logic [2:0] wheel_up, wheel_down;
      assign {low_side, low_wheel} = low[18:16];
      assign {high_side, high_wheel} = high[18:16];
      assign wheel_up = {1'b0, low_wheel} + 3'd1;
      assign wheel_down = {1'b0, high_wheel} + 3'd1;

      // Where the high one's wheel is: the same, one further out or in, or (Run 2) wheel 0 of the
      // other side.
      assign same = low_side == high_side && low_wheel == high_wheel;
      assign out = (low_side == high_side || (!run2_i && low_wheel == 2'd0)) &&
                   {1'b0, high_wheel} == wheel_up;
      assign in = (low_side == high_side || (!run2_i && high_wheel == 2'd0)) &&
                  {1'b0, low_wheel} == wheel_down;
      assign both = run2_i && low_side != high_side && {low_wheel, high_wheel} == 4'd0;

      for (genvar s = 0; s < 4; s++) begin : g_station
        logic [3:0] near, far;
        logic sectors, own, used;
        assign near = run2_i ? high[s*4 +: 4] : low[s*4 +: 4];
        assign far = run2_i ? low[s*4 +: 4] : high[s*4 +: 4];
        assign sectors = {near[2:1], far[2:1]} == {2'd1, 2'd0} ||
                         {near[2:1], far[2:1]} == {2'd0, 2'd2};
        assign own = (same && near[3] == far[3]) || (out && near[3] && !far[3]) ||
                     (in && !near[3] && far[3]) || (both && near[3] && far[3]);
        assign used = s == 0 ? !run2_i : s == 3 ? run2_i : 1'b1;
        assign found[s] = used && sectors && own && near[0] == far[0];
      end
    end else begin : g_endcap
      for (genvar s = 0; s < 4; s++) begin : g_station
        // Chambers 1 to 3 (ME1) or 1 to 2 of the high one are the last own ones of the low one.
        localparam int Before = s == 0 ? 3 : 2;
        assign found[s] = high[s*4+1 +: 3] != '0 &&
                          {1'b0, low[s*4 +: 4]} == {1'b0, high[s*4 +: 4]} + 5'(2 * Before);
      end
      logic unused;
      assign unused = ^{run2_i, low[18:16], high[18:16]};
    end

    always_ff @(posedge clk_i) begin
      if (valid_i) begin
        same_q <= low_valid && high_valid && found != '0;
        low_loses_q <= low_quality < high_quality;
      end
      same_q2 <= same_q;
      low_loses_q2 <= low_loses_q;
    end

    assign high_lost_o[k] = same_q2 && !low_loses_q2;
    assign low_lost_o[k] = same_q2 && low_loses_q2;

    logic unused_key;
    assign unused_key = ^{low_key_i[k*KeyWidth +: 20], high_key_i[k*KeyWidth +: 20]};
  end
endmodule
