#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad files of every kind to every command that reads one (tests/cli/bad_input.list). Each must be
# refused within seconds and half a gigabyte: exit code 2 or 3, one line on stderr that names the
# file, nothing on stdout, no file left behind.
set -u
l1twin=${L1TWIN:?the program to test}
here=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$here/../.." && pwd)
export ROOT
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
failures=0
bad=$scratch/bad
mkdir "$bad" "$bad/directory"

# Root reads everything, so it becomes nobody for that file, where nobody can run the program and read
# its configurations (a checkout in root's own home is closed to others).
nobody=
if [ "$(id -u)" -eq 0 ]; then
    chmod 711 "$scratch"
    nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
    $nobody "$l1twin" version >/dev/null 2>&1 &&
        $nobody cat "$ROOT"/configs/*/*.yaml >/dev/null 2>&1 || nobody=impossible
fi

# Sanitizers reserve terabytes of addresses.
limit=2000000
if "$l1twin" version | grep -q fsanitize; then limit=unlimited; fi

: >"$bad/empty"
printf '\n\n\n' >"$bad/blank-lines"
printf '# only a comment\n' >"$bad/comment"
head -c 100000 /dev/urandom >"$bad/random"
printf 'abc\000def\n' >"$bad/nul"
printf '\377\376a\000b\000\n\000' >"$bad/utf-16"
printf 'caf\351: \351\351\n' >"$bad/latin-1"
printf '\177ELF\002\001\001' >"$bad/elf-head"
printf 'the quick brown fox\njumps over\n' >"$bad/prose"
printf '{"json": [1, 2, 3]}\n' >"$bad/json"
printf '%%PDF-1.4\n%%%%EOF\n' >"$bad/pdf-head"
printf '\033[31mred\033[0m: \033]0;title\007\n' >"$bad/escape-codes"
yes 'x: 1' | head -n 100000 >"$bad/hundred-thousand-lines"
yes 'no such thing' | head -n 2000 | gzip >"$scratch/whole.gz"
head -c 40 "$scratch/whole.gz" >"$bad/truncated-gzip"
printf '\037\213\010\000garbage garbage garbage' >"$bad/corrupt-gzip"
head -c 2 "$scratch/whole.gz" >"$bad/two-bytes-of-gzip"
head -c 10000000 /dev/zero | tr '\0' 'x' | gzip >"$scratch/ten-megabytes.gz"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    cat "$scratch/ten-megabytes.gz"
done >"$bad/gzip-bomb"
truncate -s 1G "$bad/sparse-gigabyte"
ln -s "$bad/loop" "$bad/loop"
printf 'secret' >"$bad/unreadable"
chmod 000 "$bad/unreadable"

# refuse NAME FILE ARGUMENTS...: standard input is already in place
refuse() {
    name=$1 file=$2
    shift 2
    rm -rf "$scratch/cwd"
    mkdir -m 777 "$scratch/cwd"
    started=$(date +%s)
    (
        cd "$scratch/cwd" || exit 99
        # shellcheck disable=SC3045
        [ "$limit" = unlimited ] || ulimit -v "$limit" 2>/dev/null
        # shellcheck disable=SC2086
        exec timeout 60 $as_user "$l1twin" "$@"
    ) >"$scratch/out" 2>"$scratch/err"
    code=$?
    seconds=$(($(date +%s) - started))
    {
        [ "$code" -eq 2 ] || [ "$code" -eq 3 ] || echo "exit code $code, expected 2 or 3"
        [ "$(wc -l <"$scratch/err")" -eq 1 ] || echo "stderr is not one line"
        [ "$(wc -c <"$scratch/err")" -le 800 ] || echo "the line is longer than 800 characters"
        ! LC_ALL=C grep -q "$(printf '[\033\007]')" "$scratch/err" || echo "terminal escape codes"
        grep -qF -e "$file" "$scratch/err" || echo "stderr does not name the file"
        [ ! -s "$scratch/out" ] || echo "something on stdout"
        [ "$seconds" -le 20 ] || echo "took $seconds s"
        left=$(find "$scratch/cwd" -mindepth 1)
        [ -z "$left" ] || echo "left behind: $left"
    } >"$scratch/problems"
    if [ -s "$scratch/problems" ]; then
        echo "not ok - $name"
        sed 's/^/  /' "$scratch/problems"
        head -c 800 "$scratch/err" | sed 's/^/  stderr: /' | head -5
        failures=$((failures + 1))
    else
        echo "ok - $name"
    fi
}

# as_arguments FILE: the command line with FILE in place of @, and % as a file that names it
as_arguments() {
    [ -z "$wrapper" ] || printf '%b\n' "$wrapper" | sed "s|@|'$1'|g" >"$scratch/wrapper.yaml"
    echo "$line" | sed "s|@|'$1'|g; s|%|'$scratch/wrapper.yaml'|g"
}

try_type() {
    type=$1 kind=$2 line=$3 wrapper=$4
    for file in "$bad"/* "$bad/absent"; do
        what=$(basename "$file") as_user=
        case $kind/$what in
        stream/empty | stream/blank-lines | stream/comment) continue ;;
        */unreadable)
            if [ "$nobody" = impossible ]; then
                echo "SKIPPED $type/unreadable: root reads everything"
                continue
            fi
            as_user=$nobody
            ;;
        esac
        eval "set -- $(as_arguments "$file")"
        refuse "$type: $what" "$what" "$@" </dev/null
    done
    # A line of a gigabyte, through a pipe with a name and through standard input.
    as_user=
    mkfifo "$scratch/endless"
    { head -c 1000000000 /dev/zero | tr '\0' 'x' >"$scratch/endless"; } 2>/dev/null &
    eval "set -- $(as_arguments "$scratch/endless")"
    refuse "$type: a line of a gigabyte" endless "$@" </dev/null
    # had nobody opened the pipe, its writer would wait for ever
    kill "$!" 2>/dev/null
    wait "$!" 2>/dev/null
    rm -f "$scratch/endless"
    [ -z "$wrapper" ] || return 0 # a name in a file is not '-'
    eval "set -- $(as_arguments -)"
    printf 'abc\000def\n' >"$scratch/stdin"
    refuse "$type: binary data on stdin" stdin "$@" <"$scratch/stdin"
}

tried=0
while IFS='|' read -r type kind line wrapper; do
    case $type in
    '#'* | '') continue ;;
    esac
    tried=$((tried + 1))
    try_type "$(echo "$type" | xargs)" "$(echo "$kind" | xargs)" "$line" \
        "$(echo "$wrapper" | sed 's/^ *//; s/ *$//')"
done <"$here/bad_input.list"
[ "$tried" -gt 0 ] || echo "SKIPPED bad_input: no command reads files yet"
[ "$failures" -eq 0 ]
