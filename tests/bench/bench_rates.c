// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the accounting, on random decided crossings of several densities, and of the whole chain
// from crossings with few objects to rates. Nothing is claimed unless the plain version gives
// the same. An argument: crossings of the chain; 10 million without.
#include "bench.h"

#include "gt_draws.h"
#include "l1t/gt_engine.h"
#include "l1t/gt_menu.h"
#include "l1t/sample.h"
#include "l1t_test.h"
#include "rate/tally_internal.h"
#include "shards.h"
#include "tally_random.h"

enum { ROUNDS = 11, BLOCKS = 8, BLOCK = L1T_SAMPLE_BLOCK };

static struct l1t_decided *block[BLOCKS];
static uint64_t before[BLOCKS + 1][L1T_GT_ALGORITHMS];

static void make_blocks(double fired)
{
    for (size_t i = 0; i < BLOCKS; i++)
        block[i] = tally_random_block(7, i * BLOCK, BLOCK, fired, TALLY_UNWEIGHTED);
}

static void free_blocks(void)
{
    for (size_t i = 0; i < BLOCKS; i++)
        tally_random_block_free(block[i]);
}

// Prescales of a column of a menu: one half 1, three tenths off, the others 2 .. 1000.
static void draw_prescales(struct l1t_tally_spec *spec, size_t n_columns)
{
    struct gt_draws d = {.seed = 1, .number = 5};
    spec->n_columns = n_columns;
    for (size_t c = 0; c < n_columns; c++)
        for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
            spec->factor[c][b] = gt_chance(&d, 50)   ? 100
                                 : gt_chance(&d, 60) ? 0
                                                     : 200 + gt_below(&d, 99801);
}

static void all_bits(struct l1t_tally_spec *spec, size_t n, size_t n_columns)
{
    memset(spec, 0, sizeof *spec);
    memset(spec->finor, 0xff, sizeof spec->finor);
    for (; spec->n_algorithms < n; spec->n_algorithms++)
        spec->bit[spec->n_algorithms] = (uint16_t)spec->n_algorithms;
    spec->overlap = true;
    draw_prescales(spec, n_columns);
}

static struct l1t_tally *new_tally(const struct l1t_tally_spec *spec)
{
    struct l1t_tally *tally = NULL;
    struct l1t_diag diag;
    if (l1t_tally_open(spec, 1, &tally, &diag) != L1T_OK) {
        fprintf(stderr, "bench_rates: %s\n", diag.text);
        exit(1);
    }
    return tally;
}

// ---- totals ----

static void test_every_bit(const struct l1t_tally_spec *spec, uint64_t *count)
{
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t e = 0; e < block[i]->n_fired; e++)
            for (size_t k = 0; k < spec->n_algorithms; k++) {
                const unsigned b = spec->bit[k];
                if ((block[i]->bits[e][b / 64] >> b % 64 & 1) != 0)
                    count[b]++;
            }
}

// As numpy does it: bits to bytes, then sums of columns.
static void unpack_every_bit(uint64_t *count)
{
    static uint8_t byte[BLOCK][L1T_GT_ALGORITHMS];
    for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t e = 0; e < block[i]->n_fired; e++)
            for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
                byte[e][b] = block[i]->bits[e][b / 64] >> b % 64 & 1;
        for (size_t e = 0; e < block[i]->n_fired; e++)
            for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
                count[b] += byte[e][b];
    }
}

