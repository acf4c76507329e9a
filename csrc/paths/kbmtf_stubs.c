// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of the text form of barrel muon stubs; strict, as csrc/towers.c is.
#include "l1t/kbmtf_text.h"

#include "l1t/io.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, MAX_ETA = 105, NO_HIT = 255, FIELDS = 12 };

struct l1t_kbmtf_reader {
    struct l1t_lines *lines;
    bool pending; // the E line of the next event has been read
    bool failed;
    uint64_t id;
    char mode[L1T_KBMTF_MODE];
};

enum l1t_err l1t_kbmtf_reader_open(const char *path, struct l1t_kbmtf_reader **reader,
                                   struct l1t_diag *diag)
{
    struct l1t_kbmtf_reader *r = calloc(1, sizeof *r);
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

void l1t_kbmtf_reader_close(struct l1t_kbmtf_reader *reader)
{
    if (reader == NULL)
        return;
    l1t_lines_close(reader->lines);
    free(reader);
}

// What is wrong in this line; always -1.
static int fail_here(struct l1t_kbmtf_reader *reader, struct l1t_diag *diag, const char *what,
                     const char *quoted)
{
    (void)l1t_lines_fail(reader->lines, diag, "%s, not '%.60s'", what, quoted);
    return -1;
}

// "E <event> <mode>" or "E <event>".
static int parse_event_line(struct l1t_kbmtf_reader *reader, const char *line,
                            struct l1t_diag *diag)
{
    static const char form[] =
        "an event line is 'E <event> <mode>', a decimal number and a word of up to 31 characters";
    const char *end = l1t_parse_u64(line + 2, 0, UINT64_MAX, &reader->id);
    if (end == NULL || (*end != '\0' && *end != ' '))
        return fail_here(reader, diag, form, line);
    const char *mode = *end == ' ' ? end + 1 : end;
    const size_t n = strcspn(mode, " \t");
    if (mode[n] != '\0' || n >= L1T_KBMTF_MODE)
        return fail_here(reader, diag, form, line);
    memcpy(reader->mode, mode, n + 1);
    reader->pending = true;
    return 1;
}

// ---- stubs ----

enum field { ID, WHEEL, SECTOR, STATION, TAG, PHI, PHIB, QUALITY, ETA1, QETA1, ETA2, QETA2 };

static const struct {
    const char *name;
    int min, max;
} limits[FIELDS] = {
    [ID] = {"id", 0, L1T_KBMTF_PLACES - 1},
    [WHEEL] = {"wheel", -2, 2},
    [SECTOR] = {"sector", 0, 11},
    [STATION] = {"station", 1, 4},
    [TAG] = {"tag", 0, 1},
    [PHI] = {"phi", -2048, 2047},
    [PHIB] = {"phiB", -512, 511},
    [QUALITY] = {"quality", 0, 7},
    [ETA1] = {"eta1", -MAX_ETA, NO_HIT},
    [QETA1] = {"qeta1", 0, 2},
    [ETA2] = {"eta2", -MAX_ETA, NO_HIT},
    [QETA2] = {"qeta2", 0, 2},
};

// " <number>" for each field.
static int parse_fields(struct l1t_kbmtf_reader *reader, const char *line, int value[FIELDS],
                        struct l1t_diag *diag)
{
    const char *p = line + 1;
    for (unsigned i = 0; i < FIELDS; i++) {
        const char *digits = p + 1 + (p[0] == ' ' && p[1] == '-');
        if (*p != ' ' || *digits < '0' || *digits > '9')
            return fail_here(reader, diag,
                             "a stub is 'S' and 12 whole numbers: id wheel sector station tag phi "
                             "phiB quality eta1 qeta1 eta2 qeta2",
                             line);
        char *end;
        errno = 0;
        const long number = strtol(p + 1, &end, 10);
        if (errno != 0 || number < limits[i].min || number > limits[i].max) {
            char what[80];
            snprintf(what, sizeof what, "%s is from %d to %d", limits[i].name, limits[i].min,
                     limits[i].max);
            return fail_here(reader, diag, what, p + 1);
        }
        value[i] = (int)number;
        p = end;
    }
    return *p == '\0' ? 1 : fail_here(reader, diag, "nothing follows the 12 numbers of a stub", p);
}

static bool is_eta(int eta)
{
    return eta <= MAX_ETA || eta == NO_HIT;
}

// next is the first place that this stub may have, and becomes that of the next one.
static int parse_stub(struct l1t_kbmtf_reader *reader, const char *line,
                      struct l1t_kbmtf_event *event, unsigned *n, unsigned *next,
                      struct l1t_diag *diag)
{
    int v[FIELDS];
    if (parse_fields(reader, line, v, diag) < 0)
        return -1;
    if ((unsigned)v[ID] != (*n)++)
        return fail_here(reader, diag, "ids of an event's stubs are 0, 1, 2 ...", line);
    if (!is_eta(v[ETA1]) || !is_eta(v[ETA2]))
        return fail_here(reader, diag, "eta is from -105 to 105, or 255", line);
    if (v[STATION] == 4 && (v[QETA1] != 0 || v[QETA2] != 0))
        return fail_here(reader, diag, "station 4 has no theta view, so qeta is 0", line);
    const unsigned place =
        l1t_kbmtf_place(v[WHEEL], (unsigned)v[SECTOR], (unsigned)v[STATION], (unsigned)v[TAG]);
    if (place < *next)
        return fail_here(reader, diag, "stubs ascend by wheel, sector, station, tag", line);
    *next = place + 1;
    (&event->have[0][0])[place / L1T_KBMTF_SLOTS] |= (uint8_t)(1u << place % L1T_KBMTF_SLOTS);
    event->stub[place] = (struct l1t_kbmtf_stub){
        .phi = (int16_t)v[PHI],
        .phib = (int16_t)v[PHIB],
        .quality = (uint8_t)v[QUALITY],
        .qeta = {(uint8_t)v[QETA1], (uint8_t)v[QETA2]},
        .eta = {(int16_t)v[ETA1], (int16_t)v[ETA2]},
    };
    return 1;
}

// Lines up to the next E line or the end of the file; event is NULL before the first event.
static int read_stubs(struct l1t_kbmtf_reader *reader, struct l1t_kbmtf_event *event,
                      struct l1t_diag *diag)
{
    unsigned n = 0, next = 0;
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(reader->lines, &line, &length, diag)) == 1) {
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (strncmp(line, "E ", 2) == 0)
            return parse_event_line(reader, line, diag);
        if (event == NULL || strncmp(line, "S ", 2) != 0)
            return fail_here(reader, diag,
                             event == NULL ? "the first line is 'E <event> <mode>'"
                                           : "a line starts with 'E ', 'S ' or '#'",
                             line);
        if (parse_stub(reader, line, event, &n, &next, diag) < 0)
            return -1;
    }
    return status;
}

