/* A filed form in the words of the catalogue, section by section. What the catalogue no longer
 * asks is shown by its name: nothing that a resident wrote is left out. An answer is a text, or
 * a list of rows with answers of their own. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "form/check.h"
#include "people.h"

enum { DEPTH = 3, SHOWN = 64 };

static const struct question *
question_of(const struct service *service, const char *name)
{
    return service ? service_question(service, name) : NULL;
}

const char *
answers_label(const struct service *service, const char *name)
{
    const struct question *question = question_of(service, name);
    const char *words = question ? words_in(&question->short_label, LANGUAGE_ID) : "";
    if (question && !*words) {
        words = words_in(&question->label, LANGUAGE_ID);
    }
    return *words ? words : name;
}

static const char *
choice_words(const struct question *question, const char *name, size_t len)
{
    for (size_t i = 0; question->choices && i < question->choices->count; i++) {
        const struct choice *choice = &question->choices->list[i];
        if (strlen(choice->name) == len && memcmp(choice->name, name, len) == 0) {
            return words_in(&choice->label, LANGUAGE_ID);
        }
    }
    return NULL;
}

static void
show_choices(struct html *html, const struct question *question, const char *answer)
{
    const char *comma = "";
    while (*answer) {
        size_t len = strcspn(answer, " ");
        const char *words = choice_words(question, answer, len);
        html_add(html, "%s%s", comma, words ? words : answer);
        if (!words) {
            return; // the whole rest, as it is
        }
        comma = ", ";
        answer += len + (answer[len] == ' ');
    }
}

static void
show_date(struct html *html, const char *answer)
{
    static const char *const months[] = {"Januari",   "Februari", "Maret",    "April",
                                         "Mei",       "Juni",     "Juli",     "Agustus",
                                         "September", "Oktober",  "November", "Desember"};
    struct civil day;
    if (civil_read_date(answer, &day)) {
        html_add(html, "%d %s %d", day.day, months[day.month - 1], day.year);
    } else {
        html_add(html, "%s", answer);
    }
}

static void
show_text(struct html *html, const struct question *question, const char *answer,
          enum masked masked)
{
    char shown[SHOWN] = "";
    enum question_type type = question ? question->type : QUESTION_TEXT;
    bool clear = masked == MASKED_NOTHING || (masked == MASKED_BUT_NIK && type == QUESTION_NIK);
    const char *mask = clear ? NULL : "•";
    switch (type) {
    case QUESTION_NIK:
    case QUESTION_KK:
        show_nik(answer, mask, shown, sizeof shown);
        break;
    case QUESTION_PHONE:
        show_phone(answer, mask, shown, sizeof shown);
        break;
    case QUESTION_MONEY:
        show_money(answer, shown, sizeof shown);
        break;
    case QUESTION_YES_NO:
    case QUESTION_ACKNOWLEDGE:
    case QUESTION_CONSENT:
        html_add(html, "%s", strcmp(answer, "yes") == 0 ? "Ya" : "Tidak");
        return;
    case QUESTION_DATE:
        show_date(html, answer);
        return;
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_KELURAHAN:
        show_choices(html, question, answer);
        return;
    default:
        html_add(html, "%s", answer);
        return;
    }
    html_add(html, "%s", shown);
}

static void show_object(struct html *html, const struct service *service,
                        const struct json_value *object, enum masked masked, int depth);

static void
show_value(struct html *html, const struct service *service, const struct json_value *value,
           enum masked masked, int depth)
{
    int64_t number = 0;
    char text[24];
    switch (json_kind(value)) {
    case JSON_ARRAY:
        if (json_count(value) == 0) {
            html_add(html, "<i>tidak ada</i>");
            break;
        }
        html_add(html, "<ol>");
        for (size_t i = 0; i < json_count(value); i++) {
            html_add(html, "<li>");
            show_value(html, service, json_at(value, i), masked, depth + 1);
            html_add(html, "</li>");
        }
        html_add(html, "</ol>");
        break;
    case JSON_OBJECT: // a row may say by a name who it is, where the form itself does not
        show_object(html, service, value,
                    masked == MASKED_NOTHING ? masked : answers_mask(service, value), depth + 1);
        break;
    case JSON_NUMBER:
        snprintf(text, sizeof text, "%lld", json_int(value, &number) ? (long long)number : 0);
        html_add(html, "%s", text);
        break;
    case JSON_BOOL:
        html_add(html, "%s", json_bool(value, false) ? "Ya" : "Tidak");
        break;
    default:
        html_add(html, "<i>tidak diisi</i>");
    }
}

/* The heading of the next section, between two lists. */
static const struct section *
turn_section(struct html *html, const struct question *question, const struct section *before)
{
    const struct section *section = question ? question->section : NULL;
    if (section != before && section) {
        html_add(html, "</dl><h3>%s</h3><dl>", words_in(&section->label, LANGUAGE_ID));
    } else if (section != before) {
        html_add(html, "</dl><dl>");
    }
    return section;
}

static void
show_object(struct html *html, const struct service *service, const struct json_value *object,
            enum masked masked, int depth)
{
    const struct section *section = NULL;
    html_add(html, "<dl>");
    for (size_t i = 0; i < json_count(object) && depth <= DEPTH; i++) {
        const struct json_value *value = json_at(object, i);
        const char *name = json_key(value), *text = json_text(value, NULL);
        if (depth == 0) {
            section = turn_section(html, question_of(service, name), section);
        }
        html_add(html, "<div><dt>%s</dt><dd>", answers_label(service, name));
        if (text && *text) {
            show_text(html, question_of(service, name), text, masked);
        } else {
            show_value(html, service, value, masked, depth);
        }
        html_add(html, "</dd></div>");
    }
    html_add(html, "</dl>");
}

enum masked
answers_mask(const struct service *service, const struct json_value *answers)
{
    for (size_t i = 0; i < json_count(answers); i++) {
        const struct question *question = question_of(service, json_key(json_at(answers, i)));
        if (question && question->type == QUESTION_NAME) {
            return MASKED_NUMBERS;
        }
    }
    return MASKED_BUT_NIK;
}

void
answers_show(struct html *html, const struct service *service, const struct json_value *answers,
             enum masked masked)
{
    show_object(html, service, answers, masked, 0);
}
