/* The reference portal: composition root.
 *
 *   portal --folder DIR [--database URL] [--catalogue DIR] [--port N] ...
 *
 * Prints one JSON line when it serves, then runs until SIGTERM or SIGINT. */
#include "portal.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "authority.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "bills.h"
#include "bookings.h"
#include "control.h"
#include "db.h"
#include "form/catalogue.h"
#include "http.h"
#include "ledger.h"
#include "lies.h"
#include "limits.h"
#include "offer.h"
#include "officers.h"
#include "provider.h"

enum { PEM_MOST = 64 * 1024, PATH = 512, LINE = 512 };

static const char usage[] =
    "portal --folder DIR [options]     serve, with ca.pem, ca.key, server.pem, server.key of DIR\n"
    "portal --control SOCKET WORDS...  say a command to a running portal (control.h)\n"
    "portal --database URL WORDS...    the same on the database alone: dump, step, code, revoke\n"
    "portal --control SOCKET|--database URL --officer NAME ROLE KELURAHAN [RT]\n"
    "                                  an account for the pages at /petugas, or its new password,\n"
    "                                  which is a line of standard input; ROLE is rt, petugas,\n"
    "                                  lurah or admin, KELURAHAN its ten digits\n"
    "  --database URL    sqlite:FILE (default DIR/portal.db) or postgresql://...\n"
    "  --catalogue DIR   what submissions are checked against and kiosks are sent\n"
    "  --bills FILE      what is owed for land (tests/portal/bills.json is synthetic)\n"
    "  --bookings FILE   what can be booked from home (tests/portal/bookings.json)\n"
    "  --nmid ID         the merchant of the payment provider's codes\n"
    "  --pay-seconds N   how long such a code lives (default 300)\n"
    "  --offices DIR     hours of the city and its offices, sent with it (default: as installed)\n"
    "  --port N          on 127.0.0.1; 0, the default: any\n"
    "  --server NAME     DIR/NAME.pem and DIR/NAME.key (default: server)\n"
    "  --tls WORDS       GnuTLS priorities (default: TLS 1.2 and 1.3)\n"
    "  --utc-offset MIN  the office's time (default 480)\n";

struct options {
    const char *folder, *database, *catalogue, *control, *server, *tls, *bills, *nmid, *offices,
        *bookings;
    int pay_seconds;
    uint16_t port;
    bool officer, help;
    int utc_offset;
    char words[LINE];
};

static bool
read_options(int argc, char **argv, struct options *options)
{
    static const struct option list[] = {{"folder", 1, NULL, 'f'},    {"database", 1, NULL, 'd'},
                                         {"catalogue", 1, NULL, 'c'}, {"port", 1, NULL, 'p'},
                                         {"control", 1, NULL, 's'},   {"server", 1, NULL, 'n'},
                                         {"tls", 1, NULL, 't'},       {"utc-offset", 1, NULL, 'u'},
                                         {"officer", 0, NULL, 'o'},   {"bills", 1, NULL, 'b'},
                                         {"nmid", 1, NULL, 'm'},      {"pay-seconds", 1, NULL, 'l'},
                                         {"offices", 1, NULL, 'h'},   {"bookings", 1, NULL, 'k'},
                                         {"help", 0, NULL, 'e'},      {0}};
    struct text words = text_over(options->words, sizeof options->words);
    for (int letter; (letter = getopt_long(argc, argv, "+", list, NULL)) != -1;) {
        const char **target = letter == 'f'   ? &options->folder
                              : letter == 'd' ? &options->database
                              : letter == 'c' ? &options->catalogue
                              : letter == 's' ? &options->control
                              : letter == 'n' ? &options->server
                              : letter == 't' ? &options->tls
                              : letter == 'b' ? &options->bills
                              : letter == 'm' ? &options->nmid
                              : letter == 'h' ? &options->offices
                              : letter == 'k' ? &options->bookings
                                              : NULL;
        if (target) {
            *target = optarg;
        } else if (letter == 'p') {
            options->port = (uint16_t)atoi(optarg);
        } else if (letter == 'o') {
            options->officer = true;
        } else if (letter == 'l') {
            options->pay_seconds = atoi(optarg);
        } else if (letter == 'u') {
            options->utc_offset = atoi(optarg);
        } else {
            options->help = letter == 'e';
            return false;
        }
    }
    for (int i = optind; i < argc; i++) {
        text_addf(&words, "%s%s", i > optind ? " " : "", argv[i]);
    }
    return options->folder || (words.len > 0 && (options->control || options->database));
}

/* "NAME ROLE KELURAHAN [RT]" becomes the command that makes the account: the password is read
 * and hashed here, so that neither a command line nor a socket ever carries it. */
static bool
word_account(struct options *options)
{
    char line[LINE], name[40], role[16], kelurahan[16], rt[8] = "-", hash[PASSWORD_HASH];
    int count = sscanf(options->words, "%39s %15s %15s %7s", name, role, kelurahan, rt);
    bool read = count >= 3 && fgets(line, sizeof line, stdin);
    size_t len = read ? strcspn(line, "\r\n") : 0;
    line[len] = '\0';
    // A form in a browser would lose spaces at its ends.
    bool ends = len > 0 && line[0] != ' ' && line[len - 1] != ' ';
    bool long_enough = ends && utf8_count(line) >= PASSWORD_LEAST && len <= PASSWORD_MOST;
    if (!long_enough) {
        fprintf(stderr, "portal: a password of %d to %d letters is read from standard input\n",
                PASSWORD_LEAST, PASSWORD_MOST);
    }
    bool good = long_enough && password_hash(line, hash);
    secret_zero(line, sizeof line);
    struct text words = text_over(options->words, sizeof options->words);
    text_addf(&words, "officer %s %s %s %s %s", name, role, kelurahan, rt, hash);
    return good && !words.cut;
}

