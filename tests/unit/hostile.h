/* Bundles that bear the portal's signature and should not: what a portal taken over, or a careless
 * author, could send. Desk and face each refuse them whole and say why. */
#pragma once
#include "bundle_of.h"

#define DEEP "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["

struct hostile {
    const char *old, *new; /* in a file of the catalogue, or */
    const char *also;      /* further files of the bundle */
    const char *said;
};
static const struct hostile hostiles[] __attribute__((unused)) = {
    {"\"search\": [", "\"search\": [" DEEP, "", "nested too deeply"},
    {"\"relevant\": \"${ada_surat} = 'yes'\"", "\"relevant\": \"${no_hp} = 'yes'\"", "",
     "not an earlier one, at '${no_hp}"}, // forward, without which there is no cycle
    {"\"relevant\": \"${ada_surat} = 'yes'\"", "\"relevant\": \"${no_surat} = 'yes'\"", "",
     "not an earlier one, at '${no_surat}"}, // of itself
    {"\"name\": \"kk\"", "\"name\": \"kk\", \"name\": \"kk\"", "", "a key stands twice"},
    {"\"name\": \"ada_surat\"", "\"name\": \"tgl_hilang\"", "", "the name stands twice"},
    {"\"en\": \"Official letters\"", "\"bjn\": \"x\"", "", "catalogue.json:"},
    {"\"version\": 1,\n  \"notice\"", "\"version\": 99,\n  \"notice\"", "",
     "its version is below that of its catalogue.json"},
    {NULL, NULL, ",\"../catalogue.json\":\"{}\"", "../catalogue.json: not named in"},
    {NULL, NULL, ",\"services/../../x.json\":\"{}\"", "services/../../x.json: not named in"},
    {NULL, NULL, ",\"/etc/passwd\":\"{}\"", "/etc/passwd: not named in"},
    {NULL, NULL, ",\"offices/../kota.json\":\"{}\"", "offices/../kota.json: not named in"},
    {NULL, NULL, ",\"offices/647202100.json\":\"{}\"", "offices/647202100.json: not named in"},
    {NULL, NULL, ",\"offices/kota.json.json\":\"{}\"", "offices/kota.json.json: not named in"},
    {NULL, NULL, ",\"catalogue.json\":\"{}\"", "a key stands twice"},
    {NULL, NULL, ",\"keys.json\":\"{\\\"kiosks\\\":7}\"", "keys.json:1: kiosks:"},
    {NULL, NULL, ",\"keys.json\":" DEEP, "nested too deeply"},
};
enum { HOSTILES = sizeof hostiles / sizeof *hostiles };

static inline size_t
bundle_hostile(const char *folder, const struct hostile *hostile, int version,
               const uint8_t secret_key[SIGN_SECRET], char out[BUNDLE_BYTES])
{
    bundle_also = hostile->also;
    size_t len = bundle_of(folder, version, secret_key, hostile->old, hostile->new, out);
    bundle_also = "";
    return len;
}
