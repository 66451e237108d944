#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "form/catalogue_parts.h"

const char *
words_in(const struct words *words, enum language language)
{
    const char *text = language < LANGUAGE_COUNT ? words->in[language] : NULL;
    text = text != NULL ? text : words->in[LANGUAGE_ID];
    return text != NULL ? text : "";
}

int
catalogue_version(const struct catalogue *catalogue)
{
    return catalogue->version;
}

const char *
catalogue_expires(const struct catalogue *catalogue)
{
    return catalogue->expires != NULL ? catalogue->expires : "";
}

const struct words *
catalogue_notice(const struct catalogue *catalogue)
{
    return &catalogue->notice;
}

const char *
catalogue_notice_version(const struct catalogue *catalogue)
{
    return catalogue->notice_version;
}

size_t
catalogue_services(const struct catalogue *catalogue, const struct service **list)
{
    *list = catalogue->services;
    return catalogue->service_count;
}

size_t
catalogue_groups(const struct catalogue *catalogue, const struct group **list)
{
    *list = catalogue->groups;
    return catalogue->group_count;
}

size_t
catalogue_queues(const struct catalogue *catalogue, const struct queue_series **list)
{
    *list = catalogue->queues;
    return catalogue->queue_count;
}

size_t
catalogue_kelurahan(const struct catalogue *catalogue, const struct kelurahan **list)
{
    *list = catalogue->kelurahan;
    return catalogue->kelurahan_count;
}

size_t
catalogue_pages(const struct catalogue *catalogue, const struct info_page **list)
{
    *list = catalogue->pages;
    return catalogue->page_count;
}

const char *const *
catalogue_document_hosts(const struct catalogue *catalogue)
{
    return catalogue->hosts;
}

const struct kiosk_key *
catalogue_kiosk_key(const struct catalogue *catalogue, uint32_t number)
{
    for (size_t i = 0; i < catalogue->key_count; i++) {
        if (catalogue->keys[i].number == number) {
            return &catalogue->keys[i];
        }
    }
    return NULL;
}

const struct service *
catalogue_service(const struct catalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->service_count; i++) {
        if (strcmp(catalogue->services[i].id, id) == 0) {
            return &catalogue->services[i];
        }
    }
    return NULL;
}

const struct queue_series *
catalogue_queue(const struct catalogue *catalogue, const char *letter)
{
    for (size_t i = 0; i < catalogue->queue_count; i++) {
        if (strcmp(catalogue->queues[i].letter, letter) == 0) {
            return &catalogue->queues[i];
        }
    }
    return NULL;
}

const struct queue_series *
catalogue_collection(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->queue_count; i++) {
        if (catalogue->queues[i].collection) {
            return &catalogue->queues[i];
        }
    }
    return NULL;
}

const struct kelurahan *
catalogue_kelurahan_of(const struct catalogue *catalogue, const char *code)
{
    for (size_t i = 0; i < catalogue->kelurahan_count; i++) {
        if (strcmp(catalogue->kelurahan[i].code, code) == 0) {
            return &catalogue->kelurahan[i];
        }
    }
    return NULL;
}

static bool
has_word(const struct service *service, const char *word, enum language language)
{
    bool found = text_contains_folded(words_in(&service->title, language), word) ||
                 text_contains_folded(words_in(&service->title, LANGUAGE_ID), word) ||
                 text_contains_folded(words_in(&service->summary, language), word) ||
                 text_contains_folded(service->code, word);
    for (const char *const *at = service->search; !found && *at != NULL; at++) {
        found = text_contains_folded(*at, word);
    }
    return found;
}

bool
service_is_found(const struct service *service, const char *query, enum language language)
{
    char word[80];
    bool any = false, all = true;
    while (*query != '\0' && all) {
        size_t len = strcspn(query, " ");
        if (len > 0 && len < sizeof word) {
            snprintf(word, sizeof word, "%.*s", (int)len, query);
            any = true;
            all = has_word(service, word, language);
        }
        query += len + (query[len] == ' ');
    }
    return any && all;
}

const struct question *
service_question(const struct service *service, const char *name)
{
    for (size_t i = 0; i < service->question_count; i++) {
        if (strcmp(service->questions[i].name, name) == 0) {
            return &service->questions[i];
        }
    }
    return NULL;
}

bool
question_is_statement(const struct question *question)
{
    return question->type == QUESTION_ACKNOWLEDGE || question->type == QUESTION_CONSENT;
}

const struct choices *
find_choices(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->choices_count; i++) {
        if (strcmp(catalogue->choices[i].name, name) == 0) {
            return &catalogue->choices[i];
        }
    }
    return NULL;
}
