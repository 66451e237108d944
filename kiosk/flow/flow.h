/* A visit as a pure state machine: flow_step(flow, event) -> effects. No clock, no
 * disk, no network, no SDL: the time comes in with the event, what must happen in
 * the world goes out as effects. Screens draw a flow; the face runs its effects.
 * What the resident typed lives in `memory` alone and is zeroed when the visit ends. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/clock.h"
#include "base/states.h"
#include "flow/bill.h"
#include "flow/booking.h"
#include "flow/photos.h"
#include "form/catalogue.h"
#include "form/check.h"
#include "form/mending.h"
#include "form/opinions.h"
#include "form/spot.h"

struct secret;

enum place { /* one screen each */
             PLACE_HOME,
             PLACE_RESTING /* dimmed: hours, notices */,
             PLACE_GROUP /* services of a life event */,
             PLACE_SERVICE /* six headings */,
             PLACE_OFFICE /* which kelurahan */,
             PLACE_QUESTION,
             PLACE_REVIEW,
             PLACE_WORKING,
             PLACE_DONE,
             PLACE_PHOTOS /* after it: the QR to send photos by, and how many came */,
             PLACE_QUEUES /* which counter */,
             PLACE_TICKET_AGAIN /* one was just taken */,
             PLACE_TICKET,
             PLACE_TICKET_FAILED,
             PLACE_BOOKING_CODE /* of a place taken at home */,
             PLACE_BOOKING /* what came instead of its number */,
             PLACE_STATUS_CODE,
             PLACE_STATUS_FACT,
             PLACE_STATUS,
             PLACE_INFO,
             PLACE_INFO_PAGE,
             PLACE_VERIFY /* is this document's code a true one? */,
             PLACE_VERIFIED,
             PLACE_SURVEY /* what was it like? after a filed form */,
             PLACE_POLL /* the office asks, and thanks */,
             PLACE_BILL_NOP /* land tax: which parcel */,
             PLACE_BILL_YEAR,
             PLACE_BILL,
             PLACE_PAY /* the code to pay it, while it lives */,
             PLACE_PAID,
             PLACE_PAY_TROUBLE /* what came instead of "paid" */,
             PLACE_PAY_CHECK /* a reference, typed */,
             PLACE_OUT_OF_SERVICE,
             PLACE_SORRY,
             PLACE_COUNT
};

enum cover { /* drawn over a place, which waits below it */
             COVER_NONE,
             COVER_HELP,
             COVER_LANGUAGE,
             COVER_SIZE /* text size and contrast */,
             COVER_SOUND,
             COVER_NOTICE /* privacy */,
             COVER_HINT,
             COVER_CANCEL /* really? */,
             COVER_IDLE /* still here? */,
             COVER_FILLED /* who fills the form in */,
             COVER_COUNT
};

/* Who fills the form in, for whom it is: recorded with it, without a name. */
enum filled_by { FILLED_SELF, FILLED_COMPANION, FILLED_OFFICER, FILLED_COUNT };

