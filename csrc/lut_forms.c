// SPDX-License-Identifier: GPL-3.0-or-later
// Readers of look-up tables in the forms of hardware tools.
#include "l1t/lut_forms.h"

#include "lut_lexer.h"

#include "l1t/io.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 64 << 20, MAX_DEPTH = 1 << L1T_LUT_MAX_ADDRESS_BITS };

// ---- names ----

static bool ends_with(const char *path, size_t n, const char *ending)
{
    const size_t m = strlen(ending);
    return n > m && memcmp(path + n - m, ending, m) == 0;
}

bool l1t_lut_form_of(const char *path, enum l1t_lut_form *form)
{
    static const struct {
        const char *ending;
        enum l1t_lut_form form;
    } known[] = {{".txt", L1T_LUT_FORM_TEXT}, {".lut", L1T_LUT_FORM_TEXT},
                 {".mem", L1T_LUT_FORM_MEM},  {".hex", L1T_LUT_FORM_MEM},
                 {".coe", L1T_LUT_FORM_COE},  {".mif", L1T_LUT_FORM_MIF},
                 {".c", L1T_LUT_FORM_C},      {".h", L1T_LUT_FORM_C}};
    size_t n = strlen(path);
    if (ends_with(path, n, ".gz"))
        n -= 3;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (ends_with(path, n, known[i].ending)) {
            *form = known[i].form;
            return true;
        }
    *form = L1T_LUT_FORM_TEXT;
    return false;
}

// ---- a table that grows ----

struct growing {
    struct l1t_lut *lut;
    size_t room;
    uint64_t max; // of a word
};

static enum l1t_err grow_start(struct growing *g, struct l1t_lut *lut, unsigned data_bits)
{
    *g = (struct growing){.lut = lut,
                          .max = data_bits == 32 ? UINT32_MAX : (UINT64_C(1) << data_bits) - 1};
    lut->data_bits = data_bits;
    snprintf(lut->version, sizeof lut->version, "v1");
    return L1T_OK;
}

static enum l1t_err append(struct growing *g, const struct l1t_lexer *lexer, uint64_t value)
{
    struct l1t_lut *lut = g->lut;
    if (lut->n == MAX_DEPTH)
        return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: more than %d words", lexer->name,
                        lexer->line, MAX_DEPTH);
    if (lut->n == g->room) {
        const size_t room = g->room == 0 ? 256 : 2 * g->room;
        uint32_t *data = realloc(lut->data, room * sizeof data[0]);
        if (data == NULL)
            return l1t_fail(lexer->diag, L1T_E_NOMEM, "%s: out of memory", lexer->name);
        lut->data = data;
        g->room = room;
    }
    lut->data[lut->n++] = (uint32_t)value;
    return L1T_OK;
}

// Address bits are what the words need; the rest reads as 0.
static enum l1t_err grow_end(struct growing *g, const char *name, struct l1t_diag *diag)
{
    struct l1t_lut *lut = g->lut;
    if (lut->n == 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: no words", name);
    lut->address_bits = 1;
    while ((size_t)1 << lut->address_bits < lut->n)
        lut->address_bits++;
    const size_t depth = (size_t)1 << lut->address_bits;
    uint32_t *data = realloc(lut->data, depth * sizeof data[0]);
    if (data == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", name);
    memset(data + lut->n, 0, (depth - lut->n) * sizeof data[0]);
    lut->data = data;
    return L1T_OK;
}

// ---- width ----

// W of "... words of W bits" in the first line, or 0.
static unsigned width_of_heading(const char *text)
{
    static const char before[] = " words of ";
    const char *newline = strchr(text, '\n');
    const char *at = strstr(text, before);
    if (at == NULL || (newline != NULL && at > newline))
        return 0;
    char *rest;
    const unsigned long width = strtoul(at + strlen(before), &rest, 10);
    return strncmp(rest, " bits", 5) == 0 && width >= 1 && width <= L1T_LUT_MAX_DATA_BITS
               ? (unsigned)width
               : 0;
}

static enum l1t_err choose_width(const char *name, unsigned said, unsigned wanted, unsigned *width,
                                 struct l1t_diag *diag)
{
    if (said == 0 && wanted == 0)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: the file does not say how wide its words are; expected a heading "
                        "'NAME: N words of W bits', or --data-bits",
                        name);
    if (said != 0 && wanted != 0 && said != wanted)
        return l1t_fail(diag, L1T_E_INPUT, "%s: words of %u bits; %u are needed here", name, said,
                        wanted);
    *width = said != 0 ? said : wanted;
    return L1T_OK;
}

// ---- .mem ----

static enum l1t_err take_mem_address(const struct growing *g, struct l1t_lexer *lexer)
{
    uint64_t address;
    lexer->token++; // the '@'
    lexer->length--;
    const size_t line = lexer->line;
    const enum l1t_err err =
        l1t_lexer_number(lexer, "a hexadecimal address", 16, UINT32_MAX, &address);
    if (err != L1T_OK || address == g->lut->n)
        return err;
    return l1t_fail(lexer->diag, L1T_E_INPUT,
                    "%s:%zu: address %" PRIu64 " %s; expected %zu (addresses run from 0 without a "
                    "gap)",
                    lexer->name, line, address,
                    address < g->lut->n ? "is there already" : "is out of order", g->lut->n);
}

static enum l1t_err parse_mem(struct growing *g, struct l1t_lexer *lexer)
{
    enum l1t_err err = l1t_lexer_next(lexer);
    while (err == L1T_OK && lexer->length > 0) {
        uint64_t value;
        if (lexer->token[0] == '@') {
            err = take_mem_address(g, lexer);
            continue;
        }
        err = l1t_lexer_number(lexer, "a hexadecimal word", 16, g->max, &value);
        if (err == L1T_OK)
            err = append(g, lexer, value);
    }
    return err;
}

// ---- .coe ----

static enum l1t_err parse_coe(struct growing *g, struct l1t_lexer *lexer)
{
    uint64_t radix = 0, value;
    enum l1t_err err = l1t_lexer_next(lexer);
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, "memory_initialization_radix");
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, "=");
    const size_t line = lexer->line;
    if (err == L1T_OK)
        err = l1t_lexer_number(lexer, "a radix", 10, 16, &radix);
    if (err == L1T_OK && radix != 2 && radix != 8 && radix != 10 && radix != 16)
        err = l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: radix %" PRIu64 "; it is 2, 8, 10 or 16",
                       lexer->name, line, radix);
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, ";");
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, "memory_initialization_vector");
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, "=");
    while (err == L1T_OK && !l1t_lexer_is(lexer, ";")) {
        err = l1t_lexer_number(lexer, "a word or ';'", (unsigned)radix, g->max, &value);
        if (err == L1T_OK)
            err = append(g, lexer, value);
        if (err == L1T_OK && l1t_lexer_is(lexer, ","))
            err = l1t_lexer_next(lexer);
    }
    if (err == L1T_OK)
        err = l1t_lexer_next(lexer);
    return err == L1T_OK && lexer->length > 0 ? l1t_lexer_fail(lexer, "nothing after ';'") : err;
}

