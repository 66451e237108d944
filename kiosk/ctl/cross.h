/* What a catalogue or an office's file names beside itself, as in assets/: icons in ../icons,
 * kelurahan and queues in ../catalogue. Where these do not stand nothing is said. False when
 * something is not there; the fault names it. */
#pragma once
#include <stdbool.h>

struct catalogue;
struct fault;
struct office;

bool cross_icons(const struct catalogue *catalogue, const char *folder, struct fault *fault);
/* `path` is that of the office's file; the city's has no code of its own. */
bool cross_office(const struct office *office, const char *path, bool of_city, struct fault *fault);
