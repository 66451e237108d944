/* What kiosks are sent: the folder of services as it was last published, the offices' hours if
 * there is a folder of them, and keys.json, whose slips are the city's: each enrolled kiosk that
 * is not revoked. All of it is one bundle under one signature. Its version is the database's and
 * is above that of the folder, which may be installed at kiosks without the keys; it rises by
 * itself whenever any of it is another, and when it has been the same for long: a kiosk
 * that is kept from newer ones notices by the day until which each is good. */
#pragma once
#include <stdbool.h>
#include "ledger.h"

struct fault;
struct offer;
struct portal;

enum { ETAG_TEXT = 72 };

/* Read the folders and check them whole, as a kiosk does, before they replace what is on offer
 * and what submissions are checked against. False and why: the old ones stay. */
bool offer_publish(struct portal *portal, const char *catalogue, const char *offices,
                   struct fault *fault);
/* The signed bundle of now, malloc'd, and its ETag. NONE: nothing was published. */
enum ledger_result offer_bundle(struct portal *portal, char **bytes, char etag[ETAG_TEXT]);
void offer_destroy(struct offer *offer);
