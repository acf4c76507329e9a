// SPDX-License-Identifier: GPL-3.0-or-later
// Muon events from files: text is read back as it was written, buffer files frame by frame, and
// what is wrong is refused with its line.
#include "l1t/io.h"
#include "l1t/mp7.h"
#include "l1t/muons.h"
#include "l1t_test.h"
#include "ugmt_events.h"

static struct l1t_ugmt_event event;

// Reads all events of a text; their number, or -1 with diag filled. The last one stays in event.
static int read_all(const char *text, uint64_t *id, struct l1t_diag *diag)
{
    struct l1t_muon_reader *reader;
    int n = 0, status;
    diag->text[0] = '\0';
    const char *path = l1t_test_write_text("events", text);
    if (l1t_muon_reader_open(path, &reader, diag) != L1T_OK)
        return -1;
    while ((status = l1t_muon_reader_next(reader, &event, id, diag)) == 1)
        n++;
    if (status < 0) // and it stays so
        L1T_ASSERT_INT(l1t_muon_reader_next(reader, &event, id, diag), -1);
    l1t_muon_reader_close(reader);
    return status < 0 ? -1 : n;
}

// ---- text ----

static void written_events_are_read_back(void)
{
    static struct l1t_ugmt_event sent[UGMT_KINDS];
    struct l1t_diag diag = {""};
    const char *path = l1t_test_path("written");
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    for (uint64_t e = 0; e < UGMT_KINDS; e++) {
        ugmt_random_event(e, &sent[e]);
        L1T_ASSERT_OK(l1t_muons_write(out, &sent[e], 1000 + e, e % 2 ? "a name" : "", &diag), diag);
    }
    CU_ASSERT_EQUAL(fclose(out), 0);
    struct l1t_muon_reader *reader;
    uint64_t id = 0;
    L1T_ASSERT_OK(l1t_muon_reader_open(path, &reader, &diag), diag);
    for (uint64_t e = 0; e < UGMT_KINDS; e++) {
        L1T_ASSERT_INT(l1t_muon_reader_next(reader, &event, &id, &diag), 1);
        L1T_ASSERT_INT(id, 1000 + e);
        L1T_ASSERT_INT(memcmp(&event, &sent[e], sizeof event), 0);
    }
    L1T_ASSERT_INT(l1t_muon_reader_next(reader, &event, &id, &diag), 0);
    l1t_muon_reader_close(reader);
}

static void each_candidate_gets_its_slot(void)
{
    struct l1t_diag diag = {""};
    uint64_t id = 0;
    L1T_ASSERT_INT(read_all("# made by hand\n\nE 7 3\nI E+ 0 0 0000000000000001\n"
                            "I B 11 2 00000000000000FF\r\nI E- 5 2 123456789abcdef0",
                            &id, &diag),
                   1);
    L1T_ASSERT_INT(id, 7);
    L1T_ASSERT_INT(event.muon[0], 1);
    L1T_ASSERT_INT(event.muon[3 * 23 + 2], 255);
    CU_ASSERT(event.muon[107] == UINT64_C(0x123456789abcdef0));
    L1T_ASSERT_INT(event.muon[1], 0);
}

// "0012" and 108 words, of which the one at slot is not 0; behind: what follows the last.
static const char *vector_line(unsigned slot, const char *behind)
{
    static char line[4][2100];
    static unsigned next;
    char *text = line[next++ % 4];
    size_t n = (size_t)snprintf(text, sizeof line[0], "0012");
    for (unsigned i = 0; i < L1T_UGMT_IN; i++)
        n += (size_t)snprintf(text + n, sizeof line[0] - n, " %s",
                              i == slot ? "00000000000000fF" : "0000000000000000");
    snprintf(text + n, sizeof line[0] - n, "%s", behind);
    return text;
}

static void test_vectors_have_a_line_a_crossing(void)
{
    struct l1t_diag diag = {""};
    char text[5000];
    uint64_t id = 0;
    snprintf(text, sizeof text, "# comment\n\n%s\n# and\n%s\r\n", vector_line(3, ""),
             vector_line(107, ""));
    L1T_ASSERT_INT(read_all(text, &id, &diag), 2);
    L1T_ASSERT_INT(id, 12);
    L1T_ASSERT_INT(event.muon[107], 255);
    L1T_ASSERT_INT(event.muon[3], 0);
    L1T_ASSERT_INT(event.sum[0], 0);
}

