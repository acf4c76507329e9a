#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# For every shim sim/l1t_X_dut.cpp the whole family of files is there.
set -u
cd "$(dirname "$0")/.." || exit 3
bad=0
# need TWIN PATTERN...: a file that fits one of the patterns
need() {
    twin=$1
    shift
    # shellcheck disable=SC2048
    for file in $*; do
        [ ! -e "$file" ] || return 0
    done
    echo "twin '$twin': $* is missing"
    bad=1
}
for shim in sim/l1t_*_dut.cpp; do
    name=$(basename "$shim" _dut.cpp)
    short=${name#l1t_}
    need "$short" "models/$name.c" "models/*/$name.c"
    need "$short" "models/$name.h" "models/*/$name.h"
    need "$short" "rtl/*/$name.sv"
    need "$short" "configs/paths/$short.yaml" "configs/paths/calo.yaml"
    need "$short" "csrc/paths/$short.c"
    need "$short" "tests/cosim/test_$short.sh"
    need "$short" "tests/cosim/$short.faults"
    # Nobody publishes answers of the building blocks in rtl/common: the third oracle is a plain
    # implementation in the unit test.
    if [ -e "rtl/common/$name.sv" ]; then
        need "$short" "tests/unit/test_$name.c"
    else
        need "$short" "tests/golden/test_${short}_golden.c"
    fi
done
for file in $(git ls-files 'rtl/*.sv' | grep -v _pkg.sv); do
    grep -q 'Twin:' "$file" || {
        echo "$file: no 'Twin:' line that names its C function"
        bad=1
    }
done
exit $bad
