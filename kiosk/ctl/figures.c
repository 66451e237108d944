/* What was counted today, and the share that did not need a counter. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "wire/ctl_messages.h"

static struct {
    int64_t transactions, digital;
} today; // one run, one answer

static bool
is_of(const char *name, const char *what)
{
    return strncmp(name, what, strlen(what)) == 0;
}

static void
show_figure(struct ctl *ctl, const void *message)
{
    const struct ctl_figure_row *row = message;
    if (is_of(row->name, "channel/")) {
        today.transactions += row->count;
        today.digital += is_of(row->name, "channel/counter/") ? 0 : row->count;
    }
    if (ctl->json) { // a name has nothing to escape
        printf("%s\"%s\":%" PRId64, ctl->started ? ",\n" : "{\"counts\":{\n", row->name,
               row->count);
    } else {
        printf("%8" PRId64 "  %s\n", row->count, row->name);
    }
    ctl->started = true;
}

static void
end_json(const struct ctl *ctl)
{
    printf("%s},\n\"transactions\":%" PRId64 ",\"digital\":%" PRId64 "}\n",
           ctl->started ? "\n" : "{\"counts\":{", today.transactions, today.digital);
}

static void
end_lines(const struct ctl *ctl)
{
    if (!ctl->started) {
        puts("nothing was counted today");
    } else if (today.transactions > 0) {
        int64_t tenths = (2000 * today.digital + today.transactions) / (2 * today.transactions);
        printf("digital: %" PRId64 " of %" PRId64 ", %" PRId64 ".%" PRId64 " per cent of 60\n",
               today.digital, today.transactions, tenths / 10, tenths % 10);
    }
}

int
command_figures(struct ctl *ctl, char **words)
{
    int64_t next;
    (void)words;
    int done = ctl_ask(ctl, &ctl_figures_ask_type, NULL, show_figure, &next);
    if (ctl->json && (done == DONE || ctl->started)) {
        end_json(ctl);
    } else if (!ctl->json && done == DONE) {
        end_lines(ctl);
    }
    return done;
}
