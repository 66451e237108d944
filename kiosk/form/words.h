/* Reading {"id": ..., "en": ..., "bjn": ..., "jv": ...}: the first two are needed. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "form/catalogue.h"

struct json_value;
struct reader;

struct words words_read(struct reader *reader, const struct json_value *value, size_t most);
/* The same under a key; empty when absent and not needed. */
struct words words_read_key(struct reader *reader, const struct json_value *object, const char *key,
                            bool needed, size_t most);
