// SPDX-License-Identifier: GPL-3.0-or-later
// Running gnuplot and making its SVG fit to stand inside a page: no shell, no named temporary
// files, no settings of the user, identifiers unique in the page, fonts left to the page's style.
#include "l1t/plot.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MAX_SVG = 16 << 20, LINE_SIZE = 1 << 16 };

static const char install_hint[] =
    "the report's figures need gnuplot; install it (Debian, Ubuntu: apt-get install gnuplot-nox)";

// Start gnuplot with the three files as its standard streams and wait. The environment is reduced
// to what finds the program, so that nobody's settings change a figure.
static enum l1t_err run_gnuplot(const char *option, FILE *in, FILE *out, FILE *err, int *status,
                                struct l1t_diag *diag)
{
    char path[4096];
    const char *const found = getenv("PATH");
    snprintf(path, sizeof path, "PATH=%s", found != NULL ? found : "/usr/bin:/bin");
    char name[] = "gnuplot";
    char word[32];
    snprintf(word, sizeof word, "%s", option);
    char locale[] = "LC_ALL=C";
    char *const argv[] = {name, word, NULL};
    char *const environment[] = {path, locale, NULL};
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return l1t_fail(diag, L1T_E_NOMEM, "gnuplot: out of memory");
    int failed = posix_spawn_file_actions_adddup2(&actions, fileno(in), 0);
    failed |= posix_spawn_file_actions_adddup2(&actions, fileno(out), 1);
    failed |= posix_spawn_file_actions_adddup2(&actions, fileno(err), 2);
    if (failed == 0)
        failed = posix_spawnp(&pid, name, &actions, NULL, argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    if (failed == ENOENT)
        return l1t_fail(diag, L1T_E_ENV, "%s", install_hint);
    if (failed != 0)
        return l1t_fail(diag, L1T_E_ENV, "gnuplot: cannot start it: %s", strerror(failed));
    while (waitpid(pid, status, 0) < 0) {
        if (errno != EINTR)
            return l1t_fail(diag, L1T_E_ENV, "gnuplot: %s", strerror(errno));
    }
    // Some C libraries report a missing program only through the child's exit code.
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == 127)
        return l1t_fail(diag, L1T_E_ENV, "%s", install_hint);
    return L1T_OK;
}

// First line of a stream, without its end.
static void first_line(FILE *file, char *line, size_t size)
{
    rewind(file);
    line[0] = '\0';
    while (fgets(line, (int)size, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[strspn(line, " \t^")] != '\0')
            return;
    }
}

// The script through gnuplot; *svg_file is its output, for the caller to close.
static enum l1t_err draw(const char *script, FILE **svg_file, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_E_IO;
    int status = 0;
    FILE *in = tmpfile();
    FILE *out = tmpfile();
    FILE *complaints = tmpfile();
    if (in == NULL || out == NULL || complaints == NULL || fputs(script, in) == EOF ||
        fflush(in) != 0) {
        err =
            l1t_fail(diag, L1T_E_IO, "gnuplot: cannot make a temporary file: %s", strerror(errno));
        goto done;
    }
    rewind(in);
    err = run_gnuplot("-d", in, out, complaints, &status, diag);
    if (err != L1T_OK)
        goto done;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || ftell(out) < 0) {
        char line[300];
        first_line(complaints, line, sizeof line);
        err =
            l1t_fail(diag, L1T_E_ENV, "gnuplot: failed: %s", line[0] != '\0' ? line : "no message");
        goto done;
    }
    rewind(out);
    *svg_file = out;
    out = NULL;
done:
    if (in != NULL)
        fclose(in);
    if (out != NULL)
        fclose(out);
    if (complaints != NULL)
        fclose(complaints);
    return err;
}

static void write_escaped(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*c, out);
        }
    }
}

// One line of gnuplot's SVG with the page's identifiers and without its fonts.
static void write_line(FILE *out, const char *line, const char *prefix)
{
    static const struct {
        const char *from, *to;
        bool prefixed;
    } rules[] = {
        {" xlink:href='#gp", " href='#", true},
        {" id='gp", " id='", true},
        {" id=\"gnuplot_", " id=\"", true},
        {" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", "", false},
        {" font-family=\"\"", "", false},
        {" stroke='black'", " stroke='#3a4653'", false},
    };
    const size_t n_rules = sizeof rules / sizeof rules[0];
    while (*line != '\0') {
        size_t r = 0;
        while (r < n_rules && strncmp(line, rules[r].from, strlen(rules[r].from)) != 0)
            r++;
        if (r == n_rules) {
            fputc(*line++, out);
            continue;
        }
        fprintf(out, "%s%s", rules[r].to, rules[r].prefixed ? prefix : "");
        if (rules[r].prefixed)
            fputc('-', out);
        line += strlen(rules[r].from);
    }
}

