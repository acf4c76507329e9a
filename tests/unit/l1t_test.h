/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One CUnit program per file:
 *
 *     static void sums_two_numbers(void) { CU_ASSERT_EQUAL(1 + 1, 2); }
 *     L1T_TEST_MAIN("sums", {"sums two numbers", sums_two_numbers})
 *
 * Exit 0 when every test ran and passed, else 1. An argument runs only the tests whose name
 * contains it. tests/run.sh adds the summaries up.
 */
#ifndef L1T_TEST_H
#define L1T_TEST_H

#include "l1t/err.h"

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct l1t_test {
    const char *name;
    void (*run)(void);
};

static inline int l1t_test_run(const char *suite, const struct l1t_test *tests, size_t n, int argc,
                               char **argv)
{
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    CU_pSuite to = CU_add_suite(suite, NULL, NULL);
    for (size_t i = 0; to != NULL && i < n; i++)
        if ((argc < 2 || strstr(tests[i].name, argv[1]) != NULL) &&
            CU_add_test(to, tests[i].name, tests[i].run) == NULL)
            to = NULL;
    setvbuf(stdout, NULL, _IOLBF, 0);
    CU_basic_set_mode(CU_BRM_NORMAL);
    const bool ran = to != NULL && CU_basic_run_tests() == CUE_SUCCESS;
    const unsigned failed = CU_get_number_of_failures() + CU_get_number_of_tests_failed();
    const unsigned count = CU_get_number_of_tests_run();
    if (!ran)
        fprintf(stderr, "%s: CUnit: %s\n", suite, CU_get_error_msg());
    CU_cleanup_registry();
    return ran && failed == 0 && count > 0 ? 0 : 1;
}

#define L1T_TEST_MAIN(suite, ...)                                                                  \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        static const struct l1t_test tests_of_this_file[] = {__VA_ARGS__};                         \
        return l1t_test_run(suite, tests_of_this_file,                                             \
                            sizeof tests_of_this_file / sizeof tests_of_this_file[0], argc, argv); \
    }

/* ---- failures that say what was found ---- */

/* A failed check with a message made here, at most 1000 characters. Use L1T_CHECK. */
static inline void l1t_test_check(bool good, const char *file, int line, const char *fmt, ...)
    L1T_PRINTF(4, 5);
static inline void l1t_test_check(bool good, const char *file, int line, const char *fmt, ...)
{
    char text[1000];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    (void)CU_assertImplementation(good, (unsigned)line, text, file, "", CU_FALSE);
}

/* L1T_CHECK(a == b, "event %d: %d, expected %d", e, a, b) */
#define L1T_CHECK(condition, ...) l1t_test_check(condition, __FILE__, __LINE__, __VA_ARGS__)

static inline void l1t_test_near(double actual, double expected, double rel, const char *what,
                                 const char *file, int line)
{
    const double size = expected == 0 ? 1 : fabs(expected);
    l1t_test_check(fabs(actual - expected) <= rel * size, file, line,
                   "%s: %.17g, expected %.17g within %g", what, actual, expected, rel);
}

