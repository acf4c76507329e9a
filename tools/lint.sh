#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# All style and static checks, one `ok - ` or `not ok - ` line each. Usage: tools/lint.sh quick|full
# quick is what takes under two minutes on two cores; full adds clang-tidy.
set -u
cd "$(dirname "$0")/.." || exit 3
level=${1:-full}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
jobs=$(nproc)

# check NAME COMMAND...: its output is shown only when it fails.
check() {
    name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        head -60 "$work/log"
        failed=$((failed + 1))
    fi
}

files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do
    [ -f "$f" ] && echo "$f"; done; }
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Wwrite-strings -Werror
    -Icsrc -Imodels -Isim -Itests/unit -I. -I$work
    $(pkg-config --cflags-only-I hdf5 | sed 's/-I/-isystem /g')"
tools/gen_version.sh "" "" >"$work/l1t_version.h"

formatted() { files '*.c' '*.h' '*.cpp' '*.hpp' | xargs clang-format --dry-run -Werror; }
# shellcheck disable=SC2086
compiled() { files '*.c' | xargs -P "$jobs" -n 4 "$1" $flags -fsyntax-only; }
# gcc finds some faults only when it optimises
# shellcheck disable=SC2086
optimised() { files 'csrc/*.c' 'models/*.c' |
    xargs -P "$jobs" -I{} gcc $flags -O2 -S -o /dev/null {}; }
analysed() { files 'csrc/*.c' 'models/*.c' | xargs cppcheck -q -j "$jobs" --std=c11 \
    --enable=warning,style,performance,portability --inline-suppr --error-exitcode=1 \
    --suppressions-list=lint/cppcheck.supp -Icsrc -Imodels -Isim; }
# shellcheck disable=SC2086
tidied() { files 'csrc/*.c' 'models/*.c' | xargs -P "$jobs" -n 1 sh -c '
    clang-tidy --quiet --warnings-as-errors="*" "$@" -- '"$(echo $flags | tr '\n' ' ')"'' sh; }
scripts() { files '*.sh' '.ci/run' | xargs shellcheck; }
configs() { files '*.yaml' '*.yml' | xargs yamllint -s -d \
    '{extends: default, rules: {document-start: disable, line-length: {max: 100},
      braces: {max-spaces-inside: 1}, brackets: {max-spaces-inside: 1},
      commas: {max-spaces-after: -1}, colons: {max-spaces-after: -1}}}'; }

packages() { files 'rtl/common/*_pkg.sv'; files 'rtl/*_pkg.sv' | grep -v '^rtl/common/'; }
modules() { files 'rtl/*.sv' | grep -v '_pkg\.sv$'; }
modules_linted() {
    # shellcheck disable=SC2046
    # shellcheck disable=SC2016
    modules | xargs -P "$jobs" -I{} sh -c 'top=$(basename "$1" .sv); shift
        verilator --lint-only -Wall --top-module "$top" "$@"' sh {} lint/waivers.vlt $(packages) $(modules)
}

check "clang-format" formatted
check "layers: who may include whom" tools/check_layers.sh
check "twins: every RTL twin has its model, shim and test" tools/check_twins.sh
check "files: licence lines, no generated or foreign files, lengths" tools/check_files.sh
check "shellcheck" scripts
check "yamllint" configs
check "clang, all warnings" compiled clang
check "gcc, all warnings, optimised" optimised
check "cppcheck" analysed
check "verilator lint, every module as top" modules_linted
if [ "$level" = full ]; then
    check "clang-tidy" tidied
    check "yosys reads every twin" tools/synth.sh --check
fi
[ "$failed" -eq 0 ]
