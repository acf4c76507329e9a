// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/luts.h"

struct l1t_table *l1t_luts_table(const struct l1t_lut_note *notes, size_t n)
{
    static const struct l1t_column columns[] = {{"table", "", L1T_CELL_TEXT, 0},
                                                {"address", "bits", L1T_CELL_INT, 0},
                                                {"data", "bits", L1T_CELL_INT, 0},
                                                {"digest", "", L1T_CELL_TEXT, 0},
                                                {"source", "", L1T_CELL_TEXT, 0}};
    struct l1t_table *table =
        l1t_table_new("look-up tables", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; table != NULL && i < n; i++) {
        l1t_table_text(table, notes[i].slot->name);
        l1t_table_int(table, notes[i].slot->address_bits);
        l1t_table_int(table, notes[i].data_bits);
        l1t_table_text(table, notes[i].digest);
        l1t_table_text(table, notes[i].source);
    }
    return table;
}

void l1t_luts_comment(FILE *out, const struct l1t_twin *twin, const void *config)
{
    size_t n = 0;
    const struct l1t_lut_note *notes =
        twin->config_luts != NULL ? twin->config_luts(config, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        fprintf(out, "# table %s %s %s\n", notes[i].slot->name, notes[i].digest, notes[i].source);
}
