#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Copies rtl/ to a directory with every fault of the given lists built in, each chosen at run time:
#
#   tools/inject_faults.sh OUT tests/cosim/jet.faults...
#
# A line of a list is
#
#   name | file | original expression | faulty expression | first stage | comment
#
# and fault K is line K of all lists together, comments and blank lines not counted; no two lines
# have the same name. The original text must occur exactly once in the file; it becomes
#
#   ((l1t_fault_pkg::sel == K) ? (faulty) : (original))
#
# RTL_FROM is another folder to copy in place of rtl/ (a generated menu beside the library).
#
# where sel, in the generated OUT/common/l1t_fault_pkg.sv, is the plusarg +l1t_fault=K (0: no fault).
# Prints "K name stage" for every fault. Fails at the first text that is not found exactly once.
set -eu
if [ $# -lt 2 ]; then
    echo "usage: $0 OUT FAULTS..." >&2
    exit 2
fi
out=$1
shift
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
from=${RTL_FROM:-$root/rtl}
cp -R "$from/." "$out/"

cat >"$out/common/l1t_fault_pkg.sv" <<'SV'
// SPDX-License-Identifier: Apache-2.0
// Made by tools/inject_faults.sh: the injected fault that is switched on, 0 for none.
package l1t_fault_pkg;
  function automatic int chosen();
    if ($value$plusargs("l1t_fault=%d", chosen) == 0) chosen = 0;
  endfunction

  int sel = chosen();
endpackage
SV

# Each original is looked for in the untouched file, and replaced in the copy.
cat "$@" | awk -v src="$from/" -v dst="$out/" -v lists="$*" '
function trim(s) { sub(/^[ \t]+/, "", s); sub(/[ \t]+$/, "", s); return s }
function slurp(path,   text, line) {
    text = ""
    while ((getline line < path) > 0) text = text line "\n"
    close(path)
    return text
}
function fail(message) {
    printf "%s: fault %d (%s): %s\n", lists, n, name, message > "/dev/stderr"
    exit failed = 1
}
/^[ \t]*(#|$)/ { next }
{
    n++
    fields = split($0, f, " \\| ")
    name = trim(f[1])
    if (fields != 6) fail("six fields wanted, " fields " found")
    if (name in known) fail("two faults have this name")
    known[name]
    file = trim(f[2]); original = trim(f[3]); faulty = trim(f[4]); stage = trim(f[5])
    sub(/^rtl\//, "", file)
    text = slurp(src file)
    if (text == "") fail(file " is not there")
    at = index(text, original)
    if (at == 0) fail("\"" original "\" is not in " file)
    if (index(substr(text, at + 1), original) != 0) fail("\"" original "\" is in " file " twice")
    if (!(file in copy)) copy[file] = text
    at = index(copy[file], original)
    if (at == 0) fail("\"" original "\" overlaps with another fault")
    copy[file] = substr(copy[file], 1, at - 1) "((l1t_fault_pkg::sel == " n ") ? (" faulty \
        ") : (" original "))" substr(copy[file], at + length(original))
    print n, name, stage
}
END {
    if (failed) exit 1
    for (file in copy) {
        printf "%s", copy[file] > (dst file)
        close(dst file)
    }
}'
