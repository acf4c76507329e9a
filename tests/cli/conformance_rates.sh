#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A hundred million crossings of the calibrated processes: rates of single objects and of pairs at
# every threshold, by way of the menu language, the batch engine and the scan, beside the integral
# of their spectra (`predict --curves`, closed form). L1TWIN_RATE_EVENTS: another number.
set -u
cd "$(dirname "$0")/../.." || exit 3
l1twin=${L1TWIN:-build/release/l1twin}
root=$(pwd)
events=${L1TWIN_RATE_EVENTS:-100000000}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

cat >"$work/study.yaml" <<TEXT
study: integral
seed: 11
rates:
  menu: $root/configs/menus/run3.yaml
  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52}
  samples: {processes: {spectra: $root/configs/spectra/run2.yaml, events: $events}}
scans:
  - {algorithm: L1_SingleMu22, from: 20 GeV, to: 30 GeV, step: 1 GeV}
  - {algorithm: L1_SingleEG36er2p5, from: 32 GeV, to: 44 GeV, step: 1 GeV}
  - {algorithm: L1_DoubleIsoTau34er2p1, from: 30 GeV, to: 40 GeV, step: 1 GeV}
  - {algorithm: L1_SingleTau120er2p1, from: 120 GeV, to: 140 GeV, step: 2 GeV}
  - {algorithm: L1_SingleJet180, from: 140 GeV, to: 200 GeV, step: 5 GeV}
TEXT
if ! "$l1twin" scan "$work/study.yaml" --format csv >"$work/scan" ||
    ! "$l1twin" predict configs/menus/run2_small.yaml --n 1000 --curves --format csv >"$work/closed"; then
    echo "not ok - rates of $events crossings"
    exit 1
fi

# against OBJECT HOW-MANY ALGORITHM: every threshold within 4 standard deviations, nested as they are
against() {
    if awk -F, -v object="$1" -v legs="$2" -v algorithm="$3" '
        FNR == NR { if ($1 == object && $2 == legs) closed[$3 + 0] = $6; next }
        /^# table:/ { on = index($0, algorithm ":") > 0 && index($0, "rate") > 0 }
        on && $1 ~ /^[0-9]+$/ && ($2 + 0) in closed {
            n++
            pull = ($4 - closed[$2 + 0]) / $5
            if (pull < 0) pull = -pull
            if (pull > worst) { worst = pull; at = $2; rate = $4; error = $5; law = closed[$2 + 0] }
        }
        END {
            printf "%s: %d thresholds, largest difference %.1f sigma: at %g GeV %.4f +- %.4f kHz, integral %.4f\n",
                algorithm, n, worst, at, rate, error, law
            exit !(n >= 10 && worst < 4)
        }' "$work/closed" "$work/scan" >"$work/log"; then
        echo "ok - $(cat "$work/log")"
    else
        echo "not ok - $(cat "$work/log")"
        failed=1
    fi
}
against muon 1 L1_SingleMu22
against egamma 1 L1_SingleEG36er2p5
against tau 2 L1_DoubleIsoTau34er2p1
against tau 1 L1_SingleTau120er2p1
against jet 1 L1_SingleJet180
exit $failed
