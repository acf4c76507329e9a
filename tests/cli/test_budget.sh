#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin scan and l1twin budget on small samples: the same bytes for any number of threads, a menu
# that keeps its budget, what cannot be met or is not meant, and the published rates of single
# objects.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh
shared=${L1TWIN_SHARED:-../shared}
root=$(pwd)

# refuses NAME TEXT ARGUMENT...: exit 2, one line with the text
refuses() {
    name=$1 text=$2
    shift 2
    call "$@"
    [ $? -eq 2 ] && [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q -e "$text" "$work/err"
    report "$name" $?
}

awk 'BEGIN {
  srand(1)
  print "crossing,type,pt,eta,phi,quality,iso"
  for (i = 0; i < 3000; i++) {
    printf("%d,muon,%.1f,%.3f,%.3f,12,0\n", i, 12 + 30 * rand(), 4 * rand() - 2, 6.2 * rand())
    printf("%d,tau,%.1f,%.3f,%.3f,,1\n", i, 20 + 40 * rand(), 4 * rand() - 2, 6.2 * rand())
    printf("%d,tau,%.1f,%.3f,%.3f,,1\n", i, 20 + 40 * rand(), 4 * rand() - 2, 6.2 * rand())
  }
}' >"$work/signal.csv"
call sample make -o "$work/zb.h5" --spectra configs/spectra/run2.yaml --n 1000000 &&
    call sample make -o "$work/signal.h5" --csv "$work/signal.csv"
report "samples" $?

study() { # TOTAL OBJECTIVE
    cat <<TEXT
study: test
seed: 1
rates:
  menu: $root/configs/menus/run3.yaml
  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52}
  samples: {zero_bias: {file: zb.h5}}
signals: {signal: {file: signal.h5}}
scans:
  - {algorithm: L1_SingleMu22, from: 20 GeV, to: 27 GeV, step: 1 GeV}
  - {algorithm: L1_DoubleIsoTau34er2p1, legs: ["1", "2"], from: 30 GeV, to: 36 GeV, step: 2 GeV}
budget:
  total: $1
  groups: {muon: 9 kHz}
  margin: 1
  vary:
    - {algorithm: L1_SingleMu22, threshold: {from: 20 GeV, to: 30 GeV, step: 0.5 GeV}}
    - {algorithm: L1_DoubleIsoTau34er2p1, threshold: {from: 30 GeV, to: 40 GeV, step: 1 GeV}}
    - {algorithm: L1_SingleMu7, prescale: {from: 50, to: 5000}}
  objective: $2
TEXT
}
study '41.5 kHz' efficiency >"$work/study.yaml"

# ---- the same bytes ----
for t in 1 2 7; do
    call scan "$work/study.yaml" --threads $t --format json -o "$work/scan$t" || break
    call budget "$work/study.yaml" --threads $t --format json --report "$work/budget$t" \
        -o "$work/menu$t.yaml" || break
    # the command names the menu that it writes
    sed "s/menu$t/menu/g; s/budget$t/budget/g" "$work/budget$t" >"$work/report$t"
done
cmp -s "$work/scan1" "$work/scan2" && cmp -s "$work/scan1" "$work/scan7" &&
    cmp -s "$work/report1" "$work/report2" && cmp -s "$work/report1" "$work/report7" &&
    cmp -s "$work/menu1.yaml" "$work/menu2.yaml" && cmp -s "$work/menu1.yaml" "$work/menu7.yaml"
report "1, 2 and 7 threads" $?

# ---- the menu that is written ----
# What is in it is judged by `scan` and by a budget that has nothing left to do.
study '41.5 kHz' keep | sed "s|$root/configs/menus/run3.yaml|menu1.yaml|" >"$work/again.yaml"
call budget "$work/again.yaml" --format tsv &&
    awk -F'\t' '$1 == "total" { good = ($2 == $4 && $6 >= $4 + $5 && $2 > 30) } END { exit !good }' "$work/out" &&
    call menu diff configs/menus/run3.yaml "$work/menu1.yaml"
grep -q 'L1_DoubleIsoTau34er2p1' "$work/out"
report "a menu within its budget stays as it is" $?

