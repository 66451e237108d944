/* One line of a slip as a picture, to be looked for on paper:
 *   slip_line PROFILE.ini KIND SIZE bold|plain TEXT [VALUE] > line.pbm
 * KIND is text, pair, box or check, SIZE in tenths of a millimetre (print/slip.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "print/profile.h"
#include "print/slip.h"
#include "print/spool.h"
#include "type/type.h"

static enum slip_kind
kind_of(const char *word)
{
    static const struct {
        const char *word;
        enum slip_kind kind;
    } kinds[] = {{"pair", SLIP_PAIR}, {"box", SLIP_BOX}, {"check", SLIP_CHECK}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            return kinds[i].kind;
        }
    }
    return SLIP_TEXT;
}

int
main(int argc, char **argv)
{
    struct printer_profile *profile = argc >= 6 ? profile_load(argv[1]) : NULL;
    struct type *type = profile != NULL ? type_create(NULL) : NULL;
    struct slip slip = {.count = 0};
    if (type == NULL) {
        return 2;
    }
    struct slip_line *line = slip_add(&slip, kind_of(argv[2]));
    line->size = (int)strtol(argv[3], NULL, 10);
    line->bold = strcmp(argv[4], "bold") == 0;
    text_copy(line->text, sizeof line->text, argv[5]);
    text_copy(line->value, sizeof line->value, argc > 6 ? argv[6] : "");
    struct raster *raster = slip_raster(&slip, type, profile->dots, profile->dots_per_mm);
    bool good = raster != NULL;
    if (good) {
        size_t len = (size_t)raster->stride * (size_t)raster->height;
        printf("P4\n%d %d\n", raster->width, raster->height);
        good = fwrite(raster->bits, 1, len, stdout) == len;
    }
    raster_destroy(raster);
    type_destroy(type);
    profile_destroy(profile);
    return good ? 0 : 1;
}
