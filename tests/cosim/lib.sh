#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the co-simulation tests share; sourced after `path` (the twin) and `program` are set.
# shellcheck disable=SC2154,SC2034
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0

ok() { echo "ok - $1"; }
not_ok() {
    echo "not ok - $1"
    failed=1
}

# equal NAME OPTION...: both twins agree.
equal() {
    name=$1
    shift
    if "$program" cosim "$path" --reproducer none "$@" >"$work/log" 2>&1; then
        ok "$name"
    else
        not_ok "$name"
        head -40 "$work/log"
    fi
}
