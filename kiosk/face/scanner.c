#include "face/scanner.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"

void
scanner_forget(struct scanner *scanner)
{
    secret_zero(scanner, sizeof *scanner);
}

/* Give out what was held back, as what it was. */
static enum scanned
release(struct scanner *scanner)
{
    enum scanned kind = scanner->count == 0              ? SCANNED_NOTHING
                        : scanner->count < SCAN_SHORTEST ? SCANNED_TYPING
                        : scanner->spoilt                ? SCANNED_NOTHING
                                                         : SCANNED_SCAN;
    scanner->was_burst = scanner->count >= SCAN_SHORTEST;
    secret_zero(scanner->out, sizeof scanner->out);
    if (kind != SCANNED_NOTHING) {
        memcpy(scanner->out, scanner->text, scanner->len);
    }
    secret_zero(scanner->text, sizeof scanner->text);
    scanner->len = scanner->count = 0;
    scanner->spoilt = false;
    return kind;
}

/* How long the next letter may take and still belong to what is held back. */
static int64_t
patience(const struct scanner *scanner)
{
    return scanner->count < SCAN_SHORTEST ? SCAN_GAP : SCAN_SILENCE;
}

enum scanned
scanner_letter(struct scanner *scanner, uint32_t code, int64_t now)
{
    enum scanned ended = SCANNED_NOTHING;
    if (scanner->count > 0 && now - scanner->last >= patience(scanner)) {
        ended = release(scanner);
    }
    char bytes[4];
    size_t len = utf8_encode(code, bytes);
    bool odd = code < 0x20 || code > 0x7E;
    if (scanner->len + len > SCAN_MAX) {
        len = 0;
        odd = true;
    }
    memcpy(scanner->text + scanner->len, bytes, len);
    scanner->len += len;
    scanner->count++;
    scanner->spoilt = scanner->spoilt || odd;
    scanner->last = now;
    return ended;
}

bool
scanner_runs_away(const struct scanner *scanner)
{
    return scanner->count > SCAN_MAX;
}

enum scanned
scanner_end(struct scanner *scanner)
{
    return release(scanner);
}

int64_t
scanner_deadline(const struct scanner *scanner)
{
    if (scanner->count == 0) {
        return INT64_MAX;
    }
    return scanner->last + patience(scanner);
}

enum scanned
scanner_tick(struct scanner *scanner, int64_t now)
{
    return now >= scanner_deadline(scanner) ? release(scanner) : SCANNED_NOTHING;
}
