#include "base/notify.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

static int64_t
wanted_interval(void)
{
    const char *usec = getenv("WATCHDOG_USEC");
    const char *pid = getenv("WATCHDOG_PID");
    bool ours = pid == NULL || strtol(pid, NULL, 10) == (long)getpid();
    bool number = usec != NULL && text_is_digits(usec);
    return number && ours ? strtoll(usec, NULL, 10) / 2000 : 0; // half of it, in ms
}

void
notify_open(struct notify *notify, int64_t now)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    *notify = (struct notify){.fd = -1, .interval = wanted_interval(), .next = now};
    if (name == NULL || (name[0] != '/' && name[0] != '@') ||
        !text_copy(to.sun_path, sizeof to.sun_path, name)) {
        return;
    }
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
    if (name[0] == '@') {
        to.sun_path[0] = '\0';
    }
    notify->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (notify->fd >= 0 && connect(notify->fd, (struct sockaddr *)&to, size) != 0) {
        log_warning("the service manager at %s: %s", name, strerror(errno));
        notify_close(notify);
    }
}

void
notify_close(struct notify *notify)
{
    if (notify->fd >= 0) {
        close(notify->fd);
    }
    notify->fd = -1;
}

static void
say(const struct notify *notify, const char *word)
{
    if (notify->fd >= 0) {
        // A manager that does not listen is no reason to stop serving.
        (void)!send(notify->fd, word, strlen(word), MSG_NOSIGNAL);
    }
}

void
notify_ready(struct notify *notify)
{
    say(notify, "READY=1");
}

void
notify_stopping(struct notify *notify)
{
    say(notify, "STOPPING=1");
}

int64_t
notify_deadline(const struct notify *notify)
{
    return notify->fd >= 0 && notify->interval > 0 ? notify->next : INT64_MAX;
}

void
notify_tick(struct notify *notify, int64_t now)
{
    if (now >= notify_deadline(notify)) {
        say(notify, "WATCHDOG=1");
        notify->next = now + notify->interval;
    }
}
