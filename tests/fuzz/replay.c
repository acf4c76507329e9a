// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds every parser its seeds, gzip of them, and some thousand mutations that are the same on
// every run. Under ASan and UBSan this is an ordinary test; what libFuzzer finds joins the seeds.
#include "fuzz.h"
#include "fuzz_support.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

extern const struct l1t_fuzz_parser l1t_fuzz_calo_config, l1t_fuzz_curve, l1t_fuzz_gt_expression,
    l1t_fuzz_gt_settings, l1t_fuzz_gt_vectors, l1t_fuzz_gt_xml, l1t_fuzz_gt_yaml,
    l1t_fuzz_jet_config, l1t_fuzz_kbmtf_stubs, l1t_fuzz_kbmtf_table, l1t_fuzz_lut, l1t_fuzz_lut_coe,
    l1t_fuzz_lut_mem, l1t_fuzz_lut_mif, l1t_fuzz_menu, l1t_fuzz_muons, l1t_fuzz_real_events,
    l1t_fuzz_sample_csv, l1t_fuzz_sample_store, l1t_fuzz_sort_events, l1t_fuzz_spectra,
    l1t_fuzz_study, l1t_fuzz_towers, l1t_fuzz_truth, l1t_fuzz_trigger_rules, l1t_fuzz_filling,
    l1t_fuzz_ugmt_config, l1t_fuzz_yaml;
static const struct l1t_fuzz_parser *const parsers[] = {
    &l1t_fuzz_calo_config,   &l1t_fuzz_curve,       &l1t_fuzz_gt_expression, &l1t_fuzz_gt_settings,
    &l1t_fuzz_gt_vectors,    &l1t_fuzz_gt_xml,      &l1t_fuzz_gt_yaml,       &l1t_fuzz_jet_config,
    &l1t_fuzz_kbmtf_stubs,   &l1t_fuzz_kbmtf_table, &l1t_fuzz_lut,           &l1t_fuzz_lut_coe,
    &l1t_fuzz_lut_mem,       &l1t_fuzz_lut_mif,     &l1t_fuzz_menu,          &l1t_fuzz_muons,
    &l1t_fuzz_real_events,   &l1t_fuzz_sample_csv,  &l1t_fuzz_sample_store,  &l1t_fuzz_sort_events,
    &l1t_fuzz_spectra,       &l1t_fuzz_study,       &l1t_fuzz_towers,        &l1t_fuzz_truth,
    &l1t_fuzz_trigger_rules, &l1t_fuzz_filling,     &l1t_fuzz_ugmt_config,   &l1t_fuzz_yaml};

enum { MUTATIONS = 4000, MAX_SIZE = 8192 };

// SplitMix64: small, and the same everywhere.
static uint64_t state;
static uint64_t next_random(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return n == 0 ? 0 : (size_t)(next_random() % n);
}

static const char *const interesting[] = {"\0",
                                          "\n",
                                          "\r\n",
                                          "\t",
                                          " ",
                                          ":",
                                          "#",
                                          ",",
                                          "[",
                                          "]",
                                          "{",
                                          "}",
                                          "'",
                                          "\"",
                                          "&a ",
                                          "*a",
                                          "!t ",
                                          "---",
                                          "- ",
                                          "<<",
                                          "\xff",
                                          "\xc3\xa9",
                                          "\xef\xbb\xbf",
                                          "0",
                                          "-1",
                                          "1e999",
                                          "nan",
                                          "inf",
                                          "0x10",
                                          "1_0",
                                          "4294967296",
                                          "18446744073709551616",
                                          "99999999999999999999999999",
                                          "<header>",
                                          "</header>",
                                          "\x1f\x8b",
                                          "%",
                                          "E 1\n",
                                          "R 0 1:1\n",
                                          "S 0 ",
                                          "pt1,eta1,phi1",
                                          ".",
                                          "e",
                                          "..."};
enum { N_INTERESTING = sizeof interesting / sizeof interesting[0] };

