/* The road to the desk: dials hall.sock, and again when the desk was away. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "wire/hall_messages.h"

struct line;

struct line *line_create(const char *path); /* NULL: no memory */
void line_destroy(struct line *line);
int line_fd(const struct line *line);           /* -1: not connected now */
short line_events(const struct line *line);     /* for poll */
int64_t line_deadline(const struct line *line); /* monotonic: dial then; INT64_MAX none */
/* Dials when it is time; true: it has just connected. */
bool line_dial(struct line *line, int64_t now);
/* False: the desk does not take it, and the line is down. */
bool line_say(struct line *line, const struct wire_type *type, const void *message);
/* Reads what came and hands it over; false: the line is down now. */
typedef void line_hearer(void *context, const struct wire_type *type, const void *message);
bool line_read(struct line *line, line_hearer *hearer, void *context);
