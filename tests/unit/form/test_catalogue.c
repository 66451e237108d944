/* The files as they are, and as they must be refused: each row changes one piece of
 * text in one file and says what the fault begins with. */
#include "set.h"

#include "base/clock.h"

static const char *folder;
static struct set original;

static int
read_set(void **state)
{
    (void)state;
    original = set_read(folder);
    return 0;
}

static int
free_set(void **state)
{
    (void)state;
    set_free(&original);
    return 0;
}

/* --- the files as they are ------------------------------------------------------------ */

static bool
is_common(const struct choices *choices, const char *name)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (strcmp(choices->list[i].name, name) == 0) {
            return choices->list[i].common;
        }
    }
    fail_msg("no choice %s", name);
    return false;
}

static void
test_contents(void **state)
{
    (void)state;
    struct fault fault;
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    assert_non_null(catalogue);
    const struct service *services, *sku = catalogue_service(catalogue, "sku");
    const struct kelurahan *kelurahan;
    const struct queue_series *queues;
    const struct group *groups;
    assert_true(catalogue_services(catalogue, &services) >= 24);
    assert_int_equal(catalogue_groups(catalogue, &groups), 3);
    assert_int_equal(catalogue_kelurahan(catalogue, &kelurahan), 59);
    assert_int_equal(catalogue_queues(catalogue, &queues), 6);
    size_t pilots = 0;
    for (size_t i = 0; i < 59; i++) {
        pilots += kelurahan[i].pilot;
    }
    assert_int_equal(pilots, 10);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(queues[i].letter[0], "ABCDEP"[i]);
        assert_int_equal(queues[i].priority, queues[i].letter[0] == 'P');
    }
    assert_non_null(sku);
    assert_true(sku->question_count <= 8); // what the city promises
    assert_int_equal(sku->after_submit, AFTER_COME_BACK);
    assert_true(sku->approval_rt && sku->approval_kelurahan);
    const struct question *kind = service_question(sku, "jenis_usaha");
    assert_true(is_common(kind->choices, "warung-makan"));
    assert_false(is_common(kind->choices, "lainnya"));
    assert_null(catalogue_service(catalogue, "tidak-ada"));
    assert_null(service_question(sku, "agama"));
    assert_string_equal(words_in(&sku->title, LANGUAGE_EN), "Business certificate (SKU)");
    assert_string_equal(words_in(&sku->title, LANGUAGE_JV), words_in(&sku->title, LANGUAGE_ID));
    assert_string_equal(words_in(&(struct words){{NULL}}, LANGUAGE_EN), "");
    const struct service *ktp = catalogue_service(catalogue, "ktp");
    assert_false(ktp->approval_rt || ktp->approval_kelurahan); // Perpres 96/2018
    const struct choices *offices = service_question(ktp, "kelurahan")->choices;
    assert_int_equal(offices->count, 59);
    assert_string_equal(offices->list[5].name, "6472021001");
    assert_string_equal(words_in(&offices->list[5].label, LANGUAGE_EN),
                        "Sungai Keledang (Samarinda Seberang)");
    catalogue_destroy(catalogue);
    catalogue_destroy(NULL);
}

/* Every letter that a kelurahan writes, in its mode: A filed whole, B filed and then checked
 * with the papers by the officer, C information and a number. */
static void
test_letters(void **state)
{
    (void)state;
    static const struct {
        const char *id, *code;
        char mode;
        bool rt; /* its head has a word in it */
    } letters[] = {
        {"sktm", "SKTM", 'B', true},     {"skd", "SKD", 'A', true},    {"skdu", "SKDU", 'B', true},
        {"sku", "SKU", 'A', true},       {"skbm", "SKBM", 'B', true},  {"skjd", "SKJD", 'A', true},
        {"n1n2n4", "N1N2N4", 'B', true}, {"sknn", "SKNN", 'B', true},  {"skck", "SKCK", 'A', true},
        {"skaw", "SKAW", 'B', true},     {"skm", "SKM", 'B', true},    {"skl", "SKL", 'B', true},
        {"skp", "SKP", 'A', true},       {"skbn", "SKBN", 'B', true},  {"sik", "SIK", 'B', true},
        {"skhil", "SKHIL", 'A', false},  {"sktr", "SKTR", 'A', true},  {"skpd", "SKPD", 'A', true},
        {"skbb", "SKBB", 'A', true},     {"sppt", "SPPT", 'C', false}, {"leg", "LEG", 'C', false},
        {"peng", "PENG", 'A', true},
    };
    struct fault fault;
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    size_t common = 0;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        const struct service *letter = catalogue_service(catalogue, letters[i].id);
        assert_non_null(letter);
        assert_string_equal(letter->code, letters[i].code);
        assert_string_equal(letter->group, "surat");
        assert_non_null(letter->part);
        assert_non_null(letter->search[0]);
        assert_int_equal(letter->approval_rt, letters[i].rt);
        assert_int_equal(letter->approval_kelurahan, letters[i].mode != 'C');
        assert_int_equal(letter->kind, letters[i].mode == 'C' ? SERVICE_QUEUE_ONLY : SERVICE_FORM);
        if (letters[i].mode == 'A') { // nobody waits at the counter for what needs no papers there
            assert_int_equal(letter->after_submit, AFTER_COME_BACK);
        } else {
            assert_true(letter->requirement_count > 1);
        }
        common += letter->common;
    }
    assert_int_equal(common, 6); // what residents ask for most
    catalogue_destroy(catalogue);
}