/* What a node of the screen does when pressed is one of these with a number. */
enum flow_event_kind {
    FLOW_NOTHING,
    /* the resident */
    FLOW_GROUP,   /* arg: index of the group; -1: all services */
    FLOW_SERVICE, /* arg: index of the service */
    FLOW_QUEUES,
    FLOW_QUEUE /* arg: index of the series */,
    FLOW_PRIORITY /* toggle */,
    FLOW_TICKET_AGAIN,
    FLOW_BOOKING /* a place taken at home */,
    FLOW_PLAIN /* it is over: an ordinary number instead */,
    FLOW_REPRINT,
    FLOW_CHECKLIST, /* of the service: what to bring, on paper */
    FLOW_STATUS,
    FLOW_MEND /* what was sent back: answer it anew */,
    FLOW_COLLECT /* it is ready: a number of the counter that hands out */,
    FLOW_INFO,
    FLOW_INFO_PAGE, /* arg: index of the page */
    FLOW_VERIFY,
    FLOW_BILL,      /* land tax */
    FLOW_BILL_YEAR, /* arg: years before this one */
    FLOW_PAY,
    FLOW_PAY_CHECK, /* was it paid: of the reference at hand, else one is typed */
    FLOW_NEXT,
    FLOW_BACK,
    FLOW_CANCEL,
    FLOW_CANCEL_YES,
    FLOW_HOME,
    FLOW_DONE,
    FLOW_KEEP,
    FLOW_PHOTOS,     /* the page with the QR */
    FLOW_CHOOSE,     /* arg: index of the choice */
    FLOW_SKIP,       /* optional question */
    FLOW_UNKNOWN,    /* "Saya tidak tahu NIK": the counters, or on if it is optional */
    FLOW_EDIT,       /* arg: spot_number() of the question, from the review */
    FLOW_REVEAL,     /* arg: spot_number() while held, -1 when let go */
    FLOW_ROW_ADD,    /* of a repeat: heirs, witnesses */
    FLOW_ROW_EDIT,   /* arg: row */
    FLOW_ROW_REMOVE, /* arg: row; asks, then does it; 0: it stays after all */
    FLOW_ANOTHER,    /* after one service another, in the same visit */
    FLOW_AGREE,      /* toggle the statement */
    FLOW_FILLED,     /* arg: enum filled_by */
    FLOW_OFFICE,     /* arg: index of the kelurahan */
    FLOW_SCORE,      /* arg: 1, the worst, to 4 */
    FLOW_POLL,       /* the poll of today */
    FLOW_VOTE,       /* arg: index of its choice */
    FLOW_PAGE,       /* arg: page to show */
    FLOW_COVER,      /* arg: enum cover; COVER_NONE closes */
    FLOW_LANGUAGE,   /* arg: enum language */
    FLOW_SIZE,       /* arg: 0 1 2 */
    FLOW_CONTRAST,   /* arg: 0 1 */
    FLOW_VOLUME,     /* arg: 0 off .. 3 */
    FLOW_CALL_STAFF,
    FLOW_STILL_HERE,
    FLOW_NEW_VISITOR,
    /* typing; also from a hardware keyboard */
    FLOW_TYPE, /* arg: code point */
    FLOW_ERASE,
    FLOW_CLEAR,
    FLOW_CARET /* arg: code-point index */,
    FLOW_CARET_LEFT,
    FLOW_CARET_RIGHT,
    FLOW_LAYER /* arg: enum key_layer of the keyboard */,
    FLOW_SCAN,     /* text: a whole scan; of a slip's QR the code inside its token.
                      arg: enum flow_scan */
    FLOW_VERIFIED, /* a scan at PLACE_VERIFY, and what it is */
    /* the world */
    FLOW_TICK,  /* a deadline of flow_deadline() passed */
    FLOW_TOUCH, /* any touch or key: puts the idle deadline off */
    FLOW_DESK_UP,
    FLOW_DESK_DOWN,
    FLOW_DESK_STATUS,
    FLOW_TICKET_ANSWER,
    FLOW_SUBMIT_ANSWER,
    FLOW_PRINT_STATE,
    FLOW_DELIVERED,
    FLOW_STATUS_ANSWER,
    FLOW_BILL_ANSWER,
    FLOW_BOOKING_ANSWER,
    FLOW_PHOTOS_ANSWER,
    FLOW_HELP_ANSWER,
    FLOW_SUBMIT_FAULT, /* the face could not seal or send */
    FLOW_CATALOGUE     /* a new catalogue waits; adopted at home */
};

enum flow_scan { SCAN_ANY, SCAN_BOOKING /* the code of a booking's QR */ };

enum portal_status { /* answer of a status look-up; e-Kelurahan chain */
                     STATUS_SENT,
                     STATUS_WAIT_RT,
                     STATUS_RT_AGREED,
                     STATUS_RT_REFUSED,
                     STATUS_CHECKING,
                     STATUS_MEND,
                     STATUS_SIGNING,
                     STATUS_SIGNED,
                     STATUS_READY,
                     STATUS_DELIVERED,
                     STATUS_FINISHED,
                     STATUS_NOT_FOUND,
                     STATUS_OFFLINE,
                     STATUS_LIMITED,
                     STATUS_FAILED
};

