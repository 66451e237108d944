#include "hall/sessions.h"

#include <string.h>

#include "base/text.h"

struct session *
sessions_find(struct sessions *sessions, const char *cookie)
{
    uint8_t hash[HASH];
    if (cookie == NULL || !pass_is_valid(cookie)) {
        return NULL;
    }
    hash_of(cookie, strlen(cookie), hash);
    for (int i = 0; i < SESSIONS; i++) {
        struct session *session = &sessions->list[i];
        if (session->officer[0] != '\0' && hash_equal(session->hash, hash)) {
            return session;
        }
    }
    return NULL;
}

struct session *
sessions_begin(struct sessions *sessions, const char *officer, int counter, char cookie[PASS_TEXT])
{
    struct session *free_one = NULL;
    for (int i = 0; i < SESSIONS; i++) {
        struct session *session = &sessions->list[i];
        if (session->officer[0] != '\0' && session->counter == counter) {
            sessions_end(session);
        }
        if (session->officer[0] == '\0' && free_one == NULL) {
            free_one = session;
        }
    }
    if (free_one == NULL) {
        return NULL;
    }
    pass_make(cookie);
    hash_of(cookie, strlen(cookie), free_one->hash);
    text_copy(free_one->officer, sizeof free_one->officer, officer);
    free_one->counter = counter;
    return free_one;
}

void
sessions_end(struct session *session)
{
    *session = (struct session){.counter = 0};
}

const char *
sessions_at(const struct sessions *sessions, int counter)
{
    for (int i = 0; i < SESSIONS; i++) {
        if (sessions->list[i].officer[0] != '\0' && sessions->list[i].counter == counter) {
            return sessions->list[i].officer;
        }
    }
    return "";
}
