#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The sorter's twins against each other, and the co-simulation against faults put into the RTL; lib.sh
# says what L1TWIN and L1TWIN_FAULTY are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="sort"
. tests/cosim/lib.sh

# configured FILE KEYS OCCUPANCY: a configuration without hard events.
configured() {
    sed "s/keys: 4 /keys: $2 /; s/occupancy: 20 %/occupancy: $3/; s/corners: 40 %/corners: 0/" \
        configs/paths/sort.yaml >"$work/$1.yaml"
}
configured one_key 1 "50 %"
configured many_keys 65535 "90 %"
configured full 2 "100 %"
configured sparse 3 "0.5 %"

equal "events back to back" --n 5000 --seed 1
for config in one_key many_keys full sparse; do
    equal "$config" --n 500 --config "$work/$config.yaml" --seed 2
done
equal "gaps between events" --n 500 --gaps between --seed 4
equal "gaps inside events" --n 500 --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 1000 --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 1000 --gaps all --reset-every 5 --seed 7
equal "one event" --n 1 --seed 8

every_situation --n 2000
every_fault 300 "" "--gaps all --reset-every 7"
exit "$failed"