static int bench_totals(const struct l1t_tally_spec *spec, double fired)
{
    double own[ROUNDS], bits[ROUNDS], unpacked[ROUNDS], to_bits[ROUNDS], to_unpacked[ROUNDS];
    struct l1t_tally *tally = new_tally(spec);
    size_t n = 0;
    for (size_t i = 0; i < BLOCKS; i++)
        n += block[i]->n_fired;
    for (size_t r = 0; r < ROUNDS; r++) {
        uint64_t count[3][L1T_GT_ALGORITHMS] = {{0}};
        const double t0 = cpu_seconds();
        for (int k = 0; k < 20; k++)
            for (size_t i = 0; i < BLOCKS; i++)
                l1t_tally_requests(tally, block[i], count[0]);
        const double t1 = cpu_seconds();
        test_every_bit(spec, count[1]);
        const double t2 = cpu_seconds();
        unpack_every_bit(count[2]);
        const double t3 = cpu_seconds();
        for (size_t k = 0; k < spec->n_algorithms; k++)
            if (count[0][k] != 20 * count[1][k] || count[1][k] != count[2][k]) {
                fprintf(stderr, "bench_rates: totals differ\n");
                return 1;
            }
        own[r] = 1e9 * (t1 - t0) / (20 * (double)n);
        bits[r] = 1e9 * (t2 - t1) / (double)n;
        unpacked[r] = 1e9 * (t3 - t2) / (double)n;
        to_bits[r] = bits[r] / own[r];
        to_unpacked[r] = unpacked[r] / own[r];
    }
    printf("totals of %zu algorithms, %.1f fire\n", spec->n_algorithms, fired);
    (void)bench_print("  positional counts", own, ROUNDS, "ns");
    (void)bench_print("  a test for every bit", bits, ROUNDS, "ns");
    (void)bench_print("  ratio", to_bits, ROUNDS, "");
    (void)bench_print("  unpacked to bytes", unpacked, ROUNDS, "ns");
    (void)bench_print("  ratio", to_unpacked, ROUNDS, "");
    l1t_tally_close(tally);
    return 0;
}

// ---- pairs ----

static void pair_loop(const struct tally_plan *plan, uint32_t *pair)
{
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t e = 0; e < block[i]->n_fired; e++) {
            size_t index[L1T_GT_ALGORITHMS], n = 0;
            for (unsigned w = 0; w < L1T_GT_WORDS; w++)
                for (uint64_t left = block[i]->bits[e][w]; left != 0; left &= left - 1)
                    index[n++] = plan->index[64 * w + (unsigned)__builtin_ctzll(left)];
            for (size_t a = 0; a < n; a++)
                for (size_t b = a + 1; b < n; b++)
                    pair[index[a] * plan->n + index[b]]++;
        }
}

static int bench_pairs(const struct l1t_tally_spec *spec, double fired)
{
    double masks[ROUNDS], loop[ROUNDS], ratio[ROUNDS];
    struct tally_plan plan;
    struct l1t_diag diag;
    const size_t n = spec->n_algorithms;
    uint32_t *pair[2] = {calloc(n * n, sizeof *pair[0]), calloc(n * n, sizeof *pair[1])};
    uint64_t *mask = aligned_alloc(64, (size_t)L1T_GT_ALGORITHMS * BLOCK / 8);
    if (pair[0] == NULL || pair[1] == NULL || mask == NULL ||
        l1t_tally_plan_make(spec, 1, &plan, &diag) != L1T_OK)
        return 1;
    for (size_t r = 0; r < ROUNDS; r++) {
        const double t0 = cpu_seconds();
        for (size_t i = 0; i < BLOCKS; i++)
            l1t_tally_pairs(&plan, (const uint64_t(*)[L1T_GT_WORDS])block[i]->bits,
                            block[i]->n_fired, mask, pair[0]);
        const double t1 = cpu_seconds();
        pair_loop(&plan, pair[1]);
        const double t2 = cpu_seconds();
        masks[r] = 1e9 * (t1 - t0) / (BLOCKS * BLOCK);
        loop[r] = 1e9 * (t2 - t1) / (BLOCKS * BLOCK);
        ratio[r] = loop[r] / masks[r];
    }
    if (memcmp(pair[0], pair[1], n * n * sizeof *pair[0]) != 0) {
        fprintf(stderr, "bench_rates: pairs differ\n");
        return 1;
    }
    printf("pairs of %zu algorithms, %.1f fire\n", n, fired);
    (void)bench_print("  masks", masks, ROUNDS, "ns a crossing");
    (void)bench_print("  loop over pairs", loop, ROUNDS, "ns a crossing");
    (void)bench_print("  ratio", ratio, ROUNDS, "");
    l1t_tally_plan_free(&plan);
    free(pair[0]);
    free(pair[1]);
    free(mask);
    return 0;
}

