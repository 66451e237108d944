#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static const char *program_name = "anjungan";
static bool to_people;

void
log_init(const char *program)
{
    program_name = program;
}

void
log_to_people(void)
{
    to_people = true;
}

/* The level is syslog's, in the form that systemd reads: "<3>". */
static void __attribute__((format(printf, 2, 0)))
log_line(int level, const char *format, va_list arguments)
{
    char line[1024];
    int saved = errno;
    int head = to_people ? snprintf(line, sizeof line, "%s: ", program_name)
                         : snprintf(line, sizeof line, "<%d>%s: ", level, program_name);
    int body = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, arguments);
    size_t len = (size_t)head + (body > 0 ? (size_t)body : 0);
    if (len > sizeof line - 2) {
        len = sizeof line - 2;
    }
    for (size_t i = (size_t)head; i < len; i++) {
        if ((unsigned char)line[i] < ' ') {
            line[i] = ' '; // one fact, one line, whatever a path or a peer contains
        }
    }
    line[len++] = '\n';
    if (write(STDERR_FILENO, line, len) < 0) {
        // Nobody is left to tell.
    }
    errno = saved;
}

void
log_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line(3, format, arguments);
    va_end(arguments);
}

void
log_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line(4, format, arguments);
    va_end(arguments);
}

void
log_info(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line(6, format, arguments);
    va_end(arguments);
}
