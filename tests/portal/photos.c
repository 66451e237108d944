/* What /unggah/PASS does: its page, the form without script, and parts with it. */
#include "photos.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/text.h"
#include "handlers.h"
#include "http.h"
#include "limits.h"
#include "portal.h"
#include "upload_script.h"

enum { UNKNOWN_MOST = 60, UNKNOWN_WINDOW = 10 * 60 };

/* One request at the page. */
struct sending {
    struct portal *portal;
    const struct request *request;
    struct reply *reply;
    uint8_t pass[HASH];
    struct upload upload;
    int64_t now;
};

void
photos_pass(const char *pass, uint8_t out[HASH])
{
    hash_of((const uint8_t *)pass, strlen(pass), out);
}

/* Passes that nobody has are counted by address: no list of them is tried here. */
static enum photos_word
unknown(struct sending *sending)
{
    char name[64];
    snprintf(name, sizeof name, "pass %s", sending->request->address);
    sending->reply->retry_after =
        limits_count(sending->portal->limits, name, UNKNOWN_MOST, UNKNOWN_WINDOW);
    return sending->reply->retry_after > 0 ? PHOTOS_SLOWLY : PHOTOS_NOT_YET;
}

static enum photos_word
sending_open(struct sending *sending, struct portal *portal, const struct request *request,
             struct reply *reply)
{
    *sending =
        (struct sending){.portal = portal, .request = request, .reply = reply, .now = clock_wall()};
    if (!pass_is_valid(request->rest)) {
        return PHOTOS_WRONG;
    }
    photos_pass(request->rest, sending->pass);
    switch (ledger_upload_find(portal->db, sending->pass, sending->now, &sending->upload)) {
    case LEDGER_DONE:
        return sending->upload.closed ? PHOTOS_OVER : PHOTOS_TAKES;
    case LEDGER_NONE:
        return unknown(sending);
    default:
        return PHOTOS_BUSY;
    }
}

static void
say(struct sending *sending, enum photos_word word)
{
    bool known = word != PHOTOS_WRONG && word != PHOTOS_NOT_YET && word != PHOTOS_SLOWLY &&
                 word != PHOTOS_BUSY;
    photos_page(sending->portal, sending->request, sending->reply, known ? &sending->upload : NULL,
                word);
}

void
photos_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct sending sending;
    say(&sending, sending_open(&sending, portal, request, reply));
}

/* Under that pass alone: another pass with the same words is another photo. */
static void
photo_id(const uint8_t pass[HASH], const void *own, size_t len, char out[PHOTO_ID])
{
    uint8_t both[2 * HASH], hash[HASH];
    memcpy(both, pass, HASH);
    hash_of(own, len, both + HASH);
    hash_of(both, sizeof both, hash);
    hex_of(hash, (PHOTO_ID - 1) / 2, out);
}

/* --- the form ----------------------------------------------------------------------------- */

static enum photos_word
take_file(struct sending *sending)
{
    const struct request *request = sending->request;
    char id[PHOTO_ID];
    int64_t received;
    struct photo_part part = {.pass = sending->pass, .id = id, .now = sending->now};
    if (request->too_large) {
        return PHOTOS_TOO_LARGE;
    }
    if (!multipart_file(request->type, request->body, request->len, "foto", &part.bytes,
                        &part.len)) {
        return PHOTOS_UNREADABLE;
    }
    part.type = photo_type(part.bytes, part.len);
    if (part.len > PHOTO_BYTES || !part.type) {
        return part.len > PHOTO_BYTES ? PHOTOS_TOO_LARGE : PHOTOS_TYPE;
    }
    part.size = (int64_t)part.len;
    photo_id(sending->pass, part.bytes, part.len, id); // sent twice, it is one
    switch (ledger_photo_add(sending->portal->db, &part, &received)) {
    case PHOTO_WHOLE:
        return PHOTOS_TAKES;
    case PHOTO_FULL:
        return PHOTOS_ALL;
    case PHOTO_NONE:
        return PHOTOS_TYPE;
    default:
        return PHOTOS_BUSY;
    }
}

void
photos_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct sending sending;
    enum photos_word word = sending_open(&sending, portal, request, reply);
    if (word == PHOTOS_TAKES) {
        word = take_file(&sending);
        if (word == PHOTOS_TAKES) { // loading the page again must not send it again
            snprintf(reply->path, sizeof reply->path, "/unggah/%s?bahasa=%s", request->rest,
                     request->language ? request->language : "");
            reply_with(reply, 303, "text/plain", strdup(""));
            reply->location = reply->path;
            return;
        }
    }
    say(&sending, word);
}

