#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"
#include "fuzz.h"
#include "small_catalogue.h"

enum { MEMORY = 256 * 1024, LONGEST = 2000 };
static const char today[] = "2026-11-24";

/* A rule of its own: what comes out is empty or good, and good again. */
static void
check_rule(enum problem rule(const char *, char *), size_t size, const char *typed)
{
    char out[32], again[32];
    memset(out, '#', sizeof out);
    enum problem problem = rule(typed, out);
    MUST(out[size] == '#' && memchr(out, 0, size) != NULL);
    MUST((problem == PROBLEM_NONE) == (out[0] != '\0'));
    if (problem == PROBLEM_NONE) {
        MUST(rule(out, again) == PROBLEM_NONE && strcmp(out, again) == 0);
    }
}

static void
check_rules(const char *typed)
{
    check_rule(check_nik, 17, typed);
    check_rule(check_kk, 17, typed);
    check_rule(check_phone, 20, typed);
    check_rule(check_rt, 4, typed);
    check_rule(check_nop, 19, typed);
}

/* A good answer, checked again as it is stored, is itself. */
static void
check_question(const struct question *question, const struct answers *answers, const char *typed)
{
    static char out[ANSWER_BYTES], again[ANSWER_BYTES];
    char shown[256];
    struct check check = check_answer(question, 0, typed, answers, today, out);
    if (check.problem != PROBLEM_NONE && !check.warning) {
        return;
    }
    MUST(utf8_valid(out, strlen(out)));
    check = check_answer(question, 0, out, answers, today, again);
    MUST(strcmp(out, again) == 0 && (check.problem == PROBLEM_NONE || check.warning));
    if (question->type == QUESTION_PHONE) {
        show_phone(out, "•", shown, sizeof shown);
    } else if (question->type == QUESTION_NIK) {
        show_nik(out, "•", shown, sizeof shown);
    } else if (question->type == QUESTION_MONEY) {
        show_money(out, shown, sizeof shown);
    }
}

/* The first byte chooses the question of the small catalogue, the rest is typed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct catalogue *catalogue;
    static const struct service *service;
    static struct secret *memory;
    static struct answers *answers;
    struct fault fault;
    char typed[LONGEST + 1];
    if (catalogue == NULL) {
        memory = secret_create(MEMORY);
        catalogue = catalogue_load(small_catalogue, SMALL_FILES, &fault);
        MUST(memory != NULL && catalogue != NULL);
        service = catalogue_service(catalogue, "s");
        answers = answers_create(memory);
        MUST(answers_set(answers, "nik", "6472031708900001"));
    }
    if (size == 0 || size > LONGEST || memchr(data, 0, size) != NULL) {
        return 0;
    }
    memcpy(typed, data + 1, size - 1);
    typed[size - 1] = '\0';
    check_rules(typed);
    check_question(&service->questions[data[0] % service->question_count], answers, typed);
    return 0;
}
