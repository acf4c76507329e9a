#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin emulate kbmtf: a muon by hand in all forms of the answer, on to the global muon trigger, and
# the reference events when they are there.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh
shared=${L1TWIN_SHARED:-../shared}

emulate() { "$l1twin" emulate kbmtf "$@" --config configs/paths/kbmtf.yaml >"$work/out" 2>"$work/err"; }
# says REGEX...: some line of the output matches each
says() {
    for pattern; do
        grep -Eq -e "$pattern" "$work/out" || return 1
    done
}

# A negative muon of about 30 GeV, one stub in each station of wheel 1, sector 5.
cat >"$work/stubs.txt" <<'TEXT'
E 0 hand
S 0 1 5 1 0 50 26 6 7 0 7 0
S 1 1 5 2 0 81 18 6 7 0 7 0
S 2 1 5 3 0 103 11 6 7 0 7 0
S 3 1 5 4 0 112 5 6 7 0 7 0
TEXT

emulate "$work/stubs.txt" && [ "$(grep -c '^p ' "$work/out")" -eq 11 ] &&
    says '^E 0$' '^r 5 1 15 4 3 2 1 0 km=-' '^t 5 1 15 4 3 2 1 0 ' \
        '^w 5 0 [0-9a-f]{16} pt=[67][0-9] phi=25 eta=[34][0-9] sign=1 sv=1 qual=15 .* hf=0$'
report "records: eleven hypotheses, one track, one word" $?

emulate "$work/stubs.txt" --decode && says '^ +5 +0 +3[0-9]\.[05] +0\.4.* - +15 +0 .* wheels '
report "a table for people" $?

emulate "$work/stubs.txt" --stages && says '^muons: sector 5, muon 0: pt [67][0-9], quality 15, '
report "stages" $?

emulate "$work/stubs.txt" --links && says '^E 0$' '^I B 5 0 [0-9a-f]{16}$'
report "link words as events of the global muon trigger" $?

"$l1twin" emulate ugmt - --config configs/paths/ugmt.yaml --decode <"$work/out" >"$work/next" 2>"$work/err"
status=$?
mv "$work/next" "$work/out"
[ "$status" -eq 0 ] && says '^ +0 +3[0-9]\.[05] .* B 5, slot 0 \(link 53\)'
report "... which reads them" $?

emulate "$work/stubs.txt" --links
"$l1twin" emulate muon - --config configs/paths/ugmt.yaml <"$work/out" 2>"$work/err" | grep -v '^#' >"$work/two"
"$l1twin" emulate muon "$work/stubs.txt" --from stubs --config configs/paths/ugmt.yaml \
    --stubs-config configs/paths/kbmtf.yaml 2>"$work/err" | grep -v '^#' >"$work/out"
says '^0000 [0-9a-f]*[1-9a-f][0-9a-f]* 0' && cmp -s "$work/out" "$work/two"
report "from stubs to the global trigger in one step" $?

sed 's/^barrel_word: run3/barrel_word: run2/' configs/paths/ugmt.yaml >"$work/run2.yaml"
rm -f "$work/words"
"$l1twin" emulate muon "$work/stubs.txt" "$work/words" --from stubs --config "$work/run2.yaml" \
    --stubs-config configs/paths/kbmtf.yaml >"$work/out" 2>"$work/err"
[ $? -eq 2 ] && [ ! -e "$work/words" ] &&
    grep -q "barrel_word: run2.*expected 'barrel_word: run3'" "$work/err"
report "a global muon trigger that reads words of Run 2 is refused" $?

if [ -r "$shared/muon/kbmtf_in.txt.gz" ] && [ -r "$shared/muon/luts/kbmtf/pt_posK.txt" ]; then
    gzip -dc "$shared/muon/kbmtf_out.txt.gz" | grep -v '^p' >"$work/expected"
    emulate "$shared/muon/kbmtf_in.txt.gz" --luts "$shared/muon/luts/kbmtf"
    grep -v '^[#p]' "$work/out" >"$work/answers"
    cmp "$work/expected" "$work/answers" >"$work/out" 2>"$work/err"
    report "reference events, byte for byte" $?
else
    echo "SKIPPED test_kbmtf: no $shared/muon"
fi

exit "$failed"
