/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study: one YAML file that names spectra, a menu and a twin, and everything
 * computed from it. l1t_run() fills struct l1t_run; the report (l1t/report.h) writes it.
 */
#ifndef L1T_RUN_H
#define L1T_RUN_H

#include "l1t/classify.h"
#include "l1t/cosim.h"
#include "l1t/curve.h"
#include "l1t/efficiency.h"
#include "l1t/err.h"
#include "l1t/generate.h"
#include "l1t/gt_menu.h"
#include "l1t/predict.h"
#include "l1t/spectra_config.h"
#include "l1t/spectrum.h"
#include "l1t/truth.h"
#include "l1t/yaml.h"

#include "calo/l1t_calo.h"
#include "gt/l1t_gt_final.h"

#include <stdbool.h>
#include <stddef.h>

/* configs/studies/NAME.yaml; paths in it are relative to the file itself. */
struct l1t_study {
    const char *name, *title;
    char *path, *spectra, *menu; /* as found from the working directory; may be NULL but path */
    long long seed;
    long long threads; /* 0: one for each processor */
    long long events;  /* crossings generated for the rates; 0: the file does not say */
    long long scores;  /* null events, and as many positive ones, for the event score */
    double budget_hz;  /* instead of the menu's; 0: the menu's */
    struct {
        bool on;
        const char *twin;
        char *config;             /* the path's YAML, or NULL for the built-in one */
        long long events;         /* generated, compared stage by stage */
        long long resets;         /* resets in the middle of the events */
        enum l1t_cosim_gaps gaps; /* idle clocks at random between and inside events */
    } cosim;
    struct {
        bool on;
        char *config; /* the calorimeter's YAML */
        long long number;
        long long inject[L1T_INJECTED]; /* objects put in, by enum l1t_truth_kind */
    } event;                            /* the one that the report shows */
    struct {
        bool on;
        char *config;     /* the calorimeter's YAML */
        long long events; /* for each object */
    } efficiency;         /* turn-on curves of the emulator beside the published ones */
    struct {
        bool on;
        char *menu;                       /* of the global trigger */
        char *calorimeter, *muons;        /* YAML of the paths; muons NULL: none */
        const char *column;               /* of prescales; NULL: the menu's first */
        const struct l1t_node *externals; /* signals that are on in every crossing, or NULL */
        double jets_mean, muons_mean; /* of a crossing, in place of the generators'; < 0: theirs */
        long long events;
    } gt; /* generated crossings through the emulators into a menu */
    struct {
        const struct l1t_node *rates, *signals, *scans, *budget; /* or NULL */
    } sections;            /* l1t_rate_study_bind() reads them (l1t/rate_study.h) */
    struct l1t_yaml *yaml; /* owns the names above */
};

enum l1t_err l1t_study_load(struct l1t_study *study, const char *path,
                            struct l1t_diag *diag) L1T_MUST_USE;
/* Same from memory; name stands for the path in messages and for relative paths. */
enum l1t_err l1t_study_parse(struct l1t_study *study, const char *name, const char *text,
                             size_t size, struct l1t_diag *diag) L1T_MUST_USE;
