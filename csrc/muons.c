// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of muon events. The reader is strict: a file that it accepts has one meaning
// only, and everything else is refused with its line.
#include "l1t/muons.h"

#include "l1t/io.h"
#include "l1t/mp7.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, FIRST_CALO_LINK = 8, LAST_LINK = 71 };

const char *const l1t_muon_groups[L1T_UGMT_GROUPS] = {"E+", "O+", "B", "O-", "E-"};

struct l1t_muon_reader {
    struct l1t_lines *lines; // of the text form, else NULL
    struct l1t_mp7 *mp7;     // of a buffer file, else NULL
    bool pending;            // the E line of the next event has been read
    bool vector;             // test vector: the line of the next event is in event
    bool failed;
    uint64_t id; // of the next event
    struct l1t_ugmt_event event;
};

// "path:line: " and what is wrong; always -1.
static int fail_here(struct l1t_muon_reader *reader, struct l1t_diag *diag, const char *what,
                     const char *quoted)
{
    reader->failed = true;
    (void)l1t_lines_fail(reader->lines, diag, "%s'%.40s'", what, quoted);
    return -1;
}

// The next line that is not blank or a comment, as l1t_lines_next().
static int next_line(struct l1t_muon_reader *reader, char **line, struct l1t_diag *diag)
{
    size_t length;
    int status;
    do
        status = l1t_lines_next(reader->lines, line, &length, diag);
    while (status == 1 && ((*line)[0] == '\0' || (*line)[0] == '#'));
    return status;
}

static int parse_event_line(struct l1t_muon_reader *reader, const char *line, struct l1t_diag *diag)
{
    const char *end = l1t_parse_u64(line + 2, 0, UINT64_MAX, &reader->id);
    if (end == NULL || (*end != '\0' && *end != ' '))
        return fail_here(reader, diag, "an event line is 'E <id> [<name>]' with a decimal id, not ",
                         line);
    reader->pending = true;
    return 1;
}

// What an event has so far.
struct seen {
    bool sums, muon[L1T_UGMT_IN];
};

static int parse_sums(struct l1t_muon_reader *reader, const char *line, size_t length,
                      struct l1t_ugmt_event *event, struct seen *seen, struct l1t_diag *diag)
{
    if (seen->sums)
        return fail_here(reader, diag, "this event has calorimeter sums already: ", line);
    if (length != 2 + L1T_UGMT_SUMS)
        return fail_here(reader, diag, "a line of sums is 'C <1008 characters>', not ", line);
    for (unsigned i = 0; i < L1T_UGMT_SUMS; i++) {
        const char c = line[2 + i];
        if (c >= '0' && c <= '9')
            event->sum[i] = (uint8_t)(c - '0');
        else if (c >= 'a' && c <= 'v')
            event->sum[i] = (uint8_t)(c - 'a' + 10);
        else
            return fail_here(reader, diag, "sums are 0-9 and a-v, not ", line + 2 + i);
    }
    seen->sums = true;
    return 1;
}

// "E+ " and so on; the text after it, or NULL.
static const char *parse_group(const char *text, unsigned *group)
{
    for (*group = 0; *group < L1T_UGMT_GROUPS; ++*group) {
        const size_t length = strlen(l1t_muon_groups[*group]);
        if (strncmp(text, l1t_muon_groups[*group], length) == 0 && text[length] == ' ')
            return text + length + 1;
    }
    return NULL;
}

// A number below limit and the blank behind it; the text after that, or NULL.
static const char *parse_below(const char *text, unsigned limit, unsigned *number)
{
    uint64_t value;
    const char *end = l1t_parse_u64(text, 0, limit - 1, &value);
    if (end == NULL || *end != ' ')
        return NULL;
    *number = (unsigned)value;
    return end + 1;
}

// Sixteen hex digits and nothing behind them.
static bool parse_hex64(const char *text, uint64_t *word)
{
    if (strlen(text) != 16 || strspn(text, "0123456789abcdefABCDEF") != 16)
        return false;
    *word = strtoull(text, NULL, 16);
    return true;
}

