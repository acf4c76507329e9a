// SPDX-License-Identifier: GPL-3.0-or-later
// Samples that are not stores: CSV, test vectors, spectra, emulation. Every kind reads the same in
// any order; crossings of spectra give the rates that the spectra were made of.
#include "l1t/gt_engine.h"
#include "l1t/gt_vectors.h"
#include "l1t/sample.h"
#include "l1t/spectra_config.h"
#include "l1t_test.h"
#include "sample/emulation.h"

static struct l1t_gt_scales scales;

static const struct l1t_gt_scales *cms(void)
{
    struct l1t_diag diag = {""};
    if (scales.n == 0)
        L1T_ASSERT_OK(l1t_gt_scales_default(&scales, &diag), diag);
    return &scales;
}

static struct l1t_sample *open_it(const struct l1t_sample_spec *spec)
{
    struct l1t_sample *sample = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_sample_open(spec, &sample, &diag), diag);
    CU_ASSERT_FATAL(sample != NULL);
    return sample;
}

static struct l1t_sample_reader *reader_of(const struct l1t_sample *sample)
{
    struct l1t_sample_reader *reader = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_sample_reader_open(sample, &reader, &diag), diag);
    CU_ASSERT_FATAL(reader != NULL);
    return reader;
}

static struct l1t_sample_block read_it(struct l1t_sample_reader *reader, uint64_t first, size_t n)
{
    struct l1t_sample_block block = {0};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_sample_read(reader, first, n, &block, &diag), diag);
    return block;
}

// Member by member: objects have a byte of padding.
static bool same_event(const struct l1t_gt_event *a, const struct l1t_gt_event *b)
{
    for (unsigned s = 0; s < L1T_GT_SLOTS; s++) {
        const struct l1t_gt_object *x = &a->object[s], *y = &b->object[s];
        if (x->et != y->et || x->eta != y->eta || x->phi != y->phi || x->upt != y->upt ||
            x->index != y->index || x->quality != y->quality || x->iso != y->iso ||
            x->ip != y->ip || x->charge != y->charge || x->displaced != y->displaced)
            return false;
    }
    return memcmp(a->external, b->external, sizeof a->external) == 0 && a->signal == b->signal;
}

// Blocks of every size anywhere against one crossing at a time from a reader of its own.
static void same_in_any_order(const struct l1t_sample *sample, size_t most)
{
    struct l1t_sample_reader *blocks = reader_of(sample), *single = reader_of(sample);
    const uint64_t n = l1t_sample_info(sample)->n;
    uint64_t z = 99;
    size_t bad = 0;
    for (int i = 0; i < 12; i++) {
        z = z * UINT64_C(6364136223846793005) + 1442695040888963407U;
        const uint64_t first = (z >> 24) % n;
        const uint64_t left = n - first < most ? n - first : most;
        const size_t count = (size_t)((z >> 44) % left + 1);
        const struct l1t_sample_block b = read_it(blocks, first, count);
        for (size_t k = 0; k < count; k++) {
            const struct l1t_sample_block one = read_it(single, first + k, 1);
            bad += !same_event(&b.event[k], &one.event[0]) || b.weight[k] != one.weight[0] ||
                   b.pileup[k] != one.pileup[0] || b.section[k] != one.section[0] ||
                   b.crossing[k] != one.crossing[0];
        }
    }
    L1T_ASSERT_INT(bad, 0);
    l1t_sample_reader_close(blocks);
    l1t_sample_reader_close(single);
}

// ---- CSV ----

