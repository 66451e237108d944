/* Enrolment waits for the portal: it has a thread of its own while it lasts. */
#pragma once
#include <stdbool.h>

struct desk;

/* Answers `client` by ctl_done() when it is over; else says why it cannot begin. */
const char *enrolment_start(struct desk *desk, int client, const char *url, const char *code);
void enrolment_leave(struct desk *desk, int client); /* nobody waits there for its answer */
int enrolment_fd(const struct desk *desk);           /* readable when it is over; -1 none */
void enrolment_finish(struct desk *desk);            /* joins, adopts the new identity */
