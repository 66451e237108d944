#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/settings.h"
#include "ctl/ctl.h"
#include "wire/ctl_messages.h"
#include "wire/link.h"
#include "wire/sockets.h"

enum { PATIENCE = 45000 };

bool
ctl_settings(struct ctl *ctl)
{
    if (ctl->settings == NULL) {
        ctl->settings = settings_load(ctl->config);
    }
    return ctl->settings != NULL;
}

static int
dial(struct ctl *ctl, struct link **link)
{
    char path[512];
    if (!ctl_settings(ctl)) {
        return FAILED;
    }
    snprintf(path, sizeof path, "%s/ctl.sock", ctl->settings->kiosk.socket_dir);
    if (access(path, W_OK) != 0 && errno == EACCES) {
        fprintf(stderr,
                "anjunganctl: only root and the desk's own user may speak to the desk; try sudo\n");
        return FAILED;
    }
    int fd = sockets_dial(path);
    *link = fd >= 0 ? link_create(fd, desk_to_ctl) : NULL;
    if (*link == NULL) {
        fprintf(stderr, "anjunganctl: no desk answers at %s; is anjungand running?\n", path);
        return NO_DESK;
    }
    return DONE;
}

/* The next message, or NULL when the desk is gone. */
static const struct wire_type *
listen_to(struct link *link, void *message)
{
    bool broken = false, alive = true;
    const struct wire_type *type;
    while ((type = link_next(link, message, &broken)) == NULL && alive && !broken) {
        struct pollfd fd = {.fd = link_fd(link), .events = POLLIN};
        if (poll(&fd, 1, PATIENCE) <= 0) {
            break;
        }
        alive = link_fill(link);
    }
    return type;
}

static int
converse(struct ctl *ctl, struct link *link, void (*show)(struct ctl *ctl, const void *message),
         int64_t *next)
{
    _Alignas(max_align_t) unsigned char answer[WIRE_MESSAGE_MAX];
    const struct wire_type *got;
    while ((got = listen_to(link, answer)) != NULL) {
        if (got == &ctl_end_type) {
            const struct ctl_end *end = (const void *)answer;
            *next = end->next;
            if (!end->ok) {
                fprintf(stderr, "anjunganctl: %s\n", end->reason);
            }
            return end->ok ? DONE : FAILED;
        }
        show(ctl, answer);
    }
    fputs("anjunganctl: the desk hung up\n", stderr);
    return NO_DESK;
}

int
ctl_ask(struct ctl *ctl, const struct wire_type *type, const void *message,
        void (*show)(struct ctl *ctl, const void *message), int64_t *next)
{
    struct link *link = NULL;
    int result = dial(ctl, &link);
    if (result != DONE) {
        return result;
    }
    if (link_send(link, type, message)) {
        link_flush(link);
        result = converse(ctl, link, show, next);
    } else {
        fputs("anjunganctl: too long a word\n", stderr);
        result = MISUSED;
    }
    link_destroy(link);
    return result;
}
