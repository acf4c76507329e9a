#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Standard streams that fail, completion in a real shell, the man page, usage of every command.
set -u
l1twin=${L1TWIN:?the program to test}
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
failures=0

# check NAME COMMAND...: the command must succeed
check() {
    name=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/  /' "$scratch/log" | head -20
        failures=$((failures + 1))
    fi
}

full_disk() {
    "$l1twin" help >/dev/full 2>"$scratch/err"
    [ $? -eq 3 ] && [ "$(cat "$scratch/err")" = "l1twin: standard output: No space left on device" ]
}
closed_stdout() {
    "$l1twin" version >&- 2>"$scratch/err"
    [ $? -eq 3 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ]
}
closed_stderr() {
    "$l1twin" frobnicate 2>&-
    [ $? -eq 2 ]
}
closed_pipe() {
    # a pipe that nobody reads any more: no word about it, no exit code of ours
    { "$l1twin" help --man 2>"$scratch/err"; echo $? >"$scratch/code"; } | : || true
    code=$(cat "$scratch/code" 2>/dev/null || echo 0)
    [ ! -s "$scratch/err" ] && { [ "$code" -eq 0 ] || [ "$code" -eq 141 ]; }
}
overview_on_stderr() {
    "$l1twin" >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 2 ] && [ ! -s "$scratch/out" ] && grep -q '^usage: l1twin COMMAND' "$scratch/err"
}
stopped_by() { # a signal in the middle of writing: no file is left, and the signal is the cause of death
    rm -rf "$scratch/stopped"
    mkdir "$scratch/stopped"
    mkfifo "$scratch/stopped.in"
    (cd "$scratch/stopped" && exec "$l1twin" emulate jet "$scratch/stopped.in" answers.txt \
        --config "$root/configs/paths/jet.yaml") 2>"$scratch/err" &
    pid=$!
    exec 9>"$scratch/stopped.in"
    echo 'E 1 first' >&9
    # until it has opened its output
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -z "$(ls -A "$scratch/stopped")" ] || break
        sleep 0.2
    done
    ls -A "$scratch/stopped"
    before=$(ls -A "$scratch/stopped")
    kill "-$1" "$pid"
    wait "$pid"
    code=$?
    exec 9>&-
    rm -f "$scratch/stopped.in"
    [ -n "$before" ] && [ "$code" -eq "$2" ] && [ -z "$(ls -A "$scratch/stopped")" ]
}
cosim_stopped() { # no memory images are left
    rm -rf "$scratch/tmp"
    mkdir "$scratch/tmp"
    TMPDIR=$scratch/tmp "$l1twin" cosim jet --n 100000000 --config "$root/configs/paths/jet.yaml" \
        >"$scratch/out" 2>"$scratch/err" &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(find "$scratch/tmp" -name '*.mem' | wc -l)" -eq 0 ] || break
        sleep 0.2
    done
    before=$(ls -A "$scratch/tmp")
    kill -TERM "$pid"
    wait "$pid"
    code=$?
    ls -A "$scratch/tmp"
    [ -n "$before" ] && [ "$code" -eq 143 ] && [ -z "$(ls -A "$scratch/tmp")" ]
}
man_page_renders() {
    "$l1twin" help --man >"$scratch/l1twin.1" || return 1
    if command -v man >/dev/null && command -v groff >/dev/null; then
        # warnings name a request that roff does not know; long lines of examples are fine
        MANWIDTH=200 man -l --warnings=mac "$scratch/l1twin.1" >/dev/null 2>"$scratch/err"
        [ ! -s "$scratch/err" ]
    fi
}

check "a full disk is exit code 3 and one line" full_disk
check "a closed stdout is exit code 3 and one line" closed_stdout
check "a closed stderr keeps the exit code" closed_stderr
check "a closed pipe is quiet" closed_pipe
check "the overview without a command goes to stderr" overview_on_stderr
check "the man page renders" man_page_renders
if "$l1twin" help emulate >/dev/null 2>&1; then
    check "SIGTERM leaves no half-written file" stopped_by TERM 143
    check "SIGHUP leaves no half-written file" stopped_by HUP 129
fi

check "a stopped co-simulation leaves no memory images" cosim_stopped

# Completion, sourced into bash: what is offered for words typed so far.
offers() { # offers EXPECTED WORD...
    expected=$1
    shift
    bash -c '
        . <("$0" completion bash) || exit 1
        COMP_WORDS=(l1twin "$@") COMP_CWORD=$#
        _l1twin
        printf "%s\n" "${COMPREPLY[@]}"' "$l1twin" "$@" >"$scratch/offered" || return 1
    grep -qxF -e "$expected" "$scratch/offered" || {
        cat "$scratch/offered"
        return 1
    }
}
if command -v bash >/dev/null; then
    check "completion of a command" offers version ver
    check "completion of the program's own options" offers --version --v
    check "completion of an option" offers --man help --m
    check "completion of a command after help" offers completion help com
    check "completion of a shell" offers zsh completion z
fi

# Every command answers --help on stdout, stands in the man page and in the overview.
"$l1twin" help >"$scratch/overview"
"$l1twin" help --man >"$scratch/man"
commands=$("$l1twin" help | awk '/^  [a-z]/ {print $1}')
helps() {
    "$l1twin" "$1" --help >"$scratch/a" 2>"$scratch/err" && "$l1twin" help "$1" >"$scratch/b" &&
        cmp "$scratch/a" "$scratch/b" && [ ! -s "$scratch/err" ] &&
        grep -q "^usage: l1twin $1" "$scratch/a" && grep -qx "\.SS $1" "$scratch/man" &&
        ! awk 'length > 100' "$scratch/a" | grep .
}
refuses_option() {
    "$l1twin" "$1" --no-such-option >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
    cat "$scratch/err"
    [ "$code" -eq 2 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ] && [ ! -s "$scratch/out" ] &&
        grep -q "^l1twin $1: .*--no-such-option" "$scratch/err"
}
completes_what_it_documents() { # each --word of the usage text is offered, and the other way round
    "$l1twin" help "$1" | grep -oE -e '(^|[^-[:alnum:]])--[a-z][a-z0-9-]*' | grep -oE -e '--.*' |
        LC_ALL=C sort -u | grep -vxE -e '--help' >"$scratch/documented"
    bash -c '. <("$0" completion bash)
        COMP_WORDS=(l1twin "$1" --) COMP_CWORD=2
        _l1twin
        printf "%s\n" "${COMPREPLY[@]}"' "$l1twin" "$1" | LC_ALL=C sort -u |
        grep -vxE -e '--help' | grep -e '--' >"$scratch/offered"
    diff "$scratch/documented" "$scratch/offered"
}
for command in $commands; do
    check "$command: help" helps "$command"
    case $command in
    version | completion) ;;
    *) check "$command: refuses an unknown option" refuses_option "$command" ;;
    esac
    check "$command: options documented and completed are the same" \
        completes_what_it_documents "$command"
done
[ "$failures" -eq 0 ]
