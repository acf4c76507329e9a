#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Random menus of the global trigger as RTL beside the interpreter: tests/unit/gt_source.c writes
# expressions over every kind of condition, each menu is built and simulated on crossings generated
# at its limits.
#
#   conformance_gt_random.sh          menus 0 to 23, L1TWIN_GT_JOBS (2) at once; each is half a minute of a core
#   conformance_gt_random.sh NUMBER   that menu
#
#   L1TWIN, L1TWIN_RANDOM_MENU        the program, and the writer of menus (default build/release/...)
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
writer=${L1TWIN_RANDOM_MENU:-build/release/tests/cosim/gt/random_menu}
menus=24 algorithms=8 crossings=3564
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# step WHAT COMMAND...: or that menu has failed
step() {
    what=$1
    shift
    "$@" >"$work/out" 2>"$work/log" && return
    echo "not ok - random menu $number: $what: $(tail -5 "$work/log" | tr '\n' ' ')"
    exit 1
}

# cell NAME: of the table in $work/out
cell() {
    awk -F '\t' -v name="$1" '/^#/ { next }
        !head { for (i = 1; i <= NF; i++) if ($i == name) column = i; head = 1; next }
        { print $column; exit }' "$work/out"
}

if [ $# -eq 1 ]; then
    number=$1
    step "written" "$writer" "$number" "$algorithms"
    mv "$work/out" "$work/menu.yaml"
    step "RTL" "$program" menu rtl "$work/menu.yaml" -o "$work/rtl" --format tsv
    shape="$(cell algorithms) algorithms and $(cell unsupported) without RTL,"
    shape="$shape $(cell conditions) conditions, $(cell pairs_of_lists) pairs of lists"
    step "built" tools/gt_dut.sh "$work/rtl"
    step "co-simulation" "$program" cosim gt --menu "$work/menu.yaml" --rtl "$work/rtl" \
        --n "$crossings" --seed "$number" --format tsv
    # All or nothing set would say little.
    share=$(($(cell fired) * 100 / $(cell bits)))
    if [ "$share" -lt 5 ] || [ "$share" -gt 95 ]; then
        echo "not ok - random menu $number: $share % of bits set"
        exit 1
    fi
    echo "ok - random menu $number: $shape; $(cell bits) bits, $share % set, and" \
        "$(cell counters) counters equal after $(cell latency_clocks) clocks"
    exit 0
fi

# Verilator's runtime once for all.
include=$(verilator --getenv VERILATOR_ROOT)/include
GT_RUNTIME=
for file in verilated verilated_threads; do
    "${CXX:-clang++}" -std=gnu++17 -O2 -fPIC -fvisibility=hidden -DVM_TRACE=0 -isystem "$include" \
        -isystem "$include/vltstd" -c "$include/$file.cpp" -o "$work/$file.o" || exit 3
    GT_RUNTIME="$GT_RUNTIME $work/$file.o"
done
export GT_RUNTIME

failed=0
i=0
while [ "$i" -lt "$menus" ]; do
    echo "$i"
    i=$((i + 1))
done | xargs -P "${L1TWIN_GT_JOBS:-2}" -n 1 "$here/conformance_gt_random.sh" || failed=1

# Every kind that the RTL library has must have been there.
i=0
while [ "$i" -lt "$menus" ]; do
    "$writer" "$i" "$algorithms" || exit 3
    i=$((i + 1))
done | grep expression: >"$work/all"
for kind in 'comb{' 'dist{' 'mass{' 'mass_inv{' 'mass_trv{' 'mass_inv_upt{' 'mass_inv_dr{' 'mass_inv_3{' \
    'comb_orm{' 'dist_orm{' 'mass_inv_orm{' 'mass_trv_orm{' EXT_ CENT MUS0 MUSOOT CICADA TBPT_ CHGCOR_; do
    n=$(grep -oF -- "$kind" "$work/all" | wc -l)
    if [ "$n" -gt 0 ]; then
        echo "ok - among them $n times $kind"
    else
        echo "not ok - among them no $kind"
        failed=1
    fi
done
exit "$failed"
