#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/run.sh itself: whatever goes wrong in a test program must show in its last line and exit code.
set -u
run=$(cd "$(dirname "$0")/.." && pwd)/run.sh
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
failures=0

program() { # program NAME: makes a script of standard input
    { echo '#!/bin/sh'; cat; } >"$scratch/$1"
    chmod +x "$scratch/$1"
}

# expect NAME CODE LAST-LINE PROGRAM...
expect() {
    name=$1 code=$2 last=$3
    shift 3
    (cd "$scratch" && L1T_TEST_TIMEOUT=2 "$run" "$@") >"$scratch/out" 2>&1
    got=$?
    if [ "$got" -eq "$code" ] && [ "$(tail -n 1 "$scratch/out")" = "$last" ]; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        echo "  exit code $got, expected $code; last line expected: $last"
        sed 's/^/  /' "$scratch/out"
        failures=$((failures + 1))
    fi
}

summary() { # summary RAN PASSED FAILED: as CUnit prints it
    printf 'Run Summary:    Type  Total    Ran Passed Failed Inactive\n'
    printf '              suites      1      1    n/a      0        0\n'
    printf '               tests     %2d     %2d     %2d     %2d        0\n' "$1" "$1" "$2" "$3"
    printf '             asserts     99     99     99      0      n/a\n'
}

{ echo 'cat <<END'; summary 5 5 0; echo END; } | program good
{ echo 'cat <<END'; summary 5 3 2; echo END; echo 'exit 1'; } | program bad
{ echo 'cat <<END'; summary 5 3 2; echo END; } | program lying
{ echo 'cat <<END'; summary 5 5 0; echo END; echo 'exit 23'; } | program leaking
{ echo 'echo "SKIPPED s/t: x absent"; cat <<END'; summary 5 5 0; echo END; } | program skipping
printf 'echo "ok - a"; echo "ok - b"\n' | program script
printf 'echo "ok - a"; echo "not ok - b"; exit 1\n' | program bad-script
printf 'echo "SKIPPED a: no data"\n' | program all-skipped
# shellcheck disable=SC2016
printf 'echo "ok - a"; kill -SEGV $$\n' | program crashing
printf 'sleep 30\n' | program endless
printf 'exit 0\n' | program silent

expect "CUnit tests and shell cases add up" 0 "7 passed, 0 failed" good script
expect "failed CUnit tests count" 1 "8 passed, 2 failed" good bad
expect "failed shell cases count" 1 "6 passed, 1 failed" good bad-script
expect "a skipped test is not a passed one" 0 "4 passed, 0 failed, 1 skipped" skipping
expect "a crash is a failure" 1 "1 passed, 1 failed" crashing
expect "a bad exit code after good tests is a failure" 1 "5 passed, 1 failed" leaking
expect "exit code 0 with failed tests is one more failure" 1 "3 passed, 3 failed" lying
expect "a program that does not end is a failure" 1 "0 passed, 1 failed" endless
expect "a program without any test is a failure" 1 "0 passed, 1 failed" silent
expect "an absent program is a failure" 1 "5 passed, 1 failed" good absent
expect "nothing at all is a failure" 1 "0 passed, 0 failed"
expect "only skipped tests are a failure" 1 "0 passed, 0 failed, 1 skipped" all-skipped
[ "$failures" -eq 0 ]
