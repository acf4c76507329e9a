#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables through files: made, read back, converted to every form and back, all the same.
set -u
l1twin=${L1TWIN:?the program to test}
root=$(cd "$(dirname "$0")/../.." && pwd)
config=$root/configs/paths/calo.yaml
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 3
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

# digests NAME...: table and digest of each row that "lut make" or "lut check" printed
digests_made() { grep -v '^#' "$1" | cut -f 1,4 | grep -v '^table	'; }

made_and_read_back() {
    "$l1twin" lut make --config "$config" -o first --format tsv >first.tsv &&
        "$l1twin" lut make --config "$config" --luts first -o second --format tsv >second.tsv &&
        [ "$(digests_made first.tsv | wc -l)" -eq 13 ] &&
        [ "$(digests_made first.tsv)" = "$(digests_made second.tsv)" ] &&
        [ "$(grep '^# configuration' first.tsv)" = "$(grep '^# configuration' second.tsv)" ] &&
        [ "$(find first -type f | wc -l)" -eq 12 ] &&
        grep -q '^egamma_compress.*egamma_compress.txt$' second.tsv
}

# the same table whatever the form: the digest of its entries
digest_of() { "$l1twin" lut check "$1" --format tsv | grep -v '^#' | tail -1 | cut -f 7; }

all_forms_agree() {
    want=$(digest_of first/jet_calibration.txt)
    [ ${#want} -eq 64 ] || return 1
    from=first/jet_calibration.txt
    for form in mem coe mif txt mem txt; do
        "$l1twin" lut convert "$from" -o "to.$form" || return 1
        from=moved.$form
        mv "to.$form" "$from"
        [ "$(digest_of "$from")" = "$want" ] || return 1
    done
    grep -v '^# ' first/jet_calibration.txt >a
    grep -v '^# ' moved.txt | cmp - a
}

images_are_those_of_cosim() {
    "$l1twin" lut make --config "$config" --form mem -o images >/dev/null &&
        [ "$(find images -name 'l1t_*.mem' | wc -l)" -eq 13 ] &&
        "$l1twin" cosim jet --n 1 --config "$root/configs/paths/jet.yaml" --mem-dir cosim >/dev/null &&
        for f in pt_bin eta_bin calibration; do
            grep -v '^//' images/l1t_jet_$f.mem >a
            grep -v '^//' cosim/l1t_jet_$f.mem | cmp - a || return 1
        done
}

a_c_array_compiles() {
    command -v cc >/dev/null || return 0
    "$l1twin" lut convert first/tau_calibration.txt -o tau-calibration.h &&
        printf '#include "tau-calibration.h"\n#include <stdio.h>\nint main(void)\n{\n    for (int i = 0; i < 512; i++)\n        printf("%%d %%u\\n", i, tau_calibration[i]);\n}\n' >main.c &&
        cc -std=c99 -Wall -Wextra -Werror main.c -o array && ./array >b &&
        grep -v '^#' first/tau_calibration.txt | cmp - b
}

nothing_half_written() {
    mkdir partly && mkdir partly/tau_isolation.txt
    "$l1twin" lut make --config "$config" -o partly >out 2>err
    [ $? -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] &&
        [ "$(find partly -mindepth 1 | wc -l)" -eq 1 ]
}

a_changed_entry_changes_its_digest() {
    cp -r first changed
    sed 's/^100 .*/100 5/' first/sums_met_min.txt >changed/sums_met_min.txt
    "$l1twin" lut make --config "$config" --luts changed -o third --format tsv >third.tsv
    digests_made first.tsv >a
    digests_made third.tsv >b
    [ "$(diff a b | grep -c '^>')" -eq 1 ] && diff a b | grep -q '^> sums_met_min'
}

check "a set is made and read back with the same digests" made_and_read_back
check "all forms hold the same table" all_forms_agree
check "memory images are those that co-simulation writes" images_are_those_of_cosim
check "a C array compiles and holds the table" a_c_array_compiles
check "a folder in the way of one table: none is written" nothing_half_written
check "one changed entry changes one digest" a_changed_entry_changes_its_digest
[ "$failures" -eq 0 ]
