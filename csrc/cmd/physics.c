// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"

#include "l1t/io.h"

#include <unistd.h>

int l1t_physics_start(struct l1t_physics *p, const struct l1t_cmd *cmd, int argc, char **argv)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *p = (struct l1t_physics){.cmd = cmd, .seed = 1, .out = "-"};
    p->threads = processors < 1 ? 1 : processors > 256 ? 256 : (uint64_t)processors;
    p->digest = l1t_digest_new();
    if (p->digest == NULL)
        return l1t_cmd_fail(cmd, L1T_E_NOMEM, NULL);
    char *text = p->provenance.command;
    const size_t size = sizeof p->provenance.command;
    size_t n = (size_t)snprintf(text, size, "l1twin");
    for (int i = 0; i < argc && n < size; i++)
        n += (size_t)snprintf(text + n, size - n, " %s", argv[i]);
    return 0;
}

int l1t_physics_option(struct l1t_physics *p, int opt, const char *value)
{
    switch (opt) {
    case 's':
        return l1t_cmd_u64(p->cmd, "--seed", value, 0, UINT64_MAX, &p->seed);
    case 't':
        return l1t_cmd_u64(p->cmd, "--threads", value, 1, 256, &p->threads);
    case 'f':
        return l1t_cmd_format(p->cmd, value, &p->format);
    case 'o':
        p->out = value;
        return 0;
    default:
        return -1;
    }
}

int l1t_physics_end(struct l1t_physics *p, enum l1t_err err)
{
    l1t_digest_free(p->digest);
    p->digest = NULL;
    return err == L1T_OK ? 0 : l1t_cmd_fail(p->cmd, err, &p->diag);
}

enum l1t_err l1t_physics_print(struct l1t_physics *p, struct l1t_table *const *tables, size_t n)
{
    struct l1t_out out;
    p->provenance.version = l1t_version();
    p->provenance.seed = p->seed;
    l1t_digest_hex(p->digest, p->provenance.config);
    enum l1t_err err = l1t_out_open(&out, p->out, &p->diag);
    if (err != L1T_OK)
        return err;
    err = l1t_table_print(out.file, p->format, tables, n, &p->provenance, &p->diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, &p->diag);
    l1t_out_abort(&out);
    return err;
}

struct l1t_table *l1t_physics_table(struct l1t_physics *p, const char *title,
                                    const struct l1t_column *columns, size_t n)
{
    struct l1t_table *table = l1t_table_new(title, columns, n);
    if (table == NULL)
        (void)l1t_fail(&p->diag, L1T_E_NOMEM, "no memory for a table");
    return table;
}
