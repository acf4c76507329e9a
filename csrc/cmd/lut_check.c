// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin lut check`: is a file a table, and the one it is meant to be?
#include "cmd/lut_parts.h"
#include "l1t/calo_tables.h"
#include "l1t/ugmt_tables.h"

#include <string.h>

// Bits that each part of a compression table may use: its entries are put together with "or".
struct part {
    unsigned first, count, bits;
};

static const struct part egamma_parts[] = {{L1T_EGAMMA_COMPRESS_SHAPE, 128, 0x00f},
                                           {L1T_EGAMMA_COMPRESS_ET, 256, 0x0f0},
                                           {L1T_EGAMMA_COMPRESS_ETA, 32, 0xf00},
                                           {L1T_EGAMMA_COMPRESS_NTT, 256, 0x01f}};
static const struct part tau_parts[] = {{L1T_TAU_COMPRESS_ETA, 32, 0x03},
                                        {L1T_TAU_COMPRESS_ET, 256, 0x1f},
                                        {L1T_TAU_COMPRESS_NTT, 1024, 0x1f}};

static bool parts_fit(const struct l1t_lut *lut, const struct part *part, size_t n, char *remark,
                      size_t size)
{
    for (size_t p = 0; p < n; p++)
        for (unsigned i = 0; i < part[p].count; i++)
            if ((lut->data[part[p].first + i] & ~part[p].bits) != 0) {
                (void)snprintf(remark, size, "address %u: %u does not fit its part, bits %03x",
                               part[p].first + i, lut->data[part[p].first + i], part[p].bits);
                return false;
            }
    return true;
}

static bool only_takes_away(const struct l1t_lut *lut, char *remark, size_t size)
{
    for (size_t i = 0; i < (size_t)L1T_CLUSTER_RINGS << 7; i++)
        if ((lut->data[i] & ~i & 127u) != 0) {
            (void)snprintf(remark, size, "address %zu: %u adds members to pattern %zu", i,
                           lut->data[i], i & 127u);
            return false;
        }
    return true;
}

// The sums have no region beyond the last.
static bool regions_exist(const struct l1t_lut *lut, unsigned regions, char *remark, size_t size)
{
    for (size_t i = 0; i < lut->n; i++)
        if (lut->data[i] >= regions) {
            (void)snprintf(remark, size, "address %zu: region %u; there are %u", i, lut->data[i],
                           regions);
            return false;
        }
    return true;
}

static bool calo_fits(const struct l1t_lut *lut, const struct l1t_lut_slot *slot, char *remark,
                      size_t size)
{
    switch ((enum l1t_calo_lut)(slot - l1t_calo_luts)) {
    case L1T_LUT_EGAMMA_COMPRESS:
        return parts_fit(lut, egamma_parts, 4, remark, size);
    case L1T_LUT_TAU_COMPRESS:
        return parts_fit(lut, tau_parts, 3, remark, size);
    case L1T_LUT_EGAMMA_TRIMMING:
        return only_takes_away(lut, remark, size);
    default:
        return true;
    }
}

static bool fits(const struct l1t_lut *lut, const struct l1t_lut_path *path,
                 const struct l1t_lut_slot *slot, char *remark, size_t size)
{
    if (!l1t_lut_cmd_has_shape(slot, lut)) {
        (void)snprintf(remark, size, "%s has %u address and %u data bits", slot->name,
                       slot->address_bits, slot->data_bits);
        return false;
    }
    if (path == &l1t_lut_paths[L1T_LUT_CALO])
        return calo_fits(lut, slot, remark, size);
    if (lut->n < (size_t)1 << lut->address_bits) {
        (void)snprintf(remark, size, "ends at address %zu; muon tables have all entries",
                       lut->n - 1);
        return false;
    }
    if (slot == &l1t_ugmt_luts[L1T_UGMT_LUT_ETA_REGION])
        return regions_exist(lut, L1T_UGMT_ETA_REGIONS, remark, size);
    return slot != &l1t_ugmt_luts[L1T_UGMT_LUT_PHI_REGION] ||
           regions_exist(lut, L1T_UGMT_PHI_REGIONS, remark, size);
}

// The verdict on one file, as exit codes count: 0 good, 1 another table, 2 none; why is in
// remark.
static int check_one(struct l1t_lut_arguments *a, const char *file, struct l1t_table *t,
                     char *remark, size_t size)
{
    struct l1t_lut lut;
    struct l1t_diag diag = {""};
    char digest[65] = "";
    const struct l1t_lut_path *path = NULL;
    const struct l1t_lut_slot *slot = l1t_lut_cmd_slot(a, file, &path);
    int verdict = 0;
    if (l1t_lut_cmd_read(a, file, &lut, &diag) != L1T_OK ||
        l1t_lut_digest(lut.data, lut.address_bits, lut.data_bits, digest, &diag) != L1T_OK) {
        verdict = 2;
        (void)snprintf(remark, size, "%s", diag.text);
    } else if (slot != NULL && !fits(&lut, path, slot, remark, size)) {
        verdict = 1;
    } else if (lut.n < (size_t)1 << lut.address_bits) {
        (void)snprintf(remark, size, "ends at address %zu; the rest reads as 0", lut.n - 1);
    }
    static const char *const words[] = {"ok", "misfit", "broken"};
    l1t_table_text(t, file);
    l1t_table_text(t, words[verdict]);
    l1t_table_text(t, slot != NULL ? slot->name : "");
    l1t_table_int(t, lut.address_bits);
    l1t_table_int(t, lut.data_bits);
    l1t_table_int(t, (long long)lut.n);
    l1t_table_text(t, digest);
    l1t_table_text(t, remark);
    l1t_digest_add(a->p.digest, file, digest, strlen(digest));
    l1t_lut_fini(&lut);
    return verdict;
}

enum l1t_err l1t_lut_cmd_check(struct l1t_lut_arguments *a)
{
    static const struct l1t_column columns[] = {
        {"file", "", L1T_CELL_TEXT, 0},    {"verdict", "", L1T_CELL_TEXT, 0},
        {"table", "", L1T_CELL_TEXT, 0},   {"address", "bits", L1T_CELL_INT, 0},
        {"data", "bits", L1T_CELL_INT, 0}, {"entries", "", L1T_CELL_INT, 0},
        {"digest", "", L1T_CELL_TEXT, 0},  {"remark", "", L1T_CELL_TEXT, 0}};
    int count[3] = {0, 0, 0}, worst = 0;
    char first[600] = "";
    struct l1t_table *t = l1t_physics_table(&a->p, "table files", columns, 8);
    if (t == NULL)
        return L1T_E_NOMEM;
    for (int i = 0; i < a->n_files; i++) {
        char remark[600] = "";
        const int verdict = check_one(a, a->file[i], t, remark, sizeof remark);
        if (verdict > worst)
            (void)snprintf(first, sizeof first, "%s%s%s", verdict == 1 ? a->file[i] : "",
                           verdict == 1 ? ": " : "", remark);
        worst = verdict > worst ? verdict : worst;
        count[verdict]++;
    }
    const enum l1t_err err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    if (err != L1T_OK)
        return err;
    if (count[2] > 0)
        return l1t_fail(&a->p.diag, L1T_E_INPUT, "%d of %d files are no tables: %.300s", count[2],
                        a->n_files, first);
    return count[1] == 0
               ? L1T_OK
               : l1t_fail(&a->p.diag, L1T_E_DIFF, "%d of %d files do not fit their table: %.300s",
                          count[1], a->n_files, first);
}
