/* A TCP road that breaks: forwards to a port until so many bytes went up or down,
 * then closes both ends. One connection at a time, on a thread of its own. */
#pragma once
#include <stdint.h>

struct cutter;

struct cutter *cutter_start(uint16_t target);
uint16_t cutter_port(const struct cutter *cutter);
/* For the connections from now on; -1: never. */
void cutter_set(struct cutter *cutter, int64_t up, int64_t down);
/* Bytes that the last connection carried. */
void cutter_carried(struct cutter *cutter, int64_t *up, int64_t *down);
void cutter_stop(struct cutter *cutter);