/* |actual - expected| <= rel |expected| (or <= rel when 0 is expected); NaN never is near. */
#define L1T_ASSERT_NEAR(actual, expected, rel)                                                     \
    l1t_test_near(actual, expected, rel, #actual, __FILE__, __LINE__)

#define L1T_ASSERT_INT(actual, expected)                                                           \
    l1t_test_int((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)
static inline void l1t_test_int(long long actual, long long expected, const char *what,
                                const char *file, int line)
{
    l1t_test_check(actual == expected, file, line, "%s: %lld, expected %lld", what, actual,
                   expected);
}

#define L1T_ASSERT_TEXT(actual, expected)                                                          \
    l1t_test_text(actual, expected, #actual, __FILE__, __LINE__)
static inline void l1t_test_text(const char *actual, const char *expected, const char *what,
                                 const char *file, int line)
{
    const bool same = actual != NULL && expected != NULL && strcmp(actual, expected) == 0;
    l1t_test_check(same, file, line, "%s: \"%s\", expected \"%s\"", what,
                   actual != NULL ? actual : "(null)", expected != NULL ? expected : "(null)");
}

#define L1T_ASSERT_CONTAINS(text, part)                                                            \
    l1t_test_check(strstr(text, part) != NULL, __FILE__, __LINE__, "\"%s\" lacks \"%s\"", text,    \
                   part)

/* The line in a diag: exactly this, or with this in it. */
#define L1T_ASSERT_DIAG(diag, expected)      L1T_ASSERT_TEXT((diag).text, expected)
#define L1T_ASSERT_DIAG_CONTAINS(diag, part) L1T_ASSERT_CONTAINS((diag).text, part)

/* An enum l1t_err that should be L1T_OK; shows the diag line when it is not. */
#define L1T_ASSERT_OK(err, diag) l1t_test_ok(err, &(diag), #err, __FILE__, __LINE__)
static inline void l1t_test_ok(enum l1t_err err, const struct l1t_diag *diag, const char *what,
                               const char *file, int line)
{
    l1t_test_check(err == L1T_OK, file, line, "%s: %s: %s", what, l1t_strerror(err), diag->text);
}

/* ---- shared data: present on developers' machines and in CI, absent elsewhere ---- */

/* 1 and the path of a shared file ("calo/x.gz"), or 0 if it is absent. */
static inline int l1t_shared_path(char *path, size_t size, const char *relative)
{
    const char *root = getenv("L1TWIN_SHARED");
    const int n =
        snprintf(path, size, "%s/%s", root != NULL && *root ? root : "../shared", relative);
    return n > 0 && (size_t)n < size && access(path, R_OK) == 0;
}

/* Declares char path[1024]; leaves the test, saying so, when the file is absent. */
#define L1T_SKIP_UNLESS_SHARED(path, relative)                                                     \
    char path[1024];                                                                               \
    if (!l1t_shared_path(path, sizeof path, relative)) {                                           \
        l1t_test_skip("%s absent", path);                                                          \
        return;                                                                                    \
    }

/* "SKIPPED suite/test: reason", one line that tests/run.sh counts; the caller returns. */
static inline void l1t_test_skip(const char *fmt, ...) L1T_PRINTF(1, 2);
static inline void l1t_test_skip(const char *fmt, ...)
{
    va_list args;
    printf("\nSKIPPED %s/%s: ", CU_get_current_suite()->pName, CU_get_current_test()->pName);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    printf("\n");
}

/* ---- scratch files ---- */

static char l1t_test_dir_name[512];

static inline void l1t_test_remove(const char *path)
{
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        DIR *dir = opendir(path);
        for (struct dirent *e = NULL; dir != NULL && (e = readdir(dir)) != NULL;) {
            char inner[1500];
            const int n = snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
            if (n > 0 && (size_t)n < sizeof inner && strcmp(e->d_name, ".") != 0 &&
                strcmp(e->d_name, "..") != 0)
                l1t_test_remove(inner);
        }
        if (dir != NULL)
            (void)closedir(dir);
    }
    (void)remove(path);
}

static inline void l1t_test_remove_dir(void)
{
    l1t_test_remove(l1t_test_dir_name);
}

/* A directory of this program's own, removed with its contents at exit. */
static inline const char *l1t_test_dir(void)
{
    if (l1t_test_dir_name[0] == '\0') {
        const char *tmp = getenv("TMPDIR");
        (void)snprintf(l1t_test_dir_name, sizeof l1t_test_dir_name, "%s/l1t-test-XXXXXX",
                       tmp != NULL && *tmp ? tmp : "/tmp");
        if (mkdtemp(l1t_test_dir_name) == NULL) {
            perror(l1t_test_dir_name);
            exit(1);
        }
        (void)atexit(l1t_test_remove_dir);
    }
    return l1t_test_dir_name;
}

/* DIR/name in one of 8 rotating buffers. */
static inline const char *l1t_test_path(const char *name)
{
    static char paths[8][1024];
    static unsigned next;
    char *path = paths[next++ % 8];
    const int n = snprintf(path, sizeof paths[0], "%s/%s", l1t_test_dir(), name);
    return n > 0 && (size_t)n < sizeof paths[0] ? path : "name-too-long";
}

/* Write a scratch file; returns its path as l1t_test_path does. */
static inline const char *l1t_test_write(const char *name, const void *data, size_t size)
{
    const char *path = l1t_test_path(name);
    FILE *file = fopen(path, "wb");
    const bool good = file != NULL && fwrite(data, 1, size, file) == size;
    if ((file != NULL && fclose(file) != 0) || !good) {
        perror(path);
        exit(1);
    }
    return path;
}

static inline const char *l1t_test_write_text(const char *name, const char *text)
{
    return l1t_test_write(name, text, strlen(text));
}

#endif
