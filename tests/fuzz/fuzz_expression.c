#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/expression.h"
#include "fuzz.h"

enum { MEMORY = 256 * 1024, LONGEST = 4000 };

/* The expression, then, behind a line end, the value of ".". */
struct world {
    struct arena *arena;
    struct secret *memory;
    struct answers *answers;
    const struct expression *relevant; // of ${jenis}
};

static bool
lookup(void *context, const char *name, struct expression_name *out)
{
    const struct world *world = context;
    *out =
        (struct expression_name){.relevant = strcmp(name, "jenis") == 0 ? world->relevant : NULL};
    if (strcmp(name, "saksi") == 0 || strcmp(name, "hari") == 0) { // a repeat, and what is in it
        out->rows = "saksi";
        out->least = 1;
        out->most = 5;
        out->counts = strcmp(name, "saksi") == 0;
    }
    return strlen(name) < 6;
}

static struct world
create(void)
{
    size_t at;
    const char *reason;
    struct world world = {.arena = arena_create(), .memory = secret_create(MEMORY)};
    world.answers = answers_create(world.memory);
    MUST(world.answers != NULL);
    MUST(answers_set(world.answers, "jenis", "hilang rusak"));
    MUST(answers_set(world.answers, "umur", "17"));
    MUST(answers_set(world.answers, "saksi", "2"));
    MUST(answers_set(world.answers, "hari.1", "12"));
    MUST(answers_set(world.answers, "hari.2", "x"));
    MUST(answers_set(world.answers, "tgl", "1990-08-17"));
    MUST(answers_set(world.answers, "nama", "Ma'ruf é"));
    world.relevant = expression_parse(world.arena, "${umur} > 16", lookup, &world, &reason, &at);
    MUST(world.relevant != NULL);
    return world;
}

static void
evaluate(const struct world *world, const struct expression *expression, const char *self)
{
    char small[8], large[256], again[256];
    struct expression_context context = {
        .answers = world->answers, .self = self, .today = "2026-11-24"};
    bool truth = expression_true(expression, &context);
    expression_text(expression, &context, small, sizeof small);
    expression_text(expression, &context, large, sizeof large);
    expression_text(expression, &context, again, sizeof again);
    MUST(strcmp(large, again) == 0 && truth == expression_true(expression, &context));
    MUST(strncmp(small, large, strlen(small)) == 0);
    MUST(utf8_valid(large, strlen(large)));
    context.self = context.today = NULL; // a kiosk that does not know the day
    expression_true(expression, &context);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct world world;
    char source[LONGEST + 1];
    if (world.arena == NULL) {
        world = create();
    }
    if (size > LONGEST || !utf8_valid((const char *)data, size) || memchr(data, 0, size) != NULL) {
        return 0;
    }
    source[size] = '\0';
    if (size > 0) {
        memcpy(source, data, size);
    }
    char *self = strchr(source, '\n');
    if (self != NULL) {
        *self++ = '\0';
    }
    size_t at;
    const char *reason;
    struct arena *arena = arena_create();
    const struct expression *expression =
        expression_parse(arena, source, lookup, &world, &reason, &at);
    MUST((expression == NULL) == (reason != NULL) && at <= strlen(source));
    if (expression != NULL) {
        evaluate(&world, expression, self);
    }
    arena_destroy(arena);
    return 0;
}
