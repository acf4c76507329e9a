// SPDX-License-Identifier: GPL-3.0-or-later
// Filling schemes, requests, trigger rules: against plain crossing by crossing counting, closed
// forms and published losses. Seeds are fixed; stated false-alarm probabilities are those of a
// random one.
#include "l1t/deadtime.h"

#include "l1t_test.h"
#include "rate/deadtime_internal.h"

static const double revolution = 11245.6;

static struct l1t_filling filling_of(const char *text, unsigned bunches)
{
    struct l1t_filling filling;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_filling_parse(text, bunches, &filling, &diag), diag);
    return filling;
}

static bool is_filled(const struct l1t_filling *filling, uint64_t crossing)
{
    const unsigned c = (unsigned)(crossing % L1T_GT_ORBIT);
    return filling->filled[c / 64] >> (c % 64) & 1;
}

static struct l1t_deadtime simulate(const struct l1t_trigger_rules *rules,
                                    const struct l1t_filling *filling, double rate, uint64_t orbits,
                                    uint64_t seed, unsigned threads)
{
    struct l1t_deadtime result = {.orbits = 0};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_deadtime_simulate(rules, filling, rate, revolution, orbits, seed, threads,
                                        &result, &diag),
                  diag);
    return result;
}

// ---- filling schemes ----

static void fillings_are_as_written(void)
{
    struct l1t_filling f = filling_of("all", 0);
    L1T_ASSERT_INT(f.bunches, 3564);
    CU_ASSERT(is_filled(&f, 0) && is_filled(&f, 3563));
    f = filling_of("8b4e", 0);
    L1T_ASSERT_INT(f.bunches, 297 * 8);
    CU_ASSERT(is_filled(&f, 7) && !is_filled(&f, 8) && !is_filled(&f, 11) && is_filled(&f, 12));
    f = filling_of("48b7e x3 + 31e", 0); // 18 times 196 crossings, then 36
    L1T_ASSERT_INT(f.bunches, 18 * 144 + 36);
    CU_ASSERT(is_filled(&f, 157) && !is_filled(&f, 158) && !is_filled(&f, 195));
    CU_ASSERT(is_filled(&f, 196));
    const struct l1t_filling same = filling_of(" ( 48b 7e)x3+31e , gap 36 ", 0);
    L1T_ASSERT_INT(same.bunches, 18 * 144);
    CU_ASSERT(!is_filled(&same, 3528) && is_filled(&same, 3527 - 38));
    f = filling_of("all, gap 119", 0);
    L1T_ASSERT_INT(f.bunches, 3445);
    CU_ASSERT(is_filled(&f, 3444) && !is_filled(&f, 3445) && !is_filled(&f, 3563));
    // The first so many bunches, as they come.
    f = filling_of("48b7e x6 + 31e, gap 119", 2748);
    L1T_ASSERT_INT(f.bunches, 2748);
    CU_ASSERT(is_filled(&f, 9 * 361 + 3 * 55 + 11) && !is_filled(&f, 9 * 361 + 3 * 55 + 12));
    // Parentheses in one another, and what does not fit is dropped.
    f = filling_of("((2b1e x2 + 4e) x2 + 1b) x3000", 0);
    CU_ASSERT(is_filled(&f, 4) && !is_filled(&f, 5) && is_filled(&f, 10) && is_filled(&f, 20));
    CU_ASSERT(is_filled(&f, 21) && !is_filled(&f, 23));
    L1T_ASSERT_INT(filling_of("((((1b x3564) x3564) x3564) x3564) x3564", 0).bunches, 3564);
    L1T_ASSERT_INT(filling_of("12b + 3552e", 0).bunches, 12);
}

