/* The pages for the office's people, at /petugas: small, rendered here, without script.
 *
 * Who: a random token in a cookie (__Host-, HttpOnly, SameSite=Strict), of which only the
 * hash is kept; half an hour unused, ten hours at most, or sign-out, and it is over. Each
 * form carries a word made from that token; the form of the sign-in page from the token that
 * the page itself set, which ends with the sign-in. Tries are counted before a password is
 * looked at; an unknown name costs as long as a wrong password.
 *
 * What they see: their kelurahan alone; the head of an RT what waits for him, with masked
 * numbers, as he must know who asks and not by which number (but for the NIK where the form
 * has no name: then it says who); an administrator accounts and no request. What is not
 * theirs is "not found", never "forbidden". No payments: nobody here acts on one, it is between
 * the payer and the tax office, and any kiosk tells its state by its number. */
#pragma once
#include "fields.h"
#include "html.h"
#include "officers.h"

struct portal;
struct reply;
struct request;

enum { TOKEN = 32, TOKEN_TEXT = 44, CSRF = 2 * HASH + 1 };

/* One request of somebody who is signed in. */
struct call {
    struct portal *portal;
    const struct request *request;
    struct reply *reply;
    struct officer officer;
    char csrf[CSRF];
    struct fields fields; /* of a POST */
};

/* False: it was answered (to the sign-in page; a form that is not ours; the database). A POST
 * has its fields read and its word checked. Close in either case. */
bool call_open(struct call *call, struct portal *portal, const struct request *request,
               struct reply *reply, bool post);
void call_close(struct call *call);
/* Is the form's word the one for this browser? */
bool call_knows_form(const struct call *call);
bool call_is(const struct call *call, enum role role);

/* --- pages ----------------------------------------------------------------------------- */

/* `call` NULL: nobody is signed in. */
void page_begin(struct html *html, const struct call *call, const char *title);
void page_back(struct html *html); /* the way to the front page */
void page_end(struct html *html, struct reply *reply, int status);
void page_go(struct reply *reply, const char *path); /* 303 */
/* One thing to say and a way back. */
void page_say(struct reply *reply, const struct call *call, int status, const char *heading,
              const char *words);
void call_say(struct call *call, int status, const char *heading, const char *words);
void page_busy(struct reply *reply);

/* The front page, with something to say on top of it, or NULL. */
void home_write(struct call *call, int status, const char *words);
void page_moment(struct html *html, const struct call *call,
                 int64_t wall);                                    /* "24 Nov 2026, 14.05" */
const char *page_service(const struct call *call, const char *id); /* its title */

/* --- answers (people_answers.c) ------------------------------------------------------------ */

struct json_value;
struct service;
enum masked { MASKED_NOTHING, MASKED_NUMBERS, MASKED_BUT_NIK };
/* What the head of an RT may not read of that form. */
enum masked answers_mask(const struct service *service, const struct json_value *answers);
/* The form as a list of labels and answers. */
void answers_show(struct html *html, const struct service *service,
                  const struct json_value *answers, enum masked masked);
/* "Nama usaha" of "nama_usaha". */
const char *answers_label(const struct service *service, const char *name);

/* The photos that followed a request, for those who may see them (people_photos.c). */
void photos_show(struct html *html, const struct call *call, const struct filed *filed);
