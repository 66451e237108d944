/* Nothing but a whole, newer bundle that the portal signed is ever applied: a cut or an error at
 * each change of the disk, what is bent there, mixtures, truncations, hostile files. */
#include "../hostile.h"
#include "bundle_world.h"

#include <errno.h>
#include <sys/wait.h>

/* --- the disk: a cut at the `cut_at`th call that changes it, or an error of it ------------- */

static int changes, cut_at, bad_at;

static bool
goes_through(void)
{
    changes++;
    if (changes == cut_at) {
        _exit(0);
    }
    errno = changes == bad_at ? EIO : errno;
    return changes != bad_at;
}

ssize_t __real_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);

ssize_t
__wrap_write(int fd, const void *bytes, size_t len)
{
    if (changes + 1 == cut_at && len > 1 && __real_write(fd, bytes, len / 2) < 0) {
        return -1; // half of it came so far
    }
    return goes_through() ? __real_write(fd, bytes, len) : -1;
}

int
__wrap_fsync(int fd)
{
    return goes_through() ? __real_fsync(fd) : -1;
}

int
__wrap_rename(const char *from, const char *to)
{
    return goes_through() ? __real_rename(from, to) : -1;
}

int
__wrap_unlink(const char *path)
{
    return goes_through() ? __real_unlink(path) : -1;
}

/* ---------------------------------------------------------------------------------------- */

/* The newest on the disk with one byte of it turned. */
static void
bend(const struct world *world, size_t at)
{
    char path[128];
    size_t len;
    snprintf(path, sizeof path, "%s/catalogue.bundle", world->folder);
    char *bytes = files_read(path, BUNDLE_BYTES, &len);
    assert_non_null(bytes);
    bytes[at % len] ^= 1;
    assert_true(files_replace(path, bytes, len, 0600));
    free(bytes);
}

/* Whatever befalls the newest on the disk, the one before it serves, and the newest comes again. */
static void
the_one_before_is_kept(void **state)
{
    struct world *world = *state;
    assert_true(start_again(world));
    receive(world, good_bundle(7));
    for (size_t at = 0; at < 300000; at += 29989) {
        size_t len = good_bundle(8);
        receive(world, len);
        assert_int_equal(world->desk.bundle_version, 8);
        bend(world, at);
        assert_true(start_again(world));
        assert_non_null(strstr(world->heard.text, "the bundle before it serves"));
        assert_int_equal(world->desk.bundle_version, 7);
        len = good_bundle(6); // not further back than that
        receive(world, len);
        assert_non_null(strstr(world->heard.text, "catalogue 6, below 7: not taken"));
    }
}

/* The machine stops at any change of the disk, or the disk refuses it: one of the two, whole. */
static void
a_cut_at_every_write(void **state)
{
    struct world *world = *state;
    assert_true(start_again(world));
    receive(world, good_bundle(6));
    receive(world, good_bundle(7));
    size_t len = good_bundle(8);
    int old = 0, new = 0;
    for (int nth = 1;; nth++) {
        pid_t child = fork();
        if (child == 0) {
            changes = 0;
            cut_at = nth;
            receive(world, len);
            _exit(1); // it was through before
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) == 1) {
            assert_true(nth > 8);
            break;
        }
        assert_true(start_again(world));
        assert_true(world->desk.bundle_version == 7 || world->desk.bundle_version == 8);
        assert_null(strstr(world->heard.text, "serves"));
        old += world->desk.bundle_version == 7;
        new += world->desk.bundle_version == 8;
    }
    assert_true(old > 5 && new > 0);
}

