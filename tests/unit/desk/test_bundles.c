/* Which catalogue the desk offers: the installed one, or a newer one that the portal signed;
 * one with a fault is refused and the last good one runs on. */
#include "../bundle_of.h"

#include <errno.h>
#include <sys/stat.h>

#include "desk/parts.h"

static const char *assets;
static uint8_t secret_key[SIGN_SECRET];
static char bundle[BUNDLE_BYTES];

/* --- memory: the `refused`th large block (ld --wrap); for want of a small one the desk ends
 * and is started again ----------------------------------------------------------------- */

enum { LARGE = 40 * 1024 };
static int blocks, refused;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *
__wrap_malloc(size_t size)
{
    if (size >= LARGE && ++blocks == refused) {
        errno = ENOMEM;
        return NULL;
    }
    return __real_malloc(size);
}

/* --- a desk without its loop ----------------------------------------------------------- */

struct world {
    struct settings settings;
    struct desk desk;
    char folder[64];
    struct heard heard;
};

static void
open_desk(struct world *world, const char *data_dir)
{
    memset(&world->desk, 0, sizeof world->desk);
    world->settings.kiosk.data_dir = data_dir;
    world->settings.kiosk.state_dir = world->folder;
    world->desk.settings = &world->settings;
    world->desk.knows_portal = true;
    sign_keypair(world->desk.portal_sign, secret_key);
}

/* Started anew: what is on the disk and which key it trusts stay. */
static bool
start_again(struct world *world)
{
    catalogue_destroy(world->desk.catalogue);
    free(world->desk.bundle);
    world->desk.catalogue = NULL;
    world->desk.bundle = NULL;
    world->desk.bundle_version = 0;
    heard_begin(&world->heard);
    bool good = bundles_load(&world->desk);
    heard_end(&world->heard);
    return good;
}

static void
receive(struct world *world, size_t len)
{
    char *copy = __real_malloc(len);
    memcpy(copy, bundle, len);
    heard_begin(&world->heard);
    blocks = 0;
    bundles_received(&world->desk, copy, len, "\"etag\"");
    refused = 0;
    heard_end(&world->heard);
}

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    strcpy(world->folder, "/tmp/anjungan-bundles-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    open_desk(world, assets);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/catalogue.bundle", world->folder);
    unlink(path);
    rmdir(world->folder);
    catalogue_destroy(world->desk.catalogue);
    free(world->desk.bundle);
    free(world);
    return 0;
}

static size_t
good_bundle(int version)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%s/catalogue", assets);
    return bundle_of(folder, version, secret_key, NULL, NULL, bundle);
}

static void
a_good_one_replaces_what_runs(void **state)
{
    struct world *world = *state;
    assert_true(start_again(world));
    receive(world, good_bundle(7));
    assert_int_equal(world->desk.bundle_version, 7);
    assert_non_null(strstr(world->heard.text, "catalogue 7 is active"));
    receive(world, good_bundle(6)); // never a step back
    assert_int_equal(world->desk.bundle_version, 7);
    assert_true(start_again(world)); // and after a restart
    assert_int_equal(world->desk.bundle_version, 7);
}

static void
a_fault_is_named_and_the_last_good_one_runs_on(void **state)
{
    struct world *world = *state;
    char folder[512];
    snprintf(folder, sizeof folder, "%s/catalogue", assets);
    assert_true(start_again(world));
    receive(world, good_bundle(7));
    const struct catalogue *running = world->desk.catalogue;
    receive(world,
            bundle_of(folder, 8, secret_key, "\"code\": \"KTP\"", "\"code\": \"ktp\"", bundle));
    assert_non_null(strstr(world->heard.text, "services/ktp.json:3: code: A-Z, 0-9 and '-' were "
                                              "expected; the old one runs on"));
    assert_ptr_equal(world->desk.catalogue, running);
    receive(world, bundle_odd("[\"{}\"]", secret_key, bundle));
    assert_non_null(strstr(world->heard.text, "the old one runs on"));
    size_t len = good_bundle(9);
    bundle[len - 2] ^= 1;
    receive(world, len);
    assert_non_null(strstr(world->heard.text, "the signature is not the portal's"));
    assert_int_equal(world->desk.bundle_version, 7);
    assert_true(start_again(world));
    assert_int_equal(world->desk.bundle_version, 7);
}

static void
a_bent_bundle_on_the_disk_leaves_the_installed_one(void **state)
{
    struct world *world = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/catalogue.bundle", world->folder);
    assert_true(files_replace(path, bundle, good_bundle(7) - 9, 0600));
    assert_true(start_again(world));
    assert_int_equal(world->desk.bundle_version, 0);
    assert_non_null(strstr(world->heard.text, "the installed catalogue stands"));
}

/* An installed catalogue that is refused: named, and mended by the portal's next. */
static void
the_portal_mends_a_broken_installation(void **state)
{
    struct world *world = *state;
    world->settings.kiosk.data_dir = "/nonexistent";
    assert_true(start_again(world)); // with the counter alone
    assert_non_null(strstr(world->heard.text, "catalogue.json:0: the file is missing"));
    assert_int_equal(catalogue_version(world->desk.catalogue), 0);
    receive(world, good_bundle(1));
    assert_int_equal(world->desk.bundle_version, 1);
    assert_int_equal(catalogue_version(world->desk.catalogue), 1);
    assert_true(start_again(world));
}

/* Whatever memory was missing, the next try has it: a bundle that is fetched again. */
static void
a_refused_block_is_made_good(void **state)
{
    struct world *world = *state;
    size_t len = good_bundle(7);
    int failed = 0;
    for (int nth = 1; nth == failed + 1; nth++) { // until all could be had
        char path[128];
        snprintf(path, sizeof path, "%s/catalogue.bundle", world->folder);
        unlink(path);
        world->desk.bundle_etag[0] = '\0';
        assert_true(start_again(world));
        refused = nth;
        receive(world, len);
        if (world->desk.bundle_version != 7) {
            failed++;
            assert_int_equal(world->desk.bundle_version, 0);
            assert_string_equal(world->desk.bundle_etag, ""); // the portal is asked for it again
            assert_int_equal(access(path, F_OK), -1);
            receive(world, len);
        }
        assert_int_equal(world->desk.bundle_version, 7);
        assert_string_equal(world->desk.bundle_etag, "\"etag\"");
    }
    assert_true(failed > 0);
}

/* At the start, from the disk: the desk tries again by itself, also with the line down. */
static void
a_refused_block_at_the_start_too(void **state)
{
    struct world *world = *state;
    int failed = 0;
    assert_true(start_again(world));
    receive(world, good_bundle(7));
    for (int nth = 1; nth == failed + 1; nth++) {
        blocks = 0;
        refused = nth;
        assert_true(start_again(world));
        refused = 0;
        assert_int_equal(world->desk.bundle_missed, world->desk.bundle_version != 7);
        if (world->desk.bundle_missed) {
            failed++;
            assert_true(bundles_load(&world->desk)); // what the loop does then
        }
        assert_int_equal(world->desk.bundle_version, 7);
        assert_false(world->desk.bundle_missed);
    }
    assert_true(failed > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_one_replaces_what_runs),
        TEST(a_fault_is_named_and_the_last_good_one_runs_on),
        TEST(a_bent_bundle_on_the_disk_leaves_the_installed_one),
        TEST(the_portal_mends_a_broken_installation),
        TEST(a_refused_block_is_made_good),
        TEST(a_refused_block_at_the_start_too),
    };
    assert_true(argc == 2 && seal_init());
    assets = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
