/* Which typeface: Inter, Regular, SemiBold and Bold, from the Debian package
 * fonts-inter (OFL), opened by kiosk/type/faces.c. No font file lives here.
 *
 * This check reads every text that residents may see (the .po and .json files below
 * the given folders, and the C files whose words stand on screen and paper) and names
 * each character that one of the three faces lacks. A language that needs another
 * face is found here, not on a panel. Prints TAP: one case a file. */
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "type/type.h"

enum { FILE_MAX = 8 << 20, NAMED = 8 };

static struct type *type;
static int cases, failed;

static void
check(const char *name, const char *text, size_t len)
{
    int missing = 0;
    for (size_t at = 0, step; at < len; at += step) {
        uint32_t code = utf8_at(text + at, &step);
        step = step ? step : 1;
        if (code < ' ' || type_has(type, code)) {
            continue;
        }
        if (missing++ < NAMED) {
            printf("# %s: no glyph for U+%04X\n", name, code);
        }
    }
    printf("%s %d - %s\n", missing ? "not ok" : "ok", ++cases, name);
    failed += missing > 0;
}

static int
visit(const char *path, const struct stat *stat, int kind, struct FTW *walk)
{
    (void)stat;
    const char *dot = strrchr(path + walk->base, '.');
    if (kind != FTW_F || !dot ||
        (strcmp(dot, ".po") != 0 && strcmp(dot, ".json") != 0 && strcmp(dot, ".c") != 0)) {
        return 0;
    }
    size_t len;
    char *text = files_read(path, FILE_MAX, &len);
    if (text) {
        check(path + walk->base, text, len);
    }
    free(text);
    return text ? 0 : -1;
}

int
main(int argc, char **argv)
{
    // The letters of Indonesian, English, Banjar and Javanese in Latin script, and the
    // signs of prices, times and quotations.
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "ÉÈÊéèêÅåĀāËëĚě .,:;!?'\"()/-–—…·•×±§°%&@#+*=<>€“”‘’«»";
    bool read = true;
    type = type_create(NULL);
    if (!type) {
        return 1;
    }
    check("letters", letters, sizeof letters - 1);
    for (int i = 1; i < argc; i++) {
        read = nftw(argv[i], visit, 16, FTW_PHYS) == 0 && read;
    }
    printf("1..%d\n", cases);
    type_destroy(type);
    return failed || !read ? 1 : 0;
}
