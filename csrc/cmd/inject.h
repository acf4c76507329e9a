/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options about the objects put into generated towers, for commands that make such. */
#ifndef L1T_CMD_INJECT_H
#define L1T_CMD_INJECT_H

#include "cmd/cmd.h"
#include "l1t/provenance.h"
#include "l1t/tower_gen.h"

#include <stdbool.h>

struct l1t_inject_options {
    bool on[L1T_INJECTED];
    double per_event[L1T_INJECTED]; /* NAN: as configured, at least 1 */
    double pt_min_gev, pt_max_gev;  /* NAN: as configured */
    double eta_max;
    double pile_up, jets;
    double slope; /* NAN: as configured; -1: of the fitted spectra */
    const char *spectra, *from, *columns;
    struct l1t_real_events real; /* read from `from` */
};

void l1t_inject_defaults(struct l1t_inject_options *o);
void l1t_inject_free(struct l1t_inject_options *o);

/* One option by its letter below: 0, an exit code, or -1 if it is none of these. */
int l1t_inject_option(const struct l1t_cmd *cmd, int opt, struct l1t_inject_options *o);

/* After the last option: do they go together? 0, or an exit code. */
int l1t_inject_check(const struct l1t_cmd *cmd, const struct l1t_inject_options *o);

/*
 * Put what was asked for into params; reads the spectra and the real events, and adds what it read
 * to digest (may be NULL). The real events belong to o.
 */
enum l1t_err l1t_inject_apply(struct l1t_inject_options *o, struct l1t_tower_gen_params *params,
                              struct l1t_digest *digest, struct l1t_diag *diag) L1T_MUST_USE;

/* Add a file to a digest, unless it is a pipe or '-', which can be read only once. */
enum l1t_err l1t_inject_digest_file(struct l1t_digest *digest, const char *role, const char *path,
                                    struct l1t_diag *diag) L1T_MUST_USE;

/* "20:100", ends of a range in GeV from min to 1000: 0, or an exit code. */
int l1t_inject_range(const struct l1t_cmd *cmd, const char *text, double min, double *low,
                     double *high);

/* For getopt_long. Values are outside of those of characters. */
#define L1T_INJECT_LONG_OPTIONS                                                                    \
    {"inject", required_argument, NULL, 1001}, {"per-event", required_argument, NULL, 1002},       \
        {"pt", required_argument, NULL, 1003}, {"eta", required_argument, NULL, 1004},             \
        {"spectrum", required_argument, NULL, 1005}, {"spectra", required_argument, NULL, 1006},   \
        {"from", required_argument, NULL, 1007}, {"columns", required_argument, NULL, 1008},       \
        {"pile-up", required_argument, NULL, 1009},                                                \
    {                                                                                              \
        "jets", required_argument, NULL, 1010                                                      \
    }

#endif
