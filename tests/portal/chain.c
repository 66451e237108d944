#include "chain.h"

#include <string.h>

#include "form/catalogue.h"

static const struct chain_move moves[] = {
    {"sent", "route", ROLE_PORTAL, "waiting_rt", WHEN_RT, SAYS_NOTHING, ""},
    {"sent", "take", ROLE_OFFICER, "checking", WHEN_ALWAYS, SAYS_NOTHING, "Mulai memeriksa"},
    {"waiting_rt", "agree", ROLE_RT, "rt_agreed", WHEN_ALWAYS, SAYS_NOTHING, "Setujui"},
    {"waiting_rt", "refuse", ROLE_RT, "rt_refused", WHEN_ALWAYS, SAYS_REASON, "Tolak"},
    {"waiting_rt", "paper", ROLE_OFFICER, "checking", WHEN_ALWAYS, SAYS_NOTE,
     "Surat pengantar RT sudah ditunjukkan"},
    {"rt_refused", "ask_again", ROLE_OFFICER, "waiting_rt", WHEN_ALWAYS, SAYS_REASON,
     "Minta RT menimbang lagi"},
    {"rt_agreed", "take", ROLE_OFFICER, "checking", WHEN_ALWAYS, SAYS_NOTHING, "Mulai memeriksa"},
    {"checking", "return", ROLE_OFFICER, "mend", WHEN_ALWAYS, SAYS_MEND,
     "Kembalikan untuk diperbaiki"},
    {"mend", "mended", ROLE_OFFICER, "checking", WHEN_ALWAYS, SAYS_NOTE,
     "Sudah diperbaiki di loket"},
    {"mend", "resubmit", ROLE_PORTAL, "checking", WHEN_ALWAYS, SAYS_NOTHING, ""},
    {"checking", "verify", ROLE_OFFICER, "signing", WHEN_SIGNED, SAYS_NOTHING,
     "Data benar, teruskan ke Lurah"},
    {"checking", "ready", ROLE_OFFICER, "ready", WHEN_UNSIGNED, SAYS_NOTHING, "Siap diambil"},
    {"checking", "answer", ROLE_OFFICER, "finished", WHEN_UNSIGNED, SAYS_REASON,
     "Jawab dan selesaikan"},
    {"signing", "sign", ROLE_LURAH, "signed", WHEN_ALWAYS, SAYS_NOTHING, "TTD Lurah (contoh)"},
    {"signing", "give_back", ROLE_LURAH, "checking", WHEN_ALWAYS, SAYS_NOTE,
     "Kembalikan ke petugas"},
    {"signed", "ready", ROLE_OFFICER, "ready", WHEN_ALWAYS, SAYS_NOTHING, "Siap diambil"},
    {"signed", "send", ROLE_OFFICER, "delivered", WHEN_ALWAYS, SAYS_NOTHING, "Kirim lewat kurir"},
    {"ready", "send", ROLE_OFFICER, "delivered", WHEN_ALWAYS, SAYS_NOTHING, "Kirim lewat kurir"},
    {"ready", "collect", ROLE_OFFICER, "finished", WHEN_ALWAYS, SAYS_NOTHING, "Sudah diambil"},
    {"delivered", "collect", ROLE_OFFICER, "finished", WHEN_ALWAYS, SAYS_NOTHING, "Sudah diterima"},
    {"delivered", "came_back", ROLE_OFFICER, "ready", WHEN_ALWAYS, SAYS_REASON,
     "Kurir kembali, siap diambil"},
};
enum { MOVES = sizeof moves / sizeof *moves };

static const char *const roles[ROLE_COUNT] = {[ROLE_PORTAL] = "portal",
                                              [ROLE_RT] = "rt",
                                              [ROLE_OFFICER] = "petugas",
                                              [ROLE_LURAH] = "lurah",
                                              [ROLE_ADMIN] = "admin"};

const char *
role_name(enum role role)
{
    return roles[role];
}

bool
role_parse(const char *name, enum role *out)
{
    for (int i = ROLE_RT; i < ROLE_COUNT; i++) {
        if (strcmp(roles[i], name) == 0) {
            *out = (enum role)i;
            return true;
        }
    }
    return false;
}

static bool
applies(const struct chain_move *move, const struct service *service)
{
    bool is_signed = !service || service->approval_kelurahan;
    switch (move->when) {
    case WHEN_ALWAYS:
        return true;
    case WHEN_RT:
        return service && service->approval_rt;
    case WHEN_SIGNED:
        return is_signed;
    case WHEN_UNSIGNED:
        return !is_signed;
    }
    return false;
}

size_t
chain_options(const char *from, enum role role, const struct service *service,
              const struct chain_move *list[CHAIN_OPTIONS])
{
    size_t count = 0;
    for (size_t i = 0; i < MOVES && count < CHAIN_OPTIONS; i++) {
        if (moves[i].role == role && strcmp(moves[i].from, from) == 0 &&
            applies(&moves[i], service)) {
            list[count++] = &moves[i];
        }
    }
    return count;
}

const struct chain_move *
chain_find(const char *from, const char *deed, enum role role, const struct service *service)
{
    const struct chain_move *list[CHAIN_OPTIONS];
    size_t count = chain_options(from, role, service, list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i]->deed, deed) == 0) {
            return list[i];
        }
    }
    return NULL;
}

bool
chain_tells(const char *deed)
{
    for (size_t i = 0; i < MOVES; i++) {
        if (strcmp(moves[i].deed, deed) == 0) {
            return moves[i].says == SAYS_REASON || moves[i].says == SAYS_MEND;
        }
    }
    return false;
}

/* --- words ------------------------------------------------------------------------------ */

struct pair {
    const char *name, *words;
};

static const char *
words_of(const struct pair *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            return list[i].words;
        }
    }
    return name;
}

const char *
chain_state_words(const char *state)
{
    static const struct pair list[] = {{"sent", "Dikirim, belum diperiksa"},
                                       {"waiting_rt", "Menunggu RT"},
                                       {"rt_agreed", "Disetujui RT"},
                                       {"rt_refused", "Ditolak RT"},
                                       {"checking", "Sedang diperiksa"},
                                       {"mend", "Perlu perbaikan"},
                                       {"signing", "Menunggu TTD Lurah"},
                                       {"signed", "Sudah TTD Lurah (contoh)"},
                                       {"ready", "Siap diambil"},
                                       {"delivered", "Dikirim lewat kurir"},
                                       {"finished", "Selesai"}};
    return words_of(list, sizeof list / sizeof *list, state);
}

const char *
chain_deed_words(const char *deed)
{
    static const struct pair list[] = {{"receive", "diterima portal"},
                                       {"route", "diteruskan ke RT"},
                                       {"take", "mulai diperiksa"},
                                       {"agree", "disetujui"},
                                       {"refuse", "ditolak"},
                                       {"paper", "pengantar RT di kertas"},
                                       {"ask_again", "diminta ditimbang lagi"},
                                       {"return", "dikembalikan"},
                                       {"mended", "diperbaiki"},
                                       {"resubmit", "diperbaiki di anjungan"},
                                       {"verify", "diverifikasi"},
                                       {"ready", "siap diambil"},
                                       {"answer", "dijawab"},
                                       {"sign", "ditandatangani (contoh)"},
                                       {"give_back", "tidak ditandatangani"},
                                       {"send", "diserahkan ke kurir"},
                                       {"collect", "diterima pemohon"},
                                       {"came_back", "kembali dari kurir"}};
    return words_of(list, sizeof list / sizeof *list, deed);
}