static const char *
first_found(const struct catalogue *catalogue, const char *query, enum language language)
{
    const struct service *list;
    size_t count = catalogue_services(catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (service_is_found(&list[i], query, language)) {
            return list[i].id;
        }
    }
    return "";
}

/* What people call them. */
static void
test_search(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        enum language language;
        const char *id;
    } rows[] = {
        {"surat miskin", LANGUAGE_ID, "sktm"},
        {"izin hajatan", LANGUAGE_ID, "sik"},
        {"nikah surat", LANGUAGE_ID, "n1n2n4"},
        {"  NIKAH  ", LANGUAGE_ID, "n1n2n4"},
        {"numpang", LANGUAGE_ID, "sknn"},
        {"warisan", LANGUAGE_ID, "skaw"},
        {"bayi", LANGUAGE_ID, "skl"},
        {"segel", LANGUAGE_ID, "sppt"},
        {"marriage", LANGUAGE_EN, "n1n2n4"},
        {"low income", LANGUAGE_EN, "sktm"},
        {"domisili", LANGUAGE_EN, "skdu"},
        {"skbb", LANGUAGE_ID, "skbb"},
        {"legalisir", LANGUAGE_ID, "leg"},
        {"hilang stnk", LANGUAGE_ID, "skhil"},
        {"zzz", LANGUAGE_ID, ""},
        {"nikah zzz", LANGUAGE_ID, ""},
        {" ", LANGUAGE_ID, ""},
        {"", LANGUAGE_ID, ""},
    };
    struct fault fault;
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *id = first_found(catalogue, rows[i].query, rows[i].language);
        if (strcmp(id, rows[i].id) != 0) {
            fail_msg("'%s' finds '%s', not '%s'", rows[i].query, id, rows[i].id);
        }
    }
    catalogue_destroy(catalogue);
}

/* Every question type is asked somewhere, so that every screen is walked. */
static void
test_types(void **state)
{
    (void)state;
    struct fault fault;
    struct catalogue *catalogue = catalogue_load(original.files, original.count, &fault);
    assert_non_null(catalogue);
    const struct service *services;
    bool seen[QUESTION_REPEAT + 1] = {false};
    size_t count = catalogue_services(catalogue, &services);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < services[i].question_count; j++) {
            seen[services[i].questions[j].type] = true;
        }
    }
    for (size_t i = 0; i < sizeof seen; i++) {
        assert_true(seen[i]);
    }
    catalogue_destroy(catalogue);
}

/* --- the files as they must not be ------------------------------------------------------- */

