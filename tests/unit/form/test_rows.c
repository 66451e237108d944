/* Forms with rows: heirs, witnesses, who moves along. Where one stands in them, what their rules
 * see, and what the document makes of them. The catalogue is the tests' own. */
#include "help.h"

#include "base/id.h"
#include "base/text.h"
#include "form/document.h"
#include "form/spot.h"

enum { PATH = 4096 };

static struct visit visit;
static const struct service *waris, *pindah;

static int
fresh(void **state)
{
    (void)state;
    secret_wipe(visit.memory);
    visit.answers = answers_create(visit.memory);
    return 0;
}

static void
add_spot(struct text *out, const struct service *service, struct spot spot)
{
    char key[SPOT_KEY];
    text_add(out, out->len > 0 ? " " : "");
    text_add(out, spot_key(service->questions[spot.question].name, spot.row, key));
}

/* All spots from one end to the other; their number. */
static int
walk(const struct service *service, bool forward, char path[PATH])
{
    struct text out = text_over(path, PATH);
    int count = 0;
    struct spot spot = forward ? spot_after(service, SPOT_NONE, visit.answers, TODAY)
                               : spot_last(service, visit.answers, TODAY);
    for (; spot.question >= 0; count++) {
        assert_true(spot_is_asked(service, spot, visit.answers, TODAY));
        assert_true(spot_equal(spot_of_number(spot_number(spot)), spot));
        add_spot(&out, service, spot);
        spot = forward ? spot_after(service, spot, visit.answers, TODAY)
                       : spot_before(service, spot, visit.answers, TODAY);
    }
    assert_false(out.cut);
    return count;
}

/* The same words from the last to the first. */
static void
turned(const char *path, char out[PATH])
{
    struct text text = text_over(out, PATH);
    for (size_t end = strlen(path); end > 0;) {
        size_t begin = end;
        while (begin > 0 && path[begin - 1] != ' ') {
            begin--;
        }
        text_add(&text, text.len > 0 ? " " : "");
        text_add_bytes(&text, path + begin, end - begin);
        end = begin > 0 ? begin - 1 : 0;
    }
}

static void
walks_as(const struct service *service, const char *wanted)
{
    char path[PATH], back[PATH], forth[PATH];
    walk(service, true, path);
    assert_string_equal(path, wanted);
    walk(service, false, back);
    turned(back, forth);
    assert_string_equal(forth, wanted);
}

#define PEMOHON "nik nama tgl_lahir perempuan hp "
#define SAKSI "nik_saksi.1 nama_saksi.1 nik_saksi.2 nama_saksi.2 "

static void
every_row_is_asked_and_what_does_not_apply_is_not(void **state)
{
    (void)state;
    walks_as(waris, PEMOHON "nama_pewaris meninggal nama_ahli.1 hubungan.1 bagian.1 ahli " SAKSI
                            "tanah sptjm");
    visit_fill(&visit, "hp=+6281255048488;ahli=3;hubungan.2=lain;tanah=1");
    walks_as(waris, PEMOHON
             "nama_pewaris meninggal nama_ahli.1 hubungan.1 bagian.1 nama_ahli.2 "
             "hubungan.2 hubungan_lain.2 bagian.2 nama_ahli.3 hubungan.3 bagian.3 ahli " SAKSI
             "letak.1 luas.1 tanah nilai sptjm kabar_wa");
    visit_fill(&visit, "tanah=0"); // rows that were there count no more
    walks_as(waris, PEMOHON
             "nama_pewaris meninggal nama_ahli.1 hubungan.1 bagian.1 nama_ahli.2 "
             "hubungan.2 hubungan_lain.2 bagian.2 nama_ahli.3 hubungan.3 bagian.3 ahli " SAKSI
             "tanah sptjm kabar_wa");
    walks_as(pindah, "nik nama hp nik_ayah nama_ayah pengikut tujuan");
    visit_fill(&visit, "pengikut=2");
    walks_as(pindah, "nik nama hp nik_ayah nama_ayah nik_ikut.1 nama_ikut.1 nik_ikut.2 "
                     "nama_ikut.2 pengikut tujuan semua");
}

