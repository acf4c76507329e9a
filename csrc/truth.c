// SPDX-License-Identifier: GPL-3.0-or-later
// Truth files: written, and read event by event beside the towers they belong to.
#include "l1t/truth.h"

#include "csv.h"
#include "l1t/io.h"
#include "l1t/provenance.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, FIELDS = 6 };

static const char heading[] = "event,kind,pt_gev,eta,phi_rad,line";
static const char begin_line[] = "# l1twin truth ", end_line[] = "# end ";

void l1t_truth_begin(FILE *out, const char *config_digest, const uint64_t *seed)
{
    l1t_provenance_comment(out, "truth", config_digest, seed);
    fprintf(out, "%s\n", heading);
}

void l1t_truth_write(FILE *out, uint64_t event, const struct l1t_truth *truth, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%" PRIu64 ",%s,%.10g,%.6f,%.6f,%" PRIu64 "\n", event,
                l1t_truth_names[truth[i].kind], truth[i].pt_gev, truth[i].eta, truth[i].phi,
                truth[i].line);
}

void l1t_truth_end(FILE *out, uint64_t objects)
{
    fprintf(out, "# end %" PRIu64 " objects\n", objects);
}

// ---- reading ----

struct l1t_truth_reader {
    struct l1t_lines *lines;
    bool begun, ended; // by this program's own first and last lines
    bool seen_heading, pending, failed;
    uint64_t n, event;      // rows so far; event of the row in hand
    struct l1t_truth truth; // the row in hand
};

enum l1t_err l1t_truth_reader_open(const char *path, struct l1t_truth_reader **reader,
                                   struct l1t_diag *diag)
{
    struct l1t_truth_reader *r = calloc(1, sizeof *r);
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

void l1t_truth_reader_close(struct l1t_truth_reader *reader)
{
    if (reader == NULL)
        return;
    l1t_lines_close(reader->lines);
    free(reader);
}

static int fail_here(struct l1t_truth_reader *r, struct l1t_diag *diag, const char *what,
                     const char *quoted)
{
    r->failed = true;
    (void)l1t_lines_fail(r->lines, diag, "%s'%.60s'", what, quoted);
    return -1;
}

static bool whole(const char *text, uint64_t *value)
{
    const char *end = l1t_parse_u64(text, 0, UINT64_MAX, value);
    return end != NULL && *end == '\0';
}

static bool kind_of(const char *text, enum l1t_truth_kind *kind)
{
    for (int k = 0; k < L1T_TRUTH_KINDS; k++)
        if (strcmp(text, l1t_truth_names[k]) == 0) {
            *kind = (enum l1t_truth_kind)k;
            return true;
        }
    return false;
}

static int parse_row(struct l1t_truth_reader *r, char *line, struct l1t_diag *diag)
{
    char *field[FIELDS];
    struct l1t_truth *t = &r->truth;
    const uint64_t before = r->event;
    if (l1t_csv_split(line, field, FIELDS) != FIELDS)
        return fail_here(r, diag,
                         "a row has six fields, event,kind,pt_gev,eta,phi_rad,line: ", line);
    if (!whole(field[0], &r->event) || (r->n > 0 && r->event < before))
        return fail_here(r, diag, "event: a number that does not descend, not ", field[0]);
    if (!kind_of(field[1], &t->kind))
        return fail_here(r, diag, "kind is electron, photon, tau, jet or qcd, not ", field[1]);
    if (!l1t_csv_number(field[2], &t->pt_gev) || t->pt_gev <= 0 || t->pt_gev > 1e5)
        return fail_here(r, diag, "pt_gev is above 0 and at most 100000, not ", field[2]);
    if (!l1t_csv_number(field[3], &t->eta) || t->eta < -6 || t->eta > 6)
        return fail_here(r, diag, "eta is -6..6, not ", field[3]);
    if (!l1t_csv_number(field[4], &t->phi) || t->phi < -6.2832 || t->phi > 6.2832)
        return fail_here(r, diag, "phi_rad is -2 pi..2 pi, not ", field[4]);
    if (!whole(field[5], &t->line))
        return fail_here(r, diag, "line: a number, not ", field[5]);
    r->n++;
    r->pending = true;
    return 1;
}

// Comments count when this program wrote them: 0, or -1 when rows are missing.
static int parse_comment(struct l1t_truth_reader *r, const char *line, struct l1t_diag *diag)
{
    uint64_t n = 0;
    if (strncmp(line, begin_line, sizeof begin_line - 1) == 0)
        r->begun = true;
    if (strncmp(line, end_line, sizeof end_line - 1) != 0)
        return 0;
    const char *end = l1t_parse_u64(line + sizeof end_line - 1, 0, UINT64_MAX, &n);
    if (end == NULL || strcmp(end, " objects") != 0)
        return 0; // somebody's words
    if (n != r->n)
        return fail_here(r, diag, "objects are missing or too many before ", line);
    r->ended = true;
    return 0;
}

// The next row into r->truth: 1, 0 at the end, -1 on error.
static int next_row(struct l1t_truth_reader *r, struct l1t_diag *diag)
{
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(r->lines, &line, &length, diag)) == 1) {
        if (line[0] == '#') {
            if (parse_comment(r, line, diag) < 0)
                return -1;
        } else if (line[0] == '\0') {
            continue;
        } else if (r->ended) {
            return fail_here(r, diag, "nothing follows the '# end N objects' line, not ", line);
        } else if (!r->seen_heading) {
            if (strcmp(line, heading) != 0)
                return fail_here(r, diag,
                                 "the first line of a truth file is 'event,kind,pt_gev,eta,"
                                 "phi_rad,line', not ",
                                 line);
            r->seen_heading = true;
        } else {
            return parse_row(r, line, diag);
        }
    }
    r->failed = status < 0;
    if (status == 0 && (!r->seen_heading || (r->begun && !r->ended))) {
        r->failed = true;
        return l1t_lines_fail(r->lines, diag, "%s",
                              r->seen_heading ? "the file is cut: no '# end N objects' line follows"
                                              : "no heading 'event,kind,pt_gev,eta,phi_rad,line'");
    }
    return status;
}

int l1t_truth_reader_event(struct l1t_truth_reader *r, uint64_t event,
                           struct l1t_truth truth[L1T_TRUTH_MAX], size_t *n, struct l1t_diag *diag)
{
    int status = 1;
    *n = 0;
    if (r->failed)
        return -1;
    while (r->pending || (status = next_row(r, diag)) == 1) {
        if (r->event > event)
            return 0;
        if (r->event < event)
            return fail_here(r, diag, "the towers have no such event, or not in this order: event ",
                             l1t_truth_names[r->truth.kind]);
        if (*n == L1T_TRUTH_MAX)
            return fail_here(r, diag,
                             "too many objects in one event: ", l1t_truth_names[r->truth.kind]);
        truth[(*n)++] = r->truth;
        r->pending = false;
    }
    return status;
}

enum l1t_err l1t_truth_reader_end(struct l1t_truth_reader *r, struct l1t_diag *diag)
{
    if (!r->failed && !r->pending && next_row(r, diag) == 0)
        return L1T_OK;
    if (!r->failed)
        (void)fail_here(r, diag,
                        "the towers end before this event: ", l1t_truth_names[r->truth.kind]);
    return L1T_E_INPUT;
}
