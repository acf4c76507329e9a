// SPDX-License-Identifier: GPL-3.0-or-later
// Sorter events as text.
#include "fuzz.h"
#include "l1t/twin.h"
#include "l1t_sort.h"

static const char *const seeds[] = {
    "E 1\nE 2\nR 5 3:100:7\n",
    "# comment\n\nE 300001\nR 1 0:65535:65535 17:0:1\nR 40 4:1:0 5:1:1\r\nE 300002\nR 2 2:2:2\n",
    NULL};

L1T_FUZZ(sort_events, seeds)
{
    const struct l1t_twin *twin = l1t_twin_find("sort");
    uint32_t in[L1T_SORT_IN_WORDS];
    void *source = NULL;
    struct l1t_diag diag = {""};
    uint64_t id = 0;
    if (twin->source_open(NULL, l1t_fuzz_file(data, size), 1, &source, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    int status = 1;
    while (status == 1)
        status = twin->source_next(source, in, &id, &diag);
    twin->source_close(source);
    return status == 0 ? 1 : l1t_fuzz_refused(&diag);
}