static void bad_test_vectors_are_refused(void)
{
    struct l1t_diag diag = {""};
    char text[5000];
    uint64_t id;
    const struct {
        const char *line, *part;
    } bad[] = {{vector_line(1, " 0"), "events:2: behind the 108 words of a test vector's line"},
               {vector_line(1, "0"), "events:2: a line of a test vector has 108 words"},
               {"0012", "events:2: a line of a test vector has 108 words"},
               {"0012 000000000000000", "one blank before each, not ' 0000"},
               {"0012  0000000000000000 1", "one blank before each, not '  0000"},
               {"0012 00000000000000xx 1", "16 hex digits"},
               {"99999999999999999999999 1", "number of four digits or more"},
               {"12 1", "number of four digits or more"},
               {"E 3", "number of four digits or more"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(text, sizeof text, "%s\n%s\n", vector_line(0, ""), bad[i].line);
        L1T_ASSERT_INT(read_all(text, &id, &diag), -1);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].part);
    }
}

static void a_file_may_have_no_events(void)
{
    struct l1t_diag diag = {""};
    uint64_t id;
    L1T_ASSERT_INT(read_all("", &id, &diag), 0);
    L1T_ASSERT_INT(read_all("# nothing\n\n", &id, &diag), 0);
    L1T_ASSERT_INT(read_all("E 1\nE 2\n", &id, &diag), 2);
}

