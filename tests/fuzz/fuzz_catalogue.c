#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "small_catalogue.h"

/* The last byte chooses the file of the small catalogue that the rest replaces: a seed is
 * that file with its number behind it. */
static void
check_fault(const struct fault *fault)
{
    MUST(memchr(fault->text, 0, sizeof fault->text) != NULL);
    size_t named = 0;
    for (size_t i = 0; i < SMALL_FILES; i++) {
        size_t len = strlen(small_catalogue[i].name);
        named += strncmp(fault->text, small_catalogue[i].name, len) == 0;
    }
    const char *place = strchr(fault->text, ':');
    bool others = strstr(fault->text, "the file is missing") != NULL; // a name of the input
    MUST((named == 1 || others) && place != NULL && place[1] >= '0' && place[1] <= '9');
}

static void
check_words(const struct words *words)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        MUST(words_in(words, (enum language)i)[0] != '\0');
    }
}

static void
check_service(const struct catalogue *catalogue, const struct service *service)
{
    MUST(catalogue_service(catalogue, service->id) == service);
    check_words(&service->title);
    check_words(&service->cost);
    MUST(service->requirement_count > 0 && service->step_count > 0);
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        bool listed = question->type == QUESTION_ONE || question->type == QUESTION_MANY ||
                      question->type == QUESTION_KELURAHAN;
        check_words(&question->label);
        MUST(service_question(service, question->name) == question);
        MUST(listed == (question->choices != NULL));
        MUST(question->min <= question->max && question->min_length <= question->max_length);
        MUST((question->constraint != NULL) ==
             (words_in(&question->constraint_message, LANGUAGE_EN)[0] != '\0'));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalogue_file files[SMALL_FILES];
    struct fault fault = {""};
    if (size == 0) {
        return 0;
    }
    memcpy(files, small_catalogue, sizeof files);
    struct catalogue_file *changed = &files[data[size - 1] % SMALL_FILES];
    changed->bytes = (const char *)data;
    changed->len = size - 1;
    struct catalogue *catalogue = catalogue_load(files, SMALL_FILES, &fault);
    if (catalogue == NULL) {
        check_fault(&fault);
        return 0;
    }
    const struct service *services;
    size_t count = catalogue_services(catalogue, &services);
    MUST(fault.text[0] == '\0' && count > 0);
    for (size_t i = 0; i < count; i++) {
        check_service(catalogue, &services[i]);
    }
    catalogue_destroy(catalogue);
    return 0;
}
