#include <string.h>

#include "fuzz.h"
#include "portal/answers.h"

/* The key of the seeds' receipt; its secret half was thrown away. */
static const char key[] = "0d889007bc054c49404b5db734f814096a77193f569848c69d1b3263b531e151";

/* The first byte chooses the kind and the second the status, the rest is the body. */
static const int statuses[] = {200, 201, 409, 422, 304, 500};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t portal_sign[SIGN_PUBLIC];
    char error[48];
    MUST(seal_init() && hex_parse(key, portal_sign, sizeof portal_sign));
    if (size < 2) {
        return 0;
    }
    enum courier_job_kind kind = data[0] % 5;
    struct expected expected = {.receipt = {.id = "0190b0a0-1111-7222-8333-444455556666",
                                            .kiosk = "6472021001-1",
                                            .seq = 17},
                                .portal_sign = portal_sign};
    struct answer answer = {
        .status = statuses[data[1] % 6], .body = data + 2, .len = size - 2, .etag = "\"x\""};
    hash_of("envelope", 8, expected.receipt.sha256);
    memset(error, '#', sizeof error);
    enum courier_outcome outcome = kind == COURIER_SUBMISSION
                                       ? answer_receipt(&answer, &expected, error)
                                       : answer_plain(kind, &answer, portal_sign, error);
    MUST(memchr(error, 0, sizeof error) != NULL);
    MUST((error[0] == '\0') == (outcome == COURIER_DELIVERED || outcome == COURIER_UNCHANGED));
    // Only what the portal signed can say that an item is done with.
    if (kind == COURIER_SUBMISSION && outcome != COURIER_RETRY) {
        static const char signature[] = "\"signature\":\"";
        const void *held = memmem(data, size, signature, sizeof signature - 1);
        MUST(answer.status != 304 && answer.status != 500 && held != NULL);
    }
    return 0;
}
