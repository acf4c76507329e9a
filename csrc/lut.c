// SPDX-License-Identifier: GPL-3.0-or-later
// Reader of look-up tables in text form. A table decides physics, so whatever does not have one
// clear meaning is refused with its line.
#include "l1t/lut.h"

#include "l1t/io.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 64 << 20 };

// A reader on its way through the text.
struct lut_text {
    const char *name;
    const char *at, *end;
    size_t line;
    bool have_header;
};

static enum l1t_err fail_here(const struct lut_text *text, struct l1t_diag *diag, const char *what,
                              const char *line, size_t length)
{
    const int shown = length > 60 ? 60 : (int)length;
    return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: %s: '%.*s'", text->name, text->line, what, shown,
                    line);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p;
}

// Decimal number; the text after it, or NULL. Values beyond 32 bits come back as UINT64_MAX.
static const char *parse_number(const char *p, const char *end, uint64_t *value)
{
    if (p == end || *p < '0' || *p > '9')
        return NULL;
    *value = 0;
    for (; p < end && *p >= '0' && *p <= '9'; p++) {
        *value = *value * 10 + (uint64_t)(*p - '0');
        if (*value > UINT32_MAX)
            *value = (uint64_t)UINT32_MAX + 1; // stays too large whatever follows
    }
    return p;
}

// "v1 8 4 </header>", the part of a header after "#<header>".
static bool split_header(const char *p, const char *end, char version[L1T_LUT_VERSION],
                         uint64_t *address_bits, uint64_t *data_bits)
{
    p = skip_blanks(p, end);
    size_t length = 0;
    while (p + length < end && !is_blank(p[length]) && p[length] != '<')
        length++;
    if (length == 0 || length >= L1T_LUT_VERSION)
        return false;
    memcpy(version, p, length);
    version[length] = '\0';
    p = parse_number(skip_blanks(p + length, end), end, address_bits);
    if (p == NULL || p == end || !is_blank(*p))
        return false;
    p = parse_number(skip_blanks(p, end), end, data_bits);
    if (p == NULL)
        return false;
    static const char closing[] = "</header>";
    p = skip_blanks(p, end);
    return (size_t)(end - p) >= strlen(closing) && memcmp(p, closing, strlen(closing)) == 0;
}

static enum l1t_err take_header(struct lut_text *text, struct l1t_lut *lut, const char *line,
                                const char *values, const char *end, struct l1t_diag *diag)
{
    char version[L1T_LUT_VERSION];
    uint64_t address_bits, data_bits;
    const size_t length = (size_t)(end - line);
    if (!split_header(values, end, version, &address_bits, &data_bits))
        return fail_here(text, diag,
                         "a header is '#<header> VERSION ADDRESS_BITS DATA_BITS </header>'", line,
                         length);
    if (text->have_header && (address_bits != lut->address_bits || data_bits != lut->data_bits))
        return fail_here(text, diag, "a second header that differs from the first", line, length);
    if (text->have_header)
        return L1T_OK;
    if (address_bits < 1 || address_bits > L1T_LUT_MAX_ADDRESS_BITS || data_bits < 1 ||
        data_bits > L1T_LUT_MAX_DATA_BITS)
        return fail_here(text, diag, "a table has 1..20 address bits and 1..32 data bits", line,
                         length);
    memcpy(lut->version, version, sizeof version);
    lut->address_bits = (unsigned)address_bits;
    lut->data_bits = (unsigned)data_bits;
    lut->data = calloc((size_t)1 << address_bits, sizeof lut->data[0]);
    if (lut->data == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", text->name);
    text->have_header = true;
    return L1T_OK;
}

static enum l1t_err store_entry(const struct lut_text *text, struct l1t_lut *lut, uint64_t address,
                                uint64_t value, struct l1t_diag *diag)
{
    const uint64_t depth = UINT64_C(1) << lut->address_bits;
    if (address >= depth)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s:%zu: address %" PRIu64 " does not fit the header's %u address bits "
                        "(at most %" PRIu64 ")",
                        text->name, text->line, address, lut->address_bits, depth - 1);
    if (address != lut->n)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s:%zu: address %" PRIu64 " %s; expected %zu (addresses run from 0 "
                        "without a gap)",
                        text->name, text->line, address,
                        address < lut->n ? "is there already" : "is out of order", lut->n);
    const uint64_t largest =
        lut->data_bits == 32 ? UINT32_MAX : (UINT64_C(1) << lut->data_bits) - 1;
    if (value > largest)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s:%zu: data of address %" PRIu64
                        " does not fit the header's %u data bits "
                        "(at most %" PRIu64 ")",
                        text->name, text->line, address, lut->data_bits, largest);
    lut->data[lut->n++] = (uint32_t)value;
    return L1T_OK;
}

