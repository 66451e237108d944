#include "help.h"

#include "base/id.h"
#include "base/text.h"
#include "form/document.h"

#define PASS "00112233445566778899aabbccddeeff"
#define ID "01936f5e-7d3a-7c41-9b52-6a1e0f3c2d4b"

static struct visit visit;
static char code[10];

static struct document
document_of(const char *service)
{
    struct document document = {.id = ID,
                                .code = code,
                                .kiosk = "6472021001-1",
                                .office = "6472021001",
                                .service = catalogue_service(visit.catalogue, service),
                                .catalogue_version = 1,
                                .language = LANGUAGE_ID,
                                .written_at = 1795400000000,
                                .filled_by = "self",
                                .answers = visit.answers,
                                .today = TODAY,
                                .hash = toy_hash};
    document_notice(&document, visit.catalogue, LANGUAGE_ID);
    document.notice_version = "2026-1"; // the shipped one changes
    return document;
}

static void
fill_ktp(void)
{
    visit_fill(&visit, "jenis=rusak;nik=6472031708900001;kk=6472031708120007;"
                       "nama=H. ABDUL MU'IN, S.Pd.I \"x\" \\;kelurahan=6472021001;rt=014;"
                       "tgl_hilang=2026-11-20;ada_surat=yes;no_surat=LP/12;tgl_surat=2026-11-21;"
                       "kerusakan=chip lainnya;kerusakan_lain=Huruf é hilang;"
                       "no_hp=+6281255048488;hasil=loket");
    answers_set(visit.answers, "nama", "H. ABDUL MU'IN, S.Pd.I");
}

static void
test_write(void **state)
{
    (void)state;
    char buffer[4096], wanted[4096];
    struct text out = text_over(buffer, sizeof buffer);
    struct document document = document_of("ktp");
    fill_ktp();
    assert_true(document_write(&out, &document));
    snprintf(wanted, sizeof wanted,
             "{\"v\":1,\"id\":\"" ID "\",\"code\":\"%s\",\"kiosk\":\"6472021001-1\","
             "\"office\":\"6472021001\",\"service\":\"ktp\",\"service_version\":1,"
             "\"catalogue_version\":1,\"language\":\"id\",\"written_at\":1795400000000,"
             "\"notice\":{\"version\":\"2026-1\",\"sha256\":\"%s\",\"language\":\"id\"},"
             "\"filled_by\":\"self\",\"consents\":[],\"answers\":{\"jenis\":\"rusak\","
             "\"nik\":\"6472031708900001\",\"kk\":\"6472031708120007\","
             "\"nama\":\"H. ABDUL MU'IN, S.Pd.I\",\"kelurahan\":\"6472021001\",\"rt\":\"014\","
             "\"kerusakan\":\"chip lainnya\",\"kerusakan_lain\":\"Huruf é hilang\","
             "\"no_hp\":\"+6281255048488\",\"hasil\":\"loket\"}}",
             code, document.notice_sha256);
    assert_string_equal(buffer, wanted); // what was asked before it was "rusak" is not there
    for (size_t size = 1; size < out.len + 1; size += 7) {
        struct text small = text_over(wanted, size);
        assert_false(document_write(&small, &document));
    }
}

static const char *
written(const char *service, char *buffer, size_t size)
{
    struct text out = text_over(buffer, size);
    struct document document = document_of(service);
    assert_true(document_write(&out, &document));
    return buffer;
}

static const struct document *
read_text(const char *text, char reason[160])
{
    return document_read(visit.memory, visit.catalogue, text, strlen(text), TODAY, reason);
}

