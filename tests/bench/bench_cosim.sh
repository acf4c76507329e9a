#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Speed of the co-simulation: events/s of the C twin, of the Verilated twin alone, of the whole
# comparison (model, simulation and comparing), and what the comparison costs on top of the Verilated
# twin alone. Making the events is apart: both need them. Minimum, median and maximum over rounds of
# one run.
set -eu
program=${L1TWIN:-build/release/l1twin}
events=${BENCH_EVENTS:-1000}
rounds=${BENCH_ROUNDS:-7}
cd "$(dirname "$0")/../.."
shared=${L1TWIN_SHARED:-../shared}

# rounds OPTION...: as many runs, generated events of another seed each.
rounds() {
    i=0
    while [ "$i" -lt "$rounds" ]; do
        i=$((i + 1))
        "$program" cosim "$@" --seed "$i" --reproducer none --timing --format tsv 2>/dev/null
    done
}

speeds() {
    awk -F'\t' '
    $1 == "source_events_per_s" { for (k = 1; k <= NF; k++) column[$k] = k; next }
    $2 == "PASS" { passed = 1 }
    passed && column["cost_percent"] && $1 + 0 > 0 && NF == 5 {
        passed = 0
        n++
        model[n] = $column["model_events_per_s"]
        rtl[n] = $column["rtl_events_per_s"]
        all[n] = $column["comparison_events_per_s"]
        cost[n] = $column["cost_percent"]
    }
    function show(name, unit, v,   a, b, t) {
        for (a = 1; a <= n; a++)
            for (b = a + 1; b <= n; b++)
                if (v[b] < v[a]) { t = v[a]; v[a] = v[b]; v[b] = t }
        printf "%-34s %10.5g %10.5g %10.5g  %s\n", name, v[1], v[int((n + 1) / 2)], v[n], unit
    }
    END {
        if (n == 0) { print "no round passed"; exit 1 }
        printf "%-34s %10s %10s %10s\n", "", "min", "median", "max"
        show("C twin", "events/s", model)
        show("Verilated twin alone", "events/s", rtl)
        show("full comparison", "events/s", all)
        show("cost of the comparison", "% of the Verilated twin alone", cost)
    }'
}

for path in jet egamma tau sums calo ugmt; do
    echo "$path: $events generated events a round, $rounds rounds"
    rounds "$path" --n "$events" | speeds
done
dense=$shared/calo/pileup.in.gz
if [ -r "$dense" ]; then
    echo "calo: dense reference events, 2018 tables, $rounds rounds"
    rounds calo --events "$dense" --n 500 --luts "$shared/calo/luts" \
        --config configs/paths/calo_2018.yaml | speeds
fi
