/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A menu of the global trigger as people write it, in physical units: from YAML (gt_yaml.c) or from
 * the XML of the CMS menus (gt_xml.c), to YAML, to a listing, and compiled (gt_compile.c) into the
 * integers that decide (models/gt/l1t_gt.h).
 *
 * An algorithm is an expression tree over conditions; a condition is a function of objects with
 * cuts. The text of an expression, CMS grammar, can always be printed from the tree and parsed
 * back.
 */
#ifndef L1T_GT_MENU_H
#define L1T_GT_MENU_H

#include "gt/l1t_gt.h"
#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where something was written, for messages; line 0: unknown. */
struct l1t_gt_place {
    unsigned line, column;
};

/*
 * Bins of one quantity of one object type. Without a list they follow from range and step: bin n is
 * [n, n+1) * step for ET, PHI and COUNT, also for ETA of calorimeter objects (codes with a sign);
 * ETA of muons is centred on n * step; bin n of muons' ET and UPT is [n-1, n) * step, code 0 being
 * "none". The outermost bins end where the range does.
 */
struct l1t_gt_scale {
    char object[24], type[48]; /* "MU", "ETA"; "PRECISION", "EG-MU-Mass" */
    double minimum, maximum, step;
    unsigned n_bits; /* precision: decimal digits */
    /* Bins when the file lists them, else NULL: by code, two's complement as listed. */
    size_t n_bins;
    struct l1t_gt_bin {
        uint32_t number;
        double minimum, maximum;
    } * bin;
};

struct l1t_gt_scales {
    char name[64];
    size_t n;
    struct l1t_gt_scale *scale;
};

enum l1t_gt_cut_type {
    L1T_GT_C_ETA,
    L1T_GT_C_PHI,
    L1T_GT_C_INDEX,
    L1T_GT_C_ISO,
    L1T_GT_C_QLTY,
    L1T_GT_C_IP,
    L1T_GT_C_UPT,
    L1T_GT_C_CHG,
    L1T_GT_C_DISP,
    L1T_GT_C_SLICE,
    L1T_GT_C_COUNT,
    L1T_GT_C_SCORE,
    L1T_GT_C_MODEL,
    L1T_GT_C_CSCORE,
    L1T_GT_C_ASCORE,
    L1T_GT_C_DETA,
    L1T_GT_C_DPHI,
    L1T_GT_C_DR,
    L1T_GT_C_MASS,
    L1T_GT_C_MASSUPT,
    L1T_GT_C_MASSDR,
    L1T_GT_C_TBPT,
    L1T_GT_C_CHGCOR,
    L1T_GT_C_ORMDETA,
    L1T_GT_C_ORMDPHI,
    L1T_GT_C_ORMDR,
    L1T_GT_C_TYPES
};

/* A named cut. Limits are the doubles of the file, untouched: their last digits matter. */
struct l1t_gt_cut_def {
    char *name;   /* "MU-ETA_2p1", "DR_MAX_0p4" */
    char *object; /* "MU"; "" or a function's name for cuts between objects */
    enum l1t_gt_cut_type type;
    double minimum, maximum;
    char *data; /* "1,3", "os", "positive"; "" none */
    struct l1t_gt_place place;
};

enum l1t_gt_function {
    L1T_GT_F_NONE, /* one object */
    L1T_GT_F_COMB,
    L1T_GT_F_DIST,
    L1T_GT_F_MASS,
    L1T_GT_F_MASS_INV,
    L1T_GT_F_MASS_TRV,
    L1T_GT_F_MASS_INV_UPT,
    L1T_GT_F_MASS_INV_DR,
    L1T_GT_F_MASS_INV_3,
    L1T_GT_F_COMB_ORM,
    L1T_GT_F_DIST_ORM,
    L1T_GT_F_MASS_INV_ORM,
    L1T_GT_F_MASS_TRV_ORM,
    L1T_GT_F_EXTERNAL, /* EXT_name */
    L1T_GT_F_SIGNAL,   /* CENT3, MUS0 ... */
    L1T_GT_F_NETWORK,  /* AXO, TOPO, ADT: kept, not evaluated */
    L1T_GT_FUNCTIONS
};

struct l1t_gt_object_def {
    char type[64];    /* "MU", "ETMHF", "EXT_BPTX_plus.v0", "MUS0" */
    bool equal;       /* .eq. instead of .ge. */
    double threshold; /* GeV, counts or score; 0 for signals and externals */
    int bx;           /* -2..2 */
    size_t n_cuts;
    size_t *cut; /* into the algorithm's cuts */
};

enum l1t_gt_expr_kind { L1T_GT_E_CONDITION, L1T_GT_E_NOT, L1T_GT_E_AND, L1T_GT_E_OR, L1T_GT_E_XOR };

struct l1t_gt_expr {
    enum l1t_gt_expr_kind kind;
    size_t n_args; /* 1 NOT, 2 or more AND, OR, XOR */
    struct l1t_gt_expr **arg;
    enum l1t_gt_function function; /* of a condition */
    size_t n_objects;
    struct l1t_gt_object_def *object;
    size_t n_cuts; /* between objects */
    size_t *cut;
    struct l1t_gt_place place;
};

enum { L1T_GT_COLUMNS_MAX = 32 }; /* prescale columns */

/* Crossings of an orbit, first to last. */
struct l1t_gt_bx_range {
    uint16_t first, last; /* 0 .. L1T_GT_ORBIT - 1 */
};

