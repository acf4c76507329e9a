/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HDF5 as this program uses it: never from two threads at once, never printing. Every call of the
 * library stands between l1t_h5_lock() and l1t_h5_unlock(), wherever it is made; the functions
 * below that say so do it themselves.
 */
#ifndef L1T_SAMPLE_H5_H
#define L1T_SAMPLE_H5_H

#include "l1t/err.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void l1t_h5_lock(void); /* also silences the library's own messages */
void l1t_h5_unlock(void);

/* Open a regular file that is HDF5, for reading; locks. */
enum l1t_err l1t_h5_open(const char *path, hid_t *file, struct l1t_diag *diag) L1T_MUST_USE;

/* ---- between lock and unlock ---- */

/* Attributes of an object. The readers: 1 found, 0 absent, -1 of another kind. */
int l1t_h5_get_text(hid_t object, const char *name, char *text, size_t size);
int l1t_h5_get_int(hid_t object, const char *name, long long *value);
int l1t_h5_get_real(hid_t object, const char *name, double *value);
bool l1t_h5_put_text(hid_t object, const char *name, const char *text);
bool l1t_h5_put_int(hid_t object, const char *name, long long value);
bool l1t_h5_put_real(hid_t object, const char *name, double value);

/* Is there an object of this name that is stored here and not a link to another file? */
bool l1t_h5_has(hid_t where, const char *name);

#endif
