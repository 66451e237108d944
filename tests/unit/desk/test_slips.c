/* What a slip promises is on it: a QR only where it tells the truth, and no word of a QR that is
 * not there; its times and steps are those that come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/fault.h"
#include "base/id.h"
#include "base/settings.h"
#include "desk/parts.h"
#include "print/escpos.h"
#include "print/profile.h"
#include "seal/seal.h"
#include "type/type.h"

static struct settings settings = {.kiosk = {.id = "k", .office = "6472021001"},
                                   .printer = {.profile = "p"},
                                   .portal = {.public_url = "https://santer.example"},
                                   .city = {.name = "Samarinda"}};
static struct desk desk = {.settings = &settings, .profile_name = "p"};
static const char *assets;
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

static void
receipt(struct slip *slip, const char *service, bool numbered, const struct asked *asked)
{
    static const struct ticket ticket = {.letter = "B", .number = 7, .issued_at = today};
    struct outbox_item item = {.saved_at = today};
    snprintf(item.service, sizeof item.service, "%s", service);
    code_make(item.code);
    slip->count = 0;
    slip_of_receipt(&desk, &item, numbered ? &ticket : NULL, asked, 2, 8, false, slip);
}

/* Who has no number does not wait for it to be called. */
static void
the_next_step_is_the_one_that_comes(void **state)
{
    (void)state;
    static const struct asked here = {0}, mending = {.mends = true};
    static struct slip slip;
    receipt(&slip, "ktp", true, &here);
    assert_true(holds(&slip, SLIP_STEP, "Tunggu nomor Anda dipanggil"));
    assert_true(holds(&slip, SLIP_PAIR, "Nomor berlaku"));
    assert_true(holds(&slip, SLIP_TEXT, "Dipanggil 3 kali."));
    receipt(&slip, "ktp", false, &here); // the counters are closed
    assert_false(holds(&slip, SLIP_STEP, "Tunggu nomor"));
    assert_false(holds(&slip, SLIP_PAIR, "Nomor berlaku"));
    assert_true(holds(&slip, SLIP_STEP, "Datang saat loket buka"));
    assert_true(holds(&slip, SLIP_STEP, "Serahkan berkas di loket"));
    receipt(&slip, "sku", false, &here);
    assert_false(holds(&slip, SLIP_STEP, "Datang saat loket buka"));
    receipt(&slip, "ktp", false, &mending);
    assert_true(holds(&slip, SLIP_TEXT, "TANDA TERIMA PERBAIKAN"));
    assert_true(holds(&slip, SLIP_STEP, "Cek lagi dengan kode yang sama"));
    assert_false(holds(&slip, SLIP_STEP, "loket"));
    assert_false(holds(&slip, SLIP_TEXT, "Bawa ke loket"));
    assert_false(holds(&slip, SLIP_PAIR, "Selesai"));
}

/* A letter of another kelurahan is fetched there; a number is called here. */
static void
the_counter_is_the_one_that_is_meant(void **state)
{
    (void)state;
    static const struct asked elsewhere = {.office = "6472031005"};
    static struct slip slip;
    receipt(&slip, "sku", false, &elsewhere);
    assert_true(holds(&slip, SLIP_TEXT, "Bawa ke loket Kelurahan Sidodadi"));
    receipt(&slip, "ktp", true, &elsewhere);
    assert_true(holds(&slip, SLIP_TEXT, "Bawa ke loket"));
    assert_false(holds(&slip, SLIP_TEXT, "Bawa ke loket Kelurahan"));
}

