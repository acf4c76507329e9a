#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints l1t_version.h. Usage: tools/gen_version.sh "compiler flags" "data directory"
set -eu
version=$(git describe --tags --always --dirty 2>/dev/null || true)
simulator=$(verilator --version 2>/dev/null | cut -d' ' -f1,2 || true)
cat <<END
#define L1T_VERSION "${version:-0.1.0}"
#define L1T_BUILD_FLAGS "$1"
#define L1T_DATADIR "$2"
#define L1T_VERILATOR_VERSION "${simulator:-absent}"
END
