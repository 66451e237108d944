/* The picture as a PNG file: for tests and documentation, never in a program that
 * serves residents. */
#pragma once
#include <stdbool.h>

struct platform;

bool snapshot_save(struct platform *platform, const char *path); /* upright; false: logged */
