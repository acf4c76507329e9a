// SPDX-License-Identifier: GPL-3.0-or-later
// Run settings of a co-simulation, how they reach the RTL, and its counters.
#include "gt_cosim_parts.h"
#include "gt_draws.h"

#include <inttypes.h>
#include <string.h>

enum { SETTLE = 6 }; // clocks after a section's begin until the RTL's counters are latched

static struct l1t_gt_draws draws_of(const struct l1t_gt_cosim_run *c, uint64_t event)
{
    return (struct l1t_gt_draws){
        .seed = c->options->seed, .event = event, .stream = L1T_STREAM_GT_SETTINGS};
}

// Hundredths: none, all, fractions, and one that nothing divides.
static uint32_t draw_factor(struct l1t_gt_draws *d)
{
    static const uint32_t common[] = {0, 100, 100, 100, 101, 125, 150, 199, 200, 250, 333, 700};
    if (l1t_gt_chance(d, 75))
        return common[l1t_gt_below(d, sizeof common / sizeof common[0])];
    return l1t_gt_chance(d, 5) ? L1T_GT_PRESCALE_MAX - l1t_gt_below(d, 2) : l1t_gt_below(d, 2500);
}

void l1t_gt_cosim_draw_settings(struct l1t_gt_cosim_run *c)
{
    struct l1t_gt_cosim_settings *s = c->settings;
    struct l1t_gt_draws d = draws_of(c, 0);
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++) {
        s->factors.prescale[b] = draw_factor(&d);
        s->factors.preview[b] = draw_factor(&d);
        // FINOR has to be 0 now and then, though hundreds of algorithms may fire.
        s->masks.finor[b / 64] |= (uint64_t)l1t_gt_chance(&d, 10) << b % 64;
        s->masks.veto[b / 64] |= (uint64_t)l1t_gt_chance(&d, 2) << b % 64;
    }
    for (unsigned i = 0; i < L1T_GT_ORBIT; i++) {
        const bool open = l1t_gt_chance(&d, 60);
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            s->crossing[i][w] =
                open ? UINT64_MAX : ((uint64_t)l1t_gt_draw(&d) << 32 | l1t_gt_draw(&d));
    }
    s->masks.crossing = (const uint64_t(*)[L1T_GT_WORDS])s->crossing;
    l1t_gt_final_init(c->final, &s->factors);
}

bool l1t_gt_cosim_gap(const struct l1t_gt_cosim_run *c, uint64_t step)
{
    struct l1t_gt_draws d = draws_of(c, (UINT64_C(1) << 40) + step);
    return l1t_gt_chance(&d, 5);
}

bool l1t_gt_cosim_dead(const struct l1t_gt_cosim_run *c, uint64_t step)
{
    struct l1t_gt_draws d = draws_of(c, (UINT64_C(1) << 41) + step);
    return l1t_gt_chance(&d, 20);
}

// ---- the bus ----

static void write_words(struct l1t_gt_menu_in *in, unsigned what, unsigned address,
                        const uint64_t words[L1T_GT_WORDS])
{
    in->write = 1;
    in->what = (uint8_t)what;
    in->address = (uint16_t)address;
    memcpy(in->data, words, sizeof in->data); // little endian, as simulators keep words
}

static void write_factor(struct l1t_gt_menu_in *in, bool preview, unsigned algorithm,
                         uint32_t factor)
{
    const uint64_t words[L1T_GT_WORDS] = {factor};
    write_words(in, preview, algorithm, words);
}