static void bad_fillings_say_what_is_expected(void)
{
    static const struct {
        const char *text;
        unsigned bunches;
        const char *says;
    } bad[] = {
        {"", 0, "ends where a train such as 48b7e should follow"},
        {"48", 0, "ends where b (bunches) or e (empty) should follow"},
        {"48x", 0, "character 3: 'x' is not b (bunches) or e (empty)"},
        {"trains", 0, "character 1: 'trains' is not a train such as 48b7e"},
        {"48b7e +", 0, "ends where a train such as 48b7e"},
        {"48b7e x", 0, "ends where how many times"},
        {"48b7e x0", 0, "'0' is not a number in 1..3564"},
        {"0b7e", 0, "'0b7e' is not a number in 1..3564"},
        {"99999999999999999999b", 0, "is not a number in 1..3564"},
        {"48b7e x3 31e", 0, "'31e' is not '+', 'x', 'gap' or the end"},
        {"(48b7e x3", 0, "ends where '+', 'x' or ')' should follow"},
        {"48b7e)", 0, "')' is not '+', 'x', 'gap' or the end"},
        {"((((((((((1b))))))))))", 0, "too many parentheses"},
        {"48b7e, gap", 0, "ends where the length of the gap"},
        {"48b7e, hole", 0, "'hole' is not 'gap'"},
        {"all x2", 0, "'x2' is not"},
        {"-1b", 0, "'-1b' is not a train"},
        {"100e", 0, "has no bunch"},
        {"all, gap 3564", 0, "has no bunch"},
        {"8b4e", 2748, "has 2376 bunches in an orbit of 3564 crossings; 2748 are asked for"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_filling filling;
        struct l1t_diag diag = {""};
        L1T_ASSERT_INT(l1t_filling_parse(bad[i].text, bad[i].bunches, &filling, &diag),
                       L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].says);
    }
    static char longer[100000];
    struct l1t_filling filling;
    struct l1t_diag diag = {""};
    memset(longer, '(', sizeof longer - 1);
    L1T_ASSERT_INT(l1t_filling_parse(longer, 0, &filling, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "longer than 4000 characters");
    longer[3000] = '\0';
    L1T_ASSERT_INT(l1t_filling_parse(longer, 0, &filling, &diag), L1T_E_INPUT);
}

// ---- rules as people write them ----

static void rules_are_read(void)
{
    struct l1t_trigger_rules rules = {.depth = 3, .service = 4};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_trigger_rules_parse("1/3,2/25, 3/100 ,4/240", &rules, &diag), diag);
    const struct l1t_trigger_rules *cms = &l1t_cms_trigger_rules;
    CU_ASSERT(rules.n == cms->n && memcmp(rules.rule, cms->rule, sizeof rules.rule) == 0);
    CU_ASSERT(rules.depth == 3 && rules.service == 4);
    L1T_ASSERT_OK(l1t_trigger_buffer_parse("64/556", &rules, &diag), diag);
    CU_ASSERT(rules.n == 4 && rules.depth == 64 && rules.service == 556);
    struct l1t_trigger_rules loaded;
    const char *path = l1t_test_write_text(
        "rules.yaml", "rules: [[1, 3], {accepts: 2, window: 25}, [3, 100], [4, 240]]\n"
                      "buffer: {depth: 8, service: 120}\n");
    L1T_ASSERT_OK(l1t_trigger_rules_load(path, &loaded, &diag), diag);
    CU_ASSERT(loaded.n == cms->n && memcmp(loaded.rule, cms->rule, 4 * sizeof *cms->rule) == 0);
    CU_ASSERT(loaded.depth == 8 && loaded.service == 120);
}

