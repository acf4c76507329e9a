#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The command that a failed co-simulation prints shows the difference again, with a waveform; and a
# waveform that cannot be written is an error. L1TWIN_FAULTY and L1TWIN_WAVE name the programs.
set -u
cd "$(dirname "$0")/../.." || exit 3
root=$(pwd)
faulty=${L1TWIN_FAULTY:-$root/build/release/l1twin-faulty}
wave=${L1TWIN_WAVE:-$root/build/release/l1twin-wave}
if [ ! -x "$faulty" ] || [ ! -x "$wave" ]; then
    echo "SKIPPED waveforms: no $faulty or no $wave (make wave)"
    exit 0
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0
cd "$work" || exit 3

# verdict STATUS NAME
verdict() {
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        head -20 "$work/log"
        failed=1
    fi
}

"$faulty" cosim jet --n 50 --max-diffs 1 --fault 7 --config "$root/configs/paths/jet.yaml" \
    --reproducer "first one.txt" >"$work/out" 2>"$work/log"
line=$(sed -n 's/^ *reproduce: l1twin-wave \(.*[^ ]\)  *([0-9]* events*)$/\1/p' "$work/log")
[ -n "$line" ]
verdict $? "a faulty run prints how to see it again"
eval "\"\$wave\" $line" >"$work/out" 2>"$work/log"
[ $? -eq 1 ] && grep -q "FAIL jet" "$work/log"
verdict $? "the printed command shows the difference again"
[ -s cosim_jet.fst ]
verdict $? "and writes a waveform"

"$wave" cosim jet --n 1 --config "$root/configs/paths/jet.yaml" --wave "$work/absent/x.fst" \
    >"$work/out" 2>"$work/log"
[ $? -eq 3 ] && [ "$(wc -l <"$work/log")" -eq 1 ] && grep -q "x.fst: No such file" "$work/log"
verdict $? "a waveform that cannot be written is exit code 3 and one line"
exit "$failed"
