#include "store/salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define FRESH ".salvage"
#define DAMAGED ".damaged"
#define OLD ".damaged-old"

/* Without the memory for a file's name nothing can be carried over: the next start goes on
 * from wherever this one stopped. */
static char *
beside(const char *path, const char *suffix, const char *more)
{
    char *name = NULL;
    if (asprintf(&name, "%s%s%s", path, suffix, more) < 0) {
        log_error("store: out of memory in a salvage");
        abort();
    }
    return name;
}

/* One of the two files of a database; absent is fine. */
static bool
move(const char *path, const char *from, const char *to, const char *more)
{
    char *source = beside(path, from, more), *target = beside(path, to, more);
    bool moved = rename(source, target) == 0 || errno == ENOENT;
    if (!moved) {
        log_error("store: %s: %s", target, strerror(errno));
    }
    free(source);
    free(target);
    return moved;
}

static bool
exists(const char *path, const char *suffix)
{
    char *name = beside(path, suffix, "");
    bool there = access(name, F_OK) == 0;
    free(name);
    return there;
}

static void
drop(const char *path, const char *suffix)
{
    static const char *const files[] = {"", "-wal", "-journal", ".lock"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *name = beside(path, suffix, files[i]);
        unlink(name);
        free(name);
    }
}

static bool
sync_folder(const char *path)
{
    char *copy = beside(path, "", "");
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    free(copy);
    return done;
}

/* SQLite reads nothing of a file that is shorter than its header says: zeros in the place
 * of what was cut off let it read the rest. */
static void
lengthen(const char *path)
{
    uint8_t header[32];
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd >= 0 && pread(fd, header, sizeof header, 0) == sizeof header) {
        off_t page = header[16] << 8 | header[17];
        off_t pages = (off_t)header[28] << 24 | header[29] << 16 | header[30] << 8 | header[31];
        off_t size = lseek(fd, 0, SEEK_END);
        bool sensible = page >= 512 && pages < (off_t)1 << 24; // 64 GiB
        if (sensible && size < page * pages && ftruncate(fd, page * pages) != 0) {
            log_warning("store: %s: %s", path, strerror(errno));
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

char *
salvage_fresh(const char *path)
{
    return beside(path, FRESH, "");
}

void
salvage_drop_fresh(const char *path)
{
    drop(path, FRESH);
}

char *
salvage_damaged(const char *path)
{
    char *name = beside(path, DAMAGED, "");
    lengthen(name);
    return name;
}

bool
salvage_is_aside(const char *path)
{
    return exists(path, DAMAGED) && !exists(path, "");
}

static void
drop_log(const char *path)
{
    char *name = beside(path, "", "-wal");
    unlink(name);
    free(name);
}

/* The database goes before its log and comes after it, so that at no moment a database
 * stands beside the log of another. A former call may have stopped anywhere. Once both damaged
 * files are aside, a log that stands without a database is the fresh one's: it must not take the
 * damaged one's place, in which rows may be that are nowhere else. */
bool
salvage_move_aside(const char *path)
{
    if (exists(path, "")) {
        drop(path, DAMAGED);
    } else if (exists(path, DAMAGED) && exists(path, DAMAGED "-wal")) {
        drop_log(path);
    }
    return move(path, "", DAMAGED, "") && move(path, "", DAMAGED, "-wal") && sync_folder(path);
}

bool
salvage_move_in(const char *path)
{
    return move(path, FRESH, "", "-wal") && move(path, FRESH, "", "") && sync_folder(path) &&
           move(path, DAMAGED, OLD, "") && move(path, DAMAGED, OLD, "-wal");
}
