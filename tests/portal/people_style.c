/* How the pages look: gaya.css. */
#include <string.h>

#include "handlers.h"
#include "http.h"
#include "page_style.h"

void
people_style(struct portal *portal, const struct request *request, struct reply *reply)
{
    (void)portal;
    (void)request;
    reply_with(reply, 200, "text/css; charset=utf-8", strdup((const char *)page_style));
}