int l1t_kbmtf_reader_next(struct l1t_kbmtf_reader *reader, struct l1t_kbmtf_event *event,
                          uint64_t *id, char mode[L1T_KBMTF_MODE], struct l1t_diag *diag)
{
    int status = reader->failed ? -1 : 1;
    if (status == 1 && !reader->pending) // before the first event, or at the end
        status = read_stubs(reader, NULL, diag);
    if (status == 1) {
        *id = reader->id;
        memcpy(mode, reader->mode, L1T_KBMTF_MODE);
        reader->pending = false;
        memset(event->have, 0, sizeof event->have);
        status = read_stubs(reader, event, diag) < 0 ? -1 : 1;
    }
    reader->failed = status < 0;
    return status;
}

enum l1t_err l1t_kbmtf_write_event(FILE *out, const struct l1t_kbmtf_event *event, uint64_t id,
                                   const char *mode, struct l1t_diag *diag)
{
    unsigned n = 0;
    fprintf(out, "E %llu%s%s\n", (unsigned long long)id, *mode != '\0' ? " " : "", mode);
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++) {
        if (!l1t_kbmtf_have(event, place))
            continue;
        const struct l1t_kbmtf_stub *s = &event->stub[place];
        fprintf(out, "S %u %d %u %u %u %d %d %d %d %d %d %d\n", n++, l1t_kbmtf_place_wheel(place),
                l1t_kbmtf_place_sector(place), l1t_kbmtf_place_station(place),
                l1t_kbmtf_place_tag(place), s->phi, s->phib, s->quality, s->eta[0], s->qeta[0],
                s->eta[1], s->qeta[1]);
    }
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write event %llu: %s",
                                  (unsigned long long)id, strerror(errno))
                       : L1T_OK;
}
