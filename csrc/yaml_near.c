// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean": Damerau-Levenshtein distance in its optimal string alignment form, where a
// swap of neighbours is one slip, as it is for the hand that typed it.
#include "l1t/yaml.h"

#include <string.h>

enum { MAX_LENGTH = 48 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][MAX_LENGTH + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *const free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[m];
}

const char *l1t_nearest(const char *text, const char *const *names, size_t n)
{
    const size_t length = strlen(text);
    const char *nearest = NULL;
    if (length > MAX_LENGTH)
        return NULL;
    size_t best = length / 3 + 1;
    for (size_t i = 0; i < n; i++) {
        const size_t other = strlen(names[i]);
        if (other > MAX_LENGTH)
            continue;
        const size_t d = distance(text, length, names[i], other);
        if (d < best) {
            best = d;
            nearest = names[i];
        }
    }
    return nearest;
}
