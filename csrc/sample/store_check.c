// SPDX-License-Identifier: GPL-3.0-or-later
// Is a file one of ours, whole, and in the units of the menu? Everything that a reader relies on is
// looked at here; the codes themselves are looked at when they are read.
#include "store_read.h"

#include "l1t/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- names ----

static const char *const others[] = {"checksum", "user"};

static size_t known_names(const char **names)
{
    size_t n = 0;
    for (unsigned t = 0; t < L1T_GT_TYPES; t++)
        names[n++] = l1t_store_group[t];
    for (unsigned i = L1T_STORE_COLUMNS; i < L1T_STORE_DATASETS; i++)
        names[n++] = l1t_store_dataset(i).name;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        names[n++] = others[i];
    return n;
}

// A name that nobody reads would be a sample without its objects.
static enum l1t_err check_names(const struct l1t_store *s, struct l1t_diag *diag)
{
    const char *names[L1T_GT_TYPES + L1T_STORE_DATASETS];
    const size_t n = known_names(names);
    H5G_info_t info;
    if (H5Gget_info(s->file, &info) < 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: damaged HDF5 file", s->path);
    for (hsize_t i = 0; i < info.nlinks && i < 1000; i++) {
        char name[64];
        bool known = false;
        const ssize_t length = H5Lget_name_by_idx(s->file, ".", H5_INDEX_NAME, H5_ITER_NATIVE, i,
                                                  name, sizeof name, H5P_DEFAULT);
        if (length < 0)
            return l1t_fail(diag, L1T_E_INPUT, "%s: damaged HDF5 file", s->path);
        for (size_t k = 0; k < n; k++)
            known = known || strcmp(name, names[k]) == 0;
        const char *nearest = known ? NULL : l1t_nearest(name, names, n);
        if (!known)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: '%.40s' is not of this format%s%s%s; columns of your own go into "
                            "a group 'user'",
                            s->path, name, nearest != NULL ? ", did you mean '" : "",
                            nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    }
    return L1T_OK;
}

// ---- heading ----

static enum l1t_err check_heading(const struct l1t_store *s, struct l1t_diag *diag)
{
    char format[64] = "";
    long long version = 0;
    if (l1t_h5_get_text(s->file, "format", format, sizeof format) != 1)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: no attribute 'format': HDF5, but no event store of this program",
                        s->path);
    if (strcmp(format, L1T_STORE_FORMAT) != 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: format '%.40s', expected '%s'", s->path, format,
                        L1T_STORE_FORMAT);
    if (l1t_h5_get_int(s->file, "version", &version) != 1)
        return l1t_fail(diag, L1T_E_INPUT, "%s: no attribute 'version', a whole number", s->path);
    if (version != L1T_STORE_VERSION)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: version %lld of the format; this program reads version %d", s->path,
                        version, L1T_STORE_VERSION);
    return L1T_OK;
}

// ---- one dataset ----

static enum l1t_err check_type(const struct l1t_store *s, unsigned i, const char *name,
                               struct l1t_diag *diag)
{
    const hid_t type = H5Dget_type(s->source[i].id);
    const bool good = type >= 0 && H5Tequal(type, l1t_store_type(i)) > 0;
    if (type >= 0)
        (void)H5Tclose(type);
    return good ? L1T_OK
                : l1t_fail(diag, L1T_E_INPUT, "%s: %s: wrong type of number, expected %s", s->path,
                           name, l1t_store_dataset(i).number);
}

static enum l1t_err check_shape(const struct l1t_store *s, unsigned i, const char *name,
                                uint64_t *n, struct l1t_diag *diag)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    hsize_t size[2] = {0, 1};
    const hid_t space = H5Dget_space(s->source[i].id);
    const int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    const bool read = rank >= 1 && rank <= 2 && H5Sget_simple_extent_dims(space, size, NULL) >= 0;
    if (space >= 0)
        (void)H5Sclose(space);
    if (!read || size[1] != d.slots)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %s: wrong shape, expected [crossings][%u]", s->path,
                        name, d.slots);
    if (size[0] > L1T_STORE_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %s: %llu crossings; at most %llu", s->path, name,
                        (unsigned long long)size[0], (unsigned long long)L1T_STORE_MAX);
    if (*n == UINT64_MAX)
        *n = size[0];
    if (size[0] != *n)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %s: %llu crossings, others have %llu", s->path,
                        name, (unsigned long long)size[0], (unsigned long long)*n);
    return L1T_OK;
}

