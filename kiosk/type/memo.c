#include "type/memo.h"

#include "base/secret.h"

static uint64_t
mixed(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

uint64_t
memo_key(uint64_t what, const char *line)
{
    uint64_t hash = mixed(UINT64_C(0xcbf29ce484222325), what);
    for (; *line != '\0'; line++) {
        hash = mixed(hash, (unsigned char)*line);
    }
    return hash != 0 ? hash : 1;
}

bool
memo_find(const struct memo *memo, uint64_t key, int *value)
{
    uint64_t place = key % MEMO_PLACES;
    *value = memo->places[place].value;
    return memo->places[place].key == key;
}

void
memo_keep(struct memo *memo, uint64_t key, int value)
{
    uint64_t place = key % MEMO_PLACES;
    memo->places[place].key = key;
    memo->places[place].value = value;
}

void
memo_forget(struct memo *memo)
{
    secret_zero(memo, sizeof *memo);
}
