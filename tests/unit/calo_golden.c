// SPDX-License-Identifier: GPL-3.0-or-later
#include "calo_golden.h"

#include "l1t/calo_config.h"
#include "l1t/io.h"
#include "l1t/towers.h"

#include "l1t_test.h"

#include <inttypes.h>

// ---- configurations ----

static const char *const years[] = {"2018", "2024"};

bool calo_golden_config(const char *year, struct l1t_calo_config *config)
{
    static struct l1t_calo_setup setup;
    char dir[1024], yaml[64];
    if (!l1t_shared_path(dir, sizeof dir, "calo/luts"))
        return false;
    struct l1t_diag diag = {""};
    snprintf(yaml, sizeof yaml, "configs/paths/calo_%s.yaml", year);
    if (l1t_calo_setup_load(yaml, dir, &setup, &diag) != L1T_OK) {
        printf("%s\n", diag.text);
        return false;
    }
    *config = setup.model;
    return true;
}

// ---- answers ----

struct tally {
    size_t events, records, differences;
};

// The answer file's lines of one event, taken one by one.
struct answers {
    struct l1t_lines *lines;
    const char *kinds;
    char *line; // the next one, or NULL at the end
};

static void advance(struct answers *answers)
{
    size_t length;
    struct l1t_diag diag = {""};
    if (l1t_lines_next(answers->lines, &answers->line, &length, &diag) != 1)
        answers->line = NULL;
}

// The next line is a record of this path.
static bool is_ours(const struct answers *answers)
{
    if (answers->line == NULL || strlen(answers->line) < 2)
        return false;
    const char kind[3] = {answers->line[0], answers->line[1], '\0'};
    return strstr(answers->kinds, kind) != NULL;
}

// Compare one line we made with the next record of ours.
static void expect(struct answers *answers, const char *ours, struct tally *tally)
{
    while (answers->line != NULL && answers->line[0] != 'E' && !is_ours(answers))
        advance(answers);
    tally->records++;
    if (answers->line != NULL && strcmp(answers->line, ours) == 0) {
        advance(answers);
        return;
    }
    if (tally->differences++ < 5)
        printf("%s:%zu: expected '%s', got '%s'\n", l1t_lines_path(answers->lines),
               l1t_lines_number(answers->lines), answers->line != NULL ? answers->line : "end",
               ours);
    if (is_ours(answers))
        advance(answers);
}

// The event's own line in the answers; a record of ours before it is one that we did not make.
static bool expect_event(struct answers *answers, uint64_t id, const char *name,
                         struct tally *tally)
{
    while (answers->line != NULL && answers->line[0] != 'E') {
        if (is_ours(answers) && tally->differences++ < 5)
            printf("missing: %s\n", answers->line);
        advance(answers);
    }
    if (answers->line == NULL)
        return false;
    char line[160];
    snprintf(line, sizeof line, "E %" PRIu64 " %s", id, name);
    CU_ASSERT_STRING_EQUAL(answers->line, line);
    advance(answers);
    return true;
}

static void expect_records(const struct calo_golden *golden, const struct l1t_calo_config *config,
                           const struct l1t_towers *towers, struct answers *answers,
                           struct tally *tally)
{
    static char text[1 << 18]; // 784 clusters and 784 + 700 candidates at most
    FILE *out = fmemopen(text, sizeof text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    golden->write(out, config, towers);
    CU_ASSERT_EQUAL(fclose(out), 0);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        expect(answers, line, tally);
    }
}

// ---- files ----

static size_t max_events(void)
{
    const char *text = getenv("L1TWIN_GOLDEN_EVENTS");
    return text != NULL ? (size_t)strtoull(text, NULL, 10) : SIZE_MAX;
}

static void compare(const struct calo_golden *golden, const struct l1t_calo_config *config,
                    struct l1t_tower_reader *events, struct answers *answers, struct tally *tally)
{
    static struct l1t_towers towers;
    uint64_t id;
    char name[L1T_TOWERS_NAME];
    struct l1t_diag diag = {""};
    int status;
    while (tally->events < max_events() &&
           (status = l1t_tower_reader_next(events, &towers, &id, name, &diag)) != 0) {
        CU_ASSERT_EQUAL(status, 1);
        if (status < 0) {
            printf("%s\n", diag.text);
            return;
        }
        if (!expect_event(answers, id, name, tally))
            return; // the 2024 answers of the pile-up file stop early
        expect_records(golden, config, &towers, answers, tally);
        tally->events++;
    }
    if (tally->events < max_events())
        CU_ASSERT_FALSE(expect_event(answers, 0, "", tally)); // no answers left over
}

// Events that the reference answers hold; fewer would mean a file cut short.
static size_t events_expected(const char *stem, const char *year)
{
    static const struct {
        const char *stem, *year;
        size_t events;
    } files[] = {{"sparse", "", 1150},
                 {"wild", "", 200},
                 {"corner", "", 1358},
                 {"pileup", "2018", 900},
                 {"pileup", "2024", 120}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i].stem, stem) == 0 &&
            (files[i].year[0] == '\0' || strcmp(files[i].year, year) == 0))
            return files[i].events < max_events() ? files[i].events : max_events();
    return 0;
}

static void run_year(const char *stem, const char *in, const char *year,
                     const struct calo_golden *golden)
{
    static struct l1t_calo_config config;
    char relative[256], out[1024];
    snprintf(relative, sizeof relative, "calo/%s.%s.out.gz", stem, year);
    (void)l1t_shared_path(out, sizeof out, relative);
    CU_ASSERT_FATAL(calo_golden_config(year, &config));
    struct l1t_tower_reader *events = NULL;
    struct answers answers = {NULL, golden->kinds, NULL};
    struct l1t_diag diag = {""};
    struct tally tally = {0, 0, 0};
    CU_ASSERT_EQUAL_FATAL(l1t_tower_reader_open(in, &events, &diag), L1T_OK);
    CU_ASSERT_EQUAL_FATAL(l1t_lines_open(out, 4096, &answers.lines, &diag), L1T_OK);
    advance(&answers);
    compare(golden, &config, events, &answers, &tally);
    printf("\n%s %s: %zu events, %zu records, %zu differences\n", stem, year, tally.events,
           tally.records, tally.differences);
    CU_ASSERT(tally.events > 0);
    CU_ASSERT_EQUAL(tally.events, events_expected(stem, year));
    CU_ASSERT_EQUAL(tally.differences, 0);
    l1t_lines_close(answers.lines);
    l1t_tower_reader_close(events);
}

void calo_golden_run(const char *stem, const struct calo_golden *golden)
{
    char relative[256];
    snprintf(relative, sizeof relative, "calo/%s.in.gz", stem);
    L1T_SKIP_UNLESS_SHARED(in, relative)
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++)
        run_year(stem, in, years[i], golden);
}
