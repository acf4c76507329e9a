#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# For every shim sim/l1t_X_dut.cpp the whole family of files is there.
set -u
cd "$(dirname "$0")/.." || exit 3
bad=0
need() {
    # shellcheck disable=SC2086
    set -- "$1" $2
    [ -e "$2" ] || {
        echo "twin '$1': $2 is missing"
        bad=1
    }
}
for shim in sim/l1t_*_dut.cpp; do
    name=$(basename "$shim" _dut.cpp)
    short=${name#l1t_}
    need "$short" "models/*/$name.c"
    need "$short" "models/*/$name.h"
    need "$short" "rtl/*/$name.sv"
    need "$short" "configs/paths/$short.yaml"
    need "$short" "csrc/paths/$short.c"
    need "$short" "tests/cosim/test_$short.sh"
    need "$short" "tests/golden/test_${short}_golden.c"
done
for file in $(git ls-files 'rtl/*.sv' | grep -v _pkg.sv); do
    grep -q 'Twin:' "$file" || {
        echo "$file: no 'Twin:' line that names its C function"
        bad=1
    }
done
exit $bad