static void bad_rules_are_refused(void)
{
    static const char *const texts[] = {"",
                                        "1",
                                        "1/",
                                        "/3",
                                        "0/3",
                                        "1/0",
                                        "65/100",
                                        "1/3565",
                                        "1/3,",
                                        ",1/3",
                                        "1/3;2/25",
                                        "-1/3",
                                        "1/3/4",
                                        "a/b",
                                        "1 /3",
                                        "1e0/3",
                                        "99999999999999999999/3"};
    struct l1t_trigger_rules rules = {.n = 0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct l1t_diag diag = {""};
        L1T_CHECK(l1t_trigger_rules_parse(texts[i], &rules, &diag) == L1T_E_INPUT, "'%s' passed",
                  texts[i]);
        L1T_ASSERT_DIAG_CONTAINS(diag, "want accepts/window such as 3/100");
    }
    struct l1t_diag diag = {""};
    L1T_ASSERT_INT(l1t_trigger_rules_parse("1/3,1/3,1/3,1/3,1/3,1/3,1/3,1/3,1/3", &rules, &diag),
                   L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "more than 8");
    static const char *const buffers[] = {"", "8", "8/", "0/5", "65/5", "8/0", "8/5,", "64/557"};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        L1T_ASSERT_INT(l1t_trigger_buffer_parse(buffers[i], &rules, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, "want depth/service such as 8/120");
    }
    static const struct {
        const char *yaml, *says;
    } files[] = {
        {"rules: []\n", "bad.yaml:1:"},
        {"rules: [1, 3]\n", "bad.yaml:1:9: rules[0]: a trigger rule is written like [3, 100]"},
        {"rules: [[1, 3, 4]]\n", "written like [3, 100]"},
        {"rules: [[1, 3], [2, 4000]]\n", "rules[1][1]"},
        {"rules: [[0, 3]]\n", "rules[0][0]"},
        {"rules: [{accepts: 1}]\n", "window"},
        {"rules: [{accepts: 1, window: 3, colour: 5}]\n", "colour"},
        {"rules: [[1,3],[1,3],[1,3],[1,3],[1,3],[1,3],[1,3],[1,3],[1,3]]\n", "at most 8"},
        {"rulez: [[1, 3]]\n", "rulez"},
        {"rules: [[1, 3]]\nbuffer: {depth: 64, service: 3000}\n",
         "192000 crossings; at most 35640"},
        {"rules: [[1, 3]]\nbuffer: {depth: 0, service: 3000}\n", "depth"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *path = l1t_test_write_text("bad.yaml", files[i].yaml);
        L1T_ASSERT_INT(l1t_trigger_rules_load(path, &rules, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, files[i].says);
    }
}

// ---- requests ----

// Gaps between requests follow the geometric law: chi2 over 40 bins of equal probability, below 95
// (39 degrees of freedom; false alarm 1e-6). Orbit ends cut gaps, so one stream is made of orbits.
static void requests_are_geometric(void)
{
    enum { classes = 40, orbits = 20000 };
    const struct l1t_filling all = filling_of("all", 0);
    const double probability = 0.0025;
    static struct l1t_request_law law;
    l1t_request_law_make(&law, &all, probability, 5);
    uint16_t crossing[L1T_GT_ORBIT];
    double count[classes] = {0}, expected[classes] = {0}, n = 0, chi2 = 0;
    bool ascending = true;
    uint64_t last = 0;
    for (uint64_t orbit = 0; orbit < orbits; orbit++) {
        const size_t m = l1t_requests_of_orbit(&law, orbit, crossing);
        for (size_t i = 0; i < m; i++) {
            const uint64_t time = orbit * L1T_GT_ORBIT + crossing[i] + 1;
            const double above = pow(1 - probability, (double)(time - last - 1));
            count[(int)((1 - above) * classes)]++;
            ascending = ascending && (i == 0 || crossing[i] > crossing[i - 1]);
            last = time;
            n++;
        }
    }
    CU_ASSERT(ascending);
    for (unsigned g = 0; g < 12000; g++) // above: 1e-13 of them
        expected[(int)((1 - pow(1 - probability, g)) * classes)] +=
            n * probability * pow(1 - probability, g);
    for (int i = 0; i < classes; i++)
        chi2 += (count[i] - expected[i]) * (count[i] - expected[i]) / expected[i];
    L1T_CHECK(chi2 < 95, "chi2 %g", chi2);
    // and as many as there should be, within 5 standard deviations
    const double mean = probability * orbits * L1T_GT_ORBIT;
    L1T_CHECK(fabs(n - mean) < 5 * sqrt(mean), "%g requests, expected %g", n, mean);
}

static void requests_keep_to_filled_crossings(void)
{
    static const double probabilities[] = {1e-12, 1e-4, 0.03, 0.5, 0.97, 1};
    const struct l1t_filling trains = filling_of("8b4e", 2000);
    static struct l1t_request_law law;
    uint16_t crossing[L1T_GT_ORBIT];
    for (size_t k = 0; k < sizeof probabilities / sizeof probabilities[0]; k++) {
        double n = 0;
        bool good = true;
        l1t_request_law_make(&law, &trains, probabilities[k], 1);
        for (uint64_t orbit = 0; orbit < 500; orbit++) {
            const size_t m = l1t_requests_of_orbit(&law, orbit, crossing);
            for (size_t i = 0; i < m; i++)
                good = good && is_filled(&trains, crossing[i]);
            n += (double)m;
        }
        CU_ASSERT(good);
        // 5 standard deviations of a binomial; for p = 1 all of them
        const double mean = 500 * 2000 * probabilities[k];
        L1T_CHECK(fabs(n - mean) <= 5 * sqrt(mean * (1 - probabilities[k])) + (mean < 1 ? 1 : 0),
                  "p %g: %g requests, expected %g", probabilities[k], n, mean);
    }
}

// ---- the simulation ----

// The same, slowly: every crossing, every rule by counting accepts in its window.
struct plain {
    uint8_t accepted[(L1T_DEADTIME_STRETCH + L1T_DEADTIME_HISTORY) * L1T_GT_ORBIT];
    uint64_t read_out[400000]; // when an accept leaves the buffer
    size_t n;
};

static size_t refused_by(const struct plain *p, const struct l1t_trigger_rules *rules,
                         size_t n_rules, bool buffer, size_t time)
{
    for (size_t r = 0; r < n_rules; r++) {
        unsigned seen = 0;
        for (size_t back = 1; back < rules->rule[r].window && back <= time; back++)
            seen += p->accepted[time - back];
        if (seen >= rules->rule[r].accepts)
            return r;
    }
    unsigned waiting = 0;
    for (size_t i = p->n; buffer && i-- > 0 && p->read_out[i] > time;)
        waiting++;
    return buffer && waiting >= rules->depth ? n_rules : SIZE_MAX;
}

static void plain_run(struct plain *p, const struct l1t_trigger_rules *rules, size_t n_rules,
                      bool buffer, const struct l1t_request_law *law,
                      const struct l1t_filling *filling, uint64_t orbits,
                      struct l1t_deadtime *result)
{
    uint64_t dead = 0, dead_all = 0;
    *result = (struct l1t_deadtime){.orbits = orbits};
    for (uint64_t first = 0; first < orbits; first += L1T_DEADTIME_STRETCH) {
        memset(p, 0, sizeof *p);
        const uint64_t n =
            orbits - first < L1T_DEADTIME_STRETCH ? orbits - first : L1T_DEADTIME_STRETCH;
        for (uint64_t o = 0; o < n + L1T_DEADTIME_HISTORY; o++) {
            uint16_t request[L1T_GT_ORBIT];
            const size_t m = l1t_requests_of_orbit(law, first + o, request);
            for (size_t c = 0, i = 0; c < L1T_GT_ORBIT; c++) {
                const size_t time = o * L1T_GT_ORBIT + c;
                const size_t by = refused_by(p, rules, n_rules, buffer, time);
                const bool wanted = i < m && request[i] == c, counted = o >= L1T_DEADTIME_HISTORY;
                i += wanted;
                if (counted && by != SIZE_MAX) {
                    dead_all++;
                    dead += is_filled(filling, c);
                }
                if (!wanted)
                    continue;
                result->requests += counted;
                if (by != SIZE_MAX) {
                    result->lost[by] += counted;
                    continue;
                }
                result->accepts += counted;
                p->accepted[time] = 1;
                const uint64_t busy = p->n > 0 ? p->read_out[p->n - 1] : 0;
                p->read_out[p->n++] = (busy > time ? busy : time) + rules->service;
            }
        }
    }
    result->dead = (double)dead / ((double)orbits * filling->bunches);
    result->dead_all = (double)dead_all / ((double)orbits * L1T_GT_ORBIT);
}

static void compare_with_plain(const struct l1t_trigger_rules *rules, const char *scheme,
                               double share, uint64_t orbits, uint64_t seed)
{
    static struct plain plain;
    static struct l1t_request_law law;
    const struct l1t_filling filling = filling_of(scheme, 0);
    const double rate = share * revolution * filling.bunches;
    const struct l1t_deadtime fast = simulate(rules, &filling, rate, orbits, seed, 2);
    struct l1t_deadtime slow;
    l1t_request_law_make(&law, &filling, rate / (revolution * filling.bunches), seed);
    plain_run(&plain, rules, rules->n, rules->depth > 0, &law, &filling, orbits, &slow);
    L1T_ASSERT_INT(fast.requests, slow.requests);
    L1T_ASSERT_INT(fast.accepts, slow.accepts);
    for (size_t i = 0; i <= L1T_RULES_MAX; i++)
        L1T_ASSERT_INT(fast.lost[i], slow.lost[i]);
    CU_ASSERT(fast.dead == slow.dead && fast.dead_all == slow.dead_all);
    for (size_t k = 0; k <= rules->n; k++) {
        plain_run(&plain, rules, k, false, &law, &filling, orbits, &slow);
        L1T_ASSERT_INT(fast.lost_alone[k], slow.requests - slow.accepts);
    }
}

static void the_simulation_is_the_plain_one(void)
{
    static const struct l1t_trigger_rules buffer = {
        .n = 2, .rule = {{1, 3}, {2, 25}}, .depth = 3, .service = 400};
    static const struct l1t_trigger_rules only_buffer = {.depth = 2, .service = 700};
    static const struct l1t_trigger_rules odd = {.n = 3, .rule = {{3, 3564}, {1, 1}, {64, 64}}};
    static const struct l1t_trigger_rules none = {.n = 0};
    compare_with_plain(&l1t_cms_trigger_rules, "48b7e x3 + 31e, gap 119", 0.0035, 60, 1);
    compare_with_plain(&l1t_cms_trigger_rules, "8b4e", 0.1, 20, 2);
    compare_with_plain(&l1t_cms_trigger_rules, "all", 1, 3, 3);
    compare_with_plain(&buffer, "8b4e", 0.01, 60, 4);
    compare_with_plain(&only_buffer, "all", 0.004, 40, 5);
    compare_with_plain(&odd, "12b + 500e", 0.2, 20, 6);
    compare_with_plain(&none, "8b4e", 0.01, 20, 7);
    // Past the end of a stretch
    static const struct l1t_trigger_rules one = {.n = 1, .rule = {{1, 3}}};
    compare_with_plain(&one, "40b3500e", 0.3, L1T_DEADTIME_STRETCH + 7, 8);
}

// A request in every crossing: 0, 3, 25, 100 and again from 240 on.
static void full_demand_is_known(void)
{
    const struct l1t_filling all = filling_of("all", 0);
    const uint64_t orbits = 20; // 71280 crossings are 297 periods
    const struct l1t_deadtime r =
        simulate(&l1t_cms_trigger_rules, &all, revolution * 3564, orbits, 1, 1);
    L1T_ASSERT_INT(r.requests, orbits * 3564);
    // The history is 148.5 periods: the four accepts of the last one are in its first half.
    L1T_ASSERT_INT(r.accepts, 4 * 297);
    L1T_ASSERT_NEAR(r.dead, 1 - 4.0 / 240, 1e-12);
    L1T_ASSERT_NEAR(r.accepted_hz, revolution * 3564 * 4 / 240, 1e-12);
}

// One accept in w crossings loses (w - 1) p / (1 + (w - 1) p): every accept is followed by w - 1
// dead crossings, and the next one comes 1 / p after those. 5 standard deviations.
static void one_rule_has_a_closed_form(void)
{
    static const unsigned windows[] = {3, 25, 240};
    const struct l1t_filling all = filling_of("all", 0);
    for (size_t i = 0; i < 3; i++) {
        const struct l1t_trigger_rules rules = {.n = 1, .rule = {{1, windows[i]}}};
        const double rate = 100e3, dead = (windows[i] - 1) * rate / (revolution * 3564);
        const struct l1t_deadtime r = simulate(&rules, &all, rate, 20000, 7, 2);
        const double expected = dead / (1 + dead);
        L1T_CHECK(fabs(r.loss - expected) < 5 * r.loss_err, "window %u: %g +- %g, expected %g",
                  windows[i], r.loss, r.loss_err, expected);
        L1T_CHECK(fabs(r.dead - expected) < 5 * r.loss_err, "dead %g, expected %g", r.dead,
                  expected);
    }
}

// Erlang's formula for a buffer of one without rules: the same as one accept in `service`.
static void a_buffer_of_one_is_a_rule(void)
{
    const struct l1t_filling trains = filling_of("48b7e", 0);
    const struct l1t_trigger_rules buffer = {.depth = 1, .service = 50};
    const struct l1t_trigger_rules rule = {.n = 1, .rule = {{1, 50}}};
    const struct l1t_deadtime a = simulate(&buffer, &trains, 200e3, 3000, 1, 2);
    const struct l1t_deadtime b = simulate(&rule, &trains, 200e3, 3000, 1, 2);
    CU_ASSERT(a.accepts == b.accepts && a.lost[0] == b.lost[0] && a.dead == b.dead);
    // Deeper buffers lose less.
    uint64_t before = a.lost[0];
    for (unsigned depth = 2; depth < 6; depth++) {
        const struct l1t_trigger_rules deep = {.depth = depth, .service = 50};
        const struct l1t_deadtime d = simulate(&deep, &trains, 200e3, 3000, 1, 2);
        CU_ASSERT(d.lost[0] < before);
        before = d.lost[0];
    }
}

// Losses of CMS Note 2002/033 at 100 kHz as simulated by others, within 0.02 % absolute. 600 000
// orbits: a statistical error of 0.005 %.
static void published_losses_are_reproduced(void)
{
    static const struct {
        const char *scheme;
        unsigned bunches;
        double rate, percent[5]; // [1..4]; 0: not published
    } known[] = {
        {"all", 0, 100e3, {0, 0.500, 0.607, 0.733, 0.905}},
        {"48b7e x6 + 31e, gap 119", 2748, 100e3, {0, 0.63, 0.75, 0.89, 1.07}},
        {"48b7e x6 + 31e, gap 119", 2748, 110e3, {0, 0, 0, 0, 1.26}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct l1t_filling filling = filling_of(known[i].scheme, known[i].bunches);
        const struct l1t_deadtime r =
            simulate(&l1t_cms_trigger_rules, &filling, known[i].rate, 600000, 1, 2);
        uint64_t lost = 0;
        for (size_t k = 1; k <= 4; k++) {
            const double percent = 100 * (double)r.lost_alone[k] / (double)r.requests;
            lost += r.lost[k - 1];
            L1T_CHECK(known[i].percent[k] == 0 || fabs(percent - known[i].percent[k]) < 0.02,
                      "%s: rules 1-%zu lose %.4f %%, published %.3f %%", known[i].scheme, k,
                      percent, known[i].percent[k]);
        }
        CU_ASSERT(lost == r.lost_alone[4] && r.lost_alone[4] == r.requests - r.accepts);
        L1T_ASSERT_NEAR(r.accepted_hz, known[i].rate * (1 - r.loss), 1e-14);
        CU_ASSERT(r.loss_err < 6e-5);
    }
}

// The stated error is the spread of independent runs, here with most requests lost: 60 of them,
// chi2 within 25..110 (false alarm 1e-4).
static void the_error_is_the_spread(void)
{
    enum { runs = 60 };
    const struct l1t_filling all = filling_of("all", 0);
    double loss[runs], mean = 0, chi2 = 0, err = 0;
    for (unsigned i = 0; i < runs; i++) {
        const struct l1t_deadtime r = simulate(&l1t_cms_trigger_rules, &all, 1e6, 100, i, 2);
        loss[i] = r.loss;
        mean += r.loss / runs;
        err += r.loss_err / runs;
    }
    for (unsigned i = 0; i < runs; i++)
        chi2 += (loss[i] - mean) * (loss[i] - mean) / (err * err);
    L1T_CHECK(chi2 > 25 && chi2 < 110, "chi2 %g", chi2);
}

static void threads_do_not_matter(void)
{
    const struct l1t_filling trains = filling_of("48b7e x3 + 31e", 0);
    struct l1t_trigger_rules rules = l1t_cms_trigger_rules;
    rules.depth = 8, rules.service = 120;
    for (uint64_t orbits = 1; orbits < 10000; orbits = 3 * orbits + 1) {
        const struct l1t_deadtime one = simulate(&rules, &trains, 100e3, orbits, 3, 1);
        const struct l1t_deadtime two = simulate(&rules, &trains, 100e3, orbits, 3, 2);
        const struct l1t_deadtime seven = simulate(&rules, &trains, 100e3, orbits, 3, 7);
        CU_ASSERT(memcmp(&one, &two, sizeof one) == 0 && memcmp(&one, &seven, sizeof one) == 0);
    }
    const struct l1t_deadtime a = simulate(&rules, &trains, 100e3, 1000, 3, 1);
    const struct l1t_deadtime b = simulate(&rules, &trains, 100e3, 1000, 4, 1);
    CU_ASSERT(a.requests != b.requests || a.accepts != b.accepts);
}

static void bad_demands_are_refused(void)
{
    const struct l1t_filling all = filling_of("all", 0), empty = {.bunches = 0};
    const struct l1t_trigger_rules wide = {.n = 1, .rule = {{1, 3565}}};
    const struct l1t_trigger_rules zero = {.n = 1, .rule = {{0, 3}}};
    const struct l1t_trigger_rules many = {.n = 9};
    const struct l1t_trigger_rules slow = {.depth = 20, .service = 2000};
    const struct l1t_trigger_rules idle = {.depth = 20};
    const struct {
        const struct l1t_trigger_rules *rules;
        const struct l1t_filling *filling;
        double rate, revolution;
        uint64_t orbits;
        const char *says;
    } bad[] = {
        {&l1t_cms_trigger_rules, &all, 0, revolution, 1, "want more than 0"},
        {&l1t_cms_trigger_rules, &all, -5, revolution, 1, "want more than 0"},
        {&l1t_cms_trigger_rules, &all, NAN, revolution, 1, "want more than 0"},
        {&l1t_cms_trigger_rules, &all, 41e6, revolution, 1, "at most one request a filled"},
        {&l1t_cms_trigger_rules, &empty, 1e5, revolution, 1, "no filled crossing"},
        {&l1t_cms_trigger_rules, &all, 1e5, 0, 1, "revolution frequency 0 Hz"},
        {&l1t_cms_trigger_rules, &all, 1e5, revolution, 0, "0 orbits"},
        {&wide, &all, 1e5, revolution, 1, "rule 1: 1 in 3565"},
        {&zero, &all, 1e5, revolution, 1, "rule 1: 0 in 3"},
        {&many, &all, 1e5, revolution, 1, "9 trigger rules; at most 8"},
        {&slow, &all, 1e5, revolution, 1, "depth 20 and service 2000"},
        {&idle, &all, 1e5, revolution, 1, "depth 20 and service 0"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_deadtime result;
        struct l1t_diag diag = {""};
        L1T_ASSERT_INT(l1t_deadtime_simulate(bad[i].rules, bad[i].filling, bad[i].rate,
                                             bad[i].revolution, bad[i].orbits, 1, 1, &result,
                                             &diag),
                       L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].says);
    }
    // So little that nothing is requested: no loss is claimed.
    const struct l1t_deadtime r = simulate(&l1t_cms_trigger_rules, &all, 1e-3, 10, 1, 1);
    CU_ASSERT(r.requests == 0 && isnan(r.loss) && isnan(r.loss_err) && r.dead == 0);
}

L1T_TEST_MAIN("dead time", {"fillings are as written", fillings_are_as_written},
              {"bad fillings say what is expected", bad_fillings_say_what_is_expected},
              {"rules are read", rules_are_read}, {"bad rules are refused", bad_rules_are_refused},
              {"requests are geometric", requests_are_geometric},
              {"requests keep to filled crossings", requests_keep_to_filled_crossings},
              {"the simulation is the plain one", the_simulation_is_the_plain_one},
              {"full demand is known", full_demand_is_known},
              {"one rule has a closed form", one_rule_has_a_closed_form},
              {"a buffer of one is a rule", a_buffer_of_one_is_a_rule},
              {"published losses are reproduced", published_losses_are_reproduced},
              {"the error is the spread", the_error_is_the_spread},
              {"threads do not matter", threads_do_not_matter},
              {"bad demands are refused", bad_demands_are_refused})
