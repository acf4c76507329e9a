#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make install` puts somewhere works from there: every public header compiles alone as C and as C++,
# a small program links through pkg-config, and uninstall leaves nothing.
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$(dirname "$(dirname "${L1TWIN:?}")")
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failed=0
report() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        head -20 "$work/log"
        failed=1
    fi
}
run_make() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s BUILD="$build" prefix="$work/usr" "$@" >"$work/log" 2>&1; }

run_make install
report "installs" $?

status=0
: >"$work/log"
for header in "$work"/usr/include/l1t/*.h "$work"/usr/include/l1twin/*.h "$work"/usr/include/l1twin/*/*.h; do
    for language in c c++; do
        standard=-std=c17
        [ "$language" = c ] || standard=-std=c++17
        echo "#include \"$header\"" | cc -x "$language" "$standard" -fsyntax-only -Wall -Werror \
            -I"$work/usr/include" -I"$work/usr/include/l1twin" - 2>>"$work/log" || status=1
    done
done
report "every installed header compiles alone, as C and as C++" $status

cat >"$work/user.c" <<'C'
#include <l1t/curve.h>
#include <stdio.h>
int main(void)
{
    const double x[] = {0, 10, 20}, y[] = {0, 0.5, 1};
    struct l1t_curve curve;
    struct l1t_diag diag;
    if (l1t_curve_init(&curve, x, y, 3, &diag) != L1T_OK)
        return 1;
    printf("%.3f\n", l1t_curve_eval(&curve, 10));
    l1t_curve_free(&curve);
    return 0;
}
C
export PKG_CONFIG_PATH="$work/usr/lib/pkgconfig"
# shellcheck disable=SC2046
cc "$work/user.c" -o "$work/user" $(pkg-config --cflags --libs l1twin) -lm >"$work/log" 2>&1 &&
    [ "$(LD_LIBRARY_PATH="$work/usr/lib" "$work/user")" = 0.500 ]
report "a program builds with pkg-config and runs" $?

(cd / && "$work/usr/bin/l1twin" curve show "$work/usr/share/l1twin/curves/muon22.csv" --at 22) >"$work/log" 2>&1
report "the installed program runs from another folder" $?

(cd / && "$work/usr/bin/l1twin" menu check "$work/usr/share/l1twin/menus/run3.yaml") >"$work/log" 2>&1
report "the installed menu finds its scales" $?

# The folder of the data is compiled in by the build for its own prefix; here for this one.
cat >"$work/find.c" <<'C'
#include "l1t/io.h"
#include <stdio.h>
int main(void)
{
    char *path;
    struct l1t_diag diag;
    const enum l1t_err err = l1t_config_path("spectra/run2.yaml", &path, &diag);
    puts(err == L1T_OK ? path : diag.text);
    return err == L1T_OK ? 0 : 1;
}
C
cc -std=c17 -D_POSIX_C_SOURCE=200809L -Icsrc "-DL1T_DATADIR=\"$work/usr/share/l1twin\"" "$work/find.c" \
    csrc/io_path.c csrc/err.c -o "$work/find" >"$work/log" 2>&1
mkdir -p "$work/tree/configs/spectra" && touch "$work/tree/configs/spectra/run2.yaml"
found=$(cd / && "$work/find")
here=$(cd "$work/tree" && "$work/find")
echo "from /: $found; from a working tree: $here" >>"$work/log"
[ "$found" = "$work/usr/share/l1twin/spectra/run2.yaml" ] && [ "$here" = configs/spectra/run2.yaml ]
report "installed configurations are found, those of a working tree first" $?

run_make uninstall && [ -z "$(find "$work/usr" -type f -o -type l)" ]
report "uninstall leaves nothing" $?
exit $failed
