#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole calorimeter: C model against RTL, all stages of all paths, and faults in the wiring
# between the paths. L1TWIN is the program, L1TWIN_FAULTY the one whose RTL has all faults of
# tests/cosim/*.faults built in (absent: those tests are skipped). L1TWIN_SHARED is the folder of the
# reference data.
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
faulty=${L1TWIN_FAULTY:-}
shared=${L1TWIN_SHARED:-../shared}
path="calo"
. tests/cosim/lib.sh

# The other pile-up subtraction: calo.yaml names the jet.yaml that lies beside it.
sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/jet.yaml"
cp configs/paths/calo.yaml "$work/phi_ring.yaml"

equal "events back to back" --n 300 --seed 1
equal "phi ring" --n 100 --config "$work/phi_ring.yaml" --seed 2
equal "gaps between events" --n 60 --gaps between --seed 4
equal "gaps inside events" --n 60 --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 100 --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 100 --gaps all --reset-every 5 --seed 7
equal "one event" --n 1 --seed 8
hard configs/paths/calo.yaml hard
every_situation --n 1200 --seed 1 --config "$work/hard.yaml"
reference_corners calo_2018 calo_2024
same_twice
every_fault 60 "" "--config $work/hard.yaml"
exit "$failed"