/* Has it what l1t_run() needs: spectra, menu and events? */
enum l1t_err l1t_study_check_run(const struct l1t_study *study, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_study_free(struct l1t_study *study);

/* An object of the share mode: its curve, what the menu gives it, the slope that explains it. */
struct l1t_run_object {
    const char *name;
    double threshold_gev, share;
    const struct l1t_curve *curve;
    struct l1t_acceptance acceptance; /* the whole integral: efficiency stays at its last value */
    struct l1t_slope_fit fit;
    double lambda;             /* 1/GeV, the slope in use */
    struct l1t_acceptance cut; /* the integral stopped at the last point, for comparison */
    struct l1t_slope_fit cut_fit;
};

/* A slice of the published menu: these objects fire, the others do not. */
struct l1t_run_outcome {
    char label[64];
    double share;     /* of the total rate */
    unsigned objects; /* bit o: object o fires */
};

enum { L1T_RUN_BINS = 84 };

/* The event score, the sum of four efficiencies: can it tell events that fire from those that do
 * not? */
struct l1t_run_scores {
    size_t n; /* events of each kind */
    double edge[L1T_RUN_BINS + 1], null[L1T_RUN_BINS],
        positive[L1T_RUN_BINS]; /* fractions per bin */
    struct l1t_bootstrap null_mean, positive_mean;
    double null_std, positive_std;
    struct l1t_svm svm; /* of the one score */
    struct l1t_separation separation;
    size_t clamped; /* look-ups beyond the ends of a curve */
};

/* A published rate against threshold, and the exponential through it. */
struct l1t_run_law {
    char name[L1T_NAME_SIZE];
    enum l1t_object object;
    size_t n_legs;
    bool is_part; /* another process with the same objects contains it: not all of that rate */
    const struct l1t_rate_point *point;
    size_t n;
    struct l1t_rate_fit fit;
};

struct l1t_run_cosim {
    bool ran;
    const struct l1t_twin *twin;
    const char *simulator; /* "Verilator 5.006" */
    unsigned long long reset_every;
    unsigned fault;
    struct l1t_cosim_result result;
};

/* A generated crossing, what was put into it and what the trigger makes of it. */
struct l1t_run_event {
    struct l1t_towers *towers;
    struct l1t_calo_result *answer; /* NULL: the study shows no event */
    size_t n_truth;
    struct l1t_truth truth[L1T_TRUTH_MAX];
};

/* What the emulator does with one kind of object, at the threshold of its published curve. */
struct l1t_run_turn_on {
    enum l1t_object object; /* whose published curve */
    struct l1t_efficiency_spec spec;
    uint64_t truth, matched;
    struct l1t_turn_on curve;
    size_t n_response; /* in bins of truth pt, all eta */
    struct l1t_response response[L1T_RESPONSE_PT_BINS];
};
enum { L1T_RUN_TURN_ONS = 3 };

/* A menu of the global trigger on generated crossings; by algorithm bit. */
struct l1t_run_gt {
    struct l1t_gt_menu *menu; /* NULL: the study has none */
    size_t column;            /* of the menu's prescales */
    uint64_t crossings;
    bool supported[L1T_GT_ALGORITHMS];
    uint64_t fired[L1T_GT_ALGORITHMS];    /* before prescales */
    uint64_t accepted[L1T_GT_ALGORITHMS]; /* after prescales, FINOR mask open or not */
    uint64_t pure[L1T_GT_ALGORITHMS];     /* accepted, and no other algorithm was */
    uint64_t firing;                      /* all of fired[] */
    uint64_t finor;                       /* crossings with a final OR */
};

/* A file that decided the results. */
struct l1t_run_input {
    char role[32];   /* "study", "curve muon" */
    char name[160];  /* without folders, which differ between machines */
    char sha256[65]; /* what `sha256sum` prints */
};

enum { L1T_RUN_INPUTS = 64 };

/* Wall-clock seconds of the steps and what they worked on; the only numbers that differ from run to
 * run. */
struct l1t_run_timing {
    double fits, scores, rates, efficiency, gt, costs, cosim, report;
};

/* A study and all that was computed from it. */
struct l1t_run {
    struct l1t_study study;
    struct l1t_run_input input[L1T_RUN_INPUTS];
    size_t n_inputs;
    char config[65];   /* digest over all inputs, with their roles */
    char command[200]; /* how to get the same bytes again; threads and folder do not matter */
    struct l1t_spectra spectra; /* as configured; the curves and points below belong to it */
    struct l1t_run_object object[L1T_OBJECTS];
    struct l1t_run_outcome outcome[L1T_MAX_OUTCOMES];
    size_t n_outcomes;
    struct l1t_run_scores scores;
    struct l1t_menu menu;
    struct l1t_processes processes;
    struct l1t_prediction prediction;
    struct l1t_run_law law[L1T_MAX_PROCESSES];
    size_t n_laws;
    struct l1t_run_cosim cosim;
    struct l1t_run_event event;
    size_t n_turn_ons;
    struct l1t_run_turn_on turn_on[L1T_RUN_TURN_ONS];
    struct l1t_run_gt gt;
    /* Of the global trigger's menu; NULL: the study has no such section. */
    const struct l1t_rates *costs;         /* `rates:`, l1t/rates.h */
    const struct l1t_scans *scans;         /* `scans:`, rate/scan_study.h */
    const struct l1t_budget_found *budget; /* `budget:`, rate/budget_setup.h */
    struct l1t_run_costs *cost_work;       /* owns them */
    struct l1t_run_timing timing;
};

struct l1t_run_options {
    const struct l1t_dut_ops *const
        *duts;            /* Verilated tops of the program, NULL-terminated; or NULL */
    const char *work_dir; /* memory images and, after a difference, the events that show it */
    unsigned threads;     /* at least 1 */
    unsigned fault;       /* number of an injected fault, or 0 */
    /* Called while something takes time, or NULL. */
    void (*progress)(void *user, const char *what, double done, double total);
    void *user;
};

/*
 * Compute everything. A difference between the twins is a result (run->cosim.result), not
 * an error. l1t_run_free() in any case; run->study is loaded by the caller and freed here.
 */
enum l1t_err l1t_run(struct l1t_run *run, const struct l1t_run_options *options,
                     struct l1t_diag *diag) L1T_MUST_USE;
void l1t_run_free(struct l1t_run *run);

#endif
