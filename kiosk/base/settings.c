#include "base/settings.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"

#define HEX "0123456789abcdefABCDEF"
#define NAME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
#ifndef DATA_DIR
#define DATA_DIR "/usr/share/anjungan"
#endif
enum {
    ID_MAX = 32,
    OFFICE_MAX = 15,
    ADDRESS_MAX = 48,
    PORTAL_MAX = 24,
    LOGO_MAX = 2,
    LEAST_PIXELS = 320
};

struct loaded {
    struct settings settings; // first: what callers hold
    struct config *config;
};

/* A text of these letters and at most so long, else the fallback. */
static const char *
text_of(struct config *config, const char *section, const char *key, const char *fallback,
        const char *letters, size_t max, const char *wanted)
{
    const char *text = config_text(config, section, key, NULL);
    if (text == NULL) {
        return fallback;
    }
    if (utf8_count(text) > max || (letters != NULL && text[strspn(text, letters)] != '\0')) {
        config_refuse(config, section, key, wanted);
        return fallback;
    }
    return text;
}

/* A text that begins so, and has no blank in it; else the fallback. */
static const char *
beginning_with(struct config *config, const char *section, const char *key, const char *fallback,
               const char *const *beginnings, const char *wanted)
{
    const char *text = config_text(config, section, key, fallback);
    for (; text != fallback && *beginnings != NULL; beginnings++) {
        if (strncmp(text, *beginnings, strlen(*beginnings)) == 0 && strchr(text, ' ') == NULL) {
            return text;
        }
    }
    if (text != fallback) {
        config_refuse(config, section, key, wanted);
    }
    return fallback;
}

static const char *
path_of(struct config *config, const char *section, const char *key, const char *fallback)
{
    static const char *const root[] = {"/", NULL};
    return beginning_with(config, section, key, fallback, root, "a path from the root");
}

/* One that is there: a kiosk without its pictures and offices is no kiosk. */
static const char *
folder_of(struct config *config, const char *section, const char *key, const char *fallback)
{
    struct stat found;
    const char *path = path_of(config, section, key, fallback);
    if (strcmp(path, fallback) != 0 && (stat(path, &found) != 0 || !S_ISDIR(found.st_mode))) {
        config_refuse(config, section, key, "a folder that is there");
        return fallback;
    }
    return path;
}

static const char *
web_address(struct config *config, const char *key, const char *fallback)
{
    static const char *const schemes[] = {"https://", NULL};
    return beginning_with(config, "portal", key, fallback, schemes, "an address with https://");
}

/* What print/transport.h takes; it looks closer. */
static const char *
printer_address(struct config *config, const char *fallback)
{
    static const char *const roads[] = {"tcp:", "usb:/", "serial:/", "none", NULL};
    return beginning_with(config, "printer", "address", fallback, roads,
                          "tcp:HOST:PORT, usb:/dev/..., serial:/dev/...:BAUD or none");
}

/* The letters that stand for a city without a picture of its arms. */
static const char *
logo(struct config *config, const char *fallback)
{
    const char *text = config_text(config, "city", "logo", fallback);
    if (utf8_count(text) > LOGO_MAX) {
        config_refuse(config, "city", "logo", "one or two letters");
        return fallback;
    }
    return text;
}

/* 32 bytes as 64 hexadecimal letters, or empty. */
static const char *
key_of(struct config *config, const char *key)
{
    const char *text = config_text(config, "portal", key, "");
    if (text[0] != '\0' && (strlen(text) != 64 || text[strspn(text, HEX)] != '\0')) {
        config_refuse(config, "portal", key, "64 hexadecimal letters");
        return "";
    }
    return text;
}

/* "#005B50" as 0x005B50. */
static uint32_t
colour(struct config *config, const char *section, const char *key, uint32_t fallback)
{
    const char *text = config_text(config, section, key, NULL);
    if (text == NULL) {
        return fallback;
    }
    if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, HEX) != 6) {
        config_refuse(config, section, key, "a colour like #005B50");
        return fallback;
    }
    return (uint32_t)strtoul(text + 1, NULL, 16);
}

