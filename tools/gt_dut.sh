#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A menu's RTL as a shared object for `l1twin cosim gt --dut`:
#
#   tools/gt_dut.sh DIR [OUT.so [RTL]]
#
# DIR is what `l1twin menu rtl` wrote, OUT.so by default DIR/l1t_gt_menu.so, RTL the folder of the library (default: rtl; one made by
# tools/inject_faults.sh has faults built in). OUT.so is there when the build was good, or not at all.
# CXX (default clang++) compiles. Loops stay loops: unrolled, a menu is minutes of compiling.
# GT_RUNTIME: objects of Verilator's runtime, for who builds many menus.
set -eu
if [ $# -lt 1 ] || [ $# -gt 3 ]; then
    echo "usage: $0 DIR [OUT.so [RTL]]" >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(cd "$1" && pwd)
out=${2:-$dir/l1t_gt_menu.so}
rtl=$(cd "${3:-$root/rtl}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

files=
while read -r file; do
    case $file in
    rtl/*) files="$files $rtl/${file#rtl/}" ;;
    *) files="$files $dir/$file" ;;
    esac
done <"$dir/l1t_gt_menu.f"
[ ! -f "$rtl/common/l1t_fault_pkg.sv" ] || files="$rtl/common/l1t_fault_pkg.sv $files"

# shellcheck disable=SC2086
env -u MAKEFLAGS -u MFLAGS verilator --cc --build -j "${GT_JOBS:-1}" -O3 --x-assign fast \
    --x-initial unique --noassert --unroll-count 4 -Wno-lint -Wno-style --CFLAGS "-fPIC" \
    -MAKEFLAGS "CXX=${CXX:-clang++} OPT_FAST=-O2 OPT_SLOW=-O0 OPT_GLOBAL=-O2" \
    --top-module l1t_gt_menu "$root/lint/waivers.vlt" --prefix Vl1t_gt_menu --Mdir "$work" $files >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
include=$(verilator --getenv VERILATOR_ROOT)/include
# shellcheck disable=SC2086
${CXX:-clang++} -std=gnu++17 -O2 -fPIC -shared -fvisibility=hidden -Wl,-Bsymbolic \
    -I"$root/sim" -I"$work" -isystem "$include" -isystem "$include/vltstd" -DVM_TRACE=0 \
    "$root/sim/l1t_gt_menu.cpp" "$work/Vl1t_gt_menu__ALL.a" \
    ${GT_RUNTIME:-"$include/verilated.cpp" "$include/verilated_threads.cpp"} -o "$out.new" -lpthread -latomic
mv "$out.new" "$out"
