// SPDX-License-Identifier: GPL-3.0-or-later
// The RTL of a menu beside the interpreter. One call of the DUT is one clock and one crossing; what
// comes out is known by the stated latency alone, and the strobes must agree with it.
#include "l1t/gt_cosim.h"
#include "gt/l1t_gt_final.h"
#include "gt_cosim_parts.h"
#include "l1t/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LEAD = 4, RESET = 48, TAIL = 40 }; // clocks

// ---- what is expected ----

static enum l1t_err expect(struct l1t_gt_cosim_run *c, struct l1t_diag *diag)
{
    const struct l1t_gt_vectors *v = c->options->vectors;
    c->expected = calloc(v->n, sizeof *c->expected);
    c->final = calloc(1, sizeof *c->final);
    c->settings = calloc(1, sizeof *c->settings);
    if (c->expected == NULL || c->final == NULL || c->settings == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < v->n; i++) {
        struct l1t_gt_around around;
        l1t_gt_vectors_around(v, i, NULL, &around);
        l1t_gt_decide(c->options->code, &around, c->expected[i]);
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            c->expected[i][w] &= c->present[w];
    }
    return L1T_OK;
}

// ---- differences ----

static void say(struct l1t_gt_cosim_run *c, const char *text)
{
    if (c->result->first[0] == '\0')
        (void)snprintf(c->result->first, sizeof c->result->first, "%s", text);
}

// The RTL's words have 32 bits, the model's 64.
static uint64_t word_64(const uint32_t *words, size_t w)
{
    return words[2 * w] | (uint64_t)words[2 * w + 1] << 32;
}

static void compare_bits(struct l1t_gt_cosim_run *c, uint64_t step,
                         const struct l1t_gt_menu_out *out)
{
    struct l1t_gt_cosim_result *r = c->result;
    const size_t i = step % c->options->vectors->n;
    r->crossings++;
    r->bits += r->algorithms;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        const uint64_t differ = word_64(out->bits, w) ^ c->expected[i][w];
        r->fired += (unsigned)__builtin_popcountll(c->expected[i][w]);
        r->bits_differing += (unsigned)__builtin_popcountll(differ);
        if (differ != 0 && r->first[0] == '\0')
            l1t_gt_cosim_why(c, i, 64 * w + (unsigned)__builtin_ctzll(differ));
    }
}

// The model's decision for the same crossing, and its comparison with the RTL's.
static void compare_decision(struct l1t_gt_cosim_run *c, uint64_t step,
                             const struct l1t_gt_menu_out *rtl)
{
    const struct l1t_gt_vectors *v = c->options->vectors;
    const size_t i = step % v->n;
    struct l1t_gt_final_in in = {.crossing = v->vector[i].crossing,
                                 .gap = l1t_gt_cosim_gap(c, step),
                                 .dead = l1t_gt_cosim_dead(c, step)};
    struct l1t_gt_final_out out;
    char text[200];
    if (step % L1T_GT_SECTION == 0)
        l1t_gt_cosim_section(c, step / L1T_GT_SECTION);
    memcpy(in.raw, c->expected[i], sizeof in.raw);
    l1t_gt_final_step(c->final, &c->settings->masks, &in, &out);
    bool same = rtl->veto == out.veto && rtl->finor == out.finor && rtl->preview == out.preview;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        same = same && out.prescaled[w] == word_64(rtl->prescaled, w);
    if (same)
        return;
    c->result->decisions_differing++;
    (void)snprintf(
        text, sizeof text,
        "crossing %zu: final decision: RTL finor %d veto %d preview %d, model %d %d %d%s", i,
        rtl->finor, rtl->veto, rtl->preview, out.finor, out.veto, out.preview,
        rtl->finor == out.finor && rtl->veto == out.veto && rtl->preview == out.preview
            ? "; prescaled bits differ"
            : "");
    say(c, text);
}

static void strobe(struct l1t_gt_cosim_run *c, const char *what, bool rtl, bool expected)
{
    char text[200];
    if (rtl == expected)
        return;
    c->result->strobes_wrong++;
    (void)snprintf(text, sizeof text, "clock %" PRIu64 ": %s strobe is %d, expected %d", c->clock,
                   what, rtl, expected);
    say(c, text);
}

// ---- one clock ----

static void set_words(const struct l1t_gt_words *w, struct l1t_gt_menu_in *in)
{
    memcpy(in->muon, w->muon, sizeof in->muon);
    memcpy(in->egamma, w->egamma, sizeof in->egamma);
    memcpy(in->tau, w->tau, sizeof in->tau);
    memcpy(in->jet, w->jet, sizeof in->jet);
    memcpy(in->sum, w->sum, sizeof in->sum);
    memcpy(in->link11, w->link11, sizeof in->link11);
    memcpy(in->external, w->external, sizeof in->external);
}

static void one_clock(struct l1t_gt_cosim_run *c, const struct l1t_gt_menu_in *in,
                      struct l1t_gt_menu_out *out)
{
    const double start = l1t_seconds();
    c->ops->clock(c->dut, in, out);
    c->result->seconds_rtl += l1t_seconds() - start;
    const uint32_t *words[2] = {out->legs, out->conditions};
    memcpy(c->legs + c->clock % L1T_GT_COSIM_DEPTH * c->shape.leg_words, words[0],
           c->shape.leg_words * sizeof *words[0]);
    memcpy(c->conditions + c->clock % L1T_GT_COSIM_DEPTH * c->shape.condition_words, words[1],
           c->shape.condition_words * sizeof *words[1]);
    c->clock++;
}

