#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The RTL of the official menus on their test vectors and on generated crossings, beside the
# interpreter (which tests/golden compares with the vectors' own decisions). Of the largest menus a
# hundred algorithms, one in so many, and those with overlap removal, unless L1TWIN_GT_ALL is 1: each menu is a build of a minute or two.
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

# conforms FOLDER HOW-MANY: 0 all
conforms() {
    menu=$shared/ugt/$1/menu.xml.gz vectors=$shared/ugt/$1/vector.txt.gz
    if [ ! -r "$menu" ] || [ ! -r "$vectors" ]; then
        echo "SKIPPED RTL of $1: no $shared/ugt/$1"
        return
    fi
    only=0-511
    if [ "$2" -gt 0 ] && [ "${L1TWIN_GT_ALL:-0}" != 1 ]; then
        only=$("$program" menu list "$menu" --format tsv | awk -v n="$2" '
            /^[0-9]/ { bit[k++] = $1 }
            /_orm/ { printf "%d,", $1 }
            END { for (i = 0; i < n; i++) printf "%s%d", i ? "," : "", bit[int(i * k / n)] }')
    fi
    rm -rf "$work/rtl"
    says "$1: RTL of $(echo "$only" | tr ',' ' ' | wc -w) parts of the menu" \
        "$program" menu rtl "$menu" -o "$work/rtl" --only "$only" || return
    says "$1: built" tools/gt_dut.sh "$work/rtl" || return
    says "$1: test vectors" "$program" cosim gt --menu "$menu" --rtl "$work/rtl" --events "$vectors"
    says "$1: generated crossings" "$program" cosim gt --menu "$menu" --rtl "$work/rtl" --n 5000
}

conforms e_test_massoverdr 0
conforms f_test_overlapremoval 0
conforms a_collisions2016_v4 100
conforms b_collisions2017_v3_test2 100
conforms c_collisions2024_v1_3_0 105 # networks among them, which have no RTL
conforms d_heavyions2024_v1_0_6 100
exit "$failed"
