// SPDX-License-Identifier: GPL-3.0-or-later
// What made this page: enough to make the same bytes again, or to see why they differ.
#include "common.h"
#include "l1t/provenance.h"

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <linear.h>
#include <yaml.h>
#include <zlib.h>

static void write_provenance(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_provenance = {
    .order = 90, .id = "provenance", .title = "Provenance", .write = write_provenance};

static void write_inputs(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {
        {"role", "", true}, {"file", "", true}, {"SHA-256", "", true}};
    l1t_html_table(html,
                   "Every file that decided a number here, as sha256sum prints it; of a twin, the "
                   "digest of its configuration and tables together.",
                   columns, 3);
    for (size_t i = 0; i < run->n_inputs; i++)
        l1t_html(html, "<tr><td>%s</td><td>%s</td><td><code>%s</code></td></tr>\n",
                 run->input[i].role, run->input[i].name, run->input[i].sha256);
    l1t_html_table_end(html);
}

static void write_provenance(struct l1t_html *html, const struct l1t_run *run)
{
    char gnuplot[80];
    l1t_plot_gnuplot_version(gnuplot, sizeof gnuplot);
    l1t_html(html, "<p>The same inputs, seed and program give the same bytes of this page and of "
                   "every table beside it, "
                   "for any number of threads. How long things took is in <code>timing.json</code> "
                   "only, because it never is the same twice.</p>\n");
    l1t_html(
        html,
        "<dl><dt>program</dt><dd>l1twin %s</dd><dt>study</dt><dd>%s</dd><dt>seed</dt><dd>%lld</dd>"
        "<dt>configuration</dt><dd><code>%s</code></dd><dt>again</dt><dd><code>%s</code></dd>\n",
        l1t_version(), run->study.name, run->study.seed, run->config, run->command);
    l1t_html(html,
             "<dt>libraries</dt><dd>GSL %s, libyaml %s, jansson %s, zlib %s, liblinear %d.%02d, "
             "%s</dd></dl>\n",
             gsl_version, yaml_get_version_string(), JANSSON_VERSION, zlibVersion(),
             liblinear_version / 100, liblinear_version % 100,
             gnuplot[0] != '\0' ? gnuplot : "no gnuplot");
    write_inputs(html, run);
}
