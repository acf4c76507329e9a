// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin generate muons` and `generate stubs`: crossings of the global muon trigger, or segments
// of the same muons in the barrel, as text, from the generator sections of YAML or from real
// events.
#include "cmd/cmd.h"
#include "cmd/generate.h"
#include "cmd/inject.h"
#include "cmd/physics.h"
#include "l1t/io.h"
#include "l1t/kbmtf_text.h"
#include "l1t/muons.h"
#include "l1t/spectra_config.h"
#include "l1t/stub_gen.h"
#include "l1t/ugmt_config.h"
#include "shards.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1024 }; // events made between two writes

struct arguments {
    const struct l1t_cmd *cmd; // "generate", with the options of muons alone
    uint64_t n, seed, skip, threads;
    bool stubs, has_n, smear, fitted;
    double corners, punch_through, pt_min, pt_max, eta_max, slope; // NAN: as configured
    int per_event;                                                 // -1: as configured
    const char *config, *luts, *out, *truth, *from, *columns, *spectra;
    const char *stubs_config, *stubs_luts;
    struct l1t_real_events real;
};

static const struct option long_options[] = {{"n", required_argument, NULL, 'n'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"skip", required_argument, NULL, 'k'},
                                             {"threads", required_argument, NULL, 'T'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"corners", required_argument, NULL, 'C'},
                                             {"output", required_argument, NULL, 'o'},
                                             {"truth", required_argument, NULL, 't'},
                                             {"per-event", required_argument, NULL, 'e'},
                                             {"pt", required_argument, NULL, 'p'},
                                             {"eta", required_argument, NULL, 'E'},
                                             {"spectrum", required_argument, NULL, 'm'},
                                             {"spectra", required_argument, NULL, 'S'},
                                             {"punch-through", required_argument, NULL, 'P'},
                                             {"from", required_argument, NULL, 'f'},
                                             {"columns", required_argument, NULL, 'q'},
                                             {"smear", no_argument, NULL, 'M'},
                                             {"stubs-config", required_argument, NULL, 'g'},
                                             {"stubs-luts", required_argument, NULL, 'L'},
                                             {NULL, 0, NULL, 0}};

// ---- options ----

static int take_spectrum(const struct l1t_cmd *cmd, struct arguments *a)
{
    a->fitted = strcmp(optarg, "fitted") == 0;
    if (a->fitted)
        return 0;
    if (strcmp(optarg, "flat") == 0) {
        a->slope = 0;
        return 0;
    }
    if (strspn(optarg, "0123456789.") == 0)
        return l1t_cmd_usage(cmd, "--spectrum: '%.40s' is not flat, fitted or a slope in 1/GeV",
                             optarg);
    return l1t_cmd_double(cmd, "--spectrum", optarg, 0, 10, &a->slope);
}

static int take_number(const struct l1t_cmd *cmd, int opt, struct arguments *a)
{
    uint64_t n = 0;
    int code;
    switch (opt) {
    case 'n':
        a->has_n = true;
        return l1t_cmd_u64(cmd, "--n", optarg, 1, UINT64_C(1) << 39, &a->n);
    case 's':
        return l1t_cmd_u64(cmd, "--seed", optarg, 0, UINT64_MAX, &a->seed);
    case 'k':
        return l1t_cmd_u64(cmd, "--skip", optarg, 0, UINT64_C(1) << 39, &a->skip);
    case 'T':
        return l1t_cmd_u64(cmd, "--threads", optarg, 1, L1T_MAX_THREADS, &a->threads);
    case 'C':
        return l1t_cmd_double(cmd, "--corners", optarg, 0, 100, &a->corners);
    case 'e':
        code = l1t_cmd_u64(cmd, "--per-event", optarg, 0, L1T_MUON_GEN_PER_EVENT, &n);
        a->per_event = (int)n;
        return code;
    case 'E':
        return l1t_cmd_double(cmd, "--eta", optarg, 0, 2.5, &a->eta_max);
    default:
        return l1t_cmd_double(cmd, "--punch-through", optarg, 0, 8, &a->punch_through);
    }
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    const struct l1t_cmd *cmd = a->cmd;
    switch (opt) {
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'o':
        a->out = optarg;
        return 0;
    case 't':
        a->truth = optarg;
        return 0;
    case 'f':
        a->from = optarg;
        return 0;
    case 'q':
        a->columns = optarg;
        return 0;
    case 'S':
        a->spectra = optarg;
        return 0;
    case 'M':
        a->smear = true;
        return 0;
    case 'g':
        a->stubs_config = optarg;
        return 0;
    case 'L':
        a->stubs_luts = optarg;
        return 0;
    case 'p':
        return l1t_inject_range(cmd, optarg, 1, &a->pt_min, &a->pt_max);
    case 'm':
        return take_spectrum(cmd, a);
    case '?':
    case ':':
        return l1t_cmd_bad_option(cmd, opt, argv);
    default:
        return take_number(cmd, opt, a);
    }
}

