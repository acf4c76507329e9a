#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Many generated events: SOAK_EVENTS (20000) for each way of feeding them, with SOAK_SEED (1); five times
# as many of the muons', which are quick.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
n=${SOAK_EVENTS:-20000}
seed=${SOAK_SEED:-1}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

# calo.yaml names jet.yaml, which lies beside it.
sed 's/^pile_up: chunky_donut/pile_up: phi_ring/' configs/paths/jet.yaml >"$work/jet.yaml"
cp configs/paths/calo.yaml "$work/calo.yaml"

# soaks PATH CONFIG NAME: both ways of feeding.
soaks() {
    path=$1 config=$2 name=$3
    for how in "--gaps none" "--gaps all --reset-every 100"; do
        # shellcheck disable=SC2086
        if "$program" cosim "$path" --n "$n" --seed "$seed" --config "$config" $how \
            --reproducer none >"$work/log" 2>&1; then
            echo "ok - $path, $n events, $name, $how, seed $seed"
        else
            echo "not ok - $path, $n events, $name, $how, seed $seed"
            head -40 "$work/log"
            failed=1
        fi
    done
}

sed 's/^barrel_cancel: run3/barrel_cancel: run2/; s/^endcap_cancel: coordinates/endcap_cancel: addresses/
    s/^  corners: .*/  corners: 100 %/' configs/paths/ugmt.yaml >"$work/ugmt.yaml"
sed 's/^  corners: .*/  corners: 50 %/' configs/paths/ugmt.yaml >"$work/half.yaml"

soaks "sort" configs/paths/sort.yaml "its own generator"
soaks jet configs/paths/jet.yaml "chunky donut"
soaks jet "$work/jet.yaml" "phi ring"
for path in egamma tau sums calo; do
    soaks "$path" configs/paths/calo.yaml "chunky donut"
done
soaks calo "$work/calo.yaml" "phi ring"
n=$((5 * n))
soaks ugmt "$work/half.yaml" "coordinates, half of the events hard"
soaks ugmt "$work/ugmt.yaml" "addresses, hard events"
exit "$failed"
