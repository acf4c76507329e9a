// SPDX-License-Identifier: GPL-3.0-or-later
// The sorter's events: the generator draws from what it should, and the text form is read back as
// it was written and refused when it is wrong.
#include "l1t_formats.h"
#include "l1t_sort.h"
#include "l1t_test.h"

#include "l1t/twin.h"

#include <stdlib.h>
#include <unistd.h>

enum { SEED = 5, EVENTS = 200 };

static const struct l1t_twin *twin;
static void *config;

static void load(void)
{
    struct l1t_diag diag = {""};
    twin = l1t_twin_find("sort");
    if (config == NULL && twin->config_load("configs/paths/sort.yaml", NULL, &config, &diag))
        CU_FAIL_FATAL("configs/paths/sort.yaml");
}

static void draw(uint64_t seed, uint64_t event, uint32_t *in)
{
    struct l1t_diag diag = {""};
    void *source;
    uint64_t id = 0;
    L1T_ASSERT_INT(twin->source_open(config, "generator", seed, &source, &diag), L1T_OK);
    L1T_ASSERT_INT(twin->source_skip(source, event, &diag), L1T_OK);
    L1T_ASSERT_INT(twin->source_next(source, in, &id, &diag), 1);
    L1T_ASSERT_INT(id, event);
    twin->source_close(source);
}

static void an_event_depends_on_seed_and_number_only(void)
{
    uint32_t in[L1T_SORT_IN_WORDS], again[L1T_SORT_IN_WORDS], other[L1T_SORT_IN_WORDS];
    unsigned differing = 0;
    load();
    for (uint64_t e = 0; e < EVENTS; e++) {
        draw(SEED, e, in);
        draw(SEED, e, again);
        draw(SEED + 1, e, other);
        L1T_ASSERT_INT(memcmp(in, again, sizeof in), 0);
        differing += memcmp(in, other, sizeof in) != 0;
    }
    CU_ASSERT(differing > EVENTS / 2); // events without any entry are alike
}

// Writes text into a scratch file and reads its first two events; the status of the last.
static int read_text(const char *text, uint32_t *in, uint64_t id[2], struct l1t_diag *diag)
{
    char path[] = "/tmp/l1twin-sort-XXXXXX";
    const int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    void *source = NULL;
    int status = -2;
    if (file == NULL)
        return status;
    fputs(text, file);
    (void)fclose(file);
    if (twin->source_open(config, path, 1, &source, diag) == L1T_OK) {
        status = twin->source_next(source, in, &id[0], diag);
        if (status == 1)
            status = twin->source_next(source, in + L1T_SORT_IN_WORDS, &id[1], diag);
        twin->source_close(source);
    }
    (void)unlink(path);
    return status;
}

static void written_events_are_read_back(void)
{
    static uint32_t in[2][L1T_SORT_IN_WORDS], back[2][L1T_SORT_IN_WORDS];
    load();
    for (uint64_t e = 0; e < EVENTS; e += 2) {
        char *text = NULL;
        size_t size;
        uint64_t id[2] = {0, 0};
        struct l1t_diag diag = {""};
        FILE *out = open_memstream(&text, &size);
        for (uint64_t k = 0; k < 2; k++) {
            draw(SEED, e + k, in[k]);
            L1T_ASSERT_INT(twin->write_event(out, in[k], e + k, "", &diag), L1T_OK);
        }
        (void)fclose(out);
        L1T_ASSERT_INT(read_text(text, back[0], id, &diag), 1);
        L1T_ASSERT_INT(memcmp(in, back, sizeof in), 0);
        L1T_ASSERT_INT(id[0], e);
        L1T_ASSERT_INT(id[1], e + 1);
        free(text);
    }
}

static void wrong_text_is_refused_with_its_line(void)
{
    static const struct {
        const char *text, *line;
    } bad[] = {
        {"R 1 0:1:1\n", ":1: "},
        {"E x\n", ":1: "},
        {"E 1 2\n", ":1: "},
        {"E -1\n", ":1: "},
        {"E 1\nQ\n", ":2: "},
        {"E 1\nR 0 0:1:1\n", ":2: "},
        {"E 1\nR 41 0:1:1\n", ":2: "},
        {"E 1\nR 2 0:1:1\nR 2 1:1:1\n", ":3: "},
        {"E 1\nR 1 18:1:1\n", ":2: "},
        {"E 1\nR 1 0:65536:1\n", ":2: "},
        {"E 1\nR 1 0:1:65536\n", ":2: "},
        {"E 1\nR 1 3:1:1 3:1:1\n", ":2: "},
        {"E 1\nR 1 0:1\n", ":2: "},
        {"E 1\nR 1 0:1:1x\n", ":2: "},
        {"E 1\nR 1 0:-1:1\n", ":2: "},
        {"E 1\nR 1  0:1:1\n", ":2: "},
        {"E 1\nR 99999999999999999999 0:1:1\n", ":2: "},
    };
    static uint32_t in[2 * L1T_SORT_IN_WORDS];
    load();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint64_t id[2];
        struct l1t_diag diag = {""};
        L1T_CHECK(read_text(bad[i].text, in, id, &diag) == -1, "accepted: %s", bad[i].text);
        L1T_CHECK(strstr(diag.text, bad[i].line) != NULL, "%s", diag.text);
    }
}

static void the_end_is_not_an_error(void)
{
    static uint32_t in[2 * L1T_SORT_IN_WORDS];
    uint64_t id[2];
    struct l1t_diag diag = {""};
    load();
    L1T_ASSERT_INT(read_text("# nothing\n\n", in, id, &diag), 0);
    L1T_ASSERT_INT(read_text("E 7\nR 40 17:65535:1", in, id, &diag), 0);
    L1T_ASSERT_INT(id[0], 7);
    L1T_ASSERT_INT(l1t_sort_slot_key(in[39 * 18 + 17]), 65535);
    twin->config_free(config);
    config = NULL;
}

L1T_TEST_MAIN("sort_events",
              {"an event depends on seed and number only",
               an_event_depends_on_seed_and_number_only},
              {"written events are read back", written_events_are_read_back},
              {"wrong text is refused with its line", wrong_text_is_refused_with_its_line},
              {"the end is not an error", the_end_is_not_an_error})
