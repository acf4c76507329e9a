#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The jet twins against each other, and the co-simulation against faults put into the RTL.
# L1TWIN is the program, L1TWIN_FAULTY the one whose RTL has all faults of tests/cosim/*.faults built
# in (absent: those tests are skipped). L1TWIN_SHARED is the folder of the reference data.
set -u
LC_ALL=C # order of the lists of faults
export LC_ALL
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
faulty=${L1TWIN_FAULTY:-}
shared=${L1TWIN_SHARED:-../shared}
path="jet"
. tests/cosim/lib.sh

# The built-in configuration with the other pile-up subtraction, and another seed threshold.
sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/phi_ring.yaml"
sed 's/^seed_threshold: 4 GeV/seed_threshold: 6 GeV/' configs/paths/jet.yaml >"$work/seed.yaml"

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

for year in 2018 2024; do
    events=$shared/calo/corner.in.gz
    if [ -r "$events" ]; then
        equal "reference corner events, $year" --events "$events" --luts "$shared/calo/luts" \
            --config "configs/paths/jet_$year.yaml"
    else
        echo "SKIPPED reference corner events, $year: no $events"
    fi
done

# Results are the same bytes from run to run; speeds are not among them.
for i in 1 2; do
    "$program" cosim jet --n 20 --format json --reproducer none >"$work/same$i" 2>/dev/null
done
if [ -s "$work/same1" ] && cmp -s "$work/same1" "$work/same2"; then
    ok "the same output twice"
else
    not_ok "the same output twice"
    diff "$work/same1" "$work/same2" | head
fi

# Every fault is found, and first in the stage that its line names.
if [ -z "$faulty" ] || [ ! -x "$faulty" ]; then
    echo "SKIPPED injected faults: no program with faults"
    exit "$failed"
fi
if "$faulty" cosim jet --n 200 --gaps all --reset-every 9 --seed 9 --reproducer none \
    >"$work/log" 2>&1; then
    ok "no fault switched on"
else
    not_ok "no fault switched on"
    head -40 "$work/log"
fi

"$faulty" cosim jet --n 1 --fault 100000 --reproducer none >"$work/log" 2>&1
if [ $? -eq 2 ] && grep -q "fault 100000: this program has faults 1 to " "$work/log"; then
    ok "a fault beyond the list is refused"
else
    not_ok "a fault beyond the list is refused"
    head -5 "$work/log"
fi

# first_stage OPTION...: the first stage with a difference or a wrong strobe count, or nothing.
first_stage() {
    "$faulty" cosim jet --keep-going --max-diffs 1 --reproducer none --fault "$number" "$@" \
        --format tsv >"$work/log" 2>&1
    [ $? -eq 1 ] || return
    awk -F'\t' -v n="$events" '
        $1 == "stage" { table = 1; next }
        table && NF < 5 { exit }
        table && ($5 != 0 || $3 % n != 0 || $3 / n != rows($1)) { print $1; exit }
        function rows(stage) { return stage == "sort" || stage == "demux" ? 1 : 40 }' "$work/log"
}

names=$(awk -F' [|] ' '!/^[ \t]*(#|$)/ { print $1 }' tests/cosim/jet.faults)
tools/inject_faults.sh "$work/rtl" tests/cosim/*.faults >"$work/numbers" || exit 3
for name in $names; do
    line=$(awk -v name="$name" '$2 == name' "$work/numbers")
    number=${line%% *} wanted=${line##* }
    found=
    events=200
    for how in "" "--config $work/phi_ring.yaml" "--config $work/down.yaml" "--gaps all --reset-every 7"; do
        # shellcheck disable=SC2086
        found=$(first_stage --n "$events" --seed 2 $how)
        [ -z "$found" ] || break
    done
    if [ -n "$found" ] && [ "$found" = "$wanted" ]; then
        ok "fault $number, $name, seen first in $wanted"
    else
        not_ok "fault $number, $name: wanted first in $wanted, seen in '${found:-nothing}'"
    fi
done
exit "$failed"
