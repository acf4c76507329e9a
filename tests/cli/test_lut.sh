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

# PATH NUMBER [YAML]: the muon sets, written and read back with the same digests
muons_made_and_read_back() {
    yaml=${3:-$root/configs/paths/$1.yaml}
    "$l1twin" lut make --path "$1" --config "$yaml" -o "$1" --format tsv >"$1.tsv" &&
        "$l1twin" lut make --path "$1" --config "$yaml" --luts "$1" -o again --format tsv >again.tsv &&
        [ "$(digests_made "$1.tsv" | wc -l)" -eq "$2" ] &&
        [ "$(digests_made "$1.tsv")" = "$(digests_made again.tsv)" ] &&
        [ "$(grep '^# configuration' "$1.tsv")" = "$(grep '^# configuration' again.tsv)" ] &&
        "$l1twin" lut check "$1"/*.txt --format tsv >checked.tsv &&
        [ "$(cut -f 2 checked.tsv | grep -c '^ok$')" -eq "$2" ]
}

# As in 2016: phi extrapolations of three bits.
narrow_muons_made_and_read_back() {
    sed 's/^  phi_shift: 2.*/&\n  phi_data_bits: 3/' "$root/configs/paths/ugmt.yaml" >narrow.yaml &&
        grep -q phi_data_bits narrow.yaml && mv ugmt wide &&
        muons_made_and_read_back ugmt 19 narrow.yaml && mv ugmt narrow && mv wide ugmt &&
        grep -q '<header> v1 12 3 </header>' narrow/ugmt_phi_barrel.txt
}

a_muon_table_in_every_form() {
    want=$(digest_of kbmtf/kbmtf_gain2_3_1_hl.txt)
    from=kbmtf/kbmtf_gain2_3_1_hl.txt
    for form in mem coe mif txt; do
        "$l1twin" lut convert "$from" -o "gain.$form" || return 1
        from=held.$form
        mv "gain.$form" "$from"
        [ "$(digest_of "$from")" = "$want" ] || return 1
    done
}

# Quality 12: pt code 50 is made to outrank code 52.
a_changed_muon_table_changes_the_answer() {
    printf 'E 0\nI B 4 0 0010faf000001832\nI B 8 0 0010faf000001834\n' >event
    "$l1twin" emulate muon event --config "$root/configs/paths/ugmt.yaml" --luts ugmt >one &&
        cp -r ugmt ranked && sed 's/^6194 .*/6194 1023/' ugmt/ugmt_rank.txt >ranked/ugmt_rank.txt &&
        "$l1twin" emulate muon event --config "$root/configs/paths/ugmt.yaml" --luts ranked >two &&
        [ "$(grep '^0000' one)" != "$(grep '^0000' two)" ] &&
        [ "$(diff one two | grep -c '^> # table')" -eq 1 ]
}

# FILE CODE MESSAGE: what check says of it as ugmt_rank, and what the trigger says
muon_file_is_wrong() {
    "$l1twin" lut check --for ugmt_rank "$1" >out 2>err
    [ $? -eq "$2" ] && grep -q "$1.*$3" err || return 1
    cp "$1" broken/ugmt_rank.txt
    "$l1twin" emulate muon event --config "$root/configs/paths/ugmt.yaml" --luts broken >out 2>err
    [ $? -eq 2 ] && [ ! -s out ] && grep -q "broken/ugmt_rank.txt.*$3" err
}

muon_files_that_are_wrong() {
    cp -r ugmt broken
    head -100 ugmt/ugmt_rank.txt >short && sed 's/^70 /69 /' ugmt/ugmt_rank.txt >twice
    sed 's/^70 .*/70 1024/' ugmt/ugmt_rank.txt >wide && sed 's/^7 .*/7 28/' ugmt/ugmt_eta_region.txt >region
    muon_file_is_wrong short 1 'ends at address 97; ' &&
        muon_file_is_wrong twice 2 ':7[0-9]: address 69 is there already' &&
        muon_file_is_wrong wide 2 ":7[0-9]: data of address 70 does not fit the header's 10 data bits" &&
        muon_file_is_wrong ugmt/ugmt_relative.txt 1 '1[34] address' || return 1
    "$l1twin" lut check --for ugmt_eta_region region >out 2>err
    [ $? -eq 1 ] && grep -q 'address 7: region 28; there are 28' err
}

check "a set is made and read back with the same digests" made_and_read_back
check "all forms hold the same table" all_forms_agree
check "memory images are those that co-simulation writes" images_are_those_of_cosim
check "a C array compiles and holds the table" a_c_array_compiles
check "a folder in the way of one table: none is written" nothing_half_written
check "one changed entry changes one digest" a_changed_entry_changes_its_digest
check "the global muon trigger's set is made and read back" muons_made_and_read_back ugmt 19
check "its tables of 2016 are made and read back" narrow_muons_made_and_read_back
check "the barrel track finder's set is made and read back" muons_made_and_read_back kbmtf 61
check "a table with signs in every form" a_muon_table_in_every_form
check "another rank, another answer, another digest" a_changed_muon_table_changes_the_answer
check "wrong muon tables are refused by check and by use" muon_files_that_are_wrong
[ "$failures" -eq 0 ]
