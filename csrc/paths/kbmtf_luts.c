// SPDX-License-Identifier: GPL-3.0-or-later
// The barrel track finder's tables as parts of its configuration, so that they are named, written
// and read as those of other paths.
#include "kbmtf_luts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct l1t_kbmtf_config, member)
#define SEED(station)                                                                              \
    {                                                                                              \
        "kbmtf_seed_" #station, "|phiB| -> k of a seed (16 bits with sign)", 7, 16,                \
            AT(seed_k[(station)-2]), 2                                                             \
    }
#define GAIN(pattern, station, row)                                                                \
    {                                                                                              \
        "kbmtf_gain_" #pattern "_" #station, "k or phiB, |k| / 4 -> gain of a residual in phi",    \
            11, 9, AT(gain[row]), 2                                                                \
    }
#define GAIN2(seed, station, row, classes, name)                                                   \
    {                                                                                              \
        "kbmtf_gain2_" #seed "_" #station "_" name,                                                \
            "gain 0 to 3, |k| / 8 -> gain (16 bits with sign)", 11, 16, AT(gain2[row][classes]), 2 \
    }
#define GAINS2(seed, station, row)                                                                 \
    GAIN2(seed, station, row, 0, "ll"), GAIN2(seed, station, row, 1, "lh"),                        \
        GAIN2(seed, station, row, 2, "hl"), GAIN2(seed, station, row, 3, "hh")
#define PATTERN(pattern, row)                                                                      \
    {"kbmtf_vertex_" #pattern, "|k| / 2 -> gain at the beam line", 10, 9, AT(vertex[row]), 2},     \
    {                                                                                              \
        "kbmtf_eta_" #pattern, "|wheel| of the seed << stubs | other wheels -> |eta|", 6, 8,       \
            AT(coarse_eta[row]), 1                                                                 \
    }

// Rows as l1t_kbmtf_gain_row() and so on have them; a unit test compares.
const struct l1t_lut_slot l1t_kbmtf_luts[L1T_KBMTF_LUTS] = {
    SEED(2),
    SEED(3),
    SEED(4),
    GAIN(4, 2, 0),
    GAIN(6, 1, 1),
    GAIN(8, 3, 2),
    GAIN(8, 2, 3),
    GAIN(10, 1, 4),
    GAIN(12, 2, 5),
    GAIN(12, 1, 6),
    GAIN(14, 1, 7),
    GAINS2(2, 1, 0),
    GAINS2(3, 1, 1),
    GAINS2(3, 2, 2),
    GAINS2(4, 1, 3),
    GAINS2(4, 2, 4),
    GAINS2(4, 3, 5),
    PATTERN(3, 0),
    PATTERN(5, 1),
    PATTERN(6, 2),
    PATTERN(7, 3),
    PATTERN(9, 4),
    PATTERN(10, 5),
    PATTERN(11, 6),
    PATTERN(12, 7),
    PATTERN(13, 8),
    PATTERN(14, 9),
    PATTERN(15, 10),
    {"kbmtf_loss", "|k| / 2 -> energy loss, in k", 11, 12, AT(loss), 2},
    {"kbmtf_shift", "|k| / 2 -> shift of phiB at the beam line", 11, 12, AT(shift), 2},
    {"kbmtf_pt_plus", "k >= 0 -> pt code", 11, 9, AT(pt[0]), 2},
    {"kbmtf_pt_minus", "-k of k < 0 -> pt code", 11, 9, AT(pt[1]), 2},
};

// Of the name of a table: DIR/NAME.txt.
static enum l1t_err path_of(const char *dir, unsigned lut, char **path, struct l1t_diag *diag)
{
    const size_t room = strlen(dir) + strlen(l1t_kbmtf_luts[lut].name) + 8;
    *path = malloc(room);
    if (*path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(*path, room, "%s/%s.txt", dir, l1t_kbmtf_luts[lut].name);
    return L1T_OK;
}

bool l1t_kbmtf_luts_exist(const char *dir)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%s.txt", l1t_kbmtf_luts[0].name);
    return l1t_lut_exists(dir, name);
}

// 16 bits hold more than the model can take.
static enum l1t_err check_range(const char *path, const int16_t *entry, size_t n, int low, int high,
                                struct l1t_diag *diag)
{
    for (size_t i = 0; i < n; i++)
        if (entry[i] < low || entry[i] > high)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: address %zu holds %d (%u); expected %d to %d, with 65536 added if "
                            "negative",
                            path, i, entry[i], (unsigned)(uint16_t)entry[i], low, high);
    return L1T_OK;
}

static enum l1t_err check_table(const struct l1t_kbmtf_config *model, unsigned lut,
                                const char *path, struct l1t_diag *diag)
{
    if (lut < 3)
        return check_range(path, model->seed_k[lut], L1T_KBMTF_SEED_K, -8191, 8191, diag);
    if (lut < 3 + L1T_KBMTF_GAINS || lut >= 3 + L1T_KBMTF_GAINS + 4 * L1T_KBMTF_GAINS2)
        return L1T_OK;
    const unsigned k = lut - 3 - L1T_KBMTF_GAINS;
    const int16_t(*gain)[L1T_KBMTF_GAIN2] = model->gain2[k / 4][k % 4];
    enum l1t_err err = check_range(path, gain[0], L1T_KBMTF_GAIN2, -2048, 2047, diag);
    for (unsigned g = 1; g < 4 && err == L1T_OK; g++)
        err = check_range(path, gain[g], L1T_KBMTF_GAIN2, 0, 4095, diag);
    return err;
}

enum l1t_err l1t_kbmtf_luts_read(const char *dir, struct l1t_kbmtf_setup *setup,
                                 struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (unsigned i = 0; i < L1T_KBMTF_LUTS && err == L1T_OK; i++) {
        char *path;
        err = path_of(dir, i, &path, diag);
        if (err != L1T_OK)
            return err;
        err = l1t_lut_slot_read(&l1t_kbmtf_luts[i], path, L1T_LUT_WHOLE, &setup->model, diag);
        if (err == L1T_OK)
            err = check_table(&setup->model, i, path, diag);
        free(path);
    }
    return err;
}

enum l1t_err l1t_kbmtf_luts_note(struct l1t_kbmtf_setup *setup, const char *source,
                                 struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (unsigned i = 0; i < L1T_KBMTF_LUTS && err == L1T_OK; i++) {
        const struct l1t_lut_slot *slot = &l1t_kbmtf_luts[i];
        char file[64];
        (void)snprintf(file, sizeof file, "%s.txt", slot->name);
        err = l1t_lut_note_make(slot, &setup->model, source != NULL ? source : file,
                                &setup->luts[i], diag);
    }
    return err;
}
