/* What the city and the law have given, and no author of a service decides: the numbers of the
 * kelurahan, the lists of the civil registry and of SP4N-LAPOR!, how a result is received. It is
 * said here once more, so that a slip of the hand in the data is met. */
#include "help.h"

#include "form/catalogue.h"

static const char *folder;
static struct catalogue *catalogue;

static int
load(void **state)
{
    (void)state;
    struct fault fault;
    catalogue = catalogue_load_folder(folder, &fault);
    return catalogue == NULL;
}

static int
unload(void **state)
{
    (void)state;
    catalogue_destroy(catalogue);
    return 0;
}

/* Numbers as the Ministry of the Interior gives them; they have gaps. The pilots have a star. */
static void
every_kelurahan_has_its_number(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *kelurahan;
    } districts[] = {
        {"647201", "Palaran",
         "1001 Rawa Makmur, 1002 Handil Bakti*, 1003 Bukuan, "
         "1004 Simpang Pasir, 1005 Bantuas"},
        {"647202", "Samarinda Seberang",
         "1001 Sungai Keledang*, 1002 Baqa, 1003 Mesjid, "
         "1009 Mangkupalas, 1010 Tenun Samarinda, 1011 Gunung Panjang"},
        {"647203", "Samarinda Ulu",
         "1001 Teluk Lerong Ilir, 1002 Jawa, 1004 Air Putih, "
         "1005 Sidodadi*, 1006 Air Hitam, 1007 Dadi Mulya, "
         "1008 Gunung Kelua, 1009 Bukit Pinang"},
        {"647204", "Samarinda Ilir",
         "1001 Selili, 1002 Sungai Dama, 1003 Sidomulyo*, "
         "1013 Sidodamai, 1014 Pelita"},
        {"647205", "Samarinda Utara",
         "1002 Sempaja Selatan*, 1003 Lempake, 1004 Sungai Siring, "
         "1010 Sempaja Utara, 1011 Tanah Merah, 1012 Sempaja Barat, "
         "1013 Sempaja Timur, 1014 Budaya Pampang"},
        {"647206", "Sungai Kunjang",
         "1001 Loa Bakung*, 1002 Loa Buah, 1003 Karang Asam Ulu, "
         "1004 Lok Bahu, 1005 Teluk Lerong Ulu, 1006 Karang Asam Ilir, "
         "1007 Karang Anyar"},
        {"647207", "Sambutan",
         "1001 Sungai Kapih, 1002 Sambutan*, 1003 Makroman, "
         "1004 Sindang Sari, 1005 Pulau Atas"},
        {"647208", "Sungai Pinang",
         "1001 Temindung Permai, 1002 Sungai Pinang Dalam, "
         "1003 Gunung Lingai*, 1004 Mugirejo, 1005 Bandara"},
        {"647209", "Samarinda Kota",
         "1001 Karang Mumus, 1002 Pelabuhan*, 1003 Pasar Pagi, "
         "1004 Bugis, 1005 Sungai Pinang Luar"},
        {"647210", "Loa Janan Ilir",
         "1001 Simpang Tiga, 1002 Tani Aman, 1003 Sengkotek*, "
         "1004 Harapan Baru, 1005 Rapak Dalam"},
    };
    const struct kelurahan *list;
    size_t count = catalogue_kelurahan(catalogue, &list), at = 0;
    for (size_t i = 0; i < sizeof districts / sizeof *districts; i++) {
        char names[400], code[12];
        snprintf(names, sizeof names, "%s", districts[i].kelurahan);
        for (char *rest = names, *one; (one = strtok_r(rest, ",", &rest)) != NULL; at++) {
            one += strspn(one, " ");
            size_t len = strlen(one);
            bool pilot = one[len - 1] == '*';
            one[len - pilot] = '\0';
            assert_true(at < count);
            snprintf(code, sizeof code, "%s%.4s", districts[i].code, one);
            assert_string_equal(list[at].code, code);
            assert_string_equal(list[at].name, one + 5);
            assert_string_equal(list[at].kecamatan, districts[i].name);
            assert_int_equal(list[at].pilot, pilot);
        }
    }
    assert_int_equal(at, count);
}

