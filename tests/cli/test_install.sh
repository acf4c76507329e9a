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
for header in "$work"/usr/include/l1t/*.h "$work"/usr/include/l1twin/*.h "$work"/usr/include/l1twin/calo/*.h; do
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

run_make uninstall && [ -z "$(find "$work/usr" -type f -o -type l)" ]
report "uninstall leaves nothing" $?
exit $failed