enum verdict {                  /* on the code of a document */
               VERDICT_TRUE,    /* a slip of a kiosk of this city */
               VERDICT_FALSE,   /* says that it is one, and is not */
               VERDICT_UNKNOWN, /* of a kiosk that is not in the register here */
               VERDICT_HOST,    /* leads to a host that may be trusted */
               VERDICT_FOREIGN, /* leads somewhere else */
               VERDICT_NONE     /* no document's code at all */
};
struct flow_verified {
    enum verdict verdict;
    bool ticket;              /* TRUE: a queue number's slip, else a receipt's */
    char code[16], kiosk[49]; /* TRUE */
    char day[DATE_TEXT];      /* TRUE */
    char host[81], link[400]; /* HOST, FOREIGN */
};

/* An answer to mend, and what was wrong with it. */
enum { FLOW_MENDS = 8 };
struct flow_mend {
    char question[33], reason[161 * 4];
};

/* What the portal says about a request. */
struct flow_found {
    enum portal_status status;
    char service[48] /* its id */, reason[160], since[DATE_TEXT];
    int minutes; /* LIMITED: to wait, 0 unknown */
    int mends;   /* MEND: how many answers, 0 where the kiosk cannot say */
    struct flow_mend mend[FLOW_MENDS];
};

/* The desk's, to a wish for a number or to a submission. */
struct flow_answer {
    int64_t request;
    int result;         /* enum ticket_result or enum submit_result, base/states.h */
    const char *number; /* NULL or empty: none */
    int ahead, minutes; /* people before it; minutes -1: nobody knows */
};

struct flow_event {
    enum flow_event_kind kind;
    int64_t arg;
    int64_t now;       /* monotonic ms */
    const char *today; /* "2026-11-24", office time; never NULL */
    bool held;         /* no new touch: said again by what stays down, or told of before */
    union {            /* by kind; the strings need live for the call only */
        const char *text;
        const struct flow_verified *verified;
        struct flow_answer ticket, submit;
        struct {
            int64_t request;
            int state, cause;
        } print;
        struct {
            int64_t request;
            enum portal_status status;
            const char *service, *reason, *since;
            int minutes;
            const struct flow_mend *mend; /* `mends` of them */
            int mends;
        } status;
        struct {
            int64_t request;
            const struct bill_answer *answer;
        } bill;
        struct {
            int64_t request;
            const struct booking_answer *answer;
        } booking;
        struct {
            int64_t request;
            const struct photos_answer *answer;
        } photos;
        struct {
            int64_t request;
            bool told;
        } help;
        struct {
            int intake;
            bool tickets_open, online;
        } desk;
    };
};

enum effect_kind {
    EFFECT_TICKET, /* ask for a number: queue, priority, again */
    EFFECT_SUBMIT, /* build, seal and send the document */
    EFFECT_REPRINT,
    EFFECT_CHECKLIST,
    EFFECT_LOOKUP /* seal and send a question to the portal; arg: enum ask */,
    EFFECT_PAY_SLIP /* the receipt of a payment; arg: 1 a copy */,
    EFFECT_HELP,
    EFFECT_LANGUAGE, /* switch gettext */
    EFFECT_LOOK,     /* size or contrast changed */
    EFFECT_VOLUME,
    EFFECT_SOUND,     /* arg: enum flow_sound */
    EFFECT_SCORE,     /* request: the survey's step, arg: 1 to 4; of the flow's service */
    EFFECT_VOTE,      /* arg: index of a choice of the flow's poll */
    EFFECT_VISIT_END, /* arg: enum visit_outcome; the flow has wiped itself already */
    EFFECT_ADOPT      /* home and nobody here: adopt the waiting catalogue now */
};
enum flow_help { HELP_NOT_ASKED, HELP_ASKING, HELP_TOLD, HELP_NOT_TOLD }; /* the officer */
enum flow_sound { SOUND_PRESS, SOUND_ERROR, SOUND_ATTENTION, SOUND_DONE };
struct flow_effect {
    enum effect_kind kind;
    int64_t request; /* number to repeat in the answer */
    int64_t arg;
};
enum { FLOW_EFFECTS = 6 };
struct flow_effects {
    struct flow_effect list[FLOW_EFFECTS];
    size_t count;
};

