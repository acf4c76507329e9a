#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each file has its licence line, lines have no trailing blanks, files stay readable in size.
set -u
cd "$(dirname "$0")/.." || exit 3
bad=0
say() {
    echo "$*"
    bad=1
}
for f in $(git ls-files --cached --others --exclude-standard); do
    [ -f "$f" ] || continue
    case $f in
    models/* | rtl/* | sim/*) licence=Apache-2.0 ;;
    *) licence=GPL-3.0-or-later ;;
    esac
    case $f in
    *.c | *.h | *.def | *.cpp | *.hpp | *.sv | *.sh | *.vlt | *.yaml | Makefile | .ci/run)
        head -3 "$f" | grep -q "SPDX-License-Identifier: $licence" || say "$f: no SPDX line with $licence" ;;
    esac
    case $f in
    *.png | LICENSES/*) continue ;;
    esac
    ! grep -nE '[[:blank:]]+$' "$f" /dev/null || say "^ trailing blanks"
    lines=$(wc -l <"$f")
    case $f in
    rtl/common/l1t_formats_pkg.sv) ;; # printed
    *.c | *.h | *.cpp | *.hpp | *.sv) [ "$lines" -le 600 ] || say "$f: $lines lines; one idea a file, 600 at most" ;;
    esac
    [ "$(wc -c <"$f")" -le 262144 ] || say "$f: over 256 KiB; generate it instead"
done
exit $bad
