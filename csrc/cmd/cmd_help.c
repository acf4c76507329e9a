// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"

#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_help = {
    .name = "help",
    .group = "About",
    .summary = "this overview, or the options of a command",
    .usage = "usage: l1twin help [COMMAND]\n"
             "       l1twin help --man\n"
             "\n"
             "  COMMAND   tell its options and examples; the same as l1twin COMMAND --help\n"
             "  --man     print the manual page l1twin.1\n",
    .options = "--man",
    .run = run,
};

// `help fit spectrum`: the second word of a command that has one.
static int is_two_words(int argc, char **argv)
{
    const struct l1t_cmd *cmd = l1t_cmd_find(argv[1]);
    return argc == 3 && cmd != NULL && argv[2][0] != '-' && l1t_cmd_has_word(cmd, argv[2]);
}

static int run(int argc, char **argv)
{
    if (argc > 2 && !is_two_words(argc, argv))
        return l1t_cmd_usage(&cmd_help, "'%s' is one too many; expected one command", argv[2]);
    if (argc < 2) {
        l1t_cmd_print_overview(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--man") == 0) {
        l1t_cmd_print_man(stdout);
        return 0;
    }
    if (argv[1][0] == '-')
        return l1t_cmd_usage(&cmd_help, "unknown option '%s'; expected a command or --man",
                             argv[1]);
    const struct l1t_cmd *cmd = l1t_cmd_find(argv[1]);
    if (cmd == NULL)
        return l1t_cmd_unknown(argv[1]);
    l1t_cmd_print_usage(stdout, cmd);
    return 0;
}
