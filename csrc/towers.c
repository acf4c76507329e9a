// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of the text form of tower events. The reader is strict: a file that it accepts
// has one meaning only, and everything else is refused with its line.
#include "l1t/towers.h"

#include "l1t/io.h"
#include "l1t/provenance.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, MAX_IETA = 41 };

struct l1t_tower_reader {
    struct l1t_lines *lines;
    bool pending; // the E line of the next event has been read
    bool failed;
    bool begun; // between '# l1twin towers' and '# end'
    uint64_t n; // events since there
    uint64_t id;
    char name[L1T_TOWERS_NAME];
};

enum l1t_err l1t_tower_reader_open(const char *path, struct l1t_tower_reader **reader,
                                   struct l1t_diag *diag)
{
    struct l1t_tower_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    const enum l1t_err err = l1t_lines_open(path, MAX_LINE, &r->lines, diag);
    if (err != L1T_OK) {
        free(r);
        return err;
    }
    *reader = r;
    return L1T_OK;
}

void l1t_tower_reader_close(struct l1t_tower_reader *reader)
{
    if (reader == NULL)
        return;
    l1t_lines_close(reader->lines);
    free(reader);
}

// "path:line: " and what is wrong; always -1.
static int fail_here(struct l1t_tower_reader *reader, struct l1t_diag *diag, const char *what,
                     const char *quoted)
{
    reader->failed = true;
    (void)l1t_lines_fail(reader->lines, diag, "%s'%.40s'", what, quoted);
    return -1;
}

