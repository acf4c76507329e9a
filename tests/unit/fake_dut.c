// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_dut.h"

#include <stdlib.h>
#include <string.h>

struct fake_dut_plan fake_plan;
const struct l1t_twin *fake_twin;
const void *fake_config;
unsigned fake_resets;

struct fake {
    struct fake_dut_plan plan;
    uint64_t events; // fed since creation
    bool fresh;      // nothing fed since the reset
    struct l1t_dut_status status;
    uint32_t *before; // answer of the event before
};

static size_t stage_at(size_t stage)
{
    size_t at = 0;
    for (size_t s = 0; s < stage; s++)
        at += l1t_stage_event_words(&fake_twin->stages[s]);
    return at;
}

static void *create(const struct l1t_dut_options *options, char *message, size_t size)
{
    (void)options;
    (void)message;
    (void)size;
    struct fake *f = calloc(1, sizeof *f);
    f->plan = fake_plan;
    f->before = calloc(stage_at(fake_twin->n_stages), sizeof *f->before);
    fake_resets = 0;
    return f;
}

static void destroy(void *dut)
{
    struct fake *f = dut;
    if (f != NULL)
        free(f->before);
    free(f);
}

static void reset(void *dut, unsigned clocks)
{
    struct fake *f = dut;
    f->fresh = true;
    f->status.clocks += clocks;
    fake_resets++;
}

static void feed_part(void *dut, const uint32_t *in, size_t rows)
{
    struct fake *f = dut;
    (void)in;
    f->status.clocks += rows;
}

static bool is_active(const struct fake *f)
{
    return f->plan.once ? f->events == f->plan.event : f->events >= f->plan.event;
}

static bool has_gap(const struct l1t_dut_job *job, size_t e)
{
    for (size_t r = 0; job->row_gap != NULL && r < fake_twin->in_rows; r++)
        if (job->row_gap[e * fake_twin->in_rows + r] != 0)
            return true;
    return false;
}

static void shift_rows(struct fake *f, uint32_t *answer)
{
    const struct l1t_stage *stage = &fake_twin->stages[f->plan.stage];
    const size_t row = l1t_stage_row_words(stage);
    memmove(answer + row, answer, (stage->rows - 1) * row * sizeof *answer);
    // The first row is the last one of the event before.
    memcpy(answer, f->before + stage_at(f->plan.stage) + (stage->rows - 1) * row,
           row * sizeof *answer);
}

static void swap_jets(uint32_t *answer)
{
    // Records of 30 bits: 0 in bits 0..29, 1 in bits 30..59.
    uint64_t both = answer[0] | (uint64_t)answer[1] << 32;
    const uint64_t mask = (UINT64_C(1) << 30) - 1, a = both & mask, b = both >> 30 & mask;
    both = (both & ~(mask | mask << 30)) | b | a << 30;
    answer[0] = (uint32_t)both;
    answer[1] = (uint32_t)(both >> 32);
}

static void spoil(struct fake *f, const struct l1t_dut_job *job, size_t e, uint32_t *all)
{
    uint32_t *answer = all + stage_at(f->plan.stage);
    const size_t words = l1t_stage_event_words(&fake_twin->stages[f->plan.stage]);
    switch (f->plan.fault) {
    case FAKE_FLIP:
        answer[f->plan.word] ^= f->plan.mask;
        break;
    case FAKE_AFTER_GAP:
        answer[f->plan.word] ^= has_gap(job, e) ? f->plan.mask : 0;
        break;
    case FAKE_KEEPS_STATE:
        answer[f->plan.word] ^= f->fresh && fake_resets > 1 ? f->plan.mask : 0;
        break;
    case FAKE_SHIFT_EVENT:
        memcpy(answer, f->before + stage_at(f->plan.stage), words * sizeof *answer);
        break;
    case FAKE_SHIFT_ROW:
        shift_rows(f, answer);
        break;
    case FAKE_SWAP_LANES:
        swap_jets(answer);
        break;
    case FAKE_SILENT:
        memset(answer, 0, words * sizeof *answer);
        break;
    default:
        break;
    }
}

static void count_strobes(struct fake *f, const struct l1t_dut_job *job, bool active)
{
    for (size_t s = 0; s < fake_twin->n_stages; s++) {
        f->status.rows_seen[s] = job->n_events * fake_twin->stages[s].rows;
        f->status.latency_min[s] = f->status.latency_max[s] = job->row_gap == NULL ? 10 : -1;
        f->status.latency_stated[s] = 10;
        if (s != f->plan.stage || !active)
            continue;
        if (f->plan.fault == FAKE_DROP_STROBE)
            f->status.rows_seen[s]--;
        if (f->plan.fault == FAKE_EXTRA_STROBE)
            f->status.rows_seen[s]++;
        if (f->plan.fault == FAKE_LATENCY)
            f->status.latency_max[s]++;
    }
}

static size_t run(void *dut, const struct l1t_dut_job *job)
{
    struct fake *f = dut;
    const size_t words = stage_at(fake_twin->n_stages);
    bool active = false;
    for (size_t e = 0; e < job->n_events; e++) {
        uint32_t *answer = job->out + e * words;
        fake_twin->model(fake_config, job->in + e * fake_twin->in_words, answer);
        uint32_t *right = malloc(words * sizeof *right);
        memcpy(right, answer, words * sizeof *right);
        if (is_active(f)) {
            active = true;
            spoil(f, job, e, answer);
        }
        memcpy(f->before, right, words * sizeof *right);
        free(right);
        f->events++;
        f->fresh = false;
        f->status.clocks += fake_twin->in_rows;
    }
    count_strobes(f, job, active);
    const bool drops = active && f->plan.fault == FAKE_DROP_STROBE;
    return job->n_events - (drops && job->n_events > 0 ? 1 : 0);
}

static void status(void *dut, struct l1t_dut_status *to)
{
    *to = ((struct fake *)dut)->status;
}

const struct l1t_dut_ops *fake_dut_ops(void)
{
    static struct l1t_dut_ops ops = {.name = "fake",
                                     .simulator = "the C model",
                                     .create = create,
                                     .destroy = destroy,
                                     .reset = reset,
                                     .feed_part = feed_part,
                                     .run = run,
                                     .status = status};
    ops.in_words = fake_twin->in_words;
    ops.stage_words = stage_at(fake_twin->n_stages);
    ops.n_stages = fake_twin->n_stages;
    return &ops;
}
