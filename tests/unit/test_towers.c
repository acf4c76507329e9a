// SPDX-License-Identifier: GPL-3.0-or-later
// Tower events: the text form both ways, its refusals, and the generator.
#include "l1t/tower_gen.h"
#include "l1t/towers.h"
#include "l1t_formats.h"
#include "l1t_test.h"

static int read_all(const char *text, struct l1t_towers *towers, uint64_t *id,
                    struct l1t_diag *diag)
{
    struct l1t_tower_reader *reader;
    const char *path = l1t_test_write_text("events.txt", text);
    if (l1t_tower_reader_open(path, &reader, diag) != L1T_OK)
        return -2;
    int n = 0, status;
    while ((status = l1t_tower_reader_next(reader, towers, id, NULL, diag)) == 1)
        n++;
    // An error stays an error.
    if (status < 0)
        L1T_ASSERT_INT(l1t_tower_reader_next(reader, towers, id, NULL, diag), -1);
    l1t_tower_reader_close(reader);
    return status < 0 ? -1 : n;
}

static void legal_forms_are_read(void)
{
    static struct l1t_towers t;
    struct l1t_diag diag = {""};
    uint64_t id;
    L1T_ASSERT_INT(read_all("", &t, &id, &diag), 0);
    L1T_ASSERT_INT(read_all("# none\n\n", &t, &id, &diag), 0);
    L1T_ASSERT_INT(
        read_all("E 3 a\nE 4 b c\nR -41 72:ffff\nR 30 1:1 2:0F\n\nR +28 5:1ff", &t, &id, &diag), 2);
    L1T_ASSERT_INT(id, 4);
    L1T_ASSERT_INT(t.w[1][39][71], 0xffff);
    L1T_ASSERT_INT(t.w[0][28][0], 1);
    L1T_ASSERT_INT(t.w[0][28][1], 15);
    L1T_ASSERT_INT(t.w[0][27][4], 511);
}

static void bad_lines_are_refused_with_their_number(void)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"R 1 1:1\n", ":1: a ring before the first event line"},
        {"E\n", ":1: a line starts with"},
        {"E x y\n", ":1: an event line is"},
        {"E -1 y\n", ":1: an event line is"},
        {"E 99999999999999999999 y\n", ":1: an event line is"},
        {"E 1 a\nX 1\n", ":2: a line starts with"},
        {"E 1 a\nR 0 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR 29 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR -29 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR 42 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR 4294967297 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR one 1:1\n", ":2: ieta must be"},
        {"E 1 a\nR 1\n", ":2: a ring without towers"},
        {"E 1 a\nR 1 \n", ":2: a ring without towers"},
        {"E 1 a\nR 1 0:1\n", ":2: a tower is"},
        {"E 1 a\nR 1 73:1\n", ":2: a tower is"},
        {"E 1 a\nR 1 1:\n", ":2: a tower is"},
        {"E 1 a\nR 1 1:12345\n", ":2: a tower is"},
        {"E 1 a\nR 1 1:xyz\n", ":2: a tower is"},
        {"E 1 a\nR 1 1\n", ":2: a tower is"},
        {"E 1 a\nR 1 1:1,2:1\n", ":2: a tower is"},
        {"E 1 a\nR 1 2:1 1:1\n", ":2: iphi must ascend"},
        {"E 1 a\nR 1 2:1 2:1\n", ":2: iphi must ascend"},
        {"E 1 a\nR 1 1:1\nR 1 2:1\n", ":3: this event has this ring already"},
        {"E 1 a\n\x7f\x45LF\n", ":2: a line starts with"},
    };
    static struct l1t_towers t;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        uint64_t id;
        L1T_CHECK(read_all(bad[i].text, &t, &id, &diag) == -1, "case %zu was read", i);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].said);
        L1T_ASSERT_DIAG_CONTAINS(diag, "events.txt");
    }
}

// Our own files say where they end; files of others need not.
static void a_file_cut_short_is_refused(void)
{
    static const struct {
        const char *text;
        int n;
        const char *said;
    } file[] = {
        {"# l1twin towers 1\nE 1 a\nE 2 b\n# end 2 events\n", 2, ""},
        {"# l1twin towers 1\n# end 0 events\n", 0, ""},
        {"# l1twin towers 1\nE 1 a\n# end 1 events\n# l1twin towers 1\nE 1 a\n# end 1 events\n", 2,
         ""},
        {"E 1 a\nE 2 b\n# end 2 events\nE 3 c\n", 3, ""},
        {"# the end\n# end of it\nE 1 a\n", 1, ""},
        {"# l1twin towers 1\nE 1 a\nE 2 b\n", -1, ":3: the file is cut"},
        {"# l1twin towers 1\n", -1, ":1: the file is cut"},
        {"# l1twin towers 1\nE 1 a\n# end 2 events\n", -1, ":3: events are missing"},
        {"E 1 a\n# end 2 events\n", -1, ":2: events are missing"},
        {"# l1twin towers 1\nE 1 a\n# l1twin towers 1\n", -1, ":3: the events before have no"},
    };
    static struct l1t_towers t;
    for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) {
        struct l1t_diag diag = {""};
        uint64_t id;
        const int n = read_all(file[i].text, &t, &id, &diag);
        L1T_CHECK(n == file[i].n, "case %zu: %d events: %s", i, n, diag.text);
        L1T_ASSERT_DIAG_CONTAINS(diag, file[i].said);
    }
}

