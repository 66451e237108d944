#include "form/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/day.h"
#include "form/expression.h"

enum { NIK_DIGITS = 16, NAME_MOST = 60, OLDEST_YEAR = 1900 };

static struct check
good(void)
{
    return (struct check){.problem = PROBLEM_NONE};
}

static struct check
bad(enum problem problem)
{
    return (struct check){.problem = problem};
}

/* Copy without what people put between digits: blanks, dots, dashes. */
static void
squeeze(const char *typed, char *out, size_t size)
{
    size_t len = 0;
    for (; *typed != '\0' && len + 1 < size; typed++) {
        if (strchr(" .-", *typed) == NULL) {
            out[len++] = *typed;
        }
    }
    out[len] = '\0';
}

static int
two(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* --- NIK and KK: PPKKCC DDMMYY SSSS --------------------------------------------- */

static bool
is_province(int code)
{
    return (code >= 11 && code <= 19) || code == 21 || (code >= 31 && code <= 36) ||
           (code >= 51 && code <= 53) || (code >= 61 && code <= 65) || (code >= 71 && code <= 76) ||
           code == 81 || code == 82 || (code >= 91 && code <= 97);
}

static enum problem
check_sixteen(const char *typed, char out[17])
{
    char digits[64];
    squeeze(typed, digits, sizeof digits);
    enum problem problem = PROBLEM_NONE;
    if (digits[0] == '\0') {
        problem = PROBLEM_REQUIRED;
    } else if (!text_is_digits(digits)) {
        problem = PROBLEM_NOT_DIGITS;
    } else if (strlen(digits) != NIK_DIGITS) {
        problem = strlen(digits) < NIK_DIGITS ? PROBLEM_TOO_SHORT : PROBLEM_TOO_LONG;
    } else if (strspn(digits, (char[]){digits[0], '\0'}) == NIK_DIGITS) {
        problem = PROBLEM_ALL_SAME;
    } else if (!is_province(two(digits))) {
        problem = PROBLEM_NIK_PROVINCE;
    } else if (two(digits + 2) < 1 || two(digits + 2) > 79 || two(digits + 4) < 1) {
        problem = PROBLEM_NIK_DISTRICT;
    } else if (strcmp(digits + 12, "0000") == 0) {
        problem = PROBLEM_NIK_SERIAL;
    }
    if (problem == PROBLEM_NONE) {
        memcpy(out, digits, NIK_DIGITS + 1);
    }
    secret_zero(digits, sizeof digits);
    return problem;
}

/* A day in this century or the last. */
static bool
is_short_date(int day, int month, int year)
{
    return day_exists(1900 + year, month, day) || day_exists(2000 + year, month, day);
}

enum problem
check_nik(const char *typed, char out[17])
{
    char digits[17];
    enum problem problem = check_sixteen(typed, digits);
    if (problem == PROBLEM_NONE) {
        int day = two(digits + 6);
        day = day > 40 ? day - 40 : day; // women: the day plus 40
        if (is_short_date(day, two(digits + 8), two(digits + 10))) {
            memcpy(out, digits, sizeof digits);
        } else {
            problem = PROBLEM_NIK_DATE;
        }
    }
    secret_zero(digits, sizeof digits);
    return problem;
}

enum problem
check_kk(const char *typed, char out[17])
{
    char digits[17];
    enum problem problem = check_sixteen(typed, digits);
    if (problem == PROBLEM_NONE) {
        if (is_short_date(two(digits + 6), two(digits + 8), two(digits + 10))) {
            memcpy(out, digits, sizeof digits);
        } else {
            problem = PROBLEM_KK_DATE;
        }
    }
    secret_zero(digits, sizeof digits);
    return problem;
}

/* --- phone, RT, NOP --------------------------------------------------------------- */

/* Mobile +628..., national number of 9 to 12 digits; landlines of the city 0541 + 6-7. */
enum problem
check_phone(const char *typed, char out[20])
{
    char digits[40];
    squeeze(typed, digits, sizeof digits);
    const char *national = strncmp(digits, "+62", 3) == 0  ? digits + 3
                           : strncmp(digits, "62", 2) == 0 ? digits + 2
                           : digits[0] == '0'              ? digits + 1
                                                           : "";
    size_t len = strlen(national);
    bool mobile = len >= 10 && len <= 12 && national[0] == '8' && national[1] >= '1';
    mobile |= len == 9 && national[0] == '8' && national[1] >= '1';
    bool landline = strncmp(national, "541", 3) == 0 && (len == 9 || len == 10);
    enum problem problem = digits[0] == '\0'                                  ? PROBLEM_REQUIRED
                           : text_is_digits(national) && (mobile || landline) ? PROBLEM_NONE
                                                                              : PROBLEM_PHONE;
    if (problem == PROBLEM_NONE) {
        snprintf(out, 20, "+62%.12s", national);
    }
    secret_zero(digits, sizeof digits);
    return problem;
}

enum problem
check_rt(const char *typed, char out[4])
{
    char digits[16];
    squeeze(typed, digits, sizeof digits);
    if (digits[0] == '\0') {
        return PROBLEM_REQUIRED;
    }
    if (!text_is_digits(digits) || strlen(digits) > 3 || atoi(digits) == 0) {
        return PROBLEM_RT;
    }
    snprintf(out, 4, "%03u", (unsigned)atoi(digits) % 1000);
    return PROBLEM_NONE;
}

enum problem
check_nop(const char *typed, char out[19])
{
    char digits[40];
    squeeze(typed, digits, sizeof digits);
    if (digits[0] == '\0') {
        return PROBLEM_REQUIRED;
    }
    if (!text_is_digits(digits)) {
        return PROBLEM_NOT_DIGITS;
    }
    if (strlen(digits) != 18) {
        return strlen(digits) < 18 ? PROBLEM_TOO_SHORT : PROBLEM_TOO_LONG;
    }
    memcpy(out, digits, 19);
    return PROBLEM_NONE;
}

/* --- words ------------------------------------------------------------------------ */

/* Trim, one blank between words, typographic apostrophes straight. */
static void
tidy(const char *typed, char *out, size_t size)
{
    struct text text = text_over(out, size);
    bool blank = false;
    size_t len;
    for (uint32_t code; (code = utf8_at(typed, &len)) != 0; typed += len) {
        if (code == ' ' || code == 0xA0 || code == '\t' || code == '\n') {
            blank = text.len > 0;
            continue;
        }
        if (blank) {
            text_add_code(&text, ' ');
            blank = false;
        }
        text_add_code(&text, code == 0x2019 || code == 0x2018 || code == 0xB4 ? '\'' : code);
    }
}

static bool
is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xC0 && code <= 0xFF && code != 0xD7 && code != 0xF7);
}

