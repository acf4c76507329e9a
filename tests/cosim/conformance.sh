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

# conform PATH FILE YEAR CONFIGURATION
conform() {
    events=$shared/calo/$2.in.gz
    if [ ! -r "$events" ]; then
        echo "SKIPPED $1 $2 $3: no $events"
        return
    fi
    for how in "--gaps none" "--gaps all --reset-every 20 --seed 2"; do
        # shellcheck disable=SC2086
        if "$program" cosim "$1" --events "$events" --luts "$shared/calo/luts" \
            --config "configs/paths/$4.yaml" --reproducer none $how >"$log" 2>&1; then
            echo "ok - $1 $2 $3 $how"
        else
            echo "not ok - $1 $2 $3 $how"
            head -40 "$log"
            failed=1
        fi
    done
}

for file in sparse pileup wild corner; do
    for year in 2018 2024; do
        conform jet $file $year jet_$year
        conform egamma $file $year calo_$year
        conform sums $file $year calo_$year
        conform tau $file $year calo_$year
    done
done
exit "$failed"
