#include "wire/sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

enum { BACKLOG = 8, FIRST_INHERITED = 3 };

static bool
address_of(const char *path, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (path[0] == '\0' || !text_copy(address->sun_path, sizeof address->sun_path, path)) {
        log_error("%s: not usable as the name of a socket", path);
        return false;
    }
    return true;
}

static int
open_socket(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        log_error("socket: %s", strerror(errno));
    }
    return fd;
}

/* Connected, or -1 with errno set. */
static int
try_dial(const struct sockaddr_un *address)
{
    int fd = open_socket();
    if (fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

/* Only a socket that nobody listens on is removed: never a file that a wrong
 * setting points at, never the socket of a program that runs. */
static bool
remove_stale(const struct sockaddr_un *address)
{
    struct stat about;
    if (lstat(address->sun_path, &about) != 0) {
        return errno == ENOENT;
    }
    if (!S_ISSOCK(about.st_mode)) {
        errno = EEXIST;
        return false;
    }
    int fd = try_dial(address);
    if (fd >= 0) {
        close(fd);
        errno = EADDRINUSE;
        return false;
    }
    return errno == ECONNREFUSED && unlink(address->sun_path) == 0;
}

int
sockets_listen(const char *path, mode_t mode)
{
    struct sockaddr_un address, born;
    char birthplace[sizeof address.sun_path + 8];
    snprintf(birthplace, sizeof birthplace, "%s.new", path);
    if (!address_of(path, &address) || !address_of(birthplace, &born)) {
        return -1;
    }
    if (!remove_stale(&address) || !remove_stale(&born)) {
        log_error("%s: %s", path, strerror(errno));
        return -1;
    }
    int fd = open_socket();
    if (fd < 0) {
        return -1;
    }
    // The file is born with the descriptor's mode, so it is never wider than
    // asked for; the second call undoes what the umask took away. It gets its name
    // when it listens: whoever sees the name is heard.
    if (fchmod(fd, mode) != 0 || bind(fd, (const struct sockaddr *)&born, sizeof born) != 0 ||
        chmod(birthplace, mode) != 0 || listen(fd, BACKLOG) != 0 || rename(birthplace, path) != 0) {
        log_error("%s: %s", path, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

static long
number_in(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && text_is_digits(value) ? strtol(value, NULL, 10) : 0;
}

static bool
is_unix_listener(int fd)
{
    int family = 0, listens = 0;
    socklen_t size = sizeof family;
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0) {
        return false;
    }
    size = sizeof listens;
    return family == AF_UNIX && getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 &&
           listens == 1;
}

int
sockets_inherited(void)
{
    bool ours = number_in("LISTEN_PID") == (long)getpid() && number_in("LISTEN_FDS") >= 1;
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    if (!ours) {
        return -1;
    }
    int fd = FIRST_INHERITED;
    if (!is_unix_listener(fd) || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
        log_error("the descriptor handed over by systemd is not a listening socket");
        return -1;
    }
    return fd;
}

int
sockets_accept(int listener)
{
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0) {
            return fd;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ECONNABORTED) {
            return -1;
        }
        if (errno != EINTR) {
            log_error("accept: %s", strerror(errno));
            return SOCKETS_LATER;
        }
    }
}

int
sockets_dial(const char *path)
{
    struct sockaddr_un address;
    if (!address_of(path, &address)) {
        return -1;
    }
    int fd = try_dial(&address);
    if (fd < 0 && errno != ENOENT && errno != ECONNREFUSED && errno != EAGAIN) {
        log_error("%s: %s", path, strerror(errno));
    }
    return fd;
}

int
sockets_peer_user(int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        log_error("peer of a socket: %s", strerror(errno));
        return -1;
    }
    return (int)peer.uid;
}