/* --- the civil registry ------------------------------------------------------------------- */

static bool
is_listed(const struct question *question, const char *name)
{
    for (size_t i = 0; question != NULL && i < question->choices->count; i++) {
        if (strcmp(question->choices->list[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Its service, the form of Permendagri 109/2019 that is filled in, and the ways in which the
 * result comes: of a card there is no PDF, and what a number at the counter ends has none. */
static void
the_registry_says_its_form_and_how_its_result_comes(void **state)
{
    (void)state;
    static const struct {
        const char *id, *form, *ways;
    } rows[] = {
        {"akta-lahir", "F-2.01", "loket pdf antar"},
        {"akta-mati", "F-2.01", "loket pdf antar"},
        {"ktp", "F-1.02", "loket antar"},
        {"ktp-baru", "F-1.02", "loket antar"},
        {"kia", "F-1.02", "loket antar"},
        {"kk", "F-1.02", "loket pdf antar"},
        {"pindah-kota", "F-1.03", "loket pdf antar"},
        {"pindah-keluar", "F-1.03", "loket pdf antar"},
        {"pindah-datang", "F-1.03", "loket pdf antar"},
        {"ubah-data", "F-1.06", "loket pdf antar"},
        {"biodata", "F-1.01", "loket pdf antar"},
        {"sinkronisasi", "", ""},
        {"kuasa", "F-1.07", ""},
        {"ikd-aktivasi", "", ""},
    };
    static const char *const ways[] = {"loket", "pdf", "antar"};
    static const char *const delivery[] = {"alamat_antar", "penerima", "setuju_kurir"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct service *service = catalogue_service(catalogue, rows[i].id);
        assert_non_null(service);
        print_message("# %s\n", rows[i].id);
        assert_string_equal(service->group, "kependudukan");
        assert_false(service->approval_rt || service->approval_kelurahan); // Perpres 96/2018
        assert_non_null(strstr(words_in(&service->cost, LANGUAGE_ID), "GRATIS"));
        assert_true(service->requirement_count > 0);
        assert_true(strstr(words_in(&service->procedure, LANGUAGE_ID), rows[i].form) != NULL ||
                    strstr(words_in(&service->summary, LANGUAGE_ID), rows[i].form) != NULL);
        const struct question *way = service_question(service, "hasil");
        assert_int_equal(way != NULL, rows[i].ways[0] != '\0');
        for (size_t k = 0; way != NULL && k < 3; k++) {
            assert_int_equal(is_listed(way, ways[k]), strstr(rows[i].ways, ways[k]) != NULL);
            const struct question *needed = service_question(service, delivery[k]);
            assert_non_null(needed); // to whom, where, and that the courier may know
            assert_true(needed->required);
        }
        assert_int_equal(service_question(service, "email") != NULL,
                         strstr(rows[i].ways, "pdf") != NULL);
        assert_true(way == NULL || service_question(service, "no_hp") != NULL);
    }
}

static void
what_each_list_has(void **state)
{
    (void)state;
    static const struct {
        const char *service, *question, *names;
    } rows[] = {
        {"ktp", "jenis", "hilang rusak"},
        {"ktp-baru", "jenis", "baru ubah-data pindah-datang luar-domisili itap"},
        {"kia", "jenis", "baru hilang rusak ubah"},
        {"kk", "jenis",
         "baru ganti-kepala pisah tambah-anak kurang pindah-datang luar-negeri menumpang ubah-data "
         "hilang rusak"},
        {"pindah-kota", "alasan",
         "pekerjaan pendidikan keamanan kesehatan perumahan keluarga lainnya"},
        {"pindah-kota", "siapa", "kk-saja kk-semua kk-sebagian anggota"},
        {"pindah-kota", "status_kk_tinggal", "numpang baru tidak-ada tetap"},
        {"pindah-kota", "status_kk_pindah", "numpang baru tetap"},
        {"aduan", "jenis", "pengaduan aspirasi informasi"},
        {"aduan", "kategori",
         "adminduk sampah banjir jalan lampu air ketertiban kesehatan bansos pungli lainnya"},
        {"sktm", "jenis", "umum sekolah kesehatan bantuan-hukum"},
        {"biodata", "agama_anggota", "islam kristen katholik hindu budha khonghucu kepercayaan"},
        {"biodata", "kawin_anggota", "belum-kawin kawin cerai-hidup cerai-mati"},
        {"biodata", "shdk_anggota",
         "kepala-keluarga suami istri anak menantu cucu orang-tua mertua famili-lain pembantu "
         "lainnya"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct service *service = catalogue_service(catalogue, rows[i].service);
        const struct question *question = service_question(service, rows[i].question);
        char names[300];
        size_t count = 0;
        assert_non_null(question);
        snprintf(names, sizeof names, "%s", rows[i].names);
        for (char *rest = names, *one; (one = strtok_r(rest, " ", &rest)) != NULL; count++) {
            if (!is_listed(question, one)) {
                fail_msg("%s of %s has no %s", rows[i].question, rows[i].service, one);
            }
        }
        assert_int_equal(question->choices->count, count);
    }
}

/* Nobody looks through 89 occupations: the common ten stand first, the others are searched. */
static void
of_89_occupations_ten_are_common(void **state)
{
    (void)state;
    const struct question *work =
        service_question(catalogue_service(catalogue, "biodata"), "pekerjaan_anggota");
    size_t common = 0;
    for (size_t i = 0; i < work->choices->count; i++) {
        common += work->choices->list[i].common;
    }
    assert_int_equal(work->choices->count, 89);
    assert_int_equal(common, 10);
    assert_string_equal(work->choices->list[0].name, "belum-tidak-bekerja");
    assert_string_equal(work->choices->list[88].name, "lainnya");
}

/* What a phone can bring of the papers that a service asks for beside KTP, KK and the word of the
 * RT; where the papers are signed before an officer, there is nothing to send. */
static void
papers_of_its_own_may_come_from_a_phone(void **state)
{
    (void)state;
    static const char *const with = " sktm sku skd skdu skjd skp skbn sik skl skm aduan akta-lahir "
                                    "akta-mati kia kk ubah-data pindah-datang ";
    const struct service *list;
    size_t count = catalogue_services(catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        char name[40];
        snprintf(name, sizeof name, " %s ", list[i].id);
        if ((list[i].photos.most > 0) != (strstr(with, name) != NULL)) {
            fail_msg("%s: %d photos", list[i].id, list[i].photos.most);
        }
    }
}

/* A report may be without a name, or be kept from the public; the paper names every deadline of
 * SP4N-LAPOR!: passed on, asked for information, acted on, done, done where it must be looked at,
 * closed. */
static void
a_report_may_be_secret_and_has_its_deadlines(void **state)
{
    (void)state;
    static const char *const days[] = {" 3 ", " 5 ", " 14 ", " 60 ", " 10 "};
    const struct service *report = catalogue_service(catalogue, "aduan");
    const struct question *unnamed = service_question(report, "anonim");
    const struct question *secret = service_question(report, "rahasia");
    assert_true(unnamed != NULL && unnamed->required);
    assert_true(secret != NULL && secret->required);
    assert_true(report->anonymous && report->asks_office);
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        char said[1000] = "";
        for (size_t i = 0; i < report->step_count; i++) {
            size_t len = strlen(said);
            snprintf(said + len, sizeof said - len, " %s ",
                     words_in(&report->steps[i].detail, language));
        }
        for (char *at = said; (at = strpbrk(at, ".,")) != NULL;) {
            *at = ' ';
        }
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            if (strstr(said, days[i]) == NULL) {
                fail_msg("language %d: no%sdays in '%s'", (int)language, days[i], said);
            }
        }
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kelurahan_has_its_number),
        cmocka_unit_test(the_registry_says_its_form_and_how_its_result_comes),
        cmocka_unit_test(what_each_list_has),
        cmocka_unit_test(of_89_occupations_ten_are_common),
        cmocka_unit_test(papers_of_its_own_may_come_from_a_phone),
        cmocka_unit_test(a_report_may_be_secret_and_has_its_deadlines),
    };
    assert_true(argc == 2);
    folder = argv[1];
    return cmocka_run_group_tests(tests, load, unload);
}