static int parse_muon(struct l1t_muon_reader *reader, const char *line,
                      struct l1t_ugmt_event *event, struct seen *seen, struct l1t_diag *diag)
{
    unsigned group = 0, processor = 0, slot = 0;
    uint64_t word = 0;
    const char *p = parse_group(line + 2, &group);
    if (p == NULL)
        return fail_here(reader, diag, "a group is E+, O+, B, O- or E-, not as in ", line);
    p = parse_below(p, l1t_ugmt_first[group + 1] - l1t_ugmt_first[group], &processor);
    if (p == NULL)
        return fail_here(reader, diag, "a processor is 0..5, in the barrel 0..11, not as in ",
                         line);
    p = parse_below(p, L1T_UGMT_SLOTS, &slot);
    if (p == NULL)
        return fail_here(reader, diag, "a slot is 0..2, not as in ", line);
    if (!parse_hex64(p, &word))
        return fail_here(reader, diag, "a word is 16 hex digits, not ", p);
    const unsigned index = L1T_UGMT_SLOTS * (l1t_ugmt_first[group] + processor) + slot;
    if (seen->muon[index])
        return fail_here(reader, diag, "this event has this slot already: ", line);
    seen->muon[index] = true;
    event->muon[index] = word;
    return 1;
}

// Lines up to the next E line or the end of the file.
static int read_lines(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event,
                      struct l1t_diag *diag)
{
    struct seen seen = {false, {false}};
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(reader->lines, &line, &length, diag)) == 1) {
        const char kind = length > 1 && line[1] == ' ' ? line[0] : '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (kind == 'E')
            return parse_event_line(reader, line, diag);
        if (kind != 'C' && kind != 'I')
            return fail_here(reader, diag, "a line starts with 'E ', 'C ', 'I ' or '#', not ",
                             line);
        if (kind == 'C' ? parse_sums(reader, line, length, event, &seen, diag) < 0
                        : parse_muon(reader, line, event, &seen, diag) < 0)
            return -1;
    }
    reader->failed = reader->failed || status < 0;
    return status;
}

// ---- test vectors ----

static bool is_vector_line(const char *line)
{
    return strspn(line, "0123456789") >= 4;
}

static int parse_vector(struct l1t_muon_reader *reader, const char *line, struct l1t_diag *diag)
{
    const char *p = l1t_parse_u64(line, 0, UINT64_MAX, &reader->id);
    if (p == NULL || !is_vector_line(line))
        return fail_here(reader, diag,
                         "a line of a test vector starts with a number of four digits or more, "
                         "not ",
                         line);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++, p += 17) {
        char word[17] = "";
        if (*p == ' ')
            (void)snprintf(word, sizeof word, "%s", p + 1);
        if (!parse_hex64(word, &reader->event.muon[i]) || (p[17] != ' ' && p[17] != '\0'))
            return fail_here(reader, diag,
                             "a line of a test vector has 108 words of 16 hex digits, one blank "
                             "before each, not ",
                             p);
    }
    if (*p != '\0')
        return fail_here(reader, diag, "behind the 108 words of a test vector's line: ", p);
    reader->pending = true;
    return 1;
}

static int next_of_vector(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event,
                          uint64_t *id, struct l1t_diag *diag)
{
    char *line;
    if (!reader->pending) // at the end
        return 0;
    *event = reader->event;
    *id = reader->id;
    reader->pending = false;
    const int status = next_line(reader, &line, diag);
    if (status == 1 && parse_vector(reader, line, diag) < 0)
        return -1;
    reader->failed = reader->failed || status < 0;
    return status < 0 ? -1 : 1;
}

// ---- events ----

static int next_of_text(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event, uint64_t *id,
                        struct l1t_diag *diag)
{
    if (!reader->pending) // at the end
        return 0;
    *id = reader->id;
    reader->pending = false;
    memset(event, 0, sizeof *event);
    return read_lines(reader, event, diag) < 0 ? -1 : 1;
}