static struct check
check_name(const char *typed, char *out)
{
    tidy(typed, out, ANSWER_BYTES);
    size_t count = utf8_count(out), len;
    if (count > NAME_MOST) {
        return (struct check){PROBLEM_TOO_LONG, NAME_MOST, (int64_t)count, false};
    }
    uint32_t first = utf8_at(out, &len);
    if (!is_letter(first)) {
        return (struct check){PROBLEM_NAME, 0, first, false};
    }
    for (const char *p = out; *p != '\0'; p += len) {
        uint32_t code = utf8_at(p, &len);
        if (!is_letter(code) && (code > 0x7F || strchr(" '.,/-", (int)code) == NULL)) {
            return (struct check){PROBLEM_NAME, 0, code, false};
        }
    }
    return good();
}

static struct check
check_text(const struct question *question, const char *typed, char *out)
{
    tidy(typed, out, ANSWER_BYTES);
    int64_t have = (int64_t)utf8_count(out);
    if (have < question->min_length) {
        return (struct check){PROBLEM_TOO_SHORT, question->min_length, have, false};
    }
    if (have > question->max_length) {
        return (struct check){PROBLEM_TOO_LONG, question->max_length, have, false};
    }
    return good();
}

static struct check
check_number(const struct question *question, const char *typed, char *out)
{
    char digits[40];
    squeeze(typed, digits, sizeof digits);
    if (!text_is_digits(digits)) {
        return bad(PROBLEM_NOT_DIGITS);
    }
    if (strlen(digits) > 15) {
        return (struct check){PROBLEM_TOO_BIG, question->max, 0, false};
    }
    int64_t value = strtoll(digits, NULL, 10);
    if (value < question->min) {
        return (struct check){PROBLEM_TOO_SMALL, question->min, value, false};
    }
    if (value > question->max) {
        return (struct check){PROBLEM_TOO_BIG, question->max, value, false};
    }
    snprintf(out, ANSWER_BYTES, "%lld", (long long)value);
    return good();
}

