#include "base/config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

enum { MOST = 256 * 1024 }; // of a file: beyond that it is another one

struct entry {
    const char *section, *key, *value;
    int line;
    bool asked;
    struct entry *next;
};

struct config {
    struct arena *arena;
    const char *path;
    const char *at, *end; // of what is still to be read
    int line;
    struct entry *entries;
    int problems;
    bool strict; // its reader takes no default for a wrong value
};

static struct entry *
find(struct config *config, const char *section, const char *key)
{
    for (struct entry *entry = config->entries; entry != NULL; entry = entry->next) {
        if (strcmp(entry->section, section) == 0 && strcmp(entry->key, key) == 0) {
            return entry;
        }
    }
    return NULL;
}

static int
keep_entry(void *context, const char *section, const char *key, const char *value)
{
    struct config *config = context;
    int line = config->line;
    struct entry *twice = find(config, section, key);
    if (twice != NULL) {
        log_warning("%s:%d: [%s] %s stands on line %d already; that one counts", config->path, line,
                    section, key, twice->line);
        config->problems++;
        return 1;
    }
    struct entry *entry = arena_alloc(config->arena, sizeof *entry);
    *entry = (struct entry){.section = arena_text(config->arena, section),
                            .key = arena_text(config->arena, key),
                            .value = arena_text(config->arena, value),
                            .line = line,
                            .next = config->entries};
    config->entries = entry;
    return 1;
}

static char *
blank(struct config *config, char *line, const char *why)
{
    log_warning("%s:%d: %s; the line does not count", config->path, config->line, why);
    config->problems++;
    line[0] = '\0';
    return line;
}

/* The next line without its end and its margin; what does not fit is read over. */
static bool
take_line(struct config *config, char *line, size_t size, bool *whole)
{
    size_t len = 0;
    if (config->at == config->end) {
        return false;
    }
    *whole = true;
    while (config->at < config->end) {
        char letter = *config->at++;
        if (letter == '\n') {
            break;
        }
        if (len == 0 && (letter == ' ' || letter == '\t')) {
            continue; // inih would take it for more of the value above
        }
        *whole &= letter != '\0' && len + 1 < size;
        if (*whole) {
            line[len++] = letter;
        }
    }
    line[len] = '\0';
    return true;
}

static bool
has_shape(const char *line)
{
    size_t len = strcspn(line, "\r");
    return len == 0 || strchr(";#", line[0]) != NULL ||
           (line[0] == '[' ? strchr(line, ']') != NULL : strpbrk(line, "=:") != NULL);
}

/* Debian's inih tells its handler no line, names the first fault alone and cuts
 * long lines silently: the reader counts, and hands on what inih understands. */
static char *
read_line(char *buffer, int size, void *context)
{
    static const char mark[] = "\xef\xbb\xbf"; // of byte order; inih passes over it too
    struct config *config = context;
    bool whole;
    if (!take_line(config, buffer, (size_t)size, &whole)) {
        return NULL;
    }
    config->line++;
    if (!whole) {
        return blank(config, buffer, "too long, or not text");
    }
    if (!utf8_valid(buffer, strlen(buffer))) {
        return blank(config, buffer, "not UTF-8");
    }
    bool marked = config->line == 1 && strncmp(buffer, mark, strlen(mark)) == 0;
    if (!has_shape(buffer + (marked ? strlen(mark) : 0))) {
        return blank(config, buffer, "neither [section] nor key = value");
    }
    return buffer;
}

struct config *
config_load(const char *path)
{
    size_t len = 0;
    errno = 0;
    char *bytes = path != NULL ? files_read(path, MOST, &len) : calloc(1, 1);
    if (bytes == NULL) {
        if (errno == ENOENT) { // anything else has been said
            log_error("%s: %s", path, strerror(errno));
        }
        return NULL;
    }
    struct arena *arena = arena_create();
    struct config *config = arena_alloc(arena, sizeof *config);
    *config = (struct config){.arena = arena,
                              .path = arena_text(arena, path != NULL ? path : "no file"),
                              .at = bytes,
                              .end = bytes + len};
    int fault = ini_parse_stream(read_line, config, keep_entry, config);
    free(bytes);
    config->at = config->end = NULL;
    if (fault < 0) { // no memory
        log_error("%s: cannot be read", path);
        config_destroy(config);
        return NULL;
    }
    if (fault > 0) { // as where "=" stands in a comment only
        log_warning("%s:%d: neither [section] nor key = value", path, fault);
        config->problems++;
    }
    return config;
}

