// SPDX-License-Identifier: GPL-3.0-or-later
// Scalars: words, whole numbers, numbers, quantities with units. Strict on purpose: YAML's own
// rules make 010 eight, 1:30 ninety and no false.
#include "yaml_internal.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DIGITS = 60 };

void l1t_yaml_quote(const char *text, char *quoted, size_t size)
{
    size_t n = strlen(text);
    const bool cut = n > size - 6;
    if (cut)
        n = size - 6;
    while (cut && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    (void)snprintf(quoted, size, "'%.*s%s'", (int)n, text, cut ? "..." : "");
}

// ---- numbers ----

static const char *skip_digits(const char *c)
{
    while (isdigit((unsigned char)*c) ||
           (*c == '_' && isdigit((unsigned char)c[-1]) && isdigit((unsigned char)c[1])))
        c++;
    return c;
}

// The end of the longest number at text, or NULL: sign, digits (1_000 allowed), fraction, exponent.
// No leading zeros, so nobody has to know what YAML makes of them.
static const char *number_end(const char *text)
{
    const char *start = text + (*text == '-' || *text == '+');
    const char *c = isdigit((unsigned char)*start) ? skip_digits(start) : start;
    size_t digits = (size_t)(c - start);
    if (digits > 1 && *start == '0')
        return NULL;
    if (*c == '.') {
        const char *fraction = c + 1;
        c = isdigit((unsigned char)*fraction) ? skip_digits(fraction) : fraction;
        digits += (size_t)(c - fraction);
    }
    if (digits == 0)
        return NULL;
    if (*c == 'e' || *c == 'E') {
        const char *power = c + 1 + (c[1] == '-' || c[1] == '+');
        if (isdigit((unsigned char)*power))
            for (c = power; isdigit((unsigned char)*c);)
                c++;
    }
    return (size_t)(c - text) < MAX_DIGITS ? c : NULL;
}

// Digits without underscores. *whole: plain digits only, so that strtoll gives all of them.
static bool number_text(const char *text, char *digits, const char **end, bool *whole)
{
    *end = number_end(text);
    if (*end == NULL)
        return false;
    *whole = true;
    for (const char *c = text; c < *end; c++) {
        if (*c == '_')
            continue;
        *whole = *whole && strchr(".eE", *c) == NULL;
        *digits++ = *c;
    }
    *digits = '\0';
    return true;
}

// ---- units ----

struct unit {
    enum l1t_type type;
    const char *name;
    double multiply, divide; // both, so that 500 MeV is 0.5 GeV and not its neighbour
};

static const struct unit units[] = {
    {L1T_ENERGY, "GeV", 1, 1},
    {L1T_ENERGY, "MeV", 1, 1e3},
    {L1T_ENERGY, "TeV", 1e3, 1},
    {L1T_RATE, "Hz", 1, 1},
    {L1T_RATE, "kHz", 1e3, 1},
    {L1T_RATE, "MHz", 1e6, 1},
    {L1T_LUMI, "cm-2 s-1", 1, 1},
    {L1T_LUMI, "cm-2s-1", 1, 1},
    {L1T_LUMI, "cm^-2 s^-1", 1, 1},
    {L1T_LUMI, "cm^-2s^-1", 1, 1},
    {L1T_LUMI, "/cm2/s", 1, 1},
    {L1T_XSEC, "mb", 1, 1},
    {L1T_XSEC, "b", 1e3, 1},
    {L1T_XSEC, "ub", 1, 1e3},
    {L1T_XSEC,
     "\xc2\xb5"
     "b",
     1, 1e3},
    {L1T_XSEC, "nb", 1, 1e6},
    {L1T_XSEC, "pb", 1, 1e9},
    {L1T_XSEC, "fb", 1, 1e12},
    {L1T_ANGLE, "rad", 1, 1},
    {L1T_ANGLE, "deg", 3.14159265358979323846, 180},
    {L1T_PERCENT, "%", 1, 100},
    {L1T_PERCENT, "", 1, 1},
    {L1T_NUMBER, "", 1, 1},
};

static const struct {
    const char *what, *example, *base; // base: the unit limits are told in
} kinds[] = {
    [L1T_BOOL] = {NULL, NULL, NULL},
    [L1T_INT] = {"a whole number", "1000", ""},
    [L1T_NUMBER] = {"a number", "0.25", ""},
    [L1T_ENERGY] = {"an energy", "22 GeV", " GeV"},
    [L1T_RATE] = {"a rate", "100 kHz", " Hz"},
    [L1T_LUMI] = {"a luminosity", "2.0e34 cm-2 s-1", " cm-2 s-1"},
    [L1T_XSEC] = {"a cross section", "80 mb", " mb"},
    [L1T_ANGLE] = {"an angle", "1.4 rad", " rad"},
    [L1T_PERCENT] = {"a fraction", "28.2 %", ""},
};

static enum l1t_err wrong_kind(const struct l1t_yaml *yaml, const struct l1t_node *node,
                               enum l1t_type type, struct l1t_diag *diag)
{
    char quoted[64];
    l1t_yaml_quote(node->text, quoted, sizeof quoted);
    return l1t_yaml_fail(yaml, node, diag, "%s is not %s; write it like '%s'", quoted,
                         kinds[type].what, kinds[type].example);
}

static enum l1t_err out_of_range(const struct l1t_yaml *yaml, const struct l1t_node *node,
                                 const struct l1t_key *key, struct l1t_diag *diag)
{
    char quoted[64];
    const char *unit = kinds[key->type].base;
    l1t_yaml_quote(node->text, quoted, sizeof quoted);
    if (key->type == L1T_PERCENT && key->min == 0 && (key->max == 0 || key->max == 1))
        return l1t_yaml_fail(yaml, node, diag,
                             "%s is out of range; allowed 0 to 1, or 0 %% to 100 %%", quoted);
    if (key->type == L1T_INT && key->min == 0 && key->max == 0)
        return l1t_yaml_fail(yaml, node, diag, "%s is out of range; allowed %lld to %lld", quoted,
                             LLONG_MIN, LLONG_MAX);
    if (key->min == 0 && key->max == 0)
        return l1t_yaml_fail(yaml, node, diag, "%s is out of range of a number", quoted);
    if (key->max >= DBL_MAX)
        return l1t_yaml_fail(yaml, node, diag, "%s is out of range; allowed at least %.15g%s",
                             quoted, key->min, unit);
    if (key->min <= -DBL_MAX)
        return l1t_yaml_fail(yaml, node, diag, "%s is out of range; allowed at most %.15g%s",
                             quoted, key->max, unit);
    return l1t_yaml_fail(yaml, node, diag, "%s is out of range; allowed %.15g to %.15g%s", quoted,
                         key->min, key->max, unit);
}

static bool within(const struct l1t_key *key, double value)
{
    if (key->min == 0 && key->max == 0)
        return key->type != L1T_PERCENT || (value >= 0 && value <= 1);
    return value >= key->min && value <= key->max;
}

static const struct unit *find_unit(enum l1t_type type, const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (units[i].type == type && strcmp(units[i].name, name) == 0)
            return &units[i];
    return NULL;
}

static enum l1t_err read_real(const struct l1t_yaml *yaml, const struct l1t_node *node,
                              const struct l1t_key *key, double *value, struct l1t_diag *diag)
{
    char digits[MAX_DIGITS + 1];
    const char *end = NULL;
    bool whole = false;
    if (!number_text(node->text, digits, &end, &whole))
        return wrong_kind(yaml, node, key->type, diag);
    while (*end == ' ')
        end++;
    const struct unit *unit = find_unit(key->type, end);
    if (unit == NULL)
        return wrong_kind(yaml, node, key->type, diag);
    errno = 0;
    const double number = strtod(digits, NULL) * unit->multiply / unit->divide;
    if (errno == ERANGE || !isfinite(number) || !within(key, number))
        return out_of_range(yaml, node, key, diag);
    *value = number == 0 ? 0 : number; // no minus zero
    return L1T_OK;
}

static enum l1t_err read_int(const struct l1t_yaml *yaml, const struct l1t_node *node,
                             const struct l1t_key *key, long long *value, struct l1t_diag *diag)
{
    char digits[MAX_DIGITS + 1];
    const char *end = NULL;
    bool whole = false;
    if (!number_text(node->text, digits, &end, &whole) || *end != '\0')
        return wrong_kind(yaml, node, L1T_INT, diag);
    const double number = strtod(digits, NULL);
    if (!whole && number != floor(number) && isfinite(number))
        return wrong_kind(yaml, node, L1T_INT, diag);
    // From 2^53 on a number with an exponent is no longer the one that was written.
    errno = 0;
    const bool exact = whole || fabs(number) <= 9007199254740992.0;
    const long long integer = whole ? strtoll(digits, NULL, 10) : exact ? (long long)number : 0;
    if (!exact || errno == ERANGE || !within(key, (double)integer))
        return out_of_range(yaml, node, key, diag);
    *value = integer;
    return L1T_OK;
}

// ---- words ----

static enum l1t_err read_choice(const struct l1t_yaml *yaml, const struct l1t_node *node,
                                const struct l1t_key *key, int *value, struct l1t_diag *diag)
{
    char quoted[64], hint[80] = "", list[300] = "";
    size_t n = 0;
    for (; key->choices[n] != NULL; n++) {
        if (strcmp(node->text, key->choices[n]) == 0) {
            *value = (int)n;
            return L1T_OK;
        }
        const size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s%s", n > 0 ? ", " : "", key->choices[n]);
    }
    l1t_yaml_quote(node->text, quoted, sizeof quoted);
    const char *nearest = l1t_nearest(node->text, key->choices, n);
    if (nearest != NULL)
        (void)snprintf(hint, sizeof hint, "; did you mean '%s'?", nearest);
    return l1t_yaml_fail(yaml, node, diag, "%s is not one of: %s%s", quoted, list, hint);
}

static enum l1t_err read_bool(const struct l1t_yaml *yaml, const struct l1t_node *node, bool *value,
                              struct l1t_diag *diag)
{
    char quoted[64];
    *value = strcmp(node->text, "true") == 0;
    if (*value || strcmp(node->text, "false") == 0)
        return L1T_OK;
    l1t_yaml_quote(node->text, quoted, sizeof quoted);
    return l1t_yaml_fail(yaml, node, diag, "%s is not true or false", quoted);
}

static enum l1t_err read_string(const struct l1t_yaml *yaml, const struct l1t_node *node,
                                const char **value, struct l1t_diag *diag)
{
    if (*node->text == '\0')
        return l1t_yaml_fail(yaml, node, diag, "empty; expected text");
    if (!node->quoted && (strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0))
        return l1t_yaml_fail(yaml, node, diag, "'%s' means nothing; leave the key out, or quote it",
                             node->text);
    *value = node->text;
    return L1T_OK;
}

static const char *kind_name(enum l1t_node_kind kind)
{
    return kind == L1T_NODE_SCALAR ? "a single value" : kind == L1T_NODE_LIST ? "a list" : "a map";
}

static enum l1t_err read_tree(const struct l1t_yaml *yaml, const struct l1t_node *node,
                              enum l1t_type type, const struct l1t_node **value,
                              struct l1t_diag *diag)
{
    const enum l1t_node_kind wanted = type == L1T_LIST ? L1T_NODE_LIST : L1T_NODE_MAP;
    if (type != L1T_NODE && node->kind != wanted)
        return l1t_yaml_fail(yaml, node, diag, "expected %s, found %s", kind_name(wanted),
                             node->kind == L1T_NODE_SCALAR && *node->text == '\0'
                                 ? "nothing"
                                 : kind_name(node->kind));
    *value = node;
    return L1T_OK;
}

enum l1t_err l1t_yaml_value(const struct l1t_yaml *yaml, const struct l1t_node *node,
                            const struct l1t_key *key, void *value, struct l1t_diag *diag)
{
    const enum l1t_type type = key->type;
    if (type == L1T_NODE || type == L1T_LIST || type == L1T_MAP)
        return read_tree(yaml, node, type, value, diag);
    if (node->kind != L1T_NODE_SCALAR)
        return l1t_yaml_fail(yaml, node, diag, "expected a single value, found %s",
                             kind_name(node->kind));
    if (type == L1T_STRING)
        return read_string(yaml, node, value, diag);
    if (*node->text == '\0')
        return l1t_yaml_fail(yaml, node, diag, "empty; expected a value");
    if (node->quoted && (type == L1T_BOOL || type == L1T_INT || type == L1T_NUMBER)) {
        char quoted[64];
        l1t_yaml_quote(node->text, quoted, sizeof quoted);
        return l1t_yaml_fail(yaml, node, diag, "%s in quotes is text; write it without", quoted);
    }
    if (type == L1T_BOOL)
        return read_bool(yaml, node, value, diag);
    if (type == L1T_CHOICE)
        return read_choice(yaml, node, key, value, diag);
    if (type == L1T_INT)
        return read_int(yaml, node, key, value, diag);
    return read_real(yaml, node, key, value, diag);
}