static void csv_is_quantised(void)
{
    const char *path = l1t_test_write_text("a.csv", "# objects\n"
                                                    "crossing,type,pt,eta,phi,quality,iso,charge\n"
                                                    "0,muon,22,-1.2,3.2,12,1,-1\n"
                                                    "0,jet,35.6,2.1,-0.01,,,\n"
                                                    "0,jet,180,0,0,,,\n"
                                                    "2,EG,1000,-0.01,6.2831853,,3,\n"
                                                    "2,etmhf,90.4,,1,,,\n"
                                                    "5,none,,,,,,\n");
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_CSV, .path = path, .scales = cms()};
    struct l1t_sample *sample = open_it(&spec);
    struct l1t_sample_reader *reader = reader_of(sample);
    const struct l1t_sample_block b = read_it(reader, 0, 6);
    const struct l1t_gt_object *o = b.event[0].object;
    L1T_ASSERT_INT(l1t_sample_info(sample)->n, 6);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].et, 45);    // (45 - 1) / 2 GeV
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].eta, -110); // -1.19625 +- half a bin
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].phi, 293);  // 3.2 / (2 pi / 576) = 293.4
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].quality, 12);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].iso, 1);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_MU].charge, L1T_GT_SIGN_VALID | L1T_GT_SIGN_NEGATIVE);
    // Sorted by momentum; phi below zero is a turn more.
    L1T_ASSERT_INT(o[L1T_GT_FIRST_JET].et, 360);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_JET + 1].et, 71);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_JET + 1].eta, 48); // 2.1 / 0.0435 = 48.3
    L1T_ASSERT_INT(o[L1T_GT_FIRST_JET + 1].phi, 143);
    o = b.event[2].object;
    L1T_ASSERT_INT(o[L1T_GT_FIRST_EG].et, 511); // saturated
    L1T_ASSERT_INT(o[L1T_GT_FIRST_EG].eta, -1);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_EG].phi, 0);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_ETMHF].et, 180);
    L1T_ASSERT_INT(o[L1T_GT_FIRST_ETMHF].phi, 22);
    const size_t empty[] = {1, 3, 4, 5};
    for (size_t i = 0; i < 4; i++)
        for (unsigned s = 0; s < L1T_GT_SLOTS; s++)
            L1T_ASSERT_INT(b.event[empty[i]].object[s].et, 0);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

static void csv_has_weights_and_pileup(void)
{
    const char *path = l1t_test_write_text(
        "w.csv",
        "crossing,type,pt,weight,pileup,luminosity_section,bunch_crossing\n"
        "0,jet,50,2.5,51.6,7,3563\n0,jet,20,,,,\n1,none,,-0.25,0,8,\n2,tau,30,0,255,9,1\n");
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_CSV, .path = path, .scales = cms()};
    struct l1t_sample *sample = open_it(&spec);
    struct l1t_sample_reader *reader = reader_of(sample);
    const struct l1t_sample_info *info = l1t_sample_info(sample);
    const struct l1t_sample_block b = read_it(reader, 0, 3);
    L1T_ASSERT_NEAR((double)b.weight[0] * info->weight_unit, 2.5, 0);
    L1T_ASSERT_NEAR((double)b.weight[1] * info->weight_unit, -0.25, 0);
    L1T_ASSERT_INT(b.weight[2], 0);
    L1T_ASSERT_INT(info->n_negative, 1);
    L1T_ASSERT_INT(info->n_zero, 1);
    L1T_ASSERT_INT(b.pileup[0], 52);
    L1T_ASSERT_INT(b.pileup[2], 255);
    L1T_ASSERT_INT(b.section[1], 8);
    L1T_ASSERT_INT(b.crossing[0], 3563);
    L1T_ASSERT_INT(b.crossing[1], 1); // of itself
    same_in_any_order(sample, 3);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

