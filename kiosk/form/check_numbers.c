#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/check.h"
#include "form/day.h"
#include "form/digits.h"

enum { WOMAN = 40 /* added to the day in a woman's NIK */ };

/* --- digits ---------------------------------------------------------------------- */

static bool
is_separator(uint32_t code)
{
    return code == ' ' || code == '.' || code == '-' || code == '(' || code == ')' ||
           code == '\t' || code == '\n' || code == '\r' || code == 0xA0 ||
           (code >= 0x2010 && code <= 0x2015);
}

struct digits
digits_of(const char *typed)
{
    struct digits digits = {0};
    for (size_t len; *typed != '\0'; typed += len) {
        uint32_t code = utf8_at(typed, &len);
        if (code >= '0' && code <= '9') {
            if (digits.count < DIGITS_MAX) {
                digits.text[digits.count] = (char)code;
            }
            digits.count++;
        } else if (!is_separator(code)) {
            digits.other = true;
        }
    }
    return digits;
}

void
digits_forget(struct digits *digits)
{
    secret_zero(digits, sizeof *digits);
}

static int
two(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

static enum problem
take_exactly(struct digits *digits, int count)
{
    if (digits->other) {
        return PROBLEM_NOT_DIGITS;
    }
    if (digits->count == 0) {
        return PROBLEM_REQUIRED;
    }
    if (digits->count != count) {
        return digits->count < count ? PROBLEM_TOO_SHORT : PROBLEM_TOO_LONG;
    }
    return PROBLEM_NONE;
}

/* --- NIK and KK: PPKKCC DDMMYY SSSS ------------------------------------------------ */

static bool
is_province(int code)
{
    static const struct {
        int from, to;
    } provinces[] = {{11, 19}, {21, 21}, {31, 36}, {51, 53},
                     {61, 65}, {71, 76}, {81, 82}, {91, 97}};
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++) {
        if (code >= provinces[i].from && code <= provinces[i].to) {
            return true;
        }
    }
    return false;
}

/* The century is not written: a day that one of the two had will do. */
static bool
is_day(int day, int month, int year)
{
    return day_exists(1900 + year, month, day) || day_exists(2000 + year, month, day);
}

static enum problem
check_place(const char *digits)
{
    if (strspn(digits, (char[]){digits[0], '\0'}) == strlen(digits)) {
        return PROBLEM_ALL_SAME;
    }
    if (!is_province(two(digits))) {
        return PROBLEM_NIK_PROVINCE;
    }
    int city = two(digits + 2), district = two(digits + 4);
    return city >= 1 && city <= 79 && district >= 1 ? PROBLEM_NONE : PROBLEM_NIK_DISTRICT;
}

static enum problem
check_sixteen(const struct digits *digits, bool person)
{
    const char *text = digits->text;
    enum problem problem = check_place(text);
    if (problem != PROBLEM_NONE) {
        return problem;
    }
    int day = two(text + 6);
    if (person && day > WOMAN) {
        day -= WOMAN;
    }
    if (!is_day(day, two(text + 8), two(text + 10))) {
        return person ? PROBLEM_NIK_DATE : PROBLEM_KK_DATE;
    }
    return strcmp(text + 12, "0000") == 0 ? PROBLEM_NIK_SERIAL : PROBLEM_NONE;
}

static enum problem
check_identity(const char *typed, bool person, char out[17])
{
    struct digits digits = digits_of(typed);
    enum problem problem = take_exactly(&digits, 16);
    if (problem == PROBLEM_NONE) {
        problem = check_sixteen(&digits, person);
    }
    text_copy(out, 17, problem == PROBLEM_NONE ? digits.text : "");
    digits_forget(&digits);
    return problem;
}

enum problem
check_nik(const char *typed, char out[17])
{
    return check_identity(typed, true, out);
}

enum problem
check_kk(const char *typed, char out[17])
{
    return check_identity(typed, false, out);
}

/* --- phones -------------------------------------------------------------------------- */

