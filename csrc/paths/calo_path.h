/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the twins egamma, tau, sums and calo share: one configuration, configs/paths/calo.yaml
 * (members of struct l1t_twin).
 */
#ifndef L1T_CALO_PATH_H
#define L1T_CALO_PATH_H

#include "tower_path.h"

#include "l1t/calo_config.h"
#include "l1t/err.h"

#include <stdint.h>

/* Members of struct l1t_twin that are the same for all four. */
#define L1T_CALO_PATH_MEMBERS                                                                      \
    L1T_TOWER_PATH_MEMBERS,                                                                        \
        .config_load = l1t_calo_path_load, .config_digest = l1t_calo_path_digest,                  \
        .config_luts = l1t_calo_path_luts, .config_model = l1t_calo_path_model,                    \
        .config_write_mem = l1t_calo_path_write_mem, .mem_files = l1t_calo_mem_files,              \
        .config_corners = l1t_calo_path_corners, .config_towers = l1t_calo_path_towers,            \
        .config_settings = l1t_calo_path_settings, .source_open = l1t_calo_path_open

enum l1t_err l1t_calo_path_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_calo_path_digest(const void *config, char digest[65]);
const struct l1t_lut_note *l1t_calo_path_luts(const void *config, size_t *n);
const void *l1t_calo_path_model(const void *config);
enum l1t_err l1t_calo_path_write_mem(const void *config, const char *dir,
                                     struct l1t_diag *diag) L1T_MUST_USE;
void l1t_calo_path_corners(void *config, double share);
struct l1t_tower_gen_params *l1t_calo_path_towers(void *config); /* .config_towers */
enum l1t_err l1t_calo_path_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag) L1T_MUST_USE;

/* All images that l1t_calo_path_write_mem writes, NULL-terminated. */
extern const char *const l1t_calo_mem_files[];

/* Words of sim/l1t_calo_settings.h. */
void l1t_calo_path_settings(const void *config, uint32_t *settings);

#endif
