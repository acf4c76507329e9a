/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about the global trigger share. */
#ifndef L1T_GT_CMD_H
#define L1T_GT_CMD_H

#include "cmd/physics.h"
#include "l1t/gt_explain.h"
#include "l1t/gt_run.h"

/* What their command lines say alike. */
struct l1t_gt_choice {
    const char *menu;
    struct l1t_gt_run_options run;
};

#define L1T_GT_OPTIONS                                                                             \
    {"menu", required_argument, NULL, 'm'}, {"engine", required_argument, NULL, 'e'},              \
        {"independent", no_argument, NULL, 'i'},                                                   \
    {                                                                                              \
        "threads", required_argument, NULL, 't'                                                    \
    }

/* Options 'm' menu, 'e' engine, 'i' independent, and those of l1t_physics_option: as that one. */
int l1t_gt_option(struct l1t_physics *p, struct l1t_gt_choice *choice, int opt, char **argv);

/* A menu from a file, and compiled. */
struct l1t_gt_loaded {
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
};

/* Load and compile; the file joins the digest. Free in any case. */
enum l1t_err l1t_gt_loaded_open(struct l1t_gt_loaded *loaded, const char *path,
                                struct l1t_digest *digest, struct l1t_diag *diag);
void l1t_gt_loaded_free(struct l1t_gt_loaded *loaded);

/* The algorithm of a bit, or NULL. */
const struct l1t_gt_algorithm_def *l1t_gt_loaded_bit(const struct l1t_gt_loaded *loaded,
                                                     unsigned bit);

/* The algorithm of a name, or of a bit's number; says on diag which are like it. */
enum l1t_err l1t_gt_loaded_find(const struct l1t_gt_loaded *loaded, const char *name,
                                const struct l1t_gt_algorithm_def **algorithm,
                                struct l1t_diag *diag);

/* Decisions for all crossings; the caller frees *bits. */
enum l1t_err l1t_gt_loaded_decide(const struct l1t_gt_loaded *loaded,
                                  const struct l1t_gt_vectors *vectors,
                                  const struct l1t_gt_run_options *options,
                                  uint64_t (**bits)[L1T_GT_WORDS], struct l1t_diag *diag);

/* Why an algorithm decides as it does on crossing i. Returns text. */
const char *l1t_gt_loaded_why(const struct l1t_gt_loaded *loaded,
                              const struct l1t_gt_vectors *vectors, size_t i, bool independent,
                              const struct l1t_gt_algorithm_def *algorithm, char *text,
                              size_t size);

/*
 * Tables cut long texts for people, who get them in full as a line on stderr instead: is the output
 * for people?
 */
bool l1t_gt_for_people(const struct l1t_physics *p);

/* `l1twin emulate gt`; argv[0] is "emulate". */
int l1t_emulate_gt(int argc, char **argv);

/* ---- menus and their test vectors ---- */

struct l1t_gt_pair_of_files {
    char *menu, *vectors;
};

struct l1t_gt_pairs {
    size_t n;
    struct l1t_gt_pair_of_files *pair;
};

/*
 * Arguments in twos, MENU VECTORS, or folders: one with a menu (.xml, .yaml, gzipped too, also in
 * its folder xml/) and vectors (.txt, also in testvectors/), or one that has such folders.
 */
enum l1t_err l1t_gt_pairs_find(struct l1t_gt_pairs *pairs, char **arguments, int n,
                               struct l1t_diag *diag);
void l1t_gt_pairs_free(struct l1t_gt_pairs *pairs);

#endif
