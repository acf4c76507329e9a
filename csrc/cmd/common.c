// SPDX-License-Identifier: GPL-3.0-or-later
// What commands share: one line on stderr per failure, and option values read strictly.
#include "cmd/cmd.h"
#include "l1t/yaml.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int l1t_cmd_fail(const struct l1t_cmd *cmd, enum l1t_err err, const struct l1t_diag *diag)
{
    fprintf(stderr, "l1twin %s: %s\n", cmd->name,
            diag != NULL && diag->text[0] != '\0' ? diag->text : l1t_strerror(err));
    return l1t_err_exit(err);
}

int l1t_cmd_usage(const struct l1t_cmd *cmd, const char *fmt, ...)
{
    struct l1t_diag diag;
    char text[sizeof diag.text];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return l1t_cmd_fail(cmd, l1t_fail(&diag, L1T_E_USAGE, "%s", text), &diag);
}

// ---- numbers ----

// Digits with '_' between them, so that a million can be read. false when too long or not so.
static bool drop_underscores(const char *text, char *plain, size_t size)
{
    size_t n = 0;
    for (const char *c = text; *c != '\0'; c++) {
        const bool between =
            c > text && isdigit((unsigned char)c[-1]) && isdigit((unsigned char)c[1]);
        if (*c == '_' && between)
            continue;
        if (*c == '_' || n + 1 >= size)
            return false;
        plain[n++] = *c;
    }
    plain[n] = '\0';
    return n > 0;
}

static int u64_range(const struct l1t_cmd *cmd, const char *option, const char *text, uint64_t min,
                     uint64_t max)
{
    if (max == UINT64_MAX)
        return l1t_cmd_usage(cmd, "%s: '%.40s' is out of range; allowed at least %llu", option,
                             text, (unsigned long long)min);
    return l1t_cmd_usage(cmd, "%s: '%.40s' is out of range; allowed %llu to %llu", option, text,
                         (unsigned long long)min, (unsigned long long)max);
}

int l1t_cmd_u64(const struct l1t_cmd *cmd, const char *option, const char *text, uint64_t min,
                uint64_t max, uint64_t *value)
{
    char plain[64];
    char *end = NULL;
    bool good = drop_underscores(text, plain, sizeof plain);
    uint64_t number = 0;
    errno = 0;
    if (good && strspn(plain, "0123456789") == strlen(plain)) {
        number = strtoull(plain, NULL, 10);
    } else if (good && isdigit((unsigned char)plain[0]) &&
               strspn(plain, "0123456789.eE+") == strlen(plain)) {
        // 2e6: exact as long as a double holds every whole number
        const double real = strtod(plain, &end);
        good = *end == '\0' && real == floor(real);
        if (good && real > 9007199254740992.0)
            errno = ERANGE;
        number = good && errno == 0 ? (uint64_t)real : 0;
    } else {
        good = false;
    }
    if (!good)
        return l1t_cmd_usage(cmd, "%s: '%.40s' is not a whole number; write it like '1000'", option,
                             text);
    if (errno == ERANGE || number < min || number > max)
        return u64_range(cmd, option, text, min, max);
    *value = number;
    return 0;
}

int l1t_cmd_double(const struct l1t_cmd *cmd, const char *option, const char *text, double min,
                   double max, double *value)
{
    char plain[64];
    char *end = NULL;
    const bool good = drop_underscores(text, plain, sizeof plain) &&
                      strspn(plain, "0123456789.eE+-") == strlen(plain);
    errno = 0;
    const double number = good ? strtod(plain, &end) : 0;
    if (!good || *end != '\0')
        return l1t_cmd_usage(cmd, "%s: '%.40s' is not a number; write it like '0.25'", option,
                             text);
    if (errno == ERANGE || !isfinite(number) || number < min || number > max) {
        if (max >= DBL_MAX)
            return l1t_cmd_usage(cmd, "%s: '%.40s' is out of range; allowed at least %.15g", option,
                                 text, min);
        return l1t_cmd_usage(cmd, "%s: '%.40s' is out of range; allowed %.15g to %.15g", option,
                             text, min, max);
    }
    *value = number;
    return 0;
}

