/* Sentences for people, from the enums of other rooms. An error blames the input,
 * not the person, and says what to do. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "form/chosen.h"
#include "form/day.h"
#include "screens/parts.h"

/* xgettext finds these; words_problem() translates the one it needs. */
#define N_(text) text

static bool
counts_digits(const struct question *question)
{
    return question != NULL && (question->type == QUESTION_NIK || question->type == QUESTION_KK ||
                                question->type == QUESTION_PHONE || question->type == QUESTION_RT ||
                                question->type == QUESTION_DATE || question->type == QUESTION_TIME);
}

static void
too_short(const struct check *check, const struct question *question, char *out, size_t size)
{
    int wanted = (int)check->wanted, have = (int)check->have;
    if (question != NULL && question->type == QUESTION_DATE) {
        snprintf(out, size, "%s",
                 _("Tulis tanggal lengkap: dua angka tanggal, dua angka bulan, "
                   "empat angka tahun."));
    } else if (question == NULL) {
        snprintf(out, size, _("Harus %d huruf dan angka. Yang terisi baru %d."), wanted, have);
    } else if (counts_digits(question)) {
        snprintf(out, size, _("Harus %d angka. Yang terisi baru %d."), wanted, have);
    } else {
        snprintf(out, size, _("Minimal %d huruf. Yang terisi baru %d."), wanted, have);
    }
}

static void
too_long(const struct check *check, const struct question *question, char *out, size_t size)
{
    int wanted = (int)check->wanted, have = (int)check->have;
    if (counts_digits(question)) {
        snprintf(out, size, _("Harus %d angka. Yang terisi %d."), wanted, have);
    } else {
        snprintf(out, size, _("Paling banyak %d huruf. Yang terisi %d."), wanted, have);
    }
}

static const char *
required(const struct question *question)
{
    if (question == NULL) {
        return N_("Isi dulu sebelum melanjutkan.");
    }
    switch (question->type) {
    case QUESTION_ONE:
    case QUESTION_YES_NO:
    case QUESTION_KELURAHAN:
        return N_("Pilih salah satu dulu.");
    case QUESTION_MANY:
        return N_("Pilih paling sedikit satu.");
    case QUESTION_CONSENT:
        return N_("Pilih ya atau tidak dulu.");
    case QUESTION_ACKNOWLEDGE:
        return N_("Baca dulu, lalu sentuh kotak persetujuan di bawah.");
    default:
        return N_("Isi dulu sebelum melanjutkan.");
    }
}

/* Problems whose sentence needs no number. */
static const char *
plain(enum problem problem, const struct question *question)
{
    switch (problem) {
    case PROBLEM_REQUIRED:
        return required(question);
    case PROBLEM_NOT_DIGITS:
        return N_("Isi dengan angka saja.");
    case PROBLEM_NIK_PROVINCE:
        return N_("Dua angka pertama bukan kode provinsi. Cocokkan lagi dengan KTP atau KK.");
    case PROBLEM_NIK_DISTRICT:
        return N_("Angka ke-3 sampai ke-6 tidak sesuai. Cocokkan lagi dengan KTP atau KK.");
    case PROBLEM_NIK_DATE:
        return N_("Angka ke-7 sampai ke-12 bukan tanggal lahir. Cocokkan lagi dengan KTP atau KK.");
    case PROBLEM_NIK_SERIAL:
        return N_("Empat angka terakhir tidak boleh 0000. Cocokkan lagi dengan KTP atau KK.");
    case PROBLEM_ALL_SAME:
        return N_("Semua angkanya sama. Cocokkan lagi dengan KTP atau KK.");
    case PROBLEM_KK_IS_NIK:
        return N_(
            "Nomor KK tidak boleh sama dengan NIK. Nomor KK ada di bagian atas Kartu Keluarga.");
    case PROBLEM_KK_DATE:
        return N_("Angka ke-7 sampai ke-12 bukan tanggal. Cocokkan lagi dengan Kartu Keluarga.");
    case PROBLEM_PHONE:
        return N_("Nomor ini tidak seperti nomor ponsel. Contoh: 0812 3456 7890.");
    case PROBLEM_RT:
        return N_("Nomor RT 1 sampai 3 angka dan bukan 000. Contoh: 014.");
    case PROBLEM_NAME:
        return N_("Ada tanda yang tidak dipakai dalam nama. Tulis seperti di KTP.");
    case PROBLEM_DATE:
        return N_("Tanggal ini tidak ada. Contoh: 17-08-1990.");
    case PROBLEM_DATE_FUTURE:
        return N_("Tanggal ini belum terjadi. Isi tanggal hari ini atau sebelumnya.");
    case PROBLEM_DATE_PAST:
        return N_("Tanggal ini sudah lewat. Isi tanggal hari ini atau sesudahnya.");
    case PROBLEM_DATE_OLD:
        return N_("Tahunnya sebelum 1900. Periksa lagi tahunnya.");
    case PROBLEM_TIME:
        return N_("Jam ini tidak ada. Tulis dari 0000 sampai 2359. Contoh: 0930.");
    case PROBLEM_BIRTH:
        return N_("Ini berbeda dengan yang tertulis di NIK. Cocokkan dengan KK. Jika sudah benar, "
                  "sentuh Lanjut.");
    case PROBLEM_CHOICE:
        return question == NULL
                   ? N_("Kode ini tidak cocok. Periksa lagi huruf dan angkanya di tanda terima.")
                   : N_("Pilih salah satu dari daftar.");
    default:
        return N_("Isian ini belum sesuai. Silakan periksa lagi.");
    }
}

