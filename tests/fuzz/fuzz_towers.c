// SPDX-License-Identifier: GPL-3.0-or-later
// Tower events as text.
#include "fuzz.h"
#include "l1t/towers.h"

static const char *const seeds[] = {
    "E 1 empty\nE 2 one\nR 5 3:01ff\n",
    "# comment\n\nE 300001 flat\nR -41 1:3e01 2:3e01 72:3e01\nR -1 1:1\nR 28 36:ffff 37:0001\r\n"
    "E 300002 next\nR 41 72:3e01\n",
    NULL};

L1T_FUZZ(towers, seeds)
{
    struct l1t_tower_reader *reader = NULL;
    struct l1t_towers towers;
    struct l1t_diag diag = {""};
    char name[L1T_TOWERS_NAME];
    uint64_t id = 0;
    if (l1t_tower_reader_open(l1t_fuzz_file(data, size), &reader, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    int status = 1;
    while (status == 1)
        status = l1t_tower_reader_next(reader, &towers, &id, name, &diag);
    l1t_tower_reader_close(reader);
    return status == 0 ? 1 : l1t_fuzz_refused(&diag);
}
