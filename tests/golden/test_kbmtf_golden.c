// SPDX-License-Identifier: GPL-3.0-or-later
// The barrel track finder against the reference answers: every line of every event. The reference
// lists all hypotheses of the first 200 events, and of all events the tracks of each wheel and
// sector and the link words. And our own tables against those files: equal where there is a
// formula, near where there is a filter. Data and tables are outside the repository (l1t_test.h).
#include "l1t/io.h"
#include "l1t/kbmtf_text.h"

#include "l1t_test.h"

enum { EVENTS = 3000, WITH_FITS = 200 };

static struct l1t_kbmtf_setup setup;
static struct l1t_kbmtf_event event;
static struct l1t_kbmtf_result result;

struct tally {
    size_t events, lines, fits, differences;
};

// Compare what we say of one event, line by line, with the next lines of the reference.
static void expect(struct l1t_lines *answers, char *text, struct tally *tally)
{
    struct l1t_diag diag = {""};
    for (char *ours = text, *end; (end = strchr(ours, '\n')) != NULL; ours = end + 1) {
        char *line;
        size_t length;
        *end = '\0';
        const int status = l1t_lines_next(answers, &line, &length, &diag);
        tally->lines++;
        tally->fits += ours[0] == 'p';
        if (status == 1 && strcmp(line, ours) == 0)
            continue;
        if (tally->differences++ < 5)
            printf("%s:%zu: expected '%s', got '%s'\n", l1t_lines_path(answers),
                   l1t_lines_number(answers), status == 1 ? line : "end", ours);
    }
}

static void answer(uint64_t id, struct l1t_lines *answers, struct tally *tally)
{
    static char text[1 << 18];
    FILE *out = fmemopen(text, sizeof text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    l1t_kbmtf(&setup.model, &event, &result);
    fprintf(out, "E %llu\n", (unsigned long long)id);
    l1t_kbmtf_write_records(out, &setup, &event, &result, id < WITH_FITS);
    CU_ASSERT_EQUAL(fclose(out), 0);
    expect(answers, text, tally);
    tally->events++;
}

static void all_events_agree(void)
{
    L1T_SKIP_UNLESS_SHARED(in, "muon/kbmtf_in.txt.gz")
    L1T_SKIP_UNLESS_SHARED(out, "muon/kbmtf_out.txt.gz")
    L1T_SKIP_UNLESS_SHARED(luts, "muon/luts/kbmtf")
    struct l1t_diag diag = {""};
    struct l1t_kbmtf_reader *events = NULL;
    struct l1t_lines *answers = NULL;
    L1T_ASSERT_OK(l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", luts, &setup, &diag), diag);
    CU_ASSERT_EQUAL_FATAL(l1t_kbmtf_reader_open(in, &events, &diag), L1T_OK);
    CU_ASSERT_EQUAL_FATAL(l1t_lines_open(out, 4096, &answers, &diag), L1T_OK);
    struct tally tally = {0, 0, 0, 0};
    uint64_t id;
    char mode[L1T_KBMTF_MODE], *line;
    size_t length;
    while (l1t_kbmtf_reader_next(events, &event, &id, mode, &diag) == 1)
        answer(id, answers, &tally);
    L1T_ASSERT_DIAG(diag, "");
    CU_ASSERT_EQUAL(l1t_lines_next(answers, &line, &length, &diag), 0); // no answers left over
    printf("\n%zu events, %zu lines (%zu hypotheses), %zu differences\n", tally.events, tally.lines,
           tally.fits, tally.differences);
    L1T_ASSERT_INT(tally.events, EVENTS);
    CU_ASSERT(tally.fits > 10 * WITH_FITS);
    L1T_ASSERT_INT(tally.differences, 0);
    l1t_lines_close(answers);
    l1t_kbmtf_reader_close(events);
}

// ---- own tables ----

static struct l1t_kbmtf_setup own;

static bool load_both(const char *luts)
{
    struct l1t_diag diag = {""};
    const bool good =
        l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", luts, &setup, &diag) == L1T_OK &&
        l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", NULL, &own, &diag) == L1T_OK;
    L1T_CHECK(good, "%s", diag.text);
    return good;
}

static void formulas_give_the_tables_of_the_files(void)
{
    L1T_SKIP_UNLESS_SHARED(luts, "muon/luts/kbmtf")
    if (!load_both(luts))
        return;
    CU_ASSERT(memcmp(own.model.loss, setup.model.loss, sizeof own.model.loss) == 0);
    CU_ASSERT(memcmp(own.model.shift, setup.model.shift, sizeof own.model.shift) == 0);
    CU_ASSERT(memcmp(own.model.pt, setup.model.pt, sizeof own.model.pt) == 0);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Ratios of pt of the sector's tracks that have the same stubs with both sets of tables.
static size_t add_ratios(const struct l1t_kbmtf_sector *a, const struct l1t_kbmtf_sector *b,
                         double *ratio)
{
    size_t n = 0;
    for (unsigned i = 0; i < a->n_tracks; i++)
        for (unsigned j = 0; j < b->n_tracks; j++)
            if (memcmp(a->track[i].place, b->track[j].place, sizeof a->track[i].place) == 0)
                ratio[n++] = (double)a->track[i].pt / b->track[j].pt;
    return n;
}

// Events with muons from the beam line (modes 0 to 2). The limits are twice the difference that
// was found when the parameters, which nothing was fitted to, were written down.
static void own_gains_give_about_the_same_pt(void)
{
    static struct l1t_kbmtf_result by_own;
    static double ratio[9 * L1T_KBMTF_SECTORS * EVENTS];
    L1T_SKIP_UNLESS_SHARED(in, "muon/kbmtf_in.txt.gz")
    L1T_SKIP_UNLESS_SHARED(luts, "muon/luts/kbmtf")
    struct l1t_diag diag = {""};
    struct l1t_kbmtf_reader *events = NULL;
    if (!load_both(luts))
        return;
    CU_ASSERT_EQUAL_FATAL(l1t_kbmtf_reader_open(in, &events, &diag), L1T_OK);
    uint64_t id;
    char mode[L1T_KBMTF_MODE];
    size_t n = 0;
    while (l1t_kbmtf_reader_next(events, &event, &id, mode, &diag) == 1) {
        if (mode[0] > '2')
            continue;
        l1t_kbmtf(&setup.model, &event, &result);
        l1t_kbmtf(&own.model, &event, &by_own);
        for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
            n += add_ratios(&by_own.sector[s], &result.sector[s], &ratio[n]);
    }
    l1t_kbmtf_reader_close(events);
    qsort(ratio, n, sizeof ratio[0], by_value);
    CU_ASSERT_FATAL(n > 5000);
    printf("\npt by own tables over pt by files, %zu tracks: 16 %% %.3f, median %.3f, 84 %% %.3f\n",
           n, ratio[n * 16 / 100], ratio[n / 2], ratio[n * 84 / 100]);
    CU_ASSERT(ratio[n / 2] > 0.87 && ratio[n / 2] < 1.13);
    CU_ASSERT(ratio[n * 16 / 100] > 0.64 && ratio[n * 84 / 100] < 1.36);
}

L1T_TEST_MAIN("kbmtf_golden", {"all events agree", all_events_agree},
              {"formulas give the tables of the files", formulas_give_the_tables_of_the_files},
              {"own gains give about the same pt", own_gains_give_about_the_same_pt})