/* A copy is printed later than what it tells of. */
static void
a_time_says_of_what(void **state)
{
    (void)state;
    static const struct asked here = {0};
    static const struct face_payment payment = {
        .reference = "7K3F-9QX3", .nop = "", .moment = "24-11-2026 09.41", .amount = 1};
    struct ticket ticket = {.letter = "A", .number = 1, .issued_at = today};
    static struct slip slip;
    slip.count = 0;
    slip_of_ticket(&desk, &ticket, 0, -1, true, &slip);
    assert_true(holds(&slip, SLIP_PAIR, "Diambil"));
    assert_false(holds(&slip, SLIP_PAIR, "Dicetak"));
    receipt(&slip, "sku", false, &here);
    assert_true(holds(&slip, SLIP_PAIR, "Diajukan"));
    assert_false(holds(&slip, SLIP_PAIR, "Dicetak"));
    slip.count = 0;
    slip_of_payment(&desk, &payment, &slip);
    bool zoned = false;
    for (size_t i = 0; i < slip.count; i++) {
        zoned = zoned || strcmp(slip.lines[i].value, "24-11-2026 09.41 WITA") == 0;
    }
    assert_true(zoned);
}

/* Nobody is told to scan what a printer of letters cannot draw; an address takes its place. */
static void
letters_alone_are_not_scanned(void **state)
{
    (void)state;
    static const struct asked photos = {.photos = "00112233445566778899aabbccddeeff"};
    static const struct {
        const char *profile, *line;
        bool draws;
    } rows[] = {{"safe", "usb:/dev/none", false},
                {"epson-80", "usb:/dev/none", true},
                {"epson-80", "serial:/dev/none:9600", true}, // letters, and its own QR
                {"xprinter-80", "serial:/dev/none:9600", false}};
    struct ticket ticket = {.letter = "A", .number = 1, .issued_at = today};
    static struct slip slips[4];
    char path[512];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(path, sizeof path, "%s/printers/%s.ini", assets, rows[i].profile);
        struct printer_profile *profile = profile_load(path);
        assert_non_null(profile);
        desk.spool = spool_start(rows[i].line, profile);
        assert_non_null(desk.spool);
        memset(slips, 0, sizeof slips);
        slip_of_ticket(&desk, &ticket, 0, -1, false, &slips[0]);
        receipt(&slips[1], "aduan", false, &photos);
        slip_of_checklist(&desk, desk_service(&desk, "sku"), &slips[2]);
        slip_of_test(&desk, &slips[3]);
        for (int k = 0; k < 4; k++) {
            bool said = holds(&slips[k], SLIP_TEXT, "indai") || holds(&slips[k], SLIP_TEXT, "QR");
            assert_int_equal(said, rows[i].draws);
            assert_int_equal(holds(&slips[k], SLIP_QR, "/t/#"), rows[i].draws && k < 2);
        }
        assert_int_equal(holds(&slips[1], SLIP_TEXT, "Buka alamat ini:"), !rows[i].draws);
        assert_true(holds(&slips[1], SLIP_QR, "/unggah/"));
        assert_true(holds(&slips[1], SLIP_TEXT, "Paling lambat 7 hari setelah diterima kantor."));
        spool_stop(desk.spool);
        desk.spool = NULL;
        profile_destroy(profile);
    }
}

/* As much as the catalogue may ask for, as the loader has it: nothing is left out at the end. */
static void
the_longest_receipt_is_whole(void **state)
{
    (void)state;
    static const struct asked photos = {.photos = "00112233445566778899aabbccddeeff",
                                        .office = "6472031005"};
    static const struct words one = {.in = {"x"}};
    struct words things[10];
    struct step steps[6];
    static struct slip slip;
    struct service *service = (struct service *)desk_service(&desk, "akta-lahir");
    struct service before = *service;
    for (int i = 0; i < 10; i++) {
        things[i] = one;
        steps[i % 6] = (struct step){one, one};
    }
    service->requirements = things;
    service->requirement_count = 10;
    service->steps = steps;
    service->step_count = 6;
    struct ticket ticket = {.letter = "B", .number = 7, .issued_at = today, .booking = "10.00"};
    struct outbox_item item = {.service = "akta-lahir", .saved_at = today};
    code_make(item.code);
    slip.count = 0;
    slip_of_receipt(&desk, &item, &ticket, &photos, 2, 8, true, &slip);
    assert_true(holds(&slip, SLIP_TEXT, "Tanda terima ini bukan surat keterangan."));
    *service = before;
}

