// SPDX-License-Identifier: GPL-3.0-or-later
// Writers of look-up tables: the text form people exchange and the memory image RTL loads.
#include "l1t/io.h"
#include "l1t/lut.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum l1t_err l1t_lut_write(FILE *out, const struct l1t_lut *lut, const char *title,
                           struct l1t_diag *diag)
{
    fprintf(out, "# %s\n#<header> %s %u %u </header>\n", title, lut->version, lut->address_bits,
            lut->data_bits);
    for (size_t i = 0; i < (size_t)1 << lut->address_bits; i++)
        fprintf(out, "%zu %lu\n", i, (unsigned long)lut->data[i]);
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write a table: %s", strerror(errno))
                       : L1T_OK;
}

enum l1t_err l1t_mem_write(const char *dir, const char *name, const uint32_t *data, size_t depth,
                           unsigned width, const char *digest, struct l1t_diag *diag)
{
    const size_t room = strlen(dir) + strlen(name) + 8;
    char *path = malloc(room);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s/%s.mem: out of memory", dir, name);
    snprintf(path, room, "%s/%s.mem", dir, name);
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, path, diag);
    if (err == L1T_OK) {
        fprintf(out.file, "// %s: %zu words of %u bits; configuration %s\n", name, depth, width,
                digest);
        const int digits = (int)(width + 3) / 4;
        for (size_t i = 0; i < depth; i++)
            fprintf(out.file, "%0*lx\n", digits, (unsigned long)data[i]);
        err = l1t_out_commit(&out, diag);
    }
    free(path);
    return err;
}
