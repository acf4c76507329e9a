// SPDX-License-Identifier: GPL-3.0-or-later
// The fewest events that show a difference again, as a file, and the commands that use it. Twins
// forget an event once the next few have passed, so the event alone, or a few before it, will do.
#include "cosim_internal.h"

#include "l1t/io.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// Feed events first..i of the batch back to back after a reset; does the last one differ again?
static bool differs_again(struct l1t_cosim *c, size_t first, size_t i, uint32_t *answers)
{
    const size_t n = i - first + 1;
    const struct l1t_dut_job job = {
        .in = c->batch.in + first * c->twin->in_words, .n_events = n, .out = answers};
    memset(answers, 0, n * c->stage_words * sizeof answers[0]);
    c->ops->reset(c->dut, 4);
    const size_t complete = c->ops->run(c->dut, &job);
    return complete < n ||
           memcmp(answers + (n - 1) * c->stage_words, c->batch.expected + i * c->stage_words,
                  c->stage_words * sizeof answers[0]) != 0;
}

// First event of the shortest list that ends with i and shows the difference; i + 1 if none does.
static size_t shortest(struct l1t_cosim *c, size_t i)
{
    static const size_t before[] = {0, 1, 3, L1T_COSIM_BATCH};
    uint32_t *answers = malloc((i + 1) * c->stage_words * sizeof *answers);
    size_t found = i + 1;
    for (size_t k = 0; answers != NULL && k < sizeof before / sizeof before[0]; k++) {
        const size_t first = i > before[k] ? i - before[k] : 0;
        if (differs_again(c, first, i, answers)) {
            found = first;
            break;
        }
    }
    free(answers);
    return found;
}

static enum l1t_err write_events(const struct l1t_cosim *c, size_t first, size_t i,
                                 struct l1t_diag *diag)
{
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, c->options->reproducer, diag);
    if (err != L1T_OK)
        return err;
    const bool seeded = strcmp(c->options->events, "generator") == 0;
    char digest[65];
    c->twin->config_digest(c->config, digest);
    if (c->twin->write_begin != NULL)
        c->twin->write_begin(out.file, digest, seeded ? &c->options->seed : NULL);
    for (size_t e = first; e <= i && err == L1T_OK; e++)
        err = c->twin->write_event(out.file, c->batch.in + e * c->twin->in_words, c->batch.id[e],
                                   "cosim", diag);
    if (c->twin->write_end != NULL)
        c->twin->write_end(out.file, i - first + 1);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}

static const char *gaps_option(enum l1t_cosim_gaps gaps)
{
    static const char *const option[] = {"", " --gaps between", " --gaps inside", " --gaps all"};
    return option[gaps];
}

static const char *program(const struct l1t_cosim_options *o)
{
    return o->fault != 0 ? "l1twin-faulty" : "l1twin";
}

static void print_same_run(const struct l1t_cosim *c, size_t i)
{
    const struct l1t_cosim_options *o = c->options;
    const bool piped = strcmp(o->events, "-") == 0;
    char events[4096];
    fprintf(c->report, "  same run:  %s cosim %s --events %s --seed %" PRIu64, program(o),
            c->twin->name, piped ? "FILE" : l1t_shell_word(o->events, events, sizeof events),
            o->seed);
    if (o->skip != 0)
        fprintf(c->report, " --skip %" PRIu64, o->skip);
    fprintf(c->report, " --n %" PRIu64 "%s", c->batch.first + i + 1, gaps_option(o->gaps));
    if (o->reset_every != 0)
        fprintf(c->report, " --reset-every %" PRIu64, o->reset_every);
    if (o->fault != 0)
        fprintf(c->report, " --fault %u", o->fault);
    fprintf(c->report, "%s%s\n", o->more_options,
            piped ? "   (FILE: what came through standard input)" : "");
}

enum l1t_err l1t_cosim_reproduce(struct l1t_cosim *c, size_t i, struct l1t_diag *diag)
{
    const struct l1t_cosim_options *o = c->options;
    if (o->reproducer != NULL && c->twin->write_event != NULL) {
        const size_t first = shortest(c, i);
        if (first <= i) {
            char file[4096];
            const enum l1t_err err = write_events(c, first, i, diag);
            if (err != L1T_OK)
                return err;
            fprintf(c->report, "  reproduce: l1twin-wave cosim %s --events %s --wave cosim_%s.fst",
                    c->twin->name, l1t_shell_word(o->reproducer, file, sizeof file), c->twin->name);
            if (o->fault != 0)
                fprintf(c->report, " --fault %u", o->fault);
            fprintf(c->report, "%s   (%zu event%s)\n", o->more_options, i - first + 1,
                    first < i ? "s" : "");
        } else {
            fprintf(c->report, "  these events back to back after a reset agree: it takes the gaps "
                               "or resets of the run\n");
        }
        c->ops->reset(c->dut, 4);
    }
    print_same_run(c, i);
    return L1T_OK;
}