/* Times in ms, from configuration. */
struct flow_times {
    int64_t idle, idle_warning, done, rest, working_patience;
};

struct flow_ticket {
    int64_t request;
    char number[16];
    int ahead, minutes;
    int print;       /* enum print_state, base/states.h */
    int print_cause; /* enum printer_state */
    bool have;
};

enum {
    FLOW_DRAFT = 1536,
    FLOW_LAST_PAGE = 99,
    FLOW_LONG_LIST = 14,         /* more choices than this: common ones first, the rest by search */
    FLOW_LONG_GROUP = 10,        /* more services than this: too */
    FLOW_FIRST_VOLUME = 2,       /* what a visit starts with */
    FLOW_WAIT_SHOWN = 300,       /* ms after which a wait gets its own screen */
    FLOW_DESK_GRACE = 10000,     /* ms without a desk at home before it is out of service */
    FLOW_PAY_POLL = 4000,        /* ms between questions whether a code was paid */
    FLOW_PHOTOS_POLL = 5000,     /* ms between questions how many photos have come */
    FLOW_PAY_GRACE = 20000,      /* ms after a code's end until nobody knows */
    FLOW_PAPER_PATIENCE = 25000, /* ms without news of the paper: it counts as failed */
    FLOW_LAYERS = 16,            /* `layer` is below this */
    FLOW_LAYER_KEPT = 1,         /* its bit that stays when the next question comes */
    FLOW_SUBMIT_SILENT = 100,    /* submit_result: the desk did not answer, nothing is lost */
    FLOW_SURVEY_MORE = 100,      /* survey_step: "8 lagi?" */
    FLOW_SURVEY_THANKS           /* and the last word */
};

struct flow {
    /* settings of the visit: back to default at its end */
    enum language language;
    int size; /* 0 normal, 1 large, 2 largest */
    bool contrast;
    int volume;

    enum place place;
    enum cover cover;
    int page; /* of a place with more than fits; beyond the last: the last */
    int cover_page;

    const struct catalogue *catalogue; /* owned by the face; swapped only on EFFECT_ADOPT */
    const struct group *group;
    const struct service *service;
    const struct queue_series *queue;
    bool priority;
    struct spot spot; /* the question, SPOT_NONE before the first */
    bool editing;     /* came from the review, goes back to it */
    bool in_row;      /* came from the list of rows, goes back to it */
    int removing;     /* row whose removal was asked for once; 0 none */
    int64_t reveal;   /* spot_number() of what is shown in full while held, -1 none */
    bool agreed;
    enum filled_by filled_by;       /* stays for the visit's next errand: the helper does too */
    const struct kelurahan *office; /* the one chosen; the kiosk's own to start with */

    /* in `memory`: */
    struct secret *memory;
    struct answers *answers;
    struct answers *drafts; /* fields left before they were good */
    struct answers *kept;   /* of an earlier form of the visit: asked once */
    char *draft;  /* FLOW_DRAFT bytes: what is in the field; a chosen name, several with one
                     space between; a date as its digits DDMMYYYY, a time as HHMM */
    size_t caret; /* byte offset in flow_field() */
    char *search; /* filter of a long list and of the kelurahan, FLOW_DRAFT bytes */
    char *status_code, *status_fact; /* typed at STATUS_CODE and STATUS_FACT */
    char *id, *code; /* of the submission; the face makes both when it first seals */
    char *replaces;  /* id under which this request was sealed first, empty until an edit: a later
                        wording has an id of its own, keeps the code and names this one */
    char *pass;    /* PASS_TEXT bytes: with it photos may follow the request; empty: none. Its later
                      wordings keep it */
    char *scratch; /* twice FLOW_DRAFT bytes for what is being checked */
    int layer;     /* of the keyboard, whose bits it is (ui/keyboard.h) */

