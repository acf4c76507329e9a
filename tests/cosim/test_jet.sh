#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The jet twins against each other, and the co-simulation against faults put into the RTL; lib.sh says
# what L1TWIN, L1TWIN_FAULTY and L1TWIN_SHARED are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="jet"
. tests/cosim/lib.sh

# The built-in configuration with the other pile-up subtraction, and another seed threshold.
sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/phi_ring.yaml"
sed 's/^seed_threshold: 4 GeV/seed_threshold: 6 GeV/' configs/paths/jet.yaml >"$work/seed.yaml"

# Nothing but events that are hard on purpose, which rare situations need.
sed 's/corners: 25 %/corners: 100 %/' configs/paths/jet.yaml >"$work/corners.yaml"

# Forward jets calibrated downwards: negative addends, factors below 1.
sed 's/1.00, 1.00, 1.02]/0.90, 0.90, 0.90]/
    s/^\( *\)0 GeV, 0 GeV, 0 GeV, 0 GeV]/\1-0.5 GeV, -0.5 GeV, -0.5 GeV, -0.5 GeV]/' \
    configs/paths/jet.yaml >"$work/down.yaml"

equal "events back to back" --n 1000 --seed 1
equal "phi ring" --n 500 --config "$work/phi_ring.yaml" --seed 2
equal "seed threshold 6 GeV" --n 200 --config "$work/seed.yaml" --seed 3
equal "negative addends, factors below 1" --n 200 --config "$work/down.yaml" --seed 3
equal "gaps between events" --n 200 --gaps between --seed 4
equal "gaps inside events" --n 200 --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 300 --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 300 --gaps all --reset-every 5 --seed 7
equal "one event" --n 1 --seed 8

reference_corners jet_2018 jet_2024
same_twice
every_situation --n 300 --config "$work/corners.yaml"

every_fault 200 "--config $work/corners.yaml" "--config $work/phi_ring.yaml" "--config $work/down.yaml" \
    "--gaps all --reset-every 7"

if [ -x "$faulty" ]; then
    "$faulty" cosim jet --n 1 --fault 100000 --reproducer none >"$work/log" 2>&1
    if [ $? -eq 2 ] && grep -q "fault 100000: this program has faults 1 to " "$work/log"; then
        ok "a fault beyond the list is refused"
    else
        not_ok "a fault beyond the list is refused"
        head -5 "$work/log"
    fi
fi
exit "$failed"