/* A bound of a number, written as the field shows the number. */
static void
bound(const struct check *check, const struct question *question, char *out, size_t size)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, check->wanted);
    if (question != NULL && question->type == QUESTION_MONEY) {
        show_money(digits, out, size);
    } else {
        text_copy(out, size, digits);
    }
}

void
words_problem(const struct check *check, const struct question *question, enum language language,
              char *out, size_t size)
{
    char number[40];
    out[0] = '\0';
    switch (check->problem) {
    case PROBLEM_NONE:
        break;
    case PROBLEM_TOO_SHORT:
        too_short(check, question, out, size);
        break;
    case PROBLEM_TOO_LONG:
        too_long(check, question, out, size);
        break;
    case PROBLEM_TOO_SMALL:
        bound(check, question, number, sizeof number);
        snprintf(out, size, _("Paling kecil %s."), number);
        break;
    case PROBLEM_TOO_BIG:
        bound(check, question, number, sizeof number);
        snprintf(out, size, _("Paling besar %s."), number);
        break;
    case PROBLEM_CONSTRAINT:
        if (question != NULL && words_in(&question->constraint_message, language)[0] != '\0') {
            text_copy(out, size, words_in(&question->constraint_message, language));
            break;
        }
        text_copy(out, size, gettext(plain(check->problem, question)));
        break;
    case PROBLEM_SOFT_CONSTRAINT:
        text_copy(out, size, words_in(&question->soft_constraint_message, language));
        break;
    default:
        text_copy(out, size, gettext(plain(check->problem, question)));
        break;
    }
}

/* Without the word, what could be typed looks like what was. */
const char *
words_example(const char *example, char *out, size_t size)
{
    out[0] = '\0';
    if (example[0] != '\0') {
        snprintf(out, size, _("Contoh: %s"), example);
    }
    return out;
}

void
words_printer(int printer, char *out, size_t size)
{
    const char *sentence;
    switch (printer) {
    case PRINTER_PAPER_OUT:
        sentence = _("Kertas habis.");
        break;
    case PRINTER_COVER_OPEN:
        sentence = _("Tutup printer terbuka.");
        break;
    case PRINTER_CUTTER:
        sentence = _("Kertas tersangkut di printer.");
        break;
    case PRINTER_HOT:
        sentence = _("Printer terlalu panas.");
        break;
    case PRINTER_OFFLINE:
        sentence = _("Printer tidak tersambung.");
        break;
    default:
        sentence = _("Printer tidak menjawab.");
        break;
    }
    text_copy(out, size, sentence);
}

void
words_ahead(int ahead, int minutes, char *out, size_t size)
{
    struct text text = text_over(out, size);
    if (ahead <= 0) {
        text_add(&text, _("Belum ada yang menunggu"));
        return;
    }
    text_addf(&text, ngettext("%d orang menunggu", "%d orang menunggu", (unsigned long)ahead),
              ahead);
    if (minutes >= 0) {
        text_add(&text, " · ");
        text_addf(&text, _("sekitar %d menit"), minutes);
    }
}

void
words_date(const char *iso, char *out, size_t size)
{
    static const char *const months[] = {N_("Januari"), N_("Februari"), N_("Maret"),
                                         N_("April"),   N_("Mei"),      N_("Juni"),
                                         N_("Juli"),    N_("Agustus"),  N_("September"),
                                         N_("Oktober"), N_("November"), N_("Desember")};
    struct day day;
    if (!day_parse(iso, &day)) {
        text_copy(out, size, iso);
        return;
    }
    snprintf(out, size, "%d %s %d", day.day, gettext(months[day.month - 1]), day.year);
}

