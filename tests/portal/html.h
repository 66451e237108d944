/* A page under way. Markup stands in the formats, which are literals; whatever is put
 * into them is escaped, always, here and nowhere else: %s a text, %d a number. Nothing
 * invisible, and nothing that turns the line around, gets through. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct html {
    char *data;
    size_t len, room;
    bool failed; /* no memory, or longer than any page should be */
};
enum { HTML_MOST = 1024 * 1024 };

void html_add(struct html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text, malloc'd, and the page is empty again; NULL when it failed. */
char *html_take(struct html *html);
