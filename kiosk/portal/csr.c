#include "portal/csr.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/log.h"
#include "base/secret.h"

/* The bytes of a memory BIO as a text; zeroes the BIO's own, as they may be a key. */
static char *
text_of(BIO *bio)
{
    char *data = NULL;
    long len = BIO_get_mem_data(bio, &data);
    char *text = len > 0 ? malloc((size_t)len + 1) : NULL;
    if (text) {
        memcpy(text, data, (size_t)len);
        text[len] = '\0';
    }
    if (len > 0) {
        secret_zero(data, (size_t)len);
    }
    return text;
}

char *
csr_new_key(void)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    BIO *bio = BIO_new(BIO_s_mem());
    char *text = NULL;
    if (key && bio && PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1) {
        text = text_of(bio);
    } else {
        log_error("enrol: no key could be made");
    }
    BIO_free(bio);
    EVP_PKEY_free(key);
    return text;
}

static EVP_PKEY *
read_key(const char *text)
{
    BIO *bio = BIO_new_mem_buf(text, -1);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
    BIO_free(bio);
    return key;
}

static bool
fill(X509_REQ *request, EVP_PKEY *key)
{
    X509_NAME *name = X509_REQ_get_subject_name(request);
    // The portal decides the name; an empty subject would trip some authorities.
    return X509_REQ_set_version(request, X509_REQ_VERSION_1) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"anjungan",
                                      -1, -1, 0) == 1 &&
           X509_REQ_set_pubkey(request, key) == 1 && X509_REQ_sign(request, key, EVP_sha256()) > 0;
}

char *
csr_make(const char *key_text)
{
    EVP_PKEY *key = read_key(key_text);
    X509_REQ *request = X509_REQ_new();
    BIO *bio = BIO_new(BIO_s_mem());
    char *text = NULL;
    if (key && request && bio && fill(request, key) && PEM_write_bio_X509_REQ(bio, request) == 1) {
        text = text_of(bio);
    }
    BIO_free(bio);
    X509_REQ_free(request);
    EVP_PKEY_free(key);
    return text;
}

static bool
is_named(X509 *certificate, const char *kiosk)
{
    char name[64] = "";
    int len = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                                        sizeof name);
    return len > 0 && (size_t)len == strlen(name) && strcmp(name, kiosk) == 0;
}

bool
csr_matches(const char *key_text, const char *certificate_text, const char *kiosk)
{
    EVP_PKEY *key = read_key(key_text);
    BIO *bio = BIO_new_mem_buf(certificate_text, -1);
    X509 *certificate = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    bool good = key && certificate && X509_check_private_key(certificate, key) == 1 &&
                is_named(certificate, kiosk);
    X509_free(certificate);
    BIO_free(bio);
    EVP_PKEY_free(key);
    return good;
}
