/* A scripted printer at the other end of a real port or line: it says what the
 * script says, keeps every byte, and knows nothing of pictures. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct peer;
struct script {
    uint8_t answers[4];           /* to DLE EOT 1 to 4; 0 is silence */
    uint8_t later[4];             /* the same once `later_at` bytes came */
    size_t later_at;              /* 0 never */
    bool confirms;                /* answers GS ( H with the serial */
    bool wrong_serial;            /* ... with another one */
    bool drains;                  /* answers GS r */
    uint8_t asb[4], later_asb[4]; /* to GS a, and once `later_at` bytes came */
    bool clears;                  /* answers DLE DC4 8 */
    size_t die_at, stall_at;      /* 0 never; counted over all connections */
    size_t piece;                 /* bytes a read; 0 as they come */
    bool babbles;                 /* answers every piece with noise */
};
enum { PEER_TCP, PEER_PTY, PEER_PAIR };

struct peer *peer_start(int where, const struct script *script);
void peer_stop(struct peer *peer);
const char *peer_address(const struct peer *peer); /* as the spool wants it */
int peer_line(const struct peer *peer);            /* PEER_PAIR: the host's end */
void peer_change(struct peer *peer, const struct script *script);
/* Copies of the bytes so far, to be freed. */
uint8_t *peer_bytes(struct peer *peer, size_t *len);
int peer_connections(struct peer *peer);
