/* What the portal does on each path of the contract. Called from many threads. */
#pragma once

struct portal;
struct request;
struct reply;

typedef void handler(struct portal *portal, const struct request *request, struct reply *reply);

handler enrolments_post, submissions_put, tickets_post, tallies_post, lookups_post, bundles_get,
    heartbeat_post, tokens_get, page_get, health_get;

/* The page for photos from a phone: photos.h. */
handler photos_get, photos_post, photos_patch, photos_script;

/* The pages for the office's people: people.h. */
handler people_home, people_style, people_search, sign_in_get, sign_in_post, sign_out_post,
    filed_get, filed_post, accounts_get, accounts_post, figures_get, photo_get;

/* The pages on which people book from home: booking_pages.c. */
handler booking_get, booking_post, booked_get, booked_post;
