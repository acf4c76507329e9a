#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin emulate ugmt: the same crossing as text and as a buffer file, with all forms of the answer.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh
shared=${L1TWIN_SHARED:-../shared}

emulate() { "$l1twin" emulate ugmt "$@" --config configs/paths/ugmt.yaml >"$work/out" 2>"$work/err"; }
# says REGEX...: some line of the output matches each
says() {
    for pattern; do
        grep -Eq -e "$pattern" "$work/out" || return 1
    done
}

# Two muons of neighbouring barrel wedges with a common segment, and a halo muon.
cat >"$work/events.txt" <<'TEXT'
E 0 by hand
I B 4 0 0010faf000001832
I B 5 0 0010f8f000001232
I E- 0 1 0000000200e81805
TEXT
# The same on the links: wedges 4 and 5 are links 52 and 53, E- 0 is link 66; slot 0 is in frames 0
# and 1, slot 1 in frames 2 and 3.
awk 'BEGIN {
    word[0, 52] = "00001832"; word[1, 52] = "0010faf0"
    word[0, 53] = "00001232"; word[1, 53] = "8010f8f0"
    word[2, 66] = "80e81805"; word[3, 66] = "00000002"
    print "Board hand"
    printf " Quad/Chan :"
    for (l = 0; l < 72; l++) printf " q%02dc%d", l / 4, l % 4
    printf "\n Link :"
    for (l = 0; l < 72; l++) printf " %02d", l
    print ""
    for (f = 0; f < 8; f++) {
        printf "Frame %04d :", f
        for (l = 0; l < 72; l++)
            printf(" %dv%s", (f >= 1 && f <= 6),
                ((f - 1, l) in word) ? word[f - 1, l] : "00000000")
        print ""
    }
}' </dev/null >"$work/frames.txt"

emulate "$work/events.txt" &&
    says '^E 0$' '^c 48 168 0 ' '^c 51 216 1 ' '^c 91 25 0 ' '^m B 48$' '^m E- 91$' \
        '^o 0 [0-9a-f]{16} 00000000 pt=50 eta=0 phi=168 qual=12 ' \
        '^o 1 [0-9a-f]{16} 50000000 pt=5 eta=-192 phi=25 qual=15 sign=0 sv=1 '
report "answers to events as text" $?
cp "$work/out" "$work/answers.txt"

emulate "$work/frames.txt" && cmp -s "$work/out" "$work/answers.txt"
report "the same answers to a buffer file" $?

gzip "$work/frames.txt"
emulate - <"$work/frames.txt.gz" && cmp -s "$work/out" "$work/answers.txt"
report "and to a packed one from standard input" $?

# As a test vector: slots 48, 51 and 91 of 108.
awk 'BEGIN {
    word[48] = "0010faf000001832"; word[51] = "0010f8f000001232"; word[91] = "0000000200e81805"
    printf "# by hand\n0000"
    for (i = 0; i < 108; i++) printf " %s", i in word ? word[i] : "0000000000000000"
    print ""
}' </dev/null >"$work/vector.txt"
emulate "$work/vector.txt" && cmp -s "$work/out" "$work/answers.txt"
report "and to a test vector" $?

"$l1twin" emulate muon "$work/vector.txt" --config configs/paths/ugmt.yaml >"$work/out" 2>"$work/err" &&
    awk '/^o/ {print $3}' "$work/answers.txt" >"$work/words" &&
    awk '/^0000/ {for (i = 2; i <= NF; i++) if ($i !~ /^0*$/) print $i; exit NF != 9}' "$work/out" |
    cmp -s - "$work/words"
report "the words alone, as the global trigger reads them" $?

emulate "$work/events.txt" --decode &&
    says '^ +0 +24\.5 .* 12 +\? +both .* B 4, slot 0 \(link 52\) +[0-9a-f]{16}$' \
        '^ +1 +2\.0 .* 15 +\+ +both .* E- 0, slot 1 \(link 66\) ' \
        '^  cancelled B 5, slot 0 .* quality  9, by B 4, slot 0 .* quality 12 \(neighbours\)$'
report "answers for people, with who cancelled whom" $?

# Displaced: category 2, 30 GeV without the beam line.
printf 'E 0\nI B 4 0 0f90faf800001832\n' >"$work/displaced.txt"
emulate "$work/displaced.txt" --decode &&
    says '^ +0 +24\.5 .* 12 +\? +both +2 +30  B 4, slot 0 ' && emulate "$work/events.txt" --decode &&
    says '^ +0 +24\.5 .* 12 +\? +both +0 +-  B 4, slot 0 '
report "displacement, and pt without the beam line" $?

emulate "$work/events.txt" --stages &&
    says '^decode: B 4, slot 0 \(link 52\): valid 1, pt 50, quality 12' \
        '^cancel: B 5, slot 0 \(link 53\): own 1, ob_plus 0, ob_minus 0, oe 0' \
        '^first: place 0 of B: valid 1, index 48' '^mid: place 0 of E-: ' '^gt: muon 1: ' \
        '^eta: muons 0 and 1: .* second -192'
report "every stage" $?

# The reference events, and the words that the reference answers have.
if [ -r "$shared/muon/ugmt_a_in.txt.gz" ] && [ -r "$shared/muon/luts/SortRank.txt" ]; then
    "$l1twin" emulate muon "$shared/muon/ugmt_a_in.txt.gz" --config configs/paths/ugmt_a.yaml \
        --luts "$shared/muon/luts" 2>"$work/err" |
        awk '!/^#/ {print $1 + 0; for (i = 2; i <= NF; i++) if ($i !~ /^0*$/) print $i}' >"$work/answers"
    gzip -dc "$shared/muon/ugmt_a_out.txt.gz" | awk '/^E/ {print $2} /^o/ {print $3}' >"$work/expected"
    [ "$(wc -l <"$work/expected")" -gt 20000 ] && cmp "$work/expected" "$work/answers" >"$work/out"
    report "words of the reference events" $?
else
    echo "SKIPPED test_ugmt: no $shared/muon"
fi

exit "$failed"
