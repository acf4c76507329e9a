// SPDX-License-Identifier: GPL-3.0-or-later
// The escaping writer behind every page of the report.
#include "html.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void keep_failure(struct l1t_html *html, enum l1t_err err, const struct l1t_diag *diag)
{
    if (html->err != L1T_OK)
        return;
    html->err = err;
    html->diag = *diag;
}

void l1t_html_text(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        const unsigned char u = (unsigned char)*c;
        if (u == '&')
            fputs("&amp;", out);
        else if (u == '<')
            fputs("&lt;", out);
        else if (u == '>')
            fputs("&gt;", out);
        else if (u == '"')
            fputs("&quot;", out);
        else if ((u >= 0x20 && u != 0x7f) || u == '\n')
            fputc(*c, out);
        else if (u == '\t')
            fputc(' ', out);
    }
}

// The analyser does not follow a va_list through a pointer, and takes branches that differ in a
// type for equal. NOLINTBEGIN(clang-analyzer-valist.Uninitialized, bugprone-branch-clone) One
// conversion "%-8.3f"; spec is a copy of it with its end. Returns with args moved on.
static void write_conversion(FILE *out, const char *spec, va_list *args)
{
    const char kind = spec[strlen(spec) - 1];
    const bool wide = strstr(spec, "ll") != NULL;
    const bool is_long = strchr(spec, 'l') != NULL || strchr(spec, 'z') != NULL;
    char text[64];
    // The compiler checked the caller's format against its arguments; here it is only cut up.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (kind == 's') {
        l1t_html_text(out, va_arg(*args, const char *));
        return;
    }
    if (strchr("feg", kind) != NULL)
        snprintf(text, sizeof text, spec, va_arg(*args, double));
    else if (wide)
        snprintf(text, sizeof text, spec, va_arg(*args, unsigned long long));
    else if (is_long)
        snprintf(text, sizeof text, spec, va_arg(*args, unsigned long));
    else
        snprintf(text, sizeof text, spec, va_arg(*args, unsigned));
#pragma GCC diagnostic pop
    fputs(text, out);
}
// NOLINTEND(clang-analyzer-valist.Uninitialized, bugprone-branch-clone)

static void write_markup(FILE *out, const char *fmt, va_list *args)
{
    while (*fmt != '\0') {
        if (*fmt != '%') {
            fputc(*fmt++, out);
            continue;
        }
        if (fmt[1] == '%') {
            fputc('%', out);
            fmt += 2;
            continue;
        }
        char spec[16];
        const size_t length = strcspn(fmt, "sduxfeg") + 1;
        if (length >= sizeof spec || fmt[length - 1] == '\0')
            return; // not a format of ours; nothing sensible can follow
        memcpy(spec, fmt, length);
        spec[length] = '\0';
        write_conversion(out, spec, args);
        fmt += length;
    }
}

void l1t_html(struct l1t_html *html, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    write_markup(html->out, fmt, &args);
    va_end(args);
}

void l1t_html_begin(struct l1t_html *html, FILE *out, const char *title, const char *subtitle)
{
    *html = (struct l1t_html){.out = out};
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
          out);
    l1t_html(html, "<title>%s</title>\n<style>\n", title);
    for (size_t i = 0; l1t_html_style[i] != NULL; i++)
        fputs(l1t_html_style[i], out);
    l1t_html(html,
             "</style>\n</head>\n<body>\n<header class=\"banner\"><h1>%s</h1><p>%s</p></header>\n",
             title, subtitle);
}

enum l1t_err l1t_html_end(struct l1t_html *html, const char *footer, struct l1t_diag *diag)
{
    l1t_html(html, "<footer><p>%s</p></footer>\n</body>\n</html>\n", footer);
    if (html->err == L1T_OK && ferror(html->out))
        return l1t_fail(diag, L1T_E_IO, "report: cannot write the page");
    if (html->err != L1T_OK && diag != NULL)
        *diag = html->diag;
    return html->err;
}

void l1t_html_figure_begin(struct l1t_html *html)
{
    html->n_figures++;
    l1t_html(html, "<figure id=\"fig-%u\">\n", html->n_figures);
}

static void write_caption(struct l1t_html *html, const char *caption, va_list *args)
{
    l1t_html(html, "<figcaption><b>Figure %u.</b> ", html->n_figures);
    write_markup(html->out, caption, args);
    fputs("</figcaption>\n</figure>\n", html->out);
}

void l1t_html_figure_end(struct l1t_html *html, const char *caption, ...)
{
    va_list args;
    va_start(args, caption);
    write_caption(html, caption, &args);
    va_end(args);
}

