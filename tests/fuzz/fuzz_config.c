#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/config.h"
#include "base/text.h"
#include "fuzz.h"

static void
ask(struct config *config)
{
    static const char *const languages[] = {"id", "en", NULL};
    const char *id = config_text(config, "kiosk", "id", "1");
    MUST(id != NULL && id[0] != '\0');
    int width = config_int(config, "panel", "width_px", 7, 0, 10000);
    MUST(width >= 0 && width <= 10000);
    double mm = config_number(config, "panel", "width_mm", 268, 50, 3000);
    MUST(mm >= 50 && mm <= 3000);
    int language = config_choice(config, "kiosk", "language", languages, 1);
    MUST(language == 0 || language == 1);
    config_bool(config, "panel", "window", false);
    int problems = config_finish(config);
    MUST(problems >= 0 && config_finish(config) >= problems);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    int fd = memfd_create("config", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    struct config *config = config_load(path);
    if (config != NULL) {
        ask(config);
    }
    config_destroy(config);
    close(fd);
    return 0;
}
