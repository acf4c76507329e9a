// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/io.h"
#include "l1t_test.h"

#include <unistd.h>

#include <fcntl.h>
#include <zlib.h>

static char *text;
static size_t size;
static struct l1t_diag diag;

static const char *gz(const char *name, const char *data, size_t n, const char *mode)
{
    const char *path = l1t_test_path(name);
    gzFile f = gzopen(path, mode);
    CU_ASSERT_FATAL(f != NULL);
    CU_ASSERT_EQUAL(gzwrite(f, data, (unsigned)n), (int)n);
    gzclose(f);
    return path;
}

static void cut_file(const char *path, off_t size_wanted)
{
    CU_ASSERT_EQUAL(truncate(path, size_wanted), 0);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void expect_read(const char *path, size_t max, enum l1t_err err, const char *tail)
{
    char wanted[1500];
    (void)snprintf(wanted, sizeof wanted, "%s%s", path, tail);
    L1T_ASSERT_INT(l1t_read_text(path, max, &text, &size, &diag), err);
    L1T_ASSERT_DIAG(diag, wanted);
    CU_ASSERT_PTR_NULL(text);
}

static void reads_whole_files(void)
{
    const char *path = l1t_test_write_text("plain", "one\ntwo\n");
    L1T_ASSERT_OK(l1t_read_text(path, 8, &text, &size, &diag), diag);
    L1T_ASSERT_INT(size, 8);
    L1T_ASSERT_TEXT(text, "one\ntwo\n");
    free(text);
    L1T_ASSERT_OK(l1t_read_text("/dev/null", 8, &text, &size, &diag), diag);
    L1T_ASSERT_INT(size, 0);
    free(text);
    path = l1t_test_write_text("bom", "\xef\xbb\xbfx");
    L1T_ASSERT_OK(l1t_read_text(path, 8, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "x");
    free(text);
}

static void unpacks_gzip_whatever_its_name(void)
{
    const char *path = gz("packed.txt", "hello\n", 6, "wb");
    gz("packed.txt", "again\n", 6, "ab"); // a second member
    L1T_ASSERT_OK(l1t_read_file(path, 100, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "hello\nagain\n");
    free(text);
    FILE *f = fopen(path, "ab");
    CU_ASSERT_FATAL(f != NULL);
    for (int i = 0; i < 512; i++)
        fputc(0, f);
    fclose(f);
    L1T_ASSERT_OK(l1t_read_file(path, 100, &text, &size, &diag), diag);
    L1T_ASSERT_INT(size, 12);
    free(text);
}

static void reads_files_larger_than_a_block(void)
{
    enum { N = 300000 };
    char *data = malloc(N);
    CU_ASSERT_FATAL(data != NULL);
    for (size_t i = 0; i < N; i++)
        data[i] = (char)('a' + (i * 7919 >> 4) % 23);
    const char *paths[] = {l1t_test_write("big", data, N), gz("big.gz", data, N, "wb")};
    for (int i = 0; i < 2; i++) {
        L1T_ASSERT_OK(l1t_read_file(paths[i], N, &text, &size, &diag), diag);
        L1T_ASSERT_INT(size, N);
        CU_ASSERT_EQUAL(memcmp(text, data, N), 0);
        free(text);
        L1T_ASSERT_INT(l1t_read_file(paths[i], N - 1, &text, &size, &diag), L1T_E_INPUT);
    }
    free(data);
}

static void refuses_what_is_not_a_file_to_read(void)
{
    expect_read(l1t_test_path("absent"), 9, L1T_E_INPUT, ": No such file or directory");
    expect_read(l1t_test_dir(), 9, L1T_E_INPUT, ": is a directory; expected a file");
    const char *path = l1t_test_write("nul", "ab\ncd\0e", 7);
    expect_read(path, 9, L1T_E_INPUT, ":2: binary data (a NUL byte); expected text");
    if (geteuid() != 0) {
        (void)chmod(path, 0);
        expect_read(path, 9, L1T_E_IO, ": Permission denied");
    }
}

static void refuses_too_much_quickly(void)
{
    static const char zeros[1 << 20];
    expect_read(l1t_test_write_text("nine", "123456789"), 8, L1T_E_INPUT,
                ": larger than 8 bytes; that is more than any file of its kind");
    expect_read("/dev/zero", 1 << 20, L1T_E_INPUT,
                ": larger than 1 MiB; that is more than any file of its kind");
    const char *path = gz("bomb.gz", zeros, sizeof zeros, "wb");
    expect_read(path, 1 << 14, L1T_E_INPUT,
                ": larger, unpacked, than 16 KiB; that is more than any file of its kind");
}

static void names_broken_gzip(void)
{
    const char *path = gz("broken.gz", "hello hello hello hello\n", 24, "wb");
    cut_file(path, 20);
    expect_read(path, 99, L1T_E_INPUT, ": truncated gzip data");
    cut_file(path, 2);
    expect_read(path, 99, L1T_E_INPUT, ": truncated gzip data");
    expect_read(l1t_test_write("bad.gz", "\x1f\x8bxxxxxxxxxxxxxx", 16), 99, L1T_E_INPUT,
                ": corrupt gzip data (unknown compression method)");
    path = gz("tail.gz", "hello", 5, "wb");
    FILE *f = fopen(path, "ab");
    CU_ASSERT_FATAL(f != NULL);
    fputs("junk", f);
    fclose(f);
    expect_read(path, 99, L1T_E_INPUT, ": garbage after the gzip data");
}

static void expect_lines(const char *path, const char *const *wanted, size_t n)
{
    struct l1t_lines *lines = NULL;
    char *line = NULL;
    L1T_ASSERT_OK(l1t_lines_open(path, 100, &lines, &diag), diag);
    CU_ASSERT_FATAL(lines != NULL);
    for (size_t i = 0; i < n; i++) {
        CU_ASSERT_EQUAL_FATAL(l1t_lines_next(lines, &line, &size, &diag), 1);
        L1T_ASSERT_TEXT(line, wanted[i]);
        L1T_ASSERT_INT(size, strlen(wanted[i]));
        L1T_ASSERT_INT(l1t_lines_number(lines), i + 1);
    }
    L1T_ASSERT_INT(l1t_lines_next(lines, &line, &size, &diag), 0);
    L1T_ASSERT_INT(l1t_lines_next(lines, &line, &size, &diag), 0);
    L1T_ASSERT_TEXT(l1t_lines_path(lines), path);
    l1t_lines_close(lines);
}

static void streams_lines(void)
{
    static const char *const wanted[] = {"one", "", "three", "last"};
    static const char data[] = "one\n\r\nthree\r\nlast";
    expect_lines(l1t_test_write_text("lines", data), wanted, 4);
    expect_lines(l1t_test_write_text("lines", "\xef\xbb\xbfone\n\nthree\nlast\n"), wanted, 4);
    expect_lines(gz("lines.gz", data, sizeof data - 1, "wb"), wanted, 4);
    expect_lines("/dev/null", wanted, 0);
}

static void a_bad_line_is_said_with_its_number(void)
{
    const char *path = l1t_test_write_text("lines", "good\nb\001d\n");
    struct l1t_lines *lines;
    char *line, said[200];
    L1T_ASSERT_OK(l1t_lines_open(path, 100, &lines, &diag), diag);
    for (int i = 0; i < 2; i++)
        CU_ASSERT_EQUAL_FATAL(l1t_lines_next(lines, &line, &size, &diag), 1);
    L1T_ASSERT_INT(l1t_lines_fail(lines, &diag, "%d of '%s'", 7, line), -1);
    snprintf(said, sizeof said, "%s:2: 7 of 'b?d'", path);
    L1T_ASSERT_DIAG(diag, said);
    l1t_lines_close(lines);
}

static void whole_numbers_are_read_strictly(void)
{
    static const struct {
        const char *text;
        uint64_t min, max, value;
        const char *after; // NULL: not a number here
    } number[] = {
        {"0", 0, 9, 0, ""},
        {"12:3", 0, 12, 12, ":3"},
        {"007 ", 7, 7, 7, " "},
        {"18446744073709551615", 0, UINT64_MAX, UINT64_MAX, ""},
        {"18446744073709551616", 0, UINT64_MAX, 0, NULL},
        {"99999999999999999999999", 0, UINT64_MAX, 0, NULL},
        {"13", 0, 12, 0, NULL},
        {"3", 4, 12, 0, NULL},
        {"-1", 0, UINT64_MAX, 0, NULL},
        {"+1", 0, 9, 0, NULL},
        {" 1", 0, 9, 0, NULL},
        {"x", 0, 9, 0, NULL},
        {"", 0, 9, 0, NULL},
        {NULL, 0, 9, 0, NULL},
    };
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
        uint64_t value = 0;
        const char *after = l1t_parse_u64(number[i].text, number[i].min, number[i].max, &value);
        L1T_CHECK((after == NULL) == (number[i].after == NULL), "case %zu", i);
        if (after == NULL || number[i].after == NULL)
            continue;
        L1T_ASSERT_TEXT(after, number[i].after);
        L1T_CHECK(value == number[i].value, "case %zu: %llu", i, (unsigned long long)value);
    }
}

static void streams_more_lines_than_a_block_holds(void)
{
    const char *path = l1t_test_path("many");
    FILE *f = fopen(path, "wb");
    CU_ASSERT_FATAL(f != NULL);
    for (int i = 0; i < 50000; i++)
        fprintf(f, "line %d of the file\n", i);
    fclose(f);
    struct l1t_lines *lines = NULL;
    char *line = NULL;
    L1T_ASSERT_OK(l1t_lines_open(path, 30, &lines, &diag), diag);
    int n = 0, wrong = 0;
    while (l1t_lines_next(lines, &line, &size, &diag) == 1) {
        char wanted[40];
        (void)snprintf(wanted, sizeof wanted, "line %d of the file", n++);
        wrong += strcmp(wanted, line) != 0;
    }
    l1t_lines_close(lines);
    L1T_ASSERT_INT(n, 50000);
    L1T_ASSERT_INT(wrong, 0);
}

static void expect_bad_line(const char *path, size_t good, const char *tail)
{
    char wanted[1500];
    struct l1t_lines *lines = NULL;
    char *line = NULL;
    (void)snprintf(wanted, sizeof wanted, "%s%s", path, tail);
    L1T_ASSERT_OK(l1t_lines_open(path, 10, &lines, &diag), diag);
    for (size_t i = 0; i < good; i++)
        L1T_ASSERT_INT(l1t_lines_next(lines, &line, &size, &diag), 1);
    L1T_ASSERT_INT(l1t_lines_next(lines, &line, &size, &diag), -1);
    L1T_ASSERT_DIAG(diag, wanted);
    l1t_lines_close(lines);
}

static void numbers_bad_lines(void)
{
    static char endless[1 << 20];
    memset(endless, 'x', sizeof endless);
    expect_bad_line(l1t_test_write("endless", endless, sizeof endless), 0,
                    ":1: line longer than 10 bytes");
    expect_bad_line(l1t_test_write_text("long", "1234567890\n12345678901\n"), 1,
                    ":2: line longer than 10 bytes");
    expect_bad_line("/dev/zero", 0, ":1: line longer than 10 bytes");
    expect_bad_line(l1t_test_write("nul", "a\nb\0c\n", 6), 1,
                    ":2: binary data (a NUL byte); expected text");
    const char *path = gz("cut.gz", "hello hello\n", 12, "wb");
    cut_file(path, 15);
    expect_bad_line(path, 0, ": truncated gzip data");
}

static void writes_by_rename(void)
{
    struct l1t_out out;
    const char *path = l1t_test_write_text("out", "old");
    (void)chmod(path, 0640);
    L1T_ASSERT_OK(l1t_out_open(&out, path, &diag), diag);
    fputs("new", out.file);
    CU_ASSERT(exists(out.temporary));
    L1T_ASSERT_OK(l1t_read_file(path, 9, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "old");
    free(text);
    L1T_ASSERT_OK(l1t_out_commit(&out, &diag), diag);
    l1t_out_abort(&out);
    L1T_ASSERT_OK(l1t_read_file(path, 9, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "new");
    free(text);
    struct stat st;
    CU_ASSERT_EQUAL(stat(path, &st), 0);
    L1T_ASSERT_INT(st.st_mode & 07777, 0640);
}

static void leaves_nothing_when_stopped(void)
{
    struct l1t_out out;
    char temporary[1200];
    const char *path = l1t_test_path("never");
    for (int by_signal = 0; by_signal < 2; by_signal++) {
        L1T_ASSERT_OK(l1t_out_open(&out, path, &diag), diag);
        fputs("half", out.file);
        (void)snprintf(temporary, sizeof temporary, "%s", out.temporary);
        if (by_signal)
            l1t_out_remove_pending();
        CU_ASSERT_EQUAL(exists(temporary), !by_signal);
        l1t_out_abort(&out);
        CU_ASSERT_FALSE(exists(temporary));
        CU_ASSERT_FALSE(exists(path));
    }
}

static void follows_links_when_writing(void)
{
    struct l1t_out out;
    struct stat st;
    const char *target = l1t_test_write_text("target", "old");
    const char *link_path = l1t_test_path("link");
    CU_ASSERT_EQUAL_FATAL(symlink(target, link_path), 0);
    L1T_ASSERT_OK(l1t_out_open(&out, link_path, &diag), diag);
    fputs("new", out.file);
    L1T_ASSERT_OK(l1t_out_commit(&out, &diag), diag);
    CU_ASSERT(lstat(link_path, &st) == 0 && S_ISLNK(st.st_mode));
    L1T_ASSERT_OK(l1t_read_file(target, 9, &text, &size, &diag), diag);
    L1T_ASSERT_TEXT(text, "new");
    free(text);
}

static void notices_a_full_disk(void)
{
    struct l1t_out out;
    for (int much = 0; much < 2; much++) {
        L1T_ASSERT_OK(l1t_out_open(&out, "/dev/full", &diag), diag);
        CU_ASSERT_PTR_NULL(out.temporary);
        for (int i = 0; i < (much ? 100000 : 1); i++)
            fputs("data", out.file);
        L1T_ASSERT_INT(l1t_out_commit(&out, &diag), L1T_E_IO);
        L1T_ASSERT_DIAG(diag, "/dev/full: No space left on device");
    }
}

static void refuses_places_it_cannot_write(void)
{
    struct l1t_out out;
    L1T_ASSERT_INT(l1t_out_open(&out, l1t_test_dir(), &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, ": is a directory; expected a file");
    L1T_ASSERT_INT(l1t_out_open(&out, l1t_test_path("no/such"), &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "/no/such: No such file or directory");
    L1T_ASSERT_INT(l1t_out_open(&out, "", &diag), L1T_E_INPUT);
    l1t_out_abort(&out);
}

static void makes_directories(void)
{
    const char *path = l1t_test_path("a/b/c");
    L1T_ASSERT_OK(l1t_make_dir(path, &diag), diag);
    L1T_ASSERT_OK(l1t_make_dir(l1t_test_path("a/b/"), &diag), diag);
    CU_ASSERT(exists(path));
    l1t_test_write_text("a/file", "");
    L1T_ASSERT_INT(l1t_make_dir(l1t_test_path("a/file"), &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "/a/file: a file is in the way; expected a directory");
    L1T_ASSERT_INT(l1t_make_dir(l1t_test_path("a/file/d"), &diag), L1T_E_INPUT);
    L1T_ASSERT_INT(l1t_make_dir("", &diag), L1T_E_INPUT);
}

static void finds_names_beside_a_file(void)
{
    static const char *const cases[][3] = {{"menu.yaml", "x.csv", "x.csv"},
                                           {"a/b/menu.yaml", "x.csv", "a/b/x.csv"},
                                           {"a/menu.yaml", "/x.csv", "/x.csv"},
                                           {"/menu.yaml", "c/x.csv", "/c/x.csv"},
                                           {"a/m.yaml", "../x.csv", "a/../x.csv"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = l1t_path_beside(cases[i][0], cases[i][1]);
        L1T_ASSERT_TEXT(path, cases[i][2]);
        free(path);
    }
}

static void names_are_quoted_for_a_shell(void)
{
    char to[64];
    L1T_ASSERT_TEXT(l1t_shell_word("a/b-1.yaml", to, sizeof to), "a/b-1.yaml");
    L1T_ASSERT_TEXT(l1t_shell_word("a b", to, sizeof to), "'a b'");
    L1T_ASSERT_TEXT(l1t_shell_word("it's", to, sizeof to), "'it'\\''s'");
    L1T_ASSERT_TEXT(l1t_shell_word("", to, sizeof to), "''");
    L1T_ASSERT_TEXT(l1t_shell_word("$HOME", to, 4), "'$H");
}

static void a_temporary_folder_goes_with_its_files(void)
{
    static const char *const files[] = {"one", "two", NULL};
    struct l1t_temporary *t;
    char path[600];
    for (int pending = 0; pending < 2; pending++) {
        L1T_ASSERT_OK(l1t_temporary_make(files, &t, &diag), diag);
        const char *dir = l1t_temporary_dir(t);
        (void)snprintf(path, sizeof path, "%s/two", dir);
        FILE *file = fopen(path, "w");
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        (void)fclose(file);
        (void)snprintf(path, sizeof path, "%s", dir);
        if (pending)
            l1t_out_remove_pending();
        else
            l1t_temporary_remove(t);
        CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
        if (pending)
            l1t_temporary_remove(t);
    }
}

L1T_TEST_MAIN("io", {"names are quoted for a shell", names_are_quoted_for_a_shell},
              {"a temporary folder goes with its files", a_temporary_folder_goes_with_its_files},
              {"reads whole files", reads_whole_files},
              {"unpacks gzip whatever its name", unpacks_gzip_whatever_its_name},
              {"reads files larger than a block", reads_files_larger_than_a_block},
              {"refuses what is not a file to read", refuses_what_is_not_a_file_to_read},
              {"refuses too much quickly", refuses_too_much_quickly},
              {"names broken gzip", names_broken_gzip}, {"streams lines", streams_lines},
              {"a bad line is said with its number", a_bad_line_is_said_with_its_number},
              {"whole numbers are read strictly", whole_numbers_are_read_strictly},
              {"streams more lines than a block holds", streams_more_lines_than_a_block_holds},
              {"numbers bad lines", numbers_bad_lines}, {"writes by rename", writes_by_rename},
              {"leaves nothing when stopped", leaves_nothing_when_stopped},
              {"follows links when writing", follows_links_when_writing},
              {"notices a full disk", notices_a_full_disk},
              {"refuses places it cannot write", refuses_places_it_cannot_write},
              {"makes directories", makes_directories},
              {"finds names beside a file", finds_names_beside_a_file})
