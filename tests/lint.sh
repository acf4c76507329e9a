#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The quick part of `make lint`, as test cases.
exec "$(dirname "$0")/../tools/lint.sh" quick
