/* Groups, repeats, sets, presets, soft rules, statements: each fault is named by file, line and
 * reason. */
#include "set.h"

#include "base/text.h"

static const char *folder;
static struct set original;

#define WARIS "services/waris.json"
#define PINDAH "services/pindah.json"
#define ORANG "questions/orang.json"
#define PEMOHON "questions/pemohon.json"

static const struct mutation mutations[] = {
    // groups
    {WARIS, "\"name\": \"pewaris\"", "\"name\": \"Pewaris\"", "questions[1].name: a name is"},
    {WARIS, "\"name\": \"pewaris\"", "\"nama\": \"pewaris\"", "questions[1].nama: unknown key"},
    {WARIS, "\"label\": { \"id\": \"Yang meninggal dunia\", \"en\": \"Who died\" },", "",
     "questions[1]: 'label' is missing"},
    {WARIS, "\"type\": \"repeat\",\n          \"name\": \"ahli\"",
     "\"type\": \"group\",\n          \"name\": \"ahli\"",
     "questions[1].questions[2]: a group inside another or inside a repeat"},
    {WARIS, "\"relevant\": \"count(${tanah}) > 0\"", "\"relevant\": \"count(${tanah} > 0\"",
     "questions[4].relevant: ')' is missing"},
    {WARIS, "\"relevant\": \"count(${tanah}) > 0\"", "\"relevant\": \"${nilai} > 0\"",
     "questions[4].relevant: unknown question, or not an earlier one"},
    // what no answer can be, and what can be no name
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"${hubungan} = 'lainn'\"",
     "questions[1].questions[2].questions[2].relevant: 'lainn' is no answer to 'hubungan'; is "
     "'lain' meant?"},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"",
     "\"relevant\": \"not(selected(${hubungan}, 'paman'))\"",
     "questions[1].questions[2].questions[2].relevant: 'paman' is no answer to 'hubungan'; there "
     "are "},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"'1-2-2026' < ${meninggal}\"",
     "questions[1].questions[2].questions[2].relevant: '1-2-2026' is no answer to 'meninggal'; a "
     "date is written '2027-01-31'"},
    {WARIS, "\"soft_constraint\": \"date-diff-days(., today()) < 3650\"",
     "\"soft_constraint\": \". > '2026-02-30'\"",
     "questions[1].questions[1].soft_constraint: '2026-02-30' is no answer to 'meninggal'"},
    {WARIS, "\"past\": true,", "\"past\": true, \"default\": \"if(${nik} = '', '', '2026')\",",
     "questions[1].questions[1].default: '2026' is no answer to 'meninggal'"},
    {WARIS, "\"past\": true,", "\"past\": true, \"default\": \".\",",
     "questions[1].questions[1].default: '.' is the answer: only a constraint says it"},
    {WARIS, "\"name\": \"bagian\",", "\"name\": \"bagian\", \"default\": \"101\",",
     "questions[1].questions[2].questions[3].default: '101' is no answer to 'bagian'; it is "
     "beyond"},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"${hubung} = 'lain'\"",
     "questions[1].questions[2].questions[2].relevant: unknown question, or not an earlier one, at "
     "'${hubung} = 'lain''; is 'hubungan' meant?"},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"${bagian} > 1\"",
     "questions[1].questions[2].questions[2].relevant: unknown question, or not an earlier one, at "
     "'${bagian} > 1'; 'bagian' is not asked before this"},
    {ORANG, "\"name\": \"nama\",", "\"name\": \"nama\", \"default\": \"concatt('a')\",",
     "questions[1].default: unknown function, at 'concatt('a')'; is 'concat' meant?"},
    // repeats
    {WARIS, "\"min\": 1,\n          \"max\": 20", "\"min\": 1,\n          \"max\": 21",
     "questions[1].questions[2].max: must lie between 1 and 20"},
    {WARIS, "\"min\": 1,\n          \"max\": 20", "\"min\": -1,\n          \"max\": 20",
     "questions[1].questions[2].min: must lie between 0 and 20"},
    {WARIS, "\"min\": 1,\n          \"max\": 20", "\"min\": 4,\n          \"max\": 3",
     "questions[1].questions[2]: min is above max"},
    {WARIS, "\"min\": 1,\n          \"max\": 20", "\"min\": 2,\n          \"max\": 2",
     "questions[1].questions[2].constraint: nobody would see it"},
    {WARIS, "\"add_label\": { \"id\": \"Tambah ahli waris\", \"en\": \"Add an heir\" },", "",
     "questions[1].questions[2]: 'add_label' is missing"},
    {WARIS, "\"short_label\": { \"id\": \"Ahli waris\", \"en\": \"Heir\" },", "",
     "questions[1].questions[2]: 'short_label' is missing"},
    {WARIS, "\"short_label\": { \"id\": \"Ahli waris\", \"en\": \"Heir\" },",
     "\"required\": true, \"short_label\": { \"id\": \"Ahli waris\", \"en\": \"Heir\" },",
     "questions[1].questions[2].required: unknown key"},
    {WARIS, "\"name\": \"ahli\"", "\"name\": \"nama\"",
     "questions[1].questions[2].name: the name stands twice"},
    {WARIS, "{ \"use\": \"orang\", \"suffix\": \"_saksi\" }", "", "questions[2].questions: "},
    {WARIS, "{ \"use\": \"orang\", \"suffix\": \"_saksi\" }",
     "{ \"type\": \"repeat\", \"name\": \"r\", \"questions\": [] }",
     "questions[2].questions[0]: a repeat inside another"},
    {WARIS, "\"name\": \"nama_ahli\",", "\"name\": \"nama_ahli\", \"relevant\": \"${nama} != ''\",",
     "questions[1].questions[2]: the first question of a repeat is always asked"},
    {WARIS, "\"name\": \"nama_ahli\",", "\"name\": \"nama_ahli\", \"reuse\": true,",
     "questions[1].questions[2].questions[0].reuse: asked anew in each row"},
    {WARIS, "\"constraint\": \"sum(${bagian}) = 100\"", "\"constraint\": \"${bagian} = 100\"",
     "questions[1].questions[2].constraint: a question of a repeat: only sum() may"},
    {WARIS, "\"constraint\": \"sum(${bagian}) = 100\"", "\"constraint\": \"sum(${nama}) = 100\"",
     "questions[1].questions[2].constraint: sum() wants a question of a repeat"},
    {WARIS, "\"constraint\": \"sum(${bagian}) = 100\"", "\"constraint\": \"count(${ahli}) = 1\"",
     "questions[1].questions[2].constraint: unknown question"},
    {WARIS, "\"constraint\": \"sum(${bagian}) = 100\"", "\"constraint\": \"sum(1) = 100\"",
     "questions[1].questions[2].constraint: sum() wants ${a question of a repeat}"},
    {WARIS, "\"relevant\": \"count(${tanah}) > 0\"", "\"relevant\": \"count(${nama}) > 0\"",
     "questions[4].relevant: sum() wants ${a question of a repeat}, count() ${a repeat}"},
    {WARIS, "\"relevant\": \"count(${tanah}) > 0\"", "\"relevant\": \"count(${luas}) > 0\"",
     "questions[4].relevant: a question of a repeat: only sum() may ask"},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"count(${ahli}) > 1\"",
     "questions[1].questions[2].questions[2].relevant: unknown question"},
    {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"sum(${hubungan}) > 1\"",
     "questions[1].questions[2].questions[2].relevant: sum() wants"},
    // sets
    {WARIS, "{ \"use\": \"pemohon\" }", "{ \"use\": \"warga\" }",
     "questions[0].use: no such set of questions: 'warga'; there are "},
    {WARIS, "{ \"use\": \"pemohon\" }", "{ \"use\": \"pemohon\", \"type\": \"nik\" }",
     "questions[0].type: unknown key"},
    {WARIS, "{ \"use\": \"pemohon\" }", "{ \"use\": \"pemohon\", \"only\": [] }",
     "questions[0].only: "},
    {WARIS, "{ \"use\": \"pemohon\" }", "{ \"use\": \"pemohon\", \"only\": [\"agama\"] }",
     "questions[0].only[0]: no such question in the set"},
    {WARIS, "{ \"use\": \"pemohon\" }", "{ \"use\": \"pemohon\", \"only\": [7] }",
     "questions[0].only[0]: a text in quotes was expected"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \".1\"",
     "questions[1].suffix: a suffix is '_', then a name"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \"ayah\"", "questions[1].suffix: a suffix is"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \"_Ayah\"", "questions[1].suffix: a suffix is"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \"_\"", "questions[1].suffix: a suffix is"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \"_ayah_dari_ayah_x\"",
     "questions[1].suffix: 17 characters"},
    {ORANG, "\"name\": \"nama\"", "\"name\": \"nama_yang_panjang_sekali_1234\"",
     "questions[1].name: too long with the suffix '_saksi', used in services/waris.json:"},
    {ORANG, "\"${nik} != ''\"", "\"${nik2} != ''\"",
     "questions[1].constraint: unknown question, or not an earlier one, at"},
    {ORANG, "\"type\": \"name\"", "\"type\": \"repeat\"", "questions[1].type: unknown type"},
    {ORANG, "\"type\": \"name\"", "\"use\": \"pemohon\"", "questions[1].use: unknown key"},
    {ORANG, "\"type\": \"nik\"", "\"type\": \"kk\"",
     "questions[0].name: the name of a nik begins with"},
    {ORANG, "\"name\": \"nama\"", "\"name\": \"Nama\"", "questions[1].name: a name is a letter"},
    {ORANG, "\"name\": \"nama\",", "", "questions[1]: 'name' is missing"},
    {PINDAH, "\"suffix\": \"_ayah\"", "\"suffix\": \"_ikut\"", NULL}, // the same set with it twice
    {ORANG, "\"questions\"", "\"pertanyaan\"", "pertanyaan: unknown key"},
    {PEMOHON, "\"name\": \"nama\"", "\"name\": \"nik\"",
     "questions[1].name: the name stands twice"},
    {"catalogue.json", "\"orang\", \"pemohon\"", "\"orang\", \"pemohon\", \"orang\"",
     "questions[2]: the name stands twice"},
    {"catalogue.json", "\"orang\", \"pemohon\"", "\"orang\", \"pemohon\", \"warga\"", NULL},
    {"catalogue.json", "\"orang\", \"pemohon\"", "\"orang\"", NULL},
    {"catalogue.json", "\"orang\", \"pemohon\"", "\"orang\", \"../pemohon\"",
     "questions[1]: the name of a file"},
    // presets and soft rules
    {PEMOHON, "\"default\": \"nik-birth(${nik})\"", "\"default\": \"nik-birth()\"",
     "questions[2].default: wrong number of operands"},
    {PEMOHON, "\"default\": \"nik-birth(${nik})\"", "\"default\": \"nik-birth(${hp})\"",
     "questions[2].default: unknown question, or not an earlier one"},
    {PEMOHON, "\"default\": \"nik-birth(${nik})\"", "\"default\": true",
     "questions[2].default: a text in quotes was expected"},
    {WARIS, "\"soft_constraint\": \"date-diff-days(., today()) < 3650\",", "",
     "questions[1].questions[1].soft_constraint_message: without its rule"},
    {WARIS, "\"soft_constraint\": \"date-diff-days(., today()) < 3650\"",
     "\"soft_constraint\": \"date-diff-days(.) < 3650\"",
     "questions[1].questions[1].soft_constraint: wrong number of operands"},
    {WARIS, "\"soft_constraint_message\": {\n            \"id\": \"Ini", "\"x\": {\n\"id\": \"Ini",
     "questions[1].questions[1].x: unknown key"},
    {PEMOHON, "\"reuse\": true", "\"reuse\": 1", "questions[0].reuse: true or false"},
    // statements
    {WARIS, "\"text_version\": \"sptjm-1\"", "\"note\": \"x\"",
     "questions[5]: 'text_version' is missing"},
    {WARIS, "\"type\": \"acknowledge\"", "\"type\": \"yes_no\"",
     "questions[5].text: goes with another type of question"},
    {WARIS, "\"type\": \"acknowledge\"", "\"type\": \"acknowledge\", \"default\": \"'yes'\"",
     "questions[5].default: goes with another type of question"},
    {WARIS, "\"type\": \"consent\"", "\"type\": \"consent\", \"reuse\": true",
     "questions[6].reuse: goes with another type of question"},
    {WARIS, "\"type\": \"consent\"", "\"type\": \"consent\", \"required\": false",
     "questions[6].required: it is always answered"},
    {WARIS, "\"text_version\": \"wa-1\"", "\"text_version\": \"versi yang terlalu panjang\"",
     "questions[6].text_version: 26 characters where 1 to 24"},
};