// ---- all of it ----

static void bench_accounting(const struct l1t_tally_spec *spec, double fired)
{
    double ns[ROUNDS];
    char name[80];
    size_t size;
    for (size_t r = 0; r < ROUNDS; r++) {
        struct l1t_tally *tally = new_tally(spec);
        memset(before, 0, sizeof before);
        const double start = cpu_seconds();
        for (size_t i = 0; i < BLOCKS; i++) {
            memcpy(before[i + 1], before[i], sizeof before[i]);
            l1t_tally_requests(tally, block[i], before[i + 1]);
            l1t_tally_add(tally, block[i], before[i]);
        }
        (void)l1t_tally_bytes(tally, &size);
        ns[r] = 1e9 * (cpu_seconds() - start) / (BLOCKS * BLOCK);
        l1t_tally_close(tally);
    }
    (void)snprintf(name, sizeof name, "  %.1f fire, %zu column%s", fired, spec->n_columns,
                   spec->n_columns > 1 ? "s" : "");
    (void)bench_print(name, ns, ROUNDS, "ns a crossing");
}

static double mean_fired(void)
{
    double sum = 0;
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t e = 0; e < block[i]->n_fired; e++)
            sum += tally_popcount(block[i]->bits[e]);
    return sum / (BLOCKS * BLOCK);
}

static int bench_random(void)
{
    static struct l1t_tally_spec one, eight, plain;
    static const double fired[] = {0.5, 2, 10, 24};
    int status = 0;
    all_bits(&one, 400, 1);
    all_bits(&eight, 400, 8);
    all_bits(&plain, L1T_GT_ALGORITHMS, 1);
    for (size_t k = 0; k < sizeof fired / sizeof *fired; k++) {
        make_blocks(fired[k]);
        const double mean = mean_fired();
        status |= bench_totals(&plain, mean) | bench_pairs(&plain, mean);
        printf("exact and expected accounting of 400 algorithms, pairs; no word like another\n");
        bench_accounting(&one, mean);
        bench_accounting(&eight, mean);
        free_blocks();
    }
    return status;
}

// ---- the chain ----

enum { THREADS = 2, WAVE = 16, POOL = 16 };

static struct l1t_gt_event pool[POOL * BLOCK];

struct chain {
    struct l1t_gt_code *code;
    struct l1t_gt_engine *engine[THREADS];
    struct l1t_tally *tally[THREADS];
    uint64_t (*bits[THREADS])[L1T_GT_WORDS];
    struct l1t_decided *decided[WAVE];
    uint64_t requests[WAVE + 1][L1T_GT_ALGORITHMS];
    double decide[THREADS], account[THREADS]; // CPU seconds
    uint64_t first, fired, bits_on;
};

static double uniform(struct gt_draws *d)
{
    return (gt_draw(d) + 0.5) * 0x1p-32;
}

// et falls exponentially, as does the number of objects; hardest first.
static void draw_list(struct gt_draws *d, struct l1t_gt_event *e, unsigned type, double filled,
                      double mean_code)
{
    struct l1t_gt_object *object = &e->object[l1t_gt_first_slot[type]];
    const bool muon = type == L1T_GT_MU;
    unsigned n = 0;
    double et = 0;
    while (n < l1t_gt_type_slots[type] && uniform(d) < filled)
        n++;
    for (unsigned i = n; i > 0; i--) {
        et += -mean_code * log(uniform(d)) / i; // the next harder of i exponentials
        object[i - 1] = (struct l1t_gt_object){
            .et = (uint16_t)(1 + (et < 500 ? et : 500)),
            .eta = (int16_t)(muon ? (int)gt_below(d, 441) - 220 : (int)gt_below(d, 115) - 57),
            .phi = (uint16_t)gt_below(d, muon ? 576 : 144),
            .iso = (uint8_t)gt_below(d, 4),
            .quality = (uint8_t)(muon ? 4 * (1 + gt_below(d, 3)) : 0),
            .charge = (uint8_t)(muon ? 2 + gt_below(d, 2) : 0)};
    }
}

