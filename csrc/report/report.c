// SPDX-License-Identifier: GPL-3.0-or-later
// The page of pages: contents on the side, one section each, in the order the pages ask for.
#include "l1t/report.h"

#include "../html.h"
#include "l1t/io.h"
#include "l1t/provenance.h"

enum { MAX_PAGES = 64 };

// By insertion: the list is short, and pages of equal order keep theirs.
static size_t sorted_pages(const struct l1t_page **pages)
{
    size_t n = 0;
    for (; n < MAX_PAGES && l1t_page_list[n] != NULL; n++) {
        size_t k = n;
        for (; k > 0 && pages[k - 1]->order > l1t_page_list[n]->order; k--)
            pages[k] = pages[k - 1];
        pages[k] = l1t_page_list[n];
    }
    return n;
}

static enum l1t_err write_page(FILE *out, const struct l1t_run *run, struct l1t_diag *diag)
{
    struct l1t_html html;
    char footer[200];
    const struct l1t_page *pages[MAX_PAGES] = {NULL};
    const size_t n = sorted_pages(pages);
    l1t_html_begin(&html, out, run->study.title,
                   "Level-1 trigger: spectra, menu rates and hardware twins, by l1twin");
    l1t_html(&html, "<div class=\"frame\">\n<nav aria-label=\"Contents\"><ol>\n");
    for (size_t i = 0; i < n; i++)
        l1t_html(&html, "<li><a href=\"#%s\">%s</a></li>\n", pages[i]->id, pages[i]->title);
    l1t_html(&html, "</ol></nav>\n<main>\n");
    for (size_t i = 0; i < n && html.err == L1T_OK; i++) {
        l1t_html(&html, "<section id=\"%s\">\n<h2>%s</h2>\n", pages[i]->id, pages[i]->title);
        pages[i]->write(&html, run);
        l1t_html(&html, "</section>\n");
    }
    l1t_html(&html, "</main>\n</div>\n");
    snprintf(footer, sizeof footer,
             "Made by l1twin %s from study %s, seed %lld. This page is one file and refers to "
             "nothing outside itself.",
             l1t_version(), run->study.name, run->study.seed);
    return l1t_html_end(&html, footer, diag);
}

enum l1t_err l1t_report_html(const struct l1t_run *run, const char *dir, struct l1t_diag *diag)
{
    struct l1t_out out;
    char path[4096];
    snprintf(path, sizeof path, "%s/report.html", dir);
    enum l1t_err err = l1t_out_open(&out, path, diag);
    if (err != L1T_OK)
        return err;
    err = write_page(out.file, run, diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}
