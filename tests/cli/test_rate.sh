#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin rate and merge: the same bytes for any number of threads, shards and ranks; nothing half
# written; bad studies and samples. Ranks need mpirun and a program built with WITH_MPI=1 in
# $L1TWIN_MPI (default build/mpi/l1twin).
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh
root=$(pwd)
mpi=${L1TWIN_MPI:-$root/build/mpi/l1twin}

# refuses REGEX NAME ARGUMENTS...: exit code 2, one line that matches, nothing on standard output
refuses() {
    pattern=$1 name=$2
    shift 2
    call "$@"
    [ $? -eq 2 ] && [ "$(wc -l <"$work/err")" -eq 1 ] && grep -Eq -e "$pattern" "$work/err" && [ ! -s "$work/out" ]
    report "$name" $?
}
# study FILE LINES...: menu and beam are there
study() {
    file=$1
    shift
    {
        printf 'study: t\nseed: 3\nrates:\n  menu: %s\n' "$root/configs/menus/run3.yaml"
        printf '  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52}\n'
        printf '%s\n' "$@"
    } >"$work/$file"
}
spectra=$root/configs/spectra/run2.yaml
on='externals: [ZeroBias_BPTX_AND, BPTX_OR]'

# ---- the same bytes ----
sed 's/threshold: 22 GeV/threshold: 24 GeV/; s|\.\./|'"$root"'/configs/|' configs/menus/run3.yaml >"$work/other.yaml"
study s.yaml "  compare_to: other.yaml" "  samples:" \
    "    one: {spectra: $spectra, events: 70_000, $on}" \
    "    two: {spectra: $spectra, events: 20_001, cross_section: 1 ub}" \
    "signals:" "  sig: {spectra: $spectra, events: 9_000, $on}"
cd "$work" || exit 3
all="--overlap --all-columns --format tsv"
# shellcheck disable=SC2086
call rate s.yaml $all --threads 1 && cp "$work/out" "$work/one"
report "a study of two samples, a signal and another menu" $?
for threads in 2 7; do
    # shellcheck disable=SC2086
    call rate s.yaml $all --threads $threads && cmp "$work/out" "$work/one" >"$work/log"
    report "the same bytes with $threads threads" $?
done
[ "$(grep -c 'table: ' "$work/one")" -eq 10 ] && awk -F'\t' '
    /^# table: / {table = $0; head = 0; next}
    /^#/ {next}
    !head {head = 1; for (i = 1; i <= NF; i++) at[$i] = i; next}
    table ~ /algorithms$/ {sum += $at["proportional_kHz"]; expected += $at["proportional_expected_kHz"]
        if ($at["pure_kHz"] > $at["rate_kHz"] || $at["rate_kHz"] > $at["before_kHz"]) bad = 1; all += $at["rate_kHz"]}
    table ~ /Totals/ && $at["focus"] == "*" {total = $at["total_kHz"]; average = $at["expected_kHz"]}
    function off(a, b) {return a - b > 1e-9 * b || b - a > 1e-9 * b}
    END {exit bad || !(total > 0) || off(sum, total) || off(expected, average) || total > all}' "$work/one"
report "proportional rates sum to the total, pure <= rate <= before, total <= sum" $?

good=0
for i in 1 2 3 4 5; do
    call rate s.yaml --shard $i/5 -o p$i.h5 --threads 2 || good=1