static void sums_are_digits_and_letters(void)
{
    struct l1t_diag diag = {""};
    uint64_t id;
    char text[1100], sums[L1T_UGMT_SUMS + 1];
    memset(sums, '0', sizeof sums - 1);
    sums[L1T_UGMT_SUMS] = '\0';
    sums[36 * 5 + 7] = 'v';
    sums[L1T_UGMT_SUMS - 1] = '9';
    snprintf(text, sizeof text, "E 1\nC %s\n", sums);
    L1T_ASSERT_INT(read_all(text, &id, &diag), 1);
    L1T_ASSERT_INT(event.sum[36 * 5 + 7], 31);
    L1T_ASSERT_INT(event.sum[L1T_UGMT_SUMS - 1], 9);
    sums[36 * 5 + 7] = 'w';
    snprintf(text, sizeof text, "E 1\nC %s\n", sums);
    L1T_ASSERT_INT(read_all(text, &id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag, "events:2: sums are 0-9 and a-v, not 'w0");
    sums[36 * 5 + 7] = '0';
    snprintf(text, sizeof text, "E 1\nC %s\n#\nC 1\n", sums);
    L1T_ASSERT_INT(read_all(text, &id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag, "events:4: this event has calorimeter sums already: 'C 1'");
}

static void bad_text_is_refused_with_its_line(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"I B 0 0 0000000000000001\n", "events:1: events start with 'E <id>', 'Board NAME' or"},
        {"#\nI B 0 0 0000000000000001\n", "events:2: events start with"},
        {"E\n", "events:1: events start with"},
        {"E x\n", "events:1: an event line is 'E <id> [<name>]' with a decimal id, not 'E x'"},
        {"E -1\n", "events:1: an event line is"},
        {"E 1x\n", "events:1: an event line is"},
        {"E 99999999999999999999\n", "events:1: an event line is"},
        {"E 1\nX 1\n", "events:2: a line starts with 'E ', 'C ', 'I ' or '#', not 'X 1'"},
        {"E 1\nI\n", "events:2: a line starts with"},
        {"E 1\nC 012\n", "events:2: a line of sums is 'C <1008 characters>', not 'C 012'"},
        {"E 1\nI F 0 0 0000000000000001\n", "events:2: a group is E+, O+, B, O- or E-, not as in"},
        {"E 1\nI E 0 0 0000000000000001\n", "events:2: a group is"},
        {"E 1\nI B 12 0 0000000000000001\n", "events:2: a processor is 0..5, in the barrel 0..11"},
        {"E 1\nI E+ 6 0 0000000000000001\n", "events:2: a processor is"},
        {"E 1\nI E+ -1 0 0000000000000001\n", "events:2: a processor is"},
        {"E 1\nI E+ 0 3 0000000000000001\n", "events:2: a slot is 0..2, not as in"},
        {"E 1\nI E+ 0 0\n", "events:2: a slot is"},
        {"E 1\nI E+ 0 0 00000001\n", "events:2: a word is 16 hex digits, not '00000001'"},
        {"E 1\nI E+ 0 0 0000000000000001 \n", "events:2: a word is 16 hex digits"},
        {"E 1\nI E+ 0 0 000000000000000g\n", "events:2: a word is 16 hex digits"},
        {"E 1\nI E+ 0 0 0x00000000000001\n", "events:2: a word is 16 hex digits"},
        {"E 1\nI B 0 0 0000000000000001\nE 2\nI B 0 0 0000000000000001\n"
         "I B 0 0 0000000000000000\n",
         "events:5: this event has this slot already: 'I B 0 0 0000000000000000'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_diag diag = {""};
        uint64_t id;
        L1T_CHECK(read_all(cases[i].text, &id, &diag) == -1, "accepted: %s", cases[i].text);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
    }
}

// ---- buffer files ----

enum { FIRST = 34, LAST = 71 };

static char text[1 << 16];
static size_t used;

static void add(const char *fmt, ...) L1T_PRINTF(1, 2);
static void add(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    used += (size_t)vsnprintf(text + used, sizeof text - used, fmt, args);
    va_end(args);
}

static void begin_file(unsigned first)
{
    used = 0;
    add("Board x\n Quad/Chan : q08c0\n Link : ");
    for (unsigned link = first; link <= LAST; link++)
        add(" %02u", link);
    add("\n");
}

// A frame with link 37 set to a word.
static void add_frame(unsigned number, int valid, unsigned first, unsigned word)
{
    add("Frame %04u :", number);
    for (unsigned link = first; link <= LAST; link++)
        add(" %dv%08x", valid, link == 37 ? word : 0);
    add("\n");
}

static int read_text(uint64_t *id, struct l1t_diag *diag)
{
    return read_all(text, id, diag);
}

static void a_crossing_is_six_valid_frames(void)
{
    struct l1t_diag diag = {""};
    uint64_t id = 0;
    begin_file(FIRST);
    add_frame(0, 0, FIRST, 99); // not valid
    for (unsigned i = 1; i <= 12; i++)
        add_frame(i, 1, FIRST, i);
    add_frame(13, 0, FIRST, 0);
    L1T_ASSERT_INT(read_text(&id, &diag), 2);
    L1T_ASSERT_INT(id, 1);
    CU_ASSERT(event.muon[3] == (UINT64_C(8) << 32 | 7)); // link 37 is E+ 1
    CU_ASSERT(event.muon[5] == (UINT64_C(12) << 32 | 11));
    L1T_ASSERT_INT(event.muon[6], 0);
}

static void no_crossing_is_no_event(void)
{
    struct l1t_diag diag = {""};
    uint64_t id;
    begin_file(FIRST);
    L1T_ASSERT_INT(read_text(&id, &diag), 0);
    add_frame(0, 0, FIRST, 0);
    L1T_ASSERT_INT(read_text(&id, &diag), 0);
}

static void broken_crossings_are_refused(void)
{
    struct l1t_diag diag = {""};
    uint64_t id;
    begin_file(FIRST);
    for (unsigned i = 0; i < 9; i++)
        add_frame(i, 1, FIRST, i);
    L1T_ASSERT_INT(read_text(&id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag,
                             "events:12: the file ends inside a crossing, after frame 2 of 6");
    add_frame(9, 0, FIRST, 0);
    L1T_ASSERT_INT(read_text(&id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag,
                             "events:13: frame 3 of a crossing: 0 of the links 36 to 71 are valid");
    begin_file(FIRST);
    for (unsigned i = 0; i < 14; i++)
        add_frame(i, i != 6, FIRST, i);
    L1T_ASSERT_INT(read_text(&id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag, "events:11: data again behind frames that are not valid");
    begin_file(38);
    add_frame(0, 1, 38, 0);
    L1T_ASSERT_INT(read_text(&id, &diag), -1);
    L1T_ASSERT_DIAG_CONTAINS(diag, "34 of the links 36 to 71 are there; all are needed");
}

static void bad_frames_are_refused_with_their_line(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"Board x\n", "events:1: the file ends; expected a line 'Quad/Chan : ...'"},
        {"Board x\nLink : 00\n", "events:2: expected 'Quad/Chan : ...', not 'Link : 00'"},
        {"Board x\nQuad/Chan : q\n", "events:2: the file ends; expected a line 'Link : ...'"},
        {"Board x\nQuad/Chan : q\nLink 00\n", "events:3: expected 'Link : 00 01 ...', not"},
        {"Board x\nQuad/Chan : q\nLink :\n", "events:3: a file without links"},
        {"Board x\nQuad/Chan : q\nLink : 1 0\n", "events:3: link numbers ascend and are below 72"},
        {"Board x\nQuad/Chan : q\nLink : 72\n", "events:3: link numbers ascend and are below 72"},
        {"Board x\nQuad/Chan : q\nLink : a\n", "events:3: link numbers ascend and are below 72"},
    };
    static const struct {
        const char *frame, *message;
    } frames[] = {
        {"Fram 0 : 1v00000000", "events:4: expected 'Frame NNNN : WORD ...', not 'Fram 0"},
        {"Frame x : 1v00000000", "events:4: expected 'Frame NNNN : WORD ...'"},
        {"Frame 0001 : 1v00000000", "events:4: frame 1; expected frame 0"},
        {"Frame 0000 : 2v00000000", "events:4: link 3: a word is 1v or 0v and 8 hex digits, not"},
        {"Frame 0000 : 1v0000000", "events:4: link 3: a word is"},
        {"Frame 0000 : 1v0000000g", "events:4: link 3: a word is"},
        {"Frame 0000 : 1v000000001", "events:4: link 3: a word is"},
        {"Frame 0000 :", "events:4: link 3: a word is"},
        {"Frame 0000 : 1v00000000 1v00000000", "events:4: more words than the 1 links: '1v"},
    };
    struct l1t_diag diag = {""};
    uint64_t id;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        L1T_CHECK(read_all(cases[i].text, &id, &diag) == -1, "accepted: %s", cases[i].text);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
    }
    for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++) {
        struct l1t_mp7 *mp7;
        struct l1t_mp7_frame frame;
        char file[200];
        snprintf(file, sizeof file, "Board x\nQuad/Chan : q\nLink : 3\n%s\n", frames[i].frame);
        L1T_ASSERT_OK(l1t_mp7_open(l1t_test_write_text("events", file), &mp7, &diag), diag);
        L1T_CHECK(l1t_mp7_next(mp7, &frame, &diag) == -1, "accepted: %s", frames[i].frame);
        L1T_ASSERT_DIAG_CONTAINS(diag, frames[i].message);
        l1t_mp7_close(mp7);
    }
}

