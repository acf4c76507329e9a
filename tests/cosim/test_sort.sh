#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The sorter's twins against each other, and the co-simulation against faults put into the RTL.
# L1TWIN is the program, L1TWIN_FAULTY the one whose RTL has all faults of tests/cosim/*.faults built
# in (absent: those tests are skipped).
set -u
LC_ALL=C # order of the lists of faults
export LC_ALL
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
faulty=${L1TWIN_FAULTY:-}
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

# Every situation of the coverage table occurs in the default events.
"$program" cosim sort --n 2000 --format tsv --reproducer none >"$work/log" 2>&1
missing=$(awk -F'\t' '$1 == "situation" { table = 1; next } table && NF < 2 { exit }
    table && $2 == 0 { print $1 }' "$work/log")
if [ -z "$missing" ] && grep -q '^situation' "$work/log"; then
    ok "every situation occurs"
else
    not_ok "every situation occurs; missing: $missing"
fi

# Every fault is found, and first in the stage that its line names.
if [ -z "$faulty" ] || [ ! -x "$faulty" ]; then
    echo "SKIPPED injected faults: no program with faults"
    exit "$failed"
fi
if "$faulty" cosim sort --n 500 --gaps all --reset-every 9 --seed 9 --reproducer none \
    >"$work/log" 2>&1; then
    ok "no fault switched on"
else
    not_ok "no fault switched on"
    head -40 "$work/log"
fi

# first_stage OPTION...: the first stage with a difference or a wrong strobe count, or nothing.
first_stage() {
    "$faulty" cosim sort --keep-going --max-diffs 1 --fault "$number" --n "$events" "$@" \
        --format tsv >"$work/log" 2>&1
    [ $? -eq 1 ] || return
    awk -F'\t' -v n="$events" '
        $1 == "stage" { table = 1; next }
        table && NF < 5 { exit }
        table && ($5 != 0 || $3 != n * rows($1)) { print $1; exit }
        function rows(stage) { return stage == "registers" ? 1 : 40 }' "$work/log"
}

# The events of the reproducer, if a value differed, show the fault again when read from the file.
reproduced() {
    "$faulty" cosim sort --events "$work/events" --fault "$number" --reproducer none \
        >"$work/log" 2>&1
    [ $? -eq 1 ]
}

events=300
names=$(awk -F' [|] ' '!/^[ \t]*(#|$)/ { print $1 }' tests/cosim/sort.faults)
tools/inject_faults.sh "$work/rtl" tests/cosim/*.faults >"$work/numbers" || exit 3
for name in $names; do
    line=$(awk -v name="$name" '$2 == name' "$work/numbers")
    number=${line%% *} wanted=${line##* }
    found=
    rm -f "$work/events"
    for how in "" "--gaps all --reset-every 7"; do
        # shellcheck disable=SC2086
        found=$(first_stage --seed 2 --reproducer "$work/events" $how)
        [ -z "$found" ] || break
    done
    if [ -z "$found" ] || [ "$found" != "$wanted" ]; then
        not_ok "fault $number, $name: wanted first in $wanted, seen in '${found:-nothing}'"
    elif [ -z "$how" ] && [ -e "$work/events" ] && ! reproduced; then
        not_ok "fault $number, $name: its reproducer shows nothing"
    else
        ok "fault $number, $name, seen first in $wanted"
    fi
done
exit "$failed"
