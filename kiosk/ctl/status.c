#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "wire/ctl_messages.h"

static const char *const intakes[] = {"open", "checking", "closed: disk full or not writable",
                                      "closed: store damaged", "paused"};
static const char *const printers[] = {
    "ready",         "near end of paper", "out of paper", "cover open",
    "cutter jammed", "too hot",           "offline",      "unknown"};

const char *
ctl_printer(int32_t state)
{
    return CTL_WORD(printers, state);
}

static void
show_text(const char *name, const char *value)
{
    printf("%-12s %s\n", name, value);
}

static void
print_status(const struct ctl_status *s)
{
    char a[24], b[24], line[200];
    snprintf(line, sizeof line, "%s, %s, anjungand %s since %s", s->kiosk, s->office, s->program,
             ctl_moment(s->started_at, s->utc_offset, a));
    show_text("kiosk", line);
    show_text("face", s->face_connected ? "connected" : "not connected");
    show_text("intake", CTL_WORD(intakes, s->intake));
    snprintf(line, sizeof line, "%s (%s)", ctl_printer(s->printer), s->printer_name);
    show_text("printer", line);
    int len = snprintf(line, sizeof line, "%.1f m on %d slips since %s", (double)s->roll_mm / 1000,
                       s->roll_slips, ctl_moment(s->roll_changed, s->utc_offset, a));
    if (s->roll_left >= 0) {
        snprintf(line + len, sizeof line - (size_t)len, ", about %d left", s->roll_left);
    }
    show_text("paper", line);
    if (!s->enrolled) {
        snprintf(line, sizeof line, "not enrolled");
    } else if (s->online) {
        snprintf(line, sizeof line, "reached %s", ctl_moment(s->last_exchange, s->utc_offset, a));
    } else {
        snprintf(line, sizeof line, "not reached since %s (%s), next try %s",
                 ctl_moment(s->offline_since, s->utc_offset, a),
                 s->last_error[0] != '\0' ? s->last_error : "never tried",
                 ctl_moment(s->next_try, s->utc_offset, b));
    }
    show_text("portal", line);
    snprintf(line, sizeof line, "%d waiting%s%s, %d quarantined, %" PRId64 " ever", s->outbox,
             s->outbox > 0 ? " since " : "",
             s->outbox > 0 ? ctl_moment(s->outbox_oldest, s->utc_offset, a) : "", s->quarantined,
             s->last_seq);
    show_text("outbox", line);
    snprintf(line, sizeof line, "%d today, %d waiting, %d without paper", s->tickets_today,
             s->tickets_waiting, s->tickets_unprinted);
    show_text("tickets", line);
    snprintf(line, sizeof line, "%d, %s %s", s->catalogue_version,
             s->catalogue_expired ? "TOO OLD: a newer one was to come by" : "good until",
             s->catalogue_expires);
    show_text("catalogue", s->catalogue_version == 0 ? "as installed" : line);
    snprintf(line, sizeof line, "%" PRId64 " KiB, %" PRId64 " MiB free", s->store_bytes / 1024,
             s->disk_free_bytes / 1048576);
    show_text("store", line);
    show_text("clock", s->clock_uncertain ? "uncertain" : "good");
}

static void
json_status(const struct ctl_status *s)
{
    char buffer[4096];
    struct text out = text_over(buffer, sizeof buffer);
    object_text(&out, "kiosk", s->kiosk);
    object_text(&out, "office", s->office);
    object_text(&out, "program", s->program);
    object_text(&out, "printer_name", s->printer_name);
    object_text(&out, "last_error", s->last_error);
    object_number(&out, "started_at", s->started_at);
    object_flag(&out, "face_connected", s->face_connected);
    object_text(&out, "intake", CTL_WORD(intakes, s->intake));
    object_text(&out, "printer", ctl_printer(s->printer));
    object_number(&out, "roll_mm", s->roll_mm);
    object_number(&out, "roll_slips", s->roll_slips);
    object_number(&out, "roll_left", s->roll_left);
    object_number(&out, "roll_changed", s->roll_changed);
    object_flag(&out, "enrolled", s->enrolled);
    object_flag(&out, "online", s->online);
    object_number(&out, "offline_since", s->offline_since);
    object_number(&out, "last_exchange", s->last_exchange);
    object_number(&out, "next_try", s->next_try);
    object_number(&out, "outbox", s->outbox);
    object_number(&out, "quarantined", s->quarantined);
    object_number(&out, "outbox_oldest", s->outbox_oldest);
    object_number(&out, "last_seq", s->last_seq);
    object_number(&out, "tickets_today", s->tickets_today);
    object_number(&out, "tickets_waiting", s->tickets_waiting);
    object_number(&out, "tickets_unprinted", s->tickets_unprinted);
    object_number(&out, "visits_today", s->visits_today);
    object_number(&out, "catalogue_version", s->catalogue_version);
    object_text(&out, "catalogue_expires", s->catalogue_expires);
    object_flag(&out, "catalogue_expired", s->catalogue_expired);
    object_number(&out, "store_bytes", s->store_bytes);
    object_number(&out, "disk_free_bytes", s->disk_free_bytes);
    object_flag(&out, "clock_uncertain", s->clock_uncertain);
    object_end(&out);
    puts(buffer);
}

static void
show_status(struct ctl *ctl, const void *message)
{
    if (ctl->json) {
        json_status(message);
    } else {
        print_status(message);
    }
}

int
command_status(struct ctl *ctl, char **words)
{
    int64_t next;
    (void)words;
    return ctl_ask(ctl, &ctl_status_ask_type, NULL, show_status, &next);
}