static int check_combination(const struct l1t_cmd *cmd, const struct arguments *a)
{
    const bool drawn = a->per_event >= 0 || !isnan(a->pt_min) || !isnan(a->eta_max) ||
                       !isnan(a->slope) || a->fitted;
    if (!a->stubs && (a->stubs_config != NULL || a->stubs_luts != NULL))
        return l1t_cmd_usage(cmd, "--stubs-config, --stubs-luts: go with 'generate stubs'");
    if (a->stubs && !isnan(a->corners))
        return l1t_cmd_usage(cmd, "--corners: there are no hard events of stubs");
    if (a->columns != NULL && a->from == NULL)
        return l1t_cmd_usage(cmd, "--columns: goes with --from");
    if (a->smear && a->from == NULL)
        return l1t_cmd_usage(cmd, "--smear: goes with --from; muons that are drawn are smeared");
    if (a->spectra != NULL && !a->fitted)
        return l1t_cmd_usage(cmd, "--spectra: goes with --spectrum fitted");
    if (a->from != NULL && drawn)
        return l1t_cmd_usage(cmd, "--from: its muons are not drawn; leave out --per-event, --pt, "
                                  "--eta and --spectrum");
    if (a->from != NULL && !isnan(a->corners))
        return l1t_cmd_usage(cmd, "--corners: there is nothing of --from in hard events");
    if (a->from != NULL && !a->smear && !isnan(a->punch_through))
        return l1t_cmd_usage(cmd, "--punch-through: with --from it needs --smear");
    if (a->truth != NULL && strcmp(a->truth, a->out) == 0)
        return l1t_cmd_usage(cmd, "--truth: muons and truth cannot both go to '%.100s'", a->truth);
    return 0;
}

// ---- parameters ----