static void
test_round_trip(void **state)
{
    (void)state;
    char buffer[8192], again[8192], reason[160];
    fill_ktp();
    visit_fill(&visit, "jenis=hilang");
    const struct document *read = read_text(written("ktp", buffer, sizeof buffer), reason);
    assert_non_null(read);
    assert_string_equal(read->id, ID);
    assert_string_equal(read->code, code);
    assert_string_equal(read->kiosk, "6472021001-1");
    assert_string_equal(read->office, "6472021001");
    assert_string_equal(read->service->id, "ktp");
    assert_string_equal(read->filled_by, "self");
    assert_string_equal(read->notice_version, "2026-1");
    assert_int_equal(read->notice_language, LANGUAGE_ID);
    assert_int_equal(read->consent_count, 0);
    assert_int_equal(read->written_at, 1795400000000);
    assert_string_equal(answers_get(read->answers, "no_surat"), "LP/12");
    assert_null(answers_get(read->answers, "kerusakan"));
    struct text out = text_over(again, sizeof again);
    struct document same = *read;
    same.hash = toy_hash;
    assert_true(document_write(&out, &same)); // the same bytes
    assert_string_equal(buffer, again);
    assert_true(read->replaces == NULL && strstr(buffer, "replaces") == NULL);
    // a later wording
    struct document later = same;
    later.replaces = "01936f5e-7d3a-7c41-9b52-6a1e0f3c2d4c";
    out = text_over(buffer, sizeof buffer);
    assert_true(document_write(&out, &later));
    read = read_text(buffer, reason);
    assert_non_null(read);
    assert_string_equal(read->replaces, later.replaces);
    assert_null(read->photos);
    // a service without a name; skipped answers stay out
    secret_wipe(visit.memory);
    visit.answers = answers_create(visit.memory);
    visit_fill(&visit, "jenis=pengaduan;kategori=banjir;tgl_kejadian=;rt=;patokan=;anonim=yes;"
                       "nama=Siti;no_hp=+6281255048488;"
                       "uraian=Saluran tersumbat di depan pasar \"Pagi\"\\ sejak Senin.");
    read = read_text(written("aduan", buffer, sizeof buffer), reason);
    assert_non_null(read);
    assert_null(answers_get(read->answers, "nama"));
    assert_null(answers_get(read->answers, "rt"));
    assert_null(strstr(buffer, "Siti"));
    assert_null(strstr(buffer, "8488"));
    // the pass for photos, where the service takes them
    char with[8192];
    replace(buffer, "\"kiosk\"", "\"photos\":\"" PASS "\",\"kiosk\"", with, sizeof with);
    read = read_text(with, reason);
    assert_non_null(read);
    assert_string_equal(read->photos, PASS);
    same = *read;
    same.hash = toy_hash;
    out = text_over(again, sizeof again);
    assert_true(document_write(&out, &same));
    assert_string_equal(again, with);
    static const char *const bad[] = {"\"photos\":\"\",", "\"photos\":7,", "\"photos\":\"12\",",
                                      "\"photos\":\"" PASS "\",\"mends\":\"\","};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char wrong[80];
        snprintf(wrong, sizeof wrong, "%s\"kiosk\"", bad[i]);
        replace(buffer, "\"kiosk\"", wrong, with, sizeof with);
        assert_null(read_text(with, reason));
        assert_memory_equal(reason, "photos: ", 8);
    }
}

