/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef L1T_CLOCK_H
#define L1T_CLOCK_H

/* Wall clock: seconds since some moment in the past; only differences mean something. */
double l1t_seconds(void);

#endif
