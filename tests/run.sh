#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs test programs and scripts one after another and adds their results up.
# Usage: tests/run.sh PROGRAM...
#   CUnit programs count by the "tests" row of their summary, scripts by their `ok - name` and
#   `not ok - name` lines, `SKIPPED name: why` lines are skipped tests. A crash, a time-out, a bad
#   exit without a failed test, or no result at all is one failure.
# L1T_TEST_TIMEOUT: seconds for each program (600).
set -u
limit=${L1T_TEST_TIMEOUT:-600}
passed=0 failed=0 skipped=0
log=$(mktemp) || exit 3
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# Prints "passed failed skipped asserts" of a log.
count() {
    awk '
        /^ +tests +[0-9]+ +[0-9]+ +[0-9]+ +[0-9]+/ { passed += $4; failed += $5; cunit = 1 }
        /^ +asserts +[0-9]+/ { asserts += $2 }
        /^ok - / { passed++ }
        /^not ok - / { failed++ }
        /^SKIPPED / { skipped++ }
        # a skipped CUnit test returned early, so CUnit calls it passed
        END { if (cunit) passed -= skipped < passed ? skipped : passed
              print passed + 0, failed + 0, skipped + 0, asserts + 0 }' "$log"
}

run_one() {
    program=$1
    name=${program#build/}
    started=$(date +%s)
    case $program in
    */*) path=$program ;;
    *) path=./$program ;;
    esac
    if [ -x "$path" ]; then
        timeout -k 10 "$limit" "$path" >"$log" 2>&1 </dev/null
        code=$?
    else
        echo "$path: absent or not executable" >"$log"
        code=127
    fi
    seconds=$(($(date +%s) - started))
    # shellcheck disable=SC2046
    set -- $(count)
    p=$1 f=$2 s=$3 asserts=$4
    why=
    if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
        why="no end after $limit s"
    elif [ "$code" -gt 128 ]; then
        why="killed by signal $((code - 128))"
    elif [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
        why="exit code $code without a failed test"
    elif [ $((p + f + s)) -eq 0 ]; then
        why="ran no test"
    elif [ "$code" -eq 0 ] && [ "$f" -gt 0 ]; then
        why="exit code 0 in spite of failed tests"
    fi
    [ -z "$why" ] || f=$((f + 1))
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    detail="$p passed"
    [ "$f" -eq 0 ] || detail="$detail, $f FAILED"
    [ "$s" -eq 0 ] || detail="$detail, $s skipped"
    [ "$asserts" -eq 0 ] || detail="$detail ($asserts asserts)"
    printf '%-40s %4d s  %s\n' "$name" "$seconds" "$detail"
    if [ "$f" -gt 0 ]; then
        # of a long list of cases only those that failed, with what they say
        if grep -q '^not ok - ' "$log"; then
            awk '/^(ok|not ok) - / { show = /^not/ } show' "$log" | head -200 | sed 's/^/    /'
        else
            tail -200 "$log" | sed 's/^/    /'
        fi
        [ -z "$why" ] || echo "    ^ $name: $why"
    else
        grep '^SKIPPED ' "$log" | sed 's/^/    /'
    fi
}

for program; do
    run_one "$program"
done
total=$((passed + failed))
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$total" -gt 0 ]