done
report "five shards" $good
# shellcheck disable=SC2086
call merge p4.h5 p2.h5 p5.h5 p1.h5 p3.h5 $all && cmp "$work/out" "$work/one" >"$work/log"
report "five merged shards are the same bytes" $?
call rate s.yaml --format json && cp out one.json && call merge p1.h5 p2.h5 p3.h5 p4.h5 p5.h5 --format json && cmp out one.json
report "as JSON too" $?
cp -p p3.h5 before.h5 && call rate s.yaml --shard 3/5 -o p3.h5 && grep -q 'shard 3/5 is there and complete' err && cmp p3.h5 before.h5
report "a shard that is there is not made again" $?
refuses 'shards 3 and 5 of 5 are missing' "missing shards are named" merge p1.h5 p2.h5 p4.h5
refuses 'overlap: both are shard 1 of 5' "a shard twice" merge p1.h5 p2.h5 p1.h5 p3.h5 p4.h5 p5.h5
call rate s.yaml --shard 2/4 -o q2.h5
refuses 'ranges overlap' "shards of another partition" merge p1.h5 q2.h5 p3.h5 p4.h5 p5.h5
sed 's/bunches: 2544/bunches: 2448/' s.yaml >s2.yaml
call rate s2.yaml --shard 2/5 -o r2.h5
refuses 'another configuration' "shards of another configuration" merge p1.h5 r2.h5 p3.h5 p4.h5 p5.h5
head -c 3000 p2.h5 >cut.h5
refuses 'cut.h5: ' "a shard that was cut off" merge p1.h5 cut.h5 p3.h5 p4.h5 p5.h5
refuses 'not an HDF5 file' "a file that is no shard" merge s.yaml
call rate s.yaml --shard 1/5 -o s2.yaml
[ $? -eq 2 ] && grep -q 'not written over' err && grep -q '^study' s2.yaml
report "another file is not written over" $?
sed "s|menu: run3|menu: again|; s/prescale: {2p0E34: 0, 1p5E34: 3, 1p0E34: 1}/prescale: 2.5/; s|\.\./|$root/configs/|" \
    "$root/configs/menus/run3.yaml" >again.yaml
call rate s.yaml --menu again.yaml --format tsv && grep -v '^# conf' out >direct &&
    call merge p?.h5 --menu again.yaml --format tsv && grep -v '^# conf' out | cmp - direct
report "other prescales are accounted for without deciding again" $?
refuses 'does not decide as the one of the shards' "another threshold is not" merge p1.h5 p2.h5 p3.h5 p4.h5 p5.h5 --menu other.yaml

# ---- ranks ----
if command -v mpirun >/dev/null 2>&1 && [ -x "$mpi" ] &&
    [ "$("$mpi" --version | head -1)" = "$("$l1twin" --version | head -1)" ]; then
    for ranks in 1 2 3; do
        # shellcheck disable=SC2086
        OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -n $ranks \
            "$mpi" rate s.yaml $all --threads 1 >out 2>err && cmp out one >"$work/log"
        report "the same bytes from $ranks rank(s)" $?
    done
else
    echo "SKIPPED ranks: needs mpirun and a program of this version made by make WITH_MPI=1"
fi

# ---- nothing half written ----
study long.yaml "  samples:" "    one: {spectra: $spectra, events: 90_000_000, $on}"
mkdir kill && cp s.yaml other.yaml kill && cd kill || exit 3
"$l1twin" rate ../long.yaml --shard 1/2 -o part.h5 --threads 1 2>/dev/null &
pid=$!
sleep 2 && kill -TERM $pid
wait $pid 2>/dev/null
[ -z "$(find . -name "*part*")" ]
report "a shard that is ended leaves nothing" $?
"$l1twin" rate ../long.yaml --shard 1/2 -o part.h5 --threads 1 2>/dev/null &
pid=$!
sleep 2 && kill -KILL $pid
wait $pid 2>/dev/null
[ ! -e part.h5 ] && "$l1twin" rate s.yaml --shard 1/5 -o part.h5 && cmp part.h5 ../p1.h5 >../log
report "after kill -9 there is no part of that name, and it can be made" $?
cd "$work" || exit 3