static void
each_fault_is_named(void **state)
{
    (void)state;
    set_refuses(&original, mutations, sizeof mutations / sizeof *mutations);
}

/* A set is read by who uses it: one that nobody uses would hold anything. */
static void
a_set_that_nobody_uses_is_refused(void **state)
{
    (void)state;
    static const struct mutation more = {"catalogue.json", "\"orang\", \"pemohon\"",
                                         "\"orang\", \"pemohon\", \"sisa\"", NULL};
    struct set set;
    struct fault fault;
    int line;
    char *bytes = set_mutate(&original, &more, &set, &line);
    set.files[set.count++] =
        (struct catalogue_file){"questions/sisa.json",
                                "{\"questions\":[{\"name\":\"x\",\"type\":\"yes_no\","
                                "\"label\":{\"id\":\"x\",\"en\":\"x\"}}]}",
                                72};
    assert_null(catalogue_load(set.files, set.count, &fault));
    assert_string_equal(fault.text, "questions/sisa.json: no service uses it");
    set.files[set.count - 1].bytes = "{\"questions\":[]}";
    set.files[set.count - 1].len = 16;
    assert_null(catalogue_load(set.files, set.count, &fault));
    assert_memory_equal(fault.text, "questions/sisa.json:1: questions: ", 34);
    set.files[set.count - 1] = (struct catalogue_file){"questions/liar.json", "{}", 2};
    assert_null(catalogue_load(set.files, set.count, &fault));
    assert_string_equal(fault.text, "questions/liar.json: not named in catalogue.json");
    free(bytes);
}