/* Bytes that a printer obeys at once, also inside a picture: DLE EOT, DLE ENQ, DLE DC4. */
static int
commands_in(const struct slip *slip, struct type *type, int dots, double dots_per_mm)
{
    const struct printer_profile profile = {
        .dots = dots, .dots_per_mm = dots_per_mm, .band_rows = 64};
    struct escpos job;
    int count = 0;
    struct raster *raster = slip_raster(slip, type, dots, dots_per_mm);
    assert_non_null(raster);
    assert_true(escpos_raster(&job, raster, &profile, "0000"));
    for (size_t i = 0; i + 1 < job.len; i++) {
        uint8_t next = job.bytes[i + 1];
        count += job.bytes[i] == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14);
    }
    escpos_destroy(&job);
    raster_destroy(raster);
    return count;
}

static void
fill_all(struct slip slips[5])
{
    static const struct asked photos = {.photos = "00112233445566778899aabbccddeeff"};
    struct ticket ticket = {.letter = "B", .number = 17, .issued_at = today, .service = "sku"};
    struct outbox_item item = {.service = "sku", .saved_at = today, .code = "7K3F-9QXM"};
    struct face_payment payment = {.reference = "PBB-2026-000123",
                                   .nop = "64.72.***.***.***-****.0",
                                   .year = 2026,
                                   .amount = 345600,
                                   .moment = "24-11-2026 09.41"};
    slip_of_ticket(&desk, &ticket, 6, 12, true, &slips[0]);
    slip_of_receipt(&desk, &item, &ticket, &photos, 2, 8, false, &slips[1]);
    slip_of_payment(&desk, &payment, &slips[2]);
    slip_of_checklist(&desk, desk_service(&desk, "akta-lahir"), &slips[3]);
    slip_of_test(&desk, &slips[4]);
}

/* Every slip, on every width, in every size of letters. */
static void
no_dots_command_the_printer(void **state)
{
    (void)state;
    static const struct {
        int dots;
        double dots_per_mm;
    } papers[] = {{384, 8}, {512, 7.0866}, {576, 8}};
    static struct slip slips[5];
    struct type *type = type_create(NULL);
    assert_non_null(type);
    memset(slips, 0, sizeof slips);
    fill_all(slips);
    for (size_t i = 0; i < 5; i++) {
        for (size_t paper = 0; paper < sizeof papers / sizeof *papers; paper++) {
            for (slips[i].letters = 0; slips[i].letters < 3; slips[i].letters++) {
                assert_int_equal(
                    commands_in(&slips[i], type, papers[paper].dots, papers[paper].dots_per_mm), 0);
            }
        }
    }
    type_destroy(type);
}

int
main(int argc, char **argv)
{
    struct fault fault;
    char path[512];
    assets = argc > 1 ? argv[1] : "assets";
    snprintf(path, sizeof path, "%s/catalogue", assets);
    desk.catalogue = catalogue_load_folder(path, &fault);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_qr_is_on_the_slip_of_an_enrolled_kiosk),
        cmocka_unit_test(no_qr_tells_a_day_that_it_cannot),
        cmocka_unit_test(photos_have_an_address_of_their_own),
        cmocka_unit_test(the_next_step_is_the_one_that_comes),
        cmocka_unit_test(the_counter_is_the_one_that_is_meant),
        cmocka_unit_test(a_time_says_of_what),
        cmocka_unit_test(letters_alone_are_not_scanned),
        cmocka_unit_test(the_longest_receipt_is_whole),
        cmocka_unit_test(no_dots_command_the_printer),
        cmocka_unit_test(without_enrolment_nothing_is_to_be_scanned),
    };
    int failed = desk.catalogue == NULL ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    catalogue_destroy(desk.catalogue);
    return failed;
}
