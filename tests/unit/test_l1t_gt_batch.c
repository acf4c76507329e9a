// SPDX-License-Identifier: GPL-3.0-or-later
// The batch engine against the interpreter on random menus and random crossings. A difference names
// the menu, the algorithm and the crossing; GT_MENU=number runs that menu alone.
#include "gt_random.h"
#include "l1t/gt_engine.h"
#include "l1t_test.h"

enum {
    SEED = 20,
    N = L1T_GT_BATCH,
#ifdef __SANITIZE_ADDRESS__
    MENUS = 150
#else
    MENUS = 2200
#endif
};

static struct gt_random_menu menu;
static struct l1t_gt_words words[3 * L1T_GT_ORBIT];
static struct l1t_gt_event event[3 * L1T_GT_ORBIT];
static uint64_t expected[3 * L1T_GT_ORBIT][L1T_GT_WORDS], found[3 * L1T_GT_ORBIT][L1T_GT_WORDS];
static uint64_t mask[L1T_GT_ALGORITHMS * 168];

// ---- the interpreter on a run of crossings ----

static const struct l1t_gt_event *at(const struct l1t_gt_crossings *c, size_t i, int bx,
                                     struct l1t_gt_event *absent)
{
    const size_t first = c->orbit == 0 ? 0 : i / c->orbit * c->orbit;
    const size_t end = c->orbit == 0 || c->n - first < c->orbit ? c->n : first + c->orbit;
    const long n = (long)(end - first), k = (long)(i - first) + bx;
    if (bx == 0 || (!c->independent && c->orbit != 0))
        return &event[first + (size_t)((k + 2 * n) % n)];
    memset(absent, 0, sizeof *absent);
    if (!c->independent)
        return k >= 0 && k < n ? &event[first + (size_t)k] : absent;
    memcpy(absent->external, event[i].external, sizeof absent->external);
    absent->signal = event[i].signal;
    return absent;
}

static void interpret(const struct l1t_gt_code *code, const struct l1t_gt_crossings *c)
{
    struct l1t_gt_event absent[5];
    for (size_t i = 0; i < c->n; i++) {
        struct l1t_gt_around around;
        for (int bx = -2; bx <= 2; bx++)
            around.event[2 + bx] = at(c, i, bx, &absent[2 + bx]);
        l1t_gt_decide(code, &around, expected[i]);
    }
}

static bool run(const struct l1t_gt_code *code, unsigned threads, const struct l1t_gt_crossings *c,
                const struct l1t_gt_decisions *d)
{
    struct l1t_gt_engine *engine;
    struct l1t_diag diag = {""};
    const enum l1t_err err = l1t_gt_engine_open(code, threads, &engine, &diag);
    L1T_ASSERT_OK(err, diag);
    if (err == L1T_OK)
        l1t_gt_engine_run(engine, c, d);
    l1t_gt_engine_close(engine);
    return err == L1T_OK;
}

// ---- differences ----

static const char *kind_of(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *a)
{
    static const char *const names[] = {"comb", "pair", "triple", "external", "signal", "none"};
    static char text[120];
    if (a->n_nodes > 1)
        return "expression";
    const struct l1t_gt_condition *c = &code->condition[code->node[a->first_node].condition];
    (void)snprintf(text, sizeof text, "%s of %u, cuts 0x%x, overlap %u with 0x%x", names[c->kind],
                   c->n_legs, c->cuts.which, c->overlap, c->overlap_cuts.which);
    return text;
}

// The first crossing where an algorithm differs, or n.
static size_t first_difference(const struct l1t_gt_code *code, size_t n,
                               const struct l1t_gt_algorithm **algorithm)
{
    for (size_t a = 0; a < code->n_algorithms; a++) {
        const unsigned bit = code->algorithm[a].bit;
        *algorithm = &code->algorithm[a];
        for (size_t i = 0; i < n; i++)
            if (((expected[i][bit / 64] ^ found[i][bit / 64]) >> bit % 64 & 1) != 0)
                return i;
    }
    return n;
}

static bool compare(uint64_t number, const struct l1t_gt_code *code, size_t n)
{
    const struct l1t_gt_algorithm *a = NULL;
    if (memcmp(expected, found, n * sizeof *found) == 0)
        return true;
    const size_t i = first_difference(code, n, &a);
    L1T_CHECK(i == n, "seed %d, menu %llu, algorithm %zu (bit %u, %s), crossing %zu: batch differs",
              SEED, (unsigned long long)number, (size_t)(a - code->algorithm), a->bit,
              kind_of(code, a), i);
    L1T_CHECK(i < n, "menu %llu: bits of no algorithm differ", (unsigned long long)number);
    return false;
}

// ---- tests ----

