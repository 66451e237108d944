#include "portal/exchange.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/log.h"
#include "portal/faults.h"

enum { ERROR = 48, HEADERS_LONGEST = 64 * 1024 };

struct exchange {
    CURL *easy;               // owned
    struct curl_slist *lines; // owned, of the request under way
    const char *url;
    char words[CURL_ERROR_SIZE];
    uint8_t *body; // owned
    size_t len, room, cap, header_bytes;
    bool too_long;
    char etag[72], retry_after[16], date[48];
};

static size_t
take_body(char *data, size_t one, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t len = one * count, wanted = exchange->len + len;
    if (wanted > exchange->cap) {
        exchange->too_long = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (wanted > exchange->room) {
        size_t room = wanted < 4096 ? 4096 : wanted * 2;
        uint8_t *grown = realloc(exchange->body, room);
        if (!grown) {
            return CURL_WRITEFUNC_ERROR;
        }
        exchange->body = grown;
        exchange->room = room;
    }
    memcpy(exchange->body + exchange->len, data, len);
    exchange->len = wanted;
    return len;
}

static void
keep(const char *line, size_t len, const char *name, char *out, size_t size)
{
    size_t skip = strlen(name);
    if (len <= skip || strncasecmp(line, name, skip) != 0) {
        return;
    }
    while (skip < len && (line[skip] == ' ' || line[skip] == '\t')) {
        skip++;
    }
    while (len > skip && (unsigned char)line[len - 1] <= ' ') {
        len--;
    }
    if (len - skip < size) {
        memcpy(out, line + skip, len - skip);
        out[len - skip] = '\0';
    }
}

static size_t
take_header(char *data, size_t one, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t len = one * count;
    exchange->header_bytes += len;
    if (exchange->header_bytes > HEADERS_LONGEST) {
        exchange->too_long = true;
        return 0;
    }
    keep(data, len, "etag:", exchange->etag, sizeof exchange->etag);
    keep(data, len, "retry-after:", exchange->retry_after, sizeof exchange->retry_after);
    keep(data, len, "date:", exchange->date, sizeof exchange->date);
    return len;
}

/* The machine's own authorities and proxies are no business of this road. An option that
 * curl did not take (no memory) would leave one of its own defaults: then no road at all. */
static bool
pin(CURL *easy, const struct road *road)
{
    int bad = 0;
    bad |= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    bad |= curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    bad |= curl_easy_setopt(easy, CURLOPT_CAINFO, road->ca);
    bad |= curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    bad |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    bad |= curl_easy_setopt(easy, CURLOPT_PROXY, "");
    bad |= curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    bad |= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    if (road->certificate) {
        bad |= curl_easy_setopt(easy, CURLOPT_SSLCERT, road->certificate);
        bad |= curl_easy_setopt(easy, CURLOPT_SSLKEY, road->key);
    }
    return bad == CURLE_OK;
}

static bool
set_up(struct exchange *exchange, const struct road *road)
{
    CURL *easy = exchange->easy;
    int bad = 0;
    bad |= curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    bad |= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a dead name server holds nobody
    bad |= curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)road->connect_seconds);
    bad |= curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)road->whole_seconds);
    bad |= curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->words);
    bad |= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    bad |= curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    bad |= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    bad |= curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    bad |= curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    return bad == CURLE_OK && pin(easy, road);
}

static bool prepared;

static void
prepare(void)
{
    // curl would write the keys of every connection there, for whoever listens on the line.
    unsetenv("SSLKEYLOGFILE");
    prepared = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

bool
exchange_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
    return prepared;
}

struct exchange *
exchange_create(const struct road *road)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    CURL *easy = exchange ? curl_easy_init() : NULL;
    if (!easy) {
        log_error("portal: no memory for a connection");
        free(exchange);
        return NULL;
    }
    exchange->easy = easy;
    exchange->url = road->url;
    if (!set_up(exchange, road)) {
        log_error("portal: curl does not take an option");
        exchange_destroy(exchange);
        return NULL;
    }
    return exchange;
}

