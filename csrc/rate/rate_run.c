// SPDX-License-Identifier: GPL-3.0-or-later
// Rates of a study from its samples.
#include "rate_internal.h"

#include "../shards.h"
#include "l1t/rate_ranks.h"

#include <stdlib.h>
#include <string.h>

// ---- menus ----

static enum l1t_err load_menu(const struct l1t_rate_study *study, const char *key, const char *path,
                              struct rate_menu *menu, struct l1t_diag *diag)
{
    enum l1t_err err = rate_menu_load(menu, path, diag);
    if (err == L1T_E_IO) // say who asked for the file
        err = l1t_fail_at(diag, err, "%s: rates.%s", l1t_yaml_path(study->study->yaml), key);
    return err;
}

static enum l1t_err load_menus(struct l1t_rate_study *study,
                               const struct l1t_rates_options *options, struct rate_menu *menu,
                               struct l1t_diag *diag)
{
    const char *path = options->menu != NULL ? options->menu : study->rates.menu;
    const char *other = options->compare_to != NULL ? options->compare_to : study->rates.compare_to;
    if (options->column != NULL)
        study->rates.column = options->column;
    enum l1t_err err = load_menu(study, "menu", path, &menu[0], diag);
    if (err == L1T_OK)
        err = l1t_rate_study_column(study, menu[0].menu, &menu[0].spec.focus, diag);
    if (err == L1T_OK && other != NULL)
        err = load_menu(study, "compare_to", other, &menu[1], diag);
    if (err != L1T_OK || other == NULL)
        return err;
    // The other menu's column of the same name; its first when it has none.
    for (size_t c = 0; menu[0].menu->n_columns > 0 && c < menu[1].menu->n_columns; c++)
        if (strcmp(menu[1].menu->column[c], menu[0].menu->column[menu[0].spec.focus]) == 0)
            menu[1].spec.focus = c;
    return L1T_OK;
}

// ---- samples ----

struct deciders {
    struct rate_decider *decider; /* by thread */
};

static enum l1t_err open_sample(const struct l1t_rate_study *study, struct rate_sample *sample,
                                struct l1t_diag *diag)
{
    struct l1t_diag why = {""};
    const enum l1t_err err = l1t_sample_open(&sample->study->spec, &sample->sample, &why);
    if (err == L1T_E_INPUT)
        return l1t_yaml_fail(study->study->yaml, sample->study->node, diag, "%s", why.text);
    if (err != L1T_OK)
        return l1t_fail(diag, err, "%s: sample %s: %s", l1t_yaml_path(study->study->yaml),
                        sample->name, why.text);
    sample->info = *l1t_sample_info(sample->sample);
    if (sample->info.n == 0)
        return l1t_yaml_fail(study->study->yaml, sample->study->node, diag,
                             "the sample has no crossing: there is no rate to give");
    return L1T_OK;
}

static void add_sample(struct rate_source *source, const struct l1t_study_sample *sample,
                       bool signal)
{
    source->sample[source->n_samples++] =
        (struct rate_sample){.name = sample->name, .signal = signal, .study = sample};
    source->n_signals += signal;
}

static enum l1t_err list_samples(const struct l1t_rate_study *study, const char *only,
                                 struct rate_source *source, struct l1t_diag *diag)
{
    source->sample = calloc((size_t)2 * L1T_STUDY_SAMPLES, sizeof *source->sample);
    if (source->sample == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < study->rates.n_samples; i++)
        if (only == NULL || strcmp(only, study->rates.sample[i].name) == 0)
            add_sample(source, &study->rates.sample[i], false);
    if (source->n_samples == 0)
        return l1t_fail(diag, L1T_E_USAGE, "%s: no sample '%.60s' among the rates'",
                        l1t_yaml_path(study->study->yaml), only);
    for (size_t i = 0; i < study->n_signals; i++)
        add_sample(source, &study->signal[i], true);
    return L1T_OK;
}

void rate_source_count(struct rate_source *source)
{
    source->n_blocks = 0;
    for (size_t s = 0; s < source->n_samples; s++) {
        struct rate_sample *sample = &source->sample[s];
        sample->first = source->n_blocks;
        sample->n = (sample->info.n + L1T_SAMPLE_BLOCK - 1) / L1T_SAMPLE_BLOCK;
        source->n_blocks += sample->n;
    }
}

const struct rate_sample *rate_source_sample(const struct rate_source *source, uint64_t number)
{
    size_t s = 0;
    while (s + 1 < source->n_samples && number >= source->sample[s + 1].first)
        s++;
    return &source->sample[s];
}

// ---- deciding as a source of blocks ----

static enum l1t_err get(struct rate_source *source, unsigned thread, uint64_t number,
                        struct rate_block *block, struct l1t_diag *diag)
{
    const struct deciders *d = source->context;
    const struct rate_sample *sample = rate_source_sample(source, number);
    return rate_decide(&d->decider[thread], sample, number - sample->first, block, diag);
}

static enum l1t_err head(struct rate_source *source, unsigned thread, uint64_t number,
                         struct rate_block *block, struct l1t_diag *diag)
{
    const struct deciders *d = source->context;
    const struct rate_sample *sample = rate_source_sample(source, number);
    return rate_decide_head(&d->decider[thread], sample, number - sample->first, block, diag);
}

static void close_live(struct rate_source *source)
{
    struct deciders *d = source->context;
    for (unsigned t = 0; d != NULL && d->decider != NULL && t < source->threads; t++)
        rate_decider_free(&d->decider[t]);
    if (d != NULL)
        free(d->decider);
    free(d);
    for (size_t s = 0; s < source->n_samples; s++)
        l1t_sample_close(source->sample[s].sample);
    free(source->sample);
}