static const struct mutation mutations[] = {
    {"catalogue.json", "\"version\": 1,", "\"version\": 0,", "version: must lie"},
    {"catalogue.json", "\"version\": 1,", "\"version\": 1.5,", "version: a whole number"},
    {"catalogue.json", "\"version\": 1,", "\"version\": \"1\",", "version: a whole number"},
    {"catalogue.json", "  \"version\": 1,\n", "", "'version' is missing"},
    {"catalogue.json", "\"notice\": {", "\"notize\": {", "notize: unknown key 'notize'"},
    {"catalogue.json", "\"id\": \"surat\"", "\"id\": \"Surat\"",
     "groups[0].id: a name is a letter a-z, then a-z, 0-9 and '-'"},
    {"catalogue.json", "\"id\": \"surat\"", "\"id\": \"kependudukan\"",
     "groups[1].id: the id stands twice"},
    {"catalogue.json", "\"groups\": [",
     "\"groups\": [{\"id\":\"kosong\",\"icon\":\"x\",\"title\":{\"id\":\"a\",\"en\":\"a\"},"
     "\"summary\":{\"id\":\"a\",\"en\":\"a\"}},",
     "groups[0]: no service in 'kosong'"},
    {"catalogue.json", "\"letter\": \"B\"", "\"letter\": \"A\"",
     "queues[1].letter: the letter stands twice"},
    {"catalogue.json", "\"letter\": \"B\"", "\"letter\": \"b\"",
     "queues[1].letter: one letter A to Z was expected"},
    {"catalogue.json", "\"letter\": \"B\"", "\"letter\": \"BB\"",
     "queues[1].letter: 2 characters where 1 to 1 may stand"},
    {"catalogue.json", "\"priority\": false", "\"priority\": true",
     "queues: only one series may be the priority one"},
    {"catalogue.json", "\"priority\": false", "\"priority\": 0",
     "queues[0].priority: true or false was expected"},
    {"catalogue.json", "\"sku\", \"ktp\"", "\"ktp\", \"ktp\"",
     "services[1]: the name stands twice"},
    {"catalogue.json", "\"sku\", \"ktp\"", "\"../sku\", \"ktp\"",
     "services[0]: the name of a file, a-z, 0-9 and '-', was expected"},
    {"catalogue.json", "\"sku\", \"ktp\"", "1, \"ktp\"",
     "services[0]: a text in quotes was expected"},
    {"catalogue.json", "\"pekerjaan\"", "\"kawin\"", NULL},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"de\": \"Brief\"",
     "groups[0].title.de: unknown key 'de'"},
    {"catalogue.json", "\"en\": \"Official letters\",", "", "groups[0].title: 'en' is missing"},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"en\": \"\"",
     "groups[0].title.en: 0 characters where 1 to 40 may stand"},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"en\": \" Official letters\"",
     "groups[0].title.en: a "},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"en\": \"Official\\nletters\"",
     "groups[0].title.en: a "},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"en\": null",
     "groups[0].title.en: a text in quotes was expected"},
    {"catalogue.json", "\"en\": \"Official letters\"", "\"en\": \"A\", \"en\": \"B\"",
     "a key stands twice"},
    {"catalogue.json", "{", "[", ""},
    {"catalogue.json", "{", "{,", "a key in quotes was expected"},
    {"kelurahan.json", "6472011002", "6472011001", "kelurahan[1].code: codes must rise"},
    {"kelurahan.json", "6472011002", "647201100", "kelurahan[1].code: ten digits were expected"},
    {"kelurahan.json", "6472011002", "647201100x", "kelurahan[1].code: ten digits were expected"},
    {"kelurahan.json", "\"75243\"", "\"7524\"", "kelurahan[0].postal: five digits were expected"},
    {"kelurahan.json", "\"75243\"", "75243", "kelurahan[0].postal: a text in quotes was expected"},
    {"kelurahan.json", "\"name\": \"Rawa Makmur\", ", "", "kelurahan[0]: 'name' is missing"},
    {"choices/ktp-jenis.json", "\"name\": \"rusak\"", "\"name\": \"hilang\"",
     "choices[1].name: the name stands twice"},
    {"choices/ktp-jenis.json", "\"name\": \"rusak\"", "\"name\": \"ru sak\"", "choices[1].name"},
    {"choices/ktp-jenis.json", "\"name\": \"rusak\"", "\"name\": \"rusak\", \"x\": 1", ""},
    {"choices/ktp-jenis.json", "{ \"name\": \"rusak\"", "7, { \"name\": \"rusak\"",
     "choices[1]: a block in { } was expected"},
    {"choices/ktp-jenis.json", "\"KTP-el rusak\", \"en\"", "\"KTP-el hilang\", \"en\"",
     "choices[1].label: 'hilang' looks the same: 'KTP-el hilang'"},
    {"services/ktp.json", "\"code\": \"KTP\"", "\"code\": \"SKU\"",
     "code: service 'sku' has the same code"},
    {"services/sku.json", "\"code\": \"SKU\"", "\"code\": \"sku\"", "code: "},
    {"services/sku.json", "\"kind\": \"form\"", "\"kind\": \"forms\"",
     "kind: unknown kind 'forms'"},
    {"services/sku.json", "\"kind\": \"form\"", "\"kind\": \"queue\"", NULL},
    {"services/sku.json", "\"group\": \"surat\"", "\"group\": \"nikah\"",
     "group: unknown group 'nikah'"},
    {"services/sku.json", "\"queue\": \"A\"", "\"queue\": \"P\"", "queue: no such queue"},
    {"services/sku.json", "\"queue\": \"A\"", "\"queue\": \"Z\"", "queue: no such queue"},
    {"services/sku.json", "\"next\": \"come_back\"", "\"next\": \"later\"",
     "after_submit.next: unknown next 'later'"},
    {"services/sku.json", "\"after_submit\": {", "\"after\": {", "after: unknown key 'after'"},
    {"services/sku.json", "\"asks_office\": true", "\"asks_office\": \"yes\"",
     "asks_office: true or false was expected"},
    {"services/sku.json", "[\"rt\", \"kelurahan\"]", "[\"rt\", \"camat\"]",
     "approval[1]: unknown approval 'camat'"},
    {"services/sku.json", "[\"rt\", \"kelurahan\"]", "[\"rt\", \"rt\"]",
     "approval[1]: the approval stands twice"},
    {"services/sku.json", "\"approval\": [", "\"approval\": \"rt\", \"x\": [", ""},
    {"services/aduan.json", "\"approval\": []", "\"approval\": [\"rt\"]",
     "approval: the question 'rt' may be left out"},
    {"services/sku.json", "\"type\": \"nik\"", "\"type\": \"nyk\"",
     "questions[0].type: unknown type 'nyk'"},
    {"services/sku.json", "\"type\": \"nik\"", "\"type\": \"nik x\"",
     "questions[0].type: nothing stands behind 'nik'"},
    {"services/sku.json", "\"name\": \"nik\"", "\"name\": \"nomor\"",
     "questions[0].name: the name of a nik begins with 'nik', of a kk w"},
    {"services/sku.json", "\"name\": \"kk\"", "\"name\": \"nik\"",
     "questions[1].name: the name stands twice"},
    {"services/sku.json", "\"name\": \"rt\"", "\"name\": \"no_hp\"",
     "questions[3].name: the name stands twice"},
    {"services/sku.json", "\"name\": \"rt\"", "\"name\": \"RT\"",
     "questions[2].name: a name is a letter a-z, then a-z, 0-9 and '_'"},
    {"services/sku.json", "select_one jenis-usaha", "select_one jenis",
     "questions[5].type: unknown list of choices 'jenis'"},
    {"services/sku.json", "select_one jenis-usaha", "select_one",
     "questions[5].type: a list of choices stands behind it: \"select_one agama\""},
    {"services/sku.json", "select_one jenis-usaha", "select_one  jenis-usaha",
     "questions[5].type: unknown list of choices ' jenis-usaha'; is 'jenis-usaha' meant?"},
    {"services/sku.json", "\"min_length\": 3", "\"min_length\": 81",
     "questions[4]: min_length is above max_length"},
    {"services/sku.json", "\"min_length\": 3", "\"min_length\": 0",
     "questions[4].min_length: must lie between 1 and 1000"},
    {"services/sku.json", "\"min_length\": 3", "\"min\": 3",
     "questions[4].min: goes with another type of question"},
    {"services/sku.json", "\"max_length\": 80", "\"max_length\": 1001",
     "questions[4].max_length: must lie between 1 and 1000"},
    {"services/sku.json", "\"constraint\": \"number(.) <= 150\"",
     "\"constraint\": \"number(.) <=\"",
     "questions[2].constraint: a value was expected, at the end"},
    {"services/sku.json", "\"constraint\": \"number(.) <= 150\"",
     "\"constraint\": \"${alamat_usaha} = ''\"",
     "questions[2].constraint: unknown question, or not an earlier one,"},
    {"services/sku.json", "\"constraint\": \"number(.) <= 150\"", "\"relevant\": \"${rt} = '1'\"",
     "questions[2].relevant: unknown question, or not an earlier one, a"},
    {"services/sku.json", "\"constraint\": \"number(.) <= 150\",", "",
     "questions[2].constraint_message: without its rule"},
    {"services/sku.json", "\"required\": true", "\"required\": 1",
     "questions[0].required: true or false was expected"},
    {"services/skbm.json", "\"whom\"", "\"note\"", NULL},
    {"services/ktp.json", "\"past\": true", "\"past\": true, \"future\": true",
     "questions[6]: a date is past or future, not both"},
    {"services/ktp.json", "\"relevant\": \"${jenis} = 'hilang'\"",
     "\"relevant\": \"${nik2} = 'hilang'\"",
     "questions[6].relevant: unknown question, or not an earlier one, "},
    {"services/ktp.json", "\"type\": \"name\"", "\"type\": \"name\", \"past\": true",
     "questions[3].past: goes with another type of question"},
    {"services/aduan.json", "\"appearance\": \"masked\"", "\"appearance\": \"bold\"",
     "questions[9].appearance: unknown appearance 'bold'"},
    {"services/aduan.json", "\"appearance\": \"masked\"", "\"appearance\": \"email\"",
     "questions[9]: appearance: email goes with a text"},
    {"services/aduan.json", "\"max\": 100", "\"max\": 0", "questions[6]: min is above max"},
    {"survey.json", "\"u9\"", "\"u8\"", "elements[8].id: the id stands twice"},
    {"survey.json", "\"first\": \"u2\"", "\"first\": \"u0\"", "first: "},
    {"polls.json", "2026-01-30", "2026-01-04", "polls[0].to: ends before it begins"},
    {"polls.json", "2026-01-30", "2026-02-30", "polls[0].to: a date like 2027-02-08 was expected"},
    {"polls.json", "\"siang\"", "\"pagi\"", "polls[0].choices[1].name: the name stands twice"},
    {"services/aduan.json", "\"max\": 100", "\"max\": 1000000000000",
     "questions[6].max: must lie between 0 and 999999999999"},
};

