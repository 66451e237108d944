/* A desk without its loop, in a folder of its own, and bundles for it. */
#pragma once
#include "../bundle_of.h"

#include "desk/parts.h"

static const char *assets; /* the first argument */
static uint8_t secret_key[SIGN_SECRET];
static char bundle[BUNDLE_BYTES];

/* Offices as the JSON text of a bundle has them. */
#define OFFICE(name) "\"{\\\"code\\\":\\\"6472021001\\\",\\\"name\\\":\\\"" name "\\\"}\""
#define CITY(hours) "\"{\\\"hours\\\":\\\"" hours "\\\",\\\"week\\\":{}}\""

struct world {
    struct settings settings;
    struct desk desk;
    char folder[64];
    struct heard heard;
};

static inline void
open_desk(struct world *world, const char *data_dir)
{
    memset(&world->desk, 0, sizeof world->desk);
    world->settings.kiosk.data_dir = data_dir;
    world->settings.kiosk.state_dir = world->folder;
    world->settings.kiosk.office = "6472021001";
    world->desk.settings = &world->settings;
    world->desk.knows_portal = true;
    sign_keypair(world->desk.portal_sign, secret_key);
}

/* Started anew: what is on the disk and which key it trusts stay. */
static inline bool
start_again(struct world *world)
{
    catalogue_destroy(world->desk.catalogue);
    office_destroy(world->desk.office);
    free(world->desk.bundle);
    world->desk.catalogue = NULL;
    world->desk.office = NULL;
    world->desk.bundle = NULL;
    world->desk.bundle_version = 0;
    heard_begin(&world->heard);
    bool good = bundles_load(&world->desk);
    heard_end(&world->heard);
    return good;
}

static inline void
receive(struct world *world, size_t len)
{
    char *copy = malloc(len);
    memcpy(copy, bundle, len);
    heard_begin(&world->heard);
    bundles_received(&world->desk, copy, len, "\"etag\"");
    heard_end(&world->heard);
}

static inline int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    strcpy(world->folder, "/tmp/anjungan-bundles-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    open_desk(world, assets);
    *state = world;
    return 0;
}

static inline int
tear_down(void **state)
{
    struct world *world = *state;
    char path[128];
    static const char *const names[] = {"", ".before", ".new", ".before.new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/catalogue.bundle%s", world->folder, names[i]);
        unlink(path);
    }
    rmdir(world->folder);
    catalogue_destroy(world->desk.catalogue);
    office_destroy(world->desk.office);
    free(world->desk.bundle);
    free(world);
    return 0;
}

static inline size_t
good_bundle(int version)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%s/catalogue", assets);
    return bundle_of(folder, version, secret_key, NULL, NULL, bundle);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