static size_t insert(uint8_t *data, size_t n, size_t at, const void *bytes, size_t count)
{
    if (n + count > MAX_SIZE)
        return n;
    memmove(data + at + count, data + at, n - at);
    memcpy(data + at, bytes, count);
    return n + count;
}

static size_t cut(uint8_t *data, size_t n, size_t at, size_t count)
{
    count = count < n - at ? count : n - at;
    memmove(data + at, data + at + count, n - at - count);
    return n - count;
}

static size_t mutate(uint8_t *data, size_t n)
{
    const size_t at = below(n + 1);
    const char *piece = interesting[below(N_INTERESTING)];
    const size_t length = *piece == '\0' ? 1 : strlen(piece);
    uint8_t copy[256];
    size_t count = 0;
    switch (below(7)) {
    case 0: // flip a bit
        if (n > 0)
            data[below(n)] ^= (uint8_t)(1u << below(8));
        return n;
    case 1: // any byte
        if (n > 0)
            data[below(n)] = (uint8_t)next_random();
        return n;
    case 2:
        return cut(data, n, at, 1 + below(16));
    case 3: // end early
        return at;
    case 4: // repeat a stretch
        count = below(sizeof copy);
        count = count < n - at ? count : n - at;
        memcpy(copy, data + at, count);
        return insert(data, n, below(n + 1), copy, count);
    case 5: // in place of what stood there
        n = cut(data, n, at, length);
        return insert(data, n, at, piece, length);
    default:
        return insert(data, n, at, piece, length);
    }
}

static size_t pack(const char *text, uint8_t *packed, size_t size)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    z.next_in = (z_const Bytef *)(uintptr_t)text;
    z.avail_in = (uInt)strlen(text);
    z.next_out = packed;
    z.avail_out = (uInt)size;
    const int status = deflate(&z, Z_FINISH);
    const size_t n = size - z.avail_out;
    (void)deflateEnd(&z);
    return status == Z_STREAM_END ? n : 0;
}

// Seeds are good inputs, but for the last of YAML's, which shows what is refused.
static int replay(const struct l1t_fuzz_parser *parser)
{
    static uint8_t data[MAX_SIZE];
    size_t n_seeds = 0, accepted = 0;
    while (parser->seeds[n_seeds] != NULL)
        n_seeds++;
    for (size_t i = 0; i < n_seeds; i++)
        accepted +=
            (size_t)parser->feed((const uint8_t *)parser->seeds[i], strlen(parser->seeds[i]));
    const bool good = accepted > 0;
    printf("%s - %s: %zu of %zu seeds accepted\n", good ? "ok" : "not ok", parser->name, accepted,
           n_seeds);
    accepted = 0;
    state = 20260725;
    for (size_t i = 0; i < MUTATIONS; i++) {
        const char *seed = parser->seeds[below(n_seeds)];
        size_t n = strlen(seed);
        if (i % 10 == 9)
            n = pack(seed, data, sizeof data);
        else
            memcpy(data, seed, n);
        for (size_t m = 1 + below(6); m > 0; m--)
            n = mutate(data, n);
        accepted += (size_t)parser->feed(data, n);
    }
    printf("ok - %s: %d mutations, %zu of them accepted\n", parser->name, MUTATIONS, accepted);
    return good ? 0 : 1;
}

// The files named as arguments (what libFuzzer saved) are given to every parser instead.
static int replay_file(const char *path)
{
    static uint8_t data[1 << 20];
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        return 3;
    }
    const size_t n = fread(data, 1, sizeof data, f);
    fclose(f);
    for (size_t i = 0; i < sizeof parsers / sizeof parsers[0]; i++)
        printf("%s: %s: %s\n", path, parsers[i]->name,
               parsers[i]->feed(data, n) ? "accepted" : "refused");
    return 0;
}

int main(int argc, char **argv)
{
    int code = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        code |= replay_file(argv[i]);
    for (size_t i = 0; argc == 1 && i < sizeof parsers / sizeof parsers[0]; i++)
        code |= replay(parsers[i]);
    return code;
}
