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
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "face/language.h"
#include "pictures.h"
#include "rules.h"
#include "screens/screens.h"
#include "stage.h"
#include "type/type.h"
#include "ui/draw.h"
#include "ui/ui.h"
#include "unit/base/sanitized.h"

enum { SIZES = 3, SAID_MAX = 12, PAGES_MAX = 40, WORDS_MAX = 600 };

/* The panels of design.md, by the width that one can see. */
static const struct {
    const char *name;
    int width, height;
    double width_mm;
} screens[] = {{"1080x1920", 1080, 1920, 268},
               {"1366x768", 1366, 768, 344},
               {"1920x1080", 1920, 1080, 476},
               {"2160x3840", 2160, 3840, 336}};
enum { PANELS = sizeof screens / sizeof screens[0] };

struct lint {
    struct stage stage;
    struct type *type;
    struct draw_list *list;
    struct ui ui;
    struct panel panels[PANELS];
    struct rect primary[PANELS][SIZES][LANGUAGE_COUNT]; /* where the first screen had it */
    const struct scene *scene;
    int panel, page;
    int breaches, said, say_most; /* of this scene */
};

/* --- drawing ---------------------------------------------------------------------------- */

static void
say(void *context, const char *words)
{
    struct lint *lint = context;
    const struct flow *flow = &lint->stage.flow;
    lint->breaches++;
    if (lint->said++ < lint->say_most) {
        printf("#   %s · %s · size %d · %s%s · page %d: %s\n", lint->scene->name,
               language_code(flow->language), flow->size, screens[lint->panel].name,
               flow->contrast ? " · contrast" : "", lint->page + 1, words);
    }
}

static void
draw(struct lint *lint)
{
    struct flow *flow = &lint->stage.flow;
    *(flow->cover != COVER_NONE ? &flow->cover_page : &flow->page) = lint->page;
    ui_begin(&lint->ui, &lint->panels[lint->panel], flow->contrast ? &theme_contrast : &theme_day,
             flow->size, lint->type, lint->list);
    screens_draw(&lint->ui, flow, &lint->stage.facts);
}

static bool
has_next_page(const struct lint *lint)
{
    for (size_t i = 0; i < lint->ui.count; i++) {
        const struct node *node = &lint->ui.nodes[i];
        if (node->action == FLOW_PAGE && node->arg > lint->page) {
            return true;
        }
    }
    return false;
}

static void
speak(struct lint *lint, enum language language)
{
    static char date[DATE_LINE];
    const struct civil when = {2026, 11, 23, 9, 41, 0, 1};
    lint->stage.flow.language = language;
    language_set(language);
    language_date_line(language, &when, 480, date);
    lint->stage.facts.date_line = date;
}

static void
set_scene(struct lint *lint, const struct scene *scene)
{
    lint->scene = scene;
    stage_reset(&lint->stage);
    scene->set(&lint->stage, scene);
}

/* --- what only several pages together can tell --------------------------------------------- */

/* The button to press next has its lower right corner at one place on every screen. */
static void
check_primary_place(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    struct rect *first = &lint->primary[lint->panel][flow->size][flow->language];
    if (flow->cover == COVER_IDLE) {
        return; // its two buttons stand in the middle, where the question is
    }
    for (size_t i = 0; i < lint->ui.count; i++) {
        const struct node *node = &lint->ui.nodes[i];
        if (!(node->flags & NODE_PRIMARY) || node->id >= 1000) {
            continue; // a tile of home
        }
        const struct rect *at = &node->rect;
        if (first->w == 0) {
            *first = *at;
        } else if (at->x + at->w != first->x + first->w || at->y + at->h != first->y + first->h) {
            char words[160];
            snprintf(words, sizeof words, "\"%.60s\" ends at %d,%d, on other screens at %d,%d",
                     node->label, at->x + at->w, at->y + at->h, first->x + first->w,
                     first->y + first->h);
            say(lint, words);
        }
    }
}

/* Without paper, the number on the screen is all that a visitor has: on the first page. */
static void
check_number(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    bool missing = flow->cover == COVER_NONE && flow->place == PLACE_TICKET_FAILED;
    for (size_t i = 0; i < lint->ui.count; i++) {
        missing = missing && strcmp(lint->ui.nodes[i].label, flow->ticket.number) != 0;
    }
    if (missing && lint->page == 0) {
        say(lint, "the number is not on the first page");
    }
}

