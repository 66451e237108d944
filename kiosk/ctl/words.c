#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "ctl/ctl.h"

const char *
ctl_moment(int64_t wall, int32_t utc_offset, char out[24])
{
    struct civil t = civil_at(wall, utc_offset);
    if (wall == 0) {
        return "never";
    }
    snprintf(out, 24, "%04d-%02d-%02d %02d:%02d", t.year % 10000, t.month % 100, t.day % 100,
             t.hour % 100, t.minute % 100);
    return out;
}

const char *
ctl_word(const char *const *words, size_t count, int32_t index)
{
    return index >= 0 && (size_t)index < count ? words[index] : "?";
}

static void
member(struct text *out, const char *key)
{
    text_addf(out, "%c\"%s\":", out->len == 0 ? '{' : ',', key);
}

void
object_text(struct text *out, const char *key, const char *value)
{
    member(out, key);
    json_write_text(out, value);
}

void
object_number(struct text *out, const char *key, int64_t value)
{
    member(out, key);
    text_addf(out, "%" PRId64, value);
}

void
object_flag(struct text *out, const char *key, bool value)
{
    member(out, key);
    text_add(out, value ? "true" : "false");
}

void
object_end(struct text *out)
{
    text_add(out, "}");
}
