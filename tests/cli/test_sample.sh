#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# l1twin sample: stores from every source, the same bytes for any number of threads, joined, shown, read
# and written by h5py, nothing left of a killed run.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh

# value WHAT FILE: of the first table of `sample show`
value() {
    "$l1twin" sample show "$2" --format tsv | awk -F'\t' -v what="$1" '$1 == what {print $2}'
}

printf 'crossing,type,pt,eta,phi,weight\n0,jet,200,0,0,2\n0,muon,30,1,1,\n1,none,,,,-1\n2,tau,40,1,2,0\n' \
    >"$work/a.csv"
expect 0 sample make -o "$work/csv.h5" --csv "$work/a.csv" &&
    [ "$(value crossings "$work/csv.h5")" = 3 ] &&
    [ "$(value 'sum of weights' "$work/csv.h5")" = 1 ] &&
    [ "$(value 'negative weights' "$work/csv.h5")" = 1 ] &&
    [ "$(value 'weights of zero' "$work/csv.h5")" = 1 ]
report "a store of CSV" $?

s=configs/spectra/run2.yaml
expect 0 sample make -o "$work/one.h5" --spectra $s --n 30000 --pileup 'gauss(52,4)' --threads 1 &&
    sleep 1 && # were the time in it, it would be another one
    expect 0 sample make -o "$work/seven.h5" --spectra $s --n 30000 --pileup 'gauss(52,4)' --threads 7 &&
    cmp "$work/one.h5" "$work/seven.h5" >"$work/out" 2>&1
report "the same bytes for 1 and 7 threads" $?

"$l1twin" sample show "$work/one.h5" --format csv --threads 1 >"$work/show1" 2>&1 &&
    "$l1twin" sample show "$work/one.h5" --format csv --threads 3 >"$work/show3" 2>&1 &&
    cmp "$work/show1" "$work/show3" >"$work/out" 2>&1
report "shown the same by 1 and 3 threads" $?

expect 0 sample make -o "$work/emulated.h5" --emulate --muons configs/paths/ugmt.yaml --jets 1 \
    --muons-mean 1 --n 50 --external BPTX_OR && [ "$(value 'with an external signal' "$work/emulated.h5")" = 50 ]
report "a store of emulated crossings" $?

expect 0 sample make -o "$work/joined.h5" --store "$work/one.h5" "$work/csv.h5" &&
    [ "$(value crossings "$work/joined.h5")" = 30003 ] &&
    [ "$(value 'sum of weights' "$work/joined.h5")" = 30001 ] &&
    [ "$(value 'negative weights' "$work/joined.h5")" = 1 ]
report "stores joined, with and without weights" $?

expect 0 sample make -o "$work/again.h5" --store "$work/one.h5" &&
    [ "$(value digest "$work/again.h5")" = "$(value digest "$work/one.h5")" ]
report "a store of a store has its digest" $?

expect 2 sample make -o "$work/none.h5" --emulate --n 5 --pileup 52 && [ ! -e "$work/none.h5" ] &&
    grep -q 'join stores of several' "$work/err" &&
    expect 2 sample make -o "$work/none.h5" --csv "$work/a.csv" --n 5 &&
    expect 2 sample make -o "$work/none.h5" && grep -q 'from what' "$work/err" &&
    expect 2 sample make --csv "$work/a.csv" &&
    expect 2 sample make -o "$work/none.h5" --csv "$work/a.csv" --external NOBODY &&
    expect 2 sample make -o /dev/null --csv "$work/a.csv" && grep -q 'regular file' "$work/err"
report "wrong command lines" $?

mkdir "$work/killed"
"$l1twin" sample make -o "$work/killed/x.h5" --spectra $s --n 1000000000 >"$work/out" 2>"$work/err" &
pid=$!
sleep 2
kill -TERM $pid
wait $pid
[ -z "$(ls -A "$work/killed")" ]
report "a killed run leaves nothing" $?

python=/usr/bin/python3
if $python -c 'import h5py, numpy' 2>/dev/null; then
    $python - "$work/csv.h5" "$work/mine.h5" >"$work/out" 2>"$work/err" <<'PYTHON'
import sys, h5py, numpy as np
with h5py.File(sys.argv[1]) as f:
    et = f["jet/et"]
    gev = et.attrs["offset"] + et.attrs["step"] * et[:]
    assert gev.shape == (3, 12) and gev[0, 0] == 200 and gev.sum() == 200, gev
    assert list(f["weight"][:]) == [2, -1, 0]
    pt = f["muon/pt"]
    assert pt.attrs["offset"] + pt.attrs["step"] * pt[0, 0] == 30
    assert f.attrs["crossings"] == 3 and f.attrs["format"].decode() == "l1twin sample"
with h5py.File(sys.argv[2], "w") as f:
    f.attrs["format"], f.attrs["version"] = "l1twin sample", 1
    def column(name, values, dtype, step):
        d = f.create_dataset(name, data=np.zeros((1000, 12), dtype), chunks=(4096, 12),
                             maxshape=(None, 12), shuffle=np.dtype(dtype).itemsize > 1,
                             compression="gzip")
        d[:, 0] = values
        d.attrs["offset"], d.attrs["step"] = 0.0, step
    column("jet/et", np.arange(1, 1001), "uint16", 0.5)
    column("jet/eta", np.arange(1000) % 114 - 57, "int8", 0.0435)
    column("jet/phi", np.arange(1000) % 144, "uint8", 2 * np.pi / 144)
    column("jet/displaced", 0, "uint8", 1)
PYTHON
    report "h5py reads a store" $?
    expect 0 sample make -o "$work/of_mine.h5" --store "$work/mine.h5" &&
        "$l1twin" sample show "$work/of_mine.h5" --format tsv >"$work/out" &&
        grep -Eq '^JET	1000	1000	1	1	1000$' "$work/out"
    report "a store of h5py is read" $?
else
    echo "SKIPPED sample: no python3-h5py"
fi
[ "$failed" -eq 0 ]