static void written_events_are_read_back(void)
{
    static struct l1t_towers written[40], back;
    struct l1t_diag diag = {""};
    const char *path = l1t_test_path("round.txt");
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    for (unsigned e = 0; e < 40; e++) {
        l1t_tower_corner(5, e, e, &written[e]);
        L1T_ASSERT_OK(l1t_towers_write(out, &written[e], 1000 + e, "round", &diag), diag);
    }
    CU_ASSERT_EQUAL(fclose(out), 0);
    struct l1t_tower_reader *reader;
    L1T_ASSERT_OK(l1t_tower_reader_open(path, &reader, &diag), diag);
    for (unsigned e = 0; e < 40; e++) {
        uint64_t id;
        char name[L1T_TOWERS_NAME];
        L1T_ASSERT_INT(l1t_tower_reader_next(reader, &back, &id, name, &diag), 1);
        L1T_ASSERT_INT(id, 1000 + e);
        L1T_ASSERT_TEXT(name, "round");
        CU_ASSERT_EQUAL(memcmp(&back, &written[e], sizeof back), 0);
    }
    l1t_tower_reader_close(reader);
}

// Every tower of a reference file says itself how large its parts were.
static void tower_words_follow_the_layer_one_rule(void)
{
    static const struct {
        unsigned e, h, word;
    } rule[] = {
        {0, 0, 0x3000},  {5, 0, 0x3005},  {0, 5, 0x1005},     {4, 4, 0x2008},
        {4, 3, 0x2007},  {5, 3, 0x2208},  {3, 5, 0x0208},     {200, 1, 0x2ec9},
        {1, 91, 0x0e5c}, {1, 90, 0x0c5b}, {300, 300, 0x21ff},
    };
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++)
        L1T_CHECK(l1t_tower_word(rule[i].e, rule[i].h) == rule[i].word, "E %u H %u: %04x, not %04x",
                  rule[i].e, rule[i].h, l1t_tower_word(rule[i].e, rule[i].h), rule[i].word);
}

static struct l1t_tower_gen *new_gen(double corners, uint64_t seed)
{
    struct l1t_tower_gen_params params;
    struct l1t_tower_gen *gen;
    struct l1t_diag diag = {""};
    l1t_tower_gen_defaults(&params);
    params.corners = corners;
    L1T_ASSERT_OK(l1t_tower_gen_new(&params, seed, &gen, &diag), diag);
    return gen;
}

static void an_event_alone_is_the_event_in_sequence(void)
{
    static struct l1t_towers sequence[50], alone;
    struct l1t_tower_gen *gen = new_gen(0.3, 9), *again = new_gen(0.3, 9),
                         *other = new_gen(0.3, 10);
    for (unsigned e = 0; e < 50; e++)
        l1t_tower_gen_event(gen, e, &sequence[e]);
    for (unsigned e = 50; e-- > 0;) {
        memset(&alone, 0xff, sizeof alone);
        l1t_tower_gen_event(again, e, &alone);
        CU_ASSERT_EQUAL(memcmp(&alone, &sequence[e], sizeof alone), 0);
    }
    l1t_tower_gen_event(other, 7, &alone);
    CU_ASSERT_NOT_EQUAL(memcmp(&alone, &sequence[7], sizeof alone), 0);
    l1t_tower_gen_free(gen);
    l1t_tower_gen_free(again);
    l1t_tower_gen_free(other);
}

static void words_are_legal_and_every_kind_of_corner_differs(void)
{
    static struct l1t_towers t, last;
    struct l1t_tower_gen *gen = new_gen(0, 4);
    for (uint64_t e = 0; e < 20; e++) {
        l1t_tower_gen_event(gen, e, &t);
        for (int i = 0; i < 5760; i++) {
            const uint16_t w = (&t.w[0][0][0])[i];
            const int64_t et = l1t_tower_et(w);
            if ((et == 0) != (w == 0) || (l1t_tower_zero(w) != 0 && l1t_tower_ratio(w) != 0))
                L1T_CHECK(0, "event %u: word %04x", (unsigned)e, w);
        }
    }
    l1t_tower_gen_free(gen);
    for (unsigned kind = 0; kind < l1t_tower_corner_kinds(); kind++) {
        l1t_tower_corner(1, 1, kind, &t);
        CU_ASSERT_NOT_EQUAL(memcmp(&t, &last, sizeof t), 0);
        last = t;
    }
}

static void impossible_parameters_are_refused(void)
{
    struct l1t_tower_gen_params params;
    struct l1t_tower_gen *gen;
    struct l1t_diag diag = {""};
    l1t_tower_gen_defaults(&params);
    params.pile_up = NAN;
    L1T_ASSERT_INT(l1t_tower_gen_new(&params, 1, &gen, &diag), L1T_E_INPUT);
    l1t_tower_gen_defaults(&params);
    params.ring[1] = params.ring[0];
    L1T_ASSERT_INT(l1t_tower_gen_new(&params, 1, &gen, &diag), L1T_E_INPUT);
    l1t_tower_gen_defaults(&params);
    params.pile_up = 0;
    params.jets = 0;
    L1T_ASSERT_OK(l1t_tower_gen_new(&params, 1, &gen, &diag), diag);
    static struct l1t_towers t, empty;
    l1t_tower_gen_event(gen, 0, &t);
    CU_ASSERT_EQUAL(memcmp(&t, &empty, sizeof t), 0);
    l1t_tower_gen_free(gen);
}

L1T_TEST_MAIN("towers", {"legal forms are read", legal_forms_are_read},
              {"bad lines are refused with their number", bad_lines_are_refused_with_their_number},
              {"a file cut short is refused", a_file_cut_short_is_refused},
              {"written events are read back", written_events_are_read_back},
              {"tower words follow the Layer-1 rule", tower_words_follow_the_layer_one_rule},
              {"an event alone is the event in sequence", an_event_alone_is_the_event_in_sequence},
              {"words are legal and every kind of corner differs",
               words_are_legal_and_every_kind_of_corner_differs},
              {"impossible parameters are refused", impossible_parameters_are_refused})
