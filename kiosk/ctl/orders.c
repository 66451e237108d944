#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "wire/ctl_messages.h"
#include "wire/face_messages.h"

static void
show_nothing(struct ctl *ctl, const void *message)
{
    (void)ctl;
    (void)message;
}

/* Ask for one thing that has no answer but how it went. */
static int
order(struct ctl *ctl, const struct wire_type *type, const void *message, const char *key,
      const char *sentence)
{
    int64_t next;
    int done = ctl_ask(ctl, type, message, show_nothing, &next);
    if (done == DONE && ctl->json) {
        printf("{\"%s\":true}\n", key);
    } else if (done == DONE) {
        puts(sentence);
    }
    return done;
}

static void
note_printer(struct ctl *ctl, const void *message)
{
    ctl->printer = ((const struct ctl_status *)message)->printer;
}

/* A slip is tried whatever the printer's state, as that may be a minute old; whoever waits beside
 * the printer is told what may keep it. A printer that does not tell its state counts as ready. */
int
command_test_print(struct ctl *ctl, char **words)
{
    char sentence[120];
    int64_t next;
    (void)words;
    int done = ctl_ask(ctl, &ctl_status_ask_type, NULL, note_printer, &next);
    if (done != DONE) {
        return done;
    }
    bool able = ctl->printer == PRINTER_READY || ctl->printer == PRINTER_NEAR_END ||
                ctl->printer == PRINTER_UNKNOWN;
    snprintf(
        sentence, sizeof sentence, "a test slip is on its way%s%s",
        able ? "" : ", but the printer was last seen: ", able ? "" : ctl_printer(ctl->printer));
    return order(ctl, &ctl_test_print_type, NULL, "taken", sentence);
}

int
command_paper_changed(struct ctl *ctl, char **words)
{
    (void)words;
    return order(ctl, &ctl_paper_changed_type, NULL, "taken",
                 "the paper is counted anew, and a test slip is on its way: is its QR whole?");
}

int
command_print_day(struct ctl *ctl, char **words)
{
    (void)words;
    return order(ctl, &ctl_print_day_type, NULL, "taken", "the day's figures are on their way");
}

int
command_reprint(struct ctl *ctl, char **words)
{
    struct ctl_reprint message = {.number = words[0]};
    return order(ctl, &ctl_reprint_type, &message, "taken", "a copy is on its way");
}

int
command_send_now(struct ctl *ctl, char **words)
{
    (void)words;
    return order(ctl, &ctl_send_now_type, NULL, "trying", "the portal is being tried");
}

int
command_enrol(struct ctl *ctl, char **words)
{
    if (!ctl_settings(ctl)) {
        return FAILED;
    }
    const char *url = words[1] != NULL ? words[1] : ctl->settings->portal.url;
    struct ctl_enrol message = {.code = words[0], .url = url};
    if (strncmp(url, "https://", 8) != 0) {
        fputs("anjunganctl: enrol needs the portal's address, https://HOST, here or as [portal] "
              "url\n",
              stderr);
        return MISUSED;
    }
    return order(ctl, &ctl_enrol_type, &message, "enrolled", "enrolled");
}
