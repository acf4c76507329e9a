// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/menu_parts.h"
#include "l1t/gt_yaml.h"
#include "l1t/yaml.h"

#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_menu = {
    .name = "menu",
    .group = "Work",
    .summary = "check, show, compare, list, import menus of the global trigger, or make RTL",
    .usage =
        "usage: l1twin menu check MENU... [options]\n"
        "       l1twin menu show MENU [ALGORITHM...] [options]\n"
        "       l1twin menu diff A B [options]\n"
        "       l1twin menu list MENU [options]\n"
        "       l1twin menu import MENU.xml -o MENU.yaml\n"
        "       l1twin menu import --format settings SETTINGS.xml --menu MENU -o MENU.yaml\n"
        "       l1twin menu rtl MENU -o DIR [--only BITS]\n"
        "\n"
        "A MENU is YAML (docs/menu.md) or the XML of a CMS menu, also gzipped.\n"
        "\n"
        "check    read and compile; limits inside a bin of the hardware and what they act as;\n"
        "         algorithms that cannot be evaluated. Exit 2 when a menu is wrong\n"
        "show     conditions of algorithms in physical units and as the integers that decide\n"
        "diff     algorithms added, removed, changed, and what changed. Exit 1 when any did\n"
        "list     a line an algorithm\n"
        "import   a CMS menu as YAML, nothing lost; or a menu with prescales and masks of\n"
        "         run settings\n"
        "rtl      the menu as SystemVerilog (docs/gt.md): l1t_gt_menu.sv, its tables as memory\n"
        "         images, a list of files; whole or not at all\n"
        "\n"
        "  --group NAME       of show and list: algorithms of this group or label\n"
        "  --object TYPE      of show and list: algorithms that look at MU, EG, TAU, JET, HTT...\n"
        "  --menu MENU        what the run settings are for\n"
        "  --only BITS        of rtl: these algorithms alone, such as 0-99,120\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv);\n"
        "                     of import: xml (default) or settings\n"
        "  -o, --output PATH  what to write\n"
        "\n"
        "  l1twin menu check configs/menus/run3.yaml\n"
        "  l1twin menu show configs/menus/run3.yaml L1_DoubleMu4_SQ_OS_dR_Max1p2\n"
        "  l1twin menu list configs/menus/run3.yaml --group muon --format csv\n"
        "  l1twin menu import L1Menu_Collisions2024_v1_3_0.xml -o 2024.yaml\n"
        "  l1twin menu rtl configs/menus/run3.yaml -o build/run3\n",
    .options = "check show diff list import rtl --group --object --menu --only --format --output",
    .run = run,
};

static const struct option long_options[] = {{"group", required_argument, NULL, 'g'},
                                             {"object", required_argument, NULL, 'O'},
                                             {"menu", required_argument, NULL, 'm'},
                                             {"format", required_argument, NULL, 'f'},
                                             {"output", required_argument, NULL, 'o'},
                                             {"only", required_argument, NULL, 'y'},
                                             {NULL, 0, NULL, 0}};

// ---- what the parts share ----

// What a menu says, whatever form its file has.
static enum l1t_err digest_menu(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_gt_menu_write_yaml(menu, out, &a->p.diag);
    if (fclose(out) != 0 && err == L1T_OK)
        err = l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        l1t_digest_add(a->p.digest, "menu", text, size);
    free(text);
    return err;
}

enum l1t_err l1t_menu_cmd_load(struct l1t_menu_arguments *a, const char *path,
                               struct l1t_gt_menu **menu)
{
    enum l1t_err err = l1t_gt_menu_load(path, menu, &a->p.diag);
    if (err == L1T_OK)
        err = digest_menu(a, *menu);
    if (err != L1T_OK) {
        l1t_gt_menu_free(*menu);
        *menu = NULL;
    }
    return err;
}

enum l1t_err l1t_menu_cmd_compile(struct l1t_menu_arguments *a, const char *path,
                                  struct l1t_gt_menu **menu, struct l1t_gt_code **code)
{
    *code = NULL;
    enum l1t_err err = l1t_menu_cmd_load(a, path, menu);
    if (err == L1T_OK)
        err = l1t_gt_compile(*menu, code, &a->p.diag);
    if (err != L1T_OK) {
        l1t_gt_menu_free(*menu);
        *menu = NULL;
    }
    return err;
}

// Is word one of those between commas?
static bool has_word(const char *words, const char *word)
{
    const size_t n = strlen(word);
    for (const char *c = words; c != NULL && *c != '\0';) {
        const size_t length = strcspn(c, ",");
        if (length == n && strncmp(c, word, n) == 0)
            return true;
        c += length + (c[length] == ',');
    }
    return false;
}

static bool looks_at(const struct l1t_gt_expr *expr, const char *type)
{
    if (expr == NULL)
        return false;
    for (size_t i = 0; i < expr->n_args; i++)
        if (looks_at(expr->arg[i], type))
            return true;
    for (size_t i = 0; i < expr->n_objects; i++)
        if (strcmp(expr->object[i].type, type) == 0)
            return true;
    return false;
}

bool l1t_menu_cmd_wanted(const struct l1t_menu_arguments *a,
                         const struct l1t_gt_algorithm_def *algorithm)
{
    const char *group = algorithm->group != NULL ? algorithm->group : "";
    return (a->group == NULL || strcmp(group, a->group) == 0 ||
            has_word(algorithm->labels, a->group)) &&
           (a->object == NULL || looks_at(algorithm->expr, a->object));
}

