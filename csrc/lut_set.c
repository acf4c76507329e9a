// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a configuration by their list: in and out of the model's arrays, files, digests.
#include "l1t/lut_set.h"

#include "l1t/io.h"
#include "l1t/lut.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_DEPTH = 1 << 14 }; // of the tables a model keeps

static size_t depth_of(const struct l1t_lut_slot *slot)
{
    return (size_t)1 << slot->address_bits;
}

void l1t_lut_slot_get(const struct l1t_lut_slot *slot, const void *config, uint32_t *data)
{
    const unsigned char *at = (const unsigned char *)config + slot->offset;
    for (size_t i = 0; i < depth_of(slot); i++, at += slot->entry_bytes) {
        if (slot->entry_bytes == 4) {
            memcpy(&data[i], at, 4);
        } else if (slot->entry_bytes == 2) {
            uint16_t entry;
            memcpy(&entry, at, 2);
            data[i] = entry;
        } else {
            data[i] = *at;
        }
    }
}

void l1t_lut_slot_set(const struct l1t_lut_slot *slot, void *config, const uint32_t *data)
{
    unsigned char *at = (unsigned char *)config + slot->offset;
    for (size_t i = 0; i < depth_of(slot); i++, at += slot->entry_bytes) {
        const uint16_t half = (uint16_t)data[i];
        if (slot->entry_bytes == 4)
            memcpy(at, &data[i], 4);
        else if (slot->entry_bytes == 2)
            memcpy(at, &half, 2);
        else
            *at = (unsigned char)data[i];
    }
}

const struct l1t_lut_slot *l1t_lut_slot_find(const struct l1t_lut_slot *slots, size_t n,
                                             const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(slots[i].name, name) == 0)
            return &slots[i];
    return NULL;
}

// PATH, or PATH.gz when only that is there.
static char *plain_or_packed(const char *path)
{
    const size_t room = strlen(path) + 4;
    char *found = malloc(room);
    if (found == NULL)
        return NULL;
    snprintf(found, room, "%s.gz", path);
    if (access(path, F_OK) == 0 || access(found, F_OK) != 0)
        snprintf(found, room, "%s", path);
    return found;
}

enum l1t_err l1t_lut_slot_read(const struct l1t_lut_slot *slot, const char *path,
                               enum l1t_lut_end end, void *config, struct l1t_diag *diag)
{
    char *found = plain_or_packed(path);
    if (found == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    struct l1t_lut lut;
    enum l1t_err err = l1t_lut_read_shape(&lut, found, slot->address_bits, slot->data_bits, diag);
    if (err == L1T_OK) {
        if (end == L1T_LUT_WHOLE && lut.n < depth_of(slot))
            err = l1t_fail(diag, L1T_E_INPUT, "%s: ends at address %zu; %s has %zu entries", found,
                           lut.n - 1, slot->name, depth_of(slot));
        else
            l1t_lut_slot_set(slot, config, lut.data);
        l1t_lut_fini(&lut);
    }
    free(found);
    return err;
}

char *l1t_lut_path(const char *yaml_path, const char *luts_dir, const char *name)
{
    if (luts_dir == NULL)
        return l1t_path_beside(yaml_path, name);
    const size_t room = strlen(luts_dir) + 2;
    char *base = malloc(room);
    if (base == NULL)
        return NULL;
    snprintf(base, room, "%s/", luts_dir); // "beside" a file of that folder
    char *path = l1t_path_beside(base, name);
    free(base);
    return path;
}

// Entries as little-endian words, so that a digest is the same on any machine.
enum l1t_err l1t_lut_digest(const uint32_t *data, unsigned address_bits, unsigned data_bits,
                            char hex[65], struct l1t_diag *diag)
{
    unsigned char bytes[4 * 256];
    char shape[32];
    const size_t depth = (size_t)1 << address_bits;
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const int n = snprintf(shape, sizeof shape, "%u %u", address_bits, data_bits);
    l1t_digest_add(digest, "shape", shape, (size_t)n);
    for (size_t i = 0; i < depth;) {
        size_t filled = 0;
        for (; i < depth && filled < sizeof bytes; i++)
            for (unsigned k = 0; k < 4; k++)
                bytes[filled++] = (unsigned char)(data[i] >> (8 * k));
        l1t_digest_add(digest, "entries", bytes, filled);
    }
    l1t_digest_hex(digest, hex);
    l1t_digest_free(digest);
    return L1T_OK;
}

enum l1t_err l1t_lut_note_make(const struct l1t_lut_slot *slot, const void *config,
                               const char *source, struct l1t_lut_note *note, struct l1t_diag *diag)
{
    uint32_t data[MAX_DEPTH];
    l1t_lut_slot_get(slot, config, data);
    note->slot = slot;
    note->data_bits = slot->data_bits;
    snprintf(note->source, sizeof note->source, "%s", source);
    return l1t_lut_digest(data, slot->address_bits, slot->data_bits, note->digest, diag);
}

enum l1t_err l1t_lut_load(const struct l1t_lut_slot *slot, const char *yaml_path,
                          const char *luts_dir, const char *name, enum l1t_lut_end end,
                          void *config, struct l1t_lut_note *note, struct l1t_diag *diag)
{
    char *path = l1t_lut_path(yaml_path, luts_dir, name);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", name);
    enum l1t_err err = l1t_lut_slot_read(slot, path, end, config, diag);
    free(path);
    return err == L1T_OK ? l1t_lut_note_make(slot, config, name, note, diag) : err;
}

bool l1t_lut_exists(const char *dir, const char *name)
{
    char *path = l1t_lut_path(NULL, dir, name);
    char *found = path == NULL ? NULL : plain_or_packed(path);
    const bool there = found != NULL && access(found, F_OK) == 0;
    free(path);
    free(found);
    return there;
}

enum l1t_err l1t_lut_need_standard(const struct l1t_yaml *yaml, const char *dir, const char *name,
                                   const char *example, struct l1t_diag *diag)
{
    if (l1t_lut_exists(dir, name))
        return L1T_OK;
    return l1t_yaml_fail(yaml, l1t_yaml_root(yaml), diag,
                         "no %s in the folder of tables, '%.80s'; 'l1twin lut make' writes a whole "
                         "set by these names; for files with names of their own take a "
                         "configuration that has them under 'luts:', as %s",
                         name, dir, example);
}

enum l1t_err l1t_lut_set_write_mem(const struct l1t_lut_slot *slots, size_t n, const void *config,
                                   const char *digest, const char *dir, struct l1t_diag *diag)
{
    uint32_t data[MAX_DEPTH];
    enum l1t_err err = l1t_make_dir(dir, diag);
    for (size_t i = 0; i < n && err == L1T_OK; i++) {
        char name[64];
        snprintf(name, sizeof name, "l1t_%s", slots[i].name);
        l1t_lut_slot_get(&slots[i], config, data);
        err = l1t_mem_write(dir, name, data, depth_of(&slots[i]), slots[i].data_bits, digest, diag);
    }
    return err;
}
