#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lint.h"

enum { WORDS_MAX = 600 };

struct words_seen {
    size_t count;
    struct word_seen {
        uint32_t id;
        bool typed;
        char label[400], value[400];
    } list[WORDS_MAX];
};

static void
collect(struct lint *lint, struct words_seen *seen)
{
    seen->count = 0;
    for (bool more = lint_first_page(lint); more; more = lint_next_page(lint)) {
        for (size_t i = 0; i < lint->ui.count && seen->count < WORDS_MAX; i++) {
            const struct node *node = &lint->ui.nodes[i];
            struct word_seen *one = &seen->list[seen->count++];
            one->id = node->id;
            one->typed = (node->flags & NODE_SECRET) != 0;
            text_copy(one->label, sizeof one->label, node->label);
            text_copy(one->value, sizeof one->value, node->value != NULL ? node->value : "");
        }
    }
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
        "tandatangan-elektronik.\nsamarindakota.go.id",
        "lapor.go.id",
        "oss.go.id",
        "Jelantah Membangun Samarinda",
    };
    const struct screen_facts *facts = &lint->stage.facts;
    const struct kelurahan *offices;
    size_t count = catalogue_kelurahan(lint->stage.catalogue, &offices);
    if (strcmp(text, facts->office_name) == 0 || strcmp(text, facts->notice) == 0 ||
        strcmp(text, facts->serving) == 0 || strcmp(text, lint->stage.flow.found->reason) == 0 ||
        strcmp(text, lint->stage.flow.booking->answer.office) == 0) {
        return true; // the office's own words
    }
    for (int i = 0; i < lint->stage.flow.found->mends; i++) {
        if (strcmp(text, lint->stage.flow.found->mend[i].reason) == 0) {
            return true; // an officer's
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, offices[i].name) == 0 || strcmp(text, offices[i].kecamatan) == 0) {
            return true;
        }
    }
    const struct info_page *pages;
    size_t page_count = catalogue_pages(lint->stage.catalogue, &pages);
    for (size_t i = 0; i < page_count; i++) {
        const char *title = words_in(&pages[i].title, LANGUAGE_ID);
        bool name = strcmp(title, words_in(&pages[i].title, LANGUAGE_EN)) == 0;
        if (name && strcmp(text, title) == 0) {
            return true; // of a programme: it is called so in every language
        }
    }
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (strcmp(text, same[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_same(const struct words *words, const char *text)
{
    return strcmp(words_in(words, LANGUAGE_ID), words_in(words, LANGUAGE_EN)) == 0 &&
           strcmp(words_in(words, LANGUAGE_ID), text) == 0;
}

/* A text of the form that its author left as it is; languages.py looks at those. */
static bool
stays_in_form(const struct lint *lint, const char *text)
{
    const struct service *form = lint->stage.flow.service;
    for (size_t i = 0; form != NULL && i < form->question_count; i++) {
        const struct question *question = &form->questions[i];
        const struct choices *choices = question->choices;
        if (is_same(&question->label, text) || is_same(&question->short_label, text) ||
            is_same(&question->example, text)) {
            return true;
        }
        for (size_t k = 0; choices != NULL && k < choices->count; k++) {
            if (is_same(&choices->list[k].label, text)) {
                return true;
            }
        }
    }
    return false;
}

static void
check_word(struct lint *lint, const char *english, const char *indonesian)
{
    char words[500];
    if (strcmp(english, indonesian) == 0 && has_word(english) && !may_stay(lint, english) &&
        !stays_in_form(lint, english)) {
        snprintf(words, sizeof words, "\"%.300s\" is the same in English", english);
        lint_say(lint, words);
    }
}

void
check_words(struct lint *lint, const struct scene *scene)
{
    static struct words_seen indonesian, english;
    lint_set(lint, scene);
    lint->panel = 0;
    lint_speak(lint, LANGUAGE_ID);
    collect(lint, &indonesian);
    lint_speak(lint, LANGUAGE_EN);
    collect(lint, &english);
    for (size_t i = 0; i < english.count; i++) {
        const struct word_seen *in = &english.list[i], *before = indonesian.list;
        const struct word_seen *end = before + indonesian.count;
        while (before < end && before->id != in->id) {
            before++;
        }
        if (before == end) {
            continue;
        }
        if (!in->typed || in->value[0] != '\0') { // the key of an answer is ours
            check_word(lint, in->label, before->label);
        }
        if (!in->typed) {
            check_word(lint, in->value, before->value);
        }
    }
}
