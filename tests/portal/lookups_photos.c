/* Look-ups of how many photos have come: the kiosk's page asks while it is open. */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "limits.h"
#include "lookups.h"
#include "photos.h"
#include "portal.h"

enum { PHOTOS_ASKED = 200, PHOTOS_WINDOW = 10 * 60 };

bool
photos_query_read(const struct json_value *root, struct query *query)
{
    return text_copy(query->pass, sizeof query->pass, json_text(json_get(root, "pass"), "")) &&
           pass_is_valid(query->pass);
}

int
photos_query_wait(struct portal *portal, const struct query *query)
{
    char name[48];
    snprintf(name, sizeof name, "photos %.32s", query->pass);
    return limits_count(portal->limits, name, PHOTOS_ASKED, PHOTOS_WINDOW);
}

bool
photos_answer(struct portal *portal, const struct query *query, struct text *out)
{
    uint8_t pass[HASH];
    struct upload upload;
    photos_pass(query->pass, pass);
    enum ledger_result found = ledger_upload_find(portal->db, pass, clock_wall(), &upload);
    if (found == LEDGER_NONE) {
        text_add(out, "{\"state\":\"not_found\"}");
    } else if (found == LEDGER_DONE) {
        text_addf(out, "{\"state\":\"%s\",\"count\":%d,\"most\":%d}",
                  upload.closed ? "closed" : "open", upload.count, upload.most);
    }
    return found != LEDGER_FAILED;
}