static struct l1t_gt_crossings crossings_of(uint64_t number)
{
    gt_random_crossings(SEED, number, N, words);
    for (size_t i = 0; i < N; i++)
        l1t_gt_decode(&words[i], &event[i]);
    return (struct l1t_gt_crossings){
        .words = number % 4 == 0 ? NULL : words,
        .events = number % 4 == 0 ? event : NULL,
        .n = number % 11 == 0 ? 1 + (size_t)(number * 7919 % N) : N,
        .orbit = number % 5 < 3 ? N : 0,
        .independent = number % 5 == 4,
    };
}

static void equals_interpreter(void)
{
    const char *only = getenv("GT_MENU");
    const uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 0;
    const uint64_t end = only != NULL ? first + 1 : MENUS;
    uint64_t fired = 0, asked = 0;
    for (uint64_t m = first; m < end; m++) {
        gt_random_menu(SEED, m, &menu);
        const struct l1t_gt_crossings c = crossings_of(m);
        interpret(&menu.code, &c);
        if (!run(&menu.code, 1, &c, &(struct l1t_gt_decisions){.bits = found}) ||
            !compare(m, &menu.code, c.n))
            return;
        for (size_t i = 0; i < c.n; i++)
            for (unsigned w = 0; w < L1T_GT_WORDS; w++)
                fired += (unsigned)__builtin_popcountll(found[i][w]);
        asked += c.n * menu.code.n_algorithms;
    }
    printf("(%.0f %% of bits set) ", 100.0 * (double)fired / (double)asked);
    L1T_CHECK(only != NULL || (fired > asked / 20 && fired < asked / 2),
              "bits say little: %.3f set", (double)fired / (double)asked);
}

// Threads, forms of output, rings that are no multiple of anything.
static void same_for_any_threads(void)
{
    const size_t orbits[] = {L1T_GT_ORBIT, 0, 700, 64, 3};
    for (uint64_t m = 0; m < 5; m++) {
        const size_t n = 2 * L1T_GT_ORBIT + 5;
        uint64_t count[L1T_GT_ALGORITHMS];
        const size_t mask_words = 168;
        gt_random_menu(SEED, 7000 + m, &menu);
        gt_random_crossings(SEED, 7000 + m, n, words);
        for (size_t i = 0; i < n; i++)
            l1t_gt_decode(&words[i], &event[i]);
        const struct l1t_gt_crossings c = {.words = words, .n = n, .orbit = orbits[m]};
        interpret(&menu.code, &c);
        for (unsigned threads = 1; threads <= 5; threads += 2) {
            memset(found, 0xff, sizeof found);
            memset(mask, 0xff, sizeof mask);
            if (!run(&menu.code, threads, &c,
                     &(struct l1t_gt_decisions){count, found, mask, mask_words}) ||
                !compare(7000 + m, &menu.code, n))
                return;
            for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++) {
                uint64_t ones = 0;
                size_t wrong = 0;
                for (size_t i = 0; i < 64 * mask_words; i++) {
                    const uint64_t bit = mask[b * mask_words + i / 64] >> i % 64 & 1;
                    ones += bit;
                    wrong += bit != (i < n ? expected[i][b / 64] >> b % 64 & 1 : 0);
                }
                L1T_CHECK(wrong == 0, "menu %llu, bit %u: %zu wrong in its mask",
                          (unsigned long long)m, b, wrong);
                L1T_CHECK(ones == count[b], "menu %llu, bit %u: count %llu, mask has %llu",
                          (unsigned long long)m, b, (unsigned long long)count[b],
                          (unsigned long long)ones);
            }
        }
    }
}

// ---- can it fail? the engine is given a menu with one fault, the interpreter the right one ----

// Each changes one thing of the kind it is named after, or says that the menu has none.
static bool fault_threshold(struct gt_random_menu *m)
{
    m->leg[0].threshold++;
    return m->code.n_legs > 0;
}

static bool fault_equal(struct gt_random_menu *m)
{
    m->leg[0].equal = !m->leg[0].equal;
    return m->code.n_legs > 0;
}

static bool fault_eta(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_legs; i++)
        if (m->leg[i].n_eta == 1) {
            m->leg[i].eta[0].high++;
            return true;
        }
    return false;
}

static bool fault_quality(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_legs; i++)
        if (m->leg[i].quality_mask == 0xfff0) {
            m->leg[i].quality_mask = 0xff00;
            return true;
        }
    return false;
}

static bool fault_slice(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_legs; i++)
        if (m->leg[i].slice_first > 0) {
            m->leg[i].slice_first--;
            return true;
        }
    return false;
}

static bool fault_offset(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_conditions; i++)
        if (m->condition[i].kind == L1T_GT_EXTERNAL) {
            m->condition[i].bx = (int8_t)(m->condition[i].bx == 2 ? 1 : 2);
            return true;
        }
    return false;
}

static bool fault_channel(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_conditions; i++)
        if (m->condition[i].kind == L1T_GT_SIGNAL) {
            m->condition[i].channel ^= 1;
            return true;
        }
    return false;
}

