/* The services of an office as data: what can be asked, in which words, and
 * what follows. Loaded from a set of JSON files (assets/catalogue, or the files
 * inside a signed bundle), checked whole, immutable afterwards. The vocabulary of
 * questions follows XLSForm (type name label hint required relevant constraint
 * constraint_message choices appearance). Strings belong to the catalogue. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/fault.h"

struct agency;
struct catalogue;
struct expression;
struct json_value;

enum language { LANGUAGE_ID, LANGUAGE_EN, LANGUAGE_BJN, LANGUAGE_JV, LANGUAGE_COUNT };

/* One text in all languages; a missing one falls back to Indonesian. */
struct words {
    const char *in[LANGUAGE_COUNT];
};
const char *words_in(const struct words *words, enum language language); /* never NULL: "" */

enum question_type {
    QUESTION_TEXT,
    QUESTION_NAME,
    QUESTION_NIK,
    QUESTION_KK,
    QUESTION_NUMBER,
    QUESTION_MONEY,
    QUESTION_PHONE,
    QUESTION_DATE,
    QUESTION_TIME, /* of the day */
    QUESTION_ONE,
    QUESTION_MANY,
    QUESTION_YES_NO,
    QUESTION_RT,
    QUESTION_KELURAHAN,
    QUESTION_ADDRESS,
    QUESTION_ACKNOWLEDGE, /* a statement to accept: "yes" */
    QUESTION_CONSENT, /* to something extra: "yes" or "no", both recorded (UU 27/2022 art. 22) */
    QUESTION_REPEAT   /* how many times the questions of a repeat are answered */
};

struct choice {
    const char *name; /* the value stored */
    struct words label;
    bool common; /* shown before the search in long lists */
};
struct choices {
    const char *name;
    const struct choice *list;
    size_t count;
};

/* What questions belong together: the heading above them. */
struct section {
    const char *name;
    struct words label;
};

/* The questions of a repeat (heirs, witnesses) stand right before the question of type REPEAT
 * that counts its rows; they are asked once a row (spot.h). */
struct question {
    enum question_type type;
    const char *name;
    struct words label;
    struct words hint;        /* one line under the label; may be empty */
    struct words example;     /* may be empty */
    struct words short_label; /* for the review; falls back to label */
    bool required;
    bool reuse;                          /* the same in every form of a visit: asked once */
    const struct section *section;       /* NULL: none */
    int repeat;                          /* index of the REPEAT that asks it once a row; -1 */
    const struct expression *relevant;   /* NULL: always; the section's and repeat's included */
    const struct expression *preset;     /* what stands in the field to begin with; NULL: nothing */
    const struct expression *constraint; /* NULL: none beyond the type's */
    const struct expression *soft_constraint; /* broken: said once, whoever insists goes on */
    struct words constraint_message, soft_constraint_message;
    const struct choices *choices; /* ONE, MANY and KELURAHAN (code; its name with the kecamatan) */
    int min_length, max_length;    /* TEXT and ADDRESS: code points; NUMBER, MONEY: see range */
    int64_t min, max;              /* NUMBER, MONEY; REPEAT: rows, equal when never asked */
    bool past, future;             /* DATE: only up to today / only from today */
    bool masked;                   /* shown masked in the review (NIK, KK, PHONE always are) */
    bool email;                    /* TEXT: small letters, and an "@" among them */
    struct words text;             /* ACKNOWLEDGE, CONSENT: what is accepted */
    const char *text_version;      /* its version */
    int first;                     /* REPEAT: index of its first question */
    struct words add_label;        /* REPEAT: "Tambah ahli waris" */
};

/* Is it something to accept or to consent to? */
bool question_is_statement(const struct question *question);

struct step {
    struct words title, detail;
};

enum after_submit { AFTER_NONE, AFTER_COME_BACK, AFTER_COUNTER_NOW };
enum service_kind { SERVICE_FORM, SERVICE_QUEUE_ONLY };

struct part {
    const char *id;
    struct words title;
};

/* Photos that may follow a request from a phone. */
enum { PHOTOS_MOST = 6, PHOTOS_DAYS = 7 /* after the arrival of the request */ };
struct photos {
    struct words label; /* of what: "Foto tempat kejadian" */
    int most;           /* 0: none; else up to PHOTOS_MOST */
};

