/* Answers anew of a request that was sent back. */
#pragma once
#include "ledger.h"

struct document;
struct portal;
struct receipt;

/* Keep what `document` (which mends) says. NONE: no such request waits for it, or it answers
 * what was not sent back. */
enum ledger_result mending_keep(struct portal *portal, const struct document *document,
                                const struct receipt *receipt, int64_t now);
