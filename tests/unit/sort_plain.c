// SPDX-License-Identifier: GPL-3.0-or-later
#include "sort_plain.h"

#include <string.h>

static void bitonic_merge(struct sort_plain *x, int n, bool up)
{
    if (n <= 1)
        return;
    int p = 1;
    while (2 * p < n)
        p = 2 * p;
    for (int i = 0; i < n - p; i++)
        if ((x[i].key > x[i + p].key) == up) {
            const struct sort_plain old = x[i];
            x[i] = x[i + p];
            x[i + p] = old;
        }
    bitonic_merge(x, p, up);
    bitonic_merge(x + p, n - p, up);
}

void sort_plain_bitonic(struct sort_plain *x, int n, bool up)
{
    if (n <= 1)
        return;
    sort_plain_bitonic(x, n / 2, !up);
    sort_plain_bitonic(x + n / 2, n - n / 2, up);
    bitonic_merge(x, n, up);
}

void sort_plain_chain(struct sort_plain *reg, int k, struct sort_plain list[SORT_PLAIN_SLOTS + 1])
{
    int n = SORT_PLAIN_SLOTS;
    for (int i = 0; i < k; i++) {
        int at = 0;
        while (at < n && list[at].key > reg[i].key)
            at++;
        if (at < n) { // otherwise the old content is lost
            memmove(&list[at + 1], &list[at], (size_t)(n - at) * sizeof list[0]);
            list[at] = reg[i];
            n++;
        }
        reg[i] = list[0];
        memmove(&list[0], &list[1], (size_t)(n - 1) * sizeof list[0]);
        n--;
    }
}
