// SPDX-License-Identifier: Apache-2.0
//
// Constants and constant functions that more than one block needs. Only figures that follow from
// the machine or from an algorithm's definition are here; choices of one block stay in that block.
package l1t_pkg;
  localparam int Phis = 72;   // towers of a ring
  localparam int Rings = 40;  // compact rings |m| of a side

  // Clocks through l1t_bitonic_merge, l1t_bitonic_sort and l1t_bitonic_list.
  function automatic int merge_latency(input int n);
    merge_latency = $clog2(n);
  endfunction

  function automatic int sort_latency(input int n);
    sort_latency = $clog2(n) * ($clog2(n) + 1) / 2;
  endfunction

  function automatic int list_latency(input int log_slots);
    list_latency = log_slots * (log_slots + 1) / 2 + log_slots - 1;
  endfunction
endpackage
