#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin generate muons and what the global muon trigger makes of them: the same bytes however they
# are made, real events, and the Z peak when its events are there.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh
shared=${L1TWIN_SHARED:-../shared}
config=configs/paths/ugmt.yaml

generate() { "$l1twin" generate muons --config "$config" "$@" >"$work/out" 2>"$work/err"; }
# says REGEX...: some line of the output matches each
says() {
    for pattern; do
        grep -Eq -e "$pattern" "$work/out" || return 1
    done
}

generate "$work/one" --n 5000 --seed 9 --corners 5 --threads 1 --truth "$work/one.csv" &&
    generate "$work/four" --n 5000 --seed 9 --corners 5 --threads 4 --truth "$work/four.csv" &&
    cmp "$work/one" "$work/four" >"$work/out" && cmp "$work/one.csv" "$work/four.csv" >"$work/out"
report "the same bytes for any number of threads" $?

generate "$work/part" --n 40 --skip 4000 --seed 9 --corners 5 --truth "$work/part.csv" &&
    awk '/^E/ {on = $2 >= 4000 && $2 < 4040} on && !/^#/' "$work/one" >"$work/expected" &&
    grep -v '^#' "$work/part" | cmp - "$work/expected" >"$work/out" &&
    awk -F, '$1 >= 4000 && $1 < 4040' "$work/one.csv" >"$work/expected" &&
    grep '^[0-9]' "$work/part.csv" | cmp - "$work/expected" >"$work/out"
report "events made alone are those of the whole" $?

generate --n 50 --seed 2 && "$l1twin" emulate ugmt - --config "$config" <"$work/out" >"$work/answers" 2>"$work/err" &&
    mv "$work/answers" "$work/out" && says '^o 0 ' '^E 49'
report "the trigger reads them" $?

stubs() { "$l1twin" generate stubs --config "$config" --stubs-config configs/paths/kbmtf.yaml "$@" >"$work/out" 2>"$work/err"; }
stubs "$work/one" --n 3000 --seed 9 --threads 1 --truth "$work/one.csv" &&
    stubs "$work/four" --n 3000 --seed 9 --threads 4 --truth "$work/four.csv" &&
    cmp "$work/one" "$work/four" >"$work/out" && cmp "$work/one.csv" "$work/four.csv" >"$work/out" &&
    stubs "$work/part" --n 30 --skip 2000 --seed 9 &&
    awk '/^E/ {on = $2 >= 2000 && $2 < 2030} on && !/^#/' "$work/one" >"$work/expected" &&
    grep -v '^#' "$work/part" | cmp - "$work/expected" >"$work/out"
report "segments: the same bytes for any number of threads, and alone" $?

stubs "$work/one" --n 200 --per-event 1 --eta 0.7 --pt 10:40 --punch-through 0 &&
    "$l1twin" emulate muon "$work/one" --from stubs --config "$config" \
        --stubs-config configs/paths/kbmtf.yaml >"$work/out" 2>"$work/err" &&
    [ "$(grep -v '^#' "$work/out" | grep -vc ' 0\{16\} 0\{16\} 0\{16\} 0\{16\} 0\{16\} 0\{16\} 0\{16\} 0\{16\}$')" -ge 198 ]
report "muons are found from their segments" $?

printf 'pt1,eta1,phi1,Q1,pt2,eta2,phi2,Q2\n40,0.1,0,1,30,2,3,-1\n50,-1,1,1,20,-2,-1,-1\n' >"$work/real.csv"
generate --from "$work/real.csv" && cp "$work/out" "$work/plain" &&
    sed 's/corners: 0 %/corners: 100 %/' "$config" >"$work/hard.yaml" && ! cmp -s "$config" "$work/hard.yaml" &&
    "$l1twin" generate muons --config "$work/hard.yaml" --from "$work/real.csv" 2>"$work/err" | grep -v '^#' >"$work/out" &&
    grep -v '^#' "$work/plain" | cmp - "$work/out" >"$work/err"
report "hard events of a configuration do not replace real ones" $?

generate --from "$work/real.csv" --truth "$work/truth.csv" &&
    says ' ideal$' '^I B (0|11) 0 ' '^I E\+ [0-9] 0 ' '^I O- ' '^I E- ' '^# end 2 events$' &&
    grep -Eq '^0,muon,40,0\.1[0-9]*,0\.0*,1,2,[0-9]+$' "$work/truth.csv" &&
    grep -Eq '^1,muon,20,-2\.0*,-[01]\.[0-9]*,-1,3,[0-9]+$' "$work/truth.csv"
report "real muons, each once, with their line" $?

printf 'pt,eta,phi\n40,0.1,0\n' >"$work/one.csv"
generate --from "$work/one.csv" --smear &&
    grep -Eq '^l1twin generate: the charge of 1 muons is not -1 or 1 in a column q1 or charge1; it is drawn$' "$work/err"
report "a charge that is not there is drawn, and said so" $?

generate "$work/never" --from "$work/real.csv" --columns pt1,eta1
[ $? -eq 2 ] && [ ! -e "$work/never" ]
report "columns by threes, or nothing is written" $?

# The mass of the two best muons of the global trigger, from the records: its median in GeV.
median_mass() {
    awk '
        function cosh(x) { return (exp(x) + exp(-x)) / 2 }
        function field(name,  i) {
            for (i = 5; i <= NF; i++)
                if (index($i, name "=") == 1) return substr($i, length(name) + 2)
        }
        /^o [01] / {
            pt[$2] = 0.5 * (field("pt") - 0.5)
            eta[$2] = 0.010875 * field("etav")
            phi[$2] = 3.14159265358979 / 288 * field("phiv")
            if ($2 == 1)
                print sqrt(2 * pt[0] * pt[1] * (cosh(eta[0] - eta[1]) - cos(phi[0] - phi[1])))
        }' "$1" | sort -n >"$work/masses"
    awk '{m[NR] = $1} END {printf "%.2f\n", m[int((NR + 1) / 2)]}' "$work/masses"
}
if [ -r "$shared/opendata/cms2011/Zmumu.csv.gz" ]; then
    generate "$work/z" --from "$shared/opendata/cms2011/Zmumu.csv.gz" &&
        "$l1twin" emulate ugmt "$work/z" "$work/answers" --config "$config" 2>"$work/err"
    median_mass "$work/answers" >"$work/out"
    awk -v n="$(wc -l <"$work/masses")" '{exit !(n == 10000 && $1 > 89.8 && $1 < 90.8)}' "$work/out"
    report "Z events of 2011 peak at $(cat "$work/out") GeV (offline: 90.29)" $?
else
    echo "SKIPPED test_muons: no $shared/opendata"
fi

exit "$failed"
