#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the co-simulation tests share; sourced in the root of the checkout after `path` (the twin) is
# set. L1TWIN is the program, L1TWIN_FAULTY the one whose RTL has all faults of tests/cosim/*.faults
# built in (absent: tests with faults are skipped), L1TWIN_SHARED the folder of the reference data.
# shellcheck disable=SC2154,SC2034
LC_ALL=C # order of the lists of faults
export LC_ALL
program=${L1TWIN:-build/release/l1twin}
faulty=${L1TWIN_FAULTY:-}
shared=${L1TWIN_SHARED:-../shared}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

ok() { echo "ok - $1"; }
not_ok() {
    echo "not ok - $1"
    failed=1
}

# agree NAME PROGRAM OPTION...: both twins in a program agree.
agree() {
    name=$1 in=$2
    shift 2
    if "$in" cosim "$path" --reproducer none "$@" >"$work/log" 2>&1; then
        ok "$name"
    else
        not_ok "$name"
        head -40 "$work/log"
    fi
}

# equal NAME OPTION...: both twins agree.
equal() {
    name=$1
    shift
    agree "$name" "$program" "$@"
}

# reference_corners CONFIGURATION...: both twins agree on the reference events made of corner cases,
# with the CMS tables. A configuration is configs/paths/NAME.yaml.
reference_corners() {
    for name in "$@"; do
        if [ -r "$shared/calo/corner.in.gz" ]; then
            equal "reference corner events, $name" --events "$shared/calo/corner.in.gz" \
                --luts "$shared/calo/luts" --config "configs/paths/$name.yaml"
        else
            echo "SKIPPED reference corner events, $name: no $shared/calo/corner.in.gz"
        fi
    done
}

# hard CONFIGURATION NAME: a copy in $work/NAME.yaml whose generator makes nothing but events that are
# hard on purpose, which rare situations and faults need.
hard() {
    sed 's/^  corners: .*/  corners: 100 %/' "$1" >"$work/$2.yaml"
}

# same_twice: results are the same bytes from run to run; speeds are not among them.
same_twice() {
    for i in 1 2; do
        "$program" cosim "$path" --n 20 --format json --reproducer none >"$work/same$i" 2>/dev/null
    done
    if [ -s "$work/same1" ] && cmp -s "$work/same1" "$work/same2"; then
        ok "the same output twice"
    else
        not_ok "the same output twice"
        diff "$work/same1" "$work/same2" | head
    fi
}

# every_situation OPTION...: each line of the coverage table is above 0.
every_situation() {
    "$program" cosim "$path" --format tsv --reproducer none "$@" >"$work/log" 2>&1
    missing=$(awk -F'\t' '$1 == "situation" { table = 1; next } table && NF < 2 { exit }
        table && $2 == 0 { printf "%s%s", comma, $1; comma = ", " }' "$work/log")
    if [ -z "$missing" ] && grep -q '^situation' "$work/log"; then
        ok "every situation occurs"
    else
        not_ok "every situation occurs; missing: $missing"
    fi
}

# ---- faults ----

# table_rows: of the table of stages in the log: stage, rows, differences.
table_rows() {
    awk -F'\t' '$1 == "stage" { table = 1; next } table && NF < 5 { exit }
        table { print $1, $3, $5 }' "$work/log"
}

# first_stage OPTION...: the first stage with a difference or a wrong strobe count, or nothing, of
# $events events with fault $number.
first_stage() {
    "$faulty" cosim "$path" --keep-going --max-diffs 1 --fault "$number" --n "$events" "$@" \
        --format tsv >"$work/log" 2>&1
    [ $? -eq 1 ] || return
    table_rows | awk -v n="$events" -v right="$work/rows" '
        BEGIN { while ((getline line < right) > 0) { split(line, f, " "); rows[f[1]] = f[2] } }
        $3 != 0 || $2 != n * rows[$1] { print $1; exit }'
}

# reproduced OPTION...: the events of the reproducer show the fault again when read from the file.
reproduced() {
    "$faulty" cosim "$path" --events "$work/events" --fault "$number" --reproducer none "$@" \
        >"$work/log" 2>&1
    [ $? -eq 1 ]
}

# one_fault OPTIONS...: fault $number is seen first in stage $wanted, with the first of the given
# option lists (each one argument) that shows it at all.
one_fault() {
    for how in "$@"; do
        rm -f "$work/events"
        # shellcheck disable=SC2086
        found=$(first_stage --seed 2 --reproducer "$work/events" $how)
        [ -z "$found" ] || break
    done
    # A fault that only gaps or resets show has no events to be read again.
    case $how in
    *--gaps*) again=no ;;
    *) again=yes ;;
    esac
    # shellcheck disable=SC2086
    if [ -z "$found" ] || [ "$found" != "$wanted" ]; then
        not_ok "fault $number, $name: wanted first in $wanted, seen in '${found:-nothing}'"
    elif [ $again = yes ] && [ -e "$work/events" ] && ! reproduced $how; then
        not_ok "fault $number, $name: its reproducer shows nothing"
    else
        ok "fault $number, $name, seen first in $wanted"
    fi
}

# every_fault EVENTS OPTIONS...: every fault of tests/cosim/$path.faults is found in that many
# generated events, and first in the stage that its line names. OPTIONS as of one_fault; "" is none.
every_fault() {
    events=$1
    shift
    if [ -z "$faulty" ] || [ ! -x "$faulty" ]; then
        echo "SKIPPED injected faults: no program with faults"
        return
    fi
    agree "no fault switched on" "$faulty" --n "$events" --gaps all --reset-every 9 --seed 9
    "$faulty" cosim "$path" --n 1 --format tsv --reproducer none >"$work/log" 2>&1
    table_rows >"$work/rows"
    tools/inject_faults.sh "$work/rtl" tests/cosim/*.faults >"$work/numbers" || exit 3
    names=$(awk -F' [|] ' '!/^[ \t]*(#|$)/ { print $1 }' "tests/cosim/$path.faults")
    for name in $names; do
        line=$(awk -v name="$name" '$2 == name' "$work/numbers")
        number=${line%% *} wanted=${line##* }
        one_fault "$@"
    done
}