static void
twenty_rows_and_no_more(void **state)
{
    (void)state;
    char path[PATH], back[PATH];
    static const char *const said[] = {"20", "21", "999999999", "-1", "x", ""};
    static const int rows[] = {20, 20, 20, 0, 0, 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(answers_set(visit.answers, "pengikut", said[i]));
        int semua = rows[i] >= 2;
        assert_int_equal(walk(pindah, true, path), 7 + 2 * rows[i] + semua);
        assert_int_equal(walk(pindah, false, back), 7 + 2 * rows[i] + semua);
    }
    assert_true(answers_set(visit.answers, "ahli", "0")); // its least is one
    assert_true(walk(waris, true, path) > 0);
    assert_non_null(strstr(path, "nama_ahli.1"));
    assert_null(strstr(path, "nama_ahli.2"));
}

static void
only_spots_that_are_there_are_asked(void **state)
{
    (void)state;
    static const struct {
        int question, row;
        bool there;
    } rows[] = {{-1, 0, false}, {1000, 0, false}, {0, 0, true},  {0, 1, false}, {7, 0, false},
                {7, 1, true},   {7, 2, true},     {7, 3, false}, {9, 1, false}, {9, 2, true},
                {11, 0, true},  {11, 1, false},   {14, 0, false}};
    visit_fill(&visit, "ahli=2;hubungan.2=lain");
    assert_string_equal(waris->questions[7].name, "nama_ahli");
    assert_string_equal(waris->questions[9].name, "hubungan_lain");
    assert_string_equal(waris->questions[14].name, "saksi"); // counted by nobody
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct spot spot = {rows[i].question, rows[i].row};
        if (spot_is_asked(waris, spot, visit.answers, TODAY) != rows[i].there) {
            fail_msg("question %d row %d", spot.question, spot.row);
        }
    }
    assert_false(spot_is_asked(waris, spot_of_number(INT64_MAX), visit.answers, TODAY));
    assert_int_equal(spot_number(SPOT_NONE), -1);
    struct spot ahli = {7, 1}, other = {8, 1}, second = {8, 2}, saksi = {12, 1}, alone = {0, 0};
    assert_true(spot_same_row(waris, ahli, other));
    assert_false(spot_same_row(waris, ahli, second));
    assert_false(spot_same_row(waris, ahli, saksi)); // a row of another repeat
    assert_false(spot_same_row(waris, alone, alone));
    assert_false(spot_same_row(waris, SPOT_NONE, ahli));
}

static void
sections_and_rows_stand_where_they_were_written(void **state)
{
    (void)state;
    assert_null(service_question(waris, "hp")->section);
    const struct section *section = service_question(waris, "meninggal")->section;
    assert_string_equal(section->name, "pewaris");
    assert_ptr_equal(service_question(waris, "bagian")->section, section);
    assert_null(service_question(waris, "nik_saksi")->section);
    const struct question *ahli = service_question(waris, "ahli");
    assert_int_equal(ahli->type, QUESTION_REPEAT);
    assert_string_equal(waris->questions[ahli->first].name, "nama_ahli");
    assert_ptr_equal(&waris->questions[service_question(waris, "bagian")->repeat], ahli);
    assert_int_equal(ahli->repeat, -1);
    assert_string_equal(words_in(&ahli->add_label, LANGUAGE_EN), "Add an heir");
    // asked once in a visit: but of nobody in a row
    assert_true(service_question(waris, "nik")->reuse);
    assert_true(service_question(pindah, "nik_ayah")->reuse);
    assert_false(service_question(waris, "nik_saksi")->reuse);
    assert_false(service_question(pindah, "nik_ikut")->reuse);
    // what is accepted is always answered
    assert_true(service_question(waris, "sptjm")->required);
    assert_true(service_question(waris, "kabar_wa")->required);
}