# ---- another pile-up ----
# The same rates as `rate`, which reweights what was decided: a scan and a budget reweight what they read.
call sample make -o "$work/pu.h5" --spectra configs/spectra/run2.yaml --n 200000 --pileup 'gauss(50,6)' &&
    study '42 kHz' keep | sed 's/zb.h5}}/pu.h5}}\n  pileup: {target: "gauss(54,4)", method: reweight}/' >"$work/pu.yaml" &&
    call rate "$work/pu.yaml" --format tsv &&
    reweighted=$(awk -F'\t' '$1 == "2p0E34" { printf "%.8g", $5 }' "$work/out") &&
    muon=$(awk -F'\t' '$1 == "L1_SingleMu22" { printf "%.8g", $8; exit }' "$work/out") &&
    call scan "$work/pu.yaml" --format tsv &&
    scanned=$(awk -F'\t' '$2 == "22" { printf "%.8g", $4; exit }' "$work/out") &&
    call budget "$work/pu.yaml" --format tsv &&
    [ "$(awk -F'\t' '$1 == "total" { printf "%.8g", $2 }' "$work/out")" = "$reweighted" ] &&
    [ "$scanned" = "$muon" ] && [ -n "$muon" ]
report "a pile-up target" $?

# ---- no ----
study '3 kHz' efficiency >"$work/never.yaml"
refuses "no solution" 'no setting meets the budget.*total is' budget "$work/never.yaml" -o "$work/never_menu.yaml"
[ ! -e "$work/never_menu.yaml" ]
report "nothing is written without a solution" $?
refuses "unknown algorithm" "did you mean 'L1_SingleMu22'" scan "$work/study.yaml" --algorithm L1_SingleMu21
refuses "within a bin" 'multiples of 0.5 GeV' scan "$work/study.yaml" --algorithm L1_SingleMu22 --from 20 --to 22 --step 0.3
refuses "unknown leg" "no leg 'third'" scan "$work/study.yaml" --algorithm L1_DoubleMu_15_7 --leg third
refuses "from above to" 'above --to' scan "$work/study.yaml" --algorithm L1_SingleMu22 --from 30 --to 20
sed 's/L1_SingleMu7,/L1_SingleMu20_Barrel,/' "$work/study.yaml" >"$work/off.yaml"
refuses "an algorithm that is off" 'it is off' budget "$work/off.yaml"
sed 's/{muon: 9/{muons: 9/' "$work/study.yaml" >"$work/group.yaml"
refuses "unknown group" "no algorithm of group 'muons'" budget "$work/group.yaml"
sed '/^scans/,/legs/d' "$work/study.yaml" >"$work/none.yaml"
refuses "no scans" "no section 'scans'" scan "$work/none.yaml"

# ---- the published points ----
# Law of the fit at the published thresholds against the scan: 4 standard deviations of the sample,
# and 5 % by which points and law differ. 4 objects of 8 to 13 points, nested: chance 1e-3.
points="$shared/rates/spectrum_calibration.csv"
if [ ! -r "$points" ]; then
    echo "SKIPPED published rates: $points is absent"
else
    for pair in SingleMu:L1_SingleMu22:1 SingleEG:L1_SingleEG36er2p5:1 SingleTau:L1_SingleTau120er2p1:1 \
        SingleJet:L1_SingleJet180:5; do
        name=${pair%%:*} rest=${pair#*:}
        law=$(awk -F, -v n="$name" '$1 == 2018 && $2 == n { print $3, $4, $5, $6, $7 }' "$points")
        # shellcheck disable=SC2086
        set -- $law
        call scan "$work/study.yaml" --algorithm "${rest%%:*}" --from "$1" --to "$2" --step "${rest#*:}" --format tsv &&
            awk -F'\t' -v ref="$3" -v rate="$4" -v lambda="$5" '
            $1 ~ /^[0-9]+$/ && NF == 8 { law = rate * exp(-lambda * ($2 - ref)); d = $4 - law
                if (d < 0) d = -d
                n++; if (d > 4 * $5 + 0.05 * law) { print "at " $2 ": " $4 ", law " law; bad = 1 } }
            END { exit bad || n < 8 }' "$work/out" >"$work/err"
        report "published rates, $name" $?
    done
fi
exit $failed