bool l1t_gt_cosim_next_write(struct l1t_gt_cosim_run *c, struct l1t_gt_menu_in *in)
{
    const struct l1t_gt_cosim_settings *s = c->settings;
    const struct l1t_gt_vectors *v = c->options->vectors;
    const size_t i = c->written++;
    if (i < L1T_GT_ALGORITHMS)
        write_factor(in, false, (unsigned)i, s->factors.prescale[i]);
    else if (i < 2 * (size_t)L1T_GT_ALGORITHMS)
        write_factor(in, true, (unsigned)i % L1T_GT_ALGORITHMS,
                     s->factors.preview[i % L1T_GT_ALGORITHMS]);
    else if (i == 2 * (size_t)L1T_GT_ALGORITHMS)
        write_words(in, 2, 0, s->masks.finor);
    else if (i == 2 * (size_t)L1T_GT_ALGORITHMS + 1)
        write_words(in, 3, 0, s->masks.veto);
    else if (i - 2 * (size_t)L1T_GT_ALGORITHMS - 2 < v->n) {
        const unsigned at = v->vector[i - 2 * (size_t)L1T_GT_ALGORITHMS - 2].crossing;
        write_words(in, 4, at, s->crossing[at]);
    } else
        return false;
    return true;
}

void l1t_gt_cosim_bus(struct l1t_gt_cosim_run *c, uint64_t tick, uint64_t begin,
                      struct l1t_gt_menu_in *in)
{
    struct l1t_gt_cosim_settings *s = c->settings;
    c->reading = false;
    if (tick < begin + SETTLE)
        return;
    const uint64_t section = (tick - begin - SETTLE) / L1T_GT_SECTION;
    const uint64_t at = (tick - begin - SETTLE) % L1T_GT_SECTION;
    if (at < L1T_GT_COSIM_CHANGES) {
        // Every other section asks for an update; the factors of the others wait.
        struct l1t_gt_draws d = draws_of(c, (UINT64_C(1) << 42) + section * 1000 + at);
        const unsigned b = l1t_gt_below(&d, L1T_GT_ALGORITHMS);
        const bool preview = l1t_gt_chance(&d, 30);
        const uint32_t factor = draw_factor(&d);
        write_factor(in, preview, b, factor);
        (preview ? s->factors.preview : s->factors.prescale)[b] = factor;
    }
    if (at == L1T_GT_COSIM_CHANGES && section % 2 == 0) {
        in->update = 1;
        l1t_gt_final_request(c->final, &s->factors);
    }
    if (at < L1T_GT_ALGORITHMS && section > 0) {
        in->read_address = (uint16_t)at;
        c->read_address = (unsigned)at;
        c->reading = true;
    }
}

// ---- counters ----

void l1t_gt_cosim_section(struct l1t_gt_cosim_run *c, uint64_t section)
{
    if (section > 0)
        l1t_gt_final_section(c->final, &c->settings->counts);
}

static void compare_counter(struct l1t_gt_cosim_run *c, const char *what, unsigned b, uint32_t rtl,
                            uint32_t model)
{
    struct l1t_gt_cosim_result *r = c->result;
    r->counters++;
    if (rtl == model)
        return;
    if (r->first[0] == '\0')
        (void)snprintf(r->first, sizeof r->first,
                       "counter '%s' of algorithm %u: RTL %" PRIu32 ", model %" PRIu32, what, b,
                       rtl, model);
    r->counters_differing++;
}

// What was asked for at one clock is there after the next.
void l1t_gt_cosim_read(struct l1t_gt_cosim_run *c, const struct l1t_gt_menu_out *out)
{
    const struct l1t_gt_counts *n = &c->settings->counts;
    if (c->arriving) {
        const unsigned b = c->arriving_address;
        compare_counter(c, "before", b, out->counts[0], n->before[b]);
        compare_counter(c, "after", b, out->counts[1], n->after[b]);
        compare_counter(c, "live", b, out->counts[2], n->live[b]);
        compare_counter(c, "preview", b, out->counts[3], n->preview[b]);
        if (b == 0) {
            compare_counter(c, "finor", 0, out->finor_counts[0], n->finor);
            compare_counter(c, "finor_live", 0, out->finor_counts[1], n->finor_live);
            compare_counter(c, "finor_preview", 0, out->finor_counts[2], n->finor_preview);
        }
    }
    c->arriving = c->reading;
    c->arriving_address = c->read_address;
}