static struct check
check_date(const struct question *question, const char *typed, const char *today, char *out)
{
    struct day day, now;
    if (!day_parse(typed, &day)) {
        size_t have = strlen(typed);
        return have < 8 ? (struct check){PROBLEM_TOO_SHORT, 8, (int64_t)have, false}
                        : bad(PROBLEM_DATE);
    }
    if (day.year < OLDEST_YEAR) {
        return bad(PROBLEM_DATE_OLD);
    }
    if (day_parse(today, &now)) {
        int32_t ahead = day_number(&day) - day_number(&now);
        if (question->past && ahead > 0) {
            return bad(PROBLEM_DATE_FUTURE);
        }
        if (question->future && ahead < 0) {
            return bad(PROBLEM_DATE_PAST);
        }
    }
    text_copy(out, ANSWER_BYTES, typed);
    return good();
}

/* --- choices ----------------------------------------------------------------------- */

static bool
in_list(const struct choices *choices, const char *name, size_t len)
{
    for (size_t i = 0; i < choices->count; i++) {
        const char *have = choices->list[i].name;
        if (strlen(have) == len && strncmp(have, name, len) == 0) {
            return true;
        }
    }
    return false;
}

static struct check
check_choice(const struct question *question, const char *typed, char *out)
{
    if (question->type == QUESTION_YES_NO) {
        if (strcmp(typed, "yes") != 0 && strcmp(typed, "no") != 0) {
            return bad(PROBLEM_CHOICE);
        }
    } else if (question->type == QUESTION_MANY) {
        for (const char *p = typed; *p != '\0';) {
            size_t len = strcspn(p, " ");
            if (len == 0 || !in_list(question->choices, p, len)) {
                return bad(PROBLEM_CHOICE);
            }
            p += len + (p[len] == ' ');
        }
    } else if (!in_list(question->choices, typed, strlen(typed))) {
        return bad(PROBLEM_CHOICE);
    }
    text_copy(out, ANSWER_BYTES, typed);
    return good();
}

/* --- all of it ---------------------------------------------------------------------- */

static struct check
counted(enum problem problem, const char *typed, int64_t wanted)
{
    char digits[64];
    squeeze(typed, digits, sizeof digits);
    struct check check = {.problem = problem};
    if (problem == PROBLEM_TOO_SHORT || problem == PROBLEM_TOO_LONG) {
        check.wanted = wanted;
        check.have = (int64_t)strlen(digits);
    }
    secret_zero(digits, sizeof digits);
    return check;
}

/* A KK number is no NIK: hold it against every NIK answered so far. */
static struct check
check_family_card(const char *typed, const struct answers *answers, char *out)
{
    enum problem problem = check_kk(typed, out);
    const char *nik = answers_get(answers, "nik");
    if (problem == PROBLEM_NONE && nik != NULL && strcmp(nik, out) == 0) {
        problem = PROBLEM_KK_IS_NIK;
    }
    return counted(problem, typed, NIK_DIGITS);
}

