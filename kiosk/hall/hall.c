#include "hall/hall.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "hall/inside.h"

enum { PAGE_MOST = 512 * 1024 };

static const struct page pages[PAGES] = {
    {"/", "counter.html", "text/html; charset=utf-8", NULL, 0},
    {"/counter.js", "counter.js", "text/javascript; charset=utf-8", NULL, 0},
    {"/counter.css", "counter.css", "text/css; charset=utf-8", NULL, 0},
};

bool
hall_give_page(struct hall *hall, struct exchange *exchange)
{
    for (int i = 0; i < PAGES; i++) {
        const struct page *page = &hall->pages[i];
        if (strcmp(exchange_path(exchange), page->path) == 0) {
            exchange_answer(exchange, 200, page->type, page->bytes, page->len);
            return true;
        }
    }
    return false;
}

/* All of today, whenever something changed: a page that slept misses nothing. */
static size_t
write_news(void *context, int64_t *seen, char *out, size_t size)
{
    struct hall *hall = context;
    int64_t version = today_version(hall->today) + hall->version;
    if (*seen == version) {
        return 0;
    }
    struct text text = text_over(out, size);
    text_add(&text, "data: {\"seats\":{");
    const char *comma = "";
    for (int i = 1; i <= 20; i++) {
        const char *officer = sessions_at(&hall->sessions, i);
        if (officer[0] != '\0') {
            text_addf(&text, "%s\"%d\":", comma, i);
            json_write_text(&text, officer);
            comma = ",";
        }
    }
    text_addf(&text, "},\"connected\":%s,\"today\":", line_fd(hall->line) >= 0 ? "true" : "false");
    today_write(hall->today, &text);
    text_add(&text, "}\n\n");
    *seen = version;
    if (text.cut) {
        log_error("hall: today does not fit a page");
        return 0;
    }
    return text.len;
}

static void
hear(void *context, const struct wire_type *type, const void *message)
{
    struct hall *hall = context;
    if (type == &hall_done_type) {
        api_done(hall, message);
    } else {
        today_hear(hall->today, type, message);
    }
}

/* --- the loop --------------------------------------------------------------------------------- */

static bool
read_pages(struct hall *hall, const char *folder)
{
    memcpy(hall->pages, pages, sizeof pages);
    for (int i = 0; i < PAGES; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, pages[i].file);
        hall->pages[i].bytes = files_read(path, PAGE_MOST, &hall->pages[i].len);
        if (hall->pages[i].bytes == NULL) {
            log_error("%s: cannot be read", path);
            return false;
        }
    }
    return true;
}

struct hall *
hall_create(const struct hall_options *options)
{
    size_t len;
    struct hall *hall = calloc(1, sizeof *hall);
    char *certificate = files_read(options->certificate, PAGE_MOST, &len);
    char *key = files_read(options->key, PAGE_MOST, &len);
    if (certificate == NULL || key == NULL) {
        log_error("%s: cannot be read", certificate == NULL ? options->certificate : options->key);
    }
    if (hall != NULL && certificate != NULL && key != NULL) {
        struct https_calls calls = {hall, api_request, write_news, api_gone};
        hall->today = today_create();
        hall->line = line_create(options->socket);
        if (hall->today != NULL && hall->line != NULL && read_pages(hall, options->pages)) {
            hall->server = https_start(options->port, certificate, key, &calls);
        }
    }
    if (key != NULL) {
        secret_zero(key, strlen(key));
    }
    free(certificate);
    free(key);
    if (hall != NULL && hall->server == NULL) {
        hall_destroy(hall);
        hall = NULL;
    }
    return hall;
}

void
hall_destroy(struct hall *hall)
{
    if (hall == NULL) {
        return;
    }
    https_stop(hall->server);
    line_destroy(hall->line);
    today_destroy(hall->today);
    for (int i = 0; i < PAGES; i++) {
        free(hall->pages[i].bytes);
    }
    secret_zero(hall, sizeof *hall);
    free(hall);
}

static int
sleep_for(const struct hall *hall, int64_t now)
{
    int64_t until = now + 10000, dial = line_deadline(hall->line);
    int64_t sign = notify_deadline(&hall->notify), server = https_timeout(hall->server);
    until = dial < until ? dial : until;
    until = sign < until ? sign : until;
    until = server >= 0 && now + server < until ? now + server : until;
    return until > now ? (int)(until - now) : 0;
}

static void
dial(struct hall *hall, int64_t now)
{
    if (line_dial(hall->line, now)) {
        for (int i = 1; i <= 20; i++) {
            if (sessions_at(&hall->sessions, i)[0] != '\0') {
                api_tell_seat(hall, i);
            }
        }
    }
}

bool
hall_run(struct hall *hall, int stop_fd)
{
    notify_open(&hall->notify, clock_monotonic());
    notify_ready(&hall->notify);
    for (;;) {
        int64_t now = clock_monotonic(), before = today_version(hall->today) + hall->version;
        dial(hall, now);
        struct pollfd fds[] = {{.fd = stop_fd, .events = POLLIN},
                               {.fd = https_fd(hall->server), .events = POLLIN},
                               {.fd = line_fd(hall->line), .events = line_events(hall->line)}};
        if (poll(fds, 3, sleep_for(hall, now)) < 0 && errno != EINTR) {
            log_error("poll: %s", strerror(errno));
            return false;
        }
        if (fds[0].revents != 0) {
            notify_stopping(&hall->notify);
            notify_close(&hall->notify);
            return true;
        }
        if (fds[2].revents != 0 && !line_read(hall->line, hear, hall)) {
            api_desk_gone(hall);
        }
        https_run(hall->server);
        if (today_version(hall->today) + hall->version != before) {
            https_news(hall->server);
            https_run(hall->server);
        }
        notify_tick(&hall->notify, clock_monotonic());
    }
}
