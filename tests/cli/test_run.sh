#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `l1twin run`: the same bytes for any number of threads and any folder, a well-formed page that
# refers to nothing outside itself, one line for each kind of wrong input.
# One `ok - ` or `not ok - ` line a case; L1TWIN names the program.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${L1TWIN:-$root/build/release/l1twin}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# verdict STATUS NAME: 0 is good; the log is shown otherwise.
verdict() {
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        sed 's/^/# /' "$work/log" | head -20
        failed=1
    fi
}

# refuses EXIT TEXT NAME ARGS...: exit code, one line on stderr with TEXT in it, nothing on stdout.
refuses() {
    code=$1 text=$2 name=$3
    shift 3
    "$program" run "$@" >"$work/stdout" 2>"$work/log"
    got=$?
    [ "$got" -eq "$code" ] && [ "$(wc -l <"$work/log")" -eq 1 ] && [ ! -s "$work/stdout" ] &&
        grep -q -- "$text" "$work/log"
    status=$?
    echo "exit code $got, expected $code and one line with '$text'" >>"$work/log"
    verdict "$status" "$name"
}

study=$root/configs/studies/run2.yaml
small="--events 200000 --cosim-events 40"

# shellcheck disable=SC2086
(cd "$root" && "$program" run configs/studies/run2.yaml $small -o "$work/one" --threads 1) \
    >"$work/summary1" 2>"$work/log"
verdict $? "runs a small study"
ln -s "$root/configs" "$work/configs"
# shellcheck disable=SC2086
(cd "$work" && "$program" run configs/studies/run2.yaml $small -o two --threads 2) >"$work/summary2" 2>"$work/log"
verdict $? "runs it again with two threads from another folder"

[ -s "$work/one/timing.json" ] && [ -s "$work/two/timing.json" ]
verdict $? "timing has its own file"
rm -f "$work/one/timing.json" "$work/two/timing.json"
diff -r "$work/one" "$work/two" >"$work/log" 2>&1
verdict $? "same bytes in every other file"

