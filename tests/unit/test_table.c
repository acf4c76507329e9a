// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/io.h"
#include "l1t/table.h"
#include "l1t_test.h"

#include <jansson.h>

static const struct l1t_column columns[] = {{"seed", "", L1T_CELL_TEXT, 0},
                                            {"rate", "kHz", L1T_CELL_REAL, 3},
                                            {"share", "%", L1T_CELL_REAL, 2},
                                            {"events", "", L1T_CELL_INT, 0}};
static const struct l1t_provenance made_by = {"0.1.0", "0123456789abcdef0123456789abcdef", 7,
                                              "l1twin predict menu.yaml", 0};

static struct l1t_table *example(void)
{
    struct l1t_table *table = l1t_table_new("Rates", columns, 4);
    CU_ASSERT_FATAL(table != NULL);
    l1t_table_text(table, "SingleMu22");
    l1t_table_real(table, 10.25);
    l1t_table_real(table, 0.1);
    l1t_table_int(table, 1234567);
    l1t_table_text(table, "a \"b\", c\td\n");
    l1t_table_real(table, NAN);
    l1t_table_real(table, 1.0 / 3);
    l1t_table_int(table, -1);
    return table;
}

// What is printed, malloc'ed.
static char *print(enum l1t_format format, struct l1t_table *const *tables, size_t n,
                   const struct l1t_provenance *provenance)
{
    const char *path = l1t_test_path("printed");
    struct l1t_diag diag = {""};
    char *text = NULL;
    size_t size = 0;
    FILE *f = fopen(path, "wb");
    CU_ASSERT_FATAL(f != NULL);
    L1T_ASSERT_OK(l1t_table_print(f, format, tables, n, provenance, &diag), diag);
    fclose(f);
    L1T_ASSERT_OK(l1t_read_file(path, 1 << 24, &text, &size, &diag), diag);
    return text;
}

static void expect(enum l1t_format format, const char *wanted)
{
    struct l1t_table *table = example();
    char *text = print(format, &table, 1, &made_by);
    L1T_ASSERT_TEXT(text, wanted);
    free(text);
    l1t_table_free(table);
}

static void people_see_aligned_columns_with_units(void)
{
    expect(L1T_FORMAT_TABLE, "Rates\n"
                             "seed         rate  share   events\n"
                             "              kHz      %\n"
                             "-----------  ----  -----  -------\n"
                             "SingleMu22   10.2   0.10  1234567\n"
                             "a \"b\", c d      -   0.33       -1\n"
                             "\nl1twin 0.1.0, configuration 0123456789ab, seed 7\n");
}

static void machines_get_tsv(void)
{
    expect(L1T_FORMAT_TSV, "# l1twin 0.1.0\n"
                           "# command: l1twin predict menu.yaml\n"
                           "# configuration: sha256 0123456789abcdef0123456789abcdef\n"
                           "# seed: 7\n"
                           "# table: Rates\n"
                           "seed\trate_kHz\tshare_percent\tevents\n"
                           "SingleMu22\t10.25\t0.1\t1234567\n"
                           "a \"b\", c\\td\\n\t\t0.3333333333333333\t-1\n");
}

static void a_file_gets_tsv_by_default(void)
{
    struct l1t_table *table = example();
    char *text = print(L1T_FORMAT_AUTO, &table, 1, &made_by);
    CU_ASSERT_EQUAL(strncmp(text, "# l1twin", 8), 0);
    free(text);
    l1t_table_free(table);
}

static void csv_is_quoted_as_in_rfc_4180(void)
{
    expect(L1T_FORMAT_CSV, "# l1twin 0.1.0\n"
                           "# command: l1twin predict menu.yaml\n"
                           "# configuration: sha256 0123456789abcdef0123456789abcdef\n"
                           "# seed: 7\n"
                           "# table: Rates\n"
                           "seed,rate_kHz,share_percent,events\n"
                           "SingleMu22,10.25,0.1,1234567\n"
                           "\"a \"\"b\"\", c\td\n\",,0.3333333333333333,-1\n");
}

static void nothing_random_has_no_seed(void)
{
    static const enum l1t_format formats[] = {L1T_FORMAT_TABLE, L1T_FORMAT_TSV, L1T_FORMAT_CSV,
                                              L1T_FORMAT_JSON};
    struct l1t_provenance provenance = made_by;
    struct l1t_table *table = l1t_table_new("empty", columns + 1, 1);
    for (size_t i = 0; i < 4; i++) {
        provenance.no_seed = 0;
        char *text = print(formats[i], &table, 1, &provenance);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, "seed"));
        free(text);
        provenance.no_seed = 1;
        text = print(formats[i], &table, 1, &provenance);
        CU_ASSERT_PTR_NULL(strstr(text, "seed"));
        free(text);
    }
    l1t_table_free(table);
}

