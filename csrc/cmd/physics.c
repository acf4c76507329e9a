// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"

#include "l1t/io.h"
#include "l1t/rng.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

int l1t_physics_start(struct l1t_physics *p, const struct l1t_cmd *cmd, int argc, char **argv)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    p->cmd = cmd;
    p->seed = 1;
    p->out = "-";
    p->threads = processors < 1 ? 1 : processors > 256 ? 256 : (uint64_t)processors;
    p->digest = l1t_digest_new();
    if (p->digest == NULL)
        return l1t_cmd_fail(cmd, L1T_E_NOMEM, NULL);
    l1t_cmd_remember(p->provenance.command, sizeof p->provenance.command, argc, argv);
    return 0;
}

int l1t_physics_option(struct l1t_physics *p, int opt, char **argv)
{
    switch (opt) {
    case 's':
        return l1t_cmd_u64(p->cmd, "--seed", optarg, 0, L1T_SEED_MAX, &p->seed);
    case 't':
        return l1t_cmd_u64(p->cmd, "--threads", optarg, 1, 256, &p->threads);
    case 'f':
        return l1t_cmd_format(p->cmd, optarg, &p->format);
    case 'n':
        return l1t_cmd_u64(p->cmd, "--n", optarg, p->n_min, p->n_max, &p->n);
    case 'S':
        p->spectra = optarg;
        return 0;
    case 'o':
        p->out = optarg;
        return 0;
    default:
        return l1t_cmd_bad_option(p->cmd, opt, argv);
    }
}

enum l1t_err l1t_cmd_spectra(const char *path, struct l1t_spectra *spectra,
                             struct l1t_digest *digest, struct l1t_diag *diag)
{
    if (path != NULL)
        return l1t_spectra_load(spectra, path, digest, diag);
    char *found = NULL;
    enum l1t_err err = l1t_config_path("spectra/run2.yaml", &found, diag);
    if (err == L1T_OK)
        err = l1t_spectra_load(spectra, found, digest, diag);
    free(found);
    return err;
}

enum l1t_err l1t_physics_spectra(struct l1t_physics *p, struct l1t_spectra *spectra)
{
    return l1t_cmd_spectra(p->spectra, spectra, p->digest, &p->diag);
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
    if (p->provenance.config[0] == '\0') // else the command knows better
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
