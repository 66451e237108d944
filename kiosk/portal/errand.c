#include "portal/errand.h"

#include <stdio.h>

enum { ANSWER_CAP = 64 * 1024, BUNDLE_CAP = 4 * 1024 * 1024 };

static void
describe_submission(const struct courier_job *job, struct request *request, char *path, size_t size)
{
    uint8_t hash[HASH];
    char hex[2 * HASH + 1];
    hash_of(job->body, job->len, hash);
    hex_of(hash, HASH, hex);
    snprintf(path, size, "/api/v1/submissions/%s", job->id);
    request->method = "PUT";
    request->type = "application/octet-stream";
    snprintf(request->headers[0], sizeof request->headers[0], "Anjungan-Seq: %lld",
             (long long)job->seq);
    snprintf(request->headers[1], sizeof request->headers[1], "Anjungan-Sha256: %s", hex);
}

void
errand_describe(const struct courier_job *job, struct request *request, char *path, size_t size)
{
    *request = (struct request){.method = "POST",
                                .type = "application/json",
                                .body = job->body,
                                .len = job->len,
                                .cap = ANSWER_CAP,
                                .path = path};
    switch (job->kind) {
    case COURIER_SUBMISSION:
        describe_submission(job, request, path, size);
        break;
    case COURIER_TICKETS:
        snprintf(path, size, "/api/v1/tickets");
        break;
    case COURIER_TALLIES:
        snprintf(path, size, "/api/v1/tallies");
        break;
    case COURIER_HEARTBEAT:
        snprintf(path, size, "/api/v1/heartbeat");
        break;
    case COURIER_LOOKUP:
        snprintf(path, size, "/api/v1/lookups");
        request->type = "application/octet-stream";
        break;
    case COURIER_BUNDLE:
        snprintf(path, size, "/api/v1/bundles/catalogue");
        request->method = "GET";
        request->body = NULL;
        request->type = NULL;
        request->cap = BUNDLE_CAP;
        if (job->etag[0]) {
            snprintf(request->headers[0], sizeof request->headers[0], "If-None-Match: %s",
                     job->etag);
        }
        break;
    }
}
