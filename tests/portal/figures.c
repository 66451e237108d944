#include "figures.h"

#include <stdio.h>
#include <string.h>

enum { DIGITAL_WHOLE = 10000 };

/* The rest of the name behind "what/"; NULL: another one. */
static const char *
behind(const char *name, const char *what)
{
    size_t len = strlen(what);
    return strncmp(name, what, len) == 0 && name[len] == '/' ? name + len + 1 : NULL;
}

static struct figures_name *
named(struct figures *figures, const char *name)
{
    for (size_t i = 0; i < figures->name_count; i++) {
        if (strcmp(figures->names[i].name, name) == 0) {
            return &figures->names[i];
        }
    }
    static struct figures_name beyond; // counted and never shown
    if (figures->name_count == FIGURES_NAMES) {
        return &beyond;
    }
    struct figures_name *made = &figures->names[figures->name_count++];
    snprintf(made->name, sizeof made->name, "%s", name);
    return made;
}

static void
add_opinion(struct figures *figures, const char *rest, int64_t count)
{
    char service[33], element[8], score[8];
    if (sscanf(rest, "%32[a-z0-9_-]/%7[a-z0-9]/%7[0-9]", service, element, score) != 3) {
        return;
    }
    size_t i = 0;
    while (i < figures->service_count && strcmp(figures->services[i].service, service) != 0) {
        i++;
    }
    if (i < FIGURES_SERVICES && ikm_count(&figures->all, element, score, count)) {
        snprintf(figures->services[i].service, sizeof service, "%s", service);
        figures->service_count += i == figures->service_count;
        ikm_count(&figures->services[i].counts, element, score, count);
    }
}

static void
add_channel(struct figures *figures, int day, const char *rest, int64_t count)
{
    static const char *const channels[CHANNELS] = {[CHANNEL_SELF] = "kiosk-self",
                                                   [CHANNEL_ASSISTED] = "kiosk-assisted",
                                                   [CHANNEL_APP] = "app",
                                                   [CHANNEL_COUNTER] = "counter"};
    for (int i = 0; i < CHANNELS; i++) {
        if (behind(rest, channels[i])) {
            figures->days[day - 1].channels[i] += count;
            figures->month.channels[i] += count;
        }
    }
}

void
figures_add(struct figures *figures, int day, const char *name, int64_t count)
{
    static const char *const ends[] = {"visit/done", "visit/cancelled", "visit/idle",
                                       "visit/looked"};
    const char *rest;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        figures->visits[i] += strcmp(name, ends[i]) == 0 ? count : 0;
    }
    if ((rest = behind(name, "channel")) && day >= 1 && day <= FIGURES_DAYS) {
        add_channel(figures, day, rest, count);
    } else if ((rest = behind(name, "skm"))) {
        add_opinion(figures, rest, count);
    } else if ((rest = behind(name, "left"))) {
        named(figures, rest)->left += count;
    } else if ((rest = behind(name, "error"))) {
        named(figures, rest)->errors += count;
    } else if ((rest = behind(name, "step"))) {
        named(figures, rest)->seconds += count;
    } else if ((rest = behind(name, "seen"))) {
        named(figures, rest)->looks += count;
    } else if ((rest = behind(name, "poll"))) {
        named(figures, name)->votes += count;
    }
}

int64_t
figures_transactions(const struct figures_day *day)
{
    int64_t all = 0;
    for (int i = 0; i < CHANNELS; i++) {
        all += day->channels[i];
    }
    return all;
}

int
figures_digital(const struct figures_day *day)
{
    int64_t all = figures_transactions(day), digital = all - day->channels[CHANNEL_COUNTER];
    return all > 0 ? (int)((2 * DIGITAL_WHOLE * digital + all) / (2 * all)) : -1;
}
