/* What the daemon does: one loop that owns the store, and asks the printer's and the
 * courier's threads. Nothing here blocks but the disk. */
#pragma once
#include <stdbool.h>

struct desk;
struct settings;
struct type;

/* Takes what exists: no printer, no portal, no store and no face are states, not
 * failures. NULL (logged) only when no desk can run here: another one has the store. The
 * settings and the type must outlive the desk. */
struct desk *desk_create(const struct settings *settings, struct type *type);
void desk_destroy(struct desk *desk);

/* Until `stop_fd` becomes readable (a signalfd); false when the loop itself failed. */
bool desk_run(struct desk *desk, int stop_fd);