// One zero-bias-like crossing: a few soft objects, muons in one of thirty.
static void draw_event(uint64_t number, struct l1t_gt_event *e)
{
    struct gt_draws d = {.seed = 3, .number = number};
    memset(e, 0, sizeof *e);
    draw_list(&d, e, L1T_GT_MU, 0.03, 8);
    draw_list(&d, e, L1T_GT_EG, 0.6, 8);
    draw_list(&d, e, L1T_GT_TAU, 0.6, 14);
    draw_list(&d, e, L1T_GT_JET, 0.7, 24);
    unsigned ht = 0;
    for (unsigned i = 0; i < L1T_GT_CALOS; i++)
        ht += e->object[L1T_GT_FIRST_JET + i].et >= 60 ? e->object[L1T_GT_FIRST_JET + i].et : 0;
    e->object[L1T_GT_FIRST_HTT].et = (uint16_t)ht;
    e->object[L1T_GT_FIRST_ETT].et = (uint16_t)(200 + gt_below(&d, 800));
    e->object[L1T_GT_FIRST_ETMHF].et = (uint16_t)(-30 * log(uniform(&d)));
    e->object[L1T_GT_FIRST_ETM].et = e->object[L1T_GT_FIRST_ETMHF].et;
}

static void decide(void *context, unsigned shard, size_t first, size_t count)
{
    struct chain *c = context;
    const double start = cpu_seconds();
    for (size_t i = first; i < first + count; i++) {
        struct l1t_decided *b = c->decided[i];
        const struct l1t_gt_crossings crossings = {
            .events = pool + (c->first + i) % POOL * BLOCK, .n = BLOCK, .independent = true};
        l1t_gt_engine_run(c->engine[shard], &crossings,
                          &(struct l1t_gt_decisions){.bits = c->bits[shard]});
        b->n_fired = 0;
        b->count[0] = BLOCK;
        b->weight[0] = BLOCK;
        b->weight2[0] = BLOCK;
        for (size_t e = 0; e < BLOCK; e++) {
            if (tally_popcount(c->bits[shard][e]) == 0)
                continue;
            memcpy(b->bits[b->n_fired], c->bits[shard][e], sizeof *b->bits);
            b->fired_weight[b->n_fired] = 1;
            b->offset[b->n_fired++] = (uint16_t)e;
        }
    }
    const double middle = cpu_seconds();
    for (size_t i = first; i < first + count; i++) {
        memset(c->requests[i + 1], 0, sizeof c->requests[i + 1]);
        l1t_tally_requests(c->tally[shard], c->decided[i], c->requests[i + 1]);
    }
    c->decide[shard] += middle - start;
    c->account[shard] += cpu_seconds() - middle;
}

static void account(void *context, unsigned shard, size_t first, size_t count)
{
    struct chain *c = context;
    const double start = cpu_seconds();
    for (size_t i = first; i < first + count; i++)
        l1t_tally_add(c->tally[shard], c->decided[i], c->requests[i]);
    c->account[shard] += cpu_seconds() - start;
}

static double wall_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run_chain(struct chain *c, uint64_t blocks)
{
    memset(c->requests[0], 0, sizeof c->requests[0]);
    for (c->first = 0; c->first < blocks; c->first += WAVE) {
        const size_t n = blocks - c->first < WAVE ? (size_t)(blocks - c->first) : WAVE;
        l1t_shards_run(THREADS, n, decide, c);
        for (size_t i = 0; i < n; i++)
            for (size_t b = 0; b < L1T_GT_ALGORITHMS; b++)
                c->requests[i + 1][b] += c->requests[i][b];
        l1t_shards_run(THREADS, n, account, c);
        memcpy(c->requests[0], c->requests[n], sizeof c->requests[0]);
        for (size_t i = 0; i < n && c->first < POOL; i++)
            for (size_t e = 0; e < c->decided[i]->n_fired; e++, c->fired++)
                c->bits_on += tally_popcount(c->decided[i]->bits[e]);
    }
    l1t_tally_merge(c->tally[0], c->tally[1]);
}

