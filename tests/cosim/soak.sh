#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Many generated events: SOAK_EVENTS (20000) for each way of feeding them, with SOAK_SEED (1).
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
n=${SOAK_EVENTS:-20000}
seed=${SOAK_SEED:-1}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/phi_ring.yaml"
# soak PATH CONFIGURATION
soak() {
    for how in "--gaps none" "--gaps all --reset-every 100"; do
        name="$1, $n events, $(basename "$2" .yaml), $how, seed $seed"
        # shellcheck disable=SC2086
        if "$program" cosim "$1" --n "$n" --seed "$seed" --config "$2" $how \
            --reproducer none >"$work/log" 2>&1; then
            echo "ok - $name"
        else
            echo "not ok - $name"
            head -40 "$work/log"
            failed=1
        fi
    done
}

soak jet configs/paths/jet.yaml
soak jet "$work/phi_ring.yaml"
soak "sort" configs/paths/sort.yaml
soak egamma configs/paths/calo.yaml
soak sums configs/paths/calo.yaml
soak tau configs/paths/calo.yaml
exit "$failed"
