/* The portal's certificate authority: signs kiosks' requests and knows who shows what.
 * The only GnuTLS beside http.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "seal/seal.h"

struct authority;

struct authority *authority_load(const char *ca_pem, const char *ca_key); /* PEM texts */
void authority_destroy(struct authority *authority);

/* A client certificate for `kiosk` over the request's key; malloc'd PEM. NULL: the request is
 * malformed, not P-256, or not signed by its own key. `key_hash` names the public key. */
char *authority_sign(struct authority *authority, const char *request, const char *kiosk,
                     uint8_t key_hash[HASH]);

/* Who is at the other end of a TLS session (a gnutls_session_t): false without a certificate
 * of this authority for client use. */
bool authority_peer(void *session, char kiosk[33], uint8_t key_hash[HASH]);
