#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "wire/ctl_messages.h"

static const char *const outbox_words[] = {"waiting", "delivered", "quarantined", "forgotten",
                                           "lost"};

/* A row of a JSON list: its separator, then the object. */
static void
print_object(struct ctl *ctl, struct text *object)
{
    object_end(object);
    printf("%s%s", ctl->started ? ",\n" : "[\n", object->data);
}

static void
show_outbox(struct ctl *ctl, const void *message)
{
    const struct ctl_outbox_row *row = message;
    const char *state = CTL_WORD(outbox_words, row->state);
    char saved[24], buffer[1024];
    struct text object = text_over(buffer, sizeof buffer);
    if (ctl->json) {
        object_number(&object, "seq", row->seq);
        object_text(&object, "service", row->service);
        object_text(&object, "state", state);
        object_number(&object, "saved_at", row->saved_at);
        object_number(&object, "delivered_at", row->delivered_at);
        object_number(&object, "tries", row->tries);
        object_text(&object, "last_error", row->last_error);
        print_object(ctl, &object);
    } else {
        printf("%8" PRId64 "  %-8s  %-11s  saved %s  tries %d  %s\n", row->seq, row->service, state,
               ctl_moment(row->saved_at, row->utc_offset, saved), row->tries, row->last_error);
    }
    ctl->started = true;
}

static void
show_ticket(struct ctl *ctl, const void *message)
{
    const struct ctl_ticket_row *row = message;
    char issued[24], buffer[256];
    struct text object = text_over(buffer, sizeof buffer);
    if (ctl->json) {
        object_number(&object, "ticket", row->ticket);
        object_text(&object, "number", row->number);
        object_number(&object, "issued_at", row->issued_at);
        print_object(ctl, &object);
    } else {
        printf("%-8s issued %s\n", row->number,
               ctl_moment(row->issued_at, row->utc_offset, issued));
    }
    ctl->started = true;
}

/* All pages of a list; `after` lies in `message`. Nothing is printed where nothing could be
 * asked: a program must not read "empty". */
static int
list(struct ctl *ctl, const struct wire_type *type, const void *message, int64_t *after,
     void (*show)(struct ctl *ctl, const void *message), const char *none)
{
    int done;
    do {
        int64_t next = 0;
        done = ctl_ask(ctl, type, message, show, &next);
        *after = next;
    } while (done == DONE && *after != 0);
    if (ctl->json && (done == DONE || ctl->started)) {
        puts(ctl->started ? "\n]" : "[]");
    } else if (!ctl->json && done == DONE && !ctl->started) {
        puts(none);
    }
    return done;
}

int
command_outbox(struct ctl *ctl, char **words)
{
    struct ctl_outbox_ask page = {.limit = CTL_PAGE};
    (void)words;
    return list(ctl, &ctl_outbox_ask_type, &page, &page.after, show_outbox,
                "no submission was ever saved here");
}

int
command_unprinted(struct ctl *ctl, char **words)
{
    struct ctl_unprinted_ask page = {.limit = CTL_PAGE};
    (void)words;
    return list(ctl, &ctl_unprinted_ask_type, &page, &page.after, show_ticket,
                "every number of today has its paper");
}