/* --- parts -------------------------------------------------------------------------------- */

/* "bytes 0-99/1234", or "bytes *" and "/1234" to ask. */
static bool
read_range(const char *text, size_t len, struct photo_part *part)
{
    long long first = -1, last = -1, size = 0;
    int end = 0;
    bool asks = text && sscanf(text, "bytes */%lld%n", &size, &end) == 1 && !text[end];
    bool gives = !asks && text && strlen(text) < 48 &&
                 sscanf(text, "bytes %lld-%lld/%lld%n", &first, &last, &size, &end) == 3 &&
                 !text[end];
    part->at = gives ? first : -1;
    part->size = size;
    return size > 0 && (asks ? len == 0
                             : gives && first >= 0 && last >= first && last < size &&
                                   (size_t)(last - first) + 1 == len);
}

/* Each part but the last is worth its row: a photo is no thousands of them. */
static bool
is_worth_it(const struct photo_part *part)
{
    int64_t len = (int64_t)part->len;
    return part->at < 0 || part->at + len == part->size || len >= part->size / PHOTO_PARTS;
}

/* All of it is here; how many there are now is asked anew: others may have come meanwhile. */
static void
answer_whole(struct sending *sending, int64_t received)
{
    struct upload *upload = &sending->upload;
    if (ledger_upload_find(sending->portal->db, sending->pass, sending->now, upload) !=
        LEDGER_DONE) {
        reply_busy(sending->reply);
        return;
    }
    reply_json(sending->reply, 201, "{\"received\":%lld,\"count\":%d,\"most\":%d}",
               (long long)received, upload->count, upload->most);
}

static void
answer_part(struct sending *sending, enum photo_result result, int64_t received)
{
    struct reply *reply = sending->reply;
    switch (result) {
    case PHOTO_WHOLE:
        answer_whole(sending, received);
        break;
    case PHOTO_MORE:
        reply_json(reply, 200, "{\"received\":%lld}", (long long)received);
        break;
    case PHOTO_OFFSET:
        reply_json(reply, 409, "{\"error\":\"offset\",\"received\":%lld}", (long long)received);
        break;
    case PHOTO_FULL:
        reply_error(reply, 409, "full");
        break;
    case PHOTO_NONE:
        reply_error(reply, 415, "type");
        break;
    case PHOTO_OTHER:
        reply_error(reply, 400, "malformed");
        break;
    case PHOTO_FAILED:
        reply_busy(reply);
        break;
    }
}

static void
take_part(struct sending *sending)
{
    const struct request *request = sending->request;
    char id[PHOTO_ID];
    int64_t received = 0;
    struct photo_part part = {.pass = sending->pass,
                              .id = id,
                              .bytes = request->body,
                              .len = request->len,
                              .now = sending->now};
    if (!request->upload_id || !pass_is_valid(request->upload_id) ||
        !read_range(request->range, request->len, &part)) {
        reply_error(sending->reply, 400, "malformed");
        return;
    }
    if (part.size > PHOTO_BYTES) {
        reply_error(sending->reply, 413, "too_large");
        return;
    }
    if (!is_worth_it(&part)) {
        reply_error(sending->reply, 400, "malformed");
        return;
    }
    part.type = part.at == 0 ? photo_type(part.bytes, part.len) : NULL;
    if (part.at == 0 && !part.type) {
        reply_error(sending->reply, 415, "type");
        return;
    }
    photo_id(sending->pass, request->upload_id, strlen(request->upload_id), id);
    enum photo_result result = ledger_photo_add(sending->portal->db, &part, &received);
    answer_part(sending, result, received);
}

void
photos_patch(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct sending sending;
    switch (sending_open(&sending, portal, request, reply)) {
    case PHOTOS_TAKES:
        take_part(&sending);
        break;
    case PHOTOS_OVER:
        reply_error(reply, 410, "closed");
        break;
    case PHOTOS_SLOWLY: {
        int wait = reply->retry_after;
        reply_error(reply, 429, "limited");
        reply->retry_after = wait;
        break;
    }
    case PHOTOS_BUSY:
        reply_busy(reply);
        break;
    default:
        reply_error(reply, 404, "missing");
        break;
    }
}

void
photos_script(struct portal *portal, const struct request *request, struct reply *reply)
{
    (void)portal;
    (void)request;
    reply_with(reply, 200, "text/javascript; charset=utf-8", strdup((const char *)upload_script));
}
