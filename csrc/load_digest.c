// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration files read once: parsed and digested from the same bytes, so that a pipe will do
// and the digest cannot be that of another version of the file.
#include "spectra_config.h"

#include "l1t/io.h"

#include <stdlib.h>

enum { max_bytes = 16 << 20 };

enum l1t_err l1t_yaml_load_digest(const char *role, const char *path, struct l1t_digest *digest,
                                  struct l1t_yaml **yaml, struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *yaml = NULL;
    enum l1t_err err = l1t_read_text(path, max_bytes, &text, &size, diag);
    if (err == L1T_OK)
        err = l1t_yaml_parse(path, text, size, yaml, diag);
    if (err == L1T_OK && digest != NULL)
        l1t_digest_add(digest, role, text, size);
    free(text);
    return err;
}

enum l1t_err l1t_curve_load_digest(struct l1t_curve *curve, const char *path,
                                   struct l1t_digest *digest, struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *curve = (struct l1t_curve){0, NULL, NULL, NULL};
    enum l1t_err err = l1t_read_text(path, max_bytes, &text, &size, diag);
    if (err == L1T_OK && digest != NULL)
        l1t_digest_add(digest, "curve", text, size); // parsing changes the text
    if (err == L1T_OK)
        err = l1t_curve_parse(curve, path, text, diag);
    free(text);
    return err;
}