static struct check
check_type(const struct question *question, const char *typed, const struct answers *answers,
           const char *today, char *out)
{
    switch (question->type) {
    case QUESTION_NIK:
        return counted(check_nik(typed, out), typed, NIK_DIGITS);
    case QUESTION_KK:
        return check_family_card(typed, answers, out);
    case QUESTION_PHONE:
        return bad(check_phone(typed, out));
    case QUESTION_RT:
        return bad(check_rt(typed, out));
    case QUESTION_NUMBER:
    case QUESTION_MONEY:
        return check_number(question, typed, out);
    case QUESTION_DATE:
        return check_date(question, typed, today, out);
    case QUESTION_NAME:
        return check_name(typed, out);
    case QUESTION_TEXT:
    case QUESTION_ADDRESS:
        return check_text(question, typed, out);
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_YES_NO:
    case QUESTION_KELURAHAN:
        break;
    }
    return check_choice(question, typed, out);
}

struct check
check_answer(const struct question *question, const char *typed, const struct answers *answers,
             const char *today, char *out)
{
    out[0] = '\0';
    if (typed[strspn(typed, " ")] == '\0') {
        return question->required ? bad(PROBLEM_REQUIRED) : good();
    }
    if (!utf8_valid(typed, strlen(typed))) {
        return bad(PROBLEM_NAME);
    }
    struct check check = check_type(question, typed, answers, today, out);
    if (check.problem != PROBLEM_NONE || question->constraint == NULL) {
        return check;
    }
    struct expression_context context = {.answers = answers, .self = out, .today = today};
    return expression_true(question->constraint, &context) ? good() : bad(PROBLEM_CONSTRAINT);
}

bool
check_relevant(const struct question *question, const struct answers *answers, const char *today)
{
    struct expression_context context = {.answers = answers, .self = "", .today = today};
    return question->relevant == NULL || expression_true(question->relevant, &context);
}

int
check_form(const struct service *service, const struct answers *answers, const char *today,
           struct check *why)
{
    char out[ANSWER_BYTES];
    int wrong = -1;
    *why = good();
    for (size_t i = 0; i < service->question_count && wrong < 0; i++) {
        const struct question *question = &service->questions[i];
        const char *answer = answers_get(answers, question->name);
        if (check_relevant(question, answers, today)) {
            *why = check_answer(question, answer != NULL ? answer : "", answers, today, out);
            wrong = why->problem != PROBLEM_NONE && !why->warning ? (int)i : -1;
        }
    }
    secret_zero(out, sizeof out);
    return wrong;
}

/* --- for people's eyes ---------------------------------------------------------------- */

void
show_nik(const char *nik, const char *mask, char *out, int size)
{
    struct text text = text_over(out, (size_t)size);
    for (size_t i = 0; nik[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0) {
            text_add(&text, " ");
        }
        if (mask != NULL && i >= 4 && i < 12) {
            text_add(&text, mask);
        } else {
            text_add_bytes(&text, &nik[i], 1);
        }
    }
}

/* "+6281255048488" as 0812-5504-8488. */
void
show_phone(const char *phone, const char *mask, char *out, int size)
{
    struct text text = text_over(out, (size_t)size);
    const char *national = strncmp(phone, "+62", 3) == 0 ? phone + 3 : phone;
    size_t len = strlen(national) + 1;
    for (size_t i = 0; i < len; i++) {
        char digit = i == 0 ? '0' : national[i - 1];
        if (i > 0 && i % 4 == 0 && i < 12) {
            text_add(&text, "-");
        }
        if (mask != NULL && i >= 4 && i < 8) {
            text_add(&text, mask);
        } else {
            text_add_bytes(&text, &digit, 1);
        }
    }
}

void
show_money(const char *digits, char *out, int size)
{
    struct text text = text_over(out, (size_t)size);
    size_t len = strlen(digits);
    text_add(&text, "Rp");
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            text_add(&text, ".");
        }
        text_add_bytes(&text, &digits[i], 1);
    }
}
