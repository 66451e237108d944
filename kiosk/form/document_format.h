/* What the writer and the reader of the submission document agree on:
 * {"v":1,"id":UUIDv7,"code":"7K3F-9QXM","kiosk":"6472021001-1","office":"6472021001",
 *  "service":"sku","service_version":1,"catalogue_version":1,"language":"id",
 *  "written_at":1795400000000,
 *  "notice":{"version":"2026-1","sha256":"...","language":"id"},"filled_by":"self",
 *  "consents":[{"question":"wa","version":"wa-1","sha256":"...","language":"id","given":"no"}],
 *  "answers":{"nik":"...","saksi":[{"nama":"..."},{"nama":"..."}]}}
 * Between code and kiosk may stand "replaces":UUIDv7, of the request's first wording.
 * A mending has "mends":"8488" in the same place, the code of the request that it mends, and
 * the answers to mend alone: they are held against their own rules, not against the form.
 * Before "kiosk" may stand "photos":"9f...", the pass with which photos may follow it.
 * Each statement and each consent that is answered has its record, in the order of the form; in a
 * repeat "row":2 stands behind "question".
 * The keys stand in this order and no space between, so that equal answers are equal
 * bytes. The rows of a repeat are the objects of an array. Answers that were skipped or are
 * not relevant are left out. */
#pragma once

enum { DOCUMENT_FORMAT = 1 };

#define DOCUMENT_LANGUAGES            \
    {                                 \
        "id", "en", "bjn", "jv", NULL \
    }
#define DOCUMENT_FILLED_BY                   \
    {                                        \
        "self", "companion", "officer", NULL \
    }