/* A command without a server. */
static int
command(const struct options *options)
{
    struct portal portal = {.db = db_open(options->database)};
    bool ready = portal.db && ledger_prepare(portal.db) == LEDGER_DONE;
    char *answer = ready ? control_do(&portal, options->words) : NULL;
    bool good = answer && strncmp(answer, "{\"error\"", 8) != 0;
    if (answer) {
        puts(answer);
    }
    free(answer);
    db_close(portal.db);
    return good ? 0 : 1;
}

static char *
read_pem(const struct options *options, const char *name, const char *kind)
{
    char path[PATH];
    size_t len = 0;
    snprintf(path, sizeof path, "%s/%s.%s", options->folder, name, kind);
    char *text = files_read(path, PEM_MOST, &len);
    if (!text) {
        log_error("portal: cannot read %s", path);
    }
    return text;
}

static bool
publish(struct portal *portal)
{
    struct fault fault = {""};
    bool good = offer_publish(portal, portal->catalogue_folder, portal->offices_folder, &fault);
    if (!good) {
        log_error("portal: %s", fault.text);
    }
    return good;
}

static bool
open_parts(struct portal *portal, const struct options *options)
{
    char database[PATH];
    char *pem = read_pem(options, "ca", "pem"), *key = read_pem(options, "ca", "key");
    snprintf(database, sizeof database, "sqlite:%s/portal.db", options->folder);
    portal->utc_offset = options->utc_offset;
    portal->catalogue_folder = options->catalogue;
    portal->offices_folder = options->offices;
    portal->authority = pem && key ? authority_load(pem, key) : NULL;
    portal->lies = lies_create();
    portal->limits = limits_create();
    portal->provider = provider_create(options->nmid, options->pay_seconds);
    portal->bills = options->bills ? bills_load(options->bills) : NULL;
    portal->bookings = options->bookings ? bookings_load(options->bookings) : NULL;
    portal->db = db_open(options->database ? options->database : database);
    free(pem);
    free(key);
    return portal->authority && portal->lies && portal->limits && portal->db && portal->provider &&
           (!options->bills || portal->bills) && (!options->bookings || portal->bookings) &&
           ledger_prepare(portal->db) == LEDGER_DONE &&
           portal_keys_load(options->folder, &portal->keys) &&
           (!options->catalogue || publish(portal));
}

static struct http *
listen_on(struct portal *portal, const struct options *options)
{
    char *authority = read_pem(options, "ca", "pem");
    char *certificate = read_pem(options, options->server, "pem");
    char *key = read_pem(options, options->server, "key");
    struct http_options http = {.certificate = certificate,
                                .key = key,
                                .authority = authority,
                                .priorities = options->tls,
                                .port = options->port};
    struct http *started = authority && certificate && key ? http_start(portal, &http) : NULL;
    free(authority);
    free(certificate);
    free(key);
    return started;
}

static void
announce(const struct portal *portal, const struct http *http, const char *socket)
{
    char seal_key[2 * SEAL_KEY + 1], sign_key[2 * SIGN_PUBLIC + 1];
    hex_of(portal->keys.seal_public, SEAL_KEY, seal_key);
    hex_of(portal->keys.sign_public, SIGN_PUBLIC, sign_key);
    printf("{\"port\":%u,\"url\":\"https://127.0.0.1:%u\",\"seal_key\":\"%s\",\"sign_key\":\"%s\","
           "\"control\":\"%s\"}\n",
           http_port(http), http_port(http), seal_key, sign_key, socket);
    fflush(stdout);
}

static void
close_parts(struct portal *portal)
{
    db_close(portal->db);
    authority_destroy(portal->authority);
    catalogue_destroy(portal->catalogue);
    lies_destroy(portal->lies);
    limits_destroy(portal->limits);
    bills_destroy(portal->bills);
    bookings_destroy(portal->bookings);
    provider_destroy(portal->provider);
    offer_destroy(portal->offer);
}

static int
serve(const struct options *options, const sigset_t *signals)
{
    struct portal portal = {.lock = PTHREAD_RWLOCK_INITIALIZER};
    struct http *http = NULL;
    struct control *control = NULL;
    char path[PATH];
    int got = 0, result = 1;
    snprintf(path, sizeof path, "%s/control.sock", options->folder);
    if (open_parts(&portal, options) && (http = listen_on(&portal, options)) &&
        (control = control_start(&portal, path))) {
        announce(&portal, http, path);
        sigwait(signals, &got);
        result = 0;
    }
    control_stop(control);
    http_stop(http);
    close_parts(&portal);
    return result;
}

int
main(int argc, char **argv)
{
    struct options options = {.server = "server",
                              .utc_offset = 480,
                              .nmid = "ID1020000000001",
                              .pay_seconds = PROVIDER_LIFE,
                              .tls = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
    sigset_t signals;
    log_init("portal");
    if (!read_options(argc, argv, &options)) {
        fputs(usage, options.help ? stdout : stderr);
        return options.help ? 0 : 2;
    }
    if (!seal_init() || (options.officer && !word_account(&options))) {
        return 1;
    }
    if (options.control) {
        return control_say(options.control, options.words) ? 0 : 1;
    }
    if (!options.folder) {
        return command(&options);
    }
    // All threads inherit this: the signals that end it are taken in one place.
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return serve(&options, &signals);
}