// ---- .mif ----

struct mif {
    uint64_t width, depth;
    unsigned address_radix, data_radix;
};

static enum l1t_err take_radix(struct l1t_lexer *lexer, unsigned *radix)
{
    static const struct {
        const char *word;
        unsigned radix;
    } known[] = {{"BIN", 2}, {"OCT", 8}, {"DEC", 10}, {"UNS", 10}, {"HEX", 16}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (l1t_lexer_is(lexer, known[i].word)) {
            *radix = known[i].radix;
            return l1t_lexer_next(lexer);
        }
    return l1t_lexer_fail(lexer, "a radix (BIN, OCT, DEC, UNS or HEX)");
}

// KEY = VALUE; up to CONTENT BEGIN.
static enum l1t_err parse_mif_head(struct mif *mif, struct l1t_lexer *lexer)
{
    *mif = (struct mif){.address_radix = 16, .data_radix = 16};
    enum l1t_err err = l1t_lexer_next(lexer);
    while (err == L1T_OK && !l1t_lexer_is(lexer, "CONTENT")) {
        static const char *const keys[] = {"WIDTH", "DEPTH", "ADDRESS_RADIX", "DATA_RADIX"};
        unsigned k = 0;
        while (k < 4 && !l1t_lexer_is(lexer, keys[k]))
            k++;
        if (k == 4)
            return l1t_lexer_fail(lexer, "WIDTH, DEPTH, ADDRESS_RADIX, DATA_RADIX or CONTENT");
        err = l1t_lexer_next(lexer);
        if (err == L1T_OK)
            err = l1t_lexer_expect(lexer, "=");
        if (err != L1T_OK)
            return err;
        if (k == 0)
            err = l1t_lexer_number(lexer, "a width", 10, L1T_LUT_MAX_DATA_BITS, &mif->width);
        else if (k == 1)
            err = l1t_lexer_number(lexer, "a depth", 10, MAX_DEPTH, &mif->depth);
        else
            err = take_radix(lexer, k == 2 ? &mif->address_radix : &mif->data_radix);
        if (err == L1T_OK)
            err = l1t_lexer_expect(lexer, ";");
    }
    if (err == L1T_OK && (mif->width == 0 || mif->depth == 0))
        return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: CONTENT without WIDTH and DEPTH",
                        lexer->name, lexer->line);
    if (err == L1T_OK)
        err = l1t_lexer_next(lexer);
    return err == L1T_OK ? l1t_lexer_expect(lexer, "BEGIN") : err;
}

