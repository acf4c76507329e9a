#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The twins of the global muon trigger against each other, and the co-simulation against faults put
# into the RTL; lib.sh says what L1TWIN, L1TWIN_FAULTY and L1TWIN_SHARED are.
set -u
cd "$(dirname "$0")/../.." || exit 3
path="ugmt"
. tests/cosim/lib.sh

# Tables at random, so that every address counts.
mkdir "$work/luts"
# table NUMBER NAME ADDRESS-BITS VALUES: values are 0 to VALUES - 1.
table() {
    awk -v seed="$1" -v address="$3" -v values="$4" 'BEGIN {
        srand(seed)
        for (bits = 0; 2 ^ bits < values; bits++);
        printf "#<header> v1 %d %d </header>\n", address, bits
        for (i = 0; i < 2 ^ address; i++) print i, int(values * rand()) }' >"$work/luts/$2.txt"
}
number=0
while read -r name address values; do
    number=$((number + 1))
    table $number "ugmt_$name" "$address" "$values"
done <<'TABLES'
match_ob_plus 9 2
match_ob_minus 9 2
match_oe_plus 9 2
match_oe_minus 9 2
match_oo_plus 9 2
match_oo_minus 9 2
match_ee_plus 9 2
match_ee_minus 9 2
eta_barrel 12 16
eta_overlap 12 16
eta_endcap 12 16
phi_barrel 12 16
phi_overlap 12 16
phi_endcap 12 16
rank 13 1024
eta_region 9 28
phi_region 10 36
absolute 5 2
relative 14 2
TABLES

# Every year's words, and all track addresses; half of the events as physics has them.
sed 's/^  corners: .*/  corners: 50 %/' configs/paths/ugmt.yaml >"$work/half.yaml"
hard configs/paths/ugmt.yaml hard
sed 's/^barrel_cancel: run3/barrel_cancel: run2/; s/^endcap_cancel: coordinates/endcap_cancel: addresses/' \
    "$work/hard.yaml" >"$work/addresses.yaml"
sed 's/^barrel_word: run3/barrel_word: run2/; s/^barrel_cancel: run3/barrel_cancel: run2/
    s/^output: run3/output: 2017/' "$work/hard.yaml" >"$work/2017.yaml"
sed 's/^output: 2017/output: 2016/; s/pt_bits: 7/pt_bits: 6/; s/phi_shift: 2/phi_shift: 3/' \
    "$work/2017.yaml" >"$work/2016.yaml"

equal "events back to back" --n 5000 --config "$work/half.yaml" --seed 1
for config in hard addresses 2017 2016; do
    equal "$config, random tables" --n 500 --config "$work/$config.yaml" --luts "$work/luts" --seed 2
done
equal "gaps between events" --n 500 --config "$work/half.yaml" --gaps between --seed 4
equal "gaps inside events" --n 500 --config "$work/half.yaml" --gaps inside --seed 5
equal "gaps and resets in the middle of events" --n 1000 --config "$work/half.yaml" --gaps all --reset-every 5 --seed 6
equal "the same after other values before reset" --n 1000 --gaps all --reset-every 5 --seed 7 \
    --config "$work/half.yaml"
equal "one event" --n 1 --seed 8

# reference EVENTS CONFIGURATION: with the CMS tables.
reference() {
    if [ -r "$shared/muon/$1" ]; then
        equal "reference events $1, $2" --events "$shared/muon/$1" --luts "$shared/muon/luts" \
            --config "configs/paths/$2.yaml"
    else
        echo "SKIPPED reference events $1: no $shared/muon/$1"
    fi
}
reference ugmt_b_in.txt.gz ugmt_b
reference official/jpsi_2017_in.txt.gz ugmt_2017
reference official/jpsi_2016_in.txt.gz ugmt_2016

same_twice
every_situation --n 3000 --config "$work/hard.yaml"

every_fault 300 "--config $work/hard.yaml" "--config $work/hard.yaml --luts $work/luts" \
    "--config $work/addresses.yaml" "--config $work/2017.yaml" \
    "--config $work/2016.yaml --luts $work/luts" "--config $work/hard.yaml --gaps all --reset-every 7"
exit "$failed"