static enum l1t_err take_entry(struct lut_text *text, struct l1t_lut *lut, const char *line,
                               const char *end, struct l1t_diag *diag)
{
    uint64_t address, value;
    const size_t length = (size_t)(end - line);
    const char *p = parse_number(skip_blanks(line, end), end, &address);
    if (p != NULL)
        p = p < end && is_blank(*p) ? parse_number(skip_blanks(p, end), end, &value) : NULL;
    if (p == NULL || (p < end && !is_blank(*p) && *p != '#'))
        return fail_here(text, diag, "an entry is 'ADDRESS DATA', both decimal", line, length);
    p = skip_blanks(p, end);
    if (p < end && *p != '#')
        return fail_here(text, diag, "only a '# comment' may follow an entry", line, length);
    if (!text->have_header)
        return fail_here(text, diag, "an entry before the '#<header>' line", line, length);
    return store_entry(text, lut, address, value, diag);
}

static enum l1t_err take_line(struct lut_text *text, struct l1t_lut *lut, const char *line,
                              const char *end, struct l1t_diag *diag)
{
    static const char opening[] = "#<header>";
    const size_t length = (size_t)(end - line);
    if (length >= strlen(opening) && memcmp(line, opening, strlen(opening)) == 0)
        return take_header(text, lut, line, line + strlen(opening), end, diag);
    const char *p = skip_blanks(line, end);
    return p == end || *p == '#' ? L1T_OK : take_entry(text, lut, line, end, diag);
}

static enum l1t_err parse_lines(struct lut_text *text, struct l1t_lut *lut, struct l1t_diag *diag)
{
    while (text->at < text->end) {
        const char *newline = memchr(text->at, '\n', (size_t)(text->end - text->at));
        const char *end = newline != NULL ? newline : text->end;
        const char *next = newline != NULL ? newline + 1 : text->end;
        if (end > text->at && end[-1] == '\r')
            end--;
        text->line++;
        const enum l1t_err err = take_line(text, lut, text->at, end, diag);
        if (err != L1T_OK)
            return err;
        text->at = next;
    }
    if (!text->have_header)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: no '#<header> VERSION ADDRESS_BITS DATA_BITS </header>' line",
                        text->name);
    return lut->n != 0 ? L1T_OK
                       : l1t_fail(diag, L1T_E_INPUT, "%s: a header and no entries", text->name);
}

enum l1t_err l1t_lut_parse(struct l1t_lut *lut, const char *name, const char *text, size_t size,
                           struct l1t_diag *diag)
{
    memset(lut, 0, sizeof *lut);
    struct lut_text reader = {.name = name, .at = text, .end = text + size};
    const enum l1t_err err = parse_lines(&reader, lut, diag);
    if (err != L1T_OK)
        l1t_lut_fini(lut);
    return err;
}

enum l1t_err l1t_lut_read(struct l1t_lut *lut, const char *path, struct l1t_diag *diag)
{
    char *text;
    size_t size;
    memset(lut, 0, sizeof *lut);
    enum l1t_err err = l1t_read_text(path, MAX_BYTES, &text, &size, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_lut_parse(lut, path, text, size, diag);
    free(text);
    return err;
}

enum l1t_err l1t_lut_read_shape(struct l1t_lut *lut, const char *path, unsigned address_bits,
                                unsigned data_bits, struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_lut_read(lut, path, diag);
    if (err != L1T_OK || (lut->address_bits == address_bits && lut->data_bits == data_bits))
        return err;
    const unsigned found_address = lut->address_bits, found_data = lut->data_bits;
    l1t_lut_fini(lut);
    return l1t_fail(diag, L1T_E_INPUT,
                    "%s: this table has %u address and %u data bits; %u and %u are needed here",
                    path, found_address, found_data, address_bits, data_bits);
}

void l1t_lut_fini(struct l1t_lut *lut)
{
    free(lut->data);
    memset(lut, 0, sizeof *lut);
}