int l1t_cmd_choice(const struct l1t_cmd *cmd, const char *option, const char *text,
                   const char *const *names, size_t n, int *index)
{
    char all[200] = "";
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, names[i]) == 0) {
            *index = (int)i;
            return 0;
        }
        l1t_cmd_append(all, sizeof all, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    return l1t_cmd_usage(cmd, "%s: '%.40s' is not one of: %s", option, text, all);
}

bool l1t_cmd_next_word(const char **rest, char *word, size_t size)
{
    if (*rest == NULL)
        return false;
    const size_t n = strcspn(*rest, ",");
    word[0] = '\0';
    l1t_cmd_append(word, size, "%.*s", (int)n, *rest);
    *rest = (*rest)[n] == ',' ? *rest + n + 1 : NULL;
    return true;
}

int l1t_cmd_format(const struct l1t_cmd *cmd, const char *text, enum l1t_format *format)
{
    static const char *const names[] = {"auto", "table", "tsv", "csv", "json"};
    int index = 0;
    const int code =
        l1t_cmd_choice(cmd, "--format", text, names, sizeof names / sizeof names[0], &index);
    *format = (enum l1t_format)index;
    return code;
}

// ---- options ----

enum { MAX_OPTIONS = 64 };

struct words {
    char text[1024];
    const char *word[MAX_OPTIONS];
    size_t n;
};

static void split(const char *list, struct words *words)
{
    char *rest = NULL;
    words->n = 0;
    (void)snprintf(words->text, sizeof words->text, "%s", list != NULL ? list : "");
    for (char *w = strtok_r(words->text, " ", &rest); w != NULL && words->n < MAX_OPTIONS;
         w = strtok_r(NULL, " ", &rest))
        words->word[words->n++] = w;
}

static bool is_known(const struct words *words, const char *option)
{
    for (size_t i = 0; i < words->n; i++)
        if (strcmp(words->word[i], option) == 0)
            return true;
    return false;
}

// getopt_long leaves optopt 0 only for a long option it does not know; a wrong short one in the
// middle of "-xyz" is not in argv[optind - 1] yet.
int l1t_cmd_bad_option(const struct l1t_cmd *cmd, int opt, char **argv)
{
    struct words words;
    char option[64];
    const char *given = argv[optind - 1];
    const bool is_long = strncmp(given, "--", 2) == 0;
    split(cmd->options, &words);
    (void)snprintf(option, sizeof option, "%.*s", (int)strcspn(given, "="), given);
    if (opt == ':')
        return l1t_cmd_usage(cmd, "%s: needs a value", option);
    if (is_long && optopt != 0 && strchr(given, '=') != NULL && is_known(&words, option))
        return l1t_cmd_usage(cmd, "%s: takes no value", option);
    if (optopt != 0)
        (void)snprintf(option, sizeof option, "-%c", optopt);
    const char *nearest = l1t_nearest(option, words.word, words.n);
    if (nearest != NULL && strcmp(nearest, option) != 0)
        return l1t_cmd_usage(cmd, "unknown option '%s'; did you mean '%s'?", option, nearest);
    return l1t_cmd_usage(cmd, "unknown option '%s'; see 'l1twin help %s'", option, cmd->name);
}