static int next_of_mp7(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event, uint64_t *id,
                       struct l1t_diag *diag)
{
    uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS], in[L1T_UGMT_IN_WORDS];
    const int status =
        l1t_mp7_next_crossing(reader->mp7, L1T_UGMT_FIRST_LINK, LAST_LINK, word, diag);
    if (status != 1)
        return status;
    for (unsigned frame = 0; frame < L1T_UGMT_FRAMES; frame++)
        memcpy(in + (size_t)frame * L1T_UGMT_FRAME_WORDS, word[frame] + FIRST_CALO_LINK,
               L1T_UGMT_FRAME_WORDS * sizeof in[0]);
    l1t_ugmt_unpack(in, event);
    *id = reader->id++;
    return 1;
}

int l1t_muon_reader_next(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event, uint64_t *id,
                         struct l1t_diag *diag)
{
    if (reader->failed)
        return -1;
    if (reader->mp7 != NULL)
        return next_of_mp7(reader, event, id, diag);
    return reader->vector ? next_of_vector(reader, event, id, diag)
                          : next_of_text(reader, event, id, diag);
}

// The first line that says something decides: 1 a buffer file, 0 another form (its first event was
// begun, or there is none), -1 on error.
static int read_first_line(struct l1t_muon_reader *reader, struct l1t_diag *diag)
{
    char *line;
    const int status = next_line(reader, &line, diag);
    if (status != 1)
        return status;
    if (l1t_mp7_is_first_line(line))
        return 1;
    reader->vector = is_vector_line(line);
    if (reader->vector)
        return parse_vector(reader, line, diag) < 0 ? -1 : 0;
    if (line[0] == 'E' && line[1] == ' ')
        return parse_event_line(reader, line, diag) < 0 ? -1 : 0;
    return fail_here(reader, diag,
                     "events start with 'E <id>', 'Board NAME' or a line of a test vector, not ",
                     line);
}

enum l1t_err l1t_muon_reader_open(const char *path, struct l1t_muon_reader **reader,
                                  struct l1t_diag *diag)
{
    struct l1t_muon_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    enum l1t_err err = l1t_lines_open(path, MAX_LINE, &r->lines, diag);
    if (err == L1T_OK) {
        const int form = read_first_line(r, diag);
        err = form < 0 ? L1T_E_INPUT : L1T_OK;
        if (form == 1) {
            err = l1t_mp7_adopt(r->lines, &r->mp7, diag);
            r->lines = NULL;
        }
    }
    if (err != L1T_OK) {
        l1t_muon_reader_close(r);
        return err;
    }
    *reader = r;
    return L1T_OK;
}

void l1t_muon_reader_close(struct l1t_muon_reader *reader)
{
    if (reader == NULL)
        return;
    l1t_lines_close(reader->lines);
    l1t_mp7_close(reader->mp7);
    free(reader);
}

// ---- writer ----

static void write_sums(FILE *out, const uint8_t sum[L1T_UGMT_SUMS])
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
    char text[L1T_UGMT_SUMS + 1];
    bool any = false;
    for (unsigned i = 0; i < L1T_UGMT_SUMS; i++) {
        any = any || sum[i] != 0;
        text[i] = digits[sum[i] & 31];
    }
    text[L1T_UGMT_SUMS] = '\0';
    if (any)
        fprintf(out, "C %s\n", text);
}

enum l1t_err l1t_muons_write(FILE *out, const struct l1t_ugmt_event *event, uint64_t id,
                             const char *name, struct l1t_diag *diag)
{
    fprintf(out, "E %llu%s%s\n", (unsigned long long)id, name[0] != '\0' ? " " : "", name);
    write_sums(out, event->sum);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned link = i / L1T_UGMT_SLOTS, group = l1t_ugmt_group_of[link];
        if (event->muon[i] != 0)
            fprintf(out, "I %s %u %u %016llx\n", l1t_muon_groups[group],
                    link - l1t_ugmt_first[group], i % L1T_UGMT_SLOTS,
                    (unsigned long long)event->muon[i]);
    }
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write event %llu: %s",
                                  (unsigned long long)id, strerror(errno))
                       : L1T_OK;
}
