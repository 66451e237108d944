/* From here on the program can do only what showing screens takes: no socket, no
 * connection, no other program, no file but the listed ones. What was opened before
 * stays open. */
#pragma once
#include <stdbool.h>

/* Files and folders, NULL-terminated; missing ones are passed over. `devices` may be
 * written too (the sound device), where Landlock can hold it to that; a kernel
 * without Landlock is logged and lived with, and the filter refuses all writing.
 * False (logged): the kernel did not take the system-call filter. */
bool sandbox_lock(const char *const *readable, const char *const *devices);
