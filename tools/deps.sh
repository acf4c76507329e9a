#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Install the packages of tools/packages.txt that are missing, and only those.
# Usage: tools/deps.sh build|test|lint|mpi [stamp]
set -eu
kind=${1:?usage: tools/deps.sh build|test|lint|mpi [stamp]}
stamp=${2:-}
list=$(dirname "$0")/packages.txt
case $kind in
build) kinds=build ;;
test) kinds='build|test' ;;
lint) kinds='build|test|lint' ;;
mpi) kinds='build|mpi' ;;
*)
    echo "tools/deps.sh: unknown kind '$kind': build, test, lint or mpi" >&2
    exit 2
    ;;
esac

done_with() {
    if [ -n "$stamp" ]; then
        mkdir -p "$(dirname "$stamp")"
        : >"$stamp"
    fi
    exit 0
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "deps: not a Debian system; the libraries of $list must be there already" >&2
    done_with
fi

missing=
# shellcheck disable=SC2013
for package in $(awk -v kinds="^($kinds)\$" '!/^#/ && $2 ~ kinds {print $1}' "$list"); do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || done_with

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "deps: missing:$missing" >&2
    echo "deps: would run, as root: apt-get install --no-install-recommends$missing" >&2
    exit 3
fi
echo "deps: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
done_with