// The slope fitted to the published rates of single muons.
static enum l1t_err fitted_slope(const char *path, double *slope, struct l1t_diag *diag)
{
    struct l1t_spectra *s = malloc(sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_cmd_spectra(path, s, NULL, diag);
    if (err == L1T_OK) {
        err = l1t_fail(diag, L1T_E_INPUT, "the spectra have no fitted rates of a single muon");
        for (size_t k = 0; s->has_physical && k < s->n_processes; k++) {
            const struct l1t_process_config *p = &s->process[k];
            if (!p->fitted || p->spec.n_legs != 1 || p->spec.leg[0].object != L1T_MUON)
                continue;
            *slope = p->fit.lambda;
            err = L1T_OK;
        }
        l1t_spectra_free(s);
    }
    free(s);
    return err;
}

static double or_else(double asked, double configured)
{
    return isnan(asked) ? configured : asked;
}

static enum l1t_err apply_real(struct arguments *a, struct l1t_muon_gen_params *p,
                               struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_real_events_load(&a->real, a->from, a->columns, diag);
    if (err != L1T_OK)
        return err;
    p->real = &a->real;
    p->corners = 0; // which the file of a configuration may ask for; they would replace real muons
    p->ideal = !a->smear;
    if (!a->has_n)
        a->n = a->real.n;
    return L1T_OK;
}

static enum l1t_err apply(struct arguments *a, struct l1t_muon_gen_params *p, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    p->corners = or_else(a->corners / 100, p->corners);
    p->punch_through = or_else(a->punch_through, p->punch_through);
    p->spectrum.pt_min_gev = or_else(a->pt_min, p->spectrum.pt_min_gev);
    p->spectrum.pt_max_gev = or_else(a->pt_max, p->spectrum.pt_max_gev);
    p->spectrum.slope = or_else(a->slope, p->spectrum.slope);
    p->eta_max = or_else(a->eta_max, p->eta_max);
    if (a->per_event >= 0)
        p->per_event = a->per_event;
    if (a->fitted)
        err = fitted_slope(a->spectra, &p->spectrum.slope, diag);
    return err == L1T_OK && a->from != NULL ? apply_real(a, p, diag) : err;
}

// ---- events ----

struct batch {
    const struct l1t_muon_gen *gen;
    const struct l1t_stub_gen *stubs; // NULL: muons
    uint64_t first;
    struct l1t_ugmt_event event[CHUNK];
    struct l1t_kbmtf_event segments[CHUNK];
    struct l1t_muon_truth truth[CHUNK][L1T_MUON_TRUTH_MAX];
    size_t particles[CHUNK];
};

static void make_part(void *context, unsigned shard, size_t first, size_t count)
{
    struct batch *b = context;
    (void)shard;
    for (size_t i = first; i < first + count; i++)
        b->particles[i] =
            b->stubs != NULL
                ? l1t_stub_gen_event(b->stubs, b->first + i, &b->segments[i], b->truth[i])
                : l1t_muon_gen_event(b->gen, b->first + i, &b->event[i], b->truth[i]);
}

static enum l1t_err write_event(FILE *out, const struct batch *b, size_t i, const char *name,
                                struct l1t_diag *diag)
{
    return b->stubs != NULL ? l1t_kbmtf_write_event(out, &b->segments[i], b->first + i, name, diag)
                            : l1t_muons_write(out, &b->event[i], b->first + i, name, diag);
}

struct files {
    struct l1t_out muons, truth;
    bool with_truth;
};

static enum l1t_err write_events(const struct arguments *a, struct batch *b, struct files *f,
                                 struct l1t_diag *diag)
{
    uint64_t particles = 0;
    char name[64];
    enum l1t_err err = L1T_OK;
    snprintf(name, sizeof name, "seed%" PRIu64, a->seed);
    for (uint64_t done = 0; done < a->n && err == L1T_OK; done += CHUNK) {
        const size_t n = a->n - done < CHUNK ? (size_t)(a->n - done) : CHUNK;
        b->first = a->skip + done;
        l1t_shards_run((unsigned)(a->threads < n ? a->threads : n), n, make_part, b);
        for (size_t i = 0; i < n && err == L1T_OK; i++) {
            err = write_event(f->muons.file, b, i, name, diag);
            if (f->with_truth)
                l1t_muon_truth_write(f->truth.file, b->first + i, b->truth[i], b->particles[i]);
            particles += b->particles[i];
        }
    }
    fprintf(f->muons.file, "# end %" PRIu64 " events\n", a->n);
    if (f->with_truth)
        l1t_muon_truth_end(f->truth.file, particles);
    return err;
}

static enum l1t_err open_files(const struct arguments *a, struct files *f, struct l1t_diag *diag)
{
    f->with_truth = a->truth != NULL;
    enum l1t_err err = l1t_out_open(&f->muons, a->out, diag);
    if (err == L1T_OK && f->with_truth && (err = l1t_out_open(&f->truth, a->truth, diag)) != L1T_OK)
        l1t_out_abort(&f->muons);
    return err;
}

static enum l1t_err close_files(struct files *f, enum l1t_err err, struct l1t_diag *diag)
{
    if (err == L1T_OK && f->with_truth)
        err = l1t_out_commit(&f->truth, diag);
    else if (f->with_truth)
        l1t_out_abort(&f->truth);
    if (err == L1T_OK)
        return l1t_out_commit(&f->muons, diag);
    l1t_out_abort(&f->muons);
    return err;
}

// Everything that is loaded and made for an invocation.
struct job {
    struct l1t_ugmt_setup trigger;
    struct l1t_kbmtf_setup barrel; // of stubs
    struct l1t_muon_gen *muons;
    struct l1t_stub_gen *stubs;
    struct batch batch;
    char digest[65];
};

static enum l1t_err write_files(const struct arguments *a, struct job *j, struct l1t_diag *diag)
{
    struct files f = {.with_truth = false};
    char text[L1T_MUON_GEN_TEXT];
    const enum l1t_err err = open_files(a, &f, diag);
    if (err != L1T_OK)
        return err;
    l1t_provenance_comment(f.muons.file, a->stubs ? "stubs" : "muons", j->digest, &a->seed);
    fprintf(f.muons.file, "# generator %s\n",
            l1t_muon_gen_text(&j->trigger.generator, text, sizeof text));
    if (a->stubs)
        fprintf(f.muons.file, "# stubs %s\n",
                l1t_stub_gen_text(&j->barrel.generator, text, sizeof text));
    if (f.with_truth)
        l1t_muon_truth_begin(f.truth.file, j->digest, &a->seed);
    return close_files(&f, write_events(a, &j->batch, &f, diag), diag);
}

// The configurations' own digests, the generators' parameters as they are now, the real events.
static enum l1t_err make_digest(const struct arguments *a, struct job *j, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    char text[L1T_MUON_GEN_TEXT];
    enum l1t_err err = L1T_OK;
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    l1t_digest_add(digest, "config", j->trigger.digest, 64);
    l1t_muon_gen_text(&j->trigger.generator, text, sizeof text);
    l1t_digest_add(digest, "generator", text, strlen(text));
    if (a->stubs) {
        l1t_digest_add(digest, "barrel", j->barrel.digest, 64);
        l1t_stub_gen_text(&j->barrel.generator, text, sizeof text);
        l1t_digest_add(digest, "stubs", text, strlen(text));
    }
    if (a->from != NULL)
        err = l1t_inject_digest_file(digest, "from", a->from, diag);
    l1t_digest_hex(digest, j->digest);
    l1t_digest_free(digest);
    return err;
}

static enum l1t_err generate(struct arguments *a, struct job *j, struct l1t_diag *diag)
{
    enum l1t_err err = l1t_ugmt_setup_load(a->config, a->luts, &j->trigger, diag);
    if (err == L1T_OK && a->stubs)
        err = l1t_kbmtf_setup_load(a->stubs_config, a->stubs_luts, &j->barrel, diag);
    if (err == L1T_OK)
        err = apply(a, &j->trigger.generator, diag);
    if (err == L1T_OK)
        err = make_digest(a, j, diag);
    if (err == L1T_OK)
        err = l1t_muon_gen_new(&j->trigger.generator, a->seed, &j->muons, diag);
    if (err == L1T_OK && a->stubs)
        err = l1t_stub_gen_new(j->muons, &j->barrel, a->seed, &j->stubs, diag);
    if (err == L1T_OK) {
        j->batch.gen = j->muons;
        j->batch.stubs = j->stubs;
        err = write_files(a, j, diag);
    }
    l1t_stub_gen_free(j->stubs);
    l1t_muon_gen_free(j->muons);
    return err;
}

// What the file of real events did not say.
static void tell(const struct arguments *a)
{
    if (a->real.out_of_range > 0)
        fprintf(stderr, "l1twin generate: %" PRIu64 " objects above 1000 GeV or |eta| 5 left out\n",
                a->real.out_of_range);
    if (a->real.no_charge > 0)
        fprintf(stderr,
                "l1twin generate: the charge of %" PRIu64 " muons is not -1 or 1 in a column "
                "q1 or charge1; it is drawn\n",
                a->real.no_charge);
}

int l1t_generate_muons(const struct l1t_cmd *generate_cmd, int argc, char **argv)
{
    // Its own options only are suggested.
    const struct l1t_cmd muons = {.name = generate_cmd->name,
                                  .options = L1T_GENERATE_MUONS_OPTIONS};
    const long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    struct arguments a = {.cmd = &muons,
                          .n = 10,
                          .seed = 1,
                          .stubs = strcmp(argv[0], "stubs") == 0,
                          .threads = cpus > 0 && cpus < L1T_MAX_THREADS ? (uint64_t)cpus : 1,
                          .out = NULL,
                          .corners = NAN,
                          .punch_through = NAN,
                          .pt_min = NAN,
                          .pt_max = NAN,
                          .eta_max = NAN,
                          .slope = NAN,
                          .per_event = -1};
    struct l1t_diag diag = {""};
    int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, &a);
    if (code != 0)
        return code;
    if (argc - optind > (a.out == NULL))
        return l1t_cmd_usage(&muons, "'%s' is not expected; one output file is written",
                             argv[argc - 1]);
    if (a.out == NULL)
        a.out = optind < argc ? argv[optind] : "-";
    code = check_combination(&muons, &a);
    if (code != 0)
        return code;
    struct job *job = calloc(1, sizeof *job);
    const enum l1t_err err =
        job != NULL ? generate(&a, job, &diag) : l1t_fail(&diag, L1T_E_NOMEM, "out of memory");
    free(job);
    if (err == L1T_OK)
        tell(&a);
    l1t_real_events_free(&a.real);
    return err == L1T_OK ? 0 : l1t_cmd_fail(&muons, err, &diag);
}
