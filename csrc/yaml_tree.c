// SPDX-License-Identifier: GPL-3.0-or-later
// libyaml's events into a tree with positions. Everything that makes YAML surprising (anchors,
// tags, merge keys, several documents, duplicate keys) is refused here, once.
#include "l1t/io.h"
#include "yaml_internal.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MAX_DEPTH = 32, MAX_NODES = 1000000, MAX_BYTES = 16 << 20 };

struct loader {
    struct l1t_yaml *yaml;
    yaml_parser_t parser;
    const char *text;
    size_t size;
    struct l1t_diag *diag;
};

static struct l1t_place place_of(yaml_mark_t mark)
{
    return (struct l1t_place){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static enum l1t_err fail_at_mark(const struct loader *loader, yaml_mark_t mark, const char *what)
{
    const struct l1t_place place = place_of(mark);
    return l1t_fail(loader->diag, L1T_E_INPUT, "%s:%u:%u: %s", loader->yaml->name,
                    (unsigned)place.line, (unsigned)place.column, what);
}

static enum l1t_err no_memory(const struct loader *loader)
{
    return l1t_fail(loader->diag, L1T_E_NOMEM, "%s: out of memory", loader->yaml->name);
}

// ---- what libyaml says, in a user's words ----

static const struct {
    const char *problem, *ours;
} translations[] = {
    {"mapping values are not allowed", "':' is not expected here; check the indentation, or quote"},
    {"did not find expected key", "expected a key; check the indentation"},
    {"could not find expected ':'", "expected ':' after a key"},
    {"did not find expected '-' indicator", "expected '-'; check the indentation"},
    {"block sequence entries are not allowed", "'-' is not expected here; check the indentation"},
    {"found a tab character", "a tab; indent with spaces"},
    {"did not find expected <document start>", "text after the end of the document"},
};

static enum l1t_err fail_unclosed(const struct loader *loader, const char *what)
{
    const yaml_parser_t *p = &loader->parser;
    char text[120];
    (void)snprintf(text, sizeof text, "%s opened on line %zu is not closed", what,
                   p->context_mark.line + 1);
    return fail_at_mark(loader, p->problem_mark, text);
}

static enum l1t_err fail_character(const struct loader *loader)
{
    const yaml_mark_t mark = loader->parser.problem_mark;
    // mark.index counts characters; ASCII before it makes that the byte, and else this is a guess.
    const char c = mark.index < loader->size ? loader->text[mark.index] : '?';
    if (c == '\t')
        return fail_at_mark(loader, mark, "a tab; indent with spaces");
    return fail_at_mark(loader, mark, "a value cannot start with this character; quote the text");
}

// Errors of the reader (encoding) come with a byte offset only.
static enum l1t_err fail_encoding(const struct loader *loader)
{
    const yaml_parser_t *p = &loader->parser;
    unsigned line = 1, column = 1;
    for (size_t i = 0; i < p->problem_offset && i < loader->size; i++) {
        const unsigned char c = (unsigned char)loader->text[i];
        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xc0) != 0x80) {
            column++;
        }
    }
    const bool control = p->problem != NULL && strstr(p->problem, "control") != NULL;
    return l1t_fail(loader->diag, L1T_E_INPUT, "%s:%u:%u: %s", loader->yaml->name, line, column,
                    control ? "a control character; expected text" : "not UTF-8 text");
}

static enum l1t_err fail_syntax(const struct loader *loader)
{
    const yaml_parser_t *p = &loader->parser;
    const char *problem = p->problem != NULL ? p->problem : "unknown problem";
    const char *context = p->context != NULL ? p->context : "";
    if (p->error == YAML_MEMORY_ERROR)
        return no_memory(loader);
    if (p->error == YAML_READER_ERROR)
        return fail_encoding(loader);
    if (strstr(problem, "cannot start any token") != NULL)
        return fail_character(loader);
    if (strstr(context, "flow sequence") != NULL)
        return fail_unclosed(loader, "expected ',' or ']'; the list");
    if (strstr(context, "flow mapping") != NULL)
        return fail_unclosed(loader, "expected ',' or '}'; the map");
    if (strstr(context, "quoted scalar") != NULL && strstr(problem, "end of stream") != NULL)
        return fail_unclosed(loader, "the quote");
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++)
        if (strstr(problem, translations[i].problem) != NULL)
            return fail_at_mark(loader, p->problem_mark, translations[i].ours);
    char text[200];
    (void)snprintf(text, sizeof text, "%s%s%s", context, *context ? ", " : "", problem);
    return fail_at_mark(loader, p->problem_mark, text);
}

// ---- the tree ----

static enum l1t_err next_event(struct loader *loader, yaml_event_t *event)
{
    return yaml_parser_parse(&loader->parser, event) ? L1T_OK : fail_syntax(loader);
}

static char *copy_text(const void *text, size_t n)
{
    char *copy = malloc(n + 1);
    if (copy != NULL) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    }
    return copy;
}

