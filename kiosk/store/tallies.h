/* What was counted on a day: how visits end, where they are left, what people think of the
 * service. Numbers under names, never a trace of a person. The portal is told a day's numbers
 * whole, again each time they changed, so that it does not matter how often they arrive. */
#pragma once
#include "store/store.h"

/* Names of a day: more are not counted. TALLY_STEP_NAMES: beyond so many no new ones of steps of a
 * visit (step/, seen/, error/). */
enum { TALLY_NAME = 64, TALLY_NAMES = 1000, TALLY_STEP_NAMES = 800 };

/* One to eight parts of a-z 0-9 _ - with a '/' between them, at most 63 letters. */
bool tally_is_name(const char *name);

/* "skm/sku/u2/4 visit/done step/question=7": each name once, or as often as it says (to
 * 100,000); what is no name is left out. One transaction. */
enum store_result tally_add(struct store *store, int32_t day, const char *counts);

/* A day whose numbers the portal does not have: the first after `*day`, then from the oldest, so
 * that one which the portal refuses is asked again in its turn and holds back no other. STORE_OK,
 * or STORE_NONE. `changes` is for tally_told(). */
enum store_result tally_untold(struct store *store, int32_t *day, int64_t *changes);
typedef void tally_row(void *context, const char *name, int64_t count);
enum store_result tally_each(struct store *store, int32_t day, tally_row *row, void *context);
/* The portal has the day as it was after so many changes. */
enum store_result tally_told(struct store *store, int32_t day, int64_t changes);
/* Days before this one that the portal has. */
enum store_result tally_forget(struct store *store, int32_t before);