static void
test_hostile(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new, *reason;
    } rows[] = {
        {"\"v\":1", "\"v\":2", "v: "},
        {"\"v\":1,", "", "v: "},
        {"\"v\":1,", "\"v\":1,\"x\":1,", "document: a key"},
        {"{\"v\"", "[{\"v\"", "document: "},
        {ID, "01936f5e-7d3a-4c41-9b52-6a1e0f3c2d4", "id: "},
        {ID, "01936F5E-7D3A-7C41-9B52-6A1E0F3C2D4B", "id: "},
        {"\"id\":\"" ID "\"", "\"id\":7", "id: "},
        {"\"kiosk\":\"6472021001-1\"", "\"kiosk\":\"\"", "kiosk: "},
        {"\"kiosk\"", "\"replaces\":\"\",\"kiosk\"", "replaces: "},
        {"\"kiosk\"", "\"replaces\":null,\"kiosk\"", "replaces: "},
        {"\"kiosk\"", "\"replaces\":\"01936f5e\",\"kiosk\"", "replaces: "},
        {"\"kiosk\"", "\"replaces\":\"" ID "\",\"kiosk\"", "replaces: "}, // itself
        {"\"kiosk\"", "\"photos\":\"" PASS "\",\"kiosk\"", "photos: "},   // it takes none
        {"\"office\":\"6472021001\"", "\"office\":\"6472021004\"", "office: "},
        {"\"service\":\"ktp\"", "\"service\":\"nikah\"", "service: "},
        {"\"service\":\"ktp\"", "\"service\":\"sku\"", "answers: "},
        {"\"language\":\"id\"", "\"language\":\"de\"", "language: "},
        {"\"filled_by\":\"self\"", "\"filled_by\":\"other\"", "filled_by: "},
        {"\"version\":\"2026-1\"", "\"version\":\"\"", "version: "},
        {"\"version\":\"2026-1\",", "", "notice: "},
        {"\"version\":\"2026-1\"", "\"version\":\"2026-1\",\"x\":1", "notice: "},
        {"\"notice\":{", "\"notice\":[{", "document: "},
        {"\"sha256\":\"", "\"sha256\":\"0", "sha256: "},
        {"\"sha256\":\"", "\"sha256\":\"\",\"y\":\"", "notice: "},
        {"\"language\":\"id\"}", "\"language\":\"de\"}", "language: "},
        {"\"consents\":[],", "", "consents: missing"},
        {"\"consents\":[]", "\"consents\":{}", "consents: missing"},
        {"\"consents\":[]", "\"consents\":[{}]", "consents: a record without its answer"},
        {"1795400000000", "-1", "written_at: "},
        {"1795400000000", "1e300", "written_at: "},
        {"1795400000000", "\"now\"", "written_at: "},
        {"\"catalogue_version\":1", "\"catalogue_version\":0", "catalogue_version: "},
        {"\"nik\":\"6472031708900001\"", "\"nik\":\"6472 0317 0890 0001\"", "nik: not in"},
        {"\"nik\":\"6472031708900001\"", "\"nik\":\"6472031708900000\"", "nik: problem"},
        {"\"nik\":\"6472031708900001\"", "\"nik\":6472031708900001", "nik: not a text"},
        {"\"nik\":\"6472031708900001\"", "\"nik\":\"\"", "nik: not a text"},
        {"\"nik\":\"6472031708900001\"", "\"nik\":null", "nik: not a text"},
        {"\"nik\":\"6472031708900001\",", "", "nik: problem 1"},
        {"\"kk\":\"6472031708120007\"", "\"kk\":\"6472031708900001\"", "kk: problem"},
        {"\"rt\":\"014\"", "\"rt\":\"14\"", "rt: not in"},
        {"\"rt\":\"014\"", "\"rt\":\"151\"", "rt: problem"},
        {"\"rt\":\"014\"", "\"rt\":\"014\",\"rt\":\"015\"", "document: a key stands twice"},
        {"\"rt\":\"014\"", "\"rt\":\"014\",\"agama\":\"x\"", "answers: a question"},
        {"\"rt\":\"014\"", "\"rt\":\"014\",\"tgl_hilang\":\"2026-11-20\"", "tgl_hilang: answered"},
        {"chip lainnya", "lainnya chip", "kerusakan: not in"},
        {"chip lainnya", "chip sumbing", "kerusakan: problem"},
        {"Huruf é", "  Huruf é", "kerusakan_lain: not in"},
        {"Huruf é", "Huruf \\u0000", "document: NUL"},
        {"Huruf é", "Huruf \xff", "document: not UTF-8"},
        {"Huruf é", "Huruf \\u202e", "kerusakan_lain: problem"},
        {"+6281255048488", "081255048488", "no_hp: not in"},
        {"\"answers\":{", "\"answers\":[],\"x\":{", "document: a key"},
        {"}}", "}}}", "document: "},
    };
    char good[4096], bad[8192], reason[160];
    fill_ktp();
    written("ktp", good, sizeof good);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        replace(good, rows[i].old, rows[i].new, bad, sizeof bad);
        struct secret *memory = visit.memory;
        visit.memory = secret_create(512 * 1024);
        const struct document *document = read_text(bad, reason);
        if (document != NULL || strncmp(reason, rows[i].reason, strlen(rows[i].reason)) != 0) {
            fail_msg("%s: %s", rows[i].new, document != NULL ? "accepted" : reason);
        }
        // no piece of what was answered
        assert_null(strstr(reason, "6472"));
        assert_null(strstr(reason, "MU'IN"));
        assert_null(strstr(reason, "8488"));
        secret_destroy(visit.memory);
        visit.memory = memory;
    }
    for (size_t len = 0; len < strlen(good); len++) {
        assert_null(document_read(visit.memory, visit.catalogue, good, len, TODAY, reason));
    }
}

/* Little secret memory is a reason, not a crash. */
static void
test_little_memory(void **state)
{
    (void)state;
    char good[4096], reason[160];
    fill_ktp();
    written("ktp", good, sizeof good);
    struct secret *small = secret_create(4096);
    assert_null(document_read(small, visit.catalogue, good, strlen(good), TODAY, reason));
    assert_string_equal(reason, "document: out of secret memory");
    secret_destroy(small);
}

/* An answer longer than a slot, as many answers as fit in no form. */
static void
test_large(void **state)
{
    (void)state;
    size_t size = 1 << 20;
    char *bad = malloc(size), good[4096], reason[160];
    fill_ktp();
    written("ktp", good, sizeof good);
    char *longest = malloc(100001);
    memset(longest, 'a', 100000);
    longest[100000] = '\0';
    replace(good, "H. ABDUL MU'IN, S.Pd.I", longest, bad, size);
    assert_null(read_text(bad, reason));
    assert_string_equal(reason, "nama: not a text, empty or too long");
    replace(good, "6472021001-1", longest, bad, size);
    assert_null(read_text(bad, reason));
    assert_string_equal(reason, "kiosk: missing, empty or too long");
    replace(good, "\"service\":\"ktp\"", "\"service\":[[[[[[[[[[]]]]]]]]]]", bad, size);
    assert_null(read_text(bad, reason));
    free(longest);
    free(bad);
}

static int
forget(void **state)
{
    (void)state;
    secret_wipe(visit.memory);
    visit.answers = answers_create(visit.memory);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_write, forget),
        cmocka_unit_test_setup(test_round_trip, forget),
        cmocka_unit_test_setup(test_hostile, forget),
        cmocka_unit_test_setup(test_little_memory, forget),
        cmocka_unit_test_setup(test_large, forget),
    };
    assert_true(argc == 2);
    visit = visit_begin(argv[1]);
    code_make(code);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    visit_end(&visit);
    return failed;
}