/* The review shows every answer: a form of more than that is refused, not cut. */
/* Nothing, a day, a choice, and what only the answers tell. */
static void
a_constant_that_can_be_an_answer_is_good(void **state)
{
    (void)state;
    static const struct mutation good[] = {
        {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"'' != ${hubungan}\"",
         ""},
        {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"",
         "\"relevant\": \"selected(${hubungan}, 'suami-istri')\"", ""},
        {WARIS, "\"relevant\": \"${hubungan} = 'lain'\"", "\"relevant\": \"${nama} = 'Siapa'\"",
         ""},
        {WARIS, "\"past\": true,", "\"past\": true, \"default\": \"'2026-01-31'\",", ""},
        {WARIS, "\"past\": true,",
         "\"past\": true, \"default\": \"coalesce(nik-birth(${nik}), today())\",", ""},
        {WARIS, "\"name\": \"bagian\",", "\"name\": \"bagian\", \"default\": \"100\",", ""},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct set set;
        struct fault fault = {""};
        int line;
        char *bytes = set_mutate(&original, &good[i], &set, &line);
        struct catalogue *catalogue = catalogue_load(set.files, set.count, &fault);
        assert_string_equal(fault.text, "");
        assert_non_null(catalogue);
        catalogue_destroy(catalogue);
        free(bytes);
    }
}