static enum l1t_err check_plainness(const struct loader *loader, const yaml_event_t *event)
{
    const unsigned char *anchor = NULL, *tag = NULL;
    if (event->type == YAML_ALIAS_EVENT)
        anchor = event->data.alias.anchor;
    else if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor != NULL)
        return fail_at_mark(loader, event->start_mark,
                            "anchors and aliases (& and *) are not supported; write the value out");
    if (tag != NULL)
        return fail_at_mark(loader, event->start_mark, "tags (!) are not supported");
    return L1T_OK;
}

static struct l1t_node *new_node(struct loader *loader, const yaml_event_t *event)
{
    struct l1t_node *node = calloc(1, sizeof *node);
    if (node == NULL)
        return NULL;
    node->place = place_of(event->start_mark);
    node->kind = event->type == YAML_SCALAR_EVENT           ? L1T_NODE_SCALAR
                 : event->type == YAML_SEQUENCE_START_EVENT ? L1T_NODE_LIST
                                                            : L1T_NODE_MAP;
    if (node->kind == L1T_NODE_SCALAR) {
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        node->text = copy_text(event->data.scalar.value, event->data.scalar.length);
        if (node->text == NULL) {
            free(node);
            return NULL;
        }
    }
    loader->yaml->n_nodes++;
    return node;
}

static void free_node(struct l1t_node *node)
{
    if (node == NULL)
        return;
    for (size_t i = 0; i < node->n; i++) {
        free(node->entries[i].key);
        free_node(node->entries[i].value);
    }
    free(node->entries);
    free(node->text);
    free(node);
}

static struct l1t_entry *add_entry(struct l1t_node *node)
{
    if (node->n == node->room) {
        const size_t room = node->room == 0 ? 4 : 2 * node->room;
        struct l1t_entry *more = realloc(node->entries, room * sizeof *more);
        if (more == NULL)
            return NULL;
        node->entries = more;
        node->room = room;
    }
    struct l1t_entry *entry = &node->entries[node->n++];
    *entry = (struct l1t_entry){0};
    return entry;
}

static enum l1t_err read_key(struct loader *loader, const yaml_event_t *event,
                             struct l1t_entry *entry)
{
    const enum l1t_err err = check_plainness(loader, event);
    if (err != L1T_OK)
        return err;
    if (event->type != YAML_SCALAR_EVENT)
        return fail_at_mark(loader, event->start_mark, "a key is a word, not a list or map");
    const char *text = (const char *)event->data.scalar.value;
    if (event->data.scalar.length == 0)
        return fail_at_mark(loader, event->start_mark, "empty key");
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && strcmp(text, "<<") == 0)
        return fail_at_mark(loader, event->start_mark, "merge keys (<<) are not supported");
    entry->key = copy_text(text, event->data.scalar.length);
    entry->place = place_of(event->start_mark);
    return entry->key != NULL ? L1T_OK : no_memory(loader);
}

struct reference {
    const struct l1t_entry *entry;
};

static int by_key_then_order(const void *a, const void *b)
{
    const struct l1t_entry *x = ((const struct reference *)a)->entry;
    const struct l1t_entry *y = ((const struct reference *)b)->entry;
    const int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x > y) - (x < y);
}

// Sorted, as a hostile map may have half a million keys. The first repetition in the file is told.
static enum l1t_err check_duplicates(const struct loader *loader, const struct l1t_node *map)
{
    const struct l1t_entry *first = NULL, *again = NULL;
    if (map->n < 2)
        return L1T_OK;
    struct reference *sorted = malloc(map->n * sizeof *sorted);
    if (sorted == NULL)
        return no_memory(loader);
    for (size_t i = 0; i < map->n; i++)
        sorted[i].entry = &map->entries[i];
    qsort(sorted, map->n, sizeof *sorted, by_key_then_order);
    for (size_t i = 1; i < map->n; i++) {
        const struct l1t_entry *last = sorted[i - 1].entry, *entry = sorted[i].entry;
        if (strcmp(last->key, entry->key) == 0 && (again == NULL || entry < again)) {
            first = last;
            again = entry;
        }
    }
    free(sorted);
    if (again == NULL)
        return L1T_OK;
    char path[200];
    l1t_yaml_node_path(map, again->key, path, sizeof path);
    return l1t_fail(loader->diag, L1T_E_INPUT,
                    "%s:%u:%u: %s: duplicate key; first given on line %u", loader->yaml->name,
                    (unsigned)again->place.line, (unsigned)again->place.column, path,
                    (unsigned)first->place.line);
}

static enum l1t_err read_children(struct loader *loader, struct l1t_node *node, unsigned depth);