static unsigned
wanted(const struct flow *flow, int page)
{
    bool alone =
        flow->cover == COVER_NONE && (flow->place == PLACE_HOME || flow->place == PLACE_RESTING ||
                                      flow->place == PLACE_OUT_OF_SERVICE);
    bool prompt = flow->cover == COVER_IDLE; // two choices, nothing else
    bool help = flow->cover != COVER_HELP && !prompt &&
                !(flow->cover == COVER_NONE && flow->place == PLACE_RESTING);
    unsigned wants = (alone ? 0 : RULE_BACK) | (help ? RULE_HELP : 0);
    bool resting = flow->cover == COVER_NONE && flow->place == PLACE_RESTING;
    return wants | (page == 0 && !resting ? RULE_HEADING : 0);
}

/* Contrast changes colours, never a place (a theme is only colours): one panel of each
 * orientation shows it. Banjar and Javanese differ from Indonesian in the length of their words
 * alone: the two panels with the least room, at normal and largest size. Under a sanitizer,
 * which looks for other faults, fewer looks do. */
static bool
is_looked_at(int panel, enum language language, int size, bool contrast)
{
    bool few = SANITIZED || language > LANGUAGE_EN;
    return few ? panel < 2 && size != 1 && !contrast : !contrast || panel < 2;
}

static void
check_scene(struct lint *lint, const struct scene *scene)
{
    struct flow *flow = &lint->stage.flow;
    set_scene(lint, scene);
    for (lint->panel = 0; lint->panel < PANELS; lint->panel++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            speak(lint, (enum language)language);
            for (int look = 0; look < 2 * SIZES; look++) {
                flow->size = look / 2;
                flow->contrast = look % 2;
                lint->page = 0;
                if (!is_looked_at(lint->panel, flow->language, flow->size, flow->contrast)) {
                    continue;
                }
                do {
                    draw(lint);
                    rules_check(&lint->ui, wanted(flow, lint->page), say, lint);
                    check_primary_place(lint);
                    check_number(lint);
                } while (has_next_page(lint) && ++lint->page < PAGES_MAX);
            }
        }
    }
}

/* --- held down, focused ------------------------------------------------------------------------
 */

static void
check_states(struct lint *lint, const struct scene *scene)
{
    struct flow *flow = &lint->stage.flow;
    set_scene(lint, scene);
    speak(lint, LANGUAGE_ID);
    lint->panel = lint->page = 0;
    for (int contrast = 0; contrast < 2; contrast++) {
        flow->contrast = contrast;
        draw(lint);
        size_t count = lint->ui.count;
        for (size_t i = 0; i < count; i++) {
            uint32_t id = lint->ui.nodes[i].action != 0 ? lint->ui.nodes[i].id : 0;
            for (int focus = 0; id != 0 && focus < 2; focus++) {
                *(focus ? &lint->ui.focus : &lint->ui.down) = id;
                draw(lint);
                rules_colours(&lint->ui, say, lint);
                lint->ui.down = lint->ui.focus = 0;
                draw(lint);
            }
        }
    }
}

/* --- languages
 * ------------------------------------------------------------------------------------ */

struct words_seen {
    size_t count;
    struct {
        uint32_t id;
        bool typed;
        char label[400], value[400];
    } list[WORDS_MAX];
};

static void
collect(struct lint *lint, struct words_seen *seen)
{
    seen->count = 0;
    lint->page = 0;
    do {
        draw(lint);
        for (size_t i = 0; i < lint->ui.count && seen->count < WORDS_MAX; i++) {
            const struct node *node = &lint->ui.nodes[i];
            seen->list[seen->count].id = node->id;
            seen->list[seen->count].typed = (node->flags & NODE_SECRET) != 0;
            text_copy(seen->list[seen->count].label, 400, node->label);
            text_copy(seen->list[seen->count].value, 400, node->value != NULL ? node->value : "");
            seen->count++;
        }
    } while (has_next_page(lint) && ++lint->page < PAGES_MAX);
}

static bool
has_word(const char *text)
{
    int letters = 0;
    for (; *text != '\0'; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        letters = letter ? letters + 1 : 0;
        if (letters >= 3) {
            return true;
        }
    }
    return false;
}

