#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Commands of the global trigger on a small menu and six crossings made by hand: emulate gt,
# conformance, compare, explain.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/cli/lib.sh

# says FILE REGEX...: some line of the file matches each
says() {
    file=$1
    shift
    for pattern; do
        grep -Eq -e "$pattern" "$file" || return 1
    done
}

algorithm() { # NAME INDEX EXPRESSION INNER
    printf '<algorithm><name>%s</name><expression>%s</expression><index>%d</index>' "$1" "$3" "$2"
    printf '<module_id>0</module_id><module_index>0</module_index>%s</algorithm>\n' "$4"
}
object() { # NAME TYPE THRESHOLD BX
    printf '<object_requirement><name>%s</name><type>%s</type>' "$1" "$2"
    printf '<comparison_operator>.ge.</comparison_operator><threshold>%s</threshold>' "$3"
    printf '<bx_offset>%s</bx_offset></object_requirement>' "${4:-+0}"
}
cut_of() { # NAME OBJECT TYPE MINIMUM MAXIMUM DATA
    printf '<cut><name>%s</name><object>%s</object><type>%s</type>' "$1" "$2" "$3"
    printf '<minimum>%s</minimum><maximum>%s</maximum><data>%s</data></cut>' "$4" "$5" "$6"
}
{
    echo '<?xml version="1.0"?><tmxsd:menu xmlns:tmxsd="http://www.cern.ch/tmxsd/1.0.0">'
    echo '<name>L1Menu_hand</name><grammar_version>0.13</grammar_version>'
    algorithm L1_SingleMu5 3 'MU5[MU-QLTY_SNGL]' \
        "$(cut_of MU-QLTY_SNGL MU QLTY 0 0 12,13,14,15)$(object MU5 MU 5)"
    algorithm L1_DoubleEG 70 'comb{EG20,EG10}' "$(object EG20 EG 20)$(object EG10 EG 10)"
    algorithm L1_DoubleJet_Mass 71 'mass_inv{JET30,JET30}[MASS_MIN_200]' \
        "$(cut_of MASS_MIN_200 '' MASS 200 151982 '')$(object JET30 JET 30)"
    algorithm L1_EG_after_Mu 500 'EG20 AND MU5-1' "$(object EG20 EG 20)$(object MU5-1 MU 5 -1)"
    algorithm L1_NotEG 511 'NOT EG20' "$(object EG20 EG 20)"
    echo '</tmxsd:menu>'
} >"$work/menu.xml"

# A crossing: NUMBER MUON EG EG JET JET ALGORITHMS OR; the rest is empty.
crossings() {
    awk 'function zeros(n, s) { while (n-- > 0) s = s "0"; return s }
    {
        printf "%04d %s", $1, $2
        for (i = 1; i < 8; i++) printf " %s", zeros(16)
        printf " %s %s", $3, $4
        for (i = 2; i < 24; i++) printf " %s", zeros(8)
        printf " %s %s", $5, $6
        for (i = 2; i < 24; i++) printf " %s", zeros(8)
        bits = zeros(128)
        n = $7 == "-" ? 0 : split($7, b, ",")
        for (i = 1; i <= n; i++) {
            at = 128 - int(b[i] / 4)
            digit = substr(bits, at, 1) + 2 ^ (b[i] % 4)
            bits = substr(bits, 1, at - 1) digit substr(bits, at + 1)
        }
        printf " %s %s %d\n", zeros(64), bits, $8
    }'
}
no=00000000
# Muon: 5 GeV, quality 12 or 8. e/gamma: 0x28 is 20 GeV, 0x14 10 GeV. Jets of 120 GeV, back to back or
# 80 degrees apart: masses of 240 and 154 GeV.
crossings >"$work/good.txt" <<TEXT
0 0000000000602c00 $no $no $no $no 3,511 1
1 0000000000000000 00000028 00000014 $no $no 70,500 1
2 0000000000402c00 00000028 00000013 $no $no - 0
3 0000000000000000 $no $no 000000f0 024000f0 71,511 1
4 0000000000000000 $no $no 000000f0 010000f0 511 1
5 0000000000000000 00000028 00000028 $no $no 70 1
TEXT
sed '5s/^\(.*\) 8\([0-9a-f]*\) 1$/\1 0\2 0/' "$work/good.txt" >"$work/bad.txt"

[ "$(wc -l <"$work/good.txt")" -eq 6 ] && ! cmp -s "$work/good.txt" "$work/bad.txt" &&
    expect 0 emulate gt --menu "$work/menu.xml" "$work/bad.txt" &&
    cmp -s "$work/good.txt" "$work/out" && [ ! -s "$work/err" ]
report "emulate writes the decisions of the menu" $?

expect 0 emulate gt --menu "$work/menu.xml" --engine reference "$work/good.txt" "$work/ours.txt" \
    --counts "$work/counts.csv" && cmp -s "$work/good.txt" "$work/ours.txt" &&
    says "$work/counts.csv" '^70,L1_DoubleEG,2,2,2,yes$' '^511,L1_NotEG,3,3,3,yes$' \
        '^-1,final OR,5,5,5,yes$'
report "emulate counts how often algorithms fire" $?

expect 0 conformance "$work/menu.xml" "$work/good.txt" --format tsv &&
    says "$work/out" 'L1Menu_hand	reference	5	6	30	0	0	0$' 'L1Menu_hand	batch	5	6	30	0	0	0$' &&
    ! grep -q 'first differences' "$work/out"
report "conformance of a menu that agrees" $?