// One blank or more; the text after them, or NULL if there is none.
static const char *skip_blanks(const char *text)
{
    if (*text != ' ' && *text != '\t')
        return NULL;
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

static int parse_event_line(struct l1t_tower_reader *reader, const char *line,
                            struct l1t_diag *diag)
{
    const char *p = skip_blanks(line + 1);
    const char *after = l1t_parse_u64(p, 0, UINT64_MAX, &reader->id);
    if (after == NULL || (*after != '\0' && *after != ' ' && *after != '\t'))
        return fail_here(reader, diag, "an event line is 'E <id> <name>' with a decimal id, not ",
                         line);
    const char *name = *after == '\0' ? after : skip_blanks(after);
    const size_t length = strnlen(name, L1T_TOWERS_NAME - 1);
    memcpy(reader->name, name, length);
    reader->name[length] = '\0';
    reader->pending = true;
    reader->n++;
    return 1;
}

static const char begin_line[] = "# l1twin towers ", end_line[] = "# end ";

// A comment counts when this program wrote it: 0, or -1 when events are missing.
static int parse_comment(struct l1t_tower_reader *reader, const char *line, struct l1t_diag *diag)
{
    uint64_t n;
    if (strncmp(line, begin_line, sizeof begin_line - 1) == 0) {
        if (reader->begun)
            return fail_here(reader, diag, "the events before have no '# end' line: ", line);
        reader->begun = true;
        reader->n = 0;
    } else if (strncmp(line, end_line, sizeof end_line - 1) == 0) {
        const char *after = l1t_parse_u64(line + sizeof end_line - 1, 0, UINT64_MAX, &n);
        if (after == NULL || strcmp(after, " events") != 0)
            return 0; // somebody's words
        if (n != reader->n)
            return fail_here(reader, diag, "events are missing or too many before ", line);
        reader->begun = false;
        reader->n = 0;
    }
    return 0;
}

// At the end of the file: status, or -1 when more should have come.
static int check_end(struct l1t_tower_reader *reader, int status, struct l1t_diag *diag)
{
    if (status != 0 || !reader->begun)
        return status;
    reader->failed = true;
    return l1t_lines_fail(reader->lines, diag, "the file is cut: no '# end N events' line follows");
}

// Ring number with its sign: -41..41 without 0 and +-29.
static const char *parse_ieta(const char *text, int *ieta)
{
    const bool negative = *text == '-';
    uint64_t value;
    const char *end = l1t_parse_u64(text + (negative || *text == '+'), 0, MAX_IETA, &value);
    if (end == NULL || l1t_ring_of_ieta((int)value) == 0)
        return NULL;
    *ieta = negative ? -(int)value : (int)value;
    return end;
}

// "iphi:word"; the text after it, or NULL.
static const char *parse_tower(const char *text, unsigned *iphi, uint16_t *word)
{
    uint64_t value;
    const char *p = l1t_parse_u64(text, 1, L1T_PHIS, &value);
    if (p == NULL || *p != ':')
        return NULL;
    *iphi = (unsigned)value;
    unsigned digits = 0, bits = 0;
    for (p++; digits < 5; p++, digits++) {
        const char c = *p;
        if (c >= '0' && c <= '9')
            bits = bits << 4 | (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            bits = bits << 4 | (unsigned)(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            bits = bits << 4 | (unsigned)(c - 'A' + 10);
        else
            break;
    }
    if (digits < 1 || digits > 4)
        return NULL;
    *word = (uint16_t)bits;
    return p;
}

static int parse_row(struct l1t_tower_reader *reader, const char *line, uint16_t row[L1T_PHIS],
                     const char *p, struct l1t_diag *diag)
{
    unsigned last = 0;
    while ((p = skip_blanks(p)) != NULL && *p != '\0') {
        unsigned iphi;
        uint16_t word;
        const char *end = parse_tower(p, &iphi, &word);
        if (end == NULL || (*end != '\0' && *end != ' ' && *end != '\t'))
            return fail_here(reader, diag,
                             "a tower is '<iphi>:<word>', iphi 1..72, word 1 to 4 hex digits, not ",
                             p);
        if (iphi <= last)
            return fail_here(reader, diag, "iphi must ascend in a ring, it does not at ", p);
        row[iphi - 1] = word;
        last = iphi;
        p = end;
    }
    return last != 0 ? 1 : fail_here(reader, diag, "a ring without towers: ", line);
}

static int parse_ring_line(struct l1t_tower_reader *reader, const char *line,
                           struct l1t_towers *towers, bool seen[L1T_SIDES][L1T_RINGS],
                           struct l1t_diag *diag)
{
    int ieta;
    const char *p = skip_blanks(line + 1);
    const char *end = p == NULL ? NULL : parse_ieta(p, &ieta);
    if (end == NULL || (*end != '\0' && *end != ' ' && *end != '\t'))
        return fail_here(reader, diag, "ieta must be -41..41 without 0 and +-29, not as in ", line);
    const int side = ieta < 0, ring = l1t_ring_of_ieta(abs(ieta)) - 1;
    if (seen[side][ring])
        return fail_here(reader, diag, "this event has this ring already: ", line);
    seen[side][ring] = true;
    return parse_row(reader, line, towers->w[side][ring], end, diag);
}

// Lines up to the next E line or the end of the file.
static int read_rings(struct l1t_tower_reader *reader, struct l1t_towers *towers,
                      struct l1t_diag *diag)
{
    bool seen[L1T_SIDES][L1T_RINGS] = {{false}};
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(reader->lines, &line, &length, diag)) == 1) {
        if (line[0] == '#' && parse_comment(reader, line, diag) < 0)
            return -1;
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (line[0] == 'E' && (line[1] == ' ' || line[1] == '\t'))
            return parse_event_line(reader, line, diag);
        if (line[0] != 'R' || (line[1] != ' ' && line[1] != '\t'))
            return fail_here(reader, diag, "a line starts with 'E ', 'R ' or '#', not ", line);
        if (towers == NULL)
            return fail_here(reader, diag, "a ring before the first event line: ", line);
        if (parse_ring_line(reader, line, towers, seen, diag) < 0)
            return -1;
    }
    return check_end(reader, status, diag);
}

int l1t_tower_reader_next(struct l1t_tower_reader *reader, struct l1t_towers *towers, uint64_t *id,
                          char name[L1T_TOWERS_NAME], struct l1t_diag *diag)
{
    if (reader->failed)
        return -1;
    if (!reader->pending) { // before the first event, or at the end
        const int status = read_rings(reader, NULL, diag);
        if (status <= 0) {
            reader->failed = status < 0;
            return status;
        }
    }
    *id = reader->id;
    if (name != NULL)
        memcpy(name, reader->name, L1T_TOWERS_NAME);
    reader->pending = false;
    memset(towers, 0, sizeof *towers);
    if (read_rings(reader, towers, diag) < 0) {
        reader->failed = true;
        return -1;
    }
    return 1;
}

void l1t_towers_begin(FILE *out, const char *config_digest, const uint64_t *seed)
{
    l1t_provenance_comment(out, "towers", config_digest, seed);
}

void l1t_towers_end(FILE *out, uint64_t n)
{
    fprintf(out, "# end %llu events\n", (unsigned long long)n);
}

static void write_ring(FILE *out, int ieta, const uint16_t row[L1T_PHIS])
{
    bool started = false;
    for (unsigned p = 0; p < L1T_PHIS; p++) {
        if (row[p] == 0)
            continue;
        if (!started)
            fprintf(out, "R %d", ieta);
        started = true;
        fprintf(out, " %u:%04x", p + 1, (unsigned)row[p]);
    }
    if (started)
        putc('\n', out);
}

enum l1t_err l1t_towers_write(FILE *out, const struct l1t_towers *towers, uint64_t id,
                              const char *name, struct l1t_diag *diag)
{
    fprintf(out, "E %llu %s\n", (unsigned long long)id, name);
    for (int ring = L1T_RINGS; ring >= 1; ring--)
        write_ring(out, -l1t_ieta_of_ring(ring), towers->w[1][ring - 1]);
    for (int ring = 1; ring <= L1T_RINGS; ring++)
        write_ring(out, l1t_ieta_of_ring(ring), towers->w[0][ring - 1]);
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write event %llu: %s",
                                  (unsigned long long)id, strerror(errno))
                       : L1T_OK;
}
