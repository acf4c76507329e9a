// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/lut_parts.h"
#include "l1t/calo_tables.h"
#include "l1t/kbmtf_config.h"
#include "l1t/ugmt_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_lut = {
    .name = "lut",
    .group = "Work",
    .summary = "make, show, check or convert look-up tables",
    .usage =
        "usage: l1twin lut make -o DIR [options]\n"
        "       l1twin lut show TABLE|FILE [options]\n"
        "       l1twin lut check FILE... [options]\n"
        "       l1twin lut convert IN -o OUT.txt|.mem|.coe|.mif|.c|.h [options]\n"
        "\n"
        "make     all tables of a configuration as files of DIR, whole or not at all\n"
        "show     a table of the configuration by its name, or a file: what it is, then what its\n"
        "         addresses and words mean\n"
        "  --at A[-B]         these addresses only\n"
        "  --all              also addresses that nothing comes to\n"
        "check    a verdict for each file: exit 1 when one does not fit its table, 2 when one is\n"
        "         no table\n"
        "convert  a file into another form, by the ending of OUT\n"
        "\n"
        "  --path PATH        whose tables: calo (default), ugmt (global muon trigger), kbmtf\n"
        "                     (barrel track finder); a table that is named says it by itself\n"
        "  --config YAML      default: configs/paths/PATH.yaml\n"
        "  --luts DIR         where the table files are that YAML names; DIR of 'make' for one\n"
        "                     that names none\n"
        "  --form F           txt (CMS text), mem ($readmemh), coe, mif or c (an array, written\n"
        "                     only): of what 'make' writes (default: txt), of the files that "
        "others\n"
        "                     read (default: by the ending, else txt)\n"
        "  --data-bits N      width of words, when a .mem or .coe file does not say it\n"
        "  --for TABLE        what a file holds (default: its own name)\n"
        "  --format F         of results: table, tsv, csv or json (default: table on a terminal,\n"
        "                     else tsv)\n"
        "  -o, --output PATH  what to write\n"
        "\n"
        "  l1twin lut make -o luts && l1twin lut show egamma_calibration --at 0-40\n"
        "  l1twin lut check --for tau_isolation Tau_Iso_LUT.txt.gz\n"
        "  l1twin lut convert luts/jet_calibration.txt -o jet_calibration.coe\n",
    .options = "make show check convert --path --config --luts --form --at --all --data-bits --for "
               "--format --output",
    .run = run,
};

static const struct option long_options[] = {{"path", required_argument, NULL, 'p'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"form", required_argument, NULL, 'F'},
                                             {"at", required_argument, NULL, 'a'},
                                             {"all", no_argument, NULL, 'A'},
                                             {"data-bits", required_argument, NULL, 'd'},
                                             {"for", required_argument, NULL, 'T'},
                                             {"format", required_argument, NULL, 'f'},
                                             {"output", required_argument, NULL, 'o'},
                                             {NULL, 0, NULL, 0}};

// ---- what the parts share ----

const struct l1t_lut_path l1t_lut_paths[L1T_LUT_PATHS] = {
    [L1T_LUT_CALO] = {"calo", l1t_calo_luts, L1T_CALO_LUTS},
    [L1T_LUT_UGMT] = {"ugmt", l1t_ugmt_luts, L1T_UGMT_LUTS},
    [L1T_LUT_KBMTF] = {"kbmtf", l1t_kbmtf_luts, L1T_KBMTF_LUTS},
};

enum l1t_err l1t_lut_cmd_setup(struct l1t_lut_arguments *a, const struct l1t_lut_path *path,
                               struct l1t_lut_setup *setup)
{
    size_t n;
    *setup = (struct l1t_lut_setup){.path = path, .twin = l1t_twin_find(path->name)};
    const enum l1t_err err =
        setup->twin->config_load(a->config, a->luts, &setup->config, &a->p.diag);
    if (err != L1T_OK)
        return err;
    setup->model = setup->twin->config_model(setup->config);
    setup->luts = setup->twin->config_luts(setup->config, &n);
    setup->twin->config_digest(setup->config, setup->digest);
    memcpy(a->p.provenance.config, setup->digest, sizeof a->p.provenance.config);
    return L1T_OK;
}

void l1t_lut_cmd_free(struct l1t_lut_setup *setup)
{
    if (setup->config != NULL)
        setup->twin->config_free(setup->config);
}

const struct l1t_lut_slot *l1t_lut_cmd_find(const struct l1t_lut_arguments *a, const char *name,
                                            const struct l1t_lut_path **path)
{
    for (int i = 0; i < L1T_LUT_PATHS; i++) {
        const struct l1t_lut_path *p = &l1t_lut_paths[i];
        const struct l1t_lut_slot *slot = l1t_lut_slot_find(p->slots, p->n, name);
        if (slot != NULL && (a->path < 0 || a->path == i)) {
            *path = p;
            return slot;
        }
    }
    return NULL;
}

const char *l1t_lut_cmd_stem(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    if (dot != NULL && strcmp(dot, ".gz") == 0)
        do
            dot--;
        while (dot > base && *dot != '.');
    (void)snprintf(name, size, "%.*s",
                   dot != NULL && dot > base ? (int)(dot - base) : (int)strlen(base), base);
    return name;
}

const struct l1t_lut_slot *l1t_lut_cmd_slot(const struct l1t_lut_arguments *a, const char *file,
                                            const struct l1t_lut_path **path)
{
    char name[256];
    if (a->table != NULL)
        return l1t_lut_cmd_find(a, a->table, path);
    l1t_lut_cmd_stem(file, name, sizeof name);
    return l1t_lut_cmd_find(a, strncmp(name, "l1t_", 4) == 0 ? name + 4 : name, path);
}