expect 1 conformance "$work/menu.xml" "$work/bad.txt" --format tsv --engine reference &&
    says "$work/out" 'L1Menu_hand	reference	5	6	30	1	1	0$' \
        'reference	5	4	511	L1_NotEG	0	1	EG20 is 0: leg 1: no object passes' \
        'reference	5	4	-1	final OR	0	1	' &&
    says "$work/err" '^l1twin conformance: decisions differ from the test vectors$'
report "conformance names what differs, and why" $?

mkdir -p "$work/folder/one" "$work/folder/two/xml" "$work/folder/two/testvectors" "$work/empty"
cp "$work/menu.xml" "$work/good.txt" "$work/folder/one"
gzip -c "$work/menu.xml" >"$work/folder/two/xml/L1Menu.xml.gz"
gzip -c "$work/good.txt" >"$work/folder/two/testvectors/a.txt.gz"
cp "$work/good.txt" "$work/folder/two/testvectors/b.txt"
expect 0 conformance "$work/folder" --engine reference --format csv &&
    [ "$(grep -c '^L1Menu_hand,reference,5,6,30,0,0,0$' "$work/out")" -eq 3 ] &&
    expect 2 conformance "$work/empty" && says "$work/err" 'no folder in it has a menu' &&
    expect 2 conformance "$work/menu.xml" && says "$work/err" 'a menu without its test vectors'
report "conformance finds menus and vectors in folders" $?

expect 0 conformance --independent "$work/menu.xml" "$work/good.txt" --engine reference --format csv &&
    says "$work/out" '^L1Menu_hand,reference,5,6,24,0,0,0,1$'
report "independent crossings: neighbours' objects are not compared" $?

expect 1 compare "$work/good.txt" "$work/bad.txt" --menu "$work/menu.xml" --format csv &&
    says "$work/out" '^511,L1_NotEG,1,0,1,0$' '^-1,final OR,1,0,1,0$' \
        '^4,5,511,L1_NotEG,1,0,1,"EG20 is 0: leg 1: no object passes' &&
    says "$work/err" '^l1twin compare: 2 decisions differ in 6 crossings$' &&
    expect 0 compare "$work/good.txt" "$work/ours.txt" --menu "$work/menu.xml"
report "compare explains what differs" $?

sed '2s/00000028/00000029/' "$work/good.txt" >"$work/other.txt"
expect 2 compare "$work/good.txt" "$work/other.txt" --menu "$work/menu.xml" &&
    says "$work/err" 'other.txt:2: its inputs are not those of .*good.txt:2'
report "compare wants the same inputs" $?

expect 0 explain --menu "$work/menu.xml" --event 4 "$work/good.txt" L1_DoubleJet_Mass &&
    says "$work/out" '^event 4, line 5, crossing 0004$' '^L1_DoubleJet_Mass \(bit 71\): 0$' \
        'mass_inv\{JET30, JET30\}\[MASS_MIN_200\]: 0' 'leg 1: JET >= 30 GeV \(JET et >= 60\)$' \
        '2 of 12 JET pass; 10 slots empty' \
        'JET 1, pt 120 GeV \(240\), eta 0 \(0\), phi 1.396 \(32\): passes' \
        'nearest: JET 0, JET 1; fails mass 154.62 GeV .*, limits 200 to ' '^the file says 0$' &&
    expect 0 explain --menu "$work/menu.xml" --event 2 "$work/good.txt" 3 &&
    says "$work/out" 'MU 0, pt 5 GeV \(11\), .* quality 8, .*: fails quality$'
report "explain prints the decision tree" $?

expect 2 explain --menu "$work/menu.xml" --event 6 "$work/good.txt" 3 &&
    says "$work/err" '--event: .*good.txt has 6 crossings, 0 to 5$' &&
    expect 2 explain --menu "$work/menu.xml" --event 0 "$work/good.txt" L1_SingleMu6 &&
    says "$work/err" "no algorithm 'L1_SingleMu6'; did you mean 'L1_SingleMu5'\?$"
report "explain refuses what is not there" $?

# Crossings 1 and 5 have both e/gamma algorithms, crossing 2 the second one alone.
cat >"$work/menu.yaml" <<'YAML'
menu: hand
columns: [low, high]
algorithms:
  L1_DoubleEG:
    bit: 70
    prescale: [1, 2]
    expression: "comb{EG20,EG10}"
  L1_DoubleEG_less:
    bit: 71
    prescale: [1.5, 0]
    expression: "comb{EG20,EG9}"
YAML
fired() { # COLUMN: crossings with an OR, and the digit of bits 71 and 70
    expect 0 emulate gt --menu "$work/menu.yaml" "$work/good.txt" --column "$1" &&
        awk '{ print $1 + 0, substr($59, 111, 1), $60 }' "$work/out" |
        grep -v ' 0 0$' | tr '\n' ';' >"$work/fired"
}
# A prescale of 1.5 keeps the second and third of three, a prescale of 2 the second of two.
fired low && grep -qx '1 4 1;2 8 1;5 c 1;' "$work/fired" &&
    fired high && grep -qx '5 4 1;' "$work/fired" &&
    expect 2 emulate gt --menu "$work/menu.yaml" "$work/good.txt" --column medium &&
    says "$work/err" "no 'medium' in the menu; there is: low, high$"
report "emulate with the prescales of a column" $?

expect 0 conformance "$work/menu.xml" - --engine reference <"$work/good.txt"
report "test vectors from standard input" $?

exit $failed