const char *l1t_menu_cmd_prescale(const struct l1t_gt_menu *menu,
                                  const struct l1t_gt_algorithm_def *algorithm, char *to,
                                  size_t size)
{
    bool same = true;
    to[0] = '\0';
    for (size_t i = 1; i < menu->n_columns; i++)
        same = same && !(algorithm->prescale[i] < algorithm->prescale[0]) &&
               !(algorithm->prescale[i] > algorithm->prescale[0]);
    for (size_t i = 0; i < (same && menu->n_columns > 0 ? 1 : menu->n_columns); i++)
        l1t_cmd_append(to, size, "%s%.10g", i > 0 ? ", " : "", algorithm->prescale[i]);
    return to;
}

bool l1t_menu_cmd_supported(const struct l1t_gt_code *code, unsigned bit)
{
    for (size_t i = 0; i < code->n_algorithms; i++)
        if (code->algorithm[i].bit == bit)
            return code->algorithm[i].supported;
    return false;
}

// ---- command line ----

enum word { CHECK, SHOW, DIFF, LIST, IMPORT, RTL };

static int take_option(int opt, char **argv, void *to)
{
    struct l1t_menu_arguments *a = to;
    static const char *const kinds[] = {"xml", "settings"};
    int index = 0, code;
    switch (opt) {
    case 'g':
        a->group = optarg;
        return 0;
    case 'O':
        a->object = optarg;
        return 0;
    case 'm':
        a->menu = optarg;
        return 0;
    case 'y':
        a->only = optarg;
        return 0;
    case 'o':
        a->out = optarg;
        return 0;
    case 'f':
        if (!a->importing)
            return l1t_cmd_format(&cmd_menu, optarg, &a->p.format);
        code = l1t_cmd_choice(&cmd_menu, "--format", optarg, kinds, 2, &index);
        a->settings = index == 1;
        return code;
    default:
        return l1t_cmd_bad_option(&cmd_menu, opt, argv);
    }
}

static int check_object(const struct l1t_menu_arguments *a)
{
    static const char *const others[] = {"NETETMHF", "AXO", "TOPO", "ADT"};
    const char *names[L1T_GT_TYPES + 4];
    int index;
    for (int i = 0; i < L1T_GT_TYPES + 4; i++)
        names[i] =
            i < L1T_GT_TYPES ? l1t_gt_type_name((enum l1t_gt_type)i) : others[i - L1T_GT_TYPES];
    return a->object == NULL
               ? 0
               : l1t_cmd_choice(&cmd_menu, "--object", a->object, names, L1T_GT_TYPES + 4, &index);
}

static int check_count(enum word word, const struct l1t_menu_arguments *a)
{
    const int wanted = word == DIFF ? 2 : 1;
    if (a->n_files < wanted)
        return l1t_cmd_usage(&cmd_menu,
                             word == DIFF ? "expected two menus" : "expected the name of a file");
    if (a->n_files > wanted && word != CHECK && word != SHOW)
        return l1t_cmd_usage(&cmd_menu, "'%s' is one too many", a->file[wanted]);
    if ((word == IMPORT || word == RTL) && a->out == NULL)
        return l1t_cmd_usage(&cmd_menu, "where to? -o %s is needed", word == RTL ? "DIR" : "FILE");
    if (word != RTL && a->only != NULL)
        return l1t_cmd_usage(&cmd_menu, "--only is of 'rtl'");
    if (word == IMPORT && a->settings != (a->menu != NULL))
        return l1t_cmd_usage(&cmd_menu, a->settings
                                            ? "run settings are for a menu; --menu is needed"
                                            : "--menu is of --format settings");
    if (word != IMPORT && a->menu != NULL)
        return l1t_cmd_usage(&cmd_menu, "--menu is of 'import'");
    if (word != LIST && word != SHOW && (a->group != NULL || a->object != NULL))
        return l1t_cmd_usage(&cmd_menu, "--group and --object are of 'list' and 'show'");
    return check_object(a);
}

static int parse(int argc, char **argv, struct l1t_menu_arguments *a, enum word *word)
{
    static const char *const words[] = {"check", "show", "diff", "list", "import", "rtl", NULL};
    const int index = l1t_cmd_word(&cmd_menu, argc, argv, words);
    if (index < 0)
        return l1t_err_exit(L1T_E_USAGE);
    *word = (enum word)index;
    a->importing = *word == IMPORT;
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    a->file = argv + optind;
    a->n_files = argc - optind;
    return check_count(*word, a);
}

static int run(int argc, char **argv)
{
    struct l1t_menu_arguments a = {.p = {.provenance = {.no_seed = 1}}};
    enum word word = CHECK;
    int code = l1t_physics_start(&a.p, &cmd_menu, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a, &word);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    if (a.out != NULL && word != RTL)
        a.p.out = a.out;
    enum l1t_err err = L1T_OK;
    if (word == CHECK)
        err = l1t_menu_cmd_check(&a, &code);
    else if (word == SHOW)
        err = l1t_menu_cmd_show(&a);
    else if (word == DIFF)
        err = l1t_menu_cmd_diff(&a, &code);
    else if (word == LIST)
        err = l1t_menu_cmd_list(&a);
    else if (word == IMPORT)
        err = l1t_menu_cmd_import(&a);
    else
        err = l1t_menu_cmd_rtl(&a);
    const int end = l1t_physics_end(&a.p, err);
    return end != 0 ? end : code;
}