void
config_destroy(struct config *config)
{
    if (config != NULL) {
        arena_destroy(config->arena);
    }
}

/* The entry if it is there and not empty. */
static const struct entry *
ask(struct config *config, const char *section, const char *key)
{
    struct entry *entry = find(config, section, key);
    if (entry != NULL) {
        entry->asked = true;
    }
    return entry != NULL && entry->value[0] != '\0' ? entry : NULL;
}

static void
complain(struct config *config, const struct entry *entry, const char *wanted)
{
    log_warning("%s:%d: [%s] %s: '%s' is not %s%s", config->path, entry->line, entry->section,
                entry->key, entry->value, wanted, config->strict ? "" : "; the default stands");
    config->problems++;
}

const char *
config_text(struct config *config, const char *section, const char *key, const char *fallback)
{
    const struct entry *entry = ask(config, section, key);
    return entry != NULL ? entry->value : fallback;
}

double
config_number(struct config *config, const char *section, const char *key, double fallback,
              double min, double max)
{
    const struct entry *entry = ask(config, section, key);
    if (entry == NULL) {
        return fallback;
    }
    char *end;
    double value = strtod(entry->value, &end);
    if (*end != '\0' || !(value >= min && value <= max)) {
        char wanted[80];
        snprintf(wanted, sizeof wanted, "a number from %.10g to %.10g", min, max);
        complain(config, entry, wanted);
        return fallback;
    }
    return value;
}

int
config_int(struct config *config, const char *section, const char *key, int fallback, int min,
           int max)
{
    const struct entry *entry = ask(config, section, key);
    if (entry == NULL) {
        return fallback;
    }
    char *end;
    errno = 0;
    long value = strtol(entry->value, &end, 10);
    if (*end != '\0' || errno != 0 || value < min || value > max) {
        char wanted[80];
        snprintf(wanted, sizeof wanted, "a whole number from %d to %d", min, max);
        complain(config, entry, wanted);
        return fallback;
    }
    return (int)value;
}

bool
config_bool(struct config *config, const char *section, const char *key, bool fallback)
{
    static const char *const words[] = {"no", "yes", "off", "on", "false", "true", "0", "1"};
    const struct entry *entry = ask(config, section, key);
    if (entry == NULL) {
        return fallback;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(entry->value, words[i]) == 0) {
            return i % 2 == 1;
        }
    }
    complain(config, entry, "yes or no");
    return fallback;
}

int
config_choice(struct config *config, const char *section, const char *key,
              const char *const *choices, int fallback)
{
    const struct entry *entry = ask(config, section, key);
    if (entry == NULL) {
        return fallback;
    }
    char wanted[200] = "one of";
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(entry->value, choices[i]) == 0) {
            return i;
        }
        size_t len = strlen(wanted);
        snprintf(wanted + len, sizeof wanted - len, " %s", choices[i]);
    }
    complain(config, entry, wanted);
    return fallback;
}

void
config_strict(struct config *config)
{
    config->strict = true;
}

int
config_problems(const struct config *config)
{
    return config->problems;
}

void
config_refuse(struct config *config, const char *section, const char *key, const char *wanted)
{
    const struct entry *entry = ask(config, section, key);
    if (entry != NULL) {
        complain(config, entry, wanted);
    }
}

int
config_finish(struct config *config)
{
    for (const struct entry *entry = config->entries; entry != NULL; entry = entry->next) {
        if (!entry->asked) {
            log_warning("%s:%d: [%s] %s is not a key of this program", config->path, entry->line,
                        entry->section, entry->key);
            config->problems++;
        }
    }
    return config->problems;
}
