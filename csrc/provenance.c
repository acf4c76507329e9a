// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of what was read. Each piece is framed (role, data, both sizes) so that moving bytes
// from one file to the next cannot give the same digest.
#include "l1t/provenance.h"
#include "io_source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
// libmd after sys/types.h
#include <sha2.h>

// Made by the build from `git describe`; a compiler called by hand does without.
#ifdef __has_include
#if __has_include("l1t_version.h")
#include "l1t_version.h"
#endif
#endif
#ifndef L1T_VERSION
#define L1T_VERSION "unknown"
#endif

struct l1t_digest {
    SHA2_CTX sha;
};

struct l1t_digest *l1t_digest_new(void)
{
    struct l1t_digest *digest = malloc(sizeof *digest);
    if (digest != NULL)
        SHA256Init(&digest->sha);
    return digest;
}

static void add_size(struct l1t_digest *digest, uint64_t size)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(size >> (8 * i));
    SHA256Update(&digest->sha, bytes, sizeof bytes);
}

// Sizes come last, as the size of a pipe is known only then.
static void begin_piece(struct l1t_digest *digest, const char *role)
{
    SHA256Update(&digest->sha, (const uint8_t *)role, strlen(role));
}

static void end_piece(struct l1t_digest *digest, const char *role, uint64_t size)
{
    add_size(digest, strlen(role));
    add_size(digest, size);
}

void l1t_digest_add(struct l1t_digest *digest, const char *role, const void *data, size_t size)
{
    begin_piece(digest, role);
    SHA256Update(&digest->sha, data, size);
    end_piece(digest, role, size);
}

void l1t_digest_hex(const struct l1t_digest *digest, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    SHA2_CTX copy = digest->sha;
    uint8_t sum[SHA256_DIGEST_LENGTH];
    SHA256Final(sum, &copy);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = '\0';
}

void l1t_digest_free(struct l1t_digest *digest)
{
    free(digest);
}

enum l1t_err l1t_digest_add_file(struct l1t_digest *digest, const char *role, const char *path,
                                 struct l1t_diag *diag)
{
    struct l1t_source *source = NULL;
    enum l1t_err err = l1t_source_open(path, false, &source, diag);
    if (err != L1T_OK)
        return err;
    unsigned char block[8192];
    uint64_t size = 0;
    ssize_t got = 0;
    begin_piece(digest, role);
    while ((got = l1t_source_read(source, block, sizeof block, &err, diag)) > 0) {
        SHA256Update(&digest->sha, block, (size_t)got);
        size += (uint64_t)got;
    }
    end_piece(digest, role, size);
    l1t_source_close(source);
    return err;
}

const char *l1t_version(void)
{
    return L1T_VERSION;
}

void l1t_provenance_comment(FILE *out, const char *what, const char *config, const uint64_t *seed)
{
    fprintf(out, "# l1twin %s %s\n# config %s\n", what, l1t_version(), config);
    if (seed != NULL)
        fprintf(out, "# seed %" PRIu64 "\n", *seed);
}
