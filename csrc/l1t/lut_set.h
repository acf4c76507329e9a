/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of a configuration: a list says how each is called, how wide it is and where the model
 * keeps it, so that reading, writing, memory images and digests are written once.
 */
#ifndef L1T_LUT_SET_H
#define L1T_LUT_SET_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct l1t_yaml; /* l1t/yaml.h */

/* One table. Its text file is NAME.txt, its memory image l1t_NAME.mem. */
struct l1t_lut_slot {
    const char *name;                 /* "egamma_compress" */
    const char *about;                /* "address -> data", for people */
    unsigned address_bits, data_bits; /* the model holds all 2^address_bits entries */
    size_t offset;                    /* of the array in the model's configuration */
    unsigned entry_bytes;             /* 1, 2 or 4 */
};

/* What a result says of a table. */
struct l1t_lut_note {
    const struct l1t_lut_slot *slot;
    unsigned data_bits; /* of this configuration: those of the slot, or fewer */
    char source[160];   /* the file as it is named, "formula", or the table it is part of */
    char digest[65]; /* SHA-256 of address bits, data bits and entries; the same for any source */
};

/* Where the entries are, as 2^address_bits numbers. */
void l1t_lut_slot_get(const struct l1t_lut_slot *slot, const void *config, uint32_t *data);
void l1t_lut_slot_set(const struct l1t_lut_slot *slot, void *config, const uint32_t *data);

/* The slot of that name in a list of n, or NULL. */
const struct l1t_lut_slot *l1t_lut_slot_find(const struct l1t_lut_slot *slots, size_t n,
                                             const char *name);

/*
 * Read a text file (l1t/lut.h; also looked for as PATH.gz) of exactly this shape into config. A
 * file that ends early leaves the rest 0, as in the calorimeter's emulator, or is refused.
 */
enum l1t_lut_end { L1T_LUT_MAY_END, L1T_LUT_WHOLE };
enum l1t_err l1t_lut_slot_read(const struct l1t_lut_slot *slot, const char *path,
                               enum l1t_lut_end end, void *config,
                               struct l1t_diag *diag) L1T_MUST_USE;

/* SHA-256 of a table: address bits, data bits and all 2^address_bits entries. */
enum l1t_err l1t_lut_digest(const uint32_t *data, unsigned address_bits, unsigned data_bits,
                            char digest[65], struct l1t_diag *diag) L1T_MUST_USE;

/* Note a table as it is in config. Fails only for want of memory. */
enum l1t_err l1t_lut_note_make(const struct l1t_lut_slot *slot, const void *config,
                               const char *source, struct l1t_lut_note *note,
                               struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Read the table file that a YAML names, from luts_dir, or from beside the YAML when luts_dir is
 * NULL, and note it.
 */
enum l1t_err l1t_lut_load(const struct l1t_lut_slot *slot, const char *yaml_path,
                          const char *luts_dir, const char *name, enum l1t_lut_end end,
                          void *config, struct l1t_lut_note *note,
                          struct l1t_diag *diag) L1T_MUST_USE;

/* That path, without .gz; NULL for want of memory; the caller frees it. */
char *l1t_lut_path(const char *yaml_path, const char *luts_dir, const char *name);

/* DIR/NAME or DIR/NAME.gz is there. */
bool l1t_lut_exists(const char *dir, const char *name);

/*
 * A configuration without names of table files takes those of "l1twin lut make" from dir: L1T_OK if
 * name is there; else what is missing and how to get on. example: a configuration that has names.
 */
enum l1t_err l1t_lut_need_standard(const struct l1t_yaml *yaml, const char *dir, const char *name,
                                   const char *example, struct l1t_diag *diag) L1T_MUST_USE;

/* Memory images of n tables in dir, which is made; digest is that of the configuration. */
enum l1t_err l1t_lut_set_write_mem(const struct l1t_lut_slot *slots, size_t n, const void *config,
                                   const char *digest, const char *dir,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif
