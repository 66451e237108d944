/* A TLS server that says whatever a test wants, byte by byte: what no decent HTTP
 * library would send. One connection after another, on a thread of its own. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum liar_manner {
    LIAR_ANSWERS,        /* the bytes after the request, then closes */
    LIAR_SPEAKS_FIRST,   /* the bytes before any request */
    LIAR_HANGS_UP,       /* after the handshake */
    LIAR_RESETS,         /* TCP reset after the request */
    LIAR_IS_SILENT,      /* takes the request, never answers */
    LIAR_NEVER_SHAKES,   /* accepts, and no handshake comes */
    LIAR_TALKS_PLAIN,    /* the bytes without TLS */
    LIAR_DRIPS,          /* the bytes, one a second */
    LIAR_ENDLESS_HEADER, /* the bytes, then header lines for ever */
    LIAR_ENDLESS_BODY    /* the bytes, then body for ever */
};

struct liar_script {
    enum liar_manner manner;
    const void *bytes;
    size_t len;
    bool keep; /* the connection open after an answer, for another request */
};

struct liar;
/* PEM files; `old_tls` speaks TLS 1.1 at most. NULL when OpenSSL refuses them. */
struct liar *liar_start(const char *certificate, const char *key, bool old_tls);
uint16_t liar_port(const struct liar *liar);
/* From the next connection or request on; the bytes live as long as the liar. */
void liar_script(struct liar *liar, struct liar_script script);
int liar_requests(struct liar *liar); /* whole requests heard so far */
void liar_stop(struct liar *liar);