    struct check check; /* what is wrong with the draft; PROBLEM_NONE: nothing known */
    /* On DONE its `print` tells the receipt's, with or without a number. */
    struct flow_ticket ticket;
    const struct service *ticket_service; /* whose page the number was taken from; NULL */
    bool booked;                          /* the number is the booking's */
    struct flow_photos photos;
    struct flow_ticket list; /* a checklist: its request, its paper, why it failed */
    int ticket_result;       /* enum ticket_result of the last answer: why SORRY, why help opened */
    bool submitted, delivered, keep; /* done screen */
    int submit_result; /* enum submit_result; SUBMIT_SAVED also while nothing went wrong */
    enum flow_help help;
    struct flow_bill *bill;         /* these four in `memory` */
    struct flow_booking *booking;   /* whoever has its code has the place */
    struct flow_found *found;       /* what an officer wrote may name people */
    struct flow_verified *verified; /* and so may the address on a document */
    struct mending mending;         /* the form of what was sent back, while `mends` */
    bool mends;
    const struct info_page *info; /* that is open */
    size_t survey_step;           /* survey_at(), or what stands after the first and the last */
    const struct poll *poll;      /* that is open here */
    bool voted;                   /* one answer a visit */

    bool desk_up;
    int intake; /* enum intake, base/states.h */
    bool tickets_open, online;
    bool catalogue_waits;

    int64_t now, touched, entered; /* monotonic ms: latest event, last touch, entry of this place */
    int64_t visit_began;           /* 0: nobody here */
    int64_t request;               /* last number given out */
    int64_t waiting_for; /* request that is waited for; 0 none. The first FLOW_WAIT_SHOWN ms of a
                            wait stay on the screen where it began, which takes no presses */
    struct flow_effect waiting; /* what was asked, to ask again when the desk is back */
    bool unasked;               /* not yet: the desk is gone, or still checks its store */
    enum place asked_at;        /* where the wait began */
    enum place before;          /* where BACK leads from QUEUES */
    enum cover under;           /* what the idle prompt hides */
    int64_t asked;              /* when the wait began */
    int64_t submit_request;     /* of the last submission, whose late answer still counts */
    int64_t print_request;      /* of a reprint; 0 none */
    int64_t help_request, help_asked;
    int64_t settled;               /* when the paper was done, for the countdown */
    int64_t idle_since, desk_lost; /* desk_lost 0: it is there */
    struct flow_times times;
    struct bill_terms terms;
    enum language first_language; /* the office's default */
    const char *home_office;      /* kelurahan code of this kiosk */
    const char *serves;           /* a kecamatan's kiosk: codes of its kelurahan; else "" */
};

/* `memory` is the visit's and must outlive the flow. */
void flow_init(struct flow *flow, struct secret *memory, const struct catalogue *catalogue,
               const struct flow_times *times, const char *home_office, enum language first);
struct flow_effects flow_step(struct flow *flow, const struct flow_event *event);

/* When FLOW_TICK is due, monotonic ms; INT64_MAX: nothing to wait for. */
int64_t flow_deadline(const struct flow *flow);
/* Seconds left on the idle prompt, the done screen or a code to pay with; -1: no countdown on
 * screen. */
int flow_countdown(const struct flow *flow);
/* Position among the questions that are relevant now: "2 dari 8". */
void flow_progress(const struct flow *flow, const char *today, int *position, int *total);
/* The text being typed at this place (draft, search, status_code, status_fact), which the
 * caret is of; NULL where nothing is typed. */
const char *flow_field(const struct flow *flow);
/* Is it asked which kelurahan processes the service? Of a kecamatan's kiosk always. */
bool flow_asks_office(const struct flow *flow);
/* Is it this kiosk's own kelurahan, or one that its kecamatan serves? */
bool flow_serves(const struct flow *flow, const char *code);
/* Does this place search a long list? */
bool flow_searches(const struct flow *flow);
/* May the bill on screen be paid here? */
bool bill_is_payable(const struct flow *flow);
/* Can what the office sent back be mended here? `mending` gets the questions. */
bool mend_is_possible(const struct flow *flow, struct mending *mending);
/* After EFFECT_ADOPT: the new catalogue; the old one may be destroyed then. */
void flow_adopt(struct flow *flow, const struct catalogue *catalogue);
