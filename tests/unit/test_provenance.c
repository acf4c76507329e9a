// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/provenance.h"
#include "l1t_test.h"

// Of the piece "role" + "data" + sizes, by coreutils:
// printf 'roledata\4\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0' | sha256sum
static const char known[] = "631255b80ec884259a5bbde23e46a722f87400af13c09c7c126f3c3f50621aa0";

static void frames_and_hashes(void)
{
    char hex[65];
    struct l1t_digest *digest = l1t_digest_new();
    CU_ASSERT_FATAL(digest != NULL);
    l1t_digest_hex(digest, hex);
    L1T_ASSERT_TEXT(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    l1t_digest_add(digest, "role", "data", 4);
    l1t_digest_hex(digest, hex);
    L1T_ASSERT_TEXT(hex, known);
    l1t_digest_hex(digest, hex);
    L1T_ASSERT_TEXT(hex, known);
    l1t_digest_free(digest);
}

static void a_file_counts_as_its_bytes(void)
{
    char a[65], b[65];
    struct l1t_diag diag = {""};
    static char big[100000];
    memset(big, 'q', sizeof big);
    const char *path = l1t_test_write("big", big, sizeof big);
    struct l1t_digest *from_file = l1t_digest_new(), *from_memory = l1t_digest_new();
    CU_ASSERT_FATAL(from_file != NULL && from_memory != NULL);
    L1T_ASSERT_OK(l1t_digest_add_file(from_file, "menu", path, &diag), diag);
    l1t_digest_add(from_memory, "menu", big, sizeof big);
    l1t_digest_hex(from_file, a);
    l1t_digest_hex(from_memory, b);
    L1T_ASSERT_TEXT(a, b);
    L1T_ASSERT_INT(l1t_digest_add_file(from_file, "menu", l1t_test_path("absent"), &diag),
                   L1T_E_INPUT);
    l1t_digest_free(from_file);
    l1t_digest_free(from_memory);
}

static void gzip_is_not_unpacked(void)
{
    char a[65], b[65];
    struct l1t_diag diag = {""};
    const char *path = l1t_test_write("x.gz", "\x1f\x8b no gzip at all", 18);
    struct l1t_digest *x = l1t_digest_new(), *y = l1t_digest_new();
    CU_ASSERT_FATAL(x != NULL && y != NULL);
    L1T_ASSERT_OK(l1t_digest_add_file(x, "", path, &diag), diag);
    l1t_digest_add(y, "", "\x1f\x8b no gzip at all", 18);
    l1t_digest_hex(x, a);
    l1t_digest_hex(y, b);
    L1T_ASSERT_TEXT(a, b);
    l1t_digest_free(x);
    l1t_digest_free(y);
}

static void moving_bytes_changes_the_digest(void)
{
    static const struct {
        const char *role, *data;
    } cases[][2] = {{{"a", "xy"}, {"b", "z"}},
                    {{"a", "x"}, {"b", "yz"}},
                    {{"ax", "y"}, {"b", "z"}},
                    {{"b", "z"}, {"a", "xy"}}};
    char hex[4][65];
    for (size_t i = 0; i < 4; i++) {
        struct l1t_digest *digest = l1t_digest_new();
        CU_ASSERT_FATAL(digest != NULL);
        for (size_t j = 0; j < 2; j++)
            l1t_digest_add(digest, cases[i][j].role, cases[i][j].data, strlen(cases[i][j].data));
        l1t_digest_hex(digest, hex[i]);
        l1t_digest_free(digest);
        for (size_t j = 0; j < i; j++)
            CU_ASSERT_STRING_NOT_EQUAL(hex[i], hex[j]);
    }
}

static void the_version_is_said(void)
{
    CU_ASSERT(strlen(l1t_version()) > 0);
}

L1T_TEST_MAIN("provenance", {"frames and hashes", frames_and_hashes},
              {"a file counts as its bytes", a_file_counts_as_its_bytes},
              {"gzip is not unpacked", gzip_is_not_unpacked},
              {"moving bytes changes the digest", moving_bytes_changes_the_digest},
              {"the version is said", the_version_is_said})