// Filters that are exactly shuffle, deflate or both.
static bool find_filters(hid_t list, struct l1t_store_source *source)
{
    const int n = H5Pget_nfilters(list);
    for (int k = 0; k < n; k++) {
        unsigned flags, config, values[8];
        size_t n_values = 8;
        const H5Z_filter_t id =
            H5Pget_filter2(list, (unsigned)k, &flags, &n_values, values, 0, NULL, &config);
        if (id == H5Z_FILTER_SHUFFLE && k == 0)
            source->shuffle_bit = 1U << k;
        else if (id == H5Z_FILTER_DEFLATE && k == n - 1)
            source->deflate_bit = 1U << k;
        else
            return false;
    }
    return n >= 0 && n <= 2;
}

// Datasets in other files and made of other datasets are refused: they are not this sample's.
static enum l1t_err check_layout(struct l1t_store *s, unsigned i, const char *name,
                                 struct l1t_diag *diag)
{
    const struct l1t_store_dataset d = l1t_store_dataset(i);
    struct l1t_store_source *source = &s->source[i];
    hsize_t chunk[2] = {0, 1};
    const hid_t list = H5Dget_create_plist(source->id);
    const H5D_layout_t layout = list < 0 ? H5D_LAYOUT_ERROR : H5Pget_layout(list);
    const bool here =
        (layout == H5D_CHUNKED || layout == H5D_CONTIGUOUS || layout == H5D_COMPACT) &&
        H5Pget_external_count(list) == 0;
    if (layout == H5D_CHUNKED) {
        const int rank = H5Pget_chunk(list, 2, chunk);
        source->raw = (rank == 1 || rank == 2) && chunk[0] == L1T_STORE_ROWS &&
                      chunk[1] == d.slots && find_filters(list, source);
    }
    if (list >= 0)
        (void)H5Pclose(list);
    return here ? L1T_OK
                : l1t_fail(diag, L1T_E_INPUT, "%s: %s: its numbers are not in this file", s->path,
                           name);
}

static enum l1t_err check_scale(const struct l1t_store *s, unsigned i, const char *name,
                                const struct l1t_gt_scales *scales, struct l1t_diag *diag)
{
    const struct l1t_store_column *c = &l1t_store_column[i];
    double step, offset, own_step, own_offset;
    char set[64] = "of no name";
    if (scales == NULL || !l1t_store_scale(c, scales, &step, &offset))
        return L1T_OK;
    if (l1t_h5_get_real(s->source[i].id, "step", &own_step) != 1 ||
        l1t_h5_get_real(s->source[i].id, "offset", &own_offset) != 1)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: %s: no attributes 'step' and 'offset', what codes are worth", s->path,
                        name);
    (void)l1t_h5_get_text(s->file, "scales", set, sizeof set);
    // Less than a hundredth of a bin anywhere.
    const double at_end = fabs((own_step - step) * c->maximum);
    if (!(at_end <= 0.01 * step) || !(fabs(own_offset - offset) <= 0.01 * step))
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: %s: code n is %.9g + n * %.9g %s by scale set %s; by the menu's set "
                        "%s it is %.9g + n * %.9g",
                        s->path, name, own_offset, own_step, c->unit, set, scales->name, offset,
                        step);
    return L1T_OK;
}

