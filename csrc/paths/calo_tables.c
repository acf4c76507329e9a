// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the e/gamma, tau and sum paths from files.
#include "l1t/calo_tables.h"

#include "l1t/lut.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void l1t_calo_thresholds(struct l1t_calo_config *config)
{
    memset(config, 0, sizeof *config);
    config->cluster.seed_min = 4;
    config->cluster.member_min = 2;
    config->cluster.hoe_ratio[0] = 3;
    config->cluster.hoe_ratio[1] = 4;
    config->tau.cluster = config->cluster;
    config->egamma.hoe_ext_min = 10;
    config->egamma.no_id_min = 256;
    config->jet.seed_min = 8;
    config->sums.jet_min = 60;
}

// One table and where it goes, one of the two: entries of one or two bytes, all 2^address_bits.
struct table {
    const char *file;
    unsigned address_bits, data_bits;
    uint8_t *narrow;
    uint16_t *wide;
};

static enum l1t_err read_table(const char *dir, const struct table *table, struct l1t_diag *diag)
{
    char path[1024];
    int n = snprintf(path, sizeof path, "%s/%s", dir, table->file);
    if (n > 0 && (size_t)n < sizeof path && access(path, R_OK) != 0)
        n = snprintf(path, sizeof path, "%s/%s.gz", dir, table->file);
    if (n <= 0 || (size_t)n >= sizeof path)
        return l1t_fail(diag, L1T_E_INPUT, "%s: the path is too long", table->file);
    struct l1t_lut lut;
    const enum l1t_err err =
        l1t_lut_read_shape(&lut, path, table->address_bits, table->data_bits, diag);
    if (err != L1T_OK)
        return err;
    for (size_t i = 0; i < (size_t)1 << table->address_bits; i++)
        if (table->wide != NULL)
            table->wide[i] = (uint16_t)lut.data[i];
        else if (table->narrow != NULL)
            table->narrow[i] = (uint8_t)lut.data[i];
    l1t_lut_fini(&lut);
    return L1T_OK;
}

enum l1t_err l1t_calo_tables_read(const char *dir, const struct l1t_calo_luts *luts,
                                  struct l1t_calo_config *config, struct l1t_diag *diag)
{
    struct l1t_egamma_config *eg = &config->egamma;
    struct l1t_tau_config *tau = &config->tau;
    const struct table tables[] = {
        {luts->egamma_compress, 10, 12, NULL, eg->compress},
        {luts->egamma_trimming, 12, 7, eg->trimming, NULL},
        {luts->egamma_calibration, 12, 10, NULL, eg->calibration},
        {luts->egamma_isolation[0], 13, 9, NULL, eg->isolation[0]},
        {luts->egamma_isolation[1], 13, 9, NULL, eg->isolation[1]},
        {luts->tau_compress, 12, 5, tau->compress, NULL},
        {luts->tau_calibration, 9, 10, NULL, tau->calibration},
        {luts->tau_isolation, 12, 9, NULL, tau->isolation},
        {luts->met_threshold, 11, 9, NULL, config->sums.met_min},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const enum l1t_err err = read_table(dir, &tables[i], diag);
        if (err != L1T_OK)
            return err;
    }
    memcpy(config->sums.ntt_bin, eg->compress + L1T_EGAMMA_COMPRESS_NTT,
           sizeof config->sums.ntt_bin);
    return L1T_OK;
}
