/* How the portal is made to misbehave: tests set one, requests meet it. Thread-safe. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lies;
struct receipt;
struct portal_keys;
struct reply;

enum lie_when {
    LIE_INSTEAD, /* nothing of the request is done */
    LIE_AFTER,   /* done and stored, then told wrongly or not at all */
    LIE_RECEIPT  /* done; the receipt itself is false */
};
struct lie {
    const char *name;
    enum lie_when when;
    void (*reply)(struct lies *lies, struct reply *reply);
    void (*receipt)(struct receipt *receipt, const struct portal_keys *keys);
};

struct lies *lies_create(void);
void lies_destroy(struct lies *lies);
/* `count` requests meet it, 0 all; name "" or "honest" ends it. False: no such lie. */
bool lies_set(struct lies *lies, const char *name, int count);
/* The lie for this request, NULL for the truth. */
const struct lie *lies_meet(struct lies *lies);
void lies_end(struct lies *lies); /* wakes those that hang, for the shutdown */
/* Sleeps up to `ms` while the lie that is set stays. */
void lies_wait(struct lies *lies, int ms);
/* Names of all, NULL-terminated by index. */
const char *lies_name(size_t index);
