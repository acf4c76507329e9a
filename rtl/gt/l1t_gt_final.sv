// SPDX-License-Identifier: Apache-2.0
//
// Final decision: mask by crossing, prescale, FINOR mask, OR, veto, and the rate counters. A second
// set of prescales, the preview, is counted but decides nothing.
//
// Run settings are written over a bus of one row a clock: row `config_addr_i` of what
// `config_what_i` says (0 prescale and 1 preview factor of an algorithm; 2 FINOR mask; 3 veto mask;
// 4 mask of a crossing, where bit b is algorithm b). Factors wait for the next section when
// update_i was given since the last; the masks act at once and are written before a run.
//
// Counters are latched when section_i comes with the first crossing of a section. What is read:
// counts of read_addr_i {before, after, live, preview}, two clocks later; and of FINOR {all, live,
// preview}.
//
// Twin: models/gt/l1t_gt_final.c, l1t_gt_final_step(). Latency: 3.
module l1t_gt_final #(
  parameter int N = l1t_gt_pkg::Algorithms,
  parameter int Orbit = l1t_gt_pkg::Orbit,
  localparam int AddrWidth = $clog2(N),
  localparam int OrbitWidth = $clog2(Orbit)
) (
  input  logic                    clk_i,
  input  logic                    rst_i,
  input  logic                    valid_i,
  input  logic [OrbitWidth-1:0]   crossing_i,
  input  logic                    gap_i,   // calibration gap: algorithms are suppressed
  input  logic                    dead_i,  // dead time: no trigger is taken
  input  logic                    section_i,
  input  logic [N-1:0]            bits_i,

  input  logic                    config_we_i,
  input  logic [2:0]              config_what_i,
  input  logic [OrbitWidth-1:0]   config_addr_i,
  input  logic [N-1:0]            config_data_i,
  input  logic                    update_i,

  output logic                    valid_o,
  output logic [N-1:0]            prescaled_o,
  output logic                    veto_o,
  output logic                    finor_o,
  output logic                    preview_o,

  input  logic [AddrWidth-1:0]    read_addr_i,
  output logic [4*l1t_gt_pkg::CounterWidth-1:0] counts_o,
  output logic [3*l1t_gt_pkg::CounterWidth-1:0] finor_counts_o
);
  localparam int Width = l1t_gt_pkg::PrescaleWidth;
  localparam int CounterWidth = l1t_gt_pkg::CounterWidth;

  // ---- run settings ----

  logic [N*Width-1:0] prescale_wanted_q, preview_wanted_q, prescale_q, preview_q;
  logic [N-1:0] finor_mask_q, veto_mask_q;
  logic [N-1:0] open_mem[Orbit];
  logic update_q;
  logic [Width-1:0] factor;
  assign factor = config_data_i[Width-1:0];

  always_ff @(posedge clk_i) begin
    if (config_we_i && config_what_i == 3'd0)
      prescale_wanted_q[config_addr_i[AddrWidth-1:0]*Width +: Width] <= factor;
    if (config_we_i && config_what_i == 3'd1)
      preview_wanted_q[config_addr_i[AddrWidth-1:0]*Width +: Width] <= factor;
    if (config_we_i && config_what_i == 3'd2) finor_mask_q <= config_data_i;
    if (config_we_i && config_what_i == 3'd3) veto_mask_q <= config_data_i;
    if (config_we_i && config_what_i == 3'd4) open_mem[config_addr_i] <= config_data_i;
    if (rst_i) update_q <= 1'b0;
    else if (update_i) update_q <= 1'b1;
    else if (valid_i && section_i) update_q <= 1'b0;
  end

  // The section begins with this crossing: its prescales act on it already. They are taken a clock
  // before, while the crossing passes its mask.
  always_ff @(posedge clk_i) begin
    if (valid_i && section_i && update_q) begin
      prescale_q <= prescale_wanted_q;
      preview_q <= preview_wanted_q;
    end
  end

  // ---- 1: mask of the crossing ----

  logic [N-1:0] open_q;
  logic valid_q, section_q, dead_q;
  always_ff @(posedge clk_i) begin
    open_q <= gap_i ? '0 : bits_i & open_mem[crossing_i];
    valid_q <= valid_i && !rst_i;
    section_q <= valid_i && section_i && !rst_i;
    dead_q <= dead_i;
  end

  // ---- 2: prescalers ----

  logic [N-1:0] kept, previewed, before_q;
  logic valid_q2, section_q2, dead_q2;
  l1t_gt_prescaler #(.N(N)) u_prescale (
    .clk_i, .rst_i, .valid_i(valid_q), .request_i(open_q), .factor_i(prescale_q), .keep_o(kept));
  l1t_gt_prescaler #(.N(N)) u_preview (
    .clk_i, .rst_i, .valid_i(valid_q), .request_i(open_q), .factor_i(preview_q),
    .keep_o(previewed));
  always_ff @(posedge clk_i) begin
    before_q <= valid_q ? open_q : '0;
    valid_q2 <= valid_q && !rst_i;
    section_q2 <= section_q && !rst_i;
    dead_q2 <= dead_q;
  end

  // ---- 3: OR and veto; counters ----

  logic veto, finor, preview;
  assign veto = (kept & veto_mask_q) != '0;
  assign finor = (kept & finor_mask_q) != '0 && !veto;
  assign preview = (previewed & finor_mask_q) != '0 && (previewed & veto_mask_q) == '0;

  always_ff @(posedge clk_i) begin
    valid_o <= valid_q2 && !rst_i;
    prescaled_o <= kept;
    veto_o <= veto;
    finor_o <= finor;
    preview_o <= preview;
  end

  logic [AddrWidth-1:0] read_addr_q;
  always_ff @(posedge clk_i) read_addr_q <= read_addr_i;

  logic [4*N-1:0] counted;
  assign counted = {previewed, dead_q2 ? {N{1'b0}} : kept, kept, before_q};
  for (genvar c = 0; c < 4; c++) begin : g_counters
    l1t_gt_counters #(.N(N)) u_counters (
      .clk_i, .rst_i, .section_i(section_q2), .count_i(counted[c*N +: N]), .addr_i(read_addr_q),
      .data_o(counts_o[(3-c)*CounterWidth +: CounterWidth]));
  end

  logic [3*CounterWidth-1:0] finor_q, finor_latched_q;
  for (genvar c = 0; c < 3; c++) begin : g_finor
    logic count;
    assign count = c == 2 ? finor : c == 1 ? finor && !dead_q2 : preview;
    always_ff @(posedge clk_i) begin
      if (rst_i) finor_q[c*CounterWidth +: CounterWidth] <= '0;
      else finor_q[c*CounterWidth +: CounterWidth] <=
          (section_q2 ? '0 : finor_q[c*CounterWidth +: CounterWidth]) + CounterWidth'(count);
    end
  end
  always_ff @(posedge clk_i) if (section_q2) finor_latched_q <= finor_q;
  assign finor_counts_o = finor_latched_q;
endmodule
