// SPDX-License-Identifier: GPL-3.0-or-later
// Kinematics of real events from CSV files of many makes: columns by name, numbers strictly.
#include "l1t/real_events.h"

#include "csv.h"
#include "l1t/io.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 16384, MAX_COLUMNS = 512, MAX_EVENTS = 10000000, NAME = 32 };

static const double max_pt = 1000, max_eta = 5, pi = 3.14159265358979323846;

struct reader {
    struct l1t_lines *lines;
    struct l1t_real_events *events;
    size_t room, columns;            // of the event array; in the heading
    size_t at[L1T_REAL_OBJECTS][3];  // columns of each object
    size_t charge[L1T_REAL_OBJECTS]; // its column, or MAX_COLUMNS
    bool momenta[L1T_REAL_OBJECTS];  // they are px, py, pz
    char name[L1T_REAL_OBJECTS][3][NAME];
    struct l1t_diag *diag;
};

static enum l1t_err fail_here(const struct reader *r, const char *what, const char *quoted)
{
    return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: %s'%.60s'", l1t_lines_path(r->lines),
                    l1t_lines_number(r->lines), what, quoted);
}

// ---- the heading ----

static bool same_word(const char *a, const char *b)
{
    while (*a != '\0' && tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

// Its column; MAX_COLUMNS: none; MAX_COLUMNS + 1: more than one.
static size_t find_column(const struct reader *r, char **field, const char *name)
{
    size_t found = MAX_COLUMNS;
    for (size_t i = 0; i < r->columns; i++)
        if (same_word(field[i], name))
            found = found == MAX_COLUMNS ? i : MAX_COLUMNS + 1;
    return found;
}

static enum l1t_err take_object(struct reader *r, char **field, const char *const name[3],
                                bool momenta)
{
    struct l1t_real_events *e = r->events;
    for (int i = 0; i < 3; i++) {
        const size_t at = find_column(r, field, name[i]);
        if (at >= MAX_COLUMNS)
            return fail_here(r, at == MAX_COLUMNS ? "no column " : "more than one column ",
                             name[i]);
        r->at[e->objects][i] = at;
        (void)snprintf(r->name[e->objects][i], NAME, "%s", name[i]);
        const size_t n = strlen(e->columns);
        (void)snprintf(e->columns + n, sizeof e->columns - n, "%s%s", n > 0 ? "," : "", name[i]);
    }
    r->charge[e->objects] = MAX_COLUMNS;
    r->momenta[e->objects++] = momenta;
    return L1T_OK;
}

// q1 or charge1 of the object just taken, which has number k; 0 is a name without a number.
static void take_charge(struct reader *r, char **field, unsigned k)
{
    static const char *const stem[2] = {"q", "charge"};
    for (int i = 0; i < 2; i++) {
        char name[NAME];
        (void)snprintf(name, sizeof name, k > 0 ? "%s%u" : "%s", stem[i], k);
        const size_t at = find_column(r, field, name);
        if (at < MAX_COLUMNS)
            r->charge[r->events->objects - 1] = at;
    }
}

// pt1,eta1,phi1,pt2 ... or px1,py1,pz1 ...; number 0 is a name without a number.
static enum l1t_err find_objects(struct reader *r, char **field)
{
    static const char *const stem[2][3] = {{"pt", "eta", "phi"}, {"px", "py", "pz"}};
    for (int momenta = 0; momenta < 2 && r->events->objects == 0; momenta++)
        for (unsigned k = 0; k <= L1T_REAL_OBJECTS; k++) {
            char text[3][NAME];
            const char *name[3];
            for (int i = 0; i < 3; i++) {
                (void)snprintf(text[i], NAME, k > 0 ? "%s%u" : "%s", stem[momenta][i], k);
                name[i] = text[i];
            }
            if (find_column(r, field, name[0]) == MAX_COLUMNS ||
                r->events->objects == L1T_REAL_OBJECTS)
                continue;
            const enum l1t_err err = take_object(r, field, name, momenta == 1);
            if (err != L1T_OK)
                return err;
            take_charge(r, field, k);
        }
    return r->events->objects > 0
               ? L1T_OK
               : fail_here(r,
                           "no columns pt1,eta1,phi1 or px1,py1,pz1 (--columns names others) in ",
                           field[0]);
}

static enum l1t_err use_columns(struct reader *r, char **field, const char *columns)
{
    enum { NAMES = 3 * L1T_REAL_OBJECTS };
    char text[512], *name[NAMES];
    if (strlen(columns) >= sizeof text)
        return fail_here(r, "--columns: too long: ", columns);
    (void)snprintf(text, sizeof text, "%s", columns);
    const size_t n = l1t_csv_split(text, name, NAMES);
    if (n % 3 != 0 || n > NAMES)
        return fail_here(r, "--columns: names by threes (pt,eta,phi or px,py,pz), not ", columns);
    for (size_t i = 0; i < n; i += 3) {
        const char *const three[3] = {name[i], name[i + 1], name[i + 2]};
        const enum l1t_err err = take_object(r, field, three,
                                             tolower((unsigned char)name[i][0]) == 'p' &&
                                                 tolower((unsigned char)name[i][1]) == 'x');
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err read_heading(struct reader *r, char *line, const char *columns)
{
    static const char mark[] = "\xef\xbb\xbf"; // of UTF-8
    char *field[MAX_COLUMNS];
    if (strncmp(line, mark, sizeof mark - 1) == 0)
        line += sizeof mark - 1;
    r->columns = l1t_csv_split(line, field, MAX_COLUMNS);
    if (r->columns > MAX_COLUMNS)
        return fail_here(r, "more than 512 columns: ", field[0]);
    return columns != NULL ? use_columns(r, field, columns) : find_objects(r, field);
}

// ---- rows ----

static int read_charge(const struct reader *r, char **field, unsigned k)
{
    double charge;
    if (r->charge[k] == MAX_COLUMNS || !l1t_csv_number(field[r->charge[k]], &charge))
        return 0;
    return charge == 1 ? 1 : charge == -1 ? -1 : 0;
}

// 1: an object, 0: none, -1: error.
static int read_object(struct reader *r, char **field, unsigned k, struct l1t_real_object *o)
{
    double v[3];
    unsigned blank = 0;
    for (int i = 0; i < 3; i++)
        blank += field[r->at[k][i]][0] == '\0';
    if (blank == 3)
        return 0;
    for (int i = 0; i < 3; i++)
        if (!l1t_csv_number(field[r->at[k][i]], &v[i])) {
            char what[2 * NAME];
            (void)snprintf(what, sizeof what, "%s is a number, not ", r->name[k][i]);
            (void)fail_here(r, what, field[r->at[k][i]]);
            return -1;
        }
    *o = (struct l1t_real_object){v[0], v[1], v[2], read_charge(r, field, k)};
    if (r->momenta[k]) {
        o->pt_gev = hypot(v[0], v[1]);
        o->eta = o->pt_gev > 0 ? asinh(v[2] / o->pt_gev) : 0;
        o->phi = atan2(v[1], v[0]);
    } else {
        if (fabs(o->phi) > 2 * pi + 1e-6) {
            (void)fail_here(r, "phi is in radians, -2 pi..2 pi, not ", field[r->at[k][2]]);
            return -1;
        }
        o->phi = remainder(o->phi, 2 * pi);
    }
    if (!(o->pt_gev > 0)) {
        (void)fail_here(r, "pt is above 0, not ", field[r->at[k][0]]);
        return -1;
    }
    if (o->pt_gev > max_pt || fabs(o->eta) > max_eta) {
        r->events->out_of_range++;
        return 0;
    }
    r->events->no_charge += o->charge == 0;
    return 1;
}

static struct l1t_real_event *new_event(struct reader *r)
{
    struct l1t_real_events *e = r->events;
    if (e->n == r->room) {
        const size_t room = r->room == 0 ? 1024 : 2 * r->room;
        struct l1t_real_event *more = realloc(e->event, room * sizeof *more);
        if (more == NULL)
            return NULL;
        e->event = more;
        r->room = room;
    }
    return &e->event[e->n++];
}

static enum l1t_err read_row(struct reader *r, char *line)
{
    char *field[MAX_COLUMNS];
    const size_t n = l1t_csv_split(line, field, MAX_COLUMNS);
    if (n != r->columns)
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: %zu fields; the heading has %zu",
                        l1t_lines_path(r->lines), l1t_lines_number(r->lines), n, r->columns);
    if (r->events->n == MAX_EVENTS)
        return fail_here(r, "more than 10000000 events, at ", field[0]);
    struct l1t_real_event *e = new_event(r);
    if (e == NULL)
        return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", l1t_lines_path(r->lines));
    e->line = l1t_lines_number(r->lines);
    e->n = 0;
    for (unsigned k = 0; k < r->events->objects; k++) {
        const int status = read_object(r, field, k, &e->object[e->n]);
        if (status < 0)
            return L1T_E_INPUT;
        e->n += (unsigned)status;
    }
    return L1T_OK;
}

static enum l1t_err read_all(struct reader *r, const char *columns)
{
    char *line;
    size_t length;
    int status;
    enum l1t_err err = L1T_OK;
    while (err == L1T_OK && (status = l1t_lines_next(r->lines, &line, &length, r->diag)) != 0) {
        if (status < 0)
            return L1T_E_INPUT;
        if (line[strspn(line, " \t")] == '\0' || line[0] == '#')
            continue;
        err = r->columns == 0 ? read_heading(r, line, columns) : read_row(r, line);
    }
    if (err == L1T_OK && r->events->n == 0)
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: no events: a heading and rows are needed",
                        l1t_lines_path(r->lines), l1t_lines_number(r->lines));
    return err;
}

enum l1t_err l1t_real_events_load(struct l1t_real_events *events, const char *path,
                                  const char *columns, struct l1t_diag *diag)
{
    struct reader r = {.events = events, .diag = diag};
    memset(events, 0, sizeof *events);
    enum l1t_err err = l1t_lines_open(path, MAX_LINE, &r.lines, diag);
    if (err != L1T_OK)
        return err;
    err = read_all(&r, columns);
    l1t_lines_close(r.lines);
    if (err != L1T_OK)
        l1t_real_events_free(events);
    return err;
}

void l1t_real_events_free(struct l1t_real_events *events)
{
    free(events->event);
    memset(events, 0, sizeof *events);
}
