// SPDX-License-Identifier: GPL-3.0-or-later
// Stubs of the barrel track finder as text; whatever is accepted can be emulated.
#include "fuzz.h"
#include "l1t/twin.h"

#include <stdlib.h>

static const char *const seeds[] = {
    "E 0 0\nS 0 -2 9 3 0 918 109 0 -66 1 255 0\nS 1 -2 9 4 0 1035 76 5 7 0 7 0\n"
    "S 2 -1 9 1 0 460 208 6 -64 2 255 0\nS 3 -1 9 2 0 718 159 5 -34 1 255 0\n",
    "# comment\n\nE 1 border\nS 0 0 0 1 1 -2000 -300 6 0 1 3 2\nS 1 0 0 2 0 -1990 -220 6 0 0 3 "
    "2\r\n"
    "S 2 0 11 2 1 200 -120 3 0 2 255 0\nE 2\nE 3\n",
    NULL};

// Tables that let every path of the fit be taken; the model must hold whatever they are.
static struct l1t_diag diag;
static const void *default_config(void)
{
    static void *config;
    if (config == NULL && l1t_twin_find("kbmtf")->config_load("configs/paths/kbmtf.yaml", NULL,
                                                              &config, &diag) != L1T_OK)
        abort();
    return config;
}

L1T_FUZZ(kbmtf_stubs, seeds)
{
    const struct l1t_twin *twin = l1t_twin_find("kbmtf");
    const void *config = default_config();
    uint32_t in[3 * 480], out[2 * 36];
    void *source = NULL;
    uint64_t id = 0;
    if (twin->in_words != sizeof in / sizeof in[0] ||
        l1t_twin_stage_words(twin) != sizeof out / sizeof out[0])
        abort();
    diag.text[0] = '\0';
    if (twin->source_open(config, l1t_fuzz_file(data, size), 1, &source, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    int status;
    while ((status = twin->source_next(source, in, &id, &diag)) == 1)
        twin->model(config, in, out);
    twin->source_close(source);
    return status == 0 ? 1 : l1t_fuzz_refused(&diag);
}
