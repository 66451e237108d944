/* Is this a good answer? From what was typed to the canonical value, or to a
 * typed problem that a screen can put into words. Pure. Rules: domain facts on
 * NIK (Permendagri 108/2019), KK, phones, RT, NOP, names, dates.
 * Not here, because no service asks for it yet: a child's new name (Permendagri 73/2022: no
 * apostrophe, one word only warned about), RW, a tax year. What has
 * only a form (postal code, NIB, NPWP, a car's plate, e-mail) is a constraint with regex()
 * in the service's file; so is the highest RT, which the city may change. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/clock.h"
#include "form/answers.h"
#include "form/catalogue.h"
#include "form/spot.h"

enum problem {
    PROBLEM_NONE,
    PROBLEM_REQUIRED,  /* nothing was answered */
    PROBLEM_TOO_SHORT, /* wanted, have: code points or digits */
    PROBLEM_TOO_LONG,  /* wanted, have */
    PROBLEM_NOT_DIGITS,
    PROBLEM_NIK_PROVINCE, /* the first two digits are no province */
    PROBLEM_NIK_DATE,     /* digits 7 to 12 are no date */
    PROBLEM_NIK_SERIAL,   /* the last four are 0000 */
    PROBLEM_NIK_DISTRICT, /* digits 3 to 6 are no district */
    PROBLEM_ALL_SAME,     /* sixteen equal digits */
    PROBLEM_KK_IS_NIK,    /* the KK number equals the NIK */
    PROBLEM_KK_DATE,
    PROBLEM_PHONE,
    PROBLEM_RT,
    PROBLEM_NAME,           /* a character that no name has; `have` is the code point */
    PROBLEM_DATE,           /* no such day */
    PROBLEM_DATE_FUTURE,    /* must not lie after today */
    PROBLEM_DATE_PAST,      /* must not lie before today */
    PROBLEM_DATE_OLD,       /* before 1900 */
    PROBLEM_TIME,           /* no such time of the day */
    PROBLEM_TOO_SMALL,      /* wanted */
    PROBLEM_TOO_BIG,        /* wanted */
    PROBLEM_CHOICE,         /* not in the list */
    PROBLEM_CONSTRAINT,     /* the question's own constraint_message */
    PROBLEM_BIRTH,          /* not the day that the person's NIK tells; only ever a warning */
    PROBLEM_SOFT_CONSTRAINT /* its soft_constraint_message; only ever a warning */
};

struct check {
    enum problem problem;
    int64_t wanted, have;
    bool warning; /* worth saying, not worth stopping for */
};

/* `typed` as it stands in the field; `out` (ANSWER_BYTES) gets the canonical value. `row` of
 * the repeat that the question stands in, 0 outside.
 * PROBLEM_NONE or a warning: good, `out` may be stored. An empty answer to an optional
 * question is good. A `today` that is no date refuses no date. */
struct check check_answer(const struct question *question, int row, const char *typed,
                          const struct answers *answers, const char *today, char *out);

/* Can an answer to it be stored as this? For the constants that a file writes. */
bool check_stored(const struct question *question, const char *constant);

/* Does this question apply, given the answers so far? Whether one stands before it is
 * spot_is_asked(). */
bool check_relevant(const struct question *question, int row, const struct answers *answers,
                    const char *today);
/* What stands in its field before anything is typed; "" when nothing does. */
void check_preset(const struct question *question, int row, const struct answers *answers,
                  const char *today, char out[ANSWER_BYTES]);

/* The whole form: the first spot that is asked and not well answered, or SPOT_NONE. */
struct spot check_form(const struct service *service, const struct answers *answers,
                       const char *today, struct check *why);

/* What a NIK tells: the day of birth (domain facts on NIK; of 19YY and 20YY the later one that
 * is not after `today`), "" when it tells none; and whether it is a woman's. */
void nik_birth(const char *nik, const char *today, char out[DATE_TEXT]);
bool nik_is_womans(const char *nik);

/* Single rules, also used by the portal. `out` sizes: 17, 17, 20, 4, 19. */
enum problem check_nik(const char *typed, char out[17]);
enum problem check_kk(const char *typed, char out[17]);
enum problem check_phone(const char *typed, char out[20]);
enum problem check_rt(const char *typed, char out[4]);
enum problem check_nop(const char *typed, char out[19]);

/* For people's eyes: "6472 **** **** 0003", "0812-****-8488"; dots from `mask` (UTF-8).
 * With mask NULL the same grouping in full. */
void show_nik(const char *nik, const char *mask, char *out, size_t size);
void show_phone(const char *phone, const char *mask, char *out, size_t size);
void show_money(const char *digits, char *out, size_t size); /* "Rp1.250.000" */
