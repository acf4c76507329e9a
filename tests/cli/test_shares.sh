#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The published-share study: generated events have the four inclusive shares that were put in, and the
# twelve exclusive ones (which are eight different sets of objects). Deviations of 5 sigma are an error;
# twelve comparisons: a false alarm in 100 000 seeds, and the seed is fixed.
set -u
cd "$(dirname "$0")/../.." || exit 3
l1twin=${L1TWIN:?the program to test}
spectra=configs/spectra/run2.yaml
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
failed=0
n=1000000

report() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        cat "$work/out"
        failed=1
    fi
}
# Lines "what seen/n published" that are 5 sigma apart, or fewer of them than there should be.
judge() { awk -v n=$n -v lines="$1" '
    {s = sqrt($3 * (1 - $3) / n); d = ($2 - $3) / s; printf "%s %.5f %.5f %.1f sigma\n", $1, $2, $3, d
     if (d > 5 || d < -5 || $2 == 0) bad = 1}
    END {exit bad || NR != lines}' "$work/table" >"$work/out"; }

"$l1twin" generate objects --kind inclusive --units hw --n $n --seed 20240601 >"$work/events" &&
    awk 'NR == FNR {if (match($0, /^    (jet|muon|egamma|tau): /)) {name = $1; sub(":", "", name)
                        sub(/.*share: /, ""); want[name] = $1 / 100}; next}
         /^#/ {next}
         !head {for (i = 2; i <= 5; i++) column[i] = $i; head = 1; next}
         {for (i = 2; i <= 5; i++) if ($i > 0) seen[i]++; n++}
         END {for (i = 2; i <= 5; i++) print column[i], seen[i] / n, want[column[i]]}' \
        "$spectra" "$work/events" >"$work/table" && judge 4
report "four inclusive shares come out as they were put in" $?

"$l1twin" generate objects --kind positive --units gev --n $n --seed 20240601 >"$work/events" 2>"$work/err" &&
    awk 'function set_of(j, m, e, t) {return (j ? "jet+" : "") (m ? "muon+" : "") (e ? "egamma+" : "") (t ? "tau+" : "")}
         NR == FNR {
             if (match($0, /^    (jet|muon|egamma|tau): /)) {name = $1; sub(":", "", name)
                 line = $0; sub(/.*threshold: /, "", line); sub(/ .*/, "", line); cut[name] = line}
             if ($0 ~ /^    - \{share: .*objects:/) {share = $0; sub(/.*share: /, "", share); sub(/ .*/, "", share)
                 slices++; want[set_of(/jet/, /muon/, /egamma/, /tau/)] += share / 100}
             next}
         /^#/ || /^event/ {next}
         {seen[set_of($2 >= cut["jet"] + 0, $3 >= cut["muon"] + 0, $4 >= cut["egamma"] + 0, $5 >= cut["tau"] + 0)]++; n++}
         END {for (s in want) print s, seen[s] / n, want[s]
              for (s in seen) if (!(s in want)) print s, seen[s] / n, 1e-9
              exit slices != 12}' "$spectra" "$work/events" >"$work/table" && judge 8
report "twelve exclusive shares come out of the outcome table" $?
exit $failed
