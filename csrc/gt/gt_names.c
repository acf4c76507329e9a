// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the menu language.
#include "l1t/gt_menu.h"

#include <string.h>

static const char *const cut_types[L1T_GT_C_TYPES] = {
    [L1T_GT_C_ETA] = "ETA",         [L1T_GT_C_PHI] = "PHI",         [L1T_GT_C_INDEX] = "INDEX",
    [L1T_GT_C_ISO] = "ISO",         [L1T_GT_C_QLTY] = "QLTY",       [L1T_GT_C_IP] = "IP",
    [L1T_GT_C_UPT] = "UPT",         [L1T_GT_C_CHG] = "CHG",         [L1T_GT_C_DISP] = "DISP",
    [L1T_GT_C_SLICE] = "SLICE",     [L1T_GT_C_COUNT] = "COUNT",     [L1T_GT_C_SCORE] = "SCORE",
    [L1T_GT_C_MODEL] = "MODEL",     [L1T_GT_C_CSCORE] = "CSCORE",   [L1T_GT_C_ASCORE] = "ASCORE",
    [L1T_GT_C_DETA] = "DETA",       [L1T_GT_C_DPHI] = "DPHI",       [L1T_GT_C_DR] = "DR",
    [L1T_GT_C_MASS] = "MASS",       [L1T_GT_C_MASSUPT] = "MASSUPT", [L1T_GT_C_MASSDR] = "MASSDR",
    [L1T_GT_C_TBPT] = "TBPT",       [L1T_GT_C_CHGCOR] = "CHGCOR",   [L1T_GT_C_ORMDETA] = "ORMDETA",
    [L1T_GT_C_ORMDPHI] = "ORMDPHI", [L1T_GT_C_ORMDR] = "ORMDR",
};

static const char *const functions[L1T_GT_FUNCTIONS] = {
    [L1T_GT_F_NONE] = "",
    [L1T_GT_F_COMB] = "comb",
    [L1T_GT_F_DIST] = "dist",
    [L1T_GT_F_MASS] = "mass",
    [L1T_GT_F_MASS_INV] = "mass_inv",
    [L1T_GT_F_MASS_TRV] = "mass_trv",
    [L1T_GT_F_MASS_INV_UPT] = "mass_inv_upt",
    [L1T_GT_F_MASS_INV_DR] = "mass_inv_dr",
    [L1T_GT_F_MASS_INV_3] = "mass_inv_3",
    [L1T_GT_F_COMB_ORM] = "comb_orm",
    [L1T_GT_F_DIST_ORM] = "dist_orm",
    [L1T_GT_F_MASS_INV_ORM] = "mass_inv_orm",
    [L1T_GT_F_MASS_TRV_ORM] = "mass_trv_orm",
    [L1T_GT_F_EXTERNAL] = "",
    [L1T_GT_F_SIGNAL] = "",
    [L1T_GT_F_NETWORK] = "",
};

static const char *const types[L1T_GT_TYPES] = {
#define TYPE_NAME(name, slots) [L1T_GT_##name] = #name,
    L1T_GT_TYPE_MAP(TYPE_NAME)
#undef TYPE_NAME
};

static const char *const signals[L1T_GT_SIGNALS] = {
    [L1T_GT_CENT0] = "CENT0",     [L1T_GT_CENT0 + 1] = "CENT1", [L1T_GT_CENT0 + 2] = "CENT2",
    [L1T_GT_CENT0 + 3] = "CENT3", [L1T_GT_CENT0 + 4] = "CENT4", [L1T_GT_CENT0 + 5] = "CENT5",
    [L1T_GT_CENT0 + 6] = "CENT6", [L1T_GT_CENT0 + 7] = "CENT7", [L1T_GT_MUS0] = "MUS0",
    [L1T_GT_MUS1] = "MUS1",       [L1T_GT_MUS2] = "MUS2",       [L1T_GT_MUSOOT0] = "MUSOOT0",
    [L1T_GT_MUSOOT1] = "MUSOOT1",
};

const char *l1t_gt_cut_type_name(enum l1t_gt_cut_type type)
{
    return cut_types[type];
}

bool l1t_gt_cut_type_find(const char *name, enum l1t_gt_cut_type *type)
{
    for (int i = 0; i < L1T_GT_C_TYPES; i++)
        if (strcmp(cut_types[i], name) == 0) {
            *type = (enum l1t_gt_cut_type)i;
            return true;
        }
    return false;
}

bool l1t_gt_cut_type_is_between(enum l1t_gt_cut_type type)
{
    return type >= L1T_GT_C_DETA;
}

const char *l1t_gt_function_name(enum l1t_gt_function function)
{
    return functions[function];
}

const char *l1t_gt_type_name(enum l1t_gt_type type)
{
    return types[type];
}

const char *l1t_gt_signal_name(enum l1t_gt_signal signal)
{
    return signals[signal];
}
