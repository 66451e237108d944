/* Photos that follow a request from a phone: the page of the QR on a slip, at /unggah/PASS.
 *
 * The pass comes with the request inside its envelope, 128 random bits of which only the hash is
 * kept here: the code on the slip leads nowhere, and until the request has arrived the page says
 * so. Who has the pass can add photos and nothing else: how many have come is all that the page
 * shows. It takes them for PHOTOS_DAYS after the arrival, as long as the request is under way.
 *
 * Without script it is a form for one photo. With it (unggah.js) several are sent in parts: each
 * photo has an id that the browser makes and keeps, each part says where it belongs (PATCH,
 * Content-Range), and the answer where to go on, so that a cut costs one part. Parts are rows, a
 * photo is whole in the transaction of its last one. What it is say its first bytes, not its
 * name. A photo that was begun and left makes room after an hour when another one needs it.
 *
 * When it is whole it is cleaned, before anybody sees it: of its file the picture stays, with its
 * colours and how it is to be turned, and place, time, the phone's name, small pictures, comments
 * and whatever hangs behind it are gone. What is not put together like a picture of its kind, or
 * larger than a browser can draw, is no photo and is not kept. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "form/catalogue.h"
#include "ledger.h"

struct html;
struct officer;
struct portal;
struct reply;
struct request;
struct rows;
struct session;

enum { PHOTO_BYTES = 8 * 1024 * 1024, PHOTO_ID = 33, PHOTO_PARTS = 1024 };

/* --- what is kept (ledger_photos.c) ------------------------------------------------------ */

/* What a pass opens. */
struct upload {
    char kiosk[33], request[37], service[33], language[4];
    int count, most;    /* that have come whole, of so many */
    int64_t open_until; /* wall ms */
    bool closed;        /* too late, or the request is finished */
};
/* In the transaction of its submission; false: the database (logged). */
bool ledger_upload_open(struct session *session, const struct submission *submission);
enum ledger_result ledger_upload_find(struct db *db, const uint8_t pass[HASH], int64_t now,
                                      struct upload *upload);

struct photo_part {
    const uint8_t *pass;
    const char *id;   /* of the photo */
    const char *type; /* of the first part; else NULL */
    const uint8_t *bytes;
    size_t len;
    int64_t at, size; /* where it begins, -1: none, it is asked how far it came; of the whole */
    int64_t now;
};
enum photo_result {
    PHOTO_MORE,   /* so much is here */
    PHOTO_WHOLE,  /* all of it, now or before */
    PHOTO_OFFSET, /* it goes on elsewhere */
    PHOTO_OTHER,  /* of that id another size is here */
    PHOTO_FULL,
    PHOTO_NONE,  /* whole, but no photo: nothing of it is kept */
    PHOTO_FAILED /* the database */
};
/* `received`: the bytes that are here. */
enum photo_result ledger_photo_add(struct db *db, const struct photo_part *part, int64_t *received);
/* id type size (as it is kept) done_at, the first to come first; of a request. NULL: the database.
 */
struct rows *ledger_photos_of(struct db *db, const char *kiosk, const char *request);
/* type bytes, a row a part in their order; none where it is not of that officer's kelurahan. */
struct rows *ledger_photo_read(struct db *db, const char *id, const struct officer *who);
/* All parts of such rows one after another, malloc'd, and a zero behind; NULL: no memory. */
uint8_t *photo_whole(const struct rows *rows, size_t *size);

/* --- the page (photos_page.c) ------------------------------------------------------------ */

enum photos_word {
    PHOTOS_WRONG,   /* no pass at all */
    PHOTOS_NOT_YET, /* nothing of that pass is here */
    PHOTOS_TAKES,   /* and the form */
    PHOTOS_OVER,
    PHOTOS_ALL, /* as many as may be */
    PHOTOS_TOO_LARGE,
    PHOTOS_TYPE,
    PHOTOS_UNREADABLE,
    PHOTOS_SLOWLY,
    PHOTOS_BUSY
};
/* `upload` NULL before it is known. */
void photos_page(const struct portal *portal, const struct request *request, struct reply *reply,
                 const struct upload *upload, enum photos_word word);

/* "image/jpeg", png, webp or heic by the first bytes; NULL: none of them. */
const char *photo_type(const uint8_t *bytes, size_t len);
/* The picture alone, in place and no longer than before (photo_clean.c); false: it is none of that
 * type, or too large to draw. */
bool photo_clean(const char *type, uint8_t *bytes, size_t *len);
/* The file of a form's field (multipart/form-data); false: there is none. */
bool multipart_file(const char *type, const uint8_t *body, size_t size, const char *field,
                    const uint8_t **bytes, size_t *len);
/* The hash of a pass, under which it is kept. */
void photos_pass(const char *pass, uint8_t out[HASH]);
