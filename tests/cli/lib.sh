# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
# What tests of commands share: the program, a folder of their own, verdicts. Sourced from the root of
# the project: . tests/cli/lib.sh
l1twin=${L1TWIN:?the program to test}
case $l1twin in /*) ;; *) l1twin=$(pwd)/$l1twin ;; esac
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
failed=0

report() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        head -20 "$work/out" "$work/err"
        failed=1
    fi
}
# call ARGUMENTS...: keeps what is printed
call() { "$l1twin" "$@" >"$work/out" 2>"$work/err"; }
# expect CODE ARGUMENTS...: the same, and compares the exit code
expect() {
    code=$1
    shift
    call "$@"
    [ $? -eq "$code" ]
}
