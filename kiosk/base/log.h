/* One line to standard error per fact, with the priority systemd reads. Never
 * personal data: no answer, NIK, name, number or address is ever an argument.
 * Thread-safe: each line is one write(2). */
#pragma once

void log_init(const char *program); /* e.g. "anjungand"; the string must live on */
void log_to_people(void);           /* no priorities: a terminal reads them, no journal */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
