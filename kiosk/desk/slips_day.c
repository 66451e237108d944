/* The day on paper, for the office's own folder: numbers by series and what became of them, and
 * how much needed no counter. Counts alone, of nobody. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "desk/slips_parts.h"
#include "store/tallies.h"

static void
put_count(struct slip *slip, const char *what, int count)
{
    char text[16];
    snprintf(text, sizeof text, "%d", count);
    slip_put_pair(slip, what, text);
}

/* A line for each series that gave a number. */
static bool
put_series(struct desk *desk, int32_t day, struct slip *slip)
{
    const struct queue_series *list = NULL;
    size_t count = desk->catalogue != NULL ? catalogue_queues(desk->catalogue, &list) : 0;
    for (size_t i = 0; i < count; i++) {
        struct ticket_day of = {0};
        char name[160];
        if (!keeper_note(desk, ticket_day(desk->store, day, list[i].letter, &of))) {
            return false;
        }
        snprintf(name, sizeof name, "%s %s", list[i].letter, words_in(&list[i].title, LANGUAGE_ID));
        if (of.issued > 0) {
            put_count(slip, name, of.issued);
        }
    }
    return true;
}

static void
put_ends(struct slip *slip, const struct ticket_day *all)
{
    const struct {
        const char *what;
        int count;
    } lines[] = {{"Semua nomor", all->issued},     {"Dilayani", all->served},
                 {"Belum dilayani", all->waiting}, {"Tidak hadir", all->absent},
                 {"Dibatalkan", all->voided},      {"Tanpa kertas", all->unprinted}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        put_count(slip, lines[i].what, lines[i].count);
    }
}

struct share {
    int64_t all, digital;
};

static void
add_share(void *context, const char *name, int64_t count)
{
    struct share *share = context;
    if (strncmp(name, "channel/", 8) == 0) {
        share->all += count;
        share->digital += strncmp(name, "channel/counter/", 16) == 0 ? 0 : count;
    }
}

static void
put_share(struct slip *slip, const struct share *share)
{
    char text[64] = "belum ada";
    if (share->all > 0) {
        int tenths = (int)((2000 * share->digital + share->all) / (2 * share->all));
        snprintf(text, sizeof text, "%d dari %d, %d,%d %%", (int)share->digital, (int)share->all,
                 tenths / 10, tenths % 10);
    }
    slip_put_pair(slip, "Tanpa loket", text);
}

bool
slip_of_day(struct desk *desk, struct slip *slip)
{
    struct ticket_day all = {0};
    struct share share = {0};
    int32_t day = desk_day(desk);
    slip_put_head(desk, false, slip);
    slip_put(slip, SLIP_TEXT, TITLE, true, "Laporan hari ini");
    slip_put_gap(slip, GAP);
    if (desk->store == NULL || !put_series(desk, day, slip) || desk->store == NULL ||
        !keeper_note(desk, ticket_day(desk->store, day, "", &all)) ||
        !keeper_note(desk, tally_each(desk->store, day, add_share, &share))) {
        return false;
    }
    slip_put_gap(slip, GAP);
    put_ends(slip, &all);
    slip_put_gap(slip, GAP);
    put_count(slip, "Kunjungan", visits_today(desk));
    put_share(slip, &share);
    slip_put_pair(slip, "Anjungan", desk->settings->kiosk.id);
    slip_put_time(desk, "Dicetak", clock_wall(), slip);
    return true;
}
