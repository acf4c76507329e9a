// SPDX-License-Identifier: GPL-3.0-or-later
// The shared object that holds a Verilated menu.
#include "l1t/gt_cosim.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

struct l1t_gt_dut {
    void *object;
    const struct l1t_gt_menu_ops *ops;
};

enum l1t_err l1t_gt_dut_open(const char *path, struct l1t_gt_dut **dut, struct l1t_diag *diag)
{
    // A name without a folder would be looked for where libraries are.
    const size_t room = strlen(path) + 3;
    char *const name = malloc(room);
    struct l1t_gt_dut *d = calloc(1, sizeof *d);
    enum l1t_err err = L1T_OK;
    *dut = NULL;
    if (name == NULL || d == NULL) {
        err = l1t_fail(diag, L1T_E_NOMEM, "out of memory");
        goto out;
    }
    (void)snprintf(name, room, "%s%s", strchr(path, '/') == NULL ? "./" : "", path);
    d->object = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (d->object == NULL) {
        err = l1t_fail(diag, L1T_E_INPUT,
                       "%s: not a simulated menu (tools/gt_dut.sh makes one): %s", path, dlerror());
        goto out;
    }
    d->ops = dlsym(d->object, "l1t_gt_menu_ops");
    if (d->ops == NULL || d->ops->abi != L1T_GT_MENU_ABI) {
        err = l1t_fail(diag, L1T_E_INPUT,
                       "%s: %s; expected what tools/gt_dut.sh of this version makes", path,
                       d->ops == NULL ? "no l1t_gt_menu_ops in it" : "of another version");
        goto out;
    }
    *dut = d;
    d = NULL;
out:
    free(name);
    l1t_gt_dut_close(d);
    return err;
}

const struct l1t_gt_menu_ops *l1t_gt_dut_ops(const struct l1t_gt_dut *dut)
{
    return dut->ops;
}

void l1t_gt_dut_close(struct l1t_gt_dut *dut)
{
    if (dut != NULL && dut->object != NULL)
        dlclose(dut->object);
    free(dut);
}
