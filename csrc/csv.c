// SPDX-License-Identifier: GPL-3.0-or-later
#include "csv.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = '\0';
    return text;
}

size_t l1t_csv_split(char *line, char **field, size_t max)
{
    size_t n = 0;
    for (char *next = line; next != NULL; n++) {
        char *start = next, *comma = strchr(next, ',');
        next = comma != NULL ? comma + 1 : NULL;
        if (comma != NULL)
            *comma = '\0';
        if (n < max)
            field[n] = trim(start);
    }
    return n;
}

bool l1t_csv_number(const char *text, double *value)
{
    char *end = NULL;
    if (*text == '\0' || strspn(text, "+-.0123456789eE") != strlen(text))
        return false;
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}
