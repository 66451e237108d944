/* What residents accept and consent to. The office must be able to show it (UU 27/2022 art. 24):
 * every text of every catalogue that was ever handed out is kept, and a document counts only if
 * the texts that it says were read are among them. */
#pragma once
#include <stdbool.h>
#include "ledger.h"

struct catalogue;
struct document;
struct portal;

/* The notice, the statements and the consents of a catalogue, in every language. False: the
 * database (logged); it must not be handed out then. */
bool consents_learn(struct db *db, const struct catalogue *catalogue);
/* Are the texts that were read known? DONE, NONE, FAILED. */
enum ledger_result consents_check(struct portal *portal, const struct document *document);

enum { CONSENT_ROWS = 257 };
/* As the ledger keeps them: the notice first ("notice", given ""), then each statement. */
size_t consents_of(const struct document *document, struct consent_row rows[CONSENT_ROWS]);
