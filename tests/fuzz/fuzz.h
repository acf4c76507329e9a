/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One parser a file: L1T_FUZZ(yaml, seeds) { ... } defines what to do with some bytes. All files
 * together with replay.c make an ordinary test; one file alone, with -DL1T_LIBFUZZER, is a
 * libFuzzer target:
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined -DL1T_LIBFUZZER -std=c17 \
 *         -D_POSIX_C_SOURCE=200809L -Icsrc -Imodels tests/fuzz/fuzz_yaml.c csrc/err.c csrc/io_*.c \
 *         csrc/yaml_*.c -lyaml -lz -lm -o fuzz_yaml && ./fuzz_yaml -max_len=4096
 */
#ifndef L1T_FUZZ_H
#define L1T_FUZZ_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>

struct l1t_fuzz_parser {
    const char *name;
    /* 1 accepted, 0 refused; crashes, leaks and a broken promise (abort) are the failures */
    int (*feed)(const uint8_t *data, size_t size);
    const char *const *seeds; /* NULL-terminated: good inputs to start from */
};

/* A refusal must be one line that is not empty; aborts when it is not. */
int l1t_fuzz_refused(const struct l1t_diag *diag);

/* Put the bytes in this process' scratch file, for parsers that read files; returns its path. */
const char *l1t_fuzz_file(const uint8_t *data, size_t size);

#define L1T_FUZZ(id, seed_list)                                                                    \
    static int feed(const uint8_t *data, size_t size);                                             \
    extern const struct l1t_fuzz_parser l1t_fuzz_##id;                                             \
    const struct l1t_fuzz_parser l1t_fuzz_##id = {#id, feed, seed_list};                           \
    L1T_FUZZ_ENTRY                                                                                 \
    static int feed(const uint8_t *data, size_t size)

#ifdef L1T_LIBFUZZER
#define L1T_FUZZ_ENTRY                                                                             \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);                                  \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                                   \
    {                                                                                              \
        (void)feed(data, size);                                                                    \
        return 0;                                                                                  \
    }
#include "fuzz_support.h"
#else
#define L1T_FUZZ_ENTRY
#endif

#endif
