// SPDX-License-Identifier: GPL-3.0-or-later
// The barrel track finder against the reference answers: every line of every event. The reference
// lists all hypotheses of the first 200 events, and of all events the tracks of each wheel and
// sector and the link words. Data and tables are outside the repository (l1t_test.h).
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
    struct l1t_diag diag;
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

L1T_TEST_MAIN("kbmtf_golden", {"all events agree", all_events_agree})
