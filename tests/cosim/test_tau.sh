#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tau twins against each other, and the co-simulation against faults put into the RTL; lib.sh says
# what L1TWIN, L1TWIN_FAULTY and L1TWIN_SHARED are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="tau"
. tests/cosim/lib.sh

# The built-in configuration: with hard events alone, and with thresholds that no year has.
cp configs/paths/jet.yaml "$work"
sed 's/corners: 25 %/corners: 100 %/' configs/paths/calo.yaml >"$work/corners.yaml"
sed 's/seed_threshold: 2 GeV/seed_threshold: 5 GeV/; s/member_threshold: 1 GeV/member_threshold: 3 GeV/' \
    "$work/corners.yaml" >"$work/high.yaml"

# noise NAME ADDRESS-BITS DATA-BITS: a table of numbers without any order.
noise() {
    awk -v a="$2" -v d="$3" 'BEGIN {
        printf "#<header> v1 %d %d </header>\n", a, d
        x = 1
        for (i = 0; i < 2 ^ a; i++) {
            x = (x * 16807) % 2147483647
            print i, int(x / 2147483647 * 2 ^ d)
        }
    }' >"$work/$1.txt"
}

# Hard events with such tables: every field of every address matters, and ET becomes 0 or 4095.
noise tau_compress 12 5
noise tau_calibration 9 10
noise tau_isolation 12 9
{
    sed '/^tau:/,/^jet:/{/^jet:/!d}' "$work/corners.yaml"
    printf 'luts:\n'
    for table in tau_compress tau_calibration tau_isolation; do
        printf '  %s: %s.txt\n' "$table" "$table"
    done
} >"$work/noise.yaml"

equal "events back to back" --n 300 --seed 1
equal "hard events" --n 300 --config "$work/corners.yaml" --seed 2
equal "hard events, tables of noise" --n 300 --config "$work/noise.yaml" --seed 3
equal "hard events, other thresholds" --n 200 --config "$work/high.yaml" --seed 4
equal "gaps between events" --n 100 --gaps between --seed 5
equal "gaps inside events" --n 100 --gaps inside --seed 6
equal "gaps and resets in the middle of events" --n 200 --gaps all --reset-every 5 --seed 7
equal "the same after other values before reset" --n 200 --gaps all --reset-every 5 --seed 8
equal "one event" --n 1 --seed 9
reference_corners calo_2018 calo_2024
same_twice
every_situation --n 300 --config "$work/corners.yaml"

every_fault 200 "--config $work/noise.yaml" "--config $work/corners.yaml" \
    "--config $work/high.yaml"
exit "$failed"
