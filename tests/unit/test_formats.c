// SPDX-License-Identifier: GPL-3.0-or-later
// Bit formats: fields do not overlap and fit, every field goes in and comes out, the committed
// SystemVerilog package is what the list says, and words decode for people.
#include "l1t/decode.h"
#include "l1t_fixed.h"
#include "l1t_formats.h"
#include "l1t_test.h"

static void fields_fit_and_do_not_overlap(void)
{
    unsigned n;
    const struct l1t_word *word = l1t_word_all(&n);
    CU_ASSERT(n >= 9);
    for (unsigned i = 0; i < n; i++) {
        uint64_t used = 0;
        CU_ASSERT(word[i].n_field > 0);
        for (unsigned k = 0; k < word[i].n_field; k++) {
            const struct l1t_field *f = &word[i].field[k];
            const uint64_t bits = l1t_bits_mask(f->width) << f->lsb;
            L1T_CHECK(f->width >= 1 && f->lsb + f->width <= word[i].bits && (used & bits) == 0,
                      "%s.%s", word[i].name, f->name);
            used |= bits;
        }
        L1T_CHECK(used == l1t_bits_mask(word[i].bits), "%s has unnamed bits", word[i].name);
        CU_ASSERT_PTR_EQUAL(l1t_word_find(word[i].name), &word[i]);
    }
    CU_ASSERT_PTR_NULL(l1t_word_find("nothing"));
    CU_ASSERT_PTR_NULL(l1t_word_find(""));
}

// For every field: all values when narrow, else the edges; the rest of the word is ones.
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning)                              \
    static void round_trip_##word##_##field(void)                                                  \
    {                                                                                              \
        const uint64_t place = l1t_bits_mask(width) << (lsb);                                      \
        const uint64_t step_by = (width) <= 11 ? 1 : l1t_bits_mask(width) / 2048;                  \
        for (uint64_t v = 0; v <= l1t_bits_mask(width); v += step_by) {                            \
            const uint64_t put = l1t_##word##_##field##_put((int64_t)v);                           \
            const int64_t got = l1t_##word##_##field(put | ~place);                                \
            if ((put & ~place) != 0 || ((uint64_t)got & l1t_bits_mask(width)) != v)                \
                L1T_CHECK(0, #word "." #field " %llu", (unsigned long long)v);                     \
        }                                                                                          \
    }
#include "l1t_formats.def"

static void every_field_goes_in_and_comes_out(void)
{
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning) round_trip_##word##_##field();
#include "l1t_formats.def"
    L1T_ASSERT_INT(l1t_jet_gt_eta(l1t_jet_gt_eta_put(-115)), -115);
    L1T_ASSERT_INT(l1t_jet_gt_eta_put(-1), 0xff << 11);
    L1T_ASSERT_INT(l1t_bits_get_s(UINT64_MAX, 0, 64), -1);
}

static void clipping_keeps_the_range(void)
{
    L1T_ASSERT_INT(l1t_clip_u(-1, 16), 0);
    L1T_ASSERT_INT(l1t_clip_u(INT64_MIN, 16), 0);
    L1T_ASSERT_INT(l1t_clip_u(65535, 16), 65535);
    L1T_ASSERT_INT(l1t_clip_u(65536, 16), 65535);
    L1T_ASSERT_INT(l1t_clip_u(INT64_MAX, 32), UINT32_MAX);
    L1T_ASSERT_INT(l1t_clip_u(2, 1), 1);
}

static void the_committed_package_is_the_generated_one(void)
{
    static char made[1 << 16], kept[1 << 16];
    FILE *out = fmemopen(made, sizeof made, "w");
    l1t_formats_print_package(out);
    CU_ASSERT_EQUAL(fclose(out), 0);
    FILE *in = fopen("rtl/common/l1t_formats_pkg.sv", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(in);
    (void)!fread(kept, 1, sizeof kept - 1, in);
    (void)fclose(in);
    CU_ASSERT(strlen(made) > 1000);
    L1T_CHECK(strcmp(made, kept) == 0,
              "rtl/common/l1t_formats_pkg.sv is stale: print it again with tools/gen_formats.c");
}

static void words_decode_for_people(void)
{
    char text[400];
    const struct l1t_word *jet = l1t_word_find("jet_gt");
    L1T_ASSERT_TEXT(l1t_decode_word(jet, 0x042f3879, text, sizeof text),
                    "et 121 = 60.5 GeV, eta -25 = -1.0875, phi 133 = 5.80322 rad, quality 0");
    L1T_ASSERT_TEXT(l1t_decode_word(l1t_word_find("tower"), 0x31ff, text, sizeof text),
                    "et 511 = 255.5 GeV, ratio 0, zero 1, em 1, feature 0, finegrain 0");
    L1T_ASSERT_INT(l1t_decode_digits(jet), 8);
    char cut[12];
    L1T_ASSERT_TEXT(l1t_decode_word(jet, 0, cut, sizeof cut), "et 0 = 0 Ge");
}

L1T_TEST_MAIN("formats", {"fields fit and do not overlap", fields_fit_and_do_not_overlap},
              {"every field goes in and comes out", every_field_goes_in_and_comes_out},
              {"clipping keeps the range", clipping_keeps_the_range},
              {"the committed package is the generated one",
               the_committed_package_is_the_generated_one},
              {"words decode for people", words_decode_for_people})
