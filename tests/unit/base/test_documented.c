/* The documented file and the program name the same keys. At the seam of base/config.h
 * this test stands in for the reader and writes down what settings_load() asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/config.h"
#include "base/settings.h"

enum { KEYS_MAX = 200, NAME_MAX = 64 };
struct names {
    char key[KEYS_MAX][2 * NAME_MAX];
    int count;
};
static struct names asked;

static void
add(struct names *names, const char *section, const char *key)
{
    char name[2 * NAME_MAX];
    snprintf(name, sizeof name, "[%s] %s", section, key);
    for (int i = 0; i < names->count; i++) {
        if (strcmp(names->key[i], name) == 0) {
            return;
        }
    }
    assert_in_range(names->count, 0, KEYS_MAX - 1);
    memcpy(names->key[names->count++], name, sizeof name);
}

struct config *
config_load(const char *path)
{
    (void)path;
    return calloc(1, 1);
}

void
config_destroy(struct config *config)
{
    free(config);
}

const char *
config_text(struct config *config, const char *section, const char *key, const char *fallback)
{
    (void)config;
    add(&asked, section, key);
    return fallback;
}

int
config_int(struct config *config, const char *section, const char *key, int fallback, int min,
           int max)
{
    (void)config;
    add(&asked, section, key);
    assert_in_range(fallback, min, max);
    return fallback;
}

double
config_number(struct config *config, const char *section, const char *key, double fallback,
              double min, double max)
{
    (void)config;
    add(&asked, section, key);
    assert_true(fallback >= min && fallback <= max);
    return fallback;
}

bool
config_bool(struct config *config, const char *section, const char *key, bool fallback)
{
    (void)config;
    add(&asked, section, key);
    return fallback;
}

int
config_choice(struct config *config, const char *section, const char *key,
              const char *const *choices, int fallback)
{
    (void)config;
    add(&asked, section, key);
    assert_non_null(choices[fallback]);
    return fallback;
}

void
config_refuse(struct config *config, const char *section, const char *key, const char *wanted)
{
    (void)config;
    fail_msg("the default of [%s] %s is not %s", section, key, wanted);
}

int
config_finish(struct config *config)
{
    (void)config;
    return 0;
}

static void
read_documented(const char *path, struct names *names)
{
    char line[256], section[NAME_MAX] = "", key[NAME_MAX];
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "[%63[a-z]]", section) != 1 && sscanf(line, "%63[a-z_] =", key) == 1) {
            add(names, section, key);
        }
    }
    fclose(file);
}

/* Prints what `some` has and `others` lack. */
static int
missing(const struct names *some, const struct names *others, const char *what)
{
    int count = 0;
    for (int i = 0; i < some->count; i++) {
        bool found = false;
        for (int j = 0; j < others->count; j++) {
            found |= strcmp(some->key[i], others->key[j]) == 0;
        }
        if (!found) {
            print_message("%s: %s\n", what, some->key[i]);
            count++;
        }
    }
    return count;
}

static void
documented_keys_are_read_and_read_keys_documented(void **state)
{
    static struct names documented;
    read_documented(*state, &documented);
    struct settings *settings = settings_load("");
    assert_non_null(settings);
    settings_destroy(settings);
    assert_in_range(asked.count, 25, KEYS_MAX);
    int wrong = missing(&asked, &documented, "read, not documented") +
                missing(&documented, &asked, "documented, not read");
    assert_int_equal(wrong, 0);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(documented_keys_are_read_and_read_keys_documented,
                                  argv[argc > 1]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