/* The same in both languages, and rightly so: names, marks, and what a person typed. */
static bool
may_stay(const struct lint *lint, const char *text)
{
    static const char *const same[] = {
        "Bahasa Indonesia",
        "English",
        "Basa Banjar",
        "Basa Jawi",
        "NIK",
        "RT",
        "KTP-el",
        "Kelurahan",
        "QWERTY",
        "ABC",
        "abc",
        "Santer",
        "7K3F-9QX3",
        "0812 3456 7890",
        "Warung Makan Bu Siti",
        "Jl. Bung Tomo 12, RT 014",
        "30 September 2026",
    };
    const struct screen_facts *facts = &lint->stage.facts;
    const struct kelurahan *offices;
    size_t count = catalogue_kelurahan(lint->stage.catalogue, &offices);
    if (strcmp(text, facts->office_name) == 0 || strcmp(text, facts->notice) == 0 ||
        strcmp(text, facts->serving) == 0 || strcmp(text, lint->stage.flow.found.reason) == 0) {
        return true; // the office's own words
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, offices[i].name) == 0 || strcmp(text, offices[i].kecamatan) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (strcmp(text, same[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void
check_words(struct lint *lint, const struct scene *scene)
{
    static struct words_seen indonesian, english;
    set_scene(lint, scene);
    lint->panel = 0;
    speak(lint, LANGUAGE_ID);
    collect(lint, &indonesian);
    speak(lint, LANGUAGE_EN);
    collect(lint, &english);
    for (size_t i = 0; i < english.count; i++) {
        for (size_t k = 0; k < indonesian.count; k++) {
            if (english.list[i].id != indonesian.list[k].id) {
                continue;
            }
            char words[500];
            const char *label = english.list[i].label, *value = english.list[i].value;
            bool typed = english.list[i].typed, row = english.list[i].value[0] != '\0';
            if ((!typed || row) && strcmp(label, indonesian.list[k].label) == 0 &&
                has_word(label) && !may_stay(lint, label)) {
                snprintf(words, sizeof words, "\"%.300s\" is the same in English", label);
                say(lint, words);
            }
            if (!typed && strcmp(value, indonesian.list[k].value) == 0 && has_word(value) &&
                !may_stay(lint, value)) {
                snprintf(words, sizeof words, "\"%.300s\" is the same in English", value);
                say(lint, words);
            }
            break;
        }
    }
}

/* --- pictures
 * ---------------------------------------------------------------------------------------- */

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
    speak(lint, language);
    flow->size = how[0] - '0';
    flow->contrast = how[1] == 'c';
    lint->panel = how[2] - '0';
    lint->page = 0;
    do {
        draw(lint);
        snprintf(path, sizeof path, "%s/%s-%s-%d.png", folder, lint->scene->name, look,
                 lint->page + 1);
        if (!pictures_save(pictures, &lint->ui, path)) {
            return false;
        }
    } while (has_next_page(lint) && ++lint->page < PAGES_MAX);
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

/* --- the program
 * --------------------------------------------------------------------------------------- */

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

static bool
open_lint(struct lint *lint, const struct wish *wish)
{
    for (int i = 0; i < PANELS; i++) {
        lint->panels[i] = (struct panel){screens[i].width, screens[i].height,
                                         screens[i].width / screens[i].width_mm, 0};
    }
    lint->say_most = wish->all ? INT_MAX : SAID_MAX;
    language_load(wish->locale);
    lint->type = type_create(NULL);
    lint->list = draw_list_create();
    return lint->type != NULL && lint->list != NULL && stage_open(&lint->stage, wish->assets);
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
            set_scene(lint, &scenes[i]);
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
        check_scene(lint, &scenes[i]);
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
    }
    printf("1..%d\n", number);
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
    if (!open_lint(&lint, &wish)) {
        return 1;
    }
    size_t count = scenes_list(&lint.stage, scenes);
    int status = wish.folder != NULL ? paint_all(&lint, &wish, scenes, count)
                                     : check_all(&lint, &wish, scenes, count);
    stage_close(&lint.stage);
    draw_list_destroy(lint.list);
    type_destroy(lint.type);
    return status;
}