static void
a_disk_that_refuses(void **state)
{
    struct world *world = *state;
    assert_true(start_again(world));
    receive(world, good_bundle(6));
    receive(world, good_bundle(7));
    int refusals = 0;
    for (int nth = 1; nth <= 12; nth++) {
        int running = world->desk.bundle_version;
        size_t len = good_bundle(7 + nth);
        changes = 0;
        bad_at = nth;
        world->desk.bundle_etag[0] = '\0';
        receive(world, len);
        bad_at = 0;
        if (world->desk.bundle_version == running) {
            refusals++;
            assert_non_null(strstr(world->heard.text, "cannot be kept; the old one runs on"));
            assert_string_equal(world->desk.bundle_etag, "");
        } else {
            assert_int_equal(world->desk.bundle_version, 7 + nth);
            running = 7 + nth;
        }
        assert_true(
            start_again(world)); // whole: the one or, where only the last sync failed, the other
        assert_true(world->desk.bundle_version == running || world->desk.bundle_version == 7 + nth);
    }
    assert_true(refusals >= 6); // two files: write, sync, change of name and of the folder
}

/* All kiosks of the city take a bundle or none does. */
static void
a_fault_in_anothers_office_refuses_all(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *also, *said;
    } rows[] = {
        {",\"offices/kota.json\":\"{}\"", "offices/kota.json:1: 'hours' is missing"},
        {",\"offices/6472021001.json\":\"{}\"", "offices/6472021001.json:1: 'code' is missing"},
        {",\"offices/kota.json\":" CITY("h") ",\"offices/6472011001.json\":" OFFICE("Other"),
         "offices/6472011001.json: this is office 6472021001"},
        {",\"offices/6472011001.json\":\"["
         "\"",
         "offices/6472011001.json:1:"},
    };
    assert_true(start_again(world));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bundle_also = rows[i].also;
        receive(world, good_bundle(7));
        bundle_also = "";
        assert_int_equal(world->desk.bundle_version, 0);
        if (strstr(world->heard.text, rows[i].said) == NULL) {
            fail_msg("'%s' is not in '%s'", rows[i].said, world->heard.text);
        }
    }
}

/* Any part of one put into another: there is no signature for it. */
static void
no_mixture_is_taken(void **state)
{
    struct world *world = *state;
    static char other[BUNDLE_BYTES];
    assert_true(start_again(world));
    size_t len = good_bundle(7);
    memcpy(other, bundle, len);
    size_t later = good_bundle(8), header = strcspn(bundle, "\n") + 1;
    assert_int_equal(later, len);
    memcpy(bundle, other, header); // the older one's signature
    receive(world, len);
    assert_int_equal(world->desk.bundle_version, 0);
    len = good_bundle(8);
    memcpy(bundle + len / 2, other + len / 2, 64); // equal bytes: the files are the same
    memcpy(bundle + header, other + header, 64);   // the older one's version under the newer's
    receive(world, len);
    assert_int_equal(world->desk.bundle_version, 0);
    for (size_t cut = 0; cut < len; cut += 9973) {
        len = good_bundle(8);
        receive(world, cut);
        assert_int_equal(world->desk.bundle_version, 0);
    }
    receive(world, good_bundle(8));
    assert_int_equal(world->desk.bundle_version, 8);
}

static void
hostile_ones_are_refused_whole(void **state)
{
    struct world *world = *state;
    char folder[512];
    snprintf(folder, sizeof folder, "%s/catalogue", assets);
    assert_true(start_again(world));
    receive(world, good_bundle(6));
    const struct catalogue *running = world->desk.catalogue;
    for (size_t i = 0; i < HOSTILES; i++) {
        receive(world, bundle_hostile(folder, &hostiles[i], 7, secret_key, bundle));
        assert_ptr_equal(world->desk.catalogue, running);
        if (strstr(world->heard.text, hostiles[i].said) == NULL) {
            fail_msg("'%s' is not in '%s'", hostiles[i].said, world->heard.text);
        }
    }
    heard_begin(&world->heard);
    bundles_received(&world->desk, malloc(10 << 20), 10 << 20, "\"etag\"");
    heard_end(&world->heard);
    assert_non_null(strstr(world->heard.text, "10485760 bytes are too many"));
    assert_ptr_equal(world->desk.catalogue, running);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(the_one_before_is_kept), TEST(a_cut_at_every_write),
        TEST(a_disk_that_refuses),    TEST(a_fault_in_anothers_office_refuses_all),
        TEST(no_mixture_is_taken),    TEST(hostile_ones_are_refused_whole),
    };
    assert_true(argc == 2 && seal_init());
    assets = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