int l1t_cmd_options(int argc, char **argv, int first, const struct option *options,
                    int (*take)(int opt, char **argv, void *to), void *to)
{
    const char *letters = ":";
    int opt;
    for (const struct option *o = options; o->name != NULL; o++)
        if (o->val == 'o')
            letters = ":o:";
    opterr = 0;
    optind = first;
    while ((opt = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        const int code = take(opt, argv, to);
        if (code != 0)
            return code;
    }
    return 0;
}

int l1t_cmd_no_more(const struct l1t_cmd *cmd, int argc, char **argv)
{
    return optind < argc ? l1t_cmd_usage(cmd, "'%s' is one too many", argv[optind]) : 0;
}

int l1t_cmd_has_word(const struct l1t_cmd *cmd, const char *word)
{
    struct words words;
    split(cmd->options, &words);
    return is_known(&words, word);
}

// ---- the command line as provenance ----

void l1t_cmd_append(char *text, size_t size, const char *fmt, ...)
{
    const size_t used = strlen(text);
    va_list args;
    va_start(args, fmt);
    const int more = vsnprintf(text + used, size - used, fmt, args);
    va_end(args);
    if (more >= 0 && (size_t)more >= size - used && size > 3)
        memcpy(text + size - 4, "...", 4);
}

// How many arguments an option that changes no result takes up: 2 with its value apart, 0 when it
// is another one. Long ones may be shortened, as getopt_long allows.
static int changes_nothing(const struct words *words, const char *argument)
{
    static const char *const names[] = {"--threads", "--format", "--output"};
    if (strncmp(argument, "-o", 2) == 0)
        return argument[2] == '\0' ? 2 : 1;
    char option[64];
    const size_t n = strcspn(argument, "=");
    (void)snprintf(option, sizeof option, "%.*s", (int)n, argument);
    for (size_t i = 0; i < sizeof names / sizeof names[0] && n > 2; i++)
        if (strcmp(option, names[i]) == 0 ||
            (strncmp(option, names[i], n) == 0 && !is_known(words, option)))
            return argument[n] == '=' ? 1 : 2;
    return 0;
}

void l1t_cmd_remember(char *text, size_t size, int argc, char **argv)
{
    const struct l1t_cmd *cmd = argc > 0 ? l1t_cmd_find(argv[0]) : NULL;
    struct words words;
    int options_end = 0;
    split(cmd != NULL ? cmd->options : NULL, &words);
    (void)snprintf(text, size, "l1twin");
    for (int i = 0; i < argc;) {
        options_end = options_end || strcmp(argv[i], "--") == 0;
        const int skip = options_end ? 0 : changes_nothing(&words, argv[i]);
        if (skip == 0)
            l1t_cmd_append(text, size, " %s", argv[i]);
        i += skip > 0 ? skip : 1;
    }
}

// ---- second words ----

int l1t_cmd_word(const struct l1t_cmd *cmd, int argc, char **argv, const char *const *words)
{
    char expected[200];
    size_t n = 0;
    for (int i = 0; words[i] != NULL; i++) {
        if (argc > 1 && strcmp(argv[1], words[i]) == 0)
            return i;
        const int wrote = snprintf(expected + n, sizeof expected - n, "%s'%s %s'",
                                   i > 0 ? " or " : "", cmd->name, words[i]);
        n += wrote > 0 && (size_t)wrote < sizeof expected - n ? (size_t)wrote : 0;
    }
    if (argc < 2)
        (void)l1t_cmd_usage(cmd, "expected %s; see 'l1twin help %s'", expected, cmd->name);
    else
        (void)l1t_cmd_usage(cmd, "%s '%.40s': expected %s; see 'l1twin help %s'",
                            argv[1][0] == '-' ? "unknown option" : "unknown word", argv[1],
                            expected, cmd->name);
    return -1;
}

// ---- paths ----

int l1t_cmd_path(const struct l1t_cmd *cmd, const char *name, const struct l1t_twin **twin)
{
    char known[200] = "";
    size_t n = 0;
    *twin = name != NULL ? l1t_twin_find(name) : NULL;
    if (*twin != NULL)
        return 0;
    for (size_t i = 0; l1t_twin_list[i] != NULL; i++) {
        const int wrote = snprintf(known + n, sizeof known - n, "%s%s", i > 0 ? ", " : "",
                                   l1t_twin_list[i]->name);
        n += wrote > 0 && (size_t)wrote < sizeof known - n ? (size_t)wrote : 0;
    }
    if (name == NULL)
        return l1t_cmd_usage(cmd, "which path? there is: %s", known);
    return l1t_cmd_usage(cmd, "'%.40s' is not a path; there is: %s", name, known);
}
