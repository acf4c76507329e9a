// SPDX-License-Identifier: GPL-3.0-or-later
// A test-vector file as a closed orbit in memory.
#include "l1t/gt_vectors.h"

#include <stdlib.h>
#include <string.h>

static void *resized(void *array, size_t n, size_t size, bool *good)
{
    void *larger = realloc(array, n * size);
    if (larger != NULL)
        return larger;
    *good = false;
    return array;
}

static bool make_room(struct l1t_gt_vectors *v, size_t room)
{
    bool good = true;
    v->vector = resized(v->vector, room, sizeof *v->vector, &good);
    v->line = resized(v->line, room, sizeof *v->line, &good);
    v->event = resized(v->event, room, sizeof *v->event, &good);
    return good;
}

static enum l1t_err load(struct l1t_gt_vector_reader *reader, const char *path,
                         struct l1t_gt_vectors *v, struct l1t_diag *diag)
{
    struct l1t_gt_vector vector;
    size_t room = 0;
    int status;
    while ((status = l1t_gt_vectors_next(reader, &vector, diag)) == 1) {
        if (v->n == L1T_GT_VECTORS_MAX)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: more than %d crossings; split the file, an orbit has %d", path,
                            L1T_GT_VECTORS_MAX, L1T_GT_ORBIT);
        if (v->n == room) {
            room = room == 0 ? L1T_GT_ORBIT : 2 * room;
            if (!make_room(v, room))
                return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
        }
        l1t_gt_decode(&vector.words, &v->event[v->n]);
        v->line[v->n] = l1t_gt_vectors_line(reader);
        v->vector[v->n++] = vector;
    }
    v->layout = l1t_gt_vectors_layout(reader);
    return status == 0 ? L1T_OK : L1T_E_INPUT;
}

enum l1t_err l1t_gt_vectors_load(const char *path, struct l1t_gt_vectors *vectors,
                                 struct l1t_diag *diag)
{
    struct l1t_gt_vector_reader *reader = NULL;
    memset(vectors, 0, sizeof *vectors);
    enum l1t_err err = l1t_gt_vectors_open(path, &reader, diag);
    if (err == L1T_OK)
        err = load(reader, path, vectors, diag);
    l1t_gt_vectors_close(reader);
    return err;
}

void l1t_gt_vectors_free(struct l1t_gt_vectors *vectors)
{
    free(vectors->vector);
    free(vectors->line);
    free(vectors->event);
    memset(vectors, 0, sizeof *vectors);
}

void l1t_gt_vectors_around(const struct l1t_gt_vectors *vectors, size_t i,
                           struct l1t_gt_event *lone, struct l1t_gt_around *around)
{
    const size_t n = vectors->n;
    if (lone != NULL) {
        memset(lone, 0, sizeof *lone);
        memcpy(lone->external, vectors->event[i].external, sizeof lone->external);
    }
    for (unsigned k = 0; k <= 2 * L1T_GT_BX_REACH; k++) {
        const size_t at = (i + n * L1T_GT_BX_REACH + k - L1T_GT_BX_REACH) % n;
        around->event[k] = lone != NULL && k != L1T_GT_BX_REACH ? lone : &vectors->event[at];
    }
}