# ---- studies ----
refuses 's3.yaml:6:3: rates.samles: unknown key; did you mean .samples' "a misspelt key" rate "$(
    study s3.yaml "  samles: {}"
    echo s3.yaml
)"
printf 'study: t\nseed: 3\n' >none.yaml
refuses 'none.yaml:1:1: rates: required section is missing' "no section of rates" rate none.yaml
one() { study o.yaml "  samples:" "    a: {$1}"; }
one "events: 5"
refuses 'o.yaml:7:8: rates.samples.a: does not say where' "a sample from nowhere" rate o.yaml
one "spectra: $spectra"
refuses 'o.yaml:7:8: .*events: required key is missing' "a generated sample without events" rate o.yaml
one "csv: a.csv, events: 5"
refuses 'a file has as many as it has' "a file with a number of events" rate o.yaml
one "csv: a.csv, prescale: 5"
refuses "goes with 'sections'" "a prescale without sections" rate o.yaml
one "csv: a.csv, externals: [NOPE]"
refuses "o.yaml:7:.*no external signal 'NOPE'" "an external that the menu has not" rate o.yaml
one "spectra: $spectra, events: 1000"
refuses "no prescale column '2p0E33'; did you mean '2p0E34'" "a column that the menu has not" rate o.yaml --column 2p0E33
refuses 'o.yaml:1:1: spectra: needed by .l1twin run' "run says what a study of rates misses" run o.yaml
refuses "not a part; write it like '3/8'" "shard 0" rate o.yaml --shard 0/5 -o x.h5

# ---- samples ----
echo 'crossing,type,pt,eta,phi,charge,quality,weight' >head.csv
cp head.csv empty.csv
one "csv: empty.csv"
refuses 'o.yaml:7:8: .*empty.csv:1: no rows' "an empty sample" rate o.yaml
{
    cat head.csv
    printf '0,muon,30,0.5,1,1,12,0\n1,muon,31,0.5,1,1,12,0\n'
} >zero.csv
one "csv: zero.csv"
refuses 'o.yaml:7:8: .*zero.csv: weight: all are zero' "weights of zero" rate o.yaml
{
    cat head.csv
    printf '0,muon,30,0.5,1,1,12,1\n1,muon,31,0.5,1,1,12,-1\n'
} >cancel.csv
one "csv: cancel.csv"
refuses 'o.yaml:7:8: .*weights of the sample.s 2 crossings add up to 0' "weights that cancel" rate o.yaml
{
    cat head.csv
    printf '0,muon,30,0.5,1,1,12,2\n1,muon,31,0.5,1,1,12,-0.5\n2,jet,300,1,1,,,1\n'
} >negative.csv
one "csv: negative.csv"
call rate o.yaml && grep -q 'a: 1 of 3 weights are negative' err && grep -q 'one crossing weighs' err &&
    awk -F'\t' '/^L1_SingleMu22/ {w = 2544 * 11245.6 / 2.5 * 1.5 / 1e3; exit !($8 > 0.999999 * w && $8 < 1.000001 * w)}' out
report "negative weights: a warning with numbers, the rate of the weights' sum" $?
# 20 crossings of pile-up 50, half of them fire; 20 of 54, one in ten.
{
    echo crossing,type,pt,eta,phi,charge,quality,pileup
    awk 'BEGIN {for (i = 0; i < 40; i++)
        printf "%d,muon,%d,0.5,1,1,12,%d\n", i, i % (i < 20 ? 2 : 10) ? 3 : 30, i < 20 ? 50 : 54}'
} >pileup.csv
# share PERCENT: is this the part of all crossings in which L1_SingleMu22 fires?
share() {
    awk -F'\t' -v s="$1" '/^L1_SingleMu22/ {w = 2544 * 11245.6 * s / 1e5; seen = 1; exit}
        END {exit !(seen && $8 > 0.99999 * w && $8 < 1.00001 * w)}' out
}
for method in binned reweight; do
    one 'csv: pileup.csv'
    call rate o.yaml && share 30 && sed -i "\$a\\  pileup: {target: \"50\", method: $method}" o.yaml &&
        call rate o.yaml && share 50 && cp out whole &&
        call rate o.yaml --shard 1/1 -o pileup.h5 && call merge pileup.h5 && cmp out whole &&
        sed -i 's/target: "50"/target: "flat(50,54)"/' o.yaml && call rate o.yaml && share 30 &&
        grep -q '60 % of the target lies where the sample has no crossing' err && rm pileup.h5
    report "pile-up of another shape, $method: rates, shards, and what the sample misses" $?
done
printf 'crossing,pt,eta\n0,30,0.5\n' >short.csv
one "csv: short.csv"
refuses "short.csv:1: no column 'type'" "a missing column" rate o.yaml
exit $failed
