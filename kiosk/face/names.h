/* Places and covers by name, for the desk's journal and for tests. */
#pragma once
#include "flow/flow.h"

const char *name_of_place(enum place place); /* "ticket_failed" */
const char *name_of_cover(enum cover cover); /* "none" */