page=$work/one/report.html
# The serialisation is XML too, but for the document type, which xmllint knows.
xmllint --noout --nonet "$page" >"$work/log" 2>&1
verdict $? "the page is well-formed"
grep -noE "(src|href)=[\"'][^#\"'][^\"']{0,60}|url\([^)]{0,60}|@import|<script|<link|<iframe" "$page" >"$work/log"
[ $? -eq 1 ]
verdict $? "the page refers to nothing outside itself"
grep -oE "id=[\"'][^\"']+" "$page" | sort | uniq -d >"$work/log"
[ ! -s "$work/log" ]
verdict $? "every identifier in the page is used once"
ls "$work"/one/*.csv "$work/one/results.json" >"$work/log" 2>&1
verdict $? "tables and results are beside the page"
grep -rlE "$work|$root" "$work/one" >"$work/log"
[ $? -eq 1 ]
verdict $? "no folder of this machine in any file"
grep -q "^Report  .* $work/one/report.html$" "$work/summary1"
verdict $? "the summary names the report in full"
grep -q '"command": "l1twin run configs/studies/run2.yaml --seed 20260725 --events 200000 --cosim-events 40"' \
    "$work/one/results.json"
verdict $? "the study is recorded as it was given"
awk 'length($0) > 100 {bad = 1; print} END {exit bad}' "$work/summary1" >"$work/log"
verdict $? "the summary fits 100 columns"

long=$work/$(printf 'a%.0s' $(seq 100))/$(printf 'b%.0s' $(seq 100))
"$program" run "$study" --events 1000 --no-cosim -o "$long" >"$work/summary3" 2>"$work/log" &&
    grep -q "$long/report.html$" "$work/summary3"
verdict $? "a long name of the folder is not cut"
grep -qE '^l1twin run: fits .* s, scores .* s, rates .* s \(.*\), turn-on curves [0-9.]+ s \([0-9.e+]+ events/s\), global trigger [0-9.]+ s \([0-9.e+]+ crossings/s\), menu costs [0-9.]+ s, report [0-9.]+ s$' \
    "$work/log"
verdict $? "the time of each step is said"
for table in event event_objects event_truth event_sums event_towers gt_algorithms gt_total \
    cost_algorithms cost_groups cost_columns cost_prescales cost_overlap scans budget budget_moves; do
    [ "$(grep -vc '^#' "$long/$table.csv")" -gt 1 ] || echo "$table.csv has no rows"
done >"$work/log" 2>&1
grep -q '"title": "the crossing shown: sums"' "$long/results.json" || echo "not in results.json" >>"$work/log"
[ ! -s "$work/log" ]
verdict $? "the numbers of the crossing shown are among the results"
# Numbers in every cell but those of what cannot be fitted: the small study can.
awk -F, '/^(egamma|tau|jet),/ {n++; for (i = 2; i <= NF; i++) if ($i !~ /^[0-9.e+-]+$/) bad = 1}
    END {exit bad || n != 3}' "$long/turn_on_fit.csv" >"$work/log" 2>&1
verdict $? "and so are the fits of the turn-on curves"
find "$long" -name '*cosim*' >"$work/log"
[ ! -s "$work/log" ] && [ -s "$long/results.json" ]
verdict $? "without a co-simulation there is no table of it"
refuses 2 "contradict" "no co-simulation of five events" "$study" --no-cosim --cosim-events 5

refuses 2 "no/such.yaml" "missing study" no/such.yaml
refuses 2 "study" "no study given"
refuses 2 "events" "no events at all" "$study" --events 0
refuses 2 "wibble" "unknown option" "$study" --wibble
printf 'study: x\nseed: 1\nspectra: a\nmenu: b\nevnts: 3\nevents: 5000\n' >"$work/bad.yaml"
refuses 2 "did you mean 'events'" "unknown key in the study" "$work/bad.yaml" -o "$work/bad"
printf 'study: x\nseed: 1\nspectra: a\nmenu: b\nevents: 5000\n' >"$work/plain.yaml"
sed '/^event:/,$d; s/^events:.*/events: 1000/; s|\.\./|'"$root"'/configs/|' "$study" >"$work/bare.yaml"
"$program" run "$work/bare.yaml" --no-cosim -o "$work/bare" >"$work/stdout" 2>"$work/log" &&
    ! ls "$work"/bare/event* >>"$work/log" 2>&1 && ! grep -q 'turn-on curves' "$work/log"
verdict $? "a study without a crossing to show has no tables of it"
refuses 2 "no cosim section" "events for twins that the study does not compare" \
    "$work/plain.yaml" --cosim-events 5 -o "$work/bad"
[ ! -e "$work/bad" ]
verdict $? "a refused study leaves no folder"

# The build with injected faults, when there is one: a difference is a result with exit code 1.
if [ -n "${L1TWIN_FAULTY:-}" ] && [ -x "$L1TWIN_FAULTY" ]; then
    "$L1TWIN_FAULTY" run "$study" --events 200000 --cosim-events 40 --fault 3 -o "$work/faulty" \
        >"$work/stdout" 2>"$work/log"
    [ $? -eq 1 ] && grep -q "the twins differ" "$work/log" && grep -q "FAIL calo" "$work/stdout"
    verdict $? "a fault in the RTL gives exit code 1"
    grep -q -e '"command": ".* --fault 3"' "$work/faulty/results.json"
    verdict $? "and is part of the recorded command"
    xmllint --noout --nonet "$work/faulty/report.html" >"$work/log" 2>&1 &&
        grep -q "RTL ≠ C model" "$work/faulty/report.html"
    verdict $? "and a page that says so"
else
    echo "SKIPPED a fault in the RTL: L1TWIN_FAULTY names no program"
fi
[ "$failed" -eq 0 ]
