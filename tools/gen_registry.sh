#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints a C file with the list of things that files define, sorted by name, ended by NULL.
# Usage: tools/gen_registry.sh TYPE PREFIX SUFFIX LIST HEADER [FILE]...
# The stem of a file without what it already has of PREFIX and SUFFIX, between both, is the name:
#   'struct l1t_cmd'     cmd_      ''    csrc/cmd/cmd_fit.c        -> cmd_fit
#   'struct l1t_twin'    l1t_      _twin csrc/paths/jet.c          -> l1t_jet_twin
#   'struct l1t_dut_ops' l1t_      _dut  sim/l1t_jet_dut.cpp       -> l1t_jet_dut
#   'struct l1t_page'    l1t_page_ ''    csrc/report/page_rates.c  -> l1t_page_rates
set -eu
if [ $# -lt 5 ]; then
    echo "usage: $0 TYPE PREFIX SUFFIX LIST HEADER [FILE]..." >&2
    exit 2
fi
type=$1 prefix=$2 suffix=$3 list=$4 header=$5
shift 5

names=$(for file; do
    stem=$(basename "$file")
    stem=${stem%.*}
    have=$prefix
    while [ -n "$have" ]; do
        case $stem in
        "$have"*)
            stem=${stem#"$have"}
            break
            ;;
        esac
        have=${have#*_}
    done
    echo "$prefix${stem%"$suffix"}$suffix"
done | LC_ALL=C sort -u)

echo "// Made by tools/gen_registry.sh; do not edit."
echo "#include \"$header\""
echo
for name in $names; do
    echo "extern const $type $name;"
done
echo
echo "const $type *const ${list}[] = {"
for name in $names; do
    echo "    &$name,"
done
echo "    0,"
echo "};"
