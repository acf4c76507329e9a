#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The RTL of the official menus, all their algorithms, on their test vectors and on generated
# crossings, beside the interpreter (which tests/golden compares with the vectors' own decisions).
# Each menu is a build of one to two minutes. Networks have no RTL and are left out by `menu rtl`.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${L1TWIN:-build/release/l1twin}
shared=${L1TWIN_SHARED:-../shared}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

# says NAME COMMAND...: ok or not ok, with the output when it is not
says() {
    name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        tail -20 "$work/log"
        failed=1
        return 1
    fi
}

# conforms FOLDER
conforms() {
    menu=$shared/ugt/$1/menu.xml.gz vectors=$shared/ugt/$1/vector.txt.gz
    if [ ! -r "$menu" ] || [ ! -r "$vectors" ]; then
        echo "SKIPPED RTL of $1: no $shared/ugt/$1"
        return
    fi
    rm -rf "$work/rtl"
    says "$1: RTL" "$program" menu rtl "$menu" -o "$work/rtl" || return
    says "$1: built" tools/gt_dut.sh "$work/rtl" || return
    says "$1: test vectors" "$program" cosim gt --menu "$menu" --rtl "$work/rtl" --events "$vectors"
    says "$1: generated crossings" "$program" cosim gt --menu "$menu" --rtl "$work/rtl" --n 5000
}

for menu in e_test_massoverdr f_test_overlapremoval a_collisions2016_v4 \
    b_collisions2017_v3_test2 c_collisions2024_v1_3_0 d_heavyions2024_v1_0_6; do
    conforms "$menu"
done
exit "$failed"
