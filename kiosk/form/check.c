#include "form/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/check_text.h"
#include "form/chosen.h"
#include "form/day.h"
#include "form/digits.h"
#include "form/expression.h"

enum { DIGITS_OF_NUMBER = 15 };

/* --- numbers ------------------------------------------------------------------------- */

/* "1250000", "1.250.000", "Rp 1.250.000": dots stand between thousands or nowhere,
 * so that 1.5 is never read as 15. */
static enum problem
plain_number(const char *typed, char *out, size_t size)
{
    struct text text = text_over(out, size);
    size_t group = 0;
    bool dots = false;
    for (; *typed >= '0' && *typed <= '9'; typed++) {
        text_add_bytes(&text, typed, 1);
        group++;
        if (typed[1] == '.' && typed[2] >= '0' && typed[2] <= '9') {
            if (group > 3 || (dots && group != 3)) {
                return PROBLEM_NOT_DIGITS;
            }
            dots = true;
            group = 0;
            typed++;
        }
    }
    typed += strspn(typed, " ");
    if (*typed != '\0' || text.len == 0 || (dots && group != 3)) {
        return PROBLEM_NOT_DIGITS;
    }
    return text.cut ? PROBLEM_TOO_BIG : PROBLEM_NONE;
}

static struct check
check_number(const struct question *question, const char *typed, char *out)
{
    char digits[DIGITS_OF_NUMBER + 1] = "";
    typed += strspn(typed, " ");
    if (question->type == QUESTION_MONEY && strncmp(typed, "Rp", 2) == 0) {
        typed += 2;
        typed += *typed == '.';
        typed += strspn(typed, " ");
    }
    enum problem problem = plain_number(typed, digits, sizeof digits);
    int64_t value = strtoll(digits, NULL, 10);
    secret_zero(digits, sizeof digits);
    struct check check = {.problem = problem, .wanted = question->max};
    if (problem == PROBLEM_NONE && (value < question->min || value > question->max)) {
        bool small = value < question->min;
        check = (struct check){.problem = small ? PROBLEM_TOO_SMALL : PROBLEM_TOO_BIG,
                               .wanted = small ? question->min : question->max,
                               .have = value};
    }
    if (check.problem == PROBLEM_NONE) {
        snprintf(out, ANSWER_BYTES, "%lld", (long long)value);
    }
    return check.problem == PROBLEM_NONE ? (struct check){0} : check;
}

/* Numbers of a fixed length: how many digits there are tells what to do. */
static struct check
count_digits(enum problem problem, const char *typed, int64_t wanted)
{
    struct check check = {.problem = problem};
    if (problem == PROBLEM_TOO_SHORT || problem == PROBLEM_TOO_LONG) {
        struct digits digits = digits_of(typed);
        check.wanted = wanted;
        check.have = digits.count;
        digits_forget(&digits);
    }
    return check;
}

/* --- dates --------------------------------------------------------------------------- */

static void
skip_date_sign(const char **at)
{
    *at += **at != '\0' && strchr("-/. ", **at) != NULL;
}

static bool
parse_typed_date(const char *text, struct day *day)
{
    const char *at = text;
    day->day = (int)text_take_number(&at, 2);
    skip_date_sign(&at);
    day->month = (int)text_take_number(&at, 2);
    skip_date_sign(&at);
    const char *year = at;
    day->year = (int)text_take_number(&at, 4);
    return at == year + 4 && *at == '\0' && day_exists(day->year, day->month, day->day);
}

/* "17081990", "17-8-1990", "17/08/1990", and the canonical form. */
static bool
read_date(const char *typed, struct day *day)
{
    typed += strspn(typed, " ");
    size_t len = strlen(typed);
    while (len > 0 && typed[len - 1] == ' ') {
        len--;
    }
    char text[12];
    if (len >= sizeof text) {
        return false;
    }
    snprintf(text, sizeof text, "%.*s", (int)len, typed);
    bool good = day_parse(text, day) || parse_typed_date(text, day);
    secret_zero(text, sizeof text);
    return good;
}