static uint32_t
number(struct config *config)
{
    double value = config_number(config, "kiosk", "number", 1, 1, 4000000000.0);
    if (value != (uint32_t)value) {
        config_refuse(config, "kiosk", "number", "a whole number");
        return 1;
    }
    return (uint32_t)value;
}

static bool
six_numbers(const char *text, double out[6])
{
    for (int i = 0; i < 6; i++) {
        char *end;
        out[i] = strtod(text, &end);
        if (end == text || !isfinite(out[i])) {
            return false;
        }
        text = end;
    }
    return text[strspn(text, " ")] == '\0';
}

static void
matrix(struct config *config, double out[6])
{
    const char *text = config_text(config, "panel", "touch", NULL);
    if (text != NULL && !six_numbers(text, out)) {
        config_refuse(config, "panel", "touch", "six numbers");
        memset(out, 0, 6 * sizeof out[0]);
    }
}

static void
read_kiosk(struct settings *s, struct config *c)
{
    static const char *const languages[] = {"id", "en", "bjn", "jv", NULL};
    s->kiosk.id = text_of(c, "kiosk", "id", "0000000000-1", NAME, ID_MAX,
                          "at most 32 letters, digits, dots and dashes");
    s->kiosk.number = number(c);
    s->kiosk.office = text_of(c, "kiosk", "office", "6472021001", "0123456789", OFFICE_MAX,
                              "a kelurahan's code in digits");
    s->kiosk.socket_dir = path_of(c, "kiosk", "socket_dir", "/run/anjungan");
    s->kiosk.state_dir = path_of(c, "kiosk", "state_dir", "/var/lib/anjungan");
    s->kiosk.data_dir = folder_of(c, "kiosk", "data_dir", DATA_DIR);
    s->kiosk.language = config_choice(c, "kiosk", "language", languages, 0);
    s->city.name = text_of(c, "city", "name", "Pemerintah Kota Samarinda", NULL, SETTINGS_CITY,
                           "at most 48 letters");
    s->city.logo = logo(c, "S");
    s->city.primary = colour(c, "city", "primary", 0x005B50);
}

static void
read_portal(struct settings *s, struct config *c)
{
    s->portal.name = text_of(c, "portal", "name", "Santer", NULL, PORTAL_MAX, "at most 24 letters");
    s->portal.url = web_address(c, "url", "");
    s->portal.public_url = web_address(c, "public_url", s->portal.url);
    if (strlen(s->portal.public_url) > ADDRESS_MAX) {
        config_refuse(c, "portal", "public_url", "at most 48 letters");
        s->portal.public_url = s->portal.url;
    }
    s->portal.ca = path_of(c, "portal", "ca", "/etc/anjungan/portal-ca.pem");
    s->portal.seal_key = key_of(c, "seal_key");
    s->portal.sign_key = key_of(c, "sign_key");
    s->portal.bundle_minutes = config_int(c, "portal", "bundle_minutes", 15, 1, 1440);
}

/* "ID" and thirteen digits: the merchant that every payment code must be for. */
static const char *
nmid_of(struct config *config)
{
    const char *text = config_text(config, "payment", "nmid", "");
    if (text[0] != '\0' && (strlen(text) != 15 || strncmp(text, "ID", 2) != 0 ||
                            strspn(text + 2, "0123456789") != 13)) {
        config_refuse(config, "payment", "nmid", "ID and 13 digits");
        return "";
    }
    return text;
}

static void
read_payment(struct settings *s, struct config *c)
{
    s->payment.nmid = nmid_of(c);
    s->payment.cap = config_int(c, "payment", "cap", 10000000, 1, 1000000000);
}

/* Pixels of a picture on which a word can be read, or 0: as the display reports. */
static int
pixels(struct config *config, const char *key)
{
    int count = config_int(config, "panel", key, 0, 0, 16384);
    if (count > 0 && count < LEAST_PIXELS) {
        config_refuse(config, "panel", key, "0, or from 320 to 16384");
        return 0;
    }
    return count;
}