static void
a_form_may_ask_only_so_much(void **state)
{
    (void)state;
    static char many[200 * 1024];
    struct fault fault;
    for (int rows = 0; rows < 2; rows++) {
        struct text out = text_over(many, sizeof many);
        for (int i = 0; i < (rows ? 6 : 124); i++) {
            text_addf(&out,
                      "%s{\"type\":\"yes_no\",\"name\":\"q%d\",\"label\":{\"id\":\"a\","
                      "\"en\":\"a\"}}",
                      i > 0 ? "," : "", i);
        }
        for (int i = 0; i < (rows ? 12 : 0); i++) {
            text_addf(&out,
                      ",{\"type\":\"repeat\",\"name\":\"r%d\",\"label\":{\"id\":\"a\","
                      "\"en\":\"a\"},\"short_label\":{\"id\":\"a\",\"en\":\"a\"},"
                      "\"add_label\":{\"id\":\"a\",\"en\":\"a\"},\"questions\":[{"
                      "\"type\":\"yes_no\",\"name\":\"in%d\",\"label\":{\"id\":\"a\","
                      "\"en\":\"a\"}}]}",
                      i, i);
        }
        const struct mutation more = {PINDAH, "{ \"use\": \"orang\", \"suffix\": \"_ayah\" }", many,
                                      NULL};
        struct set set;
        int line;
        char *bytes = set_mutate(&original, &more, &set, &line);
        assert_null(catalogue_load(set.files, set.count, &fault));
        const char *wanted = rows ? ": questions: 304 answers with all rows, more than 256"
                                  : "more than 128 questions, used in services/pindah.json:";
        if (strstr(fault.text, wanted) == NULL) {
            fail_msg("%s", fault.text);
        }
        free(bytes);
    }
}

static int
read_set(void **state)
{
    (void)state;
    struct fault fault = {""};
    original = set_read(folder);
    struct catalogue *catalogue = catalogue_load(original.files, original.count, &fault);
    if (catalogue == NULL) {
        fail_msg("%s", fault.text);
    }
    catalogue_destroy(catalogue);
    return 0;
}

static int
free_set(void **state)
{
    (void)state;
    set_free(&original);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_is_named),
        cmocka_unit_test(a_set_that_nobody_uses_is_refused),
        cmocka_unit_test(a_constant_that_can_be_an_answer_is_good),
        cmocka_unit_test(a_form_may_ask_only_so_much),
    };
    assert_true(argc == 2);
    folder = argv[1];
    return cmocka_run_group_tests(tests, read_set, free_set);
}
