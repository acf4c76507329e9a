#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The e/gamma twins against each other, and the co-simulation against faults put into the RTL; lib.sh
# says what L1TWIN, L1TWIN_FAULTY and L1TWIN_SHARED are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="egamma"
. tests/cosim/lib.sh

# The built-in configuration with other limits everywhere, and with factors up to 1.9, so that a
# calibrated ET reaches full scale.
sed 's/^  seed_threshold: 2 GeV/  seed_threshold: 3 GeV/
    s/^  member_threshold: 1 GeV/  member_threshold: 2.5 GeV/
    s/^  hoe_barrel: 3/  hoe_barrel: 1/
    s/^  hoe_endcap: 4/  hoe_endcap: 0/
    s/^  hoe_tower_threshold: 5 GeV/  hoe_tower_threshold: 2 GeV/
    s/^  no_id_threshold: 128 GeV/  no_id_threshold: 20 GeV/' \
    configs/paths/calo.yaml >"$work/limits.yaml"
sed '/^egamma:/,/^tau:/s/^    high:.*/    high:  [1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75, 1.75]/' \
    configs/paths/calo.yaml >"$work/large.yaml"
cp configs/paths/jet.yaml "$work"
hard configs/paths/calo.yaml hard

equal "events back to back" --n 1000 --seed 1
equal "other limits" --n 300 --config "$work/limits.yaml" --seed 2
equal "large factors" --n 300 --config "$work/large.yaml" --seed 3
equal "gaps between events" --n 200 --gaps between --seed 4
equal "gaps inside events" --n 200 --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 300 --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 300 --gaps all --reset-every 5 --seed 7
equal "one event" --n 1 --seed 8

reference_corners calo_2018 calo_2024
same_twice
every_situation --n 300 --config "$work/large.yaml"

every_fault 200 "" "--config $work/limits.yaml" "--config $work/large.yaml" \
    "--config $work/hard.yaml" "--gaps all --reset-every 7"
exit "$failed"