static struct check
check_date(const struct question *question, const char *typed, const char *today, char *out)
{
    struct day day, now;
    if (!read_date(typed, &day)) {
        int64_t have = (int64_t)strlen(typed);
        return text_is_digits(typed) && have < 8
                   ? (struct check){.problem = PROBLEM_TOO_SHORT, .wanted = 8, .have = have}
                   : (struct check){.problem = PROBLEM_DATE};
    }
    if (day.year < 1900) {
        return (struct check){.problem = PROBLEM_DATE_OLD, .wanted = 1900, .have = day.year};
    }
    if (day_parse(today, &now)) { // a kiosk that does not know the day refuses no day
        int32_t ahead = day_number(&day) - day_number(&now);
        if (question->past && ahead > 0) {
            return (struct check){.problem = PROBLEM_DATE_FUTURE};
        }
        if (question->future && ahead < 0) {
            return (struct check){.problem = PROBLEM_DATE_PAST};
        }
    }
    day_write(&day, out);
    return (struct check){0};
}

/* "0830", "08.30", "8:30". */
static struct check
check_time(const char *typed, char *out)
{
    const char *at = typed + strspn(typed, " "), *from = at;
    int64_t have = (int64_t)strspn(at, "0123456789");
    int hour = (int)text_take_number(&at, 2);
    bool sign = *at == '.' || *at == ':';
    bool whole = at == from + 2 || (at == from + 1 && sign); // of one digit only before a sign
    at += sign;
    const char *minutes = at;
    int minute = (int)text_take_number(&at, 2);
    bool good = whole && at == minutes + 2 && at[strspn(at, " ")] == '\0';
    if (!good && have < 4 && from[have] == '\0') {
        return (struct check){.problem = PROBLEM_TOO_SHORT, .wanted = 4, .have = have};
    }
    if (!good || hour > 23 || minute > 59) {
        return (struct check){.problem = PROBLEM_TIME};
    }
    snprintf(out, ANSWER_BYTES, "%02d.%02d", hour, minute);
    return (struct check){0};
}

/* --- choices ------------------------------------------------------------------------- */

/* The chosen names in the order of the list; each must be there, and once. */
static enum problem
check_choices(const struct question *question, const char *typed, char *out)
{
    struct text text = text_over(out, ANSWER_BYTES);
    size_t count = 0, wanted = chosen_count(typed);
    for (size_t i = 0; i < question->choices->count; i++) {
        const char *name = question->choices->list[i].name;
        if (chosen_has(typed, name)) {
            text_add(&text, count > 0 ? " " : "");
            text_add(&text, name);
            count++;
        }
    }
    bool many = question->type == QUESTION_MANY;
    return count == wanted && !text.cut && (many || count == 1) ? PROBLEM_NONE : PROBLEM_CHOICE;
}

static enum problem
check_yes_no(const char *typed, char *out)
{
    bool good = strcmp(typed, "yes") == 0 || strcmp(typed, "no") == 0;
    text_copy(out, ANSWER_BYTES, good ? typed : "");
    return good ? PROBLEM_NONE : PROBLEM_CHOICE;
}

/* A statement is accepted or it is not answered: there is no "no" to store. */
static enum problem
check_accepted(const char *typed, char *out)
{
    bool good = strcmp(typed, "yes") == 0;
    text_copy(out, ANSWER_BYTES, good ? typed : "");
    return good ? PROBLEM_NONE : PROBLEM_REQUIRED;
}

/* --- the rules of a question ----------------------------------------------------------- */

static struct check
check_kk_answer(const char *typed, const struct answers *answers, char *out)
{
    struct check check = count_digits(check_kk(typed, out), typed, 16);
    if (check.problem == PROBLEM_NONE && answers_hold(answers, "nik", out)) {
        check.problem = PROBLEM_KK_IS_NIK;
    }
    // a NIK typed by mistake has a woman's day: say so rather than doubt the date
    struct digits digits = digits_of(typed);
    if (check.problem == PROBLEM_KK_DATE && answers_hold(answers, "nik", digits.text)) {
        check.problem = PROBLEM_KK_IS_NIK;
    }
    digits_forget(&digits);
    return check;
}

static struct check
check_type(const struct question *question, const char *typed, const struct answers *answers,
           const char *today, char *out)
{
    switch (question->type) {
    case QUESTION_NIK:
        return count_digits(check_nik(typed, out), typed, 16);
    case QUESTION_KK:
        return check_kk_answer(typed, answers, out);
    case QUESTION_PHONE:
        return (struct check){.problem = check_phone(typed, out)};
    case QUESTION_RT:
        return (struct check){.problem = check_rt(typed, out)};
    case QUESTION_NUMBER:
    case QUESTION_MONEY:
    case QUESTION_REPEAT:
        return check_number(question, typed, out);
    case QUESTION_DATE:
        return check_date(question, typed, today, out);
    case QUESTION_TIME:
        return check_time(typed, out);
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_KELURAHAN:
        return (struct check){.problem = check_choices(question, typed, out)};
    case QUESTION_YES_NO:
    case QUESTION_CONSENT:
        return (struct check){.problem = check_yes_no(typed, out)};
    case QUESTION_ACKNOWLEDGE:
        return (struct check){.problem = check_accepted(typed, out)};
    case QUESTION_NAME:
        return check_name(typed, out);
    default:
        return check_text(typed, question->min_length, question->max_length, out);
    }
}

