// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/generate.h"
#include "cmd/physics.h"
#include "l1t/generate.h"
#include "l1t/io.h"

#include <inttypes.h>
#include <stdlib.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_generate = {
    .name = "generate",
    .group = "Physics",
    .summary = "make events: four trigger objects, calorimeter towers, muons, segments",
    .usage =
        "usage: l1twin generate objects [options]\n" L1T_GENERATE_TOWERS_USAGE
            L1T_GENERATE_MUONS_USAGE "\n"
        "objects  a jet, a muon, an e/gamma and a tau each event, from the share-mode spectra\n"
        "  --kind KIND        inclusive (default): by the spectra; null: all below threshold;\n"
        "                     positive: one of the menu's outcomes\n"
        "  --n N              events (default 10)\n"
        "  --seed S           default 1\n"
        "  --skip K           begin with event K\n"
        "  --units UNITS      gev (default), with the event's score; hw: codes of 0.5 GeV, 0 = "
        "not\n"
        "                     accepted by the turn-on (inclusive)\n"
        "  --spectra FILE     default " L1T_DEFAULT_SPECTRA "\n"
        "  --threads T        results do not depend on it (default: one for each processor)\n"
        "  --format F         tsv (default) or csv\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "towers   calorimeter towers with pile-up and jets (docs/towers.md)\n"
        "  --inject KINDS     put in electron, photon, tau, jet (a list)\n" L1T_INJECT_USAGE
        "  --truth FILE       CSV of what was put in, and of the crossing's own jets (qcd)\n"
        "\n"
        "muons    candidates of the muon track finders (docs/muon.md); default 10 crossings\n"
        "  --config YAML      default configs/paths/ugmt.yaml, section 'generator'\n"
        "  --per-event N      exactly N muons (default: a Poisson number)\n"
        "  --pt, --eta, --spectrum, --spectra   as for towers; --punch-through N: mean number\n"
        "  --from CSV         muons of real events, each once, values only rounded; default all\n"
        "  --smear            ... as the track finders see and measure them\n"
        "  --corners PERCENT  so many crossings are hard on purpose, no physics\n"
        "  --threads T        results do not depend on it\n"
        "  --truth FILE       CSV: what was put in, and which candidates are its own\n"
        "\n"
        "stubs    segments of the same muons in the barrel, for 'emulate muon --from stubs'\n"
        "  --stubs-config YAML  default configs/paths/kbmtf.yaml; --stubs-luts DIR: its tables\n"
        "\n"
        "  l1twin generate objects --kind positive --n 10000 --seed 7 -o events.tsv\n"
        "  l1twin generate towers --n 1000 --inject electron --truth truth.csv -o towers.txt\n"
        "  l1twin generate muons muons.txt --n 1000 --truth truth.csv\n",
    .options = "objects towers muons stubs --kind --units --format " L1T_GENERATE_TOWERS_OPTIONS
               " --threads --punch-through --smear --stubs-config --stubs-luts",
    .run = run,
};

enum { chunk = 65536 }; // events generated between two writes

struct arguments {
    struct l1t_physics p;
    int kind; // enum l1t_kind
    int hw;
    uint64_t skip, clamped; // look-ups beyond the ends of a curve
};

static const struct option long_options[] = {L1T_PHYSICS_OPTIONS,
                                             {"kind", required_argument, NULL, 'k'},
                                             {"skip", required_argument, NULL, 'K'},
                                             {"units", required_argument, NULL, 'u'},
                                             {NULL, 0, NULL, 0}};

static const char *const kind_names[] = {"inclusive", "null", "positive"};
static const char *const unit_names[] = {"gev", "hw"};

static int bad_option(int opt, char **argv)
{
    struct l1t_cmd objects_cmd = cmd_generate; // suggests its own options only
    objects_cmd.options =
        "--kind --n --seed --skip --units --spectra --threads --format --output -o";
    return l1t_cmd_bad_option(&objects_cmd, opt, argv);
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'k':
        return l1t_cmd_choice(&cmd_generate, "--kind", optarg, kind_names, 3, &a->kind);
    case 'K':
        return l1t_cmd_u64(&cmd_generate, "--skip", optarg, 0, UINT64_C(1) << 60, &a->skip);
    case 'u':
        return l1t_cmd_choice(&cmd_generate, "--units", optarg, unit_names, 2, &a->hw);
    case '?':
    case ':':
        return bad_option(opt, argv);
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    if (optind < argc)
        return l1t_cmd_no_more(&cmd_generate, argc, argv);
    if (a->p.format == L1T_FORMAT_TABLE || a->p.format == L1T_FORMAT_JSON)
        return l1t_cmd_usage(&cmd_generate, "--format: events are written as tsv or csv");
    return 0;
}

// One chunk of events; columns of objects, then the score (GeV only).
struct block {
    double *pt[L1T_OBJECTS], *score;
    uint16_t *code[L1T_OBJECTS];
};

