#include "face/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

extern int _nl_msg_cat_cntr; // glibc's: bumped, it looks at LANGUAGE again

static const char *const codes[LANGUAGE_COUNT] = {"id", "en", "bjn", "jv"};
static char *const variables[LANGUAGE_COUNT] = {
    (char[]){"LANGUAGE=id"},
    (char[]){"LANGUAGE=en"},
    (char[]){"LANGUAGE=bjn"},
    (char[]){"LANGUAGE=jv"},
};

static const char *const days[LANGUAGE_COUNT][7] = {
    {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
    // A native speaker must check these two.
    {"Ahad", "Sanayan", "Salasa", "Arba", "Kamis", "Jumahat", "Saptu"},
    {"Minggu", "Senèn", "Selasa", "Rebo", "Kemis", "Jumuwah", "Setu"},
};
static const char *const months_id[12] = {"Januari",   "Februari", "Maret",    "April",
                                          "Mei",       "Juni",     "Juli",     "Agustus",
                                          "September", "Oktober",  "November", "Desember"};
static const char *const months_en[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

void
language_load(const char *folder)
{
    // LANGUAGE counts under any locale but C.
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        log_warning("the locale C.UTF-8 is missing: the screens stay Indonesian");
    }
    setlocale(LC_NUMERIC, "C");
    bindtextdomain("anjungan", folder);
    bind_textdomain_codeset("anjungan", "UTF-8");
    textdomain("anjungan");
    for (int i = LANGUAGE_COUNT - 1; i >= 0; i--) {
        language_set((enum language)i);
        gettext("Lanjut"); // opens the file, or remembers that there is none
    }
}

void
language_set(enum language language)
{
    putenv(variables[language]); // static: nothing is allocated, again and again
    _nl_msg_cat_cntr++;
}

const char *
language_code(enum language language)
{
    return codes[language];
}

static const char *
month(enum language language, int number)
{
    return (language == LANGUAGE_EN ? months_en : months_id)[(number + 11) % 12];
}

void
language_date_line(enum language language, const struct civil *when, int utc_offset,
                   char out[DATE_LINE])
{
    const char *zone = clock_zone(utc_offset);
    snprintf(out, DATE_LINE, "%s, %d %s %d · %02d%c%02d%s%s", days[language][when->weekday % 7],
             when->day, month(language, when->month), when->year, when->hour,
             language == LANGUAGE_EN ? ':' : '.', when->minute, zone[0] != '\0' ? " " : "", zone);
}
