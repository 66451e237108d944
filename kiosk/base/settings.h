/* Every key of anjungan.ini, read once and typed: the programs share the file, so
 * they share its reading too. kiosk/deploy/anjungan.ini says what each key means. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { SETTINGS_CITY = 48 }; /* letters of the city's name at most */

struct settings {
    struct {
        const char *id, *office, *socket_dir, *state_dir, *data_dir;
        uint32_t number;
        int language;
    } kiosk;
    struct {
        const char *name, *logo;
        uint32_t primary;
    } city;
    struct {
        const char *name, *url, *public_url, *ca, *seal_key, *sign_key;
        int bundle_minutes; /* between two questions for a newer catalogue */
    } portal;
    struct {
        const char *nmid; /* empty: bills are shown and not paid here */
        int cap;          /* rupiah */
    } payment;
    struct {
        int width_px, height_px, rotate;
        double width_mm, mount_mm, touch[6];
        bool window;
    } panel;
    struct {
        const char *address, *profile;
        int roll_m; /* length of a new roll in metres; 0: not known */
    } printer;
    struct {
        const char *pack, *program;
        int volume;                 /* percent */
        int quiet_begin, quiet_end; /* minutes since midnight; the same: never */
    } voice;
    struct {
        const char *certificate, *key; /* PEM files */
        int port;
    } hall;
    struct {
        int idle, idle_warning, done, rest;
    } times; /* seconds */
    struct {
        int recent, in_a_row;
    } tickets;
    int problems; /* wrong values and unknown keys, each named in the log */
};

/* NULL only when the file cannot be read; without a path all are the defaults. The strings live
 * with the settings. */
struct settings *settings_load(const char *path);
void settings_destroy(struct settings *settings);