/* "tgl_lahir_anak" beside "nik_anak": a NIK keeps the date it was once given, even a
 * wrong one, so that a difference is only worth asking about. */
static struct check
compare_birth(const struct question *question, int row, const struct answers *answers,
              const char *date)
{
    static const char birth[] = "tgl_lahir";
    char name[40], key[SPOT_KEY], said[7] = "";
    struct day day;
    if (question->type != QUESTION_DATE || strncmp(question->name, birth, sizeof birth - 1) != 0 ||
        !day_parse(date, &day)) {
        return (struct check){0};
    }
    snprintf(name, sizeof name, "nik%s", question->name + sizeof birth - 1);
    const char *nik = answers_get(answers, spot_key(name, row, key));
    if (nik == NULL || strlen(nik) != 16) {
        return (struct check){0};
    }
    int in_nik = (int)strtol(memcpy(said, nik + 6, 6), NULL, 10);
    secret_zero(said, sizeof said);
    int woman = in_nik >= 400000 ? 40 : 0;
    bool same = in_nik == (day.day + woman) * 10000 + day.month * 100 + day.year % 100;
    return (struct check){.problem = same ? PROBLEM_NONE : PROBLEM_BIRTH, .warning = !same};
}

/* Worth saying once: what no rule forbids but seldom is meant. */
static struct check
warn(const struct question *question, const struct answers *answers,
     const struct expression_context *context)
{
    if (question->soft_constraint != NULL && !expression_true(question->soft_constraint, context)) {
        return (struct check){.problem = PROBLEM_SOFT_CONSTRAINT, .warning = true};
    }
    return compare_birth(question, context->row, answers, context->self);
}

struct check
check_answer(const struct question *question, int row, const char *typed,
             const struct answers *answers, const char *today, char *out)
{
    out[0] = '\0';
    if (typed == NULL || typed[strspn(typed, " \t\r\n")] == '\0') {
        return (struct check){.problem = question->required ? PROBLEM_REQUIRED : PROBLEM_NONE};
    }
    struct check check = check_type(question, typed, answers, today, out);
    struct expression_context context = {
        .answers = answers, .row = row, .self = out, .today = today};
    if (check.problem == PROBLEM_NONE && question->constraint != NULL &&
        !expression_true(question->constraint, &context)) {
        check.problem = PROBLEM_CONSTRAINT;
    }
    return check.problem == PROBLEM_NONE ? warn(question, answers, &context) : check;
}

bool
check_stored(const struct question *question, const char *constant)
{
    char out[ANSWER_BYTES] = "";
    return question->type == QUESTION_NIK || question->type == QUESTION_KK || // a person's
           (check_type(question, constant, NULL, "", out).problem == PROBLEM_NONE &&
            strcmp(out, constant) == 0);
}

bool
check_relevant(const struct question *question, int row, const struct answers *answers,
               const char *today)
{
    struct expression_context context = {.answers = answers, .row = row, .today = today};
    return question->relevant == NULL || expression_true(question->relevant, &context);
}

void
check_preset(const struct question *question, int row, const struct answers *answers,
             const char *today, char out[ANSWER_BYTES])
{
    struct expression_context context = {.answers = answers, .row = row, .today = today};
    out[0] = '\0';
    if (question->preset != NULL) {
        expression_text(question->preset, &context, out, ANSWER_BYTES);
    }
}

/* --- the whole form --------------------------------------------------------------------- */

struct spot
check_form(const struct service *service, const struct answers *answers, const char *today,
           struct check *why)
{
    char canonical[ANSWER_BYTES];
    struct spot spot = spot_after(service, SPOT_NONE, answers, today);
    *why = (struct check){0};
    for (; spot.question >= 0; spot = spot_after(service, spot, answers, today)) {
        *why = check_answer(&service->questions[spot.question], spot.row,
                            spot_answer(service, spot, answers), answers, today, canonical);
        if (why->problem != PROBLEM_NONE && !why->warning) {
            break;
        }
    }
    secret_zero(canonical, sizeof canonical);
    return spot;
}