static void make_spec(const struct l1t_gt_menu *menu, size_t n_columns, struct l1t_tally_spec *spec)
{
    memset(spec, 0, sizeof *spec);
    memset(spec->finor, 0xff, sizeof spec->finor);
    for (size_t i = 0; i < menu->n; i++)
        spec->bit[spec->n_algorithms++] = (uint16_t)menu->algorithm[i].bit;
    spec->overlap = true;
    draw_prescales(spec, n_columns);
}

static int time_chain(const char *name, const struct l1t_gt_menu *menu, size_t n_columns,
                      uint64_t n)
{
    static struct l1t_tally_spec spec;
    static struct chain c;
    struct l1t_diag diag;
    const uint64_t blocks = (n + BLOCK - 1) / BLOCK;
    memset(&c, 0, sizeof c);
    make_spec(menu, n_columns, &spec);
    if (l1t_gt_compile(menu, &c.code, &diag) != L1T_OK)
        return 1;
    for (unsigned t = 0; t < THREADS; t++) {
        c.bits[t] = calloc(BLOCK, sizeof *c.bits[t]);
        c.tally[t] = new_tally(&spec);
        if (c.bits[t] == NULL || l1t_gt_engine_open(c.code, 1, &c.engine[t], &diag) != L1T_OK)
            return 1;
    }
    for (size_t i = 0; i < WAVE; i++)
        c.decided[i] = tally_random_block(1, 0, BLOCK, 0, TALLY_UNWEIGHTED);
    const double start = wall_seconds();
    run_chain(&c, blocks);
    const double total = l1t_tally_total(c.tally[0], L1T_TALLY_EXPECTED, 0).w;
    const double wall = wall_seconds() - start, all = l1t_tally_all(c.tally[0]).w;
    const double first = BLOCK * (double)(blocks < POOL ? blocks : POOL);
    printf("%s: %zu algorithms, %zu column%s, %.2f fire, %.0f %% of crossings with any\n", name,
           menu->n, n_columns, n_columns > 1 ? "s" : "", (double)c.bits_on / first,
           100 * (double)c.fired / first);
    const double decided = c.decide[0] + c.decide[1], accounted = c.account[0] + c.account[1];
    printf("  %.3g million crossings: CPU %.2f s, on %d threads %.2f s by the clock; %.0f ns a "
           "crossing to decide, %.0f to account; OR of the first column %.2f %%\n",
           all / 1e6, decided + accounted, THREADS, wall, 1e9 * decided / all,
           1e9 * accounted / all, 100 * total / all);
    for (unsigned t = 0; t < THREADS; t++) {
        free(c.bits[t]);
        l1t_tally_close(c.tally[t]);
        l1t_gt_engine_close(c.engine[t]);
    }
    for (size_t i = 0; i < WAVE; i++)
        tally_random_block_free(c.decided[i]);
    l1t_gt_code_free(c.code);
    return 0;
}

static int bench_chain(uint64_t n)
{
    static const char *const menus[] = {"ugt/c_collisions2024_v1_3_0/menu.xml.gz",
                                        "ugt/b_collisions2017_v3_test2/menu.xml.gz"};
    int status = 0;
    for (size_t i = 0; i < POOL * BLOCK; i++)
        draw_event(i, &pool[i]);
    for (size_t k = 0; k < 3; k++) {
        char path[1024] = "configs/menus/run3.yaml";
        struct l1t_gt_menu *menu = NULL;
        struct l1t_diag diag;
        if (k > 0 && !l1t_shared_path(path, sizeof path, menus[k - 1])) {
            printf("%s: absent, not timed\n", menus[k - 1]);
            continue;
        }
        if (l1t_gt_menu_load(path, &menu, &diag) != L1T_OK) {
            fprintf(stderr, "bench_rates: %s\n", diag.text);
            return 1;
        }
        const char *const name = k > 0 ? menus[k - 1] : path;
        status |= time_chain(name, menu, 1, n) | time_chain(name, menu, 8, n);
        l1t_gt_menu_free(menu);
    }
    return status;
}

int main(int argc, char **argv)
{
    const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
    return bench_random() | bench_chain(n);
}
