// SPDX-License-Identifier: GPL-3.0-or-later
// What a bug report needs: version, compiler, flags, and libraries as they are at run time.
#include "cmd/cmd.h"
#include "l1t/provenance.h"

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <linear.h>
#include <yaml.h>
#include <zlib.h>

// Made by the build; a compiler called by hand does without.
#ifdef __has_include
#if __has_include("l1t_version.h")
#include "l1t_version.h"
#endif
#endif
#ifndef L1T_BUILD_FLAGS
#define L1T_BUILD_FLAGS "unknown"
#endif
#ifndef L1T_VERILATOR_VERSION
#define L1T_VERILATOR_VERSION "unknown"
#endif
#ifndef L1T_DATADIR
#define L1T_DATADIR "unknown"
#endif

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

static int run(int argc, char **argv);

const struct l1t_cmd cmd_version = {
    .name = "version",
    .group = "About",
    .summary = "version, compiler, flags and libraries",
    .usage = "usage: l1twin version\n"
             "\n"
             "Prints the version (from git describe), the compiler and its flags, the libraries\n"
             "with their versions at run time and the Verilator that made the RTL twins.\n",
    .options = "",
    .run = run,
};

static int run(int argc, char **argv)
{
    if (argc > 1)
        return l1t_cmd_usage(&cmd_version, "'%s' is not expected; version takes nothing", argv[1]);
    printf("l1twin %s\n", l1t_version());
    printf("compiler   %s\n", COMPILER);
    printf("flags      %s\n", L1T_BUILD_FLAGS);
    printf("data       %s\n", L1T_DATADIR);
    printf("simulator  %s\n", L1T_VERILATOR_VERSION);
    printf("libyaml    %s\n", yaml_get_version_string());
    printf("GSL        %s\n", gsl_version);
    printf("zlib       %s\n", zlibVersion());
    printf("jansson    %s\n", jansson_version_str());
    printf("liblinear  %d.%02d\n", liblinear_version / 100, liblinear_version % 100);
    printf("libmd      SHA-256 (tells no version)\n");
    return 0;
}