static struct l1t_gt_condition *with_cut(struct gt_random_menu *m, uint32_t which)
{
    for (size_t i = 0; i < m->code.n_conditions; i++)
        if ((m->condition[i].cuts.which & which) != 0)
            return &m->condition[i];
    return NULL;
}

static bool fault_distance(struct gt_random_menu *m)
{
    struct l1t_gt_condition *c = with_cut(m, L1T_GT_CUT_DETA);
    if (c != NULL)
        c->cuts.deta.low++;
    return c != NULL;
}

static bool fault_dr2(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_conditions; i++) {
        m->condition[i].cuts.dr2.low++;
        m->condition[i].cuts.dr2.high--;
    }
    return with_cut(m, L1T_GT_CUT_DR) != NULL;
}

static bool fault_mass(struct gt_random_menu *m)
{
    struct l1t_gt_condition *c = with_cut(m, L1T_GT_CUT_MASS);
    if (c != NULL)
        c->cuts.mass.low += c->cuts.mass.low / 8 + 1;
    return c != NULL;
}

static bool fault_ratio(struct gt_random_menu *m)
{
    struct l1t_gt_condition *c = with_cut(m, L1T_GT_CUT_MASS_DR);
    if (c != NULL)
        c->cuts.mass_dr_low[1] ^= 1; // beyond 64 bits
    return c != NULL;
}

static bool fault_pair_pt(struct gt_random_menu *m)
{
    struct l1t_gt_condition *c = with_cut(m, L1T_GT_CUT_TBPT);
    if (c != NULL)
        c->cuts.tbpt2_low *= 2;
    return c != NULL;
}

static bool fault_sign(struct gt_random_menu *m)
{
    const uint32_t both = L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN;
    struct l1t_gt_condition *c = with_cut(m, both);
    if (c != NULL)
        c->cuts.which ^= both;
    return c != NULL;
}

static bool fault_overlap(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_conditions; i++)
        if (m->condition[i].overlap != L1T_GT_OVERLAP_NONE) {
            m->condition[i].overlap ^= L1T_GT_OVERLAP_EXISTS ^ L1T_GT_OVERLAP_ALL;
            return true;
        }
    return false;
}

static bool fault_distinct(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_conditions; i++) {
        struct l1t_gt_condition *c = &m->condition[i];
        if (c->kind == L1T_GT_COMB && c->overlap == L1T_GT_OVERLAP_NONE && c->cuts.which == 0 &&
            c->n_legs > 1 && c->leg[c->n_legs - 1] == c->leg[c->n_legs - 2]) {
            c->n_legs--; // as if one object could serve two legs
            return true;
        }
    }
    return false;
}

static bool fault_operator(struct gt_random_menu *m)
{
    for (size_t i = 0; i < m->code.n_nodes; i++)
        if (m->node[i].op == L1T_GT_OP_AND) {
            m->node[i].op = L1T_GT_OP_OR;
            return true;
        }
    return false;
}

static void finds_faults(void)
{
    static const struct {
        const char *name;
        bool (*make)(struct gt_random_menu *m);
    } faults[] = {
        {"threshold", fault_threshold}, {"equal", fault_equal},       {"eta window", fault_eta},
        {"quality", fault_quality},     {"slice", fault_slice},       {"offset", fault_offset},
        {"channel", fault_channel},     {"distance", fault_distance}, {"deltaR", fault_dr2},
        {"mass", fault_mass},           {"mass ratio", fault_ratio},  {"pair pt", fault_pair_pt},
        {"sign", fault_sign},           {"overlap", fault_overlap},   {"distinct", fault_distinct},
        {"operator", fault_operator},
    };
    static struct gt_random_menu faulty;
    const struct l1t_gt_algorithm *a;
    bool found_in[sizeof faults / sizeof *faults] = {false};
    size_t left = sizeof faults / sizeof *faults;
    for (uint64_t m = 0; m < 700 && left > 0; m++) {
        gt_random_menu(SEED, m, &menu);
        const struct l1t_gt_crossings c = crossings_of(m);
        interpret(&menu.code, &c);
        for (size_t f = 0; f < sizeof faults / sizeof *faults; f++) {
            gt_random_menu(SEED, m, &faulty);
            if (found_in[f] || !faults[f].make(&faulty))
                continue;
            if (!run(&faulty.code, 1, &c, &(struct l1t_gt_decisions){.bits = found}))
                return;
            found_in[f] = first_difference(&menu.code, c.n, &a) < c.n;
            left -= found_in[f];
        }
    }
    for (size_t f = 0; f < sizeof faults / sizeof *faults; f++)
        L1T_CHECK(found_in[f], "fault \"%s\" was not seen in 700 menus", faults[f].name);
}

L1T_TEST_MAIN("l1t_gt_batch", {"equals the interpreter on random menus", equals_interpreter},
              {"gives the same for any number of threads", same_for_any_threads},
              {"finds faults put into the engine's menu", finds_faults})