void l1t_html_plot(struct l1t_html *html, struct l1t_plot *plot, const char *alt,
                   const char *caption, ...)
{
    char *svg = NULL;
    char prefix[16];
    struct l1t_diag diag;
    enum l1t_err err = L1T_OK;
    l1t_html_figure_begin(html);
    snprintf(prefix, sizeof prefix, "f%u", html->n_figures);
    if (html->err == L1T_OK) { // after a failure the page is not kept: do not draw the rest
        err = plot != NULL ? l1t_plot_svg(plot, prefix, alt, &svg, &diag)
                           : l1t_fail(&diag, L1T_E_NOMEM, "report: out of memory");
    }
    if (err != L1T_OK)
        keep_failure(html, err, &diag);
    if (svg != NULL)
        fputs(svg, html->out);
    free(svg);
    l1t_plot_free(plot);
    va_list args;
    va_start(args, caption);
    write_caption(html, caption, &args);
    va_end(args);
}

void l1t_html_table(struct l1t_html *html, const char *caption,
                    const struct l1t_html_column *columns, size_t n)
{
    html->n_tables++;
    l1t_html(html,
             "<div class=\"wide\"><table id=\"tab-%u\" class=\"%s\">\n<caption><b>Table %u.</b> "
             "%s</caption>\n<thead><tr>",
             html->n_tables, n <= 2 ? "small" : "full", html->n_tables, caption);
    for (size_t i = 0; i < n; i++) {
        l1t_html(html,
                 columns[i].is_text ? "<th scope=\"col\">%s" : "<th scope=\"col\" class=\"n\">%s",
                 columns[i].name);
        if (columns[i].unit[0] != '\0')
            l1t_html(html, " <span class=\"unit\">%s</span>", columns[i].unit);
        fputs("</th>", html->out);
    }
    fputs("</tr></thead>\n<tbody>\n", html->out);
}

void l1t_html_table_end(struct l1t_html *html)
{
    fputs("</tbody></table></div>\n", html->out);
}

void l1t_html_cell(struct l1t_html *html, const char *text)
{
    l1t_html(html, "<td>%s</td>", text);
}

void l1t_html_number(struct l1t_html *html, double value, int digits)
{
    char text[40];
    if (!isfinite(value)) {
        fputs("<td class=\"n\">–</td>", html->out);
        return;
    }
    // Plain notation while it stays short; the sign is the typographic one.
    const double size = fabs(value);
    const int whole = size >= 1 ? (int)floor(log10(size)) + 1 : 0;
    if (value == 0)
        snprintf(text, sizeof text, "0");
    else if (size >= 1e-4 && size < 1e7)
        snprintf(text, sizeof text, "%.*f",
                 size >= 1 ? (digits > whole ? digits - whole : 0)
                           : digits - 1 - (int)floor(log10(size)),
                 size);
    else
        snprintf(text, sizeof text, "%.*e", digits - 1, size);
    l1t_html(html, "<td class=\"n\">%s%s</td>", value < 0 ? "−" : "", text);
}

void l1t_count_text(unsigned long long value, char *text, size_t size)
{
    char digits[24];
    const int n = snprintf(digits, sizeof digits, "%llu", value);
    size_t used = 0;
    for (int i = 0; i < n && used + 5 < size; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            memcpy(text + used, "\xe2\x80\xaf", 3);
            used += 3;
        }
        text[used++] = digits[i];
    }
    text[used] = '\0';
}

void l1t_html_count(struct l1t_html *html, unsigned long long value)
{
    char text[64];
    l1t_count_text(value, text, sizeof text);
    l1t_html(html, "<td class=\"n\">%s</td>", text);
}

void l1t_measured_text(double value, double error, char *value_text, char *error_text, size_t size)
{
    int places = 3;
    if (isfinite(error) && error > 0)
        places = 1 - (int)floor(log10(error));
    places = places < 0 ? 0 : (places > 9 ? 9 : places);
    snprintf(value_text, size, "%s%.*f", value < 0 ? "−" : "", places, fabs(value));
    snprintf(error_text, size, "%.*f", places, error);
}

void l1t_html_measured(struct l1t_html *html, double value, double error)
{
    char number[48];
    char spread[48];
    if (!isfinite(value) || !isfinite(error)) {
        l1t_html_number(html, value, 4);
        return;
    }
    l1t_measured_text(value, error, number, spread, sizeof number);
    l1t_html(html, "<td class=\"n\">%s <span class=\"pm\">± %s</span></td>", number, spread);
}