/* The number behind the country: 8xx with 9 to 12 digits, or Samarinda's 541. */
static bool
is_national(const char *number)
{
    size_t len = strlen(number);
    if (number[0] == '8') {
        return number[1] >= '1' && len >= 9 && len <= 12;
    }
    return strncmp(number, "541", 3) == 0 && len >= 9 && len <= 10;
}

/* Without the country or the zero before it; NULL when neither stands there. */
static const char *
national_part(const char *digits, bool plus)
{
    if (strncmp(digits, "62", 2) == 0) {
        return digits + 2;
    }
    return digits[0] == '0' && !plus ? digits + 1 : NULL;
}

enum problem
check_phone(const char *typed, char out[20])
{
    typed += strspn(typed, " ");
    bool plus = *typed == '+';
    struct digits digits = digits_of(typed + plus);
    const char *national = national_part(digits.text, plus);
    enum problem problem = digits.other        ? PROBLEM_NOT_DIGITS
                           : digits.count == 0 ? PROBLEM_REQUIRED
                                               : PROBLEM_NONE;
    if (problem == PROBLEM_NONE &&
        (digits.count > 14 || national == NULL || !is_national(national))) {
        problem = PROBLEM_PHONE;
    }
    struct text text = text_over(out, 20);
    if (problem == PROBLEM_NONE) {
        text_add(&text, "+62");
        text_add(&text, national);
    }
    digits_forget(&digits);
    return problem;
}

/* --- RT and NOP ------------------------------------------------------------------------ */

enum problem
check_rt(const char *typed, char out[4])
{
    struct digits digits = digits_of(typed);
    enum problem problem = PROBLEM_NONE;
    struct text text = text_over(out, 4);
    if (digits.other) {
        problem = PROBLEM_NOT_DIGITS;
    } else if (digits.count == 0) {
        problem = PROBLEM_REQUIRED;
    } else if (digits.count > 3 || strspn(digits.text, "0") == strlen(digits.text)) {
        problem = PROBLEM_RT;
    } else {
        text_add(&text, &"00"[digits.count - 1]);
        text_add(&text, digits.text);
    }
    digits_forget(&digits);
    return problem;
}

/* PP KK CCC LLL BBB NNNN J, places as the tax office numbers them. */
enum problem
check_nop(const char *typed, char out[19])
{
    struct digits digits = digits_of(typed);
    const char *text = digits.text;
    enum problem problem = take_exactly(&digits, 18);
    if (problem == PROBLEM_NONE && strspn(text, (char[]){text[0], '\0'}) == 18) {
        problem = PROBLEM_ALL_SAME;
    } else if (problem == PROBLEM_NONE && !is_province(two(text))) {
        problem = PROBLEM_NIK_PROVINCE;
    } else if (problem == PROBLEM_NONE &&
               (two(text + 2) < 1 || two(text + 2) > 79 || strncmp(text + 4, "000", 3) == 0 ||
                strncmp(text + 7, "000", 3) == 0)) {
        problem = PROBLEM_NIK_DISTRICT;
    } else if (problem == PROBLEM_NONE && strncmp(text + 13, "0000", 4) == 0) {
        problem = PROBLEM_NIK_SERIAL;
    }
    text_copy(out, 19, problem == PROBLEM_NONE ? text : "");
    digits_forget(&digits);
    return problem;
}

/* --- what a NIK tells ------------------------------------------------------------------ */

bool
nik_is_womans(const char *nik)
{
    return strlen(nik) == 16 && text_is_digits(nik) && two(nik + 6) > WOMAN;
}

void
nik_birth(const char *nik, const char *today, char out[DATE_TEXT])
{
    struct day now;
    out[0] = '\0';
    if (strlen(nik) != 16 || !text_is_digits(nik) || !day_parse(today, &now)) {
        return;
    }
    int day = two(nik + 6) - (nik_is_womans(nik) ? WOMAN : 0);
    struct day birth = {2000 + two(nik + 10), two(nik + 8), day};
    if (!day_exists(birth.year, birth.month, birth.day) || day_number(&birth) > day_number(&now)) {
        birth.year -= 100;
    }
    if (day_exists(birth.year, birth.month, birth.day)) {
        day_write(&birth, out);
    }
    secret_zero(&birth, sizeof birth);
}
