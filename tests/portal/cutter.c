#include "cutter.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct cutter {
    int listener;
    uint16_t port, target;
    pthread_t thread;
    atomic_bool stop;
    _Atomic int64_t limit[2], carried[2]; // up, down
};

static struct sockaddr_in
loopback(uint16_t port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* Moves what is there; false at the end, or where the road is to break. */
static bool
move(struct cutter *cutter, int from, int to, int way)
{
    char bytes[16384];
    int64_t limit = atomic_load(&cutter->limit[way]), carried = atomic_load(&cutter->carried[way]);
    ssize_t got = recv(from, bytes, sizeof bytes, 0);
    if (got <= 0) {
        return false;
    }
    int64_t pass = limit >= 0 && carried + got > limit ? limit - carried : got;
    bool sent = pass <= 0 || send(to, bytes, (size_t)pass, MSG_NOSIGNAL) == pass;
    atomic_fetch_add(&cutter->carried[way], pass);
    return sent && pass == got;
}

static void
carry(struct cutter *cutter, int near, int far)
{
    struct pollfd ends[] = {{.fd = near, .events = POLLIN}, {.fd = far, .events = POLLIN}};
    while (!atomic_load(&cutter->stop)) {
        if (poll(ends, 2, 50) < 0 || (ends[0].revents && !move(cutter, near, far, 0)) ||
            (ends[1].revents && !move(cutter, far, near, 1))) {
            return;
        }
    }
}

/* What came in pieces goes on in pieces at once, as the two ends would have sent it. */
static void
hurry(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void
serve(struct cutter *cutter, int near)
{
    struct sockaddr_in at = loopback(cutter->target);
    int far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    hurry(near);
    hurry(far);
    atomic_store(&cutter->carried[0], 0);
    atomic_store(&cutter->carried[1], 0);
    if (connect(far, (struct sockaddr *)&at, sizeof at) == 0) {
        carry(cutter, near, far);
    }
    close(far);
    close(near);
}

static void *
run(void *context)
{
    struct cutter *cutter = context;
    struct pollfd one = {.fd = cutter->listener, .events = POLLIN};
    while (!atomic_load(&cutter->stop)) {
        int near = poll(&one, 1, 50) > 0 ? accept4(cutter->listener, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (near >= 0) {
            serve(cutter, near);
        }
    }
    return NULL;
}

struct cutter *
cutter_start(uint16_t target)
{
    struct sockaddr_in at = loopback(0);
    socklen_t len = sizeof at;
    struct cutter *cutter = calloc(1, sizeof *cutter);
    cutter->target = target;
    cutter->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cutter_set(cutter, -1, -1);
    if (bind(cutter->listener, (struct sockaddr *)&at, len) != 0 ||
        listen(cutter->listener, 8) != 0 ||
        getsockname(cutter->listener, (struct sockaddr *)&at, &len) != 0 ||
        pthread_create(&cutter->thread, NULL, run, cutter) != 0) {
        close(cutter->listener);
        free(cutter);
        return NULL;
    }
    cutter->port = ntohs(at.sin_port);
    return cutter;
}

uint16_t
cutter_port(const struct cutter *cutter)
{
    return cutter->port;
}

void
cutter_set(struct cutter *cutter, int64_t up, int64_t down)
{
    atomic_store(&cutter->limit[0], up);
    atomic_store(&cutter->limit[1], down);
}

void
cutter_carried(struct cutter *cutter, int64_t *up, int64_t *down)
{
    *up = atomic_load(&cutter->carried[0]);
    *down = atomic_load(&cutter->carried[1]);
}

void
cutter_stop(struct cutter *cutter)
{
    if (cutter) {
        atomic_store(&cutter->stop, true);
        pthread_join(cutter->thread, NULL);
        close(cutter->listener);
        free(cutter);
    }
}
