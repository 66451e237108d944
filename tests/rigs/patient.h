/* The real desk as a patient: in weather of the rig's making, killed, refused and started
 * again, with the test in the face's place and the portal beside it. One at a time; cmocka's
 * assertions inside. */
#pragma once
#include "unit/desk/stand.h"

#include <sys/types.h>

#include "portal/office.h"
#include "rigs/weather.h"

struct patient {
    char **arguments; /* of the rig: SOURCE SCRIPTS PROGRAM CATALOGUE DESK CARELESS_DESK LIBRARY */
    struct stand stand;
    struct office office;
    struct weather *weather;
    char weather_path[128], log_path[128];
    pid_t desk; /* 0: none */
    int forms;  /* made so far */
};
extern struct patient patient;

int patient_set_up(void **state); /* a portal, and a desk enrolled at it; not started */
int patient_tear_down(void **state);

void patient_start(const char *program);
int patient_ended(int ms); /* its status once it ended within `ms`; -1: it runs */
void patient_stop(void);
void patient_serve(const char *program); /* in calm weather: started, greeted, open */

void patient_calm(void);
void patient_arm(enum weather_kind kind, int nth); /* the nth call of that kind from now on */

void patient_forget_log(void);
bool patient_log_says(const char *words);

struct form {
    char id[37], code[10];
    uint8_t *envelope; /* owned */
    size_t len;
};
struct form patient_make_form(void);
/* What the desk answers; false: nothing. */
bool patient_hand_in(const struct form *form, struct desk_submit_answer *answer);
/* After a restart: what was called saved is there under its number, and handing it in again,
 * as the face does, changes nothing. False for a false "Tersimpan". */
bool patient_kept(const struct form *form, bool was_saved, int64_t seq);
void patient_await_all_sent(void);
