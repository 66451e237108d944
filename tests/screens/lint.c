/* Every screen, in every state of scenes.c, in each language, text size, contrast and on
 * each panel, held against promise U1 (rules.h). One case a scene; a breach is named by
 * language, size, panel, contrast, page and node.
 *
 *   lint ASSETS LOCALE                       all of it, TAP
 *   lint ASSETS LOCALE --only NAME           scenes whose name begins so
 *   lint ASSETS LOCALE --all                 every breach, not the first twelve of a scene
 *   lint ASSETS LOCALE --pictures FOLDER [--only NAME] [--look id0p0 ...]
 *        PNG files instead of checks; a look is a language, a text size 0-2, "p" by day or
 *        "c" in contrast, and a panel 0-3. Without one: id0p0. */
#include "lint.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "face/language.h"
#include "pictures.h"

/* The language that a look begins with; what follows its code. NULL: none. */
static const char *
look_language(const char *look, enum language *language)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *code = language_code((enum language)i);
        if (strncmp(look, code, strlen(code)) == 0) {
            *language = (enum language)i;
            return look + strlen(code);
        }
    }
    return NULL;
}

static bool
save(struct lint *lint, struct pictures *pictures, const char *folder, const char *look)
{
    struct flow *flow = &lint->stage.flow;
    char path[600];
    enum language language = LANGUAGE_ID;
    const char *how = look_language(look, &language);
    lint_speak(lint, language);
    flow->size = how[0] - '0';
    flow->contrast = how[1] == 'c';
    lint->panel = how[2] - '0';
    for (bool more = lint_first_page(lint); more; more = lint_next_page(lint)) {
        snprintf(path, sizeof path, "%s/%s-%s-%d.png", folder, lint->scene->name, look,
                 lint->page + 1);
        if (!pictures_save(pictures, &lint->ui, path)) {
            return false;
        }
    }
    return true;
}

static bool
is_look(const char *text)
{
    enum language language;
    const char *how = look_language(text, &language);
    return how != NULL && strlen(how) == 3 && how[0] >= '0' && how[0] <= '2' &&
           (how[1] == 'p' || how[1] == 'c') && how[2] >= '0' && how[2] < '0' + PANELS;
}

struct wish {
    const char *assets, *locale, *only, *folder;
    char **looks;
    int look_count;
    bool all;
};

static bool
read_wish(int argc, char **argv, struct wish *wish)
{
    if (argc < 3) {
        return false;
    }
    *wish = (struct wish){.assets = argv[1], .locale = argv[2], .only = ""};
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            wish->only = argv[++i];
        } else if (strcmp(argv[i], "--pictures") == 0 && i + 1 < argc) {
            wish->folder = argv[++i];
        } else if (strcmp(argv[i], "--all") == 0) {
            wish->all = true;
        } else if (strcmp(argv[i], "--look") == 0 && i + 1 < argc) {
            wish->looks = argv + i + 1;
            while (i + 1 < argc && is_look(argv[i + 1])) {
                wish->look_count++;
                i++;
            }
        } else {
            return false;
        }
    }
    return wish->looks == NULL || wish->look_count > 0;
}

static int
paint_all(struct lint *lint, const struct wish *wish, const struct scene *scenes, size_t count)
{
    char icons[512];
    char *usual[] = {(char[]){"id0p0"}};
    snprintf(icons, sizeof icons, "%s/icons", wish->assets);
    struct pictures *pictures = pictures_create(lint->type, icons);
    bool good = pictures != NULL;
    char **looks = wish->looks != NULL ? wish->looks : usual;
    for (size_t i = 0; good && i < count; i++) {
        if (strncmp(scenes[i].name, wish->only, strlen(wish->only)) != 0) {
            continue;
        }
        for (int k = 0; good && k < (wish->looks != NULL ? wish->look_count : 1); k++) {
            lint_set(lint, &scenes[i]);
            good = save(lint, pictures, wish->folder, looks[k]);
        }
    }
    pictures_destroy(pictures);
    return good ? 0 : 1;
}

static int
check_all(struct lint *lint, const struct wish *wish, const struct scene *scenes, size_t count)
{
    int number = 0, failed = 0;
    bool place_seen[PLACE_COUNT + COVER_COUNT] = {false};
    for (size_t i = 0; i < count; i++) {
        if (strncmp(scenes[i].name, wish->only, strlen(wish->only)) != 0) {
            continue;
        }
        lint->breaches = lint->said = 0;
        check_pages(lint, &scenes[i]);
        check_words(lint, &scenes[i]);
        int kind = lint->stage.flow.cover != COVER_NONE ? PLACE_COUNT + (int)lint->stage.flow.cover
                                                        : (int)lint->stage.flow.place;
        if (!place_seen[kind]) {
            place_seen[kind] = true;
            check_states(lint, &scenes[i]);
        }
        if (lint->said > lint->say_most) {
            printf("#   ... %d breaches in all\n", lint->breaches);
        }
        printf("%s %d - %s\n", lint->breaches > 0 ? "not ok" : "ok", ++number, scenes[i].name);
        failed += lint->breaches > 0;
    }
    if (wish->only[0] == '\0') {
        bool all = true;
        for (int i = 0; i < PLACE_COUNT + COVER_COUNT; i++) {
            if (!place_seen[i] && i != PLACE_COUNT + COVER_NONE) {
                printf("#   no scene shows %s %d of flow.h\n", i < PLACE_COUNT ? "place" : "cover",
                       i < PLACE_COUNT ? i : i - PLACE_COUNT);
                all = false;
            }
        }
        printf("%s %d - every place and every cover has a scene\n", all ? "ok" : "not ok",
               ++number);
        failed += !all;
        bool turns = check_turns(lint);
        printf("%s %d - the scenes that take turns took every look\n", turns ? "ok" : "not ok",
               ++number);
        failed += !turns;
    }
    printf("# %d looks\n1..%d\n", lint->looks, number);
    return failed > 0;
}

int
main(int argc, char **argv)
{
    static struct lint lint;
    static struct scene scenes[SCENES_MAX];
    struct wish wish;
    log_init("lint");
    if (!read_wish(argc, argv, &wish)) {
        fprintf(stderr, "lint ASSETS LOCALE [--only NAME] [--all] "
                        "[--pictures FOLDER [--look LOOK ...]]\n");
        return 2;
    }
    if (!lint_open(&lint, wish.assets, wish.locale, wish.all)) {
        return 1;
    }
    size_t count = scenes_list(&lint.stage, scenes);
    int status = wish.folder != NULL ? paint_all(&lint, &wish, scenes, count)
                                     : check_all(&lint, &wish, scenes, count);
    lint_close(&lint);
    return status;
}
