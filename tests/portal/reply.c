#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http.h"

enum { BUSY_S = 5 };

void
reply_with(struct reply *reply, int status, const char *type, char *body)
{
    free(reply->body);
    if (!body) {
        reply_busy(reply);
        return;
    }
    reply->status = status;
    reply->type = type;
    reply->body = (uint8_t *)body;
    reply->len = strlen(body);
}

void
reply_json(struct reply *reply, int status, const char *format, ...)
{
    char *body = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&body, format, arguments) < 0) {
        body = NULL;
    }
    va_end(arguments);
    reply_with(reply, status, "application/json", body);
}

void
reply_error(struct reply *reply, int status, const char *name)
{
    reply_json(reply, status, "{\"error\":\"%s\"}", name);
}

void
reply_busy(struct reply *reply)
{
    reply->body = NULL;
    reply->len = 0;
    reply_error(reply, 503, "busy");
    reply->retry_after = BUSY_S;
}