/* Times are "08.00" here, and "08:00" where English is read, as in the header. */
void
words_times(enum language language, char *text)
{
    for (size_t i = 1; language == LANGUAGE_EN && text[0] != '\0' && text[i] != '\0'; i++) {
        bool digits =
            text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9';
        text[i] = (char)(text[i] == '.' && digits ? ':' : text[i]);
    }
}

const char *
words_weekday(int weekday)
{
    static const char *const days[] = {N_("Minggu"), N_("Senin"), N_("Selasa"), N_("Rabu"),
                                       N_("Kamis"),  N_("Jumat"), N_("Sabtu")};
    return gettext(days[weekday]);
}

void
words_hours(const char *hours, enum language language, char *out, size_t size)
{
    static const char *const days[] = {N_("Senin"), N_("Selasa"), N_("Rabu"),  N_("Kamis"),
                                       N_("Jumat"), N_("Sabtu"),  N_("Minggu")};
    struct text text = text_over(out, size);
    size_t len;
    for (; utf8_at(hours, &len) != 0; hours += len) {
        const char *word = NULL;
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            if (strncmp(hours, days[i], strlen(days[i])) == 0) {
                len = strlen(days[i]);
                word = gettext(days[i]);
            }
        }
        if (word != NULL) {
            text_add(&text, word);
        } else {
            text_add_bytes(&text, hours, len);
        }
    }
    words_times(language, out);
}

static void
chosen_labels(const struct question *question, const char *value, enum language language, char *out,
              size_t size)
{
    struct text text = text_over(out, size);
    for (size_t i = 0; i < question->choices->count; i++) {
        const struct choice *choice = &question->choices->list[i];
        if (chosen_has(value, choice->name)) {
            text_add(&text, text.len > 0 ? ", " : "");
            text_add(&text, words_in(&choice->label, language));
        }
    }
}

static void
kelurahan_name(const struct catalogue *catalogue, const char *code, char *out, size_t size)
{
    const struct kelurahan *kelurahan = catalogue_kelurahan_of(catalogue, code);
    if (kelurahan != NULL) {
        snprintf(out, size, "%s (Kec. %s)", kelurahan->name, kelurahan->kecamatan);
    }
}

void
words_answer(const struct catalogue *catalogue, const struct question *question, const char *value,
             enum language language, bool full, char *out, size_t size)
{
    const char *mask = full ? NULL : "•";
    out[0] = '\0';
    if (value == NULL || value[0] == '\0') {
        text_copy(out, size, _("(tidak diisi)"));
        return;
    }
    switch (question->type) {
    case QUESTION_NIK:
    case QUESTION_KK:
        show_nik(value, mask, out, size);
        break;
    case QUESTION_PHONE:
        show_phone(value, mask, out, size);
        break;
    case QUESTION_MONEY:
        show_money(value, out, size);
        break;
    case QUESTION_DATE:
        words_date(value, out, size);
        break;
    case QUESTION_TIME:
        text_copy(out, size, value);
        words_times(language, out);
        break;
    case QUESTION_ONE:
    case QUESTION_MANY:
        chosen_labels(question, value, language, out, size);
        break;
    case QUESTION_YES_NO:
    case QUESTION_CONSENT:
        text_copy(out, size, strcmp(value, "yes") == 0 ? _("Ya") : _("Tidak"));
        break;
    case QUESTION_ACKNOWLEDGE:
        text_copy(out, size, _("Disetujui"));
        break;
    case QUESTION_REPEAT:
        text_copy(out, size, strcmp(value, "0") == 0 ? _("Tidak ada") : value);
        break;
    case QUESTION_RT:
        snprintf(out, size, "RT %s", value);
        break;
    case QUESTION_KELURAHAN:
        kelurahan_name(catalogue, value, out, size);
        break;
    default:
        text_copy(out, size, question->masked && !full ? "••••••••" : value);
        break;
    }
}

const char *
words_filled(enum filled_by who)
{
    static const char *const names[FILLED_COUNT] = {
        [FILLED_SELF] = N_("Anda sendiri"),
        [FILLED_COMPANION] = N_("Pendamping"),
        [FILLED_OFFICER] = N_("Petugas"),
    };
    return gettext(names[who]);
}

void
words_part(const struct flow *flow, struct spot spot, char *out, size_t size)
{
    const struct question *question = &flow->service->questions[spot.question];
    struct text text = text_over(out, size);
    if (spot.row > 0) {
        const struct question *repeat = &flow->service->questions[question->repeat];
        text_addf(&text, "%s %d", words_in(&repeat->short_label, flow->language), spot.row);
    } else if (question->section != NULL) {
        text_copy(out, size, words_in(&question->section->label, flow->language));
    } else {
        text_copy(out, size, words_in(&flow->service->title, flow->language));
    }
}