struct service {
    const char *id;   /* "sku": file name, envelope, store */
    const char *code; /* "SKU" */
    int version;
    enum service_kind kind;
    const char *group;       /* the life event on the home screen */
    const struct part *part; /* of that group, where it stands below a heading; NULL: none */
    bool common;             /* shown before the others of a group with many */
    const char *queue;       /* series of its counter, "A" */
    struct words title, summary;
    const char *const *search; /* everyday words, NULL-terminated */
    /* Six headings of the service standard (UU 25/2009, Permenpan 15/2014). */
    const struct words *requirements;
    size_t requirement_count;
    struct words procedure, time, cost, product, complaints;
    struct words ready;      /* "Sudah ada KTP, KK, pengantar RT?" */
    struct words offline;    /* what a missing line means for this service */
    bool asks_office;        /* another kelurahan may process it */
    bool anonymous;          /* identity questions may be skipped as the form says */
    bool approval_rt;        /* the head of the RT that the form asks for agrees first */
    bool approval_kelurahan; /* the lurah signs the result; else the office checks and passes on */
    enum after_submit after_submit;
    const struct step *steps;
    size_t step_count;
    const struct question *questions; /* in the order in which they are asked */
    size_t question_count;
    struct words statement; /* "Saya menyatakan data ini benar." */
    struct photos photos;
};

struct group { /* a life event: a tile on the home screen */
    const char *id;
    const char *icon;
    struct words title, summary;
    const struct part *parts; /* headings among its services, in this order */
    size_t part_count;
};
struct queue_series {
    const char *letter; /* "A" */
    struct words title, summary;
    const char *icon;
    bool priority;   /* the series of self-declared priority */
    bool collection; /* of the counter that hands out what is ready */
};
struct kelurahan {
    const char *code; /* "6472021001" */
    const char *name, *kecamatan;
    const char *postal;
    bool pilot; /* among the first offices to be renovated */
};

/* Something to read, and to take along on the phone. */
struct info_page {
    const char *id, *icon;
    struct words title, summary;
    const struct step *parts;
    size_t part_count;
    struct words link_label;       /* what the QR opens */
    const char *link;              /* NULL: none */
    const struct agency *agencies; /* whose hours are told (agency.h) */
    size_t agency_count;
};
/* A kiosk of the city: its slips are told from false ones without the portal. */
struct kiosk_key {
    uint32_t number; /* in the token of its slips */
    const char *kiosk;
    const char *key; /* Ed25519, 64 hexadecimal digits */
};

/* One file of the set: `name` as in "services/sku.json". */
struct catalogue_file {
    const char *name;
    const char *bytes;
    size_t len;
};

/* NULL when anything is wrong; the fault says the first thing. */
struct catalogue *catalogue_load(const struct catalogue_file *files, size_t count,
                                 struct fault *fault);
/* The same from a folder (assets/catalogue). */
struct catalogue *catalogue_load_folder(const char *path, struct fault *fault);
/* The same from the body of a signed bundle (seal/bundle.h), whose version is the catalogue's
 * then: with each change of any of its files it is a higher one, and never below that which
 * catalogue.json names, so that installed catalogues and bundles are one line of versions.
 * Its offices are looked at by whoever needs them (office_load); a file of any other name is a
 * fault, as is one that catalogue.json does not name. */
struct catalogue *catalogue_load_bundle(const struct json_value *body, struct fault *fault);
/* Built in, version 0: a counter and nothing else, for a kiosk whose installed catalogue is
 * refused, until the desk hands over a good one. */
struct catalogue *catalogue_spare(void);
/* Does a file of this name ("services/sku.json") belong to its set? */
bool catalogue_knows_file(const struct catalogue *catalogue, const char *file);
void catalogue_destroy(struct catalogue *catalogue);

int catalogue_version(const struct catalogue *catalogue);
/* "2027-02-22": the portal sends a newer bundle before that day; "" for an installed one. */
const char *catalogue_expires(const struct catalogue *catalogue);
const struct words *
catalogue_notice(const struct catalogue *catalogue); /* privacy notice, UU 27/2022 */
const char *catalogue_notice_version(const struct catalogue *catalogue);
size_t catalogue_services(const struct catalogue *catalogue, const struct service **list);
size_t catalogue_groups(const struct catalogue *catalogue, const struct group **list);
size_t catalogue_queues(const struct catalogue *catalogue, const struct queue_series **list);
size_t catalogue_kelurahan(const struct catalogue *catalogue, const struct kelurahan **list);
size_t catalogue_pages(const struct catalogue *catalogue, const struct info_page **list);
/* Hosts whose documents may be trusted; those below them too. NULL-terminated. */
const char *const *catalogue_document_hosts(const struct catalogue *catalogue);
/* One of them; NULL when there is none. */
const struct kiosk_key *catalogue_kiosk_key(const struct catalogue *catalogue, uint32_t number);
const struct service *catalogue_service(const struct catalogue *catalogue, const char *id);
const struct queue_series *catalogue_queue(const struct catalogue *catalogue, const char *letter);
/* The series of the counter that hands out. */
const struct queue_series *catalogue_collection(const struct catalogue *catalogue);
const struct kelurahan *catalogue_kelurahan_of(const struct catalogue *catalogue, const char *code);
/* Does a resident who types this look for the service? Each word of it must stand in the title
 * (in that language or Indonesian), the summary, the code or the everyday words. */
bool service_is_found(const struct service *service, const char *query, enum language language);
const struct question *service_question(const struct service *service, const char *name);