static enum l1t_err check_dataset(struct l1t_store *s, unsigned i,
                                  const struct l1t_gt_scales *scales, uint64_t *n,
                                  struct l1t_diag *diag)
{
    char name[64];
    (void)l1t_store_path(i, name, sizeof name);
    s->source[i].id =
        l1t_h5_has(s->file, name) ? H5Dopen2(s->file, name, H5P_DEFAULT) : H5I_INVALID_HID;
    if (s->source[i].id < 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: no dataset '%s'", s->path, name);
    s->source[i].present = true;
    enum l1t_err err = check_type(s, i, name, diag);
    if (err == L1T_OK)
        err = check_shape(s, i, name, n, diag);
    if (err == L1T_OK)
        err = check_layout(s, i, name, diag);
    if (err == L1T_OK && i < L1T_STORE_COLUMNS)
        err = check_scale(s, i, name, scales, diag);
    return err;
}

// ---- all ----

static enum l1t_err check_checksums(struct l1t_store *s, uint64_t n, struct l1t_diag *diag)
{
    const hsize_t chunks = (n + L1T_STORE_ROWS - 1) / L1T_STORE_ROWS;
    hsize_t size = 0;
    if (!l1t_h5_has(s->file, "checksum"))
        return L1T_OK;
    const hid_t id = H5Dopen2(s->file, "checksum", H5P_DEFAULT);
    const hid_t space = id < 0 ? H5I_INVALID_HID : H5Dget_space(id);
    bool good = space >= 0 && H5Sget_simple_extent_ndims(space) == 1 &&
                H5Sget_simple_extent_dims(space, &size, NULL) == 1 && size == chunks;
    if (good) {
        s->checksum = calloc(chunks + 1, sizeof *s->checksum);
        good = s->checksum != NULL &&
               H5Dread(id, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, s->checksum) >= 0;
    }
    if (space >= 0)
        (void)H5Sclose(space);
    if (id >= 0)
        (void)H5Dclose(id);
    for (unsigned i = 0; good && i < L1T_STORE_DATASETS; i++)
        if (s->source[i].present && !s->source[i].raw) {
            char name[64];
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: %s is not packed as it was when 'checksum' was written; delete "
                            "'checksum' if the file was meant to be changed",
                            s->path, l1t_store_path(i, name, sizeof name));
        }
    return good ? L1T_OK
                : l1t_fail(diag, L1T_E_INPUT,
                           "%s: checksum: expected %llu numbers, one for %d crossings", s->path,
                           (unsigned long long)chunks, L1T_STORE_ROWS);
}

static enum l1t_err check_all(struct l1t_store *s, const struct l1t_gt_scales *scales, uint64_t *n,
                              struct l1t_diag *diag)
{
    long long crossings = 0;
    *n = UINT64_MAX;
    enum l1t_err err = check_heading(s, diag);
    if (err == L1T_OK)
        err = check_names(s, diag);
    for (unsigned i = 0; err == L1T_OK && i < L1T_STORE_DATASETS; i++) {
        const struct l1t_store_dataset d = l1t_store_dataset(i);
        if (l1t_h5_has(s->file, *d.group != '\0' ? d.group : d.name))
            err = check_dataset(s, i, scales, n, diag);
    }
    if (err != L1T_OK)
        return err;
    // Crossings without any object have no dataset.
    const int status = l1t_h5_get_int(s->file, "crossings", &crossings);
    if (*n == UINT64_MAX && status == 1 && crossings > 0 && (uint64_t)crossings <= L1T_STORE_MAX)
        *n = (uint64_t)crossings;
    if (*n == UINT64_MAX || *n == 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: no crossings", s->path);
    if (status < 0 || (status == 1 && (uint64_t)crossings != *n))
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: attribute 'crossings' does not say %llu, the length of its datasets",
                        s->path, (unsigned long long)*n);
    return check_checksums(s, *n, diag);
}

enum l1t_err l1t_store_check(struct l1t_store *store, const struct l1t_gt_scales *scales,
                             uint64_t *n, struct l1t_diag *diag)
{
    l1t_h5_lock();
    const enum l1t_err err = check_all(store, scales, n, diag);
    l1t_h5_unlock();
    return err;
}
