/* Which catalogue the desk offers: the installed one, or a newer one that the portal signed;
 * one with a fault is refused and the last good one runs on. */
#include "bundle_world.h"

#include <errno.h>

#include "base/clock.h"

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
    assert_non_null(strstr(world->heard.text,
                           "services/ktp.json:3: code: A-Z, 0-9 and '-' were expected, "
                           "not 'ktp'; the old one runs on"));
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

/* --- what one signature covers ------------------------------------------------------------- */

static void
its_office_counts(void **state)
{
    struct world *world = *state;
    struct civil now = {2027, 3, 1, 9, 0, 0, 1};
    world->settings.kiosk.office = "6472021001";
    assert_true(start_again(world));
    assert_string_equal(office_name(world->desk.office), "Kelurahan Sungai Keledang");
    bundle_also =
        ",\"offices/kota.json\":" CITY("city") ",\"offices/6472021001.json\":" OFFICE("Own");
    receive(world, good_bundle(7));
    assert_string_equal(office_name(world->desk.office), "Own");
    assert_string_equal(office_hours_line(world->desk.office, &now), "city");
    assert_true(start_again(world));
    assert_string_equal(office_name(world->desk.office), "Own");
    bundle_also = ",\"offices/kota.json\":" CITY("later");
    receive(world, good_bundle(8)); // its name from the list then
    assert_string_equal(office_name(world->desk.office), "Kelurahan Sungai Keledang");
    assert_string_equal(office_hours_line(world->desk.office, &now), "later");
    bundle_also = "";
    receive(world, good_bundle(9)); // none: as installed
    assert_non_null(strstr(office_hours_line(world->desk.office, &now), "Ramadan"));
}

/* --- its last day --------------------------------------------------------------------------- */

static void
one_that_is_over_is_not_taken(void **state)
{
    struct world *world = *state;
    char today[DATE_TEXT], path[128];
    struct civil now = civil_at(clock_wall(), 480);
    civil_date(&now, today);
    assert_true(start_again(world));
    bundle_last_day = "2020-01-01";
    receive(world, good_bundle(7));
    assert_int_equal(world->desk.bundle_version, 0);
    assert_non_null(strstr(world->heard.text, "its last day was 2020-01-01"));
    assert_string_equal(world->desk.bundle_etag, "");
    bundle_last_day = today; // that day included
    receive(world, good_bundle(7));
    assert_int_equal(world->desk.bundle_version, 7);
    assert_false(bundles_expired(&world->desk));
    // Nothing newer came for years: it runs on, and that is said, once.
    bundle_last_day = "2020-01-01";
    snprintf(path, sizeof path, "%s/catalogue.bundle", world->folder);
    assert_true(files_replace(path, bundle, good_bundle(8), 0600));
    assert_true(start_again(world));
    assert_int_equal(world->desk.bundle_version, 8);
    assert_true(bundles_expired(&world->desk));
    heard_begin(&world->heard);
    bundles_watch(&world->desk);
    bundles_watch(&world->desk);
    heard_end(&world->heard);
    char *said = strstr(world->heard.text, "8 was to be replaced by 2020-01-01");
    assert_non_null(said);
    assert_null(strstr(said + 10, "was to be replaced"));
    // By a clock in doubt nothing is over.
    world->desk.portal_heard = clock_monotonic();
    world->desk.portal_clock = clock_wall() - 86400000;
    assert_false(bundles_expired(&world->desk));
    receive(world, good_bundle(9));
    assert_int_equal(world->desk.bundle_version, 9);
    world->desk.portal_heard = 0;
    bundle_last_day = "2099-12-31";
}

/* An installed catalogue that is refused: named, and mended by the portal's next. */
static void
the_portal_mends_a_broken_installation(void **state)
{
    struct world *world = *state;
    world->settings.kiosk.data_dir = "/proc/nonexistent";
    assert_true(start_again(world)); // with the counter alone
    assert_non_null(strstr(world->heard.text, "catalogue.json: the file is missing"));
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
        blocks = -1; // the bundle itself is had
        refused = nth;
        receive(world, len);
        refused = 0;
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

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_one_replaces_what_runs),
        TEST(a_fault_is_named_and_the_last_good_one_runs_on),
        TEST(a_bent_bundle_on_the_disk_leaves_the_installed_one),
        TEST(its_office_counts),
        TEST(one_that_is_over_is_not_taken),
        TEST(the_portal_mends_a_broken_installation),
        TEST(a_refused_block_is_made_good),
        TEST(a_refused_block_at_the_start_too),
    };
    assert_true(argc == 2 && seal_init());
    assets = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