static void csv_full_of_jets(void)
{
    char text[1000] = "crossing,type,pt\n";
    for (int i = 0; i < 14; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "0,jet,%d\n",
                       10 + 3 * i % 14);
    const struct l1t_sample_spec spec = {
        .kind = L1T_SAMPLE_CSV, .path = l1t_test_write_text("j.csv", text), .scales = cms()};
    struct l1t_sample *sample = open_it(&spec);
    struct l1t_sample_reader *reader = reader_of(sample);
    const struct l1t_sample_block b = read_it(reader, 0, 1);
    for (int i = 0; i < 12; i++) // 23 down to 12 GeV
        L1T_ASSERT_INT(b.event[0].object[L1T_GT_FIRST_JET + i].et, 2 * (23 - i));
    L1T_ASSERT_INT(b.event[0].object[L1T_GT_LAST_JET + 1].et, 0);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

static void bad_csv(void)
{
    static const char *const table[][2] = {
        {"crossing,typ,pt\n", ":1: 'typ' is not a column, did you mean 'type'?"},
        {"crossing,pt\n", ":1: no column 'type'"},
        {"crossing,type,pt,pt\n", ":1: column 'pt' twice"},
        {"crossing,type,pt\n", "no rows"},
        {"crossing,type,pt\n0,muon\n", ":2: 2 fields, the heading has 3"},
        {"crossing,type,pt\n-1,muon,3\n", ":2: crossing: '-1'"},
        {"crossing,type,pt\n99999999999999999999,muon,3\n", ":2: crossing: "},
        {"crossing,type,pt\n4,muon,3\n3,muon,3\n", ":3: crossing 3 after 4"},
        {"crossing,type,pt\n0,moun,3\n", ":2: type: 'moun' is none, did you mean 'muon'?"},
        {"crossing,type,pt\n0,muon,\n", ":2: pt: missing"},
        {"crossing,type,pt\n0,muon,nan\n", ":2: pt: 'nan' is not a number"},
        {"crossing,type,pt\n0,muon,-3\n", ":2: pt: -3 is negative"},
        {"crossing,type,pt,eta\n0,jet,3,5.1\n", ":2: eta: 5.1 is outside of the scale, -5 to 5"},
        {"crossing,type,pt,eta\n0,ett,3,1\n", ":2: eta: objects of type ett have none"},
        {"crossing,type,pt,quality\n0,muon,3,16\n", ":2: quality: 16; expected a whole number, 0 "},
        {"crossing,type,pt,charge\n0,muon,3,2\n", ":2: charge: 2; expected 1, -1 or 0"},
        {"crossing,type,pt\n0,none,3\n", ":2: pt: a row of type none has no object"},
        {"crossing,type,pt,weight\n0,jet,3,inf\n", ":2: weight: 'inf' is not a finite number"},
        {"crossing,type,pt,weight\n0,jet,3,1\n2,jet,3,1\n", ":3: crossing 2, expected 1"},
        {"crossing,type,pt,weight\n0,jet,3,1\n0,jet,3,2\n", ":3: crossing 0: weight, pileup"},
        {"crossing,type,pt,weight\n0,jet,3,0\n", "weight: all are zero"},
        {"crossing,type,pt,pileup\n0,jet,3,256\n", ":2: pileup: '256'; expected a number, 0 to"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *path = l1t_test_write_text("bad.csv", table[i][0]);
        const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_CSV, .path = path, .scales = cms()};
        struct l1t_sample *sample = NULL;
        struct l1t_diag diag = {""};
        L1T_ASSERT_INT(l1t_sample_open(&spec, &sample, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, table[i][1]);
        L1T_ASSERT_DIAG_CONTAINS(diag, path);
    }
}

// ---- test vectors ----

static void vectors_are_a_ring(void)
{
    enum { LINES = 9 };
    struct l1t_gt_vector line[LINES] = {0};
    struct l1t_gt_event event;
    FILE *out = fopen(l1t_test_path("v.txt"), "w");
    CU_ASSERT_FATAL(out != NULL);
    for (unsigned i = 0; i < LINES; i++) {
        line[i].crossing = (uint16_t)(3560 + i) % L1T_GT_ORBIT;
        line[i].words.jet[0] = 20 * (i + 1);
        line[i].words.external[1] = i;
        l1t_gt_vectors_write(out, L1T_GT_LAYOUT_V2, &line[i]);
    }
    (void)fclose(out);
    const struct l1t_sample_spec spec = {
        .kind = L1T_SAMPLE_VECTORS, .path = l1t_test_path("v.txt"), .external = {0, 0, 8, 0}};
    struct l1t_sample *sample = open_it(&spec);
    struct l1t_sample_reader *reader = reader_of(sample);
    L1T_ASSERT_INT(l1t_sample_info(sample)->n, LINES);
    CU_ASSERT(l1t_sample_info(sample)->following);
    const struct l1t_sample_block b = read_it(reader, 0, LINES);
    for (int k = -2; k < LINES + 2; k++) {
        const unsigned at = (unsigned)(k + LINES) % LINES;
        l1t_gt_decode(&line[at].words, &event);
        event.external[2] = 8;
        L1T_CHECK(same_event(&b.event[k], &event), "crossing %d", k);
    }
    for (unsigned i = 0; i < LINES; i++)
        L1T_ASSERT_INT(b.crossing[i], line[i].crossing);
    same_in_any_order(sample, LINES);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

// ---- emulation ----

static void emulation_is_what_the_models_answer(void)
{
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_EMULATION,
                                         .calorimeter = "configs/paths/calo.yaml",
                                         .muons = "configs/paths/ugmt.yaml",
                                         .jets_mean = 2,
                                         .muons_mean = 1,
                                         .events = 40,
                                         .seed = 5,
                                         .external = {4}};
    struct l1t_emulation *emulation = NULL;
    struct l1t_diag diag = {""};
    struct l1t_sample *sample = open_it(&spec);
    struct l1t_sample_reader *reader = reader_of(sample);
    struct l1t_emulation_bench *bench = l1t_emulation_bench();
    L1T_ASSERT_OK(l1t_emulation_open("configs/paths/calo.yaml", "configs/paths/ugmt.yaml", 2, 1, 5,
                                     &emulation, &diag),
                  diag);
    const struct l1t_sample_block b = read_it(reader, 0, 40);
    for (unsigned i = 0; i < 40 && emulation != NULL; i++) {
        struct l1t_gt_words words;
        struct l1t_gt_event event;
        l1t_emulation_words(emulation, bench, i, &words);
        words.external[0] = 4;
        l1t_gt_decode(&words, &event);
        L1T_CHECK(same_event(&b.event[i], &event), "crossing %u", i);
        L1T_ASSERT_INT(b.pileup[i], 50);
    }
    same_in_any_order(sample, 5);
    l1t_emulation_bench_free(bench);
    l1t_emulation_close(emulation);
    l1t_sample_reader_close(reader);
    l1t_sample_close(sample);
}

// ---- spectra ----

static uint64_t count_of(const struct l1t_gt_menu *menu, const uint64_t *count, const char *name)
{
    for (size_t i = 0; i < menu->n; i++)
        if (strcmp(menu->algorithm[i].name, name) == 0)
            return count[menu->algorithm[i].bit];
    L1T_CHECK(false, "%s is not in the menu", name);
    return 0;
}

static double published(const struct l1t_spectra *spectra, const char *name, double threshold)
{
    double rate = 0;
    for (size_t i = 0; i < spectra->n_processes; i++) {
        const struct l1t_process_config *p = &spectra->process[i];
        if (strcmp(p->spec.name, name) != 0)
            continue;
        rate = p->spec.rate_khz;
        if (p->fitted)
            L1T_ASSERT_INT(l1t_rate_at(&p->fit, threshold, 0, &rate, NULL, NULL), L1T_OK);
    }
    return rate;
}

enum { CROSSINGS = 30000 * L1T_SAMPLE_BLOCK, GATHERED = 4096 };

// All crossings with an object, decided by the menu.
static void decide(const struct l1t_sample *sample, const struct l1t_gt_code *code,
                   uint64_t count[L1T_GT_ALGORITHMS])
{
    static struct l1t_gt_event gathered[GATHERED];
    struct l1t_gt_engine *engine = NULL;
    struct l1t_sample_reader *reader = reader_of(sample);
    struct l1t_diag diag = {""};
    size_t n = 0;
    L1T_ASSERT_OK(l1t_gt_engine_open(code, 1, &engine, &diag), diag);
    for (uint64_t at = 0; engine != NULL && at < CROSSINGS; at += L1T_SAMPLE_BLOCK) {
        const struct l1t_sample_block b = read_it(reader, at, L1T_SAMPLE_BLOCK);
        for (size_t i = 0; i < b.n; i++) {
            const struct l1t_gt_object *o = b.event[i].object;
            if (o[L1T_GT_FIRST_MU].et + o[L1T_GT_FIRST_EG].et + o[L1T_GT_FIRST_TAU].et +
                    o[L1T_GT_FIRST_JET].et >
                0)
                gathered[n++] = b.event[i];
            if (n < GATHERED && (n == 0 || i + 1 < b.n || at + L1T_SAMPLE_BLOCK < CROSSINGS))
                continue;
            uint64_t now[L1T_GT_ALGORITHMS];
            const struct l1t_gt_crossings crossings = {
                .events = gathered, .n = n, .independent = true};
            l1t_gt_engine_run(engine, &crossings, &(struct l1t_gt_decisions){.count = now});
            for (unsigned k = 0; k < L1T_GT_ALGORITHMS; k++)
                count[k] += now[k];
            n = 0;
        }
    }
    l1t_gt_engine_close(engine);
    l1t_sample_reader_close(reader);
}

// Within 4 standard deviations of the counts: eight checks fail once in 2000 other seeds.
static void spectra_give_their_rates(void)
{
    static const struct {
        const char *algorithm, *process;
        double threshold;
    } table[] = {
        {"L1_SingleMu22", "SingleMu", 22},
        {"L1_SingleMu25", "SingleMu", 25},
        {"L1_SingleEG36er2p5", "SingleEG", 36},
        {"L1_DoubleIsoTau34er2p1", "DoubleIsoTau", 34},
        {"L1_SingleTau120er2p1", "SingleTau", 120},
        {"L1_SingleJet180", "SingleJet", 180},
        {"L1_DoubleMu_15_7", "DoubleMu_15_7", 0},
        // No rate of isolated electrons is in the file: all are isolated, from 32 GeV on.
        {"L1_SingleLooseIsoEG32er2p5", "SingleEG", 32},
    };
    static struct l1t_spectra spectra;
    struct l1t_diag diag = {""};
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    uint64_t count[L1T_GT_ALGORITHMS] = {0};
    const struct l1t_sample_spec spec = {.kind = L1T_SAMPLE_SPECTRA,
                                         .path = "configs/spectra/run2.yaml",
                                         .events = CROSSINGS,
                                         .seed = 20260725};
    L1T_ASSERT_OK(l1t_spectra_load(&spectra, spec.path, NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_gt_menu_load("configs/menus/run3.yaml", &menu, &diag), diag);
    CU_ASSERT_FATAL(menu != NULL);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    struct l1t_sample *sample = open_it(&spec);
    same_in_any_order(sample, 300);
    decide(sample, code, count);
    const double khz = l1t_crossing_rate_hz(&spectra.beam) / 1e3 / CROSSINGS;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const double n = (double)count_of(menu, count, table[i].algorithm);
        const double expected = published(&spectra, table[i].process, table[i].threshold);
        L1T_CHECK(fabs(n * khz - expected) <= 4 * sqrt(expected * khz),
                  "%s: %.4g kHz, expected %.4g within %.2g", table[i].algorithm, n * khz, expected,
                  4 * sqrt(expected * khz));
    }
    l1t_sample_close(sample);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    l1t_spectra_free(&spectra);
}

L1T_TEST_MAIN("sample", {"CSV is quantised", csv_is_quantised},
              {"CSV has weights", csv_has_weights_and_pileup},
              {"CSV full of jets", csv_full_of_jets}, {"bad CSV", bad_csv},
              {"vectors are a ring", vectors_are_a_ring},
              {"emulation", emulation_is_what_the_models_answer},
              {"spectra give their rates", spectra_give_their_rates})