/* --- rules ------------------------------------------------------------------------------- */

static struct check
check(const struct service *service, const char *name, int row, const char *typed)
{
    static char out[ANSWER_BYTES];
    return check_answer(service_question(service, name), row, typed, visit.answers, TODAY, out);
}

static void
a_sum_is_that_of_the_rows_there_are(void **state)
{
    (void)state;
    visit_fill(&visit, "ahli=2;bagian.1=60;bagian.2=40;bagian.3=99");
    assert_int_equal(check(waris, "ahli", 0, "2").problem, PROBLEM_NONE);
    visit_fill(&visit, "bagian.2=39");
    assert_int_equal(check(waris, "ahli", 0, "2").problem, PROBLEM_CONSTRAINT);
    visit_fill(&visit, "ahli=3;bagian.1=1;bagian.2=x;bagian.3=99"); // what is no number adds none
    assert_int_equal(check(waris, "ahli", 0, "3").problem, PROBLEM_NONE);
    assert_int_equal(check(waris, "ahli", 0, "21").problem, PROBLEM_TOO_BIG);
    assert_int_equal(check(waris, "ahli", 0, "0").problem, PROBLEM_TOO_SMALL);
}

/* In a set ${nik} is the NIK of the same use; in a row that of the same row. */
static void
a_set_asks_its_own_use_and_a_row_itself(void **state)
{
    (void)state;
    visit_fill(&visit, "nik=6472031708900001");
    assert_int_equal(check(pindah, "nama_ayah", 0, "Ali").problem, PROBLEM_CONSTRAINT);
    visit_fill(&visit, "nik_ayah=6472031708600001;pengikut=2;nik_ikut.2=6472031708120002");
    assert_int_equal(check(pindah, "nama_ayah", 0, "Ali").problem, PROBLEM_NONE);
    assert_int_equal(check(pindah, "nama_ikut", 1, "Budi").problem, PROBLEM_CONSTRAINT);
    assert_int_equal(check(pindah, "nama_ikut", 2, "Budi").problem, PROBLEM_NONE);
}

static void
a_soft_rule_warns_and_a_hard_one_goes_first(void **state)
{
    (void)state;
    struct check said = check(waris, "meninggal", 0, "2010-01-02");
    assert_int_equal(said.problem, PROBLEM_SOFT_CONSTRAINT);
    assert_true(said.warning);
    assert_int_equal(check(waris, "meninggal", 0, "2026-11-25").problem, PROBLEM_DATE_FUTURE);
    assert_int_equal(check(waris, "meninggal", 0, "2025-01-02").problem, PROBLEM_NONE);
    visit_fill(&visit, "tanah=1");
    assert_int_equal(check(waris, "nilai", 0, "1000").problem, PROBLEM_SOFT_CONSTRAINT);
    visit_fill(&visit, "luas.1=12");
    assert_int_equal(check(waris, "nilai", 0, "1000").problem, PROBLEM_NONE);
}

static void
what_is_accepted_is_yes_and_a_consent_either(void **state)
{
    (void)state;
    assert_int_equal(check(waris, "sptjm", 0, "").problem, PROBLEM_REQUIRED);
    assert_int_equal(check(waris, "sptjm", 0, "no").problem, PROBLEM_REQUIRED);
    assert_int_equal(check(waris, "sptjm", 0, "yes").problem, PROBLEM_NONE);
    assert_int_equal(check(waris, "kabar_wa", 0, "").problem, PROBLEM_REQUIRED);
    assert_int_equal(check(waris, "kabar_wa", 0, "no").problem, PROBLEM_NONE);
    assert_int_equal(check(waris, "kabar_wa", 0, "maybe").problem, PROBLEM_CHOICE);
}

