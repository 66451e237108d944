/* A catalogue of one small service that asks a question of each kind: whole as the
 * loader wants it, small enough to load for every input. */
#pragma once
#include "form/catalogue.h"

#define W "{\"id\":\"a\",\"en\":\"a\"}"

static const char small_head[] =
    "{\"version\":1,\"notice\":{\"version\":\"1\",\"text\":" W "},"
    "\"groups\":[{\"id\":\"g\",\"icon\":\"i\",\"title\":" W ",\"summary\":" W "}],"
    "\"queues\":[{\"letter\":\"A\",\"icon\":\"i\",\"title\":" W ",\"summary\":" W "}],"
    "\"choices\":[\"c\"],\"services\":[\"s\"]}";
static const char small_kelurahan[] =
    "{\"kelurahan\":[{\"code\":\"6472021001\",\"name\":\"Sungai Keledang\","
    "\"kecamatan\":\"Samarinda Seberang\",\"postal\":\"75131\",\"pilot\":true}]}";
static const char small_choices[] = "{\"choices\":[{\"name\":\"x\",\"label\":" W "},"
                                    "{\"name\":\"y\",\"label\":{\"id\":\"y\",\"en\":\"y\"}}]}";
static const char small_service[] =
    "{\"code\":\"S\",\"version\":1,\"kind\":\"form\",\"group\":\"g\",\"queue\":\"A\","
    "\"title\":" W ",\"summary\":" W ",\"search\":[\"a\"],\"requirements\":[" W "],"
    "\"procedure\":" W ",\"time\":" W ",\"cost\":" W ",\"product\":" W ",\"complaints\":" W ","
    "\"ready\":" W ",\"offline\":" W ",\"statement\":" W ",\"asks_office\":true,"
    "\"anonymous\":false,\"after_submit\":{\"next\":\"none\",\"steps\":[{\"title\":" W "}]},"
    "\"questions\":["
    "{\"type\":\"nik\",\"name\":\"nik\",\"label\":" W ",\"required\":true},"
    "{\"type\":\"kk\",\"name\":\"kk\",\"label\":" W "},"
    "{\"type\":\"name\",\"name\":\"nama\",\"label\":" W "},"
    "{\"type\":\"date\",\"name\":\"tgl_lahir\",\"label\":" W ",\"past\":true},"
    "{\"type\":\"text\",\"name\":\"t\",\"label\":" W ",\"max_length\":20,"
    "\"constraint\":\"regex(., '[a-z ]+')\",\"constraint_message\":" W "},"
    "{\"type\":\"select_one c\",\"name\":\"o\",\"label\":" W "},"
    "{\"type\":\"select_multiple c\",\"name\":\"m\",\"label\":" W ",\"relevant\":\"${o} = 'x'\"},"
    "{\"type\":\"yes_no\",\"name\":\"j\",\"label\":" W "},"
    "{\"type\":\"integer\",\"name\":\"n\",\"label\":" W ",\"max\":100},"
    "{\"type\":\"money\",\"name\":\"u\",\"label\":" W "},"
    "{\"type\":\"phone\",\"name\":\"hp\",\"label\":" W "},"
    "{\"type\":\"rt\",\"name\":\"rt\",\"label\":" W "},"
    "{\"type\":\"kelurahan\",\"name\":\"kel\",\"label\":" W "},"
    "{\"type\":\"address\",\"name\":\"alamat\",\"label\":" W "},"
    "{\"type\":\"repeat\",\"name\":\"r\",\"label\":" W ",\"short_label\":" W ","
    "\"add_label\":" W ",\"min\":0,\"max\":3,\"relevant\":\"${j} = 'yes'\",\"questions\":["
    "{\"type\":\"consent\",\"name\":\"c\",\"label\":" W ",\"text\":" W ",\"text_version\":\"1\"},"
    "{\"type\":\"integer\",\"name\":\"i\",\"label\":" W "}]}]}";
#undef W

enum { SMALL_FILES = 4 };

#define SMALL_FILE(name, bytes)        \
    {                                  \
        name, bytes, sizeof(bytes) - 1 \
    }
static const struct catalogue_file small_catalogue[SMALL_FILES] = {
    SMALL_FILE("catalogue.json", small_head), SMALL_FILE("kelurahan.json", small_kelurahan),
    SMALL_FILE("choices/c.json", small_choices), SMALL_FILE("services/s.json", small_service)};