static void
test_faults(void **state)
{
    (void)state;
    set_refuses(&original, mutations, sizeof mutations / sizeof *mutations);
}

/* A file short, a file that nobody named, a file cut anywhere. */
static void
test_sets(void **state)
{
    (void)state;
    struct fault fault;
    for (size_t i = 0; i < original.count; i++) {
        struct set set = original;
        char wanted[160];
        set.files[i] = set.files[--set.count];
        if (strcmp(original.files[i].name, "survey.json") == 0 ||
            strcmp(original.files[i].name, "polls.json") == 0) { // then nothing is asked
            struct catalogue *catalogue = catalogue_load(set.files, set.count, &fault);
            assert_non_null(catalogue);
            catalogue_destroy(catalogue);
            continue;
        }
        assert_null(catalogue_load(set.files, set.count, &fault));
        snprintf(wanted, sizeof wanted, "%s: the file is missing%s", original.files[i].name,
                 strchr(original.files[i].name, '/') ? ", and catalogue.json names it" : "");
        assert_string_equal(fault.text, wanted);
    }
    struct set set = original;
    set.files[set.count++] = (struct catalogue_file){"services/nikah.json", "{}", 2};
    assert_null(catalogue_load(set.files, set.count, &fault));
    assert_string_equal(fault.text, "services/nikah.json: not named in catalogue.json");
    set.files[set.count - 1].name = "offices/6472021001.json"; // of another room
    struct catalogue *catalogue = catalogue_load(set.files, set.count, &fault);
    assert_non_null(catalogue);
    catalogue_destroy(catalogue);
    for (size_t i = 0; i < original.count; i++) {
        for (size_t len = 0; len + 2 < original.files[i].len; len += 997) {
            set = original;
            set.files[i].len = len;
            assert_null(catalogue_load(set.files, set.count, &fault));
            assert_memory_equal(fault.text, set.files[i].name, strlen(set.files[i].name));
        }
    }
    assert_null(catalogue_load(NULL, 0, &fault));
    assert_null(catalogue_load_folder("/proc/nonexistent", &fault));
    assert_string_equal(fault.text, "catalogue.json: the file is missing");
}

static void
test_time(void **state)
{
    (void)state;
    struct fault fault;
    int64_t begun = clock_monotonic();
    for (int i = 0; i < 10; i++) {
        catalogue_destroy(catalogue_load_folder(folder, &fault));
    }
    int64_t took = clock_monotonic() - begun;
    print_message("# ten loads took %lld ms\n", (long long)took);
    assert_true(took < 4000); // 100 expected, sanitizers and neighbours allowed for
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contents), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_search),   cmocka_unit_test(test_types),
        cmocka_unit_test(test_faults),   cmocka_unit_test(test_sets),
        cmocka_unit_test(test_time),
    };
    assert_true(argc == 2);
    folder = argv[1];
    return cmocka_run_group_tests(tests, read_set, free_set);
}
