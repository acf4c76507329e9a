#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every case file of tests/cli/cases. Usage: L1TWIN=build/release/l1twin tests/cli/test_cases.sh
set -u
cd "$(dirname "$0")" || exit 3
exec ./run_cli.sh "${L1TWIN:?the program to test}" cases/*.case
