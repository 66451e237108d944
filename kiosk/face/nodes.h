/* For tests and walks only (anjungan --nodes-fd N): after each frame one JSON line
 * {"place":"question","cover":"none","nodes":[{"id","role","label","value",
 * "rect":[x,y,w,h],"seen":[x,y,w,h],"flags","press","clipped"}]}. A slow reader
 * misses frames, never the latest. Off unless asked for: it names what was typed. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct flow;
struct ui;

struct nodes {
    int fd; /* -1: off */
    char *line;
    size_t len, sent;
    bool stale; /* a newer frame waits for the line to be out */
};

bool nodes_open(struct nodes *nodes, int fd); /* false: no such descriptor */
void nodes_close(struct nodes *nodes);
void nodes_frame(struct nodes *nodes, const struct ui *ui, const struct flow *flow);
bool nodes_pending(const struct nodes *nodes); /* poll for POLLOUT, then nodes_flush() */
void nodes_flush(struct nodes *nodes, const struct ui *ui, const struct flow *flow);
