// SPDX-License-Identifier: GPL-3.0-or-later
// Words of an expression: what they are, and which one was meant.
#include "gt_internal.h"
#include "l1t/yaml.h"

#include <stdio.h>
#include <string.h>

static const char *const networks[] = {"AXO", "TOPO", "ADT"};
enum { N_NETWORKS = sizeof networks / sizeof networks[0] };

static const char net_et[] = "NETETMHF"; // another name of HTM

enum l1t_gt_word l1t_gt_word_of(const struct l1t_gt_menu *menu, const char *type, unsigned *which)
{
    if (strncmp(type, "EXT_", 4) == 0) {
        for (size_t i = 0; i < menu->n_externals; i++)
            if (strcmp(menu->external[i].name, type + 4) == 0) {
                *which = (unsigned)i;
                return L1T_GT_W_EXTERNAL;
            }
        return L1T_GT_W_NONE;
    }
    for (unsigned i = 0; i < L1T_GT_TYPES; i++)
        if (strcmp(l1t_gt_type_name((enum l1t_gt_type)i), type) == 0) {
            *which = i;
            return L1T_GT_W_OBJECT;
        }
    if (strcmp(type, net_et) == 0) {
        *which = L1T_GT_HTM;
        return L1T_GT_W_OBJECT;
    }
    for (unsigned i = 0; i < L1T_GT_SIGNALS; i++)
        if (strcmp(l1t_gt_signal_name((enum l1t_gt_signal)i), type) == 0) {
            *which = i;
            return L1T_GT_W_SIGNAL;
        }
    for (unsigned i = 0; i < N_NETWORKS; i++)
        if (strcmp(networks[i], type) == 0) {
            *which = i;
            return L1T_GT_W_NETWORK;
        }
    return L1T_GT_W_NONE;
}

static size_t prefix(const char *word, const char *name)
{
    const size_t n = strlen(name);
    const bool digit = strncmp(word, name, n) == 0 && word[n] >= '0' && word[n] <= '9';
    return digit || (strncmp(word, name, n) == 0 && word[n] == '.') ? n : 0;
}

size_t l1t_gt_type_prefix(const char *word)
{
    size_t best = prefix(word, net_et);
    for (unsigned i = 0; i < L1T_GT_TYPES + N_NETWORKS; i++) {
        const size_t n = prefix(word, i < L1T_GT_TYPES ? l1t_gt_type_name((enum l1t_gt_type)i)
                                                       : networks[i - L1T_GT_TYPES]);
        best = n > best ? n : best;
    }
    return best;
}

// ---- did you mean ----

const char *l1t_gt_hint(const char *text, const char *const *names, size_t n, char *to, size_t size)
{
    const char *const near = l1t_nearest(text, names, n);
    to[0] = '\0';
    if (near != NULL)
        (void)snprintf(to, size, "; did you mean '%s'?", near);
    return to;
}

enum letters { AS_WRITTEN, UPPER, LOWER };

// A word of up to 63 characters, in the case that is asked for.
static void copy_word(const char *word, enum letters letters, char to[64])
{
    size_t n = 0;
    for (; n < 63 && word[n] != '\0'; n++) {
        const char c = word[n];
        const bool flip = letters == UPPER   ? c >= 'a' && c <= 'z'
                          : letters == LOWER ? c >= 'A' && c <= 'Z'
                                             : false;
        to[n] = (char)(flip ? c ^ 0x20 : c);
    }
    to[n] = '\0';
}

// Words differ by case more often than by letters: the type alone that is one in capitals, then
// anything near, then what is near to the type without its threshold.
const char *l1t_gt_word_hint(const char *word, char *hint, size_t size)
{
    const char *names[L1T_GT_TYPES + L1T_GT_SIGNALS + N_NETWORKS + L1T_GT_FUNCTIONS + 2];
    size_t n = 0;
    for (unsigned i = 0; i < L1T_GT_TYPES; i++)
        names[n++] = l1t_gt_type_name((enum l1t_gt_type)i);
    for (unsigned i = 0; i < L1T_GT_SIGNALS; i++)
        names[n++] = l1t_gt_signal_name((enum l1t_gt_signal)i);
    for (unsigned i = 0; i < N_NETWORKS; i++)
        names[n++] = networks[i];
    for (unsigned i = L1T_GT_F_COMB; i <= L1T_GT_F_MASS_TRV_ORM; i++)
        names[n++] = l1t_gt_function_name((enum l1t_gt_function)i);
    names[n++] = "NOT";
    char text[64];
    copy_word(word, UPPER, text);
    text[strcspn(text, "0123456789.+-")] = '\0';
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], text) == 0)
            return l1t_gt_hint(text, names, n, hint, size);
    for (unsigned i = 0; i < 6; i++) {
        copy_word(word, (enum letters)(i % 3), text);
        if (i >= 3)
            text[strcspn(text, "0123456789.+-")] = '\0';
        if (l1t_gt_hint(text, names, n, hint, size)[0] != '\0')
            break;
    }
    return hint;
}

const char *l1t_gt_operator_hint(const char *text, char *hint, size_t size)
{
    static const char *const names[] = {"AND", "OR", "XOR"};
    const char c = text[0];
    char word[64];
    hint[0] = '\0';
    copy_word(text, UPPER, word);
    word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = '\0';
    if (c == '&' || c == '|')
        (void)snprintf(hint, size, "; did you mean '%s'?", c == '&' ? "AND" : "OR");
    else
        (void)l1t_gt_hint(word, names, 3, hint, size);
    return hint;
}