// "address" or "[first..last]".
static enum l1t_err take_mif_address(const struct growing *g, const struct mif *mif,
                                     struct l1t_lexer *lexer, uint64_t *first, uint64_t *last)
{
    const bool many = l1t_lexer_is(lexer, "[");
    const size_t line = lexer->line;
    enum l1t_err err = many ? l1t_lexer_next(lexer) : L1T_OK;
    if (err == L1T_OK)
        err =
            l1t_lexer_number(lexer, "an address or END", mif->address_radix, mif->depth - 1, first);
    *last = *first;
    if (err == L1T_OK && many) {
        err = l1t_lexer_expect(lexer, "..");
        if (err == L1T_OK)
            err = l1t_lexer_number(lexer, "an address", mif->address_radix, mif->depth - 1, last);
        if (err == L1T_OK)
            err = l1t_lexer_expect(lexer, "]");
    }
    if (err != L1T_OK || (*first == g->lut->n && *last >= *first))
        return err;
    return l1t_fail(lexer->diag, L1T_E_INPUT,
                    "%s:%zu: address %" PRIu64 " %s; expected %zu (addresses run from 0 without a "
                    "gap)",
                    lexer->name, line, *first,
                    *first < g->lut->n ? "is there already" : "is out of order", g->lut->n);
}

static enum l1t_err take_mif_entry(struct growing *g, const struct mif *mif,
                                   struct l1t_lexer *lexer)
{
    uint64_t first = 0, last = 0, value;
    enum l1t_err err = take_mif_address(g, mif, lexer, &first, &last);
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, ":");
    if (err == L1T_OK)
        err = l1t_lexer_number(lexer, "a word", mif->data_radix, g->max, &value);
    for (uint64_t a = first; err == L1T_OK && a <= last; a++)
        err = append(g, lexer, value);
    return err == L1T_OK ? l1t_lexer_expect(lexer, ";") : err;
}

static enum l1t_err parse_mif(struct growing *g, struct l1t_lut *lut, unsigned data_bits,
                              struct l1t_lexer *lexer)
{
    struct mif mif;
    unsigned width = 0;
    enum l1t_err err = parse_mif_head(&mif, lexer);
    if (err == L1T_OK)
        err = choose_width(lexer->name, (unsigned)mif.width, data_bits, &width, lexer->diag);
    if (err == L1T_OK)
        err = grow_start(g, lut, width);
    while (err == L1T_OK && !l1t_lexer_is(lexer, "END"))
        err = take_mif_entry(g, &mif, lexer);
    if (err != L1T_OK)
        return err;
    if (lut->n != mif.depth)
        return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: %zu words and DEPTH = %" PRIu64,
                        lexer->name, lexer->line, lut->n, mif.depth);
    err = l1t_lexer_next(lexer);
    if (err == L1T_OK)
        err = l1t_lexer_expect(lexer, ";");
    return err == L1T_OK && lexer->length > 0 ? l1t_lexer_fail(lexer, "nothing after END;") : err;
}

// ---- all ----

static enum l1t_err parse_plain(struct l1t_lut *lut, enum l1t_lut_form form, const char *text,
                                unsigned data_bits, struct l1t_lexer *lexer)
{
    struct growing g = {NULL, 0, 0};
    enum l1t_err err;
    if (form == L1T_LUT_FORM_MIF) {
        err = parse_mif(&g, lut, data_bits, lexer);
    } else {
        unsigned width = 0;
        err = choose_width(lexer->name, width_of_heading(text), data_bits, &width, lexer->diag);
        if (err == L1T_OK)
            err = grow_start(&g, lut, width);
        if (err == L1T_OK)
            err = form == L1T_LUT_FORM_MEM ? parse_mem(&g, lexer) : parse_coe(&g, lexer);
    }
    return err == L1T_OK ? grow_end(&g, lexer->name, lexer->diag) : err;
}

enum l1t_err l1t_lut_parse_form(struct l1t_lut *lut, enum l1t_lut_form form, const char *name,
                                const char *text, size_t size, unsigned data_bits,
                                struct l1t_diag *diag)
{
    struct l1t_lexer lexer;
    enum l1t_err err;
    memset(lut, 0, sizeof *lut);
    if (form == L1T_LUT_FORM_C)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: C arrays are written, not read; expected .txt, .mem, .coe or .mif",
                        name);
    if (form == L1T_LUT_FORM_TEXT) {
        unsigned width;
        err = l1t_lut_parse(lut, name, text, size, diag);
        if (err == L1T_OK)
            err = choose_width(name, lut->data_bits, data_bits, &width, diag);
    } else {
        l1t_lexer_start(&lexer, name, text, size,
                        form == L1T_LUT_FORM_MEM   ? L1T_COMMENTS_VERILOG
                        : form == L1T_LUT_FORM_COE ? L1T_COMMENTS_COE
                                                   : L1T_COMMENTS_MIF,
                        diag);
        err = parse_plain(lut, form, text, data_bits, &lexer);
    }
    if (err != L1T_OK)
        l1t_lut_fini(lut);
    return err;
}

enum l1t_err l1t_lut_read_form(struct l1t_lut *lut, enum l1t_lut_form form, const char *path,
                               unsigned data_bits, struct l1t_diag *diag)
{
    char *text;
    size_t size;
    memset(lut, 0, sizeof *lut);
    enum l1t_err err = l1t_read_text(path, MAX_BYTES, &text, &size, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_lut_parse_form(lut, form, strcmp(path, "-") == 0 ? "stdin" : path, text, size,
                             data_bits, diag);
    free(text);
    return err;
}
