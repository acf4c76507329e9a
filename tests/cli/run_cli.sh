#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs command lines and compares what they print. Usage: tests/cli/run_cli.sh L1TWIN CASES.case...
# A case file holds cases of lines `word: value`, in this order, blank lines and # comments between:
#   case: name as a sentence        starts a case
#   run: help cosim                 arguments, as a shell would read them; $ROOT is the repository
#   stdin: text                     one line given on standard input (none: empty)
#   exit: 0                         expected exit code
#   stdout: REGEX                   grep -E, some line must match; several allowed
#   stderr: REGEX                   the same
#   file: NAME                      must exist afterwards; any other new file is a failure
# Without a stdout (stderr) line nothing may be printed there. Exit code 2 and 3 mean exactly one
# line on stderr. Each case runs in an empty directory of its own.
set -u
program=$1
shift
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
export ROOT program
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
failures=0

start_case() {
    name=$1 arguments='' input='' code=0
    : >"$scratch/want.stdout"
    : >"$scratch/want.stderr"
    : >"$scratch/want.files"
}

# compare STREAM: each expected pattern matches; silence where none is expected.
compare() {
    if [ ! -s "$scratch/want.$1" ] && [ -s "$scratch/$1" ]; then
        echo "unexpected $1: $(head -3 "$scratch/$1")"
    fi
    while IFS= read -r pattern; do
        grep -Eq -e "$pattern" "$scratch/$1" || echo "$1 has no line with: $pattern; it is: $(head -5 "$scratch/$1")"
    done <"$scratch/want.$1"
}

run_case() {
    [ -n "$name" ] || return 0
    rm -rf "$scratch/cwd"
    mkdir "$scratch/cwd"
    (
        cd "$scratch/cwd" || exit 99
        if [ -n "$input" ]; then printf '%s\n' "$input"; fi | eval "\"\$program\" $arguments"
    ) >"$scratch/stdout" 2>"$scratch/stderr"
    got=$?
    {
        [ "$got" -eq "$code" ] || echo "exit code $got, expected $code"
        compare stdout
        compare stderr
        if [ "$code" -ge 2 ] && [ "$(wc -l <"$scratch/stderr")" -ne 1 ]; then
            echo "expected exactly one line on stderr"
        fi
        (cd "$scratch/cwd" && find . -mindepth 1 ! -type d | sed 's|^\./||' | LC_ALL=C sort) \
            >"$scratch/files"
        LC_ALL=C sort "$scratch/want.files" | cmp -s - "$scratch/files" ||
            echo "files afterwards: $(tr '\n' ' ' <"$scratch/files")"
    } >"$scratch/problems"
    if [ -s "$scratch/problems" ]; then
        echo "not ok - $name"
        echo "  l1twin $arguments"
        sed 's/^/  /' "$scratch/problems"
        [ ! -s "$scratch/stderr" ] || sed 's/^/  stderr: /' "$scratch/stderr" | head -5
        failures=$((failures + 1))
    else
        echo "ok - $name"
    fi
}

for file; do
    name=
    while IFS= read -r line || [ -n "$line" ]; do
        value=${line#*: }
        case $line in
        'case: '*)
            run_case
            start_case "$value"
            ;;
        'run: '*) arguments=$value ;;
        'run:') arguments= ;;
        'stdin: '*) input=$value ;;
        'exit: '*) code=$value ;;
        'stdout: '*) echo "$value" >>"$scratch/want.stdout" ;;
        'stderr: '*) echo "$value" >>"$scratch/want.stderr" ;;
        'file: '*) echo "$value" >>"$scratch/want.files" ;;
        '' | '#'*) ;;
        *)
            echo "not ok - $file: cannot read: $line"
            failures=$((failures + 1))
            ;;
        esac
    done <"$file"
    run_case
done
[ "$failures" -eq 0 ]