static void other_files_are_no_buffer_files(void)
{
    struct l1t_mp7 *mp7;
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_mp7_open(l1t_test_write_text("f", "E 1\n"), &mp7, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "f:1: expected 'Board NAME', not 'E 1'");
    L1T_ASSERT_INT(l1t_mp7_open(l1t_test_write_text("f", ""), &mp7, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "f: an empty file; expected 'Board NAME'");
    L1T_ASSERT_INT(l1t_mp7_open("/absent/file", &mp7, &diag), L1T_E_INPUT);
}

static void words_that_are_not_valid_are_zero(void)
{
    static const char file[] = "Board x\nQuad/Chan : q q\nLink : 3 9\n"
                               "Frame 0000 : 1v00000001 0v00000009\n"
                               "Frame 0001 : 1vffffffff 1v0000000a\n"
                               "Frame 0002 : 1v00000003 0v00000009\n"
                               "Frame 0003 : 1v00000004 0v00000009\n"
                               "Frame 0004 : 1v00000005 0v00000009\n"
                               "Frame 0005 : 1v00000006 0v00000009\n";
    uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS];
    struct l1t_mp7 *mp7;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_mp7_open(l1t_test_write_text("f", file), &mp7, &diag), diag);
    L1T_ASSERT_INT(l1t_mp7_next_crossing(mp7, 3, 3, word, &diag), 1);
    L1T_ASSERT_INT(word[0][3], 1);
    L1T_ASSERT_INT(word[1][3], UINT32_MAX);
    L1T_ASSERT_INT(word[5][3], 6);
    L1T_ASSERT_INT(word[0][9], 0);
    L1T_ASSERT_INT(word[1][9], 10);
    L1T_ASSERT_INT(word[1][4], 0);
    L1T_ASSERT_INT(l1t_mp7_next_crossing(mp7, 3, 3, word, &diag), 0);
    l1t_mp7_close(mp7);
}

L1T_TEST_MAIN("muons", {"written events are read back", written_events_are_read_back},
              {"each candidate gets its slot", each_candidate_gets_its_slot},
              {"test vectors have a line a crossing", test_vectors_have_a_line_a_crossing},
              {"bad test vectors are refused", bad_test_vectors_are_refused},
              {"a file may have no events", a_file_may_have_no_events},
              {"sums are digits and letters", sums_are_digits_and_letters},
              {"bad text is refused with its line", bad_text_is_refused_with_its_line},
              {"a crossing is six valid frames", a_crossing_is_six_valid_frames},
              {"no crossing is no event", no_crossing_is_no_event},
              {"broken crossings are refused", broken_crossings_are_refused},
              {"bad frames are refused with their line", bad_frames_are_refused_with_their_line},
              {"other files are no buffer files", other_files_are_no_buffer_files},
              {"words that are not valid are zero", words_that_are_not_valid_are_zero})
