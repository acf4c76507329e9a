// SPDX-License-Identifier: GPL-3.0-or-later
// Prints rtl/common/l1t_formats_pkg.sv. A unit test compares that file with this output.
#include "l1t/decode.h"

int main(void)
{
    l1t_formats_print_package(stdout);
    return fflush(stdout) == 0 ? 0 : 3;
}