static void
read_devices(struct settings *s, struct config *c)
{
    static const char *const turns[] = {"0", "90", "180", "270", NULL};
    s->panel.width_px = pixels(c, "width_px");
    s->panel.height_px = pixels(c, "height_px");
    s->panel.width_mm = config_number(c, "panel", "width_mm", 268, 50, 5000);
    s->panel.mount_mm = config_number(c, "panel", "mount_mm", 0, 0, 3000);
    s->panel.rotate = 90 * config_choice(c, "panel", "rotate", turns, 0);
    s->panel.window = config_bool(c, "panel", "window", false);
    matrix(c, s->panel.touch);
    s->printer.address = printer_address(c, "usb:/dev/anjungan/printer");
    s->printer.roll_m = config_int(c, "printer", "roll_m", 0, 0, 500);
    s->printer.profile = text_of(c, "printer", "profile", "epson-80", NAME, ID_MAX,
                                 "the name of a profile in data_dir/printers");
}

/* "20.00-07.00": the second may be of the next day. */
static void
quiet_hours(struct settings *s, struct config *c)
{
    char begin[8];
    const char *text = config_text(c, "voice", "quiet", NULL);
    const char *dash = text != NULL ? strchr(text, '-') : NULL;
    bool shaped = dash != NULL && dash - text < (ptrdiff_t)sizeof begin;
    if (shaped) {
        snprintf(begin, sizeof begin, "%.*s", (int)(dash - text), text);
        s->voice.quiet_begin = civil_read_time(begin);
        s->voice.quiet_end = civil_read_time(dash + 1);
    }
    if (text != NULL && (!shaped || s->voice.quiet_begin < 0 || s->voice.quiet_end < 0)) {
        config_refuse(c, "voice", "quiet", "two times like 20.00-07.00");
        s->voice.quiet_begin = s->voice.quiet_end = 0;
    }
}

static void
read_voice(struct settings *s, struct config *c)
{
    s->voice.pack = path_of(c, "voice", "pack", "");
    s->voice.program = path_of(c, "voice", "program", "/usr/bin/espeak-ng");
    s->voice.volume = config_int(c, "voice", "volume", 80, 0, 100);
    quiet_hours(s, c);
}

static void
read_hall(struct settings *s, struct config *c)
{
    s->hall.certificate = path_of(c, "hall", "certificate", "/etc/anjungan/hall.pem");
    s->hall.key = path_of(c, "hall", "key", "/etc/anjungan/hall-key.pem");
    s->hall.port = config_int(c, "hall", "port", 8443, 1, 65535);
}

static void
read_times(struct settings *s, struct config *c)
{
    s->times.idle = config_int(c, "times", "idle", 90, 5, 3600);
    s->times.idle_warning = config_int(c, "times", "idle_warning", 30, 1, 600);
    s->times.done = config_int(c, "times", "done", 30, 1, 600);
    s->times.rest = config_int(c, "times", "rest", 180, 5, 86400);
    s->tickets.recent = config_int(c, "tickets", "recent", 10, 0, 3600);
    s->tickets.in_a_row = config_int(c, "tickets", "in_a_row", 3, 1, 1000);
}

struct settings *
settings_load(const char *path)
{
    struct config *config = config_load(path);
    struct loaded *loaded = config != NULL ? calloc(1, sizeof *loaded) : NULL;
    if (loaded == NULL) {
        config_destroy(config);
        return NULL;
    }
    loaded->config = config;
    read_kiosk(&loaded->settings, config);
    read_portal(&loaded->settings, config);
    read_payment(&loaded->settings, config);
    read_devices(&loaded->settings, config);
    read_voice(&loaded->settings, config);
    read_hall(&loaded->settings, config);
    read_times(&loaded->settings, config);
    loaded->settings.problems = config_finish(config);
    return &loaded->settings;
}

void
settings_destroy(struct settings *settings)
{
    if (settings != NULL) {
        struct loaded *loaded = (struct loaded *)settings;
        config_destroy(loaded->config);
        free(loaded);
    }
}
