// SPDX-License-Identifier: GPL-3.0-or-later
// The co-simulation loop: batches of events, the model on each, the DUT on the batch, one memcmp
// per event. Everything slow (location, counting, guessing) happens on differing events only.
#include "cosim_internal.h"
#include "l1t/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void l1t_cosim_defaults(struct l1t_cosim_options *options)
{
    static const struct l1t_cosim_options defaults = {
        .events = "generator",
        .n = 1000000,
        .seed = 1,
        .max_diffs = 5,
        .more_options = "",
    };
    *options = defaults;
}

const struct l1t_dut_ops *l1t_dut_find(const struct l1t_dut_ops *const *list, const char *name)
{
    for (; *list != NULL; list++)
        if (strcmp((*list)->name, name) == 0)
            return *list;
    return NULL;
}

enum l1t_err l1t_dut_check_fault(const struct l1t_dut_ops *ops, unsigned fault,
                                 struct l1t_diag *diag)
{
    if (fault <= ops->n_faults)
        return L1T_OK;
    if (ops->n_faults == 0)
        return l1t_fail(diag, L1T_E_USAGE,
                        "fault %u: the RTL of this program has no injected faults; l1twin-faulty "
                        "has them",
                        fault);
    return l1t_fail(diag, L1T_E_USAGE, "fault %u: this program has faults 1 to %u", fault,
                    ops->n_faults);
}

// ---- start and end ----

static enum l1t_err check_shapes(struct l1t_cosim *c, struct l1t_diag *diag)
{
    const struct l1t_twin *twin = c->twin;
    if (twin->n_stages < 1 || twin->n_stages > L1T_DUT_MAX_STAGES)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %zu stages, 1 to %d are possible", twin->name,
                        twin->n_stages, L1T_DUT_MAX_STAGES);
    for (size_t s = 0; s < twin->n_stages; s++) {
        c->stage_at[s] = c->stage_words;
        c->stage_words += l1t_stage_event_words(&twin->stages[s]);
        c->result->stage[s].name = twin->stages[s].name;
        c->result->stage[s].latency_min = c->result->stage[s].latency_max = -1;
    }
    c->result->n_stages = twin->n_stages;
    const struct l1t_dut_ops *ops = c->ops;
    if (ops->n_stages == twin->n_stages && ops->stage_words == c->stage_words &&
        ops->in_words == twin->in_words)
        return L1T_OK;
    return l1t_fail(diag, L1T_E_INPUT,
                    "%s: the DUT has %zu stages, %zu stage words and %zu input words; the model "
                    "has %zu, %zu and %zu",
                    twin->name, ops->n_stages, ops->stage_words, ops->in_words, twin->n_stages,
                    c->stage_words, twin->in_words);
}

