#include "base/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/log.h"

#define HEX "0123456789abcdefABCDEF"
#define NAME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
enum { ID_MAX = 32, OFFICE_MAX = 15, ADDRESS_MAX = 48 };

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
    if (strlen(text) > max || (letters != NULL && text[strspn(text, letters)] != '\0')) {
        config_refuse(config, section, key, wanted);
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
    s->kiosk.socket_dir = config_text(c, "kiosk", "socket_dir", "/run/anjungan");
    s->kiosk.state_dir = config_text(c, "kiosk", "state_dir", "/var/lib/anjungan");
    s->kiosk.data_dir = config_text(c, "kiosk", "data_dir", "/usr/share/anjungan");
    s->kiosk.language = config_choice(c, "kiosk", "language", languages, 0);
    s->city.name = config_text(c, "city", "name", "Pemerintah Kota Samarinda");
    s->city.logo = config_text(c, "city", "logo", "S");
    s->city.primary = colour(c, "city", "primary", 0x005B50);
}

static void
read_portal(struct settings *s, struct config *c)
{
    s->portal.name = config_text(c, "portal", "name", "Santer");
    s->portal.url = config_text(c, "portal", "url", "");
    s->portal.public_url =
        text_of(c, "portal", "public_url", s->portal.url, NULL, ADDRESS_MAX, "at most 48 letters");
    s->portal.ca = config_text(c, "portal", "ca", "/etc/anjungan/portal-ca.pem");
    s->portal.seal_key = key_of(c, "seal_key");
    s->portal.sign_key = key_of(c, "sign_key");
}

static void
read_devices(struct settings *s, struct config *c)
{
    static const char *const turns[] = {"0", "90", "180", "270", NULL};
    s->panel.width_px = config_int(c, "panel", "width_px", 0, 0, 16384);
    s->panel.height_px = config_int(c, "panel", "height_px", 0, 0, 16384);
    s->panel.width_mm = config_number(c, "panel", "width_mm", 268, 50, 5000);
    s->panel.mount_mm = config_number(c, "panel", "mount_mm", 0, 0, 3000);
    s->panel.rotate = 90 * config_choice(c, "panel", "rotate", turns, 0);
    s->panel.window = config_bool(c, "panel", "window", false);
    matrix(c, s->panel.touch);
    s->printer.address = config_text(c, "printer", "address", "none");
    s->printer.profile = config_text(c, "printer", "profile", "epson-80");
}

static void
read_times(struct settings *s, struct config *c)
{
    s->times.idle = config_int(c, "times", "idle", 90, 5, 3600);
    s->times.idle_warning = config_int(c, "times", "idle_warning", 30, 1, 600);
    s->times.done = config_int(c, "times", "done", 30, 1, 600);
    s->times.rest = config_int(c, "times", "rest", 180, 5, 86400);
    s->tickets.recent = config_int(c, "tickets", "recent", 60, 0, 3600);
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
    read_devices(&loaded->settings, config);
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
