#include "authority.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/log.h"

enum { YEAR_S = 365 * 24 * 3600, SERIAL = 16 };

struct authority {
    gnutls_x509_crt_t certificate;
    gnutls_x509_privkey_t key;
};

static gnutls_datum_t
datum(const char *text)
{
    return (gnutls_datum_t){.data = (unsigned char *)text, .size = (unsigned)strlen(text)};
}

void
authority_destroy(struct authority *authority)
{
    if (!authority) {
        return;
    }
    gnutls_x509_crt_deinit(authority->certificate);
    gnutls_x509_privkey_deinit(authority->key);
    free(authority);
}

struct authority *
authority_load(const char *ca_pem, const char *ca_key)
{
    struct authority *authority = calloc(1, sizeof *authority);
    gnutls_datum_t certificate = datum(ca_pem), key = datum(ca_key);
    if (!authority) {
        return NULL;
    }
    gnutls_x509_crt_init(&authority->certificate);
    gnutls_x509_privkey_init(&authority->key);
    if (gnutls_x509_crt_import(authority->certificate, &certificate, GNUTLS_X509_FMT_PEM) < 0 ||
        gnutls_x509_privkey_import(authority->key, &key, GNUTLS_X509_FMT_PEM) < 0) {
        log_error("authority: certificate or key unreadable");
        authority_destroy(authority);
        return NULL;
    }
    return authority;
}

/* --- signing ------------------------------------------------------------------- */

static bool
read_request(gnutls_x509_crq_t crq, const char *pem)
{
    gnutls_datum_t text = datum(pem);
    unsigned bits = 0;
    return gnutls_x509_crq_import(crq, &text, GNUTLS_X509_FMT_PEM) >= 0 &&
           gnutls_x509_crq_get_pk_algorithm(crq, &bits) == GNUTLS_PK_ECDSA && bits == 256 &&
           gnutls_x509_crq_verify(crq, 0) >= 0;
}

/* The key and nothing else: what a request calls itself must not get into a certificate. */
static bool
take_key(gnutls_x509_crt_t crt, gnutls_x509_crq_t crq)
{
    gnutls_pubkey_t key;
    gnutls_pubkey_init(&key);
    bool good = gnutls_pubkey_import_x509_crq(key, crq, 0) >= 0 &&
                gnutls_x509_crt_set_pubkey(crt, key) >= 0;
    gnutls_pubkey_deinit(key);
    return good;
}

static bool
fill_certificate(gnutls_x509_crt_t crt, gnutls_x509_crq_t crq, const char *kiosk)
{
    uint8_t serial[SERIAL];
    time_t now = time(NULL);
    if (gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial) < 0) {
        return false;
    }
    serial[0] &= 0x7f; // a positive number
    return take_key(crt, crq) &&
           gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, kiosk,
                                         (unsigned)strlen(kiosk)) >= 0 &&
           gnutls_x509_crt_set_version(crt, 3) >= 0 &&
           gnutls_x509_crt_set_serial(crt, serial, sizeof serial) >= 0 &&
           gnutls_x509_crt_set_activation_time(crt, now - 24 * 3600) >= 0 &&
           gnutls_x509_crt_set_expiration_time(crt, now + 2 * (time_t)YEAR_S) >= 0 &&
           gnutls_x509_crt_set_basic_constraints(crt, 0, -1) >= 0 &&
           gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE) >= 0 &&
           gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0) >= 0;
}

static bool
hash_key(gnutls_x509_crt_t crt, uint8_t key_hash[HASH])
{
    size_t len = HASH;
    return gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, key_hash, &len) >= 0 &&
           len == HASH;
}

/* Read back as it will be shown: GnuTLS names the key only of what it has parsed. */
static bool
hash_key_of_text(const char *pem, uint8_t key_hash[HASH])
{
    gnutls_datum_t text = datum(pem);
    gnutls_x509_crt_t crt;
    gnutls_x509_crt_init(&crt);
    bool good =
        gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM) >= 0 && hash_key(crt, key_hash);
    gnutls_x509_crt_deinit(crt);
    return good;
}

static char *
export_text(gnutls_x509_crt_t crt)
{
    gnutls_datum_t out = {0};
    if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &out) < 0) {
        return NULL;
    }
    char *text = strndup((const char *)out.data, out.size);
    gnutls_free(out.data);
    return text;
}

char *
authority_sign(struct authority *authority, const char *request, const char *kiosk,
               uint8_t key_hash[HASH])
{
    char *text = NULL;
    gnutls_x509_crq_t crq;
    gnutls_x509_crt_t crt;
    gnutls_x509_crq_init(&crq);
    gnutls_x509_crt_init(&crt);
    if (read_request(crq, request) && fill_certificate(crt, crq, kiosk) &&
        gnutls_x509_crt_sign2(crt, authority->certificate, authority->key, GNUTLS_DIG_SHA256, 0) >=
            0) {
        text = export_text(crt);
    }
    if (text && !hash_key_of_text(text, key_hash)) {
        free(text);
        text = NULL;
    }
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_crq_deinit(crq);
    return text;
}

/* --- who is there --------------------------------------------------------------- */

/* libmicrohttpd asks for a certificate but hands untrusted ones to the handler all the same. */
static bool
is_trusted(gnutls_session_t session)
{
    unsigned status = 0;
    gnutls_typed_vdata_st purpose = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
                                     .data = (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT};
    return gnutls_certificate_type_get(session) == GNUTLS_CRT_X509 &&
           gnutls_certificate_verify_peers(session, &purpose, 1, &status) >= 0 && status == 0;
}

static bool
read_name(gnutls_x509_crt_t crt, char kiosk[33])
{
    char name[64];
    size_t len = sizeof name;
    if (gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &len) < 0 ||
        len == 0 || len > 32 || memchr(name, 0, len)) {
        return false;
    }
    memcpy(kiosk, name, len);
    kiosk[len] = '\0';
    return true;
}

bool
authority_peer(void *session, char kiosk[33], uint8_t key_hash[HASH])
{
    unsigned count = 0;
    gnutls_x509_crt_t crt;
    const gnutls_datum_t *list = gnutls_certificate_get_peers(session, &count);
    if (!list || count == 0 || !is_trusted(session)) {
        return false;
    }
    gnutls_x509_crt_init(&crt);
    bool good = gnutls_x509_crt_import(crt, &list[0], GNUTLS_X509_FMT_DER) >= 0 &&
                read_name(crt, kiosk) && hash_key(crt, key_hash);
    gnutls_x509_crt_deinit(crt);
    return good;
}
