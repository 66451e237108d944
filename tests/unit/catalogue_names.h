/* The files of a catalogue's folder by name, as the loader takes them: "services/sku.json". */
#pragma once
#include <dirent.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CATALOGUE_NAME = 64, CATALOGUE_NAMES = 256 };

static inline size_t
catalogue_names(const char *folder, char names[CATALOGUE_NAMES][CATALOGUE_NAME])
{
    static const char *const parts[] = {"choices", "questions", "pages", "services"};
    static const char *const others[] = {"survey.json", "polls.json"};
    size_t count = 0;
    strcpy(names[count++], "catalogue.json");
    strcpy(names[count++], "kelurahan.json");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        if (access(path, R_OK) == 0) {
            strcpy(names[count++], others[i]);
        }
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
        DIR *open = opendir(path);
        for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
            if (strstr(entry->d_name, ".json") != NULL && count < CATALOGUE_NAMES) {
                snprintf(names[count++], CATALOGUE_NAME, "%s/%.48s", parts[i], entry->d_name);
            }
        }
        if (open != NULL) {
            closedir(open);
        }
    }
    return count;
}