// Masks and first factors, under reset.
static void start_run(struct l1t_gt_cosim_run *c)
{
    struct l1t_gt_menu_in in = {.reset = 1};
    struct l1t_gt_menu_out out;
    for (unsigned i = 0; i < RESET; i++)
        one_clock(c, &in, &out);
    while (l1t_gt_cosim_next_write(c, &in))
        one_clock(c, &in, &out);
    in = (struct l1t_gt_menu_in){.update = 1};
    one_clock(c, &in, &out);
}

// Step s: crossings -2 and -1 first; valid ones from 0 to last; then those around the last.
static void run_clock(struct l1t_gt_cosim_run *c, uint64_t tick, uint64_t last)
{
    const struct l1t_gt_vectors *v = c->options->vectors;
    const uint64_t lead = LEAD, bits_after = c->shape.latency - 1;
    const uint64_t decision_after = bits_after + L1T_GT_COSIM_FINAL;
    struct l1t_gt_menu_in in = {0};
    struct l1t_gt_menu_out out;
    const uint64_t step = tick - lead; // wraps below lead
    const size_t i = (size_t)((tick + v->n * LEAD - lead) % v->n);
    set_words(&v->vector[i].words, &in);
    in.crossing = v->vector[i].crossing;
    in.valid = tick >= lead && step <= last;
    in.section = in.valid && step % L1T_GT_SECTION == 0;
    in.gap = in.valid && l1t_gt_cosim_gap(c, step);
    in.dead = in.valid && l1t_gt_cosim_dead(c, step);
    l1t_gt_cosim_bus(c, tick, lead + decision_after, &in);
    one_clock(c, &in, &out);
    const double start = l1t_seconds();
    const bool bits = tick >= lead + bits_after && tick - lead - bits_after <= last;
    const bool decides = tick >= lead + decision_after && tick - lead - decision_after <= last;
    strobe(c, "bits", out.bits_valid, bits);
    strobe(c, "decision", out.valid, decides);
    if (bits)
        compare_bits(c, tick - lead - bits_after, &out);
    if (decides)
        compare_decision(c, tick - lead - decision_after, &out);
    l1t_gt_cosim_read(c, &out);
    c->result->seconds_model += l1t_seconds() - start;
}

// ---- a run ----

static enum l1t_err check_shape(struct l1t_gt_cosim_run *c, struct l1t_diag *diag)
{
    const struct l1t_gt_code *code = c->options->code;
    c->ops->shape(c->dut, &c->shape);
    if (c->shape.n_legs != code->n_legs || c->shape.n_conditions != code->n_conditions ||
        c->shape.latency < 6 || c->shape.latency + L1T_GT_COSIM_FINAL >= TAIL)
        return l1t_fail(diag, L1T_E_INPUT,
                        "the RTL is of another menu: %u legs and %u conditions; expected %zu and "
                        "%zu",
                        c->shape.n_legs, c->shape.n_conditions, code->n_legs, code->n_conditions);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        c->present[w] = word_64(c->shape.present, w);
        c->result->algorithms += (unsigned)__builtin_popcountll(c->present[w]);
    }
    c->result->latency = c->shape.latency;
    c->result->simulator = c->ops->simulator;
    c->legs = calloc(L1T_GT_COSIM_DEPTH, c->shape.leg_words * sizeof *c->legs);
    c->conditions = calloc(L1T_GT_COSIM_DEPTH, c->shape.condition_words * sizeof *c->conditions);
    return c->legs != NULL && c->conditions != NULL ? L1T_OK
                                                    : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static bool differs(const struct l1t_gt_cosim_result *r)
{
    return r->bits_differing + r->decisions_differing + r->counters_differing + r->strobes_wrong >
           0;
}

static void run(struct l1t_gt_cosim_run *c)
{
    // The crossing after the last section closes it.
    const uint64_t n = c->options->vectors->n;
    const uint64_t last = (n + L1T_GT_SECTION - 1) / L1T_GT_SECTION * L1T_GT_SECTION;
    c->result->sections = last / L1T_GT_SECTION;
    start_run(c);
    for (uint64_t tick = 0; tick <= last + TAIL + L1T_GT_ALGORITHMS; tick++) {
        run_clock(c, tick, last);
        if (c->options->stop && differs(c->result))
            return;
    }
}

enum l1t_err l1t_gt_cosim(const struct l1t_gt_dut *dut, const struct l1t_gt_cosim_options *options,
                          struct l1t_gt_cosim_result *result, struct l1t_diag *diag)
{
    struct l1t_gt_cosim_run c = {.options = options, .result = result, .ops = l1t_gt_dut_ops(dut)};
    memset(result, 0, sizeof *result);
    c.dut = c.ops->create(options->mem_dir, options->fault, (unsigned)options->seed);
    enum l1t_err err =
        c.dut == NULL ? l1t_fail(diag, L1T_E_NOMEM, "out of memory") : check_shape(&c, diag);
    if (err == L1T_OK)
        err = expect(&c, diag);
    if (err == L1T_OK) {
        l1t_gt_cosim_draw_settings(&c);
        run(&c);
        if (differs(result))
            err = l1t_fail(diag, L1T_E_DIFF, "%s", result->first);
    }
    if (c.dut != NULL)
        c.ops->destroy(c.dut);
    free(c.expected);
    free(c.final);
    free(c.settings);
    free(c.legs);
    free(c.conditions);
    return err;
}