// The node that starts with event, into *slot; its parent is set first so that messages have paths.
static enum l1t_err read_node(struct loader *loader, const yaml_event_t *event,
                              const struct l1t_node *parent, struct l1t_node **slot, unsigned depth)
{
    const enum l1t_err err = check_plainness(loader, event);
    if (err != L1T_OK)
        return err;
    if (depth > MAX_DEPTH)
        return fail_at_mark(loader, event->start_mark, "nested deeper than 32 levels");
    if (loader->yaml->n_nodes >= MAX_NODES)
        return fail_at_mark(loader, event->start_mark, "more than a million values");
    struct l1t_node *node = new_node(loader, event);
    if (node == NULL)
        return no_memory(loader);
    node->parent = parent;
    node->index = parent != NULL ? (uint32_t)(parent->n - 1) : 0;
    *slot = node;
    return node->kind == L1T_NODE_SCALAR ? L1T_OK : read_children(loader, node, depth + 1);
}

static enum l1t_err read_entry(struct loader *loader, struct l1t_node *node,
                               const yaml_event_t *event, unsigned depth)
{
    struct l1t_entry *entry = add_entry(node);
    if (entry == NULL)
        return no_memory(loader);
    if (node->kind == L1T_NODE_LIST)
        return read_node(loader, event, node, &entry->value, depth);
    enum l1t_err err = read_key(loader, event, entry);
    yaml_event_t value;
    if (err != L1T_OK || (err = next_event(loader, &value)) != L1T_OK)
        return err;
    err = read_node(loader, &value, node, &entry->value, depth);
    yaml_event_delete(&value);
    return err;
}

static enum l1t_err read_children(struct loader *loader, struct l1t_node *node, unsigned depth)
{
    for (;;) {
        yaml_event_t event;
        enum l1t_err err = next_event(loader, &event);
        if (err != L1T_OK)
            return err;
        const bool end =
            event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        if (!end)
            err = read_entry(loader, node, &event, depth);
        yaml_event_delete(&event);
        if (err != L1T_OK)
            return err;
        if (end)
            return node->kind == L1T_NODE_MAP ? check_duplicates(loader, node) : L1T_OK;
    }
}

// Stream start, document start, root, document end, stream end: exactly these.
static enum l1t_err read_stream(struct loader *loader)
{
    for (;;) {
        yaml_event_t event;
        enum l1t_err err = next_event(loader, &event);
        if (err != L1T_OK)
            return err;
        const yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && loader->yaml->root != NULL)
            err = fail_at_mark(loader, event.start_mark, "a second document; expected one");
        else if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
                 type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT)
            err = read_node(loader, &event, NULL, &loader->yaml->root, 1);
        yaml_event_delete(&event);
        if (err != L1T_OK)
            return err;
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    if (loader->yaml->root == NULL)
        return l1t_fail(loader->diag, L1T_E_INPUT, "%s: empty; expected keys and values",
                        loader->yaml->name);
    return L1T_OK;
}

enum l1t_err l1t_yaml_parse(const char *name, const char *text, size_t size, struct l1t_yaml **yaml,
                            struct l1t_diag *diag)
{
    struct loader loader = {.text = text, .size = size, .diag = diag};
    const char *shown = strcmp(name, "-") == 0 ? "stdin" : name;
    *yaml = NULL;
    loader.yaml = calloc(1, sizeof *loader.yaml);
    if (loader.yaml == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", shown);
    loader.yaml->path = copy_text(name, strlen(name));
    loader.yaml->name = copy_text(shown, strlen(shown));
    if (loader.yaml->path == NULL || loader.yaml->name == NULL ||
        !yaml_parser_initialize(&loader.parser)) {
        l1t_yaml_free(loader.yaml);
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", shown);
    }
    // Said, not guessed: bytes that look like UTF-16 are an error too.
    yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)text, size);
    const enum l1t_err err = read_stream(&loader);
    yaml_parser_delete(&loader.parser);
    if (err != L1T_OK)
        l1t_yaml_free(loader.yaml);
    else
        *yaml = loader.yaml;
    return err;
}

enum l1t_err l1t_yaml_load(const char *path, struct l1t_yaml **yaml, struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *yaml = NULL;
    enum l1t_err err = l1t_read_text(path, MAX_BYTES, &text, &size, diag);
    if (err == L1T_OK)
        err = l1t_yaml_parse(path, text, size, yaml, diag);
    free(text);
    return err;
}

enum l1t_err l1t_yaml_load_or(const char *path, const char *name, struct l1t_yaml **yaml,
                              struct l1t_diag *diag)
{
    char *found = NULL;
    *yaml = NULL;
    if (path != NULL)
        return l1t_yaml_load(path, yaml, diag);
    enum l1t_err err = l1t_config_path(name, &found, diag);
    if (err == L1T_OK)
        err = l1t_yaml_load(found, yaml, diag);
    free(found);
    return err;
}

void l1t_yaml_free(struct l1t_yaml *yaml)
{
    if (yaml == NULL)
        return;
    free_node(yaml->root);
    free(yaml->path);
    free(yaml->name);
    free(yaml);
}
