/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the shims of all tower-fed tops share. Input: struct l1t_towers (models/calo/l1t_towers.h)
 * as 32-bit words, side, ring, two towers a word; one row is the same ring of both sides on the
 * ports pos_i and neg_i. The top's output latency_o has 16 bits for each stage.
 */
#ifndef L1T_TOWERS_DUT_HPP
#define L1T_TOWERS_DUT_HPP

#include "l1t_dut.hpp"

template <class Model> struct l1t_towers_path {
    typedef Model Top;

    static constexpr size_t ring_words = 72 / 2;
    static constexpr size_t in_rows = 40;
    static constexpr size_t in_words = 2 * in_rows * ring_words;

    static void feed(Top &top, const uint32_t *in, size_t row)
    {
        memcpy(&top.pos_i, in + row * ring_words, ring_words * sizeof *in);
        memcpy(&top.neg_i, in + (in_rows + row) * ring_words, ring_words * sizeof *in);
    }

    static void garble(Top &top, uint32_t noise)
    {
        memset(&top.pos_i, int(noise >> 24), ring_words * sizeof noise);
        memset(&top.neg_i, int(noise >> 16 & 0xff), ring_words * sizeof noise);
    }

    static int latency(const Top &top, size_t stage)
    {
        return int(top.latency_o[stage / 2] >> 16 * (stage % 2) & 0xffff);
    }
};

#endif
