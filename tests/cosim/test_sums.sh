#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The twins of the energy sums against each other, and the co-simulation against faults put into the
# RTL; lib.sh says what L1TWIN, L1TWIN_FAULTY and L1TWIN_SHARED are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="sums"
. tests/cosim/lib.sh

# configuration NAME SED-EXPRESSION: the built-in one, changed, with the built-in jets.
configuration() {
    sed "s|^jet: jet.yaml|jet: $PWD/configs/paths/jet.yaml|; $2" configs/paths/calo.yaml \
        >"$work/$1.yaml"
}

# Missing-ET thresholds at random: a third over all nine bits, a third low, a third among the
# saturation codes.
awk 'BEGIN { srand(3); print "#<header> v1 11 9 </header>"
    for (i = 0; i < 2048; i++) print i, i % 3 == 0 ? int(512 * rand()) : i % 3 == 1 ? int(8 * rand()) \
        : 508 + int(4 * rand()) }' >"$work/met.txt"
configuration random "/^  met_threshold:/,/^    typical_ntt/d
    /^generator:/i luts: {sums_met_min: $work/met.txt}"
# limits LOWER UPPER: a sed script for these limits of the centrality bits.
limits() {
    printf '%s' "/^  centrality_upper:/,/]/d
        s/^  centrality_lower: .*/  centrality_lower: [$1]\\
  centrality_upper: [$2]/"
}
# Jets of another threshold; centrality bits that overlap, and one that asks for no energy at all.
configuration other "s/^  jet_threshold: .*/  jet_threshold: 7.5 GeV/
    $(limits "0 GeV, 0 GeV, 5 GeV, 25 GeV, 40 GeV, 100 GeV, 100.5 GeV, 2 TeV" \
    "0 GeV, 30 TeV, 500 GeV, 25 GeV, 2 TeV, 100 GeV, 300 GeV, 3 TeV")"
sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/ring_jet.yaml"
configuration phi_ring "s|^jet: .*|jet: $work/ring_jet.yaml|"

# Centrality bits that leave low energies out.
configuration gap "$(limits "25 GeV, 50 GeV, 100 GeV, 200 GeV, 400 GeV, 800 GeV, 1600 GeV, 3200 GeV" \
    "49.5 GeV, 99.5 GeV, 199.5 GeV, 399.5 GeV, 799.5 GeV, 1599.5 GeV, 3199.5 GeV, 20 TeV")"
hard "$work/gap.yaml" hard
hard "$work/random.yaml" hard_random
hard "$work/other.yaml" hard_other

equal "events back to back" --n 1000 --seed 1
equal "random missing-ET thresholds" --n 500 --config "$work/random.yaml" --seed 2
equal "other jets and centralities" --n 300 --config "$work/other.yaml" --seed 3
equal "phi ring" --n 200 --config "$work/phi_ring.yaml" --seed 3
equal "gaps between events" --n 200 --gaps between --seed 4
equal "gaps inside events" --n 200 --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 300 --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 300 --gaps all --reset-every 5 --seed 7
equal "one event" --n 1 --seed 8

reference_corners calo_2018 calo_2024
same_twice
every_situation --n 300 --config "$work/hard.yaml"

every_fault 300 "--config $work/hard.yaml" "--config $work/hard_random.yaml" \
    "--config $work/hard_other.yaml" "--config $work/random.yaml" "--gaps all --reset-every 7"
exit "$failed"
