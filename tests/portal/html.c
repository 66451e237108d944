#include "html.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char replacement[] = "\xef\xbf\xbd";

static void
add_raw(struct html *html, const char *bytes, size_t len)
{
    size_t wanted = html->len + len + 1;
    if (html->failed || wanted > HTML_MOST) {
        html->failed = true;
        return;
    }
    if (wanted > html->room) {
        size_t room = wanted * 2;
        char *grown = realloc(html->data, room);
        if (!grown) {
            html->failed = true;
            return;
        }
        html->data = grown;
        html->room = room;
    }
    memcpy(html->data + html->len, bytes, len);
    html->len += len;
    html->data[html->len] = '\0';
}

static void
add_escaped(struct html *html, const char *text)
{
    static const struct {
        char letter;
        const char *name;
    } names[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
                 {'"', "&quot;"}, {'\'', "&#39;"}, {'\n', " "}};
    for (size_t len; *text; text += len) {
        const char *out = text;
        uint32_t code = utf8_at(text, &len);
        size_t size = len;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (*text == names[i].letter) {
                out = names[i].name;
                size = strlen(out);
            }
        }
        if (out == text && (code == 0xfffd || utf8_is_hidden(code))) {
            out = replacement;
            size = sizeof replacement - 1;
        }
        add_raw(html, out, size);
    }
}

void
html_add(struct html *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    for (const char *percent; (percent = strchr(format, '%')); format = percent + 2) {
        char number[24];
        add_raw(html, format, (size_t)(percent - format));
        if (percent[1] == 's') {
            add_escaped(html, va_arg(arguments, const char *));
        } else if (percent[1] == 'd') {
            snprintf(number, sizeof number, "%d", va_arg(arguments, int));
            add_raw(html, number, strlen(number));
        } else { // a format that nobody wrote yet
            html->failed = true;
            break;
        }
    }
    add_raw(html, format, html->failed ? 0 : strlen(format));
    va_end(arguments);
}

char *
html_take(struct html *html)
{
    char *text = html->failed ? NULL : html->data;
    if (!text) {
        free(html->data);
    }
    *html = (struct html){.len = 0};
    return text;
}