static int make_block(struct block *b)
{
    int good = (b->score = malloc(chunk * sizeof *b->score)) != NULL;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        b->pt[o] = malloc(chunk * sizeof *b->pt[o]);
        b->code[o] = malloc(chunk * sizeof *b->code[o]);
        good = good && b->pt[o] != NULL && b->code[o] != NULL;
    }
    return good;
}

static void free_block(struct block *b)
{
    free(b->score);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        free(b->pt[o]);
        free(b->code[o]);
    }
}

static void write_block(FILE *out, const struct arguments *a, const struct block *b, uint64_t event,
                        size_t n)
{
    const char *c = a->p.format == L1T_FORMAT_CSV ? "," : "\t";
    for (size_t i = 0; i < n; i++) {
        if (a->hw)
            fprintf(out, "%" PRIu64 "%s%u%s%u%s%u%s%u\n", event + i, c, b->code[0][i], c,
                    b->code[1][i], c, b->code[2][i], c, b->code[3][i]);
        else
            fprintf(out, "%" PRIu64 "%s%.17g%s%.17g%s%.17g%s%.17g%s%.17g\n", event + i, c,
                    b->pt[0][i], c, b->pt[1][i], c, b->pt[2][i], c, b->pt[3][i], c, b->score[i]);
    }
}

static void write_header(FILE *out, struct arguments *a)
{
    const char *c = a->p.format == L1T_FORMAT_CSV ? "," : "\t";
    const char *unit = a->hw ? "" : "_GeV";
    l1t_digest_hex(a->p.digest, a->p.provenance.config);
    fprintf(out, "# l1twin %s\n# config %s\n# seed %" PRIu64 "\n", l1t_version(),
            a->p.provenance.config, a->p.seed);
    fprintf(out, "# kind %s\n# units %s\n# skip %" PRIu64 "\n", kind_names[a->kind],
            unit_names[a->hw], a->skip);
    fprintf(out, "event");
    for (int o = 0; o < L1T_OBJECTS; o++)
        fprintf(out, "%s%s%s", c, l1t_object_names[o], unit);
    fprintf(out, a->hw ? "\n" : "%sscore\n", c);
}

static enum l1t_err write_events(struct arguments *a, const struct l1t_generator *g, FILE *out)
{
    struct block b;
    enum l1t_err err = L1T_OK;
    if (!make_block(&b))
        err = l1t_fail(&a->p.diag, L1T_E_NOMEM, "no memory for %d events", chunk);
    for (uint64_t done = 0; done < a->p.n && err == L1T_OK; done += chunk) {
        const size_t n = a->p.n - done < chunk ? (size_t)(a->p.n - done) : chunk;
        const uint64_t event = a->skip + done;
        const unsigned threads = (unsigned)a->p.threads;
        if (a->hw) {
            err = l1t_generate_hw(g, (enum l1t_kind)a->kind, a->p.seed, event, n, threads, b.code,
                                  &a->p.diag);
        } else {
            err = l1t_generate_gev(g, (enum l1t_kind)a->kind, a->p.seed, event, n, threads, b.pt,
                                   &a->p.diag);
            if (err == L1T_OK)
                a->clamped += l1t_scores(g, (const double *const *)b.pt, n, b.score);
        }
        if (err == L1T_OK)
            write_block(out, a, &b, event, n);
        if (ferror(out))
            break; // told at the end
    }
    free_block(&b);
    return err;
}

static enum l1t_err write_all(struct arguments *a, const struct l1t_generator *g)
{
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, a->p.out, &a->p.diag);
    if (err != L1T_OK)
        return err;
    write_header(out.file, a);
    err = write_events(a, g, out.file);
    if (err == L1T_OK)
        err = l1t_out_commit(&out, &a->p.diag);
    else
        l1t_out_abort(&out);
    if (err == L1T_OK && a->clamped > 0)
        fprintf(stderr,
                "l1twin generate: %" PRIu64 " of %" PRIu64 " efficiencies were looked up beyond "
                "the ends of their curves and clamped\n",
                a->clamped, L1T_OBJECTS * a->p.n);
    return err;
}

static enum l1t_err objects(struct arguments *a)
{
    static struct l1t_spectra spectra; // large
    struct l1t_law law;
    struct l1t_generator g;
    enum l1t_err err = l1t_physics_spectra(&a->p, &spectra);
    if (err != L1T_OK)
        return err;
    err = l1t_spectra_law(&spectra, &law, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_generator_init(&g, &law, &a->p.diag);
    if (err == L1T_OK) {
        err = write_all(a, &g);
        l1t_generator_free(&g);
    }
    l1t_spectra_free(&spectra);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.n = 10, .n_min = 1, .n_max = UINT64_C(1) << 50}};
    static const char *const words[] = {"objects", "towers", "muons", "stubs", NULL};
    const int word = l1t_cmd_word(&cmd_generate, argc, argv, words);
    if (word < 0)
        return l1t_err_exit(L1T_E_USAGE);
    if (word == 1)
        return l1t_generate_towers(&cmd_generate, argc - 1, argv + 1);
    if (word >= 2)
        return l1t_generate_muons(&cmd_generate, argc - 1, argv + 1);
    int code = l1t_physics_start(&a.p, &cmd_generate, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, objects(&a));
}