static bool starts_with(const char *line, const char *word)
{
    return strncmp(line + strspn(line, " \t"), word, strlen(word)) == 0;
}

// Markers other than the two circles, discs behind them, the text-box filters and tool tips made of
// internal names.
static bool is_unwanted(const char *line, bool *in_filter)
{
    if (starts_with(line, "<filter"))
        *in_filter = true;
    // a white disc that gnuplot puts under each point with an error bar, hiding what lies below
    const bool disc = starts_with(line, "<use") && strstr(line, "color='white'") != NULL;
    const bool marker = strstr(line, " id='gp") != NULL && strstr(line, "gpPt5") == NULL;
    const bool unwanted = *in_filter || disc || marker || starts_with(line, "<desc>") ||
                          starts_with(line, "<title>") || line[strspn(line, " \t\r\n")] == '\0';
    if (starts_with(line, "</filter>"))
        *in_filter = false;
    return unwanted;
}

static void cut_tool_tip(char *line)
{
    char *const tip = strstr(line, "<title>gnuplot_plot_");
    char *const end = tip != NULL ? strstr(tip, "</title>") : NULL;
    if (end != NULL)
        memmove(tip, end + 8, strlen(end + 8) + 1);
}

// gnuplot writes many groups with nothing inside; a group's first line is held back until it is
// known not to be one of them.
static void copy_body(FILE *in, FILE *out, const char *prefix, char *line, char *held)
{
    bool in_filter = false;
    held[0] = '\0';
    while (fgets(line, LINE_SIZE, in) != NULL) {
        if (is_unwanted(line, &in_filter))
            continue;
        if (held[0] != '\0' && starts_with(line, "</g>")) {
            held[0] = '\0';
            continue;
        }
        if (held[0] != '\0')
            write_line(out, held, prefix);
        held[0] = '\0';
        cut_tool_tip(line);
        if (starts_with(line, "<g ") && strchr(line, '>') != NULL && strchr(line, '>')[1] == '\n')
            memcpy(held, line, strlen(line) + 1);
        else
            write_line(out, line, prefix);
    }
    if (held[0] != '\0')
        write_line(out, held, prefix);
}

// Past the root element's first tag; its view box, "0 0 960 430", into box.
static bool skip_root(FILE *in, char *line, char *box, size_t size)
{
    static const char word[] = "viewBox=\"";
    while (fgets(line, LINE_SIZE, in) != NULL) {
        const char *found = strstr(line, word);
        if (found != NULL) {
            found += sizeof word - 1;
            snprintf(box, size, "%.*s", (int)strcspn(found, "\""), found);
        }
        if (line[0] == '>')
            return box[0] != '\0' && strspn(box, "0123456789. ") == strlen(box);
    }
    return false;
}

static enum l1t_err rewrite(FILE *in, const char *prefix, const char *alt, char **svg,
                            struct l1t_diag *diag)
{
    char box[80] = "";
    size_t size = 0;
    char *const line = malloc(2 * (size_t)LINE_SIZE);
    FILE *const out = line != NULL ? open_memstream(svg, &size) : NULL;
    if (out == NULL) {
        free(line);
        return l1t_fail(diag, L1T_E_NOMEM, "plot: out of memory");
    }
    const bool good = skip_root(in, line, box, sizeof box);
    fprintf(out,
            "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
            "viewBox=\"%s\" aria-label=\"",
            box);
    write_escaped(out, alt);
    fputs("\">\n", out);
    copy_body(in, out, prefix, line, line + LINE_SIZE);
    free(line);
    if (fclose(out) != 0)
        return l1t_fail(diag, L1T_E_NOMEM, "plot: out of memory");
    if (!good || size > MAX_SVG)
        return l1t_fail(diag, L1T_E_ENV, "gnuplot: its output is not the SVG this program expects");
    return L1T_OK;
}

enum l1t_err l1t_plot_svg(const struct l1t_plot *plot, const char *prefix, const char *alt,
                          char **svg, struct l1t_diag *diag)
{
    char *script = NULL;
    FILE *file = NULL;
    *svg = NULL;
    enum l1t_err err = l1t_plot_script(plot, &script, diag);
    if (err == L1T_OK)
        err = draw(script, &file, diag);
    if (err == L1T_OK)
        err = rewrite(file, prefix, alt, svg, diag);
    if (file != NULL)
        fclose(file);
    free(script);
    if (err != L1T_OK) {
        free(*svg);
        *svg = NULL;
    }
    return err;
}

void l1t_plot_gnuplot_version(char *text, size_t size)
{
    int status = 0;
    FILE *in = tmpfile();
    FILE *out = tmpfile();
    if (size > 0)
        text[0] = '\0';
    if (in != NULL && out != NULL &&
        run_gnuplot("--version", in, out, in, &status, NULL) == L1T_OK && status == 0)
        first_line(out, text, size);
    if (in != NULL)
        fclose(in);
    if (out != NULL)
        fclose(out);
}