void
exchange_destroy(struct exchange *exchange)
{
    if (!exchange) {
        return;
    }
    curl_easy_cleanup(exchange->easy);
    curl_slist_free_all(exchange->lines);
    free(exchange->body);
    free(exchange);
}

static bool
add_line(struct exchange *exchange, const char *line)
{
    struct curl_slist *lines = curl_slist_append(exchange->lines, line);
    if (lines) {
        exchange->lines = lines;
    }
    return lines != NULL;
}

static bool
set_lines(struct exchange *exchange, const struct request *request)
{
    char type[96];
    snprintf(type, sizeof type, "Content-Type: %s", request->type ? request->type : "");
    curl_slist_free_all(exchange->lines);
    exchange->lines = NULL;
    bool good = add_line(exchange, "Expect:") && (!request->type || add_line(exchange, type));
    for (int i = 0; good && i < 3; i++) {
        good = !request->headers[i][0] || add_line(exchange, request->headers[i]);
    }
    return good;
}

static void
forget(struct exchange *exchange, size_t cap)
{
    exchange->len = exchange->header_bytes = 0;
    exchange->cap = cap;
    exchange->too_long = false;
    exchange->words[0] = '\0';
    exchange->etag[0] = exchange->retry_after[0] = exchange->date[0] = '\0';
}

bool
exchange_begin(struct exchange *exchange, const struct request *request)
{
    char url[512];
    CURL *easy = exchange->easy;
    size_t trailing = strlen(exchange->url);
    while (trailing > 0 && exchange->url[trailing - 1] == '/') {
        trailing--;
    }
    if (strncmp(exchange->url, "https://", 8) != 0) {
        return false;
    }
    int wanted = snprintf(url, sizeof url, "%.*s%s", (int)trailing, exchange->url, request->path);
    if (wanted >= (int)sizeof url || !set_lines(exchange, request)) {
        return false;
    }
    forget(exchange, request->cap);
    int bad = curl_easy_setopt(easy, CURLOPT_URL, url);
    bad |= curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->lines);
    if (request->body) {
        bad |= curl_easy_setopt(easy, CURLOPT_POST, 1L);
        bad |= curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
        bad |= curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->len);
    } else {
        bad |= curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    bad |= curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    return bad == CURLE_OK;
}

void *
exchange_handle(struct exchange *exchange)
{
    return exchange->easy;
}

static enum transfer
fault(struct exchange *exchange, int code, char *error)
{
    long verdict = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
    if (exchange->too_long) {
        snprintf(error, ERROR, "answer: too long");
        return TRANSFER_BROKEN;
    }
    bool reached = false;
    fault_name(code, verdict, exchange->words, error, ERROR, &reached);
    return reached ? TRANSFER_BROKEN : TRANSFER_UNREACHED;
}

enum transfer
exchange_end(struct exchange *exchange, int code, struct answer *answer, char *error)
{
    long status = 0;
    *answer = (struct answer){.body = (const uint8_t *)"", .etag = exchange->etag};
    error[0] = '\0';
    if (code != CURLE_OK) {
        return fault(exchange, code, error);
    }
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    answer->retry_after = answer_retry_after(exchange->retry_after);
    answer->len = exchange->len;
    if (exchange->len > 0) {
        answer->body = exchange->body;
    }
    return TRANSFER_ANSWERED;
}

enum transfer
exchange_perform(struct exchange *exchange, struct answer *answer, char *error)
{
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE); // OpenSSL writes to dead peers
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    int code = curl_easy_perform(exchange->easy);
    struct timespec now = {0};
    sigtimedwait(&pipe, NULL, &now); // what came meanwhile is not for the caller
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return exchange_end(exchange, code, answer, error);
}

int64_t
exchange_portal_time(const struct exchange *exchange)
{
    time_t seconds = exchange->date[0] ? curl_getdate(exchange->date, NULL) : -1;
    return seconds > 0 ? (int64_t)seconds * 1000 : 0;
}
