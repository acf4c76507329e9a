// SPDX-License-Identifier: GPL-3.0-or-later
// Muon events, as text and as MP7 buffer files. What was read and written again is the same event.
#include "fuzz.h"
#include "l1t/muons.h"

#include <stdlib.h>
#include <string.h>

#define W4  " 1v0000002a 0v00000000 1v7fffffff 1v80000001"
#define V4  " 1v0000002a 1v00000000 1v7fffffff 1v80000001"
#define V36 V4 V4 V4 V4 V4 V4 V4 V4 V4
#define Z8  "00000000"
#define V6                                                                                         \
    " 00000000000000ff 0000000000000000 586148ff07b53800 ffffffffffffffff 0000000000000001 "       \
    "0000000000000000"
#define V36W V6 V6 V6 V6 V6 V6
#define Z63  Z8 Z8 Z8 Z8 Z8 Z8 Z8 "0v00000"

static const char *const seeds[] = {
    "E 1\nE 2 3\nI B 11 2 586148ff07b53800\nI E+ 0 0 0000000000000001\n",
    "# comment\n\nE 300001 x\nC " Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63 Z63
    "\nI O- 5 1 FFFFFFFFFFFFFFFF\r\nE 300002\nI E- 5 2 0000000000000000\n",
    "Board b\n Quad/Chan : q09c0\n Link : 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 "
    "55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71\nFrame 0000 :" V36 "\nFrame 0001 :" V36
    "\nFrame 0002 :" V36 "\nFrame 0003 :" V36 "\nFrame 0004 :" V36 "\nFrame 0005 :" V36 "\n",
    "0012" V36W V36W V36W "\n# c\n00013" V36W V36W V36W "\n",
    "Board b\nQuad/Chan : x\nLink : 0 1 2 3\nFrame 0000 :" W4 "\n",
    NULL};

// An event that was accepted is one that the writer and the reader agree on.
static void check(const struct l1t_ugmt_event *event)
{
    uint32_t in[L1T_UGMT_IN_WORDS], again[L1T_UGMT_IN_WORDS];
    struct l1t_ugmt_event back;
    l1t_ugmt_pack(event, in);
    l1t_ugmt_unpack(in, &back);
    l1t_ugmt_pack(&back, again);
    for (unsigned i = 0; i < L1T_UGMT_IN_WORDS; i++)
        if ((in[i] & ~UINT32_C(0x80000000)) != again[i])
            abort();
}

L1T_FUZZ(muons, seeds)
{
    struct l1t_muon_reader *reader = NULL;
    struct l1t_ugmt_event event;
    struct l1t_diag diag = {""};
    uint64_t id = 0;
    if (l1t_muon_reader_open(l1t_fuzz_file(data, size), &reader, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    int status = 1;
    while ((status = l1t_muon_reader_next(reader, &event, &id, &diag)) == 1)
        check(&event);
    l1t_muon_reader_close(reader);
    return status == 0 ? 1 : l1t_fuzz_refused(&diag);
}