static void
a_field_begins_with_what_the_form_supposes(void **state)
{
    (void)state;
    char out[ANSWER_BYTES];
    static const struct {
        const char *nik, *birth, *woman;
    } rows[] = {
        {"6472031708900001", "1990-08-17", "no"},
        {"6472035708900002", "1990-08-17", "yes"},
        {"6472032902000003", "2000-02-29", "no"},
        {"3404014107850009", "1985-07-01", "yes"},
        {"", "", "no"},
        {"647203", "", "no"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(answers_set(visit.answers, "nik", rows[i].nik));
        check_preset(service_question(waris, "tgl_lahir"), 0, visit.answers, TODAY, out);
        assert_string_equal(out, rows[i].birth);
        check_preset(service_question(waris, "perempuan"), 0, visit.answers, TODAY, out);
        assert_string_equal(out, rows[i].woman);
    }
    check_preset(service_question(waris, "nama"), 0, visit.answers, TODAY, out);
    assert_string_equal(out, "");
}

/* Of the two centuries the one that makes a person of less than a hundred years. */
static void
a_nik_tells_its_century_by_the_day(void **state)
{
    (void)state;
    static const struct {
        const char *nik, *today, *birth;
    } rows[] = {
        {"6472032411260001", "2026-11-24", "2026-11-24"}, // born today
        {"6472032511260001", "2026-11-24", "1926-11-25"}, // tomorrow: a hundred years but a day
        {"6472032311260001", "2026-11-24", "2026-11-23"},
        {"6472030101270001", "2026-12-31", "1927-01-01"},
        {"6472030101270001", "2027-01-01", "2027-01-01"},
        {"6472033112990001", "2026-11-24", "1999-12-31"},
        {"6472030101000001", "2026-11-24", "2000-01-01"},
        {"6472036902000001", "2026-11-24", "2000-02-29"},
        {"6472032902280001", "2026-11-24", "1928-02-29"}, // 2028 is to come
        {"6472032902280001", "2028-02-29", "2028-02-29"},
        {"6472032902010001", "2026-11-24", ""},
        {"6472037208900001", "2026-11-24", ""},
        {"6472034008900001", "2026-11-24", ""},
        {"6472030008900001", "2026-11-24", ""},
        {"6472031713900001", "2026-11-24", ""},
        {"6472037108900001", "2026-11-24", "1990-08-31"},
        {"6472031708900001", "", ""},
        {"64720317089000012", "2026-11-24", ""},
        {"647203170890000x", "2026-11-24", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char birth[DATE_TEXT];
        nik_birth(rows[i].nik, rows[i].today, birth);
        if (strcmp(birth, rows[i].birth) != 0) {
            fail_msg("%s on %s: '%s'", rows[i].nik, rows[i].today, birth);
        }
    }
    assert_true(nik_is_womans("6472034108900001"));
    assert_false(nik_is_womans("6472034008900001"));
    assert_false(nik_is_womans("6472033108900001"));
    assert_false(nik_is_womans(""));
}

/* --- the answers ------------------------------------------------------------------------- */

static void
a_row_moves_up_and_leaves_nothing(void **state)
{
    (void)state;
    const char *bytes = (const char *)visit.answers;
    visit_fill(&visit, "a=eins;x.9=neun;x.10=rahasia zehn;z=letzt");
    answers_move(visit.answers, "x.10", "x.9");
    assert_string_equal(answers_get(visit.answers, "x.9"), "rahasia zehn");
    assert_null(answers_get(visit.answers, "x.10"));
    assert_string_equal(answers_get(visit.answers, "a"), "eins");
    assert_string_equal(answers_get(visit.answers, "z"), "letzt");
    answers_move(visit.answers, "x.8", "x.9"); // from nothing: nothing
    assert_null(answers_get(visit.answers, "x.9"));
    assert_null(memmem(bytes, secret_used(visit.memory), "rahasia", 7));
    assert_string_equal(answers_get(visit.answers, "z"), "letzt");
    answers_set(visit.answers, "a", NULL);
    answers_set(visit.answers, "z", NULL);
    assert_true(answers_empty(visit.answers));
    for (size_t i = 0; i < secret_used(visit.memory); i++) {
        assert_int_equal(bytes[i], 0);
    }
    // a full memory moves all the same
    char long_text[ANSWER_BYTES];
    memset(long_text, 'q', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    char key[SPOT_KEY];
    int row = 1;
    while (answers_set(visit.answers, spot_key("penuh", row, key), long_text)) {
        row++;
    }
    assert_in_range(row, 10, 20);
    answers_move(visit.answers, spot_key("penuh", row - 1, key), "penuh.1");
    assert_string_equal(answers_get(visit.answers, "penuh.1"), long_text);
    assert_null(answers_get(visit.answers, key));
}

/* --- the document -------------------------------------------------------------------------- */

static void
fill_waris(void)
{
    visit_fill(&visit,
               "nik=6472031708900001;nama=Siti;tgl_lahir=1990-08-17;perempuan=no;hp=;"
               "nama_pewaris=Ahmad;meninggal=2026-01-02;ahli=2;nama_ahli.1=Budi;hubungan.1=anak;"
               "bagian.1=60;nama_ahli.2=Cici;hubungan.2=lain;hubungan_lain.2=Cucu;bagian.2=40;"
               "nama_ahli.3=Tidak ada;"
               "nik_saksi.1=6472031708600001;nama_saksi.1=Dedi;nik_saksi.2=6472031708600002;"
               "nama_saksi.2=Euis;tanah=0;letak.1=Lama;sptjm=yes;kabar_wa=yes");
}

#define ROWS                                                                                       \
    "{\"nik\":\"6472031708900001\",\"nama\":\"Siti\",\"tgl_lahir\":\"1990-08-17\","                \
    "\"perempuan\":\"no\",\"nama_pewaris\":\"Ahmad\",\"meninggal\":\"2026-01-02\",\"ahli\":["      \
    "{\"nama_ahli\":\"Budi\",\"hubungan\":\"anak\",\"bagian\":\"60\"},"                            \
    "{\"nama_ahli\":\"Cici\",\"hubungan\":\"lain\",\"hubungan_lain\":\"Cucu\",\"bagian\":\"40\"}]" \
    ",\"saksi\":[{\"nik_saksi\":\"6472031708600001\",\"nama_saksi\":\"Dedi\"},"                    \
    "{\"nik_saksi\":\"6472031708600002\",\"nama_saksi\":\"Euis\"}],\"tanah\":[],"                  \
    "\"sptjm\":\"yes\"}"

static struct document
document_of(const struct service *service)
{
    static char code[10];
    if (code[0] == '\0') {
        code_make(code);
    }
    struct document document = {.id = "01936f5e-7d3a-7c41-9b52-6a1e0f3c2d4b",
                                .code = code,
                                .kiosk = "6472021001-1",
                                .office = "6472021001",
                                .service = service,
                                .catalogue_version = 7,
                                .written_at = 1795400000000,
                                .filled_by = "self",
                                .answers = visit.answers,
                                .today = TODAY,
                                .hash = toy_hash};
    document_notice(&document, visit.catalogue, LANGUAGE_ID);
    return document;
}

static const struct document *
read_text(const char *text, char reason[160])
{
    return document_read(visit.memory, visit.catalogue, text, strlen(text), TODAY, reason);
}

static void
the_rows_of_a_repeat_are_the_objects_of_an_array(void **state)
{
    (void)state;
    char answers[4096], whole[8192], again[8192], reason[160];
    struct document document = document_of(waris);
    fill_waris();
    struct text out = text_over(answers, sizeof answers);
    assert_true(document_answers(&out, &document));
    assert_string_equal(answers, ROWS); // no row that was removed, no answer that was not asked
    out = text_over(whole, sizeof whole);
    assert_true(document_write(&out, &document));
    const struct document *read = read_text(whole, reason);
    if (read == NULL) {
        fail_msg("%s", reason);
    }
    assert_string_equal(answers_get(read->answers, "nama_ahli.2"), "Cici");
    assert_string_equal(answers_get(read->answers, "ahli"), "2");
    assert_string_equal(answers_get(read->answers, "tanah"), "0");
    out = text_over(again, sizeof again);
    struct document same = *read;
    same.hash = toy_hash;
    assert_true(document_write(&out, &same)); // the same bytes
    assert_string_equal(whole, again);
    for (size_t size = 1; size <= out.len; size += 13) {
        struct text small = text_over(again, size);
        assert_false(document_write(&small, &document));
    }
}

/* Which text was read, in the language of the screen then, whatever language it ended in. */
static void
what_was_accepted_is_on_record(void **state)
{
    (void)state;
    char whole[8192], reason[160], shown[512], hex[65], wanted[400];
    uint8_t hash[32];
    struct document document = document_of(waris);
    fill_waris();
    visit_fill(&visit, "hp=+6281255048488;kabar_wa=no;@kabar_wa=1");
    document.language = LANGUAGE_JV;
    struct text out = text_over(whole, sizeof whole);
    assert_true(document_write(&out, &document));
    const struct document *read = read_text(whole, reason);
    assert_non_null(read);
    assert_int_equal(read->consent_count, 2);
    assert_string_equal(read->consents[0].question, "sptjm");
    assert_string_equal(read->consents[0].version, "sptjm-1");
    assert_string_equal(read->consents[0].given, "yes");
    assert_int_equal(read->consents[0].language, LANGUAGE_JV); // the document's: none was kept
    assert_string_equal(read->consents[1].question, "kabar_wa");
    assert_string_equal(read->consents[1].given, "no");
    assert_int_equal(read->consents[1].language, LANGUAGE_EN);
    static const char *const texts[] = {
        "Pernyataan tanggung jawab\nSaya bertanggung jawab penuh atas kebenaran data ini.",
        "May we send news by WhatsApp?\nWe use your number only for news of this request."};
    for (size_t i = 0; i < 2; i++) {
        struct text text = text_over(shown, sizeof shown);
        consent_text(&text, service_question(waris, read->consents[i].question),
                     read->consents[i].language);
        assert_string_equal(shown, texts[i]);
        toy_hash(texts[i], strlen(texts[i]), hash);
        for (size_t k = 0; k < 32; k++) {
            snprintf(hex + 2 * k, 3, "%02x", hash[k]);
        }
        assert_string_equal(read->consents[i].sha256, hex);
    }
    snprintf(wanted, sizeof wanted,
             "{\"question\":\"kabar_wa\",\"version\":\"wa-1\",\"sha256\":\"%s\","
             "\"language\":\"en\",\"given\":\"no\"}],\"answers\"",
             hex);
    assert_non_null(strstr(whole, wanted));
    assert_null(strstr(whole, "@"));
}

static void
hostile_rows_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new, *reason;
    } rows[] = {
        {"\"tanah\":[]",
         "\"tanah\":[{\"letak\":\"a\"},{\"letak\":\"a\"},{\"letak\":\"a\"},"
         "{\"letak\":\"a\"}]",
         "tanah: not as many rows"},
        {"\"tanah\":[],", "", "tanah: problem 1"},
        {"\"tanah\":[]", "\"tanah\":\"0\"", "tanah: not as many rows"},
        {"\"tanah\":[]", "\"tanah\":0", "tanah: not as many rows"},
        {"\"tanah\":[]", "\"tanah\":null", "tanah: not as many rows"},
        {"\"tanah\":[]", "\"tanah\":{}", "tanah: not as many rows"},
        {"\"tanah\":[]", "\"tanah\":[7]", "answers: a question"},
        {"\"tanah\":[]", "\"tanah\":[[]]", "answers: a question"},
        {"\"tanah\":[]", "\"tanah\":[{}]", "letak: problem 1"},
        {"\"tanah\":[]", "\"tanah\":[{\"letak\":\"ab\"}]", "nilai: problem 1"}, // now it is asked
        {"\"tanah\":[]", "\"tanah\":[{\"letak\":\"ab\",\"luas\":7}]", "luas: not a text"},
        {"\"tanah\":[]", "\"tanah\":[{\"letak\":\"ab\",\"luas\":\"07\"}],\"nilai\":\"1\"",
         "luas: not in the canonical"},
        {"\"tanah\":[]", "\"tanah\":[],\"letak\":\"ab\"", "answers: a question"},
        {"\"tanah\":[]", "\"tanah\":[],\"nilai\":\"1\"", "nilai: answered though not asked"},
        {"\"tanah\":[]", "\"tanah\":[],\"tanah\":[]", "document: a key stands twice"},
        {"{\"nama_ahli\":\"Budi\"", "{\"agama\":\"x\",\"nama_ahli\":\"Budi\"",
         "answers: a question"},
        {"{\"nama_ahli\":\"Budi\"", "{\"nama\":\"x\",\"nama_ahli\":\"Budi\"",
         "answers: a question"},
        {"{\"nama_ahli\":\"Budi\"", "{\"nik_saksi\":\"6472031708600001\",\"nama_ahli\":\"Budi\"",
         "answers: a question"},
        {"{\"nama_ahli\":\"Budi\"", "{\"saksi\":[],\"nama_ahli\":\"Budi\"", "answers: a question"},
        {"\"nama_ahli\":\"Budi\",", "", "nama_ahli: problem 1"},
        {"\"nama_ahli\":\"Budi\"", "\"nama_ahli\":\" Budi\"", "nama_ahli: not in the canonical"},
        {"\"nama_ahli\":\"Budi\"", "\"nama_ahli\":[]", "nama_ahli: not a text"},
        {"\"bagian\":\"60\"", "\"bagian\":\"61\"", "ahli: problem"}, // 101 of 100
        {"\"bagian\":\"60\"", "\"bagian\":\"60\",\"hubungan_lain\":\"x\"",
         "hubungan_lain: answered though"},
        {",{\"nik_saksi\":\"6472031708600002\",\"nama_saksi\":\"Euis\"}", "",
         "saksi: not as many rows"},
        {"\"nama_saksi\":\"Euis\"}]", "\"nama_saksi\":\"Euis\"},{}]", "saksi: not as many rows"},
        {"\"nama\":\"Siti\"", "\"nama\":[{}]", "nama: not a text"},
        {"\"nama\":\"Siti\"", "\"nama\":[\"Siti\"]", "answers: a question"},
        {"\"nama\":\"Siti\"", "\"nama.1\":\"x\",\"nama\":\"Siti\"", "answers: a question"},
        {"\"ahli\":[", "\"nama_ahli.1\":\"x\",\"ahli\":[", "answers: a question"},
        {"\"ahli\":[", "\"ahli\":[],\"x\":[", "answers: a question"},
        {"\"sptjm\":\"yes\"", "\"sptjm\":\"no\"", "sptjm: problem 1"},
        {"\"question\":\"sptjm\"", "\"question\":\"kabar_wa\"", "consents: not the record"},
        {"\"question\":\"sptjm\"", "\"question\":\"sptjm\",\"row\":1", "consents: not the record"},
        {"\"given\":\"yes\"", "\"given\":\"no\"", "consents: not the record"},
        {"\"given\":\"yes\"}", "\"given\":\"yes\",\"x\":1}", "consents: not the record"},
        {"\"version\":\"sptjm-1\"", "\"version\":\"\"", "version: "},
        {"\"version\":\"sptjm-1\"", "\"version\":\"versi yang terlalu panjang\"", "version: "},
        {"\"version\":\"sptjm-1\",\"sha256\":\"", "\"version\":\"sptjm-1\",\"sha256\":\"G",
         "sha256: "},
        {"\"language\":\"jv\"", "\"language\":\"fr\"", "language: "},
        {"\"consents\":[{", "\"consents\":[7,{", "consents: not the record"},
        {"\"given\":\"yes\"}]", "\"given\":\"yes\"},{}]", "consents: a record without"},
        {"\"sptjm\":\"yes\"", "\"sptjm\":\"yes\",\"kabar_wa\":\"yes\"",
         "kabar_wa: answered though"},
    };
    char good[4096], bad[8192], reason[160];
    struct document document = document_of(waris);
    fill_waris();
    document.language = LANGUAGE_JV;
    struct text out = text_over(good, sizeof good);
    assert_true(document_write(&out, &document));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        replace(good, rows[i].old, rows[i].new, bad, sizeof bad);
        secret_wipe(visit.memory);
        const struct document *read = read_text(bad, reason);
        if (read != NULL || strncmp(reason, rows[i].reason, strlen(rows[i].reason)) != 0) {
            fail_msg("%s: %s", rows[i].new, read != NULL ? "accepted" : reason);
        }
    }
}

