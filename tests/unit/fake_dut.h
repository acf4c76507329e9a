/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A device under test made of the C model, which can be broken in one chosen way: the test that
 * the co-simulation driver finds and names what is wrong, without a simulator.
 */
#ifndef FAKE_DUT_H
#define FAKE_DUT_H

#include "l1t/twin.h"

#include "l1t_dut.h"

#include <stdbool.h>

enum fake_fault {
    FAKE_NONE,
    FAKE_FLIP,        /* xor a mask into one word of one stage in one event */
    FAKE_SHIFT_EVENT, /* a stage shows the event before */
    FAKE_SHIFT_ROW,   /* the rows of a stage come one too late */
    FAKE_DROP_STROBE, /* a stage leaves out one strobe, once */
    FAKE_EXTRA_STROBE,
    FAKE_SWAP_LANES, /* first two jets of the link change places */
    FAKE_SILENT,     /* a stage shows nothing */
    FAKE_LATENCY,    /* a stage is one clock late */
    FAKE_AFTER_GAP,  /* flips only in events with a gap inside */
    FAKE_KEEPS_STATE /* a reset does not clear: the first answer after it is wrong */
};

struct fake_dut_plan {
    enum fake_fault fault;
    unsigned stage; /* number of the broken stage */
    size_t word;    /* FAKE_FLIP: word of the stage's event answer */
    uint32_t mask;  /* FAKE_FLIP */
    uint64_t event; /* first broken event, counted since creation */
    bool once;      /* only that event */
};

/* What the next DUT will do wrong; the path it stands for. */
extern struct fake_dut_plan fake_plan;
extern const struct l1t_twin *fake_twin;
extern const void *fake_config;
extern unsigned fake_resets;

/* Set the sizes from fake_twin. */
const struct l1t_dut_ops *fake_dut_ops(void);

#endif
