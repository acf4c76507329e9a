// SPDX-License-Identifier: GPL-3.0-or-later
// bench_gt with the engine compiled for the plain machine: what the code is worth without AVX.
#define L1T_NO_TARGET_CLONES
#include "models/gt/l1t_gt_batch.c"
#include "models/gt/l1t_gt_batch_columns.c"
#include "models/gt/l1t_gt_batch_comb.c"
#include "models/gt/l1t_gt_batch_cuts.c"
#include "models/gt/l1t_gt_batch_legs.c"
#include "models/gt/l1t_gt_batch_overlap.c"
#include "models/gt/l1t_gt_batch_pairs.c"

#include "bench_gt.c"