static enum l1t_err open_live(const struct l1t_rate_study *study, const struct rate_menu *menu,
                              const struct l1t_rates_options *options, struct rate_source *source,
                              struct l1t_diag *diag)
{
    struct deciders *d = calloc(1, sizeof *d);
    source->context = d;
    source->close = close_live;
    source->get = get;
    source->head = head;
    source->n_menus = menu[1].menu != NULL ? 2 : 1;
    source->threads = options->threads < 1                 ? 1
                      : options->threads > L1T_MAX_THREADS ? L1T_MAX_THREADS
                                                           : options->threads;
    enum l1t_err err = list_samples(study, options->sample, source, diag);
    for (size_t s = 0; err == L1T_OK && s < source->n_samples; s++)
        err = open_sample(study, &source->sample[s], diag);
    if (err != L1T_OK)
        return err;
    rate_source_count(source);
    if (d != NULL)
        d->decider = calloc(source->threads, sizeof *d->decider);
    if (d == NULL || d->decider == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (unsigned t = 0; err == L1T_OK && t < source->threads; t++)
        err = rate_decider_make(&d->decider[t], menu, diag);
    return err;
}

// ---- all of it ----

// Of all that decides a result: the study file, the menus, the samples.
enum l1t_err rate_config_digest(const struct l1t_rate_study *study,
                                const struct l1t_rates_work *work, char hex[65],
                                struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_digest_add_file(digest, "study", study->study->path, diag);
    for (size_t m = 0; m < RATE_MENUS && work->menu[m].menu != NULL; m++)
        l1t_digest_add(digest, "menu", work->menu[m].all, strlen(work->menu[m].all));
    for (size_t s = 0; s < work->source.n_samples; s++) {
        const struct rate_sample *sample = &work->source.sample[s];
        l1t_digest_add(digest, sample->name, sample->info.digest, strlen(sample->info.digest));
    }
    l1t_digest_hex(digest, hex);
    l1t_digest_free(digest);
    return err;
}

enum l1t_err rate_open(struct l1t_rate_study *study, const struct l1t_rates_options *options,
                       struct l1t_rates *rates, struct l1t_diag *diag)
{
    memset(rates, 0, sizeof *rates);
    rates->study = study;
    rates->work = calloc(1, sizeof *rates->work);
    if (rates->work == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (options->command != NULL)
        (void)snprintf(rates->command, sizeof rates->command, "%s", options->command);
    enum l1t_err err = l1t_rate_study_check(study, diag);
    if (err == L1T_OK)
        err = load_menus(study, options, rates->work->menu, diag);
    return err == L1T_OK ? l1t_rate_study_use_menu(study, rates->work->menu[0].menu, diag) : err;
}

enum l1t_err rate_open_samples(const struct l1t_rates_options *options, struct l1t_rates *rates,
                               struct l1t_diag *diag)
{
    struct l1t_rates_work *work = rates->work;
    const enum l1t_err err = open_live(rates->study, work->menu, options, &work->source, diag);
    return err == L1T_OK ? rate_config_digest(rates->study, work, rates->config, diag) : err;
}

enum l1t_err rate_finish(const struct l1t_rates_options *options, struct l1t_rates *rates,
                         struct l1t_diag *diag)
{
    struct l1t_rates_work *work = rates->work;
    const struct rate_account_options account = {.study = rates->study,
                                                 .menu = work->menu,
                                                 .comm = options->comm,
                                                 .overlap = options->overlap,
                                                 .progress = options->progress,
                                                 .user = options->user};
    enum l1t_err err = rate_account(&work->source, &account, &work->accounts, diag);
    if (err != L1T_OK || rate_rank(options->comm) > 0)
        return err;
    err = rate_results(rates, options->overlap, diag);
    if (err == L1T_OK)
        err = rate_difference(rates, diag);
    if (err == L1T_OK)
        err = rate_extrapolate(rates, work->source.threads, diag);
    if (err == L1T_OK)
        rate_warnings(rates);
    return err;
}

enum l1t_err l1t_rates_compute(struct l1t_rate_study *study,
                               const struct l1t_rates_options *options, struct l1t_rates *rates,
                               struct l1t_diag *diag)
{
    enum l1t_err err = rate_open(study, options, rates, diag);
    if (err == L1T_OK)
        err = rate_open_samples(options, rates, diag);
    err = l1t_ranks_agree(options->comm, err, diag);
    return err == L1T_OK ? rate_finish(options, rates, diag) : err;
}

void l1t_rates_free(struct l1t_rates *rates)
{
    for (size_t s = 0; rates->sample != NULL && s < rates->n_samples; s++)
        free(rates->sample[s].algorithm);
    for (size_t c = 0; rates->column != NULL && c < rates->n_columns; c++)
        for (int m = 0; m < L1T_RATES_MODES; m++)
            free(rates->column[c].after[m]);
    for (size_t b = 0; rates->beam != NULL && b < rates->n_beams; b++)
        for (int s = 0; s < L1T_SCALINGS; s++) {
            free(rates->beam[b].algorithm_hz[s]);
            free(rates->beam[b].algorithm_applies[s]);
        }
    free(rates->sample);
    free(rates->column);
    free(rates->beam);
    free(rates->algorithm);
    free(rates->set);
    free(rates->overlap);
    free(rates->difference.pair);
    free(rates->warning);
    if (rates->work != NULL) {
        rate_accounts_free(&rates->work->accounts, &rates->work->source);
        if (rates->work->source.close != NULL)
            rates->work->source.close(&rates->work->source);
        for (size_t m = 0; m < RATE_MENUS; m++)
            rate_menu_free(&rates->work->menu[m]);
    }
    free(rates->work);
    memset(rates, 0, sizeof *rates);
}
