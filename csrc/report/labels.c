// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of a figure, placed one after the other where they cover least.
#include "labels.h"

#include <math.h>

enum { HIGH = L1T_LABEL_SIZE + 3, GAP = 4 };

static const double wide_letter = 8.4; // bold, of the widest fonts a page is shown with
static const double weight_of_label = 10;
static const double far = 20; // cost of a step away from the mark, in pixels covered

void l1t_labels_mark(struct l1t_labels *labels, const struct l1t_box *mark, double weight)
{
    if (labels->n == L1T_MOST_LABELS)
        return;
    labels->taken[labels->n].box = *mark;
    labels->taken[labels->n++].weight = weight;
}

// Letters of a UTF-8 text: bytes that do not continue one.
static double width_of(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return wide_letter * (double)n;
}

static double overlap(const struct l1t_box *a, const struct l1t_box *b)
{
    const double wide = fmin(a->right, b->right) - fmax(a->left, b->left);
    const double high = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return wide > 0 && high > 0 ? wide * high : 0;
}

static double covered(const struct l1t_labels *labels, const struct l1t_box *box)
{
    double sum = 0;
    for (size_t i = 0; i < labels->n; i++)
        sum += labels->taken[i].weight * overlap(box, &labels->taken[i].box);
    return sum;
}

// A label of this width with its left end at x and its middle at y, moved into the frame.
static struct l1t_box box_at(const struct l1t_box *frame, double x, double y, double wide)
{
    x = fmax(frame->left, fmin(x, frame->right - wide));
    y = fmax(frame->top + HIGH / 2.0, fmin(y, frame->bottom - HIGH / 2.0));
    return (struct l1t_box){x, y - HIGH / 2.0, x + wide, y + HIGH / 2.0};
}

struct l1t_box l1t_labels_place(struct l1t_labels *labels, const struct l1t_box *mark,
                                const char *text)
{
    // Heights beside the mark in halves of a label's, from its middle; the best first.
    static const double height[] = {-0.5, 0.5, -1.5, 1.5, -2.5, 2.5, -3.5, 3.5};
    const double wide = width_of(text), middle = (mark->top + mark->bottom) / 2;
    const double at[] = {mark->right + GAP, mark->left - GAP - wide, mark->left + GAP};
    const size_t sides =
        mark->right - mark->left > wide + 2 * GAP ? 3 : 2; // inside if there is room
    struct l1t_box best = {0, 0, 0, 0};
    double least = INFINITY;
    for (size_t h = 0; h < sizeof height / sizeof height[0]; h++)
        for (size_t side = 0; side < sides; side++) {
            const struct l1t_box box =
                box_at(&labels->frame, at[side], middle + height[h] * HIGH, wide);
            const double cost = covered(labels, &box) + far * fabs(height[h]) + (double)side;
            if (cost < least) {
                least = cost;
                best = box;
            }
        }
    l1t_labels_mark(labels, &best, weight_of_label);
    return best;
}
