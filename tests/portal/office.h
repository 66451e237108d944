/* A running portal for tests in C: started with a folder of its own, told what to
 * do, asked what it holds; and submissions that its catalogue finds good. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "portal/identity.h"
#include "road.h"

struct catalogue;

struct office {
    struct road_test road; /* options filled by office_enrol() */
    pid_t portal;
    uint16_t port;
    char identity_path[128];
    struct identity identity;
    struct catalogue *catalogue;
};

/* argv of the test: SCRIPTS PROGRAM CATALOGUE [DATABASE]. */
void office_open(struct office *office, char **arguments);
void office_close(struct office *office);
/* A command of control.h; the answer, a line of JSON, is the caller's. */
char *office_say(struct office *office, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void office_enrol(struct office *office, const char *kiosk, int number);
/* The lines of anjungan.ini that lead a desk to it; until the next call. */
const char *office_settings(const struct office *office);
bool office_holds(struct office *office, const char *id); /* a submission of that id */
int office_rows(struct office *office);                   /* all submissions */

/* A good, sealed submission; malloc'd. `id` and `code` are made. */
uint8_t *office_submission(struct office *office, char id[37], char code[10], size_t *len);
