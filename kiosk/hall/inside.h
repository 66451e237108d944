/* The inside of the hall, shared by the file that runs it and the one that answers pages. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/notify.h"
#include "hall/https.h"
#include "hall/line.h"
#include "hall/sessions.h"
#include "hall/today.h"

enum { PENDING = 64, PAIRED = 64, PAGES = 3 };

struct page {
    const char *path, *file, *type;
    char *bytes;
    size_t len;
};

/* What is asked of the desk, and for whom. */
enum asked { ASKED_NOTHING, ASKED_BROWSER, ASKED_PAIR, ASKED_SIGN_IN, ASKED_DEED };
struct pending {
    enum asked asked;
    int64_t request;
    struct exchange *exchange;
    uint8_t browser[HASH];
    char pass[PASS_TEXT];       /* of a browser that is being paired */
    char officer[OFFICER_NAME]; /* who signs in */
    int counter;
};

struct hall {
    struct line *line;
    struct https *server;
    struct today *today;
    struct sessions sessions;
    struct page pages[PAGES];
    struct pending pending[PENDING];
    uint8_t paired[PAIRED][HASH]; /* that the desk knows, asked once */
    int paired_count;
    int64_t requests, version;
    struct notify notify;
};

/* api.c: what pages ask for, and what the desk answers to it. */
void api_request(void *context, struct exchange *exchange);
void api_gone(void *context, struct exchange *exchange);
void api_done(struct hall *hall, const struct hall_done *done);
void api_desk_gone(struct hall *hall); /* nobody waits for an answer that does not come */
void api_tell_seat(struct hall *hall, int counter); /* the desk, who sits there now */

/* hall.c: one of the files that a browser shows; false: no file is called so. */
bool hall_give_page(struct hall *hall, struct exchange *exchange);
