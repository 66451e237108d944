/* What a slip promises is on it: a QR only where it tells the truth, and no word of a QR that is
 * not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/id.h"
#include "base/settings.h"
#include "desk/parts.h"
#include "seal/seal.h"

static struct settings settings = {.portal = {.public_url = "https://santer.example"},
                                   .city = {.name = "Samarinda"}};
static struct desk desk = {.settings = &settings};
static const int64_t today = INT64_C(1795500000000); // 24-11-2026

static bool
holds(const struct slip *slip, enum slip_kind kind, const char *words)
{
    for (size_t i = 0; i < slip->count; i++) {
        if (slip->lines[i].kind == kind && strstr(slip->lines[i].text, words) != NULL) {
            return true;
        }
    }
    return false;
}

/* The QR and what is said of it: both or none. */
static bool
ticket_is_scanned(int64_t at)
{
    static struct slip slip;
    struct ticket ticket = {.letter = "A", .number = 1, .issued_at = at};
    slip.count = 0;
    slip_of_ticket(&desk, &ticket, 0, -1, false, &slip);
    bool code = holds(&slip, SLIP_QR, "/t/#");
    assert_int_equal(holds(&slip, SLIP_TEXT, "Pindai"), code);
    return code;
}

static bool
receipt_is_scanned(int64_t at)
{
    static struct slip slip;
    struct outbox_item item = {.service = "sku", .saved_at = at};
    code_make(item.code);
    slip.count = 0;
    static const struct asked nobody = {.request = 0};
    slip_of_receipt(&desk, &item, NULL, &nobody, 0, -1, false, &slip);
    bool code = holds(&slip, SLIP_QR, "/t/#");
    assert_int_equal(holds(&slip, SLIP_TEXT, "pindai"), code);
    assert_true(holds(&slip, SLIP_TEXT, "ketik kode lacak"));
    return code;
}

/* Only with a pass, and then of a copy too: the address that the screen shows, and the way without
 * a phone. */
static void
photos_have_an_address_of_their_own(void **state)
{
    (void)state;
    static struct slip slip;
    static const struct asked with = {.photos = "00112233445566778899aabbccddeeff"}, without = {0};
    struct outbox_item item = {.service = "aduan", .saved_at = today};
    code_make(item.code);
    for (int i = 0; i < 4; i++) {
        bool photos = i % 2 != 0;
        slip.count = 0;
        slip_of_receipt(&desk, &item, NULL, photos ? &with : &without, 0, -1, i >= 2, &slip);
        assert_int_equal(
            holds(&slip, SLIP_QR, "https://santer.example/unggah/00112233445566778899aabbccddeeff"),
            photos);
        assert_int_equal(holds(&slip, SLIP_QR, "/unggah/"), photos);
        assert_int_equal(holds(&slip, SLIP_TEXT, "Tanpa ponsel: tunjukkan berkas di loket."),
                         photos);
    }
}

static void
a_qr_is_on_the_slip_of_an_enrolled_kiosk(void **state)
{
    (void)state;
    uint8_t public_key[SIGN_PUBLIC];
    assert_true(seal_init());
    sign_keypair(public_key, desk.identity.sign_secret);
    desk.enrolled = true;
    assert_true(ticket_is_scanned(today));
    assert_true(receipt_is_scanned(today));
}

/* A clock that starts in 1970: the day of its token would be one in 2149. */
static void
no_qr_tells_a_day_that_it_cannot(void **state)
{
    (void)state;
    assert_false(ticket_is_scanned(0));
    assert_false(receipt_is_scanned(0));
}

static void
without_enrolment_nothing_is_to_be_scanned(void **state)
{
    (void)state;
    desk.enrolled = false;
    assert_false(ticket_is_scanned(today));
    assert_false(receipt_is_scanned(today));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_qr_is_on_the_slip_of_an_enrolled_kiosk),
        cmocka_unit_test(no_qr_tells_a_day_that_it_cannot),
        cmocka_unit_test(photos_have_an_address_of_their_own),
        cmocka_unit_test(without_enrolment_nothing_is_to_be_scanned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