static void json_holds_everything(void)
{
    struct l1t_table *tables[2] = {example(), l1t_table_new("caf\xe9 \"x\"", columns, 1)};
    char *text = print(L1T_FORMAT_JSON, tables, 2, &made_by);
    json_error_t error;
    json_t *root = json_loads(text, 0, &error);
    L1T_CHECK(root != NULL, "%s: %s", error.text, text);
    CU_ASSERT_FATAL(root != NULL);
    json_t *p = json_object_get(root, "provenance");
    L1T_ASSERT_TEXT(json_string_value(json_object_get(p, "version")), "0.1.0");
    L1T_ASSERT_TEXT(json_string_value(json_object_get(p, "configuration")), made_by.config);
    L1T_ASSERT_INT(json_integer_value(json_object_get(p, "seed")), 7);
    json_t *list = json_object_get(root, "tables");
    L1T_ASSERT_INT(json_array_size(list), 2);
    json_t *table = json_array_get(list, 0);
    json_t *column = json_array_get(json_object_get(table, "columns"), 1);
    L1T_ASSERT_TEXT(json_string_value(json_object_get(column, "unit")), "kHz");
    json_t *rows = json_object_get(table, "rows");
    L1T_ASSERT_INT(json_array_size(rows), 2);
    json_t *row = json_array_get(rows, 1);
    L1T_ASSERT_TEXT(json_string_value(json_array_get(row, 0)), "a \"b\", c\td\n");
    CU_ASSERT(json_is_null(json_array_get(row, 1)));
    CU_ASSERT(json_real_value(json_array_get(row, 2)) == 1.0 / 3);
    L1T_ASSERT_INT(json_integer_value(json_array_get(row, 3)), -1);
    L1T_ASSERT_TEXT(json_string_value(json_object_get(json_array_get(list, 1), "title")),
                    "caf? \"x\"");
    json_decref(root);
    free(text);
    l1t_table_free(tables[0]);
    l1t_table_free(tables[1]);
}

// One real through a table to text and back.
static char *one_real(double value, int digits, enum l1t_format format)
{
    const struct l1t_column column = {"x", "", L1T_CELL_REAL, digits};
    struct l1t_table *table = l1t_table_new("", &column, 1);
    CU_ASSERT_FATAL(table != NULL);
    l1t_table_real(table, value);
    char *text = print(format, &table, 1, NULL);
    l1t_table_free(table);
    char *line = strrchr(text, '\n');
    *line = '\0';
    line = strrchr(text, '\n') + 1;
    memmove(text, line, strlen(line) + 1);
    return text;
}

static void machines_read_back_the_same_reals(void)
{
    static const double reals[] = {0.1,
                                   1.0 / 3,
                                   2.0e34,
                                   5e-324,
                                   1.7976931348623157e308,
                                   -0.0,
                                   11245.6,
                                   1e22,
                                   123456789012345680.0,
                                   4.35e-9,
                                   100,
                                   9007199254740993.0};
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++) {
        char *text = one_real(reals[i], 3, L1T_FORMAT_TSV);
        L1T_CHECK(strtod(text, NULL) == reals[i], "%s, expected %.17g", text, reals[i]);
        free(text);
    }
    static const struct {
        double value;
        const char *text;
    } shortest[] = {{0.1, "0.1"}, {11245.6, "11245.6"}, {2e34, "2e+34"},    {100, "100"},
                    {NAN, ""},    {INFINITY, "inf"},    {-INFINITY, "-inf"}};
    for (size_t i = 0; i < sizeof shortest / sizeof shortest[0]; i++) {
        char *text = one_real(shortest[i].value, 3, L1T_FORMAT_CSV);
        L1T_ASSERT_TEXT(text, shortest[i].text);
        free(text);
    }
}

static void people_read_significant_digits(void)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {{100, 3, "100"},
                 {99.96, 3, "100"},
                 {9.996, 3, "10.0"},
                 {0.5, 3, "0.500"},
                 {123456, 3, "123456"},
                 {2e34, 3, "2.00e34"},
                 {0.00012345, 3, "0.000123"},
                 {1.5e-9, 2, "1.5e-9"},
                 {0, 3, "0.00"},
                 {-3.14159, 4, "-3.142"},
                 {NAN, 3, "-"},
                 {INFINITY, 3, "inf"},
                 {1e7, 1, "1e7"},
                 {2.5, 0, "2.50000"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *text = one_real(cases[i].value, cases[i].digits, L1T_FORMAT_TABLE);
        char *start = text + strspn(text, " ");
        L1T_ASSERT_TEXT(start, cases[i].text);
        free(text);
    }
}

