// SPDX-License-Identifier: GPL-3.0-or-later
// What `rate` and `merge` share.
#include "cmd/rate_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int l1t_rate_cmd_option(struct l1t_rate_cmd *r, int opt)
{
    switch (opt) {
    case 'c':
        r->options.column = optarg;
        return 0;
    case 'm':
        r->options.menu = optarg;
        return 0;
    case 'O':
        r->options.overlap = true;
        return 0;
    case 'A':
        r->all_columns = true;
        return 0;
    case 'P':
        r->prescale_table = optarg;
        return 0;
    default:
        return -1;
    }
}

enum l1t_err l1t_rate_file_load(struct l1t_rate_file *file, const char *path, struct l1t_diag *diag)
{
    memset(file, 0, sizeof *file);
    enum l1t_err err = l1t_study_load(&file->study, path, diag);
    if (err != L1T_OK)
        return err;
    file->rate = calloc(1, sizeof *file->rate);
    if (file->rate == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    err = l1t_rate_study_bind(file->rate, &file->study, diag);
    if (err != L1T_OK) {
        free(file->rate);
        file->rate = NULL;
    }
    return err;
}

void l1t_rate_file_free(struct l1t_rate_file *file)
{
    if (file->rate != NULL)
        l1t_rate_study_free(file->rate);
    free(file->rate);
    l1t_study_free(&file->study);
}

void l1t_rate_cmd_remember(struct l1t_rate_cmd *r)
{
    char *text = r->command;
    const size_t size = sizeof r->command;
    text[0] = '\0';
    l1t_cmd_append(text, size, "l1twin rate %s", r->study);
    if (r->options.menu != NULL)
        l1t_cmd_append(text, size, " --menu %s", r->options.menu);
    if (r->options.column != NULL)
        l1t_cmd_append(text, size, " --column %s", r->options.column);
    if (r->options.sample != NULL)
        l1t_cmd_append(text, size, " --sample %s", r->options.sample);
    if (r->options.overlap)
        l1t_cmd_append(text, size, " --overlap");
    if (r->all_columns)
        l1t_cmd_append(text, size, " --all-columns");
    r->options.command = text;
    memcpy(r->physics.provenance.command, text, sizeof r->physics.provenance.command);
}

static void show_progress(void *user, const char *what, double done, double total)
{
    struct l1t_rate_cmd *r = user;
    if (strcmp(r->what, what) != 0) {
        l1t_progress_end(&r->progress);
        (void)snprintf(r->what, sizeof r->what, "%s", what);
        l1t_progress_start(&r->progress, r->what, total);
    }
    l1t_progress_at(&r->progress, done);
}

void l1t_rate_cmd_start(struct l1t_rate_cmd *r)
{
    r->options.threads = (unsigned)r->physics.threads;
    r->options.progress = show_progress;
    r->options.user = r;
}

static bool for_people(const struct l1t_physics *p)
{
    return p->format == L1T_FORMAT_TABLE ||
           (p->format == L1T_FORMAT_AUTO && strcmp(p->out, "-") == 0 && isatty(STDOUT_FILENO));
}

// Tables for people cut long texts; here they are in full.
static void print_reasons(const char *name, const struct l1t_rates *rates)
{
    for (size_t b = 0; b < rates->n_beams; b++)
        for (int s = 0; s < L1T_SCALINGS; s++) {
            const struct l1t_rates_beam *beam = &rates->beam[b];
            if (!beam->scaled[s].applies)
                fprintf(stderr, "l1twin %s: beam %zu, scaling '%s' does not apply: %s\n", name,
                        b + 1, l1t_scaling_name((enum l1t_scaling)s), beam->scaled[s].why);
        }
}

enum l1t_err l1t_rate_cmd_print(struct l1t_rate_cmd *r, const struct l1t_rates *rates)
{
    struct l1t_physics *p = &r->physics;
    struct l1t_table *table[L1T_RATE_TABLES];
    enum l1t_err err = L1T_OK;
    l1t_progress_end(&r->progress);
    p->seed = (uint64_t)rates->study->study->seed;
    memcpy(p->provenance.config, rates->config, sizeof p->provenance.config);
    const size_t n = l1t_rate_tables(r, rates, for_people(p), table);
    for (size_t i = 0; i < n; i++)
        if (table[i] == NULL)
            err = l1t_fail(&p->diag, L1T_E_NOMEM, "no memory for a table");
    if (err == L1T_OK && r->prescale_table != NULL)
        err = l1t_rate_prescale_table(r->prescale_table, rates, &p->diag);
    if (err == L1T_OK)
        err = l1t_physics_print(p, table, n);
    for (size_t i = 0; i < n; i++)
        l1t_table_free(table[i]);
    if (err == L1T_OK && for_people(p))
        print_reasons(p->cmd->name, rates);
    for (size_t i = 0; err == L1T_OK && i < rates->n_warnings; i++)
        fprintf(stderr, "l1twin %s: warning: %s\n", p->cmd->name, rates->warning[i]);
    return err;
}
