/* The kiosk's TLS key, its certificate request, and what came back for it. Internal. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* A fresh P-256 key as PEM, malloc'd; NULL when OpenSSL fails (logged). */
char *csr_new_key(void);
/* A certificate request for that key, PEM, malloc'd. NULL: the key is unusable. */
char *csr_make(const char *key);
/* Is the (first) certificate for this key and for this kiosk's name? */
bool csr_matches(const char *key, const char *certificate, const char *kiosk);
