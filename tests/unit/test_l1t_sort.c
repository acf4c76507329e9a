// SPDX-License-Identifier: GPL-3.0-or-later
// The sorters: sorted and complete for every order of small lists, literal where keys are equal,
// and the short cuts equal to the plain forms.
#include "l1t_formats.h"
#include "l1t_sort.h"
#include "l1t_test.h"
#include "sort_plain.h"

#include "l1t/rng.h"
#include "l1t/twin.h"

enum { MAX_EXHAUSTIVE = 7, LITERAL_TRIALS = 20000, WHOLE_EVENTS = 2000 };

static void swap(unsigned *a, unsigned *b)
{
    const unsigned old = *a;
    *a = *b;
    *b = old;
}

static void check_sorted(const unsigned *order, unsigned n)
{
    struct l1t_item item[MAX_EXHAUSTIVE];
    unsigned seen = 0;
    bool good = true;
    for (unsigned i = 0; i < n; i++) {
        item[i].key = (uint16_t)(order[i] / 2 + 1); // pairs of equal keys
        item[i].payload = order[i];
    }
    l1t_bitonic_down(item, n);
    for (unsigned i = 0; i < n; i++) {
        seen |= 1u << item[i].payload;
        good = good && item[i].key == item[i].payload / 2 + 1;
        good = good && (i == 0 || item[i - 1].key >= item[i].key);
    }
    L1T_CHECK(good && seen == (1u << n) - 1, "n %u, order %u %u %u ...", n, order[0], order[1],
              order[2]);
}

// Heap's algorithm.
static void permute(unsigned *order, unsigned k, unsigned n)
{
    if (k <= 1) {
        check_sorted(order, n);
        return;
    }
    for (unsigned i = 0; i < k; i++) {
        permute(order, k - 1, n);
        swap(&order[k % 2 == 0 ? i : 0], &order[k - 1]);
    }
}

static void sorts_every_order_of_small_lists(void)
{
    for (unsigned n = 1; n <= MAX_EXHAUSTIVE; n++) {
        unsigned order[MAX_EXHAUSTIVE] = {0, 1, 2, 3, 4, 5, 6};
        permute(order, n, n);
    }
}

static void sorts_every_length_by_the_zero_one_principle(void)
{
    for (unsigned n = 1; n <= 18; n++)
        for (uint32_t bits = 0; bits < 1u << n; bits++) {
            struct l1t_item item[18];
            for (unsigned i = 0; i < n; i++) {
                item[i].key = (uint16_t)(bits >> i & 1);
                item[i].payload = i;
            }
            l1t_bitonic_down(item, n);
            bool good = true;
            for (unsigned i = 1; i < n; i++)
                good = good && item[i - 1].key >= item[i].key;
            if (!good)
                L1T_CHECK(good, "n %u, bits 0x%x", n, bits);
        }
    CU_PASS("all lists sorted");
}

// Payloads of equal keys, worked out by hand from the rule "going down, ties are swapped; going up
// they are not": n = 2 swaps; n = 3 sorts 0 | 1,2 and so on.
static void equal_keys_leave_in_the_order_of_the_wiring(void)
{
    static const struct {
        unsigned n, order[4];
    } expected[] = {{2, {1, 0}}, {3, {2, 1, 0}}, {4, {2, 3, 1, 0}}};
    // n 3: right part 1,2 -> 2,1; merge p 2 swaps the ends of 0,2,1: 1,2,0; then 1,2 -> 2,1.
    // n 4: left up stays 0,1; right down 3,2; merge p 2: 3,2,0,1; then 2,3 and 1,0.
    for (size_t k = 0; k < 3; k++) {
        struct l1t_item item[4];
        for (unsigned i = 0; i < 4; i++) {
            item[i].key = 7;
            item[i].payload = i;
        }
        l1t_bitonic_down(item, expected[k].n);
        for (unsigned i = 0; i < expected[k].n; i++)
            L1T_CHECK(item[i].payload == expected[k].order[i], "n %u, place %u: %u, expected %u",
                      expected[k].n, i, item[i].payload, expected[k].order[i]);
    }
}

// The register chain as the specification says it, on a list with room for one more.
static void literal_chain(struct l1t_item *reg, unsigned k, struct l1t_item list[19])
{
    unsigned n = 18;
    for (unsigned r = 0; r < k; r++) {
        unsigned at = 0;
        while (at < n && list[at].key > reg[r].key)
            at++;
        if (at < n) {
            memmove(&list[at + 1], &list[at], (n - at) * sizeof list[0]);
            list[at] = reg[r];
            n++;
        }
        reg[r] = list[0];
        memmove(&list[0], &list[1], (n - 1) * sizeof list[0]);
        n--;
    }
}

static void draw_slots(uint64_t trial, uint32_t ring, unsigned keys, struct l1t_item slot[18])
{
    for (unsigned i = 0; i < 18; i++) {
        uint32_t word[4];
        l1t_rng_words(3, L1T_STREAM_TEST, trial, ring * 18 + i, word);
        slot[i].key = (uint16_t)(word[0] % 4 != 0 ? 0 : 1 + word[1] % keys);
        slot[i].payload = slot[i].key == 0 ? 0 : ring * 100 + i + 1;
    }
}

