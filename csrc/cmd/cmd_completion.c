// SPDX-License-Identifier: GPL-3.0-or-later
// Shell completion, written from the command table.
#include "cmd/cmd.h"

#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_completion = {
    .name = "completion",
    .group = "About",
    .summary = "print completion code for bash or zsh",
    .usage = "usage: l1twin completion bash|zsh\n"
             "\n"
             "  . <(l1twin completion bash)                     in this shell\n"
             "  l1twin completion zsh >~/.zfunc/_l1twin         for zsh, with ~/.zfunc in $fpath\n"
             "\n"
             "Completes commands, their options, and file names.\n",
    .options = "bash zsh",
    .run = run,
};

static void print_names(const char *separator)
{
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++)
        printf("%s%s", i > 0 ? separator : "", l1t_cmd_list[i]->name);
}

static void print_bash(void)
{
    puts("# bash completion for l1twin; made by 'l1twin completion bash'\n"
         "_l1twin() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} words=\n"
         "    COMPREPLY=()");
    printf("    local commands='");
    print_names(" ");
    puts("'\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "        words=\"$commands --help --version\"\n"
         "    else\n"
         "        case ${COMP_WORDS[1]} in");
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++)
        printf("        %s) words='%s --help' ;;\n", l1t_cmd_list[i]->name,
               l1t_cmd_list[i]->options);
    puts("        esac\n"
         "        [ \"${COMP_WORDS[1]}\" != help ] || words=\"$words $commands\"\n"
         "    fi\n"
         "    local IFS=$' \\t\\n'\n"
         "    # shellcheck disable=SC2207\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "}\n"
         "complete -o default -F _l1twin l1twin");
}

static void print_zsh(void)
{
    puts("#compdef l1twin\n"
         "# made by 'l1twin completion zsh'\n"
         "_l1twin() {\n"
         "    local -a commands=(");
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++) {
        printf("        '%s:", l1t_cmd_list[i]->name);
        for (const char *c = l1t_cmd_list[i]->summary; *c != '\0'; c++)
            fputs(*c == '\'' ? "'\\''" : (char[2]){*c, '\0'}, stdout);
        puts("'");
    }
    puts("    )\n"
         "    if (( CURRENT == 2 )); then\n"
         "        _describe command commands\n"
         "        return\n"
         "    fi\n"
         "    case $words[2] in");
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++)
        printf("    %s) compadd -- %s --help ;;\n", l1t_cmd_list[i]->name,
               l1t_cmd_list[i]->options);
    puts("    esac\n"
         "    _files\n"
         "}\n"
         "_l1twin \"$@\"");
}

static int run(int argc, char **argv)
{
    if (argc != 2)
        return l1t_cmd_usage(&cmd_completion, "expected a shell: bash or zsh");
    if (strcmp(argv[1], "bash") == 0)
        print_bash();
    else if (strcmp(argv[1], "zsh") == 0)
        print_zsh();
    else
        return l1t_cmd_usage(&cmd_completion, "'%s' is not one of: bash, zsh", argv[1]);
    return 0;
}
