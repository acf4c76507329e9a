#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The RTL on every reference event there is, both configurations: back to back, and again with gaps
# and resets. The C model is compared with the reference answers by tests/golden; here the RTL is
# compared with the C model, stage by stage. Skipped without the data (L1TWIN_SHARED).
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
shared=${L1TWIN_SHARED:-../shared}
log=$(mktemp) || exit 3
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
failed=0

# conforms PATH CONFIG EVENTS OPTION...
conforms() {
    path=$1 config=$2 events=$3
    shift 3
    name="$path, $(basename "$events" .in.gz), $(basename "$config" .yaml), $*"
    if "$program" cosim "$path" --events "$events" --luts "$luts" --config "$config" \
        --reproducer none "$@" >"$log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        head -40 "$log"
        failed=1
    fi
}

# muons EVENTS CONFIGURATION
muons() {
    events=$shared/muon/$1 config=configs/paths/$2.yaml
    if [ ! -r "$events" ]; then
        echo "SKIPPED $1: no $events"
        return
    fi
    conforms ugmt "$config" "$events" --gaps none
    conforms ugmt "$config" "$events" --gaps all --reset-every 20 --seed 2
}
luts=$shared/muon/luts
muons ugmt_a_in.txt.gz ugmt_a
muons ugmt_b_in.txt.gz ugmt_b
muons official/jpsi_2016_in.txt.gz ugmt_2016
muons official/jpsi_2017_in.txt.gz ugmt_2017

luts=$shared/calo/luts
for file in sparse pileup wild corner; do
    events=$shared/calo/$file.in.gz
    if [ ! -r "$events" ]; then
        echo "SKIPPED $file: no $events"
        continue
    fi
    for year in 2018 2024; do
        for path in jet egamma tau sums calo; do
            config=configs/paths/calo_$year.yaml
            [ "$path" != jet ] || config=configs/paths/jet_$year.yaml
            conforms "$path" "$config" "$events" --gaps none
            conforms "$path" "$config" "$events" --gaps all --reset-every 20 --seed 2
        done
    done
done
exit "$failed"
