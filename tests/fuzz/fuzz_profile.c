#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "print/profile.h"
#include "print/spool.h"

/* Whatever the file says, the encoder and the session get figures they can work with. */
static void
check_profile(const struct printer_profile *profile)
{
    MUST(profile->dots >= 64 && profile->dots <= 1024);
    MUST(profile->dots_per_mm >= 4 && profile->dots_per_mm <= 24);
    MUST(profile->columns >= 16 && profile->columns <= 80);
    MUST(profile->code_page >= -1 && profile->code_page <= 255);
    MUST(profile->band_rows >= 8 && profile->band_rows <= 128);
    MUST(profile->feed_units >= 0 && profile->feed_units <= 4);
    MUST(profile->feed_mm >= 0 && profile->feed_mm <= 40);
    MUST(profile->cut >= CUT_FEED_PARTIAL && profile->cut <= CUT_NONE);
    MUST(profile->confirm >= CONFIRM_JOB && profile->confirm <= CONFIRM_NONE);
    MUST(profile->reply_ms > 0 && profile->confirm_ms > 0 && profile->stall_ms > 0);
    MUST(profile->job_ms > 0 && profile->job_ms < 120000 && profile->probe_ms > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    int fd = memfd_create("profile", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    struct printer_profile *profile = profile_load(path);
    if (profile != NULL) {
        check_profile(profile);
    }
    profile_destroy(profile);
    close(fd);
    return 0;
}