bool l1t_lut_cmd_has_shape(const struct l1t_lut_slot *slot, const struct l1t_lut *lut)
{
    unsigned least = slot->data_bits;
    for (unsigned i = L1T_UGMT_LUT_PHI; i < L1T_UGMT_LUT_RANK; i++)
        least = slot == &l1t_ugmt_luts[i] ? L1T_UGMT_PHI_DATA_BITS_MIN : least;
    return lut->address_bits == slot->address_bits && lut->data_bits >= least &&
           lut->data_bits <= slot->data_bits;
}

enum l1t_err l1t_lut_cmd_read(const struct l1t_lut_arguments *a, const char *file,
                              struct l1t_lut *lut, struct l1t_diag *diag)
{
    enum l1t_lut_form form = a->form;
    if (!a->has_form)
        (void)l1t_lut_form_of(file, &form);
    return l1t_lut_read_form(lut, form, file, (unsigned)a->data_bits, diag);
}

// ---- command line ----

static int parse_at(const char *text, struct l1t_lut_arguments *a)
{
    char first[32];
    const size_t n = strcspn(text, "-");
    const uint64_t max = (UINT64_C(1) << L1T_LUT_MAX_ADDRESS_BITS) - 1;
    if (n >= sizeof first)
        return l1t_cmd_usage(&cmd_lut, "--at: '%.40s' is not an address or a range like 16-31",
                             text);
    (void)snprintf(first, sizeof first, "%.*s", (int)n, text);
    int code = l1t_cmd_u64(&cmd_lut, "--at", first, 0, max, &a->first);
    a->last = a->first;
    if (code == 0 && text[n] == '-')
        code = l1t_cmd_u64(&cmd_lut, "--at", text + n + 1, a->first, max, &a->last);
    return code;
}

static int parse_table(const char *name, struct l1t_lut_arguments *a)
{
    const char *names[L1T_CALO_LUTS + L1T_UGMT_LUTS + L1T_KBMTF_LUTS];
    size_t n = 0;
    int index;
    for (int i = 0; i < L1T_LUT_PATHS; i++)
        for (size_t k = 0; k < l1t_lut_paths[i].n; k++)
            names[n++] = l1t_lut_paths[i].slots[k].name;
    a->table = name;
    return l1t_cmd_choice(&cmd_lut, "--for", name, names, n, &index);
}

static int take_option(int opt, char **argv, void *to)
{
    static const char *const paths[L1T_LUT_PATHS] = {"calo", "ugmt", "kbmtf"};
    struct l1t_lut_arguments *a = to;
    static const char *const forms[] = {"txt", "mem", "coe", "mif", "c"};
    int index = 0, code;
    switch (opt) {
    case 'p':
        return l1t_cmd_choice(&cmd_lut, "--path", optarg, paths, L1T_LUT_PATHS, &a->path);
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'F':
        code = l1t_cmd_choice(&cmd_lut, "--form", optarg, forms, 5, &index);
        a->form = (enum l1t_lut_form)index;
        a->has_form = true;
        return code;
    case 'a':
        return parse_at(optarg, a);
    case 'A':
        a->all = true;
        return 0;
    case 'd':
        return l1t_cmd_u64(&cmd_lut, "--data-bits", optarg, 1, L1T_LUT_MAX_DATA_BITS,
                           &a->data_bits);
    case 'T':
        return parse_table(optarg, a);
    case 'o':
        a->out = optarg;
        return 0;
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

enum word { MAKE, SHOW, CHECK, CONVERT };

static int check_count(enum word word, const struct l1t_lut_arguments *a)
{
    if ((word == MAKE || word == CONVERT) && a->out == NULL)
        return l1t_cmd_usage(&cmd_lut, "where to? -o %s is needed", word == MAKE ? "DIR" : "FILE");
    if (word == CHECK && a->n_files < 1)
        return l1t_cmd_usage(&cmd_lut, "expected at least one file");
    if (word == MAKE && a->n_files > 0)
        return l1t_cmd_usage(&cmd_lut, "'%s' is one too many", a->file[0]);
    if ((word == SHOW || word == CONVERT) && a->n_files != 1)
        return l1t_cmd_usage(&cmd_lut, "expected one %s, found %d",
                             word == SHOW ? "table or file" : "file", a->n_files);
    return 0;
}

static int parse(int argc, char **argv, struct l1t_lut_arguments *a, enum word *word)
{
    static const char *const words[] = {"make", "show", "check", "convert", NULL};
    const int index = l1t_cmd_word(&cmd_lut, argc, argv, words);
    if (index < 0)
        return l1t_err_exit(L1T_E_USAGE);
    *word = (enum word)index;
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    a->file = argv + optind;
    a->n_files = argc - optind;
    return check_count(*word, a);
}

static int run(int argc, char **argv)
{
    struct l1t_lut_arguments a = {
        .p = {.provenance = {.no_seed = 1}}, .path = -1, .last = UINT64_MAX};
    enum word word = MAKE;
    int code = l1t_physics_start(&a.p, &cmd_lut, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a, &word);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    if (a.out != NULL && (word == SHOW || word == CHECK))
        a.p.out = a.out;
    enum l1t_err err = L1T_OK;
    if (word == MAKE)
        err = l1t_lut_cmd_make(&a);
    else if (word == SHOW)
        err = l1t_lut_cmd_show(&a);
    else if (word == CHECK)
        err = l1t_lut_cmd_check(&a);
    else
        err = l1t_lut_cmd_convert(&a);
    return l1t_physics_end(&a.p, err);
}
