// SPDX-License-Identifier: GPL-3.0-or-later
// Test-vector files of the global trigger. What was read and written again reads the same.
#include "fuzz.h"
#include "l1t/gt_vectors.h"

#include <stdlib.h>
#include <string.h>

#define W8   " 0000f0a1"
#define W16  " 0000f0a1c2d3e4f5"
#define W64  " 00000000000000ffffffffffffffff00000000000000000123456789abcdef0f"
#define W128 W64 "0000000000000000000000000000000000000000000000000000000000000008"
#define M8   W16 W16 W16 W16 W16 W16 W16 W16
#define C4   W8 W8 W8 W8
#define C12  C4 C4 C4

static const char *const seeds[] = {"0000" M8 C12 C4 C4 C12 C4 W64 W128 " 1\n",
                                    "BX title\r\n3563" M8 C12 C12 C12 C12 W64 W128
                                    " 0\r\n\r\n0000" M8 C12 C12 C12 C12 W64 W128 " 1",
                                    NULL};

// A crossing that was accepted is one that writer and reader agree on.
static void check(enum l1t_gt_layout layout, const struct l1t_gt_vector *vector)
{
    char text[1000];
    struct l1t_gt_vector_reader *reader = NULL;
    struct l1t_gt_vector back;
    FILE *out = fmemopen(text, sizeof text, "w");
    if (out == NULL)
        abort();
    l1t_gt_vectors_write(out, layout, vector);
    if (fclose(out) != 0 ||
        l1t_gt_vectors_open(l1t_fuzz_file((const uint8_t *)text, strlen(text)), &reader, NULL) !=
            L1T_OK ||
        l1t_gt_vectors_next(reader, &back, NULL) != 1 || l1t_gt_vectors_layout(reader) != layout ||
        memcmp(&back, vector, sizeof back) != 0)
        abort();
    l1t_gt_vectors_close(reader);
}

L1T_FUZZ(gt_vectors, seeds)
{
    struct l1t_gt_vectors vectors;
    struct l1t_diag diag = {""};
    const enum l1t_err err = l1t_gt_vectors_load(l1t_fuzz_file(data, size), &vectors, &diag);
    if (vectors.n > 0)
        check(vectors.layout, &vectors.vector[0]);
    l1t_gt_vectors_free(&vectors);
    return err == L1T_OK ? 1 : l1t_fuzz_refused(&diag);
}
