#include "face/portal_words.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

void
portal_words(const struct json_value *value, char *out, size_t size)
{
    struct text text = text_over(out, size);
    const char *at = json_text(value, "");
    for (size_t len; *at != '\0' && !text.cut; at += len) {
        uint32_t code = utf8_at(at, &len);
        bool gap = code == ' ' || utf8_is_control(code);
        if (gap ? text.len > 0 && text.data[text.len - 1] != ' ' : !utf8_is_hidden(code)) {
            text_add_code(&text, gap ? ' ' : code);
        }
    }
}

void
portal_name(const struct json_value *value, char *out, size_t size)
{
    out[0] = '\0';
    if (strlen(json_text(value, "")) < size) {
        portal_words(value, out, size);
    }
}

void
portal_code(const struct json_value *value, char out[CODE_TEXT])
{
    const char *text = json_text(value, "");
    if (!code_parse(text, out) || strcmp(text, out) != 0) {
        out[0] = '\0';
    }
}

void
portal_day(const struct json_value *value, char out[DATE_TEXT])
{
    struct civil day;
    const char *text = json_text(value, "");
    text_copy(out, DATE_TEXT, civil_read_date(text, &day) ? text : "");
}

static int
two_digits(const char *at)
{
    bool digits = at[0] >= '0' && at[0] <= '9' && at[1] >= '0' && at[1] <= '9';
    return digits ? (at[0] - '0') * 10 + at[1] - '0' : 100;
}

void
portal_time(const struct json_value *value, char out[PORTAL_TIME])
{
    const char *text = json_text(value, "");
    out[0] = '\0';
    if (strlen(text) == 5 && text[2] == ':' && two_digits(text) < 24 && two_digits(text + 3) < 60) {
        memcpy(out, text, PORTAL_TIME);
        out[2] = '.';
    }
}

void
portal_series(const struct json_value *value, bool number, char *out, size_t size)
{
    const char *text = json_text(value, "");
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *rest = text + letters;
    size_t digits = number && *rest == '-' ? strspn(rest + 1, "0123456789") : 0;
    bool good = letters >= 1 && letters <= 2 &&
                (number ? digits >= 3 && digits <= 4 && rest[1 + digits] == '\0' : *rest == '\0');
    text_copy(out, size, good ? text : "");
}
