/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Included once in each program: by replay.c, or by the one target built for libFuzzer. */
#ifndef L1T_FUZZ_SUPPORT_H
#define L1T_FUZZ_SUPPORT_H

#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int l1t_fuzz_refused(const struct l1t_diag *diag)
{
    const size_t n = strnlen(diag->text, sizeof diag->text);
    if (n == 0 || n == sizeof diag->text || strpbrk(diag->text, "\n\r\t\x1b") != NULL) {
        fprintf(stderr, "not one safe line: '%s'\n", diag->text);
        abort();
    }
    return 0;
}

static char l1t_fuzz_path[64];

static void l1t_fuzz_remove_file(void)
{
    (void)unlink(l1t_fuzz_path);
}

const char *l1t_fuzz_file(const uint8_t *data, size_t size)
{
    if (l1t_fuzz_path[0] == '\0') {
        // Memory instead of a disk where there is one.
        const char *dir = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        (void)snprintf(l1t_fuzz_path, sizeof l1t_fuzz_path, "%s/l1t-fuzz-%ld", dir, (long)getpid());
        (void)atexit(l1t_fuzz_remove_file);
    }
    FILE *f = fopen(l1t_fuzz_path, "wb");
    const int good = f != NULL && fwrite(data, 1, size, f) == size;
    if ((f != NULL && fclose(f) != 0) || !good) {
        perror(l1t_fuzz_path);
        exit(3);
    }
    return l1t_fuzz_path;
}

#endif