struct l1t_gt_algorithm_def {
    char *name; /* "L1_SingleMu22" */
    unsigned bit;
    unsigned module_id;
    char *group;                         /* "" none */
    char *labels;                        /* "a,b"; "" none */
    char *comment;                       /* "" none */
    double prescale[L1T_GT_COLUMNS_MAX]; /* by column; 0 off; two decimals */
    bool masked, veto;                   /* FINOR mask closed; veto */
    size_t n_closed;
    struct l1t_gt_bx_range *closed; /* in these its mask by crossing is closed */
    char *expression;               /* as written; "" when written as legs */
    struct l1t_gt_expr *expr;
    size_t n_cuts;
    struct l1t_gt_cut_def *cut;
    struct l1t_gt_place place;
    struct l1t_gt_place expression_place; /* of its first character; line 0: as place */
};

struct l1t_gt_external {
    char *name; /* without EXT_ */
    char *system;
    unsigned channel; /* 64 * cable + channel */
};

struct l1t_gt_menu {
    char *name, *comment, *grammar;
    char *path;                  /* of the file, for messages */
    enum l1t_gt_overlap overlap; /* of all its overlap removals; NONE: l1t_gt_overlap_default() */
    size_t n_columns;
    char *column[L1T_GT_COLUMNS_MAX]; /* names of prescale columns */
    struct l1t_gt_scales scales;
    size_t n_externals;
    struct l1t_gt_external *external;
    size_t n;
    struct l1t_gt_algorithm_def *algorithm; /* by bit */
};

void l1t_gt_menu_free(struct l1t_gt_menu *menu); /* accepts NULL */

/*
 * Parse an expression of the CMS grammar over the cuts of an algorithm (and the menu's externals)
 * into algorithm->expr. Messages name the place in the file: column counts from the expression's.
 */
enum l1t_err l1t_gt_parse(const struct l1t_gt_menu *menu, struct l1t_gt_algorithm_def *algorithm,
                          struct l1t_diag *diag) L1T_MUST_USE;

/* The expression as text, CMS grammar; caller frees. NULL: no memory. */
char *l1t_gt_expression_text(const struct l1t_gt_algorithm_def *algorithm);

/* XML of an official menu, plain or gzipped. */
enum l1t_err l1t_gt_menu_load_xml(const char *path, struct l1t_gt_menu **menu,
                                  struct l1t_diag *diag) L1T_MUST_USE;

/* Our YAML. */
enum l1t_err l1t_gt_menu_load_yaml(const char *path, struct l1t_gt_menu **menu,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* Either, by content. */
enum l1t_err l1t_gt_menu_load(const char *path, struct l1t_gt_menu **menu,
                              struct l1t_diag *diag) L1T_MUST_USE;

/* ---- scales (gt_scales.c) ---- */

/* The CMS scale set from steps and ranges: what a menu gets that brings no scales. */
enum l1t_err l1t_gt_scales_default(struct l1t_gt_scales *scales,
                                   struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_scales_free(struct l1t_gt_scales *scales); /* what it holds */

/* "MU", "ETA"; NULL when the set has none. */
const struct l1t_gt_scale *l1t_gt_scale_find(const struct l1t_gt_scales *scales, const char *object,
                                             const char *type);

/*
 * Value to code. LOW, of thresholds and lower window edges: the bin with minimum <= value <
 * maximum; HIGH, of upper edges: minimum < value <= maximum; edges within 1e-6. false: outside of
 * the scale. on_edge (may be NULL): the value is that edge of the bin.
 */
enum l1t_gt_edge { L1T_GT_LOW, L1T_GT_HIGH };
bool l1t_gt_code_of(const struct l1t_gt_scale *scale, double value, enum l1t_gt_edge edge,
                    int *code, bool *on_edge);
/* Code to its bin. false: no bin has this code (an overflow code). */
bool l1t_gt_range_of(const struct l1t_gt_scale *scale, int code, double *minimum, double *maximum);

/*
 * Overlap removal of a menu that does not say: ALL for scale sets dated before March 2021 (or, when
 * the set's name has no date, grammars before 0.8), else EXISTS.
 */
enum l1t_gt_overlap l1t_gt_overlap_default(const struct l1t_gt_menu *menu);

/* ---- names (gt_names.c) ---- */

const char *l1t_gt_cut_type_name(enum l1t_gt_cut_type type); /* "ETA" */
bool l1t_gt_cut_type_find(const char *name, enum l1t_gt_cut_type *type);
bool l1t_gt_cut_type_is_between(enum l1t_gt_cut_type type); /* objects: DETA, MASS, ORMDR ... */
/* "mass_inv"; "" when there is none to write. */
const char *l1t_gt_function_name(enum l1t_gt_function function);
const char *l1t_gt_type_name(enum l1t_gt_type type);       /* "MU" */
const char *l1t_gt_signal_name(enum l1t_gt_signal signal); /* "CENT0" */

/* ---- compiled (gt_compile.c, gt_tables.c) ---- */

/* Menu to integers. An algorithm that cannot be evaluated compiles to supported = false. */
enum l1t_err l1t_gt_compile(const struct l1t_gt_menu *menu, struct l1t_gt_code **code,
                            struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_code_free(struct l1t_gt_code *code); /* accepts NULL */

#endif
