// SPDX-License-Identifier: GPL-3.0-or-later
// Progress on stderr: only for a person who waits, so a terminal and over two seconds of work.
#include "l1t/clock.h"
#include "l1t/table.h"

#include <unistd.h>

enum { BAR = 30 };
static const double patience_s = 2, interval_s = 0.1;

void l1t_progress_start(struct l1t_progress *progress, const char *what, double total)
{
    *progress = (struct l1t_progress){what, total, l1t_seconds(), 0, isatty(STDERR_FILENO)};
}

void l1t_progress_at(struct l1t_progress *progress, double done)
{
    if (!progress->active || !(progress->total > 0))
        return;
    const double t = l1t_seconds();
    if (t - progress->started < patience_s || t - progress->shown < interval_s)
        return;
    progress->shown = t;
    double part = done / progress->total;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    char bar[BAR + 1];
    for (int i = 0; i < BAR; i++)
        bar[i] = i < (int)(part * BAR) ? '=' : ' ';
    bar[BAR] = '\0';
    const double left = part > 0 ? (t - progress->started) * (1 / part - 1) : 0;
    fprintf(stderr, "\r%s %3.0f %% [%s] %.0f s left\033[K", progress->what, 100 * part, bar, left);
    fflush(stderr);
}

void l1t_progress_end(struct l1t_progress *progress)
{
    if (progress->active && progress->shown > 0)
        fputs("\r\033[K", stderr);
    progress->active = 0;
}
