// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin emulate gt`: test vectors with the decisions of a menu.
#include "cmd/gt_parts.h"
#include "gt/l1t_gt_final.h"
#include "l1t/io.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const struct l1t_cmd cmd_emulate;

struct arguments {
    struct l1t_physics p;
    struct l1t_gt_choice gt;
    const char *in, *out, *counts, *column;
};

// What comes out: by crossing, and how often.
struct outcome {
    uint64_t (*bits)[L1T_GT_WORDS]; // raw, then prescaled
    uint64_t before[L1T_GT_ALGORITHMS], after[L1T_GT_ALGORITHMS], file[L1T_GT_ALGORITHMS];
    uint64_t finor, file_finor;
};

static int take(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'C':
        a->counts = optarg;
        return 0;
    case 'c':
        a->column = optarg;
        return 0;
    default:
        return l1t_gt_option(&a->p, &a->gt, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {L1T_GT_OPTIONS,
                                            {"counts", required_argument, NULL, 'C'},
                                            {"column", required_argument, NULL, 'c'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 2, options, take, a);
    if (code != 0)
        return code;
    const int n = argc - optind;
    if (a->gt.menu == NULL || n < 1 || n > 2)
        return l1t_cmd_usage(&cmd_emulate, "gt: --menu MENU, test vectors and at most one output "
                                           "are needed");
    a->in = argv[optind];
    a->out = n == 2 ? argv[optind + 1] : "-";
    a->gt.run.threads = (unsigned)a->p.threads;
    return 0;
}

// ---- prescales and masks of a column of the menu ----

static enum l1t_err find_column(const struct l1t_gt_menu *menu, const char *name, size_t *column,
                                struct l1t_diag *diag)
{
    char known[300] = "";
    for (*column = 0; *column < menu->n_columns; (*column)++) {
        if (strcmp(menu->column[*column], name) == 0)
            return L1T_OK;
        l1t_cmd_append(known, sizeof known, "%s%s", *column > 0 ? ", " : "", menu->column[*column]);
    }
    return l1t_fail(diag, L1T_E_USAGE, "--column: no '%.60s' in the menu; there is: %s", name,
                    known[0] != '\0' ? known : "none");
}

static void set_up(const struct l1t_gt_menu *menu, size_t column, struct l1t_gt_factors *factors,
                   struct l1t_gt_masks *masks)
{
    memset(factors, 0, sizeof *factors);
    memset(masks, 0, sizeof *masks);
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        const double hundredths = round(a->prescale[column] * L1T_GT_PRESCALE_ONE);
        factors->prescale[a->bit] =
            hundredths > L1T_GT_PRESCALE_MAX ? L1T_GT_PRESCALE_MAX : (uint32_t)hundredths;
        factors->preview[a->bit] = factors->prescale[a->bit];
        masks->finor[a->bit / 64] |= (uint64_t)!a->masked << a->bit % 64;
        masks->veto[a->bit / 64] |= (uint64_t)a->veto << a->bit % 64;
    }
}

static void add_counts(uint64_t counts[L1T_GT_ALGORITHMS], const uint64_t bits[L1T_GT_WORDS])
{
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        counts[b] += bits[b / 64] >> b % 64 & 1;
}

static bool any(const uint64_t bits[L1T_GT_WORDS])
{
    uint64_t all = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        all |= bits[w];
    return all != 0;
}

// Without a column every bit goes out as it is.
static enum l1t_err decide_finally(const struct arguments *a, const struct l1t_gt_menu *menu,
                                   struct l1t_gt_vectors *vectors, struct outcome *o,
                                   struct l1t_diag *diag)
{
    struct l1t_gt_factors factors;
    struct l1t_gt_masks masks;
    size_t column = 0;
    struct l1t_gt_final *state = calloc(1, sizeof *state);
    if (state == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err =
        a->column != NULL ? find_column(menu, a->column, &column, diag) : L1T_OK;
    if (err == L1T_OK && a->column != NULL) {
        set_up(menu, column, &factors, &masks);
        l1t_gt_final_init(state, &factors);
    }
    for (size_t i = 0; err == L1T_OK && i < vectors->n; i++) {
        struct l1t_gt_vector *v = &vectors->vector[i];
        struct l1t_gt_final_in in = {.crossing = v->crossing};
        struct l1t_gt_final_out out = {.finor = any(o->bits[i])};
        memcpy(in.raw, o->bits[i], sizeof in.raw);
        memcpy(out.prescaled, o->bits[i], sizeof out.prescaled);
        if (a->column != NULL)
            l1t_gt_final_step(state, &masks, &in, &out);
        add_counts(o->file, v->bits);
        add_counts(o->before, in.raw);
        add_counts(o->after, out.prescaled);
        o->file_finor += v->finor;
        o->finor += out.finor;
        memcpy(v->bits, out.prescaled, sizeof v->bits);
        v->finor = out.finor;
    }
    free(state);
    return err;
}

// ---- output ----

static enum l1t_err write_vectors(const struct arguments *a, const struct l1t_gt_vectors *vectors,
                                  struct l1t_diag *diag)
{
    struct l1t_out out;
    const enum l1t_err err = l1t_out_open(&out, a->out, diag);
    if (err != L1T_OK)
        return err;
    for (size_t i = 0; i < vectors->n; i++)
        l1t_gt_vectors_write(out.file, vectors->layout, &vectors->vector[i]);
    return l1t_out_commit(&out, diag);
}

static void fill_counts(struct l1t_table *table, const struct l1t_gt_loaded *loaded,
                        const struct outcome *o)
{
    for (size_t i = 0; i < loaded->code->n_algorithms; i++) {
        const unsigned bit = loaded->code->algorithm[i].bit;
        const struct l1t_gt_algorithm_def *def = l1t_gt_loaded_bit(loaded, bit);
        l1t_table_int(table, bit);
        l1t_table_text(table, def != NULL ? def->name : "");
        l1t_table_int(table, (long long)o->before[bit]);
        l1t_table_int(table, (long long)o->after[bit]);
        l1t_table_int(table, (long long)o->file[bit]);
        l1t_table_text(table, loaded->code->algorithm[i].supported ? "yes" : "no");
    }
    l1t_table_int(table, -1);
    l1t_table_text(table, "final OR");
    l1t_table_int(table, (long long)o->finor);
    l1t_table_int(table, (long long)o->finor);
    l1t_table_int(table, (long long)o->file_finor);
    l1t_table_text(table, "yes");
}

static enum l1t_format format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot == NULL                 ? L1T_FORMAT_TSV
           : strcmp(dot, ".json") == 0 ? L1T_FORMAT_JSON
           : strcmp(dot, ".csv") == 0  ? L1T_FORMAT_CSV
                                       : L1T_FORMAT_TSV;
}

static enum l1t_err write_counts(struct arguments *a, const struct l1t_gt_loaded *loaded,
                                 const struct outcome *o)
{
    static const struct l1t_column columns[] = {
        {"bit", "", L1T_CELL_INT, 0},    {"algorithm", "", L1T_CELL_TEXT, 0},
        {"before", "", L1T_CELL_INT, 0}, {"after", "", L1T_CELL_INT, 0},
        {"file", "", L1T_CELL_INT, 0},   {"supported", "", L1T_CELL_TEXT, 0}};
    struct l1t_table *table =
        l1t_physics_table(&a->p, "crossings that fired, before and after prescale, and in the file",
                          columns, sizeof columns / sizeof columns[0]);
    if (table == NULL)
        return L1T_E_NOMEM;
    fill_counts(table, loaded, o);
    a->p.out = a->counts;
    a->p.format = format_of(a->counts);
    const enum l1t_err err = l1t_physics_print(&a->p, &table, 1);
    l1t_table_free(table);
    return err;
}

static enum l1t_err emulate(struct arguments *a, struct outcome *o)
{
    struct l1t_gt_loaded loaded;
    struct l1t_gt_vectors vectors = {0};
    struct l1t_diag *diag = &a->p.diag;
    enum l1t_err err = l1t_gt_loaded_open(&loaded, a->gt.menu, a->p.digest, diag);
    if (err == L1T_OK)
        err = l1t_gt_vectors_load(a->in, &vectors, diag);
    if (err == L1T_OK)
        err = l1t_gt_loaded_decide(&loaded, &vectors, &a->gt.run, &o->bits, diag);
    if (err == L1T_OK)
        err = decide_finally(a, loaded.menu, &vectors, o, diag);
    if (err == L1T_OK)
        err = write_vectors(a, &vectors, diag);
    if (err == L1T_OK && a->counts != NULL)
        err = write_counts(a, &loaded, o);
    free(o->bits);
    l1t_gt_vectors_free(&vectors);
    l1t_gt_loaded_free(&loaded);
    return err;
}

int l1t_emulate_gt(int argc, char **argv)
{
    struct arguments a = {.p = {.provenance = {.no_seed = 1}}};
    struct outcome outcome = {.bits = NULL};
    int code = l1t_physics_start(&a.p, &cmd_emulate, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    const enum l1t_err err = code == 0 ? emulate(&a, &outcome) : L1T_OK;
    const int end = l1t_physics_end(&a.p, err);
    return code != 0 ? code : end;
}
