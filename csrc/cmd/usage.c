// SPDX-License-Identifier: GPL-3.0-or-later
// Help and the man page, both from the command table, so that they cannot drift apart.
#include "cmd/cmd.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <stdbool.h>
#include <string.h>

static const char *const groups[] = {"Work", "Physics", "Hardware", "About"};
enum { N_GROUPS = sizeof groups / sizeof groups[0], MAX_COMMANDS = 64 };

static const char about[] =
    "Level-1 trigger emulator and rate simulator: every algorithm as a fixed-point C\n"
    "model and as synthesizable SystemVerilog, compared bit for bit, and the rates of\n"
    "a trigger menu predicted from spectra and turn-on curves.\n";

static const char *const exit_codes[] = {"0  done", "1  the check found a difference",
                                         "2  wrong command line or bad input",
                                         "3  the environment failed (I/O, memory)"};

size_t l1t_cmd_count(void)
{
    size_t n = 0;
    while (l1t_cmd_list[n] != NULL)
        n++;
    return n;
}

const struct l1t_cmd *l1t_cmd_find(const char *name)
{
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++)
        if (strcmp(l1t_cmd_list[i]->name, name) == 0)
            return l1t_cmd_list[i];
    return NULL;
}

int l1t_cmd_unknown(const char *name)
{
    const char *names[MAX_COMMANDS];
    size_t n = 0;
    for (; n < MAX_COMMANDS && l1t_cmd_list[n] != NULL; n++)
        names[n] = l1t_cmd_list[n]->name;
    const char *nearest = l1t_nearest(name, names, n);
    struct l1t_diag diag; // makes what was typed safe to print
    if (nearest != NULL)
        (void)l1t_fail(&diag, L1T_E_USAGE, "unknown command '%s'; did you mean '%s'?", name,
                       nearest);
    else
        (void)l1t_fail(&diag, L1T_E_USAGE, "unknown command '%s'; see 'l1twin help'", name);
    fprintf(stderr, "l1twin: %s\n", diag.text);
    return l1t_err_exit(L1T_E_USAGE);
}

static bool is_in_group(const struct l1t_cmd *cmd, size_t group)
{
    if (group < N_GROUPS)
        return strcmp(cmd->group, groups[group]) == 0;
    for (size_t i = 0; i < N_GROUPS; i++)
        if (strcmp(cmd->group, groups[i]) == 0)
            return false;
    return true;
}

void l1t_cmd_print_overview(FILE *out)
{
    fprintf(out, "usage: l1twin COMMAND [OPTION]... [FILE]...\n\n%s", about);
    for (size_t group = 0; group <= N_GROUPS; group++) {
        bool any = false;
        for (size_t i = 0; l1t_cmd_list[i] != NULL; i++) {
            const struct l1t_cmd *cmd = l1t_cmd_list[i];
            if (!is_in_group(cmd, group))
                continue;
            if (!any)
                fprintf(out, "\n%s\n", group < N_GROUPS ? groups[group] : "Other");
            fprintf(out, "  %-11s %s\n", cmd->name, cmd->summary);
            any = true;
        }
    }
    fputs("\n'l1twin help COMMAND' tells its options; '-' is standard input or output.\n", out);
    fputs("Exit codes:\n", out);
    for (size_t i = 0; i < sizeof exit_codes / sizeof exit_codes[0]; i++)
        fprintf(out, "  %s\n", exit_codes[i]);
}

static void print_text(FILE *out, const char *text)
{
    const size_t n = strlen(text);
    fputs(text, out);
    if (n > 0 && text[n - 1] != '\n')
        putc('\n', out);
}

void l1t_cmd_print_usage(FILE *out, const struct l1t_cmd *cmd)
{
    print_text(out, cmd->usage);
}

// ---- the man page ----

// Text as it stands: nothing in it may be taken for a roff request or escape.
static void print_roff(FILE *out, const char *text)
{
    bool line_starts = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (line_starts && (*c == '.' || *c == '\''))
            fputs("\\&", out);
        if (*c == '\\')
            fputs("\\e", out);
        else if (*c == '-')
            fputs("\\-", out);
        else
            putc(*c, out);
        line_starts = *c == '\n';
    }
    if (!line_starts)
        putc('\n', out);
}

void l1t_cmd_print_man(FILE *out)
{
    fprintf(out, ".TH L1TWIN 1 \"\" \"l1twin %s\" \"User Commands\"\n", l1t_version());
    fputs(".SH NAME\nl1twin \\- Level\\-1 trigger twins, co\\-simulation and rates\n"
          ".SH SYNOPSIS\n.B l1twin\n.I COMMAND\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n"
          ".SH DESCRIPTION\n",
          out);
    print_roff(out, about);
    fputs(".SH COMMANDS\n", out);
    for (size_t i = 0; l1t_cmd_list[i] != NULL; i++) {
        fprintf(out, ".SS %s\n", l1t_cmd_list[i]->name);
        print_roff(out, l1t_cmd_list[i]->summary);
        fputs(".PP\n.nf\n", out);
        print_roff(out, l1t_cmd_list[i]->usage);
        fputs(".fi\n", out);
    }
    fputs(".SH EXIT STATUS\n.nf\n", out);
    for (size_t i = 0; i < sizeof exit_codes / sizeof exit_codes[0]; i++)
        print_roff(out, exit_codes[i]);
    fputs(".fi\n", out);
}