static void wide_tables_fit_the_page(void)
{
    static const struct l1t_column wide[] = {{"name", "", L1T_CELL_TEXT, 0},
                                             {"expression", "", L1T_CELL_TEXT, 0},
                                             {"value", "GeV", L1T_CELL_REAL, 4}};
    struct l1t_table *table = l1t_table_new("\xce\xb7 wide", wide, 3);
    CU_ASSERT_FATAL(table != NULL);
    char endless[300];
    memset(endless, 'y', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    l1t_table_text(table, "|\xce\xb7| < 2");
    l1t_table_text(table, endless);
    l1t_table_real(table, 1);
    char *text = print(L1T_FORMAT_TABLE, &table, 1, NULL);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "yyy..."));
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        L1T_CHECK(strlen(line) <= 102, "%zu columns: %s", strlen(line), line);
    free(text);
    l1t_table_free(table);
}

static void short_rows_and_empty_tables_print(void)
{
    struct l1t_table *table = l1t_table_new("", columns, 4);
    CU_ASSERT_FATAL(table != NULL);
    char *text = print(L1T_FORMAT_TSV, &table, 1, NULL);
    L1T_ASSERT_TEXT(text, "seed\trate_kHz\tshare_percent\tevents\n");
    free(text);
    l1t_table_text(table, "only");
    for (int format = L1T_FORMAT_TABLE; format <= L1T_FORMAT_JSON; format++)
        free(print((enum l1t_format)format, &table, 1, NULL));
    l1t_table_free(table);
    l1t_table_free(NULL);
}

static void units_make_machine_names(void)
{
    static const struct l1t_column names[] = {{"lumi", "cm-2 s-1", L1T_CELL_REAL, 3},
                                              {"density", "1/GeV", L1T_CELL_REAL, 3},
                                              {"per", "/s", L1T_CELL_REAL, 3}};
    struct l1t_table *table = l1t_table_new("", names, 3);
    CU_ASSERT_FATAL(table != NULL);
    char *text = print(L1T_FORMAT_CSV, &table, 1, NULL);
    L1T_ASSERT_TEXT(text, "lumi_cm-2_s-1,density_1_per_GeV,per_per_s\n");
    free(text);
    l1t_table_free(table);
}

static void a_full_disk_is_noticed(void)
{
    struct l1t_diag diag = {""};
    struct l1t_table *table = example();
    for (int format = L1T_FORMAT_TABLE; format <= L1T_FORMAT_JSON; format++) {
        FILE *f = fopen("/dev/full", "wb");
        CU_ASSERT_FATAL(f != NULL);
        L1T_ASSERT_INT(l1t_table_print(f, (enum l1t_format)format, &table, 1, &made_by, &diag),
                       L1T_E_IO);
        L1T_ASSERT_DIAG(diag, "output: No space left on device");
        fclose(f);
    }
    l1t_table_free(table);
}

static void progress_is_silent_without_a_terminal(void)
{
    struct l1t_progress progress;
    l1t_progress_start(&progress, "events", 10);
    progress.active = 0;
    progress.started -= 100;
    l1t_progress_at(&progress, 5);
    l1t_progress_end(&progress);
    CU_ASSERT(progress.shown == 0);
}

L1T_TEST_MAIN("table", {"nothing random has no seed", nothing_random_has_no_seed},
              {"people see aligned columns with units", people_see_aligned_columns_with_units},
              {"machines get TSV", machines_get_tsv},
              {"a file gets TSV by default", a_file_gets_tsv_by_default},
              {"CSV is quoted as in RFC 4180", csv_is_quoted_as_in_rfc_4180},
              {"JSON holds everything", json_holds_everything},
              {"machines read back the same reals", machines_read_back_the_same_reals},
              {"people read significant digits", people_read_significant_digits},
              {"wide tables fit the page", wide_tables_fit_the_page},
              {"short rows and empty tables print", short_rows_and_empty_tables_print},
              {"units make machine names", units_make_machine_names},
              {"a full disk is noticed", a_full_disk_is_noticed},
              {"progress is silent without a terminal", progress_is_silent_without_a_terminal})
