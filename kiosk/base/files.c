#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

/* All of an open file up to `max`, with a NUL behind it. */
static char *
read_all(int fd, size_t max, size_t *len)
{
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        errno = errno != 0 ? errno : EINVAL;
        return NULL;
    }
    if (about.st_size < 0 || (size_t)about.st_size > max) {
        errno = EFBIG;
        return NULL;
    }
    size_t size = (size_t)about.st_size, at = 0;
    char *bytes = malloc(size + 1);
    while (bytes != NULL && at < size) {
        ssize_t got = read(fd, bytes + at, size - at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? EIO : errno; // it shrank under us
            free(bytes);
            return NULL;
        }
        at += (size_t)got;
    }
    if (bytes != NULL) {
        bytes[size] = '\0';
        *len = size;
    }
    return bytes;
}

char *
files_read(const char *path, size_t max, size_t *len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe cannot hold us
    if (fd < 0) {
        if (errno != ENOENT) {
            log_error("%s: %s", path, strerror(errno));
        }
        return NULL;
    }
    errno = 0;
    char *bytes = read_all(fd, max, len);
    if (bytes == NULL && errno == EFBIG) {
        log_error("%s: %s: more than %zu bytes", path, strerror(errno), max);
    } else if (bytes == NULL) {
        log_error("%s: %s", path, errno == EINVAL ? "not a regular file" : strerror(errno));
    }
    close(fd);
    return bytes;
}

static bool
write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes += put;
        len -= (size_t)put;
    }
    return fsync(fd) == 0;
}

static bool
sync_folder(const char *path)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

bool
files_replace(const char *path, const void *bytes, size_t len, unsigned mode)
{
    char draft[PATH_MAX];
    if (snprintf(draft, sizeof draft, "%s.new", path) >= (int)sizeof draft) {
        log_error("%s: name too long", path);
        return false;
    }
    unlink(draft); // left by an earlier crash, perhaps with another mode
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = fd >= 0 && fchmod(fd, mode) == 0 && write_all(fd, bytes, len);
    if (fd >= 0) {
        written &= close(fd) == 0;
    }
    if (written && rename(draft, path) == 0 && sync_folder(path)) {
        return true;
    }
    log_error("%s: %s", path, strerror(errno));
    unlink(draft);
    return false;
}
