#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Dependencies point one way: csrc/cmd -> csrc -> models; sim -> models. A grep of
# includes, and of calls that do not belong in a room.
set -u
cd "$(dirname "$0")/.." || exit 3
bad=0

# forbid ROOM PATTERN WHY FILES...
forbid() {
    room=$1 pattern=$2 why=$3
    shift 3
    if grep -nE "$pattern" "$@" /dev/null; then
        echo "^ $room: $why"
        bad=1
    fi
}

models=$(git ls-files 'models/*.c' 'models/*.h')
library=$(git ls-files 'csrc/*.c' 'csrc/*.h' | grep -v '^csrc/cmd/')
sources=$(git ls-files 'models/*.c')
sim=$(git ls-files 'sim/*')
# shellcheck disable=SC2086
{
    forbid models '#include "(l1t/|cmd/|l1t_dut)' "models include nothing but models" $models
    forbid models '#include <(stdio|stdlib|math|time|errno)' "integers only, no heap, no I/O" $models
    forbid models '\b(float|double)\b[^;]*=' "no floating point in a model" $sources
    forbid csrc '#include "(cmd/|V)' "the library does not know the program or Verilator" $library
    forbid csrc '(^|[^a-z_])(printf|puts|putchar|perror|exit|abort) *\(' "the library does not print or exit" $library
    forbid sim '#include "(l1t/|cmd/)' "sim knows models and the seam only" $sim
}
exit $bad
