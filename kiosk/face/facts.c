#include "face/facts.h"

#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "base/states.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "wire/face_messages.h"

/* Until the desk tells the office's own name, the list of kelurahan knows it. */
static void
name_office(struct facts *facts, const struct catalogue *catalogue, const char *code)
{
    const struct kelurahan *own = catalogue_kelurahan_of(catalogue, code);
    if (own != NULL) {
        snprintf(facts->office_name, sizeof facts->office_name, "Kelurahan %s", own->name);
    }
}

/* Two letters that a resident can read out to 112. */
static const char *
fault_of(const struct facts *facts, bool desk)
{
    if (!desk) {
        return "D1";
    }
    switch (facts->view.intake) {
    case INTAKE_FULL:
        return "S1";
    case INTAKE_BROKEN:
        return "S2";
    case INTAKE_PAUSED:
        return facts->enrolled ? "S3" : "K1";
    default:
        return "";
    }
}

void
facts_init(struct facts *facts, const struct settings *settings, const struct catalogue *catalogue,
           bool enrolled)
{
    *facts = (struct facts){.utc_offset = CLOCK_WITA, .enrolled = enrolled};
    name_office(facts, catalogue, settings->kiosk.office);
    facts->view = (struct screen_facts){
        .office_name = facts->office_name,
        .city = settings->city.name,
        .portal_name = settings->portal.name,
        .portal_url = settings->portal.public_url,
        .logo = settings->city.logo,
        .date_line = facts->date_line,
        .today = facts->today,
        .minute = -1,
        .days_off = facts->days_off,
        .hours = facts->hours,
        .notice = facts->notice,
        .serving = facts->serving,
        .closed_until = facts->closed_until,
        .fault_code = facts->fault_code,
        .printer = PRINTER_UNKNOWN,
    };
    facts_desk_gone(facts);
}

void
facts_hello(struct facts *facts, const struct desk_hello *hello)
{
    if (hello->office_name[0] != '\0') {
        text_copy(facts->office_name, sizeof facts->office_name, hello->office_name);
    }
    text_copy(facts->hours, sizeof facts->hours, hello->hours);
    text_copy(facts->days_off, sizeof facts->days_off, hello->days_off);
    text_copy(facts->serves, sizeof facts->serves, hello->serves);
    if (hello->utc_offset >= -12 * 60 && hello->utc_offset <= 14 * 60) {
        facts->utc_offset = hello->utc_offset;
    }
}

void
facts_status(struct facts *facts, const struct desk_status *status)
{
    text_copy(facts->notice, sizeof facts->notice, status->notice);
    text_copy(facts->serving, sizeof facts->serving, status->serving);
    text_copy(facts->closed_until, sizeof facts->closed_until, status->tickets_closed_until);
    facts->view.intake = facts->enrolled ? status->intake : INTAKE_PAUSED;
    facts->view.printer = status->printer;
    facts->view.waiting = status->waiting;
    facts->view.wait_minutes = status->wait_minutes;
    facts->view.online = status->online;
    facts->view.clock_uncertain = status->clock_uncertain;
    facts->view.digital_day = status->digital_day;
    text_copy(facts->fault_code, sizeof facts->fault_code, fault_of(facts, true));
}

void
facts_desk_gone(struct facts *facts)
{
    facts->view.waiting = facts->view.wait_minutes = -1;
    facts->view.online = false;
    facts->notice[0] = facts->serving[0] = facts->closed_until[0] = '\0';
    text_copy(facts->fault_code, sizeof facts->fault_code, fault_of(facts, false));
}

bool
facts_clock(struct facts *facts, int64_t wall, enum language language)
{
    struct civil when = civil_at(wall, facts->utc_offset);
    char line[DATE_LINE];
    language_date_line(language, &when, facts->utc_offset, line);
    civil_date(&when, facts->today);
    facts->view.minute = facts->view.clock_uncertain ? -1 : when.hour * 60 + when.minute;
    if (strcmp(line, facts->date_line) == 0) {
        return false;
    }
    text_copy(facts->date_line, sizeof facts->date_line, line);
    return true;
}
