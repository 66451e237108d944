#include "portal/faults.h"

#include <stdio.h>
#include <string.h>

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

/* OpenSSL's verdicts that a technician can act on. */
static const struct {
    long verdict;
    const char *name;
} verdicts[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, "tls: expired"},
    {X509_V_ERR_CERT_NOT_YET_VALID, "tls: not yet valid"},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "tls: self-signed"},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "tls: unknown authority"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "tls: unknown authority"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "tls: unknown authority"},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "tls: unknown authority"},
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, "tls: forged"},
    {X509_V_ERR_INVALID_CA, "tls: issuer is no authority"},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, "tls: chain too long"},
    {X509_V_ERR_INVALID_PURPOSE, "tls: wrong usage"},
    {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, "tls: issuer is no authority"},
    {X509_V_ERR_HOSTNAME_MISMATCH, "tls: wrong host"},
    {X509_V_ERR_IP_ADDRESS_MISMATCH, "tls: wrong host"},
    {X509_V_ERR_EE_KEY_TOO_SMALL, "tls: weak key"},
    {X509_V_ERR_CA_KEY_TOO_SMALL, "tls: weak key"},
    {X509_V_ERR_CA_MD_TOO_WEAK, "tls: weak hash"},
    {X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, "tls: unknown extension"},
    {X509_V_ERR_PERMITTED_VIOLATION, "tls: name not permitted"},
    {X509_V_ERR_EXCLUDED_VIOLATION, "tls: name not permitted"},
};

/* curl compares the name itself, before it asks OpenSSL for the verdict. */
static const char *
certificate_fault(long verdict, const char *words)
{
    if (strstr(words, "target host name")) {
        return "tls: wrong host";
    }
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if (verdicts[i].verdict == verdict) {
            return verdicts[i].name;
        }
    }
    return "tls: certificate";
}

static const char *
handshake_fault(const char *words)
{
    return strstr(words, "version") || strstr(words, "unsupported protocol") ? "tls: old version"
           : strstr(words, "ee key too small")                               ? "tls: weak key"
                                                                             : "tls: handshake";
}

static const struct {
    int code;
    bool reached;
    const char *name;
} codes[] = {
    {CURLE_COULDNT_RESOLVE_HOST, false, "dns"},
    {CURLE_COULDNT_CONNECT, false, "connect"},
    {CURLE_OPERATION_TIMEDOUT, false, "timeout"},
    {CURLE_SSL_CERTPROBLEM, false, "tls: own certificate"},
    {CURLE_SSL_CACERT_BADFILE, false, "tls: authority file"},
    {CURLE_URL_MALFORMAT, false, "address"},
    {CURLE_GOT_NOTHING, true, "closed"},
    {CURLE_SEND_ERROR, true, "closed"},
    {CURLE_RECV_ERROR, true, "closed"},
    {CURLE_PARTIAL_FILE, true, "cut short"},
    {CURLE_WEIRD_SERVER_REPLY, true, "not http"},
    {CURLE_UNSUPPORTED_PROTOCOL, true, "not http"}, // "HTTP/0.9"; the address is checked before
    {CURLE_BAD_CONTENT_ENCODING, true, "not http"},
    {CURLE_OUT_OF_MEMORY, false, "memory"},
};

void
fault_name(int code, long verdict, const char *words, char *out, size_t size, bool *reached)
{
    *reached = false;
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR) {
        snprintf(out, size, "%s", certificate_fault(verdict, words));
        return;
    }
    if (code == CURLE_SSL_CONNECT_ERROR) {
        snprintf(out, size, "%s", handshake_fault(words));
        return;
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].code == code) {
            *reached = codes[i].reached;
            snprintf(out, size, "%s", codes[i].name);
            return;
        }
    }
    snprintf(out, size, "curl %d", code);
}