/* A repeat that is not asked has no rows, not even empty ones. */
static void
rows_that_are_not_asked_are_refused(void **state)
{
    (void)state;
    char good[4096], bad[8192], reason[160];
    struct document document = document_of(pindah);
    visit_fill(&visit, "nik=6472031708900001;nama=Siti;hp=;nik_ayah=6472031708600001;"
                       "nama_ayah=Ali;pengikut=1;nik_ikut.1=6472031708120002;nama_ikut.1=Budi;"
                       "tujuan=6472021002");
    struct text out = text_over(good, sizeof good);
    assert_true(document_write(&out, &document));
    assert_non_null(read_text(good, reason));
    replace(good, "\"tujuan\"", "\"semua\":\"yes\",\"tujuan\"", bad, sizeof bad);
    assert_null(read_text(bad, reason));
    assert_string_equal(reason, "semua: answered though not asked");
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_row_is_asked_and_what_does_not_apply_is_not, fresh),
        cmocka_unit_test_setup(twenty_rows_and_no_more, fresh),
        cmocka_unit_test_setup(only_spots_that_are_there_are_asked, fresh),
        cmocka_unit_test_setup(sections_and_rows_stand_where_they_were_written, fresh),
        cmocka_unit_test_setup(a_sum_is_that_of_the_rows_there_are, fresh),
        cmocka_unit_test_setup(a_set_asks_its_own_use_and_a_row_itself, fresh),
        cmocka_unit_test_setup(a_soft_rule_warns_and_a_hard_one_goes_first, fresh),
        cmocka_unit_test_setup(what_is_accepted_is_yes_and_a_consent_either, fresh),
        cmocka_unit_test_setup(a_field_begins_with_what_the_form_supposes, fresh),
        cmocka_unit_test_setup(a_nik_tells_its_century_by_the_day, fresh),
        cmocka_unit_test_setup(a_row_moves_up_and_leaves_nothing, fresh),
        cmocka_unit_test_setup(the_rows_of_a_repeat_are_the_objects_of_an_array, fresh),
        cmocka_unit_test_setup(what_was_accepted_is_on_record, fresh),
        cmocka_unit_test_setup(hostile_rows_are_refused, fresh),
        cmocka_unit_test_setup(rows_that_are_not_asked_are_refused, fresh),
    };
    assert_true(argc == 2);
    visit = visit_begin(argv[1]);
    waris = catalogue_service(visit.catalogue, "waris");
    pindah = catalogue_service(visit.catalogue, "pindah");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    visit_end(&visit);
    return failed;
}
