/* What the portal does on each path of the contract. Called from many threads. */
#pragma once

struct portal;
struct request;
struct reply;

typedef void handler(struct portal *portal, const struct request *request, struct reply *reply);

handler enrolments_post, submissions_put, tickets_post, lookups_post, bundles_get, heartbeat_post,
    tokens_get, page_get, health_get;
