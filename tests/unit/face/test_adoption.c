/* A catalogue from the portal: adopted if it is signed, newer and without a fault; else the
 * fault is named by file, line and reason, and nothing changes. */
#include "../hostile.h"

#include "face/adoption.h"
#include "form/catalogue.h"

static const char *folder;
static uint8_t public_key[SIGN_PUBLIC], secret_key[SIGN_SECRET];
static char bundle[BUNDLE_BYTES];

static bool
is_adopted(size_t len, int version_now, struct heard *heard)
{
    heard_begin(heard);
    struct catalogue *catalogue =
        adoption_read((const uint8_t *)bundle, len, public_key, version_now);
    heard_end(heard);
    catalogue_destroy(catalogue);
    return catalogue != NULL;
}

static void
newer_ones_are_adopted(void **state)
{
    (void)state;
    struct heard heard;
    size_t len = bundle_of(folder, 7, secret_key, NULL, NULL, bundle);
    assert_true(is_adopted(len, 6, &heard));
    assert_string_equal(heard.text, "");
    assert_false(is_adopted(len, 7, &heard));
    assert_string_equal(heard.text, ""); // no news is no fault
    bundle[len - 3] ^= 1;
    assert_false(is_adopted(len, 6, &heard));
    assert_non_null(strstr(heard.text, "without the portal's signature"));
}

static void
faults_are_named_and_refused(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new, *said;
    } rows[] = {
        {"\"code\": \"SKU\"", "\"code\": \"sku\"",
         "the old one runs on: services/sku.json:3: code: A-Z, 0-9 and '-' were expected"},
        {"\"relevant\": \"${jenis} = 'hilang'\"", "\"relevant\": \"${jenis = 'hilang'\"",
         "relevant: a question is written ${name}, at '${jenis = 'hilang''"},
        {"\"common\": true }", "\"common\": true ",
         "the old one runs on: choices/pekerjaan.json:6: a key in"},
    };
    struct heard heard;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = bundle_of(folder, 7, secret_key, rows[i].old, rows[i].new, bundle);
        assert_false(is_adopted(len, 6, &heard));
        if (strstr(heard.text, rows[i].said) == NULL) {
            fail_msg("'%s' is not in '%s'", rows[i].said, heard.text);
        }
    }
    static const char *const odd[] = {"[]", "[\"{}\"]", "{\"catalogue.json\":7}", "null", "\"{}\"",
                                      "{}", "[[],[]]"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_false(is_adopted(bundle_odd(odd[i], secret_key, bundle), 6, &heard));
        assert_non_null(strstr(heard.text, "is refused, the old one runs on"));
    }
}

static void
hostile_ones_are_refused_whole(void **state)
{
    (void)state;
    struct heard heard;
    for (size_t i = 0; i < HOSTILES; i++) {
        size_t len = bundle_hostile(folder, &hostiles[i], 7, secret_key, bundle);
        assert_false(is_adopted(len, 6, &heard));
        if (strstr(heard.text, hostiles[i].said) == NULL) {
            fail_msg("'%s' is not in '%s'", hostiles[i].said, heard.text);
        }
    }
}

/* With nothing else left there is still a counter, and a way to better ones. */
static void
the_spare_one_gives_way(void **state)
{
    (void)state;
    const struct service *services;
    const struct queue_series *queues;
    struct heard heard;
    struct catalogue *spare = catalogue_spare();
    assert_non_null(spare);
    assert_int_equal(catalogue_services(spare, &services), 1);
    assert_int_equal(services[0].kind, SERVICE_QUEUE_ONLY);
    assert_int_equal(catalogue_queues(spare, &queues), 1);
    size_t len = bundle_of(folder, 1, secret_key, NULL, NULL, bundle);
    assert_true(is_adopted(len, catalogue_version(spare), &heard));
    catalogue_destroy(spare);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newer_ones_are_adopted),
        cmocka_unit_test(faults_are_named_and_refused),
        cmocka_unit_test(hostile_ones_are_refused_whole),
        cmocka_unit_test(the_spare_one_gives_way),
    };
    assert_true(argc == 2 && seal_init());
    folder = argv[1];
    sign_keypair(public_key, secret_key);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
