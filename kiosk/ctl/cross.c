#include "ctl/cross.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/guess.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "queue/queue.h"

enum { PATH = 2100, ICONS = 256, ICON = 64, CODE = 10, OF_KECAMATAN = 6 };

/* --- icons ------------------------------------------------------------------------------ */

struct icons {
    char names[ICONS][ICON];
    const char *list[ICONS + 1];
};

static void
read_icons(const char *folder, struct icons *icons)
{
    char path[PATH];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/../icons", folder);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir != NULL && count < ICONS && (entry = readdir(dir)) != NULL;) {
        size_t len = strlen(entry->d_name);
        if (len > 4 && len < ICON && strcmp(entry->d_name + len - 4, ".svg") == 0) {
            snprintf(icons->names[count], ICON, "%.*s", (int)len - 4, entry->d_name);
            icons->list[count] = icons->names[count];
            count++;
        }
    }
    icons->list[count] = NULL;
    if (dir != NULL) {
        closedir(dir);
    }
}

static bool
is_icon(const struct icons *icons, const char *file, const char *of, const char *icon,
        struct fault *fault)
{
    char hint[GUESS_BYTES];
    for (const char *const *other = icons->list; *other != NULL; other++) {
        if (strcmp(*other, icon) == 0) {
            return true;
        }
    }
    struct text text = text_over(fault->text, sizeof fault->text);
    text_addf(&text, "%s: the icon of '%s': there is no icons/%s.svg%s", file, of, icon,
              guess_hint(icon, icons->list, hint));
    return false;
}

bool
cross_icons(const struct catalogue *catalogue, const char *folder, struct fault *fault)
{
    struct icons icons;
    const struct group *groups;
    const struct queue_series *queues;
    const struct info_page *pages;
    size_t group_count = catalogue_groups(catalogue, &groups);
    size_t queue_count = catalogue_queues(catalogue, &queues);
    size_t page_count = catalogue_pages(catalogue, &pages);
    read_icons(folder, &icons);
    bool good = true, known = icons.list[0] != NULL;
    for (size_t i = 0; i < group_count && good && known; i++) {
        good = is_icon(&icons, "catalogue.json", groups[i].id, groups[i].icon, fault);
    }
    for (size_t i = 0; i < queue_count && good && known; i++) {
        good = is_icon(&icons, "catalogue.json", queues[i].letter, queues[i].icon, fault);
    }
    for (size_t i = 0; i < page_count && good && known; i++) {
        char file[ICON];
        snprintf(file, sizeof file, "pages/%s.json", pages[i].id);
        good = is_icon(&icons, file, pages[i].id, pages[i].icon, fault);
    }
    return good;
}

/* --- offices ---------------------------------------------------------------------------- */

/* A kelurahan's, or that of a kecamatan: the first six digits of its kelurahan, and zeros. */
static bool
is_code_of_city(const struct catalogue *catalogue, const char *code)
{
    const struct kelurahan *list;
    size_t count = catalogue_kelurahan(catalogue, &list);
    bool kecamatan = strcmp(code + OF_KECAMATAN, "0000") == 0, found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = strncmp(list[i].code, code, kecamatan ? OF_KECAMATAN : CODE) == 0;
    }
    return found;
}

static bool
codes_are_known(const struct catalogue *catalogue, const struct office *office, const char *path,
                struct fault *fault)
{
    const char *unknown = NULL, *key = "serves";
    for (const char *const *code = office_serves(office); *code != NULL && unknown == NULL;
         code++) {
        unknown = catalogue_kelurahan_of(catalogue, *code) == NULL ? *code : NULL;
    }
    if (!is_code_of_city(catalogue, office_code(office))) {
        unknown = office_code(office);
        key = "code";
    }
    struct text text = text_over(fault->text, sizeof fault->text);
    if (unknown != NULL) {
        text_addf(&text, "%s: %s: '%s' is not in kelurahan.json", path, key, unknown);
    }
    return unknown == NULL;
}

static bool
quotas_have_queues(const struct catalogue *catalogue, const struct office *office, const char *path,
                   struct fault *fault)
{
    for (char letter[2] = "A"; letter[0] <= 'Z'; letter[0]++) {
        if (office_quota(office, letter) > 0 && catalogue_queue(catalogue, letter) == NULL) {
            struct text text = text_over(fault->text, sizeof fault->text);
            text_addf(&text, "%s: quotas: catalogue.json has no queue '%s'", path, letter);
            return false;
        }
    }
    return true;
}

bool
cross_office(const struct office *office, const char *path, bool of_city, struct fault *fault)
{
    char folder[PATH];
    struct fault other = {""}; // of a catalogue that is wrong itself: another check's business
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s/../catalogue", slash != NULL ? (int)(slash - path) : 1,
             slash != NULL ? path : ".");
    struct catalogue *catalogue = catalogue_load_folder(folder, &other);
    bool good = catalogue == NULL || (quotas_have_queues(catalogue, office, path, fault) &&
                                      (of_city || codes_are_known(catalogue, office, path, fault)));
    catalogue_destroy(catalogue);
    return good;
}