static void short_cuts_equal_the_literal_forms(void)
{
    unsigned bad = 0;
    for (uint64_t trial = 0; trial < LITERAL_TRIALS / 4; trial++) {
        struct l1t_item reg[7], plain_reg[7];
        memset(reg, 0, sizeof reg);
        memset(plain_reg, 0, sizeof plain_reg);
        for (uint32_t ring = 0; ring < 4; ring++) {
            struct l1t_item slot[18], plain[19];
            draw_slots(trial, ring, trial % 2 == 0 ? 3 : 1000, slot);
            memcpy(plain, slot, sizeof slot);
            l1t_sort_slots(slot);
            l1t_bitonic_down(plain, 18);
            for (unsigned i = 0; i < 18; i++)
                bad += slot[i].key != plain[i].key || slot[i].payload != plain[i].payload;
            l1t_sort_chain(reg, 7, slot, 18);
            literal_chain(plain_reg, 7, plain);
            for (unsigned i = 0; i < 7; i++)
                bad += reg[i].key != plain_reg[i].key || reg[i].payload != plain_reg[i].payload;
        }
    }
    L1T_ASSERT_INT(bad, 0);
}

static void what_is_pushed_out_falls_behind_older_equals(void)
{
    struct l1t_item reg[3] = {{5, 1}, {4, 2}, {0, 0}};
    const struct l1t_item first[2] = {{6, 3}, {0, 0}};
    l1t_sort_chain(reg, 3, first, 2); // 5 is pushed out of register 0, 4 out of register 1
    L1T_ASSERT_INT(reg[0].payload, 3);
    L1T_ASSERT_INT(reg[1].payload, 1);
    L1T_ASSERT_INT(reg[2].payload, 2);
    const struct l1t_item second[2] = {{5, 4}, {0, 0}};
    l1t_sort_chain(reg, 3, second, 2); // equal to an older one: behind it
    L1T_ASSERT_INT(reg[1].payload, 1);
    L1T_ASSERT_INT(reg[2].payload, 4);
    struct l1t_item tied[3] = {{5, 1}, {5, 2}, {0, 0}};
    const struct l1t_item third[2] = {{6, 3}, {0, 0}};
    l1t_sort_chain(tied, 3, third, 2); // 1 is pushed onto 2, older there: 2 stays in front
    L1T_ASSERT_INT(tied[0].payload, 3);
    L1T_ASSERT_INT(tied[1].payload, 2);
    L1T_ASSERT_INT(tied[2].payload, 1);
}

// The whole sorter, from input words to packed stages, against the textbook forms: an entry is
// worth its record, that of an empty one 0.
static unsigned differing_records(const uint32_t *in, const uint32_t *words)
{
    const struct l1t_twin *twin = l1t_twin_find("sort");
    const struct l1t_stage *sorted = &twin->stages[0], *registers = &twin->stages[1];
    struct sort_plain reg[7] = {{0, 0}}, list[19];
    uint64_t record[40 * 18 + 1] = {0}; // of the word 1 + 18 * row + slot; 0: empty
    unsigned bad = 0;
    for (uint32_t row = 0; row < 40; row++) {
        for (uint32_t i = 0; i < 18; i++) {
            const uint32_t key = in[18 * row + i] >> 16, payload = in[18 * row + i] & 0xffff;
            list[i].key = (int)key;
            list[i].word = key == 0 ? 0 : 1 + 18 * row + i;
            record[1 + 18 * row + i] = (uint64_t)key << 22 | payload << 6 | (row + 1);
        }
        sort_plain_bitonic(list, 18, false);
        for (unsigned i = 0; i < 18; i++)
            bad += l1t_stage_record(sorted, words + row * l1t_stage_row_words(sorted), i) !=
                   record[list[i].word];
        sort_plain_chain(reg, 7, list);
    }
    for (unsigned i = 0; i < 7; i++)
        bad += l1t_stage_record(registers, words + l1t_stage_event_words(sorted), i) !=
               record[reg[i].word];
    return bad;
}

static void the_whole_sorter_equals_the_plain_one(void)
{
    const struct l1t_twin *twin = l1t_twin_find("sort");
    static uint32_t in[L1T_SORT_IN_WORDS], words[L1T_SORT_STAGE_WORDS];
    struct l1t_diag diag = {""};
    void *config = NULL, *source = NULL;
    uint64_t id = 0;
    L1T_ASSERT_INT(l1t_stage_event_words(&twin->stages[0]) +
                       l1t_stage_event_words(&twin->stages[1]),
                   L1T_SORT_STAGE_WORDS);
    L1T_ASSERT_INT(twin->config_load("configs/paths/sort.yaml", NULL, &config, &diag), L1T_OK);
    L1T_ASSERT_INT(twin->source_open(config, "generator", 1, &source, &diag), L1T_OK);
    for (unsigned e = 0; e < WHOLE_EVENTS; e++) {
        L1T_ASSERT_INT(twin->source_next(source, in, &id, &diag), 1);
        twin->model(config, in, words);
        const unsigned bad = differing_records(in, words);
        L1T_CHECK(bad == 0, "event %u: %u records differ", e, bad);
    }
    twin->source_close(source);
    twin->config_free(config);
}

L1T_TEST_MAIN(
    "l1t_sort", {"sorts every order of small lists", sorts_every_order_of_small_lists},
    {"sorts every length by the zero-one principle", sorts_every_length_by_the_zero_one_principle},
    {"equal keys leave in the order of the wiring", equal_keys_leave_in_the_order_of_the_wiring},
    {"short cuts equal the literal forms", short_cuts_equal_the_literal_forms},
    {"what is pushed out falls behind older equals", what_is_pushed_out_falls_behind_older_equals},
    {"the whole sorter equals the plain one", the_whole_sorter_equals_the_plain_one})