static enum l1t_err allocate(struct l1t_cosim *c, struct l1t_diag *diag)
{
    struct l1t_batch *b = &c->batch;
    const enum l1t_cosim_gaps gaps = c->options->gaps;
    size_t size;
    if (c->stage_words == 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: stages without words", c->twin->name);
    b->in = calloc(L1T_COSIM_BATCH * c->twin->in_words, sizeof *b->in);
    b->expected = calloc(L1T_COSIM_BATCH * c->stage_words, sizeof *b->expected);
    b->got = calloc(L1T_COSIM_BATCH * c->stage_words, sizeof *b->got);
    if (gaps == L1T_GAPS_BETWEEN || gaps == L1T_GAPS_ALL)
        b->gap = malloc(L1T_COSIM_BATCH * sizeof *b->gap);
    if (gaps == L1T_GAPS_INSIDE || gaps == L1T_GAPS_ALL)
        b->row_gap = calloc(L1T_COSIM_BATCH, c->twin->in_rows);
    c->report = open_memstream(&c->result->report, &size);
    const bool gap_missing = (gaps == L1T_GAPS_BETWEEN || gaps == L1T_GAPS_ALL) && b->gap == NULL;
    const bool row_missing =
        (gaps == L1T_GAPS_INSIDE || gaps == L1T_GAPS_ALL) && b->row_gap == NULL;
    if (b->in == NULL || b->expected == NULL || b->got == NULL || c->report == NULL ||
        gap_missing || row_missing)
        return l1t_fail(diag, L1T_E_NOMEM, "co-simulation: out of memory");
    return L1T_OK;
}

static enum l1t_err open_both(struct l1t_cosim *c, struct l1t_diag *diag)
{
    const struct l1t_cosim_options *o = c->options;
    enum l1t_err err = l1t_dut_check_fault(c->ops, o->fault, diag);
    if (err == L1T_OK)
        err = c->twin->source_open(c->config, o->events, o->seed, &c->source, diag);
    if (err == L1T_OK)
        err = c->twin->source_skip(c->source, o->skip, diag);
    if (err == L1T_OK && o->mem_dir != NULL)
        err = c->twin->config_write_mem(c->config, o->mem_dir, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_dut_options dut = {.mem_dir = o->mem_dir,
                                  .trace_file = o->wave,
                                  .fault = o->fault,
                                  .reset_seed = (unsigned)o->seed};
    if (c->twin->config_settings != NULL)
        c->twin->config_settings(c->config, dut.settings);
    char message[400] = "no reason given";
    c->dut = c->ops->create(&dut, message, sizeof message);
    if (c->dut == NULL)
        return l1t_fail(diag, L1T_E_ENV, "%s: cannot start the DUT: %s", c->twin->name, message);
    c->ops->reset(c->dut, 4);
    return L1T_OK;
}

static void close_all(struct l1t_cosim *c)
{
    struct l1t_batch *b = &c->batch;
    c->ops->destroy(c->dut);
    if (c->source != NULL)
        c->twin->source_close(c->source);
    if (c->report != NULL)
        (void)fclose(c->report);
    free(b->in);
    free(b->expected);
    free(b->got);
    free(b->gap);
    free(b->row_gap);
}

// ---- one batch ----

static enum l1t_err fill_batch(struct l1t_cosim *c, uint64_t done, struct l1t_diag *diag)
{
    struct l1t_batch *b = &c->batch;
    const uint64_t left = c->options->n - done;
    const double start = l1t_seconds();
    int status = 1;
    b->first = done;
    b->n = 0;
    while (b->n < L1T_COSIM_BATCH && b->n < left) {
        status =
            c->twin->source_next(c->source, b->in + b->n * c->twin->in_words, &b->id[b->n], diag);
        if (status != 1)
            break;
        b->n++;
    }
    c->result->seconds_source += l1t_seconds() - start;
    return status < 0 ? L1T_E_INPUT : L1T_OK;
}

static void run_model(struct l1t_cosim *c)
{
    struct l1t_batch *b = &c->batch;
    const double start = l1t_seconds();
    for (size_t i = 0; i < b->n; i++)
        c->twin->model(c->config, b->in + i * c->twin->in_words, b->expected + i * c->stage_words);
    c->result->seconds_model += l1t_seconds() - start;
    for (size_t i = 0; c->twin->cover != NULL && i < b->n; i++)
        c->twin->cover(b->in + i * c->twin->in_words, b->expected + i * c->stage_words,
                       c->result->bins);
}

static void problem(struct l1t_cosim *c, const char *text)
{
    if (c->result->problems++ < c->options->max_diffs)
        fputs(text, c->report);
}

static void check_strobes(struct l1t_cosim *c, size_t s, size_t n, const struct l1t_dut_status *st)
{
    struct l1t_cosim_stage *stage = &c->result->stage[s];
    const size_t expected = n * c->twin->stages[s].rows;
    stage->rows_expected += expected;
    stage->rows_seen += st->rows_seen[s];
    if (st->rows_seen[s] == expected)
        return;
    char text[300];
    (void)snprintf(
        text, sizeof text,
        "stage '%s': %zu strobes for events %" PRIu64 "..%" PRIu64 ", expected %zu (%zu %s)\n",
        stage->name, st->rows_seen[s], c->batch.first + c->job_first,
        c->batch.first + c->job_first + n - 1, expected,
        expected > st->rows_seen[s] ? expected - st->rows_seen[s] : st->rows_seen[s] - expected,
        expected > st->rows_seen[s] ? "missing" : "too many");
    problem(c, text);
}

static void check_latency(struct l1t_cosim *c, size_t s, const struct l1t_dut_status *st)
{
    struct l1t_cosim_stage *stage = &c->result->stage[s];
    stage->latency_stated = st->latency_stated[s];
    const int low = st->latency_min[s], high = st->latency_max[s];
    if (low < 0) {
        if (c->options->gaps == L1T_GAPS_NONE) {
            char text[200];
            (void)snprintf(text, sizeof text, "stage '%s': no latency was measured\n", stage->name);
            problem(c, text);
        }
        return;
    }
    stage->latency_min =
        stage->latency_min < 0 || low < stage->latency_min ? low : stage->latency_min;
    stage->latency_max = high > stage->latency_max ? high : stage->latency_max;
    if (low == high && low == st->latency_stated[s])
        return;
    char text[200];
    (void)snprintf(text, sizeof text, "stage '%s': latency %d..%d clocks, the RTL states %d\n",
                   stage->name, low, high, st->latency_stated[s]);
    problem(c, text);
}

// Events first..first+n-1 of the batch in one run of the DUT. False when strobes were wrong: the
// DUT's stages no longer stand at an event's start and need a reset.
static bool run_job(struct l1t_cosim *c, size_t first, size_t n)
{
    struct l1t_batch *b = &c->batch;
    struct l1t_dut_status status;
    const struct l1t_dut_job job = {
        .in = b->in + first * c->twin->in_words,
        .n_events = n,
        .gap = b->gap != NULL ? b->gap + first : NULL,
        .row_gap = b->row_gap != NULL ? b->row_gap + first * c->twin->in_rows : NULL,
        .out = b->got + first * c->stage_words};
    c->job_first = first;
    c->job_n = n;
    const double start = l1t_seconds();
    const size_t complete = c->ops->run(c->dut, &job);
    c->result->seconds_dut += l1t_seconds() - start;
    const unsigned problems = c->result->problems;
    c->ops->status(c->dut, &status);
    c->result->clocks = status.clocks;
    for (size_t s = 0; s < c->twin->n_stages; s++) {
        check_strobes(c, s, n, &status);
        check_latency(c, s, &status);
    }
    if (complete != n && c->result->problems == problems)
        problem(c, "the DUT reports fewer complete events than its strobes say\n");
    return c->result->problems == problems;
}

// ---- comparison ----

static bool may_describe(const struct l1t_cosim *c)
{
    return c->result->differing_events <= c->options->max_diffs;
}

static bool may_go_on(const struct l1t_cosim *c)
{
    return c->options->keep_going || (c->result->differing_events < c->options->max_diffs &&
                                      c->result->problems < c->options->max_diffs);
}

// Compare one job; the first difference of the run also gives a reproducer, which uses the DUT.
static enum l1t_err compare_job(struct l1t_cosim *c, struct l1t_diag *diag)
{
    const size_t bytes = c->stage_words * sizeof(uint32_t);
    const double start = l1t_seconds();
    enum l1t_err err = L1T_OK;
    for (size_t i = c->job_first; i < c->job_first + c->job_n && err == L1T_OK; i++) {
        c->result->events++;
        if (memcmp(c->batch.expected + i * c->stage_words, c->batch.got + i * c->stage_words,
                   bytes) == 0)
            continue;
        c->result->differing_events++;
        l1t_cosim_count(c, i);
        if (may_describe(c))
            l1t_cosim_describe(c, i);
        if (c->result->differing_events == 1)
            err = l1t_cosim_reproduce(c, i, diag);
        if (!may_go_on(c))
            break;
    }
    c->result->seconds_compare += l1t_seconds() - start;
    return err;
}

// The batch in as many runs as resets ask for.
static enum l1t_err run_batch(struct l1t_cosim *c, struct l1t_diag *diag)
{
    struct l1t_batch *b = &c->batch;
    enum l1t_err err = L1T_OK;
    memset(b->got, 0, b->n * c->stage_words * sizeof *b->got);
    for (size_t first = 0; first < b->n && err == L1T_OK && may_go_on(c);) {
        if (l1t_cosim_reset_before(c, b->first + first))
            l1t_cosim_reset_in_event(c, first);
        size_t end = first + 1;
        while (end < b->n && !l1t_cosim_reset_before(c, b->first + end))
            end++;
        const bool aligned = run_job(c, first, end - first);
        err = compare_job(c, diag);
        if (!aligned)
            c->ops->reset(c->dut, 4);
        first = end;
    }
    return err;
}

static enum l1t_err run_all(struct l1t_cosim *c, struct l1t_diag *diag)
{
    for (uint64_t done = 0; done < c->options->n && may_go_on(c);) {
        enum l1t_err err = fill_batch(c, done, diag);
        if (err != L1T_OK)
            return err;
        if (c->batch.n == 0)
            return L1T_OK;
        l1t_cosim_make_gaps(c);
        run_model(c);
        err = run_batch(c, diag);
        if (err != L1T_OK)
            return err;
        done += c->batch.n;
        if (c->options->progress != NULL)
            c->options->progress(c->options->progress_user, done);
    }
    return L1T_OK;
}

// ---- result ----

static enum l1t_err conclude(struct l1t_cosim *c, struct l1t_diag *diag)
{
    struct l1t_cosim_result *r = c->result;
    if (r->events == 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: no events: nothing was compared",
                        c->options->events);
    for (size_t s = 0; s < c->twin->n_stages; s++) {
        r->stage[s].records =
            r->events * c->twin->stages[s].rows * (uint64_t)c->twin->stages[s].lanes;
        r->records += r->stage[s].records;
    }
    r->words = r->events * c->stage_words;
    if (r->differing_events == 0 && r->problems == 0) {
        (void)snprintf(r->verdict, sizeof r->verdict,
                       "PASS %s: %" PRIu64 " events, %" PRIu64 " records, 0 differences",
                       c->twin->name, r->events, r->records);
        return L1T_OK;
    }
    (void)snprintf(r->verdict, sizeof r->verdict,
                   "FAIL %s: %" PRIu64 " of %" PRIu64
                   " events differ, %u wrong strobe counts or latencies; first: %s",
                   c->twin->name, r->differing_events, r->events, r->problems,
                   c->first_difference[0] != '\0' ? c->first_difference : "no value differs");
    return l1t_fail(diag, L1T_E_DIFF, "%s", r->verdict);
}

enum l1t_err l1t_cosim_run(const struct l1t_twin *twin, const struct l1t_dut_ops *ops,
                           const void *config, const struct l1t_cosim_options *options,
                           struct l1t_cosim_result *result, struct l1t_diag *diag)
{
    struct l1t_cosim c = {
        .twin = twin, .ops = ops, .config = config, .options = options, .result = result};
    memset(result, 0, sizeof *result);
    enum l1t_err err = check_shapes(&c, diag);
    if (err == L1T_OK)
        err = allocate(&c, diag);
    if (err == L1T_OK)
        err = open_both(&c, diag);
    if (err == L1T_OK)
        err = run_all(&c, diag);
    if (err == L1T_OK)
        err = conclude(&c, diag);
    close_all(&c);
    if (err != L1T_OK && err != L1T_E_DIFF)
        l1t_cosim_result_fini(result);
    return err;
}

const char *l1t_cosim_stage_problem(const struct l1t_cosim_stage *stage)
{
    if (stage->differing != 0)
        return "records";
    if (stage->rows_seen != stage->rows_expected)
        return "rows";
    if (stage->latency_min < 0)
        return "no latency";
    return stage->latency_min == stage->latency_max && stage->latency_min == stage->latency_stated
               ? NULL
               : "latency";
}

void l1t_cosim_result_fini(struct l1t_cosim_result *result)
{
    free(result->report);
    result->report = NULL;
}
