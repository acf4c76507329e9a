// SPDX-License-Identifier: GPL-3.0-or-later
// The lock is the one global here: HDF5 itself is full of them.
#include "h5.h"

#include "l1t/io.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void l1t_h5_lock(void)
{
    static bool begun;
    (void)pthread_mutex_lock(&mutex);
    // All is closed when it is done with; what is left is a file that no disk took, and the library
    // would try again at the program's end, and crash.
    if (!begun)
        (void)H5dont_atexit();
    begun = true;
    (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL); // a setting of the thread
}

void l1t_h5_unlock(void)
{
    (void)pthread_mutex_unlock(&mutex);
}

// ---- files ----

// Only what begins as HDF5 does is given to the library.
static enum l1t_err look_at(const char *path, struct l1t_diag *diag)
{
    static const unsigned char magic[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    unsigned char head[sizeof magic];
    struct stat st;
    if (strcmp(path, "-") == 0)
        return l1t_fail(diag, L1T_E_INPUT, "stdin: an HDF5 file must be a file with a name");
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0) {
        const int error = errno;
        if (fd >= 0)
            (void)close(fd);
        return l1t_fail(diag,
                        error == ENOENT || error == EACCES || error == ELOOP || error == ENOTDIR
                            ? L1T_E_INPUT
                            : L1T_E_IO,
                        "%s: %s", path, strerror(error));
    }
    const bool regular = S_ISREG(st.st_mode);
    const ssize_t n = regular ? read(fd, head, sizeof head) : 0;
    (void)close(fd);
    if (!regular)
        return l1t_fail(diag, L1T_E_INPUT, "%s: not a regular file", path);
    if (n != (ssize_t)sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: not an HDF5 file", path);
    return L1T_OK;
}

enum l1t_err l1t_h5_open(const char *path, hid_t *file, struct l1t_diag *diag)
{
    *file = H5I_INVALID_HID;
    const enum l1t_err err = look_at(path, diag);
    if (err != L1T_OK)
        return err;
    l1t_h5_lock();
    *file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    l1t_h5_unlock();
    return *file >= 0 ? L1T_OK
                      : l1t_fail(diag, L1T_E_INPUT,
                                 "%s: damaged or incomplete HDF5 file, or of a version that the "
                                 "library does not know",
                                 path);
}

bool l1t_h5_has(hid_t where, const char *name)
{
    H5L_info_t info;
    return H5Lexists(where, name, H5P_DEFAULT) > 0 &&
           H5Lget_info(where, name, &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD;
}

// ---- attributes ----

enum { MAX_TEXT = 4096 };

// The attribute when it is one value; its type, to be closed with it.
static int open_attribute(hid_t object, const char *name, hid_t *attribute, hid_t *type)
{
    *attribute = *type = H5I_INVALID_HID;
    if (H5Aexists(object, name) <= 0)
        return 0;
    *attribute = H5Aopen(object, name, H5P_DEFAULT);
    *type = *attribute < 0 ? H5I_INVALID_HID : H5Aget_type(*attribute);
    const hid_t space = *attribute < 0 ? H5I_INVALID_HID : H5Aget_space(*attribute);
    const bool one = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    if (space >= 0)
        (void)H5Sclose(space);
    return *type >= 0 && one ? 1 : -1;
}

static int close_attribute(hid_t attribute, hid_t type, int status)
{
    if (type >= 0)
        (void)H5Tclose(type);
    if (attribute >= 0)
        (void)H5Aclose(attribute);
    return status;
}

// Of fixed length.
static int read_fixed(hid_t attribute, hid_t type, char *text, size_t size)
{
    char all[MAX_TEXT + 1];
    const size_t n = H5Tget_size(type);
    if (n == 0 || n > MAX_TEXT || H5Aread(attribute, type, all) < 0)
        return -1;
    all[n] = '\0';
    const size_t length = strlen(all);
    const size_t take = length < size ? length : size - 1;
    memcpy(text, all, take);
    text[take] = '\0';
    return 1;
}

// Of any length, as h5py writes them.
static int read_free(hid_t attribute, hid_t type, char *text, size_t size)
{
    char *all = NULL;
    if (H5Aread(attribute, type, (void *)&all) < 0 || all == NULL)
        return -1;
    const size_t length = strlen(all);
    const size_t take = length < size ? length : size - 1;
    memcpy(text, all, take);
    text[take] = '\0';
    (void)H5free_memory(all);
    return 1;
}

int l1t_h5_get_text(hid_t object, const char *name, char *text, size_t size)
{
    hid_t attribute, type;
    int status = open_attribute(object, name, &attribute, &type);
    if (status == 1 && H5Tget_class(type) != H5T_STRING)
        status = -1;
    if (status == 1)
        status = H5Tis_variable_str(type) > 0 ? read_free(attribute, type, text, size)
                                              : read_fixed(attribute, type, text, size);
    return close_attribute(attribute, type, status);
}

int l1t_h5_get_int(hid_t object, const char *name, long long *value)
{
    hid_t attribute, type;
    int status = open_attribute(object, name, &attribute, &type);
    if (status == 1 &&
        (H5Tget_class(type) != H5T_INTEGER || H5Aread(attribute, H5T_NATIVE_LLONG, value) < 0))
        status = -1;
    return close_attribute(attribute, type, status);
}

int l1t_h5_get_real(hid_t object, const char *name, double *value)
{
    hid_t attribute, type;
    int status = open_attribute(object, name, &attribute, &type);
    const H5T_class_t class = status == 1 ? H5Tget_class(type) : H5T_NO_CLASS;
    if (status == 1 && ((class != H5T_FLOAT && class != H5T_INTEGER) ||
                        H5Aread(attribute, H5T_NATIVE_DOUBLE, value) < 0))
        status = -1;
    return close_attribute(attribute, type, status);
}

static bool put(hid_t object, const char *name, hid_t type, const void *value)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    const bool good = attribute >= 0 && H5Awrite(attribute, type, value) >= 0;
    if (attribute >= 0)
        (void)H5Aclose(attribute);
    if (space >= 0)
        (void)H5Sclose(space);
    return good;
}

bool l1t_h5_put_text(hid_t object, const char *name, const char *text)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    const bool good = type >= 0 && H5Tset_size(type, strlen(text) + 1) >= 0 &&
                      H5Tset_cset(type, H5T_CSET_UTF8) >= 0 && put(object, name, type, text);
    if (type >= 0)
        (void)H5Tclose(type);
    return good;
}

bool l1t_h5_put_int(hid_t object, const char *name, long long value)
{
    return put(object, name, H5T_NATIVE_LLONG, &value);
}

bool l1t_h5_put_real(hid_t object, const char *name, double value)
{
    return put(object, name, H5T_NATIVE_DOUBLE, &value);
}
