#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The RTL that `l1twin menu rtl` writes beside the interpreter: the default menu; a menu of all kinds
# of conditions, with faults put into library, top and tables. Each menu is one build.
#
#   L1TWIN          the program (default build/release/l1twin)
#   L1TWIN_SHARED   official menus and vectors (default ../shared)
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
shared=${L1TWIN_SHARED:-../shared}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0
kinds=tests/cosim/gt/kinds.yaml

bad() {
    echo "not ok - $1"
    [ ! -s "$work/log" ] || tail -20 "$work/log"
    failed=1
}

# made NAME MENU: its RTL in $work/NAME
made() {
    if "$program" menu rtl "$2" -o "$work/$1" >"$work/log" 2>&1; then
        echo "ok - $1: RTL written"
    else
        bad "$1: RTL written"
        exit 1
    fi
}

# built NAME ARGUMENT...: of tools/gt_dut.sh
built() {
    name=$1
    shift
    if tools/gt_dut.sh "$work/$name" "$work/$name/l1t_gt_menu.so" "$@" >"$work/log" 2>&1; then
        echo "ok - $name: built"
    else
        bad "$name: built"
        exit 1
    fi
}

# linted NAME: no warning that lint/waivers.vlt does not know
linted() {
    # shellcheck disable=SC2046
    if verilator --lint-only -Wall --top-module l1t_gt_menu lint/waivers.vlt \
        $(sed "s|^l1t_|$work/$1/l1t_|" "$work/$1/l1t_gt_menu.f") >"$work/log" 2>&1; then
        echo "ok - $1: lint"
    else
        bad "$1: lint"
    fi
}

# equal NAME MENU OPTION...
equal() {
    name=$1 menu=$2
    shift 2
    if "$program" cosim gt --menu "$menu" --rtl "$work/$name" "$@" >"$work/log" 2>&1; then
        echo "ok - $name: $*"
    else
        bad "$name: $*"
    fi
}

# found NAME WHAT MENU OPTION...: exit 1, and the first difference is of this kind
found() {
    name=$1 what=$2
    shift 2
    "$program" cosim gt --menu "$kinds" --rtl "$work/kinds" "$@" >"$work/out" 2>"$work/log"
    code=$?
    if [ "$code" -eq 1 ] && grep -qE "$what" "$work/log"; then
        echo "ok - fault $name: $(cut -c 1-100 <"$work/log")"
    else
        bad "fault $name found (exit $code)"
    fi
}

# ---- the default menu ----

made run3 configs/menus/run3.yaml
linted run3
built run3
equal run3 configs/menus/run3.yaml --n 2000 --seed 1
equal run3 configs/menus/run3.yaml --n 1
vectors=$shared/ugt/c_collisions2024_v1_3_0/vector.txt.gz
if [ -r "$vectors" ]; then
    equal run3 configs/menus/run3.yaml --events "$vectors"
else
    echo "SKIPPED crossings of CMS: no $vectors"
fi

# ---- all kinds, with faults ----

made kinds "$kinds"
mkdir "$work/rtl"
cp -R rtl/. "$work/rtl/"
cp "$work/kinds/l1t_gt_menu.sv" "$work/rtl/gt/"
sed -i 's|^l1t_gt_menu.sv|rtl/gt/l1t_gt_menu.sv|' "$work/kinds/l1t_gt_menu.f"
if ! RTL_FROM=$work/rtl tools/inject_faults.sh "$work/faulty" tests/cosim/gt/rtl.faults \
    >"$work/faults" 2>"$work/log"; then
    bad "faults built in"
    exit 1
fi
built kinds "$work/faulty"
equal kinds "$kinds" --n 2000 --seed 1
equal kinds "$kinds" --n 5000 --seed 2

while read -r number name stage; do
    case $stage in
    bit) what='crossing [0-9]+: bit' ;;
    decision) what='final decision' ;;
    *) what='counter' ;;
    esac
    found "$name" "$what" --n 4000 --seed 1 --fault "$number"
done <"$work/faults"

# table NAME FILE AWK: one image changed
table() {
    rm -rf "$work/images"
    mkdir "$work/images"
    cp "$work"/kinds/*.mem "$work/images/"
    awk "$3" "$work/kinds/$2" >"$work/images/$2"
    found "table $1" 'crossing [0-9]+: bit' --n 4000 --seed 1 --mem-dir "$work/images"
}
# Entries off by one place.
shifted='NR > 1 { print } END { print }'
# Entries one too large, but where the last digit is f.
# shellcheck disable=SC2016
larger='{ n = length($0); k = index("0123456789abcde", substr($0, n))
    if (k) $0 = substr($0, 1, n - 1) substr("123456789abcdef", k, 1); print }'
table "cosh, entries off by one" l1t_gt_mu_mu_cosh.mem "$larger"
table "cosh, off by one place" l1t_gt_mu_mu_cosh.mem "$shifted"
table "cos of jets" l1t_gt_calo_calo_cos.mem "$shifted"
table "deta" l1t_gt_mu_mu_deta.mem "$shifted"
table "pt of muons" l1t_gt_pt_mu.mem "$shifted"
table "1/deltaR^2" l1t_gt_mu_mu_inverse.mem "$shifted"

# ---- what is refused ----

# refused CODE TEXT ARGUMENT...
refused() {
    code=$1 text=$2
    shift 2
    "$program" "$@" >"$work/out" 2>"$work/log"
    if [ $? -eq "$code" ] && grep -q "$text" "$work/log"; then
        echo "ok - $text"
    else
        bad "exit $code, '$text': $*"
    fi
}
refused 2 "of another menu" cosim gt --menu configs/menus/run3.yaml --rtl "$work/kinds"
refused 2 "not a simulated menu" cosim gt --menu "$kinds" --rtl "$work/none"
refused 2 "are needed" cosim gt --rtl "$work/kinds"
refused 2 "expected bits" menu rtl "$kinds" -o "$work/only" --only 5-3
refused 2 "where to" menu rtl "$kinds"
mkdir "$work/full"
mkdir "$work/full/l1t_gt_menu.sv"
"$program" menu rtl "$kinds" -o "$work/full" >"$work/out" 2>"$work/log"
if [ $? -eq 2 ] && [ "$(find "$work/full" -type f | wc -l)" -eq 0 ]; then
    echo "ok - nothing half written"
else
    bad "nothing half written"
fi
exit "$failed"
