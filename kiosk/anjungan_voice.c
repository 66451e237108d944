/* anjungan-voice: calls numbers and reads texts aloud for a screen. It alone starts another
 * program, espeak-ng, and keeps nothing of what it says. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "base/settings.h"
#include "base/text.h"
#include "voice/pack.h"
#include "voice/voice.h"
#include "voice/words.h"

static const char usage[] =
    "usage: anjungan-voice [--config FILE] [--dial PATH]\n"
    "       anjungan-voice [--config FILE] [--last] --say NUMBER [COUNTER] [PLACE]\n"
    "       anjungan-voice --check DIR\n"
    "  --config FILE  default /etc/anjungan/anjungan.ini\n"
    "  --dial PATH    the screen's socket; default socket_dir/voice.sock\n"
    "  --say NUMBER COUNTER  call that number to that counter and end: --say A-017 2\n"
    "                 or to a place: --say D-003 \"meja pengaduan\"\n"
    "  --last         as the last call\n"
    "  --check DIR    name what is wrong with a pack of recordings\n"
    "  --version, --help\n"
    "Exit status: 0 ended or said, 1 it could not, 2 wrong usage.\n";

struct arguments {
    const char *config, *dial, *check;
    struct call call; /* its number NULL: serve a screen */
};

/* What stands behind --say NUMBER: "2", "meja pengaduan", "2 loket". */
static bool
read_place(char **words, int count, struct call *call)
{
    for (int i = 0; i < count; i++) {
        if (text_is_digits(words[i]) && strlen(words[i]) <= 4 && call->counter == 0) {
            call->counter = (int)strtol(words[i], NULL, 10);
        } else if (call->place == NULL) {
            call->place = words[i];
        } else {
            return false;
        }
    }
    struct words said;
    return words_call(&said, call);
}

/* False after having answered; `status` is the exit code then. */
static bool
parse(int argc, char **argv, struct arguments *out, int *status)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"dial", required_argument, NULL, 'd'},
        {"say", required_argument, NULL, 's'},    {"last", no_argument, NULL, 'l'},
        {"check", required_argument, NULL, 'k'},  {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},         {0}};
    int option;
    bool good = true;
    while ((option = getopt_long(argc, argv, "c:d:vh", options, NULL)) >= 0) {
        if (option == 'c') {
            out->config = optarg;
        } else if (option == 'd') {
            out->dial = optarg;
        } else if (option == 's') {
            out->call.number = optarg;
        } else if (option == 'l') {
            out->call.last = true;
        } else if (option == 'k') {
            out->check = optarg;
        } else if (option == 'v') {
            puts("anjungan-voice " VERSION);
            return false;
        } else if (option == 'h') {
            fputs(usage, stdout);
            return false;
        } else {
            good = false;
        }
    }
    int words = argc - optind;
    good = good && (out->call.number != NULL ? read_place(argv + optind, words, &out->call)
                                             : words == 0 && !out->call.last);
    if (!good) {
        *status = 2;
        fputs(usage, stderr);
    }
    return good;
}

/* A program that runs from its build finds the pack beside it. */
static const char *
pack_folder(const struct settings *settings, char *out, size_t size)
{
    static const char place[] = "/kiosk/anjungan-voice", pack[] = "/kiosk/voice/voice";
    ssize_t len = readlink("/proc/self/exe", out, size - 1);
    if (len >= (ssize_t)sizeof place && (size_t)len < size - 1) {
        out[len] = '\0';
        char *tail = out + len - strlen(place);
        bool built = strcmp(tail, place) == 0;
        memcpy(tail, pack, sizeof pack);
        if (built && access(out, R_OK) == 0) {
            return out;
        }
    }
    snprintf(out, size, "%s/voice", settings->kiosk.data_dir);
    return out;
}

static int
check(const char *folder)
{
    log_to_people();
    struct pack *pack = pack_load(folder);
    bool good = pack != NULL;
    pack_destroy(pack);
    if (good) {
        printf("%s: good\n", folder);
    }
    return good ? 0 : 1;
}

int
main(int argc, char **argv)
{
    int status = 0;
    bool ended;
    char folder[4096], socket[4096];
    struct arguments arguments = {.config = "/etc/anjungan/anjungan.ini"};
    struct voice_parts parts = {.signals = -1};
    struct voice *voice = NULL;

    log_init("anjungan-voice");
    if (!parse(argc, argv, &arguments, &status)) {
        return status;
    }
    if (arguments.check != NULL) {
        return check(arguments.check);
    }
    status = 1;
    process_forbid_cores();
    struct settings *settings = settings_load(arguments.config);
    if (settings == NULL) {
        goto out;
    }
    snprintf(socket, sizeof socket, "%s/voice.sock", settings->kiosk.socket_dir);
    parts = (struct voice_parts){.settings = settings,
                                 .pack = pack_folder(settings, folder, sizeof folder),
                                 .dial = arguments.dial != NULL ? arguments.dial : socket,
                                 .signals = process_stop_signals()};
    voice = parts.signals >= 0 ? voice_create(&parts) : NULL;
    if (voice == NULL) {
        goto out;
    }
    if (arguments.call.number != NULL) {
        log_to_people();
        status = voice_say(voice, &arguments.call) ? 0 : 1;
    } else {
        voice_run(voice);
        status = 0;
    }
out:
    ended = voice_destroy(voice);
    settings_destroy(settings);
    if (parts.signals >= 0) {
        close(parts.signals);
    }
    if (!ended) {
        _exit(status); // a hung sound device would keep exit() waiting for ever
    }
    return status;
}
